//! So much of something, in Chinese: 每日吸烟≥5支, 献血或失血≥400mL, 大量出血（≥400mL）.

use crate::model::decimal::Decimal;
use crate::model::expression::{Bound, Compare, Expression, Select};
use crate::model::record::{Status, Subject};
use crate::model::window::Window;

use super::clause::{Clause, Reading};
use super::dated::there;
use super::denial::denies_inside;
use super::length::count;
use super::limit::sign;
use super::numbers::compares;
use super::presence::{present, said, things};
use super::scan::Scan;
use super::table::{Phrases, Table, entries, phrases};
use super::thing::text;
use super::token::{Sign, is_chinese};
use super::window::timing;

/// What is asked for by how much of it there was.
const COUNTED: Phrases = Table::phrases(&["吸烟", "抽烟", "饮酒", "饮用", "酒精", "献血", "失血", "出血", "咖啡"]);

/// A clause about how much somebody smokes, drinks or gave of blood: nothing of it is a measured value.
pub(super) fn habit(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    let counted = scan.holds(scan.start(), scan.end(), &COUNTED)
        && (scan.start()..scan.end()).any(|at| scan.sign(at).is_some_and(|sign| sign.is_ascii_digit()));
    if counted && let Some(defined) = defined(&scan) {
        return Some(Reading::Whole(defined));
    }
    let reading = if counted { present(clause)? } else { return None };
    let compares =
        |expression: &Expression| expression.leaves().iter().any(|leaf| matches!(leaf, Expression::Compare(_)));
    match &reading {
        Reading::Whole(expression) | Reading::Necessary(expression) if compares(expression) => Some(reading),
        Reading::Whole(_)
        | Reading::Necessary(_)
        | Reading::Sufficient(_)
        | Reading::Unclear(_, _)
        | Reading::Doubtful(_) => None,
    }
}

/// 有吸烟习惯（近3个月每日≥5支）或饮酒习惯（…）: each of them said in numbers.
fn defined(scan: &Scan<'_>) -> Option<Expression> {
    let end = ended(scan, scan.start(), scan.end());
    let mut at = scan.past(scan.start(), phrases!["有", "存在", "患者", "受试者"]);
    let mut each = Vec::new();
    while at < end {
        let open = (at..end).find(|at| scan.sign(*at) == Some('('))?;
        let close = closing(scan, open, end)?;
        let name = scan.lower(at, open);
        if !["习惯", "史", "嗜好", "嗜烟", "嗜酒", "酗酒"].iter().any(|last| name.ends_with(last))
            || name.contains('，')
        {
            return None;
        }
        let from = scan.skip_blanks(open + 1);
        let (timing, behind) = timing(scan, from)?;
        each.extend(bounded(scan, scan.skip(behind, &[',', '，']), close, Some(&timing.past()?))?);
        at = scan.past(scan.skip(close + 1, &[',', '，']), phrases!["或", "或者", "或有"]);
    }
    (!each.is_empty()).then(|| said(each, false))
}

fn closing(scan: &Scan<'_>, open: usize, end: usize) -> Option<usize> {
    let mut depth = 0_usize;
    (open..end).find(|at| {
        match scan.sign(*at) {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// A stretch that is nothing but such amounts, and things beside them, inside one window.
pub(super) fn amounts(scan: &Scan<'_>, from: usize, to: usize, window: Option<&Window>) -> Option<Expression> {
    if !scan.sign(from).is_some_and(is_chinese) {
        return None;
    }
    let mut each = Vec::new();
    let mut start = from;
    let mut found = false;
    while start < to {
        let (end, next) = comma_or(scan, start, to).unwrap_or((to, to));
        if denies_inside(scan, start, end) {
            return None;
        }
        match bounded(scan, start, end, window) {
            Some(own) => {
                found = true;
                each.extend(own);
            }
            None if compares(scan, start, end) => return None,
            None => each.extend(events(scan, start, end, window)?),
        }
        start = next;
    }
    found.then(|| said(each, false))
}

/// "，或": the end of what stands before it, and where the next begins.
fn comma_or(scan: &Scan<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    (from..to).find_map(|at| {
        match scan.sign(at) {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            Some(',' | '，' | ';' | '；') if depth == 0 => {
                let next = scan.skip(at, &[',', '，', ';', '；']);
                let (_, end) = scan.longest(next, phrases!["或", "或者", "或有"])?;
                return Some((at, scan.skip_blanks(end)));
            }
            _ => {}
        }
        None
    })
}

fn events(scan: &Scan<'_>, from: usize, to: usize, window: Option<&Window>) -> Option<Vec<Expression>> {
    let to = ended(scan, from, to);
    let things = things(scan, scan.past(from, phrases!["有", "有过", "曾"]), to)?;
    Some(things.into_iter().map(|thing| there(thing.subject, Status::History, window.cloned(), None)).collect())
}

/// The amount that a stretch ends with, and what stands before an "or" that it does not count.
fn bounded(scan: &Scan<'_>, from: usize, to: usize, window: Option<&Window>) -> Option<Vec<Expression>> {
    let end = ended(scan, from, to);
    let mut measures = (from..end).filter_map(|at| Some((at, measure(scan, at)?)));
    let (at, measure) = measures.next()?;
    if (from..at).any(|at| matches!(scan.sign(at), Some('≥' | '≤' | '<' | '>' | '='))) {
        return None;
    }
    let open = (from..at).rev().take_while(|at| scan.sign(*at) != Some(')')).find(|at| scan.sign(*at) == Some('('));
    let mut each = Vec::new();
    let (first, name) = match open {
        None => {
            let explained = explained(scan, measure.end, end)?;
            let mut details = measure.counter.trim_start_matches('个').to_owned();
            if measure.counts_in().is_some() {
                details.clear();
            }
            if !details.is_empty() && !explained.is_empty() {
                details.push('，');
            }
            details.push_str(&explained);
            let name = scan.shown(from, at);
            let name = name.trim_end_matches(['为', '：', ':', ' ']);
            (from, if details.is_empty() { name.to_owned() } else { format!("{name}（{details}）") })
        }
        Some(open) => {
            let close = (measure.end..end).find(|at| scan.sign(*at) == Some(')')).filter(|close| close + 1 >= end)?;
            let same = ["出血量", "失血量", "献血量", "总量", "量", "即", "总出血量", "每次", ""];
            if !same.contains(&scan.lower(open + 1, at).as_str()) {
                return None;
            }
            // 献血或大量出血（≥400mL）: of the last one alone
            let or = (from..open).rev().find_map(|at| Some((at, scan.longest(at, phrases!["或", "或者"])?.1)));
            let first = or.map_or(from, |(_, end)| end);
            if let Some((at, _)) = or {
                each.extend(events(scan, from, at, window)?);
            }
            let detail = scan.shown(measure.end, close);
            let name = scan.shown(first, open);
            (first, if detail.is_empty() { name } else { format!("{name}（{detail}）") })
        }
    };
    let unit = measure.unit(&scan.lower(first, at))?;
    let cigarettes = window.is_none() && unit == "/d" && ["支", "根"].contains(&measure.counter);
    let smoked = ["每日吸烟", "每天吸烟", "每日吸烟量", "每天吸烟量", "吸烟每日", "吸烟每天", "吸烟量每日"];
    let subject = if cigarettes && smoked.contains(&scan.lower(first, at).as_str()) {
        Subject::concept("cigarettes-per-day")
    } else {
        Subject::Text(text(&name)?)
    };
    let inclusive = matches!(measure.sign, Sign::AtLeast | Sign::AtMost);
    let bound = Bound { value: measure.value, unit: Some(unit), inclusive };
    let (low, high) = match measure.sign {
        Sign::AtLeast | Sign::More => (Some(bound), None),
        Sign::AtMost | Sign::Less => (None, Some(bound)),
    };
    // Of what was given or lost on several days, any one day counts.
    let select = if window.is_some() && name.contains('血') { Select::Any } else { Select::Latest };
    each.push(Expression::Compare(Compare { subject, low, high, window: window.cloned(), select, routes: Vec::new() }));
    Some(each)
}

/// A sign, a number, and what it counts.
struct Measure {
    sign: Sign,
    value: Decimal,
    counter: &'static str,
    /// "/日" behind the counter.
    per: Option<&'static str>,
    end: usize,
}

/// What is counted, and its unit; one that is counted has none but its time.
const COUNTERS: [(&str, Option<&'static str>); 24] = [
    ("支", None),
    ("根", None),
    ("杯", None),
    ("个标准单位", None),
    ("标准单位", None),
    ("个酒精单位", None),
    ("个单位酒精", None),
    ("单位酒精", None),
    ("个单位的酒精", None),
    ("单位的酒精", None),
    ("个单位", None),
    ("单位", None),
    ("u", None),
    ("ml", Some("mL")),
    ("毫升", Some("mL")),
    ("l", Some("L")),
    ("g", Some("g")),
    ("克", Some("g")),
    ("mg", Some("mg")),
    ("mg/100ml", Some("mg/dL")),
    ("mg/dl", Some("mg/dL")),
    ("毫克", Some("mg")),
    ("g酒精", Some("g")),
    ("克酒精", Some("g")),
];
const TIMES: [(&str, &str); 12] = [
    ("每日", "/d"),
    ("每天", "/d"),
    ("日均", "/d"),
    ("每周", "/wk"),
    ("每月", "/mo"),
    ("/日", "/d"),
    ("/天", "/d"),
    ("/d", "/d"),
    ("/周", "/wk"),
    ("/月", "/mo"),
    ("/每日", "/d"),
    ("/每周", "/wk"),
];

fn measure(scan: &Scan<'_>, at: usize) -> Option<Measure> {
    let said = sign(scan, at);
    let here = said.map_or(at, |(_, end)| end);
    if !scan.sign(here)?.is_ascii_digit() {
        return None;
    }
    let (value, end) = count(scan, here)?;
    let end = scan.skip_blanks(end);
    let unit = |(name, _): &(&'static str, Option<&str>)| Some((*name, scan.suffix(end, name)?));
    let (counter, end) = COUNTERS.iter().filter_map(unit).max_by_key(|(_, end)| *end)?;
    let per =
        TIMES.iter().find_map(|(name, unit)| Some((*unit, scan.suffix(end, name).filter(|_| name.starts_with('/'))?)));
    let end = per.map_or(end, |(_, end)| end);
    let after = scan.entry(
        end,
        entries![("以上", Sign::AtLeast), ("及以上", Sign::AtLeast), ("或以上", Sign::AtLeast), ("以下", Sign::AtMost)],
    );
    let (sign, end) = match (said, after) {
        (Some((sign, _)), None) => (sign, end),
        (None, Some((sign, end))) => (sign, end),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    Some(Measure { sign, value, counter, per: per.map(|(unit, _)| unit), end })
}

impl Measure {
    fn counts_in(&self) -> Option<&'static str> {
        COUNTERS.iter().find(|(name, _)| *name == self.counter).and_then(|(_, unit)| *unit)
    }

    /// Its unit; `None` for what is counted without a time.
    fn unit(&self, subject: &str) -> Option<String> {
        let within =
            TIMES.iter().find(|(name, _)| !name.starts_with('/') && subject.contains(name)).map(|(_, unit)| *unit);
        let per = match (self.per, within) {
            (Some(one), Some(other)) if one != other => return None,
            (one, other) => one.or(other),
        };
        match (self.counts_in(), per) {
            (Some(unit), Some(per)) => Some(format!("{unit}{per}")),
            (Some(unit), None) => Some(unit.to_owned()),
            (None, per) => per.map(str::to_owned),
        }
    }
}

/// What a bracket behind the amount says of it; `None` where other words follow.
fn explained(scan: &Scan<'_>, from: usize, to: usize) -> Option<String> {
    if from >= to {
        return Some(String::new());
    }
    const TAKES_BACK: Phrases = Table::phrases(&["除外", "除", "但", "不包括", "如果", "若", "或", "且", "并"]);
    // 超过28单位酒精，1单位=285mL啤酒
    let (comma, equal) = (matches!(scan.sign(from), Some(',' | '，')), (from..to).any(|at| scan.sign(at) == Some('=')));
    if comma && equal && scan.sign(scan.skip(from, &[',', '，'])).is_some_and(|sign| sign.is_ascii_digit()) {
        return Some(scan.shown(scan.skip(from, &[',', '，']), to));
    }
    let whole = scan.sign(from) == Some('(')
        && scan.sign(to - 1) == Some(')')
        && (from + 1..to - 1).all(|at| !matches!(scan.sign(at), Some('(' | ')')))
        && !scan.holds(from, to, &TAKES_BACK);
    whole.then(|| scan.shown(from + 1, to - 1))
}

/// The end of a stretch without those of whom it speaks.
fn ended(scan: &Scan<'_>, from: usize, to: usize) -> usize {
    let mut end = to;
    loop {
        while end > from
            && scan.sign(end - 1).is_some_and(|sign| {
                sign.is_whitespace() || matches!(sign, ',' | '，' | ';' | '；' | '。' | '、' | '的')
            })
        {
            end -= 1;
        }
        let whom = ["患者", "受试者", "者"].iter().find_map(|whom| {
            let at = end.checked_sub(whom.chars().count()).filter(|at| *at > from)?;
            (scan.lower(at, end) == *whom).then_some(at)
        });
        match whom {
            Some(at) if scan.sign(at).is_some_and(is_chinese) => end = at,
            Some(_) | None => return end,
        }
    }
}
