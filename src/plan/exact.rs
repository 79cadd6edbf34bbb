//! The best first screen, by trying every order: where few states of knowledge can come up.
//!
//! Two states are the same where the same is left to be found out: what is under a condition that is known does not
//! count any more. Screens that ask only for what must hold, each for itself, come in the order of burden over chance of
//! failing, whatever else is open; of these, only the next is tried.

use std::collections::BTreeMap;

use super::ask::together;
use super::inquiry::{Inquiry, Node, Part};
use super::order::{First, Order};
use super::table::{Layout, Table};

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

/// What is known of a place, or what could still be found out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Holds,
    Fails,
    Open { may_hold: bool, may_fail: bool },
}

/// What is wanted of a place: whether it holds, whether it fails, and whether it is known to concern the person.
#[derive(Clone, Copy)]
struct Wanted {
    hold: bool,
    fail: bool,
    reached: bool,
}

/// What is left to be found out in one state. Facts are one bit each.
#[derive(Clone, Copy)]
struct Left {
    /// The facts that could still matter.
    facts: u64,
    /// Those of them of which it is known that they concern the person, or nothing more can be asked about that.
    reached: u64,
    /// Tells apart what is left.
    key: u128,
}

/// Something that must hold.
struct Root {
    place: usize,
    /// The facts under it, one bit each.
    facts: u64,
    /// The bits that tell apart what is left of it.
    bits: u32,
    /// What is left of it.
    left: Left,
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
    /// What must hold.
    roots: Vec<Root>,
    /// All of it could still hold together.
    eligible: bool,
    /// Nobody is eligible.
    closed: bool,
    /// Criteria in which a fact stands twice, as they are judged.
    repeated: Vec<Judged<'i, 't>>,
    /// All of them together, where facts stand in several places.
    whole: Option<(Layout<'i, 't>, Table)>,
    /// No fact speaks for the person in one place and against in another: then one criterion fails in every way in which
    /// all of them together do.
    one_way: bool,
    screens: Vec<Vec<Item>>,
    /// Facts that concern everybody in a criterion that is left aside.
    aside: u64,
    /// The screens that ask only for what must hold, each for itself, from the cheapest for its chance of failing.
    lone: Vec<usize>,
    /// The ways in which each fact can still turn out.
    ways: Vec<u64>,
    /// What is known of each place.
    standings: Vec<Standing>,
    /// For each fact the places that hang on it, the parts of a group before it.
    places: Vec<Vec<usize>>,
    /// The facts that are asked for, one bit each.
    asked: u64,
    /// What is to be expected by what is left.
    known: BTreeMap<u128, Expected>,
}

/// A criterion as it is judged, with what agrees in every way.
struct Judged<'i, 't> {
    node: usize,
    layout: Layout<'i, 't>,
    table: Table,
}

/// What to ask first; `None` where there is too much to try.
pub(super) fn first(order: &Order<'_, '_>) -> Option<First> {
    let mut search = Search::of(order)?;
    let left = search.left()?;
    let (screen, expected) = search.best(left)?;
    let items = search.next(screen, left).map(|item| item.number).collect();
    (search.known.len() <= MOST_STATES).then_some(First { items, screens: expected.screens, open: expected.open })
}

impl<'o, 'i, 't> Search<'o, 'i, 't> {
    /// `None` where too much could come up.
    fn of(order: &'o Order<'i, 't>) -> Option<Search<'o, 'i, 't>> {
        let inquiry = order.inquiry;
        let place = |part: &Part| match part {
            Part::Criterion(number) => inquiry.criteria.get(*number).map(|(_, node)| *node),
            Part::Cohorts { node, .. } => Some(*node),
            Part::Unknown => None,
        };
        let root = |place: usize| {
            let bits = 1 + bits(inquiry, place);
            Root { place, facts: 0, bits, left: Left { facts: 0, reached: 0, key: 1 } }
        };
        if order.screens.iter().map(Vec::len).sum::<usize>() > MOST_OPEN {
            return None;
        }
        let roots: Vec<Root> = inquiry.parts.iter().filter_map(place).map(root).collect();
        if inquiry.facts.len() > 64 || roots.iter().map(|root| root.bits).sum::<u32>() >= u128::BITS {
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
        let mut lone: Vec<(usize, f64)> = Vec::new();
        for (screen, items) in order.screens.iter().enumerate().filter(|(_, items)| !items.is_empty()) {
            let facts = || items.iter().filter_map(|item| inquiry.items.get(*item)).flat_map(|item| &item.facts);
            if facts().all(is_lone) {
                let passes: f64 = facts().map(|fact| order.passes(*fact)).product();
                lone.push((screen, order.burden(items) / (1.0 - passes).max(1e-9)));
            }
        }
        lone.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        let lone: Vec<usize> = lone.into_iter().map(|(screen, _)| screen).collect();
        // so many of these are settled; each of the others is in any state or settled
        let others = |place: &&usize| order.screen_at(**place).is_none_or(|screen| !lone.contains(&screen));
        let mut counted = 1 + lone.len();
        for place in places.iter().filter(others) {
            counted = counted.saturating_mul(states(inquiry, *place).saturating_add(1));
        }
        let open = screens.iter().enumerate().filter(|(screen, _)| !lone.contains(screen)).flat_map(|(_, items)| items);
        let open = open.map(|item| item.facts.count_ones()).sum();
        if counted.min(3_usize.saturating_pow(open).saturating_mul(1 + lone.len())) > MOST_COUNTED {
            return None;
        }
        let is_aside = |number: &usize| {
            !inquiry.parts.iter().any(|part| match part {
                Part::Criterion(other) => number == other,
                Part::Cohorts { each, .. } => each.iter().flatten().any(|other| number == other),
                Part::Unknown => false,
            })
        };
        let aside = inquiry.criteria.iter().enumerate().filter(|(number, _)| is_aside(number));
        let aside = aside.fold(0, |all, (_, (_, node))| all | unguarded(inquiry, *node));
        let mut repeated = Vec::new();
        for (number, (_, node)) in inquiry.criteria.iter().enumerate() {
            let facts = inquiry.facts.iter().enumerate().filter(|(_, fact)| fact.criteria.contains(&number));
            if facts.clone().any(|(_, fact)| fact.guards.len() > fact.criteria.len()) {
                let layout = Layout::of(inquiry, facts.filter(|(_, fact)| fact.item.is_some()).map(|(at, _)| at))?;
                let table = layout.of_criterion(number);
                repeated.push(Judged { node: *node, layout, table });
            }
        }
        let mut whole = None;
        if inquiry.facts.iter().any(|fact| fact.guards.len() > 1) {
            let is_asked = |fact: &usize| order.screen_of(*fact).is_some();
            let layout = Layout::of(inquiry, (0..inquiry.facts.len()).filter(is_asked));
            whole = layout.map(|layout| {
                let table = layout.of_all(inquiry.parts.iter(), &|number| layout.of_criterion(number));
                (layout, table)
            });
        }
        let asked = (0..inquiry.facts.len()).filter(|fact| order.screen_of(*fact).is_some());
        let mut search = Search {
            order,
            roots,
            eligible: order.useful.eligible,
            closed: inquiry.parts.iter().any(|part| matches!(part, Part::Unknown)),
            repeated,
            whole,
            one_way: lean_one_way(inquiry),
            screens,
            aside,
            lone,
            ways: inquiry.every_way(),
            standings: Vec::with_capacity(inquiry.nodes.len()),
            places: vec![Vec::new(); inquiry.facts.len()],
            asked: asked.fold(0, |all, fact| all | 1 << fact),
            known: BTreeMap::new(),
        };
        // INVARIANT: the parts of a group come before it
        let mut under: Vec<u64> = Vec::with_capacity(inquiry.nodes.len());
        for (place, node) in inquiry.nodes.iter().enumerate() {
            let facts = match node {
                Node::Fact { fact, .. } => 1 << fact,
                Node::Group { parts, .. } => {
                    parts.iter().filter_map(|part| under.get(*part)).fold(0, |all, own| all | own)
                }
                Node::Known(_) | Node::Unknown => 0,
            };
            under.push(facts);
            let own = search.places.iter_mut().enumerate().filter(|(fact, _)| facts >> fact & 1 == 1);
            own.for_each(|(_, places)| places.push(place));
            let standing = search.standing(place);
            search.standings.push(standing);
        }
        for root in &mut search.roots {
            root.facts = under.get(root.place).copied().unwrap_or(0);
        }
        search.look_at(u64::MAX);
        Some(search)
    }

    /// Works out what is known of a place, once that is known of its parts.
    fn standing(&self, place: usize) -> Standing {
        let standing = match self.order.inquiry.nodes.get(place) {
            Some(Node::Known(true)) => Standing::Holds,
            Some(Node::Known(false)) => Standing::Fails,
            Some(Node::Unknown) | None => Standing::Open { may_hold: false, may_fail: false },
            Some(Node::Fact { fact, good }) => match self.ways.get(*fact).copied().unwrap_or(0) {
                ways if ways & !good == 0 => Standing::Holds,
                ways if ways & good == 0 => Standing::Fails,
                _ => {
                    let asked = self.asked >> fact & 1 == 1;
                    Standing::Open { may_hold: asked, may_fail: asked }
                }
            },
            Some(Node::Group { count, parts, .. }) => {
                let Sum { holds, fails, may_hold, may_fail } = self.sum(parts);
                let against = parts.len() + 1 - count.min(&parts.len());
                match () {
                    () if holds >= *count => Standing::Holds,
                    () if fails >= against => Standing::Fails,
                    () => {
                        Standing::Open { may_hold: holds + may_hold >= *count, may_fail: fails + may_fail >= against }
                    }
                }
            }
        };
        let Standing::Open { .. } = standing else { return standing };
        let judged = self.repeated.iter().find(|judged| judged.node == place);
        match judged.and_then(|judged| judged.layout.among(&judged.table, &self.ways)) {
            Some(true) => Standing::Holds,
            Some(false) => Standing::Fails,
            None => standing,
        }
    }

    /// Looks again at the places that hang on a fact.
    fn stand(&mut self, fact: usize) {
        for nth in 0..self.places.get(fact).map_or(0, Vec::len) {
            let Some(place) = self.places.get(fact).and_then(|places| places.get(nth)).copied() else { return };
            let standing = self.standing(place);
            self.standings.get_mut(place).into_iter().for_each(|slot| *slot = standing);
        }
        self.look_at(1 << fact);
    }

    /// Looks again at what must hold that hangs on one of these facts.
    fn look_at(&mut self, facts: u64) {
        let may_hold = |root: &Root| self.is(root, Standing::Holds) || self.may_hold(root.place);
        let whole = || self.whole.as_ref().is_none_or(|(layout, table)| layout.may_be_true(table, &self.ways));
        let eligible = self.order.useful.eligible && self.roots.iter().all(may_hold) && whole();
        let facts = if eligible == self.eligible { facts } else { u64::MAX };
        self.eligible = eligible;
        for nth in 0..self.roots.len() {
            let Some(root) = self.roots.get(nth).filter(|root| root.facts & facts != 0) else { continue };
            let mut left = Left { facts: 0, reached: 0, key: 1 };
            self.look(root.place, Wanted { hold: eligible, fail: true, reached: true }, &mut left);
            self.roots.get_mut(nth).into_iter().for_each(|root| root.left = left);
        }
    }

    fn is(&self, root: &Root, standing: Standing) -> bool {
        self.standings.get(root.place) == Some(&standing)
    }

    fn may_hold(&self, place: usize) -> bool {
        matches!(self.standings.get(place), Some(Standing::Open { may_hold: true, .. }))
    }

    fn sum(&self, parts: &[usize]) -> Sum {
        let mut sum = Sum { holds: 0, fails: 0, may_hold: 0, may_fail: 0 };
        for part in parts {
            match self.standings.get(*part) {
                Some(Standing::Holds) => sum.holds += 1,
                Some(Standing::Fails) => sum.fails += 1,
                Some(Standing::Open { may_hold, may_fail }) => {
                    sum.may_hold += usize::from(*may_hold);
                    sum.may_fail += usize::from(*may_fail);
                }
                None => {}
            }
        }
        sum
    }

    /// What is left to be found out; `None` where it is settled, or nothing could settle it any more.
    fn left(&self) -> Option<Left> {
        if self.roots.iter().any(|root| self.is(root, Standing::Fails)) {
            return None;
        }
        let mut left = Left { facts: 0, reached: 0, key: 0 };
        for root in &self.roots {
            left.facts |= root.left.facts;
            left.reached |= root.left.reached;
            left.key = left.key << root.bits | root.left.key;
        }
        if let Some((layout, table)) = self.whole.as_ref().filter(|_| self.one_way) {
            left.facts &= layout.decisive(table, &self.ways, self.eligible);
        }
        left.reached = (left.reached | self.aside) & left.facts;
        (left.facts != 0).then_some(left)
    }

    /// What matters under a place; whether anything does.
    fn look(&self, place: usize, wanted: Wanted, left: &mut Left) -> bool {
        let wanted = match self.standings.get(place) {
            Some(Standing::Open { may_hold, may_fail }) => {
                Wanted { hold: wanted.hold && *may_hold, fail: wanted.fail && *may_fail, ..wanted }
            }
            Some(Standing::Holds | Standing::Fails) | None => Wanted { hold: false, fail: false, ..wanted },
        };
        let matters = wanted.hold || wanted.fail;
        left.key = left.key << 1 | u128::from(matters);
        match self.order.inquiry.nodes.get(place).filter(|_| matters) {
            Some(Node::Fact { fact, .. }) => {
                left.facts |= 1 << fact;
                left.reached |= u64::from(wanted.reached) << fact;
            }
            Some(Node::Group { parts, in_order, .. }) => {
                let Sum { holds, fails, .. } = self.sum(parts);
                let width = width(parts.len());
                left.key = (left.key << width | holds as u128) << width | fails as u128;
                let mut wanted = wanted;
                for part in parts {
                    let open = self.look(*part, wanted, left);
                    wanted.reached &= !(*in_order && open);
                }
            }
            Some(Node::Known(_) | Node::Unknown) | None => {}
        }
        matters
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
        let Some(before) = self.ways.get(fact).copied() else { return self.state() };
        let order = self.order;
        let chances = order.inquiry.facts.get(fact).map_or(&[][..], |fact| &fact.chances);
        let must = order.must.get(fact).copied().unwrap_or(u64::MAX);
        let mut all = Expected::default();
        // where one that must hold does not, it is determined
        for (way, chance) in chances.iter().enumerate().filter(|(way, _)| must >> way & 1 == 1) {
            self.ways.get_mut(fact).into_iter().for_each(|ways| *ways = 1 << way);
            self.stand(fact);
            let then = self.expected(facts & (facts - 1));
            all.burden += chance * then.burden;
            all.screens += chance * then.screens;
            all.open += chance * then.open;
        }
        self.ways.get_mut(fact).into_iter().for_each(|ways| *ways = before);
        self.stand(fact);
        all
    }

    /// What is to be expected in a state.
    fn state(&mut self) -> Expected {
        let Some(left) = self.left() else {
            let eligible = !self.closed && self.roots.iter().all(|root| self.is(root, Standing::Holds));
            let determined = eligible || self.roots.iter().any(|root| self.is(root, Standing::Fails));
            return Expected { open: if determined { 0.0 } else { 1.0 }, ..Expected::default() };
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

/// How the parts of a group stand.
struct Sum {
    holds: usize,
    fails: usize,
    may_hold: usize,
    may_fail: usize,
}

/// The bits that a number up to this one takes.
fn width(most: usize) -> u32 {
    usize::BITS - most.leading_zeros()
}

/// The most bits that a place adds to the key.
fn bits(inquiry: &Inquiry<'_>, place: usize) -> u32 {
    match inquiry.nodes.get(place) {
        Some(Node::Group { parts, .. }) => {
            1 + 2 * width(parts.len()) + parts.iter().map(|part| bits(inquiry, *part)).sum::<u32>()
        }
        Some(Node::Known(_) | Node::Unknown | Node::Fact { .. }) | None => 1,
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

/// The facts under a place that concern everybody.
fn unguarded(inquiry: &Inquiry<'_>, place: usize) -> u64 {
    match inquiry.nodes.get(place) {
        Some(Node::Fact { fact, .. }) => 1 << fact,
        Some(Node::Group { parts, in_order, .. }) => {
            let free = if *in_order { 1 } else { parts.len() };
            parts.iter().take(free).fold(0, |all, part| all | unguarded(inquiry, *part))
        }
        Some(Node::Known(_) | Node::Unknown) | None => 0,
    }
}

/// The ways of each fact that are good in one place are good in another, or the other way round.
fn lean_one_way(inquiry: &Inquiry<'_>) -> bool {
    let mut each: Vec<Vec<u64>> = vec![Vec::new(); inquiry.facts.len()];
    for node in &inquiry.nodes {
        if let Node::Fact { fact, good } = node {
            each.get_mut(*fact).into_iter().for_each(|own| own.push(*good));
        }
    }
    let within = |a: &u64, b: &u64| a & !b == 0 || b & !a == 0;
    each.iter().all(|own| own.iter().all(|a| own.iter().all(|b| within(a, b))))
}
