//! How far the protocol's own order would have got: nobody is to answer many more screens than in it.
//!
//! Reading: of the first criterion that is open, the first thing that is open is asked, one at a time, until nothing can
//! change the determination; criteria of cohorts that are closed or out are left aside.
//!
//! Theorem: where no fact stands in two criteria, nobody answers more than `detour` screens more than in reading. Proof:
//! what is useful with more answers is useful with fewer, so reading cannot stop before the first question that has no
//! answer yet and is useful. The screen that asks it is put off only while fewer screens were shown than reading asks
//! questions before it, and `detour` more; once it is asked, reading is further by one at least.
//!
//! No order does better than reading for everybody if single questions are counted: whoever fails only over the k-th
//! question needs it by place k, for every k. Checklists get through several at once.
//!
//! Where criteria share facts, an answer can make useless what stands before it, and what reading asks next may hang on
//! answers that nobody needs: then somebody may have a screen more than that.

use crate::evaluate::chart::{Chart, Entry};
use crate::evaluate::compiled::{Compiled, Line};
use crate::evaluate::residual::{self, Residual};
use crate::evaluate::{Scope, Verdict};
use crate::model::moment::AsOf;
use crate::model::record::{Fact, Record};
use crate::model::trial::Trial;
use crate::sort;

use super::Asking;
use super::inquiry::Asker;

/// The keys of the items that a screen showed, from its id.
pub(super) fn keys(screen: &str) -> impl Iterator<Item = &str> {
    let list = screen.strip_prefix("checklist:").and_then(|rest| rest.split_once('|'));
    list.map_or(screen, |(_, keys)| keys).split('|')
}

/// What reading asks next, by its key, where it must be asked now; `useful` are the keys of all that can still change the
/// determination.
pub(super) fn due<'t>(
    (trial, compiled): (&'t Trial, &Compiled),
    record: &Record,
    as_of: &AsOf,
    asking: Asking<'_>,
    useful: &[&str],
) -> Option<&'t str> {
    let screens = asking.asked?;
    let spent = screens.len().checked_sub(asking.detour)?;
    let mut asked: Vec<&str> = screens.iter().flat_map(|screen| keys(screen)).collect();
    sort::ascending(&mut asked);
    let (mut answers, mut before, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    for fact in &record.facts {
        let key = fact.subject.key();
        if asked.binary_search(&key.as_str()).is_ok() {
            answers.push((key, fact));
        } else {
            before.push(fact.clone());
            answered.push(key);
        }
    }
    let chart = Chart::new(compiled, before, as_of);
    let asker = Asker { trial, answered, respondent: asking.respondent };
    Reader { trial, compiled, as_of, chart, asker, answers }.next(useful, spent)
}

struct Reader<'r, 't> {
    trial: &'t Trial,
    compiled: &'r Compiled,
    as_of: &'r AsOf,
    /// With what reading has asked so far.
    chart: Chart,
    asker: Asker<'t>,
    /// The answers of this conversation, by key.
    answers: Vec<(String, &'r Fact)>,
}

impl<'t> Reader<'_, 't> {
    /// The first useful question without an answer, where reading has asked no more than so many before it.
    fn next(mut self, useful: &[&str], most: usize) -> Option<&'t str> {
        let mut questions = 0;
        // an answer that is not there may put these out
        let mut unsure: Vec<&str> = Vec::new();
        for (at, line) in self.compiled.criteria.iter().enumerate() {
            let cohorts = self.trial.eligibility.criteria.get(at).map_or(&[][..], |criterion| &criterion.cohorts);
            // from a question without an answer on, others of its criterion may not be asked any more
            let mut sure = cohorts.is_empty() || cohorts.iter().any(|cohort| !unsure.contains(&cohort.as_str()));
            while let Some(key) = self.first_of(at, line) {
                let answered = self.answers.iter().any(|(answered, _)| answered == key);
                if !answered && useful.contains(&key) {
                    return Some(key);
                }
                questions += usize::from(sure);
                if questions > most {
                    return None;
                }
                sure = sure && answered;
                self.ask(key, sure);
            }
            unsure.extend(cohorts.iter().filter(|_| !sure).map(String::as_str));
        }
        None
    }

    /// The first question of a criterion that is open.
    fn first_of(&self, at: usize, line: &Line) -> Option<&'t str> {
        let scope = Scope::new(self.trial, self.compiled, &self.chart, self.as_of);
        let now = self.as_of.now();
        let residual = residual::of(&scope, &line.node, now);
        let known = |verdict: Verdict| verdict != Verdict::Pending;
        if matches!(residual, Residual::Known(_))
            || line.unsettled && known(scope.verdict(line, now.untimed()).0)
            || self.is_left_aside(at, &scope)
        {
            return None;
        }
        residual.open().into_iter().find_map(|open| self.asker.keys(open).next()).map(|(key, _)| key)
    }

    /// Does the criterion concern only cohorts that are closed, or out by what is known?
    fn is_left_aside(&self, at: usize, scope: &Scope<'_>) -> bool {
        let eligibility = &self.trial.eligibility;
        let Some(criterion) = eligibility.criteria.get(at).filter(|criterion| !criterion.cohorts.is_empty()) else {
            return false;
        };
        let now = self.as_of.now().untimed();
        eligibility.cohorts.iter().filter(|cohort| criterion.cohorts.contains(&cohort.id)).all(|cohort| {
            let mut own = eligibility.criteria.iter().zip(&self.compiled.criteria);
            cohort.open == Some(false)
                || own.any(|(criterion, line)| {
                    criterion.cohorts.contains(&cohort.id) && scope.verdict(line, now).0 == Verdict::Fail
                })
        })
    }

    /// Takes the question as asked, with its answers where reading is sure to ask it.
    fn ask(&mut self, key: &str, sure: bool) {
        self.asker.answered.push(key.to_owned());
        if sure {
            let now = self.as_of.now();
            for (_, fact) in self.answers.iter().filter(|(own, _)| own == key) {
                self.chart.put(Entry::new((*fact).clone(), now));
            }
            self.chart.index(self.compiled, self.as_of);
        }
    }
}
