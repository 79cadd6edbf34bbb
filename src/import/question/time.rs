//! Windows and lengths of time in words.

use crate::model::concept::Concept;
use crate::model::window::{Anchor, Duration, TimeUnit, Window};

/// A length of time without its sign: `3 months`.
pub(super) fn length(duration: Duration, chinese: bool) -> String {
    let count = duration.count.unsigned_abs();
    let (one, many, zh) = match duration.unit {
        TimeUnit::Minute => ("minute", "minutes", "分钟"),
        TimeUnit::Hour => ("hour", "hours", "小时"),
        TimeUnit::Day => ("day", "days", "天"),
        TimeUnit::Week => ("week", "weeks", "周"),
        TimeUnit::Month => ("month", "months", "个月"),
        TimeUnit::Year => ("year", "years", "年"),
    };
    match (chinese, count) {
        (true, _) => format!("{count}{zh}"),
        (false, 1) => format!("1 {one}"),
        (false, _) => format!("{count} {many}"),
    }
}

fn anchor(anchor: &Anchor, chinese: bool) -> String {
    let (english, zh) = match anchor {
        Anchor::AsOf => ("today", "今天"),
        Anchor::Consent => ("signing the consent form", "签署知情同意书"),
        Anchor::Screening => ("the screening visit", "筛选"),
        Anchor::Randomization => ("being assigned to a group of the study", "随机分组"),
        Anchor::FirstDose => ("the first dose of the study treatment", "首次使用研究药物"),
        Anchor::Onset => ("the beginning of the illness", "发病"),
        Anchor::Text(text) => return text.to_string(),
        Anchor::Event(id) => {
            return Concept::named(id).map_or(*id, |c| if chinese { c.chinese } else { c.english }).to_owned();
        }
    };
    if chinese { zh } else { english }.to_owned()
}

/// Which time a window means: `in the last 3 months`, `in the 28 days before the screening visit`.
pub(super) fn window(window: &Window, chinese: bool) -> String {
    let at = anchor(&window.anchor, chinese);
    if let Some(count) = window.half_lives {
        return if chinese {
            format!("{at}前{count}个半衰期内")
        } else {
            format!("within {count} half-lives before {at}")
        };
    }
    let past = |end: Option<Duration>| end.filter(|end| end.count < 0);
    let is_now = |end: Option<Duration>| end.is_none_or(|end| end.count == 0);
    match (past(window.from), &window.anchor) {
        (Some(from), Anchor::AsOf) if is_now(window.to) => {
            let length = length(from, chinese);
            return if chinese { format!("最近{length}内") } else { format!("in the last {length}") };
        }
        (Some(from), _) if is_now(window.to) => {
            let length = length(from, chinese);
            return if chinese { format!("{at}前{length}内") } else { format!("in the {length} before {at}") };
        }
        _ => {}
    }
    let end = |end: Duration| {
        let length = length(end, chinese);
        match (chinese, end.count.signum()) {
            (_, 0) => at.clone(),
            (false, -1) => format!("{length} before {at}"),
            (false, _) => format!("{length} after {at}"),
            (true, -1) => format!("{at}前{length}"),
            (true, _) => format!("{at}后{length}"),
        }
    };
    match (chinese, window.from.map(end), window.to.map(end)) {
        (false, Some(from), Some(to)) => format!("from {from} to {to}"),
        (true, Some(from), Some(to)) => format!("从{from}到{to}"),
        (false, Some(from), None) => format!("since {from}"),
        (true, Some(from), None) => format!("自{from}起"),
        (false, None, Some(to)) => format!("up to {to}"),
        (true, None, Some(to)) => format!("截至{to}"),
        (false, None, None) => format!("at any time around {at}"),
        (true, None, None) => format!("{at}前后任何时候"),
    }
}

/// The first letter large.
pub(super) fn sentence(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
