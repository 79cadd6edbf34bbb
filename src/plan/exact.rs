//! The best first screen, by trying every order: for few open facts.

use super::ask::together;
use super::inquiry::{Inquiry, Part};
use super::order::{First, Order};
use super::table::{Layout, Table};

/// The most states of knowledge that are looked at.
const MOST_STATES: usize = 6561;

/// A fact as the digit of a number: each way, and last not known.
#[derive(Clone, Copy)]
struct Digit {
    fact: usize,
    ways: usize,
    /// The value of a one in its place.
    value: usize,
    /// Its bit among those of all digits.
    bit: u64,
}

/// What is to be expected until nothing can change any more.
#[derive(Clone, Copy, Default)]
struct Expected {
    burden: f64,
    screens: f64,
    /// The chance that it stays undetermined.
    open: f64,
}

/// Every state of knowledge is a number.
struct States<'o, 'i, 't> {
    order: &'o Order<'i, 't>,
    /// For each screen its items, and for each item its number, burden and digits.
    screens: Vec<Vec<(usize, f64, Vec<Digit>)>>,
    digits: Vec<Digit>,
    /// What is to be expected in each; none where it was not worked out yet.
    expected: Vec<Option<Expected>>,
    /// The digits that could still change the outcome, one bit each, by state.
    useful: Vec<u64>,
    /// Some items concern only some people.
    guarded: bool,
}

/// What to ask first; `None` where there is too much to try.
pub(super) fn first(order: &Order<'_, '_>) -> Option<First> {
    let inquiry = order.inquiry;
    let mut digits: Vec<Digit> = Vec::new();
    let mut screens: Vec<Vec<(usize, f64, Vec<Digit>)>> = Vec::new();
    let mut total = 1_usize;
    for screen in &order.screens {
        let mut items = Vec::with_capacity(screen.len());
        for item in screen {
            let own = digits.len();
            let asked = inquiry.items.get(*item)?;
            for fact in &asked.facts {
                let ways = inquiry.facts.get(*fact)?.chances.len();
                digits.push(Digit { fact: *fact, ways, value: total, bit: 1 << (digits.len() & 63) });
                total = total.checked_mul(ways + 1).filter(|total| *total <= MOST_STATES)?;
            }
            items.push((*item, asked.burden, digits.get(own..)?.to_vec()));
        }
        screens.push(items);
    }
    let layout = Layout::of(inquiry, digits.iter().map(|digit| digit.fact))?;
    let criteria = Criteria::of(inquiry, &layout)?;
    let guarded = inquiry.facts.iter().any(|fact| fact.guards.iter().any(|guards| !guards.is_empty()));
    let mut states = States {
        order,
        screens,
        digits,
        expected: Vec::with_capacity(total),
        useful: Vec::with_capacity(total),
        guarded,
    };
    // what is known of the criteria in each state: each for itself, as they are judged
    let mut known: Vec<Known> = Vec::with_capacity(total);
    let mut determined: Vec<bool> = Vec::with_capacity(total);
    // the ways of the state, digit by digit: counted up instead of divided
    let mut ways = vec![0; states.digits.len()];
    for state in 0..total {
        let each = || states.digits.iter().zip(&ways);
        let open = || each().filter(|(digit, way)| digit.ways == **way).map(|(digit, _)| digit);
        let here = match open().next() {
            None => criteria.at(layout.place(each().map(|(digit, way)| (digit.fact, *way)))),
            Some(digit) => {
                let each = (0..digit.ways).filter_map(|way| known.get(digit.after(state, way)).copied());
                each.reduce(Known::both).unwrap_or_default()
            }
        };
        let is_determined = criteria.determine(here).is_some();
        let mut useful = 0;
        for digit in open() {
            for after in (0..digit.ways).map(|way| digit.after(state, way)) {
                useful |= states.useful.get(after).copied().unwrap_or(0);
                if !is_determined && determined.get(after) == Some(&true) {
                    useful |= digit.bit;
                }
            }
        }
        for (way, digit) in ways.iter_mut().zip(&states.digits) {
            *way = if *way == digit.ways { 0 } else { *way + 1 };
            if *way > 0 {
                break;
            }
        }
        states.useful.push(useful);
        known.push(here);
        determined.push(is_determined);
        let settled = Expected { burden: 0.0, screens: 0.0, open: if is_determined { 0.0 } else { 1.0 } };
        states.expected.push((useful == 0).then_some(settled));
    }
    let (screen, expected) = states.best(total - 1)?;
    let concerned = states.concerned(total - 1);
    let items = states.screens.get(screen)?.iter().map(|(item, ..)| *item);
    let items = items.filter(|item| concerned.as_ref().is_none_or(|concerned| concerned.contains(item))).collect();
    Some(First { items, screens: expected.screens, open: expected.open })
}

/// The criteria that are known to hold, and those that are known not to, one bit each.
#[derive(Clone, Copy, Default)]
struct Known {
    holds: u64,
    fails: u64,
}

impl Known {
    fn both(self, other: Known) -> Known {
        Known { holds: self.holds & other.holds, fails: self.fails & other.fails }
    }
}

/// How the criteria make the determination.
struct Criteria {
    tables: Vec<Table>,
    /// Each of these must hold.
    must: u64,
    /// Of each of these lists, one entry must hold whole; none can where one stays undetermined.
    one_of: Vec<(Vec<u64>, bool)>,
    /// Nobody is eligible.
    closed: bool,
}

impl Criteria {
    /// `None` where there are more than 64.
    fn of(inquiry: &Inquiry<'_>, layout: &Layout<'_, '_>) -> Option<Criteria> {
        if inquiry.criteria.len() > 64 {
            return None;
        }
        let tables = (0..inquiry.criteria.len()).map(|number| layout.of_criterion(number)).collect();
        let mut criteria = Criteria { tables, must: 0, one_of: Vec::new(), closed: false };
        for part in &inquiry.parts {
            match part {
                Part::Criterion(number) => criteria.must |= 1 << number,
                Part::Cohorts { each, undetermined, .. } => {
                    let all = |cohort: &Vec<usize>| cohort.iter().fold(0, |all, number| all | 1 << number);
                    criteria.one_of.push((each.iter().map(all).collect(), *undetermined));
                }
                Part::Unknown => criteria.closed = true,
            }
        }
        Some(criteria)
    }

    /// What is known where every fact is.
    fn at(&self, place: usize) -> Known {
        let mut known = Known::default();
        for (number, table) in self.tables.iter().enumerate() {
            match table.at(place) {
                Some(true) => known.holds |= 1 << number,
                Some(false) => known.fails |= 1 << number,
                None => {}
            }
        }
        known
    }

    /// The determination, where it is known.
    fn determine(&self, known: Known) -> Option<bool> {
        let out =
            |(each, undetermined): &(Vec<u64>, bool)| !undetermined && each.iter().all(|all| known.fails & all != 0);
        if known.fails & self.must != 0 || self.one_of.iter().any(out) {
            return Some(false);
        }
        let in_one = |(each, _): &(Vec<u64>, bool)| each.iter().any(|all| known.holds & all == *all);
        let all = known.holds & self.must == self.must && self.one_of.iter().all(in_one);
        (all && !self.closed).then_some(true)
    }
}

impl Digit {
    fn way(self, state: usize) -> usize {
        state / self.value % (self.ways + 1)
    }

    fn is_open(self, state: usize) -> bool {
        self.way(state) == self.ways
    }

    /// The state after an answer, from one where it is open.
    fn after(self, state: usize, way: usize) -> usize {
        state - (self.ways - way) * self.value
    }
}

impl States<'_, '_, '_> {
    /// The items that concern the person; `None` where all do.
    fn concerned(&self, state: usize) -> Option<Vec<usize>> {
        if !self.guarded {
            return None;
        }
        let inquiry = self.order.inquiry;
        let mut ways = inquiry.every_way();
        for digit in self.digits.iter().filter(|digit| !digit.is_open(state)) {
            ways.get_mut(digit.fact).into_iter().for_each(|ways| *ways = 1 << digit.way(state));
        }
        let items = || self.screens.iter().flatten().filter(|(.., digits)| self.is_useful(state, digits));
        let open = |item: usize| items().any(|(other, ..)| *other == item);
        let concerned: Vec<usize> =
            items().map(|(item, ..)| *item).filter(|item| inquiry.concerns(*item, &ways, &open)).collect();
        (!concerned.is_empty()).then_some(concerned)
    }

    fn is_useful(&self, state: usize, digits: &[Digit]) -> bool {
        let useful = self.useful.get(state).copied().unwrap_or(0);
        digits.iter().any(|digit| digit.is_open(state) && useful & digit.bit != 0)
    }

    /// The screen to ask next, and what is to be expected then.
    fn best(&mut self, state: usize) -> Option<(usize, Expected)> {
        let concerned = self.concerned(state);
        let mut best: Option<(usize, Expected)> = None;
        let mut facts: Vec<Digit> = Vec::new();
        for number in 0..self.screens.len() {
            facts.clear();
            let screen = self.screens.get(number).into_iter().flatten();
            let asked = screen.filter_map(|(item, burden, digits)| {
                let before = facts.len();
                let concerns = concerned.as_ref().is_none_or(|concerned| concerned.contains(item));
                if concerns && self.is_useful(state, digits) {
                    facts.extend(digits.iter().filter(|digit| digit.is_open(state)));
                }
                (facts.len() > before).then_some(*burden)
            });
            let burden = together(asked);
            if facts.is_empty() {
                continue;
            }
            let then = self.expected(state, &facts);
            let all = Expected { burden: burden + then.burden, screens: 1.0 + then.screens, open: then.open };
            // what is equal but for rounding keeps the order of the protocol
            if best.is_none_or(|(_, least)| all.burden < least.burden * (1.0 - 1e-9)) {
                best = Some((number, all));
            }
        }
        best
    }

    /// What is to be expected once these open facts are answered. Each answer leaves fewer open, which bounds the depth.
    fn expected(&mut self, state: usize, facts: &[Digit]) -> Expected {
        let Some((digit, rest)) = facts.split_first() else {
            if let Some(known) = self.expected.get(state).copied().flatten() {
                return known;
            }
            let found = self.best(state).map(|(_, expected)| expected).unwrap_or_default();
            self.expected.get_mut(state).into_iter().for_each(|slot| *slot = Some(found));
            return found;
        };
        let inquiry = self.order.inquiry;
        let chances = inquiry.facts.get(digit.fact).map_or(&[][..], |fact| &fact.chances);
        let mut all = Expected::default();
        for (way, chance) in chances.iter().enumerate() {
            let then = self.expected(digit.after(state, way), rest);
            all.burden += chance * then.burden;
            all.screens += chance * then.screens;
            all.open += chance * then.open;
        }
        all
    }
}
