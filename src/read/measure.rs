//! Units right behind a number.

use crate::model::unit::BoundUnit;

use super::fold::Glyph;
use super::rate::rate;
use super::table::{Entries, Table};
use super::token::{Placed, Token, is_chinese};
use super::unit_words::{raised, spelled};

/// Words that may stand before the limit.
const OWN: [&str; 17] = [
    "the",
    "institutional",
    "institution",
    "institutions",
    "local",
    "laboratory",
    "lab",
    "central",
    "site",
    "s",
    "age",
    "adjusted",
    "specific",
    "of",
    "above",
    "normal",
    "reference",
];
/// The limit itself, the longest first.
const LIMITS: Entries<&str> = Table::entries(&[
    ("maximum normal value", "xULN"),
    ("maximum normal values", "xULN"),
    ("maximum of normal", "xULN"),
    ("upper limit of the normal reference range", "xULN"),
    ("upper limit of the normal range", "xULN"),
    ("upper limit of the normal value", "xULN"),
    ("upper limit of the normal values", "xULN"),
    ("upper limits of the normal range", "xULN"),
    ("upper limit of the reference range", "xULN"),
    ("upper limit of the laboratory normal range", "xULN"),
    ("upper limit of institutional normal", "xULN"),
    ("upper limit of laboratory normal", "xULN"),
    ("upper limit of the norm", "xULN"),
    ("upper limit of the normal", "xULN"),
    ("upper limit of normal range", "xULN"),
    ("upper limit of normal value", "xULN"),
    ("upper limit of normal values", "xULN"),
    ("upper limit of normal", "xULN"),
    ("upper limits of normal", "xULN"),
    ("upper limit of reference range", "xULN"),
    ("upper limit normal", "xULN"),
    ("upper limit", "xULN"),
    ("upper normal limit", "xULN"),
    ("upper normal limits", "xULN"),
    ("upper normal range", "xULN"),
    ("upper normal value", "xULN"),
    ("upper range of normal", "xULN"),
    ("normal upper limit", "xULN"),
    ("uln", "xULN"),
    ("unl", "xULN"),
    ("iuln", "xULN"),
    ("lower limit of the normal range", "xLLN"),
    ("lower limit of the normal value", "xLLN"),
    ("lower limit of normal", "xLLN"),
    ("lower limits of normal", "xLLN"),
    ("lower limit of the normal", "xLLN"),
    ("lln", "xLLN"),
]);
const LIMITS_CHINESE: [(&str, &str); 16] = [
    ("正常值范围上限", "xULN"),
    ("正常范围上限", "xULN"),
    ("正常参考值上限", "xULN"),
    ("参考范围上限", "xULN"),
    ("参考值上限", "xULN"),
    ("正常值高限", "xULN"),
    ("正常高限", "xULN"),
    ("正常值的上限", "xULN"),
    ("正常值上限", "xULN"),
    ("正常上限值", "xULN"),
    ("正常上限", "xULN"),
    ("正常值范围下限", "xLLN"),
    ("正常范围下限", "xLLN"),
    ("正常参考值下限", "xLLN"),
    ("正常值下限", "xLLN"),
    ("正常下限", "xLLN"),
];

/// A limit of normal that the tokens at a place name, and how many tokens it takes.
pub(super) fn limit_words(tokens: &[Placed], from: usize) -> Option<(String, usize)> {
    let word = |at: usize| match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let first = word(from)?;
    if let Some((_, unit)) = LIMITS_CHINESE.iter().find(|(said, _)| *said == first) {
        let short = matches!(tokens.get(from + 1).map(|placed| &placed.token), Some(Token::Mark('(')))
            && matches!(word(from + 2), Some("uln" | "unl" | "lln"))
            && matches!(tokens.get(from + 3).map(|placed| &placed.token), Some(Token::Mark(')')));
        return Some(((*unit).to_owned(), if short { 4 } else { 1 }));
    }
    let mut at = from;
    while at < from + 5 && word(at).is_some_and(|word| OWN.contains(&word)) {
        at += 1;
    }
    let begins = |at: usize, said: &str| {
        let mut length = 0;
        for part in said.split(' ') {
            if word(at + length) != Some(part) {
                return None;
            }
            length += 1;
        }
        Some(length)
    };
    let (unit, length) = (from..=at)
        .find_map(|at| LIMITS.led(word(at)?).find_map(|(said, unit)| Some((*unit, at + begins(at, said)? - from))))?;
    Some((unit.to_owned(), length))
}

/// Units that are words of everyday language first.
const NO_UNITS: [&str; 12] = ["a", "in", "c", "f", "k", "ph", "index", "ratio", "t", "m", "eq", "mil"];

/// What else is written for a unit.
const OTHERS: [(&str, &str); 39] = [
    ("/mmc", "/mm3"),
    ("cels/mm3", "/mm3"),
    ("cell/mm3", "/mm3"),
    ("ml/min per 1.73 m2", "mL/min/1.73m2"),
    ("mm of hg", "mmHg"),
    ("mm/hg", "mmHg"),
    ("gr/dl", "g/dL"),
    ("gm/dl", "g/dL"),
    ("gms/dl", "g/dL"),
    ("ans", "y"),
    ("años", "y"),
    ("ppm", "ppm"),
    ("包年", "pack_year"),
    ("cgy", "cGy"),
    ("gy", "Gy"),
    ("db hl", "dB HL"),
    ("db", "dB"),
    ("degrees celsius", "°C"),
    ("degrees centigrade", "°C"),
    ("degrees fahrenheit", "°F"),
    ("degrees c", "°C"),
    ("degrees f", "°F"),
    ("degree celsius", "°C"),
    ("degree c", "°C"),
    ("degree f", "°F"),
    ("degrees", "deg"),
    ("kgs", "kg"),
    ("y.o.", "y"),
    ("y.o", "y"),
    ("yo", "y"),
    ("y/o", "y"),
    ("yrs.", "y"),
    ("yr.", "y"),
    ("percent", "%"),
    ("per cent", "%"),
    ("lbs", "[lb_av]"),
    ("pounds", "[lb_av]"),
    ("msec", "ms"),
    ("毫秒", "ms"),
];

/// The unit right after a number, and how many glyphs it takes.
pub(super) fn unit(rest: &[Glyph]) -> Option<(String, usize)> {
    let glued = rest.first()?.sign == '-';
    let skipped =
        usize::from(glued) + rest.iter().skip(usize::from(glued)).take_while(|glyph| glyph.sign == ' ').count();
    let rest: Vec<char> = rest.get(skipped..)?.iter().take(90).map(|glyph| glyph.sign).collect();
    let ends = |length: usize| {
        let (last, next) = (rest.get(length - 1), rest.get(length));
        let latin = |c: &&char| c.is_alphanumeric() && !is_chinese(**c);
        last.is_some_and(|last| is_chinese(*last)) || !(last.filter(latin).is_some() && next.filter(latin).is_some())
    };
    if let Some((unit, length)) = limit(&rest) {
        return Some((unit, skipped + length));
    }
    if let Some((unit, length)) = raised(&rest).or_else(|| spelled(&rest)) {
        return Some((unit, skipped + length));
    }
    let first = *rest.first()?;
    for (said, unit) in OTHERS {
        if !said.chars().next().is_some_and(|begins| first.to_lowercase().eq([begins])) {
            continue;
        }
        let length = said.chars().count();
        if rest.iter().take(length).flat_map(|c| c.to_lowercase()).eq(said.chars()) && ends(length) {
            return Some((unit.to_owned(), skipped + length));
        }
    }
    if !(first.is_alphabetic() || matches!(first, '%' | '/' | '°' | '×' | '*' | 'µ')) {
        return None;
    }
    if let Some((unit, length)) = rate(&rest) {
        return Some((unit, skipped + length));
    }
    // `109/L` is a power that lost its height.
    let lowered = |text: &str| {
        text.match_indices("10").any(|(at, _)| {
            !text.get(..at).is_some_and(|before| before.ends_with('/'))
                && text.get(at + 2..).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let known = (1..=rest.len().min(26)).rev().filter(|length| ends(*length)).find(|length| {
        let text: String = rest.iter().take(*length).collect();
        // What goes on behind a slash is another unit.
        let open = matches!(rest.get(*length), Some('/' | '^' | '·'))
            && rest.get(length + 1).is_some_and(|c| c.is_alphanumeric());
        !open
            && !text.ends_with([' ', '.', ',', ';', '(', ')', '-', '/', '[', ']', ':', '，', '。', '、'])
            && !NO_UNITS.contains(&text.to_ascii_lowercase().as_str())
            && !lowered(&text)
            && text.contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '°'))
            && BoundUnit::from_text(&text).is_some()
    });
    let text = |length: usize| rest.iter().take(length).collect::<String>();
    match known {
        Some(length) => {
            let unit = written(&text(length));
            let time = matches!(unit.as_str(), "h" | "min" | "d");
            Some(match time.then(|| per(&rest, length)).flatten() {
                Some((over, end)) => (format!("{unit}/{over}"), skipped + end),
                None => (unit, skipped + length),
            })
        }
        // "15°-45°", and no "°C"
        None if first == '°' && !rest.get(1).is_some_and(|next| next.is_alphabetic()) => {
            Some(("deg".to_owned(), skipped + 1))
        }
        // A unit that nobody knows is kept as it is written: `mg/100mL`.
        None => {
            let length = rest
                .iter()
                .take_while(|c| c.is_alphanumeric() && !is_chinese(**c) || matches!(c, '/' | '^' | '%' | 'µ'))
                .count();
            let raw = text(length);
            let slashed = raw.find('/').is_some_and(|at| (1..=10).contains(&at) && at + 1 < raw.len());
            (slashed && !lowered(&raw) && !matches!(raw.as_str(), "and/or" | "or/and"))
                .then_some((raw, skipped + length))
        }
    }
}

/// The times over which things are counted.
pub(super) const OVER: [(&str, &str); 9] = [
    ("day", "d"),
    ("week", "wk"),
    ("month", "mo"),
    ("year", "y"),
    ("hour", "h"),
    ("night", "night"),
    ("occasion", "occasion"),
    ("d", "d"),
    ("wk", "wk"),
];

/// "(150 minutes) per week": over which time, and one past it.
fn per(rest: &[char], from: usize) -> Option<(&'static str, usize)> {
    let skipped = |at: usize| at + rest.iter().skip(at).take_while(|c| **c == ' ').count();
    let word = |at: usize| -> String { rest.iter().skip(at).take_while(|c| c.is_ascii_alphabetic()).collect() };
    let link = skipped(from);
    let said = word(link);
    let at = match said.as_str() {
        "per" | "a" | "each" | "every" => skipped(link + said.len()),
        "" if rest.get(link) == Some(&'/') => skipped(link + 1),
        _ => return None,
    };
    let time = word(at);
    let (_, short) = OVER.iter().find(|(long, _)| *long == time && long.len() > 2)?;
    Some((short, at + time.len()))
}

fn begins_limit(word: &str) -> bool {
    let multiplies = matches!(word, "times" | "time" | "fold" | "folds" | "multiples");
    word.starts_with(['倍', 'x']) || multiplies || OWN.contains(&word) || LIMITS.led(word).next().is_some()
}

/// `x ULN`, "times the upper limit of normal", `倍正常值上限` behind a number.
fn limit(rest: &[char]) -> Option<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = rest.get(at).filter(|_| words.len() < 14) {
        let chinese = is_chinese(*c);
        let same = |c: &&char| c.is_alphabetic() && is_chinese(**c) == chinese;
        let length = rest.get(at..)?.iter().take_while(same).count();
        if length > 0 {
            let word: String = rest.get(at..at + length)?.iter().flat_map(|c| c.to_lowercase()).collect();
            // No other word begins the name of a limit.
            if words.is_empty() && !begins_limit(&word) {
                return None;
            }
            words.push((word, at + length));
            at += length;
        } else if matches!(c, ' ' | '-' | '\'' | '(' | ')' | '×' | '*' | '/') {
            if matches!(c, '×' | '*') {
                words.push(("x".to_owned(), at + 1));
            }
            let opened = rest.get(..at).is_some_and(|before| before.contains(&'('));
            if *c == ')'
                && opened
                && words.last().is_some_and(|(word, _)| matches!(word.as_str(), "uln" | "unl" | "lln"))
            {
                words.last_mut()?.1 = at + 1;
            }
            at += 1;
        } else {
            break;
        }
    }
    let word = |at: usize| words.get(at).map(|(word, _)| word.as_str());
    let first = word(0)?;
    if is_chinese(first.chars().next()?) {
        let said = first.strip_prefix('倍')?;
        let said = said.strip_prefix('的').unwrap_or(said);
        let (text, unit) = LIMITS_CHINESE
            .iter()
            .find(|(text, _)| said.starts_with(text))
            .copied()
            .or_else(|| (said.is_empty() && matches!(word(1), Some("uln" | "unl"))).then_some(("", "xULN")))?;
        let length = first.chars().count() - said.chars().count() + text.chars().count();
        let length = if text.is_empty() { words.get(1)?.1 } else { length };
        let short: String = rest.iter().skip(length).take(5).flat_map(|c| c.to_lowercase()).collect();
        return Some((unit.to_owned(), if short == "(uln)" { length + 5 } else { length }));
    }
    // Glued: `1.25xULN`
    if let Some(unit) = first.strip_prefix('x').and_then(|limit| match limit {
        "uln" | "unl" => Some("xULN"),
        "lln" => Some("xLLN"),
        _ => None,
    }) {
        return Some((unit.to_owned(), words.first()?.1));
    }
    let mut start = usize::from(matches!(first, "x" | "times" | "time" | "fold" | "folds" | "multiples"));
    let multiplied = start > 0;
    while word(start)
        .is_some_and(|word| OWN.contains(&word) || multiplied && matches!(word, "over" | "greater" | "higher" | "than"))
    {
        start += 1;
    }
    let bare = !multiplied && start > 0;
    let begins = |from: usize, said: &str| {
        let parts = said.split(' ');
        let length = parts.clone().count();
        parts.enumerate().all(|(step, part)| word(from + step) == Some(part)).then_some(length)
    };
    let (unit, last) = (0..=start)
        .rev()
        .find_map(|from| LIMITS.led(word(from)?).find_map(|(said, unit)| Some((*unit, from + begins(from, said)?))))?;
    let short = matches!(word(last), Some("uln" | "unl" | "lln"));
    let last = if short { last + 1 } else { last };
    (!bare).then_some((unit.to_owned(), words.get(last - 1)?.1))
}

/// The unit of time that a word names.
pub(super) fn time_unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "years" | "year" | "yrs" | "yr" | "岁" | "周岁" | "年" => "y",
        "months" | "month" | "mos" | "个月" | "月龄" => "mo",
        "weeks" | "week" | "wks" | "周" | "周龄" => "wk",
        "days" | "day" | "天" | "日" | "日龄" => "d",
        "hours" | "hour" | "hrs" | "hr" | "小时" => "h",
        "minutes" | "minute" | "mins" | "分钟" => "min",
        _ => return None,
    })
}

/// Units of time as documents write them; any other as the text does.
fn written(text: &str) -> String {
    let lower = text.to_lowercase();
    if let Some(unit) = time_unit(&lower) {
        return unit.to_owned();
    }
    match lower.as_str() {
        "y" => "y".to_owned(),
        "mo" | "月" => "mo".to_owned(),
        "wk" => "wk".to_owned(),
        "d" => "d".to_owned(),
        "h" => "h".to_owned(),
        "percent" | "per cent" | "％" => "%".to_owned(),
        "points" | "point" | "score" | "scores" | "分" | "评分" => "{score}".to_owned(),
        _ => one_spelling(text),
    }
}

/// The spelling that documents have of a unit which is written in many ways.
fn one_spelling(text: &str) -> String {
    let plain: String =
        text.chars().filter(|c| !matches!(c, ' ' | '^')).map(|c| if c == '²' { '2' } else { c }).collect();
    match plain.as_str() {
        "mM" => return "mmol/L".to_owned(),
        "µM" | "uM" => return "umol/L".to_owned(),
        "mg/100mL" | "mg/100ml" => return "mg/dL".to_owned(),
        _ => {}
    }
    if plain.eq_ignore_ascii_case("ml/min/1.73m2") {
        return "mL/min/1.73m2".to_owned();
    }
    let text = text.strip_prefix("个").filter(|rest| rest.starts_with('/')).unwrap_or(text);
    let days = [("/天", "/d"), ("/日", "/d"), ("/day", "/d"), ("/周", "/wk"), ("/week", "/wk"), ("/小时", "/h")];
    match days.iter().find_map(|(long, short)| Some((text.strip_suffix(long)?, short))) {
        Some((head, short)) => format!("{head}{short}"),
        None => text.to_owned(),
    }
}
