//! The leaves of an expression: each looks at the facts about its subject.

use crate::evaluate::chart::Entry;
use crate::evaluate::compiled::Atom;
use crate::evaluate::result::{Derived, GapKind, Margin, Needs};
use crate::evaluate::{Scope, compare, event};
use crate::model::expression::{Expression, IsOneOf};
use crate::model::moment::Now;
use crate::model::record::{Fact, FactValue, Respondent};
use crate::model::window::Anchor;
use crate::truth::Truth;

use super::span::{Frame, Occurrence};

/// A leaf, evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Leaf<'a> {
    pub(crate) truth: Truth,
    /// The facts that decided; where it is open, those that were there and did not.
    pub(crate) because: Vec<&'a str>,
    /// Why it is open.
    pub(crate) lack: Option<Lack>,
    pub(crate) margin: Option<Box<Margin>>,
    pub(crate) derived: Option<Box<Derived>>,
    /// The next minute at which time alone may change the truth.
    pub(crate) next: Option<i64>,
    pub(crate) assumed: Option<Anchor>,
}

/// Why a leaf is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lack {
    pub(crate) kind: GapKind,
    pub(crate) needs: Option<Needs>,
    /// The keys of the questions to ask, where they are not those of the leaf.
    pub(crate) asks: Option<Vec<String>>,
}

impl<'a> Leaf<'a> {
    pub(crate) fn known(truth: Truth, because: Vec<&'a str>) -> Leaf<'a> {
        Leaf { truth, because, lack: None, margin: None, derived: None, next: None, assumed: None }
    }

    pub(crate) fn unknown(kind: GapKind, needs: Option<Needs>, facts: Vec<&'a str>) -> Leaf<'a> {
        let lack = Some(Lack { kind, needs, asks: None });
        Leaf { lack, ..Leaf::known(Truth::Unknown, facts) }
    }

    /// With what the window hangs on: the facts that say when that is, where they helped to decide.
    pub(crate) fn framed(mut self, frame: Option<&Frame<'a>>, helped: bool) -> Leaf<'a> {
        let Some(frame) = frame else { return self };
        if helped && self.truth.is_known() {
            self.because.extend(frame.because.iter().map(String::as_str));
        }
        self.assumed = frame.assumed;
        self
    }

    pub(crate) fn later(mut self, next: impl IntoIterator<Item = i64>) -> Leaf<'a> {
        self.next = self.next.into_iter().chain(next).min();
        self
    }
}

/// Evaluates a leaf; a group is unknown here, and never comes here.
pub(crate) fn evaluate<'a>(scope: &Scope<'a>, atom: &'a Atom, now: Now) -> Leaf<'a> {
    let about = scope.about(atom);
    let mut leaf = match &atom.expression {
        Expression::Compare(compare) => compare::evaluate(scope, atom, compare, now),
        Expression::IsOneOf(is_one_of) => coded(scope, about, is_one_of, now),
        Expression::Present(present) => event::present(scope, atom, present, now),
        Expression::Elapsed(elapsed) => event::elapsed(scope, about, elapsed, now),
        Expression::Judgement(_) => said(about, GapKind::Judgement, |fact| fact.source == Respondent::Investigator),
        Expression::Unread(_) => said(about, GapKind::Unread, |_| true),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => Leaf::unknown(GapKind::Unread, None, Vec::new()),
    };
    let mut kept = 0;
    while let Some(id) = leaf.because.get(kept) {
        if leaf.because.iter().take(kept).any(|earlier| earlier == id) {
            leaf.because.remove(kept);
        } else {
            kept += 1;
        }
    }
    leaf
}

/// Yes or no from those who may say it; two who disagree leave it open.
fn said(about: &[Entry], open: GapKind, may_say: fn(&Fact) -> bool) -> Leaf<'_> {
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for fact in about.iter().filter(|entry| may_say(entry)) {
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
        (true, true) => Leaf::unknown(open, None, Vec::new()),
        (false, true) => Leaf::known(Truth::True, yes),
        (true, false) => Leaf::known(Truth::False, no),
        (false, false) => {
            yes.extend(no);
            Leaf::unknown(GapKind::Conflicting, None, yes)
        }
    }
}

/// The newest coded answer inside the window is one of the values.
fn coded<'a>(scope: &Scope<'a>, about: &'a [Entry], is_one_of: &'a IsOneOf, now: Now) -> Leaf<'a> {
    let frame = is_one_of.window.map(|window| Frame::new(scope, window, now));
    let mut next: Vec<i64> = Vec::new();
    let mut inside: Vec<(&Entry, &str, Option<Occurrence>)> = Vec::new();
    let mut perhaps = inside.clone();
    let mut outside: Vec<&str> = Vec::new();
    for fact in about {
        let FactValue::Code(code) = &fact.value else { continue };
        let when = fact.when;
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
    let ids: Vec<&str> = inside.iter().map(|(fact, ..)| fact.id.as_str()).collect();
    let fits: Vec<bool> = inside.iter().map(|(_, code, _)| is_one_of.values.iter().any(|v| v == code)).collect();
    let leaf = match fits.first() {
        None if outside.is_empty() => Leaf::unknown(GapKind::Absent, None, Vec::new()),
        None => Leaf::unknown(GapKind::Stale, None, outside),
        Some(_) if !sure => Leaf::unknown(GapKind::Imprecise, Some(Needs::Date), ids),
        Some(first) if fits.iter().all(|fit| fit == first) => Leaf::known(Truth::from(*first), ids),
        Some(_) => Leaf::unknown(GapKind::Conflicting, None, ids),
    };
    leaf.later(next).framed(frame.as_ref(), true)
}
