//! Lengths of time: "28 days", "six months", "4 weeks or 5 half-lives, whichever is longer".

use crate::model::decimal::Decimal;
use crate::model::expression::Bound;
use crate::model::window::{Duration, TimeUnit, Whichever};

use super::scan::Scan;
use super::table::{Entries, Phrases, Table, phrases};

/// A length of time as a text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) count: Decimal,
    pub(super) unit: TimeUnit,
    /// "2 to 4 weeks": the lesser of the two.
    pub(super) least: Option<Decimal>,
    /// So many half-lives as well.
    pub(super) half_lives: Option<u32>,
    pub(super) whichever: Whichever,
}

impl Length {
    pub(super) fn bound(&self, inclusive: bool) -> Bound {
        Bound { value: self.count, unit: Some(self.unit.symbol().to_owned()), inclusive }
    }

    /// As a whole number of a unit: 1.5 years are 18 months.
    pub(super) fn duration(&self) -> Option<Duration> {
        whole(self.count, self.unit)
    }
}

fn whole(count: Decimal, unit: TimeUnit) -> Option<Duration> {
    let smaller = match unit {
        TimeUnit::Minute | TimeUnit::Day | TimeUnit::Month => None,
        TimeUnit::Hour => Some((60, TimeUnit::Minute)),
        TimeUnit::Week => Some((7, TimeUnit::Day)),
        TimeUnit::Year => Some((12, TimeUnit::Month)),
    };
    let (count, unit) = match (count.whole(), smaller) {
        (Some(count), _) => (count, unit),
        (None, Some((times, unit))) => {
            let count = count.exact().times(crate::model::decimal::Exact::whole(times))?.rounded(6)?;
            (count.whole()?, unit)
        }
        (None, None) => return None,
    };
    let count = i32::try_from(count).ok().filter(|count| (1..=10_000).contains(count))?;
    Some(Duration { count, unit })
}

const UNITS: Entries<TimeUnit> = Table::entries(&[
    ("minutes", TimeUnit::Minute),
    ("minute", TimeUnit::Minute),
    ("min", TimeUnit::Minute),
    ("mins", TimeUnit::Minute),
    ("hours", TimeUnit::Hour),
    ("hour", TimeUnit::Hour),
    ("hrs", TimeUnit::Hour),
    ("hr", TimeUnit::Hour),
    ("h", TimeUnit::Hour),
    ("hs", TimeUnit::Hour),
    ("days", TimeUnit::Day),
    ("day", TimeUnit::Day),
    ("d", TimeUnit::Day),
    ("weeks", TimeUnit::Week),
    ("week", TimeUnit::Week),
    ("wks", TimeUnit::Week),
    ("wk", TimeUnit::Week),
    ("w", TimeUnit::Week),
    ("months", TimeUnit::Month),
    ("month", TimeUnit::Month),
    ("mos", TimeUnit::Month),
    ("mo", TimeUnit::Month),
    ("mth", TimeUnit::Month),
    ("mths", TimeUnit::Month),
    ("years", TimeUnit::Year),
    ("year", TimeUnit::Year),
    ("yrs", TimeUnit::Year),
    ("yr", TimeUnit::Year),
    ("y", TimeUnit::Year),
    ("分钟", TimeUnit::Minute),
    ("小时", TimeUnit::Hour),
    ("个小时", TimeUnit::Hour),
    ("天", TimeUnit::Day),
    ("日", TimeUnit::Day),
    ("周", TimeUnit::Week),
    ("个周", TimeUnit::Week),
    ("星期", TimeUnit::Week),
    ("个星期", TimeUnit::Week),
    ("个月", TimeUnit::Month),
    ("月", TimeUnit::Month),
    ("年", TimeUnit::Year),
    ("week's", TimeUnit::Week),
    ("months'", TimeUnit::Month),
    ("weeks'", TimeUnit::Week),
    ("days'", TimeUnit::Day),
    ("years'", TimeUnit::Year),
]);
/// Two weeks, six months.
const TOGETHER: Entries<(i64, TimeUnit)> = Table::entries(&[
    ("a fortnight", (2, TimeUnit::Week)),
    ("fortnight", (2, TimeUnit::Week)),
    ("half a year", (6, TimeUnit::Month)),
    ("half year", (6, TimeUnit::Month)),
    ("a half year", (6, TimeUnit::Month)),
    ("半年", (6, TimeUnit::Month)),
    ("一年半", (18, TimeUnit::Month)),
]);
const HALF_LIVES: Phrases = Table::phrases(&[
    "half lives",
    "half life",
    "halflives",
    "half life periods",
    "half live",
    "个半衰期",
    "半衰期",
    "个消除半衰期",
]);
/// Before "half-lives".
const WHOSE: Phrases =
    Table::phrases(&["pk", "elimination", "drug", "plasma", "terminal", "known", "times the", "biological"]);
/// Between a number and its unit.
const FILLERS: Phrases =
    Table::phrases(&["calendar", "consecutive", "full", "whole", "complete", "completed", "continuous", "个自然"]);
const WORDS: Entries<i64> = Table::entries(&[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fourteen", 14),
    ("fifteen", 15),
    ("eighteen", 18),
    ("twenty", 20),
    ("twenty four", 24),
    ("twenty eight", 28),
    ("thirty", 30),
    ("forty eight", 48),
    ("sixty", 60),
    ("seventy two", 72),
    ("ninety", 90),
    ("一", 1),
    ("二", 2),
    ("两", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("十", 10),
]);

/// A number in digits or words, and its end.
pub(super) fn count(scan: &Scan<'_>, at: usize) -> Option<(Decimal, usize)> {
    let mut end = at;
    if scan.begins(at) {
        while scan.sign(end).is_some_and(|sign| sign.is_ascii_digit() || sign == '.') && end < at + 7 {
            end += 1;
        }
    }
    if end > at {
        let said = scan.lower(at, end);
        let trimmed = said.trim_end_matches('.');
        let end = at + trimmed.len();
        return Some((trimmed.parse().ok()?, end)).filter(|_| !trimmed.starts_with('.'));
    }
    if let Some(end) = scan.phrase(at, "十二") {
        return Some((Decimal::new(12, 0), end));
    }
    let (value, end) = scan.entry(at, &WORDS)?;
    // "one (1) month"
    let next = scan.skip_blanks(end);
    if scan.sign(next) == Some('(')
        && let Some((again, close)) = count(scan, next + 1)
        && again.whole() == Some(value)
        && scan.sign(close) == Some(')')
    {
        return Some((again, close + 1));
    }
    Some((Decimal::new(value, 0), end))
}

/// A length of time, and its end.
pub(super) fn length(scan: &Scan<'_>, at: usize) -> Option<(Length, usize)> {
    let (first, end) = single(scan, at)?;
    let (other, end_of_other) = match alternative(scan, end) {
        Some((other, end)) => (Some(other), end),
        None => (None, end),
    };
    let (length, end) = match (first, other) {
        (Single::Time(length), Some(Single::HalfLives(count)))
        | (Single::HalfLives(count), Some(Single::Time(length))) => {
            (Length { half_lives: Some(count), ..length }, end_of_other)
        }
        (Single::Time(length), _) => (length, end),
        (Single::HalfLives(_), _) => return None,
    };
    if length.half_lives.is_none() {
        return Some((length, again(scan, end).unwrap_or(end)));
    }
    let (whichever, end) = whichever(scan, end).unwrap_or((length.whichever, end));
    Some((Length { whichever, ..length }, end))
}

/// "12 weeks (84 days)": the same once more.
fn again(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let open = scan.skip_blanks(at);
    let (Single::Time(_), close) = single(scan, open + 1).filter(|_| scan.sign(open) == Some('('))? else {
        return None;
    };
    (scan.sign(close) == Some(')')).then_some(close + 1)
}

#[derive(Clone, Copy)]
enum Single {
    Time(Length),
    HalfLives(u32),
}

fn single(scan: &Scan<'_>, at: usize) -> Option<(Single, usize)> {
    let plain = |count, unit| Length { count, unit, least: None, half_lives: None, whichever: Whichever::Longer };
    if let Some(((count, unit), end)) = scan.entry(at, &TOGETHER) {
        return Some((Single::Time(plain(Decimal::new(count, 0), unit)), end));
    }
    let (first, end) = count(scan, at)?;
    let (least, number, end) = match range(scan, end) {
        Some((high, end)) => (Some(first), high, end),
        None => (None, first, end),
    };
    let here = scan.past(scan.skip_blanks(end), &FILLERS);
    let half = scan.past(here, &WHOSE);
    if let Some((_, end)) = scan.longest(half, &HALF_LIVES) {
        let count = u32::try_from(number.whole()?).ok().filter(|count| *count < 100)?;
        return Some((Single::HalfLives(count), end));
    }
    let (unit, end) = unit(scan, here)?;
    // "6 h/day", "30 d/mo": no length of time
    if scan.sign(end) == Some('/') {
        return None;
    }
    Some((Single::Time(Length { least, ..plain(number, unit) }), end))
}

fn range(scan: &Scan<'_>, at: usize) -> Option<(Decimal, usize)> {
    let here = scan.skip_blanks(at);
    let to = match scan.sign(here) {
        Some('~') => here + 1,
        _ => match scan.longest(here, phrases!["to", "至", "到"]) {
            Some((_, end)) => end,
            None if here > at && scan.sign(at) == Some('-') => here,
            None => return None,
        },
    };
    count(scan, scan.skip_blanks(to))
}

/// "or 5 half-lives", with whose they are.
fn alternative(scan: &Scan<'_>, at: usize) -> Option<(Single, usize)> {
    let here = scan.skip(at, &['(', ',', '，']);
    let here = scan.past(here, phrases!["or within", "or", "或者", "或", "内或", "内或者", "之内或", "and"]);
    const OF: Phrases = Table::phrases(&[
        "在",
        "该药物的",
        "该药物",
        "药物的",
        "药物",
        "其",
        "所用药物的",
        "该药的",
        "该药",
        "研究药物的",
        "试验药物的",
        "相应药物的",
    ]);
    let here = scan.past(here, &OF);
    let here =
        scan.past(here, phrases!["at least", "less than", "fewer than", "<", "at most", "within", "the previous"]);
    if here == at {
        return None;
    }
    let (single, end) = single(scan, here)?;
    const WHOSE: Phrases = Table::phrases(&[
        "the",
        "a",
        "an",
        "ip",
        "that",
        "this",
        "any",
        "prior",
        "previous",
        "study",
        "trial",
        "investigational",
        "respective",
        "corresponding",
        "drug",
        "drugs",
        "product",
        "agent",
        "treatment",
        "medication",
        "compound",
        "medicine",
        "imp",
        "therapy",
        "medicinal",
        "antibody",
    ]);
    let end = scan.phrase(scan.skip_blanks(end), "of").map_or(end, |of| {
        let past = scan.past(of, &WHOSE);
        if past > scan.skip_blanks(of) { trimmed(scan, past) } else { end }
    });
    let end = if scan.sign(end) == Some(')') { end + 1 } else { end };
    Some((single, end))
}

fn trimmed(scan: &Scan<'_>, at: usize) -> usize {
    let mut end = at;
    while end > 0 && scan.sign(end - 1).is_some_and(super::scan::is_blank) {
        end -= 1;
    }
    end
}

/// "Whichever is longer", with the marks around it.
pub(super) fn whichever(scan: &Scan<'_>, at: usize) -> Option<(Whichever, usize)> {
    const LONGER: Phrases = Table::phrases(&[
        "whichever is longer",
        "whichever longer",
        "whichever is the longer",
        "whichever comes later",
        "whichever is greater",
        "whichever was longer",
        "whichever period is longer",
        "whichever is longest",
        "whatever is longer",
        "以较长者为准",
        "以时间较长者为准",
        "以时间长者为准",
        "以长者为准",
        "取较长者",
    ]);
    const SHORTER: Phrases = Table::phrases(&[
        "whichever is shorter",
        "whichever shorter",
        "whichever is the shorter",
        "whichever comes first",
        "whichever is less",
        "whichever was shorter",
        "以较短者为准",
        "以时间较短者为准",
        "以短者为准",
    ]);
    let here = scan.skip(at, &['(', ',', '，', ';']);
    let longer = scan.longest(here, &LONGER).map(|(_, end)| (Whichever::Longer, end));
    let (whichever, end) = longer.or_else(|| scan.longest(here, &SHORTER).map(|(_, end)| (Whichever::Shorter, end)))?;
    Some((whichever, scan.skip(end, &[')', ','])))
}

/// A unit of time, and its end.
pub(super) fn unit(scan: &Scan<'_>, at: usize) -> Option<(TimeUnit, usize)> {
    scan.glued(at, &UNITS)
}

/// A unit of time stands somewhere in the clause: without one it holds no length of time.
pub(super) fn counts_time(scan: &Scan<'_>) -> bool {
    (scan.start()..scan.end()).any(|at| {
        let behind_digit = || at.checked_sub(1).and_then(|at| scan.sign(at)).is_some_and(|sign| sign.is_ascii_digit());
        scan.entry(at, &TOGETHER).is_some() || (scan.begins(at) || behind_digit()) && unit(scan, at).is_some()
    })
}
