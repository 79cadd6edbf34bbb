//! Random facts.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use trial_prescreen::{
    Absence, Comparator, Date, Day, Decimal, Fact, FactValue, Quantity, Respondent, Status, Subject, When,
};

use super::time::{date, half_life, open_period, period, when, window};
use super::values::{CODED, DOSES, NUMBERS, STATUSES, THINGS_STATED, Values};
use super::{Scope, subject};
use crate::oracle::dose::Class;

pub(super) fn quantity(values: Values) -> impl Strategy<Value = Quantity> {
    let comparator = prop_oneof![
        8 => Just(None), 1 => Just(Some(Comparator::Less)), 1 => Just(Some(Comparator::AtMost)),
        1 => Just(Some(Comparator::AtLeast)), 1 => Just(Some(Comparator::More)), 1 => Just(Some(Comparator::About))
    ];
    (select(values), comparator, select(values), 0..10_u8).prop_map(|((value, unit), comparator, (other, _), form)| {
        let unit = Some(unit).filter(|unit| !unit.is_empty()).map(str::to_owned);
        let value: Decimal = value.parse().unwrap();
        let other: Decimal = other.parse().unwrap();
        match form {
            0 => Quantity { low: Some(value.min(other)), high: Some(value.max(other)), unit, ..Quantity::default() },
            1 => Quantity { value: Some(value), ..Quantity::default() },
            2 => Quantity { value: Some(value), unit: Some("mL/min".into()), ..Quantity::default() },
            _ => Quantity { value: Some(value), comparator, unit, ..Quantity::default() },
        }
    })
}

/// A fact without its name.
pub(crate) fn fact(today: Day, scope: Scope) -> BoxedStrategy<Fact> {
    let new = |key: &str, value: FactValue| Fact::new("", subject(key), value);
    let on = move || proptest::option::weighted(0.85, when(today, scope));
    let limit = || {
        proptest::option::of(select(&[("40", "U/L"), ("40", ""), ("0.04", "U/mL"), ("0", "U/L"), ("48", "U/L")][..]))
    };
    let measured = select(&NUMBERS[..])
        .prop_filter("needs an age", move |(key, _)| scope.calendar || *key != "egfr")
        .prop_flat_map(move |(key, values)| (Just(key), quantity(values), on(), limit(), limit()))
        .prop_map(move |(key, quantity, on, upper, lower)| {
            let limit = |pair: Option<(&str, &str)>| {
                let (value, unit) = pair.filter(|_| key == "alt")?;
                Some(Quantity::exactly(value.parse().unwrap(), Some(unit).filter(|unit| !unit.is_empty())))
            };
            Fact { on, upper_limit: limit(upper), lower_limit: limit(lower), ..new(key, FactValue::Quantity(quantity)) }
        });
    let dose = (
        select(&DOSES[..])
            .prop_flat_map(|(.., members)| select(members))
            .prop_flat_map(|(key, values)| (Just(key), quantity(values))),
        proptest::option::of(period(today, scope)),
        on(),
    )
        .prop_map(move |((key, quantity), during, on)| Fact {
            during,
            on: on.filter(|_| during.is_none()),
            ..new(key, FactValue::Quantity(quantity))
        });
    let coded = (select(&CODED[..]), any::<Index>(), on()).prop_map(move |((key, codes), index, on)| Fact {
        on,
        ..new(key, FactValue::Code(index.get(codes).to_string()))
    });
    let dated =
        (select(&["onset", "onset", "first-dose-date", "consent-date", "text:last visit"][..]), when(today, scope))
            .prop_map(move |(key, when)| new(key, FactValue::Date(when)));
    let happened = (
        select(&THINGS_STATED[..]),
        0..8_u8,
        when(today, scope),
        period(today, scope),
        open_period(today, scope),
        window(scope),
        proptest::option::weighted(0.3, half_life()),
    )
        .prop_map(move |(key, form, on, during, open, within, half_life)| {
            let fact = |status| Fact { half_life, ..new(key, FactValue::Present(status)) };
            match form {
                0 => fact(Status::Current),
                1 => Fact { during: Some(open), ..fact(Status::Current) },
                2 => fact(Status::History),
                3 => Fact { on: Some(on), ..fact(Status::History) },
                4 => Fact { during: Some(during), ..fact(Status::History) },
                5 => fact(Status::Planned),
                6 => Fact { on: Some(on), ..fact(Status::Any) },
                _ => Fact { within: Some(within), ..fact(Status::History) },
            }
        });
    let refuted = (
        select(
            &[
                "malignancy",
                "thrombolysis",
                "text:hay fever",
                "prednisone",
                "systemic-corticosteroid",
                "opioid",
                "opioid-dose",
                "alcohol-intake",
                "anticoagulant",
                "direct-oral-anticoagulant",
                "apixaban",
            ][..],
        ),
        select(&STATUSES[..]),
        0..7_u8,
        period(today, scope),
        window(scope),
        when(today, scope),
    )
        .prop_map(move |(key, status, form, during, within, on)| {
            let fact = |status| new(key, FactValue::Refuted(status));
            let counted = key == "alcohol-intake" || Class::of(key).is_some();
            match form {
                0 | 1 => fact(status),
                2 => Fact { during: Some(during), ..fact(Status::History) },
                3 if !counted => Fact { within: Some(within), ..fact(Status::Any) },
                4 => Fact { on: Some(on), ..fact(status) },
                5 => Fact { on: Some(on), ..new(key, FactValue::Complete) },
                _ => new(key, FactValue::Complete),
            }
        });
    let said = (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(move |(judged, yes, investigator)| {
        let subject = if judged { Subject::Judgement("J1".into()) } else { Subject::Unread("U1".into()) };
        let value = if yes { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Current) };
        let source = if investigator { Respondent::Investigator } else { Respondent::Patient };
        Fact { source, ..Fact::new("", subject, value) }
    });
    let absent = select(&["alt", "malignancy", "onset", "sex"][..])
        .prop_map(move |key| new(key, FactValue::Absent(Absence::AskedUnknown)));
    let days = prop_oneof![Just(0_i64), Just(1), Just(-1), 0..40_i64];
    let born = (select(&[216_i64, 900, 1, 480, 1_000][..]), days, 0..4_u8).prop_map(move |(months, days, form)| {
        let day = today.plus_months(-months).plus_days(-days);
        let (year, month, _) = day.parts();
        let date = [Date::Day(day), Date::Day(day), Date::Month(year, month), Date::Year(year)][usize::from(form)];
        new("birth-date", FactValue::Date(When::On(date)))
    });
    let aged = (select(&[("17", "y"), ("18", "y"), ("75", "y"), ("20", "mo"), ("40", "d")][..]), date(today, scope))
        .prop_map(move |((value, unit), on)| {
            let quantity = Quantity::exactly(value.parse().unwrap(), Some(unit));
            Fact { on: Some(When::On(on)), ..new("age", FactValue::Quantity(quantity)) }
        });
    if scope.calendar {
        prop_oneof![
            8 => measured, 2 => dose, 3 => coded, 4 => dated, 5 => happened, 4 => refuted, 1 => said, 1 => absent, 2 => born, 1 => aged
        ]
        .boxed()
    } else {
        prop_oneof![6 => measured, 2 => dose, 2 => coded, 4 => dated, 5 => happened, 3 => refuted, 1 => said, 1 => absent].boxed()
    }
}
