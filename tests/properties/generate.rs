//! Random small trials, records and moments, on values and days that often meet.

use crate::oracle::dose::Class;
use crate::oracle::{self, calendar::parts};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use trial_prescreen::{
    Anchor, AsOf, AtLeast, Between, Bound, Category, Change, Comparator, Compare, Conditional, Criterion,
    CriterionSource, Date, Day, Direction, Duration, Elapsed, Exact, Expression, Fact, FactValue, IsOneOf, Judgement,
    Lasting, Period, Present, Quantity, Record, Respondent, Retest, Select, Stage, Status, Subject, TimeUnit, Trial,
    Unread, When, Whichever, Window,
};

/// One evaluation's input.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) trial: Trial,
    pub(crate) record: Record,
    pub(crate) as_of: AsOf,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "as of {} {:?}", self.as_of.date(), self.as_of.anchors)?;
        for criterion in &self.trial.eligibility.criteria {
            let expression = serde_json::to_string(&criterion.expression).unwrap();
            writeln!(f, "{} {:?} {expression}", criterion.id, criterion.category)?;
        }
        self.record.facts.iter().try_for_each(|fact| writeln!(f, "{}", serde_json::to_string(fact).unwrap()))
    }
}

/// What may occur in a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// Months, years, ages and dates without a day.
    pub(crate) calendar: bool,
    /// At most so many facts.
    pub(crate) facts: usize,
}

pub(crate) const ALL: Scope = Scope { calendar: true, facts: 7 };

/// Numbers with their units, by subject; several are equal.
const NUMBERS: [(&str, &[(&str, &str)]); 6] = [
    (
        "creatinine",
        &[
            ("1.131179", "mg/dL"),
            ("100", "umol/L"),
            ("1.5", "mg/dL"),
            ("15", "mg/L"),
            ("0.02", "g/L"),
            ("0.7", "mg/dL"),
        ],
    ),
    (
        "alt",
        &[
            ("40", "U/L"),
            ("100", "U/L"),
            ("0.1", "U/mL"),
            ("2", "ukat/L"),
            ("120", "U/L"),
            ("2000", "nkat/L"),
            ("80", "U/L"),
        ],
    ),
    ("nihss", &[("4", ""), ("8", "{score}"), ("8", ""), ("20", ""), ("21", "")]),
    ("text:ferritin", &[("30", "ug/L"), ("30", "ng/mL"), ("0.03", "mg/L"), ("10", "ug/L"), ("300", "ug/L")]),
    (
        "alcohol-intake",
        &[("20", "mL{ethanol}/d"), ("140", "mL{ethanol}/wk"), ("30", "mL{ethanol}/d"), ("0", "mL{ethanol}/d")],
    ),
    ("egfr", &[("60", "mL/min/1.73m2"), ("1", "mL/s/1.73m2"), ("80", "mL/min/1.73m2"), ("45", "mL/min/1.73m2")]),
];

type Values = &'static [(&'static str, &'static str)];

/// Totals of daily doses that are asked for, and what is taken of the medicines that make them up.
const DOSES: [(&str, Values, &[(&str, Values)]); 2] = [
    (
        "systemic-corticosteroid",
        &[("10", "mg/d"), ("70", "mg/wk"), ("5", "mg/d")],
        &[
            ("systemic-corticosteroid", &[("10", "mg/d"), ("70", "mg/wk"), ("5", "mg/d")]),
            ("prednisone", &[("10", "mg/d"), ("5", "mg/d"), ("35", "mg/wk")]),
            ("dexamethasone", &[("1.5", "mg/d"), ("0.75", "mg/d"), ("4", "mg/d")]),
            ("hydrocortisone", &[("40", "mg/d"), ("20", "mg/d")]),
        ],
    ),
    (
        "opioid-dose",
        &[("30", "mg/d"), ("60", "mg/d"), ("210", "mg/wk"), ("90", "mg/d")],
        &[
            ("opioid-dose", &[("30", "mg/d"), ("420", "mg/wk")]),
            ("morphine", &[("30", "mg/d"), ("60", "mg/d"), ("210", "mg/wk")]),
            ("codeine", &[("200", "mg/d"), ("400", "mg/d")]),
            ("fentanyl-transdermal", &[("12.5", "ug/h"), ("25", "ug/h"), ("0.6", "mg/d")]),
            ("hydrocodone", &[("30", "mg/d"), ("20", "mg/d")]),
            ("hydromorphone", &[("6", "mg/d"), ("12", "mg/d")]),
            ("methadone", &[("10", "mg/d"), ("20", "mg/d")]),
            ("oxycodone", &[("20", "mg/d"), ("40", "mg/d")]),
            ("oxymorphone", &[("10", "mg/d"), ("20", "mg/d")]),
            ("tapentadol", &[("75", "mg/d"), ("150", "mg/d")]),
            ("tramadol", &[("150", "mg/d"), ("300", "mg/d")]),
            ("buprenorphine", &[("8", "mg/d"), ("16", "mg/d")]),
            ("fentanyl", &[("0.6", "mg/d")]),
        ],
    ),
];

const THINGS: [&str; 7] = [
    "malignancy",
    "thrombolysis",
    "text:hay fever",
    "prednisone",
    "anticoagulant",
    "direct-oral-anticoagulant",
    "apixaban",
];
const THINGS_STATED: [&str; 9] = [
    "malignancy",
    "thrombolysis",
    "text:hay fever",
    "prednisone",
    "anticoagulant",
    "direct-oral-anticoagulant",
    "apixaban",
    "heparin",
    "morphine",
];
const EVENTS: [&str; 3] = ["onset", "thrombolysis", "text:last visit"];
const EVENT_ANCHORS: [Anchor; 2] = [Anchor::Event("thrombolysis"), Anchor::Event("malignancy")];
const CODED: [(&str, &[&str]); 2] = [("sex", &["female", "male"]), ("text:blood group", &["A", "B", "0"])];
const STATUSES: [Status; 4] = [Status::Current, Status::History, Status::Planned, Status::Any];

const WINDOWS: [(&str, &str); 16] = [
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
const DAY_WINDOWS: usize = 12;

const LENGTHS: [(&str, &str); 12] = [
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
const DAY_LENGTHS: usize = 9;

pub(crate) fn subject(key: &str) -> Subject {
    match key.strip_prefix("text:") {
        Some(text) => Subject::Text(text.to_owned()),
        None => Subject::concept(key),
    }
}

/// The concepts from which others are worked out count as known together with them.
pub(crate) fn family(key: &str) -> &str {
    match key {
        "age" | "birth-date" | "sex" | "creatinine" | "egfr" => "egfr",
        "anticoagulant" | "direct-oral-anticoagulant" | "apixaban" | "heparin" => "anticoagulant",
        other => Class::of(other).map_or(other, |class| class.total),
    }
}

pub(crate) fn is_anchor(subject: &Subject) -> bool {
    Anchor::MOMENTS.iter().any(|anchor| anchor.concept().is_some_and(|concept| *subject == Subject::concept(concept)))
}

fn bound_of(pair: (&str, &str), inclusive: bool) -> Bound {
    let unit = Some(pair.1).filter(|unit| !unit.is_empty()).map(str::to_owned);
    Bound { value: pair.0.parse().unwrap(), unit, inclusive }
}

fn half_life() -> impl Strategy<Value = Duration> {
    select(&["6 h", "36 h", "3 d", "10 d"][..]).prop_map(|text| text.parse().unwrap())
}

fn window(scope: Scope) -> impl Strategy<Value = Window> {
    let lengths = if scope.calendar { &WINDOWS[..] } else { &WINDOWS[..DAY_WINDOWS] };
    let anchor = prop_oneof![
        4 => Just(Anchor::AsOf), 2 => Just(Anchor::FirstDose), 2 => Just(Anchor::Onset), 1 => Just(Anchor::Consent),
        2 => select(&EVENT_ANCHORS[..])
    ];
    (anchor, select(lengths)).prop_map(|(anchor, (from, to))| Window {
        anchor,
        from: from.parse().ok(),
        to: to.parse().ok(),
        ..Window::default()
    })
}

/// How much a bound is beside the others of its subject.
fn size(key: &str, (value, unit): (&str, &str)) -> Exact {
    let one = match TimeUnit::from_text(unit) {
        Some(TimeUnit::Minute) => Exact::ONE,
        Some(TimeUnit::Hour) => Exact::whole(60),
        Some(TimeUnit::Day) => Exact::whole(1_440),
        Some(TimeUnit::Week) => Exact::whole(7 * 1_440),
        Some(TimeUnit::Month) => Exact::whole(43_830),
        Some(TimeUnit::Year) => Exact::whole(525_960),
        None => oracle::derived::unit(key, Some(unit)).unwrap_or(Exact::ONE),
    };
    bound_of((value, unit), true).value.exact().times(one).unwrap()
}

/// One or both of two bounds, between which something lies.
fn bounds(key: &'static str, units: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = Bounds> {
    (select(units), any::<bool>(), select(units), any::<bool>(), 0..5_u8).prop_map(move |(one, a, other, b, which)| {
        let order = size(key, one).cmp(&size(key, other));
        let (low, high) = if order.is_gt() { (other, one) } else { (one, other) };
        let (low, high) = (bound_of(low, a || order.is_eq()), bound_of(high, b || order.is_eq()));
        match which {
            0 | 1 => (Some(low), None),
            2 | 3 => (None, Some(high)),
            _ => (Some(low), Some(high)),
        }
    })
}

type Bounds = (Option<Bound>, Option<Bound>);

fn compare(scope: Scope) -> impl Strategy<Value = Expression> {
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

fn change(scope: Scope) -> impl Strategy<Value = Expression> {
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
            let clock = |end: Option<trial_prescreen::Duration>| end.is_some_and(|end| end.unit.is_clock());
            if Class::of_total(key).is_some() && window.is_some_and(|window| clock(window.from) || clock(window.to)) {
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

fn leaf(scope: Scope) -> impl Strategy<Value = Expression> {
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

fn expression(scope: Scope) -> impl Strategy<Value = Expression> {
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

pub(crate) fn trial_of(criteria: Vec<(Category, Expression)>) -> Trial {
    let text = r#"{"format":"trial-prescreen/1","id":"T","title":{"en":"T"},"source":[],
        "eligibility":{"status":"published","criteria":[]}}"#;
    let mut trial: Trial = serde_json::from_str(text).unwrap();
    let criterion = |(index, (category, expression)): (usize, (Category, Expression))| Criterion {
        id: format!("C{index}"),
        category,
        text: trial_prescreen::Table::new(),
        source: CriterionSource::default(),
        cohorts: Vec::new(),
        answerable_by: Vec::new(),
        stage: Stage::Prescreen,
        retest: Retest::Never,
        expression,
    };
    trial.eligibility.criteria = criteria.into_iter().enumerate().map(criterion).collect();
    trial
}

pub(crate) fn trial(scope: Scope) -> impl Strategy<Value = Trial> {
    let category = prop_oneof![Just(Category::Inclusion), Just(Category::Exclusion)];
    proptest::collection::vec((category, expression(scope)), 1..3).prop_map(trial_of)
}

const CLOCKS: [&str; 6] = ["00:00", "00:01", "11:59", "12:00", "14:30", "23:59"];
const OFFSETS: [&str; 4] = ["Z", "+08:00", "-05:00", "+05:45"];

fn at(day: Day, clock: &str, offset: &str) -> Date {
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
fn date(today: Day, scope: Scope) -> impl Strategy<Value = Date> {
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

fn when(today: Day, scope: Scope) -> impl Strategy<Value = When> {
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

fn quantity(values: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = Quantity> {
    let comparator = prop_oneof![
        8 => Just(None), 1 => Just(Some(Comparator::Less)), 1 => Just(Some(Comparator::AtMost)),
        1 => Just(Some(Comparator::AtLeast)), 1 => Just(Some(Comparator::More)), 1 => Just(Some(Comparator::About))
    ];
    (select(values), comparator, select(values), 0..10_u8).prop_map(|((value, unit), comparator, (other, _), form)| {
        let unit = Some(unit).filter(|unit| !unit.is_empty()).map(str::to_owned);
        let value: trial_prescreen::Decimal = value.parse().unwrap();
        let other: trial_prescreen::Decimal = other.parse().unwrap();
        match form {
            0 => Quantity { low: Some(value.min(other)), high: Some(value.max(other)), unit, ..Quantity::default() },
            1 => Quantity { value: Some(value), ..Quantity::default() },
            2 => Quantity { value: Some(value), unit: Some("mL/min".into()), ..Quantity::default() },
            _ => Quantity { value: Some(value), comparator, unit, ..Quantity::default() },
        }
    })
}

fn period(today: Day, scope: Scope) -> impl Strategy<Value = Period> {
    (proptest::option::weighted(0.8, date(today, scope)), proptest::option::weighted(0.3, date(today, scope)))
        .prop_filter("ends after it begins", |(from, to)| match (from, to) {
            (Some(from), Some(to)) => from.last_day() < to.first_day(),
            _ => true,
        })
        .prop_map(|(from, to)| Period { from, to })
}

fn open_period(today: Day, scope: Scope) -> impl Strategy<Value = Period> {
    date(today, scope).prop_map(|from| Period { from: Some(from), to: None })
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
        .prop_map(move |key| new(key, FactValue::Absent(trial_prescreen::Absence::AskedUnknown)));
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

pub(crate) fn named(facts: Vec<Fact>) -> Record {
    let name = |(index, fact): (usize, Fact)| Fact { id: format!("f{index}").into(), ..fact };
    Record::new(facts.into_iter().enumerate().map(name).collect())
}

pub(crate) fn case(scope: Scope) -> impl Strategy<Value = Case> {
    (trial(scope), moment()).prop_flat_map(move |(trial, now)| {
        let today = now.first_day();
        let planned =
            proptest::option::weighted(0.2, (-3..10_i64).prop_map(move |days| Date::Day(today.plus_days(days))));
        let wanted: Vec<String> = trial
            .eligibility
            .criteria
            .iter()
            .flat_map(|criterion| criterion.expression.leaves().into_iter().filter_map(Expression::subject))
            .map(|subject| family(&subject.key()).to_owned())
            .collect();
        let leaves = trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
        let hung = leaves.filter_map(|leaf| leaf.window()?.anchor.concept());
        let wanted: Vec<String> = wanted.into_iter().chain(hung.map(|concept| family(concept).to_owned())).collect();
        // most facts are about what is asked
        let fact = (fact(today, scope), 0..10_u8).prop_filter("of no use", move |(fact, luck)| {
            *luck == 0 || is_anchor(&fact.subject) || wanted.iter().any(|key| key == family(&fact.subject.key()))
        });
        let facts = proptest::collection::vec(fact.prop_map(|(fact, _)| fact), 0..=scope.facts);
        (Just(trial), facts, planned).prop_map(move |(trial, facts, planned)| {
            let mut as_of = AsOf::new(now).unwrap();
            if let Some(date) = planned {
                as_of.anchors.insert(Anchor::FirstDose, date);
            }
            Case { trial, record: named(facts), as_of }
        })
    })
}
