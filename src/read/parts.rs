//! The parts of a clause with lengths of time: which words each of them is about, and how they hang together.

use crate::model::record::Status;

use super::clause::Reading;
use super::heads::{Head, head};
use super::join::{Join, behind, between};
use super::parted::together;
use super::presence::trimmed_end;
use super::promises::before_promises;
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::token::is_chinese;
use super::window::{Timed, Timing};

/// A stretch of glyphs.
pub(super) type Stretch = (usize, usize);

/// What one length of time is about.
#[derive(Clone, Debug)]
pub(super) struct Part<'p> {
    pub(super) head: Head,
    pub(super) about: Stretch,
    /// Behind the length, where the sentence goes on.
    pub(super) tail: Option<Stretch>,
    /// All of it, with its length.
    pub(super) whole: Stretch,
    pub(super) timing: &'p Timing,
    /// Another stretch of time counts as well.
    pub(super) wider: bool,
}

/// The parts of a clause, and what joins them and the rest.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut<'p> {
    pub(super) parts: Vec<Part<'p>>,
    pub(super) joins: Vec<Join>,
    /// What stands before all of them, under no length, with an "or" behind it.
    pub(super) first: Option<Stretch>,
    /// What stands before the first of them in a list, and may be under its length.
    pub(super) asked: Option<Stretch>,
    pub(super) rest: Option<Stretch>,
}

/// A clause with lengths of time, from its first sign to `end`.
pub(super) fn timed(scan: &Scan<'_>, several: &[Timed], end: usize, excludes: bool) -> Option<Reading> {
    let several = before_promises(scan, several, excludes)?;
    let end = trimmed_end(scan, scan.start(), end);
    let first = several.first()?;
    let lead = trimmed_end(scan, scan.start(), first.from);
    let before = head(scan, scan.start(), lead)?;
    // 既往行肺切除术，或筛选前12个月内接受肺减容术
    let apart = between(scan, scan.start(), first.from).filter(|(_, join)| *join == Join::Or);
    if let ([only], true) = (several, excludes)
        && let Some(wider) = on_and_on(scan, only, end)
    {
        return together(scan, &Cut { parts: vec![wider], ..Cut::default() }, true);
    }
    let cut = if before.at >= lead {
        lengths_first(scan, several, before, end)?
    } else if let Some((to, _)) = apart {
        let none = Head { denied: false, spoken: false, status: None, at: first.from };
        match lengths_first(scan, several, none, end) {
            Some(cut) => Cut { first: Some((scan.start(), to)), ..cut },
            None => things_first(scan, several, end, excludes)?,
        }
    } else {
        things_first(scan, several, end, excludes)?
    };
    together(scan, &cut, excludes)
}

/// "Within 14 days prior to day 1 and until day 5": what is there in the one stretch excludes, and what is there later.
fn on_and_on<'p>(scan: &Scan<'_>, timed: &'p Timed, end: usize) -> Option<Part<'p>> {
    const ON: Phrases = Table::phrases(&[
        "through",
        "through to",
        "until",
        "up until",
        "throughout",
        "and until",
        "and up to",
        "and through",
        "and throughout",
        "and during",
        "and while",
        "or during",
        "or while",
        "and for the duration",
        "or for the duration",
    ]);
    let at = scan.skip(timed.to, &[',', ')']);
    let (_, behind) = scan.longest(at, &ON).filter(|(_, behind)| *behind < end)?;
    let counted = (behind..end).any(|at| scan.longest(at, phrases!["unless", "except", "or", "if"]).is_some());
    let to = trimmed_end(scan, scan.start(), timed.from);
    let head = head(scan, scan.start(), to).filter(|head| !head.denied && head.at < to)?;
    // "That cannot be discontinued 7 days before": not what was, but what can be done
    let able = phrases!["cannot", "can not", "unable", "able", "discontinued", "stopped", "have to", "has to"];
    let plain = !counted
        && !timed.timing.lasting
        && !scan.holds(head.at, to, able)
        && open_before(scan, scan.start(), timed.from).is_none();
    plain.then_some(Part {
        head,
        about: (head.at, to),
        tail: None,
        whole: (scan.start(), end),
        timing: &timed.timing,
        wider: true,
    })
}

/// "Stroke within 6 months or seizures within 2 years": what it is about stands before its length.
fn things_first<'p>(scan: &Scan<'_>, several: &'p [Timed], end: usize, excludes: bool) -> Option<Cut<'p>> {
    let mut cut = Cut::default();
    let mut from = scan.start();
    let first = several.first()?;
    if let Some((at, next)) = comma_or(scan, from, trimmed_end(scan, from, first.from), first.from) {
        cut.first = Some((from, at));
        from = next;
    }
    for (number, timed) in several.iter().enumerate() {
        let last = number + 1 == several.len();
        // 有吸烟史，筛选前6个月未吸烟: the length stands before what it is about
        if led_by_comma(scan, timed) {
            return None;
        }
        let open = open_before(scan, from, timed.from);
        let alone = open.filter(|open| {
            scan.skip_blanks(open + 1) == timed.from && scan.sign(scan.skip_blanks(timed.to)) == Some(')')
        });
        let to = trimmed_end(scan, from, alone.unwrap_or(timed.from));
        let past = if alone.is_some() { scan.skip(timed.to, &[')']) } else { timed.to };
        let head = head(scan, from, to)?;
        let timing = &timed.timing;
        let mut part = Part { head, about: (head.at, to), tail: None, whole: (from, past), timing, wider: false };
        if head.at >= to {
            // "Or planned within the next 3 months": the same
            let same = cut.parts.last().filter(|_| head.status == Some(Status::Planned) && !head.denied)?;
            part.about = same.about;
        }
        let (join, at) = behind(scan, past);
        if at >= end {
            cut.parts.push(part);
            return last.then_some(cut);
        }
        // Inside a parenthesis with other words the sentence goes on.
        let on = join == Join::On || open.is_some() && alone.is_none();
        match (on, last) {
            (true, true) => {
                part.tail = Some((if open.is_some() && alone.is_none() { timed.to } else { at }, end));
                part.whole.1 = end;
                cut.parts.push(part);
                return Some(cut);
            }
            (true, false) => return None,
            (false, _) => {
                // "A, B within 6 months, or C": of B at least.
                let listed = excludes && matches!(join, Join::Or | Join::Comma);
                if let Some(comma) = last_comma(scan, part.about.0, to).filter(|_| listed) {
                    let on = phrases![
                        "defined",
                        "including",
                        "such as",
                        "i.e.",
                        "ie",
                        "e.g.",
                        "eg",
                        "of",
                        "as",
                        "who",
                        "with"
                    ];
                    if number > 0 || cut.first.is_some() || scan.longest(scan.skip_blanks(comma + 1), on).is_some() {
                        return None;
                    }
                    let own = self::head(scan, comma + 1, to).filter(|own| own.at < to)?;
                    cut.asked = Some((from, comma));
                    part = Part { head: own, about: (own.at, to), whole: (comma + 1, past), ..part };
                }
                cut.joins.push(join);
                cut.parts.push(part);
                from = at;
            }
        }
    }
    cut.rest = Some((from, end));
    Some(cut)
}

/// The last comma outside of brackets, in a stretch of English without an "or".
fn last_comma(scan: &Scan<'_>, from: usize, to: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut comma = None;
    for at in from..to {
        match scan.sign(at) {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            Some(',') if depth == 0 => comma = Some(at),
            _ => {}
        }
    }
    comma.filter(|_| !scan.holds(from, to, phrases!["or", "and", "and/or"]))
}

/// 或筛选后至首次给药前: where the words behind it begin.
fn until_dose(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let (_, from) = scan.longest(at, phrases!["或", "或者", "或在", "及"])?;
    let to = (from..scan.end().min(from + 10)).find(|at| scan.longest(*at, phrases!["至", "到"]).is_some())?;
    let before = scan.lower(from, to);
    let end = (to..scan.end().min(to + 12)).find(|at| scan.sign(*at) == Some('前'))?;
    let dose = ["给药", "用药", "服药", "随机", "入组", "入住"].iter().any(|dose| scan.lower(to, end).ends_with(dose));
    (dose && ["后", "期间", "开始", "时"].iter().any(|last| before.ends_with(last)))
        .then(|| scan.skip(end + 1, &['内', '的', ',', '，']))
}

fn led_by_comma(scan: &Scan<'_>, timed: &Timed) -> bool {
    let before = (scan.start()..timed.from).rev().find_map(|at| scan.sign(at).filter(|sign| !sign.is_whitespace()));
    let behind = scan.sign(scan.skip_blanks(timed.to));
    matches!(before, Some(',' | '，')) && behind.is_some_and(is_chinese)
}

/// 筛选前3个月内接受过手术，或筛选前1个月内输过血: the length stands first.
fn lengths_first<'p>(scan: &Scan<'_>, several: &'p [Timed], before: Head, end: usize) -> Option<Cut<'p>> {
    let mut cut = Cut::default();
    for (number, timed) in several.iter().enumerate() {
        let next = several.get(number + 1).map_or(end, |next| next.from);
        let from = scan.skip(timed.to, &[',', '，', ':', '：', '的', '、', ')']);
        let (from, wider) = until_dose(scan, from).map_or((from, false), |from| (from, true));
        if !wider && scan.longest(from, phrases!["或", "或者", "or", "and", "and/or"]).is_some() {
            return None;
        }
        let from =
            scan.past(from, phrases!["of", "any of the following:", "any of the following", "one of the following:"]);
        let from = scan.skip(from, &[':', '：']);
        let (to, join) = if number + 1 < several.len() {
            let (to, join) = between(scan, from, next)?;
            // Behind a semicolon the length counts no more.
            if matches!(super::join::inside(scan, from, to), Some((_, Join::Stop, _))) {
                return None;
            }
            (to, Some((join, next)))
        } else {
            match super::join::inside(scan, from, next) {
                Some((to, join, at)) => (to, Some((join, at))),
                None => (next, None),
            }
        };
        let to = trimmed_end(scan, from, to);
        let own = head(scan, from, to).filter(|own| own.at < to)?;
        let lead = if number == 0 { before } else { Head { denied: false, ..own } };
        if lead.denied && own.denied {
            return None;
        }
        let head = Head {
            denied: lead.denied || own.denied,
            spoken: lead.spoken || own.spoken,
            status: own.status.or(lead.status),
            at: own.at,
        };
        let timing = &timed.timing;
        cut.parts.push(Part { head, about: (own.at, to), tail: None, whole: (timed.from, to), timing, wider });
        if let Some((join, at)) = join {
            cut.joins.push(join);
            cut.rest = (number + 1 == several.len()).then_some((at, end));
        }
    }
    Some(cut)
}

/// The parenthesis that is open at a place.
fn open_before(scan: &Scan<'_>, from: usize, to: usize) -> Option<usize> {
    let mut open = Vec::new();
    for at in from..to {
        match scan.sign(at) {
            Some('(') => open.push(at),
            Some(')') => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// "A, or B" before a length: the length is that of B alone, unless a comma sets it off. Where B begins.
pub(super) fn comma_or(scan: &Scan<'_>, from: usize, to: usize, length: usize) -> Option<Stretch> {
    let mark = |at: usize| matches!(scan.sign(at), Some(',' | '，'));
    let off = length.checked_sub(1).is_some_and(|last| (to..=last).any(mark));
    if (from..to).any(|at| matches!(scan.sign(at), Some('(' | ')'))) {
        return None;
    }
    let mut commas = (from..to).filter(|at| mark(*at));
    let at = commas.next().filter(|_| !off && commas.next().is_none())?;
    let (_, next) = scan.longest(scan.skip_blanks(at + 1), phrases!["or", "或", "或者"])?;
    Some((at, scan.skip_blanks(next)))
}
