//! Medicines: stated, prescribed, given, handed out.

use std::borrow::Cow;

use crate::import::look::Look;
use crate::import::record::amount;
use crate::import::record::charts::{Doubt, Origin, Why};
use crate::import::record::entry::{Called, Entry, Kind, Said};
use crate::model::date::{Period, When};
use crate::model::decimal::Exact;
use crate::model::quantity::Quantity;
use crate::model::record::Status;
use crate::model::route::Route;
use crate::model::unit::{Dimension, Unit};

use super::Others;
use super::shapes::{called, date, period, quantity, route, status, text, time, when};

/// What the medicine is called: here, in what is contained here, or where a reference leads.
fn medicine<'n>(resource: Look<'n, '_>, others: &'n dyn Others) -> Called<'n> {
    // from R5 on a code and a reference share one field
    let field = resource.key("medication");
    for concept in [resource.key("medicationCodeableConcept"), field.key("concept"), field] {
        let called = called(concept);
        if !called.is_empty() {
            return called;
        }
    }
    let refers = [resource.key("medicationReference"), field.key("reference"), field];
    let Some((target, shown)) =
        refers.into_iter().find_map(|to| Some((text(to.key("reference"))?, text(to.key("display")))))
    else {
        return Called::default();
    };
    let contained = target
        .strip_prefix('#')
        .and_then(|id| resource.key("contained").each().find(|one| text(one.key("id")) == Some(id)).map(of_medication));
    let found = contained.or_else(|| others.medicine(target));
    found.filter(|called| !called.is_empty()).unwrap_or_else(|| Called::by(shown.unwrap_or_default()))
}

/// What a `Medication` is called, by its own code or by its ingredients.
pub(in super::super) fn of_medication<'n>(resource: Look<'n, '_>) -> Called<'n> {
    let mut own = called(resource.key("code"));
    for ingredient in resource.key("ingredient").each().chain(resource.at("product.ingredient").each()) {
        let item = ingredient.key("item");
        for part in [ingredient.key("itemCodeableConcept"), item.key("concept"), item] {
            let part = called(part);
            own.codings.extend(part.codings);
            if own.text.is_empty() {
                own.text = part.text;
            }
        }
    }
    own
}

fn begun<'n>(resource: Look<'n, '_>, origin: &'n Origin, others: &'n dyn Others) -> Entry<'n> {
    let mut entry = Entry { kind: Kind::Medicine, ..Entry::at(Cow::Borrowed(origin)) };
    entry.called = medicine(resource, others);
    let mut dosages: Vec<Look<'_, '_>> = Vec::new();
    for key in ["dosage", "dosageInstruction"] {
        dosages.extend(resource.key(key).each());
    }
    let mut routes = dosages.iter().filter_map(|dosage| {
        let words = called(dosage.key("route"));
        words.names().find_map(route)
    });
    entry.route = routes.next_back().or_else(|| entry.called.names().find_map(form));
    entry.dose = daily(&dosages);
    entry
}

/// How a product is given, as its name says.
fn form(name: &str) -> Option<Route> {
    let lower = name.to_lowercase();
    let words = ["oral", "ophthalmic", "topical", "transdermal", "inhal", "nasal", "rectal", "vaginal", "otic"];
    let patch = lower.contains("patch").then_some(Route::Transdermal);
    patch.or_else(|| words.iter().find(|word| lower.contains(**word)).and_then(|word| route(word)))
}

/// How much is taken a day, where every dosage says so in a unit of mass.
fn daily(dosages: &[Look<'_, '_>]) -> Option<Quantity> {
    let mut total = Exact::ZERO;
    for dosage in dosages {
        if dosage.key("asNeededBoolean").truth() == Some(true) || dosage.key("asNeededCodeableConcept").is_there() {
            return None;
        }
        let rated = dosage.key("doseAndRate").each().next().map(|one| one.key("doseQuantity"));
        let (dose, other) = rated.and_then(quantity).or_else(|| quantity(dosage.key("doseQuantity")))?;
        let repeat = dosage.at("timing.repeat");
        let whole = |key: &str| repeat.key(key).scalar().and_then(amount::decimal).map(|number| number.exact());
        let times = whole("frequency").unwrap_or(Exact::ONE);
        let every = whole("period")?;
        let unit = text(repeat.key("periodUnit")).or_else(|| text(repeat.key("periodUnits")))?;
        let days = match unit {
            "d" => every,
            "wk" => every.times(Exact::whole(7))?,
            "h" => every.over(Exact::whole(24))?,
            _ => return None,
        };
        let mass = |unit: &str| Unit::from_text(unit).filter(|unit| unit.dimension == Dimension::Mass);
        let unit = [dose.unit.as_deref(), other].into_iter().flatten().find(|unit| mass(unit).is_some())?;
        let milligrams = dose.value?.exact().times(mass(unit)?.factor)?.times(Exact::whole(1000))?;
        total = total.plus(milligrams.times(times)?.over(days)?)?;
    }
    let value = total.rounded(3).filter(|_| total > Exact::ZERO)?;
    Some(Quantity::exactly(value, Some("mg/d")))
}

/// What a status says that all kinds have, or nobody knows.
fn stands<'n>(status: &str, entry: &mut Entry<'n>) -> Said<'n> {
    match status {
        "entered-in-error" => Said::Left(Why::EnteredInError),
        "completed" | "stopped" | "ended" => Said::There(Status::History),
        "on-hold" => {
            entry.doubts.push(Doubt::OnHold);
            Said::There(Status::Any)
        }
        _ => {
            entry.doubts.push(Doubt::StatusUnknown);
            Said::There(Status::Any)
        }
    }
}

pub(super) fn statement<'n>(resource: Look<'n, '_>, origin: &'n Origin, others: &'n dyn Others) -> Entry<'n> {
    let mut entry = begun(resource, origin, others);
    let during = period(resource.key("effectivePeriod"))
        .or_else(|| date(resource.key("effectiveDateTime")).map(|from| Period { from: Some(from), to: None }));
    entry.during = during;
    let taken =
        text(resource.key("taken")).or_else(|| (resource.key("wasNotTaken").truth() == Some(true)).then_some("n"));
    entry.said = match (status(resource.key("status")).as_ref(), taken) {
        ("entered-in-error", _) => Said::Left(Why::EnteredInError),
        ("not-taken", _) | (_, Some("n")) => Said::Not(Status::Current),
        ("active" | "recorded", _) if during.is_some_and(|during| during.to.is_some()) => {
            // it ends on a day that may lie ahead: while it goes on is what counts
            Said::There(Status::History)
        }
        ("active" | "recorded", _) => Said::There(Status::Current),
        ("intended", _) => Said::There(Status::Planned),
        (other, _) => stands(other, &mut entry),
    };
    entry
}

pub(super) fn request<'n>(resource: Look<'n, '_>, origin: &'n Origin, others: &'n dyn Others) -> Entry<'n> {
    let mut entry = begun(resource, origin, others);
    if resource.key("doNotPerform").truth() == Some(true) {
        entry.said = Said::Left(Why::NotDone);
        return entry;
    }
    let ordered = date(resource.key("authoredOn")).or_else(|| date(resource.key("dateWritten")));
    entry.during = ordered.map(|from| Period { from: Some(from), to: None });
    let planned = ["proposal", "plan", "option"].contains(&status(resource.key("intent")).as_ref());
    entry.doubts.push(Doubt::NotSaidTaken);
    entry.said = match status(resource.key("status")).as_ref() {
        "entered-in-error" => Said::Left(Why::EnteredInError),
        "cancelled" => Said::Left(Why::NotThere),
        "draft" => Said::Left(Why::OnlyPlanned),
        _ if planned => Said::Left(Why::OnlyPlanned),
        "active" => Said::There(Status::Current),
        other => stands(other, &mut entry),
    };
    entry
}

pub(super) fn administration<'n>(resource: Look<'n, '_>, origin: &'n Origin, others: &'n dyn Others) -> Entry<'n> {
    let mut entry = begun(resource, origin, others);
    entry.dose = None;
    let spellings = [time!("effectiveTime"), time!("effective"), time!("occurence"), time!("occurrence")];
    let time = spellings.into_iter().find_map(|names| when(resource, names));
    entry.on = time;
    entry.during = time.map(|when| match when {
        When::On(day) => Period { from: Some(day), to: Some(day) },
        When::Between(between) => Period { from: Some(between.earliest), to: Some(between.latest) },
    });
    let not_given = resource.key("notGiven").truth() == Some(true) || resource.key("wasNotGiven").truth() == Some(true);
    entry.said = match status(resource.key("status")).as_ref() {
        "not-done" => Said::Left(Why::NotDone),
        _ if not_given => Said::Left(Why::NotDone),
        "in-progress" => Said::There(Status::Current),
        other => stands(other, &mut entry),
    };
    entry
}

pub(super) fn dispense<'n>(resource: Look<'n, '_>, origin: &'n Origin, others: &'n dyn Others) -> Entry<'n> {
    let mut entry = begun(resource, origin, others);
    entry.dose = None;
    let handed = date(resource.key("whenHandedOver")).or_else(|| date(resource.key("whenPrepared")));
    entry.on = handed.map(When::On);
    entry.during = handed.map(|from| Period { from: Some(from), to: None });
    entry.doubts.push(Doubt::NotSaidTaken);
    entry.said = match status(resource.key("status")).as_ref() {
        "entered-in-error" => Said::Left(Why::EnteredInError),
        "cancelled" | "preparation" | "declined" => Said::Left(Why::NotThere),
        _ => Said::There(Status::Any),
    };
    entry
}
