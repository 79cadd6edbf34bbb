//! What authors and staff need of the door: reading criteria texts, and the lint.

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::diagnostic::{Diagnostic, Span, Warned};
use crate::import;
use crate::import::readable::fields;
use crate::import::record::{Chart, Charts};
use crate::json;
use crate::lint::lint_document;
use crate::model::concept::{Concept, Kind};
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::Expression;
use crate::read::{self, Language, Role};

use super::check::{Trial, at_most, in_utf16, text_or_bytes};
use super::utf16::Utf16;
use super::{json_of, set, subjects_of, to_js};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("workshop.ts");

#[derive(Default)]
struct Reading {
    language: String,
}

fields!(Reading { language "language" (String::new()) });

#[derive(Serialize)]
struct Read {
    criteria: Vec<Criterion>,
    outline: Vec<Stretch>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Stretch {
    role: &'static str,
    span: Span,
}

/// The criteria of an eligibility text.
#[wasm_bindgen(js_name = readCriteria, skip_typescript)]
pub fn read_criteria(text: &JsValue, options: &JsValue) -> JsValue {
    let text = text.as_string().unwrap_or_default();
    let options = json_of(options).and_then(|json| import::value::<Reading>(&json).ok()).unwrap_or_default();
    let language = if options.language.starts_with("zh") { Language::Chinese } else { Language::English };
    let Warned { output: read, diagnostics } = read::read(&text, language, false);
    let places = Utf16::of(&text, true);
    let criteria = read.criteria.into_iter().map(|criterion| placed(criterion, &places)).collect();
    let stretch = |(role, span): (Role, Span)| Stretch { role: role.tag(), span: places.span(span) };
    let outline = read.outline.into_iter().map(stretch).collect();
    to_js(&Read { criteria, outline, diagnostics: places.diagnostics(diagnostics) })
}

#[derive(Default)]
struct Sentence {
    language: String,
    category: String,
}

fields!(Sentence { language "language" (String::new()), category "category" (String::new()) });

#[derive(Serialize)]
struct Suggested {
    words: String,
    expression: Expression,
}

impl Sentence {
    fn of(options: &JsValue) -> (Category, Language) {
        let options: Sentence = json_of(options).and_then(|json| import::value(&json).ok()).unwrap_or_default();
        let chinese = options.language.starts_with("zh");
        let language = if chinese { Language::Chinese } else { Language::English };
        (if options.category == "exclusion" { Category::Exclusion } else { Category::Inclusion }, language)
    }
}

/// What a sentence that is in doubt may have said.
#[wasm_bindgen(skip_typescript)]
pub fn suggest(sentence: &JsValue, options: &JsValue) -> JsValue {
    let (category, language) = Sentence::of(options);
    let found = read::suggestions(&sentence.as_string().unwrap_or_default(), category, language);
    let suggested = |read::Suggestion { words, expression }| Suggested { words, expression };
    to_js(&found.into_iter().map(suggested).collect::<Vec<_>>())
}

/// An expression as text that reads as the same.
#[wasm_bindgen(skip_typescript)]
pub fn print(expression: &JsValue, options: &JsValue) -> Option<String> {
    let (category, language) = Sentence::of(options);
    let expression: Expression = import::value(&json_of(expression)?).ok()?;
    read::print(&expression, category, language)
}

/// What the author of a trial document should look at again, and what keeps it from being read.
#[wasm_bindgen(skip_typescript)]
pub fn lint(data: &JsValue) -> JsValue {
    let found = match text_or_bytes(data) {
        Ok((bytes, is_text)) => {
            in_utf16(lint_document(&bytes).unwrap_or_else(|error| error.diagnostics), &bytes, is_text)
        }
        Err(diagnostic) => vec![diagnostic],
    };
    to_js(&found)
}

/// What an amendment changed.
#[wasm_bindgen(skip_typescript)]
pub fn amend(before: &Trial, after: &Trial) -> JsValue {
    to_js(&crate::amend(&before.trial, &after.trial))
}

#[derive(Serialize)]
struct Term {
    id: &'static str,
    kind: &'static str,
    unit: &'static str,
    en: &'static str,
    zh: &'static str,
}

/// Every term of the vocabulary.
#[wasm_bindgen(skip_typescript)]
pub fn vocabulary() -> JsValue {
    let kind = |kind: Kind| match kind {
        Kind::Quantity => "quantity",
        Kind::Code => "code",
        Kind::Presence => "presence",
        Kind::Date => "date",
        Kind::Dose => "dose",
    };
    let term = |concept: &'static Concept| Term {
        id: concept.id,
        kind: kind(concept.kind),
        unit: concept.unit_text,
        en: concept.english,
        zh: concept.chinese,
    };
    to_js(&Concept::all().map(term).collect::<Vec<_>>())
}

/// Every trial of a file.
#[wasm_bindgen(js_name = readTrials, skip_typescript)]
pub fn read_trials(data: &JsValue) -> JsValue {
    let result = js_sys::Object::new();
    let trials = js_sys::Array::new();
    let diagnostics = match text_or_bytes(data) {
        Ok((bytes, is_text)) => {
            let read = import::trials(&bytes);
            for trial in read.output {
                let text = json::text(&trial).unwrap_or_default();
                trials.push(&JsValue::from(Trial::of(trial, text)));
            }
            in_utf16(read.diagnostics, &bytes, is_text)
        }
        Err(diagnostic) => vec![diagnostic],
    };
    set(&result, "trials", &trials);
    set(&result, "diagnostics", &to_js(&diagnostics));
    result.into()
}

/// A medical record as it was read.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct MedicalRecord {
    pub(super) charts: Charts,
    diagnostics: Vec<Diagnostic>,
}

#[wasm_bindgen]
impl MedicalRecord {
    /// How many resources, elements or rows were read.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn read(&self) -> usize {
        self.charts.read
    }

    /// How many people it speaks of.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn people(&self) -> usize {
        self.charts.charts.len()
    }

    /// How much is about nobody.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn left(&self) -> usize {
        self.charts.left.iter().map(|left| left.count).sum()
    }

    /// Everything that it holds.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn record(&self) -> JsValue {
        to_js(&self.charts)
    }

    /// What is at hand of each person before somebody opens them.
    #[wasm_bindgen(skip_typescript)]
    pub fn outline(&self, subjects: &JsValue) -> JsValue {
        let subjects = subjects_of(subjects).unwrap_or_default();
        to_js(&self.charts.charts.iter().map(|chart| chart.outline(&subjects)).collect::<Vec<_>>())
    }

    /// Everything of one person.
    #[wasm_bindgen(skip_typescript)]
    pub fn chart(&self, at: usize) -> JsValue {
        self.charts.charts.get(at).map_or(JsValue::UNDEFINED, to_js)
    }

    /// What is said plainly of one person about these subjects.
    #[wasm_bindgen(skip_typescript)]
    pub fn plain(&self, at: usize, subjects: &JsValue) -> JsValue {
        let subjects = subjects_of(subjects).unwrap_or_default();
        let said = self.charts.charts.get(at).into_iter().flat_map(Chart::said_plainly);
        to_js(&said.filter(|fact| subjects.contains(&fact.subject)).collect::<Vec<_>>())
    }

    /// What is wrong with it.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn diagnostics(&self) -> JsValue {
        to_js(&self.diagnostics)
    }
}

/// What a medical record proposes about each person in it.
#[wasm_bindgen(js_name = readRecord, skip_typescript)]
pub fn read_record(data: &JsValue) -> MedicalRecord {
    let help = "give the record of one person, or a few; a large export of lines can be cut between any two";
    match at_most(data, import::limits::RECORD_BYTES, help) {
        Ok((bytes, is_text)) => said_of(import::record::record(&bytes), &bytes, is_text),
        Err(diagnostic) => MedicalRecord { charts: Charts::default(), diagnostics: vec![diagnostic] },
    }
}

/// What a record says, with its places as JavaScript counts them.
fn said_of(read: Warned<Charts>, bytes: &[u8], is_text: bool) -> MedicalRecord {
    let Warned { output: mut charts, mut diagnostics } = read;
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.is_empty()
    {
        let places = Utf16::of(text, is_text);
        charts.each_origin_mut(|origin| origin.span = places.span(origin.span));
        diagnostics = places.diagnostics(diagnostics);
    }
    MedicalRecord { charts, diagnostics }
}

/// A record that comes in pieces.
#[wasm_bindgen(skip_typescript)]
pub struct RecordReader {
    reader: import::record::Reader,
}

#[wasm_bindgen]
impl RecordReader {
    /// A reader to which nothing has come yet.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> RecordReader {
        RecordReader { reader: import::record::Reader::new() }
    }

    /// The next bytes of the file.
    #[wasm_bindgen(skip_typescript)]
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        self.reader.push(bytes)
    }

    /// A clinical record that stands beside an export of Apple Health.
    #[wasm_bindgen(skip_typescript)]
    pub fn clinical(&mut self, name: &str, bytes: &[u8]) {
        self.reader.clinical(name, bytes);
    }

    /// Nothing more comes: what the record proposes.
    #[wasm_bindgen(skip_typescript)]
    pub fn finish(self) -> MedicalRecord {
        let (read, bytes) = self.reader.finish_with_text();
        said_of(read, &bytes, false)
    }
}

#[wasm_bindgen]
impl Trial {
    /// The same trial with a question for everything that its criteria use and nothing asks for.
    #[wasm_bindgen(js_name = withQuestions, skip_typescript)]
    pub fn with_questions(&self) -> Trial {
        let mut trial = (*self.trial).clone();
        trial.questions = import::question::missing(&trial);
        let text = json::text(&trial).unwrap_or_default();
        Trial::of(trial, text)
    }

    /// What bears on the criteria: facts about anything else matter to none.
    #[wasm_bindgen(skip_typescript)]
    pub fn subjects(&self) -> JsValue {
        to_js(&self.compiled.subjects)
    }
}

/// The criterion with its places as JavaScript counts them.
fn placed(mut criterion: Criterion, places: &Utf16<'_>) -> Criterion {
    criterion.source.span = criterion.source.span.map(|span| places.span(span));
    criterion.expression.each_leaf_mut(&mut |leaf| {
        if let Expression::Unread(unread) = leaf {
            unread.span = unread.span.map(|span| places.span(span));
        }
    });
    criterion
}
