//! Numbers, days and clock times as people type them.

use crate::model::date::{Date, Day};
use crate::model::decimal::Decimal;
use crate::model::quantity::Comparator;

/// A number field, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    Nothing,
    Number {
        value: Decimal,
        comparator: Option<Comparator>,
        unit: Option<String>,
    },
    /// `1,234`: thousands in one country, a decimal in another.
    Ambiguous,
    NotANumber,
}

/// Full-width signs as their plain twins.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{00A0}' | '\u{202F}' | '\u{2009}' => ' ',
            '。' => '.',
            '、' => ',',
            '−' => '-',
            c => c,
        })
        .collect()
}

/// Reads a number with a sign before it (`<`, `≥`, `about`, `约`) and a unit behind it.
pub(crate) fn number(text: &str) -> Typed {
    const LONGEST: usize = 64;
    let text = plain(text);
    let text = text.trim();
    if text.is_empty() {
        return Typed::Nothing;
    }
    if text.chars().count() > LONGEST {
        return Typed::NotANumber;
    }
    const SIGNS: [(&str, Comparator); 13] = [
        ("<=", Comparator::AtMost),
        (">=", Comparator::AtLeast),
        ("≤", Comparator::AtMost),
        ("≦", Comparator::AtMost),
        ("≥", Comparator::AtLeast),
        ("≧", Comparator::AtLeast),
        ("<", Comparator::Less),
        (">", Comparator::More),
        ("about", Comparator::About),
        ("~", Comparator::About),
        ("≈", Comparator::About),
        ("大约", Comparator::About),
        ("约", Comparator::About),
    ];
    let (comparator, rest) = SIGNS
        .into_iter()
        .find_map(|(sign, comparator)| text.strip_prefix(sign).map(|rest| (Some(comparator), rest)))
        .unwrap_or((None, text));
    let rest = rest.trim_start();
    let end = rest
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'') || (*at == 0 && matches!(c, '-' | '+')))
        })
        .map_or(rest.len(), |(at, _)| at);
    let Some((digits, unit)) = rest.split_at_checked(end) else { return Typed::NotANumber };
    let digits: String = digits.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
    let value = match separated(&digits) {
        Some(Ok(value)) => value,
        Some(Err(())) => return Typed::Ambiguous,
        None => return Typed::NotANumber,
    };
    let unit = Some(unit.trim().to_owned()).filter(|unit| !unit.is_empty());
    Typed::Number { value, comparator, unit }
}

/// Weeks and days as they are written of a pregnancy, in days: `24+3`, `24w3d`, `24 weeks 3 days`, `24 3/7`, `24周3天`.
///
/// `None` where it is anything else: weeks alone too.
pub(crate) fn weeks_and_days(text: &str) -> Option<u32> {
    const LONGEST: usize = 64;
    if text.chars().count() > LONGEST {
        return None;
    }
    let text = plain(text).to_ascii_lowercase();
    let text = text.trim().trim_start_matches("孕").trim_start();
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (weeks, rest) = text.split_at_checked(digits(text))?;
    let between = rest.find(|c: char| c.is_ascii_digit())?;
    let (between, rest) = rest.split_at_checked(between)?;
    let (days, after) = rest.split_at_checked(digits(rest))?;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (between, after) = (words(between), words(after));
    let sevenths = after.strip_prefix("/7").map(str::trim);
    let weeks_said = |text: &str| matches!(text, "w" | "wk" | "wks" | "week" | "weeks" | "周" | "孕周");
    let days_said = |text: &str| matches!(text, "d" | "day" | "days" | "天" | "日");
    let fits = match between.as_str() {
        "+" => {
            after.is_empty()
                || days_said(&after)
                || weeks_said(&after)
                || sevenths.is_some_and(|rest| rest.is_empty() || weeks_said(rest))
        }
        "" => sevenths.is_some_and(|rest| rest.is_empty() || weeks_said(rest)),
        between => {
            let said = between.trim_end_matches([',', '+', '零', '又']).trim_end_matches(" and").trim();
            weeks_said(said) && (days_said(&after) || (after.is_empty() && between.ends_with('+')))
        }
    };
    let (weeks, days) = (whole(weeks).filter(|weeks| *weeks < 100)?, whole(days).filter(|days| *days < 7)?);
    fits.then_some(weeks * 7 + days)
}

/// Points and commas told apart; `Some(Err(()))` where they cannot be.
fn separated(digits: &str) -> Option<Result<Decimal, ()>> {
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    let grouped = |whole: &str, sign: char| {
        let mut groups = whole.trim_start_matches(['-', '+']).split(sign);
        let first = groups.next().map_or(0, str::len);
        (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
    };
    let text = match (commas, points) {
        (0, 0 | 1) => digits.to_owned(),
        (1, 0) => {
            let (whole, fraction) = digits.split_once(',')?;
            if grouped(digits, ',') && !whole.trim_start_matches(['-', '+']).starts_with('0') {
                return Some(Err(()));
            }
            format!("{whole}.{fraction}")
        }
        (_, 0) if grouped(digits, ',') => digits.replace(',', ""),
        (0, _) if grouped(digits, '.') => digits.replace('.', ""),
        (_, 1) if digits.find('.') > digits.rfind(',') => {
            let (whole, fraction) = digits.split_once('.')?;
            if !grouped(whole, ',') {
                return None;
            }
            format!("{}.{fraction}", whole.replace(',', ""))
        }
        (1, _) => {
            let (whole, fraction) = digits.split_once(',')?;
            if !grouped(whole, '.') {
                return None;
            }
            format!("{}.{fraction}", whole.replace('.', ""))
        }
        _ => return None,
    };
    text.parse().ok().map(Ok)
}

/// A date from its fields: the month as a number or an English name, the month and the day left out where not known.
pub(crate) fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let (year, month, day) = (plain(year), plain(month), plain(day));
    let (year, month, day) = (year.trim(), month.trim(), day.trim());
    let year = whole(year.trim_end_matches('年')).filter(|year| (1000..=9999).contains(year))?;
    let year = i32::try_from(year).ok()?;
    if month.is_empty() {
        return day.is_empty().then_some(Date::Year(year));
    }
    let month = month_of(month.trim_end_matches('月'))?;
    if day.is_empty() {
        return Some(Date::Month(year, month));
    }
    let day = whole(day.trim_end_matches(['日', '号']))?;
    Day::new(year, month, day).map(Date::Day)
}

/// The month that a number or an English name says, written out or cut short after three letters or more.
pub(crate) fn month_of(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Some(number) = whole(text) {
        return (1..=12).contains(&number).then_some(number);
    }
    let text = text.trim_end_matches('.').to_ascii_lowercase();
    if text.len() < 3 {
        return None;
    }
    let at = NAMES.iter().position(|name| name.starts_with(&text))?;
    u32::try_from(at + 1).ok()
}

pub(crate) fn whole(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A clock time on a day, with the clock's offset.
pub(crate) fn clock(day: Day, hour: &str, minute: &str, offset: &str) -> Option<Date> {
    let (hour, minute) = (whole(plain(hour).trim())?, whole(plain(minute).trim())?);
    if hour > 23 || minute > 59 {
        return None;
    }
    let text = format!("{day}T{hour:02}:{minute:02}{offset}");
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_and_days_are_read_in_every_usual_spelling() {
        for text in [
            "24+3",
            "24 + 3",
            "24+3 weeks",
            "24w3d",
            "24 w 3 d",
            "24wk3d",
            "24 weeks 3 days",
            "24 weeks and 3 days",
            "24 weeks, 3 days",
            "24 3/7",
            "24 3/7 weeks",
            "24+3/7",
            "24周3天",
            "24周+3天",
            "24周+3",
            "孕24周3天",
            "２４＋３",
        ] {
            assert_eq!(weeks_and_days(text), Some(171), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_not_read_as_weeks_and_days() {
        for text in [
            "24", "24.3", "24 weeks", "24周", "24+7", "243", "24-3", "24 3", "24 to 26", "3 days", "24d3w", "", "+3",
            "24+",
        ] {
            assert_eq!(weeks_and_days(text), None, "{text}");
        }
    }
}
