//! The leaves of an expression: each looks at the facts about its subject.

use crate::evaluate::chart::Entry;
use crate::evaluate::cited::{Cited, once_each};
use crate::evaluate::compiled::Atom;
use crate::evaluate::result::{Derived, GapKind, Margin, Needs};
use crate::evaluate::{Scope, change, coded, compare, event, lasting};
use crate::model::expression::Expression;
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::model::record::{Fact, FactValue, Respondent, Subject};
use crate::model::window::Anchor;
use crate::truth::Truth;

use super::frame::Frame;

/// A leaf, evaluated.
#[derive(Clone, Debug)]
pub(crate) struct Leaf<'a> {
    pub(crate) truth: Truth,
    /// The facts that decided; where it is open, those that were there and did not.
    pub(crate) because: Cited<'a>,
    /// Why it is open.
    pub(crate) lack: Option<Lack>,
    pub(crate) margin: Option<Box<Margin>>,
    pub(crate) derived: Option<Box<Derived>>,
    /// The next minute at which time alone may change the truth.
    pub(crate) next: Option<i64>,
    pub(crate) assumed: Option<Anchor>,
    /// The window told nothing apart: wherever the moment lies that it hangs on, the truth is the same.
    pub(crate) free: bool,
}

/// Why a leaf is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lack {
    pub(crate) kind: GapKind,
    pub(crate) needs: Option<Needs>,
    /// The keys of the questions to ask, where they are not those of the leaf.
    pub(crate) asks: Option<Vec<Name>>,
    /// The event whose date is lacking, where it is not the leaf's own subject that something is lacking of.
    pub(crate) event: Option<Name>,
}

impl<'a> Leaf<'a> {
    pub(crate) fn known(truth: Truth, because: Cited<'a>) -> Leaf<'a> {
        Leaf { truth, because, lack: None, margin: None, derived: None, next: None, assumed: None, free: false }
    }

    pub(crate) fn unknown(kind: GapKind, needs: Option<Needs>, facts: Cited<'a>) -> Leaf<'a> {
        let lack = Some(Lack { kind, needs, asks: None, event: None });
        Leaf { lack, ..Leaf::known(Truth::Unknown, facts) }
    }

    /// With what the window hangs on: the facts that say when that is, where they helped to decide.
    pub(crate) fn framed(mut self, atom: &Atom, frame: Option<&Frame<'a>>, helped: bool) -> Leaf<'a> {
        let Some(frame) = frame else { return self };
        if helped && self.truth.is_known() {
            self.because.extend(frame.because);
        }
        self.lack = self.lack.map(|lack| frame.lacks(atom, lack, &mut self.because));
        self.assumed = frame.assumed.clone();
        self.free = !helped;
        self.later(frame.next)
    }

    /// With the questions for what a value could not be worked out from, or only in part.
    pub(crate) fn lacking(mut self, lacking: Option<(Vec<Name>, Option<Needs>)>) -> Leaf<'a> {
        if let (Some(lack), Some((asks, needs))) = (&mut self.lack, lacking) {
            match (lack.kind, lack.needs) {
                (GapKind::Absent | GapKind::Stale, _) => {
                    lack.kind = if needs.is_some() { GapKind::Incomparable } else { lack.kind };
                    lack.needs = needs;
                    lack.asks = Some(asks);
                }
                (GapKind::Imprecise, Some(Needs::Value)) => {
                    if needs.is_some() {
                        (lack.kind, lack.needs) = (GapKind::Incomparable, needs);
                    }
                    lack.asks = Some(asks);
                }
                (
                    GapKind::Imprecise
                    | GapKind::Incomparable
                    | GapKind::Conflicting
                    | GapKind::Judgement
                    | GapKind::Unread,
                    _,
                ) => {}
            }
        }
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
    if atom.alone && about.is_empty() {
        let kind = match *atom.subject {
            Subject::Judgement(_) => GapKind::Judgement,
            Subject::Unread(_) => GapKind::Unread,
            Subject::Concept(_) | Subject::Text(_) | Subject::Ratio(_) => GapKind::Absent,
        };
        return Leaf::unknown(kind, None, Cited::new());
    }
    let mut leaf = match &atom.expression {
        Expression::Compare(compare) => compare::evaluate(scope, atom, compare, now),
        Expression::IsOneOf(is_one_of) => coded::evaluate(scope, atom, is_one_of, now),
        Expression::Present(present) => match &present.lasting {
            None => event::present(scope, atom, present, now),
            Some(lasting) => lasting::evaluate(scope, atom, present, lasting, now),
        },
        Expression::Elapsed(elapsed) => event::elapsed(scope, about, elapsed, now),
        Expression::Change(change) => change::evaluate(scope, atom, change, now),
        Expression::Judgement(_) => said(about, GapKind::Judgement, |fact| fact.source == Respondent::Investigator),
        Expression::Unread(_) => said(about, GapKind::Unread, |_| true),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => Leaf::unknown(GapKind::Unread, None, Cited::new()),
    };
    once_each(&mut leaf.because);
    leaf
}

/// Yes or no from those who may say it; two who disagree leave it open.
fn said(about: &[Entry], open: GapKind, may_say: fn(&Fact) -> bool) -> Leaf<'_> {
    let (mut yes, mut no) = (Cited::new(), Cited::new());
    for fact in about.iter().filter(|entry| may_say(entry)) {
        match fact.value {
            FactValue::Present(_) => yes.push(&fact.id),
            FactValue::Refuted(_) => no.push(&fact.id),
            FactValue::Quantity(_)
            | FactValue::Code(_)
            | FactValue::Date(_)
            | FactValue::Absent(_)
            | FactValue::Complete => {}
        }
    }
    match (yes.is_empty(), no.is_empty()) {
        (true, true) => Leaf::unknown(open, None, Cited::new()),
        (false, true) => Leaf::known(Truth::True, yes),
        (true, false) => Leaf::known(Truth::False, no),
        (false, false) => {
            yes.extend(no);
            Leaf::unknown(GapKind::Conflicting, None, yes)
        }
    }
}
