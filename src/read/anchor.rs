//! What a window hangs on: "the first dose of study drug", 签署知情同意书.
//!
//! By convention:
//!
//! | the text says | the window hangs on |
//! |---|---|
//! | nothing, enrolment, baseline, the study | the moment that the check is made for |
//! | the first dose, the start of treatment; before it, the procedure, surgery, the start of a named medicine | the first dose |
//! | "within N of" a moment of the trial | that moment, and lies before it; what is planned, after |
//! | "within N of" the onset, "within N from" an event | that event, and lies after it |
//! | "within N of" another event | that event, and lies on either side of it |
//! | an event that no record dates | nothing: the sentence is asked as it stands |

use crate::model::record::Subject;
use crate::model::window::Anchor;

use super::event::event;
use super::scan::Scan;
use super::table::{Entries, Phrases, Table, phrases};

/// What a phrase behind "before" or "after" names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Moment(Anchor),
    /// An event that is no moment of the trial.
    Event(Subject),
    /// Something that may be a moment of the trial under another name, or more than an event: no window hangs on it.
    Vague(String),
}

/// What a word says of the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Nothing,
    /// "The study": the moment that the check is made for, if nothing nearer is said.
    Study,
    /// "Surgery": that of the trial, where it lies ahead.
    Act,
    Treatment,
    Enrolment,
    Screening,
    FirstDose,
    Randomization,
    Consent,
    Onset,
    Admission,
    Discharge,
}

const ENGLISH: Entries<Says> = Table::entries(&[
    ("the", Says::Nothing),
    ("this", Says::Nothing),
    ("their", Says::Nothing),
    ("our", Says::Nothing),
    ("his", Says::Nothing),
    ("a", Says::Nothing),
    ("an", Says::Nothing),
    ("of", Says::Nothing),
    ("to", Says::Nothing),
    ("into", Says::Nothing),
    ("in", Says::Nothing),
    ("for", Says::Nothing),
    ("date", Says::Nothing),
    ("day", Says::Nothing),
    ("time", Says::Nothing),
    ("point", Says::Nothing),
    ("visit", Says::Nothing),
    ("period", Says::Nothing),
    ("phase", Says::Nothing),
    ("current", Says::Nothing),
    ("present", Says::Nothing),
    ("planned", Says::Nothing),
    ("intended", Says::Nothing),
    ("scheduled", Says::Nothing),
    ("subject", Says::Nothing),
    ("subject's", Says::Nothing),
    ("patient", Says::Nothing),
    ("patient's", Says::Nothing),
    ("being", Says::Nothing),
    ("clinical", Says::Nothing),
    ("research", Says::Nothing),
    ("start", Says::Nothing),
    ("starting", Says::Nothing),
    ("beginning", Says::Nothing),
    ("begin", Says::Nothing),
    ("initiation", Says::Nothing),
    ("initiating", Says::Nothing),
    ("commencement", Says::Nothing),
    ("commencing", Says::Nothing),
    ("receiving", Says::Nothing),
    ("initial", Says::Nothing),
    ("administration", Says::Nothing),
    ("investigational", Says::Nothing),
    ("protocol", Says::Nothing),
    ("assigned", Says::Nothing),
    ("trial's", Says::Study),
    ("study", Says::Study),
    ("trial", Says::Study),
    ("participation", Says::Study),
    ("participating", Says::Study),
    ("project", Says::Study),
    ("enrollment", Says::Enrolment),
    ("enrolment", Says::Enrolment),
    ("enrolling", Says::Enrolment),
    ("enroled", Says::Enrolment),
    ("enrolled", Says::Enrolment),
    ("inclusion", Says::Enrolment),
    ("entry", Says::Enrolment),
    ("entering", Says::Enrolment),
    ("entrance", Says::Enrolment),
    ("registration", Says::Enrolment),
    ("recruitment", Says::Enrolment),
    ("joining", Says::Enrolment),
    ("baseline", Says::Enrolment),
    ("baseline assessment", Says::Enrolment),
    ("baseline exam", Says::Enrolment),
    ("baseline evaluation", Says::Enrolment),
    ("baseline examination", Says::Enrolment),
    ("first visit", Says::Enrolment),
    ("initial visit", Says::Enrolment),
    ("day 0", Says::Enrolment),
    ("screening", Says::Screening),
    ("pre screening", Says::Screening),
    ("prescreening", Says::Screening),
    ("visit 1", Says::Screening),
    ("visit 0", Says::Screening),
    ("screening visit 1", Says::Screening),
    ("v1", Says::Screening),
    ("first study visit", Says::Enrolment),
    ("drug", Says::Treatment),
    ("drugs", Says::Treatment),
    ("treatment", Says::Treatment),
    ("treatments", Says::Treatment),
    ("therapy", Says::Treatment),
    ("medication", Says::Treatment),
    ("product", Says::Treatment),
    ("agent", Says::Treatment),
    ("intervention", Says::Treatment),
    ("vaccine", Says::Treatment),
    ("vaccination", Says::Treatment),
    ("imp", Says::FirstDose),
    ("ip", Says::FirstDose),
    ("dosing", Says::FirstDose),
    ("first dose", Says::FirstDose),
    ("first dosing", Says::FirstDose),
    ("first drug", Says::FirstDose),
    ("first study", Says::FirstDose),
    ("first administration", Says::FirstDose),
    ("first treatment", Says::FirstDose),
    ("first infusion", Says::FirstDose),
    ("first injection", Says::FirstDose),
    ("first vaccination", Says::FirstDose),
    ("first cycle", Says::FirstDose),
    ("first day", Says::FirstDose),
    ("first intake", Says::FirstDose),
    ("initial dose", Says::FirstDose),
    ("day 1", Says::FirstDose),
    ("onset of study", Says::Study),
    ("onset of the study", Says::Study),
    ("onset of trial", Says::Study),
    ("onset of the trial", Says::Study),
    ("study onset", Says::Study),
    ("onset of treatment", Says::Treatment),
    ("onset of the treatment", Says::Treatment),
    ("onset of therapy", Says::Treatment),
    ("clinical research center", Says::Nothing),
    ("clinical research unit", Says::Nothing),
    ("research center", Says::Nothing),
    ("research unit", Says::Nothing),
    ("cycle 1 day 1", Says::FirstDose),
    ("cycle 1, day 1", Says::FirstDose),
    ("cycle 1 day 1 (c1d1)", Says::FirstDose),
    ("cycle 1, day 1 (c1d1)", Says::FirstDose),
    ("day 1 of cycle 1", Says::FirstDose),
    ("c1d1", Says::FirstDose),
    ("dose", Says::FirstDose),
    ("randomization", Says::Randomization),
    ("randomisation", Says::Randomization),
    ("randomized", Says::Randomization),
    ("randomised", Says::Randomization),
    ("random assignment", Says::Randomization),
    ("consent", Says::Consent),
    ("informed consent", Says::Consent),
    ("icf", Says::Consent),
]);
/// More words around consent, onset, admission.
const MORE: Entries<Says> = Table::entries(&[
    ("taking", Says::Nothing),
    ("intake", Says::Nothing),
    ("receipt", Says::Nothing),
    ("use", Says::Nothing),
    ("anticipated", Says::Nothing),
    ("index", Says::Nothing),
    ("visit 2", Says::Enrolment),
    ("week 0", Says::Enrolment),
    ("index visit", Says::Enrolment),
    ("procedure", Says::Act),
    ("surgery", Says::Act),
    ("operation", Says::Act),
    ("implantation", Says::Act),
    ("infusion", Says::Act),
    ("injection", Says::Act),
    ("study procedure", Says::FirstDose),
    ("index procedure", Says::FirstDose),
    ("study surgery", Says::FirstDose),
    ("index surgery", Says::FirstDose),
    ("first symptoms", Says::Onset),
    ("first symptom", Says::Onset),
    ("start of symptoms", Says::Onset),
    ("beginning of symptoms", Says::Onset),
    ("the beginning of symptoms", Says::Onset),
    ("signing", Says::Nothing),
    ("signature", Says::Nothing),
    ("obtaining", Says::Nothing),
    ("giving", Says::Nothing),
    ("providing", Says::Nothing),
    ("written", Says::Nothing),
    ("informed consent form", Says::Consent),
    ("informed consent form (icf)", Says::Consent),
    ("informed consent (icf)", Says::Consent),
    ("consent form", Says::Consent),
    ("symptom onset", Says::Onset),
    ("symptoms onset", Says::Onset),
    ("onset of symptoms", Says::Onset),
    ("onset of symptom", Says::Onset),
    ("symptom's onset", Says::Onset),
    ("onset of illness", Says::Onset),
    ("onset of disease", Says::Onset),
    ("onset of the disease", Says::Onset),
    ("onset of stroke", Says::Onset),
    ("onset of stroke symptoms", Says::Onset),
    ("onset of the symptoms", Says::Onset),
    ("stroke onset", Says::Onset),
    ("stroke symptom onset", Says::Onset),
    ("disease onset", Says::Onset),
    ("illness onset", Says::Onset),
    ("onset", Says::Onset),
    ("hospital admission", Says::Admission),
    ("admission", Says::Admission),
    ("hospitalization", Says::Admission),
    ("hospital", Says::Nothing),
    ("discharge", Says::Discharge),
    ("hospital discharge", Says::Discharge),
]);
const CHINESE: Entries<Says> = Table::entries(&[
    ("本", Says::Nothing),
    ("的", Says::Nothing),
    ("日", Says::Nothing),
    ("时", Says::Nothing),
    ("期", Says::Nothing),
    ("之日", Says::Nothing),
    ("当日", Says::Nothing),
    ("首次", Says::Nothing),
    ("第一次", Says::Nothing),
    ("第1次", Says::Nothing),
    ("拟", Says::Nothing),
    ("计划", Says::Nothing),
    ("开始", Says::Nothing),
    ("进行", Says::Nothing),
    ("接受", Says::Nothing),
    ("使用", Says::Nothing),
    ("服用", Says::Nothing),
    ("应用", Says::Nothing),
    ("参加", Says::Nothing),
    ("进入", Says::Nothing),
    ("受试者", Says::Nothing),
    ("患者", Says::Nothing),
    ("访视", Says::Nothing),
    ("研究性", Says::Nothing),
    ("研究", Says::Study),
    ("试验", Says::Study),
    ("临床试验", Says::Study),
    ("临床研究", Says::Study),
    ("药物", Says::Treatment),
    ("药品", Says::Treatment),
    ("用药物", Says::Treatment),
    ("治疗", Says::Treatment),
    ("干预", Says::Treatment),
    ("疫苗", Says::Treatment),
    ("用药品", Says::Treatment),
    ("给药", Says::FirstDose),
    ("用药", Says::FirstDose),
    ("服药", Says::FirstDose),
    ("给予", Says::FirstDose),
    ("首剂", Says::FirstDose),
    ("首剂研究药物", Says::FirstDose),
    ("c1d1", Says::FirstDose),
    ("接种", Says::FirstDose),
    ("输注", Says::FirstDose),
    ("入组", Says::Enrolment),
    ("入选", Says::Enrolment),
    ("纳入", Says::Enrolment),
    ("入试验", Says::Enrolment),
    ("登记", Says::Enrolment),
    ("入研究", Says::Enrolment),
    ("基线", Says::Enrolment),
    ("基线期", Says::Enrolment),
    ("筛选", Says::Screening),
    ("筛选期", Says::Screening),
    ("筛查", Says::Screening),
    ("随机", Says::Randomization),
    ("随机化", Says::Randomization),
    ("随机分组", Says::Randomization),
    ("随机入组", Says::Randomization),
    ("签署", Says::Nothing),
    ("知情同意", Says::Consent),
    ("知情同意书", Says::Consent),
    ("知情", Says::Consent),
    ("icf", Says::Consent),
    ("发病", Says::Onset),
    ("入院", Says::Admission),
    ("手术", Says::Act),
    ("术", Says::Act),
]);

/// What the most telling of the words says.
fn point(says: Says) -> Option<Point> {
    let anchor = match says {
        Says::Nothing => return None,
        Says::Study | Says::Enrolment => Anchor::AsOf,
        Says::Act | Says::Treatment | Says::FirstDose => Anchor::FirstDose,
        Says::Screening => Anchor::Screening,
        Says::Randomization => Anchor::Randomization,
        Says::Consent => Anchor::Consent,
        Says::Onset => Anchor::Onset,
        Says::Admission => Anchor::Event("hospital-admission"),
        Says::Discharge => Anchor::Event("hospital-discharge"),
    };
    Some(Point::Moment(anchor))
}

/// It says which moment of the trial is meant, or that it is one of the trial.
pub(super) fn is_of_the_trial(scan: &Scan<'_>, at: usize, course: bool) -> bool {
    let says = longer(scan.entry(at, &MORE), scan.entry(at, &ENGLISH)).map(|(says, _)| says);
    match says {
        Some(Says::Study | Says::Enrolment | Says::Screening | Says::Randomization | Says::Consent) => true,
        Some(Says::Treatment | Says::FirstDose) => !course,
        Some(Says::Nothing | Says::Act | Says::Onset | Says::Admission | Says::Discharge) | None => false,
    }
}

/// What may follow the name of a moment.
pub(super) const BEHIND: Phrases = Table::phrases(&[
    "for",
    "in",
    "to",
    "of",
    "from",
    "and",
    "or",
    "with",
    "who",
    "which",
    "that",
    "unless",
    "except",
    "excluding",
    "if",
    "is",
    "are",
    "was",
    "were",
    "will",
    "by",
    "on",
    "as",
    "due",
    "because",
    "but",
    "without",
    "including",
    "at",
    "other",
    "regardless",
    "whichever",
    "whatever",
    "according",
    "should",
    "must",
    "provided",
    "has",
    "have",
    "only",
    "until",
]);

/// The moment or event named here, and its end.
///
/// `before`: what lies before it is meant, so that "surgery" and the start of a medicine are those of the trial.
pub(super) fn anchor(scan: &Scan<'_>, at: usize, before: bool) -> Option<(Point, usize)> {
    moment(scan, at, before).or_else(|| event(scan, at))
}

fn moment(scan: &Scan<'_>, at: usize, before: bool) -> Option<(Point, usize)> {
    let mut here = scan.skip_blanks(at);
    let mut says = Says::Nothing;
    let mut begins = false;
    let mut reached = None;
    while let Some((word, end)) = longer(scan.entry(here, &MORE), scan.entry(here, &ENGLISH)) {
        if word == Says::Act && !before {
            break;
        }
        says = says.max(word);
        begins |= scan.longest(here, &BEGINNING).is_some();
        if stops(scan, end) && says != Says::Nothing {
            reached = Some((says, end));
        }
        here = scan.skip_blanks(end);
    }
    let dose = says == Says::FirstDose || begins && says <= Says::Treatment;
    match reached {
        // "the first dose of tarlatamab"
        Some((says, end)) if dose && before => {
            let of = scan.phrase(scan.skip_blanks(end), "of");
            let named = of.and_then(|of| named_treatment(scan, scan.past(of, phrases!["the", "study"])));
            Some((point(says)?, named.unwrap_or(end)))
        }
        Some((says, end)) => Some((point(says)?, end)),
        None if dose && before => Some((Point::Moment(Anchor::FirstDose), named_treatment(scan, here)?)),
        None => None,
    }
}

/// What is begun before something else is done is the treatment of the trial.
const BEGINNING: Phrases = Table::phrases(&[
    "start",
    "starting",
    "initiation",
    "initiating",
    "beginning",
    "commencement",
    "commencing",
    "first dose",
    "first administration",
]);

/// "Initiation of semaglutide": the medicine of the trial by its name.
fn named_treatment(scan: &Scan<'_>, at: usize) -> Option<usize> {
    if scan.holds(at, at + 12, phrases!["symptom", "symptoms", "pain", "illness"]) {
        return None;
    }
    let mut end = at;
    for _ in 0..4 {
        let here = scan.skip(end, &['®', '™', '+']);
        let (_, next) = scan.word(here)?;
        end = next;
        if stops(scan, scan.skip(end, &['®', '™'])) {
            return Some(scan.skip(end, &['®', '™']));
        }
    }
    None
}

pub(super) fn stops(scan: &Scan<'_>, at: usize) -> bool {
    let here = scan.skip_blanks(at);
    match scan.sign(here) {
        None => true,
        Some(sign) if sign.is_alphanumeric() => scan.longest(here, &BEHIND).is_some(),
        Some(_) => true,
    }
}

/// A moment before 前 or 后, and its end: 首次给药.
pub(super) fn chinese(scan: &Scan<'_>, at: usize) -> Option<(Point, usize)> {
    let mut here = at;
    let mut says = Says::Nothing;
    while let Some((word, end)) = scan.entry(here, &CHINESE) {
        says = says.max(word);
        here = scan.skip_blanks(end);
        if here > at + 24 {
            return None;
        }
    }
    // Surgery is that of the trial where it lies ahead.
    if says == Says::Act && scan.longest(here, phrases!["前", "之前", "以前"]).is_none() {
        return None;
    }
    Some((point(says)?, here))
}

/// The longer of two findings.
fn longer<T>(one: Option<(T, usize)>, other: Option<(T, usize)>) -> Option<(T, usize)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.1 > one.1 { other } else { one }),
        (one, other) => one.or(other),
    }
}
