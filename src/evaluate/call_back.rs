//! From when on another try is worth it.

use crate::evaluate::result::{CriterionEvaluation, Determination, Evaluation, Verdict};
use crate::evaluate::retest::{Again, Allowance};
use crate::model::criterion::Criterion;
use crate::model::date::Date;
use crate::model::trial::Trial;

impl Evaluation {
    /// The first day or minute on which, for each criterion that failed, the protocol's rule for another try or time
    /// alone may have made it otherwise; of several open cohorts, in the one that is first. Nothing where the person is
    /// not ruled out, where a criterion can never pass, or where no rule has a date.
    ///
    /// `trial` is the one that was evaluated.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::{AsOf, Fact, FactValue, Record, Subject, evaluate, import};
    /// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
    ///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
    ///   "source":{"document":"","item":"1"},
    ///   "expression":{"compare":{"subject":{"concept":"age"},"low":{"value":"18","unit":"a"}}}}]}}"#;
    /// let trial = import::trial(text.as_bytes())?.output;
    /// let as_of = AsOf::new("2026-03-15".parse()?).ok_or("no moment")?;
    /// let born = Fact::new("f1", Subject::concept("birth-date"), FactValue::Date("2008-05-04".parse()?));
    /// let evaluation = evaluate(&trial, &Record::new(vec![born]), &as_of);
    /// assert_eq!(evaluation.call_back(&trial), Some("2026-05-04".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn call_back(&self, trial: &Trial) -> Option<Date> {
        let pairs = || trial.eligibility.criteria.iter().zip(&self.criteria);
        let of = |cohort: Option<&str>| {
            let concerned = |criterion: &Criterion| {
                cohort.is_none_or(|id| criterion.cohorts.is_empty() || criterion.cohorts.iter().any(|own| own == id))
            };
            let failed =
                pairs().filter(|(criterion, evaluated)| evaluated.verdict == Verdict::Fail && concerned(criterion));
            let dates: Option<Vec<Option<Date>>> = failed.map(|(_, evaluated)| otherwise(evaluated)).collect();
            dates?.into_iter().flatten().max_by_key(|date| date.first_minute(0))
        };
        let open = trial.eligibility.cohorts.iter().filter(|cohort| cohort.open != Some(false));
        let open: Vec<&str> = open.map(|cohort| cohort.id.as_str()).collect();
        if self.determination != Determination::Ineligible {
            return None;
        }
        if open.is_empty() {
            return of(None);
        }
        open.into_iter().filter_map(|cohort| of(Some(cohort))).min_by_key(|date| date.first_minute(0))
    }
}

/// From when on a criterion that failed may be otherwise: `None` where it can never be, and within it none where that
/// hangs on no date.
fn otherwise(criterion: &CriterionEvaluation) -> Option<Option<Date>> {
    match (criterion.again, criterion.from) {
        (Some(Again { allowed: Allowance::Never, .. }) | None, from) => from.map(Some),
        (Some(Again { from: Some(rule), .. }), Some(time)) if time.first_minute(0) < rule.first_minute(0) => {
            Some(Some(time))
        }
        (Some(Again { from, .. }), time) => Some(from.or(time)),
    }
}
