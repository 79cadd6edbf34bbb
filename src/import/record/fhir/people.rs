//! The person a record is about.

use crate::import::look::Look;
use crate::import::record::amount;
use crate::import::record::charts::Origin;
use crate::import::record::entry::Entry;
use crate::model::date::{Date, Day};

use super::observation::birthday;
use super::shapes::{called, date, text};

/// What normal ranges ask of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Person {
    pub(in super::super) born: Option<Date>,
    pub(in super::super) sex: Option<&'static str>,
}

pub(in super::super) fn person(resource: Look<'_, '_>) -> Person {
    let (sex, _) = sex(resource);
    Person { born: date(resource.key("birthDate")), sex }
}

impl Person {
    /// Whether a normal range is for such a person on a day; `None` where nobody can tell.
    pub(super) fn fits(&self, range: Look<'_, '_>, day: Option<Day>) -> Option<bool> {
        let mut sure = true;
        for group in range.key("appliesTo").each() {
            let group = called(group);
            let words = || group.names().chain(group.codings.iter().map(|coding| coding.code.as_ref()));
            let says = |sexes: [&str; 2]| words().any(|word| sexes.contains(&word.to_lowercase().as_str()));
            let asked = match (says(["female", "f"]), says(["male", "m"])) {
                (true, false) => Some("female"),
                (false, true) => Some("male"),
                (true, true) | (false, false) => None,
            };
            match (asked, self.sex) {
                (Some(asked), Some(own)) if asked != own => return Some(false),
                (Some(_), Some(_)) => {}
                (_, _) => sure = false,
            }
        }
        let age = range.key("age");
        if age.is_there() {
            let (born, day) = self.born.zip(day)?;
            let years = |key: &str| {
                let end = age.key(key);
                let unit = text(end.key("code")).or_else(|| text(end.key("unit")));
                let in_years = unit.is_none_or(|unit| ["a", "yr", "years", "year"].contains(&unit));
                let whole = end.key("value").scalar().and_then(amount::decimal).and_then(|value| value.whole());
                (end.is_there(), whole.filter(|_| in_years))
            };
            match years("low") {
                (true, Some(low)) if day < birthday(born, low) => return Some(false),
                (true, None) => sure = false,
                (true | false, _) => {}
            }
            match years("high") {
                (true, Some(high)) if day >= birthday(born, high.saturating_add(1)) => return Some(false),
                (true, None) => sure = false,
                (true | false, _) => {}
            }
        }
        sure.then_some(true)
    }
}

/// The sex at birth where the record has it, else the administrative one.
fn sex(resource: Look<'_, '_>) -> (Option<&'static str>, bool) {
    let at_birth = resource
        .key("extension")
        .each()
        .find(|extension| text(extension.key("url")).is_some_and(|url| url.ends_with("us-core-birthsex")));
    let birth = at_birth.and_then(|extension| text(extension.key("valueCode")));
    let known = |code: &str| match code {
        "male" | "M" => Some("male"),
        "female" | "F" => Some("female"),
        _ => None,
    };
    match birth.and_then(known) {
        Some(sex) => (Some(sex), true),
        None => (text(resource.key("gender")).and_then(known), false),
    }
}

/// The date of birth and the sex.
pub(super) fn entries<'n>(resource: Look<'_, '_>, origin: &'n Origin) -> Vec<Entry<'n>> {
    let mut all = Vec::new();
    all.extend(date(resource.key("birthDate")).map(|born| Entry::born(born, origin)));
    if let (Some(sex), at_birth) = sex(resource) {
        all.push(Entry::sex(sex, at_birth, origin));
    }
    all
}
