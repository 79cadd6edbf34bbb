//! Several trials at once: every question is useful for one of them, asking ends within the bound, and the outcome is
//! that of each trial alone.

use std::collections::BTreeMap;

use trial_prescreen::{
    Asking, Determination, Fact, FactValue, Record, Respondent, Status, Stop, Subject, Trial, evaluate, next_question,
    next_question_of_all,
};

use super::as_of;
use super::best::Best;
use super::toy::{Chance, Toy};
use crate::properties::setting;

fn asking() -> Asking<'static> {
    Asking { respondent: Respondent::Patient, go_on: false, ..Asking::default() }
}

fn fact(key: &str, yes: bool) -> Fact {
    let value = if yes { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Current) };
    Fact::new(key, Subject::Text(key.trim_start_matches("text:").to_owned()), value)
}

#[test]
fn one_conversation_settles_all_and_asks_nothing_useless() {
    let mut chance = Chance::new(setting("PRESCREEN_SEED").unwrap_or(1));
    let (mut together, mut apart) = (0, 0);
    for _ in 0..200 * setting("PRESCREEN_CASES").unwrap_or(1) {
        let mut toys: Vec<Toy> = (0..1 + chance.below(3)).map(|_| Toy::any(&mut chance, 7)).collect();
        // what only one trial asks of the person would tell another more than it asks
        toys.iter_mut().flat_map(|toy| &mut toy.facts).for_each(|fact| fact.askable = true);
        let bests: Vec<Best> = toys.iter().map(Best::of).collect();
        let trials: Vec<Trial> = toys.iter().map(Toy::trial).collect();
        let refs: Vec<&Trial> = trials.iter().collect();
        let truth: Vec<bool> = (0..8).map(|_| chance.percent(50)).collect();
        let said = |key: &str| truth[key.trim_start_matches("text:f").parse::<usize>().expect("a fact")];
        let mut facts: Vec<Fact> = Vec::new();
        let mut bound = usize::MAX;
        loop {
            let record = Record::new(facts.clone());
            let plan = next_question_of_all(&refs, &record, &as_of(), asking());
            assert!(plan.at_most < bound, "the bound went from {bound} to {}", plan.at_most);
            bound = plan.at_most;
            for settled in &plan.settled {
                assert!(settled.determination == Determination::Undetermined || settled.stopped == Stop::Determined);
            }
            let Some(ask) = plan.question else {
                assert_eq!(plan.settled.len(), trials.len());
                break;
            };
            assert!(!plan.serves.is_empty() && plan.worded_by.is_some() && plan.stopped.is_none());
            let states = || toys.iter().zip(&bests).map(|(toy, best)| (toy, best, best.state_of(&facts)));
            for item in &ask.items {
                let number: usize = item.key.trim_start_matches("text:f").parse().expect("a fact");
                let useful = |(toy, best, state): (&Toy, &Best, usize)| {
                    number < toy.facts.len() && best.useful(state) >> number & 1 == 1
                };
                assert!(states().any(useful), "{} is useless", item.key);
            }
            facts.extend(ask.items.iter().map(|item| fact(&item.key, said(&item.key))));
            together += 1;
        }
        let mut alone: BTreeMap<String, Fact> = BTreeMap::new();
        for trial in &trials {
            // one after the other, with what was said before
            while let Some(ask) =
                next_question(trial, &Record::new(alone.values().cloned().collect()), &as_of(), asking()).question
            {
                alone.extend(ask.items.iter().map(|item| (item.key.clone(), fact(&item.key, said(&item.key)))));
                apart += 1;
            }
            let both = [facts.clone(), alone.values().cloned().collect()];
            let [ours, theirs] = both.map(|facts| evaluate(trial, &Record::new(facts), &as_of()).determination);
            assert_eq!(ours, theirs, "asking for several trials at once changed the outcome of one");
        }
    }
    println!("{together} screens for all at once, {apart} one trial after the other");
    assert!(together <= apart);
}

#[test]
fn of_one_trial_it_asks_what_that_trial_asks() {
    let mut chance = Chance::new(7);
    for _ in 0..40 {
        let trial = Toy::any(&mut chance, 9).trial();
        let alone = next_question(&trial, &Record::default(), &as_of(), asking());
        let all = next_question_of_all(&[&trial], &Record::default(), &as_of(), asking());
        assert_eq!((alone.question, alone.at_most), (all.question, all.at_most));
    }
}
