//! Groups: how the truths of the parts make the truth of the whole.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::evaluate::atom::{Lack, Leaf};
use crate::evaluate::cited::{Cited, add};
use crate::evaluate::compiled::{Atom, Node};
use crate::evaluate::mark::decided;
use crate::evaluate::result::{AtomEvaluation, Gap, GapKind, answerers};
use crate::evaluate::{Scope, atom};
use crate::model::moment::Now;
use crate::model::record::Respondent;
use crate::model::trial::Trial;
use crate::model::window::Anchor;
use crate::sort;
use crate::truth::Truth;

/// An expression, evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) truth: Truth,
    /// False where nothing in it concerns this person.
    pub(crate) applies: bool,
    /// The facts that decided, where the truth is known.
    pub(crate) because: Cited<'a>,
    /// The next minute at which time alone may change the truth.
    pub(crate) next: Option<i64>,
    pub(crate) assumed: SmallVec<[Anchor; 1]>,
}

/// What the leaves say, in the order in which they are looked at.
#[derive(Debug, Default)]
pub(crate) struct Told<'a> {
    /// Those that are open, but for those of parts that are known.
    pub(crate) gaps: Vec<Missing<'a>>,
    /// Every leaf, where that is wanted.
    pub(crate) atoms: Option<Vec<AtomEvaluation>>,
    /// What those say that are stated more than once.
    twins: Vec<Option<Leaf<'a>>>,
}

impl<'a> Told<'a> {
    /// What a leaf says; one that is stated more than once is looked at once.
    fn leaf(&mut self, scope: &Scope<'a>, atom: &'a Atom, now: Now) -> Leaf<'a> {
        let Some(twin) = atom.twin else { return atom::evaluate(scope, atom, now) };
        if self.twins.is_empty() {
            self.twins.resize(scope.compiled.twins, None);
        }
        match self.twins.get_mut(twin) {
            Some(known) => known.get_or_insert_with(|| atom::evaluate(scope, atom, now)).clone(),
            None => atom::evaluate(scope, atom, now),
        }
    }
}

/// A leaf that is open, and why.
#[derive(Clone, Debug)]
pub(crate) struct Missing<'a> {
    pub(crate) atom: &'a Atom,
    pub(crate) lack: Lack,
    /// The facts that were there and did not settle it.
    pub(crate) facts: Cited<'a>,
}

impl Missing<'_> {
    pub(crate) fn can_be_closed_by(&self, trial: &Trial, who: Respondent) -> bool {
        match &self.lack {
            Lack { kind: GapKind::Judgement, .. } => who == Respondent::Investigator,
            Lack { asks: Some(asks), .. } => answerers(trial, &self.atom.subject, asks).contains(&who),
            Lack { asks: None, .. } => self.atom.closers.contains(&who),
        }
    }

    pub(crate) fn gap(&self) -> Gap {
        Gap {
            kind: self.lack.kind,
            subject: (self.lack.event.as_ref())
                .and_then(|event| Anchor::named(event)?.subject())
                .map_or_else(|| Arc::clone(&self.atom.subject), Into::into),
            asks: self.lack.asks.as_deref().map_or_else(|| Arc::clone(&self.atom.asks), Arc::from),
            needs: self.lack.needs,
            facts: self.facts.iter().map(|id| (*id).clone()).collect(),
        }
    }
}

/// Evaluates a part of a criterion, and adds what its leaves say.
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, node: &'a Node, now: Now, told: &mut Told<'a>) -> Outcome<'a> {
    let before = told.gaps.len();
    let outcome = match node {
        Node::AtLeast { count, parts, passing } => {
            let parts = parts.iter().map(|part| evaluate(scope, part, now, told)).collect();
            joined(parts, *count, *passing)
        }
        Node::Not(inner) => {
            let outcome = evaluate(scope, inner, now, told);
            Outcome { truth: outcome.truth.not(), ..outcome }
        }
        Node::When { both, passing } => {
            let [condition, then] = &**both;
            let condition = evaluate(scope, condition, now, told);
            if condition.truth == Truth::False {
                // not condition: does not apply, and passes
                Outcome { truth: *passing, applies: false, ..condition }
            } else {
                when(condition, evaluate(scope, then, now, told), *passing)
            }
        }
        Node::Atom(atom) => {
            let mut leaf = told.leaf(scope, atom, now);
            if let Some(atoms) = &mut told.atoms {
                atoms.push(evaluated(atom, &mut leaf));
            }
            let mut because = leaf.because;
            if let Some(lack) = leaf.lack {
                told.gaps.push(Missing { atom, lack, facts: std::mem::take(&mut because) });
            }
            let assumed = leaf.assumed.into_iter().collect();
            Outcome { truth: leaf.truth, applies: true, because, next: leaf.next, assumed }
        }
    };
    if outcome.truth.is_known() {
        told.gaps.truncate(before);
    }
    outcome
}

/// What a part of a criterion says, without the reasons.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) truth: Truth,
    pub(crate) applies: bool,
    /// Why the first of its open leaves is open.
    pub(crate) gap: Option<GapKind>,
    /// The next minute at which time alone may change the truth.
    pub(crate) next: Option<i64>,
}

/// What [`evaluate`] says of a part of a criterion, without the reasons.
pub(crate) fn plain<'a>(scope: &Scope<'a>, node: &'a Node, now: Now) -> Plain {
    match node {
        Node::AtLeast { count, parts, passing } => {
            let mut sum = Plain { truth: *passing, applies: parts.is_empty(), gap: None, next: None };
            let (mut held, mut open) = (0, 0);
            for part in parts {
                let part = plain(scope, part, now);
                held += usize::from(part.truth == Truth::True);
                open += usize::from(part.truth == Truth::Unknown);
                sum.applies |= part.applies;
                sum.gap = sum.gap.or(part.gap);
                sum.next = sooner(sum.next, part.next);
            }
            if sum.applies {
                // enough hold whatever the open ones do; too few even if all of those did
                sum.truth = decided(held >= *count, held + open < *count);
            }
            sum.known()
        }
        Node::Not(inner) => {
            let inner = plain(scope, inner, now);
            Plain { truth: inner.truth.not(), ..inner }
        }
        Node::When { both, passing } => {
            let [condition, then] = &**both;
            let condition = plain(scope, condition, now);
            if condition.truth == Truth::False {
                return Plain { truth: *passing, applies: false, gap: None, ..condition };
            }
            let then = plain(scope, then, now);
            Plain {
                truth: under(condition.truth, then.truth, *passing),
                applies: condition.truth != Truth::True || then.applies,
                gap: condition.gap.or(then.gap),
                next: sooner(condition.next, then.next),
            }
            .known()
        }
        Node::Atom(atom) => scope.chart.recalled(&atom.bearing, &|| {
            scope.chart.at_moment(atom.twin, now, &|| {
                let leaf = atom::evaluate(scope, atom, now);
                Plain { truth: leaf.truth, applies: true, gap: leaf.lack.map(|lack| lack.kind), next: leaf.next }
            })
        }),
    }
}

impl Plain {
    /// What is known has no gap.
    fn known(self) -> Plain {
        Plain { gap: self.gap.filter(|_| !self.truth.is_known()), ..self }
    }
}

fn sooner(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Where `passing` is true: `not condition or then`. Where it is false: `condition and then`.
fn under(condition: Truth, then: Truth, passing: Truth) -> Truth {
    if passing == Truth::False { condition.and(then) } else { condition.not().or(then) }
}

/// What a leaf says, with the margin and the value worked out taken from it.
fn evaluated<'a>(atom: &'a Atom, leaf: &mut Leaf<'a>) -> AtomEvaluation {
    let missing = |lack: &Lack| Missing { atom, lack: lack.clone(), facts: leaf.because.clone() }.gap();
    AtomEvaluation {
        path: atom.path.clone(),
        subject: Arc::clone(&atom.subject),
        truth: leaf.truth,
        because: leaf.because.iter().map(|id| (*id).clone()).collect(),
        gap: leaf.lack.as_ref().map(missing),
        margin: leaf.margin.take().map(|margin| *margin),
        derived: leaf.derived.take().map(|derived| *derived),
    }
}

/// `at least count of the parts`, which is `all of` where the count is all and `any of` where it is one.
///
/// A part that does not apply has the truth that lets the criterion pass; where none applies, nothing here does.
fn joined<'a>(mut parts: SmallVec<[Outcome<'a>; 2]>, needed: usize, passing: Truth) -> Outcome<'a> {
    if let ([_], 1) = (parts.as_slice(), needed)
        && let Some(only) = parts.pop()
    {
        return only;
    }
    let next = parts.iter().filter_map(|part| part.next).min();
    let assumed = parts.iter().flat_map(|part| part.assumed.iter().cloned()).collect();
    let applies = parts.is_empty() || parts.iter().any(|part| part.applies);
    let truth = if applies { Truth::at_least(needed, parts.iter().map(|part| part.truth)) } else { passing };
    let mut because = Cited::new();
    match truth {
        // enough true parts: as many of them as are needed, the plainest first
        Truth::True => cite(&parts, Truth::True, needed, &mut because),
        // too many false parts for the rest to make up
        Truth::False => cite(&parts, Truth::False, (parts.len() + 1).saturating_sub(needed), &mut because),
        Truth::Unknown => {}
    }
    Outcome { truth, applies, because, next, assumed }
}

/// The facts behind `count` of the parts that are `truth`: those that cite the fewest.
fn cite<'a>(parts: &[Outcome<'a>], truth: Truth, count: usize, because: &mut Cited<'a>) {
    let mut deciding: SmallVec<[&Outcome<'a>; 8]> = parts.iter().filter(|part| part.truth == truth).collect();
    sort::by(&mut deciding, |a, b| a.because.len().cmp(&b.because.len()));
    for part in deciding.into_iter().take(count) {
        add(because, part.because.iter().copied());
    }
}

/// A part that counts under a condition which holds or may hold.
fn when<'a>(condition: Outcome<'a>, then: Outcome<'a>, passing: Truth) -> Outcome<'a> {
    let truth = under(condition.truth, then.truth, passing);
    let next = [condition.next, then.next].into_iter().flatten().min();
    let assumed = condition.assumed.into_iter().chain(then.assumed).collect();
    let applies = condition.truth != Truth::True || then.applies;
    let mut because = Cited::new();
    match (truth, condition.truth) {
        // condition and then: both are cited
        (Truth::True | Truth::False, Truth::True) => {
            add(&mut because, condition.because);
            add(&mut because, then.because);
        }
        // then alone passes, whatever the condition
        (Truth::True | Truth::False, Truth::Unknown | Truth::False) => add(&mut because, then.because),
        (Truth::Unknown, _) => {}
    }
    Outcome { truth, applies, because, next, assumed }
}
