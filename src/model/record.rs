//! What is known about one person: facts, each with its value, its date and where it came from.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::model::date::{Date, Period, When};
use crate::model::name::Name;
use crate::model::quantity::Quantity;
use crate::model::route::Route;
use crate::model::window::{Duration, Window};

/// The name of a fact within a record.
pub type FactId = Name;

/// What a comparison, a question or a fact is about.
///
/// One-key objects: `{"concept":"alt"}` is a word of the vocabulary, `{"text":"serum ferritin"}` any other thing,
/// `{"ratio":[{"concept":"ast"},{"concept":"alt"}]}` what comes of dividing the one by the other, `{"judgement":"E13"}`
/// an investigator's judgement and `{"unread":"I4"}` a sentence kept as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Subject {
    /// A row of the vocabulary.
    Concept(String),
    /// Something the vocabulary has no word for.
    Text(String),
    /// The value of the first divided by that of the second in one unit: a plain number.
    Ratio(Box<[Subject; 2]>),
    /// What only the investigator can say; the id of the judgement.
    Judgement(String),
    /// A sentence nobody has made computable; its id.
    Unread(String),
}

impl Subject {
    /// A word of the vocabulary.
    pub fn concept(id: &str) -> Subject {
        Subject::Concept(id.to_owned())
    }

    /// How it compares with a concept. INVARIANT: concepts sort before every other subject.
    pub(crate) fn cmp_concept(&self, id: &str) -> Ordering {
        match self {
            Subject::Concept(own) => own.as_str().cmp(id),
            Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => Ordering::Greater,
        }
    }

    /// How it compares with an open subject in these words.
    pub(crate) fn cmp_text(&self, text: &str) -> Ordering {
        match self {
            Subject::Concept(_) => Ordering::Less,
            Subject::Text(own) => own.as_str().cmp(text),
            Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => Ordering::Greater,
        }
    }

    /// What is asked to know it: both parts of a ratio, else itself.
    pub fn parts(&self) -> &[Subject] {
        match self {
            Subject::Ratio(pair) => pair.as_slice(),
            Subject::Concept(_) | Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => {
                std::slice::from_ref(self)
            }
        }
    }

    /// The key under which a trial document words its question: the concept's id, or `text:…`, `judgement:…`,
    /// `unread:…`; a ratio is asked for by its parts, and called `ratio:ast/alt`.
    pub fn key(&self) -> String {
        match self {
            Subject::Concept(id) => id.clone(),
            Subject::Text(text) => format!("text:{text}"),
            Subject::Ratio(pair) => {
                let [above, below] = pair.as_ref();
                ["ratio:", &above.key(), "/", &below.key()].concat()
            }
            Subject::Judgement(id) => format!("judgement:{id}"),
            Subject::Unread(id) => format!("unread:{id}"),
        }
    }
}

/// When a condition, drug or event is meant: now, at some time, or planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// There now.
    Current,
    /// There now or at any time before.
    History,
    /// Intended.
    Planned,
    /// Now, before or intended.
    Any,
}

/// Why an answer is not there. The codes of FHIR's `dataAbsentReason` that a pre-screening can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Absence {
    /// Nobody says why.
    Unknown,
    /// The person was asked and does not know.
    AskedUnknown,
    /// Not known yet; it will be.
    TempUnknown,
    /// Nobody asked.
    NotAsked,
    /// The person prefers not to say.
    AskedDeclined,
    /// Hidden from the reader.
    Masked,
    /// The test or act was not done.
    NotPerformed,
}

/// What a fact says. One-key objects, but for `"complete"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FactValue {
    /// A measured or counted value.
    Quantity(Quantity),
    /// One of the codes of a coded answer.
    Code(String),
    /// The date of an event: onset, birth, an anchor.
    Date(When),
    /// It is so: now, in the past only (`history`), planned, or at an unstated time (`any`).
    Present(Status),
    /// A statement that it is not so: not now, never, not planned, or none of these (`any`).
    Refuted(Status),
    /// The answer is not there, and why.
    Absent(Absence),
    /// All facts of this class have been given: what is not listed is not so.
    Complete,
}

/// Who said it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Respondent {
    /// The person concerned.
    #[default]
    Patient,
    /// Someone who answers for the person.
    Caregiver,
    /// Staff of a trial site, from what they see or ask.
    Staff,
    /// A medical record.
    Record,
    /// The investigator.
    Investigator,
}

impl Respondent {
    /// All of them, nearest to the person first.
    pub const ALL: [Respondent; 5] =
        [Respondent::Patient, Respondent::Caregiver, Respondent::Staff, Respondent::Record, Respondent::Investigator];
}

/// One thing known about a person.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Fact, FactValue};
/// let fact: Fact = serde_json::from_str(
///     r#"{"id":"f1","subject":{"concept":"alt"},"value":{"quantity":{"value":"101","unit":"U/L"}},
///         "upperLimit":{"value":"40","unit":"U/L"},"on":"2026-02-28"}"#,
/// )
/// .unwrap();
/// assert!(matches!(fact.value, FactValue::Quantity(_)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fact {
    /// Its name, unique in the record.
    pub id: FactId,
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub value: FactValue,
    /// When it was measured, or when it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<When>,
    /// While it went on: a drug taken, a condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<Period>,
    /// The window that the statement was made about ("for this stroke"), where it hangs on an event and has no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
    /// The upper limit of normal that came with this very result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper_limit: Option<Quantity>,
    /// The lower limit of normal that came with this very result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_limit: Option<Quantity>,
    /// How the medicine that it is about is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
    /// The half-life of the medicine that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life: Option<Duration>,
    /// Who said it.
    #[serde(default)]
    pub source: Respondent,
    /// How the value was worked out from what was entered, or where in a record it stands.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Fact {
    /// A fact with nothing but its value; the person's own statement.
    pub fn new(id: &str, subject: Subject, value: FactValue) -> Fact {
        Fact {
            id: Name::from(id),
            subject,
            value,
            on: None,
            during: None,
            within: None,
            upper_limit: None,
            lower_limit: None,
            route: None,
            half_life: None,
            source: Respondent::Patient,
            note: String::new(),
        }
    }

    /// The same on a date.
    #[must_use]
    pub fn on(mut self, date: Date) -> Fact {
        self.on = Some(When::On(date));
        self
    }
}

/// What is known about one person: facts in the order they were given. What it does not say is unknown, not "no".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record {
    /// The facts.
    pub facts: Vec<Fact>,
}

impl Record {
    /// A record of these facts.
    pub fn new(facts: Vec<Fact>) -> Record {
        Record { facts }
    }

    /// The facts about a subject, in the order given.
    pub fn about<'a>(&'a self, subject: &'a Subject) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(move |fact| fact.subject == *subject)
    }
}
