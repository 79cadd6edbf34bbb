//! May a failed criterion be tried again, and from when? It changes no verdict.

use serde::Serialize;

use crate::evaluate::Scope;
use crate::evaluate::chart::Entry;
use crate::evaluate::occurrence::Occurrence;
use crate::evaluate::result::Verdict;
use crate::model::criterion::{Criterion, Retest};
use crate::model::date::{Date, Day};
use crate::model::name::Name;
use crate::model::record::FactValue;
use crate::model::trial::Trial;
use crate::sort::Sorted;

/// Who or what allows another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Allowance {
    /// Time: the protocol says after how long.
    After,
    /// The investigator.
    Investigator,
    /// Nobody: the protocol rules it out.
    Never,
}

/// Whether what failed may be tried again, as the protocol has it. What time alone will change is told apart, in `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Again {
    /// Who or what allows it.
    pub allowed: Allowance,
    /// The first day on which the protocol allows it. It is counted from the newest day of the facts that decided; from
    /// the as-of day, where one of them has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
}

impl Again {
    pub(crate) fn of(scope: &Scope<'_>, criterion: &Criterion, verdict: Verdict, because: &[&Name]) -> Option<Again> {
        if verdict != Verdict::Fail {
            return None;
        }
        let allowed = |allowed| Some(Again { allowed, from: None });
        match criterion.retest {
            Retest::Never => allowed(Allowance::Never),
            Retest::Investigator => allowed(Allowance::Investigator),
            Retest::After(duration) => {
                let today = scope.as_of.now().day;
                let mut cited = Sorted::default();
                for id in because {
                    cited.insert(*id, ());
                }
                let deciding = scope.chart.entries().iter().filter(|fact| cited.get(&&fact.id).is_some());
                let days = deciding.map(|fact| day_of(fact, today)).collect::<Option<Vec<Day>>>();
                let failed = days.and_then(|days| days.into_iter().max()).unwrap_or(today);
                let from = Date::Day(duration.after(failed).max(today));
                Some(Again { allowed: Allowance::After, from: Some(from) })
            }
        }
    }

    /// Both together.
    fn and(self, other: Again) -> Again {
        Again { allowed: self.allowed.max(other.allowed), from: self.from.max(other.from) }
    }

    /// Either of the two, whichever is easier.
    fn or(self, other: Again) -> Again {
        let rank = |again: &Again| (again.allowed, again.from);
        if rank(&other) < rank(&self) { other } else { self }
    }

    /// What the failed criteria of a trial say together; of several cohorts, those of the one that is easiest.
    pub(crate) fn of_trial(trial: &Trial, each: &[Option<Again>]) -> Option<Again> {
        let together = |cohort: Option<&str>| {
            let concerned = |criterion: &Criterion| {
                cohort.is_none_or(|id| criterion.cohorts.is_empty() || criterion.cohorts.iter().any(|own| own == id))
            };
            let criteria = trial.eligibility.criteria.iter().zip(each);
            criteria.filter(|(criterion, _)| concerned(criterion)).filter_map(|(_, again)| *again).reduce(Again::and)
        };
        let open: Vec<&str> =
            trial.eligibility.cohorts.iter().filter(|c| c.open != Some(false)).map(|c| c.id.as_str()).collect();
        if open.is_empty() {
            return together(None);
        }
        // a cohort in which nothing failed needs no second try
        open.into_iter()
            .map(|cohort| together(Some(cohort)))
            .collect::<Option<Vec<Again>>>()?
            .into_iter()
            .reduce(Again::or)
    }
}

/// The day of a result, or the last day of what went on; today, where that is still to come.
fn day_of(fact: &Entry, today: Day) -> Option<Day> {
    match fact.value {
        FactValue::Quantity(_) | FactValue::Code(_) | FactValue::Present(_) | FactValue::Refuted(_) => {}
        FactValue::Date(_) | FactValue::Absent(_) | FactValue::Complete => return None,
    }
    match fact.when? {
        Occurrence { end: Some(end), .. } => Some(end.last_day.min(today)),
        Occurrence { end: None, .. } => Some(today),
    }
}
