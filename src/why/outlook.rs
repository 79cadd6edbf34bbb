//! What time, or a little, would change for somebody: enough for a list of many.

use serde::Serialize;

use crate::evaluate::compiled::Compiled;
use crate::evaluate::{self, Determination, Evaluation};
use crate::model::date::Date;
use crate::model::moment::AsOf;
use crate::model::record::Record;
use crate::model::trial::Trial;
use crate::why::verdicts::Search;
use crate::why::{NearMiss, near};

/// When it is worth looking at somebody again, and how near it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outlook {
    /// From when on another try is worth it, of somebody who is ruled out: by each failed criterion's rule and by time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_back: Option<Date>,
    /// The last day or minute on which the facts, by time alone, do not rule the person out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_until: Option<Date>,
    /// The first day or minute on which time alone brings another determination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// That determination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Determination>,
    /// The last day or minute on which every verdict stands as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Where one criterion alone rules the person out, and one compared value alone makes it: that value, the nearest
    /// to its bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<NearMiss>,
}

/// What time, or a little, would change.
///
/// # Example
///
/// ```
/// use trial_prescreen::{AsOf, Fact, FactValue, Quantity, Record, Subject, import, outlook};
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
///   "source":{"document":"","item":"1"},
///   "expression":{"compare":{"subject":{"concept":"nihss"},"low":{"value":"8"},"high":{"value":"20"}}}}]}}"#;
/// let trial = import::trial(text.as_bytes())?.output;
/// let as_of = AsOf::new("2026-03-15".parse()?).ok_or("no moment")?;
/// let value = FactValue::Quantity(Quantity::exactly("7".parse()?, None));
/// let record = Record::new(vec![Fact::new("f1", Subject::concept("nihss"), value)]);
/// let near = outlook(&trial, &record, &as_of).near.ok_or("a near miss")?;
/// assert_eq!((near.criterion.as_str(), near.margin.distance.to_string()), ("I1", "-1".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn outlook(trial: &Trial, record: &Record, as_of: &AsOf) -> Outlook {
    of(trial, &Compiled::new(trial), record, as_of)
}

/// The same of a trial that was made ready before.
pub(crate) fn of(trial: &Trial, compiled: &Compiled, record: &Record, as_of: &AsOf) -> Outlook {
    let evaluation = evaluate::of(trial, compiled, record, as_of);
    Outlook {
        call_back: evaluation.call_back(trial),
        possible_until: evaluation.screening.as_ref().and_then(|dates| dates.latest),
        from: evaluation.from,
        then: evaluation.then,
        expires: evaluation.expires,
        near: miss(trial, &evaluation, record, as_of),
    }
}

fn miss(trial: &Trial, evaluation: &Evaluation, record: &Record, as_of: &AsOf) -> Option<NearMiss> {
    let [alone] = <[String; 1]>::try_from(near::alone(trial, evaluation)).ok()?;
    let own = evaluation.criteria.iter().find(|found| found.id.as_str() == alone)?;
    own.atoms.iter().find(|atom| atom.margin.is_some())?;
    let misses = near::misses(&Search::new(trial, record, as_of));
    misses.into_iter().find(|miss| miss.alone && miss.criterion == alone)
}
