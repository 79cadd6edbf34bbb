//! What the reasons promise: what is left stands for the whole, and each set of answers does what it says and no more.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use trial_prescreen::{
    Answer, AsOf, AtLeast, Bound, Category, Cohort, Compare, Conditional, CriterionEvaluation, Date, Determination,
    Evaluation, Expression, Fact, FactValue, Localized, Name, Present, Quantity, Record, Select, Status, Subject,
    Trial, Truth, Verdict, evaluate, why,
};

use super::generate::{ALL, Scope, case, trial_of};
use super::holds;

#[test]
fn the_residual_equals_the_whole() {
    let compared = std::cell::Cell::new(0);
    // of many facts about what is asked, those on some subjects are known at first
    let many = Scope { facts: 12, ..ALL };
    holds(6_000, (case(many), any::<bool>(), any::<u16>()), |(mut case, all, first)| {
        // what several criteria ask is left in part more often than what one does
        let criteria = &mut case.trial.eligibility.criteria;
        let parts: Vec<Expression> = criteria.iter().map(|criterion| criterion.expression.clone()).collect();
        criteria.truncate(1);
        criteria[0].expression = if all { Expression::AllOf(parts) } else { Expression::AnyOf(parts) };
        let record = case.record.clone();
        let subjects: BTreeSet<String> = record.facts.iter().map(|fact| fact.subject.key()).collect();
        let known =
            |fact: &&Fact| first >> subjects.iter().position(|key| *key == fact.subject.key()).unwrap() & 1 == 1;
        case.record.facts = record.facts.iter().filter(known).cloned().collect();
        let before = evaluate(&case.trial, &case.record, &case.as_of);
        let in_part = |found: &CriterionEvaluation| {
            found.verdict == Verdict::Pending && found.atoms.iter().any(|atom| atom.truth.is_known())
        };
        // of those of which nothing or everything is left, a quarter is enough
        if first % 4 != 0 && !before.criteria.iter().any(in_part) {
            return Ok(());
        }
        let why = why(&case.trial, &case.record, &case.as_of);
        let mut left = case.trial.clone();
        for (criterion, found) in left.eligibility.criteria.iter_mut().zip(&why.criteria) {
            prop_assert_eq!(found.residual.is_some(), found.verdict == Verdict::Pending, "{}", found.id);
            if let Some(residual) = &found.residual {
                criterion.expression = residual.clone();
            }
        }
        let whole = evaluate(&case.trial, &record, &case.as_of);
        let part = evaluate(&left, &record, &case.as_of);
        for ((before, whole), part) in before.criteria.iter().zip(&whole.criteria).zip(&part.criteria) {
            let after: BTreeMap<&Name, Truth> = whole.atoms.iter().map(|atom| (&atom.path, atom.truth)).collect();
            let known = before.atoms.iter().filter(|atom| atom.truth.is_known());
            let stay = known.clone().all(|atom| after.get(&atom.path) == Some(&atom.truth));
            if before.verdict == Verdict::Pending && stay {
                prop_assert_eq!(whole.truth, part.truth, "{} with {:?}", before.id, record);
                compared.set(compared.get() + usize::from(known.count() > 0 && whole.truth.is_known()));
            }
        }
        Ok(())
    });
    assert!(compared.get() > 40, "only {} were worth comparing", compared.get());
}

const THINGS: [&str; 4] = ["a", "b", "c", "d"];

fn thing(name: &str) -> Subject {
    Subject::Text(name.to_owned())
}

fn groups(leaf: BoxedStrategy<Expression>) -> impl Strategy<Value = Expression> {
    leaf.prop_recursive(3, 7, 3, |inner| {
        let parts = || proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            2 => parts().prop_map(Expression::AllOf),
            2 => parts().prop_map(Expression::AnyOf),
            1 => inner.clone().prop_map(|part| Expression::Not(Box::new(part))),
            2 => (parts(), any::<prop::sample::Index>()).prop_map(|(of, index)| {
                Expression::AtLeast(AtLeast { count: index.index(of.len()) as u32 + 1, of })
            }),
            1 => (inner.clone(), inner.clone()).prop_map(|(condition, then)| {
                Expression::When(Box::new(Conditional { condition, then }))
            }),
        ]
    })
}

fn presence() -> impl Strategy<Value = Expression> {
    groups(
        prop::sample::select(&THINGS[..])
            .prop_map(|name| {
                Expression::Present(Present {
                    subject: thing(name),
                    status: Status::Current,
                    window: None,
                    lasting: None,
                    routes: Vec::new(),
                })
            })
            .boxed(),
    )
}

/// A trial of what is there or not, with or without cohorts, and what is known of it.
fn trials() -> impl Strategy<Value = (Trial, BTreeMap<&'static str, bool>)> {
    let category = prop_oneof![Just(Category::Inclusion), Just(Category::Exclusion)];
    let criterion = (category, presence(), 0..4_u8);
    let known = proptest::collection::vec(proptest::option::of(any::<bool>()), THINGS.len());
    (proptest::collection::vec(criterion, 1..4), any::<bool>(), known).prop_map(|(criteria, cohorts, known)| {
        let member: Vec<u8> = criteria.iter().map(|(_, _, cohort)| *cohort).collect();
        let mut trial =
            trial_of(criteria.into_iter().map(|(category, expression, _)| (category, expression)).collect());
        if cohorts {
            let cohort = |id: &str| Cohort { id: id.to_owned(), label: Localized::new(), open: None };
            trial.eligibility.cohorts = vec![cohort("1"), cohort("2")];
            for (criterion, member) in trial.eligibility.criteria.iter_mut().zip(member) {
                criterion.cohorts = if member == 1 || member == 2 { vec![member.to_string()] } else { Vec::new() };
            }
        }
        (trial, THINGS.into_iter().zip(known).filter_map(|(name, known)| Some((name, known?))).collect())
    })
}

fn evaluated(trial: &Trial, known: &BTreeMap<&str, bool>) -> Evaluation {
    let fact = |(name, is): (&&str, &bool)| {
        let value = if *is { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Any) };
        Fact::new(name, thing(name), value)
    };
    evaluate(trial, &Record::new(known.iter().map(fact).collect()), &as_of())
}

fn reasons(trial: &Trial, known: &BTreeMap<&str, bool>) -> trial_prescreen::Why {
    let fact = |(name, is): (&&str, &bool)| {
        let value = if *is { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Any) };
        Fact::new(name, thing(name), value)
    };
    why(trial, &Record::new(known.iter().map(fact).collect()), &as_of())
}

fn as_of() -> AsOf {
    AsOf::new("2026-03-15".parse().unwrap()).unwrap()
}

#[test]
fn the_residual_equals_the_whole_under_every_answer() {
    holds(300, trials(), |(trial, known)| {
        let mut left = trial.clone();
        for (criterion, found) in left.eligibility.criteria.iter_mut().zip(reasons(&trial, &known).criteria) {
            criterion.expression = found.residual.unwrap_or_else(|| criterion.expression.clone());
        }
        let open: Vec<&str> = THINGS.into_iter().filter(|name| !known.contains_key(name)).collect();
        for number in 0..3_usize.pow(open.len() as u32) {
            let answer = |at: usize| [None, Some(true), Some(false)][number / 3_usize.pow(at as u32) % 3];
            let answers = open.iter().enumerate().filter_map(|(at, name)| Some((*name, answer(at)?)));
            let then = answers.chain(known.iter().map(|(name, is)| (*name, *is))).collect();
            let (whole, part) = (evaluated(&trial, &then), evaluated(&left, &then));
            for (whole, part) in whole.criteria.iter().zip(&part.criteria) {
                prop_assert_eq!(whole.truth, part.truth, "{} with {:?}", whole.id, then);
            }
        }
        Ok(())
    });
}

type Said = BTreeMap<&'static str, bool>;

/// Every set of answers and changes that `does` it and of which no part does, found by trying all of them.
fn smallest(known: &Said, open: bool, changes: bool, does: impl Fn(&Said) -> bool) -> BTreeSet<Said> {
    let mut sets: Vec<Said> = vec![Said::new()];
    for name in THINGS {
        let may: Vec<bool> = match known.get(name) {
            None if open => vec![true, false],
            Some(is) if changes => vec![!is],
            None | Some(_) => Vec::new(),
        };
        let more: Vec<Said> = sets
            .iter()
            .flat_map(|set| {
                may.iter().map(|is| set.iter().map(|(name, is)| (*name, *is)).chain([(name, *is)]).collect())
            })
            .collect();
        sets.extend(more);
    }
    let then = |set: &Said| known.iter().chain(set).map(|(name, is)| (*name, *is)).collect::<Said>();
    let doing: BTreeSet<Said> = sets.into_iter().filter(|set| does(&then(set))).collect();
    let holds = |set: &Said, other: &Said| other != set && other.iter().all(|(name, is)| set.get(name) == Some(is));
    doing.iter().filter(|set| !doing.iter().any(|other| holds(set, other))).cloned().collect()
}

fn said(sets: &[Vec<Answer>]) -> BTreeSet<Said> {
    let name = |subject: &Subject| *THINGS.iter().find(|name| thing(name) == *subject).unwrap();
    sets.iter()
        .map(|set| set.iter().map(|answer| (name(&answer.subject), answer.truth == Truth::True)).collect())
        .collect()
}

/// Without the empty set: where nothing has to change, no set is given.
fn some(sets: BTreeSet<Said>) -> BTreeSet<Said> {
    sets.into_iter().filter(|set| !set.is_empty()).collect()
}

#[test]
fn each_set_of_answers_suffices_and_no_part_of_it_does() {
    holds(500, trials(), |(trial, known)| {
        let why = reasons(&trial, &known);
        for (index, found) in why.criteria.iter().enumerate() {
            let changes = found.verdict != Verdict::Pending;
            let verdict = |wanted: Verdict| {
                let trial = &trial;
                some(smallest(&known, true, changes, move |then| {
                    evaluated(trial, then).criteria[index].verdict == wanted
                }))
            };
            prop_assert!(!found.cut);
            prop_assert_eq!(
                said(&found.passes),
                verdict(Verdict::Pass),
                "{} passes with {:?}: {:?}",
                found.id,
                known,
                trial.eligibility.criteria[index]
            );
            prop_assert_eq!(
                said(&found.fails),
                verdict(Verdict::Fail),
                "{} fails with {:?}: {:?}",
                found.id,
                known,
                trial.eligibility.criteria[index]
            );
        }
        Ok(())
    });
}

#[test]
fn each_set_changes_the_determination_and_no_part_of_it_does() {
    holds(500, trials(), |(trial, known)| {
        let why = reasons(&trial, &known);
        let found = |open: bool, changes: bool, does: fn(Determination) -> bool| {
            some(smallest(&known, open, changes, |then| does(evaluated(&trial, then).determination)))
        };
        let (eligible, ineligible, possible) = match why.determination {
            Determination::Undetermined => (
                found(true, false, |then| then == Determination::Eligible),
                found(true, false, |then| then == Determination::Ineligible),
                BTreeSet::new(),
            ),
            Determination::Eligible => {
                (BTreeSet::new(), found(true, true, |then| then == Determination::Ineligible), BTreeSet::new())
            }
            Determination::Ineligible => {
                (BTreeSet::new(), BTreeSet::new(), found(false, true, |then| then != Determination::Ineligible))
            }
        };
        for (name, given, all) in [
            ("eligible", &why.eligible, eligible),
            ("ineligible", &why.ineligible, ineligible),
            ("possible", &why.possible, possible),
        ] {
            let given = said(given);
            prop_assert!(given.is_subset(&all), "{name} with {known:?}: {given:?}, and by trial {all:?}");
            prop_assert!(why.cut || given == all, "{name} with {known:?}: {given:?}, and by trial {all:?}");
        }
        let failed = why.criteria.iter().filter(|found| found.verdict == Verdict::Fail);
        let alone = why.alone.iter().collect::<BTreeSet<_>>();
        prop_assert!(alone.is_subset(&failed.map(|found| &found.id).collect()));
        Ok(())
    });
}

#[test]
fn what_is_found_out_decides_what_was_said() {
    holds(500, trials(), |(trial, known)| {
        let why = reasons(&trial, &known);
        let pending = why.criteria.iter().any(|found| found.verdict == Verdict::Pending);
        prop_assert_eq!(pending, !why.find.is_empty());
        for found in &why.find {
            prop_assert_eq!(found.ways.len(), 2);
            for way in &found.ways {
                let then = known
                    .iter()
                    .map(|(name, is)| (*name, *is))
                    .chain(said(std::slice::from_ref(&way.answers)).into_iter().flatten())
                    .collect();
                let then = evaluated(&trial, &then);
                prop_assert_eq!(way.determination, then.determination, "{:?} with {:?}", way, known);
                for decides in &way.verdicts {
                    let verdict =
                        then.criteria.iter().find(|criterion| criterion.id == decides.criterion).unwrap().verdict;
                    prop_assert_eq!(decides.verdict, verdict, "{:?} with {:?}", way, known);
                }
            }
        }
        Ok(())
    });
}

/// Whole numbers and halves around the bounds.
const VALUES: [&str; 11] = ["0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"];
const NUMBERS: [&str; 2] = ["x", "y"];

fn comparisons() -> impl Strategy<Value = Expression> {
    let bound = || (prop::sample::select(&["1", "2", "3", "4"][..]), any::<bool>());
    let leaf = (prop::sample::select(&NUMBERS[..]), bound(), bound(), 0..3_u8).prop_map(|(name, low, high, which)| {
        let bound = |(value, inclusive): (&str, bool)| Bound { value: value.parse().unwrap(), unit: None, inclusive };
        let (low, high) = if which == 2 { (low.min(high), low.max(high)) } else { (low, high) };
        let at_one = which == 2 && low.0 == high.0;
        let (low, high) = ((low.0, low.1 || at_one), (high.0, high.1 || at_one));
        Expression::Compare(Compare {
            subject: thing(name),
            low: (which != 1).then(|| bound(low)),
            high: (which != 0).then(|| bound(high)),
            window: None,
            select: Select::Latest,
            routes: Vec::new(),
        })
    });
    groups(leaf.boxed())
}

/// A world: the value of each number, if it is known.
type World = [Option<usize>; 2];

fn number_of(leaf: &Expression) -> usize {
    NUMBERS.iter().position(|name| Some(thing(name)) == leaf.subject()).unwrap()
}

fn lies(leaf: &Expression, value: usize) -> bool {
    let Expression::Compare(compare) = leaf else { unreachable!() };
    let value: trial_prescreen::Decimal = VALUES[value].parse().unwrap();
    let inside = |bound: &Option<Bound>, low: bool| {
        bound.as_ref().is_none_or(|bound| {
            let over = if low { value > bound.value } else { value < bound.value };
            over || (bound.inclusive && value == bound.value)
        })
    };
    inside(&compare.low, true) && inside(&compare.high, false)
}

#[test]
fn each_set_of_values_suffices_and_every_one_that_does_follows_from_it() {
    let category = prop_oneof![Just(Category::Inclusion), Just(Category::Exclusion)];
    let known = proptest::option::of(0..VALUES.len());
    holds(250, (category, comparisons(), known.clone(), known), |(category, expression, x, y)| {
        let trial = trial_of(vec![(category, expression.clone())]);
        let now: World = [x, y];
        let record = |world: &World| {
            let facts = world.iter().zip(NUMBERS).filter_map(|(value, name)| {
                let value = Quantity { value: VALUES[(*value)?].parse().ok(), ..Quantity::default() };
                Some(Fact::new(name, thing(name), FactValue::Quantity(value)))
            });
            Record::new(facts.collect())
        };
        let found = why(&trial, &record(&now), &as_of()).criteria.remove(0);
        // every world in which both are known, with its verdict
        let worlds: Vec<([usize; 2], Verdict)> = (0..VALUES.len())
            .flat_map(|x| (0..VALUES.len()).map(move |y| [x, y]))
            .map(|world| (world, evaluate(&trial, &record(&world.map(Some)), &as_of()).criteria[0].verdict))
            .collect();
        let mut leaves: Vec<&Expression> = Vec::new();
        for leaf in expression.leaves() {
            if !leaves.contains(&leaf) {
                leaves.push(leaf);
            }
        }
        let is_now = |leaf: &Expression| now[number_of(leaf)].map(|value| lies(leaf, value));
        // the worlds left by a set of answers, where what is known and not named stays
        let left = |set: &BTreeMap<usize, bool>| -> Vec<([usize; 2], Verdict)> {
            let fits = |world: &[usize; 2]| {
                leaves.iter().enumerate().all(|(at, leaf)| {
                    let is = set.get(&at).copied().or(is_now(leaf));
                    is.is_none_or(|is| is == lies(leaf, world[number_of(leaf)]))
                })
            };
            worlds.iter().filter(|(world, _)| fits(world)).copied().collect()
        };
        let does = |set: &BTreeMap<usize, bool>, wanted: Verdict| {
            let left = left(set);
            !left.is_empty() && left.iter().all(|(_, verdict)| *verdict == wanted)
        };
        let pending = found.verdict == Verdict::Pending;
        // what is left of an open criterion: a leaf that no longer matters is in no set
        let residual = found.residual.as_ref().map(Expression::leaves);
        let place = |answer: &Answer| -> usize {
            let mut at = &expression;
            let steps: Vec<&str> = answer.path.split('.').filter(|step| !step.is_empty()).collect();
            for step in steps {
                let parts = at.parts();
                at = match step.parse::<usize>() {
                    Ok(index) => parts[index],
                    Err(_) if step == "then" => parts[1],
                    Err(_) if step == "condition" || step == "not" => parts[0],
                    Err(_) => continue,
                };
            }
            leaves.iter().position(|leaf| *leaf == at).unwrap()
        };
        for (given, wanted) in [(&found.passes, Verdict::Pass), (&found.fails, Verdict::Fail)] {
            let given: Vec<BTreeMap<usize, bool>> = given
                .iter()
                .map(|set| set.iter().map(|answer| (place(answer), answer.truth == Truth::True)).collect())
                .collect();
            for set in &given {
                prop_assert!(does(set, wanted), "{set:?} does not make it {wanted:?}");
                for gone in set.keys() {
                    let mut part = set.clone();
                    part.remove(gone);
                    prop_assert!(!does(&part, wanted), "{part:?} already makes it {wanted:?}");
                }
            }
            if found.verdict == wanted || found.cut || leaves.len() > 5 {
                continue;
            }
            // every other set that does it says at least as much as one of these
            let choices = 3_usize.pow(leaves.len() as u32);
            for number in 0..choices {
                let mut rest = number;
                let mut set = BTreeMap::new();
                for (at, leaf) in leaves.iter().enumerate() {
                    let (choice, now) = (rest % 3, is_now(leaf));
                    rest /= 3;
                    let is = [None, Some(true), Some(false)][choice];
                    let may = |is: bool| match now {
                        Some(now) => !pending && now != is,
                        None => residual.as_ref().is_none_or(|left| left.contains(leaf)),
                    };
                    if let Some(is) = is.filter(|is| may(*is)) {
                        set.insert(at, is);
                    }
                }
                let follows = |other: &BTreeMap<usize, bool>| {
                    other.iter().all(|(at, is)| {
                        let known = is_now(leaves[*at]).is_some();
                        set.get(at) == Some(is)
                            || (!known
                                && left(&set)
                                    .iter()
                                    .all(|(world, _)| lies(leaves[*at], world[number_of(leaves[*at])]) == *is))
                    })
                };
                prop_assert!(
                    !does(&set, wanted) || given.iter().any(follows),
                    "{set:?} makes it {wanted:?} too; given {given:?}"
                );
            }
        }
        Ok(())
    });
}

#[test]
fn what_time_is_to_bring_it_brings() {
    let waited = std::cell::Cell::new(0);
    holds(3_000, case(ALL), |case| {
        for found in why(&case.trial, &case.record, &case.as_of).criteria {
            for (sets, wanted) in [(&found.passes, Verdict::Pass), (&found.fails, Verdict::Fail)] {
                for set in sets.iter().filter(|set| set.iter().all(|answer| answer.from.is_some())) {
                    // sets that wait for one day only: of several, one may be past the other
                    let (from, others) = (set[0].from.unwrap(), set.iter().any(|answer| answer.from != set[0].from));
                    if others {
                        continue;
                    }
                    let date = match (case.as_of.date(), from) {
                        (Date::Instant(now), Date::Day(day)) => {
                            format!("{day}T00:00{}", &now.to_string()[16..]).parse().unwrap()
                        }
                        _ => from,
                    };
                    let mut then = AsOf::new(date).unwrap();
                    then.anchors = case.as_of.anchors.clone();
                    let then = evaluate(&case.trial, &case.record, &then);
                    let verdict = then.criteria.iter().find(|criterion| criterion.id == found.id).unwrap().verdict;
                    prop_assert_eq!(verdict, wanted, "{} on {}", found.id, date);
                    waited.set(waited.get() + 1);
                }
            }
        }
        Ok(())
    });
    assert!(waited.get() > 20, "only {} waited", waited.get());
}

#[test]
fn near_misses_are_of_failed_criteria_and_come_nearest_first() {
    holds(1_000, case(ALL), |case| {
        let why = why(&case.trial, &case.record, &case.as_of);
        let failed: BTreeSet<&String> =
            why.criteria.iter().filter(|found| found.verdict == Verdict::Fail).map(|found| &found.id).collect();
        prop_assert!(why.near.iter().all(|miss| failed.contains(&miss.criterion)));
        prop_assert!(why.near.is_sorted_by_key(|miss| (miss.relative.is_none(), miss.relative)));
        prop_assert_eq!(&why, &trial_prescreen::why(&case.trial, &case.record, &case.as_of));
        Ok(())
    });
}

#[test]
fn gaps_come_in_the_order_in_which_closing_them_would_decide_most() {
    holds(500, trials(), |(trial, known)| {
        let evaluation = evaluated(&trial, &known);
        let open: Vec<&'static str> = THINGS.into_iter().filter(|name| !known.contains_key(name)).collect();
        let worlds: Vec<(Said, Evaluation)> = (0..1_usize << open.len())
            .map(|world| open.iter().enumerate().map(|(at, name)| (*name, world >> at & 1 == 1)).collect::<Said>())
            .map(|world| {
                let then = world.iter().chain(&known).map(|(name, is)| (*name, *is)).collect();
                (world, evaluated(&trial, &then))
            })
            .collect();
        for (index, criterion) in evaluation.criteria.iter().enumerate() {
            let holding = |name: &str, is: bool| {
                let these = worlds
                    .iter()
                    .filter(|(world, then)| world.get(name) == Some(&is) && then.criteria[index].truth == Truth::True);
                these.count()
            };
            let text = |subject: &Subject| subject.key().trim_start_matches("text:").to_owned();
            let names: Vec<String> = criterion.gaps.iter().map(|gap| text(&gap.subject)).collect();
            let weights: Vec<usize> =
                names.iter().map(|name| holding(name, true).abs_diff(holding(name, false))).collect();
            prop_assert!(weights.is_sorted_by(|a, b| a >= b), "{names:?} with {weights:?}");
            // equals in the order of the text
            for weight in &weights {
                let mut left =
                    criterion.atoms.iter().filter(|atom| !atom.truth.is_known()).map(|atom| text(&atom.subject));
                let equals = names.iter().zip(&weights).filter(|(_, other)| *other == weight);
                for (name, _) in equals {
                    prop_assert!(left.any(|open| open == *name), "{names:?} with {weights:?}");
                }
            }
        }
        Ok(())
    });
}
