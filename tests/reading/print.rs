//! What is printed reads as the same expression.

use proptest::collection::vec;
use proptest::prelude::*;
use trial_prescreen::read::{self, print};
use trial_prescreen::{
    Anchor, AtLeast, Bound, Category, Compare, Conditional, Criterion, Duration, Elapsed, Expression, IsOneOf,
    Judgement, Language, Lasting, Present, Select, Status, Subject, TimeUnit, Unread, Whichever, Window,
};

use crate::properties::holds;

/// What criteria are about, in words of one language.
struct Words {
    events: &'static [&'static str],
    conditions: &'static [&'static str],
    medicines: &'static [&'static str],
    texts: &'static [&'static str],
    asked: &'static [&'static str],
    /// Words that would be read as something else, were they not in quotation marks.
    odd: &'static [&'static str],
}

const ENGLISH: Words = Words {
    events: &["stroke", "chemotherapy", "major-surgery", "seizure"],
    conditions: &["asthma", "type-2-diabetes", "rheumatoid-arthritis"],
    medicines: &["statin", "warfarin", "loop-diuretic"],
    texts: &["knee injury", "skin rash", "kidney biopsy"],
    asked: &["Walks alone", "Owns a telephone"],
    odd: &[
        "any fever, or pain for 3 months",
        "Age ≥ 18 years",
        "no stroke within 6 months",
        "treatment that has not helped (or has)",
        "ALT > 2 x ULN; AST > 3 x ULN",
        "the last dose of a \"new\" medicine",
    ],
};
const CHINESE: Words = Words {
    events: &["stroke", "chemotherapy", "seizure"],
    conditions: &["asthma", "type-2-diabetes", "rheumatoid-arthritis"],
    medicines: &["statin", "warfarin"],
    texts: &["膝关节损伤", "肾穿刺活检术", "皮肤外伤"],
    asked: &["可独立行走", "家中有电话"],
    odd: &["任何发热，或疼痛超过3个月", "年龄≥18岁", "6个月内无脑卒中", "ALT>2×ULN；或AST>3×ULN"],
};

fn one_of(ids: &'static [&'static str]) -> impl Strategy<Value = Subject> {
    prop::sample::select(ids).prop_map(Subject::concept)
}

fn text(texts: &'static [&'static str]) -> impl Strategy<Value = Subject> {
    prop::sample::select(texts).prop_map(|text| serde_json::from_value(serde_json::json!({"text": text})).unwrap())
}

fn unit() -> impl Strategy<Value = TimeUnit> {
    prop::sample::select(&[TimeUnit::Hour, TimeUnit::Day, TimeUnit::Week, TimeUnit::Month, TimeUnit::Year][..])
}

fn past() -> impl Strategy<Value = Window> {
    let anchors = &Anchor::MOMENTS[..5];
    let half_lives = prop_oneof![3 => Just(None), 1 => (2..8_u32).prop_map(Some)];
    let which = prop::sample::select(&[Whichever::Longer, Whichever::Shorter][..]);
    (prop::sample::select(anchors), 1..60_i32, unit(), half_lives, which).prop_map(
        |(anchor, count, unit, half_lives, whichever)| {
            let none = if unit == TimeUnit::Hour { TimeUnit::Hour } else { TimeUnit::Day };
            let whichever = if half_lives.is_some() { whichever } else { Whichever::Longer };
            Window {
                anchor,
                from: Some(Duration { count: -count, unit }),
                to: Some(Duration { count: 0, unit: none }),
                half_lives,
                half_life: None,
                whichever,
            }
        },
    )
}

fn ahead() -> impl Strategy<Value = Window> {
    (1..40_i32, prop::sample::select(&[TimeUnit::Week, TimeUnit::Month, TimeUnit::Year][..])).prop_map(
        |(count, unit)| Window {
            from: Some(Duration { count: 0, unit: TimeUnit::Day }),
            to: Some(Duration { count, unit }),
            ..Window::default()
        },
    )
}

fn so_long() -> impl Strategy<Value = Bound> {
    let unit = prop::sample::select(&["d", "wk", "mo", "y"][..]);
    (2..90_u32, unit, any::<bool>()).prop_map(|(count, unit, inclusive)| Bound {
        value: count.to_string().parse().unwrap(),
        unit: Some(unit.to_owned()),
        inclusive,
    })
}

fn present(subject: Subject, status: Status, window: Option<Window>, lasting: Option<Lasting>) -> Expression {
    Expression::Present(Present { subject, status, window, lasting, routes: Vec::new() })
}

fn leaf(words: &'static Words) -> impl Strategy<Value = Expression> {
    let event = || prop_oneof![one_of(words.events), text(words.texts)];
    let lab = (1..40_u32, any::<bool>(), any::<bool>(), prop::option::of(past())).prop_map(
        |(value, low, inclusive, window)| {
            let window = window.filter(|window| window.half_lives.is_none());
            let bound = Bound { value: value.to_string().parse().unwrap(), unit: Some("xULN".to_owned()), inclusive };
            let (low, high) = if low { (Some(bound), None) } else { (None, Some(bound)) };
            let subject = Subject::concept("alt");
            Expression::Compare(Compare { subject, low, high, window, select: Select::Latest, routes: Vec::new() })
        },
    );
    prop_oneof![
        4 => (event(), past()).prop_map(|(subject, window)| present(subject, Status::History, Some(window), None)),
        1 => event().prop_map(|subject| present(subject, Status::History, None, None)),
        1 => one_of(words.conditions).prop_map(|subject| present(subject, Status::Current, None, None)),
        1 => text(words.texts).prop_map(|subject| present(subject, Status::Planned, None, None)),
        1 => (text(words.texts), ahead()).prop_map(|(subject, window)| present(subject, Status::Planned, Some(window), None)),
        1 => (one_of(words.medicines), so_long()).prop_map(|(subject, low)| {
            let lasting = Lasting { low: Some(low), high: None };
            present(subject, Status::Current, None, Some(lasting))
        }),
        1 => (one_of(words.conditions), so_long())
            .prop_map(|(since, low)| Expression::Elapsed(Elapsed { since, low: Some(low), high: None })),
        1 => (text(words.odd), past()).prop_map(|(subject, window)| present(subject, Status::History, Some(window), None)),
        1 => (text(words.odd), prop::sample::select(&[Status::History, Status::Current, Status::Planned][..]))
            .prop_map(|(subject, status)| present(subject, status, None, None)),
        1 => (text(words.odd), so_long()).prop_map(|(since, low)| {
            Expression::Elapsed(Elapsed { since, low: Some(low), high: None })
        }),
        1 => (text(words.odd), 1..40_u32, any::<bool>()).prop_map(|(subject, value, inclusive)| {
            let low = Bound { value: value.to_string().parse().unwrap(), unit: Some("mm".to_owned()), inclusive };
            let (select, routes) = (Select::Latest, Vec::new());
            Expression::Compare(Compare { subject, low: Some(low), high: None, window: None, select, routes })
        }),
        1 => prop::sample::select(words.odd)
            .prop_map(|text| Expression::Unread(Unread { id: String::new(), text: text.to_owned(), span: None })),
        1 => prop::sample::select(words.odd)
            .prop_map(|text| Expression::Judgement(Judgement { id: String::new(), text: text.to_owned() })),
        1 => prop::sample::select(&["female", "male"][..]).prop_map(|sex| {
            Expression::IsOneOf(IsOneOf { subject: Subject::concept("sex"), values: vec![sex.to_owned()], window: None })
        }),
        1 => (1..3_u32, 0..3_u32).prop_map(|(low, more)| {
            let end = |value: u32| Some(Bound { value: value.to_string().parse().unwrap(), unit: None, inclusive: true });
            let (subject, window, select, routes) = (Subject::concept("nyha-class"), None, Select::Latest, Vec::new());
            Expression::Compare(Compare { subject, low: end(low), high: end((low + more).min(4)), window, select, routes })
        }),
        1 => (prop_oneof![one_of(words.conditions), text(words.texts)], so_long()).prop_map(|(since, low)| {
            let was = present(since.clone(), Status::History, None, None);
            Expression::AllOf(vec![was, Expression::Elapsed(Elapsed { since, low: Some(low), high: None })])
        }),
        1 => (text(words.texts), so_long(), so_long()).prop_map(|(since, low, high)| {
            Expression::Elapsed(Elapsed { since, low: Some(low), high: Some(high) })
        }),
        1 => (any::<bool>(), so_long()).prop_map(|(at_least, bound)| {
            let (low, high) = if at_least { (Some(bound), None) } else { (None, Some(bound)) };
            Expression::Elapsed(Elapsed { since: Subject::concept("onset"), low, high })
        }),
        1 => lab,
        1 => prop::sample::select(words.asked)
            .prop_map(|text| Expression::Unread(Unread { id: String::new(), text: text.to_owned(), span: None })),
    ]
}

/// Groups of groups of leaves, as lists under lists say them.
fn expression(words: &'static Words) -> impl Strategy<Value = Expression> {
    leaf(words).prop_recursive(2, 10, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Expression::AllOf),
            vec(inner.clone(), 2..4).prop_map(Expression::AnyOf),
            (2..4_u32, vec(inner.clone(), 4..6)).prop_map(|(count, of)| Expression::AtLeast(AtLeast { count, of })),
            (prop::sample::select(words.odd), any::<bool>(), inner.clone()).prop_map(|(people, others, then)| {
                let people = Unread { id: String::new(), text: people.to_owned(), span: None };
                let people = Expression::Unread(people);
                let condition = if others { Expression::Not(Box::new(people)) } else { people };
                Expression::When(Box::new(Conditional { condition, then }))
            }),
            inner
                .prop_filter("denied once", |part| !matches!(part, Expression::Not(_)))
                .prop_map(|part| Expression::Not(Box::new(part))),
        ]
    })
}

/// In JSON, without the ids and places that whoever reads gives.
fn plain(expression: &Expression) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                for name in ["unread", "judgement"] {
                    if let Some(serde_json::Value::Object(leaf)) = map.get_mut(name) {
                        leaf.remove("id");
                        leaf.remove("span");
                    }
                }
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(expression).unwrap();
    strip(&mut value);
    value
}

fn read_again(text: &str, category: Category, language: Language) -> Vec<Criterion> {
    let head = match (category, language) {
        (Category::Inclusion, Language::English) => "Inclusion Criteria:",
        (Category::Exclusion, Language::English) => "Exclusion Criteria:",
        (Category::Inclusion, Language::Chinese) => "入选标准：",
        (Category::Exclusion, Language::Chinese) => "排除标准：",
    };
    read::criteria(&format!("{head}\n\n* {text}"), language).output
}

pub(super) fn printed(expression: &Expression, category: Category, language: Language) -> Result<(), TestCaseError> {
    let Some(text) = print(expression, category, language) else {
        return Err(TestCaseError::fail(format!("nothing says {}", plain(expression))));
    };
    let again = read_again(&text, category, language);
    let again: Vec<serde_json::Value> = again.iter().map(|criterion| plain(&criterion.expression)).collect();
    prop_assert_eq!(again, vec![plain(expression)], "{}", text);
    Ok(())
}

#[test]
fn reading_after_printing_is_the_identity_in_english() {
    holds(120, expression(&ENGLISH), |expression| printed(&expression, Category::Inclusion, Language::English));
}

#[test]
fn reading_after_printing_is_the_identity_in_chinese() {
    holds(120, expression(&CHINESE), |expression| printed(&expression, Category::Inclusion, Language::Chinese));
}

#[test]
fn what_excludes_is_printed_as_well() {
    holds(100, leaf(&ENGLISH), |expression| printed(&expression, Category::Exclusion, Language::English));
    holds(100, leaf(&CHINESE), |expression| printed(&expression, Category::Exclusion, Language::Chinese));
}

/// Marks inside of words are what nothing says.
#[test]
fn what_no_wording_says_is_not_printed() {
    let json = r#"{"present":{"subject":{"text":"「knee」"},"status":"any"}}"#;
    let odd: Expression = serde_json::from_str(json).unwrap();
    assert_eq!(print(&odd, Category::Inclusion, Language::English), None);
    let deep = (0..40).fold(odd, |inner, _| Expression::AllOf(vec![inner]));
    assert_eq!(print(&deep, Category::Exclusion, Language::Chinese), None);
}
