//! Random small trials: yes-or-no facts, criteria that are trees over them, checklists, cohorts, facts nobody can ask.

use std::fmt;

use serde_json::{Value, json};
use trial_prescreen::{Trial, import};

/// A source of numbers that look like chance and are the same every time.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % count.max(1) as u64) as usize
    }

    /// So many times of a hundred.
    pub(crate) fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(10_000) < of_hundred * 100
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Tree {
    Fact(usize),
    Not(Box<Tree>),
    AtLeast(usize, Vec<Tree>),
    When(Box<Tree>, Box<Tree>),
}

#[derive(Debug)]
pub(crate) struct ToyFact {
    pub(crate) burden: u32,
    pub(crate) failing: u32,
    pub(crate) list: Option<usize>,
    pub(crate) askable: bool,
    /// The chance of yes.
    pub(crate) yes: f64,
}

#[derive(Debug)]
pub(crate) struct ToyCriterion {
    pub(crate) inclusion: bool,
    pub(crate) tree: Tree,
    /// The cohort it is for; all, where none.
    pub(crate) cohort: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Toy {
    pub(crate) facts: Vec<ToyFact>,
    pub(crate) criteria: Vec<ToyCriterion>,
    /// Whether each cohort is open.
    pub(crate) cohorts: Vec<bool>,
    pub(crate) published: bool,
}

impl Toy {
    pub(crate) fn any(chance: &mut Chance, most: usize) -> Toy {
        let count = 2 + chance.below(most - 1);
        let lists = chance.below(3);
        let hidden = if chance.percent(30) { 15 } else { 0 };
        let facts = (0..count)
            .map(|_| ToyFact {
                burden: [4, 5, 8, 10, 15, 20, 25, 30, 60][chance.below(9)],
                failing: [1, 2, 5, 10, 15, 20, 30, 40, 50, 70, 80][chance.below(11)],
                list: (lists > 0 && chance.percent(35)).then(|| chance.below(lists)),
                askable: !chance.percent(hidden),
                yes: 0.0,
            })
            .collect();
        let cohorts: Vec<bool> = match chance.below(5) {
            0 => (0..2 + chance.below(2)).map(|_| !chance.percent(15)).collect(),
            _ => Vec::new(),
        };
        let (sharing, against) = ([0, 10, 30][chance.below(3)], [0, 10, 25][chance.below(3)]);
        let mut toy = Toy { facts, criteria: Vec::new(), cohorts, published: !chance.percent(10) };
        let mut next = 0;
        while next < count {
            let inclusion = chance.percent(40);
            let size = 1 + chance.below(5);
            let mut leaf = |chance: &mut Chance, good: bool| {
                let shared = next >= count || (next > 0 && chance.percent(sharing));
                let fact = if shared { chance.below(next) } else { next };
                next = next.max(fact + 1);
                // facts of even number speak against by yes, the others by no, mostly
                let yes_is_good = (fact % 2 == 1) != chance.percent(against);
                if yes_is_good == good { Tree::Fact(fact) } else { Tree::Not(Box::new(Tree::Fact(fact))) }
            };
            let tree = grown(chance, size, inclusion, 3, &mut leaf);
            let cohort = (!toy.cohorts.is_empty() && chance.percent(60)).then(|| chance.below(toy.cohorts.len()));
            toy.criteria.push(ToyCriterion { inclusion, tree, cohort });
        }
        toy.weigh();
        toy
    }

    /// Does a fact stand in two places?
    pub(crate) fn shares_facts(&self) -> bool {
        let mut places = vec![(0, 0); self.facts.len()];
        self.criteria.iter().for_each(|criterion| count(&criterion.tree, criterion.inclusion, &mut places));
        places.iter().any(|(good, bad)| good + bad > 1)
    }

    /// Does one answer to a fact speak for the person in one place, and against in another?
    pub(crate) fn leans_both_ways(&self) -> bool {
        let mut places = vec![(0, 0); self.facts.len()];
        self.criteria.iter().for_each(|criterion| count(&criterion.tree, criterion.inclusion, &mut places));
        places.iter().any(|(good, bad)| *good > 0 && *bad > 0)
    }

    /// The answers that speak against the person in most places where the fact stands have the chance `failing`.
    fn weigh(&mut self) {
        let mut places = vec![(0_u32, 0_u32); self.facts.len()];
        for criterion in &self.criteria {
            let of_closed = |cohort: usize| !self.cohorts[cohort];
            if !criterion.cohort.is_some_and(of_closed) || self.cohorts.iter().all(|open| !open) {
                count(&criterion.tree, criterion.inclusion, &mut places);
            }
        }
        for (fact, (yes_good, no_good)) in self.facts.iter_mut().zip(places) {
            let failing = f64::from(fact.failing) / 100.0;
            fact.yes = match yes_good.cmp(&no_good) {
                std::cmp::Ordering::Greater => 1.0 - failing,
                std::cmp::Ordering::Less => failing,
                std::cmp::Ordering::Equal => 0.5,
            };
        }
    }

    /// The burden of one screen: the largest, and three seconds for each further item of a checklist.
    pub(crate) fn burden(&self, items: &[usize]) -> f64 {
        let largest = items.iter().map(|item| self.facts[*item].burden).max().unwrap_or(0);
        f64::from(largest) + 3.0 * (items.len() as f64 - 1.0)
    }

    pub(crate) fn trial(&self) -> Trial {
        let text = self.document().to_string();
        import::trial(text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}: {text}")).output
    }

    pub(crate) fn document(&self) -> Value {
        let words = json!({ "en": { "patient": "?", "staff": "?", "short": "?" } });
        let questions = self.facts.iter().enumerate().map(|(number, fact)| {
            let who: &[&str] = if fact.askable { &["patient", "caregiver", "staff"] } else { &["staff"] };
            let mut question = json!({
                "answer": "yes-no", "answerableBy": who, "text": words, "burden": fact.burden, "failing": fact.failing,
            });
            if let Some(list) = fact.list {
                question["checklist"] = json!(format!("list{list}"));
            }
            (format!("text:f{number}"), question)
        });
        let criteria = self.criteria.iter().enumerate().map(|(number, criterion)| {
            let cohorts: Vec<String> = criterion.cohort.iter().map(|cohort| format!("cohort{cohort}")).collect();
            json!({
                "id": format!("C{number}"), "category": if criterion.inclusion { "inclusion" } else { "exclusion" },
                "text": { "en": { "full": "", "short": "", "patient": "" } }, "source": { "document": "", "item": "" },
                "cohorts": cohorts, "expression": expression(&criterion.tree),
            })
        });
        let cohorts = self.cohorts.iter().enumerate();
        let cohorts =
            cohorts.map(|(at, open)| json!({ "id": format!("cohort{at}"), "label": { "en": "" }, "open": open }));
        json!({
            "format": "trial-prescreen/1", "id": "toy", "title": { "en": "Toy" }, "source": [],
            "eligibility": {
                "status": if self.published { "published" } else { "partial" },
                "cohorts": cohorts.collect::<Value>(), "criteria": criteria.collect::<Value>(),
            },
            "questions": questions.collect::<serde_json::Map<_, _>>(),
            "checklists": (0..3).map(|list| (format!("list{list}"), json!({ "text": words }))).collect::<serde_json::Map<_, _>>(),
        })
    }
}

fn grown(
    chance: &mut Chance,
    size: usize,
    good: bool,
    depth: usize,
    leaf: &mut dyn FnMut(&mut Chance, bool) -> Tree,
) -> Tree {
    if size <= 1 || depth == 0 {
        return leaf(chance, good);
    }
    if chance.percent(8) {
        return Tree::Not(Box::new(grown(chance, size, !good, depth, leaf)));
    }
    if chance.percent(12) {
        let first = 1 + chance.below(size - 1);
        // a condition counts against the person: it brings further questions
        let condition = grown(chance, first, false, depth - 1, leaf);
        let then = grown(chance, size - first, good, depth - 1, leaf);
        return Tree::When(Box::new(condition), Box::new(then));
    }
    let parts = 2 + chance.below(size.min(4) - 1);
    let trees: Vec<Tree> = (0..parts).map(|part| grown(chance, (size + part) / parts, good, depth - 1, leaf)).collect();
    let count = match chance.below(5) {
        0 | 1 => 1,
        2 | 3 => parts,
        _ => 1 + chance.below(parts),
    };
    Tree::AtLeast(count, trees)
}

fn count(tree: &Tree, good: bool, places: &mut [(u32, u32)]) {
    match tree {
        Tree::Fact(fact) if good => places[*fact].0 += 1,
        Tree::Fact(fact) => places[*fact].1 += 1,
        Tree::Not(part) => count(part, !good, places),
        Tree::AtLeast(_, parts) => parts.iter().for_each(|part| count(part, good, places)),
        Tree::When(condition, then) => {
            count(condition, false, places);
            count(then, good, places);
        }
    }
}

fn expression(tree: &Tree) -> Value {
    match tree {
        Tree::Fact(fact) => json!({ "present": { "subject": { "text": format!("f{fact}") }, "status": "current" } }),
        Tree::Not(part) => json!({ "not": expression(part) }),
        Tree::AtLeast(count, parts) => {
            let parts: Vec<Value> = parts.iter().map(expression).collect();
            match *count {
                1 => json!({ "anyOf": parts }),
                all if all == parts.len() => json!({ "allOf": parts }),
                count => json!({ "atLeast": { "count": count, "of": parts } }),
            }
        }
        Tree::When(condition, then) => {
            json!({ "when": { "condition": expression(condition), "then": expression(then) } })
        }
    }
}

impl fmt::Display for Toy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fact) in self.facts.iter().enumerate() {
            write!(f, "f{number}: {} s, {} %", fact.burden, fact.failing)?;
            if let Some(list) = fact.list {
                write!(f, ", list{list}")?;
            }
            write!(f, "{}; ", if fact.askable { "" } else { ", not askable" })?;
        }
        for criterion in &self.criteria {
            let list = if criterion.inclusion { "inclusion" } else { "exclusion" };
            write!(f, "{list}{:?} {}; ", criterion.cohort, shown(&criterion.tree))?;
        }
        write!(f, "cohorts {:?}, published {}", self.cohorts, self.published)
    }
}

fn shown(tree: &Tree) -> String {
    match tree {
        Tree::Fact(fact) => format!("f{fact}"),
        Tree::Not(part) => format!("not {}", shown(part)),
        Tree::AtLeast(count, parts) => {
            let parts: Vec<String> = parts.iter().map(shown).collect();
            format!("{count} of ({})", parts.join(", "))
        }
        Tree::When(condition, then) => format!("when {} then {}", shown(condition), shown(then)),
    }
}
