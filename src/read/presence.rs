//! Conditions, medicines, procedures and events that are there or not.

use crate::model::expression::{Expression, Judgement};
use crate::model::record::{Status, Subject};

use super::clause::{Clause, Reading};
use super::dated::there;
use super::heads::{head, told};
use super::list::items;
use super::parts::timed;
use super::scan::Scan;
use super::thing::{Thing, thing};
use super::turn::turn;
use super::window::timings;

/// A clause about what is there, was there or is planned.
pub(super) fn present(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    if let Some(judgement) = judgement(&scan) {
        return Some(Reading::Whole(judgement));
    }
    if scan.holds(scan.start(), scan.end(), &CONDITIONS) {
        return None;
    }
    let turn = turn(&scan);
    let end = turn.unwrap_or(scan.end());
    let mut timings = timings(&scan);
    timings.retain(|timed| timed.to <= end);
    let reading = if timings.is_empty() {
        undated(&scan, scan.start(), end, clause.excludes).map(Reading::Whole)
    } else {
        timed(&scan, &timings, end, clause.excludes)
    };
    match (reading?, turn) {
        // What is taken back is asked with the whole.
        (Reading::Whole(expression), Some(_)) => Some(Reading::Necessary(expression)),
        (reading, _) => Some(reading),
    }
}

/// What makes the rest hang on something else.
const CONDITIONS: [&str; 18] = [
    "if",
    "in case of",
    "in the case of",
    "when",
    "as long as",
    "depending on",
    "whether",
    "otherwise",
    "then",
    "at the discretion",
    "如果",
    "若",
    "除非",
    "则",
    "否则",
    "但需",
    "可接受",
    "方可",
];

/// Only the investigator can say it.
fn judgement(scan: &Scan<'_>) -> Option<Expression> {
    const JUDGES: [&str; 40] = [
        "in the opinion of the investigator",
        "in the investigator's opinion",
        "in the opinion of the investigators",
        "in the opinion of the principal investigator",
        "in the opinion of investigator",
        "in the judgment of the investigator",
        "in the judgement of the investigator",
        "in the investigator's judgment",
        "in the investigator's judgement",
        "at the discretion of the investigator",
        "at the investigator's discretion",
        "as judged by the investigator",
        "as determined by the investigator",
        "as assessed by the investigator",
        "judged by the investigator",
        "determined by the investigator",
        "deemed by the investigator",
        "considered by the investigator",
        "in the opinion of the pi",
        "in the opinion of the treating physician",
        "in the investigators opinion",
        "investigator considers",
        "investigator judges",
        "investigator believes",
        "investigator deems",
        "investigator's discretion",
        "investigator's judgment",
        "investigator's judgement",
        "opinion of the investigator",
        "研究者认为",
        "研究者判断",
        "研究者判定",
        "研究者评估",
        "研究者评价",
        "研究医生认为",
        "研究医生判断",
        "研究医师判断",
        "研究医师认为",
        "研究人员评估",
        "研究者考虑",
    ];
    let judged = scan.holds(scan.start(), scan.end(), &JUDGES);
    let text = scan.shown(scan.start(), scan.end());
    judged.then_some(Expression::Judgement(Judgement { id: String::new(), text }))
}

/// A stretch without any length of time.
pub(super) fn undated(scan: &Scan<'_>, from: usize, to: usize, excludes: bool) -> Option<Expression> {
    let end = trimmed_end(scan, from, to);
    let head = head(scan, from, end)?;
    if head.denied && excludes || denies_inside(scan, head.at, end) || compares(scan, head.at, end) {
        return None;
    }
    let about = things(scan, head.at, end)?;
    let goes_on = |thing: &Thing| match &thing.subject {
        Subject::Concept(id) => GOING_ON.contains(&id.as_str()),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    };
    let going_on = about.iter().all(goes_on).then_some(Status::Current);
    let status = head.status.or_else(|| told(scan, head.at, end)).or(going_on)?;
    let each = about.into_iter().map(|thing| there(thing.subject, status, None, None)).collect();
    Some(said(each, head.denied))
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
    const LEADS: [&str; 42] = [
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
    ];
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
            Some(at) if at > from => end = at,
            Some(_) | None => return end,
        }
    }
}

/// It denies somewhere inside.
pub(super) fn denies_inside(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    const INSIDE: [&str; 12] =
        ["not", "no", "without", "never", "neither", "nor", "absence of", "无", "未", "没有", "不能", "从未"];
    scan.holds(from, to, &INSIDE)
}

/// It compares a number with something.
pub(super) fn compares(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    const SPOKEN: [&str; 26] = [
        "at least",
        "more than",
        "less than",
        "greater than",
        "fewer than",
        "or more",
        "or less",
        "up to",
        "below",
        "above",
        "exceeding",
        "higher than",
        "lower than",
        "or greater",
        "大于",
        "小于",
        "超过",
        "低于",
        "高于",
        "至少",
        "不足",
        "以上",
        "以下",
        "少于",
        "多于",
        "不超过",
    ];
    (from..to).any(|at| matches!(scan.sign(at), Some('<' | '>' | '≤' | '≥' | '=' | '±')))
        || scan.holds(from, to, &SPOKEN) && (from..to).any(|at| scan.sign(at).is_some_and(|sign| sign.is_ascii_digit()))
}
