//! The best order there is, by trying them all: dynamic programming over every state of knowledge.
//!
//! It shares no code with the planner. A state is a number with a digit for each fact: no, yes, not known.

use trial_prescreen::{Fact, FactValue};

use super::toy::{Toy, Tree};

pub(crate) struct Best {
    count: usize,
    /// The value of each fact's digit.
    place: Vec<usize>,
    /// The criteria that are known to hold and known not to, one bit each, by state.
    holds: Vec<u16>,
    fails: Vec<u16>,
    /// Some(true): eligible. Some(false): ineligible. By state.
    outcome: Vec<Option<bool>>,
    /// The facts that could still change the determination, one bit each, by state.
    useful: Vec<u16>,
}

impl Best {
    pub(crate) fn of(toy: &Toy) -> Best {
        let count = toy.facts.len();
        let place: Vec<usize> = (0..count).map(|fact| 3_usize.pow(fact as u32)).collect();
        let total = 3_usize.pow(count as u32);
        let mut best =
            Best { count, place, holds: Vec::new(), fails: Vec::new(), outcome: Vec::new(), useful: Vec::new() };
        for state in 0..total {
            let (holds, fails) = match (0..count).find(|fact| best.answer(state, *fact).is_none()) {
                None => {
                    let each = toy.criteria.iter().enumerate();
                    let passes = |(at, c): (usize, &super::toy::ToyCriterion)| {
                        u16::from(best.is_so(state, &c.tree, c.inclusion) == c.inclusion) << at
                    };
                    let passing: u16 = each.map(passes).sum();
                    (passing, !passing & ((1 << toy.criteria.len()) - 1))
                }
                Some(fact) => {
                    let (no, yes) = (state - 2 * best.place[fact], state - best.place[fact]);
                    (best.holds[no] & best.holds[yes], best.fails[no] & best.fails[yes])
                }
            };
            best.holds.push(holds);
            best.fails.push(fails);
            let outcome = determination(toy, holds, fails);
            best.outcome.push(outcome);
            let mut useful = 0;
            for fact in (0..count).filter(|fact| toy.facts[*fact].askable) {
                if best.answer(state, fact).is_none() {
                    for by in [1, 2] {
                        let next = state - by * best.place[fact];
                        useful |= best.useful[next];
                        useful |= u16::from(outcome.is_none() && best.outcome[next].is_some()) << fact;
                    }
                }
            }
            best.useful.push(useful);
        }
        best
    }

    pub(crate) fn start(&self) -> usize {
        self.useful.len() - 1
    }

    /// What a fact is known to be.
    pub(crate) fn answer(&self, state: usize, fact: usize) -> Option<bool> {
        match state / self.place[fact] % 3 {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// The state in which these facts are known; what is said not to be known stays open.
    pub(crate) fn state_of(&self, facts: &[Fact]) -> usize {
        let known = |number: usize| {
            let fact = facts.iter().find(|fact| fact.subject.key() == format!("text:f{number}"))?;
            let (yes, no) = (matches!(fact.value, FactValue::Present(_)), matches!(fact.value, FactValue::Refuted(_)));
            (yes || no).then_some(usize::from(yes))
        };
        (0..self.count).map(|fact| known(fact).unwrap_or(2) * self.place[fact]).sum()
    }

    /// Are there answers to some of those that may still be asked with which this fact decides, and without it nothing
    /// is decided?
    pub(crate) fn decides(&self, state: usize, fact: usize, may: u16) -> bool {
        let others: Vec<usize> = (0..self.count).filter(|other| *other != fact && may >> other & 1 == 1).collect();
        let states = others.iter().fold(vec![state], |states, other| {
            states.iter().flat_map(|state| [0, 1, 2].map(|by| state - by * self.place[*other])).collect()
        });
        let known = |state: usize| self.outcome[state].is_some();
        states.into_iter().any(|state| !known(state) && [1, 2].iter().any(|by| known(state - by * self.place[fact])))
    }

    pub(crate) fn told(&self, state: usize) -> Vec<String> {
        (0..self.count).filter_map(|fact| Some(format!("f{fact} {}", self.answer(state, fact)?))).collect()
    }

    pub(crate) fn useful(&self, state: usize) -> u16 {
        self.useful[state]
    }

    /// The states that follow the answers to these facts.
    pub(crate) fn after(&self, state: usize, facts: &[usize]) -> Vec<usize> {
        facts.iter().fold(vec![state], |states, fact| {
            states.iter().flat_map(|state| [2, 1].map(|by| state - by * self.place[*fact])).collect()
        })
    }

    /// The states in which everything is known that agree with what is known in this one.
    pub(crate) fn completions(&self, state: usize) -> Vec<usize> {
        let open: Vec<usize> = (0..self.count).filter(|fact| self.answer(state, *fact).is_none()).collect();
        self.after(state, &open)
    }

    /// The state once somebody, of whom everything is known, has told a fact.
    pub(crate) fn told_by(&self, state: usize, fact: usize, person: usize) -> usize {
        let by = if self.answer(person, fact) == Some(true) { 1 } else { 2 };
        state - by * self.place[fact]
    }

    pub(crate) fn is_pending(&self, state: usize, criterion: usize) -> bool {
        (self.holds[state] | self.fails[state]) >> criterion & 1 == 0
    }

    /// Does the criterion concern only cohorts that are closed or out?
    pub(crate) fn is_left_aside(&self, toy: &Toy, state: usize, criterion: usize) -> bool {
        toy.criteria[criterion].cohort.is_some_and(|cohort| {
            let own = |at: usize| toy.criteria[at].cohort == Some(cohort);
            !toy.cohorts[cohort] || (0..toy.criteria.len()).any(|at| own(at) && self.fails[state] >> at & 1 == 1)
        })
    }

    pub(crate) fn determined(&self, state: usize) -> bool {
        self.outcome[state].is_some()
    }

    /// Whether a tree is so where everything is known. What does not apply is `passing`.
    fn is_so(&self, state: usize, tree: &Tree, passing: bool) -> bool {
        match tree {
            Tree::Fact(fact) => self.answer(state, *fact) == Some(true),
            Tree::Not(part) => !self.is_so(state, part, !passing),
            Tree::AtLeast(count, parts) => {
                parts.iter().filter(|part| self.is_so(state, part, passing)).count() >= *count
            }
            Tree::When(condition, _) if !self.is_so(state, condition, false) => passing,
            Tree::When(_, then) => self.is_so(state, then, passing),
        }
    }

    /// The same where something is not known.
    pub(crate) fn perhaps(&self, state: usize, tree: &Tree, passing: bool) -> Option<bool> {
        match tree {
            Tree::Fact(fact) => self.answer(state, *fact),
            Tree::Not(part) => self.perhaps(state, part, !passing).map(|so| !so),
            Tree::AtLeast(count, parts) => {
                let each = || parts.iter().map(|part| self.perhaps(state, part, passing));
                if each().filter(|so| *so == Some(true)).count() >= *count {
                    Some(true)
                } else {
                    (each().filter(|so| *so != Some(false)).count() < *count).then_some(false)
                }
            }
            Tree::When(condition, then) => {
                match (self.perhaps(state, condition, false), self.perhaps(state, then, passing)) {
                    (Some(false), _) => Some(passing),
                    (Some(true), then) => then,
                    (None, then) => then.filter(|then| *then == passing),
                }
            }
        }
    }

    /// The facts that may be asked: those under a condition only when it is known, or nothing in it can be asked.
    fn concerned(&self, toy: &Toy, state: usize) -> u16 {
        let open = (0..toy.criteria.len()).filter(|at| (self.holds[state] | self.fails[state]) >> at & 1 == 0);
        let found = open.map(|at| {
            let criterion = &toy.criteria[at];
            self.reached(state, &criterion.tree, criterion.inclusion)
        });
        let found = found.fold(0, |all, own| all | own) & self.useful[state];
        if found == 0 { self.useful[state] } else { found }
    }

    fn reached(&self, state: usize, tree: &Tree, passing: bool) -> u16 {
        if self.perhaps(state, tree, passing).is_some() {
            return 0;
        }
        match tree {
            Tree::Fact(fact) => 1 << fact,
            Tree::Not(part) => self.reached(state, part, !passing),
            Tree::AtLeast(_, parts) => parts.iter().fold(0, |all, part| all | self.reached(state, part, passing)),
            Tree::When(condition, then) => {
                let first = self.reached(state, condition, false);
                let within = everything(condition, self, state) & self.useful[state];
                let blocked = self.perhaps(state, condition, false).is_none() && within != 0;
                if blocked { first } else { first | self.reached(state, then, passing) }
            }
        }
    }

    /// What follows after each combination of answers to these facts: the means of two figures, the most of the third.
    pub(crate) fn each(
        &self,
        toy: &Toy,
        state: usize,
        facts: &[usize],
        then: &mut dyn FnMut(usize) -> (f64, f64, usize),
    ) -> (f64, f64, usize) {
        let Some((fact, rest)) = facts.split_first() else { return then(state) };
        let yes = toy.facts[*fact].yes;
        let if_no = self.each(toy, state - 2 * self.place[*fact], rest, then);
        let if_yes = self.each(toy, state - self.place[*fact], rest, then);
        let mean = |no: f64, so: f64| (1.0 - yes) * no + yes * so;
        (mean(if_no.0, if_yes.0), mean(if_no.1, if_yes.1), if_no.2.max(if_yes.2))
    }

    /// The least burden that can be expected.
    pub(crate) fn least(&self, toy: &Toy) -> f64 {
        let mut known = vec![f64::NAN; self.useful.len()];
        self.least_from(toy, self.start(), &mut known)
    }

    fn least_from(&self, toy: &Toy, state: usize, known: &mut Vec<f64>) -> f64 {
        if self.useful[state] == 0 {
            return 0.0;
        }
        if !known[state].is_nan() {
            return known[state];
        }
        let concerned = self.concerned(toy, state);
        let mut least = f64::INFINITY;
        let mut lists = 0_u8;
        for fact in (0..self.count).filter(|fact| concerned >> fact & 1 == 1) {
            let items: Vec<usize> = match toy.facts[fact].list {
                Some(list) if lists >> list & 1 == 1 => continue,
                Some(list) => {
                    lists |= 1 << list;
                    let together = |other: &usize| concerned >> other & 1 == 1 && toy.facts[*other].list == Some(list);
                    (0..self.count).filter(together).collect()
                }
                None => vec![fact],
            };
            let (burden, ..) = self.each(toy, state, &items, &mut |next| (self.least_from(toy, next, known), 0.0, 0));
            least = least.min(toy.burden(&items) + burden);
        }
        known[state] = least;
        least
    }
}

/// Every fact of a tree that is open.
fn everything(tree: &Tree, best: &Best, state: usize) -> u16 {
    match tree {
        Tree::Fact(fact) => u16::from(best.answer(state, *fact).is_none()) << fact,
        Tree::Not(part) => everything(part, best, state),
        Tree::AtLeast(_, parts) => parts.iter().fold(0, |all, part| all | everything(part, best, state)),
        Tree::When(condition, then) => everything(condition, best, state) | everything(then, best, state),
    }
}

/// One criterion that fails rules out; all that pass, and everything published, let in; one open cohort is enough.
fn determination(toy: &Toy, holds: u16, fails: u16) -> Option<bool> {
    let each = |cohort: Option<usize>| {
        let of = |at: &usize| toy.criteria[*at].cohort.is_none() || toy.criteria[*at].cohort == cohort;
        let own: Vec<usize> = (0..toy.criteria.len()).filter(of).collect();
        if own.iter().any(|at| fails >> at & 1 == 1) {
            return Some(false);
        }
        let all = !own.is_empty() && own.iter().all(|at| holds >> at & 1 == 1);
        (all && toy.published).then_some(true)
    };
    if toy.cohorts.is_empty() {
        return each(None);
    }
    let open = || toy.cohorts.iter().enumerate().filter(|(_, open)| **open).map(|(at, _)| each(Some(at)));
    if open().any(|one| one == Some(true)) {
        Some(true)
    } else {
        (open().count() > 0 && open().all(|one| one == Some(false))).then_some(false)
    }
}
