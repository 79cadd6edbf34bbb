//! What is needed by itself, though the sentence says that something else would do.
//!
//! | the sentence | what is not needed by itself |
//! |---|---|
//! | "A > 5 or (indexed) A > 2", of which one bound was not read | the other |
//! | "terminal patients and patients with B < 12" on the list of what excludes | B < 12 |
//! | "no cancer except of the skin" on the list of what includes | no cancer |
//! | "nodes ≥ 15 mm and other lesions ≥ 10 mm" | either: to each lesion its own |

use std::collections::BTreeSet;

use crate::model::decimal::Decimal;
use crate::model::expression::Expression;

use super::clause::{Clause, Reading};
use super::leaf::ends;
use super::token::Placed;
use super::value::{Value, values};

/// What was read is no part that the whole needs.
pub(super) fn lacks(clause: Clause<'_>, read: &Reading) -> bool {
    let needed = needed(read);
    let union = clause.excludes && union(clause.tokens);
    if let Reading::Whole(Expression::AllOf(_)) = read
        && union
    {
        return true;
    }
    needed.is_some_and(|needed| {
        union || left_out(clause.tokens, needed) || !clause.excludes && takes_back(clause.tokens, needed)
    }) || by_lesion(clause.tokens, read)
}

/// The part that the whole needs, where it asks for more.
fn needed(read: &Reading) -> Option<&Expression> {
    match read {
        Reading::Necessary(read) => Some(read),
        Reading::Unclear(inner, _) => needed(inner),
        Reading::Whole(_) | Reading::Sufficient(_) | Reading::Doubtful(_) => None,
    }
}

/// "Terminal patients and patients with …": the ones and the others.
fn union(tokens: &[Placed]) -> bool {
    const WHOM: [&str; 7] = ["patients", "subjects", "participants", "individuals", "persons", "people", "those"];
    tokens.windows(3).skip(1).any(|row| match row {
        [and, whom, by] => and.says(&["and"]) && whom.says(&WHOM) && by.says(&["with", "who", "whose", "on", "having"]),
        _ => false,
    })
}

/// A bound that was read, and one behind or before an "or" that was not.
fn left_out(tokens: &[Placed], needed: &Expression) -> bool {
    let found = values(tokens);
    if found.len() < 2 {
        return false;
    }
    let known = numbers(needed);
    // "NYHA > 2 or CCS > 2": the one number is that of both.
    let bounds = needed.leaves().iter().filter(|leaf| matches!(leaf, Expression::Compare(_))).count();
    let again = |one: &Value, other: &Value| {
        bounds == 1 && one.ends.first().map(|end| end.value) == other.ends.first().map(|end| end.value)
    };
    let read = |value: &Value| value.ends.iter().all(|end| known.contains(&end.value));
    found.windows(2).any(|pair| match pair {
        [one, other] => {
            let between = tokens.get(one.to..other.from).unwrap_or_default();
            let compared = one.signed && other.signed && !one.is_time() && !other.is_time();
            compared
                && (read(one) != read(other) || again(one, other))
                && between.iter().any(|placed| placed.says(&["or", "或"]))
        }
        _ => false,
    })
}

/// The numbers of its bounds.
fn numbers(read: &Expression) -> BTreeSet<Decimal> {
    read.leaves().into_iter().flat_map(ends).map(|bound| bound.value).collect()
}

/// Something is denied, and something taken back of it.
fn takes_back(tokens: &[Placed], needed: &Expression) -> bool {
    let back = |placed: &Placed| {
        placed.says(&["except", "unless", "excluding", "excepting", "exception", "exceptions", "除", "除外"])
    };
    tokens.iter().any(back) && denies(needed)
}

fn denies(read: &Expression) -> bool {
    match read {
        Expression::Not(_) => true,
        Expression::AllOf(parts) | Expression::AnyOf(parts) => parts.iter().any(denies),
        Expression::When(when) => denies(&when.then),
        Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}

/// Nodes and other lesions have bounds of their own, and nobody has both.
fn by_lesion(tokens: &[Placed], read: &Reading) -> bool {
    let lesion = |placed: &Placed| placed.says(&["lesion", "lesions", "tumor", "tumour", "tumors", "tumours"]);
    let node = |placed: &Placed| placed.says(&["node", "nodes", "nodal", "lymph"]);
    let several = || needed(read).is_some_and(|needed| numbers(needed).len() > 1);
    tokens.iter().any(lesion) && tokens.iter().any(node) && several()
}
