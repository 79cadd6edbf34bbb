//! Which screen first: the one after which the least burden is expected in all.
//!
//! Model: answers are independent; `failing` of a hundred speak against the person in most places where the fact
//! stands. The burden counts until the determination is known or nothing that can be asked could change it.
//!
//! With few open facts every order is tried ([`super::exact`]). With more, each screen is tried as the first, and what
//! would follow is estimated: whether all of several conditions hold is found out cheapest in the order of burden over
//! chance of failing, whether one of several holds in the order of burden over chance of holding, within each condition
//! in the same way; what was asked for one condition costs nothing for the next.

use super::ask::together;
use super::exact;
use super::inquiry::{Inquiry, Node, Part};
use super::prospect::Prospect;
use super::useful::Useful;
use crate::sort;

/// Ways of a screen's answers that are told apart; beyond so many, its further items count as asked and still open.
const MOST_BRANCHES: usize = 16;

/// So many screens are tried as the first, those that are the likeliest to come up at all.
const MOST_TRIED: usize = 8;

/// With more places in the trees than these, the screens come in the order of the protocol.
const MOST_PLACES: usize = 10_000;

/// What to ask first.
pub(super) struct First {
    /// The items of one screen.
    pub(super) items: Vec<usize>,
    /// So many screens are to be expected, this one included.
    pub(super) screens: f64,
    /// The chance that it stays undetermined.
    pub(super) open: f64,
}

/// The open questions of one trial, to be put in order.
pub(super) struct Order<'i, 't> {
    pub(super) inquiry: &'i Inquiry<'t>,
    pub(super) useful: &'i Useful,
    /// The useful items of each screen, in the order of the protocol.
    pub(super) screens: Vec<Vec<usize>>,
    /// For each item its screen.
    screen: Vec<usize>,
    /// Trees that must all hold; those that hang on one fact each and share a screen stand together.
    pub(super) blocks: Vec<Vec<usize>>,
    /// The screens of each block, one bit each; beyond 64 they share.
    touched: Vec<u64>,
    /// For each fact the ways that fail no block at once.
    pub(super) must: Vec<u64>,
}

/// What is known at some time of asking.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// The ways in which each fact can still turn out, one bit each.
    pub(super) ways: Vec<u64>,
    /// The items that were asked.
    pub(super) asked: Vec<bool>,
    /// How surely each screen has been asked.
    pub(super) paid: Vec<f64>,
    /// What becomes of each block.
    prospects: Vec<Prospect>,
}

impl<'i, 't> Order<'i, 't> {
    pub(super) fn of(inquiry: &'i Inquiry<'t>, useful: &'i Useful) -> Order<'i, 't> {
        let mut lists: Vec<Option<&str>> = Vec::new();
        let mut screens: Vec<Vec<usize>> = Vec::new();
        let mut screen = Vec::with_capacity(inquiry.items.len());
        for (item, asked) in inquiry.items.iter().enumerate() {
            let list = asked.question.checklist.as_deref();
            let at = lists.iter().position(|other| list.is_some() && *other == list).unwrap_or_else(|| {
                lists.push(list);
                screens.push(Vec::new());
                screens.len() - 1
            });
            screen.push(at);
            if useful.items.get(item) == Some(&true) {
                screens.get_mut(at).into_iter().for_each(|items| items.push(item));
            }
        }
        let mut order =
            Order { inquiry, useful, screens, screen, blocks: Vec::new(), touched: Vec::new(), must: Vec::new() };
        for part in &inquiry.parts {
            match part {
                Part::Criterion(number) => {
                    inquiry.criteria.get(*number).into_iter().for_each(|(_, node)| order.add(*node));
                }
                Part::Cohorts { node, .. } => order.add(*node),
                Part::Unknown => {}
            }
        }
        order.touched =
            order.blocks.iter().map(|block| block.iter().fold(0, |all, node| all | order.touches(*node))).collect();
        order.must = vec![u64::MAX; inquiry.facts.len()];
        for node in order.blocks.iter().flatten() {
            if let Some(Node::Fact { fact, good }) = inquiry.nodes.get(*node) {
                order.must.get_mut(*fact).into_iter().for_each(|must| *must &= good);
            }
        }
        order
    }

    /// What must hold, taken apart as far as all parts of it must.
    fn add(&mut self, node: usize) {
        match self.inquiry.nodes.get(node) {
            Some(Node::Group { count, parts, in_order: false }) if *count == parts.len() => {
                parts.iter().for_each(|part| self.add(*part));
            }
            Some(Node::Fact { fact, .. }) => {
                let own = self.screen_of(*fact);
                let same = |block: &Vec<usize>| block.first().is_some_and(|first| self.screen_at(*first) == own);
                let found = own.and_then(|_| self.blocks.iter().position(same));
                match found.and_then(|at| self.blocks.get_mut(at)) {
                    Some(block) => block.push(node),
                    None => self.blocks.push(vec![node]),
                }
            }
            Some(Node::Group { .. } | Node::Known(_) | Node::Unknown) | None => self.blocks.push(vec![node]),
        }
    }

    /// The screen that asks for a fact, where that is useful.
    pub(super) fn screen_of(&self, fact: usize) -> Option<usize> {
        let item = self.inquiry.facts.get(fact)?.item?;
        let useful = self.useful.items.get(item) == Some(&true);
        self.screen.get(item).copied().filter(|_| useful)
    }

    /// The same for a place that hangs on one fact.
    pub(super) fn screen_at(&self, node: usize) -> Option<usize> {
        match self.inquiry.nodes.get(node)? {
            Node::Fact { fact, .. } => self.screen_of(*fact),
            Node::Group { .. } | Node::Known(_) | Node::Unknown => None,
        }
    }

    fn touches(&self, node: usize) -> u64 {
        match self.inquiry.nodes.get(node) {
            Some(Node::Fact { fact, .. }) => self.screen_of(*fact).map_or(0, |screen| 1 << (screen & 63)),
            Some(Node::Group { parts, .. }) => parts.iter().fold(0, |all, part| all | self.touches(*part)),
            Some(Node::Known(_) | Node::Unknown) | None => 0,
        }
    }

    /// Nothing asked yet.
    fn start(&self) -> World {
        let mut world = World {
            ways: self.inquiry.every_way(),
            asked: vec![false; self.inquiry.items.len()],
            paid: vec![0.0; self.screens.len()],
            prospects: Vec::new(),
        };
        world.prospects = self.blocks.iter().map(|block| self.block(block, &world)).collect();
        world
    }

    /// The screens that can come next, each with its items.
    pub(super) fn next(&self, ways: &[u64], asked: &dyn Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let open = |item: usize| self.useful.items.get(item) == Some(&true) && !asked(item);
        let next = |only_who_is_concerned: bool| -> Vec<Vec<usize>> {
            let items = |screen: &Vec<usize>| -> Vec<usize> {
                let concerned = |item: &usize| !only_who_is_concerned || self.inquiry.concerns(*item, ways, &open);
                screen.iter().copied().filter(|item| !asked(*item)).filter(concerned).collect()
            };
            self.screens.iter().map(items).filter(|items| !items.is_empty()).collect()
        };
        let found = next(true);
        if found.is_empty() { next(false) } else { found }
    }

    pub(super) fn burden(&self, items: &[usize]) -> f64 {
        together(items.iter().filter_map(|item| self.inquiry.items.get(*item)).map(|item| item.burden))
    }

    /// The chance that a fact fails no block at once.
    pub(super) fn passes(&self, fact: usize) -> f64 {
        let must = self.must.get(fact).copied().unwrap_or(u64::MAX);
        let chances = self.inquiry.facts.get(fact).map_or(&[][..], |fact| &fact.chances);
        chances.iter().enumerate().filter(|(way, _)| must >> way & 1 == 1).map(|(_, chance)| chance).sum()
    }

    /// What to ask first.
    pub(super) fn first(&self) -> Option<First> {
        exact::first(self).or_else(|| {
            let world = self.start();
            let (chances, open) = self.chances(&world);
            let mut next = self.next(&world.ways, &|_| false);
            if self.size() > MOST_PLACES {
                next.truncate(1);
            }
            if next.len() > MOST_TRIED {
                let chance = |items: &Vec<usize>| {
                    let screen = items.first().and_then(|first| self.screen.get(*first));
                    screen.and_then(|screen| chances.get(*screen)).copied().unwrap_or(0.0)
                };
                let mut likely: Vec<f64> = next.iter().map(chance).collect();
                sort::by(&mut likely, |a, b| b.total_cmp(a));
                let least = likely.get(MOST_TRIED - 1).copied().unwrap_or(0.0);
                next.retain(|items| chance(items) >= least);
            }
            let each = next.into_iter().take(2 * MOST_TRIED).map(|items| (self.after(&world, &items), items));
            // what is equal but for rounding keeps the order of the protocol
            let least = each.reduce(|least, next| if next.0 < least.0 * (1.0 - 1e-9) { next } else { least });
            least.map(|(_, items)| First { items, screens: chances.iter().sum(), open })
        })
    }

    /// So many places the trees have in all.
    fn size(&self) -> usize {
        let parts = self.inquiry.nodes.iter().map(|node| match node {
            Node::Group { parts, .. } => parts.len(),
            Node::Known(_) | Node::Unknown | Node::Fact { .. } => 0,
        });
        parts.sum()
    }

    /// The chance of each screen that it comes up, where everything is asked in the estimated order, and the chance that
    /// it stays undetermined.
    fn chances(&self, world: &World) -> (Vec<f64>, f64) {
        let mut chances = vec![0.0; self.screens.len()];
        let (mut before, mut open) = (world.paid.clone(), 1.0);
        self.follow(world.clone(), &mut |world, comes, alive| {
            open = alive;
            for ((chance, before), paid) in chances.iter_mut().zip(&mut before).zip(&world.paid) {
                *chance += comes * (paid - *before);
                *before = *paid;
            }
        });
        (chances, open)
    }

    /// The share of the burden to be expected that is gone once these items are answered.
    pub(super) fn share(&self, items: &[usize]) -> f64 {
        let world = self.start();
        let all = self.left(world.clone());
        if items.is_empty() || all <= 0.0 {
            return 0.0;
        }
        (1.0 - (self.after(&world, items) - self.burden(items)) / all).max(0.0)
    }

    /// The burden to be expected in all where these items of one screen are asked first.
    fn after(&self, world: &World, items: &[usize]) -> f64 {
        let mut world = world.clone();
        let mut facts: Vec<usize> = Vec::new();
        let mut touched = 0;
        for item in items {
            world.asked.get_mut(*item).into_iter().for_each(|asked| *asked = true);
            facts.extend(self.inquiry.items.get(*item).into_iter().flat_map(|item| &item.facts));
            touched |= self.screen.get(*item).map_or(0, |screen| 1 << (screen & 63));
        }
        self.burden(items) + self.expected(&mut world, &facts, touched, 1)
    }

    /// The burden to be expected once these facts are answered.
    fn expected(&self, world: &mut World, facts: &[usize], touched: u64, branches: usize) -> f64 {
        let Some((fact, rest)) = facts.split_first() else {
            let mut world = world.clone();
            self.look_again(&mut world, touched);
            return self.left(world);
        };
        let (Some(before), Some(open)) = (world.ways.get(*fact).copied(), self.inquiry.facts.get(*fact)) else {
            return 0.0;
        };
        let branches = branches * before.count_ones() as usize;
        if branches > MOST_BRANCHES {
            return self.expected(world, rest, touched, branches);
        }
        let must = self.must.get(*fact).copied().unwrap_or(u64::MAX);
        let mut burden = 0.0;
        for (way, chance) in open.chances.iter().enumerate() {
            // where one that must hold does not, it is determined
            if before & must >> way & 1 == 1 {
                world.ways.get_mut(*fact).into_iter().for_each(|ways| *ways = 1 << way);
                burden += chance * self.expected(world, rest, touched, branches);
            }
        }
        world.ways.get_mut(*fact).into_iter().for_each(|ways| *ways = before);
        burden
    }

    /// Looks again at the blocks that these screens touch and that are open.
    fn look_again(&self, world: &mut World, touched: u64) {
        let mut prospects = std::mem::take(&mut world.prospects);
        for ((prospect, own), block) in prospects.iter_mut().zip(&self.touched).zip(&self.blocks) {
            if own & touched != 0 && prospect.is_open() {
                *prospect = self.block(block, world);
            }
        }
        world.prospects = prospects;
    }

    /// The burden to be expected from here.
    fn left(&self, world: World) -> f64 {
        self.follow(world, &mut |_, _, _| {})
    }

    /// The same; calls `look` after each block with what is known then, the chance that the block comes up and that it
    /// is not the last.
    fn follow(&self, mut world: World, look: &mut dyn FnMut(&World, f64, f64)) -> f64 {
        if world.prospects.iter().any(|prospect| prospect.fails >= 1.0 && prospect.burden == 0.0) {
            return 0.0;
        }
        let (mut left, mut alive) = (0.0, 1.0);
        loop {
            let open = world.prospects.iter().enumerate().filter(|(_, prospect)| prospect.is_open());
            let cost = |prospect: &Prospect| prospect.burden / prospect.fails.max(1e-9);
            let next = open.map(|(at, prospect)| (at, cost(prospect))).min_by(|(_, a), (_, b)| a.total_cmp(b));
            let Some((at, block)) = next.and_then(|(at, _)| Some((at, self.blocks.get(at)?))) else { return left };
            let comes = alive;
            if let Some(prospect) = world.prospects.get_mut(at) {
                left += alive * prospect.burden;
                alive *= 1.0 - prospect.fails;
                *prospect = Prospect::OPEN;
            }
            self.pass(block, &mut world);
            look(&world, comes, alive);
            if alive < 1e-9 {
                return left;
            }
            self.look_again(&mut world, self.touched.get(at).copied().unwrap_or(0));
        }
    }

    /// A block has been settled and did not fail.
    fn pass(&self, block: &[usize], world: &mut World) {
        for node in block {
            self.pay(*node, 1.0, world);
            if let Some(Node::Fact { fact, good }) = self.inquiry.nodes.get(*node) {
                // a fact that stays open for good tells nothing
                let asked = self.screen_of(*fact).is_some();
                world
                    .ways
                    .get_mut(*fact)
                    .filter(|ways| asked && **ways & good != 0)
                    .into_iter()
                    .for_each(|ways| *ways &= good);
            }
        }
    }

    /// Counts the screens under a place as asked, as surely as it comes up.
    fn pay(&self, node: usize, reach: f64, world: &mut World) {
        match self.inquiry.nodes.get(node) {
            Some(Node::Fact { fact, .. }) => {
                if let Some(paid) = self.screen_of(*fact).and_then(|screen| world.paid.get_mut(screen)) {
                    *paid += (1.0 - *paid) * reach;
                }
            }
            Some(Node::Group { count, parts, in_order }) => {
                let mut reached: Vec<(usize, f64)> = Vec::new();
                if let Ok(sequence) = self.sequence(*count, parts, *in_order, world) {
                    sequence.run(&mut |step, chance| reached.push((step.node, chance)));
                }
                for (part, chance) in reached {
                    self.pay(part, reach * chance, world);
                }
            }
            Some(Node::Known(_) | Node::Unknown) | None => {}
        }
    }
}
