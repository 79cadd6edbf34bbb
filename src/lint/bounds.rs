//! Bounds that hardly anybody lies beyond, and windows and lengths of time that hold nothing.

use super::{Findings, below, key};
use crate::diagnostic::{Code, quoted};
use crate::import::readable::Step;
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::expression::{Bound, Expression};
use crate::model::meant;
use crate::model::question::AnswerKind;
use crate::model::record::{Status, Subject};
use crate::model::trial::Trial;
use crate::model::unit::BoundUnit;
use crate::model::window::{Anchor, TimeUnit, Window};

/// More times a limit of normal than any criterion asks for.
const MOST_LIMITS: i64 = 100;

pub(super) fn check(trial: &Trial, expression: &Expression, path: &[Step], findings: &mut Findings) {
    match expression {
        Expression::Compare(compare) => {
            let here = below(path, [key("compare")]);
            for (name, bound) in [("low", &compare.low), ("high", &compare.high)] {
                if let Some(bound) = bound {
                    implausible(trial, &compare.subject, bound, below(&here, [key(name)]), findings);
                }
            }
            past(compare.window.as_ref(), below(&here, [key("window")]), findings);
        }
        Expression::IsOneOf(one) => {
            past(one.window.as_ref(), below(path, [key("isOneOf"), key("window")]), findings);
        }
        Expression::Change(change) => {
            past(change.window.as_ref(), below(path, [key("change"), key("window")]), findings);
        }
        Expression::Present(present) => {
            if matches!(present.status, Status::Current | Status::History) {
                past(present.window.as_ref(), below(path, [key("present"), key("window")]), findings);
            }
            if let Some(lasting) = &present.lasting {
                length([&lasting.low, &lasting.high], below(path, [key("present"), key("lasting")]), findings);
            }
        }
        Expression::Elapsed(elapsed) => {
            length([&elapsed.low, &elapsed.high], below(path, [key("elapsed")]), findings);
        }
        Expression::Judgement(_)
        | Expression::Unread(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => {}
    }
}

/// Nothing was measured or noted after the moment that is judged from.
fn past(window: Option<&Window>, path: Vec<Step>, findings: &mut Findings) {
    let Some(Window { anchor: Anchor::AsOf, from: Some(from), .. }) = window else { return };
    if from.count > 0 {
        let message = format!("the window begins {} after the moment that is judged from", quoted(&from.to_string()));
        let help = "days before that moment are negative; for something planned use the status `planned`";
        findings.warning(path, Code::ImpossibleWindow, message, help);
    }
}

/// Days in so many of a unit, at least and at most.
fn days(bound: &Bound) -> Option<[Exact; 2]> {
    let (least, most) = match TimeUnit::from_text(bound.unit.as_deref()?)? {
        TimeUnit::Minute => ((1, 1440), (1, 1440)),
        TimeUnit::Hour => ((1, 24), (1, 24)),
        TimeUnit::Day => ((1, 1), (1, 1)),
        TimeUnit::Week => ((7, 1), (7, 1)),
        TimeUnit::Month => ((28, 1), (31, 1)),
        TimeUnit::Year => ((365, 1), (366, 1)),
    };
    let of = |(numerator, denominator)| bound.value.exact().times(Exact::ratio(numerator, denominator)?);
    Some([of(least)?, of(most)?])
}

fn length([least_of, most_of]: [&Option<Bound>; 2], path: Vec<Step>, findings: &mut Findings) {
    let (low, high) = (least_of.as_ref().and_then(days), most_of.as_ref().and_then(days));
    if let Some([_, most]) = high
        && most < Exact::ZERO
    {
        let message = "something that has happened is never less than no time ago";
        let help = "a length of time since an event is positive; for what is still to come use a window";
        findings.warning(below(&path, [key("high")]), Code::ImpossibleWindow, message, help);
    } else if let (Some([least, _]), Some([_, most])) = (low, high)
        && least > most
        && least_of.as_ref().map(|b| &b.unit) != most_of.as_ref().map(|b| &b.unit)
    {
        let message = "no length of time lies between these bounds";
        findings.warning(path, Code::EmptyRange, message, "check the two units, and which is the lower bound");
    }
}

fn implausible(trial: &Trial, subject: &Subject, bound: &Bound, path: Vec<Step>, findings: &mut Findings) {
    let text = bound.unit.as_deref().unwrap_or("");
    let value = bound.value.exact();
    let of_limits = match BoundUnit::from_text(text) {
        Some(BoundUnit::Of(_)) | None => None,
        Some(unit) => Some(unit),
    };
    if of_limits.is_some() {
        if value <= Exact::ZERO || value > Exact::whole(MOST_LIMITS) {
            let message =
                format!("{} times a limit of normal is what nobody or everybody has", quoted(&bound.value.to_string()));
            let help = "look at the number and its unit: was the value itself meant, and not a multiple of its limit?";
            findings.warning(path, Code::ImplausibleBound, message, help);
        }
        return;
    }
    let Subject::Concept(id) = subject else { return };
    let Some(concept) = Concept::named(id) else { return };
    let Some((low, high)) = concept.plausible else { return };
    if meant::plausible(concept, value, text) != Some(false) {
        return;
    }
    let shown = format!("{} {text}", bound.value);
    let unit_text = concept.unit_text;
    let message = format!(
        "{} lies outside what people have of {}: {low} to {high} {unit_text}",
        quoted(shown.trim()),
        quoted(id)
    );
    let asked = trial.questions.get(id).map(|question| &question.answer);
    let offered: &[String] = if let Some(AnswerKind::Quantity(quantity)) = asked { &quantity.units } else { &[] };
    let units = meant::units(concept, bound.value, text, offered).into_iter();
    let moved = meant::moved(concept, bound.value, text).into_iter();
    let meant: Vec<String> = units
        .map(|unit| format!("{} {unit}", bound.value))
        .chain(moved.map(|moved| format!("{moved} {text}").trim().to_owned()))
        .collect();
    let help = if meant.is_empty() {
        "look at the number and its unit again".to_owned()
    } else {
        let meant: Vec<String> = meant.iter().map(|text| quoted(text)).collect();
        format!("look at the number and its unit again; plausible would be {}", meant.join(", or "))
    };
    findings.warning(path, Code::ImplausibleBound, message, help);
}
