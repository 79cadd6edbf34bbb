//! The whole result in words.

use super::words::fill;
use super::{Explanation, Outcome, Teller, ToFind};
use crate::evaluate::{Determination, Gap, GapKind, Verdict, closers};
use crate::model::moment::AsOf;
use crate::model::name::Name;
use crate::model::record::Respondent;
use crate::model::trial::Publication;

impl Teller<'_> {
    pub(super) fn explanation(&self, as_of: &AsOf) -> Explanation {
        let words = self.words;
        let (find, team) = self.left();
        let outcome = match self.evaluation.determination {
            Determination::Ineligible => Outcome::NotNow,
            Determination::Eligible => Outcome::MayFit,
            Determination::Undetermined if find.is_empty() => Outcome::MayFit,
            Determination::Undetermined => Outcome::CannotTell,
        };
        // without published criteria nothing can be found to fit, nor where nobody is taken in
        let outcome = if outcome == Outcome::MayFit && !self.trial.may_admit() { Outcome::CannotTell } else { outcome };
        // what is decided needs nothing more
        let (find, team) = if outcome == Outcome::NotNow { (Vec::new(), Vec::new()) } else { (find, team) };
        let criteria: Vec<_> = self
            .trial
            .eligibility
            .criteria
            .iter()
            .zip(&self.evaluation.criteria)
            .map(|(criterion, evaluated)| self.criterion(criterion, evaluated))
            .collect();
        let as_of_words = self.date(as_of.date());
        let basis = fill(
            words.basis,
            &[
                ("trial", &self.trial.id),
                ("version", &self.trial.version.document.to_string()),
                ("as-of", &as_of_words),
                ("engine", self.evaluation.engine),
            ],
        );
        Explanation {
            outcome,
            determination: self.evaluation.determination,
            heading: self.heading(outcome, find.len()),
            lead: self.lead(outcome, &criteria),
            next: self.next(outcome, !find.is_empty()),
            find,
            team,
            dates: self.trial_dates(&as_of_words),
            criteria,
            notice: self.of(&words.notice).to_owned(),
            basis,
        }
    }

    fn heading(&self, outcome: Outcome, to_find: usize) -> String {
        let words = self.words;
        match outcome {
            Outcome::MayFit => self.of(&words.may_fit).to_owned(),
            Outcome::NotNow => self.of(&words.not_now).to_owned(),
            Outcome::CannotTell => {
                let template = if to_find == 0 {
                    self.of(&words.cannot_tell_open)
                } else if self.reader.staff {
                    words.cannot_tell_staff
                } else if to_find == 1 {
                    words.cannot_tell_one
                } else {
                    words.cannot_tell
                };
                fill(template, &[("count", &to_find.to_string())])
            }
        }
    }

    fn lead(&self, outcome: Outcome, criteria: &[super::CriterionExplanation]) -> Vec<String> {
        let words = self.words;
        let total = criteria.len().to_string();
        let count = |verdict: Verdict| criteria.iter().filter(|c| c.verdict == verdict).count();
        let mut lead = Vec::new();
        if self.trial.is_closed() {
            lead.push(words.lead_closed.to_owned());
        }
        match outcome {
            Outcome::MayFit => {
                lead.push(words.lead_may_fit.to_owned());
                if count(Verdict::Pending) > 0 {
                    let pending = count(Verdict::Pending).to_string();
                    lead.push(fill(words.lead_team, &[("count", &pending), ("total", &total)]));
                }
            }
            Outcome::CannotTell => match self.trial.eligibility.status {
                Publication::NotPublished => lead.push(words.lead_unpublished.to_owned()),
                Publication::Partial => lead.extend([words.lead_cannot_tell, words.lead_partial].map(str::to_owned)),
                Publication::Published => lead.push(words.lead_cannot_tell.to_owned()),
            },
            Outcome::NotNow => {
                let failed: Vec<&super::CriterionExplanation> =
                    criteria.iter().filter(|criterion| criterion.verdict == Verdict::Fail).collect();
                let list = failed.iter().map(|c| c.short.as_str()).collect::<Vec<_>>().join(words.list_join);
                let template = match (failed.len(), criteria.len()) {
                    (1, 1) => words.lead_not_now_only,
                    (1, _) => words.lead_not_now_one,
                    _ => words.lead_not_now,
                };
                let failed_count = failed.len().to_string();
                lead.push(fill(template, &[("count", &failed_count), ("total", &total), ("list", &list)]));
                for criterion in failed {
                    lead.extend(criterion.reasons.iter().cloned());
                }
            }
        }
        lead
    }

    fn next(&self, outcome: Outcome, to_find: bool) -> Vec<String> {
        let words = self.words;
        let contact = self.trial.contacts.iter().find_map(|contact| {
            let reach: Vec<&str> = [contact.phone.as_deref(), contact.email.as_deref()].into_iter().flatten().collect();
            (!reach.is_empty()).then(|| {
                let name = self.localized(&contact.name).to_owned();
                std::iter::once(name.as_str())
                    .chain(reach)
                    .filter(|s| !s.is_empty())
                    .collect::<Vec<_>>()
                    .join(words.list_join)
            })
        });
        let reach = contact.map(|contact| fill(words.next_contact, &[("contact", &contact)]));
        match outcome {
            Outcome::MayFit => std::iter::once(self.of(&words.next_team).to_owned()).chain(reach).collect(),
            Outcome::CannotTell => {
                let find = to_find.then(|| self.of(&words.next_find).to_owned());
                find.into_iter().chain([self.of(&words.next_team).to_owned()]).chain(reach).collect()
            }
            Outcome::NotNow => {
                let again = match (self.evaluation.from, self.evaluation.then) {
                    (Some(from), Some(Determination::Undetermined | Determination::Eligible)) => {
                        Some(fill(words.next_again, &[("from", &self.date(from))]))
                    }
                    _ => None,
                };
                let doctor = self.of(&words.next_doctor).to_owned();
                again.into_iter().chain([doctor, self.of(&words.next_other).to_owned()]).collect()
            }
        }
    }

    fn trial_dates(&self, as_of: &str) -> Vec<String> {
        let words = self.words;
        let mut dates = Vec::new();
        if let (Some(until), Some(from)) = (self.evaluation.until, self.evaluation.from) {
            dates.push(fill(words.trial_until, &[("until", &self.date(until))]));
            dates.push(fill(words.trial_from, &[("from", &self.date(from))]));
        }
        if self.reader.staff {
            dates.extend(self.again(self.evaluation.again));
            for anchor in &self.evaluation.assumed {
                let name = anchor.subject().map(|subject| self.label(&subject)).unwrap_or_default();
                dates.push(fill(words.assumed, &[("anchor", &name), ("as-of", as_of)]));
            }
        }
        dates
    }

    /// What is left: what this respondent could find out, and what others will check.
    fn left(&self) -> (Vec<ToFind>, Vec<ToFind>) {
        let (mut find, mut team): (Vec<ToFind>, Vec<ToFind>) = (Vec::new(), Vec::new());
        for criterion in self.evaluation.criteria.iter().filter(|c| c.verdict == Verdict::Pending) {
            for gap in &criterion.gaps {
                let who = closers(self.trial, gap);
                let mine = who.contains(&self.reader.respondent);
                let list = if mine { &mut find } else { &mut team };
                let text = self.needed(gap);
                match list.iter_mut().find(|item| item.text == text) {
                    Some(item) => {
                        if !item.criteria.iter().any(|id| *id == criterion.id) {
                            item.criteria.push(criterion.id.to_string());
                        }
                    }
                    None => list.push(self.to_find(gap, text, mine, &who, &criterion.id)),
                }
            }
        }
        (find, team)
    }

    fn to_find(&self, gap: &Gap, text: String, mine: bool, who: &[Respondent], criterion: &str) -> ToFind {
        let question = gap
            .asks
            .iter()
            .find(|key| {
                self.trial
                    .questions
                    .get(key)
                    .is_some_and(|question| question.answerable_by.contains(&self.reader.respondent))
            })
            .filter(|_| mine && gap.kind != GapKind::Judgement)
            .map(Name::to_string);
        let place = gap
            .asks
            .iter()
            .find_map(|key| self.trial.questions.get(key))
            .and_then(|question| question.text.get(self.reader.locale.tag()))
            .map(|text| text.place.clone())
            .filter(|_| mine)
            .unwrap_or_default();
        let who = if mine {
            self.reader.respondent
        } else {
            who.iter().copied().find(|who| *who > Respondent::Caregiver).unwrap_or(Respondent::Staff)
        };
        ToFind { text, place, who, criteria: vec![criterion.to_owned()], question }
    }
}
