//! What joins the parts of a clause with lengths of time.

use super::scan::Scan;
use super::table::{Phrases, Table};
use super::token::is_chinese;

/// How a part hangs on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    Or,
    /// "And", which on an exclusion list may mean "or".
    And,
    /// 且, which means both wherever it stands.
    Also,
    Comma,
    /// A semicolon, a full stop.
    Stop,
    /// The same sentence goes on.
    On,
}

const MARKS: [char; 8] = [',', '，', ';', '；', '.', '。', '、', '/'];
const OR: Phrases = Table::phrases(&["or", "and/or", "或", "或者", "和/或", "或在"]);
const AND: Phrases = Table::phrases(&["and", "but", "plus", "as well as", "while", "和", "及"]);
const ALSO: Phrases = Table::phrases(&[
    "且",
    "并",
    "并且",
    "同时",
    "未能",
    "未",
    "尚未",
    "经",
    "导致",
    "仍",
    "而",
    "致",
    "and have since",
    "并伴",
    "需",
    "需要",
]);
/// Behind a comma the sentence goes on with these.
const ON: Phrases = Table::phrases(&[
    "exclusive of",
    "other than",
    "apart from",
    "including",
    "such as",
    "e.g.",
    "eg",
    "i.e.",
    "ie",
    "as",
    "by",
    "with",
    "for",
    "due to",
    "that",
    "which",
    "who",
    "whom",
    "of",
    "regardless",
    "irrespective",
    "according",
    "defined",
    "包括",
    "例如",
    "如",
    "不包括",
    "不论",
]);

/// How what stands behind a length hangs on what was before, and where its own words begin.
pub(super) fn behind(scan: &Scan<'_>, at: usize) -> (Join, usize) {
    let here = scan.skip(at, &MARKS);
    let mark = (at..here).filter_map(|at| scan.sign(at)).find(|sign| MARKS.contains(sign));
    if let Some(end) = or(scan, here) {
        return (Join::Or, end);
    }
    if scan.longest(here, &ALSO).is_some() {
        return (Join::Also, here);
    }
    if let Some((_, end)) = scan.longest(here, &AND) {
        return (Join::And, scan.skip_blanks(end));
    }
    const MOMENT: Phrases = Table::phrases(&["before", "prior to", "preceding", "after", "following", "since"]);
    let goes_on =
        scan.longest(here, &ON).is_some() || scan.longest(here, &MOMENT).is_some() || scan.sign(here) == Some('(');
    match mark {
        Some(';' | '；' | '.' | '。') => (Join::Stop, here),
        Some(_) if !goes_on => (Join::Comma, here),
        Some(_) => (Join::On, at),
        None => (Join::On, here),
    }
}

fn or(scan: &Scan<'_>, at: usize) -> Option<usize> {
    scan.longest(at, &OR).map(|(_, end)| scan.skip_blanks(end))
}

/// The end of what stands before the next length, and how that hangs on it.
pub(super) fn between(scan: &Scan<'_>, from: usize, next: usize) -> Option<(usize, Join)> {
    const LEADS: Phrases = Table::phrases(&["在", "于", "曾", "曾在", "者", "have"]);
    (from..next).rev().take(12).find_map(|at| {
        let or = scan.longest(at, &OR).filter(|(_, end)| scan.past(*end, &LEADS) >= next).map(|_| Join::Or);
        let stop = matches!(scan.sign(at), Some(';' | '；')).then_some(Join::Stop);
        let reaches = |at: usize| scan.past(at + 1, &LEADS) >= next;
        let join = or.or_else(|| stop.filter(|_| reaches(at)))?;
        let starts = (from..at).rev().take_while(|at| scan.sign(*at).is_some_and(|sign| MARKS.contains(&sign))).last();
        Some((starts.unwrap_or(at), join))
    })
}

/// Where another part begins inside a stretch that a length stands before: its end, how it hangs on, its words.
pub(super) fn inside(scan: &Scan<'_>, from: usize, to: usize) -> Option<(usize, Join, usize)> {
    let mut depth = 0_usize;
    for at in from..to {
        match scan.sign(at)? {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            ';' | '；' | '。' if depth == 0 => {
                let here = scan.skip(at, &MARKS);
                let (join, next) = match or(scan, here) {
                    Some(next) => (Join::Or, next),
                    None => (Join::Stop, here),
                };
                return Some((at, join, next)).filter(|_| here < to);
            }
            ',' | '，' if depth == 0 => {
                let (join, next) = behind(scan, at);
                let chinese = scan.sign(next).is_some_and(is_chinese);
                match join {
                    Join::Or if begins(scan, next) => return Some((at, Join::Or, next)),
                    Join::Also => return Some((at, Join::Also, next)),
                    // A Chinese comma may go on, add or choose.
                    Join::Comma if chinese => return Some((at, Join::On, next)),
                    Join::Or | Join::And | Join::Comma | Join::Stop | Join::On => {}
                }
            }
            _ if depth == 0 && begins_or(scan, at) => {
                return Some((at, Join::Or, or(scan, at)?));
            }
            _ => {}
        }
    }
    None
}

/// "Or planned…", 或正在…: a part with a time of its own.
fn begins_or(scan: &Scan<'_>, at: usize) -> bool {
    or(scan, at).is_some_and(|next| begins(scan, next))
}

fn begins(scan: &Scan<'_>, at: usize) -> bool {
    const OWN: Phrases = Table::phrases(&[
        "planned",
        "planning",
        "current",
        "currently",
        "history of",
        "known",
        "any history",
        "prior",
        "previous",
        "have",
        "has",
        "are",
        "is",
        "正在",
        "计划",
        "目前",
        "现",
        "既往",
        "曾",
        "有",
        "拟",
        "将",
        "预期",
        "需要",
        "试验期间",
        "研究期间",
        "在试验期间",
        "在研究期间",
        "存在",
    ]);
    scan.longest(at, &OWN).is_some()
}
