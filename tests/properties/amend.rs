//! What is said of an amendment holds for everybody: who fits, and whether two versions ask the same.

use proptest::prelude::*;
use proptest::sample::Index;
use trial_prescreen::{
    Activation, Became, Bound, Category, CriterionText, Date, Day, Decimal, Duration, Effect, Expression, InForce,
    Person, Status, TimeUnit, Trial, Verdict, Window, amend, evaluate, in_force, reassess,
};

use super::generate::{ALL, case};
use super::holds;

/// Something of one leaf, or of one group, is written otherwise.
fn altered(expression: &mut Expression, at: usize, way: u8) {
    let mut open = vec![expression];
    let mut count = 0;
    while let Some(part) = open.pop() {
        if count == at {
            tweak(part, way);
            return;
        }
        count += 1;
        match part {
            Expression::AllOf(parts) | Expression::AnyOf(parts) => open.extend(parts),
            Expression::Not(part) => open.push(part),
            Expression::AtLeast(at_least) => open.extend(&mut at_least.of),
            Expression::When(conditional) => open.extend([&mut conditional.condition, &mut conditional.then]),
            _ => {}
        }
    }
}

fn tweak(part: &mut Expression, way: u8) {
    match part {
        Expression::AllOf(parts) | Expression::AnyOf(parts) => match way % 3 {
            0 if parts.len() > 1 => drop(parts.pop()),
            1 => parts.reverse(),
            _ => parts.extend(parts.first().cloned().map(|first| Expression::Not(Box::new(first)))),
        },
        Expression::AtLeast(at_least) => {
            at_least.count = if way.is_multiple_of(2) { 1 } else { at_least.of.len() as u32 }
        }
        Expression::Compare(compare) => {
            edge(if way.is_multiple_of(2) { &mut compare.low } else { &mut compare.high }, way);
            stretch(&mut compare.window, way);
        }
        Expression::Elapsed(elapsed) => {
            edge(if way.is_multiple_of(2) { &mut elapsed.low } else { &mut elapsed.high }, way)
        }
        Expression::Change(change) => edge(if way.is_multiple_of(2) { &mut change.low } else { &mut change.high }, way),
        Expression::IsOneOf(is_one_of) => match way % 2 {
            0 if is_one_of.values.len() > 1 => drop(is_one_of.values.pop()),
            _ => is_one_of.values.push("another".to_owned()),
        },
        Expression::Present(present) => match way % 3 {
            0 => {
                present.status =
                    [Status::Current, Status::History, Status::Planned, Status::Any][usize::from(way / 3 % 4)]
            }
            _ => stretch(&mut present.window, way),
        },
        Expression::Not(_) | Expression::When(_) | Expression::Judgement(_) | Expression::Unread(_) => {}
    }
}

fn whole(value: i64) -> Decimal {
    value.to_string().parse().unwrap()
}

fn edge(bound: &mut Option<Bound>, way: u8) {
    let Some(one) = bound else { return };
    let value: i64 = one.value.to_string().split('.').next().unwrap().parse().unwrap();
    match way / 2 % 4 {
        0 => one.value = whole(value + 1),
        1 => one.value = whole(value - 1),
        2 => one.inclusive = !one.inclusive,
        _ => *bound = None,
    }
}

/// Another beginning or end, or the same length in another unit.
fn stretch(window: &mut Option<Window>, way: u8) {
    let Some(one) = window else { return };
    let turn = |length: Duration| match (way / 16 % 3, length.unit) {
        (0, TimeUnit::Week) => Duration { count: length.count * 7, unit: TimeUnit::Day },
        (0, TimeUnit::Year) => Duration { count: length.count * 12, unit: TimeUnit::Month },
        (1, _) => Duration { count: length.count - 1, ..length },
        _ => Duration { count: length.count + 1, ..length },
    };
    if (way / 64).is_multiple_of(2) { one.from = one.from.map(turn) } else { one.to = one.to.map(turn) }
}

fn worded(mut trial: Trial, words: &str) -> Trial {
    for criterion in &mut trial.eligibility.criteria {
        let full = format!("the sentence of criterion {} as it is written {words}", criterion.id);
        criterion.text.insert("en".to_owned(), CriterionText { full, ..CriterionText::default() });
    }
    trial
}

/// `One` says of everybody whom the first version lets in that the second one may.
fn keeps(before: Verdict, after: Verdict) -> bool {
    !(before == Verdict::Pass && after == Verdict::Fail)
}

#[test]
fn what_an_amendment_says_of_people_holds() {
    holds(6_000, (case(ALL), any::<Index>(), any::<u8>()), |(case, at, way)| {
        let before = worded(case.trial, "at first");
        let mut after = worded(before.clone(), "in the end");
        let own = &mut after.eligibility.criteria[0];
        let size = own.expression.leaves().len() + 2;
        altered(&mut own.expression, at.index(size), way);
        let amendment = amend(&before, &after);
        let [old, new] = [&before, &after].map(|trial| evaluate(trial, &case.record, &case.as_of));
        for change in &amendment.criteria {
            let (Some(before), Some(after)) = (&change.before, &change.after) else {
                return Err(TestCaseError::fail(format!("{change:?} has no counterpart")));
            };
            let verdict = |of: &[trial_prescreen::CriterionEvaluation], id: &str| {
                of.iter().find(|one| one.id == id).unwrap().verdict
            };
            let (old, new) = (verdict(&old.criteria, before), verdict(&new.criteria, after));
            match (change.became, change.effect) {
                (Became::Same | Became::Reworded, _) => {
                    prop_assert!(keeps(old, new) && keeps(new, old), "{change:?}: {old:?}, {new:?}")
                }
                (_, Some(Effect::Wider)) => prop_assert!(keeps(old, new), "{change:?}: {old:?}, {new:?}"),
                (_, Some(Effect::Narrower)) => prop_assert!(keeps(new, old), "{change:?}: {old:?}, {new:?}"),
                (_, Some(Effect::Either) | None) => {}
            }
        }
        Ok(())
    });
}

#[test]
fn an_amendment_turned_round_says_the_opposite() {
    holds(2_000, (case(ALL), any::<Index>(), any::<u8>()), |(case, at, way)| {
        let before = worded(case.trial, "at first");
        let mut after = worded(before.clone(), "in the end");
        let own = &mut after.eligibility.criteria[0];
        let size = own.expression.leaves().len() + 2;
        altered(&mut own.expression, at.index(size), way);
        let [there, back] = [amend(&before, &after), amend(&after, &before)];
        let opposite = |effect: Option<Effect>| match effect {
            Some(Effect::Wider) => Some(Effect::Narrower),
            Some(Effect::Narrower) => Some(Effect::Wider),
            either => either,
        };
        let told = |amendment: &trial_prescreen::Amendment, turn: bool| {
            let say = |change: &trial_prescreen::CriterionChange| {
                (change.became, if turn { opposite(change.effect) } else { change.effect })
            };
            amendment.criteria.iter().map(say).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&there, true), told(&back, false));
        let same = amend(&before, &before);
        prop_assert!(
            same.criteria
                .iter()
                .all(|change| change.became == Became::Same && change.moved.is_none() && change.parts.is_empty())
        );
        Ok(())
    });
}

#[test]
fn nobody_is_left_out_whose_outcome_an_amendment_changes() {
    holds(1_500, (case(ALL), any::<Index>(), any::<u8>()), |(case, at, way)| {
        let before = worded(case.trial, "at first");
        let mut after = worded(before.clone(), "in the end");
        let criteria = &mut after.eligibility.criteria;
        if way.is_multiple_of(5) {
            criteria.pop();
        } else {
            let size = criteria[0].expression.leaves().len() + 2;
            altered(&mut criteria[0].expression, at.index(size), way);
        }
        let person = Person { id: "7".to_owned(), record: case.record.clone(), as_of: case.as_of.clone() };
        let told = reassess(&before, &after, &[person]);
        let [old, new] = [&before, &after].map(|trial| evaluate(trial, &case.record, &case.as_of));
        let verdict = |of: &trial_prescreen::Evaluation, id: &str| {
            of.criteria.iter().find(|one| one.id == id).map_or(Verdict::Pass, |one| one.verdict)
        };
        // the criteria keep their ids, so that they pair by them
        let ids = before.eligibility.criteria.iter().map(|criterion| criterion.id.as_str());
        let changed: Vec<(Verdict, Verdict)> =
            ids.map(|id| (verdict(&old, id), verdict(&new, id))).filter(|(was, is)| was != is).collect();
        let differs = !changed.is_empty() || old.determination != new.determination;
        let cohorts = |of: &trial_prescreen::Evaluation| {
            of.cohorts.iter().map(|cohort| (cohort.id.clone(), cohort.determination)).collect::<Vec<_>>()
        };
        let differs = differs || cohorts(&old) != cohorts(&new);
        prop_assert_eq!((told.people.len(), told.unchanged), (usize::from(differs), usize::from(!differs)));
        for person in &told.people {
            prop_assert_eq!((person.was, person.is), (old.determination, new.determination));
            let found: Vec<(Verdict, Verdict)> = person
                .criteria
                .iter()
                .map(|one| (one.was.unwrap_or(Verdict::Pass), one.is.unwrap_or(Verdict::Pass)))
                .collect();
            prop_assert_eq!(found, changed.clone());
            prop_assert!(
                person.criteria.iter().all(|one| one.why.is_some() == one.is.is_some_and(|is| is != Verdict::Pass))
            );
        }
        Ok(())
    });
}

#[test]
fn an_exclusion_turns_an_effect_round() {
    let version = |category: Category, value: i64| {
        let bound = Bound { value: whole(value), unit: Some("y".to_owned()), inclusive: true };
        let text = r#"{"compare":{"subject":{"concept":"age"}}}"#;
        let mut expression: Expression = serde_json::from_str(text).unwrap();
        if let Expression::Compare(compare) = &mut expression {
            compare.low = Some(bound);
        }
        worded(super::generate::trial_of(vec![(category, expression)]), &value.to_string())
    };
    let effect = |category| amend(&version(category, 18), &version(category, 16)).criteria[0].effect;
    assert_eq!([Category::Inclusion, Category::Exclusion].map(effect), [Some(Effect::Wider), Some(Effect::Narrower)]);
}

#[test]
fn the_version_in_force_is_the_last_that_began() {
    let day = |number: u32| Day::new(2026, 1, 1).unwrap().plus_days(i64::from(number));
    let version = (prop::option::of(0_u32..30), prop::option::of(0_u32..30), any::<bool>());
    holds(2_000, (prop::collection::vec(version, 1..5), 0_u32..30), |(versions, on)| {
        let activation = |(from, own, elsewhere): &(Option<u32>, Option<u32>, bool)| Activation {
            effective_from: from.map(|from| Date::Day(day(from))),
            sites: own
                .map(|own| ("012".to_owned(), Date::Day(day(own))))
                .into_iter()
                .chain(elsewhere.then(|| ("013".to_owned(), Date::Day(day(0)))))
                .collect(),
        };
        let listed: Vec<Activation> = versions.iter().map(activation).collect();
        // day by day: whoever begins on a day takes the place of what was there
        let mut expected = InForce::None;
        let begins = |at: usize, (from, own, elsewhere): &(Option<u32>, Option<u32>, bool)| match (from, own, elsewhere)
        {
            (from, Some(own), _) => Some((*own).max(from.unwrap_or(0))),
            (_, None, true) => None,
            (Some(from), None, false) => Some(*from),
            (None, None, false) => (at == 0).then_some(0),
        };
        for today in 0..=on {
            for (at, version) in versions.iter().enumerate() {
                if begins(at, version) == Some(today) {
                    expected = InForce::Version(at);
                }
            }
        }
        prop_assert_eq!(in_force(&listed, "012", day(on)), expected);
        Ok(())
    });
}

#[test]
fn a_date_that_is_not_known_to_the_day_leaves_the_version_open() {
    let month = Activation { effective_from: Some("2026-03".parse().unwrap()), ..Activation::default() };
    let at = |month_of: u32, day: u32| {
        in_force(&[Activation::default(), month.clone()], "012", Day::new(2026, month_of, day).unwrap())
    };
    assert_eq!(at(2, 28), InForce::Version(0));
    assert_eq!(at(3, 1), InForce::OneOf(vec![0, 1]));
    assert_eq!(at(3, 31), InForce::Version(1));
    assert_eq!(in_force(std::slice::from_ref(&month), "012", Day::new(2026, 2, 1).unwrap()), InForce::None);
}
