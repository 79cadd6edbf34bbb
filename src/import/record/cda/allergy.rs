//! Allergies: to what, and "no known …".

use crate::import::record::charts::Why;
use crate::import::record::codes::System;
use crate::import::record::entry::{Called, Coding, Entry, Kind, Said};
use crate::import::record::phrases;
use crate::model::record::Status;

use super::element::Element;
use super::is_general;
use super::shapes::{called, time};
use super::statement::{Around, follows, is_negated, state, stated};

/// Names of every substance, and of every allergy.
const ANY: [&str; 19] = [
    "substance",
    "drug or medicament",
    "drug or medication",
    "medicinal product",
    "medication",
    "drug",
    "food",
    "allergy",
    "allergy to substance",
    "allergic disposition",
    "allergy to drug",
    "drug allergy",
    "food allergy",
    "allergy to food",
    "propensity to adverse reactions",
    "propensity to adverse reactions to substance",
    "propensity to adverse reactions to drug",
    "propensity to adverse reactions to food",
    "environmental allergy",
];

pub(super) fn allergy<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Entry<'a> {
    let mut entry = around.entry(here, Kind::Allergy);
    let value = called(here.at("value"), around.words);
    let to = here.at("participant/participantRole/playingEntity");
    let mut substance = called(to.at("code"), around.words);
    if substance.is_empty() {
        substance.text = to.at("name").text().unwrap_or_default().into();
    }
    let says = |part: &str| value.names().chain(substance.names()).any(|name| phrases::plain(name).contains(part));
    if state(here) == "nullified" {
        entry.said = Said::Left(Why::EnteredInError);
    } else if is_negated(here) {
        let any = (substance.is_empty() || is_general(&substance, &ANY)) && is_general(&value, &ANY);
        let none = match () {
            () if !any => None,
            () if says("drug") || says("medic") => Some("no known drug allergies"),
            () if says("food") => Some("no known food allergies"),
            () if says("environment") => Some("no known environmental allergies"),
            () => Some("no known allergies"),
        };
        entry.said = if none.is_some() { Said::Not(Status::Any) } else { Said::Left(Why::Denied) };
        entry.on = stated(here).or(entry.on);
        let of_none = none.map(Called::by);
        entry.called = of_none.unwrap_or(if substance.is_empty() { value } else { substance });
        return entry;
    } else {
        let ended = time(here.at("effectiveTime/high")).is_some();
        let over = here.each("entryRelationship").map(|part| part.at("observation")).any(|part| {
            let name = part.at("value").attribute("displayName").map(phrases::plain).unwrap_or_default();
            follows(part, &["28"]) && ["inactive", "resolved"].contains(&name.as_str())
        });
        entry.said = Said::There(if ended || over { Status::History } else { Status::Current });
    }
    let drug = ["allergy to drug", "drug allergy", "propensity to adverse reactions to drug"];
    if value.names().any(|name| drug.contains(&phrases::plain(name).as_str())) {
        substance.codings.push(Coding { system: Some(System::RxNorm), ..Coding::default() });
    }
    entry.called = if substance.is_empty() { value } else { substance };
    entry
}
