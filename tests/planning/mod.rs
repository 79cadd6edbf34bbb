//! The order of questions: how near to the best there is, that none is useless, and what it saves.

mod asking;
mod best;
mod reading;
mod several;
mod stroke;
mod toy;

use std::collections::BTreeMap;

use trial_prescreen::{AsOf, Asking, Fact, FactValue, Record, Status, Stop, Subject, Trial, next_question};

use crate::properties::setting;
use best::Best;
use toy::{Chance, Toy};

pub(crate) fn as_of() -> AsOf {
    AsOf::new("2026-03-15T14:30+08:00".parse().expect("a minute")).expect("a minute")
}

/// What the planner does on a toy, played through for every answer there is.
struct Play<'t> {
    toy: &'t Toy,
    trial: Trial,
    best: &'t Best,
    /// The burden and the screens to be expected, and the most screens that come, by state.
    known: BTreeMap<usize, (f64, f64, usize)>,
    /// The sums of what the planner expected and of what came, over states.
    expected: (f64, f64),
}

impl Play<'_> {
    /// The burden and the screens to be expected from a state on, and the most screens that can come.
    fn from(&mut self, state: usize) -> (f64, f64, usize) {
        if let Some(known) = self.known.get(&state) {
            return *known;
        }
        let known = (0..self.toy.facts.len()).filter_map(|fact| Some((fact, self.best.answer(state, fact)?)));
        let facts = known.map(|(fact, yes)| {
            let value = if yes { FactValue::Present(Status::Current) } else { FactValue::Refuted(Status::Current) };
            Fact::new(&format!("f{fact}"), Subject::Text(format!("f{fact}")), value)
        });
        let record = Record::new(facts.collect());
        let plan = next_question(&self.trial, &record, &as_of(), Asking::default());
        let useful = self.best.useful(state);
        let (burden, mean, screens) = match plan.question {
            None => {
                let determined = plan.stopped == Some(Stop::Determined);
                assert_eq!(determined, self.best.determined(state), "{}: {:?}", self.toy, self.best.told(state));
                assert_eq!(useful, 0, "asking stopped too early: {}: {:?}", self.toy, self.best.told(state));
                (0.0, 0.0, 0)
            }
            Some(ask) => {
                let items = ask.items.iter().map(|item| item.key.trim_start_matches("text:f").parse().expect("a fact"));
                let items: Vec<usize> = items.collect();
                for item in &items {
                    assert!(useful >> item & 1 == 1, "f{item} is useless: {}: {:?}", self.toy, self.best.told(state));
                }
                let (burden, mean, screens) = self.best.each(self.toy, state, &items, &mut |next| self.from(next));
                (self.toy.burden(&items) + burden, 1.0 + mean, 1 + screens)
            }
        };
        assert!(
            screens <= plan.at_most,
            "{screens} screens came where at most {} were promised: {}: {:?}",
            plan.at_most,
            self.toy,
            self.best.told(state)
        );
        self.expected.0 += plan.expected as f64;
        self.expected.1 += mean;
        self.known.insert(state, (burden, mean, screens));
        (burden, mean, screens)
    }
}

#[test]
fn the_order_is_within_five_percent_of_the_best_there_is() {
    let count = 40 * setting("PRESCREEN_CASES").unwrap_or(1);
    let most = if setting("PRESCREEN_CASES").is_some() { 12 } else { 9 };
    let mut chance = Chance::new(setting("PRESCREEN_SEED").unwrap_or(1));
    let (mut total, mut worst, mut played) = (0.0, 1.0_f64, 0);
    let mut by_size: BTreeMap<usize, (f64, f64, usize)> = BTreeMap::new();
    let mut worst_toy = String::new();
    let (mut expected, mut beyond) = ((0.0, 0.0), 0);
    while played < count {
        let toy = Toy::any(&mut chance, most);
        let best = Best::of(&toy);
        let least = best.least(&toy);
        if least <= 0.0 {
            continue;
        }
        let mut play =
            Play { toy: &toy, trial: toy.trial(), best: &best, known: BTreeMap::new(), expected: (0.0, 0.0) };
        let (burden, ..) = play.from(best.start());
        expected = (expected.0 + play.expected.0, expected.1 + play.expected.1);
        beyond += usize::from(burden > 1.05 * least);
        let ratio = burden / least;
        // the chances are those of the places that are still open, which change the side where answers cut both ways
        assert!(ratio <= 1.05 || toy.leans_both_ways(), "{ratio}: {toy}");
        assert!(ratio > 1.0 - 1e-9, "better than the best: {ratio}: {toy}");
        let entry = by_size.entry(toy.facts.len()).or_insert((0.0, 1.0, 0));
        *entry = (entry.0 + ratio, entry.1.max(ratio), entry.2 + 1);
        total += ratio;
        if ratio > worst {
            worst = ratio;
            worst_toy = format!("{toy}");
        }
        played += 1;
    }
    let mean = total / played as f64;
    println!("{played} trials: mean {mean:.4}, worst {worst:.4}, {beyond} above 1.05");
    println!("screens over all states: {:.0} expected, {:.0} came", expected.0, expected.1);
    for (size, (sum, worst, count)) in by_size {
        println!("  {size} facts: {count} trials, mean {:.4}, worst {worst:.4}", sum / count as f64);
    }
    println!("worst: {worst_toy}");
    assert!(mean <= 1.01, "{mean}");
    assert!((expected.0 / expected.1 - 1.0).abs() < 0.05, "{expected:?}");
}

#[test]
fn criteria_of_every_length_over_few_facts_are_asked() {
    let mut chance = Chance::new(7);
    for places in 50..=140 {
        let mut toy = Toy::any(&mut chance, 4);
        toy.criteria.truncate(1);
        (toy.cohorts, toy.criteria[0].cohort) = (Vec::new(), None);
        let count = toy.facts.len();
        toy.facts.iter_mut().for_each(|fact| fact.askable = true);
        toy.criteria[0].tree = toy::Tree::AtLeast(1, (0..places).map(|place| toy::Tree::Fact(place % count)).collect());
        let plan = next_question(&toy.trial(), &Record::default(), &as_of(), Asking::default());
        assert!(plan.question.is_some(), "{places} places: {toy}");
    }
}
