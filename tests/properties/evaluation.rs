//! What an evaluation promises.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use trial_prescreen::{
    AsOf, Between, Bound, Category, Comparator, Date, Determination, Evaluation, Exact, Expression, Fact, FactId,
    FactValue, Period, Quantity, Record, Subject, Truth, Verdict, When, evaluate, import,
};

use super::completion::{instant, world};
use super::generate::{ALL, Case, Scope, at_minute, case, fact, family, is_anchor, moment, named};
use super::{choices, holds_for_triples};
use crate::oracle;

const DAYS: Scope = Scope { calendar: false, ..ALL };

fn evaluated(case: &Case) -> Evaluation {
    evaluate(&case.trial, &case.record, &case.as_of)
}

/// Everything but the remarks on facts.
fn essence(evaluation: Evaluation) -> Evaluation {
    Evaluation { diagnostics: Vec::new(), ..evaluation }
}

#[test]
fn a_known_truth_agrees_with_every_completion() {
    const WORLDS: usize = 24;
    holds_for_triples("a_known_truth_agrees_with_every_completion", (case(ALL), any::<u64>()), |(case, seed)| {
        let mut pick = choices(seed);
        for (criterion, found) in case.trial.eligibility.criteria.iter().zip(evaluated(&case).criteria) {
            if !found.truth.is_known() {
                continue;
            }
            let passing = criterion.category == Category::Inclusion;
            for _ in 0..WORLDS {
                let world = world(&criterion.expression, &case.record, &case.as_of, &mut pick);
                let Some(world) = world else { continue };
                let Some(holds) = oracle::holds(&world, &criterion.expression, passing) else { continue };
                prop_assert_eq!(found.truth, Truth::from(holds), "{} in {:?}", found.id, world);
            }
        }
        Ok(())
    });
}

#[test]
fn a_new_answer_never_overturns_a_known_truth() {
    let cases = (case(ALL), moment()).prop_flat_map(|(case, _)| {
        let today = case.as_of.date().first_day();
        (Just(case), proptest::collection::vec(fact(today, ALL), 1..8))
    });
    holds_for_triples("a_new_answer_never_overturns_a_known_truth", cases, |(case, more)| {
        let known: BTreeSet<String> = families(&case.record.facts).map(|(_, family)| family).collect();
        let new = more.into_iter().filter(|fact| !is_anchor(&fact.subject));
        let new = new.filter(|fact| !known.contains(family(&fact.subject.key())));
        let record = named(case.record.facts.iter().cloned().chain(new).collect());
        let before = evaluated(&case);
        let after = evaluate(&case.trial, &record, &case.as_of);
        for (before, after) in before.criteria.iter().zip(&after.criteria) {
            if before.truth.is_known() {
                prop_assert_eq!(before.truth, after.truth, "{} with {:?}", before.id, record);
            }
        }
        Ok(())
    });
}

fn families(facts: &[Fact]) -> impl Iterator<Item = (&Fact, String)> {
    facts.iter().map(|fact| (fact, family(&fact.subject.key()).to_owned()))
}

/// No whole number of its smallest unit lies between the bounds of a leaf that counts in such.
fn holds_nothing(leaf: &Expression) -> bool {
    let bounds = match leaf {
        Expression::Compare(compare) => [&compare.low, &compare.high],
        Expression::Elapsed(elapsed) => [&elapsed.low, &elapsed.high],
        _ => return false,
    };
    let [Some(low), Some(high)] = bounds else { return false };
    let small = |bound: &Bound| match bound.unit.as_deref().unwrap_or("") {
        "" | "{score}" => Some(("score", 1)),
        "min" => Some(("min", 1)),
        "h" => Some(("min", 60)),
        "d" => Some(("d", 1)),
        "wk" => Some(("d", 7)),
        _ => None,
    };
    let (Some((unit, of_low)), Some((other, of_high))) = (small(low), small(high)) else {
        let point = low.value == high.value && low.inclusive && high.inclusive;
        return low.unit == high.unit && low.value >= high.value && !point;
    };
    let at = |bound: &Bound, size: i64| bound.value.exact().times(Exact::whole(size)).unwrap();
    let (from, to) = (at(low, of_low), at(high, of_high));
    let inside = |count: i64| {
        let count = Exact::whole(count);
        (count > from || (low.inclusive && count == from)) && (count < to || (high.inclusive && count == to))
    };
    unit == other && !(-1..=200_000).any(inside)
}

#[test]
fn unknown_is_never_no() {
    holds_for_triples("unknown_is_never_no", (case(ALL), any::<u64>()), |(case, seed)| {
        let nothing = evaluate(&case.trial, &Record::default(), &case.as_of);
        for (criterion, found) in case.trial.eligibility.criteria.iter().zip(nothing.criteria) {
            let mut subjects: Vec<_> = criterion.expression.leaves().iter().map(|leaf| leaf.subject()).collect();
            let mentions = subjects.len();
            subjects.sort();
            subjects.dedup();
            // `a or not a` is so whatever a is, and nothing is more than 5 and less than 6 days ago
            let settled = || subjects.len() < mentions || criterion.expression.leaves().into_iter().any(holds_nothing);
            prop_assert!(found.verdict == Verdict::Pending || settled(), "{}", found.id);
        }
        // with less known, nothing more is decided
        let mut pick = choices(seed);
        let gone: Vec<String> =
            families(&case.record.facts).map(|(_, family)| family).filter(|_| pick(2) == 0).collect();
        let kept =
            families(&case.record.facts).filter(|(fact, family)| is_anchor(&fact.subject) || !gone.contains(family));
        let record = Record::new(kept.map(|(fact, _)| fact.clone()).collect());
        let less = evaluate(&case.trial, &record, &case.as_of);
        for (full, less) in evaluated(&case).criteria.iter().zip(&less.criteria) {
            prop_assert!(
                less.verdict == Verdict::Pending || less.verdict == full.verdict,
                "{} without {gone:?}",
                full.id
            );
        }
        Ok(())
    });
}

#[test]
fn the_cited_facts_suffice() {
    holds_for_triples("the_cited_facts_suffice", case(ALL), |case| {
        for found in evaluated(&case).criteria {
            if found.verdict == Verdict::Pending {
                continue;
            }
            let cited: BTreeSet<&FactId> = found.because.iter().collect();
            prop_assert_eq!(cited.len(), found.because.len(), "a fact is cited twice: {:?}", found.because);
            let facts: Vec<Fact> = case.record.facts.iter().filter(|fact| cited.contains(&fact.id)).cloned().collect();
            prop_assert_eq!(facts.len(), cited.len());
            let again = evaluate(&case.trial, &Record::new(facts), &case.as_of);
            let again = again.criteria.iter().find(|criterion| criterion.id == found.id).unwrap();
            prop_assert_eq!(again.truth, found.truth, "{} because of {:?}", found.id, found.because);
        }
        Ok(())
    });
}

#[test]
fn the_order_of_facts_changes_nothing() {
    let cases = case(ALL).prop_flat_map(|case| (Just(case.clone()), Just(case.record.facts).prop_shuffle()));
    holds_for_triples("the_order_of_facts_changes_nothing", cases, |(case, facts)| {
        let (one, other) = (evaluated(&case), evaluate(&case.trial, &Record::new(facts), &case.as_of));
        prop_assert_eq!(one.diagnostics.len(), other.diagnostics.len());
        prop_assert_eq!(essence(one), essence(other));
        Ok(())
    });
}

#[test]
fn evaluation_is_deterministic() {
    holds_for_triples("evaluation_is_deterministic", case(ALL), |case| {
        let bytes = |evaluation: &Evaluation| serde_json::to_vec(evaluation).unwrap();
        let text = serde_json::to_string(&case.record).unwrap();
        let again = Case { record: import::facts(&text).output, ..case.clone() };
        prop_assert_eq!(&again.record, &case.record);
        prop_assert_eq!(bytes(&evaluated(&case)), bytes(&evaluated(&again)));
        Ok(())
    });
}

fn shifted_date(date: Date, days: i64) -> Date {
    match date {
        Date::Instant(instant) => {
            let text = instant.to_string();
            format!("{}{}", instant.day().plus_days(days), &text[10..]).parse().unwrap()
        }
        Date::Day(day) => Date::Day(day.plus_days(days)),
        Date::Year(_) | Date::Month(..) => date,
    }
}

fn shifted_fact(fact: &Fact, days: i64) -> Fact {
    let date = |date| shifted_date(date, days);
    let when = |when: When| match when {
        When::On(on) => When::On(date(on)),
        When::Between(between) => {
            When::Between(Between { earliest: date(between.earliest), latest: date(between.latest) })
        }
    };
    let mut fact = fact.clone();
    fact.on = fact.on.map(when);
    fact.during = fact.during.map(|period| Period { from: period.from.map(date), to: period.to.map(date) });
    if let FactValue::Date(on) = fact.value {
        fact.value = FactValue::Date(when(on));
    }
    fact
}

#[test]
fn shifting_all_dates_by_days_shifts_only_dates() {
    let cases = (case(DAYS), -5_000..5_000_i64);
    holds_for_triples("shifting_all_dates_by_days_shifts_only_dates", cases, |(case, days)| {
        let date = |date| shifted_date(date, days);
        let mut as_of = AsOf::new(date(case.as_of.date())).unwrap();
        for anchor in trial_prescreen::Anchor::MOMENTS {
            if let Some(on) = case.as_of.anchors.get(&anchor) {
                as_of.anchors.insert(anchor, date(on));
            }
        }
        let facts = case.record.facts.iter().map(|fact| shifted_fact(fact, days)).collect();
        let mut expected = essence(evaluated(&case));
        expected.as_of = date(expected.as_of);
        (expected.until, expected.from) = (expected.until.map(date), expected.from.map(date));
        for change in &mut expected.calendar {
            change.from = date(change.from);
        }
        expected.expires = expected.expires.map(date);
        if let Some(dates) = &mut expected.screening {
            (dates.earliest, dates.latest) = (date(dates.earliest), dates.latest.map(date));
        }
        for criterion in &mut expected.criteria {
            (criterion.until, criterion.from) = (criterion.until.map(date), criterion.from.map(date));
        }
        prop_assert_eq!(essence(evaluate(&case.trial, &Record::new(facts), &as_of)), expected);
        Ok(())
    });
}

/// What one unit is in another, exactly.
const CONVERSIONS: [(&str, &str, &str); 15] = [
    ("umol/L", "mg/dL", "0.01131179"),
    ("mg/L", "mg/dL", "0.1"),
    ("g/L", "mg/dL", "100"),
    ("mg/dL", "mg/L", "10"),
    ("ukat/L", "U/L", "60"),
    ("nkat/L", "U/L", "0.06"),
    ("U/mL", "U/L", "1000"),
    ("U/L", "U/mL", "0.001"),
    ("ug/L", "mg/L", "0.001"),
    ("ng/mL", "ug/L", "1"),
    ("{score}", "", "1"),
    ("mL{ethanol}/d", "mL{ethanol}/wk", "7"),
    ("mL/s/1.73m2", "mL/min/1.73m2", "60"),
    ("mg/d", "mg/wk", "7"),
    ("ug/h", "mg/d", "0.024"),
];

#[test]
fn converting_a_unit_changes_nothing() {
    fn converted(quantity: &Quantity, factor: Exact, unit: &str) -> Quantity {
        let times = |value: Option<trial_prescreen::Decimal>| {
            value.map(|value| value.exact().times(factor).unwrap().rounded(12).unwrap())
        };
        let unit = Some(unit).filter(|unit| !unit.is_empty()).map(str::to_owned);
        let (value, low, high) = (times(quantity.value), times(quantity.low), times(quantity.high));
        Quantity { value, low, high, unit, ..quantity.clone() }
    }
    holds_for_triples("converting_a_unit_changes_nothing", case(ALL), |case| {
        let creatinine = case.record.about(&Subject::concept("creatinine")).next().is_some();
        let facts = case.record.facts.iter().map(|fact| {
            let FactValue::Quantity(quantity) = &fact.value else { return fact.clone() };
            let known = CONVERSIONS.iter().find(|(from, ..)| quantity.unit.as_deref() == Some(from));
            // "about" is at least one unit, whichever that is, and another one has other places to round to
            let rounds = fact.subject == Subject::concept("egfr") && creatinine;
            let about = quantity.comparator == Some(Comparator::About);
            let Some((_, unit, factor)) = known.filter(|_| !about && !rounds) else {
                return fact.clone();
            };
            let factor = factor.parse::<trial_prescreen::Decimal>().unwrap().exact();
            let mut fact = fact.clone();
            // a limit without a unit is in that of its result
            for limit in [&mut fact.upper_limit, &mut fact.lower_limit].into_iter().flatten() {
                if limit.unit.is_none() {
                    *limit = converted(limit, factor, unit);
                }
            }
            fact.value = FactValue::Quantity(converted(quantity, factor, unit));
            fact
        });
        let record = Record::new(facts.collect());
        prop_assert_eq!(
            essence(evaluated(&case)),
            essence(evaluate(&case.trial, &record, &case.as_of)),
            "{:?}",
            record
        );
        Ok(())
    });
}

/// The same anchors at another moment: a day's first or last minute, where the evaluation is made for a minute.
fn moved(as_of: &AsOf, to: Date, last: bool) -> AsOf {
    let date = match (as_of.date(), to) {
        (Date::Instant(now), Date::Day(day)) => {
            let offset = &now.to_string()[16..];
            format!("{day}T{}{offset}", if last { "23:59" } else { "00:00" }).parse().unwrap()
        }
        (_, to) => to,
    };
    let mut moved = AsOf::new(date).unwrap();
    moved.anchors = as_of.anchors.clone();
    moved
}

#[test]
fn until_and_from_are_the_edge() {
    let moments = proptest::collection::vec(any::<Index>(), 6);
    holds_for_triples("until_and_from_are_the_edge", (case(ALL), moments), |(case, moments)| {
        let now = evaluated(&case);
        let at = |as_of: &AsOf| evaluate(&case.trial, &case.record, as_of);
        let offset = match case.as_of.date() {
            Date::Instant(instant_) => instant(&instant_.to_string()).1,
            _ => 0,
        };
        let minute = |as_of: &AsOf| match as_of.date() {
            Date::Instant(instant_) => instant(&instant_.to_string()).0,
            day => oracle::calendar::number_of(day.first_day()) * 1_440,
        };
        // between now and the edge, and far into the time where there is none
        let sampled = |until: Option<Date>| -> Vec<AsOf> {
            let start = minute(&case.as_of);
            let end = until.map_or(start + 40_000 * 1_440, |until| minute(&moved(&case.as_of, until, true)));
            let lengths = moments.iter().enumerate().map(|(i, index)| {
                let length = usize::try_from(end - start).unwrap() >> (4 * i);
                start + i64::try_from(index.index(length + 1)).unwrap()
            });
            let days = matches!(case.as_of.date(), Date::Day(_));
            lengths.map(|minute| moved(&case.as_of, at_minute(minute, offset, days), false)).collect()
        };
        if let (Some(until), Some(from)) = (now.until, now.from) {
            prop_assert_eq!(at(&moved(&case.as_of, until, true)).determination, now.determination);
            prop_assert_eq!(Some(at(&moved(&case.as_of, from, false)).determination), now.then);
        }
        for moment in sampled(now.until) {
            prop_assert_eq!(at(&moment).determination, now.determination, "at {}", moment.date());
        }
        let mut standing: Vec<(String, Verdict)> = now.criteria.iter().map(|c| (c.id.to_string(), c.verdict)).collect();
        for change in &now.calendar {
            let then = at(&moved(&case.as_of, change.from, false));
            prop_assert_eq!(then.determination, change.determination, "from {}", change.from);
            for due in &change.criteria {
                standing.iter_mut().filter(|(id, _)| *id == due.id).for_each(|(_, verdict)| *verdict = due.verdict);
            }
            let found: Vec<(String, Verdict)> = then.criteria.iter().map(|c| (c.id.to_string(), c.verdict)).collect();
            prop_assert_eq!(&found, &standing, "from {}", change.from);
        }
        let edges = now.criteria.iter().filter_map(|c| Some((c.from?, c.until?)));
        let first = edges.min_by_key(|(from, _)| minute(&moved(&case.as_of, *from, false)));
        prop_assert_eq!(now.expires, first.map(|(_, until)| until));
        let possible = |determination| determination != Determination::Ineligible;
        match &now.screening {
            None => prop_assert!(!now.calendar.iter().any(|change| possible(change.determination))),
            Some(dates) => {
                prop_assert!(possible(at(&moved(&case.as_of, dates.earliest, false)).determination));
                if let Some(latest) = dates.latest {
                    prop_assert!(possible(at(&moved(&case.as_of, latest, true)).determination));
                }
            }
        }
        for (index, criterion) in now.criteria.iter().enumerate() {
            let verdict = |as_of: &AsOf| at(as_of).criteria[index].verdict;
            prop_assert_eq!(criterion.until.is_some(), criterion.then.is_some());
            if let (Some(until), Some(from)) = (criterion.until, criterion.from) {
                prop_assert_eq!(verdict(&moved(&case.as_of, until, true)), criterion.verdict, "until {}", until);
                prop_assert_eq!(Some(verdict(&moved(&case.as_of, from, false))), criterion.then, "from {}", from);
                prop_assert_ne!(Some(criterion.verdict), criterion.then);
            }
            for moment in sampled(criterion.until) {
                let found = verdict(&moment);
                prop_assert_eq!(
                    found,
                    criterion.verdict,
                    "{} at {}, until {:?}",
                    criterion.id,
                    moment.date(),
                    criterion.until
                );
            }
        }
        Ok(())
    });
}
