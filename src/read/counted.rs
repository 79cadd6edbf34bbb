//! Counts and grades in Chinese: 至少有一个可测量病灶, 毒性尚未恢复至≤1级.

use crate::model::decimal::Decimal;
use crate::model::expression::{Bound, Compare, Expression, Select};
use crate::model::record::Subject;

use super::clause::{Clause, Reading};
use super::denial::denies_inside;
use super::length::count;
use super::limit::sign;
use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::thing::text;
use super::token::Sign;

/// A clause that counts things, or says that harm of a treatment is still above a grade.
pub(super) fn counted(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    if clause.excludes { unresolved(&scan).or_else(|| left_over(&scan)) } else { several(&scan).map(Reading::Whole) }
}

fn compare(subject: String, value: Decimal, inclusive: bool, select: Select) -> Expression {
    let low = Some(Bound { value, unit: None, inclusive });
    let subject = Subject::Text(subject);
    Expression::Compare(Compare { subject, low, high: None, window: None, select, routes: Vec::new() })
}

/// 根据RECIST1.1，至少存在一个可测量病灶: so many, by a rule that is named.
fn several(scan: &Scan<'_>) -> Option<Expression> {
    let start = scan.skip_blanks(scan.start());
    let ruled = scan.longest(start, phrases!["根据", "按照", "依据", "按"]).is_some();
    let comma = (start..scan.end()).find(|at| matches!(scan.sign(*at), Some(',' | '，')));
    let (rule, from) = match comma.filter(|_| ruled) {
        Some(comma) => (scan.shown(start, comma), scan.skip(comma, &[',', '，'])),
        None => (String::new(), start),
    };
    let (_, at) = scan.longest(from, phrases!["至少存在", "至少有", "至少具有", "有至少", "存在至少"])?;
    let (value, end) = count(scan, scan.skip_blanks(at))?;
    let (_, end) = scan.longest(end, phrases!["个", "处", "枚"]).or_else(|| Some((0, scan.suffix(end, "个")?)))?;
    let to = scan.end();
    let name = scan.lower(end, to);
    let name = name.trim_end_matches(['。', '；', ';', '.', ',', '，']);
    let odd = [
        "以下",
        "下列",
        "标准",
        "治疗",
        "周期",
        "方案",
        "月",
        "周",
        "疗程",
        "半衰期",
        "或",
        "且",
        "和",
        "，",
        ",",
        "(",
        "（",
    ];
    let plain = name.chars().count() <= 20 && !odd.iter().any(|word| name.contains(word));
    if !plain || denies_inside(scan, end, to) {
        return None;
    }
    let name = text(name)?;
    Some(compare(if rule.is_empty() { name } else { format!("{name}（{rule}）") }, value, true, Select::Latest))
}

/// 既往治疗引起的毒性尚未恢复至CTCAE≤1级（脱发除外）: the grade is above.
fn unresolved(scan: &Scan<'_>) -> Option<Reading> {
    const VERBS: Phrases = Table::phrases(&["未恢复到", "未恢复至", "未缓解至", "未缓解到", "未恢复到了"]);
    let (at, end) = (scan.start()..scan.end()).find_map(|at| Some((at, scan.longest(at, &VERBS)?.1)))?;
    let (value, after) = (end..scan.end().min(end + 24)).find_map(|at| {
        let (said, from) = sign(scan, at)?;
        let (value, end) = count(scan, from).filter(|_| said == Sign::AtMost)?;
        Some((value, scan.suffix(scan.skip_blanks(end), "级")?))
    })?;
    let before = scan.shown(scan.start(), at);
    let before = before.trim_end_matches(['尚', '仍', '并']);
    if !before.contains("毒性") && !before.contains("不良") {
        return None;
    }
    let read = compare(text(&format!("{before}（分级）"))?, value, false, Select::Max);
    taken_back(scan, after, read)
}

/// 存在既往治疗遗留的≥2级的毒性（脱发除外）: the grade stands before what is graded.
fn left_over(scan: &Scan<'_>) -> Option<Reading> {
    let start = scan.skip_blanks(scan.start());
    let from = scan.longest(start, phrases!["存在", "有", "仍有", "仍存在"]).map_or(start, |(_, end)| end);
    let (of, at) = (from..scan.end().min(from + 40)).find_map(|at| Some((at, scan.suffix(at, "的")?)))?;
    let (said, number) = sign(scan, at)?;
    let (value, end) = count(scan, number).filter(|_| matches!(said, Sign::AtLeast | Sign::More))?;
    let grade = scan.suffix(scan.skip_blanks(end), "级")?;
    let thing = scan.suffix(grade, "的").unwrap_or(grade);
    let (_, after) = scan.longest(thing, phrases!["毒性", "毒性反应", "不良反应", "不良事件"])?;
    let (before, named) = (scan.shown(from, of), scan.shown(thing, after));
    let read = compare(text(&format!("{before}的{named}（分级）"))?, value, said == Sign::AtLeast, Select::Max);
    taken_back(scan, after, read)
}

/// All of it, or the part that is needed where brackets take something back.
fn taken_back(scan: &Scan<'_>, after: usize, read: Expression) -> Option<Reading> {
    let rest = scan.skip(after, &['。', '；', ';', '.', ',', '，']);
    let back = scan.sign(rest) == Some('(') && scan.holds(rest, scan.end(), phrases!["除外", "不包括", "以外"]);
    match (rest >= scan.end(), back) {
        (true, _) => Some(Reading::Whole(read)),
        (false, true) => Some(Reading::Necessary(read)),
        (false, false) => None,
    }
}
