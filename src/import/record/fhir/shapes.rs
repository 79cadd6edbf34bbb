//! The parts that resources are made of.

use crate::import::look::Look;
use crate::import::record::amount;
use crate::import::record::entry::{Called, Coding};
use crate::model::date::{Between, Date, Period, When};
use crate::model::quantity::{Comparator, Quantity};
use crate::model::route::Route;

/// A text as it stands, without blanks around it; none where there is none.
pub(super) fn text(here: Look<'_, '_>) -> Option<String> {
    here.scalar().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(in super::super) fn kind_of(resource: Look<'_, '_>) -> Option<String> {
    text(resource.key("resourceType"))
}

pub(in super::super) fn id_of(resource: Look<'_, '_>) -> Option<String> {
    text(resource.key("id"))
}

/// `Observation/bp-1`; the kind alone where it has no id.
pub(in super::super) fn identity(resource: Look<'_, '_>) -> String {
    let kind = kind_of(resource).unwrap_or_default();
    id_of(resource).map_or_else(|| kind.clone(), |id| format!("{kind}/{id}"))
}

/// What a reference refers to.
pub(super) fn reference(here: Look<'_, '_>) -> Option<String> {
    text(here.key("reference"))
}

/// Of whom a resource speaks.
pub(in super::super) fn subject(resource: Look<'_, '_>) -> Option<String> {
    ["subject", "patient"].iter().find_map(|key| reference(resource.key(key)))
}

/// A code with its codings, a list of them with the first one's; a plain text is its name.
pub(super) fn called(here: Look<'_, '_>) -> Called {
    let Some(first) = here.each().next() else { return Called::default() };
    if let Some(words) = text(first) {
        return Called { text: words, codings: Vec::new() };
    }
    let codings = first.key("coding").each().map(coding).collect();
    Called { codings, text: text(first.key("text")).unwrap_or_default() }
}

const ORDINAL: [&str; 3] = ["ordinalValue", "iso21090-CO-value", "itemWeight"];

pub(super) fn coding(here: Look<'_, '_>) -> Coding {
    let of = |key: &str| text(here.key(key)).unwrap_or_default();
    let is_ordinal = |extension: &Look<'_, '_>| {
        text(extension.key("url")).is_some_and(|url| ORDINAL.iter().any(|end| url.ends_with(end)))
    };
    let ordinal = here.key("extension").each().find(is_ordinal).and_then(|e| text(e.key("valueDecimal")));
    Coding { ordinal, ..Coding::new(of("system"), of("code"), of("display")) }
}

/// The code of a status, whether it is a plain text or a code.
pub(super) fn status(here: Look<'_, '_>) -> String {
    let called = called(here);
    let code = called.codings.into_iter().map(|coding| coding.code).find(|code| !code.is_empty());
    code.unwrap_or(called.text).to_lowercase()
}

/// A quantity with the code of its unit, and its unit as it is shown.
pub(super) fn quantity(here: Look<'_, '_>) -> Option<(Quantity, Option<String>)> {
    let value = amount::decimal(here.key("value").scalar()?)?;
    let comparator = match text(here.key("comparator")).as_deref() {
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
    Some((Quantity { value: Some(value), comparator, unit: first, ..Quantity::default() }, second))
}

/// The low and high ends of a range.
pub(super) fn range(here: Look<'_, '_>) -> Option<(Quantity, Option<String>)> {
    let low = quantity(here.key("low"));
    let high = quantity(here.key("high"));
    let (unit, other) =
        high.as_ref().or(low.as_ref()).map(|(quantity, other)| (quantity.unit.clone(), other.clone()))?;
    let end = |end: Option<(Quantity, Option<String>)>| end.and_then(|(quantity, _)| quantity.value);
    Some((Quantity { low: end(low), high: end(high), unit, ..Quantity::default() }, other))
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
