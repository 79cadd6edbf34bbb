//! One row for each attempt of each person: what the events come to.

use serde::Serialize;

use crate::evaluate::{Again, Determination};
use crate::log::age::Age;
use crate::log::event::{
    Assessment, Author, Channel, CohortOutcome, Identified, OtherReason, Overruled, Pending, State,
};
use crate::model::date::{Date, Day};
use crate::model::record::Respondent;

/// An attempt, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The pre-screening number.
    pub number: u32,
    /// The number of the person's first attempt: the same in all attempts of one person.
    pub person: u32,
    /// Which attempt of the person it is, counted from one.
    pub attempt: u32,
    /// The number of the attempt before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<u32>,
    /// The number of the attempt after it: this one is no longer the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub later: Option<u32>,
    /// The date first identified.
    pub identified: Date,
    /// How they came into view.
    pub channel: Channel,
    /// Where exactly, in the site's words.
    pub detail: String,
    /// How often they were assessed.
    pub assessments: u32,
    /// The latest assessment, as the engine made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Judged>,
    /// Where they stand.
    pub state: State,
    /// Since when.
    pub since: Date,
    /// Who said so.
    pub by: Author,
    /// Because of which criteria, in the protocol's order.
    pub criteria: Vec<String>,
    /// Because of what else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherReason>,
    /// In words.
    pub words: String,
    /// What was decided otherwise since the latest assessment.
    pub overrides: Vec<Ruling>,
    /// How many facts were put right.
    pub corrections: u32,
    /// The notes, in their order.
    pub notes: Vec<String>,
    /// What came up with them that is not clear.
    pub unclear: Vec<Query>,
}

/// The latest assessment, with what was decided otherwise since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// When it was written down.
    pub at: Date,
    /// The moment that was judged from.
    pub as_of: Date,
    /// Who the facts are from.
    pub answered_by: Vec<Respondent>,
    /// In completed years, from 90 on grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
    /// The code of the vocabulary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// As the engine found it.
    pub calculated: Determination,
    /// As it counts: as the engine found it, or as somebody decided otherwise.
    pub determination: Determination,
    /// For each cohort, as the engine found it.
    pub cohorts: Vec<CohortOutcome>,
    /// The criteria that fail, in the protocol's order: the first is the first that failed.
    pub failed: Vec<String>,
    /// The criteria that are open, and what is needed.
    pub pending: Vec<Pending>,
    /// What the failed criteria's rules for another try say together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// From when on another try is worth it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_back: Option<Date>,
    /// The last day or minute on which the facts, by time alone, do not rule the person out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_until: Option<Date>,
    /// The last day or minute on which every verdict stands as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// The digest of the trial document.
    pub trial: String,
    /// The engine's version.
    pub engine: String,
    /// The digest of the receipt.
    pub receipt: String,
}

/// Something that somebody decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ruling {
    /// When.
    pub at: Date,
    /// Who.
    pub by: Author,
    /// What.
    pub what: Overruled,
    /// Why.
    pub reason: String,
}

/// A criterion whose wording, or whose reading, is not clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Query {
    /// When.
    pub at: Date,
    /// Who.
    pub by: Author,
    /// Which.
    pub criterion: String,
    /// What of it.
    pub text: String,
    /// What the sponsor said to it; none as long as it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What a criterion means, as the sponsor said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// When it was written down.
    pub at: Date,
    /// By whom.
    pub by: Author,
    /// In words.
    pub text: String,
}

/// Something that somebody should do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reminder {
    /// About which attempt.
    pub number: u32,
    /// What.
    pub why: Due,
    /// Since when.
    pub since: Date,
}

/// Why somebody should do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// Identified and never assessed.
    NotAssessed,
    /// Assessed, and nobody has decided.
    NoOutcome,
    /// The day on which another try is worth it has come.
    CallBack,
    /// Possible, and the assessment has expired: something of it is too old.
    Expired,
}

impl Row {
    pub(super) fn new(identified: &Identified, at: Date, by: &Author) -> Row {
        Row {
            number: identified.person,
            person: identified.person,
            attempt: 1,
            earlier: None,
            later: None,
            identified: identified.on,
            channel: identified.channel,
            detail: identified.detail.clone(),
            assessments: 0,
            assessed: None,
            state: State::Candidate,
            since: at,
            by: by.clone(),
            criteria: Vec::new(),
            other: None,
            words: String::new(),
            overrides: Vec::new(),
            corrections: 0,
            notes: Vec::new(),
            unclear: Vec::new(),
        }
    }

    /// The first day or minute on which another try is worth it, of somebody who is ineligible.
    pub fn call_back(&self) -> Option<Date> {
        let judged = self.assessed.as_ref().filter(|judged| judged.determination == Determination::Ineligible)?;
        judged.call_back
    }

    /// What should be done about it by a day.
    pub(super) fn due(&self, today: Option<Day>) -> Option<Reminder> {
        if self.later.is_some() {
            return None;
        }
        let come = |date: Date| today.is_some_and(|today| date.first_day() <= today);
        let gone = |date: Date| today.is_some_and(|today| date.last_day() < today);
        let (why, since) = match self.state {
            State::Candidate => (Due::NotAssessed, self.identified),
            State::PreScreened => (Due::NoOutcome, self.since),
            State::NotNow => (Due::CallBack, self.call_back().filter(|date| come(*date))?),
            State::Possible => (Due::Expired, self.assessed.as_ref()?.expires.filter(|date| gone(*date))?),
            State::NotEligible | State::Declined | State::Withdrew => return None,
        };
        Some(Reminder { number: self.number, why, since })
    }
}

impl Judged {
    pub(super) fn new(assessment: &Assessment, at: Date) -> Judged {
        Judged {
            at,
            as_of: assessment.as_of,
            answered_by: assessment.answered_by.clone(),
            age: assessment.age,
            sex: assessment.sex.clone(),
            calculated: assessment.determination,
            determination: assessment.determination,
            cohorts: assessment.cohorts.clone(),
            failed: assessment.failed.iter().map(|failed| failed.id.clone()).collect(),
            pending: assessment.pending.clone(),
            again: assessment.again,
            call_back: assessment.call_back,
            possible_until: assessment.possible_until,
            expires: assessment.expires,
            trial: assessment.trial.clone(),
            engine: assessment.engine.clone(),
            receipt: assessment.receipt.clone(),
        }
    }
}
