//! Moments, dates and windows that often meet.

use proptest::prelude::*;
use proptest::sample::select;
use trial_prescreen::{Anchor, Between, Date, Day, Duration, Period, When, Window};

use super::Scope;
use crate::oracle::calendar::parts;

pub(super) const EVENTS: [&str; 3] = ["onset", "thrombolysis", "text:last visit"];

pub(super) const EVENT_ANCHORS: [&str; 3] = ["thrombolysis", "malignancy", "text:hay fever"];

pub(super) const WINDOWS: [(&str, &str); 16] = [
    ("-14 d", "0 d"),
    ("-7 d", "7 d"),
    ("-30 d", "-10 d"),
    ("-14 d", ""),
    ("", "0 d"),
    ("", "-7 d"),
    ("-6 wk", "-1 d"),
    ("-72 h", "0 h"),
    ("-90 min", "0 min"),
    ("-24 h", ""),
    ("0 d", "3 d"),
    ("0 d", ""),
    ("-3 mo", "0 d"),
    ("-1 y", ""),
    ("-2 mo", "-1 mo"),
    ("-1 y", "-1 d"),
];

pub(super) const DAY_WINDOWS: usize = 12;

pub(super) const LENGTHS: [(&str, &str); 12] = [
    ("72", "h"),
    ("24", "h"),
    ("90", "min"),
    ("1", "d"),
    ("14", "d"),
    ("30", "d"),
    ("6", "wk"),
    ("1", "wk"),
    ("0", "d"),
    ("3", "mo"),
    ("1", "y"),
    ("1", "mo"),
];

pub(super) const DAY_LENGTHS: usize = 9;

pub(super) fn half_life() -> impl Strategy<Value = Duration> {
    select(&["6 h", "36 h", "3 d", "10 d"][..]).prop_map(|text| text.parse().unwrap())
}

pub(super) fn window(scope: Scope) -> impl Strategy<Value = Window> {
    let lengths = if scope.calendar { &WINDOWS[..] } else { &WINDOWS[..DAY_WINDOWS] };
    let anchor = prop_oneof![
        4 => Just(Anchor::AsOf), 2 => Just(Anchor::FirstDose), 2 => Just(Anchor::Onset), 1 => Just(Anchor::Consent),
        2 => select(&EVENT_ANCHORS[..]).prop_map(|name| Anchor::named(name).unwrap())
    ];
    (anchor, select(lengths)).prop_map(|(anchor, (from, to))| Window {
        anchor,
        from: from.parse().ok(),
        to: to.parse().ok(),
        ..Window::default()
    })
}

pub(super) const CLOCKS: [&str; 6] = ["00:00", "00:01", "11:59", "12:00", "14:30", "23:59"];

pub(super) const OFFSETS: [&str; 4] = ["Z", "+08:00", "-05:00", "+05:45"];

pub(super) fn at(day: Day, clock: &str, offset: &str) -> Date {
    format!("{day}T{clock}{offset}").parse().unwrap()
}

/// A minute on the time line, or its day.
pub(crate) fn at_minute(minute: i64, offset: i64, day: bool) -> Date {
    let local = minute + offset;
    let (year, month, of_month) = parts(local.div_euclid(1_440));
    let date = format!("{year:04}-{month:02}-{of_month:02}");
    let (clock, sign) = (local.rem_euclid(1_440), if offset < 0 { '-' } else { '+' });
    let zone = format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60);
    let text = if day { date } else { format!("{date}T{:02}:{:02}{zone}", clock / 60, clock % 60) };
    text.parse().unwrap()
}

pub(crate) fn moment() -> impl Strategy<Value = Date> {
    const DAYS: [&str; 6] = ["2026-03-15", "2024-02-29", "2025-12-31", "2026-03-01", "2023-03-29", "2026-05-31"];
    let day = select(&DAYS[..]).prop_map(|day| day.parse::<Date>().unwrap());
    prop_oneof![
        day.clone(),
        (day, select(&CLOCKS[..]), select(&OFFSETS[..])).prop_map(|(day, clock, offset)| at(
            day.first_day(),
            clock,
            offset
        )),
    ]
}

/// A date some days before a day, or at times after it.
pub(super) fn date(today: Day, scope: Scope) -> impl Strategy<Value = Date> {
    let back = prop_oneof![6 => 0..4_i64, 4 => 0..45_i64, 2 => 80..100_i64, 1 => 0..800_i64];
    let day = back.prop_map(move |back| today.plus_days(-back));
    let on = day.clone().prop_map(Date::Day);
    let instant = (day.clone(), select(&CLOCKS[..]), select(&OFFSETS[..]))
        .prop_map(|(day, clock, offset)| at(day, clock, offset));
    let month = day.clone().prop_map(|day| Date::Month(day.parts().0, day.parts().1));
    let year = day.prop_map(|day| Date::Year(day.parts().0));
    if scope.calendar {
        prop_oneof![6 => on, 4 => instant, 2 => month, 1 => year].boxed()
    } else {
        prop_oneof![3 => on, 2 => instant].boxed()
    }
}

pub(super) fn when(today: Day, scope: Scope) -> impl Strategy<Value = When> {
    let between = (date(today, scope), date(today, scope)).prop_filter_map("one precision", |(a, b)| {
        let (earliest, latest) = match (a, b) {
            (Date::Day(_), Date::Day(_)) => (a.min(b), a.max(b)),
            (Date::Instant(x), Date::Instant(y)) if x.to_string()[16..] == y.to_string()[16..] => (a.min(b), a.max(b)),
            _ => return None,
        };
        Some(When::Between(Between { earliest, latest }))
    });
    prop_oneof![6 => date(today, scope).prop_map(When::On), 1 => between]
}

pub(super) fn period(today: Day, scope: Scope) -> impl Strategy<Value = Period> {
    (proptest::option::weighted(0.8, date(today, scope)), proptest::option::weighted(0.3, date(today, scope)))
        .prop_filter("ends after it begins", |(from, to)| match (from, to) {
            (Some(from), Some(to)) => from.last_day() < to.first_day(),
            _ => true,
        })
        .prop_map(|(from, to)| Period { from, to })
}

pub(super) fn open_period(today: Day, scope: Scope) -> impl Strategy<Value = Period> {
    date(today, scope).prop_map(|from| Period { from: Some(from), to: None })
}
