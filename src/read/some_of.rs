//! Sentences that ask for some of their parts.

use crate::model::expression::Expression;

use super::clause::{Clause, Reading};
use super::leaf::{compared, present};
use super::reserved::expression;
use super::scan::Scan;
use super::table::phrases;
use super::token::Placed;
use super::value::values;
use super::window::timings;

/// It asks for some of its parts, and more was read as needed.
pub(super) fn part_of_them(clause: Clause<'_>, read: &Reading) -> bool {
    let scan = Scan::of(clause);
    let some = phrases![
        "one or more of",
        "at least one of",
        "at least two of",
        "at least 1 of",
        "at least 2 of",
        "at least 3 of",
        "1 or more of",
        "2 or more of",
        "two or more of",
        "one of the following",
        "1 of the following",
        "2 of the following",
        "3 of the following",
        "4 of the following",
        "two of the following",
        "three of the following",
        "four of the following",
        "any of the following",
        "any one of",
        "either of the following",
    ];
    let Some(counts) = (scan.start()..scan.end()).find(|at| scan.longest(*at, some).is_some()) else { return false };
    let first = values(clause.tokens).first().and_then(|value| clause.tokens.get(value.from)).map(|placed| placed.from);
    let before = first.is_none_or(|first| counts < first);
    let any = matches!(expression(read), Some(Expression::AnyOf(_)));
    let needed = matches!(read, Reading::Necessary(_) | Reading::Unclear(_, _));
    // "One of the following within the last year: …": of each of them.
    let timed = before && timings(&scan).iter().any(|timed| first.is_none_or(|first| timed.from < first));
    timed && !windowed(read) || before && needed && !any || expression(read).is_some_and(all_needed)
}

/// All that is compared or was there has a window.
fn windowed(read: &Reading) -> bool {
    let leaves = expression(read).map(Expression::leaves).unwrap_or_default();
    leaves.into_iter().all(|leaf| {
        compared(leaf).is_none_or(|compare| compare.window.is_some())
            && present(leaf).is_none_or(|present| present.window.is_some())
    })
}

/// "失血量≥400mL（…），或有献血者": the one was read as needed, and the other would do.
pub(super) fn needed_of_several(clause: Clause<'_>, read: &Reading) -> bool {
    let Reading::Necessary(needed) = read else { return false };
    let mut depth = 0_usize;
    let mut others = 0_usize;
    for (at, placed) in clause.tokens.iter().enumerate() {
        match placed.mark() {
            Some('(' | '[' | '【') => depth += 1,
            Some(')' | ']' | '】') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let comma = at.checked_sub(1).and_then(|before| clause.tokens.get(before));
        let behind = comma.is_some_and(|placed| placed.marks(&[',', '，', ')', '）', '】', ';', '；']));
        others += usize::from(depth == 0 && behind && placed.says(&["或", "或者"]));
    }
    let ways = if let Expression::AnyOf(parts) = needed { parts.len() } else { 1 };
    others >= ways
}

/// "Meeting 3/5 of the criteria".
pub(super) fn counted(tokens: &[Placed]) -> bool {
    tokens.windows(4).any(|row| match row {
        [some, slash, all, of] => {
            some.number().is_some() && slash.marks(&['/']) && all.number().is_some() && of.says(&["of"])
        }
        _ => false,
    })
}

pub(super) fn holds_all(read: &Expression) -> bool {
    match read {
        Expression::AllOf(_) => true,
        Expression::AnyOf(parts) => parts.iter().any(holds_all),
        Expression::When(when) => holds_all(&when.then),
        Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}

/// Several parts, each of which is needed.
fn all_needed(read: &Expression) -> bool {
    let counted = |part: &Expression| !matches!(part, Expression::Unread(_));
    match read {
        Expression::AllOf(parts) => parts.iter().filter(|part| counted(part)).count() > 1,
        Expression::When(when) => all_needed(&when.then),
        Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}
