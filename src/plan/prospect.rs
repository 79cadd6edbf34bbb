//! What becomes of a condition: the chances that it holds and fails, and the burden until that is known.

use super::ask::together;
use super::inquiry::Node;
use super::order::{Order, World};
use crate::sort;

/// What becomes of a tree: the chances that it turns out false and true, and the burden until then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prospect {
    pub(super) fails: f64,
    pub(super) holds: f64,
    pub(super) burden: f64,
}

impl Prospect {
    pub(super) const OPEN: Prospect = Prospect { fails: 0.0, holds: 0.0, burden: 0.0 };

    pub(super) fn known(holds: bool) -> Prospect {
        if holds { Prospect { holds: 1.0, ..Prospect::OPEN } } else { Prospect { fails: 1.0, ..Prospect::OPEN } }
    }

    /// Something is still to be found out.
    pub(super) fn is_open(self) -> bool {
        self.fails > 0.0 || self.burden > 0.0
    }

    fn is_known(self) -> bool {
        self.burden == 0.0 && (self.fails >= 1.0 || self.holds >= 1.0)
    }
}

/// The open parts of a group in the order of asking.
pub(super) struct Sequence {
    parts: Vec<Step>,
    /// So many parts that turn out as counted settle the group.
    needed: usize,
    /// The same for parts that turn out otherwise.
    otherwise: usize,
    /// The group could fail, and failing parts are counted; else those that do not hold.
    can_fail: bool,
}

pub(super) struct Step {
    pub(super) node: usize,
    /// The chance to turn out as counted.
    pub(super) counted: f64,
    pub(super) burden: f64,
}

impl Sequence {
    /// Calls `look` with each part and the chance that it comes up; the chance that the parts settle it as counted.
    pub(super) fn run(&self, look: &mut dyn FnMut(&Step, f64)) -> f64 {
        let mut settled = 0.0;
        // the chances of so many parts as counted, while it is not settled
        let mut chances = vec![0.0; self.needed];
        chances.first_mut().into_iter().for_each(|chance| *chance = 1.0);
        for (nth, step) in self.parts.iter().enumerate() {
            // with so many otherwise, it is settled the other way
            let fewest = (nth + 1).saturating_sub(self.otherwise);
            chances.iter_mut().take(fewest).for_each(|chance| *chance = 0.0);
            let alive: f64 = chances.iter().sum();
            if alive <= 0.0 {
                break;
            }
            look(step, alive);
            let mut moved = 0.0;
            for chance in &mut chances {
                let on = *chance * step.counted;
                *chance += moved - on;
                moved = on;
            }
            settled += moved;
        }
        settled
    }
}

impl Order<'_, '_> {
    pub(super) fn block(&self, block: &[usize], world: &World) -> Prospect {
        if let [node] = block {
            return self.prospect(*node, world);
        }
        // each hangs on one fact; the same one may stand there twice
        let mut all: Vec<(usize, u64)> = Vec::new();
        for node in block {
            if let Some(Node::Fact { fact, good }) = self.inquiry.nodes.get(*node) {
                match all.iter_mut().find(|(other, _)| other == fact) {
                    Some((_, both)) => *both &= good,
                    None => all.push((*fact, *good)),
                }
            }
        }
        let mut passes = 1.0;
        let mut burden = 0.0_f64;
        for (fact, good) in all {
            let open = world.ways.get(fact).is_some_and(|ways| ways.count_ones() > 1);
            // where no way of it fits all of its places, any answer fails
            let prospect = self.fact(fact, if good == 0 && open { 1 } else { good }, world);
            passes *= if good == 0 { 0.0 } else { 1.0 - prospect.fails };
            burden = burden.max(prospect.burden);
        }
        Prospect {
            fails: 1.0 - passes,
            holds: passes,
            burden: if passes < 1.0 || self.useful.eligible { burden } else { 0.0 },
        }
    }

    fn fact(&self, fact: usize, good: u64, world: &World) -> Prospect {
        let (Some(ways), Some(open)) = (world.ways.get(fact), self.inquiry.facts.get(fact)) else {
            return Prospect::OPEN;
        };
        if ways & !good == 0 || ways & good == 0 {
            return Prospect::known(ways & !good == 0);
        }
        let (Some(screen), Some(item)) = (self.screen_of(fact), open.item) else { return Prospect::OPEN };
        let (mut fails, mut total) = (0.0, 0.0);
        for (way, chance) in open.chances.iter().enumerate().filter(|(way, _)| ways >> way & 1 == 1) {
            total += chance;
            fails += if good >> way & 1 == 0 { *chance } else { 0.0 };
        }
        let fails = fails / total;
        let burden = if world.asked.get(item) == Some(&true) {
            0.0
        } else {
            let asked = |item: &&usize| world.asked.get(**item) != Some(&true);
            let items = self.screens.get(screen).into_iter().flatten().filter(asked);
            let all = together(items.filter_map(|item| self.inquiry.items.get(*item)).map(|item| item.burden));
            all * (1.0 - world.paid.get(screen).copied().unwrap_or(0.0))
        };
        Prospect { fails, holds: 1.0 - fails, burden }
    }

    fn prospect(&self, node: usize, world: &World) -> Prospect {
        match self.inquiry.nodes.get(node) {
            Some(Node::Known(value)) => Prospect::known(*value),
            Some(Node::Fact { fact, good }) => self.fact(*fact, *good, world),
            Some(Node::Group { count, parts, in_order }) => match self.sequence(*count, parts, *in_order, world) {
                Err(prospect) => prospect,
                Ok(sequence) => {
                    let mut burden = 0.0;
                    let mut seen: Vec<usize> = Vec::new();
                    let counted = sequence.run(&mut |step, chance| {
                        // a checklist is asked once
                        let screen = self.screen_at(step.node);
                        if !screen.is_some_and(|screen| seen.contains(&screen)) {
                            burden += chance * step.burden;
                            seen.extend(screen);
                        }
                    });
                    let fails = if sequence.can_fail { counted } else { 0.0 };
                    Prospect { fails, holds: 1.0 - counted, burden }
                }
            },
            Some(Node::Unknown) | None => Prospect::OPEN,
        }
    }

    /// The order in which the parts of a group are asked, or what becomes of it without asking.
    pub(super) fn sequence(
        &self,
        count: usize,
        parts: &[usize],
        in_order: bool,
        world: &World,
    ) -> Result<Sequence, Prospect> {
        let mut open: Vec<(usize, Prospect)> = Vec::with_capacity(parts.len());
        let mut count = count;
        for part in parts {
            let prospect = self.prospect(*part, world);
            if !prospect.is_known() {
                open.push((*part, prospect));
            } else if prospect.holds >= 1.0 {
                count = count.saturating_sub(1);
            }
        }
        if count == 0 || count > open.len() {
            return Err(Prospect::known(count == 0));
        }
        let needed = open.len() - count + 1;
        let can_fail = open.iter().filter(|(_, part)| part.fails > 0.0).count() >= needed;
        let can_hold = open.iter().filter(|(_, part)| part.holds > 0.0).count() >= count;
        if !(can_fail || can_hold && self.useful.eligible) {
            return Err(Prospect::OPEN);
        }
        let step = |(node, part): &(usize, Prospect)| {
            let counted = if can_fail { part.fails } else { 1.0 - part.holds };
            Step { node: *node, counted, burden: part.burden }
        };
        let mut steps: Vec<Step> = open.iter().map(step).collect();
        if !in_order {
            // all must hold: what fails easily first; one is enough: what holds easily first; between them, both count
            let most = (open.len() - 1).max(1) as f64;
            let weight = if open.len() > 1 { (count - 1) as f64 / most } else { 1.0 };
            let cost =
                |step: &Step| step.burden / (weight * step.counted + (1.0 - weight) * (1.0 - step.counted)).max(1e-9);
            sort::by(&mut steps, |a, b| cost(a).total_cmp(&cost(b)));
        }
        Ok(Sequence { parts: steps, needed, otherwise: count, can_fail })
    }
}
