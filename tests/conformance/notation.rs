//! Cases of how dates, lengths of time, numbers and units are written and converted.

use serde::Deserialize;
use trial_prescreen::{Concept, Conversion, Date, Day, Decimal, Duration, Substance, Unit};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// The `text` is read `as` something, and what follows from it is compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: Option<String>,
    date: Option<String>,
    duration: Option<String>,
    number: Option<String>,
    amount: Option<String>,
    expect: Expect,
    /// For a duration: the day it is counted from. For an amount: the unit to convert to.
    from: Option<String>,
    into: Option<String>,
    /// The substance an amount is of.
    of: Option<String>,
    /// The number to compare with.
    beside: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    #[serde(default)]
    rejected: bool,
    /// Written back.
    shown: Option<String>,
    first: Option<String>,
    last: Option<String>,
    /// The day a duration leads to.
    day: Option<String>,
    /// The converted amount, rounded to the digits given here.
    amount: Option<String>,
    /// `less`, `equal` or `greater` than the number beside it.
    order: Option<String>,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case.into_iter().map(|case| (case.name.clone(), check(&case).err())).collect())
}

fn check(case: &Case) -> Result<(), String> {
    let expect = &case.expect;
    match (&case.date, &case.duration, &case.number, &case.amount) {
        (Some(text), None, None, None) => {
            let Some(date) = read::<Date>(text, expect.rejected)? else { return Ok(()) };
            same("shown", date, expect.shown.as_ref())?;
            same("first day", date.first_day(), expect.first.as_ref())?;
            same("last day", date.last_day(), expect.last.as_ref())
        }
        (None, Some(text), None, None) => {
            let Some(duration) = read::<Duration>(text, expect.rejected)? else { return Ok(()) };
            same("shown", duration, expect.shown.as_ref())?;
            let Some(from) = &case.from else { return Ok(()) };
            same("day", duration.after(day(from)?), expect.day.as_ref())
        }
        (None, None, Some(text), None) => {
            let Some(number) = read::<Decimal>(text, expect.rejected)? else { return Ok(()) };
            same("shown", number, expect.shown.as_ref())?;
            let Some(beside) = &case.beside else { return Ok(()) };
            let other: Decimal = beside.parse().map_err(|_| format!("`{beside}` is not a number"))?;
            same("order", format!("{:?}", number.cmp(&other)).to_lowercase(), expect.order.as_ref())
        }
        (None, None, None, Some(text)) => converted(case, text),
        _ => Err("a case has either a date, a duration, a number or an amount".to_owned()),
    }
}

fn read<T: std::str::FromStr + std::fmt::Display>(text: &str, rejected: bool) -> Result<Option<T>, String> {
    match (text.parse::<T>(), rejected) {
        (Ok(value), false) => Ok(Some(value)),
        (Err(_), true) => Ok(None),
        (Ok(value), true) => Err(format!("`{text}` was read as {value}")),
        (Err(_), false) => Err(format!("`{text}` was not read")),
    }
}

fn same(what: &str, actual: impl std::fmt::Display, expected: Option<&String>) -> Result<(), String> {
    match expected {
        Some(expected) if actual.to_string() != *expected => {
            Err(format!("{what}: expected {expected}, found {actual}"))
        }
        _ => Ok(()),
    }
}

fn day(text: &str) -> Result<Day, String> {
    match text.parse() {
        Ok(Date::Day(day)) => Ok(day),
        _ => Err(format!("`{text}` is not a day")),
    }
}

fn converted(case: &Case, text: &str) -> Result<(), String> {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number: Decimal = number.parse().map_err(|_| format!("`{number}` is not a number"))?;
    let target = case.into.as_deref().unwrap_or("");
    let of = case.of.as_deref().and_then(Concept::named).map_or(Substance::Unknown, |concept| concept.substance);
    let conversion = Unit::from_text(unit)
        .zip(Unit::from_text(target))
        .and_then(|(unit, target)| Conversion::between(unit, target, of).ok());
    let amount = conversion.and_then(|conversion| conversion.of(number.exact()));
    let Some(expected) = &case.expect.amount else {
        return if amount.is_none() && case.expect.rejected { Ok(()) } else { Err(format!("`{text}` was converted")) };
    };
    let places = expected.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let amount = amount.ok_or_else(|| format!("`{text}` was not converted to `{target}`"))?;
    let shown = u8::try_from(places).ok().and_then(|places| amount.rounded(places)).ok_or("too large to show")?;
    same("amount", shown, Some(expected))
}
