//! Many people on many trials: bit for bit what each evaluation by itself says.

use std::collections::BTreeSet;
use std::rc::Rc;

use proptest::prelude::*;
use trial_prescreen::batch::{Batch, Packed, Table, Verdicts};
use trial_prescreen::{
    AsOf, Category, Cohort, Criterion, Date, Day, Decimal, Expression, Fact, FactValue, Instant, Quantity, Record,
    Respondent, Status, Subject, Trial, Truth, When, evaluate, import,
};

use super::generate::{ALL, case, fact, family, named, trial, trial_of};
use super::{choices, holds};

/// Everything that one evaluation decides, against what stands in the planes.
fn same(verdicts: &Verdicts, trials: &[Rc<Trial>], people: &[Record], as_of: &AsOf) -> Result<(), TestCaseError> {
    for (row, record) in people.iter().enumerate() {
        for (at, trial) in trials.iter().enumerate() {
            let alone = evaluate(trial, record, as_of);
            for (place, criterion) in alone.criteria.iter().enumerate() {
                let found = verdicts.verdict(row, at, place);
                prop_assert_eq!(found, Some(criterion.verdict), "{} of person {}: {:?}", criterion.id, row, record);
            }
            prop_assert_eq!(verdicts.determination(row, at), Some(alone.determination));
            for (place, cohort) in alone.cohorts.iter().enumerate() {
                prop_assert_eq!(verdicts.cohort(row, at, place), Some(cohort.determination));
            }
        }
    }
    Ok(())
}

/// In how many people a leaf about the subject is open.
fn how_many_open(trial: &Trial, subject: &Subject, people: &[Record], as_of: &AsOf) -> u64 {
    let leaves = trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
    let about = leaves.filter(|leaf| leaf.subject().as_ref() == Some(subject));
    let each: Vec<Trial> = about.map(|leaf| trial_of(vec![(Category::Inclusion, leaf.clone())])).collect();
    let truth = |trial: &Trial, record: &Record| evaluate(trial, record, as_of).criteria[0].atoms[0].truth;
    let is_open = |record: &&Record| each.iter().any(|trial| truth(trial, record) == Truth::Unknown);
    u64::try_from(people.iter().filter(is_open).count()).unwrap()
}

fn table(people: &[Record]) -> Table {
    let mut table = Table::default();
    people.iter().for_each(|record| {
        table.push(record);
    });
    table
}

fn with_cohorts(trial: Trial, belonging: &[u8], open: Option<bool>) -> Trial {
    let mut trial = trial;
    let cohort = |id: &str, open| Cohort { id: id.to_owned(), label: trial_prescreen::Table::new(), open };
    trial.eligibility.cohorts = vec![cohort("A", None), cohort("B", open)];
    for (criterion, of) in trial.eligibility.criteria.iter_mut().zip(belonging) {
        criterion.cohorts =
            ["A", "B"].iter().zip(0..).filter(|(_, at)| of >> at & 1 == 1).map(|(id, _)| (*id).to_owned()).collect();
    }
    trial
}

/// A trial of what two others ask.
fn sharing(one: &Trial, other: &Trial, pick: &mut impl FnMut(usize) -> usize) -> Trial {
    let all: Vec<&Criterion> = one.eligibility.criteria.iter().chain(&other.eligibility.criteria).collect();
    let own = all.iter().filter_map(|criterion| {
        let category = [Category::Inclusion, Category::Exclusion][pick(2)];
        let beside = &all[pick(all.len())].expression;
        let expression = criterion.expression.clone();
        match pick(4) {
            0 => None,
            1 => Some((category, expression)),
            2 => Some((category, Expression::Not(Box::new(expression)))),
            _ => Some((category, Expression::AnyOf(vec![expression, beside.clone()]))),
        }
    });
    trial_of(own.collect())
}

#[test]
fn a_batch_says_what_each_evaluation_says() {
    let cases = (case(ALL), trial(ALL), any::<[u8; 3]>(), any::<Option<bool>>()).prop_flat_map(
        |(case, other, belonging, open)| {
            let today = case.as_of.date().first_day();
            let person = proptest::collection::vec(fact(today, ALL), 0..8);
            (Just((case, other, belonging, open)), proptest::collection::vec(person, 1..5), any::<u64>())
        },
    );
    holds(2_000, cases, |((case, other, belonging, open), more, seed)| {
        let mut pick = choices(seed);
        // people who share facts: what is asked of one is asked of others
        let mut people = vec![case.record.clone()];
        for facts in more {
            let own: Vec<Fact> = case.record.facts.iter().filter(|_| pick(3) > 0).cloned().collect();
            let facts = facts.into_iter().filter(|_| pick(3) == 0);
            people.push(named(own.into_iter().chain(facts).collect()));
        }
        // and trials that share leaves: in whole criteria, the other way round, and within others
        let shared = sharing(&case.trial, &other, &mut pick);
        let trials: Vec<Rc<Trial>> =
            [case.trial.clone(), with_cohorts(case.trial, &belonging, open), other, shared].map(Rc::new).into();
        let packed = table(&people).pack();
        let batch = Batch::new(trials.clone(), case.as_of.clone());
        let verdicts = batch.run(&packed).unwrap();
        same(&verdicts, &trials, &people, &case.as_of)?;
        for (at, lacks) in batch.lacks(&packed).into_iter().enumerate() {
            for lack in lacks {
                prop_assert!(lack.decides <= lack.open.min(verdicts.counts(at).undetermined), "{:?}", lack);
                prop_assert_eq!(
                    lack.open,
                    how_many_open(&trials[at], &lack.subject, &people, &case.as_of),
                    "{:?}",
                    lack
                );
            }
        }
        let bytes = packed.bytes();
        prop_assert_eq!(Packed::read(&bytes), Ok(packed.clone()));
        // a table about some subjects is one of people of whom nothing else is known
        let subjects: BTreeSet<Subject> = people
            .iter()
            .flat_map(|one| &one.facts)
            .map(|fact| fact.subject.clone())
            .filter(|_| pick(2) == 0)
            .collect();
        let mut about = Table::about(subjects.clone());
        people.iter().for_each(|one| _ = about.push(one));
        let kept = |one: &Record| one.facts.iter().filter(|fact| subjects.contains(&fact.subject)).cloned().collect();
        let people_of_them: Vec<Record> = people.iter().map(|one| Record::new(kept(one))).collect();
        prop_assert_eq!(about.pack(), table(&people_of_them).pack());
        // what comes back of a row means the same
        let back: Vec<Record> = (0..people.len()).map(|row| packed.record(row)).collect();
        same(&verdicts, &trials, &back, &case.as_of)
    });
}

/// So many values one after another that the turns are looked for by halving.
#[test]
fn a_long_run_of_values_says_what_each_of_them_says() {
    const UNITS: [&str; 4] = ["U/L", "mg/dL", "umol/L", "mL/min/1.73m2"];
    const KEYS: [&str; 7] = ["alt", "creatinine", "birth-date", "onset", "nihss", "age", "egfr"];
    holds(300, (case(ALL), 0..4_usize, any::<u64>()), |(case, unit, seed)| {
        let mut pick = choices(seed);
        let leaves = case.trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
        let asked: Vec<String> = leaves.filter_map(|leaf| Some(leaf.subject()?.key())).collect();
        let of_asked = |key: &&&str| asked.iter().any(|asked| family(asked) == family(key));
        let wanted: Vec<&str> = KEYS.iter().filter(of_asked).copied().collect();
        prop_assume!(!wanted.is_empty());
        let key = wanted[pick(wanted.len())];
        let today = case.as_of.date().first_day();
        let (minutes, dated) = (pick(2) == 0, pick(2) == 0);
        let (scale, width) = (pick(3), 1 + pick(30));
        let people: Vec<Record> = (0..200)
            .map(|at| {
                let at = i64::try_from(at * width).unwrap();
                let number =
                    |value: i64| format!("{value}e").replace('e', ["", "0", ".5"][scale]).parse::<Decimal>().unwrap();
                let value = match key {
                    "birth-date" => FactValue::Date(When::On(Date::Day(Day::plus_days(today, 30 - at * 13)))),
                    "onset" if minutes => {
                        let text = format!("{}T{:02}:{:02}+08:00", today.plus_days(2 - at / 24), at % 24, at % 60);
                        FactValue::Date(When::On(Date::Instant(instant(&text))))
                    }
                    "onset" => FactValue::Date(When::On(Date::Day(today.plus_days(3 - at)))),
                    "age" => FactValue::Quantity(Quantity::exactly(number(at), Some("y"))),
                    "nihss" => FactValue::Quantity(Quantity::exactly(number(at), None)),
                    _ => FactValue::Quantity(Quantity::exactly(number(at), Some(UNITS[unit]))),
                };
                let fact = Fact::new("", Subject::concept(key), value);
                let limit = Quantity::exactly(["40", "33.5", "0"][pick(3)].parse().unwrap(), Some("U/L"));
                let upper_limit = Some(limit).filter(|_| key == "alt" && unit != 1);
                // measured on any day of the year before, or said to be ahead
                let on = Date::Day(today.plus_days(5 - i64::try_from(pick(400)).unwrap()));
                let on = Some(When::On(on)).filter(|_| dated && !matches!(fact.value, FactValue::Date(_)));
                named(vec![Fact { upper_limit, on, ..fact }])
            })
            .collect();
        let trials = vec![Rc::new(case.trial)];
        let verdicts = Batch::new(trials.clone(), case.as_of.clone()).run(&table(&people).pack()).unwrap();
        same(&verdicts, &trials, &people, &case.as_of)
    });
}

fn instant(text: &str) -> Instant {
    match text.parse() {
        Ok(Date::Instant(instant)) => instant,
        other => panic!("{text} is {other:?}"),
    }
}

#[test]
fn a_broken_table_is_refused_or_read_and_never_panics() {
    let people = (case(ALL), 0..3_usize).prop_flat_map(|(case, _)| {
        let today = case.as_of.date().first_day();
        (Just(case), proptest::collection::vec(proptest::collection::vec(fact(today, ALL), 0..6), 1..4), any::<u64>())
    });
    holds(500, people, |(case, people, seed)| {
        let mut pick = choices(seed);
        let people: Vec<Record> = people.into_iter().map(named).collect();
        let mut bytes = table(&people).pack().bytes();
        for _ in 0..=pick(3) {
            let at = pick(bytes.len());
            match pick(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, u8::try_from(pick(256)).unwrap()),
                _ => bytes[at] = u8::try_from(pick(256)).unwrap(),
            }
            if bytes.is_empty() {
                break;
            }
        }
        if let Ok(packed) = Packed::read(&bytes) {
            let verdicts = Batch::new(vec![Rc::new(case.trial)], case.as_of).run(&packed).unwrap();
            prop_assert_eq!(verdicts.determinations(0).len(), packed.people());
            let again = packed.bytes();
            prop_assert_eq!(Packed::read(&again), Ok(packed));
        }
        Ok(())
    });
}

#[test]
fn a_batch_says_of_the_stroke_trial_what_each_evaluation_says() {
    let text = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/www/trials/NCT07084012.json")).unwrap();
    let trial = Rc::new(import::trial(&text).unwrap().output);
    let as_of = AsOf::new("2026-03-15T14:30+08:00".parse().unwrap()).unwrap();
    let today = as_of.date().first_day();
    let one = proptest::collection::vec(fact(today, ALL), 0..14);
    holds(150, (proptest::collection::vec(one, 8), any::<u64>()), |(people, seed)| {
        let mut pick = choices(seed);
        let keys: Vec<String> = trial.questions.iter().map(|(key, _)| key.to_owned()).collect();
        let statuses = [Status::Current, Status::History, Status::Planned, Status::Any];
        let people: Vec<Record> = people
            .into_iter()
            .map(|mut facts| {
                for key in &keys {
                    let status = statuses[pick(4)];
                    let value = if pick(3) == 0 { FactValue::Present(status) } else { FactValue::Refuted(status) };
                    if pick(4) > 0 {
                        let subject = match key.split_once(':') {
                            Some((_, id)) => Subject::Judgement(id.to_owned()),
                            None => Subject::concept(key),
                        };
                        let source = if pick(2) == 0 { Respondent::Investigator } else { Respondent::Patient };
                        facts.push(Fact { source, ..Fact::new("", subject, value) });
                    }
                }
                named(facts)
            })
            .collect();
        let trials = vec![Rc::clone(&trial)];
        let verdicts = Batch::new(trials.clone(), as_of.clone()).run(&table(&people).pack()).unwrap();
        same(&verdicts, &trials, &people, &as_of)
    });
}

#[test]
fn an_empty_table_and_an_empty_batch_have_no_verdicts() {
    let as_of = AsOf::new("2026-03-15".parse().unwrap()).unwrap();
    let nobody = Batch::new(vec![Rc::new(trial_of(Vec::new()))], as_of.clone()).run(&Table::default().pack()).unwrap();
    assert_eq!((nobody.people(), nobody.determination(0, 0)), (0, None));
    let nothing = Batch::new(Vec::new(), as_of).run(&table(&[Record::default()]).pack()).unwrap();
    assert_eq!(nothing.determination(0, 0), None);
}
