//! Conditions, procedures and allergies.

use std::borrow::Cow;

use crate::import::look::Look;
use crate::import::record::charts::{Doubt, Origin, Why};
use crate::import::record::entry::{Entry, Kind, Said};
use crate::model::date::{Between, Date, Day, Period, When};
use crate::model::record::Status;

use super::shapes::{called, date, period, quantity, status, time, when, within};

/// What the status of verification leaves of a statement.
fn verified(resource: Look<'_, '_>) -> Result<Option<Doubt>, Why> {
    match status(resource.key("verificationStatus")).as_ref() {
        "entered-in-error" => Err(Why::EnteredInError),
        "refuted" => Err(Why::Denied),
        "provisional" | "differential" | "unconfirmed" | "unknown" | "presumed" => Ok(Some(Doubt::Unconfirmed)),
        _ => Ok(None),
    }
}

/// When it began, and how exactly that is known.
fn onset(resource: Look<'_, '_>) -> Option<When> {
    when(resource, time!("onset")).or_else(|| date(resource.key("onset")).map(When::On))
}

/// When it began, by how old the person was then: a whole number of years, months, weeks or days, or from one to another.
fn onset_at_age(resource: Look<'_, '_>, born: Option<Date>) -> Option<When> {
    let born = born?;
    let after = |born: Day, age: Look<'_, '_>, more: i64| {
        let (age, _) = quantity(age).filter(|(age, _)| age.comparator.is_none())?;
        let count = age.value?.whole().filter(|count| (0..200_000).contains(count))? + more;
        match age.unit.as_deref()? {
            "a" | "yr" | "year" | "years" => Some(born.plus_months(12 * count)),
            "mo" | "month" | "months" => Some(born.plus_months(count)),
            "wk" | "week" | "weeks" => Some(born.plus_days(7 * count)),
            "d" | "day" | "days" => Some(born.plus_days(count)),
            _ => None,
        }
    };
    let range = resource.key("onsetRange");
    let age = ["onsetAge", "onsetQuantity"].into_iter().map(|key| resource.key(key)).find(|age| age.is_there());
    let (low, high) = age.map_or((range.key("low"), range.key("high")), |age| (age, age));
    let earliest = after(born.first_day(), low, 0)?;
    // as old until the day before the next birthday
    let latest = after(born.last_day(), high, 1)?.plus_days(-1);
    let ordered = earliest <= latest;
    ordered.then_some(When::Between(Between { earliest: Date::Day(earliest), latest: Date::Day(latest) }))
}

pub(super) fn condition<'n>(resource: Look<'n, '_>, origin: &'n Origin, born: Option<Date>) -> Entry<'n> {
    let mut entry =
        Entry { kind: Kind::Condition, called: called(resource.key("code")), ..Entry::at(Cow::Borrowed(origin)) };
    let doubt = match verified(resource) {
        Ok(doubt) => doubt,
        // ruled out is a statement: not now
        Err(Why::Denied) => {
            entry.said = Said::Not(Status::Current);
            entry.on = written(resource).map(When::On);
            return entry;
        }
        Err(why) => {
            entry.said = Said::Left(why);
            return entry;
        }
    };
    entry.doubts.extend(doubt);
    let ended = period(resource.key("abatementPeriod")).and_then(|period| period.to.or(period.from));
    let ended =
        ended.or_else(|| date(resource.key("abatementDateTime")).or_else(|| date(resource.key("abatementDate"))));
    let over = ["abatementString", "abatementAge", "abatementRange"].iter().any(|key| resource.key(key).is_there())
        || resource.key("abatementBoolean").truth() == Some(true);
    let clinical = status(resource.key("clinicalStatus"));
    entry.doubts.extend((clinical == "remission").then_some(Doubt::Remission));
    let state = match clinical.as_ref() {
        "active" | "recurrence" | "relapse" if ended.is_none() && !over => Status::Current,
        "active" | "recurrence" | "relapse" | "inactive" | "remission" | "resolved" => Status::History,
        _ if ended.is_some() || over => Status::History,
        _ => Status::Any,
    };
    entry.said = Said::There(state);
    entry.on = onset(resource);
    if entry.on.is_none() {
        entry.on = onset_at_age(resource, born);
        entry.doubts.extend(entry.on.map(|_| Doubt::FromAge));
    }
    let from = entry.on.and_then(|when| match when {
        When::On(date) => Some(date),
        When::Between(_) => None,
    });
    entry.during = (from.is_some() || ended.is_some()).then_some(Period { from, to: ended });
    if entry.on.is_none() && written(resource).is_some() {
        entry.doubts.push(Doubt::NoDate);
    }
    entry
}

/// When it was written down; not when it was.
fn written(resource: Look<'_, '_>) -> Option<Date> {
    ["recordedDate", "assertedDate", "dateRecorded", "dateAsserted"].iter().find_map(|key| date(resource.key(key)))
}

pub(super) fn procedure<'n>(resource: Look<'n, '_>, origin: &'n Origin) -> Entry<'n> {
    let mut entry =
        Entry { kind: Kind::Procedure, called: called(resource.key("code")), ..Entry::at(Cow::Borrowed(origin)) };
    let not_done = ["notDone", "notPerformed"].iter().any(|key| resource.key(key).truth() == Some(true));
    let said = match status(resource.key("status")).as_ref() {
        "not-done" => Said::Left(Why::NotDone),
        _ if not_done => Said::Left(Why::NotDone),
        "entered-in-error" => Said::Left(Why::EnteredInError),
        "preparation" | "suspended" | "aborted" | "stopped" | "on-hold" => Said::Left(Why::NotThere),
        "in-progress" => Said::There(Status::Current),
        "completed" => Said::There(Status::History),
        _ => {
            entry.doubts.push(Doubt::StatusUnknown);
            Said::There(Status::Any)
        }
    };
    entry.said = said;
    let time = [time!("performed"), time!("occurrence")].into_iter().find_map(|names| when(resource, names));
    entry.on = time.or_else(|| period(resource.key("performed")).and_then(within));
    entry
}

pub(super) fn allergy<'n>(resource: Look<'n, '_>, origin: &'n Origin) -> Entry<'n> {
    let code = [resource.key("code"), resource.key("substance")].into_iter().find(|code| code.is_there());
    let mut entry =
        Entry { kind: Kind::Allergy, called: code.map(called).unwrap_or_default(), ..Entry::at(Cow::Borrowed(origin)) };
    let doubt = match verified(resource) {
        Ok(doubt) => doubt,
        Err(why) => {
            entry.said = Said::Left(why);
            return entry;
        }
    };
    // the older spelling holds both statuses in one word
    if status(resource.key("status")) == "entered-in-error" {
        entry.said = Said::Left(Why::EnteredInError);
        return entry;
    }
    entry.doubts.extend(doubt);
    let medication = resource.key("category").each().any(|category| category.scalar() == Some("medication"));
    let state = match status(resource.key("clinicalStatus")).as_ref() {
        "inactive" | "resolved" => Status::History,
        _ => Status::Current,
    };
    entry.said = Said::There(state);
    entry.on = onset(resource).or_else(|| written(resource).map(When::On));
    if medication {
        entry.called.codings.push(crate::import::record::entry::Coding {
            system: Some(crate::import::record::codes::System::RxNorm),
            ..Default::default()
        });
    }
    entry
}
