//! Lists under one head: "A, B or C".

use super::scan::Scan;
use super::table::{Phrases, Table, phrases};
use super::thing;

/// The things of a list, where each of them can stand alone; `None` for one thing, or where that is in doubt.
pub(super) fn items(scan: &Scan<'_>, from: usize, to: usize) -> Option<Vec<(usize, usize)>> {
    let (items, joins) = cut(scan, from, to)?;
    const OWN: Phrases = Table::phrases(&["计划", "拟", "正在", "目前", "既往", "曾", "打算", "准备"]);
    if items.iter().any(|(from, _)| scan.longest(*from, &OWN).is_some()) || own_verb(scan, from, to, &VERBS) {
        return None;
    }
    // "Tobacco other than cigarettes or cigars", "who have had an ablation or are to undergo one": of the first alone
    const REACHES: Phrases = Table::phrases(&[
        "other than",
        "except",
        "excluding",
        "apart from",
        "besides",
        "who have",
        "who has",
        "who had",
    ]);
    let before = items.split_last().map_or(&[][..], |(_, before)| before);
    if before.iter().any(|(from, to)| scan.holds(from + 1, *to, &REACHES)) {
        return None;
    }
    // "A, B or C, with D or E": what the list ends with says more of it.
    let more = phrases!["with", "without", "who", "that", "which", "whose"];
    if items.iter().skip(1).any(|(from, _)| scan.longest(*from, more).is_some()) {
        return None;
    }
    let names = |(from, to): &(usize, usize)| thing::concept(&scan.lower(*from, *to)).is_some();
    if items.iter().all(names) {
        return Some(items);
    }
    // "Carotid artery or other vessel surgery": the last word may be meant of each.
    let latin = scan.sign(from).is_some_and(|sign| !super::token::is_chinese(sign));
    if latin && !before.iter().all(|item| names(item) || is_whole(scan, item)) {
        return None;
    }
    if joins || !alike(scan, &items) || !stand_alone(scan, &items) {
        return None;
    }
    Some(items)
}

/// "Allergy to A, B or C", "any tumour, including D": the items hang together where a preposition inside one of them may
/// be meant of those behind it, or one names a part of what stands before.
fn alike(scan: &Scan<'_>, items: &[(usize, usize)]) -> bool {
    let leads = phrases!["including", "include", "such as", "like", "e.g.", "eg", "i.e.", "especially", "particularly"];
    let of = phrases![
        "to",
        "of",
        "with",
        "for",
        "against",
        "in",
        "by",
        "from",
        "on",
        "at",
        "during",
        "after",
        "that",
        "which",
        "who",
        "defined",
        "requiring",
        "needing",
        "receiving",
        "undergoing",
        "affecting",
        "causing",
    ];
    let inner = |(from, to): &(usize, usize)| {
        let named = thing::named_from(scan, *from, *to);
        let mut depth = 0_usize;
        (named + 1..*to).any(|at| {
            match scan.sign(at) {
                Some('(') => depth += 1,
                Some(')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && scan.longest(at, of).is_some_and(|(_, end)| end < *to)
        })
    };
    let part = |(from, _): &(usize, usize)| scan.longest(*from, leads).is_some();
    !items.iter().any(inner) && !items.iter().any(part)
}

/// Verbs that begin a clause of its own.
pub(super) const VERBS: Phrases = Table::phrases(&["have", "has", "had", "having", "was", "were", "is", "are"]);
/// Those of the present alone.
pub(super) const PRESENT: Phrases = Table::phrases(&["is", "are", "having"]);

/// "Have cancer or have been in remission": an "or" with one of these verbs behind it.
pub(super) fn own_verb(scan: &Scan<'_>, from: usize, to: usize, verbs: &Phrases) -> bool {
    let mut ors = (from..to).filter_map(|at| scan.longest(at, phrases!["or", "and/or"]));
    ors.any(|(_, end)| end < to && scan.longest(scan.skip_blanks(end), verbs).is_some())
}

/// The parts between "or"s and commas, and whether an "and" is among them.
fn cut(scan: &Scan<'_>, from: usize, to: usize) -> Option<(Vec<(usize, usize)>, bool)> {
    let mut items = Vec::new();
    let (mut start, mut depth, mut joins, mut ors) = (from, 0_usize, false, 0);
    let mut at = from;
    while at < to {
        match scan.sign(at) {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth > 0 {
            at += 1;
            continue;
        }
        let or = scan
            .longest(at, phrases!["or more", "or less", "or fewer", "or greater", "or longer", "or higher"])
            .is_none();
        let or =
            if or { scan.longest(at, phrases!["or", "and/or", "或者", "或", "和/或", "或/和"]) } else { None };
        let and = scan.longest(at, phrases!["and", "和", "及", "以及"]);
        let comma = matches!(scan.sign(at), Some(',' | '、' | '，'));
        let end = match (or, and) {
            (Some((_, end)), _) => {
                ors += 1;
                Some(end)
            }
            (None, Some((_, end))) => {
                joins = true;
                Some(end)
            }
            (None, None) => comma.then_some(at + 1),
        };
        match end {
            Some(end) => {
                push(scan, &mut items, start, at);
                start = scan.skip_blanks(end);
                at = start;
            }
            None => at += 1,
        }
    }
    push(scan, &mut items, start, to);
    (items.len() > 1 && items.len() <= 12 && ors > 0 && depth == 0).then_some((items, joins))
}

fn push(scan: &Scan<'_>, items: &mut Vec<(usize, usize)>, from: usize, to: usize) {
    let from = scan.skip(from, &[',', '，', '、']);
    let mut to = to;
    while to > from && scan.sign(to - 1).is_some_and(|sign| sign.is_whitespace() || matches!(sign, ',' | '，' | '、'))
    {
        to -= 1;
    }
    if to > from {
        items.push((from, to));
    }
}

/// A word stands here that may belong to every item behind it.
pub(super) fn shares(scan: &Scan<'_>, at: usize) -> bool {
    scan.longest(at, &SHARED).is_some()
}

/// Words that may belong to every item behind them.
const SHARED: Phrases = Table::phrases(&[
    "severe",
    "uncontrolled",
    "active",
    "acute",
    "chronic",
    "significant",
    "clinically",
    "other",
    "any",
    "unstable",
    "serious",
    "recent",
    "poorly",
    "major",
    "systemic",
    "symptomatic",
    "known",
    "untreated",
    "documented",
    "oral",
    "intravenous",
    "new",
    "recurrent",
    "moderate",
    "concomitant",
    "concurrent",
    "investigational",
    "suspected",
    "confirmed",
    "prophylactic",
    "严重",
    "急性",
    "慢性",
    "活动性",
    "不稳定",
    "未控制",
    "其他",
    "其它",
    "任何",
    "重大",
    "明显",
    "全身",
    "口服",
    "静脉",
    "长效",
    "需要",
    "大型",
]);
/// Words behind which something is said that may hold of every item.
const QUALIFIES: Phrases = Table::phrases(&[
    "requiring",
    "with",
    "that",
    "which",
    "who",
    "due",
    "for",
    "treated",
    "needing",
    "affecting",
    "leading",
    "caused",
    "associated",
    "including",
    "such",
    "involving",
    "except",
    "excluding",
    "other than",
    "per",
    "by",
]);
/// What a thing ends with in Chinese.
const NOUNS: [&str; 56] = [
    "病",
    "症",
    "炎",
    "癌",
    "瘤",
    "药",
    "药物",
    "剂",
    "术",
    "史",
    "疫苗",
    "感染",
    "梗死",
    "血",
    "醇",
    "素",
    "酮",
    "治疗",
    "手术",
    "试验",
    "骨折",
    "创伤",
    "外伤",
    "移植",
    "发作",
    "栓塞",
    "穿孔",
    "梗阻",
    "休克",
    "衰竭",
    "心绞痛",
    "卒中",
    "中风",
    "休止",
    "妊娠",
    "哺乳",
    "过敏",
    "中毒",
    "损伤",
    "化疗",
    "放疗",
    "透析",
    "制品",
    "制剂",
    "抗体",
    "妊娠期",
    "哺乳期",
    "女性",
    "妇女",
    "献血",
    "输血",
    "失血",
    "综合征",
    "病变",
    "出血",
    "疾患",
];

fn stand_alone(scan: &Scan<'_>, items: &[(usize, usize)]) -> bool {
    let Some(((first, _), others)) = items.split_first() else { return false };
    if shares(scan, *first) && others.iter().any(|(from, _)| !shares(scan, *from)) {
        return false;
    }
    let Some(((last_from, last_to), before)) = items.split_last() else { return false };
    if scan.holds(*last_from, *last_to, &QUALIFIES) {
        return false;
    }
    // "drug or alcohol abuse", "suicide attempt or ideation": a word may be meant twice
    let single = |(from, to): &(usize, usize)| {
        let said = scan.lower(thing::named_from(scan, *from, *to), *to);
        let several = said.ends_with('s') && !["ss", "is", "us"].iter().any(|end| said.ends_with(end));
        !said.contains(' ') && !several
    };
    let latin = scan.sign(*first).is_some_and(|sign| !super::token::is_chinese(sign));
    if latin && !items.iter().all(single) && items.iter().any(single) {
        return false;
    }
    // 药物或器械临床试验: what the last one ends with may be meant of each
    let ends = |(from, to): &(usize, usize), noun: &str| scan.lower(*from, *to).ends_with(noun);
    let shared_end = ["试验", "研究", "治疗", "手术", "移植", "疫苗", "感染", "史", "制剂"].iter().any(|noun| {
        let longer = |item: &(usize, usize)| item.1 - item.0 > noun.chars().count();
        items.last().is_some_and(|last| ends(last, noun) && longer(last))
            && before.iter().any(|item| !ends(item, noun) && item.1 - item.0 <= 4)
    });
    let trial = ["试验", "研究", "study", "trial", "studies", "trials"]
        .iter()
        .any(|noun| items.last().is_some_and(|last| ends(last, noun)) && before.iter().any(|item| !ends(item, noun)));
    if shared_end || trial {
        return false;
    }
    before.iter().all(|(from, to)| is_noun(scan, *from, *to)) && is_noun(scan, *last_from, *last_to)
}

/// It ends with the word for what it is, so that no other word is to follow.
fn is_whole(scan: &Scan<'_>, &(from, to): &(usize, usize)) -> bool {
    const KINDS: [&str; 34] = [
        "surgery",
        "disease",
        "diseases",
        "syndrome",
        "failure",
        "injury",
        "accident",
        "stroke",
        "attack",
        "bleeding",
        "infection",
        "infections",
        "tumor",
        "tumour",
        "cancer",
        "disorder",
        "disorders",
        "abuse",
        "seizures",
        "death",
        "infarction",
        "fibrillation",
        "tachycardia",
        "bradycardia",
        "hypertension",
        "embolism",
        "transplant",
        "transplantation",
        "intervention",
        "revascularization",
        "hospitalization",
        "pectoris",
        "angina",
        "stenosis",
    ];
    const ENDS: [&str; 10] = ["itis", "osis", "emia", "aemia", "oma", "opathy", "ectomy", "plasty", "cele", "plegia"];
    let said = scan.lower(from, to);
    let word = said.rsplit(' ').next().unwrap_or_default();
    KINDS.contains(&word) || ENDS.iter().any(|end| word.ends_with(end))
}

/// It ends like a thing and not like a property.
fn is_noun(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let said = scan.lower(from, to);
    let Some(last) = said.chars().next_back() else { return false };
    if super::token::is_chinese(last) {
        return said.chars().count() >= 2 && NOUNS.iter().any(|noun| said.ends_with(noun));
    }
    let word = said.rsplit(' ').next().unwrap_or_default();
    const PROPERTIES: [&str; 14] =
        ["al", "ic", "ous", "ive", "ary", "ar", "ed", "less", "able", "ible", "ing", "ory", "ant", "ent"];
    const THINGS: [&str; 12] = [
        "treatment",
        "seizing",
        "hospital",
        "trial",
        "bleeding",
        "anticoagulant",
        "biologic",
        "event",
        "transplant",
        "implant",
        "stent",
        "accident",
    ];
    word.len() >= 3
        && word.chars().all(|c| c.is_alphanumeric() || c == '\'' || c == ')')
        && (THINGS.contains(&word) || !PROPERTIES.iter().any(|end| word.ends_with(end)))
}
