//! The door of a check: trials, evaluations, questions, words.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::evaluate;
use crate::evaluate::compiled::Compiled;
use crate::explain::{Locale, Reader, explain, otherwise, review};
use crate::import;
use crate::import::answer::Answer;
use crate::import::readable::fields;
#[cfg(feature = "workshop")]
use crate::import::registry::sniff::load;
use crate::json;
use crate::model::date::Date;
use crate::model::moment::AsOf;
use crate::model::record::{Fact, Record, Respondent};
use crate::model::table::Table;
use crate::model::window::Anchor;
use crate::plan::several::of_all;
use crate::plan::{Asking, of_one, question};
use crate::receipt::{self, Receipt};

// the page of a person reads trial documents alone
#[cfg(not(feature = "workshop"))]
use crate::import::load_document as load;

use super::utf16::Utf16;
use super::{json_of, set, to_js};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.ts");

/// A trial behind a handle.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Trial {
    pub(super) trial: Rc<crate::Trial>,
    pub(super) compiled: Rc<Compiled>,
    pub(super) text: String,
}

/// Several trials behind one handle: one conversation for all of them.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug, Default)]
pub struct Trials {
    // INVARIANT: nothing of the page runs while it is borrowed
    trials: RefCell<Vec<(Rc<crate::Trial>, Rc<Compiled>)>>,
}

#[derive(Default)]
pub(super) struct Options {
    as_of: Option<Date>,
    anchors: Table<Date>,
    respondent: Respondent,
    go_on: bool,
    asked: Option<Vec<String>>,
    detour: usize,
    locale: String,
    audience: String,
}

fields!(Options {
    as_of "asOf" ?, anchors "anchors" ?, respondent "respondent" (Respondent::default()), go_on "goOn" (false), asked "asked" ?, detour "detour" (1),
    locale "locale" (String::new()), audience "audience" (String::new()),
});

impl Options {
    /// The as-of moment; the first day of 1970 where none was given, which is an error among the diagnostics.
    pub(super) fn as_of(&self) -> AsOf {
        let mut as_of = self.as_of.and_then(AsOf::new).unwrap_or_else(AsOf::epoch);
        for (name, date) in self.anchors.iter() {
            if let Some(anchor) = Anchor::named(name) {
                as_of.anchors.insert(anchor, *date);
            }
        }
        as_of
    }

    fn reader(&self) -> Reader {
        Reader { locale: Locale::from_tag(&self.locale), staff: self.audience == "staff", respondent: self.respondent }
    }

    fn asking(&self) -> Asking<'_> {
        let asked = self.asked.as_deref();
        Asking { respondent: self.respondent, go_on: self.go_on, asked, detour: self.detour }
    }
}

#[derive(Serialize)]
struct Answered {
    facts: Vec<Fact>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Receipted {
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a trial from the text or the bytes of a file.
#[wasm_bindgen(js_name = readTrial, skip_typescript)]
pub fn read_trial(data: &JsValue) -> JsValue {
    let result = js_sys::Object::new();
    let diagnostics = match text_or_bytes(data) {
        Ok((bytes, is_text)) => match load(&bytes) {
            Ok((read, own)) => {
                let diagnostics = in_utf16(read.diagnostics, &bytes, is_text);
                let text = if own { String::from_utf8(bytes).ok() } else { json::text(&read.output) };
                set(&result, "trial", &JsValue::from(Trial::of(read.output, text.unwrap_or_default())));
                diagnostics
            }
            Err(error) => in_utf16(error.diagnostics, &bytes, is_text),
        },
        Err(diagnostic) => vec![diagnostic],
    };
    set(&result, "diagnostics", &to_js(&diagnostics));
    result.into()
}

/// The engine's version.
#[wasm_bindgen(skip_typescript)]
pub fn version() -> String {
    crate::VERSION.to_owned()
}

impl Trial {
    /// A trial and its document.
    pub(super) fn of(trial: crate::Trial, text: String) -> Trial {
        let compiled = Rc::new(Compiled::new(&trial));
        Trial { trial: Rc::new(trial), compiled, text }
    }
}

#[wasm_bindgen]
impl Trial {
    /// The trial's id.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn id(&self) -> String {
        self.trial.id.clone()
    }

    /// The whole document.
    #[wasm_bindgen(js_name = toJSON, skip_typescript)]
    pub fn to_json(&self) -> JsValue {
        js_sys::JSON::parse(self.text.trim_start_matches('\u{FEFF}')).unwrap_or(JsValue::NULL)
    }

    /// Evaluates every criterion.
    #[wasm_bindgen(skip_typescript)]
    pub fn evaluate(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let (record, mut problems) = record(facts);
        let options = options_of(options, &mut problems);
        let mut evaluation = evaluate::of(&self.trial, &self.compiled, &record, &options.as_of());
        problems.append(&mut evaluation.diagnostics);
        evaluation.diagnostics = problems;
        to_js(&evaluation)
    }

    /// The next question worth asking.
    #[wasm_bindgen(js_name = nextQuestion, skip_typescript)]
    pub fn next_question(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        to_js(&of_one(&self.trial, &self.compiled, &record(facts).0, &options.as_of(), options.asking()))
    }

    /// A question by its id.
    #[wasm_bindgen(skip_typescript)]
    pub fn question(&self, id: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        to_js(&question(&self.trial, &id.as_string().unwrap_or_default(), options.respondent))
    }

    /// Digests of what was evaluated and of what came out; none where there is no moment to judge from.
    #[wasm_bindgen(skip_typescript)]
    pub fn receipt(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let mut problems = Vec::new();
        let options = options_of(options, &mut problems);
        let (record, mut diagnostics) = record(facts);
        let as_of = options.as_of();
        let evaluation = || evaluate::of(&self.trial, &self.compiled, &record, &as_of);
        let receipt = problems.is_empty().then(|| receipt::over(&self.text, &record, &as_of, &evaluation()));
        diagnostics.splice(..0, problems);
        to_js(&Receipted { receipt, diagnostics })
    }

    /// The facts that an answer states.
    #[wasm_bindgen(skip_typescript)]
    pub fn answer(&self, question: &JsValue, answer: &JsValue, options: &JsValue) -> JsValue {
        let mut problems = Vec::new();
        let options = options_of(options, &mut problems);
        let question = question.as_string().unwrap_or_default();
        if !problems.is_empty() {
            return to_js(&Answered { facts: Vec::new(), diagnostics: problems });
        }
        let answered = match json_of(answer).as_deref().map(import::value::<Answer>) {
            Some(Ok(answer)) => {
                let read = import::answer::facts(&self.trial, &question, &answer, &options.as_of(), options.respondent);
                Answered { facts: read.output, diagnostics: read.diagnostics }
            }
            _ => {
                let message = "this is not an answer in any of the forms that questions take";
                let help = "send one of the forms that the type `Answer` declares";
                Answered { facts: Vec::new(), diagnostics: vec![Diagnostic::error(Code::WrongType, message, help)] }
            }
        };
        to_js(&answered)
    }

    /// Every answer in words.
    #[wasm_bindgen(skip_typescript)]
    pub fn review(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        to_js(&review(&self.trial, &record(facts).0, &options.as_of(), options.reader()))
    }

    /// What would have to be otherwise, in words.
    #[wasm_bindgen(skip_typescript)]
    pub fn otherwise(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        to_js(&otherwise(&self.trial, &record(facts).0, &options.as_of(), options.reader()))
    }

    /// The whole result in words.
    #[wasm_bindgen(skip_typescript)]
    pub fn explain(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        to_js(&explain(&self.trial, &record(facts).0, &options.as_of(), options.reader()))
    }
}

#[wasm_bindgen]
impl Trials {
    /// No trial yet.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> Trials {
        Trials::default()
    }

    /// Takes a trial in; its own handle stays good.
    #[wasm_bindgen(skip_typescript)]
    pub fn add(&self, trial: &Trial) {
        self.trials.borrow_mut().push((Rc::clone(&trial.trial), Rc::clone(&trial.compiled)));
    }

    /// The next question in the interest of all of them.
    #[wasm_bindgen(js_name = nextQuestion, skip_typescript)]
    pub fn next_question(&self, facts: &JsValue, options: &JsValue) -> JsValue {
        let options = options_of(options, &mut Vec::new());
        let record = record(facts).0;
        let trials = self.trials.borrow();
        let ready: Vec<(&crate::Trial, &Compiled)> = trials.iter().map(|(trial, ready)| (&**trial, &**ready)).collect();
        let plan = of_all(&ready, &record, &options.as_of(), options.asking());
        drop(trials);
        to_js(&plan)
    }
}

pub(super) fn text_or_bytes(data: &JsValue) -> Result<(Vec<u8>, bool), Diagnostic> {
    let help = "choose a trial document; one trial takes well under a megabyte";
    at_most(data, import::limits::BYTES, help)
}

/// The text or the bytes of a file that is not larger than this.
pub(super) fn at_most(data: &JsValue, most: usize, help: &str) -> Result<(Vec<u8>, bool), Diagnostic> {
    let too_large = |length: u32| {
        Diagnostic::error(Code::TooLarge, format!("the file has {length} bytes; at most {most} are read"), help)
    };
    let fits = |length: u32| usize::try_from(length).is_ok_and(|length| length <= most);
    if let Some(text) = data.dyn_ref::<js_sys::JsString>() {
        let length = text.length();
        return if fits(length) { Ok((String::from(text).into_bytes(), true)) } else { Err(too_large(length)) };
    }
    if let Some(bytes) = data.dyn_ref::<js_sys::Uint8Array>() {
        let length = bytes.length();
        return if fits(length) { Ok((bytes.to_vec(), false)) } else { Err(too_large(length)) };
    }
    Err(Diagnostic::error(Code::NotATrial, "this is neither text nor bytes", "give the text or the bytes of a file"))
}

/// Spans in UTF-16 units, as JavaScript counts.
pub(super) fn in_utf16(diagnostics: Vec<Diagnostic>, bytes: &[u8], is_text: bool) -> Vec<Diagnostic> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Utf16::of(text, is_text).diagnostics(diagnostics),
        Err(_) => diagnostics,
    }
}

/// The facts that can be read; each of the others is a diagnostic and changes nothing else.
pub(super) fn record(facts: &JsValue) -> (Record, Vec<Diagnostic>) {
    let read = import::facts(json_of(facts).as_deref().unwrap_or("null"));
    (read.output, read.diagnostics)
}

pub(super) fn options_of(options: &JsValue, problems: &mut Vec<Diagnostic>) -> Options {
    let options = match json_of(options).as_deref().map(import::value::<Options>) {
        Some(Ok(options)) => options,
        other => {
            problems.push(no_moment("the options could not be read"));
            problems.extend(other.into_iter().filter_map(Result::err).flatten());
            return Options::default();
        }
    };
    if options.as_of.and_then(AsOf::new).is_none() {
        problems.push(no_moment("no moment to judge from was given"));
    }
    for (name, _) in options.anchors.iter().filter(|(name, _)| Anchor::named(name).is_none()) {
        let message = format!("no window hangs on {}", quoted(name));
        let help = "send the dates of moments of the trial, or of concepts that have a date";
        problems.push(Diagnostic::warning(Code::DanglingConcept, message, help).on("options"));
    }
    options
}

fn no_moment(message: &str) -> Diagnostic {
    let help = "send `asOf` as a day or as a minute with its offset; until then 1 January 1970 stands in";
    Diagnostic::error(Code::BadDate, message, help).on("options")
}
