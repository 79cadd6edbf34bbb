//! What can be worked out from what, as data.

use crate::model::concept::Concept;
use crate::model::formula::Formula;
use crate::model::medicine::{DoseClass, classes_of, members_of};
use crate::sort;

/// What is counted from a day, and the concepts that give the day.
const COUNTED: [(&str, &[&str]); 4] = [
    ("age", &["birth-date"]),
    ("corrected-age", &["birth-date", "gestational-age-at-birth"]),
    ("gestational-age", &["due-date", "last-menstrual-period"]),
    ("postmenstrual-age", &["birth-date", "gestational-age-at-birth"]),
];

/// The concepts from which another can be worked out, the one to ask for first.
///
/// # Example
///
/// ```
/// assert_eq!(trial_prescreen::sources_of("egfr"), ["creatinine", "birth-date", "sex"]);
/// assert_eq!(trial_prescreen::sources_of("vitamin-k-antagonist"), ["warfarin"]);
/// assert!(trial_prescreen::sources_of("alt").is_empty());
/// ```
pub fn sources_of(concept: &str) -> &'static [&'static str] {
    Kin::of(concept).map_or(&[], |kin| &kin.sources)
}

/// The concepts that one hangs together with.
#[derive(Debug)]
pub(crate) struct Kin {
    /// What it can be worked out from.
    pub(crate) sources: Vec<&'static str>,
    /// What belongs to it.
    pub(crate) members: Vec<&'static str>,
    /// To what it belongs.
    pub(crate) classes: Vec<&'static str>,
    /// Everything that bears on it but itself.
    pub(crate) bearing: Vec<&'static str>,
}

impl Kin {
    pub(crate) fn of(concept: &str) -> Option<&'static Kin> {
        let concept = Concept::named(concept)?;
        Some(concept.kin.get_or_init(|| Kin::new(concept.id)))
    }

    fn new(concept: &'static str) -> Kin {
        let sources = found(concept);
        let [members, classes]: [Vec<&str>; 2] = [members_of(concept).collect(), classes_of(concept).collect()];
        let mut bearing: Vec<&str> = [&sources[..], &members, &classes].concat();
        // a birth date follows from an age, and who is not pregnant has no weeks of pregnancy
        for (of, also) in [("birth-date", "age"), ("due-date", "pregnancy")] {
            bearing.extend(bearing.contains(&of).then_some(also));
        }
        sort::ascending(&mut bearing);
        bearing.dedup();
        Kin { sources, members, classes, bearing }
    }
}

fn found(concept: &'static str) -> Vec<&'static str> {
    if let Some(class) = DoseClass::of(concept) {
        let none = (class.class != concept).then_some(class.class);
        return none.into_iter().chain(class.members.iter().map(|member| member.medicine)).collect();
    }
    if let Some((_, sources)) = COUNTED.iter().find(|(counted, _)| *counted == concept) {
        return sources.to_vec();
    }
    let mut sources: Vec<&str> = members_of(concept).collect();
    let (mut age, mut sex) = (false, false);
    let (mut next, mut at) = (Some(concept), 0);
    // each is looked at once, so that this ends whatever the rows say
    while let Some(concept) = next {
        if let Some(formula) = Formula::of(concept) {
            age |= formula.takes_age || formula.adults;
            sex |= formula.takes_sex;
            for input in formula.concepts() {
                if !sources.contains(&input) {
                    sources.push(input);
                }
            }
        }
        next = sources.get(at).copied();
        at += 1;
    }
    sources.extend(age.then_some("birth-date"));
    sources.extend(sex.then_some("sex"));
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_worked_out_needs_itself() {
        assert!(Concept::all().any(|concept| !sources_of(concept.id).is_empty()));
        for concept in Concept::all() {
            assert!(!sources_of(concept.id).contains(&concept.id), "{} is worked out from itself", concept.id);
        }
    }
}
