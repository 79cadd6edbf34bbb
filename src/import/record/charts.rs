//! What came of a file: people, the facts proposed about each, and what gave none.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Span;
use crate::model::name::Name;
use crate::model::record::{Fact, Record, Subject};

/// Everything that a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Charts {
    /// The format it is in, as a person would call it.
    pub format: &'static str,
    /// The people in it, in the order in which it speaks of them.
    pub charts: Vec<Chart>,
    /// What is about nobody: places, professionals, the file's own headings.
    pub left: Vec<Left>,
    /// Resources, elements or rows that were read.
    pub read: usize,
}

impl Charts {
    /// Every place in the file that something stands at.
    #[cfg_attr(
        not(all(target_arch = "wasm32", feature = "workshop")),
        allow(dead_code, reason = "only the JavaScript door counts otherwise")
    )]
    pub(crate) fn each_origin_mut(&mut self, mut change: impl FnMut(&mut Origin)) {
        self.left.iter_mut().for_each(|left| change(&mut left.origin));
        for chart in &mut self.charts {
            chart.proposals.iter_mut().for_each(|proposal| change(&mut proposal.origin));
            chart.left.iter_mut().for_each(|left| change(&mut left.origin));
        }
    }
}

/// What the file says of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// What the file calls the person; no name. Empty where it does not say.
    pub key: String,
    /// The facts that it proposes, in its order.
    pub proposals: Vec<Proposal>,
    /// What gave no fact, in its order.
    pub left: Vec<Left>,
    /// Proposals that cannot all be true: their fact ids.
    pub contradictions: Vec<Vec<String>>,
}

impl Chart {
    /// What it says plainly: the facts of the proposals that nothing is doubtful about.
    ///
    /// A record only proposes; whoever judges by these shows what would come out if they were all so.
    pub fn plain(&self) -> Record {
        Record::new(self.said_plainly().cloned().collect())
    }

    pub(crate) fn said_plainly(&self) -> impl Iterator<Item = &Fact> {
        self.proposals.iter().filter(|proposal| proposal.doubts.is_empty()).map(|proposal| &proposal.fact)
    }

    /// What is at hand of it before anybody opens it, with the first fact about each of these subjects.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::{Subject, import::record::record};
    /// let read = record(br#"{"resourceType":"Patient","id":"p","birthDate":"1960-05-04"}"#);
    /// let outline = read.output.charts[0].outline(&[Subject::concept("birth-date"), Subject::concept("sex")]);
    /// assert_eq!((outline.key, outline.proposals, outline.facts.len()), ("p", 1, 1));
    /// ```
    pub fn outline(&self, subjects: &[Subject]) -> Outline<'_> {
        let first = |subject: &Subject| {
            self.proposals.iter().map(|proposal| &proposal.fact).find(|fact| fact.subject == *subject)
        };
        let mut doubtful: BTreeMap<&Subject, usize> = BTreeMap::new();
        for proposal in self.proposals.iter().filter(|proposal| !proposal.doubts.is_empty()) {
            *doubtful.entry(&proposal.fact.subject).or_default() += 1;
        }
        Outline {
            key: &self.key,
            proposals: self.proposals.len(),
            left: self.left.iter().map(|left| left.count).sum(),
            facts: subjects.iter().filter_map(first).collect(),
            doubtful: doubtful.into_iter().collect(),
        }
    }
}

/// What is at hand of a chart before anybody opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outline<'c> {
    /// What the file calls the person.
    pub key: &'c str,
    /// How many facts it proposes.
    pub proposals: usize,
    /// How much gave none.
    pub left: usize,
    /// Of each subject that is asked for the first fact that it proposes, doubtful or not.
    pub facts: Vec<&'c Fact>,
    /// How many of the proposals about each subject are doubtful; those without any are not there.
    pub doubtful: Vec<(&'c Subject, usize)>,
}

/// Where something stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// Its kind and id: `Observation/bp-1`.
    pub resource: Name,
    /// The way to it: `entry[3].resource.component[0]`.
    pub path: Name,
    /// The line it begins on, counted from one.
    pub line: usize,
    /// Its place in the text.
    pub span: Span,
}

/// A fact that a record proposes. It counts once somebody has accepted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// The fact; its source is the record, its note the resource it stands in.
    pub fact: Fact,
    /// Where it stands.
    pub origin: Origin,
    /// What the record calls it, in its own words and codes.
    pub said: String,
    /// What somebody should look at before accepting it; empty where it says plainly what the fact says.
    pub doubts: Vec<Doubt>,
}

/// Why a proposal is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It was found by a word in a longer name, and not by a code.
    ByWords,
    /// The record does not call it confirmed.
    Unconfirmed,
    /// The result is preliminary.
    Preliminary,
    /// The record does not say whether it stands.
    StatusUnknown,
    /// It has no date.
    NoDate,
    /// The date given is that of writing it down, or of an order, and not of what happened.
    OtherDate,
    /// The number has no unit.
    NoUnit,
    /// The unit is not one in which this is measured.
    UnitUnfit,
    /// Hardly anybody has such a value.
    Implausible,
    /// Several normal ranges stand beside the result, and none of them is plainly this person's.
    SeveralLimits,
    /// The number was taken from a text.
    FromText,
    /// It was prescribed or handed out; whether it is taken, the record does not say.
    NotSaidTaken,
    /// It is on hold.
    OnHold,
    /// In remission.
    Remission,
    /// Administrative sex.
    Administrative,
    /// Worked out from a stage or a group.
    FromStage,
    /// When it began is worked out from how old the person was.
    FromAge,
    /// A statement about a whole list: "no known medications".
    WholeList,
    /// There may be more than one such event; this is the newest in the record.
    WhichEvent,
}

/// Something in the file that gave no fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Left {
    /// Where it stands.
    pub origin: Origin,
    /// What the record calls it.
    pub said: String,
    /// Why it gave none.
    pub why: Why,
    /// How many it stands for: more than one where a file has too many of a kind to name each.
    pub count: usize,
    /// What it says, so that somebody can make a fact of it; nothing where it says nothing of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Box<Kept>>,
}

impl Left {
    pub(super) fn new(origin: Origin, said: String, why: Why) -> Left {
        Left { origin, said, why, count: 1, kept: None }
    }
}

/// What an entry says of something that no list here knows: unknown, to be confirmed by somebody who does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// The codes it came with, as `system|code`.
    pub codes: Vec<String>,
    /// The fact, its subject being the record's own words.
    pub fact: Fact,
}

/// Why an entry gave no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The record says that it was entered by mistake.
    EnteredInError,
    /// Cancelled, or not there yet.
    NotThere,
    /// Ordered, and not done; a plan, a draft, a proposal.
    OnlyPlanned,
    /// The record says that it was not done.
    NotDone,
    /// The record says that it was ruled out, or "no …", and of what is not plain.
    Denied,
    /// It has no code and no name.
    Nameless,
    /// No list here knows what it is about: unknown, please confirm.
    NotKnown,
    /// It is near what a criterion may ask, and says too much or too little: please confirm.
    Unclear,
    /// It has no value that can be read.
    NoValue,
    /// The record says why there is no value: unknown, masked, asked but not known.
    Absent,
    /// It is about a relative.
    Family,
    /// It says nothing that a criterion asks: a place, a bill, a document.
    OtherKind,
    /// It only groups others, or they refer to it.
    Group,
    /// It stands in the file before, to the letter.
    Repeated,
    /// It says what it says in words for people to read, which are not read here.
    FreeText,
    /// There are so many of its kind that only the newest are proposed.
    Older,
    /// It could not be read; the diagnostics say what is wrong.
    Unreadable,
}
