//! A list whose items were joined into one line: `1…；2…；33个月内…` is three items, the last about three months.

/// The items of a joined list; the whole of it where it does not begin with a number.
///
/// The numbers count up from one. Where a stop ends the item before, the next number is taken off whatever follows it;
/// elsewhere only one that
/// can be no part of a value: no digit, sign, letter or unit stands beside it. In doubt two items stay one, which is then
/// read less and never wrongly.
pub(super) fn items(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let Some(mut rest) = after(text, 1) else { return vec![text.to_owned()] };
    for number in 2.. {
        let Some((item, next)) = split(rest, number) else { break };
        items.push(item);
        rest = next;
    }
    items.push(rest);
    let clean = |item: &str| item.trim().trim_end_matches(['；', ';']).trim().to_owned();
    items.into_iter().map(clean).filter(|item| !item.is_empty()).collect()
}

/// What stands after a number and its own mark, at the beginning of a text.
fn after(text: &str, number: u32) -> Option<&str> {
    let rest = text.trim_start().strip_prefix(&number.to_string())?;
    Some(rest.trim_start_matches(['.', '、', '）', ')', ' ', '\t']))
}

/// The item up to the next number, and what stands after it.
fn split(text: &str, number: u32) -> Option<(&str, &str)> {
    let name = number.to_string();
    let mut glued: Option<usize> = None;
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(&name).map(|at| at + from) {
        let (before, rest) = text.split_at_checked(at)?;
        let last = before.trim_end().chars().next_back()?;
        let next = rest.get(name.len()..)?;
        let stopped = matches!(last, '；' | ';' | '。' | '\n');
        // `；33个月`: three, and three months, where no plainer place follows
        if stopped && next.starts_with(|c: char| c.is_ascii_digit()) {
            glued = glued.or(Some(at));
        } else if stopped && !is_value(next) || !stopped && stands_alone(last, next) {
            return Some((before, after(rest, number)?));
        }
        from = at + name.len();
    }
    let (before, rest) = text.split_at_checked(glued?)?;
    Some((before, after(rest, number)?))
}

/// The number after a stop is part of a value itself: `；3.5g`, `；30%`.
fn is_value(next: &str) -> bool {
    let decimal = next.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    decimal || next.starts_with(['%', '％', '~', '～', '-', '–', '/', '×'])
}

/// Nothing beside the number makes it part of a value.
fn stands_alone(last: char, next: &str) -> bool {
    const UNITS: [&str; 24] = [
        "个", "天", "日", "周", "月", "年", "岁", "小时", "分", "级", "次", "倍", "种", "例", "名", "支", "期", "型",
        "者中", "项", "条", "以", "或", "度",
    ];
    let before = last.is_ascii_alphanumeric()
        || "≥≤<>＜＞=＝.~～-–—×/^(（[【约第至到为低高过少多前后近即每及和或与".contains(last);
    let behind = next.starts_with(|c: char| c.is_ascii_digit() || "%％~～-–—/×^.".contains(c))
        || UNITS.iter().any(|unit| next.starts_with(unit));
    !(before || behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_count_up_and_no_value_is_torn() {
        assert_eq!(items("1年龄≥18岁；2体重≥45kg；33个月内做过手术"), ["年龄≥18岁", "体重≥45kg", "3个月内做过手术"]);
        assert_eq!(items("1年龄≤25岁2签署知情同意书3能走路"), ["年龄≤25岁", "签署知情同意书", "能走路"]);
        assert_eq!(items("1ECOG评分0~1分2预期生存期≥3个月3无感染"), ["ECOG评分0~1分", "预期生存期≥3个月", "无感染"]);
        assert_eq!(items("1.甲。2.乙"), ["甲。", "乙"]);
        assert_eq!(items("1血小板≥100；2.5g以上"), ["血小板≥100；2.5g以上"]);
        assert_eq!(items("受试者2人"), ["受试者2人"]);
        assert_eq!(items("1筛选前2周内；2乙"), ["筛选前2周内", "乙"]);
    }
}
