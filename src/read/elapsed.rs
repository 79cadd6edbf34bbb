//! Time since an event: "at least 3 months since the last transfusion", "onset within 72 hours", 发病72h内.

use crate::model::expression::{Bound, Elapsed, Expression};
use crate::model::record::Subject;
use crate::model::window::Anchor;

use super::anchor::Point;
use super::clause::{Clause, Reading};
use super::dated::is_course;
use super::duration::duration;
use super::heads::head;
use super::length::{counts_time, length};
use super::limit::sign;
use super::never::{alone, at_least, never, or_never};
use super::scan::Scan;
use super::sentence::unread;
use super::table::{Phrases, Table, entries, phrases};
use super::token::{Sign, is_chinese};
use super::window::{Side, Timed, timings};

/// A clause about the time since something.
pub(super) fn elapsed(clause: Clause<'_>) -> Option<Reading> {
    let scan = Scan::of(clause);
    if !counts_time(&scan) {
        return None;
    }
    if let Some((expression, whole)) = onset(&scan) {
        return Some(if whole { Reading::Whole(expression) } else { Reading::Necessary(expression) });
    }
    if let Some(duration) = duration(clause) {
        return Some(duration);
    }
    if let Some(before) = or_never(clause) {
        return before.reading().and_then(alone);
    }
    if let Some(since) = since(&scan) {
        return since.read(clause).map(Reading::Whole);
    }
    // "…, with full recovery": and something more
    let comma = clause.tokens.iter().position(|placed| placed.marks(&[',', '，']))?;
    let more = clause.tokens.get(comma + 1).is_some_and(|next| next.says(&["with", "and", "且", "并"]));
    let own = clause.part(0, comma);
    let since = if more && !clause.excludes { since(&Scan::of(own))? } else { return None };
    since.read(own).map(Reading::Necessary)
}

/// Time since something, as the text gives it.
struct Since {
    since: Subject,
    low: Option<Bound>,
    high: Option<Bound>,
    /// The words for it.
    text: String,
}

impl Since {
    fn read(self, clause: Clause<'_>) -> Option<Expression> {
        let Since { since, low, high, text } = self;
        match (low, high) {
            (Some(low), None) => at_least(since, low, never(&text, true), clause.excludes, || unread(clause)),
            (low, high) => Some(Expression::Elapsed(Elapsed { since, low, high })),
        }
    }
}

/// How a clause about the onset of the illness begins.
const ONSET: Phrases = Table::phrases(&[
    "onset",
    "symptom onset",
    "symptoms onset",
    "onset of symptoms",
    "onset of symptom",
    "onset of stroke",
    "onset of stroke symptoms",
    "onset of illness",
    "onset of disease",
    "onset of the disease",
    "onset time",
    "time of onset",
    "time from onset",
    "time from symptom onset",
    "time from symptoms onset",
    "time from onset of symptoms",
    "time from onset to randomization",
    "time from onset to treatment",
    "time from symptom onset to treatment",
    "time from symptom onset to randomization",
    "time since onset",
    "time since symptom onset",
    "time since onset of symptoms",
    "duration of symptoms",
    "duration of illness",
    "duration of disease",
    "duration of the disease",
    "disease duration",
    "illness duration",
    "symptom duration",
    "course of disease",
    "stroke onset",
    "time from stroke onset",
    "time to onset",
    "disease onset",
    "with symptom onset",
    "with onset of symptoms",
    "onset of the symptoms",
    "发病",
    "发病时间",
    "发病时间在",
    "起病",
    "起病时间",
    "病程",
    "病程在",
    "病程时间",
    "本次发病",
    "症状出现",
    "发病后",
    "起病后",
    "本次卒中发病",
    "卒中发病",
]);
/// Words between the onset and its time.
const BETWEEN: Phrases = Table::phrases(&[
    "is",
    "was",
    "must be",
    "should be",
    "of",
    "within",
    "occurred",
    "occurring",
    "to enrollment",
    "to enrolment",
    "to randomization",
    "to randomisation",
    "to treatment",
    "to inclusion",
    "to screening",
    "to start of treatment",
    "to study treatment",
    "to first dose",
    "to consent",
    "of less than",
    "the",
    "in",
    "between",
    "至随机",
    "到随机",
    "至入组",
    "到入组",
    "至给药",
    "到给药",
    "到拟给药",
    "至拟给药",
    "至筛选",
    "至随机化",
    "到治疗",
    "至治疗",
    "至首次给药",
    "时间",
    "的时间",
    "间隔",
    "为",
    "在",
    "应",
    "需",
    "时间为",
]);

/// "Symptom onset within 24 h of enrolment", 病程≥3年; and whether that is all.
fn onset(scan: &Scan<'_>) -> Option<(Expression, bool)> {
    let head = head(scan, scan.start(), scan.end()).filter(|head| !head.denied && head.status.is_none())?;
    let at = scan.past(head.at, phrases!["acute", "the", "时间", "自"]);
    let (_, end) = scan.longest(at, &ONSET)?;
    let at = scan.past(scan.skip(end, &[':', '：']), &BETWEEN);
    let (low, high, end) = lengths(scan, at)?;
    // "Disease duration of 5 years" does not say whether at least or at most.
    let unsaid = sign(scan, at).is_none() && scan.holds(head.at, at, phrases!["duration of", "duration"]);
    let behind_it =
        scan.longest(scan.skip_blanks(end), phrases!["or more", "or longer", "or less", "or greater"]).is_some();
    if unsaid && low.is_none() && !scan.holds(head.at, at, phrases!["within", "less than"]) && !behind_it {
        return None;
    }
    let end = scan.longest(end, phrases!["之内", "以内", "内", "之间"]).map_or(end, |(_, end)| end);
    let end = behind(scan, end);
    // Behind a semicolon the onset is explained.
    let explained = matches!(scan.sign(end), Some(';' | '；' | '。' | '的'));
    let whole = ends(scan, end);
    let expression = Expression::Elapsed(Elapsed { since: Subject::concept("onset"), low, high });
    (whole || explained).then_some((expression, whole))
}

/// Bounds on the time since: "> 24 h and < 7 days", "1 to 3 months", "72 h".
pub(super) fn lengths(scan: &Scan<'_>, at: usize) -> Option<(Option<Bound>, Option<Bound>, usize)> {
    let (mut low, mut high) = (None, None);
    let mut here = at;
    loop {
        let said = sign(scan, here);
        let from = said.map_or(here, |(_, end)| end);
        let Some((length, end)) = length(scan, from) else { break };
        if length.half_lives.is_some() {
            return None;
        }
        let after = scan.entry(
            scan.skip_blanks(end),
            entries![
                ("or more", Sign::AtLeast),
                ("or longer", Sign::AtLeast),
                ("or less", Sign::AtMost),
                ("及以上", Sign::AtLeast),
                ("以上", Sign::AtLeast),
                ("以下", Sign::AtMost),
            ],
        );
        let end = after.map_or(end, |(_, end)| end);
        let sign = said.or(after).map_or(Sign::AtMost, |(sign, _)| sign);
        let bound = length.bound(matches!(sign, Sign::AtLeast | Sign::AtMost));
        if let Some(least) = length.least {
            low = Some(Bound { value: least, ..length.bound(true) });
        }
        match sign {
            Sign::AtLeast | Sign::More if low.is_none() => low = Some(bound),
            Sign::AtMost | Sign::Less if high.is_none() => high = Some(bound),
            Sign::AtLeast | Sign::More | Sign::AtMost | Sign::Less => return None,
        }
        here = end;
        let joined = scan.past(scan.skip(end, &[',', '，']), phrases!["and", "且", "但", "but", "至", "并"]);
        if joined == end || sign_or_number(scan, joined).is_none() {
            break;
        }
        here = joined;
    }
    (low.is_some() || high.is_some()).then_some((low, high, here))
}

fn sign_or_number(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let from = sign(scan, at)?.1;
    length(scan, from).map(|(_, end)| end)
}

/// Past what names the moment at which the check is made.
fn behind(scan: &Scan<'_>, at: usize) -> usize {
    let here = scan.skip_blanks(at);
    const PREPOSITIONS: Phrases = Table::phrases(&[
        "before",
        "prior to",
        "of",
        "from",
        "at",
        "at the time of",
        "to",
        "ago",
        "in duration",
        "duration",
    ]);
    let Some((_, end)) = scan.longest(here, &PREPOSITIONS) else { return at };
    if ends(scan, end) {
        return end;
    }
    match super::anchor::anchor(scan, end, true) {
        Some((Point::Moment(anchor), end)) if !matches!(anchor, Anchor::Event(_)) => end,
        Some((Point::Moment(_) | Point::Event(_) | Point::Vague(_), _)) | None => at,
    }
}

pub(super) fn ends(scan: &Scan<'_>, at: usize) -> bool {
    let here = scan.skip(at, &[',', '，', '.', '。', ';', '；', ')', '的']);
    here >= scan.end() || scan.past(here, phrases!["者", "患者", "受试者", "patients", "的患者"]) >= scan.end()
}

/// "Within 72 hours of symptom onset", "at least 4 weeks since the last chemotherapy": nothing but the time.
fn since(scan: &Scan<'_>) -> Option<Since> {
    let lead = head(scan, scan.start(), scan.end()).filter(|head| !head.denied && head.status.is_none())?.at;
    let lead = scan.past(lead, phrases!["presenting", "presentation", "interval of", "time of", "minimum of"]);
    if let Some(since) = chinese(scan, lead)
        .or_else(|| behind_event(scan, lead))
        .or_else(|| between(scan, lead))
        .or_else(|| within(scan, lead))
    {
        return Some(since);
    }
    if let [Timed { from, to, timing }] = timings(scan).as_slice()
        && *from == lead
        && ends(scan, *to)
        && (timing.side == Side::After || timing.side == Side::Around && timing.loose)
        && !timing.ahead
    {
        let bound = timing.length.bound(matches!(timing.sign, Sign::AtLeast | Sign::AtMost));
        let since = match timing.point.clone()? {
            Point::Moment(Anchor::Onset) => Subject::concept("onset"),
            Point::Moment(Anchor::Event(id)) => Subject::concept(id),
            Point::Event(subject) => subject,
            Point::Vague(text) if !text.is_empty() => Subject::Text(text),
            Point::Vague(_) => return None,
            Point::Moment(Anchor::Text(text)) => Subject::Text(text.to_string()),
            Point::Moment(
                Anchor::AsOf | Anchor::Consent | Anchor::Screening | Anchor::Randomization | Anchor::FirstDose,
            ) => return None,
        };
        if timing.length.half_lives.is_some() || timing.length.least.is_some() || timing.lasting {
            return None;
        }
        // Of a course the record dates the beginning, and "after chemotherapy" counts from its end.
        let since = match since {
            Subject::Concept(id) if id != "onset" && !id.starts_with("hospital") => Subject::Text(named(&id)?),
            since @ (Subject::Concept(_)
            | Subject::Text(_)
            | Subject::Ratio(_)
            | Subject::Judgement(_)
            | Subject::Unread(_)) => since,
        };
        let (low, high) = match timing.sign {
            Sign::AtLeast | Sign::More => (Some(bound), None),
            Sign::AtMost | Sign::Less => (None, Some(bound)),
        };
        let text = match &since {
            Subject::Text(text) | Subject::Concept(text) => text.clone(),
            Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => return None,
        };
        return Some(Since { since, low, high, text });
    }
    None
}

/// "At least 1 month and no more than 6 months since the last dose": between two lengths.
fn between(scan: &Scan<'_>, at: usize) -> Option<Since> {
    let (low, high, end) = lengths(scan, at).filter(|(low, high, _)| low.is_some() && high.is_some())?;
    let (_, from) = scan.longest(scan.skip_blanks(end), phrases!["since", "after", "from"])?;
    let about = super::thing::thing(scan, scan.past(from, phrases!["the", "a", "an"]), scan.end())?;
    let moment = super::anchor::anchor(scan, from, false);
    let trial = matches!(moment, Some((Point::Moment(anchor), _)) if !matches!(anchor, Anchor::Event(_)));
    let since = if is_course(&about.subject) { about.verbatim() } else { about.subject.clone() };
    (!trial && !about.is_several()).then_some(Since { since, low, high, text: about.text })
}

/// "Within 2 weeks of cardiac catheterization or arterial puncture".
fn within(scan: &Scan<'_>, at: usize) -> Option<Since> {
    let (length, end) = length(scan, scan.skip_blanks(scan.phrase(at, "within")?))?;
    let (_, from) = scan.longest(scan.skip_blanks(end), phrases!["of", "after", "following", "since"])?;
    let plain = |at: usize| scan.sign(at).is_some_and(|sign| !matches!(sign, ',' | ';' | '(' | '0'..='9'));
    let trial = super::anchor::anchor(scan, from, false).is_some_and(|(point, _)| matches!(point, Point::Moment(_)));
    let more = scan.holds(from, scan.end(), phrases!["and", "with", "without", "unless", "except", "not", "no", "who"]);
    if trial || more || length.half_lives.is_some() || length.least.is_some() || !(from..scan.end()).all(plain) {
        return None;
    }
    let about = super::thing::thing(scan, scan.past(from, phrases!["the", "a", "an"]), scan.end())?;
    about.is_any().then(|| Since {
        since: about.verbatim(),
        low: None,
        high: Some(length.bound(true)),
        text: about.text,
    })
}

/// 末次化疗后4周内, 停药后至少2周: nothing but the time since an event.
fn behind_event(scan: &Scan<'_>, at: usize) -> Option<Since> {
    let after = (at..scan.end().min(at + 30)).find(|here| scan.sign(*here) == Some('后'))?;
    let plain = |at: usize| scan.sign(at).is_some_and(|sign| is_chinese(sign) || sign.is_ascii_alphanumeric());
    let since = super::thing::thing(scan, at, after)?;
    if !(at..after).all(plain) || since.is_several() || super::anchor::chinese(scan, at).is_some() {
        return None;
    }
    let (low, high, end) = lengths(scan, scan.past(after + 1, phrases!["的", "已", "时间"]))?;
    let within = scan.longest(end, phrases!["之内", "以内", "内"]).map_or(end, |(_, end)| end);
    // 术后4周 alone may be a moment.
    let said = low.is_some() || within > end || high.as_ref().is_some_and(|high| !high.inclusive);
    (said && ends(scan, within)).then(|| Since { since: since.verbatim(), low, high, text: since.text })
}

fn named(id: &str) -> Option<String> {
    crate::model::concept::Concept::named(id).map(|concept| concept.english.to_owned())
}

/// 从使用任一种试验药物起，时间少于30天.
fn chinese(scan: &Scan<'_>, at: usize) -> Option<Since> {
    let (_, from) = scan.longest(at, phrases!["从", "自", "距", "距离"])?;
    let end =
        (from..scan.end().min(from + 60)).find(|at| matches!(scan.sign(*at), Some('起' | '至' | '到' | '，' | ',')))?;
    let about = super::thing::thing(scan, from, end)?;
    const UNTIL: Phrases =
        Table::phrases(&["时间", "的时间", "已", "至今", "到现在", "入组", "随机", "筛选", "至", "到"]);
    let mut here = scan.skip(end, &['起', '，', ',']);
    while scan.phrase(here, "至少").is_none()
        && let Some((_, end)) = scan.longest(here, &UNTIL)
    {
        here = scan.skip_blanks(end);
    }
    let (low, high, end) = lengths(scan, here)?;
    let end = scan.longest(end, phrases!["之内", "以内", "内"]).map_or(end, |(_, end)| end);
    ends(scan, end).then_some(Since { since: about.subject, low, high, text: about.text })
}
