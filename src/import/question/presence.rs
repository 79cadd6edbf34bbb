//! Yes or no: is it so, now, ever, planned, in which time.
//!
//! A "yes" says what the criteria ask, so the words must ask no more and no less: the vocabulary's own question stands
//! where it means the same time, is turned to it where its form allows, and else gives way to plain words.

use crate::model::expression::{Expression, Present};
use crate::model::question::{AnswerKind, CourseAnswer, QuestionText};
use crate::model::record::{Status, Subject};
use crate::model::route::Route;
use crate::model::window::Window;
use crate::model::wording::Wording;

use super::Use;
use super::time::{self, sentence};

/// What the criteria ask: as `answer` takes a "yes".
struct Asked<'t> {
    status: Status,
    window: Option<&'t Window>,
}

impl Use<'_> {
    fn asked(&self) -> Asked<'_> {
        let presents: Vec<(Status, Option<&Window>)> = self
            .leaves
            .iter()
            .filter_map(|leaf| if let Expression::Present(present) = leaf { Some(present) } else { None })
            .map(|present| (present.status, present.window.as_ref()))
            .collect();
        let Some((status, window)) = presents.first().copied() else {
            return Asked { status: Status::Current, window: None };
        };
        Asked {
            status: if presents.iter().all(|(other, _)| *other == status) { status } else { Status::Any },
            window: window.filter(|_| presents.iter().all(|(_, other)| *other == window)),
        }
    }

    /// Words that ask whether something is so.
    pub(super) fn is_so(&self, english: &str, chinese: &str, wording: Option<&Wording>) -> [QuestionText; 2] {
        let asked = self.asked();
        let words = |chinese_words: bool| {
            let name = if chinese_words { chinese } else { english };
            let own =
                wording.map(|wording| if chinese_words { wording.patient.chinese } else { wording.patient.english });
            own.filter(|own| !own.is_empty())
                .and_then(|own| turned(own, &asked, chinese_words))
                .unwrap_or_else(|| plain(name, &asked, chinese_words))
        };
        let text = |zh: bool| {
            let name = if zh { chinese } else { english };
            QuestionText {
                patient: words(zh),
                caregiver: if zh { String::new() } else { about_another(name, &asked) },
                staff: staff(name, &asked, zh),
                short: name.to_owned(),
                ..QuestionText::default()
            }
        };
        [text(false), text(true)]
    }

    /// Yes or no, where that tells all that is asked; the day of the last time, where only that is; else both.
    pub(super) fn yes_or_no(&self) -> AnswerKind {
        let presents: Vec<&Present> = self
            .leaves
            .iter()
            .filter_map(|leaf| if let Expression::Present(present) = leaf { Some(present) } else { None })
            .collect();
        let day = self.anchors || self.leaves.iter().any(|leaf| matches!(leaf, Expression::Elapsed(_)));
        let Some(first) = presents.first() else {
            return if day { AnswerKind::LastTime } else { AnswerKind::YesNo };
        };
        let alike = |other: &&Present| other.status == first.status && other.window == first.window;
        let plain = |other: &&Present| other.lasting.is_none() && other.routes.is_empty();
        if !day && presents.iter().all(alike) && presents.iter().all(plain) {
            return AnswerKind::YesNo;
        }
        AnswerKind::Course(CourseAnswer {
            dated: day || presents.iter().any(|present| present.window.is_some() || present.lasting.is_some()),
            planned: presents.iter().any(|present| matches!(present.status, Status::Planned | Status::Any)),
        })
    }

    /// In which ways a medicine is given that is asked about; none where the criteria tell none apart.
    pub(super) fn routes(&self) -> Vec<Route> {
        let tells = self.leaves.iter().any(|leaf| match leaf {
            Expression::Present(present) => !present.routes.is_empty(),
            Expression::Compare(compare) => !compare.routes.is_empty(),
            Expression::Change(change) => !change.routes.is_empty(),
            Expression::IsOneOf(_)
            | Expression::Elapsed(_)
            | Expression::Judgement(_)
            | Expression::Unread(_)
            | Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_) => false,
        });
        if tells { Route::ALL.to_vec() } else { Vec::new() }
    }

    /// The name of what is asked about, where the vocabulary has none.
    pub(super) fn name(&self) -> &str {
        match &self.subject {
            Subject::Concept(name) | Subject::Text(name) | Subject::Judgement(name) | Subject::Unread(name) => name,
            Subject::Ratio(_) => "",
        }
    }
}

/// The vocabulary's question at the time that is meant; none where its form does not say how.
fn turned(own: &str, asked: &Asked<'_>, chinese: bool) -> Option<String> {
    let end = if chinese { "？" } else { "?" };
    let whole = |forms: &[(&'static str, &'static str)]| {
        forms.iter().find_map(|(before, verb)| Some((own.strip_prefix(before)?.strip_suffix(end)?, *verb)))
    };
    let ever: &[(&'static str, &'static str)] = if chinese {
        &[("您现在或以前是否有过", "是否有"), ("您正在使用或曾经使用过", "使用"), ("您正在接受或曾经接受", "接受")]
    } else {
        &[
            ("Do you have, or have you ever had, ", "have"),
            ("Do you take, or have you taken, ", "take"),
            ("Do you have, or have you had, ", "have"),
        ]
    };
    let past: &[(&'static str, &'static str)] =
        if chinese { &[("您", "")] } else { &[("Have you had ", "had"), ("Have you been ", "been")] };
    let when = asked.window.map(|window| time::window(window, chinese));
    if let Some((what, verb)) = whole(ever) {
        let what = if chinese { what.strip_suffix('吗').unwrap_or(what) } else { what };
        return Some(match (asked.status, when, chinese) {
            (Status::History, None, _) => own.to_owned(),
            (Status::Current, None, false) => format!("Do you {verb} {what} now?"),
            (Status::Current, None, true) => match verb {
                "是否有" => format!("您现在是否有{what}？"),
                verb => format!("您现在正在{verb}{what}吗？"),
            },
            (Status::Current | Status::History, Some(when), false) => {
                let had = if verb == "take" { "taken" } else { "had" };
                format!("{}, have you {had} {what}?", sentence(&when))
            }
            (Status::Current | Status::History, Some(when), true) => match verb {
                "是否有" => format!("{when}，您是否有过{what}？"),
                verb => format!("{when}，您是否{verb}过{what}？"),
            },
            (Status::Planned | Status::Any, _, _) => return None,
        });
    }
    match (asked.status, when) {
        // a question in the present tense or about an event asks what a plain "current" or "history" asks
        (Status::History, Some(when)) if whole(past).is_some() => {
            let rest = if chinese { own.to_owned() } else { own.replacen("Have", "have", 1) };
            Some(if chinese { format!("{when}，{rest}") } else { format!("{}, {rest}", sentence(&when)) })
        }
        (Status::History, None) if whole(past).is_some() && (!chinese || own.contains('过')) => Some(own.to_owned()),
        (Status::Current, None) if is_now(own, chinese) => Some(own.to_owned()),
        (Status::Planned, None) if own.starts_with("Do you plan") || own.contains("计划") => Some(own.to_owned()),
        _ => None,
    }
}

/// A question about now.
fn is_now(own: &str, chinese: bool) -> bool {
    if chinese {
        !own.contains('过') && !own.contains("曾经") && !own.contains("以前")
    } else {
        ["Are you ", "Do you ", "Does ", "Will you ", "Could you ", "Is there ", "Has a ", "Have your "]
            .iter()
            .any(|begins| own.starts_with(begins))
            && !own.contains("have you")
    }
}

/// Plain words for anything.
fn plain(name: &str, asked: &Asked<'_>, chinese: bool) -> String {
    let when = asked.window.map(|window| time::window(window, chinese));
    match (chinese, asked.status, when) {
        (false, Status::Planned, None) => format!("Is this planned for you: {name}?"),
        (false, Status::Planned, Some(when)) => format!("Is this planned for you {when}: {name}?"),
        (false, Status::Any, None) => format!("Does this apply to you now, in the past or as a plan: {name}?"),
        (false, Status::Any, Some(when)) => format!("{}, does or did this apply to you: {name}?", sentence(&when)),
        (false, Status::Current, None) => format!("Does this apply to you now: {name}?"),
        (false, Status::History, None) => format!("Does this apply to you, now or at any time before: {name}?"),
        (false, Status::Current | Status::History, Some(when)) => {
            format!("{}, has this applied to you: {name}?", sentence(&when))
        }
        (true, Status::Planned, None) => format!("您是否计划或将要有以下情况：{name}？"),
        (true, Status::Planned, Some(when)) => format!("{when}，您是否计划或将要有以下情况：{name}？"),
        (true, Status::Any, None) => format!("您现在、以前或计划中是否有以下情况：{name}？"),
        (true, Status::Any, Some(when)) => format!("{when}，您是否有以下情况（包括计划）：{name}？"),
        (true, Status::Current, None) => format!("您现在是否有以下情况：{name}？"),
        (true, Status::History, None) => format!("您现在或以前是否有过以下情况：{name}？"),
        (true, Status::Current | Status::History, Some(when)) => format!("{when}，您是否有过以下情况：{name}？"),
    }
}

fn about_another(name: &str, asked: &Asked<'_>) -> String {
    plain(name, asked, false)
        .replace("for you", "for them")
        .replace("apply to you", "apply to the person you care for")
        .replace("applied to you", "applied to the person you care for")
}

fn staff(name: &str, asked: &Asked<'_>, chinese: bool) -> String {
    let (english, zh) = match asked.status {
        Status::Current => ("now", "目前"),
        Status::History => ("now or earlier", "目前或既往"),
        Status::Planned => ("planned", "计划中"),
        Status::Any => ("now, earlier or planned", "目前、既往或计划中"),
    };
    match (asked.window.map(|window| time::window(window, chinese)), chinese) {
        (None, false) => format!("{name}: {english}."),
        (None, true) => format!("{name}：{zh}。"),
        (Some(when), false) => format!("{name}: {english}, {when}."),
        (Some(when), true) => format!("{name}：{zh}，{when}。"),
    }
}
