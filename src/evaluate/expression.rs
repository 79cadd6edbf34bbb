//! Groups: how the truths of the parts make the truth of the whole.

use crate::evaluate::result::{AtomEvaluation, Gap};
use crate::evaluate::{Scope, atom};
use crate::model::expression::Expression;
use crate::model::moment::Now;
use crate::model::record::FactId;
use crate::model::window::Anchor;
use crate::truth::Truth;

/// An expression, evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) truth: Truth,
    /// False where nothing in it concerns this person.
    pub(crate) applies: bool,
    /// The facts that decided, where the truth is known.
    pub(crate) because: Vec<&'a str>,
    pub(crate) gaps: Vec<Gap>,
    /// The next minute at which time alone may change the truth.
    pub(crate) next: Option<i64>,
    pub(crate) assumed: Vec<Anchor>,
}

/// Evaluates an expression. `passing` is the truth that makes its criterion pass at this place: an inapplicable part
/// takes that value, so that it stands in nobody's way.
///
/// INVARIANT: the depth is bounded by the reader of trial documents.
pub(crate) fn evaluate<'a>(
    scope: &Scope<'a>,
    expression: &'a Expression,
    passing: Truth,
    now: Now,
    mut atoms: Option<&mut Vec<AtomEvaluation>>,
) -> Outcome<'a> {
    let mut path = String::new();
    walk(scope, expression, passing, now, &mut path, &mut atoms)
}

fn walk<'a>(
    scope: &Scope<'a>,
    expression: &'a Expression,
    passing: Truth,
    now: Now,
    path: &mut String,
    atoms: &mut Option<&mut Vec<AtomEvaluation>>,
) -> Outcome<'a> {
    let mut part = |name: &str, index: Option<usize>, expression: &'a Expression, passing: Truth| {
        let length = path.len();
        if length > 0 {
            path.push('.');
        }
        path.push_str(name);
        if let Some(index) = index {
            path.push('.');
            path.push_str(&index.to_string());
        }
        let outcome = walk(scope, expression, passing, now, path, atoms);
        path.truncate(length);
        outcome
    };
    match expression {
        Expression::AllOf(parts) => {
            let parts = parts.iter().enumerate().map(|(i, e)| part("allOf", Some(i), e, passing)).collect();
            joined(parts, parts_true_at_least_all, passing)
        }
        Expression::AnyOf(parts) => {
            let parts = parts.iter().enumerate().map(|(i, e)| part("anyOf", Some(i), e, passing)).collect();
            joined(parts, |_| 1, passing)
        }
        Expression::AtLeast(at_least) => {
            let count = usize::try_from(at_least.count).unwrap_or(usize::MAX);
            let parts = at_least.of.iter().enumerate().map(|(i, e)| part("atLeast", Some(i), e, passing)).collect();
            joined(parts, |_| count, passing)
        }
        Expression::Not(inner) => {
            let outcome = part("not", None, inner, passing.not());
            Outcome { truth: outcome.truth.not(), ..outcome }
        }
        Expression::When(conditional) => {
            // where the condition is false the criterion passes, on either list
            let condition = part("condition", None, &conditional.condition, Truth::False);
            if condition.truth == Truth::False {
                // not condition: does not apply, and passes
                return Outcome { truth: passing, applies: false, gaps: Vec::new(), ..condition };
            }
            let then = part("then", None, &conditional.then, passing);
            when(condition, then, passing)
        }
        Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => {
            let leaf = atom::evaluate(scope, expression, now);
            let outcome = Outcome {
                truth: leaf.truth,
                applies: true,
                because: if leaf.truth.is_known() { leaf.because.clone() } else { Vec::new() },
                gaps: leaf.gap.clone().into_iter().collect(),
                next: leaf.next,
                assumed: leaf.assumed.into_iter().collect(),
            };
            if let Some(atoms) = atoms {
                let because: Vec<FactId> = leaf.because.iter().map(|id| (*id).to_owned()).collect();
                atoms.push(AtomEvaluation {
                    path: path.clone(),
                    subject: leaf.subject,
                    truth: leaf.truth,
                    because,
                    gap: leaf.gap,
                    margin: leaf.margin,
                    derived: leaf.derived,
                });
            }
            outcome
        }
    }
}

fn parts_true_at_least_all(parts: &[Outcome<'_>]) -> usize {
    parts.len()
}

/// `at least count of the parts`, which is `all of` where the count is all and `any of` where it is one.
///
/// A part that does not apply has the truth that lets the criterion pass; where none applies, nothing here does.
fn joined<'a>(parts: Vec<Outcome<'a>>, count: impl Fn(&[Outcome<'a>]) -> usize, passing: Truth) -> Outcome<'a> {
    let next = parts.iter().filter_map(|part| part.next).min();
    let assumed = parts.iter().flat_map(|part| part.assumed.iter().copied()).collect();
    let applies = parts.is_empty() || parts.iter().any(|part| part.applies);
    let needed = count(&parts);
    let truth = if applies { Truth::at_least(needed, parts.iter().map(|part| part.truth)) } else { passing };
    let mut because = Vec::new();
    let mut gaps = Vec::new();
    match truth {
        // enough true parts: as many of them as are needed, the plainest first
        Truth::True => cite(&parts, Truth::True, needed, &mut because),
        // too many false parts for the rest to make up
        Truth::False => cite(&parts, Truth::False, (parts.len() + 1).saturating_sub(needed), &mut because),
        Truth::Unknown => {
            for part in parts {
                gaps.extend(part.gaps);
            }
        }
    }
    Outcome { truth, applies, because, gaps, next, assumed }
}

/// The facts behind `count` of the parts that are `truth`: those that cite the fewest.
fn cite<'a>(parts: &[Outcome<'a>], truth: Truth, count: usize, because: &mut Vec<&'a str>) {
    let mut deciding: Vec<&Outcome<'a>> = parts.iter().filter(|part| part.truth == truth).collect();
    for _ in 0..count.min(deciding.len()) {
        let plainest = (0..deciding.len()).min_by_key(|at| deciding.get(*at).map(|part| part.because.len()));
        add(because, &deciding.remove(plainest.unwrap_or(0)).because);
    }
}

/// Each fact once, in the order of the text.
fn add<'a>(because: &mut Vec<&'a str>, more: &[&'a str]) {
    for id in more {
        if !because.contains(id) {
            because.push(id);
        }
    }
}

/// Where `passing` is true: `not condition or then`. Where it is false: `condition and then`.
fn when<'a>(condition: Outcome<'a>, then: Outcome<'a>, passing: Truth) -> Outcome<'a> {
    let truth =
        if passing == Truth::False { condition.truth.and(then.truth) } else { condition.truth.not().or(then.truth) };
    let next = [condition.next, then.next].into_iter().flatten().min();
    let assumed = [condition.assumed, then.assumed].concat();
    let applies = condition.truth != Truth::True || then.applies;
    let mut because = Vec::new();
    let mut gaps = Vec::new();
    match (truth, condition.truth) {
        // condition and then: both are cited
        (Truth::True | Truth::False, Truth::True) => {
            add(&mut because, &condition.because);
            add(&mut because, &then.because);
        }
        // then alone passes, whatever the condition
        (Truth::True | Truth::False, Truth::Unknown | Truth::False) => add(&mut because, &then.because),
        (Truth::Unknown, _) => {
            gaps.extend(condition.gaps);
            gaps.extend(then.gaps);
        }
    }
    Outcome { truth, applies, because, gaps, next, assumed }
}
