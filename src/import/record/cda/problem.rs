//! Conditions, as lists of problems and findings say them.

use crate::import::record::charts::{Doubt, Why};
use crate::import::record::entry::{Called, Entry, Kind, Said};
use crate::import::record::phrases;
use crate::model::date::{Period, When};
use crate::model::record::Status;

use super::element::Element;
use super::is_general;
use super::shapes::{called, period, time};
use super::statement::{Around, follows, is_negated, state, stated};

const PREGNANCY: &str = "2.16.840.1.113883.10.20.15.3.8";

/// It states that its value is so: a problem, a diagnosis, an assertion.
pub(super) fn is_one(here: Element<'_>, around: &Around<'_, '_>) -> bool {
    const STATED: [&str; 9] = [
        "assertion",
        "complaint",
        "condition",
        "diagnosis",
        "disease",
        "finding",
        "problem",
        "symptom",
        "finding of functional performance and activity",
    ];
    let coded = ["CD", "CE", "CV", ""].contains(&here.at("value").kind());
    let code = here.at("code");
    let named = || {
        let names = called(code, around.words);
        let coded = code.attribute("code").is_some_and(|code| code.eq_ignore_ascii_case("ASSERTION"));
        coded || names.names().any(|name| STATED.contains(&phrases::plain(name).as_str()))
    };
    coded && (follows(here, &["4"]) || here.follows(PREGNANCY) || named())
}

/// What a part of the problem says of its state: active, inactive, resolved.
fn said_state(here: Element<'_>) -> Option<String> {
    const STATE: &str = "33999-4";
    let parts = here.each("entryRelationship").map(|part| part.at("observation"));
    let mut states = parts.filter(|part| follows(*part, &["6"]) || part.at("code").attribute("code") == Some(STATE));
    let value = states.next()?.at("value");
    value.attribute("displayName").map(phrases::plain)
}

pub(super) fn problem<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Entry<'a> {
    const ANY: [&str; 6] = ["problem", "disease", "disorder", "condition", "clinical finding", "diagnosis"];
    let mut entry = around.entry(here, Kind::Condition);
    entry.called = called(here.at("value"), around.words);
    let during = here.at("effectiveTime");
    let times = period(during);
    if state(here) == "nullified" {
        entry.said = Said::Left(Why::EnteredInError);
        return entry;
    }
    if is_negated(here) {
        if is_general(&entry.called, &ANY) {
            entry.called = Called::by("no known problems");
        }
        entry.said = Said::Not(Status::Current);
        entry.on = stated(here).or(entry.on);
        return entry;
    }
    let told = said_state(here);
    // an end at a time that nobody knows is an end
    let ended = time(during.at("high")).is_some() || during.at("high").attribute("nullFlavor") == Some("UNK");
    let state = match (told.as_deref(), around.concern) {
        (Some("inactive" | "resolved" | "remission" | "in remission"), _) => Status::History,
        _ if ended => Status::History,
        (Some("active" | "recurrence" | "relapse"), _) | (_, Some("active")) => Status::Current,
        (_, _) => Status::Any,
    };
    entry.doubts.extend(told.filter(|told| told.contains("remission")).map(|_| Doubt::Remission));
    entry.doubts.extend(around.risk.then_some(Doubt::Unconfirmed));
    entry.said = Said::There(state);
    let from = times.and_then(|times| times.from);
    let to = time(during.at("high"));
    entry.on = from.map(When::On);
    entry.during = (from.is_some() || to.is_some()).then_some(Period { from, to });
    entry
}
