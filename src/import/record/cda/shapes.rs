//! The parts that the entries of a clinical document are made of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::import::record::amount;
use crate::import::record::charts::Why;
use crate::import::record::entry::{Amount, Called, Coding, Limits, Said};
use crate::model::date::{Between, Date, Period, When};
use crate::model::quantity::Comparator;

use super::element::Element;

/// What a section has written for people to read, by the names under which entries refer to it.
pub(super) type Words<'a> = BTreeMap<&'a str, Element<'a>>;

/// A point in time: `20230415101500+0500` as precise as it is; a clock time without its offset is only its day.
pub(super) fn point(text: &str) -> Option<Date> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let part = |from: usize| digits.get(from..from + 2);
    let year = digits.get(..4)?;
    let day = match digits.len() {
        4 => year.to_owned(),
        6 => format!("{year}-{}", part(4)?),
        8 | 10 | 12 | 14 => format!("{year}-{}-{}", part(4)?, part(6)?),
        _ => return None,
    };
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let zone = Some(rest).filter(|zone| zone.len() == 5 && zone.starts_with(['+', '-']));
    if !rest.is_empty() && zone.is_none() {
        return None;
    }
    let clock = match (digits.len(), zone) {
        (12 | 14, Some(zone)) => {
            let (hours, minutes) = zone.split_at_checked(3)?;
            format!("T{}:{}{hours}:{minutes}", part(8)?, part(10)?)
        }
        (_, _) => String::new(),
    };
    format!("{day}{clock}").parse().ok().or_else(|| day.parse().ok())
}

/// The point that an element says; nothing where it says why there is none.
pub(super) fn time(here: Element<'_>) -> Option<Date> {
    here.attribute("value").filter(|_| !here.is_null()).and_then(point)
}

/// From when to when: both ends are one where it is a point.
pub(super) fn period(here: Element<'_>) -> Option<Period> {
    if let Some(point) = time(here) {
        return Some(Period { from: Some(point), to: Some(point) });
    }
    let period = Period { from: time(here.at("low")), to: time(here.at("high")) };
    (period.from.is_some() || period.to.is_some()).then_some(period)
}

/// Some moment of a time.
pub(super) fn when(here: Element<'_>) -> Option<When> {
    match period(here)? {
        Period { from: Some(earliest), to: Some(latest) } if earliest != latest => {
            Some(When::Between(Between { earliest, latest }))
        }
        Period { from, .. } => from.map(When::On),
    }
}

/// The text of an element, or what it refers to.
pub(super) fn worded(here: Element<'_>, words: &Words<'_>) -> Option<String> {
    const LONGEST: usize = 300;
    let referred = || {
        let name = here.at("reference").attribute("value")?.strip_prefix('#')?;
        words.get(name)?.text()
    };
    here.text().or_else(referred).filter(|text| text.len() <= LONGEST)
}

/// What a code and its translations call something; in the record's own words where none of them has a name.
pub(super) fn called<'a>(here: Element<'a>, words: &Words<'_>) -> Called<'a> {
    let coding = |one: Element<'a>| {
        let of = |name: &str| one.attribute(name).unwrap_or_default();
        let address = one.attribute("codeSystem").map(|system| format!("urn:oid:{system}")).unwrap_or_default();
        Coding::new(address, of("code"), of("displayName"))
    };
    let all = std::iter::once(here).chain(here.each("translation"));
    let codings: SmallVec<[Coding<'a>; 1]> =
        all.map(coding).filter(|coding| !coding.code.is_empty() || !coding.name.is_empty()).collect();
    let named = codings.iter().any(|coding| !coding.name.is_empty());
    let text = if named { None } else { worded(here.at("originalText"), words) };
    Called { codings, text: Cow::Owned(text.unwrap_or_default()) }
}

/// A number with its unit.
pub(super) fn quantity<'a>(here: Element<'a>) -> Option<Amount<'a>> {
    let value = here.attribute("value").filter(|_| !here.is_null()).and_then(amount::decimal)?;
    Some(Amount { unit: here.attribute("unit").map(Cow::Borrowed), ..Amount::plain(value) })
}

/// Numbers from one to another; with one end only it is a number with a sign.
fn interval<'a>(here: Element<'a>) -> Option<Amount<'a>> {
    let (low, high) = (here.at("low"), here.at("high"));
    let open = |end: Element<'_>| end.attribute("inclusive") == Some("false");
    match (quantity(low), quantity(high)) {
        (Some(from), Some(to)) => {
            let unit = to.unit.or(from.unit);
            Some(Amount { low: from.value, high: to.value, unit, ..Amount::default() })
        }
        (Some(from), None) => {
            let sign = if open(low) { Comparator::More } else { Comparator::AtLeast };
            Some(Amount { comparator: Some(sign), ..from })
        }
        (None, Some(to)) => {
            let sign = if open(high) { Comparator::Less } else { Comparator::AtMost };
            Some(Amount { comparator: Some(sign), ..to })
        }
        (None, None) => quantity(here),
    }
}

/// What a value of any of the types says.
pub(super) fn said<'a>(here: Element<'a>, words: &Words<'_>) -> Said<'a> {
    let worded = |here| worded(here, words).map_or(Said::Nothing, |words| Said::Words(Cow::Owned(words)));
    let coded = || {
        let called = called(here, words);
        let other = here.attribute("nullFlavor").is_none_or(|flavor| flavor == "OTH");
        if called.codings.is_empty() && !other || called.is_empty() { Said::Nothing } else { Said::Coded(called) }
    };
    let said = match here.kind() {
        "PQ" | "INT" | "REAL" => quantity(here).map_or(Said::Nothing, Said::Amount),
        "IVL_PQ" | "IVL_INT" | "IVL_REAL" => interval(here).map_or(Said::Nothing, Said::Amount),
        "CD" | "CE" | "CO" | "CV" | "CS" | "SC" => coded(),
        "ST" | "ED" => worded(here),
        "BL" => match here.attribute("value") {
            Some("true") => Said::Truth(true),
            Some("false") => Said::Truth(false),
            _ => Said::Nothing,
        },
        "TS" => time(here).map_or(Said::Nothing, |day| Said::Day(When::On(day))),
        "" => match (quantity(here), here.attribute("code")) {
            (Some(amount), _) => Said::Amount(amount),
            (None, Some(_)) => coded(),
            (None, None) => worded(here),
        },
        _ => Said::Nothing,
    };
    if said == Said::Nothing && here.is_null() { Said::Left(Why::Absent) } else { said }
}

/// The normal range beside a result, where there is one and it is for everybody.
pub(super) fn limits<'a>(here: Element<'a>, words: &Words<'_>) -> Limits<'a> {
    let all = here.each("referenceRange").map(|range| range.at("observationRange"));
    let normal = |range: &Element<'_>| range.at("interpretationCode").attribute("code").is_none_or(|code| code == "N");
    let mut normal = all.filter(normal);
    let (Some(one), None) = (normal.next(), normal.next()) else {
        return Limits { unclear: here.at("referenceRange").is_there(), ..Limits::default() };
    };
    if one.at("precondition").is_there() {
        return Limits { unclear: true, ..Limits::default() };
    }
    let value = one.at("value");
    let (low, high) = (quantity(value.at("low")), quantity(value.at("high")));
    if low.is_some() || high.is_some() {
        return Limits { low, high, unclear: false };
    }
    let text = worded(one.at("text"), words).or_else(|| worded(value, words));
    let (low, high) = text.map_or((None, None), |text| amount::range(&text));
    Limits { low, high, unclear: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_in_time_is_as_precise_as_it_is() {
        for (text, read) in [
            ("2023", Some("2023")),
            ("202304", Some("2023-04")),
            ("20230415", Some("2023-04-15")),
            ("2023041510", Some("2023-04-15")),
            ("202304151015", Some("2023-04-15")),
            ("20230415101500+0500", Some("2023-04-15T10:15+05:00")),
            ("20230415101500.123-0500", Some("2023-04-15T10:15-05:00")),
            ("2023-04-15", None),
            ("2015120171605", None),
            ("20230230", None),
            ("", None),
        ] {
            assert_eq!(point(text).map(|date| date.to_string()).as_deref(), read, "{text}");
        }
    }
}
