//! A criterion as a tree over the leaves of its trial, and what is left of it.

use crate::model::expression::{AtLeast, Conditional, Expression};
use crate::truth::Truth;

/// Groups over numbered leaves.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A leaf.
    Leaf(usize),
    /// At least so many of the parts hold.
    AtLeast(usize, Vec<Tree>),
    /// The part does not hold.
    Not(Box<Tree>),
}

impl Tree {
    /// The tree of an expression. `leaf` numbers each leaf by its place in the expression: `anyOf.0`. What does not
    /// apply is `passing`.
    ///
    /// INVARIANT: the depth is bounded by the reader of trial documents.
    pub(super) fn of<'a>(
        expression: &'a Expression,
        passing: Truth,
        path: &str,
        leaf: &mut dyn FnMut(&'a Expression, &str) -> usize,
    ) -> Tree {
        let mut part = |name: &str, part: &'a Expression, passing: Truth| {
            let dot = if path.is_empty() { "" } else { "." };
            Tree::of(part, passing, &[path, dot, name].concat(), leaf)
        };
        let (name, count, parts) = match expression {
            Expression::AllOf(parts) => ("allOf.", parts.len(), parts),
            Expression::AnyOf(parts) => ("anyOf.", 1, parts),
            Expression::AtLeast(at_least) => {
                ("atLeast.", usize::try_from(at_least.count).unwrap_or(usize::MAX), &at_least.of)
            }
            Expression::Not(inner) => return Tree::Not(Box::new(part("not", inner, passing.not()))),
            Expression::When(conditional) => {
                let condition = part("condition", &conditional.condition, Truth::False);
                let then = part("then", &conditional.then, passing);
                return match passing {
                    Truth::False => Tree::AtLeast(2, vec![condition, then]), // condition and then
                    Truth::True | Truth::Unknown => {
                        Tree::AtLeast(1, vec![Tree::Not(Box::new(condition)), then]) // not condition or then
                    }
                };
            }
            Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => return Tree::Leaf(leaf(expression, path)),
        };
        let parts = parts.iter().enumerate().map(|(at, inner)| part(&[name, &at.to_string()].concat(), inner, passing));
        Tree::AtLeast(count, parts.collect())
    }

    /// Its truth where each leaf has the truth that `leaf` gives it.
    pub(super) fn under(&self, leaf: &dyn Fn(usize) -> Truth) -> Truth {
        match self {
            Tree::Leaf(at) => leaf(*at),
            Tree::AtLeast(count, parts) => Truth::at_least(*count, parts.iter().map(|part| part.under(leaf))),
            Tree::Not(part) => part.under(leaf).not(),
        }
    }

    /// Its leaves, in the order of the text; one that is mentioned twice comes twice. Without the parts that are
    /// known, where each leaf has the truth that `leaf` gives it.
    pub(super) fn leaves(&self, leaf: &dyn Fn(usize) -> Truth, found: &mut Vec<usize>) {
        if self.under(leaf).is_known() {
            return;
        }
        match self {
            Tree::Leaf(at) => found.push(*at),
            Tree::AtLeast(_, parts) => parts.iter().for_each(|part| part.leaves(leaf, found)),
            Tree::Not(part) => part.leaves(leaf, found),
        }
    }

    /// The leaves that are on the wrong side where the tree is to be `wanted`.
    pub(super) fn against(&self, wanted: Truth, leaf: &dyn Fn(usize) -> Truth, found: &mut Vec<usize>) {
        if self.under(leaf) == wanted {
            return;
        }
        match self {
            Tree::Leaf(at) => found.push(*at),
            Tree::AtLeast(_, parts) => parts.iter().for_each(|part| part.against(wanted, leaf, found)),
            Tree::Not(part) => part.against(wanted.not(), leaf, found),
        }
    }
}

/// What is left of an expression once every leaf that is known has been used: a truth, or an expression of the leaves
/// that are open. On any further answers that leave the known leaves as they are, it has the truth of the whole.
pub(super) fn residual(
    expression: &Expression,
    passing: Truth,
    leaf: &dyn Fn(&Expression) -> Truth,
) -> Result<Truth, Box<Expression>> {
    let (count, parts) = match expression {
        Expression::AllOf(parts) => (parts.len(), parts),
        Expression::AnyOf(parts) => (1, parts),
        Expression::AtLeast(at_least) => (usize::try_from(at_least.count).unwrap_or(usize::MAX), &at_least.of),
        Expression::Not(part) => {
            return match residual(part, passing.not(), leaf) {
                Ok(truth) => Ok(truth.not()),
                Err(part) => Err(Box::new(Expression::Not(part))),
            };
        }
        Expression::When(conditional) => {
            let condition = residual(&conditional.condition, Truth::False, leaf);
            let then = residual(&conditional.then, passing, leaf);
            return match (condition, then) {
                (Ok(Truth::False), _) => Ok(passing),
                (Ok(_), then) => then,
                (Err(_), Ok(then)) if then == passing => Ok(passing),
                (Err(condition), Ok(_)) if passing == Truth::False => Err(condition), // condition and true
                (Err(condition), Ok(_)) => Err(Box::new(Expression::Not(condition))), // not condition or false
                (Err(condition), Err(then)) => {
                    Err(Box::new(Expression::When(Box::new(Conditional { condition: *condition, then: *then }))))
                }
            };
        }
        Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => {
            let truth = leaf(expression);
            return if truth.is_known() { Ok(truth) } else { Err(Box::new(expression.clone())) };
        }
    };
    let mut needed = count;
    let mut open = Vec::new();
    for part in parts {
        match residual(part, passing, leaf) {
            Ok(Truth::True) => needed = needed.saturating_sub(1),
            Ok(_) => {}
            Err(part) => open.push(*part),
        }
    }
    if needed == 0 || open.len() < needed {
        return Ok(Truth::from(needed == 0));
    }
    Err(Box::new(match (needed, u32::try_from(needed)) {
        _ if open.len() == 1 => open.swap_remove(0),
        (1, _) => Expression::AnyOf(open),
        (_, Ok(count)) if needed < open.len() => Expression::AtLeast(AtLeast { count, of: open }),
        _ => Expression::AllOf(open),
    }))
}
