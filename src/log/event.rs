//! What a pre-screening log holds: its head, and the events that were written into it one after the other.

use serde::Serialize;

use crate::evaluate::{Again, Determination, GapKind, Needs, Verdict};
use crate::log::age::Age;
use crate::model::criterion::Category;
use crate::model::date::Date;
use crate::model::record::{Fact, Respondent};

/// What the log is of. The first line names its digest: it is never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Header {
    /// The protocol's number.
    pub protocol: String,
    /// The site's number.
    pub site: String,
    /// The principal investigator, as the site enters it.
    pub investigator: String,
    /// The site's time zone, `Asia/Shanghai` or `+08:00`; the times of the events are UTC.
    pub zone: String,
    /// The version of the trial that the site works under when the log is begun.
    pub edition: Edition,
}

/// One version of a trial document, and the list of its criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edition {
    /// The trial's id.
    pub trial: String,
    /// The document's number, which counts up with every change.
    pub document: u32,
    /// The protocol's own version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The amendment's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amendment: Option<String>,
    /// SHA-256 of the document, as in a receipt.
    pub digest: String,
    /// Its criteria, in the protocol's order.
    pub criteria: Vec<Listed>,
}

/// A criterion of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listed {
    /// Its id: `I6`.
    pub id: String,
    /// On which list it stands.
    pub category: Category,
    /// The protocol's own number for it.
    pub item: String,
    /// In a few words, in English where it has any.
    pub text: String,
}

/// Who did it, as the site's delegation log has it. No person is looked up by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Author {
    /// Initials, or a staff code.
    pub who: String,
    /// The role.
    pub role: String,
}

/// What is written into the log at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// When, in UTC: `2026-03-15T06:30+00:00`.
    pub at: Date,
    /// By whom.
    pub by: Author,
    /// What.
    pub act: Act,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Act {
    /// Somebody came into view: a new number, and a new attempt.
    Identified(Identified),
    /// An attempt is of somebody who has been here before.
    Linked(Linked),
    /// The facts were evaluated.
    Assessed(Assessed),
    /// Somebody decided.
    State(Decided),
    /// Somebody decided otherwise than the evaluation.
    Overridden(Overridden),
    /// A fact was put right.
    Corrected(Box<Corrected>),
    /// The site works under another version of the trial from a day on.
    Activated(Activated),
    /// A note.
    Noted(Noted),
    /// A criterion is not clear: the sponsor is to be asked.
    Unclear(Unclear),
    /// The sponsor said what a criterion means.
    Clarified(Clarified),
    /// A copy was made.
    Exported(Exported),
}

impl Act {
    /// The number of the attempt it is about.
    pub fn person(&self) -> Option<u32> {
        match self {
            Act::Identified(act) => Some(act.person),
            Act::Linked(act) => Some(act.person),
            Act::Assessed(act) => Some(act.person),
            Act::State(act) => Some(act.person),
            Act::Overridden(act) => Some(act.person),
            Act::Corrected(act) => Some(act.person),
            Act::Noted(act) => act.person,
            Act::Unclear(act) => act.person,
            Act::Activated(_) | Act::Clarified(_) | Act::Exported(_) => None,
        }
    }
}

/// How somebody came into view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Channel {
    /// A look through charts or lists of the site.
    Chart,
    /// The site's own clinic or ward.
    Clinic,
    /// A clinician elsewhere.
    Referral,
    /// An advertisement.
    Advertisement,
    /// A registry of people or of trials.
    Registry,
    /// The person, or somebody for them, asked.
    Inquiry,
    /// Another way.
    Other,
}

/// Somebody came into view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identified {
    /// The pre-screening number: 1, 2, 3, …; it says nothing of the person. 0 asks the log for the next one.
    pub person: u32,
    /// The date first identified.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// Where exactly, in the site's words. Kept at the site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// An attempt is of somebody who has been here before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Linked {
    /// The later attempt.
    pub person: u32,
    /// The number of the attempt before it.
    pub earlier: u32,
}

/// The facts were evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessed {
    /// Of whom.
    pub person: u32,
    /// What came out.
    pub assessment: Assessment,
}

/// What came out of an evaluation, as far as a log may keep it: no fact, no date of birth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment {
    /// The moment that was judged from.
    pub as_of: Date,
    /// Who the facts are from.
    pub answered_by: Vec<Respondent>,
    /// In completed years, from 90 on grouped; none where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
    /// The code of the vocabulary; none where it is not known, or contradictory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// Eligible, ineligible or undetermined, on the facts given; the investigator decides.
    pub determination: Determination,
    /// The same for each cohort.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cohorts: Vec<CohortOutcome>,
    /// The criteria that failed, in the protocol's order.
    pub failed: Vec<Failed>,
    /// The criteria that are open, in the protocol's order.
    pub pending: Vec<Pending>,
    /// What the failed criteria's rules for another try say together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// The first day or minute on which, for each criterion that failed, the protocol's rule for another try or time
    /// alone may have made it otherwise. None where nothing failed, where one can never pass, or where no rule has a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_back: Option<Date>,
    /// The last day or minute on which the facts, by time alone, do not rule the person out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_until: Option<Date>,
    /// The last day or minute on which every verdict stands as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// The digest of the trial document; an edition of the log bears it.
    pub trial: String,
    /// The engine's version.
    pub engine: String,
    /// The digest of the receipt.
    pub receipt: String,
}

/// The outcome for one cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CohortOutcome {
    /// Its id.
    pub id: String,
    /// Eligible, ineligible or undetermined.
    pub determination: Determination,
}

/// A criterion that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failed {
    /// Its id.
    pub id: String,
    /// May it be tried again, by the protocol's rule for it?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// The first day or minute on which time alone makes it another verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// That verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Verdict>,
}

/// A criterion that is open, and what is needed to close it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pending {
    /// Its id.
    pub id: String,
    /// What is needed, in the order in which it would decide most.
    pub needs: Vec<Need>,
}

/// Something that would have to be found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Need {
    /// About what: a concept's id, or `text:` and its words, or `judgement:` or `unread:` and the id.
    pub about: String,
    /// Why it is open.
    pub kind: GapKind,
    /// What exactly is missing, where it is not the value itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Needs>,
    /// Who can tell.
    pub who: Vec<Respondent>,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum State {
    /// Identified, not assessed.
    Candidate,
    /// Assessed, and nobody has decided yet.
    PreScreened,
    /// May be asked for consent.
    Possible,
    /// Not now; perhaps later.
    NotNow,
    /// Not eligible.
    NotEligible,
    /// Did not want to.
    Declined,
    /// Wanted to at first, and does not any more.
    Withdrew,
}

impl State {
    /// All of them.
    pub const ALL: [State; 7] = [
        State::Candidate,
        State::PreScreened,
        State::Possible,
        State::NotNow,
        State::NotEligible,
        State::Declined,
        State::Withdrew,
    ];
}

/// A reason that no criterion is. It is always counted apart from the protocol's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum OtherReason {
    /// Nobody approached them.
    NotApproached,
    /// They could not be reached.
    NotReached,
    /// They are in another study.
    OtherStudy,
    /// The way is too far, or there is nobody to come along.
    Distance,
    /// Dates or duration do not suit.
    Time,
    /// No common language.
    Language,
    /// The treating clinician advises against it.
    Clinician,
    /// The site, the cohort or the arm takes nobody in at present.
    NoPlace,
    /// Another one, in the words beside it.
    Other,
}

/// Somebody decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// Of whom.
    pub person: u32,
    /// Where they stand now.
    pub state: State,
    /// Because of which criteria.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
    /// Because of what else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherReason>,
    /// In words. Kept at the site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Somebody decided otherwise than the evaluation. It holds until the next assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overridden {
    /// Of whom.
    pub person: u32,
    /// What.
    pub what: Overruled,
    /// Why. Kept at the site.
    pub reason: String,
}

/// What was decided otherwise: both outcomes are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Overruled {
    /// The verdict of a criterion.
    Criterion(OverruledCriterion),
    /// The determination.
    Determination(OverruledDetermination),
}

/// Another verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverruledCriterion {
    /// The criterion.
    pub id: String,
    /// What it was.
    pub from: Verdict,
    /// What it is now.
    pub to: Verdict,
}

/// Another determination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverruledDetermination {
    /// What it was.
    pub from: Determination,
    /// What it is now.
    pub to: Determination,
}

/// A fact was put right. The log keeps a date of birth to its year, and no age over 89.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Corrected {
    /// Of whom.
    pub person: u32,
    /// What it was; none where nothing was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Fact>,
    /// What it is; none where it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Fact>,
    /// Why. Kept at the site.
    pub reason: String,
}

/// The site works under another version of the trial from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Activated {
    /// Which.
    pub edition: Edition,
    /// From which day on.
    pub on: Date,
}

/// A note. Kept at the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Noted {
    /// About whom; none where it is about the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<u32>,
    /// The words.
    pub text: String,
}

/// A criterion's wording, or its reading, is not clear: the sponsor is to be asked. Nobody's verdict is another by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unclear {
    /// With whom it came up; none where it is so for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<u32>,
    /// The criterion.
    pub criterion: String,
    /// What is not clear. Kept at the site.
    pub text: String,
}

/// The sponsor said what a criterion means: what was not clear of it is answered, with whomever it came up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Clarified {
    /// The criterion.
    pub criterion: String,
    /// The answer, and from whom it is. Kept at the site.
    pub text: String,
}

/// A copy was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exported {
    /// In which layout.
    pub layout: String,
    /// SHA-256 of its text.
    pub digest: String,
    /// For whom.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
}
