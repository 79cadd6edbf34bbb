//! Random expressions.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use trial_prescreen::{
    AtLeast, Change, Compare, Conditional, Direction, Duration, Elapsed, Expression, IsOneOf, Judgement, Lasting,
    Present, Select, Status, Subject, Unread, Whichever, Window,
};

use super::bounds::bounds;
use super::time::{DAY_LENGTHS, EVENTS, LENGTHS, WINDOWS, half_life, window};
use super::values::{CODED, DOSES, NUMBERS, STATUSES, THINGS};
use super::{Scope, subject};
use crate::oracle::dose::Class;

pub(super) fn compare(scope: Scope) -> impl Strategy<Value = Expression> {
    let ages: &[(&str, &str)] = &[("18", "y"), ("75", "y"), ("18", "y"), ("216", "mo"), ("30", "d"), ("6", "wk")];
    let limits: &[(&str, &str)] = &[("2.5", "xULN"), ("1", "xULN"), ("1", "xLLN"), ("3", "xULN")];
    let drinks: &[(&str, &str)] = &[("2", "unit(10 mL ethanol)/d"), ("3", "unit(10 mL ethanol)/d")];
    let select_ = prop_oneof![
        6 => Just(Select::Latest), 1 => Just(Select::Any), 1 => Just(Select::All), 1 => Just(Select::Max), 1 => Just(Select::Min)
    ];
    let plain = select(&NUMBERS[..]).prop_flat_map(move |(key, values)| {
        let values = bounds(key, values);
        let special = bounds(key, if key == "alt" { limits } else { drinks });
        let bounds =
            if key == "alt" || key == "alcohol-intake" { prop_oneof![values, special].boxed() } else { values.boxed() };
        (Just(key), bounds)
    });
    let plain =
        (plain, proptest::option::of(window(scope)), select_).prop_map(|((key, (low, high)), window, select)| {
            Expression::Compare(Compare { subject: subject(key), low, high, window, select, routes: Vec::new() })
        });
    let day_windows: Vec<(&str, &str)> = WINDOWS.into_iter().filter(|(from, _)| !from.ends_with(['h', 'n'])).collect();
    let day_windows: Vec<(&str, &str)> = day_windows
        .into_iter()
        .filter(|(from, to)| scope.calendar || !format!("{from}{to}").contains(['m', 'y']))
        .collect();
    let selected = select(&[Select::Max, Select::Min, Select::Any, Select::All, Select::Mean, Select::Latest][..]);
    let bounded = select(&DOSES[..]).prop_flat_map(|(key, values, _)| (Just(key), bounds(key, values)));
    let dose = (bounded, window(scope), select(day_windows), selected).prop_map(
        |((key, (low, high)), window, (from, to), chosen)| {
            let window = Window { from: from.parse().ok(), to: to.parse().ok(), ..window };
            let endless = window.from.is_none() || window.to.is_none();
            let select = if endless && chosen == Select::Mean { Select::Min } else { chosen };
            let subject = Subject::concept(key);
            Expression::Compare(Compare { subject, low, high, window: Some(window), select, routes: Vec::new() })
        },
    );
    let age = bounds("age", ages).prop_map(|(low, high)| {
        let subject = Subject::concept("age");
        Expression::Compare(Compare { subject, low, high, window: None, select: Select::Latest, routes: Vec::new() })
    });
    if scope.calendar {
        prop_oneof![5 => plain, 1 => dose, 2 => age].boxed()
    } else {
        let without = plain.prop_filter("needs an age", |e| e.subject() != Some(Subject::concept("egfr")));
        prop_oneof![5 => without, 1 => dose].boxed()
    }
}

pub(super) fn change(scope: Scope) -> impl Strategy<Value = Expression> {
    const SHARES: [(&str, &str); 4] = [("50", "%"), ("10", "%"), ("100", "%"), ("0", "%")];
    const APART: [&str; 6] = ["24 h", "90 min", "3 d", "14 d", "6 wk", "1 mo"];
    let direction = select(&[Direction::Fall, Direction::Rise, Direction::Either][..]);
    let doses = DOSES.into_iter().map(|(key, values, _)| (key, values));
    let numbers: Vec<_> = NUMBERS.into_iter().chain(doses).filter(|(key, _)| *key != "egfr").collect();
    let about = select(numbers).prop_flat_map(|(key, values)| {
        let bounds = prop_oneof![
            2 => bounds(key, values),
            2 => bounds(key, &SHARES),
            1 => Just((None, None))
        ];
        (Just(key), bounds)
    });
    let apart = proptest::option::of(select(if scope.calendar { &APART[..] } else { &APART[..5] }));
    (about, direction, apart, proptest::option::of(window(scope))).prop_filter_map(
        "doses are of days",
        |((key, (low, high)), direction, within, window)| {
            let clock = |end: Option<Duration>| end.is_some_and(|end| end.unit.is_clock());
            if Class::of_total(key).is_some()
                && window.as_ref().is_some_and(|window| clock(window.from) || clock(window.to))
            {
                return None;
            }
            let within = within.and_then(|text| text.parse().ok());
            Some(Expression::Change(Change {
                subject: subject(key),
                direction,
                low,
                high,
                within,
                window,
                routes: Vec::new(),
            }))
        },
    )
}

pub(super) fn leaf(scope: Scope) -> impl Strategy<Value = Expression> {
    let is_one_of = (select(&CODED[..]), any::<Index>(), proptest::option::of(window(scope))).prop_map(
        |((key, codes), index, window)| {
            Expression::IsOneOf(IsOneOf { subject: subject(key), values: vec![index.get(codes).to_string()], window })
        },
    );
    let washout = proptest::option::weighted(0.3, (1..6_u32, proptest::option::of(half_life()), any::<bool>()));
    let washed = (window(scope), washout).prop_map(|(window, washout)| match washout {
        Some((count, half_life, shorter)) => Window {
            half_lives: Some(count),
            half_life,
            whichever: if shorter { Whichever::Shorter } else { Whichever::Longer },
            ..window
        },
        None => window,
    });
    let lengths = if scope.calendar { &LENGTHS[..] } else { &LENGTHS[..DAY_LENGTHS] };
    let lasting = proptest::option::weighted(0.3, bounds("", lengths));
    let present = (select(&THINGS[..]), select(&STATUSES[..]), proptest::option::of(washed), lasting).prop_map(
        |(key, status, window, lasting)| {
            let lasting = lasting.filter(|_| matches!(status, Status::Current | Status::History));
            let lasting = lasting.map(|(low, high)| Lasting { low, high });
            Expression::Present(Present { subject: subject(key), status, window, lasting, routes: Vec::new() })
        },
    );
    let elapsed = (select(&EVENTS[..]), bounds("", lengths))
        .prop_map(|(key, (low, high))| Expression::Elapsed(Elapsed { since: subject(key), low, high }));
    let said = prop_oneof![
        Just(Expression::Judgement(Judgement { id: "J1".into(), text: String::new() })),
        Just(Expression::Unread(Unread { id: "U1".into(), text: String::new(), span: None })),
    ];
    prop_oneof![5 => compare(scope), 2 => change(scope), 2 => is_one_of, 5 => present, 4 => elapsed, 1 => said]
}

pub(super) fn expression(scope: Scope) -> impl Strategy<Value = Expression> {
    leaf(scope).prop_recursive(3, 8, 3, |inner| {
        let parts = || proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            2 => parts().prop_map(Expression::AllOf),
            2 => parts().prop_map(Expression::AnyOf),
            2 => inner.clone().prop_map(|part| Expression::Not(Box::new(part))),
            1 => (parts(), any::<Index>()).prop_map(|(of, index)| {
                Expression::AtLeast(AtLeast { count: index.index(of.len()) as u32 + 1, of })
            }),
            2 => (inner.clone(), inner.clone()).prop_map(|(condition, then)| {
                Expression::When(Box::new(Conditional { condition, then }))
            }),
        ]
    })
}
