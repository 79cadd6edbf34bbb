//! The best first screen, by trying every order: where few states of knowledge can come up.
//!
//! Two states are the same where the same is left to be found out ([`super::knowledge`]). Screens that ask only for what
//! must hold, each for itself, come in the order of burden over chance of failing, whatever else is open; of these, only
//! the next is tried.

use crate::sort;
use crate::sort::Sorted;

use super::ask::together;
use super::inquiry::{Inquiry, Node};
use super::knowledge::{Knowledge, Left};
use super::order::{First, Order};

/// With more open questions than these, no order is tried.
const MOST_OPEN: usize = 12;

/// With more states than these that could come up by a rough count, none is tried.
const MOST_COUNTED: usize = 1_000_000;

/// With more states than these that do come up, the search is given up.
const MOST_STATES: usize = 10_000;

/// What is to be expected until nothing can change any more.
#[derive(Clone, Copy, Default)]
struct Expected {
    burden: f64,
    screens: f64,
    /// The chance that it stays undetermined.
    open: f64,
}

/// A question as the search sees it.
#[derive(Clone, Copy)]
struct Item {
    number: usize,
    burden: f64,
    /// What it settles, one bit each.
    facts: u64,
}

/// Tries every order.
struct Search<'o, 'i, 't> {
    order: &'o Order<'i, 't>,
    knowledge: Knowledge<'i, 't>,
    screens: Vec<Vec<Item>>,
    /// The screens that ask only for what must hold, each for itself, from the cheapest for its chance of failing.
    lone: Vec<usize>,
    /// What is to be expected by what is left.
    known: Sorted<u128, Expected>,
}

/// What to ask first; `None` where there is too much to try.
pub(super) fn first(order: &Order<'_, '_>) -> Option<First> {
    let mut search = Search::of(order)?;
    let left = search.knowledge.left()?;
    let (screen, expected) = search.best(left)?;
    let items = search.next(screen, left).map(|item| item.number).collect();
    (search.known.len() <= MOST_STATES).then_some(First { items, screens: expected.screens, open: expected.open })
}

impl<'o, 'i, 't> Search<'o, 'i, 't> {
    /// `None` where too much could come up.
    fn of(order: &'o Order<'i, 't>) -> Option<Search<'o, 'i, 't>> {
        let inquiry = order.inquiry;
        if order.screens.iter().map(Vec::len).sum::<usize>() > MOST_OPEN {
            return None;
        }
        let places: Vec<usize> = order.blocks.iter().flatten().copied().collect();
        let mut alone = vec![0_usize; inquiry.facts.len()];
        for place in &places {
            if let Some(Node::Fact { fact, .. }) = inquiry.nodes.get(*place) {
                alone.get_mut(*fact).into_iter().for_each(|count| *count += 1);
            }
        }
        let is_lone = |fact: &usize| {
            let places = inquiry.facts.get(*fact).map(|fact| fact.guards.len());
            places == alone.get(*fact).copied()
        };
        let mut lone: Vec<(usize, f64)> = Vec::new();
        for (screen, items) in order.screens.iter().enumerate().filter(|(_, items)| !items.is_empty()) {
            let facts = || items.iter().filter_map(|item| inquiry.items.get(*item)).flat_map(|item| &item.facts);
            if facts().all(is_lone) {
                let passes: f64 = facts().map(|fact| order.passes(*fact)).product();
                lone.push((screen, order.burden(items) / (1.0 - passes).max(1e-9)));
            }
        }
        sort::by(&mut lone, |(_, a), (_, b)| a.total_cmp(b));
        let lone: Vec<usize> = lone.into_iter().map(|(screen, _)| screen).collect();
        // so many of these are settled; each of the others is in any state or settled
        let others = |place: &&usize| order.screen_at(**place).is_none_or(|screen| !lone.contains(&screen));
        let mut counted = 1 + lone.len();
        for place in places.iter().filter(others) {
            counted = counted.saturating_mul(states(inquiry, *place).saturating_add(1));
        }
        let others = order.screens.iter().enumerate().filter(|(screen, _)| !lone.contains(screen));
        let others = others.flat_map(|(_, items)| items).filter_map(|item| inquiry.items.get(*item));
        let open = others.map(|item| item.facts.len() as u32).sum();
        if counted.min(3_usize.saturating_pow(open).saturating_mul(1 + lone.len())) > MOST_COUNTED {
            return None;
        }
        // INVARIANT: no more facts than bits
        let knowledge = Knowledge::of(order)?;
        let item = |number: &usize| {
            let item = inquiry.items.get(*number)?;
            Some(Item {
                number: *number,
                burden: item.burden,
                facts: item.facts.iter().fold(0, |all, fact| all | 1 << fact),
            })
        };
        let screens: Vec<Vec<Item>> =
            order.screens.iter().map(|items| items.iter().filter_map(item).collect()).collect();
        Some(Search { order, knowledge, screens, lone, known: Sorted::default() })
    }

    /// What a screen would ask next.
    fn next(&self, screen: usize, left: Left) -> impl Iterator<Item = Item> + Clone + '_ {
        let could = if left.reached == 0 { left.facts } else { left.reached };
        self.screens.get(screen).into_iter().flatten().copied().filter(move |item| item.facts & could != 0)
    }

    /// The screen to ask next, and what is to be expected then.
    fn best(&mut self, left: Left) -> Option<(usize, Expected)> {
        let lone = self.lone.iter().copied().find(|screen| self.next(*screen, left).next().is_some());
        let mut best: Option<(usize, Expected)> = None;
        for screen in 0..self.screens.len() {
            if lone != Some(screen) && self.lone.contains(&screen) {
                continue;
            }
            let items = self.next(screen, left);
            let burden = together(items.clone().map(|item| item.burden));
            let facts = items.fold(0, |all, item| all | item.facts) & left.facts;
            if facts == 0 || best.is_some_and(|(_, least)| burden >= least.burden) {
                continue;
            }
            let then = self.expected(facts);
            let all = Expected { burden: burden + then.burden, screens: 1.0 + then.screens, open: then.open };
            // what is equal but for rounding keeps the order of the protocol
            if best.is_none_or(|(_, least)| all.burden < least.burden * (1.0 - 1e-9)) {
                best = Some((screen, all));
            }
        }
        best
    }

    /// What is to be expected once these facts are answered. Each answer leaves fewer open, which bounds the depth.
    fn expected(&mut self, facts: u64) -> Expected {
        let fact = facts.trailing_zeros() as usize;
        let Some(before) = self.knowledge.ways(fact) else { return self.state() };
        let order = self.order;
        let chances = order.inquiry.facts.get(fact).map_or(&[][..], |fact| &fact.chances);
        let must = order.must.get(fact).copied().unwrap_or(u64::MAX);
        let mut all = Expected::default();
        // where one that must hold does not, it is determined
        for (way, chance) in chances.iter().enumerate().filter(|(way, _)| must >> way & 1 == 1) {
            self.knowledge.learn(fact, 1 << way);
            let then = self.expected(facts & (facts - 1));
            all.burden += chance * then.burden;
            all.screens += chance * then.screens;
            all.open += chance * then.open;
        }
        self.knowledge.learn(fact, before);
        all
    }

    /// What is to be expected in a state.
    fn state(&mut self) -> Expected {
        let Some(left) = self.knowledge.left() else {
            let open = if self.knowledge.is_determined() { 0.0 } else { 1.0 };
            return Expected { open, ..Expected::default() };
        };
        if let Some(known) = self.known.get(&left.key) {
            return *known;
        }
        if self.known.len() > MOST_STATES {
            return Expected::default(); // given up
        }
        let found = self.best(left).map(|(_, expected)| expected).unwrap_or_default();
        self.known.insert(left.key, found);
        found
    }
}

/// In so many states at most a place can be open, what is known under it told apart.
fn states(inquiry: &Inquiry<'_>, place: usize) -> usize {
    match inquiry.nodes.get(place) {
        Some(Node::Group { count, parts, .. }) => {
            let each = |all: usize, part: &usize| all.saturating_mul(states(inquiry, *part).saturating_add(1));
            let shares = (*count).min((parts.len() + 1).saturating_sub(*count)).max(1);
            parts.iter().fold(shares, each)
        }
        Some(Node::Fact { .. }) => 1,
        Some(Node::Known(_) | Node::Unknown) | None => 0,
    }
}
