//! What a log keeps of a trial and of an evaluation.

use crate::evaluate::{CriterionEvaluation, Evaluation, Gap, Verdict, closers};
use crate::log::age::Age;
use crate::log::event::{Assessment, CohortOutcome, Edition, Failed, Listed, Need, Pending};
use crate::model::criterion::Criterion;
use crate::model::moment::AsOf;
use crate::model::record::{FactValue, Record, Respondent, Subject};
use crate::model::trial::Trial;
use crate::receipt;

impl Edition {
    /// The version of a trial, of the text of its document.
    pub fn of(trial: &Trial, document: &str) -> Edition {
        let words = |criterion: &Criterion| {
            let text = criterion.text.get("en").or_else(|| criterion.text.values().next());
            let text = text.map(|text| if text.short.is_empty() { &text.full } else { &text.short });
            text.cloned().unwrap_or_default()
        };
        let listed = |criterion: &Criterion| Listed {
            id: criterion.id.clone(),
            category: criterion.category,
            item: criterion.source.item.clone(),
            text: words(criterion),
        };
        Edition {
            trial: trial.id.clone(),
            document: trial.version.document,
            protocol: trial.version.protocol.clone(),
            amendment: trial.version.amendment.clone(),
            digest: receipt::of_document(document),
            criteria: trial.eligibility.criteria.iter().map(listed).collect(),
        }
    }

    /// What the protocol calls a criterion: its own number, or else its id.
    pub fn called<'a>(&'a self, id: &'a str) -> &'a str {
        let listed = self.criteria.iter().find(|criterion| criterion.id == id);
        listed.map(|criterion| criterion.item.trim()).filter(|item| !item.is_empty()).unwrap_or(id)
    }
}

impl Assessment {
    /// What a log keeps of the evaluation of these facts: what came out, and no fact but age and sex.
    ///
    /// `document` is the text that the trial was read from, as for [`receipt`](crate::receipt()).
    pub fn of(trial: &Trial, document: &str, record: &Record, as_of: &AsOf, evaluation: &Evaluation) -> Assessment {
        let receipt = receipt::over(document, record, as_of, evaluation);
        let with = |verdict: Verdict| evaluation.criteria.iter().filter(move |criterion| criterion.verdict == verdict);
        let mut answered_by: Vec<Respondent> = record.facts.iter().map(|fact| fact.source).collect();
        answered_by.sort();
        answered_by.dedup();
        Assessment {
            as_of: evaluation.as_of,
            answered_by,
            age: Age::of(record, as_of),
            sex: sex(record),
            determination: evaluation.determination,
            cohorts: evaluation
                .cohorts
                .iter()
                .map(|cohort| CohortOutcome { id: cohort.id.clone(), determination: cohort.determination })
                .collect(),
            failed: with(Verdict::Fail).map(failed).collect(),
            pending: with(Verdict::Pending).map(|criterion| pending(trial, criterion)).collect(),
            again: evaluation.again,
            call_back: evaluation.call_back(trial),
            possible_until: evaluation.screening.as_ref().and_then(|dates| dates.latest),
            expires: evaluation.expires,
            trial: receipt.trial,
            engine: receipt.engine,
            receipt: receipt.digest,
        }
    }
}

fn sex(record: &Record) -> Option<String> {
    let subject = Subject::concept("sex");
    let mut codes = record.about(&subject).filter_map(|fact| match &fact.value {
        FactValue::Code(code) => Some(code),
        FactValue::Quantity(_)
        | FactValue::Date(_)
        | FactValue::Present(_)
        | FactValue::Refuted(_)
        | FactValue::Absent(_)
        | FactValue::Complete => None,
    });
    let first = codes.next()?;
    codes.all(|other| other == first).then(|| first.clone())
}

fn failed(criterion: &CriterionEvaluation) -> Failed {
    Failed { id: criterion.id.to_string(), again: criterion.again, from: criterion.from, then: criterion.then }
}

fn pending(trial: &Trial, criterion: &CriterionEvaluation) -> Pending {
    let need =
        |gap: &Gap| Need { about: gap.subject.key(), kind: gap.kind, missing: gap.needs, who: closers(trial, gap) };
    Pending { id: criterion.id.to_string(), needs: criterion.gaps.iter().map(need).collect() }
}
