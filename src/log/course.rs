//! The rules of a log: which event may follow what has happened so far, and what it makes of it.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::evaluate::{Determination, Verdict};
use crate::log::event::{
    Act, Assessed, Assessment, Author, Clarified, Decided, Edition, Event, Header, Identified, Linked, OtherReason,
    Overridden, Overruled, Pending, State, Unclear,
};
use crate::log::row::{Answer, Judged, Query, Row, Ruling};
use crate::model::date::{Date, Instant};

/// Where everybody stands, and the editions of the trial that the log knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) rows: Vec<Row>,
    pub(super) editions: Vec<Edition>,
    /// What is not clear for everybody.
    pub(super) unclear: Vec<Query>,
    latest: Option<i64>,
}

fn impossible(message: String, help: &str) -> Vec<Diagnostic> {
    vec![Diagnostic::error(Code::ImpossibleMove, message, help)]
}

fn no_reason(message: &str, help: &str) -> Vec<Diagnostic> {
    vec![Diagnostic::error(Code::MissingReason, message, help)]
}

fn called(state: State) -> &'static str {
    match state {
        State::Candidate => "candidate",
        State::PreScreened => "pre-screened",
        State::Possible => "possible",
        State::NotNow => "not now",
        State::NotEligible => "not eligible",
        State::Declined => "declined",
        State::Withdrew => "withdrew",
    }
}

/// May somebody decide so, whatever the reason? An assessment makes a candidate pre-screened; nobody is made a candidate.
fn may_follow(from: State, to: State) -> bool {
    use State::{Candidate, Declined, NotEligible, NotNow, Possible, PreScreened, Withdrew};
    match (from, to) {
        (_, Candidate) | (Candidate, PreScreened | Possible | Withdrew) => false,
        // no assessment: for a reason that no criterion is
        (Candidate, NotNow | NotEligible | Declined) => true,
        (PreScreened | Possible | NotNow, to) => from != to,
        // taken back; what is not new needs no new attempt
        (NotEligible | Declined, PreScreened) => true,
        (NotEligible | Declined | Withdrew, _) => false,
    }
}

impl Course {
    pub(super) fn of(header: &Header) -> Course {
        Course { rows: Vec::new(), editions: vec![header.edition.clone()], unclear: Vec::new(), latest: None }
    }

    pub(super) fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    fn row_mut(&mut self, number: u32) -> Option<&mut Row> {
        self.rows.get_mut(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// The number that is next.
    pub(super) fn next(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The places of criteria in the newest edition that has them; the others behind.
    pub(super) fn place(&self, id: &str) -> usize {
        let at = |edition: &Edition| edition.criteria.iter().position(|criterion| criterion.id == id);
        self.editions.iter().rev().find_map(at).unwrap_or(usize::MAX)
    }

    /// Why an event cannot be; nothing where it can.
    pub(super) fn check(&self, event: &Event) -> Vec<Diagnostic> {
        let Date::Instant(at) = event.at else {
            let message = format!("{} is not a minute", quoted(&event.at.to_string()));
            return vec![
                Diagnostic::error(Code::BadDate, message, "write the time in UTC: 2026-03-15T06:30Z").on("at"),
            ];
        };
        if at.offset() != 0 {
            let message = format!("{} is not in UTC", quoted(&event.at.to_string()));
            return vec![
                Diagnostic::error(Code::BadDate, message, "write the time in UTC: 2026-03-15T06:30Z").on("at"),
            ];
        }
        if self.latest.is_some_and(|latest| at.minute() < latest) {
            let message = "this is before the last line of the log".to_owned();
            return vec![Diagnostic::error(Code::BadDate, message, "look at the clock of the device").on("at")];
        }
        let Author { who, role } = &event.by;
        if who.trim().is_empty() || role.trim().is_empty() {
            return no_reason("nobody is named who did this", "give initials or a staff code, and the role");
        }
        match &event.act {
            Act::Identified(act) => self.may_identify(act, at),
            Act::Linked(act) => self.may_link(*act),
            Act::Assessed(act) => self.of_row(act.person, |row| self.may_assess(row, &act.assessment)),
            Act::State(act) => self.of_row(act.person, |row| may_decide(row, act)),
            Act::Overridden(act) => self.of_row(act.person, |row| self.may_override(row, act)),
            Act::Corrected(act) => self.of_row(act.person, |_| {
                if act.reason.trim().is_empty() {
                    return no_reason("a fact is put right without a reason", "say why");
                }
                if act.old == act.new {
                    return impossible("the old and the new value are the same".to_owned(), "give both values");
                }
                Vec::new()
            }),
            Act::Activated(act) => {
                let known = self.editions.iter().any(|known| known.digest == act.edition.digest);
                let own = self.editions.first().is_some_and(|first| first.trial == act.edition.trial);
                if known {
                    return impossible("this version was activated before".to_owned(), "nothing needs to be written");
                }
                if own { Vec::new() } else { foreign(&act.edition.trial) }
            }
            Act::Noted(act) => {
                if act.text.trim().is_empty() {
                    return no_reason("the note is empty", "write it, or leave it");
                }
                act.person.map_or(Vec::new(), |person| self.of_row(person, |_| Vec::new()))
            }
            Act::Unclear(act) => self.may_doubt(act),
            Act::Clarified(act) => self.may_clarify(act),
            Act::Exported(_) => Vec::new(),
        }
    }

    fn of_row(&self, number: u32, check: impl Fn(&Row) -> Vec<Diagnostic>) -> Vec<Diagnostic> {
        match self.row(number) {
            Some(row) => check(row),
            None => {
                let message = format!("the log has no number {number}");
                vec![Diagnostic::error(Code::UnknownNumber, message, "identify the person first")]
            }
        }
    }

    fn may_identify(&self, act: &Identified, at: Instant) -> Vec<Diagnostic> {
        let next = self.next();
        if act.person != next {
            let message = format!("the next number is {next}, not {}", act.person);
            let help = "numbers follow one another, so that none can be left out unseen";
            return vec![Diagnostic::error(Code::UnknownNumber, message, help)];
        }
        let Date::Day(_) = act.on else {
            let message = format!("{} is not a day", quoted(&act.on.to_string()));
            return vec![Diagnostic::error(Code::BadDate, message, "give the day on which it was: 2026-03-15")];
        };
        // a day may have begun at the site that has not in UTC
        if act.on.first_day() > at.day().plus_days(1) {
            let message = format!("{} is still to come", quoted(&act.on.to_string()));
            return vec![Diagnostic::error(Code::FutureDate, message, "give the day on which it was")];
        }
        if act.channel == crate::log::event::Channel::Other && act.detail.trim().is_empty() {
            return no_reason("another way is not named", "say how the person came into view");
        }
        Vec::new()
    }

    fn may_link(&self, act: Linked) -> Vec<Diagnostic> {
        let (Some(row), Some(earlier)) = (self.row(act.person), self.row(act.earlier)) else {
            return self.of_row(if self.row(act.person).is_some() { act.earlier } else { act.person }, |_| Vec::new());
        };
        if act.earlier >= act.person {
            let message = format!("number {} is not before number {}", act.earlier, act.person);
            return impossible(message, "name the later attempt first");
        }
        if row.earlier.is_some() {
            let message = format!("number {} is linked already", act.person);
            return impossible(message, "each attempt follows one other");
        }
        if let Some(later) = earlier.later {
            let message = format!("number {} is followed by number {later} already", act.earlier);
            return impossible(message, "link it to the person's latest attempt");
        }
        Vec::new()
    }

    fn may_assess(&self, row: &Row, assessment: &Assessment) -> Vec<Diagnostic> {
        if !self.editions.iter().any(|known| known.digest == assessment.trial) {
            return foreign(&assessment.trial);
        }
        if let Some(later) = row.later {
            let message = format!("number {} is followed by number {later}", row.number);
            return impossible(message, "assess the latest attempt");
        }
        match row.state {
            State::Candidate | State::PreScreened | State::Possible | State::NotNow => Vec::new(),
            State::NotEligible | State::Declined | State::Withdrew => impossible(
                format!("number {} is {}: that is final", row.number, called(row.state)),
                "identify the person again and link the two, or take it back with a reason first",
            ),
        }
    }

    fn may_doubt(&self, act: &Unclear) -> Vec<Diagnostic> {
        if act.text.trim().is_empty() {
            return no_reason("what is not clear is not said", "say what the sponsor is to be asked");
        }
        if self.place(&act.criterion) == usize::MAX {
            return unlisted(&act.criterion);
        }
        act.person.map_or(Vec::new(), |person| self.of_row(person, |_| Vec::new()))
    }

    fn may_clarify(&self, act: &Clarified) -> Vec<Diagnostic> {
        if act.text.trim().is_empty() {
            return no_reason("the answer is not said", "say what the criterion means, and who said so");
        }
        if self.place(&act.criterion) == usize::MAX {
            return unlisted(&act.criterion);
        }
        let asked = |query: &Query| query.criterion == act.criterion && query.answer.is_none();
        if self.unclear.iter().chain(self.rows.iter().flat_map(|row| &row.unclear)).any(asked) {
            return Vec::new();
        }
        impossible(format!("nothing of {} waits for an answer", quoted(&act.criterion)), "mark it as unclear first")
    }

    fn may_override(&self, row: &Row, act: &Overridden) -> Vec<Diagnostic> {
        if act.reason.trim().is_empty() {
            return no_reason("it is decided otherwise without a reason", "say why");
        }
        let Some(judged) = &row.assessed else {
            let message = format!("number {} was not assessed", row.number);
            return impossible(message, "assess first; there is nothing to decide otherwise");
        };
        let differs = |was: String| {
            let message = format!("it was {was} until now, not what is said here");
            impossible(message, "name what it was, and something else that it is now")
        };
        match &act.what {
            Overruled::Criterion(what) => {
                let listed = |edition: &Edition| edition.criteria.iter().any(|criterion| criterion.id == what.id);
                let edition = self.editions.iter().find(|edition| edition.digest == judged.trial);
                if !edition.is_some_and(listed) {
                    return unlisted(&what.id);
                }
                let was = judged.verdict(&what.id);
                if was == what.from && was != what.to { Vec::new() } else { differs(format!("{was:?}").to_lowercase()) }
            }
            Overruled::Determination(what) => {
                let was = judged.determination;
                if was == what.from && was != what.to { Vec::new() } else { differs(format!("{was:?}").to_lowercase()) }
            }
        }
    }

    /// Takes an event that can be.
    pub(super) fn take(&mut self, event: &Event) {
        let Event { at, by, act } = event;
        if let Date::Instant(at) = at {
            self.latest = Some(at.minute());
        }
        match act {
            Act::Identified(act) => self.rows.push(Row::new(act, *at, by)),
            Act::Linked(act) => self.link(*act),
            Act::Assessed(Assessed { person, assessment }) => {
                let Some(row) = self.row_mut(*person) else { return };
                row.assessed = Some(Judged::new(assessment, *at));
                row.assessments += 1;
                row.overrides.clear();
                row.stand(State::PreScreened, *at, by);
            }
            Act::State(act) => {
                let mut criteria: Vec<(usize, String)> =
                    act.criteria.iter().map(|id| (self.place(id), id.clone())).collect();
                criteria.sort();
                criteria.dedup();
                let Some(row) = self.row_mut(act.person) else { return };
                row.stand(act.state, *at, by);
                row.criteria = criteria.into_iter().map(|(_, id)| id).collect();
                row.other = act.other;
                row.words.clone_from(&act.words);
            }
            Act::Overridden(act) => self.overrule(act, *at, by),
            Act::Corrected(act) => self.row_mut(act.person).into_iter().for_each(|row| row.corrections += 1),
            Act::Activated(act) => self.editions.push(act.edition.clone()),
            Act::Noted(act) => {
                let row = act.person.and_then(|person| self.row_mut(person));
                row.into_iter().for_each(|row| row.notes.push(act.text.clone()));
            }
            Act::Unclear(Unclear { person, criterion, text }) => {
                let query =
                    Query { at: *at, by: by.clone(), criterion: criterion.clone(), text: text.clone(), answer: None };
                match person {
                    Some(person) => self.row_mut(*person).into_iter().for_each(|row| row.unclear.push(query.clone())),
                    None => self.unclear.push(query),
                }
            }
            Act::Clarified(Clarified { criterion, text }) => {
                let answer = Answer { at: *at, by: by.clone(), text: text.clone() };
                let all = self.unclear.iter_mut().chain(self.rows.iter_mut().flat_map(|row| &mut row.unclear));
                for query in all.filter(|query| query.criterion == *criterion && query.answer.is_none()) {
                    query.answer = Some(answer.clone());
                }
            }
            Act::Exported(_) => {}
        }
    }

    fn link(&mut self, act: Linked) {
        let Some(earlier) = self.row_mut(act.earlier) else { return };
        earlier.later = Some(act.person);
        let (person, mut attempt) = (earlier.person, earlier.attempt);
        if let Some(row) = self.row_mut(act.person) {
            row.earlier = Some(act.earlier);
        }
        // INVARIANT: a link leads to a higher number, so that this ends
        let mut next = Some(act.person);
        while let Some(row) = next.and_then(|number| self.row_mut(number)) {
            attempt += 1;
            (row.person, row.attempt) = (person, attempt);
            next = row.later;
        }
    }

    fn overrule(&mut self, act: &Overridden, at: Date, by: &Author) {
        let place = |course: &Course, id: &str| course.place(id);
        let mut failed: Vec<(usize, String)> = Vec::new();
        if let (Overruled::Criterion(what), Some(judged)) =
            (&act.what, self.row(act.person).and_then(|row| row.assessed.as_ref()))
        {
            let others = judged.failed.iter().filter(|id| **id != what.id);
            let now = (what.to == Verdict::Fail).then_some(&what.id);
            failed = others.chain(now).map(|id| (place(self, id), id.clone())).collect();
            failed.sort();
        }
        let Some(row) = self.row_mut(act.person) else { return };
        let ruling = Ruling { at, by: by.clone(), what: act.what.clone(), reason: act.reason.clone() };
        row.overrides.push(ruling);
        let Some(judged) = &mut row.assessed else { return };
        match &act.what {
            Overruled::Criterion(what) => {
                judged.failed = failed.into_iter().map(|(_, id)| id).collect();
                judged.pending.retain(|pending| pending.id != what.id);
                if what.to == Verdict::Pending {
                    judged.pending.push(Pending { id: what.id.clone(), needs: Vec::new() });
                }
            }
            Overruled::Determination(what) => judged.determination = what.to,
        }
    }
}

fn unlisted(criterion: &str) -> Vec<Diagnostic> {
    let message = format!("the trial has no criterion {}", quoted(criterion));
    vec![Diagnostic::error(Code::UnknownValue, message, "name one by its id")]
}

fn foreign(trial: &str) -> Vec<Diagnostic> {
    let message = format!("this is of {}, which the log has no version of", quoted(trial));
    let help =
        "open the log of that trial; where it is a new version of this one, write first that the site works under it";
    vec![Diagnostic::error(Code::ForeignTrial, message, help)]
}

fn may_decide(row: &Row, act: &Decided) -> Vec<Diagnostic> {
    if !may_follow(row.state, act.state) {
        let message = format!("number {} is {} and cannot become {}", row.number, called(row.state), called(act.state));
        let help = match row.state {
            State::Candidate => "assess the person first",
            State::PreScreened | State::Possible | State::NotNow => "nothing changes by this; leave it",
            State::NotEligible | State::Declined => "take it back with a reason first, or begin a new attempt",
            State::Withdrew => "begin a new attempt, and link the two",
        };
        return impossible(message, help);
    }
    let known = |id: &String| {
        let judged = row.assessed.as_ref();
        judged.is_some_and(|judged| match act.state {
            State::NotNow => judged.verdict(id) != Verdict::Pass,
            State::Candidate
            | State::PreScreened
            | State::Possible
            | State::NotEligible
            | State::Declined
            | State::Withdrew => judged.verdict(id) == Verdict::Fail,
        })
    };
    if let Some(id) = act.criteria.iter().find(|id| !known(id)) {
        let message = format!("{} did not fail in the last assessment", quoted(id));
        return impossible(message, "name a criterion that did, or override its verdict with a reason first");
    }
    if act.other == Some(OtherReason::Other) && act.words.trim().is_empty() {
        return no_reason("another reason is not named", "say in words what it is");
    }
    let ineligible = row.assessed.as_ref().is_some_and(|judged| judged.determination == Determination::Ineligible);
    let final_before = matches!(row.state, State::NotEligible | State::Declined);
    match act.state {
        State::Possible if ineligible => {
            let message = format!("number {} was found ineligible", row.number);
            impossible(message, "override the determination with a reason first")
        }
        State::NotNow | State::NotEligible if act.criteria.is_empty() && act.other.is_none() => {
            no_reason("there is no reason", "name the criteria, or another reason")
        }
        State::PreScreened if final_before && act.words.trim().is_empty() => {
            no_reason("something final is taken back without a reason", "say in words why")
        }
        State::Candidate
        | State::PreScreened
        | State::Possible
        | State::NotNow
        | State::NotEligible
        | State::Declined
        | State::Withdrew => Vec::new(),
    }
}

impl Judged {
    /// The verdict that counts.
    pub(super) fn verdict(&self, id: &str) -> Verdict {
        if self.failed.iter().any(|failed| failed == id) {
            Verdict::Fail
        } else if self.pending.iter().any(|pending| pending.id == id) {
            Verdict::Pending
        } else {
            Verdict::Pass
        }
    }
}

impl Row {
    fn stand(&mut self, state: State, since: Date, by: &Author) {
        (self.state, self.since, self.by) = (state, since, by.clone());
        (self.other, self.words) = (None, String::new());
        self.criteria.clear();
    }
}
