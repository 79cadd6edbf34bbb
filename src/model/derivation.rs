//! What can be worked out from what, as data.

use crate::model::formula::Formula;
use crate::model::medicine::{DoseClass, members_of};

/// The concepts from which another can be worked out, the one to ask for first.
///
/// # Example
///
/// ```
/// assert_eq!(trial_prescreen::sources_of("egfr"), ["creatinine", "birth-date", "sex"]);
/// assert_eq!(trial_prescreen::sources_of("vitamin-k-antagonist"), ["warfarin"]);
/// assert!(trial_prescreen::sources_of("alt").is_empty());
/// ```
pub fn sources_of(concept: &str) -> Vec<&'static str> {
    if concept == "age" {
        return vec!["birth-date"];
    }
    if let Some(class) = DoseClass::of(concept) {
        let none = (class.class != concept).then_some(class.class);
        return none.into_iter().chain(class.members.iter().map(|member| member.medicine)).collect();
    }
    let Some(formula) = Formula::of(concept) else { return members_of(concept).collect() };
    let mut sources: Vec<&str> = formula.inputs.iter().map(|(input, _)| *input).collect();
    sources.extend((formula.takes_age || formula.adults).then_some("birth-date"));
    sources.extend(formula.takes_sex.then_some("sex"));
    sources
}
