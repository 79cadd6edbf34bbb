//! The door of the batch: tables of many people, and their verdicts on many trials.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::batch::{self, Counts, Mapping};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::compiled::Compiled;
use crate::import;
use crate::model::moment::AsOf;
use crate::why::outlook::{self, Outlook};

use super::check::{Trial, options_of, record};
use super::workshop::MedicalRecord;
use super::{json_of, set, subjects_of, to_js};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("batch.ts");

/// A table being filled.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug, Default)]
pub struct Table {
    // INVARIANT: nothing of the page runs while it is borrowed
    table: RefCell<batch::Table>,
}

/// A packed table.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Packed {
    packed: batch::Packed,
}

/// Trials, and the moment to judge from.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Batch {
    batch: RefCell<batch::Batch>,
    /// The same trials, made ready for one person after another.
    compiled: RefCell<Vec<Rc<Compiled>>>,
    as_of: AsOf,
}

/// What came out.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Verdicts {
    verdicts: batch::Verdicts,
    /// Why there are none.
    problems: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Summary {
    people: usize,
    eligible: u64,
    ineligible: u64,
    undetermined: u64,
    criteria: Vec<OfCriterion>,
}

#[derive(Serialize)]
struct OfCriterion {
    pass: u64,
    fail: u64,
    pending: u64,
}

/// A file of separated values being read.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Sheet {
    // INVARIANT: nothing of the page runs while it is borrowed
    sheet: RefCell<batch::Sheet>,
    /// What was wrong with the mapping: then nothing of the file counts.
    problems: Vec<Diagnostic>,
}

#[wasm_bindgen]
impl Sheet {
    /// A file of which nothing has come yet.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(mapping: &JsValue) -> Sheet {
        let read = json_of(mapping).as_deref().map(import::value::<Mapping>);
        let (mapping, problems) = match read {
            Some(Ok(mapping)) => (mapping, Vec::new()),
            Some(Err(problems)) => (Mapping::default(), problems),
            None => {
                let help = "send one of the form that the type `Mapping` declares";
                (Mapping::default(), vec![Diagnostic::error(Code::WrongType, "this is no mapping", help)])
            }
        };
        Sheet { sheet: RefCell::new(batch::Sheet::new(mapping)), problems }
    }

    /// How many people have been read.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn people(&self) -> usize {
        self.sheet.borrow().people()
    }

    /// Takes the next bytes of the file.
    #[wasm_bindgen(skip_typescript)]
    pub fn push(&self, bytes: &JsValue) {
        if let Some(bytes) = bytes.dyn_ref::<js_sys::Uint8Array>() {
            self.sheet.borrow_mut().push(&bytes.to_vec());
        }
    }

    /// Packs what was read, and leaves nothing.
    #[wasm_bindgen(skip_typescript)]
    pub fn finish(&self) -> JsValue {
        let read = self.sheet.replace(batch::Sheet::new(Mapping::default())).finish();
        let diagnostics = if self.problems.is_empty() { &read.diagnostics } else { &self.problems };
        let result = js_sys::Object::new();
        set(&result, "diagnostics", &to_js(diagnostics));
        set(&result, "packed", &JsValue::from(Packed { packed: read.output.pack() }));
        result.into()
    }
}

/// Opens a packed table.
#[wasm_bindgen(js_name = openTable, skip_typescript)]
pub fn open_table(bytes: &JsValue) -> JsValue {
    let opened = match bytes.dyn_ref::<js_sys::Uint8Array>() {
        Some(bytes) => batch::Packed::read(&bytes.to_vec()),
        None => {
            let help = "send the bytes of a packed table";
            Err(Box::new(Diagnostic::error(Code::WrongType, "these are no bytes", help)))
        }
    };
    let result = js_sys::Object::new();
    let diagnostics = match opened {
        Ok(packed) => {
            set(&result, "packed", &JsValue::from(Packed { packed }));
            Vec::new()
        }
        Err(diagnostic) => vec![*diagnostic],
    };
    set(&result, "diagnostics", &to_js(&diagnostics));
    result.into()
}

#[wasm_bindgen]
impl Table {
    /// A table without anybody, about these subjects alone where some are given.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(subjects: &JsValue) -> Table {
        let table = subjects_of(subjects).map_or_else(batch::Table::default, batch::Table::about);
        Table { table: RefCell::new(table) }
    }

    /// Adds a person.
    #[wasm_bindgen(skip_typescript)]
    pub fn add(&self, facts: &JsValue) -> JsValue {
        let (record, problems) = record(facts);
        self.table.borrow_mut().push(&record);
        to_js(&problems)
    }

    /// Adds the people of a medical record, or the one at a place.
    #[wasm_bindgen(js_name = addRecord, skip_typescript)]
    pub fn add_record(&self, record: &MedicalRecord, chart: Option<usize>) {
        let mut table = self.table.borrow_mut();
        let all = &record.charts.charts;
        let wanted = chart.map_or(all.as_slice(), |at| all.get(at).map_or(&[], std::slice::from_ref));
        wanted.iter().for_each(|chart| _ = table.push_facts(chart.said_plainly()));
    }

    /// How many people it has.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn people(&self) -> usize {
        self.table.borrow().people()
    }

    /// Packs it, and leaves it empty.
    #[wasm_bindgen(skip_typescript)]
    pub fn pack(&self) -> Packed {
        Packed { packed: self.table.take().pack() }
    }
}

#[wasm_bindgen]
impl Packed {
    /// How many people it has.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn people(&self) -> usize {
        self.packed.people()
    }

    /// The table as one buffer.
    #[wasm_bindgen(skip_typescript)]
    pub fn bytes(&self) -> Vec<u8> {
        self.packed.bytes()
    }

    /// The facts of one person.
    #[wasm_bindgen(skip_typescript)]
    pub fn facts(&self, row: usize) -> JsValue {
        to_js(&self.packed.record(row))
    }
}

#[wasm_bindgen]
impl Batch {
    /// No trial yet; without a moment to judge from 1 January 1970 stands in.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(options: &JsValue) -> Batch {
        let as_of = options_of(options, &mut Vec::new()).as_of();
        let batch = RefCell::new(batch::Batch::new(Vec::new(), as_of.clone()));
        Batch { batch, compiled: RefCell::default(), as_of }
    }

    /// Takes a trial in; its own handle stays good.
    #[wasm_bindgen(skip_typescript)]
    pub fn add(&self, trial: &Trial) {
        self.batch.borrow_mut().add(Rc::clone(&trial.trial));
        self.compiled.borrow_mut().push(Rc::clone(&trial.compiled));
    }

    /// What columns with these names may say.
    #[wasm_bindgen(skip_typescript)]
    pub fn suggest(&self, names: &JsValue) -> JsValue {
        let names: Vec<String> = json_of(names).and_then(|json| import::value(&json).ok()).unwrap_or_default();
        let batch = self.batch.borrow();
        let trials: Vec<&crate::Trial> = batch.trials().iter().map(|trial| &**trial).collect();
        to_js(&Mapping::suggested(names.iter().map(String::as_str), &trials))
    }

    /// What is lacking, for each trial.
    #[wasm_bindgen(skip_typescript)]
    pub fn lacks(&self, table: &Packed) -> JsValue {
        to_js(&self.batch.borrow().lacks(&table.packed))
    }

    /// What time, or a little, would change for some of the people of a table.
    #[wasm_bindgen(skip_typescript)]
    pub fn outlook(&self, table: &Packed, trial: usize, rows: Vec<u32>) -> JsValue {
        let (batch, compiled) = (self.batch.borrow(), self.compiled.borrow());
        let (Some(trial), Some(compiled)) = (batch.trials().get(trial), compiled.get(trial)) else {
            return to_js::<[Outlook]>(&[]);
        };
        let record = |row: u32| table.packed.record(usize::try_from(row).unwrap_or(usize::MAX));
        let of = |row: u32| outlook::of(trial, compiled, &record(row), &self.as_of);
        to_js(&rows.into_iter().map(of).collect::<Vec<Outlook>>())
    }

    /// Every verdict of everybody.
    #[wasm_bindgen(skip_typescript)]
    pub fn run(&self, table: &Packed) -> Verdicts {
        match self.batch.borrow().run(&table.packed) {
            Ok(verdicts) => Verdicts { verdicts, problems: Vec::new() },
            Err(problem) => Verdicts { verdicts: batch::Verdicts::default(), problems: vec![*problem] },
        }
    }
}

#[wasm_bindgen]
impl Verdicts {
    /// How many people there are.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn people(&self) -> usize {
        self.verdicts.people()
    }

    /// Why there are none.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn diagnostics(&self) -> JsValue {
        to_js(&self.problems)
    }

    /// All planes as one buffer.
    #[wasm_bindgen(skip_typescript)]
    pub fn bytes(&self) -> Vec<u8> {
        self.verdicts.bytes()
    }

    /// How many people a trial takes, and what each criterion says.
    #[wasm_bindgen(skip_typescript)]
    pub fn counts(&self, trial: usize) -> JsValue {
        let people = self.verdicts.people();
        let all = u64::try_from(people).unwrap_or(u64::MAX);
        let of = |[pass, fail]: [u64; 2]| OfCriterion { pass, fail, pending: all - pass - fail };
        let criteria = self.verdicts.of_each(trial).into_iter().map(of).collect();
        let Counts { eligible, ineligible, undetermined } = self.verdicts.counts(trial);
        to_js(&Summary { people, eligible, ineligible, undetermined, criteria })
    }

    /// One byte a person.
    #[wasm_bindgen(skip_typescript)]
    pub fn determinations(&self, trial: usize) -> Vec<u8> {
        self.verdicts.determinations(trial)
    }

    /// One byte a person.
    #[wasm_bindgen(skip_typescript)]
    pub fn criterion(&self, trial: usize, criterion: usize) -> Vec<u8> {
        self.verdicts.of_criterion(trial, criterion)
    }

    /// How much was looked at one by one.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn effort(&self) -> JsValue {
        to_js(&self.verdicts.effort())
    }
}
