//! What a leaf of a reading is, the words of its subject, and words of the sentence around it.

use crate::model::expression::{Bound, Compare, Expression, Present};
use crate::model::record::Subject;

use super::token::Placed;

pub(super) fn text(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Text(text) => Some(text),
        Subject::Concept(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    }
}

/// What is compared.
pub(super) fn compared(leaf: &Expression) -> Option<&Compare> {
    match leaf {
        Expression::Compare(compare) => Some(compare),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => None,
    }
}

/// What is or was there.
pub(super) fn present(leaf: &Expression) -> Option<&Present> {
    match leaf {
        Expression::Present(present) => Some(present),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => None,
    }
}

/// What a leaf is about.
pub(super) fn subject(leaf: &Expression) -> Option<&Subject> {
    match leaf {
        Expression::Compare(compare) => Some(&compare.subject),
        Expression::Present(present) => Some(&present.subject),
        Expression::Elapsed(elapsed) => Some(&elapsed.since),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => None,
    }
}

/// The bounds of a leaf.
pub(super) fn ends(leaf: &Expression) -> impl Iterator<Item = &Bound> {
    let both = match leaf {
        Expression::Compare(compare) => [compare.low.as_ref(), compare.high.as_ref()],
        Expression::Elapsed(elapsed) => [elapsed.low.as_ref(), elapsed.high.as_ref()],
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => [None, None],
    };
    both.into_iter().flatten()
}

/// One of the words is in the subject's own words.
pub(super) fn has(subject: &Subject, words: &[&str]) -> bool {
    let split = |c: char| !c.is_alphanumeric();
    text(subject).is_some_and(|text| text.to_lowercase().split(split).any(|word| words.contains(&word)))
}

pub(super) fn says(tokens: &[Placed], words: &[&str]) -> bool {
    tokens.iter().any(|placed| placed.says(words))
}

pub(super) fn says_in_a_row(tokens: &[Placed], first: &[&str], second: &[&str]) -> bool {
    tokens.windows(2).any(|pair| matches!(pair, [one, other] if one.says(first) && other.says(second)))
}
