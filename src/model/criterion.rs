//! One line of a protocol's eligibility section.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Span;
use crate::model::expression::Expression;
use crate::model::record::Respondent;
use crate::model::table::Table;

/// On which of the two lists a criterion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Category {
    /// The expression must hold.
    Inclusion,
    /// The expression says what excludes: it must not hold.
    Exclusion,
}

/// A criterion in the words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CriterionText {
    /// The whole criterion, for staff.
    pub full: String,
    /// A few words, for a list.
    pub short: String,
    /// What it means, for the person.
    pub patient: String,
}

/// Where a criterion comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CriterionSource {
    /// The document: one of the trial's `source` names.
    pub document: String,
    /// The item as the document numbers it: `Exclusion 6`.
    pub item: String,
    /// Where it stands in that document's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// When in a trial a criterion is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Stage {
    /// Before consent, from what is known.
    #[default]
    Prescreen,
    /// At the site's screening visit.
    Screening,
    /// On the day of the first dose.
    #[serde(rename = "day-0")]
    DayZero,
}

/// May a failed criterion be tried again?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Retest {
    /// It will not change.
    Never,
    /// After this long.
    After(crate::model::window::Duration),
    /// When the investigator says so.
    #[default]
    Investigator,
}

/// One criterion: its words, where it comes from, who can answer it, and what it asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Criterion {
    /// Its name in the trial: `I6`, `E11`.
    pub id: String,
    /// On which list it stands.
    pub category: Category,
    /// Its words by language (`en`, `zh-CN`).
    pub text: Table<CriterionText>,
    /// Where it comes from.
    pub source: CriterionSource,
    /// The cohorts it holds for; all, where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cohorts: Vec<String>,
    /// Who can answer it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answerable_by: Vec<Respondent>,
    /// When it is checked.
    #[serde(default)]
    pub stage: Stage,
    /// May it be tried again?
    #[serde(default)]
    pub retest: Retest,
    /// What it asks. An exclusion's expression says what excludes.
    pub expression: Expression,
}
