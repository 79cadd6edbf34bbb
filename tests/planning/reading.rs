//! Nobody answers many more screens than in reading the criteria from top to bottom, whatever the answers.

use std::collections::BTreeMap;

use trial_prescreen::{Asking, Fact, FactValue, Record, Status, Subject, Trial, next_question};

use super::as_of;
use super::best::Best;
use super::toy::{Chance, Toy, Tree};
use crate::properties::setting;

/// The planner's conversation, for every answer there is.
struct Talk<'t> {
    toy: &'t Toy,
    trial: &'t Trial,
    best: &'t Best,
    detour: usize,
    /// So many questions reading asks, by state of complete knowledge.
    read: &'t BTreeMap<usize, usize>,
    /// So many people have more.
    more: usize,
}

impl Talk<'_> {
    fn from(&mut self, state: usize, asked: &mut Vec<String>) {
        let known = (0..self.toy.facts.len()).filter_map(|fact| Some((fact, self.best.answer(state, fact)?)));
        let facts = known.map(|(fact, yes)| {
            let value = if yes { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Current) };
            Fact::new(&format!("f{fact}"), Subject::Text(format!("f{fact}")), value)
        });
        let record = Record::new(facts.collect());
        let asking = Asking { asked: Some(asked), detour: self.detour, ..Asking::default() };
        let Some(ask) = next_question(self.trial, &record, &as_of(), asking).question else {
            for complete in self.best.completions(state) {
                self.more += usize::from(asked.len() > self.read[&complete] + self.detour);
            }
            return;
        };
        let items: Vec<usize> =
            ask.items.iter().map(|item| item.key.trim_start_matches("text:f").parse().expect("a fact")).collect();
        asked.push(ask.id);
        for next in self.best.after(state, &items) {
            self.from(next, asked);
        }
        asked.pop();
    }
}

/// So many questions reading asks of somebody, one by one, until nothing can change the determination.
fn read(toy: &Toy, best: &Best, person: usize) -> usize {
    let (mut state, mut count) = (best.start(), 0);
    while best.useful(state) != 0 {
        let next =
            (0..toy.criteria.len()).filter(|at| best.is_pending(state, *at) && !best.is_left_aside(toy, state, *at));
        let next = next.filter_map(|at| {
            let criterion = &toy.criteria[at];
            first_open(toy, best, state, &criterion.tree, criterion.inclusion)
        });
        let fact = next.into_iter().next().expect("something useful is open");
        state = best.told_by(state, fact, person);
        count += 1;
    }
    count
}

/// The first thing in a tree that is open and can be asked.
fn first_open(toy: &Toy, best: &Best, state: usize, tree: &Tree, passing: bool) -> Option<usize> {
    if best.perhaps(state, tree, passing).is_some() {
        return None;
    }
    match tree {
        Tree::Fact(fact) => toy.facts[*fact].askable.then_some(*fact),
        Tree::Not(part) => first_open(toy, best, state, part, !passing),
        Tree::AtLeast(_, parts) => parts.iter().find_map(|part| first_open(toy, best, state, part, passing)),
        Tree::When(condition, then) => {
            first_open(toy, best, state, condition, false).or_else(|| first_open(toy, best, state, then, passing))
        }
    }
}

/// Those to whom reading asks fewer questions than they have screens beyond the detour, of trials in which facts are
/// shared between criteria or not.
fn people(shared: bool) -> [usize; 4] {
    let mut chance = Chance::new(setting("PRESCREEN_SEED").unwrap_or(1) + 100);
    let mut figures = [0; 4];
    let mut toys = 0;
    while toys < 60 * setting("PRESCREEN_CASES").unwrap_or(1) {
        let toy = Toy::any(&mut chance, 7);
        if toy.shares_facts() != shared {
            continue;
        }
        toys += 1;
        let (best, trial) = (Best::of(&toy), toy.trial());
        let everybody = best.completions(best.start()).into_iter();
        let read: BTreeMap<usize, usize> = everybody.map(|person| (person, read(&toy, &best, person))).collect();
        for (detour, figure) in figures.iter_mut().take(3).enumerate() {
            let mut talk = Talk { toy: &toy, trial: &trial, best: &best, detour, read: &read, more: 0 };
            talk.from(best.start(), &mut Vec::new());
            *figure += talk.more;
        }
        figures[3] += read.len();
    }
    figures
}

#[test]
fn nobody_answers_more_than_the_detour_beyond_reading() {
    let [none, one, two, all] = people(false);
    println!("facts apart: {none}, {one}, {two} of {all} people have more than 0, 1, 2 screens beyond reading");
    assert_eq!([none, one, two], [0; 3]);
    let [none, one, two, all] = people(true);
    println!("facts shared: {none}, {one}, {two} of {all} people have more than 0, 1, 2 screens beyond reading");
    assert!(one * 1_000 < all && two * 10_000 < all, "{one}, {two}");
}
