//! What an entry says: observations, acts, procedures, and what they hold.

use std::borrow::Cow;

use crate::import::record::charts::{Doubt, Why};
use crate::import::record::entry::{Entry, Kind, Said};
use crate::import::record::xml::Tree;
use crate::model::date::When;
use crate::model::record::Status;

use super::element::Element;
use super::shapes::{Words, called, limits, said, time, when};
use super::{allergy, medicine, origin, problem};

/// Templates of C-CDA, below their common root.
const TEMPLATES: &str = "2.16.840.1.113883.10.20.22.4.";

pub(super) fn follows(here: Element<'_>, templates: &[&str]) -> bool {
    templates.iter().any(|template| here.follows(&format!("{TEMPLATES}{template}")))
}

/// What stands around a statement and counts for it.
#[derive(Clone, Copy)]
pub(super) struct Around<'a, 'w> {
    path: &'w str,
    tree: &'a Tree<'a>,
    pub(super) words: &'w Words<'a>,
    /// When that was which it belongs to.
    on: Option<When>,
    /// The state of the concern that it is about.
    pub(super) concern: Option<&'a str>,
    /// It is what may come.
    pub(super) risk: bool,
}

impl<'a, 'w> Around<'a, 'w> {
    pub(super) fn new(path: &'w str, tree: &'a Tree<'a>, words: &'w Words<'a>) -> Around<'a, 'w> {
        Around { path, tree, words, on: None, concern: None, risk: false }
    }

    /// An entry at the place of an element.
    pub(super) fn entry(&self, here: Element<'_>, kind: Kind) -> Entry<'a> {
        let on = when(here.at("effectiveTime")).or(self.on);
        Entry { kind, on, ..Entry::at(Cow::Owned(origin(here, self.path, self.tree))) }
    }

    pub(super) fn left(&self, here: Element<'a>, why: Why) -> Entry<'a> {
        Entry { called: called(here.at("code"), self.words), said: Said::Left(why), ..self.entry(here, Kind::Result) }
    }
}

pub(super) fn is_negated(here: Element<'_>) -> bool {
    here.attribute("negationInd") == Some("true")
}

/// The code of its state.
pub(super) fn state(here: Element<'_>) -> &str {
    here.at("statusCode").attribute("code").unwrap_or_default()
}

/// It is meant, asked for or hoped for, and has not happened.
fn is_planned(here: Element<'_>) -> bool {
    here.attribute("moodCode").is_some_and(|mood| mood != "EVN")
}

/// When somebody said it: the one point at which it was so, or that of writing it down.
pub(super) fn stated(here: Element<'_>) -> Option<When> {
    let point = time(here.at("effectiveTime")).or_else(|| time(here.at("author/time")));
    point.map(When::On)
}

/// Every entry of a statement. INVARIANT: recursion ends where the file's own depth does, which is bounded before.
pub(super) fn entries<'a>(here: Element<'a>, around: &Around<'a, '_>, found: &mut Vec<Entry<'a>>) {
    if here.at("subject/relatedSubject").is_there() || follows(here, &["45", "46"]) {
        return found.push(around.left(here, Why::Family));
    }
    match here.name() {
        "observation" => observation(here, around, found),
        "organizer" | "encounter" => {
            let on = when(here.at("effectiveTime")).or(around.on);
            let before = found.len();
            within(here, &Around { on, ..*around }, found);
            if found.len() == before {
                let grouped = here.name() == "organizer";
                found.push(around.left(here, if grouped { Why::Group } else { Why::OtherKind }));
            }
        }
        "act" => act(here, around, found),
        "substanceAdministration" => {
            found.push(medicine::administration(here, around));
            found.extend(medicine::instructions(here, around));
        }
        "supply" => found.push(medicine::supply(here, around)),
        "procedure" => found.push(procedure(here, around)),
        _ => found.push(around.left(here, Why::OtherKind)),
    }
}

/// The statements that one consists of or is about; those that give its reason or its cause are not its own.
fn within<'a>(here: Element<'a>, around: &Around<'a, '_>, found: &mut Vec<Entry<'a>>) {
    for part in here.inside().filter(|part| ["component", "entryRelationship"].contains(&part.name())) {
        let own = part.attribute("typeCode").is_none_or(|kind| ["COMP", "SUBJ", "REFR"].contains(&kind));
        let inside = part.inside().filter(|one| own && one.name() != "templateId" && one.name() != "sequenceNumber");
        for one in inside {
            // a reference to an entry that stands elsewhere
            if !follows(one, &["122"]) {
                entries(one, around, found);
            }
        }
    }
}

fn act<'a>(here: Element<'a>, around: &Around<'a, '_>, found: &mut Vec<Entry<'a>>) {
    if is_planned(here) {
        return found.push(around.left(here, Why::OnlyPlanned));
    }
    if is_negated(here) {
        return found.push(around.left(here, Why::Denied));
    }
    if follows(here, &["12"]) {
        return found.push(procedure(here, around));
    }
    let concern = here.at("code").attribute("code") == Some("CONC") || follows(here, &["3", "30", "132", "136"]);
    let concern = if concern { Some(state(here)) } else { around.concern };
    let risk = around.risk || follows(here, &["136"]);
    let before = found.len();
    within(here, &Around { concern, risk, ..*around }, found);
    if found.len() == before {
        found.push(around.left(here, Why::OtherKind));
    }
}

fn observation<'a>(here: Element<'a>, around: &Around<'a, '_>, found: &mut Vec<Entry<'a>>) {
    if is_planned(here) {
        return found.push(around.left(here, Why::OnlyPlanned));
    }
    if follows(here, &["7", "90"]) {
        return found.push(allergy::allergy(here, around));
    }
    if problem::is_one(here, around) {
        found.push(problem::problem(here, around));
    } else if follows(here, &["13"]) {
        found.push(procedure(here, around));
    } else {
        found.push(result(here, around));
    }
    // what belongs to it and is a result of its own: the items of a scale, the day a birth is expected
    const EXPECTED_BIRTH: &str = "2.16.840.1.113883.10.20.15.3.1";
    for part in here.each("entryRelationship").flat_map(|part| part.each("observation")) {
        if part.follows(EXPECTED_BIRTH) || follows(part, &["2", "69", "86"]) {
            observation(part, around, found);
        }
    }
}

fn result<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Entry<'a> {
    let mut entry = around.entry(here, Kind::Result);
    entry.called = called(here.at("code"), around.words);
    let values: Vec<Element<'a>> = here.each("value").collect();
    let value = match values.as_slice() {
        [] => Said::Nothing,
        [one] => said(*one, around.words),
        // nobody can tell which of several counts
        [_, _, ..] => Said::Nothing,
    };
    let valued = !matches!(value, Said::Nothing | Said::Left(_));
    entry.limits = limits(here, around.words);
    entry.said = match state(here) {
        "nullified" => Said::Left(Why::EnteredInError),
        "aborted" | "cancelled" | "obsolete" => Said::Left(Why::NotThere),
        _ if is_negated(here) => Said::Left(Why::Denied),
        "completed" | "normal" => value,
        "active" | "new" | "held" | "suspended" if !valued => Said::Left(Why::NotThere),
        "active" | "new" | "held" | "suspended" => {
            entry.doubts.push(Doubt::Preliminary);
            value
        }
        _ => {
            entry.doubts.push(Doubt::StatusUnknown);
            value
        }
    };
    entry
}

/// Something that was done to somebody.
fn procedure<'a>(here: Element<'a>, around: &Around<'a, '_>) -> Entry<'a> {
    let mut entry = around.entry(here, Kind::Procedure);
    entry.called = called(here.at("code"), around.words);
    entry.said = match state(here) {
        _ if is_planned(here) => Said::Left(Why::OnlyPlanned),
        "nullified" => Said::Left(Why::EnteredInError),
        _ if is_negated(here) => Said::Left(Why::NotDone),
        "aborted" | "cancelled" | "new" | "held" | "suspended" => Said::Left(Why::NotThere),
        "completed" | "normal" => Said::There(Status::History),
        "active" => Said::There(Status::Current),
        _ => {
            entry.doubts.push(Doubt::StatusUnknown);
            Said::There(Status::Any)
        }
    };
    entry
}
