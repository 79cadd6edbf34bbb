//! Medicines: taken, meant to be taken, handed out.

use crate::import::record::amount;
use crate::import::record::charts::{Doubt, Why};
use crate::import::record::entry::{Called, Entry, Kind, Said};
use crate::import::record::fhir::route;
use crate::model::date::Period;
use crate::model::decimal::Exact;
use crate::model::quantity::Quantity;
use crate::model::record::Status;
use crate::model::unit::{Dimension, Unit};

use super::element::Element;
use super::is_general;
use super::shapes::{called, period, quantity, time, worded};
use super::statement::{Around, follows, is_negated, state, stated};

fn product<'a>(of: Element<'a>, around: &Around<'a, '_>) -> Called<'a> {
    let material = of.at("manufacturedProduct/manufacturedMaterial");
    let mut called = called(material.at("code"), around.words);
    if called.names().next().is_none() {
        called.text = material.at("name").text().unwrap_or_default().into();
    }
    called
}

pub(super) fn administration<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Entry<'a> {
    const ANY: [&str; 5] = ["drug or medicament", "drug or medication", "medication", "drug", "medicinal product"];
    let mut entry = around.entry(here, Kind::Medicine);
    entry.called = product(here.at("consumable"), around);
    // immunisations are given in the same words
    if follows(here, &["52"]) {
        entry.said = Said::Left(Why::OtherKind);
        return entry;
    }
    if is_negated(here) {
        if is_general(&entry.called, &ANY) {
            entry.called = Called::by("no known medications");
            entry.said = Said::Not(Status::Current);
        } else {
            entry.said = Said::Left(Why::NotDone);
        }
        entry.on = stated(here).or(entry.on);
        return entry;
    }
    let route_words = called(here.at("routeCode"), around.words);
    entry.route = route_words.names().find_map(route).or_else(|| entry.called.names().find_map(form));
    entry.dose = daily(here);
    let times = here.each("effectiveTime").filter(|time| time.kind() != "PIVL_TS" && time.kind() != "EIVL_TS");
    let during = times.filter_map(period).next();
    entry.during = during;
    let ended = during.is_some_and(|during| during.to.is_some());
    let meant = here.attribute("moodCode").is_some_and(|mood| mood != "EVN");
    entry.doubts.extend(meant.then_some(Doubt::NotSaidTaken));
    entry.said = match state(here) {
        "nullified" => Said::Left(Why::EnteredInError),
        "cancelled" => Said::Left(Why::NotThere),
        "new" => Said::Left(Why::OnlyPlanned),
        _ if meant && !["INT", "RQO"].contains(&here.attribute("moodCode").unwrap_or_default()) => {
            Said::Left(Why::OnlyPlanned)
        }
        "active" | "normal" if ended => Said::There(Status::History),
        "active" | "normal" => Said::There(Status::Current),
        "aborted" => Said::There(Status::History),
        "completed" if ended => Said::There(Status::History),
        "held" | "suspended" => {
            entry.doubts.push(Doubt::OnHold);
            Said::There(Status::Any)
        }
        // what is completed may be the writing down of it
        _ => {
            entry.doubts.push(Doubt::StatusUnknown);
            Said::There(Status::Any)
        }
    };
    entry
}

/// How it is to be taken, in words for people: a dose is never read from them.
pub(super) fn instructions<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Vec<Entry<'a>> {
    let parts = here.each("entryRelationship").map(|part| part.at("substanceAdministration"));
    let signed = parts.filter(|part| follows(*part, &["147"]));
    let left = |part: Element<'a>| {
        let text = worded(part.at("text"), around.words).unwrap_or_default().into();
        let called = Called { text, ..called(part.at("code"), around.words) };
        Entry { called, said: Said::Left(Why::FreeText), ..around.entry(part, Kind::Medicine) }
    };
    signed.map(left).collect()
}

/// How a product is given, as its name says.
fn form(name: &str) -> Option<crate::model::route::Route> {
    const FORMS: [&str; 5] = ["oral", "topical", "transdermal", "inhal", "nasal"];
    let lower = name.to_lowercase();
    FORMS.iter().find(|form| lower.contains(**form)).and_then(|form| route(form))
}

/// How much is taken a day, where one dose in a unit of mass is taken after one period.
fn daily(here: Element<'_>) -> Option<Quantity> {
    if here.at("precondition").is_there() || here.at("doseQuantity/low").is_there() {
        return None;
    }
    let dose = quantity(here.at("doseQuantity"))?;
    let mut periods = here.each("effectiveTime").filter(|time| time.kind() == "PIVL_TS").map(|time| time.at("period"));
    let (Some(every), None) = (periods.next(), periods.next()) else { return None };
    let each = every.attribute("value").and_then(amount::decimal)?.exact();
    let days = match every.attribute("unit")? {
        "d" => each,
        "wk" => each.times(Exact::whole(7))?,
        "h" => each.over(Exact::whole(24))?,
        _ => return None,
    };
    let unit = Unit::from_text(dose.unit.as_deref()?).filter(|unit| unit.dimension == Dimension::Mass)?;
    let milligrams = dose.value?.exact().times(unit.factor)?.times(Exact::whole(1000))?;
    let value = milligrams.over(days)?.rounded(3)?;
    Some(Quantity::exactly(value, Some("mg/d")))
}

/// What was prescribed to be handed out, or was.
pub(super) fn supply<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Entry<'a> {
    let mut entry = around.entry(here, Kind::Medicine);
    entry.called = product(here.at("product"), around);
    let handed = time(here.at("effectiveTime")).or_else(|| time(here.at("effectiveTime/low")));
    entry.during = handed.map(|from| Period { from: Some(from), to: None });
    entry.doubts.push(Doubt::NotSaidTaken);
    entry.said = match state(here) {
        _ if entry.called.is_empty() => Said::Left(Why::OtherKind),
        "nullified" => Said::Left(Why::EnteredInError),
        _ if is_negated(here) => Said::Left(Why::NotDone),
        "cancelled" | "aborted" | "new" => Said::Left(Why::NotThere),
        _ => Said::There(Status::Any),
    };
    entry
}
