//! Chinese words that say more than what a thing is, or nothing that can be measured.
//!
//! | the words hold | as in |
//! |---|---|
//! | only people, or only a moment | "女性", "首次给药前" |
//! | a list that begins, a second sentence | "心血管疾病，包括但不限于：a" |
//! | a bracket without its other side | "献血或大量失血【" |
//! | a length of time | "化疗（口服药物为首次给药前2周内）" |
//! | a word for something said elsewhere | "上述疾病" |
//! | of a measure: for whom it is, in brackets | "国际标准化比值（未使用抗凝剂）" |

use crate::model::record::Status;

use super::token::is_chinese;

/// What the words of a thing never hold.
pub(super) fn says_more(text: &str) -> bool {
    if !text.chars().any(is_chinese) {
        return false;
    }
    let outside = outside(text).replace("如：", "如").replace("如:", "如");
    !is_balanced(text)
        || outside.contains(['；', ';', '。', '：', ':'])
        || names_nothing(text)
        || is_timed(text)
        || POINTS.iter().any(|word| text.contains(word))
        || DANGLES.iter().any(|word| text.ends_with(word))
}

/// What the words for something measured never hold.
pub(super) fn measures_nothing(text: &str) -> bool {
    const WHOM: [&str; 13] =
        ["未", "使用", "服用", "接受", "伴", "合并", "对于", "若", "如果", "患者", "受试者", "除外", "治疗后"];
    const OPENS: [&str; 5] = ["即", "且", "并", "但", "虽"];
    // 毒性恢复至≤1级: a grade of what was not named
    const MOVES: [&str; 6] = ["恢复", "恢复至", "恢复到", "降至", "升至", "增至"];
    let cut = !is_balanced(text)
        || text.ends_with('的')
        || OPENS.iter().any(|word| text.starts_with(word))
        || MOVES.iter().any(|word| text.ends_with(word));
    text.chars().any(is_chinese) && (cut || brackets(text).any(|inside| WHOM.iter().any(|word| inside.contains(word))))
}

/// People, or a moment, and nothing that somebody has or did.
fn names_nothing(text: &str) -> bool {
    const NAMES: [&str; 36] = [
        "健康",
        "成年",
        "男性",
        "女性",
        "男",
        "女",
        "育龄期",
        "育龄",
        "妇女",
        "儿童",
        "受试者",
        "参与者",
        "患者",
        "病人",
        "志愿者",
        "者",
        "和",
        "或",
        "及",
        "的",
        "有",
        "在",
        "筛选期",
        "筛选",
        "入组",
        "随机",
        "基线期",
        "基线",
        "签署知情同意书",
        "首次给药",
        "给药",
        "研究治疗",
        "试验",
        "研究",
        "任何",
        "其他",
    ];
    // 并且没有恶化: of what
    const CHANGES: [&str; 17] = [
        "恶化",
        "加重",
        "进展",
        "复发",
        "改变",
        "变化",
        "调整",
        "好转",
        "稳定",
        "缓解",
        "局部治疗",
        "治疗",
        "其他治疗",
        "异常",
        "症状",
        "阳性",
        "剂量调整",
    ];
    if CHANGES.contains(&text) {
        return true;
    }
    let mut rest = text.trim_end_matches(['前', '后', '时', '内']);
    while let Some(shorter) = NAMES.iter().find_map(|name| rest.strip_prefix(name)) {
        rest = shorter;
    }
    const MOMENTS: [&str; 8] = ["给药", "治疗", "筛选", "随机", "入组", "采血", "签署", "试验"];
    let flat = outside(text);
    let moment = flat.ends_with(['前', '后']) && MOMENTS.iter().any(|moment| flat.contains(moment));
    rest.trim().is_empty() || moment
}

/// A number with a unit of time behind it.
fn is_timed(text: &str) -> bool {
    const UNITS: [&str; 12] = ["天", "日", "周", "月", "年", "小时", "个", "h", "星期", "分钟", "次", "岁"];
    const NAMED: [&str; 6] = ["24小时", "24h", "48小时", "72小时", "6分钟", "12小时"];
    text.char_indices().any(|(at, c)| {
        let digits = c.is_ascii_digit();
        let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
        let counted =
            UNITS.iter().any(|unit| behind.strip_prefix(unit).is_some_and(|next| unit != &"个" || follows(next)));
        // 24小时尿蛋白 is a name.
        let named = NAMED.iter().any(|name| text.starts_with(name));
        digits && counted && !named
    })
}

/// 个月, 个半衰期
fn follows(behind: &str) -> bool {
    ["月", "半衰期", "疗程", "周期", "星期"].iter().any(|unit| behind.starts_with(unit))
}

/// Behind what joins stand words of another time than that before them: "接受过治疗，或研究期间需要接受".
pub(super) fn turns(status: Status, text: &str) -> bool {
    const AHEAD: [&str; 28] = [
        "计划",
        "拟在",
        "拟于",
        "拟进行",
        "拟接受",
        "拟行",
        "拟参加",
        "预计",
        "打算",
        "准备",
        "预期",
        "有意",
        "将",
        "研究期间",
        "试验期间",
        "治疗期间",
        "在研究期间",
        "在试验期间",
        "在治疗期间",
        "需",
        "不能",
        "不愿",
        "不同意",
        "无法",
        "拒绝",
        "等待",
        "即将",
        "筛选后",
    ];
    const NOW: [&str; 10] = ["正在", "目前", "现", "筛选期", "筛选时", "长期", "患有", "有体征", "存在体征", "入住"];
    // 末次给药后至少20周内计划怀孕: never over
    const TO_COME: [&str; 5] = ["末次给药后", "计划怀孕", "治疗期内", "研究结束后", "试验结束后"];
    const PAST: [&str; 9] = ["曾", "既往", "接受过", "使用过", "进行过", "发生过", "有过", "近期", "服用过"];
    let joined = |times: &[&str]| joins(text, |behind| times.iter().any(|time| behind.starts_with(time)));
    match status {
        Status::History => {
            let to_come = TO_COME.iter().any(|word| text.contains(word));
            to_come || text.starts_with("长期") || joined(&AHEAD) || joined(&NOW) || joins(text, uses_now)
        }
        Status::Current => joined(&AHEAD) || joined(&PAST),
        Status::Planned => joined(&NOW) || joined(&PAST),
        Status::Any => false,
    }
}

/// "有癫痫史，使用镇静药物的患者": a member of its own, and of now.
fn uses_now(behind: &str) -> bool {
    let member = behind.split(['，', ',', '、', '；']).next().unwrap_or_default();
    ["使用", "服用"].iter().any(|uses| member.starts_with(uses)) && !member.contains(['过', '史', '曾'])
}

/// With a window it says when once more: "接受过多种治疗或在给药前接受过放疗", "筛选期存在感染"; or a member of it is the
/// result of a test: "服用过酒精，或酒精筛查阳性".
pub(super) fn dates_itself(text: &str) -> bool {
    const AT: [&str; 6] = ["筛选期", "筛选时", "入住", "基线时", "目前", "试验期间"];
    let tested = !outside(text).split(['，', ',', '或']).next().unwrap_or_default().contains("阳性");
    // 前60天内稳定剂量使用: so long, and not some time in it
    const STEADY: [&str; 4] = ["稳定", "持续", "规律", "连续"];
    if AT.iter().chain(&STEADY).any(|at| text.starts_with(at))
        || tested && joins(text, |behind| behind.contains("阳性"))
    {
        return true;
    }
    const DOES: [&str; 9] = ["接受", "使用", "服用", "曾", "进行", "发生", "出现", "参加", "应用"];
    joins(text, |behind| {
        behind.match_indices('前').any(|(at, mark)| {
            let next = behind.get(at + mark.len()..).unwrap_or_default();
            DOES.iter().any(|does| next.starts_with(does))
        })
    })
}

/// Something that is so of the words behind one that joins.
fn joins(text: &str, so: impl Fn(&str) -> bool) -> bool {
    const JOINS: [&str; 8] = ["或者", "或", "，", ",", "并且", "且", "并", "和"];
    let flat = outside(text);
    let behind = |join: &'static str| {
        flat.match_indices(join).filter_map(|(at, join)| flat.get(at + join.len()..)).collect::<Vec<_>>()
    };
    text.chars().any(is_chinese) && JOINS.iter().flat_map(|join| behind(join)).any(so)
}

/// How many signs behind a denial tell whether it is one.
pub(super) const REACH: usize = 8;

/// "未痊愈的感染", "无症状的转移": which one it is, and no denial of it.
pub(super) fn tells_which(denies: &str, behind: &str) -> bool {
    const DEEDS: [&str; 22] = [
        "接受", "使用", "服用", "进行", "发生", "曾", "参加", "患", "合并", "伴", "见", "发现", "有", "出现", "达",
        "满", "采取", "签署", "怀孕", "应用", "行", "能",
    ];
    const WITHOUT: [&str; 4] = ["症状的", "痛的", "法控制的", "反应的"];
    let which =
        behind.chars().take(REACH).take_while(|c| !matches!(c, ',' | '，' | '、' | '或' | '；')).any(|c| c == '的');
    match denies {
        "未" => which && !DEEDS.iter().any(|deed| behind.starts_with(deed)),
        "无" => WITHOUT.iter().any(|without| behind.starts_with(without)),
        _ => false,
    }
}

/// Words for something that was said elsewhere.
const POINTS: [&str; 9] = ["上述", "以上任", "以下", "下列", "此类", "该等", "部分以", "扩展阶段", "递增阶段"];
/// A phrase does not end so.
const DANGLES: [&str; 13] = ["或", "和", "及", "且", "并", "与", "包括", "例如", "如", "不", "未", "仍", "量大"];

/// Every bracket has its other side.
fn is_balanced(text: &str) -> bool {
    let depth = text.chars().try_fold(0_usize, |depth, c| match c {
        '(' | '（' | '[' | '【' | '［' => Some(depth + 1),
        ')' | '）' | ']' | '】' | '］' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// What stands outside of brackets.
fn outside(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' | '（' | '[' | '【' | '［' => {
                depth += 1;
                false
            }
            ')' | '）' | ']' | '】' | '］' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// What stands in each bracket.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['(', '（', '[', '【', '［']).map(|(at, open)| {
        let behind = text.get(at + open.len()..).unwrap_or_default();
        behind.split([')', '）', ']', '】', '］']).next().unwrap_or_default()
    })
}
