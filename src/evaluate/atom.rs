//! The leaves of an expression: each looks at the facts about its subject.

use crate::evaluate::result::{Derived, Gap, GapKind, Margin, Needs};
use crate::evaluate::{Scope, compare, event};
use crate::model::derivation::sources_of;
use crate::model::expression::{Expression, IsOneOf};
use crate::model::moment::Now;
use crate::model::record::{Fact, FactValue, Respondent, Subject};
use crate::model::window::Anchor;
use crate::truth::Truth;

use super::span::{Frame, Occurrence};

/// A leaf, evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Leaf<'a> {
    pub(crate) subject: Subject,
    pub(crate) truth: Truth,
    pub(crate) because: Vec<&'a str>,
    pub(crate) gap: Option<Gap>,
    pub(crate) margin: Option<Margin>,
    pub(crate) derived: Option<Derived>,
    /// The next minute at which time alone may change the truth.
    pub(crate) next: Option<i64>,
    pub(crate) assumed: Option<Anchor>,
}

impl<'a> Leaf<'a> {
    pub(crate) fn known(subject: &Subject, truth: Truth, because: Vec<&'a str>) -> Leaf<'a> {
        Leaf {
            subject: subject.clone(),
            truth,
            because,
            gap: None,
            margin: None,
            derived: None,
            next: None,
            assumed: None,
        }
    }

    pub(crate) fn unknown(subject: &Subject, kind: GapKind, needs: Option<Needs>, facts: Vec<&'a str>) -> Leaf<'a> {
        let gap = Gap {
            kind,
            subject: subject.clone(),
            asks: asks(subject),
            needs,
            facts: facts.iter().map(|id| (*id).to_owned()).collect(),
        };
        Leaf { gap: Some(gap), ..Leaf::known(subject, Truth::Unknown, facts) }
    }

    /// With what the window hangs on: the facts that say when that is, where they helped to decide.
    pub(crate) fn framed(mut self, frame: Option<&Frame<'a>>, helped: bool) -> Leaf<'a> {
        let Some(frame) = frame else { return self };
        if helped && self.truth.is_known() {
            self.because.extend(&frame.because);
        }
        self.assumed = frame.assumed;
        self
    }

    pub(crate) fn later(mut self, next: impl IntoIterator<Item = i64>) -> Leaf<'a> {
        self.next = self.next.into_iter().chain(next).min();
        self
    }
}

/// The keys of the questions that may settle a subject: its own, then those of what it can be worked out from.
fn asks(subject: &Subject) -> Vec<String> {
    let key = subject.key();
    let sources = sources_of(&key);
    std::iter::once(key).chain(sources.iter().map(|source| (*source).to_owned())).collect()
}

/// Evaluates a leaf; a group is unknown here, and never comes here.
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, expression: &'a Expression, now: Now) -> Leaf<'a> {
    let mut leaf = match expression {
        Expression::Compare(compare) => compare::evaluate(scope, compare, now),
        Expression::IsOneOf(is_one_of) => coded(scope, is_one_of, now),
        Expression::Present(present) => event::present(scope, present, now),
        Expression::Elapsed(elapsed) => event::elapsed(scope, elapsed, now),
        Expression::Judgement(judgement) => {
            let subject = Subject::Judgement(judgement.id.clone());
            let entered = |fact: &&Fact| fact.source == Respondent::Investigator;
            said(scope, subject, GapKind::Judgement, entered)
        }
        Expression::Unread(unread) => said(scope, Subject::Unread(unread.id.clone()), GapKind::Unread, |_| true),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => Leaf::unknown(&Subject::Text(String::new()), GapKind::Unread, None, Vec::new()),
    };
    let mut cited = Vec::new();
    for id in std::mem::take(&mut leaf.because) {
        if !cited.contains(&id) {
            cited.push(id);
        }
    }
    leaf.because = cited;
    leaf
}

/// Yes or no from those who may say it; two who disagree leave it open.
fn said<'a>(scope: &Scope<'a>, subject: Subject, open: GapKind, may_say: impl Fn(&&'a Fact) -> bool) -> Leaf<'a> {
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for fact in scope.about(&subject).iter().copied().filter(may_say) {
        match fact.value {
            FactValue::Present(_) => yes.push(fact.id.as_str()),
            FactValue::Refuted(_) => no.push(fact.id.as_str()),
            FactValue::Quantity(_)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Absent(_)
            | FactValue::Complete => {}
        }
    }
    match (yes.is_empty(), no.is_empty()) {
        (true, true) => Leaf::unknown(&subject, open, None, Vec::new()),
        (false, true) => Leaf::known(&subject, Truth::True, yes),
        (true, false) => Leaf::known(&subject, Truth::False, no),
        (false, false) => {
            yes.extend(no);
            Leaf::unknown(&subject, GapKind::Conflicting, None, yes)
        }
    }
}

/// The newest coded answer inside the window is one of the values.
fn coded<'a>(scope: &Scope<'a>, is_one_of: &'a IsOneOf, now: Now) -> Leaf<'a> {
    let frame = is_one_of.window.map(|window| Frame::new(scope, window, now));
    let mut next: Vec<i64> = Vec::new();
    let mut inside: Vec<(&Fact, &str, Option<Occurrence>)> = Vec::new();
    let mut perhaps = inside.clone();
    let mut outside: Vec<&str> = Vec::new();
    for fact in scope.about(&is_one_of.subject).iter().copied() {
        let FactValue::Code(code) = &fact.value else { continue };
        let when = Occurrence::of(fact, now);
        let meets = match (&frame, &when) {
            (None, _) => Truth::True,
            (Some(frame), Some(when)) => {
                next.extend(frame.next(when, now));
                frame.meets(when)
            }
            (Some(_), None) => Truth::Unknown,
        };
        match meets {
            Truth::True => inside.push((fact, code, when)),
            Truth::Unknown => perhaps.push((fact, code, when)),
            Truth::False => outside.push(&fact.id),
        }
    }
    let newest = inside.iter().filter_map(|(_, _, when)| when.and_then(|w| w.begin)).map(|mark| mark.first).max();
    let sure = !inside.is_empty();
    inside.extend(perhaps);
    inside.retain(|(_, _, when)| match (when.and_then(|w| w.begin), newest) {
        (Some(mark), Some(newest)) => mark.last >= newest,
        _ => true,
    });
    let subject = &is_one_of.subject;
    let ids: Vec<&str> = inside.iter().map(|(fact, ..)| fact.id.as_str()).collect();
    let fits: Vec<bool> = inside.iter().map(|(_, code, _)| is_one_of.values.iter().any(|v| v == code)).collect();
    let leaf = match fits.first() {
        None if outside.is_empty() => Leaf::unknown(subject, GapKind::Absent, None, Vec::new()),
        None => Leaf::unknown(subject, GapKind::Stale, None, outside),
        Some(_) if !sure => Leaf::unknown(subject, GapKind::Imprecise, Some(Needs::Date), ids),
        Some(first) if fits.iter().all(|fit| fit == first) => Leaf::known(subject, Truth::from(*first), ids),
        Some(_) => Leaf::unknown(subject, GapKind::Conflicting, None, ids),
    };
    leaf.later(next).framed(frame.as_ref(), true)
}
