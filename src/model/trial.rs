//! The trial document: everything a pre-screening needs to know of one trial.

use serde::{Deserialize, Serialize};

use crate::model::criterion::Criterion;
use crate::model::date::Date;
use crate::model::question::{Checklist, Question};
use crate::model::reviewed::Reviewed;
use crate::model::table::Table;

/// The name of the format that this crate reads and writes.
pub const FORMAT: &str = "trial-prescreen/1";

/// A text in each language it exists in, by language tag (`en`, `zh-CN`).
pub type Localized = Table<String>;

/// One trial, self-contained: a patient's page needs this document and the engine, nothing else.
///
/// Names follow the ClinicalTrials.gov API, version 2, where it has one. Read one with
/// [`import::trial`](crate::import::trial), which says what is wrong and where; the JSON Schema generated from these
/// types is published beside the bundled trials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trial {
    /// The format and its version: `trial-prescreen/1`.
    pub format: String,
    /// The identifier the trial is known by.
    pub id: String,
    /// Every identifier it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Short title.
    pub title: Localized,
    /// Official title.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub official_title: Localized,
    /// Acronym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<String>,
    /// Which version of the protocol and of the registry entry this is.
    #[serde(default)]
    pub version: Version,
    /// What was done with its words before people read them, by language.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub wording: Table<Reviewed>,
    /// What was taken from where.
    pub source: Vec<Source>,
    /// Is it recruiting? (`RECRUITING`, `NOT_YET_RECRUITING`, …)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Phases (`PHASE2`, …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<String>,
    /// `INTERVENTIONAL`, `OBSERVATIONAL`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study_type: Option<String>,
    /// How it is built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design: Option<Design>,
    /// The illnesses it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Localized>,
    /// What is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interventions: Vec<Intervention>,
    /// Who runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Localized>,
    /// Planned number of participants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<u32>,
    /// First day of the trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<Date>,
    /// Last day of the trial, planned or real.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_date: Option<Date>,
    /// What it is about, in a few sentences.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub overview: Localized,
    /// More about it.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub description: Localized,
    /// The signs of its illness with which people call for help at once, before they answer anything.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub emergency_signs: Localized,
    /// Decisions of regulators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Where it takes place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    /// The study's public contacts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Questions people ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faqs: Vec<Faq>,
    /// Whom it is for.
    pub eligibility: Eligibility,
    /// How each thing that the criteria use is asked for, by [`Subject::key`](crate::Subject::key).
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub questions: Table<Question>,
    /// Questions that are asked together.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub checklists: Table<Checklist>,
}

/// One identifier of a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identifier {
    /// Whose number it is: `ClinicalTrials.gov`, `ChiCTR`, `CDE acceptance`, …
    pub registry: String,
    /// The number.
    pub value: String,
}

/// Which version of the trial the document describes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Version {
    /// The protocol's own version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The amendment's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<String>,
    /// Date of the registry entry it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry_date: Option<Date>,
    /// Counts up with every change of this document.
    #[serde(default)]
    pub document: u32,
    /// The document number it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<u32>,
}

/// A source of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its address, shown as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_on: Option<Date>,
    /// What was taken from it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub taken: String,
    /// Its eligibility text, word for word. The spans of the criteria that name this source count its UTF-16 units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What it says that the document has no other place for, by the source's own names.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub unmapped: Table<String>,
}

/// How a trial is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Design {
    /// `RANDOMIZED`, `NON_RANDOMIZED`, `NA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<String>,
    /// `NONE`, `SINGLE`, `DOUBLE`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masking: Option<String>,
    /// The arms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arms: Vec<Arm>,
}

/// An arm of a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arm {
    /// `EXPERIMENTAL`, `PLACEBO_COMPARATOR`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Its name.
    pub label: Localized,
    /// What is done in it.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub description: Localized,
}

/// Something that is given or done in a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Intervention {
    /// `DRUG`, `BIOLOGICAL`, `PROCEDURE`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Its name.
    pub name: Localized,
    /// Dosage form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dosage_form: Option<Localized>,
    /// Strength, as approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
}

/// A decision of a regulator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Approval {
    /// The regulator.
    pub regulator: Localized,
    /// What was applied for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_type: Option<String>,
    /// The number under which the application was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance_number: Option<String>,
    /// The number of the notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_number: Option<String>,
    /// When it was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_on: Option<Date>,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<Date>,
    /// What for.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub indication: Localized,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub conclusion: Localized,
}

/// A place where the trial is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Site {
    /// The facility.
    pub name: Localized,
    /// City.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub city: Localized,
    /// Country.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub country: Localized,
    /// Degrees north and degrees east, as decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<[crate::model::decimal::Decimal; 2]>,
    /// Is it recruiting?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The protocol version in force there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// A public contact of the study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// Who.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub name: Localized,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A question people ask, with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Faq {
    /// The question.
    pub question: Localized,
    /// The answer.
    pub answer: Localized,
}

/// How much of a trial's criteria is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Publication {
    /// All of them.
    Published,
    /// Some: nobody can be found eligible by these alone.
    Partial,
    /// None: nobody can be found eligible.
    NotPublished,
}

/// Whom a trial is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Eligibility {
    /// How much of the criteria is public.
    pub status: Publication,
    /// `ALL`, `FEMALE` or `MALE`, as the registry states it; for lists, not evaluated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// As the registry states it (`18 Years`); for lists, not evaluated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<String>,
    /// As the registry states it (`75 Years`); for lists, not evaluated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<String>,
    /// Are healthy people taken?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub healthy_volunteers: Option<bool>,
    /// The cohorts, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cohorts: Vec<Cohort>,
    /// The criteria, in the protocol's order.
    pub criteria: Vec<Criterion>,
}

/// A group of participants with criteria of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cohort {
    /// Its name in the document.
    pub id: String,
    /// Its name for people.
    pub label: Localized,
    /// Is it still open?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
}

/// What ClinicalTrials.gov calls a study, or a site of one, that takes nobody in and is not about to.
const CLOSED: [&str; 6] =
    ["ACTIVE_NOT_RECRUITING", "COMPLETED", "NO_LONGER_AVAILABLE", "SUSPENDED", "TERMINATED", "WITHDRAWN"];

fn says_closed(status: Option<&str>) -> bool {
    status.is_some_and(|status| CLOSED.contains(&status))
}

impl Trial {
    /// It takes nobody in: by its own status, or because every site that is listed says so.
    ///
    /// # Example
    ///
    /// ```
    /// let at = |sites: &str| {
    ///     let text = format!(r#"{{"format":"trial-prescreen/1","id":"X","title":{{"en":"X"}},"source":[],"sites":[{sites}],
    ///         "eligibility":{{"status":"published","criteria":[]}}}}"#);
    ///     trial_prescreen::import::trial(text.as_bytes()).unwrap().output
    /// };
    /// let (ended, going) = (r#"{"name":{"en":"A"},"status":"COMPLETED"}"#, r#"{"name":{"en":"B"},"status":"RECRUITING"}"#);
    /// assert!(at(ended).is_closed());
    /// assert!(!at(&[ended, going].join(",")).is_closed());
    /// assert!(!at("").is_closed()); // nothing is said of it
    /// ```
    pub fn is_closed(&self) -> bool {
        let closed = |site: &Site| says_closed(site.status.as_deref());
        says_closed(self.status.as_deref()) || (!self.sites.is_empty() && self.sites.iter().all(closed))
    }

    /// Somebody can be found eligible: all criteria are published, and the trial is not closed.
    pub fn may_admit(&self) -> bool {
        self.eligibility.status == Publication::Published && !self.is_closed()
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.eligibility.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The languages that the trial's title exists in, in the order of their tags.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.title.keys().map(String::as_str)
    }
}
