//! Parts of a reading that decide nothing: where the whole sentence is asked in any case, what hangs on another question
//! is left out.
//!
//! | the reading | what is left |
//! |---|---|
//! | any of (all of (x, a question), the sentence) | the sentence |
//! | all of (any of (x, a question), the sentence) | the sentence |
//! | any of (x, all of (y, a question), the sentence) | any of (x, the sentence) |

use crate::model::expression::Expression;

/// What is read of a sentence, which is asked as `whole`, without such parts; `None` where nothing but the sentence is left.
pub(super) fn living(read: Expression, whole: &str) -> Option<Expression> {
    let asked = |part: &Expression| matches!(part, Expression::Unread(unread) if unread.text == whole);
    let (truth, parts) = match read {
        Expression::AnyOf(parts) if parts.iter().any(asked) => (true, parts),
        Expression::AllOf(parts) if parts.iter().any(asked) => (false, parts),
        other @ (Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)) => return Some(other),
    };
    let parts: Vec<Expression> =
        parts.into_iter().filter_map(|part| if asked(&part) { Some(part) } else { decisive(part, truth) }).collect();
    match (parts.len(), truth) {
        (0 | 1, _) => None,
        (_, true) => Some(Expression::AnyOf(parts)),
        (_, false) => Some(Expression::AllOf(parts)),
    }
}

/// The part of it that can come out so without a question that is asked as it stands.
fn decisive(read: Expression, truth: bool) -> Option<Expression> {
    let of = |parts: Vec<Expression>| -> Vec<Expression> {
        parts.into_iter().filter_map(|part| decisive(part, truth)).collect()
    };
    match (read, truth) {
        (Expression::AnyOf(parts), true) => joined(of(parts), Expression::AnyOf),
        (Expression::AllOf(parts), false) => joined(of(parts), Expression::AllOf),
        (other, _) => comes_out(&other, truth).then_some(other),
    }
}

fn joined(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
}

/// It can be so, whatever is answered to the questions that are asked as they stand.
fn comes_out(read: &Expression, truth: bool) -> bool {
    match (read, truth) {
        (Expression::AllOf(parts), true) | (Expression::AnyOf(parts), false) => {
            parts.iter().all(|part| comes_out(part, truth))
        }
        (Expression::AllOf(parts), false) | (Expression::AnyOf(parts), true) => {
            parts.iter().any(|part| comes_out(part, truth))
        }
        (Expression::Not(part), _) => comes_out(part, !truth),
        (Expression::When(when), true) => comes_out(&when.condition, false) || comes_out(&when.then, true),
        (Expression::When(when), false) => comes_out(&when.condition, true) && comes_out(&when.then, false),
        (Expression::Unread(_) | Expression::Judgement(_), _) => false,
        (
            Expression::AtLeast(_)
            | Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_),
            _,
        ) => true,
    }
}
