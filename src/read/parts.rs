//! The parts of a clause with lengths of time: which words each of them is about, and how they hang together.

use crate::model::expression::{Expression, Unread};
use crate::model::record::Status;

use super::amount::amounts;
use super::clause::Reading;
use super::dated::{Around, leaf, there};
use super::denial::{denies_inside, denies_something};
use super::doubt::Doubt;
use super::fold::span;
use super::heads::{Head, head, told};
use super::join::{Join, behind, between};
use super::length::length;
use super::list::{PRESENT, VERBS, own_verb};
use super::numbers::{compares, ranges};
use super::presence::{said, things, trimmed_end, undated};
use super::promises::{PROMISES, before_promises};
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::thing::{Thing, text};
use super::token::is_chinese;
use super::window::{Timed, Timing};

/// A stretch of glyphs.
pub(super) type Stretch = (usize, usize);

/// What one length of time is about.
#[derive(Clone, Debug)]
struct Part<'p> {
    head: Head,
    about: Stretch,
    /// Behind the length, where the sentence goes on.
    tail: Option<Stretch>,
    /// All of it, with its length.
    whole: Stretch,
    timing: &'p Timing,
    /// Another stretch of time counts as well.
    wider: bool,
}

/// The parts of a clause, and what joins them and the rest.
#[derive(Clone, Debug, Default)]
struct Cut<'p> {
    parts: Vec<Part<'p>>,
    joins: Vec<Join>,
    /// What stands before all of them, under no length, with an "or" behind it.
    first: Option<Stretch>,
    rest: Option<Stretch>,
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
            None => things_first(scan, several, end)?,
        }
    } else {
        things_first(scan, several, end)?
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
fn things_first<'p>(scan: &Scan<'_>, several: &'p [Timed], end: usize) -> Option<Cut<'p>> {
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
                cut.joins.push(join);
                cut.parts.push(part);
                from = at;
            }
        }
    }
    cut.rest = Some((from, end));
    Some(cut)
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

/// The parts joined again.
fn together(scan: &Scan<'_>, cut: &Cut<'_>, excludes: bool) -> Option<Reading> {
    let or = |join: &Join| match join {
        Join::Or => true,
        Join::Comma | Join::Stop => excludes,
        Join::And | Join::Also | Join::On => false,
    };
    let and = |join: &Join| match join {
        Join::Also => true,
        Join::And | Join::Stop | Join::Comma => !excludes,
        Join::Or | Join::On => false,
    };
    let any = cut.joins.iter().all(or);
    // "And" on an exclusion list stands for "or" as often as not.
    if !any && !cut.joins.iter().all(and) {
        return Some(Reading::Doubtful(Doubt::Scope));
    }
    if cut.first.is_some() && !any {
        return Some(Reading::Doubtful(Doubt::Scope));
    }
    let denied = any && cut.parts.first().is_some_and(|part| part.head.denied);
    let mut each = Vec::new();
    let mut read_one = false;
    if let Some((from, to)) = cut.first {
        let own = head(scan, from, to)?;
        // 正在服用或筛选前2周内曾服用他汀: the verb alone is about the same
        let same = any && own.status == Some(Status::Current) && BARE.contains(&scan.lower(own.at, to).as_str());
        // Without a time of its own it may be under the length behind it.
        if denied || own.denied || own.status.is_none() || !same && to <= own.at + 2 {
            return Some(Reading::Doubtful(Doubt::Scope));
        }
        if same {
            let part = cut.parts.first().filter(|part| part.tail.is_none())?;
            let things = things(scan, part.about.0, part.about.1)?;
            each.extend(things.into_iter().map(|thing| there(thing.subject, Status::Current, None, None)));
        } else {
            each.push(undated(scan, from, to, excludes).unwrap_or_else(|| unread(scan, (from, to))));
        }
    }
    for (number, part) in cut.parts.iter().enumerate() {
        let own = part.head.denied && !(denied && number == 0);
        // "Or who has not recovered from it"
        if own && any && number > 0 && !denied {
            each.push(unread(scan, part.whole));
            continue;
        }
        if own && (any || excludes && !part.head.spoken) || denied && excludes && !part.head.spoken {
            return None;
        }
        if part.wider {
            if !any || denied || own {
                return None;
            }
            each.push(unread(scan, part.whole));
        }
        let apart = number > 0 && comma_or(scan, part.about.0, part.about.1, part.about.1).is_some();
        let read = one(scan, part, [own, denied], excludes);
        let read = if own || denied { read } else { read.or_else(|| narrowed(scan, part, excludes)) };
        match read.filter(|_| !apart) {
            Some(Reading::Whole(expression)) => {
                each.push(expression);
                read_one = true;
            }
            Some(Reading::Necessary(expression))
                if cut.parts.len() == 1 && cut.rest.is_none() && cut.first.is_none() && !denied =>
            {
                return Some(Reading::Necessary(expression));
            }
            Some(Reading::Necessary(expression)) if !denied => {
                each.push(Expression::AllOf(vec![expression, unread(scan, part.whole)]));
                read_one = true;
            }
            Some(Reading::Doubtful(_) | Reading::Sufficient(_) | Reading::Unclear(_, _)) | None
                if cut.parts.len() + usize::from(cut.rest.is_some()) > 1 && !denied =>
            {
                each.push(unread(scan, part.whole));
            }
            Some(Reading::Necessary(_) | Reading::Doubtful(_) | Reading::Sufficient(_) | Reading::Unclear(_, _))
            | None => return None,
        }
    }
    if !read_one || denied && cut.rest.is_some() {
        return None;
    }
    if let Some((from, end)) = cut.rest {
        if splits(scan, cut.parts.last().map(|part| (part.about, part.whole.1)), from, excludes) {
            return None;
        }
        // "Within 6 months or during the screening": another time of the same.
        let times = phrases!["during", "at", "in", "on", "after", "before", "until", "prior to", "within", "since"];
        if scan.longest(from, times).is_some() {
            return None;
        }
        let promised = scan.holds(from, end, &PROMISES);
        let rest = if promised { None } else { undated(scan, from, end, excludes) };
        each.push(rest.unwrap_or_else(|| unread(scan, (from, end))));
    }
    let whole = if any { said(flat(each), denied) } else { Expression::AllOf(each) };
    Some(Reading::Whole(whole))
}

/// What follows belongs with words inside of what stands before: "patients with X who had an ablation within 3 months or
/// are to have one", "disorders such as A, B, a fall within a year, C".
fn splits(scan: &Scan<'_>, last: Option<(Stretch, usize)>, from: usize, excludes: bool) -> bool {
    let Some((about, end)) = last else { return false };
    let said = scan.lower(about.0, about.1);
    let between = scan.lower(end, from);
    let listed = said.contains(',') && between.contains(',') && !between.contains("or");
    let relative = !excludes && [" who have ", " who has ", " who had "].iter().any(|who| said.contains(who));
    listed || relative
}

/// "A sleep study within the last 12 months with no change since": only where there was one, whatever more is asked of it.
fn narrowed(scan: &Scan<'_>, part: &Part<'_>, excludes: bool) -> Option<Reading> {
    let (from, to) = part.tail?;
    let bracket = scan.sign(from) == Some('(');
    let more = phrases!["or", "and", "also", "including", "include", "whichever", "as well"];
    if bracket && scan.longest(from + 1, more).is_some()
        || !bracket && scan.longest(from, phrases!["with", "without", "who", "whose", "that", "which"]).is_none()
    {
        return None;
    }
    // "(6 weeks for nitrosoureas)", "or any ongoing condition": something else is enough too
    let wider = (from..to).any(|at| scan.sign(at).is_some_and(|sign| sign.is_ascii_digit() || sign == ';'));
    if wider || scan.holds(from, to, phrases!["or", "and/or", "或"]) {
        return None;
    }
    let plain = Part { tail: None, whole: (part.whole.0, from), ..part.clone() };
    let read = one(scan, &plain, [false, false], excludes)?;
    if let Reading::Whole(read) | Reading::Necessary(read) = read { Some(Reading::Necessary(read)) } else { None }
}

/// One thing, or the things of a list, with its length of time.
fn one(scan: &Scan<'_>, part: &Part<'_>, [denied, outside]: [bool; 2], excludes: bool) -> Option<Reading> {
    let (from, to) = part.about;
    let behind = |found: fn(&Scan<'_>, usize, usize) -> bool| part.tail.is_some_and(|(from, to)| found(scan, from, to));
    if denies_inside(scan, from, to) || behind(denies_something) {
        return None;
    }
    // "(6 weeks for nitrosoureas)", "or any condition": another length, or another thing
    let other = |scan: &Scan<'_>, from: usize, to: usize| {
        let bracket = Some(from + 1).filter(|_| scan.sign(from) == Some('('));
        let at = bracket.map(|at| length(scan, at).map_or(at, |(_, end)| scan.skip_blanks(end)));
        at.is_some_and(|at| scan.longest(at, phrases!["for", "if", "in case", "in the case"]).is_some())
            || scan.holds(from, to, phrases!["or any"])
    };
    if behind(other) {
        return None;
    }
    // 未吸烟并打算戒烟: what the denial does not reach
    let joined = (from..to).any(|at| scan.longest(at, phrases!["并", "且", "并且", "而", "但"]).is_some());
    if (denied || outside) && joined {
        return None;
    }
    if let (true, None, Some(window)) = (compares(scan, from, to), part.tail, part.timing.past())
        && !denied
        && !outside
        && let Some(read) = amounts(scan, from, to, Some(&window))
    {
        return Some(Reading::Whole(read));
    }
    let odd = [Some(part.about), part.tail]
        .into_iter()
        .flatten()
        .any(|(from, to)| scan.holds(from, to, &ODD) || ranges(scan, from, to));
    let verbs = if part.timing.lasting { &VERBS } else { &PRESENT };
    let tail_leads = part.tail.is_some_and(|(from, _)| scan.longest(from, &AGAIN).is_some());
    let scored = scan.holds(from, to, phrases!["or", "或"]) && scan.holds(from, to, &SCORED);
    if odd
        || tail_leads
        || scored
        || own_verb(scan, from, to, verbs)
        || scan.word(from).is_some_and(|(word, end)| end >= to && word.ends_with("ly"))
    {
        return None;
    }
    // "Treated with a statin for 3 months" may go on, a "previous treatment" does not.
    let told = if part.timing.lasting { None } else { told(scan, from, to) };
    let status = part.head.status.or(told);
    let about = match part.tail {
        None => things(scan, from, to)?,
        // The words behind the length belong to what it is about.
        Some((right, end)) => {
            let (before, behind) = (scan.shown(from, to), scan.shown(right, end));
            let blank = if behind.starts_with(|c: char| c.is_ascii() && c != ',' && c != ')') { " " } else { "" };
            vec![Thing::text(text(&format!("{before}{blank}{behind}"))?)]
        }
    };
    let sentence = || unread(scan, part.whole);
    let words = scan.shown(if part.whole.1 > to { part.whole.0 } else { from }, to);
    let around = Around { status, denied: denied || outside, excludes, words, sentence: &sentence };
    let each: Option<Vec<Expression>> = about.iter().map(|thing| leaf(thing, part.timing, &around)).collect();
    let expression = said(each?, denied);
    // A number inside stays a question.
    let counts = compares(scan, from, to) || behind(compares);
    match (counts, denied || outside) {
        (false, _) => Some(Reading::Whole(expression)),
        (true, false) => Some(Reading::Necessary(expression)),
        (true, true) => None,
    }
}

/// Words of another kind of question.
const ODD: Phrases = Table::phrases(&[
    "will",
    "following time",
    "investigator",
    "investigators",
    "time from",
    "time since",
    "time between",
    "interval between",
    "or any ongoing",
    "研究者认",
    "研究者判",
    "研究者评",
    "研究者决",
    "研究者确",
    "研究者考",
    "研究者同",
    "半衰期",
    "half life",
    "half lives",
    "respectively",
    "whichever",
    "days after",
]);
/// Verbs without what they are about.
const BARE: [&str; 9] = ["服用", "使用", "接受", "应用", "参加", "参与", "服", "用", "进行"];
/// A moment behind a length that was not understood.
const AGAIN: Phrases =
    Table::phrases(&["before", "prior", "prior to", "preceding", "after", "following", "since", "of the", "from"]);
/// Classes and scores have no length of time of their own.
const SCORED: Phrases = Table::phrases(&["class", "grade", "score", "stage", "nyha", "ecog", "karnofsky", "级"]);

/// "A, or B" before a length: the length is that of B alone, unless a comma sets it off. Where B begins.
fn comma_or(scan: &Scan<'_>, from: usize, to: usize, length: usize) -> Option<Stretch> {
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

/// Any of any is any.
fn flat(parts: Vec<Expression>) -> Vec<Expression> {
    let mut each = Vec::new();
    for part in parts {
        if let Expression::AnyOf(inner) = part {
            each.extend(inner);
        } else {
            each.push(part);
        }
    }
    each
}

fn unread(scan: &Scan<'_>, (from, to): Stretch) -> Expression {
    let place = span(scan.glyphs(from, to));
    Expression::Unread(Unread { id: String::new(), text: scan.shown(from, to), span: place })
}
