//! Words that say how a value is taken, which of several counts and of whom it is, and that are not in what was read.
//!
//! | the sentence | what would be wrong about what was read |
//! |---|---|
//! | "A > 150 or B > 95, on repeated measurement", "averaged over …" | one value counts for none of the two |
//! | "mean pre- or post-dialysis pressure > 180" | a half of a word has no value |
//! | "no older than 3 months or if unavailable …" | which value counts is said in words |
//! | "> 1 mg/kg/d, equivalent to prednisone" | it counts another medicine |
//! | "the following values during exercise: …", "A ≥ 1 and B ≥ 2 during the run-in" | it is meant of each |
//! | "ALT > 3, or > 5 in patients with metastases" | one of two bounds is of some alone |
//! | "history of heart failure (NYHA III)" | the class of then is not that of now |
//! | "bilirubin must not exceed 1.2 × ULN" among what excludes | it is asked for |

use crate::model::expression::{Compare, Expression, Select};
use crate::model::record::Subject;

use super::clause::{Clause, Reading};
use super::fold::shown;
use super::leaf::{compared, has, says, says_in_a_row, text};
use super::token::{Placed, Token};

/// A word about a value is not in what was read of it.
pub(super) fn measured_otherwise(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    let leaves = expression.leaves();
    let any = |hangs: fn(&[Placed], &Expression) -> bool| leaves.iter().any(|leaf| hangs(clause.tokens, leaf));
    let needed = matches!(read, Reading::Necessary(_));
    repeated(clause.tokens, &leaves)
        || any(half_a_word)
        || any(told_which)
        || any(equivalent)
        || in_some_state(clause.tokens, &leaves)
        || bids(clause, &leaves)
        || classed_before(clause.tokens, &leaves)
        || needed && (in_a_bracket_of_several(clause, &leaves) || goes_with_one(clause, &leaves))
        || or_a_unit(clause.tokens)
        || !needed && caused(clause.tokens) && leaves.len() > 1
        || !needed && (twice(expression) || goes_with_all(&leaves))
}

/// Values that are taken several times, where not each of them says so.
fn repeated(tokens: &[Placed], leaves: &[&Expression]) -> bool {
    const TAKEN: [&str; 5] = ["averaged", "average", "averages", "duplicate", "triplicate"];
    const TIMES: [&str; 8] =
        ["measurement", "measurements", "reading", "readings", "testing", "test", "tests", "determinations"];
    let subjects = leaves.iter().filter_map(|leaf| compared(leaf)).map(|compare| &compare.subject);
    let mut said = subjects.map(|subject| has(subject, &TAKEN) || has(subject, &["repeated", "repeat"]));
    let usual = says_in_a_row(tokens, &["above", "below", "than"], &["average"]);
    let taken = says(tokens, &TAKEN) && !usual
        || says_in_a_row(tokens, &["mean"], &["of"])
        || says_in_a_row(tokens, &["repeated", "repeat"], &TIMES);
    taken && (leaves.len() > 1 || said.any(|said| !said))
}

/// "Pre- or post-dialysis": what stands behind the hyphen is missing in the first.
fn half_a_word(tokens: &[Placed], leaf: &Expression) -> bool {
    let Expression::Compare(_) = leaf else { return false };
    let half = tokens.windows(3).any(|row| match row {
        [word, hyphen, or] => {
            word.says(&["pre", "post", "intra", "inter", "mid", "non", "systolic", "left", "right"])
                && hyphen.marks(&['-'])
                && or.says(&["or", "and"])
        }
        _ => false,
    });
    half && says(tokens, &["mean", "average", "median", "highest", "lowest"])
}

/// Which of several values counts is said in words.
fn told_which(tokens: &[Placed], leaf: &Expression) -> bool {
    let Expression::Compare(_) = leaf else { return false };
    says_in_a_row(tokens, &["no"], &["older"])
        || says_in_a_row(tokens, &["if"], &["unavailable"])
        || says(tokens, &["invalid"])
}

/// A dose of another medicine.
fn equivalent(tokens: &[Placed], leaf: &Expression) -> bool {
    const WORDS: [&str; 3] = ["equivalent", "equivalents", "equiv"];
    let Expression::Compare(compare) = leaf else { return false };
    says(tokens, &WORDS) && text(&compare.subject).is_some() && !has(&compare.subject, &WORDS)
}

/// "The following criteria during exercise: …": of each of them.
fn in_some_state(tokens: &[Placed], leaves: &[&Expression]) -> bool {
    let compares = leaves.iter().any(|leaf| compared(leaf).is_some());
    let colon = tokens.iter().position(|placed| placed.marks(&[':'])).unwrap_or(0);
    let lead = tokens.get(..colon).unwrap_or_default();
    const WHAT: [&str; 5] = ["criteria", "parameters", "findings", "values", "measurements"];
    compares && says_in_a_row(lead, &WHAT, &["during", "under", "after", "on", "while", "upon"])
}

/// "ALT > 3 or patients with metastases whose ALT > 5": of two bounds of one thing, one is of some people alone.
fn twice(read: &Expression) -> bool {
    let bound = |part: &Expression| {
        let compare = compared(part)?;
        let (low, end) = match (&compare.low, &compare.high) {
            (Some(low), None) => (true, low),
            (None, Some(high)) => (false, high),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        Some((compare.subject.clone(), low, end.unit.clone(), compare.window.clone(), end.value))
    };
    let Expression::AnyOf(parts) = read else { return false };
    let bounds: Vec<_> = parts.iter().filter_map(bound).collect();
    let same = bounds.iter().enumerate().any(|(at, (subject, low, unit, window, value))| {
        bounds.iter().skip(at + 1).any(|(other, down, measure, when, bound)| {
            (subject, low, unit, window) == (other, down, measure, when) && value != bound
        })
    });
    same || parts.iter().any(twice)
}

/// "History of heart failure (NYHA III-IV)": the class of then, and not that of now.
fn classed_before(tokens: &[Placed], leaves: &[&Expression]) -> bool {
    let before = tokens.first().is_some_and(|first| first.says(&["history", "prior", "previous"]));
    let class = |leaf: &&Expression| {
        compared(leaf).is_some_and(|compare| {
            matches!(&compare.subject, Subject::Concept(id) if id.ends_with("-class")) && compare.window.is_none()
        })
    };
    before && leaves.iter().any(class)
}

/// "SBP ≥ 160 and DBP ≥ 90 during the run-in": what stands behind the last of several is meant of each.
fn goes_with_all(leaves: &[&Expression]) -> bool {
    const BEHIND: [&str; 8] = [
        " (detected",
        " (measured",
        " during ",
        " based on ",
        " despite ",
        " in spite of ",
        " on treatment",
        " on at least ",
    ];
    let said = |compare: &Compare| text(&compare.subject).unwrap_or_default().to_lowercase();
    let each: Vec<String> = leaves.iter().filter_map(|leaf| compared(leaf)).map(said).collect();
    let [before @ .., last] = each.as_slice() else { return false };
    BEHIND.iter().any(|behind| last.contains(behind) && before.iter().any(|one| !one.contains(behind)))
}

/// "A difficult airway (score 3-4), a small mouth": among what excludes, the first of several is not needed.
fn in_a_bracket_of_several(clause: Clause<'_>, leaves: &[&Expression]) -> bool {
    let on = clause
        .tokens
        .windows(2)
        .any(|pair| matches!(pair, [close, comma] if close.marks(&[')']) && comma.marks(&[','])));
    let only = matches!(leaves, [leaf] if compared(leaf).is_some());
    clause.excludes && only && on
}

/// "Ferritin < 100, or 100-299 and saturation < 20 %": the last goes with the second alone.
fn goes_with_one(clause: Clause<'_>, leaves: &[&Expression]) -> bool {
    let compares = leaves.iter().any(|leaf| compared(leaf).is_some());
    let bare = clause.tokens.windows(2).enumerate().any(|(at, pair)| match pair {
        [or, number] if or.says(&["or"]) && number.number().is_some() => {
            clause.tokens.iter().skip(at + 2).take(6).any(|placed| placed.says(&["and"]))
        }
        _ => false,
    });
    !clause.excludes && compares && bare
}

/// "Non-cardiac induced bilirubin or phosphatase > 2 × ULN": of that cause each.
fn caused(tokens: &[Placed]) -> bool {
    let induced = tokens.iter().position(|placed| placed.says(&["induced"]));
    induced.is_some_and(|at| says(tokens.get(..at).unwrap_or_default(), &["non"]))
}

/// "> 60 or ml/min": something was lost.
fn or_a_unit(tokens: &[Placed]) -> bool {
    tokens.windows(3).any(|row| match row {
        [number, or, unit] => number.number().is_some() && or.says(&["or"]) && matches!(unit.token, Token::Unit(_)),
        _ => false,
    })
}

/// "Bilirubin must not exceed 1.2 × ULN" among what excludes: what is asked for, on the wrong list.
fn bids(clause: Clause<'_>, leaves: &[&Expression]) -> bool {
    let compares = leaves.iter().any(|leaf| compared(leaf).is_some());
    let said = shown(clause.glyphs()).to_lowercase();
    let bids = ["must be", "must not", "must have", "should be", "should not", "shall be", "shall not"];
    clause.excludes && compares && bids.iter().any(|bids| said.contains(bids))
}

/// "Any haemoglobin < 8 within 30 days", "prednisone ≥ 10 mg within 4 weeks" on the list of what excludes: one such value is
/// enough.
pub(super) fn of_any(clause: Clause<'_>, read: Reading) -> Reading {
    if !clause.excludes {
        return read;
    }
    let first = clause.tokens.first().is_some_and(|first| first.says(&["any"]));
    match read {
        Reading::Whole(Expression::Compare(compare)) if first => Reading::Whole(Expression::Compare(one_of(compare))),
        Reading::Whole(read) => Reading::Whole(doses(read)),
        Reading::Necessary(read) => Reading::Necessary(doses(read)),
        Reading::Sufficient(read) => Reading::Sufficient(doses(read)),
        Reading::Unclear(inner, doubt) => Reading::Unclear(Box::new(of_any(clause, *inner)), doubt),
        Reading::Doubtful(doubt) => Reading::Doubtful(doubt),
    }
}

fn one_of(compare: Compare) -> Compare {
    let select = if compare.window.is_some() { Select::Any } else { compare.select };
    Compare { select, ..compare }
}

/// Of every dose in a stretch of time.
fn doses(read: Expression) -> Expression {
    let all = |parts: Vec<Expression>| parts.into_iter().map(doses).collect();
    match read {
        Expression::Compare(compare) if is_dose(&compare) => Expression::Compare(one_of(compare)),
        Expression::AllOf(parts) => Expression::AllOf(all(parts)),
        Expression::AnyOf(parts) => Expression::AnyOf(all(parts)),
        other @ (Expression::Compare(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)) => other,
    }
}

/// So many milligrams, and not so many in a volume.
fn is_dose(compare: &Compare) -> bool {
    let unit = compare.low.as_ref().and_then(|low| low.unit.as_deref()).unwrap_or_default().to_lowercase();
    let volume = ["/l", "/dl", "/ml", "/ul", "/µl"].iter().any(|volume| unit.ends_with(volume));
    compare.select == Select::Latest && unit.starts_with("mg") && !volume
}
