//! What numbers, dates, units and truths promise.

use proptest::prelude::*;
use proptest::sample::select;
use trial_prescreen::{
    Category, Comparator, Compare, Concept, Conversion, Date, Day, Decimal, Duration, End, Exact, Expression, Fact,
    FactValue, Interval, Quantity, Record, Select, Subject, Substance, TimeUnit, Truth, Unit, When, evaluate,
};

use super::generate::{ALL, at_minute, case, trial_of};
use super::holds;
use crate::oracle::calendar::{age, number_of, parts};

#[test]
fn a_decimal_is_shown_as_it_was_written() {
    holds(1_000, "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,9})?", |text| {
        let decimal: Decimal = text.parse().unwrap();
        // there is one zero, and it has no sign
        let zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
        prop_assert_eq!(decimal.to_string(), if zero { text.trim_start_matches('-') } else { &text });
        prop_assert_eq!(decimal, decimal.to_string().parse().unwrap());
        let json = serde_json::to_string(&decimal).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap().to_string(), decimal.to_string());
        Ok(())
    });
}

#[test]
fn what_is_no_decimal_is_refused() {
    holds(1_000, "[-+0-9.eE, ]{0,22}|\\PC{0,6}", |text| {
        if let Ok(decimal) = text.parse::<Decimal>() {
            let plain = text.trim_start_matches(['-', '+', '\u{2212}']);
            prop_assert!(plain.bytes().all(|b| b.is_ascii_digit() || b == b'.'), "{text} is {decimal}");
            prop_assert!(plain.bytes().filter(u8::is_ascii_digit).count() <= 18);
        }
        Ok(())
    });
}

fn small() -> impl Strategy<Value = Exact> {
    (-60..60_i128, 1..12_i128).prop_map(|(n, d)| Exact::ratio(n, d).unwrap())
}

#[test]
fn ratios_compute_exactly() {
    holds(1_000, (small(), small(), small()), |(a, b, c)| {
        prop_assert_eq!(a.plus(b), b.plus(a));
        prop_assert_eq!(a.plus(b).and_then(|sum| sum.minus(b)), Some(a));
        prop_assert_eq!(a.times(b.plus(c).unwrap()), a.times(b).unwrap().plus(a.times(c).unwrap()));
        match a.over(b) {
            Some(quotient) => prop_assert_eq!(quotient.times(b), Some(a)),
            None => prop_assert_eq!(b, Exact::ZERO),
        }
        prop_assert_eq!(a.minus(b).unwrap() > Exact::ZERO, a > b);
        prop_assert!((a.to_formula() - b.to_formula()).abs() < 1e-12 || (a.to_formula() < b.to_formula()) == (a < b));
        Ok(())
    });
}

#[test]
fn rounding_is_to_the_nearest_and_halves_go_away_from_zero() {
    holds(1_000, (-100_000..100_000_i128, 1..999_i128, 0..6_u8), |(n, d, places)| {
        let value = Exact::ratio(n, d).unwrap();
        let rounded = value.rounded(places).unwrap();
        let scale = 10_i128.pow(u32::from(places));
        let (twice, sign) = (n.abs() * scale * 2 + d, if n < 0 { -1 } else { 1 });
        let expected = Exact::ratio(sign * twice.div_euclid(2 * d), scale).unwrap();
        prop_assert_eq!(rounded.exact(), expected);
        let shown = rounded.to_string();
        prop_assert!(!shown.contains('.') || !shown.ends_with('0'), "{}", shown);
        Ok(())
    });
}

/// Walks day by day from 1900 to 2100.
#[test]
fn days_follow_one_another_as_on_a_calendar() {
    let (mut year, mut month, mut day) = (1900, 1, 1);
    let first = Day::new(1900, 1, 1).unwrap();
    let mut walked = 0_i64;
    while year <= 2100 {
        let found = Day::new(year, month, day).unwrap();
        assert_eq!(found, first.plus_days(walked));
        assert_eq!(found.plus_days(-walked), first);
        assert_eq!(found.parts(), (year, month, day));
        assert_eq!(found.to_string(), format!("{year:04}-{month:02}-{day:02}"));
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let last = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        walked += 1;
        day += 1;
        if day > last {
            assert_eq!(Day::new(year, month, day), None);
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            assert_eq!(Day::new(year, month, 1), None);
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!(walked, 201 * 365 + 49); // 1904 to 2096 are 49 leap years; 1900 and 2100 are none
}

fn day() -> impl Strategy<Value = Day> {
    (-25_567..47_482_i64).prop_map(|days| Day::new(1970, 1, 1).unwrap().plus_days(days))
}

#[test]
fn months_are_clipped_to_their_end() {
    holds(1_000, (day(), -600..600_i64), |(day, months)| {
        let (year, month, of_month) = day.parts();
        let index = i64::from(year) * 12 + i64::from(month) - 1 + months;
        let (y, m) = (i32::try_from(index.div_euclid(12)).unwrap(), u32::try_from(index.rem_euclid(12) + 1).unwrap());
        let expected =
            (28..=31).rev().filter(|last| *last <= of_month).chain([of_month]).find_map(|d| Day::new(y, m, d));
        prop_assert_eq!(Some(day.plus_months(months)), expected);
        Ok(())
    });
}

#[test]
fn the_ends_of_time_are_never_left() {
    holds(300, (day(), any::<i64>()), |(day, far)| {
        for found in [day.plus_days(far), day.plus_months(far)] {
            prop_assert!(found >= Day::new(1, 1, 1).unwrap() && found <= Day::new(9999, 12, 31).unwrap());
        }
        Ok(())
    });
}

#[test]
fn a_date_is_shown_as_it_was_written() {
    let offset = select(vec![-720_i64, -300, -1, 0, 60, 345, 480, 840]);
    holds(1_000, (day(), 0..1_440_i64, offset, 0..4_u8), |(day, minute, offset, form)| {
        let (year, month, _) = day.parts();
        let date = match form {
            0 => Date::Year(year),
            1 => Date::Month(year, month),
            2 => Date::Day(day),
            _ => at_minute(number_of(day) * 1_440 + minute - offset, offset, false),
        };
        let text = date.to_string();
        prop_assert_eq!(text.parse::<Date>().unwrap(), date);
        prop_assert_eq!(serde_json::from_str::<Date>(&serde_json::to_string(&date).unwrap()).unwrap(), date);
        prop_assert!(date.first_day() <= day && day <= date.last_day());
        if form > 1 {
            prop_assert_eq!((date.first_day(), date.last_day()), (day, day));
        }
        Ok(())
    });
}

#[test]
fn what_is_no_date_is_refused() {
    holds(1_000, "[0-9]{4}-[0-9]{2}-[0-9]{2}|[-0-9T:+Z.]{0,22}|\\PC{0,8}", |text| {
        if let Ok(Date::Day(day)) = text.parse::<Date>() {
            prop_assert_eq!(day.to_string(), text);
        }
        Ok(())
    });
}

#[test]
fn a_length_of_time_is_shown_as_it_was_written() {
    let units = select(vec!["min", "h", "d", "wk", "mo", "y"]);
    holds(500, (-1_000_000..=1_000_000_i32, units), |(count, unit)| {
        let text = format!("{count} {unit}");
        let duration: Duration = text.parse().unwrap();
        prop_assert_eq!(duration.to_string(), text);
        Ok(())
    });
}

/// Age is not public: it shows in the verdict of a criterion about age.
#[test]
fn an_age_is_counted_in_completed_units() {
    let units =
        select(vec![("y", TimeUnit::Year), ("mo", TimeUnit::Month), ("wk", TimeUnit::Week), ("d", TimeUnit::Day)]);
    let ends = (-40..40_i64, 0..30_i64).prop_map(|(days, years)| {
        let leap_day = Day::new(2024, 2, 29).unwrap();
        leap_day.plus_days(days).plus_months(-12 * years)
    });
    holds(800, (ends, -35..35_i64, 0..12_i64, units), |(born, days, years, (unit, counted))| {
        let today = born.plus_months(12 * years).plus_days(days.max(if years == 0 { 0 } else { days }));
        let years = age(number_of(born), number_of(today), counted);
        let exactly = |value: i64| {
            let bound = format!(r#"{{"value":"{value}","unit":"{unit}"}}"#);
            let text = format!(r#"{{"compare":{{"subject":{{"concept":"age"}},"low":{bound},"high":{bound}}}}}"#);
            let trial = trial_of(vec![(Category::Inclusion, serde_json::from_str(&text).unwrap())]);
            let value = FactValue::Date(When::On(Date::Day(born)));
            let record = Record::new(vec![Fact::new("born", Subject::concept("birth-date"), value)]);
            let as_of = trial_prescreen::AsOf::new(Date::Day(today)).unwrap();
            evaluate(&trial, &record, &as_of).criteria[0].truth
        };
        prop_assert_eq!(exactly(years), Truth::True, "{} to {}: {} {}", born, today, years, unit);
        prop_assert_eq!(exactly(years + 1), Truth::False);
        Ok(())
    });
}

#[test]
fn a_leap_day_child_is_a_year_older_on_the_28th() {
    assert_eq!(
        age(number_of(Day::new(2008, 2, 29).unwrap()), number_of(Day::new(2026, 2, 28).unwrap()), TimeUnit::Year),
        18
    );
    assert_eq!(parts(number_of(Day::new(2000, 2, 29).unwrap())), (2000, 2, 29));
}

fn interval() -> impl Strategy<Value = Interval> {
    let end = || proptest::option::weighted(0.8, (0..6_i64, any::<bool>()));
    (end(), end()).prop_map(|(low, high)| {
        let end = |end: Option<(i64, bool)>| end.map(|(at, inclusive)| End { at: Exact::whole(at), inclusive });
        Interval { low: end(low), high: end(high) }
    })
}

/// Halves from far below to far above every end that is generated.
fn sampled(interval: &Interval) -> Vec<Exact> {
    let inside = |at: &Exact| {
        let over = interval.low.is_none_or(|low| *at > low.at || (low.inclusive && *at == low.at));
        let under = interval.high.is_none_or(|high| *at < high.at || (high.inclusive && *at == high.at));
        over && under
    };
    (-3..17).map(|half| Exact::ratio(half, 2).unwrap()).filter(inside).collect()
}

#[test]
fn an_interval_lies_in_a_range_as_its_values_do() {
    holds(3_000, (interval(), interval()), |(values, range)| {
        let (all, inside) = (sampled(&values), sampled(&range));
        prop_assert_eq!(values.is_empty(), all.is_empty());
        prop_assume!(!all.is_empty() && !inside.is_empty());
        let fit = all.iter().filter(|value| inside.contains(value)).count();
        let expected = match fit {
            0 => Truth::False,
            _ if fit == all.len() => Truth::True,
            _ => Truth::Unknown,
        };
        prop_assert_eq!(values.lies_in(&range), expected, "{:?} in {:?}", values, range);
        Ok(())
    });
}

#[test]
fn sums_and_multiples_of_intervals_hold_those_of_their_values() {
    holds(1_000, (interval(), interval(), 1..5_i64), |(a, b, factor)| {
        let sum = a.plus(&b).unwrap();
        let times = a.times(Exact::whole(factor)).unwrap();
        for x in sampled(&a) {
            for y in sampled(&b) {
                prop_assert_ne!(Interval::point(x.plus(y).unwrap()).lies_in(&sum), Truth::False);
            }
            prop_assert_ne!(Interval::point(x.times(Exact::whole(factor)).unwrap()).lies_in(&times), Truth::False);
        }
        Ok(())
    });
}

#[test]
fn a_comparator_says_which_values_it_may_be() {
    let comparators = [Comparator::Less, Comparator::AtMost, Comparator::AtLeast, Comparator::More];
    holds(300, (select(comparators.to_vec()), 0..40_i64, 0..80_i128), |(comparator, value, half)| {
        let other = Exact::ratio(half, 2).unwrap();
        let quantity =
            Quantity { comparator: Some(comparator), ..Quantity::exactly(value.to_string().parse().unwrap(), None) };
        let value = Exact::whole(value);
        let may_be = match comparator {
            Comparator::Less => other < value,
            Comparator::AtMost => other <= value,
            Comparator::AtLeast => other >= value,
            Comparator::More => other > value,
            Comparator::About => true,
        };
        let interval = quantity.interval().unwrap();
        prop_assert_eq!(Interval::point(other).lies_in(&interval), Truth::from(may_be));
        Ok(())
    });
}

const UNITS: [&str; 40] = [
    "",
    "%",
    "g/L",
    "g/dL",
    "mg/dL",
    "mg/L",
    "ug/dL",
    "ug/L",
    "ng/dL",
    "ng/L",
    "mol/L",
    "mmol/L",
    "umol/L",
    "nmol/L",
    "pmol/L",
    "U/L",
    "U/mL",
    "ukat/L",
    "nkat/L",
    "mL/min",
    "mL/s",
    "mL/min/1.73m2",
    "mL/s/1.73m2",
    "cm",
    "mm",
    "m",
    "mg",
    "g",
    "kg",
    "ug",
    "mg/d",
    "g/d",
    "ug/d",
    "mg/wk",
    "mL{ethanol}/d",
    "mL{ethanol}/wk",
    "g{ethanol}/d",
    "y",
    "mo",
    "d",
];

#[test]
fn a_unit_converts_there_and_back() {
    let between = |a, b, of| Conversion::between(a, b, of).ok();
    for one in UNITS {
        for other in UNITS {
            let (a, b) = (Unit::from_text(one).unwrap(), Unit::from_text(other).unwrap());
            for of in [Substance::Unknown, Concept::named("creatinine").unwrap().substance] {
                let (there, back) = (between(a, b, of), between(b, a, of));
                assert_eq!(there.is_some(), back.is_some(), "{one} and {other}");
                assert_eq!(there.and_then(Conversion::inverse), back, "{one} and {other}");
                assert!(a.dimension != b.dimension || there.is_some(), "{one} and {other}");
                // through a third unit the way is as long
                for third in UNITS.iter().filter_map(|unit| Unit::from_text(unit)) {
                    let Some((first, second)) = between(a, third, of).zip(between(third, b, of)) else { continue };
                    let value = Exact::whole(7);
                    let direct = there.and_then(|way| way.of(value));
                    assert_eq!(first.of(value).and_then(|x| second.of(x)), direct, "{one} to {other}");
                }
            }
        }
    }
}

const TRUTHS: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

/// The truth of a function of yes and no, where some of its arguments may be either.
fn by_cases(values: &[Truth], function: impl Fn(&[bool]) -> bool) -> Truth {
    let cases =
        (0..1_u32 << values.len()).map(|bits| (0..values.len()).map(|i| bits >> i & 1 == 1).collect::<Vec<_>>());
    let possible = cases.filter(|case| {
        case.iter().zip(values).all(|(yes, truth)| *truth == Truth::Unknown || Truth::from(*yes) == *truth)
    });
    let found: Vec<bool> = possible.map(|case| function(&case)).collect();
    if found.iter().all(|yes| *yes) {
        Truth::True
    } else if found.iter().any(|yes| *yes) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

#[test]
fn kleenes_tables_are_what_every_case_agrees_on() {
    for a in TRUTHS {
        assert_eq!(a.not(), by_cases(&[a], |case| !case[0]));
        for b in TRUTHS {
            assert_eq!(a.and(b), by_cases(&[a, b], |case| case[0] && case[1]));
            assert_eq!(a.or(b), by_cases(&[a, b], |case| case[0] || case[1]));
            assert_eq!(a.and(b).not(), a.not().or(b.not()));
            for c in TRUTHS {
                for count in 0..=4 {
                    let enough = |case: &[bool]| case.iter().filter(|yes| **yes).count() >= count;
                    assert_eq!(Truth::at_least(count, [a, b, c]), by_cases(&[a, b, c], enough));
                }
            }
        }
    }
}

#[test]
fn an_expression_is_shown_as_it_was_written() {
    holds(300, case(ALL), |case| {
        for criterion in &case.trial.eligibility.criteria {
            let text = serde_json::to_string(&criterion.expression).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Expression>(&text).unwrap(), &criterion.expression);
        }
        Ok(())
    });
}

#[test]
fn a_plain_comparison_is_of_the_newest_value() {
    assert_eq!(Select::default(), Select::Latest);
    let text = r#"{"compare":{"subject":{"concept":"alt"},"low":{"value":"1","unit":"U/L"}}}"#;
    let Expression::Compare(Compare { select, .. }) = serde_json::from_str(text).unwrap() else { panic!("{text}") };
    assert_eq!(select, Select::Latest);
}
