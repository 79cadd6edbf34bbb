//! The same said on two scales: "ECOG ≤ 2 (Karnofsky ≥ 60 %)".

use crate::model::expression::Expression;
use crate::model::record::Subject;

use super::clause::{Clause, Reading};
use super::compare::compared;
use super::tail::closing;
use super::token::{Placed, Token};

/// Scales of the same: how well somebody manages.
const SAME: [&str; 3] = ["ecog", "karnofsky", "lansky"];

/// A comparison on one scale, and in brackets behind it the same on another: either is enough.
pub(super) fn equivalent(clause: Clause<'_>) -> Option<Reading> {
    let tokens = clause.trimmed().tokens;
    let open = tokens.iter().position(|placed| placed.marks(&['(', '[']))?;
    let close = closing(tokens, open, tokens.len());
    let named = |placed: &Placed| placed.says(&SAME) || matches!(placed.token, Token::Name(id) if SAME.contains(&id));
    if open == 0 || close + 1 != tokens.len() || !tokens.iter().any(named) {
        return None;
    }
    let read = |from: usize, to: usize| {
        let own = clause.trimmed().part(from, to);
        match compared(own)? {
            Reading::Whole(Expression::Compare(compare)) => {
                let scale = SAME.iter().find(|scale| compare.subject == Subject::concept(scale))?;
                Some((*scale, Expression::Compare(compare)))
            }
            Reading::Whole(_)
            | Reading::Necessary(_)
            | Reading::Sufficient(_)
            | Reading::Unclear(_, _)
            | Reading::Doubtful(_) => None,
        }
    };
    let ((scale, first), (other, second)) = (read(0, open)?, read(open + 1, close)?);
    (scale != other).then(|| Reading::Whole(Expression::AnyOf(vec![first, second])))
}
