//! What is there at a time: the leaf that a thing and a length of time make.

use crate::model::concept::{Concept, Kind};
use crate::model::expression::{Bound, Elapsed, Expression, Lasting, Present};
use crate::model::record::{Status, Subject};
use crate::model::window::{Anchor, TimeUnit, Window};
use crate::model::wording::wording;

use super::anchor::Point;
use super::never::{at_least, never};
use super::phrase::words;
use super::tense::{is_of_another_time, is_of_its_own_time};
use super::thing::Thing;
use super::token::Sign;
use super::window::{Side, Timing};

pub(super) fn there(subject: Subject, status: Status, window: Option<Window>, lasting: Option<Lasting>) -> Expression {
    Expression::Present(Present { subject, status, window, lasting, routes: Vec::new() })
}

/// What a sentence says around a thing and its length of time.
pub(super) struct Around<'s> {
    pub(super) status: Option<Status>,
    pub(super) denied: bool,
    /// It stands on the exclusion list.
    pub(super) excludes: bool,
    /// The words for the thing, with those before it.
    pub(super) words: String,
    /// As it stands.
    pub(super) sentence: &'s dyn Fn() -> Expression,
}

/// What is there at a time.
pub(super) fn leaf(thing: &Thing, timing: &Timing, around: &Around<'_>) -> Option<Expression> {
    let Around { status, denied, excludes, ref words, sentence } = *around;
    let subject = thing.subject.clone();

    // "A stable dose 3 months before screening": so long, and no less.
    let steady = timing.bare && !excludes && !denied && timing.side == Side::Before && is_steady(&thing.text);
    let timing = &Timing {
        sign: if steady { Sign::AtLeast } else { timing.sign },
        lasting: timing.lasting || steady,
        bare: timing.bare && !steady,
        ..timing.clone()
    };
    // Of what is required, "3 months before screening" may mean at least or within.
    if status == Some(Status::Any) || timing.bare && !excludes && !denied {
        return None;
    }
    let when = if timing.ahead { Status::Planned } else { status.unwrap_or(Status::History) };
    if is_of_another_time(when, &thing.text) {
        return None;
    }
    // "Previous enrolment in this study or use of a device within 28 days": two times.
    let anew = ["or participation in", "or use of", "or treatment with", "or exposure to", "or diagnosis of"];
    let lower = thing.text.to_lowercase();
    let before = ["prior ", "previous ", "past ", "history "].iter().any(|word| words.to_lowercase().starts_with(word));
    if before && !timing.lasting && !denied && anew.iter().any(|anew| lower.contains(anew)) {
        return None;
    }
    // "Symptoms following treatment for 2 weeks": of the treatment
    let relates =
        [" that ", " which ", " who ", " whose ", " following ", " after ", " despite ", "距", "结束", "间隔"]
            .iter()
            .any(|word| thing.text.contains(word));
    // "Stenting within 12 hours" is counted from something that the words do not say.
    let unsaid = timing.point.is_none() && !timing.placed && !timing.ahead && timing.length.unit.is_clock();
    // "A drop within 5 minutes of standing" is how it is measured.
    let measured =
        timing.length.unit == TimeUnit::Minute && matches!(timing.point, Some(Point::Event(Subject::Text(_))));
    if !timing.lasting && (unsaid || measured) {
        return None;
    }
    if timing.lasting && (relates || comes_and_goes(&thing.text))
        || !timing.lasting && !denied && is_of_its_own_time(&thing.text)
    {
        return None;
    }
    let inclusive = matches!(timing.sign, Sign::AtMost | Sign::AtLeast);
    let bound = timing.length.bound(inclusive);
    let (low, high) = match timing.sign {
        Sign::AtLeast | Sign::More => (Some(bound), None),
        Sign::AtMost | Sign::Less => (None, Some(bound)),
    };
    if timing.length.half_lives.is_some() && timing.sign != Sign::AtMost {
        // A washout: nothing of it within the longer of the two.
        return None;
    }
    // "Not on a stable dose for at least 3 months": it may be steady since a shorter time.
    let unsteady = timing.lasting && is_steady(&thing.text);
    if unsteady && denied && (timing.side != Side::Before || timing.sign != Sign::AtLeast) {
        return None;
    }
    if timing.lasting && denied && !unsteady {
        // "Has not taken part in any for at least 6 months"
        let within = Timing { sign: Sign::AtMost, lasting: false, ..timing.clone() };
        let low = low.filter(|bound| bound.inclusive)?;
        let when = if timing.ahead { Status::Planned } else { Status::History };
        return within.window().filter(|_| low.inclusive).map(|window| there(subject, when, Some(window), None));
    }
    // "未吸烟≥6个月", "no chemotherapy at least 4 weeks before": nothing of it in all that time
    if denied && timing.side == Side::Before && !unsteady {
        let within = match timing.sign {
            Sign::AtLeast | Sign::More => Timing { sign: Sign::AtMost, ..timing.clone() },
            Sign::AtMost => timing.clone(),
            Sign::Less => return None,
        };
        let past = status != Some(Status::Planned) && timing.length.least.is_none() && !timing.ahead;
        if past && timing.sign != Sign::AtMost {
            return within.window().map(|window| there(subject, Status::History, Some(window), None));
        }
    }
    if timing.lasting {
        let ranged = timing.length.least.is_some();
        if timing.side != Side::Before || status == Some(Status::Planned) || repeats(&subject) || ranged {
            return None;
        }
        timing.anchor()?;
        let lasting = Lasting { low, high };
        let stretch = if timing.placed && timing.sign == Sign::AtLeast {
            Timing { sign: Sign::AtMost, lasting: false, ..timing.clone() }.window()
        } else {
            None
        };
        return Some(if is_course(&subject) {
            let when = if status == Some(Status::History) { Status::History } else { Status::Current };
            there(subject, when, stretch, Some(lasting))
        } else if let Some(window) = stretch.filter(|_| timing.point.is_none()) {
            // "For the last 3 months"
            there(subject, Status::History, Some(window), None)
        } else if thing.is_several() || for_hours(&subject, lasting.high.as_ref()) {
            return None;
        } else if lasting.high.is_some() {
            Expression::Elapsed(Elapsed { since: subject, low: lasting.low, high: lasting.high })
        } else {
            // what never was is longer ago than any bound: that it was is asked too
            let over = status == Some(Status::History) || is_event(&subject);
            // "Non-ambulant > 24 h", and 病史, are dated by when they began.
            let begun = timing.length.unit.is_clock() && !thing.text.contains(' ') || thing.text.ends_with('史');
            if !over && !begun {
                return Some(there(subject, Status::Current, None, Some(lasting)));
            }
            let was = there(subject.clone(), if over { Status::History } else { Status::Current }, None, None);
            Expression::AllOf(vec![was, Expression::Elapsed(Elapsed { since: subject, low: lasting.low, high: None })])
        });
    }
    if timing.ahead {
        return timing.window().map(|window| there(subject, Status::Planned, Some(window), None));
    }
    let ahead = status == Some(Status::Planned) && (timing.loose || !timing.placed) && timing.side == Side::Before;
    if ahead && timing.sign == Sign::AtMost {
        let window = Timing { side: Side::After, ..timing.clone() }.window();
        return window.map(|window| there(subject, Status::Planned, Some(window), None));
    }
    match (timing.sign, timing.side) {
        (Sign::AtMost, Side::Before | Side::Around) => {
            let status = match status {
                Some(Status::Planned) => return None,
                Some(Status::Current | Status::History | Status::Any) | None => Status::History,
            };
            timing.window().map(|window| there(subject, status, Some(window), None))
        }
        (Sign::AtMost, Side::After) => {
            let past = matches!(timing.anchor()?, Anchor::Onset | Anchor::Event(_) | Anchor::Text(_));
            let status = match (past, status) {
                (true, Some(Status::Planned)) => return None,
                (true, _) => Status::History,
                (false, Some(Status::Planned)) => Status::Planned,
                (false, _) => return None,
            };
            timing.window().map(|window| there(subject, status, Some(window), None))
        }
        (Sign::Less | Sign::AtLeast | Sign::More, Side::Before) => {
            // The newest of several is within a length where any of them is.
            let one = !thing.is_several() || low.is_none() && thing.is_any();
            let moment = one && timing.anchor().is_some_and(|anchor| Anchor::MOMENTS.contains(&anchor));
            // Of a course the record dates the beginning; the words may mean its end.
            let since = if is_course(&subject) || timing.sign == Sign::Less { thing.verbatim() } else { subject };
            if !moment || timing.length.least.is_some() || status == Some(Status::Planned) {
                return None;
            }
            match low {
                None => Some(Expression::Elapsed(Elapsed { since, low, high })),
                // What is denied was dealt with as a stretch without it.
                Some(_) if denied => None,
                Some(low) => at_least(since, low, never(words, false), excludes, sentence),
            }
        }
        (Sign::Less | Sign::AtLeast | Sign::More, Side::After | Side::Around) => None,
    }
}

/// It goes on as it is.
fn is_steady(text: &str) -> bool {
    let lower = text.to_lowercase();
    let first =
        words(&lower).into_iter().find(|word| !matches!(*word, "on" | "a" | "an" | "with" | "the" | "receiving"));
    matches!(first, Some("stable" | "constant" | "unchanged"))
}

/// It comes again and again, or is where somebody stands on a scale: "a cluster period", "NYHA class II".
fn comes_and_goes(text: &str) -> bool {
    const SUCH: [&str; 21] = [
        "episode",
        "episodes",
        "period",
        "periods",
        "attack",
        "attacks",
        "bout",
        "bouts",
        "cycle",
        "cycles",
        "usually",
        "normally",
        "typically",
        "typical",
        "class",
        "grade",
        "stage",
        "score",
        "nyha",
        "flare",
        "flares",
    ];
    // What stands in brackets tells more of it.
    let lower = text.split('(').next().unwrap_or_default().to_lowercase();
    words(&lower).iter().any(|word| SUCH.contains(word)) || lower.contains("heart association")
}

/// It is done again and again, each time for so long.
fn repeats(subject: &Subject) -> bool {
    const OFTEN: [&str; 8] = ["times", "per week", "per day", "a week", "a day", "/week", "/day", "每周"];
    match subject {
        Subject::Text(text) => OFTEN.iter().any(|word| text.to_lowercase().contains(word)),
        Subject::Concept(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    }
}

/// "Anaesthesia for up to 10 hours" is how long something takes, and not how long ago it was.
fn for_hours(subject: &Subject, high: Option<&Bound>) -> bool {
    let by_the_clock =
        |bound: &Bound| bound.unit.as_deref().and_then(TimeUnit::from_text).is_some_and(TimeUnit::is_clock);
    matches!(subject, Subject::Text(_)) && high.is_some_and(by_the_clock)
}

/// It happened at some time; anything else goes on, and may be over, as a medicine or a fever.
pub(super) fn is_event(subject: &Subject) -> bool {
    const EVENTS: [&str; 31] = [
        "accident",
        "admission",
        "amput",
        "birth",
        "bleed",
        "deliver",
        "diagnos",
        "discharge",
        "event",
        "fracture",
        "haemorrhag",
        "hemorrhag",
        "implant",
        "infarct",
        "injur",
        "menopaus",
        "onset",
        "operat",
        "replacement",
        "resect",
        "seizure",
        "stroke",
        "surger",
        "surgical",
        "thromb",
        "transplant",
        "诊断",
        "确诊",
        "手术",
        "移植",
        "绝经",
    ];
    let text = match subject {
        Subject::Text(text) | Subject::Concept(text) => text.to_lowercase(),
        Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => return false,
    };
    EVENTS.iter().any(|word| text.contains(word))
}

/// A treatment goes on without a break; a condition began at some time.
pub(super) fn is_course(subject: &Subject) -> bool {
    const COURSES: [&str; 24] = [
        "take ",
        "takes ",
        "stable",
        "dose",
        "treatment",
        "therapy",
        "medication",
        "regimen",
        "taking",
        "receiving",
        "on ",
        "use of",
        "drug",
        "treated",
        "constant",
        "unchanged",
        "稳定",
        "治疗",
        "用药",
        "服用",
        "使用",
        "剂量",
        "接受",
        "不变",
    ];
    match subject {
        Subject::Concept(id) => {
            Concept::named(id).is_some_and(|concept| concept.kind == Kind::Dose)
                || wording(id).is_some_and(|wording| !wording.atc.is_empty())
        }
        Subject::Text(text) => {
            let lower = text.to_lowercase();
            COURSES.iter().any(|word| lower.contains(word))
        }
        Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    }
}
