//! Why: the words, the answers behind them, the distances and the dates.
//!
//! In: a trial, what is known, the as-of moment, a language and an audience. Out: sentences. Never: a verdict of its
//! own, or a word that promises.

mod criterion;
mod en;
mod otherwise;
mod outcome;
mod value;
mod words;
mod zh;

use serde::Serialize;

use crate::evaluate::{Determination, Evaluation, Verdict, evaluate};
use crate::model::criterion::Category;
use crate::model::moment::AsOf;
use crate::model::record::{Fact, FactId, FactValue, Record, Respondent};
use crate::model::trial::{Localized, Trial};

pub use otherwise::{CriterionOtherwise, Otherwise, otherwise};

use words::Words;

/// A language that explanations exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Locale {
    /// The language that a tag names; English where it names neither.
    ///
    /// ```
    /// use trial_prescreen::Locale;
    /// assert_eq!(Locale::from_tag("zh-CN"), Locale::Chinese);
    /// assert_eq!(Locale::from_tag("fr"), Locale::English);
    /// ```
    pub fn from_tag(tag: &str) -> Locale {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        if primary.eq_ignore_ascii_case("zh") { Locale::Chinese } else { Locale::English }
    }

    /// The key of this language in trial documents.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::Chinese => "zh-CN",
        }
    }

    fn words(self) -> &'static Words {
        match self {
            Locale::English => &en::WORDS,
            Locale::Chinese => &zh::WORDS,
        }
    }
}

/// For whom an explanation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// In which language.
    pub locale: Locale,
    /// The full words of the protocol and its numbers, for staff; plain words otherwise.
    pub staff: bool,
    /// Who answers.
    pub respondent: Respondent,
}

/// Words for one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactWords {
    /// The fact.
    pub fact: FactId,
    /// The key of the question that it answers.
    pub question: String,
    /// What it is about.
    pub label: String,
    /// What it says.
    pub value: String,
    /// It says only that the answer is not there, and a criterion still needs it.
    pub open: bool,
}

/// One criterion in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionExplanation {
    /// Its id.
    pub id: String,
    /// On which list it stands.
    pub category: Category,
    /// Pass, fail or pending.
    pub verdict: Verdict,
    /// False where it does not concern this person.
    pub applies: bool,
    /// The verdict in a word or two.
    pub word: String,
    /// The criterion in a few words.
    pub short: String,
    /// The criterion in the words for this reader.
    pub text: String,
    /// The document's own number for it.
    pub item: String,
    /// Why, sentence by sentence.
    pub reasons: Vec<String>,
    /// The answers that it rests on.
    pub answers: Vec<FactWords>,
    /// What would settle it, where it is open.
    pub needed: Vec<String>,
    /// Until when the verdict holds, and what follows.
    pub dates: Vec<String>,
}

/// Something to find out or bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToFind {
    /// What.
    pub text: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Who can tell.
    pub who: Respondent,
    /// The ids of the criteria that it serves.
    pub criteria: Vec<String>,
    /// The key of the question to answer then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
}

/// What a result means for the one who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing stands in the way that this respondent could know of.
    MayFit,
    /// Something that this respondent could find out is missing.
    CannotTell,
    /// A criterion does not fit.
    NotNow,
}

/// A whole result in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What it means for the one who answers.
    pub outcome: Outcome,
    /// The determination behind it.
    pub determination: Determination,
    /// The outcome in one line.
    pub heading: String,
    /// What it rests on.
    pub lead: Vec<String>,
    /// What to do next.
    pub next: Vec<String>,
    /// What the one who answers could find out.
    pub find: Vec<ToFind>,
    /// What others will check.
    pub team: Vec<ToFind>,
    /// Every criterion, in the protocol's order.
    pub criteria: Vec<CriterionExplanation>,
    /// Until when the result holds.
    pub dates: Vec<String>,
    /// Only the study team decides.
    pub notice: String,
    /// Trial, data version, as-of and engine.
    pub basis: String,
}

/// Explains the evaluation of a trial on a record.
///
/// # Example
///
/// ```
/// use trial_prescreen::*;
/// # let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
/// #   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"Adults","short":"Adult","patient":"You are an adult"}},
/// #   "source":{"document":"","item":"1"},
/// #   "expression":{"compare":{"subject":{"concept":"age"},"low":{"value":"18","unit":"y"}}}}]}}"#;
/// # let trial = import::trial(text.as_bytes()).unwrap().output;
/// let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
/// let born = Fact::new("b", Subject::concept("birth-date"), FactValue::Date(When::On("2016-03-15".parse().unwrap())));
/// let explanation = explain(&trial, &Record::new(vec![born]), &as_of, Reader::default());
/// assert_eq!(explanation.outcome, Outcome::NotNow);
/// assert_eq!(explanation.criteria[0].reasons, ["Age is 10 years, which is 8 years below the limit of 18 years."]);
/// ```
pub fn explain(trial: &Trial, record: &Record, as_of: &AsOf, reader: Reader) -> Explanation {
    let evaluation = evaluate(trial, record, as_of);
    let teller = Teller { trial, record, evaluation: &evaluation, reader, words: reader.locale.words() };
    teller.explanation(as_of)
}

/// Every answer in words, in the order given, for looking over.
pub fn review(trial: &Trial, record: &Record, as_of: &AsOf, reader: Reader) -> Vec<FactWords> {
    let evaluation = evaluate(trial, record, as_of);
    let teller = Teller { trial, record, evaluation: &evaluation, reader, words: reader.locale.words() };
    record.facts.iter().filter(|fact| fact.value != FactValue::Complete).map(|fact| teller.fact(fact)).collect()
}

/// Everything that sentences are made from.
struct Teller<'a> {
    trial: &'a Trial,
    record: &'a Record,
    evaluation: &'a Evaluation,
    reader: Reader,
    words: &'static Words,
}

impl Teller<'_> {
    /// The place of this reader in tables of three: patient, caregiver, staff.
    fn of<'w>(&self, three: &'w [&'static str; 3]) -> &'w str {
        let [patient, caregiver, staff] = three;
        if self.reader.staff {
            return staff;
        }
        match self.reader.respondent {
            Respondent::Patient => patient,
            Respondent::Caregiver => caregiver,
            Respondent::Staff | Respondent::Record | Respondent::Investigator => staff,
        }
    }

    /// A text in the reader's language; in any other where it does not exist.
    fn localized<'t>(&self, text: &'t Localized) -> &'t str {
        text.get(self.reader.locale.tag()).or_else(|| text.values().next()).map_or("", String::as_str)
    }

    fn found(&self, id: &str) -> Option<&Fact> {
        self.record.facts.iter().find(|fact| fact.id == id)
    }
}
