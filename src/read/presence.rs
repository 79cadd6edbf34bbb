//! Conditions, medicines, procedures and events that are there or not.

use crate::model::expression::Expression;
use crate::model::record::{Status, Subject};

use super::amount::amounts;
use super::clause::{Clause, Reading};
use super::conditional::is_conditional;
use super::dated::there;
use super::denial::denies_something;
use super::heads::{head, told};
use super::judgement::judgement;
use super::list::{PRESENT, VERBS, items, own_verb};
use super::numbers::compares;
use super::parts::timed;
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::tense::is_of_another_time;
use super::thing::{Thing, thing};
use super::token::{Placed, Token};
use super::turn::turn;
use super::value::values;
use super::window::{Timed, timings};

/// A clause about what is there, was there or is planned.
pub(super) fn present(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    if let Some(judgement) = judgement(&scan) {
        return Some(Reading::Whole(judgement));
    }
    if is_conditional(&scan, clause.excludes) {
        return None;
    }
    if let Some(reading) = both(clause) {
        return Some(reading);
    }
    let mut timings = timings(&scan);
    // "Major surgery (except of the teeth) within 4 weeks": the bracket belongs to what it is about.
    let mut turn = turn(&scan, scan.start());
    while let Some(close) =
        turn.and_then(|open| closing(&scan, open)).filter(|close| timings.iter().any(|timed| timed.from > *close))
    {
        turn = super::turn::turn(&scan, close);
    }
    let end = turn.unwrap_or(scan.end());
    timings.retain(|timed| timed.to <= end);
    // What a bracket says of a word hangs on that word, where the clause has a length of its own.
    if timings.iter().any(|timed| !inside(&scan, timed)) {
        timings.retain(|timed| !inside(&scan, timed));
    } else if !timings.is_empty() {
        return None;
    }
    if turn.is_some_and(|turn| widens(&scan, turn, clause.excludes)) {
        return None;
    }
    let reading = if timings.is_empty() {
        undated(&scan, scan.start(), end, clause.excludes).map(Reading::Whole)
    } else {
        timed(&scan, &timings, end, clause.excludes)
    };
    match (reading?, turn) {
        // "No cancer except of the skin": who never had any fits, and others too.
        (Reading::Whole(expression @ Expression::Not(_)), Some(_)) if !clause.excludes => {
            Some(Reading::Sufficient(expression))
        }
        // What is taken back is asked with the whole.
        (Reading::Whole(expression), Some(_)) => Some(Reading::Necessary(expression)),
        (reading, _) => Some(reading),
    }
}

/// What is taken back makes more of it: what includes lets others in, what excludes is stricter for some, or goes on
/// behind the exception.
fn widens(scan: &Scan<'_>, turn: usize, excludes: bool) -> bool {
    let at = scan.skip(turn, &['(']);
    if !excludes {
        return scan.holds(at, scan.end(), phrases!["unless"]);
    }
    const STRICTER: Phrases =
        Table::phrases(&["stringent", "stricter", "prohibited", "longer", "not allowed", "not permitted"]);
    const ANEW: Phrases = Table::phrases(&[
        "or any",
        "or a history",
        "or history",
        "or known",
        "or current",
        "or active",
        "or prior",
        "or previous",
        "or has",
        "or have",
        "or is",
        "or are",
        "or patients",
        "or subjects",
    ]);
    let behind = closing(scan, turn).map(|close| close + 1);
    let goes_on = behind.is_some_and(|behind| {
        scan.holds(behind, scan.end(), phrases!["or", "and"])
            || (behind..scan.end()).any(|at| scan.sign(at) == Some(','))
    });
    goes_on || scan.holds(at, scan.end(), &STRICTER) || scan.holds(at, scan.end(), &ANEW)
}

/// Where the bracket closes that opens at a place, with none inside it.
fn closing(scan: &Scan<'_>, open: usize) -> Option<usize> {
    let close = (open..scan.end()).find(|at| scan.sign(*at) == Some(')')).filter(|_| scan.sign(open) == Some('('))?;
    let nested = (open + 1..close).any(|at| scan.sign(at) == Some('('));
    (!nested).then_some(close)
}

/// A length in a bracket with other words.
fn inside(scan: &Scan<'_>, timed: &Timed) -> bool {
    let open = (scan.start()..timed.from)
        .rev()
        .take_while(|at| scan.sign(*at) != Some(')'))
        .find(|at| scan.sign(*at) == Some('('));
    let close = (timed.to..scan.end()).find(|at| scan.sign(*at) == Some(')'));
    let alone =
        |open: usize, close: usize| scan.skip_blanks(open + 1) == timed.from && scan.skip_blanks(timed.to) == close;
    open.zip(close).is_some_and(|(open, close)| !alone(open, close))
}

/// 且 between two clauses: both hold, wherever they stand.
fn both(clause: Clause<'_>) -> Option<Reading> {
    let joins = |placed: &Placed| matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "且" | "并且"));
    let at = clause.tokens.iter().position(joins)?;
    if clause.tokens.iter().any(|placed| placed.marks(&[';', '；'])) {
        return None;
    }
    let first = clause.part(0, at).trimmed();
    let second = clause.part(at + 1, clause.tokens.len()).trimmed();
    let whole = |clause: Clause<'_>| clause.reading().and_then(Reading::whole);
    // Under a length that stands before both.
    let scan = Scan::of(clause);
    let led = timings(&Scan::of(first)).first().is_some_and(|timed| timed.from <= scan.start() + 2);
    if led && timings(&Scan::of(second)).is_empty() && values(second.tokens).is_empty() {
        return whole(first).map(Reading::Necessary);
    }
    match (whole(first), whole(second)) {
        (Some(first), Some(second)) => Some(Reading::Whole(Expression::AllOf(vec![first, second]))),
        (first, second) => first.or(second).map(Reading::Necessary),
    }
}

/// A stretch without any length of time.
pub(super) fn undated(scan: &Scan<'_>, from: usize, to: usize, excludes: bool) -> Option<Expression> {
    let end = trimmed_end(scan, from, to);
    if let Some((at, next)) = own_time(scan, from, end) {
        let (first, second) = (undated(scan, from, at, excludes)?, undated(scan, next, end, excludes)?);
        let denies = |expression: &Expression| matches!(expression, Expression::Not(_));
        return (!denies(&first) && !denies(&second)).then(|| Expression::AnyOf(vec![first, second]));
    }
    let head = head(scan, from, end)?;
    if !head.denied
        && head.status.is_none_or(|status| status == Status::History)
        && compares(scan, head.at, end)
        && let Some(read) = amounts(scan, head.at, end, None)
    {
        return Some(read);
    }
    if head.denied && excludes || denies_something(scan, head.at, end) || compares(scan, head.at, end) {
        return None;
    }
    let about = things(scan, head.at, end)?;
    let goes_on = |thing: &Thing| match &thing.subject {
        Subject::Concept(id) => GOING_ON.contains(&id.as_str()),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    };
    let going_on = about.iter().all(goes_on).then_some(Status::Current);
    let status = head.status.or_else(|| told(scan, head.at, end)).or(going_on)?;
    // 接受过或计划接受移植
    let planned = status == Status::History && !head.denied && scan.holds(head.at, end, phrases!["或计划", "或拟"]);
    let status = if planned { Status::Any } else { status };
    if about.iter().any(|thing| is_of_another_time(status, &thing.text)) || untouched(scan, from, head.at) {
        return None;
    }
    // "History of a transplant or on a list for one": the list is of now.
    let on = |thing: &Thing| thing.text.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case("on"));
    if status == Status::History && about.len() > 1 && about.iter().any(on) {
        return None;
    }
    // "Or prior to randomization" is a moment.
    if status == Status::History && about.iter().any(|thing| thing.text.to_lowercase().starts_with("to ")) {
        return None;
    }
    // "Receiving chemotherapy or has received radiotherapy": of another time
    let verbs = if status == Status::History { &PRESENT } else { &VERBS };
    if own_verb(scan, head.at, end, verbs) {
        return None;
    }
    let each = about.into_iter().map(|thing| there(thing.subject, status, None, None)).collect();
    Some(said(each, head.denied))
}

/// "Previously untreated": it goes on.
fn untouched(scan: &Scan<'_>, from: usize, at: usize) -> bool {
    const NEVER: Phrases =
        Table::phrases(&["untreated", "undiagnosed", "unvaccinated", "unexposed", "undetected", "unrecognized"]);
    scan.lower(from, at).trim_end().ends_with("previously") && scan.longest(at, &NEVER).is_some()
}

/// 既往接受过移植，或计划接受移植: where a part begins that has a time of its own.
fn own_time(scan: &Scan<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    const OWN: Phrases = Table::phrases(&["计划", "拟", "正在", "目前", "现", "既往", "曾", "曾经", "打算", "准备"]);
    let mut depth = 0_usize;
    (from..to).find_map(|at| {
        match scan.sign(at) {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let (_, end) = scan.longest(at, phrases!["或", "或者", "or", "and/or"]).filter(|_| depth == 0 && at > from)?;
        let comma = scan.sign(at - 1).is_some_and(|sign| matches!(sign, ',' | '，'));
        if comma && scan.longest(end, &OWN).is_some() {
            return Some((at - 1, end));
        }
        let next = scan.skip_blanks(end);
        turns_to(scan, from, at, next).then_some((at, next))
    })
}

/// "History of stroke or current dialysis": what stands behind the "or" is of another time than what stands before it.
fn turns_to(scan: &Scan<'_>, from: usize, or: usize, next: usize) -> bool {
    const OWN: Phrases = Table::phrases(&["current", "currently", "ongoing", "history of", "planned", "scheduled"]);
    let own = scan.longest(next, &OWN).and_then(|_| head(scan, next, scan.end()));
    let before = head(scan, from, or).filter(|before| scan.skip(before.at, &[',', '，']) < or);
    own.zip(before).is_some_and(|(own, before)| {
        own.status.is_some() && before.status.is_some() && own.status != before.status && !before.denied
    })
}

/// Of these the bare name means that somebody has it now: they do not pass.
const GOING_ON: [&str; 28] = [
    "hepatitis-b",
    "hepatitis-c",
    "pregnancy",
    "breastfeeding",
    "hiv-infection",
    "diabetes",
    "type-1-diabetes",
    "type-2-diabetes",
    "hypertension",
    "cirrhosis",
    "dementia",
    "alzheimers-disease",
    "parkinsons-disease",
    "multiple-sclerosis",
    "copd",
    "asthma",
    "chronic-kidney-disease",
    "heart-failure",
    "rheumatoid-arthritis",
    "lupus",
    "myasthenia-gravis",
    "schizophrenia",
    "bipolar-disorder",
    "coronary-artery-disease",
    "peripheral-artery-disease",
    "mri-contraindication",
    "dialysis",
    "brain-metastases",
];

/// Several of them: any one; denied: none.
pub(super) fn said(mut each: Vec<Expression>, denied: bool) -> Expression {
    let together = if each.len() == 1 { each.remove(0) } else { Expression::AnyOf(each) };
    if denied { Expression::Not(Box::new(together)) } else { together }
}

/// What the stretch is about: one thing, or those of a list.
pub(super) fn things(scan: &Scan<'_>, from: usize, to: usize) -> Option<Vec<Thing>> {
    match items(scan, from, to) {
        Some(items) => items.into_iter().map(|(from, to)| thing(scan, from, to)).collect(),
        None => thing(scan, from, to).map(|thing| vec![thing]),
    }
}

/// The end of a stretch without what only leads to a length of time.
pub(super) fn trimmed_end(scan: &Scan<'_>, from: usize, to: usize) -> usize {
    const LEADS: Phrases = Table::phrases(&[
        "was administered",
        "was given",
        "was performed",
        "has been performed",
        "had been",
        "have been",
        "were",
        "was",
        "is",
        "are",
        "will be excluded",
        "are excluded",
        "is excluded",
        "should be excluded",
        "must be excluded",
        "will not be included",
        "are not eligible",
        "received",
        "given",
        "administered",
        "done",
        "taken",
        "occurring",
        "occurred",
        "performed",
        "carried out",
        "as",
        "that occurred",
        "that has occurred",
        "at any time",
        "currently or",
        "presently or",
        "either currently or",
        "at present or",
        "now or",
        "either",
        "and",
        "has been",
        "taken place",
        "patients",
        "subjects",
        "participants",
        "患者",
        "的患者",
        "受试者",
        "的受试者",
        "者",
        "的",
        "在",
        "且在",
        "于",
        "within",
        "in",
        "for",
        "during",
        "是",
        "为",
    ]);
    let mut end = to;
    loop {
        while end > from
            && scan.sign(end - 1).is_some_and(|sign| {
                sign.is_whitespace() || matches!(sign, ',' | ';' | ':' | '.' | '，' | '；' | '：' | '。' | '、' | '-')
            })
        {
            end -= 1;
        }
        let mut near = end.saturating_sub(20).max(from)..end;
        let shorter = near.find(|at| scan.longest(*at, &LEADS).is_some_and(|(_, last)| last == end));
        match shorter {
            // 行为 is a word of its own
            Some(at) if at > from && scan.lower(at.saturating_sub(1), end) == "行为" => return end,
            Some(at) if at > from => end = at,
            Some(_) | None => return end,
        }
    }
}
