//! The pre-screening log, and people under another version of a trial.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::amend::{self, Activation, Person};
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::evaluate;
use crate::import;
use crate::import::limits::LOG_BYTES;
use crate::import::readable::fields;
use crate::log::{self, Assessment, Edition, Event, Header, Layout, Sheet};
use crate::model::date::Date;
use crate::model::moment::AsOf;
use crate::model::record::{Fact, Record};
use crate::model::table::Table;

use super::check::{Trial, at_most, in_utf16, options_of, record};
use super::{json_of, set, to_js};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("log.ts");

/// A pre-screening log behind a handle.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Log {
    // INVARIANT: nothing of the page runs while it is borrowed
    log: RefCell<log::Log>,
}

/// What was opened or begun.
fn opened(log: Option<log::Log>, diagnostics: &[Diagnostic]) -> JsValue {
    let result = js_sys::Object::new();
    if let Some(log) = log {
        set(&result, "log", &JsValue::from(Log { log: RefCell::new(log) }));
    }
    set(&result, "diagnostics", &to_js(diagnostics));
    result.into()
}

/// The text of a file.
fn text_of(data: &JsValue, help: &str) -> Result<(String, bool), Diagnostic> {
    let (bytes, is_text) = at_most(data, LOG_BYTES, help)?;
    String::from_utf8(bytes).map(|text| (text, is_text)).map_err(|error| {
        let message = format!("the file is not UTF-8 text from byte {} on", error.utf8_error().valid_up_to());
        Diagnostic::error(Code::WrongEncoding, message, "choose the file as it was saved")
    })
}

/// Plain data of a type; else why it cannot be read.
fn read<T: import::readable::Readable>(value: &JsValue) -> Result<T, Vec<Diagnostic>> {
    import::value(json_of(value).as_deref().unwrap_or("null"))
}

/// A log from the text or the bytes of a file.
#[wasm_bindgen(js_name = openLog, skip_typescript)]
pub fn open_log(data: &JsValue) -> JsValue {
    match text_of(data, "begin a new log") {
        Ok((text, is_text)) => {
            let Warned { output, diagnostics } = log::Log::open(&text);
            opened(output, &in_utf16(diagnostics, text.as_bytes(), is_text))
        }
        Err(problem) => opened(None, &[problem]),
    }
}

/// A log without lines.
#[wasm_bindgen(js_name = newLog, skip_typescript)]
pub fn new_log(header: &JsValue) -> JsValue {
    match read::<Header>(header) {
        Ok(header) => match log::Log::new(header) {
            Ok(log) => opened(Some(log), &[]),
            Err(nameless) => {
                let help = "enter what is missing";
                opened(None, &[Diagnostic::error(Code::MissingReason, nameless.to_string(), help)])
            }
        },
        Err(problems) => opened(None, &problems),
    }
}

#[derive(Serialize)]
struct Appended {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Told<'a> {
    number: Option<u32>,
    hash: &'a str,
    event: Option<&'a Event>,
}

#[wasm_bindgen]
impl Log {
    /// Writes an event behind the last one.
    #[wasm_bindgen(skip_typescript)]
    pub fn append(&self, event: &JsValue) -> JsValue {
        let event = read::<Event>(event);
        let mut log = self.log.borrow_mut();
        let appended = match event.and_then(|event| log.append(event)) {
            Ok(line) => Appended { number: line.number, event: line.event.clone(), diagnostics: Vec::new() },
            Err(diagnostics) => Appended { number: None, event: None, diagnostics },
        };
        to_js(&appended)
    }

    /// What was done to the lines after they were written.
    #[wasm_bindgen(skip_typescript)]
    pub fn verify(&self, head: &JsValue) -> JsValue {
        to_js(&self.log.borrow().verify(head.as_string().as_deref()))
    }

    /// The hash to keep elsewhere.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn head(&self) -> String {
        self.log.borrow().head().to_owned()
    }

    /// What it is of.
    #[wasm_bindgen(skip_typescript)]
    pub fn header(&self) -> JsValue {
        to_js(self.log.borrow().header())
    }

    /// The lines.
    #[wasm_bindgen(skip_typescript)]
    pub fn lines(&self) -> JsValue {
        let log = self.log.borrow();
        let told =
            |line: &log::Line| to_js(&Told { number: line.number, hash: &line.hash, event: line.event.as_ref() });
        log.lines().iter().map(told).collect::<js_sys::Array>().into()
    }

    /// One row for each attempt.
    #[wasm_bindgen(skip_typescript)]
    pub fn rows(&self) -> JsValue {
        to_js(self.log.borrow().rows())
    }

    /// What should be done by a day.
    #[wasm_bindgen(skip_typescript)]
    pub fn reminders(&self, today: &JsValue) -> JsValue {
        let today = today.as_string().and_then(|text| text.parse::<Date>().ok()).map(Date::first_day);
        to_js(&self.log.borrow().reminders(today))
    }

    /// The counts of a CONSORT diagram up to consent.
    #[wasm_bindgen(skip_typescript)]
    pub fn consort(&self) -> JsValue {
        to_js(&self.log.borrow().consort())
    }

    /// A copy in a layout.
    #[wasm_bindgen(skip_typescript)]
    pub fn export(&self, layout: &JsValue) -> Option<String> {
        Layout::named(&layout.as_string()?).map(|layout| self.log.borrow().export(layout))
    }

    /// The document, as text.
    #[wasm_bindgen(skip_typescript)]
    pub fn text(&self) -> String {
        self.log.borrow().text()
    }
}

/// The table of a CSV.
#[wasm_bindgen(js_name = readSheet, skip_typescript)]
pub fn read_sheet(data: &JsValue) -> JsValue {
    #[derive(Serialize)]
    struct Opened {
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
        diagnostics: Vec<Diagnostic>,
    }
    let read = match text_of(data, "split the file") {
        Ok((text, is_text)) => {
            let Warned { output: Sheet { columns, rows }, diagnostics } = Sheet::read(&text);
            Opened { columns, rows, diagnostics: in_utf16(diagnostics, text.as_bytes(), is_text) }
        }
        Err(problem) => Opened { columns: Vec::new(), rows: Vec::new(), diagnostics: vec![problem] },
    };
    to_js(&read)
}

struct Tabled {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fields!(Tabled { columns "columns" !, rows "rows" ! });

/// A table of text as CSV; nothing where it is none.
#[wasm_bindgen(js_name = writeSheet, skip_typescript)]
pub fn write_sheet(table: &JsValue) -> Option<String> {
    let Tabled { columns, rows } = read(table).ok()?;
    Some(Sheet { columns, rows }.csv())
}

#[derive(Serialize)]
struct Assessable {
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<Assessment>,
    diagnostics: Vec<Diagnostic>,
}

#[wasm_bindgen]
impl Trial {
    /// The version of the trial that this is, as a log keeps it.
    #[wasm_bindgen(skip_typescript)]
    pub fn edition(&self) -> JsValue {
        to_js(&Edition::of(&self.trial, &self.text))
    }

    /// What these verdicts mean, one for each criterion in the protocol's order; nothing where they are not as many.
    #[wasm_bindgen(skip_typescript)]
    pub fn standing(&self, verdicts: &JsValue) -> JsValue {
        let verdicts = read::<Vec<evaluate::Verdict>>(verdicts).unwrap_or_default();
        let all = verdicts.len() == self.trial.eligibility.criteria.len();
        if all { to_js(&evaluate::standing(&self.trial, &verdicts, None)) } else { JsValue::UNDEFINED }
    }

    /// What a log keeps of the evaluation of these facts; nothing where there is no moment to judge from.
    #[wasm_bindgen(skip_typescript)]
    pub fn assess(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let mut problems = Vec::new();
        let options = options_of(options, &mut problems);
        let (record, mut diagnostics) = record(facts);
        let as_of = options.as_of();
        let assessment = problems.is_empty().then(|| {
            let evaluation = evaluate::of(&self.trial, &self.compiled, &record, &as_of);
            Assessment::of(&self.trial, &self.text, &record, &as_of, &evaluation)
        });
        diagnostics.splice(..0, problems);
        to_js(&Assessable { assessment, diagnostics })
    }
}

struct Kept {
    id: String,
    facts: Vec<Fact>,
    as_of: Date,
}

fields!(Kept { id "id" !, facts "facts" !, as_of "asOf" ! });

/// Those for whom something comes out otherwise under another version of a trial.
#[wasm_bindgen(skip_typescript)]
pub fn reassess(before: &Trial, after: &Trial, people: &JsValue) -> JsValue {
    #[derive(Serialize)]
    struct Told {
        #[serde(flatten)]
        reassessment: amend::Reassessment,
        diagnostics: Vec<Diagnostic>,
    }
    let mut diagnostics = Vec::new();
    let kept = read::<Vec<Kept>>(people).unwrap_or_else(|problems| {
        diagnostics = problems;
        Vec::new()
    });
    let mut listed = Vec::with_capacity(kept.len());
    for (at, Kept { id, facts, as_of }) in kept.into_iter().enumerate() {
        match AsOf::new(as_of) {
            Some(as_of) => listed.push(Person { id, record: Record::new(facts), as_of }),
            None => {
                let message = "this is no moment to judge from: the person is left out";
                let help = "send `asOf` as a day or as a minute with its offset";
                diagnostics.push(Diagnostic::error(Code::BadDate, message, help).on(format!("[{at}].asOf")));
            }
        }
    }
    let reassessment = amend::reassess(&before.trial, &after.trial, &listed);
    to_js(&Told { reassessment, diagnostics })
}

#[derive(Default)]
struct Began {
    effective_from: Option<Date>,
    sites: Table<Date>,
}

fields!(Began { effective_from "effectiveFrom" ?, sites "sites" ? });

/// Which version of a trial applies at a site on a day.
#[wasm_bindgen(js_name = versionInForce, skip_typescript)]
pub fn version_in_force(versions: &JsValue, site: &JsValue, on: &JsValue) -> JsValue {
    let versions = read::<Vec<Began>>(versions).unwrap_or_default();
    let on = on.as_string().and_then(|text| text.parse::<Date>().ok());
    let Some(Date::Day(on)) = on else { return JsValue::NULL };
    let began = |Began { effective_from, sites }: Began| Activation { effective_from, sites };
    let versions: Vec<Activation> = versions.into_iter().map(began).collect();
    to_js(&amend::in_force(&versions, &site.as_string().unwrap_or_default(), on))
}
