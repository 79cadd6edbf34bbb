//! Whatever a document can ask has printed wording, in both languages and on both lists.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use trial_prescreen::{
    Anchor, AtLeast, Bound, Category, Change, Compare, Conditional, Direction, Duration, Elapsed, Expression, IsOneOf,
    Judgement, Language, Lasting, Present, Route, Select, Status, Subject, TimeUnit, Unread, Whichever, Window,
};

use super::print::printed;
use crate::properties::holds;

/// Words that mean something wherever they are not taken as they stand.
const TEXTS: [&str; 9] = [
    "any fever: 1) now; 2) then",
    "Exclusion Criteria:\n* \"old\" stroke",
    "NOTE: or",
    "and, none",
    "a back\\slash; value",
    "must be excluded (see above)",
    "随机前3个月；或从未",
    "“both” 'kinds' of marks",
    "None",
];

fn text() -> impl Strategy<Value = String> {
    select(&TEXTS[..]).prop_map(str::to_owned)
}

fn subject() -> impl Strategy<Value = Subject> {
    let ids = ["stroke", "alt", "ast", "prednisone", "lvef", "onset", "mrs-before-onset", "sex", "hypertension"];
    let one = prop_oneof![select(ids.to_vec()).prop_map(Subject::concept), text().prop_map(Subject::Text)];
    let pair = (one.clone(), one.clone()).prop_map(|(above, below)| Subject::Ratio(Box::new([above, below])));
    prop_oneof![5 => one, 1 => pair]
}

fn bound() -> impl Strategy<Value = Bound> {
    let unit = select(&[None, Some("xULN"), Some("mm Hg"), Some("10*9/L"), Some("mo"), Some("h"), Some("%")][..]);
    (0..900_u32, 0..3_u32, unit, any::<bool>()).prop_map(|(count, digits, unit, inclusive)| Bound {
        value: format!("{}.{}", count, 10_u32.pow(digits)).parse().unwrap(),
        unit: unit.map(str::to_owned),
        inclusive,
    })
}

fn length(counts: std::ops::Range<i32>) -> impl Strategy<Value = Duration> {
    use TimeUnit::{Day, Hour, Minute, Month, Week, Year};
    (counts, select(&[Minute, Hour, Day, Week, Month, Year][..])).prop_map(|(count, unit)| Duration { count, unit })
}

fn window() -> impl Strategy<Value = Window> {
    let anchor = prop_oneof![
        3 => select(Anchor::MOMENTS.to_vec()),
        1 => select(&[Anchor::Event("stroke"), Anchor::Event("hospital-admission")][..]),
        1 => text().prop_map(|text| Anchor::named(&format!("text:{text}")).unwrap()),
    ];
    let ends = (option::of(length(-90..90)), option::of(length(-90..90)));
    let half_lives =
        option::of((1..9_u32, option::of(length(1..90)), select(&[Whichever::Longer, Whichever::Shorter][..])));
    (anchor, ends, half_lives).prop_map(|(anchor, (from, to), half_lives)| {
        let plain = Window { anchor, from, to, ..Window::default() };
        match half_lives {
            None => plain,
            Some((count, half_life, whichever)) => Window { half_lives: Some(count), half_life, whichever, ..plain },
        }
    })
}

fn leaf() -> impl Strategy<Value = Expression> {
    let routes = || vec(select(Route::ALL.to_vec()), 0..3);
    let bounds = || (option::of(bound()), option::of(bound()));
    let status = select(&[Status::Current, Status::History, Status::Planned, Status::Any][..]);
    let lasting = option::of(bounds().prop_filter("a bound", |(low, high)| low.is_some() || high.is_some()));
    let chosen = select(&[Select::Latest, Select::Any, Select::All, Select::Max, Select::Min, Select::Mean][..]);
    let direction = select(&[Direction::Fall, Direction::Rise, Direction::Either][..]);
    prop_oneof![
        3 => (subject(), status, option::of(window()), lasting, routes()).prop_map(
            |(subject, status, window, lasting, routes)| {
                let lasting = lasting.map(|(low, high)| Lasting { low, high });
                Expression::Present(Present { subject, status, window, lasting, routes })
            }
        ),
        2 => (subject(), bounds(), option::of(window()), chosen, routes()).prop_map(
            |(subject, (low, high), window, select, routes)| {
                Expression::Compare(Compare { subject, low, high, window, select, routes })
            }
        ),
        1 => (subject(), bounds()).prop_map(|(since, (low, high))| Expression::Elapsed(Elapsed { since, low, high })),
        1 => (subject(), vec(text(), 1..3), option::of(window()))
            .prop_map(|(subject, values, window)| Expression::IsOneOf(IsOneOf { subject, values, window })),
        1 => (subject(), direction, bounds(), option::of(length(1..90)), option::of(window()), routes()).prop_map(
            |(subject, direction, (low, high), within, window, routes)| {
                Expression::Change(Change { subject, direction, low, high, within, window, routes })
            }
        ),
        1 => text().prop_map(|text| Expression::Judgement(Judgement { id: String::new(), text })),
        1 => text().prop_map(|text| Expression::Unread(Unread { id: String::new(), text, span: None })),
    ]
}

/// Groups of one part as well; what is denied is denied once, and is no group of one.
fn expression() -> impl Strategy<Value = Expression> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(Expression::AllOf),
            vec(inner.clone(), 1..4).prop_map(Expression::AnyOf),
            (2..4_u32, vec(inner.clone(), 4..6)).prop_map(|(count, of)| Expression::AtLeast(AtLeast { count, of })),
            inner.clone().prop_map(|part| Expression::Not(Box::new(part))),
            (inner.clone(), inner)
                .prop_map(|(condition, then)| Expression::When(Box::new(Conditional { condition, then }))),
        ]
    })
}

/// Values that must each lie between bounds for everybody.
fn needed(expression: &Expression) -> Vec<&Compare> {
    match expression {
        Expression::Compare(compare) => vec![compare],
        Expression::AllOf(parts) => parts.iter().flat_map(needed).collect(),
        _ => Vec::new(),
    }
}

/// Bounds that might stand against each other, as nobody meets them; what is read so is asked.
fn may_clash(expression: &Expression) -> bool {
    let needed = needed(expression);
    let against = |one: &Compare| {
        let bounds = one.low.as_ref().zip(one.high.as_ref());
        bounds.is_some_and(|(low, high)| low.value >= high.value)
            || needed.iter().filter(|other| other.subject == one.subject).count() > 1
    };
    needed.iter().any(|one| against(one))
}

#[test]
fn whatever_a_document_asks_is_printed_and_reads_as_the_same() {
    let list = select(&[Category::Inclusion, Category::Exclusion][..]);
    let language = select(&[Language::English, Language::Chinese][..]);
    holds(300, (expression(), list, language), |(expression, list, language)| {
        prop_assume!(list == Category::Exclusion || !may_clash(&expression));
        printed(&expression, list, language)
    });
}
