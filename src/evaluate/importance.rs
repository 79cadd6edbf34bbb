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
use crate::sort;
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
    let weights = counted.unwrap_or_else(|| {
        let mut weights = Vec::with_capacity(gaps.len());
        weighed(&line.node, &mut looked.iter(), &mut weights);
        weights
    });
    let mut ordered: Vec<(f64, Missing<'a>)> = weights.into_iter().zip(gaps).collect();
    sort::by(&mut ordered, |a, b| b.0.total_cmp(&a.0));
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

/// What is known of a part, and its chance to hold.
type Chance = (Truth, f64);

fn known(truth: Truth) -> Chance {
    (truth, if truth == Truth::True { 1.0 } else { 0.0 })
}

fn not((truth, chance): Chance) -> Chance {
    (truth.not(), 1.0 - chance)
}

/// Adds the importance of each open leaf of a part to the weights; of none where the part is known.
fn weighed<'l>(node: &Node, looked: &mut impl Iterator<Item = &'l AtomEvaluation>, weights: &mut Vec<f64>) -> Chance {
    let start = weights.len();
    match node {
        Node::Atom(_) => match looked.next().map_or(Truth::Unknown, |atom| atom.truth) {
            Truth::Unknown => {
                weights.push(1.0);
                (Truth::Unknown, 0.5)
            }
            truth @ (Truth::True | Truth::False) => known(truth),
        },
        Node::Not(part) => not(weighed(part, looked, weights)),
        Node::AtLeast { count, parts, .. } => {
            let mut ends = Vec::with_capacity(parts.len());
            for part in parts {
                let chance = weighed(part, &mut *looked, weights);
                ends.push((chance, weights.len()));
            }
            at_least(*count, &ends, start, weights)
        }
        Node::When { both, passing } => {
            let [condition, then] = &**both;
            let condition = weighed(condition, looked, weights);
            if condition.0 == Truth::False {
                return known(*passing); // the other part was not looked at
            }
            let middle = weights.len();
            let then = weighed(then, looked, weights);
            let end = weights.len();
            match passing {
                Truth::False => at_least(2, &[(condition, middle), (then, end)], start, weights), // condition and then
                Truth::True | Truth::Unknown => {
                    at_least(1, &[(not(condition), middle), (then, end)], start, weights) // not condition or then
                }
            }
        }
    }
}

/// The weights of the parts end where each says, and begin where the one before it ends.
fn at_least(count: usize, parts: &[(Chance, usize)], start: usize, weights: &mut Vec<f64>) -> Chance {
    let truth = Truth::at_least(count, parts.iter().map(|((truth, _), _)| *truth));
    if truth.is_known() {
        weights.truncate(start);
        return known(truth);
    }
    let mut begin = start;
    for (at, (_, end)) in parts.iter().enumerate() {
        if *end > begin {
            // this part decides where exactly one is missing without it
            let others =
                || parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, ((_, chance), _))| *chance);
            let decides = match count {
                1 => others().map(|chance| 1.0 - chance).product(),
                all if all == parts.len() => others().product(),
                _ => spread(others()).get(count.saturating_sub(1)).copied().unwrap_or(0.0),
            };
            for weight in weights.get_mut(begin..*end).into_iter().flatten() {
                *weight *= decides;
            }
        }
        begin = *end;
    }
    let chances = || parts.iter().map(|((_, chance), _)| *chance);
    let chance = match count {
        1 => 1.0 - chances().map(|chance| 1.0 - chance).product::<f64>(),
        all if all == parts.len() => chances().product(),
        _ => spread(chances()).iter().skip(count).sum(),
    };
    (truth, chance)
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

fn set(cases: &mut Cases, case: usize) {
    cases.get_mut(case / 64).into_iter().for_each(|word| *word |= 1 << (case % 64));
}

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
    (0..ways).for_each(|case| set(&mut all, case));
    let mut stride = 1;
    for variable in &variables {
        let count = variable.ways.len();
        for (at, way) in variable.ways.iter().enumerate() {
            let mut here = NONE;
            for start in (at * stride..ways).step_by((count * stride).max(1)) {
                (start..start + stride).for_each(|case| set(&mut here, case));
            }
            for (leaf, _) in variable.leaves.iter().zip(way).filter(|(_, truth)| **truth == Truth::True) {
                let slot = holds.get_mut(*leaf)?;
                *slot = either(*slot, here);
            }
        }
        stride *= count;
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
