//! The parts of a clause with lengths of time, each read and joined again.

use std::cell::Cell;

use crate::model::expression::{Expression, Unread};
use crate::model::record::Status;

use super::amount::amounts;
use super::anchor::Point;
use super::clause::Reading;
use super::dated::{Around, leaf, there};
use super::denial::{denies_inside, denies_something};
use super::doubt::Doubt;
use super::fold::span;
use super::heads::{head, told};
use super::join::Join;
use super::length::length;
use super::list::{PRESENT, VERBS, own_verb};
use super::numbers::{compares, ranges};
use super::parts::{Cut, Part, Stretch, comma_or};
use super::presence::{said, things, undated};
use super::promises::PROMISES;
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::thing::{Thing, text};

/// The parts joined again.
pub(super) fn together(scan: &Scan<'_>, cut: &Cut<'_>, excludes: bool) -> Option<Reading> {
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
    // A part that was not read may share words with the others: unless it says its own time, the whole is asked.
    let whole = Cell::new(true);
    let left = |place: Stretch| {
        let own = OWN_TIME.iter().any(|time| scan.lower(place.0, place.1).contains(time));
        whole.set(whole.get() && own);
        own.then(|| unread(scan, place))
    };
    let mut read_one = false;
    if let Some(asked) = cut.asked {
        let own = head(scan, asked.0, asked.1)?;
        if !any || denied || own.denied || own.status == Some(Status::Planned) {
            return Some(Reading::Doubtful(Doubt::Scope));
        }
        each.extend(left(asked));
    }
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
            each.extend(undated(scan, from, to, excludes).or_else(|| left((from, to))));
        }
    }
    for (number, part) in cut.parts.iter().enumerate() {
        let own = part.head.denied && !(denied && number == 0);
        // "Or who has not recovered from it"
        if own && any && number > 0 && !denied {
            each.extend(left(part.whole));
            continue;
        }
        if own && (any || excludes && !part.head.spoken) || denied && excludes && !part.head.spoken {
            return None;
        }
        if part.wider {
            if !any || denied || own {
                return None;
            }
            each.extend(left(part.whole));
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
            Some(Reading::Sufficient(expression))
                if cut.parts.len() == 1 && cut.rest.is_none() && cut.first.is_none() =>
            {
                return Some(Reading::Sufficient(expression));
            }
            Some(Reading::Sufficient(expression)) if any && !denied => {
                whole.set(false);
                each.push(expression);
                read_one = true;
            }
            Some(Reading::Doubtful(_) | Reading::Sufficient(_) | Reading::Unclear(_, _)) | None
                if cut.parts.len() + usize::from(cut.rest.is_some()) > 1 && !denied =>
            {
                each.extend(left(part.whole));
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
        each.extend(rest.or_else(|| left((from, end))));
    }
    let read = match each.len() {
        1 => said(each, denied),
        _ if any => said(flat(each), denied),
        _ => Expression::AllOf(each),
    };
    match (whole.get(), any) {
        (true, _) => Some(Reading::Whole(read)),
        (false, _) if denied => None,
        (false, true) => Some(Reading::Sufficient(read)),
        (false, false) => Some(Reading::Necessary(read)),
    }
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
        // "Within 90 days of the planned treatment with the device": of the moment, and not of what it is about.
        Some((right, _))
            if matches!(part.timing.point, Some(Point::Moment(_)))
                && scan.longest(scan.skip_blanks(right), phrases!["with", "of", "to", "in", "for", "by"]).is_some() =>
        {
            return None;
        }
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
    // "Prior use of A or use of B within 30 days": whether the time is that of A as well
    let before = scan.lower(part.whole.0.min(part.head.at), part.head.at);
    let told_first = ["prior", "previous", "previously"].iter().any(|word| before.split(' ').any(|said| said == *word));
    if excludes && told_first && !denied && !outside && !part.timing.lasting && about.iter().any(Thing::is_any) {
        return Some(Reading::Sufficient(expression));
    }
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
/// What a Chinese part has that shares no time with the others.
const OWN_TIME: [&str; 14] = [
    "期间",
    "计划",
    "打算",
    "预计",
    "有意",
    "筛选后",
    "给药后",
    "目前",
    "正在",
    "未能",
    "尚未",
    "未恢复",
    "既往",
    "筛选前",
];
/// A moment behind a length that was not understood.
const AGAIN: Phrases =
    Table::phrases(&["before", "prior", "prior to", "preceding", "after", "following", "since", "of the", "from"]);
/// Classes and scores have no length of time of their own.
const SCORED: Phrases = Table::phrases(&["class", "grade", "score", "stage", "nyha", "ecog", "karnofsky", "级"]);

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
