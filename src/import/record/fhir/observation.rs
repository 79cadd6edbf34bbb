//! Results: measured, scored, answered.

use std::borrow::Cow;

use smallvec::smallvec;

use crate::import::look::Look;
use crate::import::record::amount;
use crate::import::record::charts::{Doubt, Origin, Why};
use crate::import::record::entry::{Amount, Called, Entry, Kind, Limits, Said};
use crate::model::date::{Date, Day, When};
use crate::model::name::Name;

use super::people::Person;
use super::shapes::{called, date, quantity, range, status, text, time, when};

/// The observation, or each of its components; a panel without a value of its own only groups.
pub(super) fn entries<'n>(resource: Look<'n, '_>, origin: &'n Origin, person: &Person) -> Vec<Entry<'n>> {
    let mut base = Entry {
        kind: Kind::Result,
        called: called(resource.key("code")),
        on: when(resource, time!("effective")),
        ..Entry::at(Cow::Borrowed(origin))
    };
    let left = match status(resource.key("status")).as_ref() {
        "entered-in-error" => Some(Why::EnteredInError),
        "cancelled" | "registered" => Some(Why::NotThere),
        "preliminary" => {
            base.doubts.push(Doubt::Preliminary);
            None
        }
        "final" | "amended" | "corrected" | "appended" => None,
        _ => {
            base.doubts.push(Doubt::StatusUnknown);
            None
        }
    };
    if let Some(why) = left {
        return vec![Entry { said: Said::Left(why), ..base }];
    }
    if base.on.is_none() && date(resource.key("issued")).is_some() {
        base.doubts.push(Doubt::OtherDate);
        base.on = date(resource.key("issued")).map(When::On);
    }
    let day = base.on.map(|when| when.latest().last_day());
    let components = resource.key("component");
    if has_value(resource) && !components.is_there() {
        return vec![valued(resource, base, person, day)];
    }
    let mut all = Vec::new();
    if has_value(resource) {
        all.push(valued(resource, base.clone(), person, day));
    }
    for (index, component) in components.each().enumerate() {
        let path = format!("{}.component[{index}]", origin.path);
        let origin = Cow::Owned(Origin { path: Name::from(path.trim_start_matches('.')), ..origin.clone() });
        let part = Entry { called: called(component.key("code")), origin, ..base.clone() };
        all.push(valued(component, part, person, day));
    }
    if all.is_empty() {
        let grouped = resource.key("hasMember").is_there() || resource.key("related").is_there();
        let why = match (resource.key("dataAbsentReason").is_there(), grouped) {
            (true, _) => Why::Absent,
            (false, true) => Why::Group,
            (false, false) => Why::NoValue,
        };
        all.push(Entry { said: Said::Left(why), ..base });
    }
    all
}

const VALUES: [&str; 9] = [
    "valueQuantity",
    "valueInteger",
    "valueDecimal",
    "valueCodeableConcept",
    "valueBoolean",
    "valueString",
    "valueDateTime",
    "valueDate",
    "valueRange",
];

fn has_value(resource: Look<'_, '_>) -> bool {
    let is_value = |key: &str| key.starts_with("value") && VALUES.contains(&key);
    resource.entries().any(|(key, _)| is_value(key) && resource.key(key).is_there())
}

/// What a value of any of the types says, with the second spelling of its unit.
pub(super) fn said<'n>(resource: Look<'n, '_>) -> (Said<'n>, Option<Cow<'n, str>>) {
    if let Some((quantity, other)) = quantity(resource.key("valueQuantity")) {
        return (Said::Amount(quantity), other.map(Cow::Borrowed));
    }
    if let Some((range, other)) = range(resource.key("valueRange")) {
        return (Said::Amount(range), other.map(Cow::Borrowed));
    }
    for value in ["valueInteger", "valueDecimal"] {
        if let Some(value) = resource.key(value).scalar().and_then(amount::decimal) {
            return (Said::Amount(Amount::plain(value)), None);
        }
    }
    let coded = called(resource.key("valueCodeableConcept"));
    if !coded.is_empty() {
        return (Said::Coded(coded), None);
    }
    if resource.key("valueCoding").is_there() {
        let codings = smallvec![super::shapes::coding(resource.key("valueCoding"))];
        return (Said::Coded(Called { codings, text: Cow::Borrowed("") }), None);
    }
    if let Some(so) = resource.key("valueBoolean").truth() {
        return (Said::Truth(so), None);
    }
    if let Some(day) = ["valueDateTime", "valueDate"].iter().find_map(|value| date(resource.key(value))) {
        return (Said::Day(When::On(day)), None);
    }
    (text(resource.key("valueString")).map_or(Said::Nothing, |words| Said::Words(Cow::Borrowed(words))), None)
}

fn valued<'n>(resource: Look<'n, '_>, entry: Entry<'n>, person: &Person, day: Option<Day>) -> Entry<'n> {
    let (mut value, other_unit) = said(resource);
    if value == Said::Nothing && resource.key("dataAbsentReason").is_there() {
        value = Said::Left(Why::Absent);
    }
    Entry { said: value, other_unit, limits: limits(resource, person, day), ..entry }
}

/// The normal range that is this person's: the only one there is, or the only one for such a person.
fn limits<'n>(resource: Look<'n, '_>, person: &Person, day: Option<Day>) -> Limits<'n> {
    let normal = || resource.key("referenceRange").each().filter(|range| is_normal(*range));
    let mut own = normal().map(|range| (range, person.fits(range, day))).filter(|(_, fits)| *fits != Some(false));
    match (own.next(), own.next()) {
        (Some((one, Some(true))), None) => ends(one),
        (None, _) if normal().next().is_none() => Limits::default(),
        (_, _) => Limits { unclear: true, ..Limits::default() },
    }
}

/// A range of the healthy: so it is said, or nothing is.
fn is_normal(range: Look<'_, '_>) -> bool {
    let kind = called(range.key("type"));
    let code = kind.codings.iter().map(|coding| coding.code.as_ref()).find(|code| !code.is_empty());
    code.is_none_or(|code| code == "normal")
        && (code.is_some() || kind.text.is_empty() || kind.text.to_lowercase().contains("normal"))
}

fn ends<'n>(here: Look<'n, '_>) -> Limits<'n> {
    let end = |key: &str| {
        quantity(here.key(key))
            .map(|(amount, other)| Amount { unit: amount.unit.or(other.map(Cow::Borrowed)), ..amount })
    };
    let (low, high) = (end("low"), end("high"));
    if low.is_some() || high.is_some() {
        return Limits { low, high, unclear: false };
    }
    let (low, high) = text(here.key("text")).map_or((None, None), amount::range);
    Limits { low, high, unclear: false }
}

/// The day on which somebody reaches an age.
pub(super) fn birthday(born: Date, years: i64) -> Day {
    born.last_day().plus_months(years.saturating_mul(12))
}
