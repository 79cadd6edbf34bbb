//! Lengths of time in English sentences: "within 28 days before the first dose".

use crate::model::decimal::Decimal;
use crate::model::record::Subject;
use crate::model::window::{TimeUnit, Whichever};

use super::anchor::Point;
use super::length::{Length, count, length, unit, whichever};
use super::limit::{SIGNS, sign};
use super::scan::Scan;
use super::side::{Tail, tail};
use super::table::{Entries, Phrases, Table, entries, phrases};
use super::token::Sign;
use super::window::{Side, Timing};

/// How a window begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opens {
    /// "Within": nothing more is needed.
    Within,
    /// "In", "during": a direction must follow.
    In,
    /// "For", "lasting".
    For,
    /// "Of at least 6 months' duration".
    Of,
}

const OPENING: Entries<Opens> = Table::entries(&[
    ("within", Opens::Within),
    ("within a", Opens::Within),
    ("within the", Opens::Within),
    ("within a period of", Opens::Within),
    ("within approximately", Opens::Within),
    ("within the longer of", Opens::Within),
    ("during", Opens::In),
    ("during the", Opens::In),
    ("in", Opens::In),
    ("in the", Opens::In),
    ("over", Opens::In),
    ("over the", Opens::In),
    ("throughout the", Opens::In),
    ("the", Opens::In),
    ("for", Opens::For),
    ("for the", Opens::For),
    ("for a period of", Opens::For),
    ("for a minimum of", Opens::For),
    ("for a duration of", Opens::For),
    ("for a", Opens::For),
    ("for a period", Opens::For),
    ("lasting", Opens::For),
    ("lasting for", Opens::For),
    ("persisting for", Opens::For),
    ("with a duration of", Opens::For),
    ("of", Opens::Of),
]);
const RECENT: Entries<bool> = Table::entries(&[
    ("past", false),
    ("last", false),
    ("previous", false),
    ("preceding", false),
    ("prior", false),
    ("recent", false),
    ("former", false),
    ("immediately preceding", false),
    ("most recent", false),
    ("past the", false),
    ("past or last", false),
    ("immediate past", false),
    ("next", true),
    ("coming", true),
    ("upcoming", true),
    ("following", true),
    ("subsequent", true),
    ("first", true),
]);
pub(super) fn english(scan: &Scan<'_>, at: usize) -> Option<(Timing, usize)> {
    let around = plus_or_minus(scan, at);
    // "Over the last 3 months" is no bound.
    let opening = scan.entry(at, &OPENING);
    let signed = scan.entry(at, &SIGNS).is_some_and(|(_, end)| opening.is_none_or(|(_, opens)| opens <= end));
    let opening = opening.filter(|_| !signed);
    let mut here = opening.map_or(at, |(_, end)| scan.skip_blanks(end));
    let opens = opening.map(|(opens, _)| opens);
    let around = around.or_else(|| plus_or_minus(scan, here));
    if let Some(end) = around {
        here = end;
    }
    let mut recent = scan.entry(here, &RECENT);
    if let Some((_, end)) = recent {
        here = scan.skip_blanks(end);
    }
    let said = sign(scan, here);
    if let Some((_, end)) = said {
        here = end;
    }
    // "the approximately", "the past 6"
    here = scan.past(here, phrases!["approximately", "about", "around"]);
    let found = match (length(scan, here), after_the_number(scan, here)) {
        // "the 6 previous months"
        (_, Some(found)) if recent.is_none() => {
            recent = Some((false, found.1));
            Some(found)
        }
        (Some(found), _) => Some(found),
        // "the past year"
        (None, _) => {
            // "In the week before surgery"
            let before = |end: usize| {
                opens == Some(Opens::In) && tail(scan, end).is_some_and(|tail| tail.side == Side::Before && !tail.loose)
            };
            let recently = recent.is_some_and(|(ahead, _)| !ahead) || opens == Some(Opens::Within);
            one_of(scan, here).filter(|(_, end)| recently || before(*end))
        }
    };
    let (mut length, mut end) = found?;
    // an age, and no time ago
    const AGES: Phrases = Table::phrases(&[
        "of age",
        "of life",
        "old",
        "of gestation",
        "gestation",
        "of amenorrhea",
        "of pregnancy",
        "of birth",
        "corrected age",
    ]);
    if scan.longest(scan.skip_blanks(end), &AGES).is_some() {
        return None;
    }
    end = scan
        .longest(scan.skip_blanks(end), phrases!["period", "time", "interval", "window", "time period", "prior period"])
        .map_or(end, |(_, end)| end);
    let mut sign = said.map(|(sign, _)| sign);
    if let Some((after, next)) = scan.entry(
        scan.skip_blanks(end),
        entries![
            ("or more", Sign::AtLeast),
            ("or longer", Sign::AtLeast),
            ("or over", Sign::AtLeast),
            ("or greater", Sign::AtLeast),
            ("or less", Sign::AtMost),
            ("or fewer", Sign::AtMost),
            ("and more", Sign::AtLeast),
        ],
    ) && sign.is_none()
    {
        sign = Some(after);
        end = next;
    }
    // "Two years ago" is a moment, and no stretch.
    const AGO: Phrases = Table::phrases(&["ago", "previously", "earlier", "beforehand"]);
    if let Some((_, ago)) = scan.longest(scan.skip_blanks(end), &AGO) {
        let more = scan.entry(
            scan.skip_blanks(ago),
            entries![("or more", Sign::AtLeast), ("or longer", Sign::AtLeast), ("or less", Sign::AtMost)],
        );
        sign = sign.or(more.map(|(sign, _)| sign));
        if sign.is_none() && opens.is_none() && recent.is_none() {
            return None;
        }
    }
    // "Within 3 months, prior to screening"
    let comma = scan.sign(scan.skip_blanks(end)) == Some(',');
    let tail = tail(scan, end).or_else(|| {
        let behind = if comma { tail(scan, scan.skip(end, &[','])) } else { None };
        behind.filter(|tail| tail.side == Side::Before && !tail.loose && matches!(tail.point, Some(Point::Moment(_))))
    });
    // "At least 28 days from surgery" is after it.
    let later =
        scan.phrase(scan.skip_blanks(end), "from").is_some() && matches!(sign, Some(Sign::AtLeast | Sign::More));
    let tail = tail.map(|tail| if later { Tail { side: Side::After, loose: false, ..tail } } else { tail });
    // "any use within the last 48 hours of a sedative": of what it is
    let worded =
        |tail: &Tail| tail.loose && matches!(tail.point, Some(Point::Event(Subject::Text(_)) | Point::Vague(_)));
    let tail = tail.filter(|tail| recent.is_none() || !worded(tail));
    if tail.as_ref().is_some_and(worded) && opens != Some(Opens::Within) {
        return None;
    }
    // "at least 28 days from surgery": the sign stands before
    let before = scan.lower(at.saturating_sub(26).max(scan.start()), at);
    if said.is_none() && SIGNS.rows.iter().any(|(sign, _)| sign.is_ascii() && before.ends_with(sign)) {
        return None;
    }
    // "within 4 weeks of each other": of nothing that has a date
    let open = opens == Some(Opens::Within) && recent.is_none() && tail.is_none();
    if open && scan.phrase(scan.skip_blanks(end), "of").is_some() {
        return None;
    }
    // "Within 4 to 8 weeks": each medicine has its own
    let within = opens == Some(Opens::Within) || scan.lower(scan.start(), at).trim_end().ends_with("within");
    if within && length.least.is_some() {
        return None;
    }
    let recent = recent.map(|(ahead, _)| ahead);
    let (side, point, end) = match &tail {
        Some(tail) => (Some(tail.side), tail.point.clone(), tail.end),
        None => (None, None, end),
    };
    let ahead = recent == Some(true) && side.is_none();
    // "The first 48 hours" needs an "after".
    if ahead
        && scan
            .entry(opening.map_or(at, |(_, end)| scan.skip_blanks(end)), &RECENT)
            .is_some_and(|_| scan.holds(at, here, phrases!["first"]))
    {
        return None;
    }
    // "Of at least 6 months' duration"
    let mut end = end;
    if opens == Some(Opens::Of) {
        let said = phrases!["duration", "in duration", "or longer duration", "or more duration", "standing"];
        end = scan.longest(scan.skip(end, &['\'', '’']), said).filter(|_| tail.is_none())?.1;
    }
    let enduring = opens.is_none() && side.is_none() && recent.is_none() && enduring(scan, at, end, sign, length.unit);
    let lasting = matches!(opens, Some(Opens::For | Opens::Of)) || enduring;
    // "Surgery lasting more than 2 hours" is how long it takes.
    let takes = opens == Some(Opens::Of) || opening.is_some_and(|(_, opens)| !scan.lower(at, opens).starts_with("for"));
    if lasting && !enduring && takes && (length.unit.is_clock() || length.unit == TimeUnit::Day) {
        return None;
    }
    let bare = opens.is_none() && sign.is_none() && recent.is_none() && around.is_none() && length.least.is_none();
    let placed = recent == Some(false) || side.is_some();
    // "More than 3 days of fever" is how much, and not when.
    if tail.as_ref().is_some_and(|tail| tail.loose) && matches!(sign, Some(Sign::AtLeast | Sign::More)) {
        return None;
    }
    let known = match opens {
        Some(Opens::Within) => sign.is_none_or(|sign| matches!(sign, Sign::AtMost | Sign::Less)),
        Some(Opens::In) => {
            let named = opening.is_some_and(|(_, end)| scan.lower(at, end) != "the");
            recent.is_some() || side.is_some() || named && matches!(sign, Some(Sign::AtMost | Sign::Less))
        }
        Some(Opens::For | Opens::Of) => length.unit != TimeUnit::Minute,
        // "24 hours after surgery" may be a length or a moment.
        None => match side {
            Some(Side::After) => sign.is_some(),
            Some(Side::Before | Side::Around) => true,
            None => {
                recent == Some(false)
                    || enduring
                    || lately(scan, at, end, sign)
                    || !length.unit.is_clock() && happened(scan, at, end, sign)
            }
        },
    };
    if !known {
        return None;
    }
    let sign = match (sign, opens) {
        (Some(sign), _) => sign,
        (None, Some(Opens::For | Opens::Of)) => Sign::AtLeast,
        (None, Some(Opens::Within | Opens::In) | None) => Sign::AtMost,
    };
    let mut loose = tail.is_some_and(|tail| tail.loose);
    if length.half_lives.is_some() || scan.phrase(scan.skip(end, &['(', ',']), "whichever").is_some() {
        if let Some((which, next)) = whichever(scan, end) {
            length.whichever = which;
            end = next;
        }
        // "within 4 weeks or 5 half-lives, whichever is longer, before the first dose"
        if side.is_none()
            && let Some(found) = super::side::tail(scan, scan.skip(end, &[',']))
        {
            loose = found.loose;
            let side = if around.is_some() { Side::Around } else { found.side };
            return Some((
                Timing { sign, length, side, point: found.point, lasting, ahead, placed: true, loose, bare },
                found.end,
            ));
        }
    }
    let side = match (around, side) {
        (Some(_), _) => Side::Around,
        (None, Some(side)) => side,
        (None, None) if ahead => Side::After,
        (None, None) => Side::Before,
    };
    Some((Timing { sign, length, side, point, lasting, ahead, placed, loose, bare }, end))
}

/// "Recent stroke (< 6 months)": how long ago it may be.
fn lately(scan: &Scan<'_>, at: usize, end: usize, sign: Option<Sign>) -> bool {
    let open = (scan.start()..at).rev().find(|at| scan.sign(*at).is_some_and(|sign| !super::scan::is_blank(sign)));
    let alone = open.is_some_and(|open| scan.sign(open) == Some('(')) && scan.sign(scan.skip_blanks(end)) == Some(')');
    let from = open.map_or(at, |open| open.saturating_sub(70).max(scan.start()));
    alone
        && matches!(sign, Some(Sign::AtMost | Sign::Less))
        && scan.holds(from, at, phrases!["recent", "recently", "newly diagnosed"])
}

/// "Chronic pain (≥ 3 months)": for how long it has been there.
fn enduring(scan: &Scan<'_>, at: usize, end: usize, sign: Option<Sign>, unit: TimeUnit) -> bool {
    let open = (scan.start()..at).rev().find(|at| scan.sign(*at).is_some_and(|sign| !super::scan::is_blank(sign)));
    let alone = open.filter(|open| scan.sign(*open) == Some('(') && scan.sign(scan.skip_blanks(end)) == Some(')'));
    let Some(open) = alone else { return false };
    let mark = |at: &usize| matches!(scan.sign(*at), Some(',' | ';' | '(' | ')'));
    let from = (scan.start()..open).rev().find(mark).unwrap_or(scan.start());
    let weeks = matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year);
    weeks
        && matches!(sign, Some(Sign::AtLeast | Sign::More))
        && scan.holds(from, open, phrases!["chronic", "persistent", "long standing", "longstanding"])
        && !scan.holds(from, open, phrases!["or", "and", "and/or"])
}

/// "Stroke < 6 months", "seizure (≤ 2 years)": what happens at a moment has no length, so that it is how long ago.
fn happened(scan: &Scan<'_>, at: usize, end: usize, sign: Option<Sign>) -> bool {
    const EVENTS: [&str; 39] = [
        "stroke",
        "strokes",
        "seizure",
        "seizures",
        "infarction",
        "mi",
        "ami",
        "stemi",
        "nstemi",
        "tia",
        "attack",
        "surgery",
        "operation",
        "transplant",
        "transplantation",
        "fracture",
        "fractures",
        "embolism",
        "pci",
        "cabg",
        "amputation",
        "delivery",
        "biopsy",
        "implantation",
        "revascularization",
        "revascularisation",
        "angioplasty",
        "injury",
        "accident",
        "event",
        "events",
        "trauma",
        "transfusion",
        "vaccination",
        "thrombosis",
        "hemorrhage",
        "haemorrhage",
        "hospitalization",
        "hospitalisation",
    ];
    let before = (scan.start()..at).rev().find(|at| scan.sign(*at).is_some_and(|sign| !super::scan::is_blank(sign)));
    let last = before.map_or(at, |before| if scan.sign(before) == Some('(') { before } else { before + 1 });
    let last = (scan.start()..last).rev().find(|at| scan.sign(*at).is_some_and(|sign| !super::scan::is_blank(sign)));
    let Some(last) = last else { return false };
    let first = (scan.start()..=last).rev().take_while(|at| scan.sign(*at).is_some_and(char::is_alphanumeric)).last();
    let event = first.is_some_and(|first| EVENTS.contains(&scan.lower(first, last + 1).as_str()));
    let over = scan.sign(scan.skip_blanks(end)).is_none_or(|sign| matches!(sign, ')' | ',' | ';' | '.'))
        || scan.longest(scan.skip_blanks(end), phrases!["or"]).is_some();
    event && over && matches!(sign, Some(Sign::AtMost | Sign::Less))
}

/// "±", and its end.
fn plus_or_minus(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if scan.sign(at) == Some('±') {
        return Some(scan.skip_blanks(at + 1));
    }
    let minus = |at: usize| scan.sign(at) == Some('-');
    (scan.sign(at) == Some('+') && scan.sign(at + 1) == Some('/') && minus(at + 2)).then(|| scan.skip_blanks(at + 3))
}

/// "Year", "month" alone: one of them.
fn one_of(scan: &Scan<'_>, at: usize) -> Option<(Length, usize)> {
    const ONE: Entries<TimeUnit> = Table::entries(&[
        ("hour", TimeUnit::Hour),
        ("day", TimeUnit::Day),
        ("week", TimeUnit::Week),
        ("month", TimeUnit::Month),
        ("year", TimeUnit::Year),
        ("a week", TimeUnit::Week),
        ("a month", TimeUnit::Month),
        ("a year", TimeUnit::Year),
    ]);
    let (unit, end) = scan.entry(at, &ONE)?;
    let count = Decimal::new(1, 0);
    let whichever = Whichever::Longer;
    Some((Length { count, unit, least: None, half_lives: None, whichever }, end))
}

/// "The 6 previous months".
fn after_the_number(scan: &Scan<'_>, at: usize) -> Option<(Length, usize)> {
    let (count, end) = count(scan, at)?;
    let (ahead, end) = scan.entry(scan.skip_blanks(end), &RECENT)?;
    let (unit, end) = unit(scan, scan.skip_blanks(end))?;
    let whichever = Whichever::Longer;
    (!ahead).then_some((Length { count, unit, least: None, half_lives: None, whichever }, end))
}
