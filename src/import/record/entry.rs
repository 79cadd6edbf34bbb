//! One thing that a record says, in no format's own terms.

use crate::model::date::{Date, Period, When};
use crate::model::quantity::Quantity;
use crate::model::record::Status;
use crate::model::route::Route;

use super::charts::{Doubt, Origin, Why};
use super::codes::System;

/// A code with the system it belongs to and the name that came with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coding {
    /// The address of the system as it is written.
    pub(super) address: String,
    pub(super) system: Option<System>,
    pub(super) code: String,
    pub(super) name: String,
    /// The number that the record gives the code.
    pub(super) ordinal: Option<String>,
}

impl Coding {
    pub(super) fn new(address: String, code: String, name: String) -> Coding {
        Coding { system: System::of(&address), address, code, name, ordinal: None }
    }
}

/// What something is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Called {
    pub(super) codings: Vec<Coding>,
    pub(super) text: String,
}

impl Called {
    /// Its names, the record's own text first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str())
            .chain(self.codings.iter().map(|coding| coding.name.as_str()))
            .filter(|name| !name.is_empty())
    }

    /// The first name, or else the first code.
    pub(super) fn shown(&self) -> String {
        let coded = || {
            let first = self.codings.iter().find(|coding| !coding.code.is_empty());
            first.map(|coding| format!("{} {}", coding.address, coding.code).trim().to_owned())
        };
        self.names().next().map(str::to_owned).or_else(coded).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.codings.iter().all(|coding| coding.code.is_empty() && coding.name.is_empty()) && self.text.is_empty()
    }
}

/// Of what kind an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Condition,
    Medicine,
    Procedure,
    Allergy,
    Result,
}

/// What an entry says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Said {
    /// It is there, was there or is planned.
    There(Status),
    /// It is stated not to be.
    Not(Status),
    /// A number.
    Amount(Quantity),
    /// A coded answer.
    Coded(Called),
    /// Yes or no.
    Truth(bool),
    /// Words.
    Words(String),
    /// A date.
    Day(When),
    /// Nothing, for this reason.
    #[default]
    Nothing,
    Left(Why),
}

/// A normal range that stands beside a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) low: Option<Quantity>,
    pub(super) high: Option<Quantity>,
    /// Nobody can tell which of several ranges is this person's.
    pub(super) unclear: bool,
}

/// One thing that a record says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) called: Called,
    pub(super) said: Said,
    /// The second spelling of the unit, where the first one is none.
    pub(super) other_unit: Option<String>,
    pub(super) on: Option<When>,
    pub(super) during: Option<Period>,
    pub(super) limits: Limits,
    pub(super) route: Option<Route>,
    /// How much of a medicine is taken a day.
    pub(super) dose: Option<Quantity>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) origin: Origin,
}

impl Entry {
    /// An answer to what LOINC asks of a person.
    fn answer(code: &str, name: &str, said: Said, origin: &Origin) -> Entry {
        let codings = vec![Coding::new("http://loinc.org".to_owned(), code.to_owned(), name.to_owned())];
        let called = Called { codings, text: String::new() };
        Entry { kind: Kind::Result, called, said, origin: origin.clone(), ..Entry::default() }
    }

    /// The date of birth.
    pub(super) fn born(born: Date, origin: &Origin) -> Entry {
        Entry::answer("21112-8", "birthDate", Said::Day(When::On(born)), origin)
    }

    /// The sex, at birth or as an administration has it.
    pub(super) fn sex(sex: &str, at_birth: bool, origin: &Origin) -> Entry {
        let said = Said::Coded(Called { codings: Vec::new(), text: sex.to_owned() });
        let doubts = if at_birth { Vec::new() } else { vec![Doubt::Administrative] };
        Entry { doubts, ..Entry::answer("76689-9", "sex", said, origin) }
    }
}
