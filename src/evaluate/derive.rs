//! Values worked out by a published formula.

use crate::evaluate::result::{Derived, Needs};
use crate::evaluate::span::{Frame, Mark};
use crate::evaluate::{Scope, age, age::Birth, reading::Reading, reading::Readings};
use crate::model::concept::Concept;
use crate::model::decimal::Exact;
use crate::model::moment::Now;
use crate::model::quantity::{End, Interval, factor_between};
use crate::model::record::{Fact, FactValue};
use crate::model::unit::Unit;
use crate::model::window::TimeUnit;

/// The name of the formula, as reasons cite it.
pub(crate) const CKD_EPI_2021: &str = "CKD-EPI 2021 (creatinine)";

/// eGFR in mL/min/1.73 m² from serum creatinine in mg/dL, the age in completed years and the sex.
///
/// Source: Inker LA et al., N Engl J Med 2021;385:1737–1749. For adults only.
///
/// # Example
///
/// ```
/// // the National Kidney Foundation's calculator shows 80 for this man
/// assert_eq!(trial_prescreen::ckd_epi_2021(1.09, 55.0, false).round(), 80.0);
/// ```
pub fn ckd_epi_2021(creatinine: f64, age: f64, female: bool) -> f64 {
    let (kappa, alpha, factor) = if female { (0.7, -0.241, 1.012) } else { (0.9, -0.302, 1.0) };
    let ratio = creatinine / kappa;
    142.0
        * libm::pow(if ratio < 1.0 { ratio } else { 1.0 }, alpha)
        * libm::pow(if ratio > 1.0 { ratio } else { 1.0 }, -1.2)
        * libm::pow(0.9938, age)
        * factor
}

/// Adds the eGFR that follows from each creatinine, age and sex; says what is missing where none follows.
pub(crate) fn egfr<'a>(scope: &Scope<'a>, frame: Option<&Frame<'a>>, now: Now, readings: &mut Readings<'a>) {
    let creatinine: Vec<&'a Fact> = scope
        .about_concept("creatinine")
        .iter()
        .copied()
        .filter(|fact| matches!(fact.value, FactValue::Quantity(_)))
        .collect();
    let births = age::births(scope);
    let wider = |a: Birth<'a>, b: Birth<'a>| Birth { first: a.first.min(b.first), last: a.last.max(b.last), ..a };
    let birth = births.iter().copied().reduce(wider);
    let sexes: Vec<(&str, bool)> = scope
        .about_concept("sex")
        .iter()
        .filter_map(|fact| match &fact.value {
            FactValue::Code(code) if code == "female" || code == "male" => Some((fact.id.as_str(), code == "female")),
            FactValue::Code(_)
            | FactValue::Quantity(_)
            | FactValue::Date(_)
            | FactValue::Present(_)
            | FactValue::Refuted(_)
            | FactValue::Absent(_)
            | FactValue::Complete => None,
        })
        .collect();
    let birth = match (creatinine.is_empty(), birth, sexes.is_empty()) {
        (false, Some(birth), false) => birth,
        (no_creatinine, birth, no_sex) => {
            let mut asks = Vec::new();
            if no_creatinine {
                asks.extend(["egfr".to_owned(), "creatinine".to_owned()]);
            }
            if birth.is_none() {
                asks.push("birth-date".to_owned());
            }
            if no_sex {
                asks.push("sex".to_owned());
            }
            readings.lacking = Some((asks, None));
            return;
        }
    };
    // two statements of the sex that differ give two values, which conflict unless both lead to the same side
    for (fact, (sex_fact, female)) in creatinine.into_iter().flat_map(|fact| sexes.iter().map(move |sex| (fact, *sex)))
    {
        let FactValue::Quantity(quantity) = &fact.value else { continue };
        let Some(interval) = in_mg_per_dl(quantity.interval(), quantity.unit.as_deref()) else {
            readings.lacking = Some((vec!["creatinine".to_owned(), "egfr".to_owned()], Some(Needs::Unit)));
            continue;
        };
        let mark = match fact.on {
            Some(when) => Mark::of(when, now),
            None => {
                readings.next.extend(birth.birthday(now));
                Mark::at(now)
            }
        };
        let years = Interval {
            low: birth.age_on(mark.first_day, TimeUnit::Year).low,
            high: birth.age_on(mark.last_day, TimeUnit::Year).high,
        };
        let adult = years.low.is_some_and(|low| low.at >= Exact::whole(18));
        if !adult {
            readings.lacking = Some((vec!["egfr".to_owned()], None));
            continue;
        }
        // the older and the more creatinine, the lower
        let value = |creatinine: Option<End>, age: Option<End>| -> Option<Exact> {
            Exact::from_formula(ckd_epi_2021(creatinine?.at.to_formula(), age?.at.to_formula(), female))
        };
        let end = |at: Option<Exact>| at.map(|at| End { at, inclusive: true });
        let Some(low) = interval.high.map_or(Some(Exact::ZERO), |_| value(interval.high, years.high)) else { continue };
        let high = value(interval.low, years.low);
        let interval = Interval { low: end(Some(low)), high: end(high) };
        let shown = interval.single().and_then(|single| single.rounded(1)).map(|d| d.to_string());
        let from: Vec<&str> =
            std::iter::once(fact.id.as_str()).chain(births.iter().map(|birth| birth.fact)).chain([sex_fact]).collect();
        let derived = shown.map(|value| Derived {
            value: format!("{value} mL/min/1.73m2"),
            formula: CKD_EPI_2021.to_owned(),
            from: from.iter().map(|id| (*id).to_owned()).collect(),
        });
        let reading = Reading {
            because: from,
            interval,
            unit: Some("mL/min/1.73m2"),
            upper: None,
            lower: None,
            when: crate::evaluate::span::Occurrence::of(fact, now),
            derived,
        };
        readings.sort(reading, frame, now);
    }
}

fn in_mg_per_dl(interval: Option<Interval>, unit: Option<&str>) -> Option<Interval> {
    let molar_mass = Concept::named("creatinine")?.molar_mass;
    interval?.times(factor_between(Unit::from_text(unit?)?, Unit::from_text("mg/dL")?, molar_mass)?)
}
