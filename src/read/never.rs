//! Time since something that may never have been.
//!
//! What never was is longer ago than any bound, so that "never" meets an `elapsed` alone. Whether a text means that:
//!
//! | the text says | somebody whom it never happened to |
//! |---|---|
//! | "X more than 6 weeks ago"; anything on the exclusion list | does not meet it: that X was is asked too |
//! | "the last X at least 6 weeks ago", "at least 6 weeks since X, if ever" | meets it: there is nothing to wait for |
//! | "at least 6 weeks after X", "prior X at least 6 weeks ago" | is asked the sentence: both are meant so |
//!
//! "At least 6 weeks since the last X" on the exclusion list says what is required, and is not read.

use crate::model::concept::{Concept, Kind};
use crate::model::expression::{Bound, Elapsed, Expression, Present};
use crate::model::record::{Status, Subject};

use super::clause::{Clause, Reading};
use super::dated::there;
use super::token::Placed;

/// What "never" says to a time since something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Never {
    Fails,
    Meets,
    Asked,
}

/// What the words for something say of whether it was, behind a length of time or before it.
pub(super) fn never(text: &str, length_first: bool) -> Never {
    const LAST: [&str; 8] = ["last ", "most recent ", "latest ", "末次", "最后一次", "最近一次", "最后1次", "最近1次"];
    const BEFORE: [&str; 26] = [
        "prior ",
        "previous ",
        "any ",
        "all ",
        "must be",
        "must have been",
        "should be",
        "should have been",
        "washout",
        "wash-out",
        "complet",
        "discontinu",
        "stopp",
        "cessation",
        "finish",
        "recover",
        "end of ",
        "既往",
        "此前",
        "停用",
        "停止",
        "停药",
        "完成",
        "结束",
        "洗脱",
        "任何",
    ];
    let text = text.to_lowercase();
    let text = text.trim_start_matches("the ");
    if LAST.iter().any(|word| text.starts_with(word)) {
        Never::Meets
    } else if length_first || BEFORE.iter().any(|word| text.contains(word)) {
        Never::Asked
    } else {
        Never::Fails
    }
}

/// At least so long since something, where no bound above says that it was.
pub(super) fn at_least(
    since: Subject,
    low: Bound,
    never: Never,
    excludes: bool,
    sentence: impl Fn() -> Expression,
) -> Option<Expression> {
    let dated = |id: &String| Concept::named(id).is_some_and(|concept| concept.kind == Kind::Date);
    // A day of its own is asked for as such.
    if matches!(&since, Subject::Concept(id) if dated(id)) {
        return Some(Expression::Elapsed(Elapsed { since, low: Some(low), high: None }));
    }
    let was = there(since.clone(), Status::History, None, None);
    // "More than 6 weeks after X" excludes whom it happened to, "at least" requires something.
    let required = low.inclusive;
    let elapsed = Expression::Elapsed(Elapsed { since, low: Some(low), high: None });
    Some(match (never, excludes) {
        (Never::Fails, _) => Expression::AllOf(vec![was, elapsed]),
        (Never::Meets, false) => elapsed,
        (Never::Asked, false) => Expression::AllOf(vec![elapsed, Expression::AnyOf(vec![was, sentence()])]),
        (Never::Asked | Never::Meets, true) if !required => Expression::AllOf(vec![was, elapsed]),
        (Never::Asked | Never::Meets, true) => return None,
    })
}

/// "…, if ever", "…, or never", （如有）: what stands before it; on the exclusion list only "or never" says that "never"
/// meets it.
pub(super) fn or_never(clause: Clause<'_>) -> Option<Clause<'_>> {
    const EVER: [&[&str]; 6] = [
        &["if", "ever"],
        &["if", "any"],
        &["if", "applicable"],
        &["if", "there", "was", "any"],
        &["如", "有"],
        &["若", "有"],
    ];
    const NEVER: [&[&str]; 2] = [&["or", "never"], &["或", "从", "未"]];
    let tokens = clause.tokens;
    let last = tokens.iter().rposition(|placed| !placed.marks(&[')', '）', '.', '。']))? + 1;
    let ends = |words: &&[&str]| {
        let from = last.checked_sub(words.len())?;
        let said = tokens.get(from..last)?;
        said.iter().zip(*words).all(|(placed, word)| placed.says(&[*word])).then_some(from)
    };
    let ever = EVER.iter().filter(|_| !clause.excludes);
    let from = ever.chain(&NEVER).find_map(ends)?;
    let opens = |placed: &Placed| placed.marks(&['(', '（', ',', '，']);
    let to = tokens.get(..from)?.iter().rposition(|placed| !opens(placed))? + 1;
    Some(Clause { excludes: false, ..clause.part(0, to) })
}

/// A time since something, read without these words: "never" meets it.
pub(super) fn alone(reading: Reading) -> Option<Reading> {
    match reading.whole()? {
        Expression::AllOf(parts) => match parts.as_slice() {
            [Expression::Present(Present { status: Status::History, .. }), elapsed @ Expression::Elapsed(_)]
            | [elapsed @ Expression::Elapsed(_), Expression::AnyOf(_)] => Some(Reading::Whole(elapsed.clone())),
            _ => None,
        },
        elapsed @ Expression::Elapsed(_) => Some(Reading::Whole(elapsed)),
        Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => None,
    }
}
