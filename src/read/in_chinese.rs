//! Lengths of time in Chinese sentences: 入组前3个月内, 发病72h内.

use crate::model::decimal::Decimal;
use crate::model::window::{Anchor, TimeUnit};

use super::anchor::{self, Point};
use super::length::{length, whichever};
use super::limit::sign;
use super::scan::Scan;
use super::table::{Phrases, Table, entries, phrases};
use super::token::{Sign, is_chinese};
use super::window::{Side, Timing};

const WITHIN: Phrases = Table::phrases(&["之内", "以内", "内", "期间内", "来", "内的", "之内的", "以内的"]);

pub(super) fn chinese(scan: &Scan<'_>, at: usize) -> Option<(Timing, usize)> {
    if !opens_in_chinese(scan, at) {
        return None;
    }
    // 至少在入组前26周
    let before =
        scan.entry(at, entries![("至少", Sign::AtLeast), ("至少在", Sign::AtLeast), ("至少于", Sign::AtLeast)]);
    let begins = before.map_or(at, |(_, end)| scan.skip_blanks(end));
    let found = anchored(scan, begins);
    let before = before.filter(|_| found.is_some()).map(|(sign, _)| sign);
    let (side, point, mut here) = match found {
        Some((side, point, end)) => (Some(side), Some(point), end),
        // 引流后28天内: of an event that was not found
        None => match at.checked_sub(1).and_then(|before| scan.sign(before)) {
            Some('后') => (Some(Side::After), Some(Point::Vague(String::new())), at),
            Some('前') if at >= 2 && scan.sign(at - 2) == Some(')') => (None, None, at),
            Some('前') => (Some(Side::Before), Some(Point::Vague(String::new())), at),
            Some(_) | None => (None, None, at),
        },
    };
    let mut recent = None;
    if let Some((ahead, end)) = scan.entry(
        here,
        entries![
            ("近", false),
            ("最近", false),
            ("过去", false),
            ("过去的", false),
            ("既往", false),
            ("过往", false),
            ("以往", false),
            ("之前", false),
            ("在过去", false),
            ("未来", true),
            ("今后", true),
            ("的", false),
        ],
    ) {
        recent = Some(ahead);
        here = scan.skip_blanks(end);
    }
    let lasting = match scan.longest(here, phrases!["持续", "连续", "稳定", "持续时间"]) {
        Some((_, end)) => {
            here = scan.skip_blanks(end);
            true
        }
        None => false,
    };
    let said = sign(scan, here);
    here = said.map_or(here, |(_, end)| end);
    let (mut length, mut end) = length(scan, here)?;
    // 183个月: the number of the next item before "3个月"
    if length.unit == TimeUnit::Month && length.count > Decimal::new(120, 0) {
        return None;
    }
    let mut sign = match (before, said) {
        (Some(_), Some(_)) => return None,
        (before, said) => before.or(said.map(|(sign, _)| sign)),
    };
    if let Some((after, next)) = scan.entry(
        end,
        entries![
            ("及以上", Sign::AtLeast),
            ("或以上", Sign::AtLeast),
            ("以上", Sign::AtLeast),
            ("及以下", Sign::AtMost),
            ("以下", Sign::AtMost),
        ],
    ) && (sign.is_none() || after == Sign::AtLeast && matches!(sign, Some(Sign::AtLeast | Sign::More)))
    {
        sign = sign.or(Some(after));
        end = next;
    }
    if let Some((which, next)) = whichever(scan, end) {
        length.whichever = which;
        end = next;
    }
    // 哮喘病史至少6个月: since when, or without a break
    let history = said.is_some() && side.is_none() && {
        const HISTORIES: Phrases =
            Table::phrases(&["史", "诊断", "确诊", "患", "治疗", "剂量", "服用", "使用", "稳定", "维持"]);
        let from = at.saturating_sub(24).max(scan.start());
        scan.holds(from, at, &HISTORIES)
    };
    // 至少6个月未接受化疗
    let without = scan.longest(scan.skip_blanks(end), phrases!["未", "没有", "无"]).is_some();
    let within = scan.longest(scan.skip_blanks(end), &WITHIN).map(|(_, end)| end);
    let ago = scan.longest(end, phrases!["前", "之前", "以前"]).map(|(_, end)| end);
    let (sign, end) = match (sign, within, ago) {
        (None | Some(Sign::AtMost), Some(end), _) => (Sign::AtMost, end),
        (Some(Sign::Less), Some(end), _) => (Sign::Less, end),
        (Some(Sign::AtLeast | Sign::More), Some(_), _) => return None,
        (sign, None, Some(end)) if side.is_none() => (sign?, end),
        (Some(sign), None, _) if side.is_some() || lasting || history || without => (sign, end),
        // 末次给药后6个月, 筛选前3个月
        (None, None, _) if side.is_some() => (Sign::AtMost, end),
        (None | Some(_), None, _) => return None,
    };
    let mut end = end;
    if length.half_lives.is_some()
        && let Some((which, next)) = whichever(scan, end)
    {
        length.whichever = which;
        end = next;
    }
    let lasting = lasting || history && within.is_none();
    let ahead = recent == Some(true);
    let side = side.unwrap_or(if ahead { Side::After } else { Side::Before });
    let placed = recent == Some(false) || point.is_some();
    Some((Timing { sign, length, side, point, lasting, ahead, placed, loose: false, bare: false }, end))
}

/// Where a Chinese window may begin: not in the middle of a word that the anchor has further words before.
fn opens_in_chinese(scan: &Scan<'_>, at: usize) -> bool {
    if sign(scan, at).is_some() {
        return true;
    }
    let Some(before) = at.checked_sub(1).and_then(|before| scan.sign(before)) else { return true };
    !is_chinese(before) || {
        const OPENS: [&str; 26] = [
            "在", "于", "或", "且", "和", "及", "者", "有", "自", "则", "曾", "内", "且在", "受", "前", "后", "近",
            "时", "的", "间", "人", "是", "为", "过", "但", "与",
        ];
        OPENS.iter().any(|open| open.ends_with(before)) || scan.sign(at).is_some_and(|sign| sign.is_ascii_digit())
    }
}

/// 入组前, 首次给药后: the moment with its side.
fn anchored(scan: &Scan<'_>, at: usize) -> Option<(Side, Point, usize)> {
    let (point, end) = anchor::chinese(scan, at)?;
    // 发病24小时内
    let counts = scan.sign(scan.skip_blanks(end)).is_some_and(|sign| sign.is_ascii_digit());
    if matches!(point, Point::Moment(Anchor::Onset | Anchor::Event("hospital-admission"))) && counts {
        return Some((Side::After, point, scan.skip_blanks(end)));
    }
    let (side, end) = scan.entry(
        end,
        entries![
            ("前", Side::Before),
            ("之前", Side::Before),
            ("以前", Side::Before),
            ("前的", Side::Before),
            ("之前的", Side::Before),
            ("后", Side::After),
            ("之后", Side::After),
            ("以后", Side::After),
            ("后的", Side::After),
        ],
    )?;
    let end = scan.skip(end, &[]);
    let end = scan.longest(end, phrases!["近", "最近", "的"]).map_or(end, |(_, end)| end);
    Some((side, point, scan.skip_blanks(end)))
}
