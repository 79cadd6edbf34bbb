//! Copies of a log for others, each a pure function from the log to a text.

mod consort;
mod copy;
mod fhir;
mod ie;
mod redcap;
mod sheet;

use serde::Serialize;

pub use consort::{Consort, Counted, CountedReason};
pub use sheet::Sheet;

use crate::json::text;
use crate::log::event::Header;
use crate::log::row::{Query, Row};
use crate::log::{Edition, Log};

/// A layout that a copy is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// CSV for the site: everything, and an empty first column for the key to the names, which is written by hand.
    Site,
    /// CSV for the sponsor: no free text, no staff, no receipts; ages over 89 in one group; dates to the year.
    Sponsor,
    /// The same with dates as days since the person's first identification.
    SponsorDays,
    /// CSV to begin a screening log with: who is possible, and empty columns for consent.
    Screening,
    /// The rows as JSON.
    Rows,
    /// REDCap's import of records, as CSV.
    Redcap,
    /// The data dictionary to import those into, as CSV.
    RedcapDictionary,
    /// SDTM's domain IE, as CSV: the criteria that were not met. Dates to the year, as nobody has consented yet.
    SdtmIe,
    /// A bundle of FHIR R4: `ResearchSubject` and `QuestionnaireResponse`.
    FhirR4,
    /// The same of FHIR R5.
    FhirR5,
    /// The counts of a CONSORT diagram up to consent, as CSV.
    Consort,
}

impl Layout {
    /// All of them.
    pub const ALL: [Layout; 11] = [
        Layout::Site,
        Layout::Sponsor,
        Layout::SponsorDays,
        Layout::Screening,
        Layout::Rows,
        Layout::Redcap,
        Layout::RedcapDictionary,
        Layout::SdtmIe,
        Layout::FhirR4,
        Layout::FhirR5,
        Layout::Consort,
    ];

    /// The layout with this name: `sponsor-days`.
    pub fn named(name: &str) -> Option<Layout> {
        Layout::ALL.into_iter().find(|layout| layout.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Site => "site",
            Layout::Sponsor => "sponsor",
            Layout::SponsorDays => "sponsor-days",
            Layout::Screening => "screening",
            Layout::Rows => "rows",
            Layout::Redcap => "redcap",
            Layout::RedcapDictionary => "redcap-dictionary",
            Layout::SdtmIe => "sdtm-ie",
            Layout::FhirR4 => "fhir-r4",
            Layout::FhirR5 => "fhir-r5",
            Layout::Consort => "consort",
        }
    }
}

impl Log {
    /// A copy of the log.
    pub fn export(&self, layout: Layout) -> String {
        match layout {
            Layout::Rows => {
                #[derive(Serialize)]
                struct Rows<'a> {
                    header: &'a Header,
                    rows: &'a [Row],
                    unclear: &'a [Query],
                }
                text(&Rows { header: self.header(), rows: self.rows(), unclear: self.unclear() }).unwrap_or_default()
            }
            Layout::FhirR4 => fhir::bundle(self, fhir::Release::R4),
            Layout::FhirR5 => fhir::bundle(self, fhir::Release::R5),
            Layout::Site
            | Layout::Sponsor
            | Layout::SponsorDays
            | Layout::Screening
            | Layout::Redcap
            | Layout::RedcapDictionary
            | Layout::SdtmIe
            | Layout::Consort => self.sheet(layout).csv(),
        }
    }

    /// The table behind a layout that is CSV; an empty one of those that are not.
    pub fn sheet(&self, layout: Layout) -> Sheet {
        match layout {
            Layout::Site => copy::site(self),
            Layout::Sponsor => copy::sponsor(self, copy::Dates::Year),
            Layout::SponsorDays => copy::sponsor(self, copy::Dates::Days),
            Layout::Screening => copy::screening(self),
            Layout::Redcap => redcap::records(self),
            Layout::RedcapDictionary => redcap::dictionary(self),
            Layout::SdtmIe => ie::sheet(self),
            Layout::Consort => self.consort().sheet(self),
            Layout::Rows | Layout::FhirR4 | Layout::FhirR5 => Sheet::default(),
        }
    }

    /// The edition with this digest; the newest one where none has it.
    fn edition(&self, digest: &str) -> &Edition {
        let known = self.editions().iter().find(|edition| edition.digest == digest);
        known.or(self.editions().last()).unwrap_or(&self.header().edition)
    }

    /// What the protocol calls a criterion of a row.
    fn called<'a>(&'a self, row: &Row, id: &'a str) -> &'a str {
        let digest = row.assessed.as_ref().map_or("", |judged| judged.trial.as_str());
        self.edition(digest).called(id)
    }
}

/// The word that an enum's variant has in the log.
fn word<T: Serialize>(value: &T) -> String {
    text(value).unwrap_or_default().trim_matches('"').to_owned()
}
