//! The parts that resources are made of.

use std::borrow::Cow;

use crate::import::look::Look;
use crate::import::record::amount;
use crate::import::record::entry::{Amount, Called, Coding};
use crate::model::date::{Between, Date, Period, When};
use crate::model::name::Name;
use crate::model::quantity::Comparator;
use crate::model::route::Route;

/// A text as it stands, without blanks around it; none where there is none.
pub(super) fn text<'n>(here: Look<'n, '_>) -> Option<&'n str> {
    let bare = |text: &'n str| {
        // most begin and end with a sign that is no blank, as one byte tells
        let ends = [text.bytes().next(), text.bytes().next_back()];
        if ends.iter().all(|end| matches!(end, Some(b'!'..=b'~'))) { text } else { text.trim() }
    };
    here.scalar().map(bare).filter(|text| !text.is_empty())
}

pub(in super::super) fn kind_of<'n>(resource: Look<'n, '_>) -> Option<&'n str> {
    text(resource.key("resourceType"))
}

pub(in super::super) fn id_of<'n>(resource: Look<'n, '_>) -> Option<&'n str> {
    text(resource.key("id"))
}

/// `Observation/bp-1`; the kind alone where it has no id.
pub(in super::super) fn identity(resource: Look<'_, '_>) -> Name {
    let kind = kind_of(resource).unwrap_or_default();
    id_of(resource).map_or_else(|| Name::from(kind), |id| Name::from([kind, "/", id].concat()))
}

/// What a reference refers to.
pub(super) fn reference<'n>(here: Look<'n, '_>) -> Option<&'n str> {
    text(here.key("reference"))
}

/// Of whom a resource speaks.
pub(in super::super) fn subject<'n>(resource: Look<'n, '_>) -> Option<&'n str> {
    ["subject", "patient"].iter().find_map(|key| reference(resource.key(key)))
}

/// A code with its codings, a list of them with the first one's; a plain text is its name.
pub(super) fn called<'n>(here: Look<'n, '_>) -> Called<'n> {
    let Some(first) = here.each().next() else { return Called::default() };
    if let Some(words) = text(first) {
        return Called::by(words);
    }
    let codings = first.key("coding").each().map(coding).collect();
    Called { codings, text: Cow::Borrowed(text(first.key("text")).unwrap_or_default()) }
}

const ORDINAL: [&str; 3] = ["ordinalValue", "iso21090-CO-value", "itemWeight"];

pub(super) fn coding<'n>(here: Look<'n, '_>) -> Coding<'n> {
    let of = |key: &str| text(here.key(key)).unwrap_or_default();
    let is_ordinal = |extension: &Look<'_, '_>| {
        text(extension.key("url")).is_some_and(|url| ORDINAL.iter().any(|end| url.ends_with(end)))
    };
    let ordinal = here.key("extension").each().find(is_ordinal).and_then(|e| text(e.key("valueDecimal")));
    Coding { ordinal: ordinal.map(Cow::Borrowed), ..Coding::new(of("system"), of("code"), of("display")) }
}

/// The code of a status, whether it is a plain text or a code, in lower case.
pub(super) fn status<'n>(here: Look<'n, '_>) -> Cow<'n, str> {
    let called = called(here);
    let code = called.codings.into_iter().map(|coding| coding.code).find(|code| !code.is_empty());
    let code = code.unwrap_or(called.text);
    if code.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return code;
    }
    Cow::Owned(code.to_lowercase())
}

/// A number with the code of its unit, and its unit as it is shown.
pub(super) fn quantity<'n>(here: Look<'n, '_>) -> Option<(Amount<'n>, Option<&'n str>)> {
    let value = amount::decimal(here.key("value").scalar()?)?;
    let comparator = match text(here.key("comparator")) {
        None => None,
        Some("<") => Some(Comparator::Less),
        Some("<=") => Some(Comparator::AtMost),
        Some(">=") => Some(Comparator::AtLeast),
        Some(">") => Some(Comparator::More),
        // a sign that nobody knows makes the number say nothing
        Some(_) => return None,
    };
    let (code, shown) = (text(here.key("code")), text(here.key("unit")));
    let (first, second) = if code.is_some() { (code, shown) } else { (shown, None) };
    Some((Amount { comparator, unit: first.map(Cow::Borrowed), ..Amount::plain(value) }, second))
}

/// The low and high ends of a range.
pub(super) fn range<'n>(here: Look<'n, '_>) -> Option<(Amount<'n>, Option<&'n str>)> {
    let (low, high) = (quantity(here.key("low")), quantity(here.key("high")));
    let end = |end: &Option<(Amount<'n>, _)>| end.as_ref().and_then(|(amount, _)| amount.value);
    let (ends, (Amount { unit, .. }, other)) = ((end(&low), end(&high)), high.or(low)?);
    Some((Amount { low: ends.0, high: ends.1, unit, ..Amount::default() }, other))
}

/// A date as precise as it is; a time without its offset is only its day.
pub(super) fn date(here: Look<'_, '_>) -> Option<Date> {
    let text = text(here)?;
    text.parse().ok().or_else(|| text.split(['T', ' ']).next()?.parse().ok())
}

pub(super) fn period(here: Look<'_, '_>) -> Option<Period> {
    let period = Period { from: date(here.key("start")), to: date(here.key("end")) };
    (period.from.is_some() || period.to.is_some()).then_some(period)
}

/// When something of several spellings was: a date, an instant, or within a period.
pub(super) fn when(resource: Look<'_, '_>, [points @ .., lasting]: [&str; 4]) -> Option<When> {
    let single = points.iter().find_map(|key| date(resource.key(key)));
    single.map(When::On).or_else(|| within(period(resource.key(lasting))?))
}

/// A field of a kind of time: its spellings as a point, and as a period.
macro_rules! time {
    ($name:literal) => {
        [concat!($name, "DateTime"), concat!($name, "Instant"), concat!($name, "Date"), concat!($name, "Period")]
    };
}
pub(super) use time;

/// Some moment of a period that has both ends.
pub(super) fn within(period: Period) -> Option<When> {
    match (period.from, period.to) {
        (Some(earliest), Some(latest)) if earliest == latest => Some(When::On(earliest)),
        (Some(earliest), Some(latest)) => Some(When::Between(Between { earliest, latest })),
        (Some(from), None) => Some(When::On(from)),
        (None, Some(_) | None) => None,
    }
}

/// How a medicine is given, as records word it.
pub(in crate::import::record) fn route(words: &str) -> Option<Route> {
    const ROUTES: [(&str, Route); 27] = [
        ("sublingual", Route::Sublingual),
        ("intravenous", Route::Intravenous),
        ("intramuscular", Route::Intramuscular),
        ("subcutaneous", Route::Subcutaneous),
        ("intrathecal", Route::Intrathecal),
        ("intra-articular", Route::IntraArticular),
        ("intraarticular", Route::IntraArticular),
        ("transdermal", Route::Transdermal),
        ("rectal", Route::Rectal),
        ("vaginal", Route::Vaginal),
        ("nasal", Route::Nasal),
        ("ophthalmic", Route::Ophthalmic),
        ("otic", Route::Otic),
        ("inhal", Route::Inhaled),
        ("respiratory", Route::Inhaled),
        ("topical", Route::Topical),
        ("cutaneous", Route::Topical),
        ("oral", Route::Oral),
        ("by mouth", Route::Oral),
        ("静脉", Route::Intravenous),
        ("肌肉", Route::Intramuscular),
        ("皮下", Route::Subcutaneous),
        ("吸入", Route::Inhaled),
        ("外用", Route::Topical),
        ("鼻", Route::Nasal),
        ("舌下", Route::Sublingual),
        ("口服", Route::Oral),
    ];
    let words = words.to_lowercase();
    ROUTES.iter().find(|(stem, _)| words.contains(stem)).map(|(_, route)| *route)
}
