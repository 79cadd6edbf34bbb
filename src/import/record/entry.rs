//! One thing that a record says, in no format's own terms.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use crate::model::date::{Date, Period, When};
use crate::model::decimal::Decimal;
use crate::model::quantity::{Comparator, Quantity};
use crate::model::record::Status;
use crate::model::route::Route;

use super::charts::{Doubt, Origin, Why};
use super::codes::System;

/// A code with the system it belongs to and the name that came with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coding<'a> {
    /// The address of the system as it is written.
    pub(super) address: Cow<'a, str>,
    pub(super) system: Option<System>,
    pub(super) code: Cow<'a, str>,
    pub(super) name: Cow<'a, str>,
    /// The number that the record gives the code.
    pub(super) ordinal: Option<Cow<'a, str>>,
}

impl<'a> Coding<'a> {
    pub(super) fn new(address: impl Into<Cow<'a, str>>, code: &'a str, name: impl Into<Cow<'a, str>>) -> Coding<'a> {
        let address = address.into();
        Coding { system: System::of(&address), address, code: code.into(), name: name.into(), ordinal: None }
    }

    fn borrowed(&self) -> Coding<'_> {
        Coding {
            address: Cow::Borrowed(&self.address),
            system: self.system,
            code: Cow::Borrowed(&self.code),
            name: Cow::Borrowed(&self.name),
            ordinal: self.ordinal.as_deref().map(Cow::Borrowed),
        }
    }

    fn into_owned(self) -> Coding<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Coding {
            address: owned(self.address),
            system: self.system,
            code: owned(self.code),
            name: owned(self.name),
            ordinal: self.ordinal.map(owned),
        }
    }
}

/// What something is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Called<'a> {
    pub(super) codings: SmallVec<[Coding<'a>; 1]>,
    pub(super) text: Cow<'a, str>,
}

impl<'a> Called<'a> {
    /// By words alone.
    pub(super) fn by(text: impl Into<Cow<'a, str>>) -> Called<'a> {
        Called { codings: SmallVec::new(), text: text.into() }
    }

    /// Its names, the record's own text first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_ref())
            .chain(self.codings.iter().map(|coding| coding.name.as_ref()))
            .filter(|name| !name.is_empty())
    }

    /// The first name, or else the first code.
    pub(super) fn shown(&self) -> String {
        if let Some(name) = self.names().next() {
            return name.to_owned();
        }
        let first = self.codings.iter().find(|coding| !coding.code.is_empty());
        let Some(Coding { address, code, .. }) = first else { return String::new() };
        let mut shown = String::with_capacity(address.len() + 1 + code.len());
        shown.push_str(address.trim_start());
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(code);
        shown
    }

    pub(super) fn is_empty(&self) -> bool {
        self.codings.iter().all(|coding| coding.code.is_empty() && coding.name.is_empty()) && self.text.is_empty()
    }

    pub(super) fn borrowed(&self) -> Called<'_> {
        let codings = self.codings.iter().map(Coding::borrowed).collect();
        Called { codings, text: Cow::Borrowed(&self.text) }
    }

    pub(super) fn into_owned(self) -> Called<'static> {
        let codings = self.codings.into_iter().map(Coding::into_owned).collect();
        Called { codings, text: Cow::Owned(self.text.into_owned()) }
    }
}

/// A number, or a range of them, with its unit as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount<'a> {
    pub(super) value: Option<Decimal>,
    pub(super) comparator: Option<Comparator>,
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    pub(super) unit: Option<Cow<'a, str>>,
}

impl Amount<'_> {
    /// A number without a unit.
    pub(super) fn plain(value: Decimal) -> Amount<'static> {
        Amount { value: Some(value), ..Amount::default() }
    }

    /// The same in a unit.
    pub(super) fn in_unit(&self, unit: Option<&str>) -> Quantity {
        let Amount { value, comparator, low, high, unit: _ } = *self;
        Quantity { value, comparator, low, high, unit: unit.map(str::to_owned) }
    }
}

impl From<Quantity> for Amount<'_> {
    fn from(quantity: Quantity) -> Self {
        let Quantity { value, comparator, low, high, unit } = quantity;
        Amount { value, comparator, low, high, unit: unit.map(Cow::Owned) }
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
pub(super) enum Said<'a> {
    /// It is there, was there or is planned.
    There(Status),
    /// It is stated not to be.
    Not(Status),
    /// A number.
    Amount(Amount<'a>),
    /// A coded answer.
    Coded(Called<'a>),
    /// Yes or no.
    Truth(bool),
    /// Words.
    Words(Cow<'a, str>),
    /// A date.
    Day(When),
    /// Nothing, for this reason.
    #[default]
    Nothing,
    Left(Why),
}

/// A normal range that stands beside a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits<'a> {
    pub(super) low: Option<Amount<'a>>,
    pub(super) high: Option<Amount<'a>>,
    /// Nobody can tell which of several ranges is this person's.
    pub(super) unclear: bool,
}

/// One thing that a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) kind: Kind,
    pub(super) called: Called<'a>,
    pub(super) said: Said<'a>,
    /// The second spelling of the unit, where the first one is none.
    pub(super) other_unit: Option<Cow<'a, str>>,
    pub(super) on: Option<When>,
    pub(super) during: Option<Period>,
    pub(super) limits: Limits<'a>,
    pub(super) route: Option<Route>,
    /// How much of a medicine is taken a day.
    pub(super) dose: Option<Quantity>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) origin: Cow<'a, Origin>,
}

impl<'a> Entry<'a> {
    /// Nothing yet, at this place.
    pub(super) fn at(origin: Cow<'a, Origin>) -> Entry<'a> {
        Entry {
            kind: Kind::default(),
            called: Called::default(),
            said: Said::Nothing,
            other_unit: None,
            on: None,
            during: None,
            limits: Limits::default(),
            route: None,
            dose: None,
            doubts: Vec::new(),
            origin,
        }
    }

    /// An answer to what LOINC asks of a person.
    fn answer(code: &'static str, name: &'static str, said: Said<'a>, origin: &'a Origin) -> Entry<'a> {
        let called =
            Called { codings: smallvec![Coding::new("http://loinc.org", code, name)], text: Cow::Borrowed("") };
        Entry { kind: Kind::Result, called, said, ..Entry::at(Cow::Borrowed(origin)) }
    }

    /// The date of birth.
    pub(super) fn born(born: Date, origin: &'a Origin) -> Entry<'a> {
        Entry::answer("21112-8", "birthDate", Said::Day(When::On(born)), origin)
    }

    /// The sex, at birth or as an administration has it.
    pub(super) fn sex(sex: &'static str, at_birth: bool, origin: &'a Origin) -> Entry<'a> {
        let doubts = if at_birth { Vec::new() } else { vec![Doubt::Administrative] };
        Entry { doubts, ..Entry::answer("76689-9", "sex", Said::Coded(Called::by(sex)), origin) }
    }
}
