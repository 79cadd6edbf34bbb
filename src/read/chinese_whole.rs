//! What a Chinese sentence says around what was read of it.
//!
//! | the sentence | what would be wrong about what was read |
//! |---|---|
//! | "既往毒性≥3级的患者", read as a number and "级的患者" | the words behind a number are no question |
//! | "…任一异常，且经研究者评估存在风险：血压≥160" | a value alone is not enough |
//! | "…注：不包括随访期" | what is enough has an exception |
//! | "Part1：年龄18~45岁" | of some of the people alone |
//! | "精神疾病史，包括癫痫（稳定者除外）、痴呆" | the list goes on behind the bracket |
//! | "既往接受器官移植，或使用免疫抑制剂" | the one is over, the other goes on |

use crate::model::expression::{Compare, Expression};
use crate::model::record::{Status, Subject};

use super::clause::{Clause, Reading};
use super::fold::shown;
use super::leaf::{present, text};
use super::token::is_chinese;

/// What was read is not what the sentence says.
pub(super) fn says_otherwise(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    let said = shown(clause.glyphs());
    if !said.chars().any(is_chinese) {
        return false;
    }
    let leaves = expression.leaves();
    leaves.iter().any(|leaf| is_torn(leaf))
        || clause.excludes && excepts(&said, read)
        || labelled(&said, expression)
        || goes_on(&said, read, &leaves)
        || of_now(&said, &leaves)
        || leaves.iter().any(|leaf| is_age_of_somebody(leaf))
}

/// "健康受试者年龄为19～44周岁": an age, and not the age of whoever answers by its name.
fn is_age_of_somebody(leaf: &Expression) -> bool {
    let Expression::Compare(Compare { subject: Subject::Text(text), .. }) = leaf else { return false };
    text.ends_with("者年龄") || text.ends_with("人年龄")
}

/// A question that begins with what counts the number before it.
fn is_torn(leaf: &Expression) -> bool {
    const COUNTS: [char; 18] =
        ['级', '包', '次', '支', '/', '个', '岁', '%', '℃', '倍', '分', '度', '期', '线', '型', '片', '粒', '杯'];
    matches!(leaf, Expression::Unread(unread) if unread.text.starts_with(COUNTS))
}

/// What is enough hangs on what the investigator thinks, or a note takes something of it back.
fn excepts(said: &str, read: &Reading) -> bool {
    let noted = said.find("注：").or_else(|| said.find("注:")).and_then(|at| said.get(at..)).unwrap_or_default();
    matches!(read, Reading::Sufficient(_)) && is_judged(said)
        || !matches!(read, Reading::Necessary(_)) && takes_back(noted)
}

/// "…，且经研究者评估…": what is named is not enough without it.
pub(super) fn is_judged(said: &str) -> bool {
    const JUDGED: [&str; 6] = ["且经研究者", "且研究者", "并经研究者", "并且研究者", "且被研究者", "且由研究者"];
    JUDGED.iter().any(|judged| said.contains(judged))
}

/// "注：不包括随访期".
pub(super) fn takes_back(note: &str) -> bool {
    note.starts_with('注') && ["不包括", "除外", "不适用", "允许"].iter().any(|back| note.contains(back))
}

/// "Part1：", "A组：", "第一部分：".
fn labelled(said: &str, read: &Expression) -> bool {
    let Some((label, _)) = said.split_once(['：', ':']) else { return false };
    let short = label.chars().count() <= 8;
    let lower = label.to_lowercase();
    let latin = ["part", "cohort", "group", "arm"].iter().any(|word| lower.starts_with(word));
    let label = latin || ["组", "队列", "部分", "阶段"].iter().any(|word| lower.ends_with(word));
    short && label && !matches!(read, Expression::When(_))
}

/// A list that was cut at a bracket.
fn goes_on(said: &str, read: &Reading, leaves: &[&Expression]) -> bool {
    let on = ["除外）、", "除外)、", "除外）或", "除外)或"].iter().any(|on| said.contains(on));
    let listed = |leaf: &&Expression| {
        let said = present(leaf).and_then(|present| text(&present.subject));
        said.is_some_and(|text| text.contains("包括") || text.contains("例如"))
    };
    on && matches!(read, Reading::Necessary(_)) && leaves.iter().any(listed)
}

/// Something that was, and behind an "or" something that is taken, both read as over.
fn of_now(said: &str, leaves: &[&Expression]) -> bool {
    let over = |leaf: &&Expression| matches!(leaf, Expression::Present(present) if present.status == Status::History && present.window.is_none());
    let uses = ["，或使用", "或长期使用", "，或服用", "，使用", "，长期使用"].iter().any(|uses| {
        said.split_once(uses).is_some_and(|(_, behind)| {
            let member = behind.split(['，', '；', '。', '、', '或']).next().unwrap_or_default();
            !member.contains(['过', '史', '曾'])
        })
    });
    uses && leaves.len() > 1 && leaves.iter().all(over)
}
