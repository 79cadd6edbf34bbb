//! Which open leaf of a criterion to close first: the one whose closing decides most.
//!
//! The importance of a leaf is by how much the chance that the criterion's expression holds hangs on it, where every
//! other open leaf holds as often as not: P(holds | the leaf is true) − P(holds | the leaf is false), without its sign
//! (Birnbaum's importance). It is worked out along the tree where nothing is mentioned twice, and otherwise by counting
//! the ways in which what is open can turn out. Equals keep the order of the text.

use crate::evaluate::Scope;
use crate::evaluate::compiled::{Atom, Line, Node};
use crate::evaluate::complete;
use crate::evaluate::expression::Missing;
use crate::evaluate::result::AtomEvaluation;
use crate::truth::Truth;

/// The most open leaves that are ordered. INVARIANT: so many halves multiply without rounding.
const MOST: usize = 52;

/// The most combinations of ways that are counted; beyond, leaves that hang together are taken for independent.
const MOST_WAYS: usize = 256;

/// Puts what is open into the order in which closing it would decide most. `looked` are the leaves that were looked at.
pub(super) fn order<'a>(
    scope: &Scope<'a>,
    line: &'a Line,
    looked: &[AtomEvaluation],
    gaps: Vec<Missing<'a>>,
) -> Vec<Missing<'a>> {
    let twice =
        gaps.iter().enumerate().any(|(at, gap)| gaps.iter().take(at).any(|other| other.atom.slot == gap.atom.slot));
    if gaps.len() < 2 || gaps.len() > MOST || (is_flat(&line.node) && !twice) {
        return gaps;
    }
    let counted = if twice { counted(scope, &line.node, looked, &gaps) } else { None };
    let weights = counted.unwrap_or_else(|| weighed(&line.node, &mut looked.iter()).weights);
    let mut ordered: Vec<(f64, Missing<'a>)> = weights.into_iter().zip(gaps).collect();
    ordered.sort_by(|a, b| b.0.total_cmp(&a.0));
    ordered.into_iter().map(|(_, gap)| gap).collect()
}

/// All leaves stand beside each other: none decides more than another.
fn is_flat(node: &Node) -> bool {
    let leaf = |node: &Node| match node {
        Node::Atom(_) => true,
        Node::Not(part) => matches!(**part, Node::Atom(_)),
        Node::AtLeast { .. } | Node::When { .. } => false,
    };
    match node {
        Node::AtLeast { parts, .. } => parts.iter().all(leaf),
        Node::Not(_) | Node::When { .. } | Node::Atom(_) => leaf(node),
    }
}

/// A part with its chance to hold, and the importance of each of its open leaves; none where it is known.
struct Weighed {
    truth: Truth,
    chance: f64,
    weights: Vec<f64>,
}

impl Weighed {
    fn known(truth: Truth) -> Weighed {
        Weighed { truth, chance: if truth == Truth::True { 1.0 } else { 0.0 }, weights: Vec::new() }
    }

    fn not(self) -> Weighed {
        Weighed { truth: self.truth.not(), chance: 1.0 - self.chance, ..self }
    }
}

fn weighed<'l>(node: &Node, looked: &mut impl Iterator<Item = &'l AtomEvaluation>) -> Weighed {
    match node {
        Node::Atom(_) => match looked.next().map_or(Truth::Unknown, |atom| atom.truth) {
            Truth::Unknown => Weighed { truth: Truth::Unknown, chance: 0.5, weights: vec![1.0] },
            truth @ (Truth::True | Truth::False) => Weighed::known(truth),
        },
        Node::Not(part) => weighed(part, looked).not(),
        Node::AtLeast { count, parts, .. } => {
            let parts: Vec<Weighed> = parts.iter().map(|part| weighed(part, &mut *looked)).collect();
            at_least(*count, parts)
        }
        Node::When { both, passing } => {
            let [condition, then] = &**both;
            let condition = weighed(condition, looked);
            if condition.truth == Truth::False {
                return Weighed::known(*passing); // the other part was not looked at
            }
            let then = weighed(then, looked);
            match passing {
                Truth::False => at_least(2, vec![condition, then]), // condition and then
                Truth::True | Truth::Unknown => at_least(1, vec![condition.not(), then]), // not condition or then
            }
        }
    }
}

fn at_least(count: usize, parts: Vec<Weighed>) -> Weighed {
    let truth = Truth::at_least(count, parts.iter().map(|part| part.truth));
    if truth.is_known() {
        return Weighed::known(truth);
    }
    let chances: Vec<f64> = parts.iter().map(|part| part.chance).collect();
    let mut weights = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        if part.weights.is_empty() {
            continue;
        }
        // this part decides where exactly one is missing without it
        let others = chances.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, chance)| *chance);
        let decides = count.checked_sub(1).and_then(|one_less| spread(others).get(one_less).copied()).unwrap_or(0.0);
        weights.extend(part.weights.into_iter().map(|weight| weight * decides));
    }
    let chance = spread(chances.into_iter()).iter().skip(count).sum();
    Weighed { truth, chance, weights }
}

/// The chances that none holds, that exactly one holds, and so on.
fn spread(chances: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut spread = vec![1.0];
    for chance in chances {
        spread.push(0.0);
        let mut fewer = 0.0;
        for slot in &mut spread {
            let here = *slot;
            *slot = here * (1.0 - chance) + fewer * chance;
            fewer = here;
        }
    }
    spread
}

/// One bit for each combination of ways.
type Cases = [u64; MOST_WAYS / 64];

const NONE: Cases = [0; MOST_WAYS / 64];

fn both(a: Cases, b: Cases) -> Cases {
    std::array::from_fn(|at| a.get(at).zip(b.get(at)).map_or(0, |(a, b)| a & b))
}

fn either(a: Cases, b: Cases) -> Cases {
    std::array::from_fn(|at| a.get(at).zip(b.get(at)).map_or(0, |(a, b)| a | b))
}

fn size(cases: Cases) -> f64 {
    f64::from(cases.iter().map(|word| word.count_ones()).sum::<u32>())
}

/// The importance of each open leaf by counting, where there are not too many ways.
fn counted(scope: &Scope<'_>, node: &Node, looked: &[AtomEvaluation], gaps: &[Missing<'_>]) -> Option<Vec<f64>> {
    let atoms: Vec<&Atom> = gaps.iter().map(|gap| gap.atom).collect();
    let variables = complete::of_atoms(scope, &atoms, scope.as_of.now());
    let ways = variables.iter().try_fold(1_usize, |ways, variable| ways.checked_mul(variable.ways.len()));
    let ways = ways.filter(|ways| *ways <= MOST_WAYS)?;
    let mut all = NONE;
    let mut holds: Vec<Cases> = vec![NONE; gaps.len()];
    let mut stride = 1;
    for variable in &variables {
        for number in 0..ways {
            let way = variable.ways.get(number / stride % variable.ways.len().max(1));
            for (leaf, truth) in variable.leaves.iter().zip(way.into_iter().flatten()) {
                let slot = holds.get_mut(*leaf).and_then(|cases| cases.get_mut(number / 64))?;
                *slot |= u64::from(*truth == Truth::True) << (number % 64);
            }
            *all.get_mut(number / 64)? |= 1 << (number % 64);
        }
        stride *= variable.ways.len();
    }
    let counting = Counting { gaps, holds: &holds, all };
    let whole = counting.holds(node, &mut looked.iter()).1;
    let importance = |leaf: &Cases| {
        let (with, held) = (size(*leaf), size(both(*leaf, whole)));
        let (without, held_without) = (size(all) - with, size(whole) - held);
        if with == 0.0 || without == 0.0 {
            0.0
        } else {
            ((held * without - held_without * with) / (with * without)).abs()
        }
    };
    Some(holds.iter().map(importance).collect())
}

struct Counting<'g, 'a> {
    gaps: &'g [Missing<'a>],
    holds: &'g [Cases],
    all: Cases,
}

impl Counting<'_, '_> {
    /// What is known of a part, and the cases in which it holds.
    fn holds<'l>(&self, node: &Node, looked: &mut impl Iterator<Item = &'l AtomEvaluation>) -> (Truth, Cases) {
        let of = |truth: Truth| (truth, if truth == Truth::True { self.all } else { NONE });
        let not = |(truth, cases): (Truth, Cases)| {
            let others: Cases = std::array::from_fn(|at| cases.get(at).map_or(0, |word| !word));
            (truth.not(), both(others, self.all))
        };
        match node {
            Node::Atom(atom) => match looked.next().map_or(Truth::Unknown, |atom| atom.truth) {
                Truth::Unknown => {
                    // a leaf of a part that is known is no gap, and decides nothing
                    let gap = self.gaps.iter().position(|gap| std::ptr::eq(gap.atom, &raw const **atom));
                    (Truth::Unknown, gap.and_then(|at| self.holds.get(at)).copied().unwrap_or(NONE))
                }
                truth @ (Truth::True | Truth::False) => of(truth),
            },
            Node::Not(part) => not(self.holds(part, looked)),
            Node::AtLeast { count, parts, .. } => {
                let parts: Vec<(Truth, Cases)> = parts.iter().map(|part| self.holds(part, &mut *looked)).collect();
                self.at_least(*count, &parts)
            }
            Node::When { both, passing } => {
                let [condition, then] = &**both;
                let condition = self.holds(condition, looked);
                if condition.0 == Truth::False {
                    return of(*passing); // the other part was not looked at
                }
                let then = self.holds(then, looked);
                match passing {
                    Truth::False => self.at_least(2, &[condition, then]), // condition and then
                    Truth::True | Truth::Unknown => self.at_least(1, &[not(condition), then]), // not condition or then
                }
            }
        }
    }

    fn at_least(&self, count: usize, parts: &[(Truth, Cases)]) -> (Truth, Cases) {
        // the cases in which at least so many of the parts hold
        let mut so_many = vec![self.all];
        for (_, part) in parts {
            let mut fewer = NONE;
            for cases in &mut so_many {
                let here = *cases;
                *cases = either(here, both(fewer, *part));
                fewer = here;
            }
            so_many.push(both(fewer, *part));
        }
        let truth = Truth::at_least(count, parts.iter().map(|(truth, _)| *truth));
        (truth, so_many.get(count).copied().unwrap_or(NONE))
    }
}
