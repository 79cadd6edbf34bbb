//! What can be worked out from what, as data.

use crate::model::formula::Formula;

/// How strong glucocorticoids are: milligrams that equal 5 mg of prednisone, as numerator and denominator.
///
/// Version 1. Source: the prednisolone label approved by the US FDA, which sets 15 mg of prednisolone equal to
/// cortisone 75, hydrocortisone 60, prednisone 15, methylprednisolone 12, triamcinolone 12, dexamethasone 2.25 and
/// betamethasone 2.25 mg. For oral and intravenous use; inhaled and topical doses do not count.
pub const GLUCOCORTICOIDS: [(&str, i128, i128); 8] = [
    ("cortisone", 25, 1),
    ("hydrocortisone", 20, 1),
    ("prednisone", 5, 1),
    ("prednisolone", 5, 1),
    ("methylprednisolone", 4, 1),
    ("triamcinolone", 4, 1),
    ("dexamethasone", 3, 4),
    ("betamethasone", 3, 4),
];

/// The concepts from which another can be worked out, the one to ask for first.
///
/// # Example
///
/// ```
/// assert_eq!(trial_prescreen::sources_of("egfr"), ["creatinine", "birth-date", "sex"]);
/// assert!(trial_prescreen::sources_of("alt").is_empty());
/// ```
pub fn sources_of(concept: &str) -> Vec<&'static str> {
    if concept == "age" {
        return vec!["birth-date"];
    }
    if concept == "systemic-corticosteroid" {
        return GLUCOCORTICOIDS.iter().map(|(medicine, ..)| *medicine).collect();
    }
    let Some(formula) = Formula::of(concept) else { return Vec::new() };
    let mut sources: Vec<&str> = formula.inputs.iter().map(|(input, _)| *input).collect();
    sources.extend((formula.takes_age || formula.adults).then_some("birth-date"));
    sources.extend(formula.takes_sex.then_some("sex"));
    sources
}
