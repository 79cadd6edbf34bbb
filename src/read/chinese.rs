//! Words of Chinese, which has no blanks between them.

use super::fold::Glyph;
use super::names::named;
use super::token::{Sign, Token, is_chinese};

const CHINESE: [(&str, Token); 43] = [
    ("等于或大于", Token::Sign(Sign::AtLeast)),
    ("等于或高于", Token::Sign(Sign::AtLeast)),
    ("高于或等于", Token::Sign(Sign::AtLeast)),
    ("不得低于", Token::Sign(Sign::AtLeast)),
    ("不得少于", Token::Sign(Sign::AtLeast)),
    ("等于或小于", Token::Sign(Sign::AtMost)),
    ("等于或低于", Token::Sign(Sign::AtMost)),
    ("低于或等于", Token::Sign(Sign::AtMost)),
    ("不得超过", Token::Sign(Sign::AtMost)),
    ("不得高于", Token::Sign(Sign::AtMost)),
    ("多于", Token::Sign(Sign::More)),
    ("含以上", Token::After(Sign::AtLeast)),
    ("及其以上", Token::After(Sign::AtLeast)),
    ("大于或等于", Token::Sign(Sign::AtLeast)),
    ("大于等于", Token::Sign(Sign::AtLeast)),
    ("不小于", Token::Sign(Sign::AtLeast)),
    ("不低于", Token::Sign(Sign::AtLeast)),
    ("不少于", Token::Sign(Sign::AtLeast)),
    ("至少", Token::Sign(Sign::AtLeast)),
    ("年满", Token::Sign(Sign::AtLeast)),
    ("小于或等于", Token::Sign(Sign::AtMost)),
    ("小于等于", Token::Sign(Sign::AtMost)),
    ("不大于", Token::Sign(Sign::AtMost)),
    ("不超过", Token::Sign(Sign::AtMost)),
    ("不高于", Token::Sign(Sign::AtMost)),
    ("不多于", Token::Sign(Sign::AtMost)),
    ("大于", Token::Sign(Sign::More)),
    ("超过", Token::Sign(Sign::More)),
    ("高于", Token::Sign(Sign::More)),
    ("小于", Token::Sign(Sign::Less)),
    ("低于", Token::Sign(Sign::Less)),
    ("少于", Token::Sign(Sign::Less)),
    ("不足", Token::Sign(Sign::Less)),
    ("未满", Token::Sign(Sign::Less)),
    ("及以上", Token::After(Sign::AtLeast)),
    ("或以上", Token::After(Sign::AtLeast)),
    // By convention the bound itself lies inside.
    ("以上", Token::After(Sign::AtLeast)),
    ("及以下", Token::After(Sign::AtMost)),
    ("或以下", Token::After(Sign::AtMost)),
    ("以下", Token::After(Sign::AtMost)),
    ("至", Token::To),
    ("到", Token::To),
    ("之间", Token::Mark('之')),
];

/// Words that are one token; each character of any other is one.
const CHINESE_WORDS: [&str; 86] = [
    "基线时",
    "入选时",
    "随机时",
    "体力状况",
    "体力状态",
    "体能状态",
    "体能状况",
    "体力",
    "分级",
    "性别",
    "男女皆可",
    "男女均有",
    "病人",
    "范围内",
    "包含",
    "包括",
    "两端值",
    "两端",
    "边界值",
    "临界值",
    "端值",
    "筛选期",
    "实验室",
    "临床",
    "检查",
    "血生化",
    "血常规",
    "肝酶",
    "肝功能",
    "肾功能",
    "基线",
    "平均",
    "生化",
    "指标",
    "正常值范围上限",
    "正常范围上限",
    "正常参考值上限",
    "参考范围上限",
    "参考值上限",
    "正常值高限",
    "正常高限",
    "正常值的上限",
    "正常值上限",
    "正常上限值",
    "正常上限",
    "正常值范围下限",
    "正常范围下限",
    "正常参考值下限",
    "正常值下限",
    "正常下限",
    "含边界值",
    "包括边界值",
    "预计生存期",
    "没有",
    "如果",
    "对于",
    "除外",
    "以及",
    "并",
    "之间",
    "介于",
    "评分",
    "水平",
    "计数",
    "性别不限",
    "男女不限",
    "男女均可",
    "男女兼有",
    "男性",
    "女性",
    "男",
    "女",
    "患者",
    "受试者",
    "成年",
    "志愿者",
    "年龄",
    "或者",
    "并且",
    "且",
    "或",
    "和",
    "及",
    "筛选时",
    "入组时",
    "签署知情同意书时",
];

pub(super) fn chinese(rest: &[Glyph]) -> Option<(Token, usize)> {
    let first = rest.first()?.sign;
    if !is_chinese(first) {
        return None;
    }
    let start: String = rest.iter().take(16).map(|glyph| glyph.sign).collect();
    if let Some((word, token)) = CHINESE.iter().find(|(word, _)| start.starts_with(word)) {
        return Some((token.clone(), word.chars().count()));
    }
    let name = (2..=start.chars().count()).rev().find_map(|length| {
        let word: String = start.chars().take(length).collect();
        named(&word).map(|id| (Token::Name(id), length))
    });
    let word = CHINESE_WORDS.iter().filter(|word| start.starts_with(**word)).max_by_key(|word| word.len());
    let word = word.map(|word| (Token::Word((*word).to_owned()), word.chars().count()));
    match (name, word) {
        (Some((_, name)), Some((token, length))) if length >= name => Some((token, length)),
        (None, word) => word,
        (name, _) => name,
    }
}
