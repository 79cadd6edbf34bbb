//! How a trial asks for what its criteria use.

use serde::{Deserialize, Serialize};

use crate::model::decimal::Decimal;
use crate::model::record::Respondent;
use crate::model::route::Route;
use crate::model::table::Table;

/// A question's words in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionText {
    /// To the person.
    pub patient: String,
    /// To someone who answers for the person; the words for the person, where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caregiver: String,
    /// To staff.
    pub staff: String,
    /// A few words that name it in a list of answers.
    pub short: String,
    /// Why it is asked, in one sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Where to find the answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// A line of help under the question.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// The words for each option of a choice, by code.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub options: Table<String>,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AnswerKind {
    /// Yes or no.
    YesNo,
    /// One of these codes, in this order.
    Choice(Vec<String>),
    /// A number with one of these units; the slip's own limit and date, where asked.
    Quantity(QuantityAnswer),
    /// A day, as precise as it is known.
    Date,
    /// The day of the last time, as precise as it is known; or never.
    LastTime,
    /// Whether it is so now, was so or never was; since when and until when, where that is asked.
    Course(CourseAnswer),
    /// A clock time on a day: seen to begin, or last known well.
    Onset,
    /// A list of medicines, each with its dose a day.
    Doses(Vec<String>),
    /// Drinks on a usual day or week, worked out to pure ethanol.
    Drinks,
}

/// How a number is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuantityAnswer {
    /// The units to choose from, the commonest first; none for a score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Ask for the upper limit of normal printed beside the result.
    #[serde(default)]
    pub upper_limit: bool,
    /// Ask for the date of the result.
    #[serde(default)]
    pub dated: bool,
    /// Whole numbers only.
    #[serde(default)]
    pub whole: bool,
    /// Ask for the largest there was in the time that the criteria ask about: no other was larger.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub largest: bool,
}

/// What is asked of something that goes on for a time, where yes or no would not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseAnswer {
    /// Ask since when, and until when.
    #[serde(default)]
    pub dated: bool,
    /// Ask whether it is planned.
    #[serde(default)]
    pub planned: bool,
}

/// Values outside these limits are asked about ("is this right?"), never refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plausible {
    /// Smallest plausible value.
    pub low: Decimal,
    /// Largest plausible value.
    pub high: Decimal,
    /// The unit of both; none for a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// How one concept is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// The kind of answer.
    pub answer: AnswerKind,
    /// Who can answer it.
    pub answerable_by: Vec<Respondent>,
    /// Its words by language.
    pub text: Table<QuestionText>,
    /// The checklist it belongs to: one of the trial's `checklists`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<String>,
    /// In which of these ways it is given is asked too: of a medicine, and of each one of a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// The limits of plausible answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plausible: Option<Plausible>,
    /// About how many seconds it takes to answer; by the kind of answer, where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burden: Option<u32>,
    /// Of a hundred people who get this far, how many give an answer that speaks against them, alone or together with
    /// others, or that brings further questions; 10, where absent. It orders the questions and decides nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing: Option<u32>,
    /// The answer may be painful or private: the page says why it is asked.
    #[serde(default)]
    pub sensitive: bool,
}

/// Questions that are asked together, with "none of these" and "not sure".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checklist {
    /// Its words by language: the sentence above the list.
    pub text: Table<QuestionText>,
}
