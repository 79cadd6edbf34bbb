//! What is known in one state of asking, and what is left to be found out.
//!
//! Two states are the same where the same is left: what is under a condition that is known does not count any more.

use super::inquiry::{Inquiry, Node, Part};
use super::order::Order;
use super::table::{Layout, Table};

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
pub(super) struct Left {
    /// The facts that could still matter.
    pub(super) facts: u64,
    /// Those of them of which it is known that they concern the person, or nothing more can be asked about that.
    pub(super) reached: u64,
    /// Tells apart what is left.
    pub(super) key: u128,
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

/// A criterion as it is judged, with what agrees in every way.
struct Judged<'i, 't> {
    node: usize,
    layout: Layout<'i, 't>,
    table: Table,
}

/// What is known so far.
pub(super) struct Knowledge<'i, 't> {
    inquiry: &'i Inquiry<'t>,
    /// What must hold.
    roots: Vec<Root>,
    /// All of it could hold together before anything is asked.
    could: bool,
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
    /// Facts that concern everybody in a criterion that is left aside.
    aside: u64,
    /// The facts that are asked for, one bit each.
    asked: u64,
    /// The ways in which each fact can still turn out.
    ways: Vec<u64>,
    /// What is known of each place.
    standings: Vec<Standing>,
    /// For each fact the places that hang on it, the parts of a group before it.
    places: Vec<Vec<usize>>,
}

impl<'i, 't> Knowledge<'i, 't> {
    /// Nothing asked yet; `None` where what is left could take too many bits to tell apart.
    pub(super) fn of(order: &Order<'i, 't>) -> Option<Knowledge<'i, 't>> {
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
        let roots: Vec<Root> = inquiry.parts.iter().filter_map(place).map(root).collect();
        if inquiry.facts.len() > 64 || roots.iter().map(|root| root.bits).sum::<u32>() >= u128::BITS {
            return None;
        }
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
        let is_aside = |number: &usize| {
            !inquiry.parts.iter().any(|part| match part {
                Part::Criterion(other) => number == other,
                Part::Cohorts { each, .. } => each.iter().flatten().any(|other| number == other),
                Part::Unknown => false,
            })
        };
        let aside = inquiry.criteria.iter().enumerate().filter(|(number, _)| is_aside(number));
        let aside = aside.fold(0, |all, (_, (_, node))| all | unguarded(inquiry, *node));
        let asked = (0..inquiry.facts.len()).filter(|fact| order.screen_of(*fact).is_some());
        let mut known = Knowledge {
            inquiry,
            roots,
            could: order.useful.eligible,
            eligible: order.useful.eligible,
            closed: inquiry.parts.iter().any(|part| matches!(part, Part::Unknown)),
            repeated,
            whole,
            one_way: lean_one_way(inquiry),
            aside,
            asked: asked.fold(0, |all, fact| all | 1 << fact),
            ways: inquiry.every_way(),
            standings: Vec::with_capacity(inquiry.nodes.len()),
            places: vec![Vec::new(); inquiry.facts.len()],
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
            let own = known.places.iter_mut().enumerate().filter(|(fact, _)| facts >> fact & 1 == 1);
            own.for_each(|(_, places)| places.push(place));
            let standing = known.standing(place);
            known.standings.push(standing);
        }
        for root in &mut known.roots {
            root.facts = under.get(root.place).copied().unwrap_or(0);
        }
        known.look_at(u64::MAX);
        Some(known)
    }

    /// Works out what is known of a place, once that is known of its parts.
    fn standing(&self, place: usize) -> Standing {
        let standing = match self.inquiry.nodes.get(place) {
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
        let may_hold = |root: &Root| {
            let standing = self.standings.get(root.place);
            matches!(standing, Some(Standing::Holds | Standing::Open { may_hold: true, .. }))
        };
        let whole = || self.whole.as_ref().is_none_or(|(layout, table)| layout.may_be_true(table, &self.ways));
        let eligible = self.could && self.roots.iter().all(may_hold) && whole();
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
    pub(super) fn left(&self) -> Option<Left> {
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
        match self.inquiry.nodes.get(place).filter(|_| matters) {
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

    /// The ways in which a fact can still turn out.
    pub(super) fn ways(&self, fact: usize) -> Option<u64> {
        self.ways.get(fact).copied()
    }

    /// It is known, or not any more, how a fact turns out.
    pub(super) fn learn(&mut self, fact: usize, ways: u64) {
        self.ways.get_mut(fact).into_iter().for_each(|slot| *slot = ways);
        self.stand(fact);
    }

    /// The determination is known.
    pub(super) fn is_determined(&self) -> bool {
        let eligible = !self.closed && self.roots.iter().all(|root| self.is(root, Standing::Holds));
        eligible || self.roots.iter().any(|root| self.is(root, Standing::Fails))
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
