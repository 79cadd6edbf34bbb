//! Heads over the tests of organs and blood: "adequate organ function:", "abnormal laboratory values:".
//!
//! What stands under such a head hangs together in one way only. Of other heads that cannot be told: what follows
//! "diagnosis of diabetes:" may be alternatives.

use super::fold::Glyph;
use super::group::Many;
use super::words::{Word, words};

/// What is tested.
const TESTED: [&str; 30] = [
    "function",
    "functions",
    "reserve",
    "reserves",
    "marrow",
    "organ",
    "organs",
    "liver",
    "hepatic",
    "renal",
    "kidney",
    "laboratory",
    "lab",
    "labs",
    "counts",
    "hematologic",
    "haematologic",
    "hematological",
    "haematological",
    "hematopoietic",
    "haematopoietic",
    "hematology",
    "haematology",
    "biochemistry",
    "biochemical",
    "coagulation",
    "routine",
    "indices",
    "parameters",
    "values",
];
/// How what includes must be.
const WELL: [&str; 9] =
    ["adequate", "sufficient", "acceptable", "satisfactory", "normal", "good", "laboratory", "lab", "routine"];
/// How what excludes is.
const ILL: [&str; 13] = [
    "inadequate",
    "insufficient",
    "abnormal",
    "abnormality",
    "abnormalities",
    "impaired",
    "impairment",
    "dysfunction",
    "insufficiency",
    "poor",
    "unacceptable",
    "laboratory",
    "lab",
];
/// Words that hang the parts together otherwise, deny them, or say for whom they are.
const OTHERWISE: [&str; 29] = [
    "any",
    "either",
    "one",
    "two",
    "three",
    "least",
    "some",
    "no",
    "not",
    "without",
    "never",
    "none",
    "except",
    "unless",
    "if",
    "when",
    "for",
    "outside",
    "both",
    "all",
    "each",
    "diagnosis",
    "diagnosed",
    "other",
    "excluding",
    "who",
    "with",
    "but",
    "may",
];
/// Some of the people.
const GROUPS: [&str; 5] = ["group", "cohort", "arm", "controls", "control"];
/// Words that only lead to what follows.
const LEADS: [&str; 46] = [
    "as",
    "defined",
    "by",
    "follows",
    "following",
    "the",
    "below",
    "evidenced",
    "indicated",
    "demonstrated",
    "determined",
    "shown",
    "criteria",
    "requirements",
    "standards",
    "must",
    "have",
    "has",
    "having",
    "to",
    "meet",
    "meets",
    "be",
    "is",
    "are",
    "should",
    "patients",
    "participants",
    "subjects",
    "results",
    "result",
    "tests",
    "test",
    "in",
    "and",
    "at",
    "screening",
    "baseline",
    "of",
    "stated",
    "bone",
    "blood",
    "end",
    "major",
    "examination",
    "met",
];

/// "Diabetes group:": what stands under it is of those alone.
pub(super) fn of_some(head: &[Glyph]) -> bool {
    let said = words(head, 6);
    let says = |known: &[&str]| said.iter().any(|word| known.contains(&word.text.as_str()));
    let others = ["following", "and", "or", "to", "in", "of", "criteria"];
    let colon = head.last().is_some_and(|glyph| glyph.sign == ':');
    colon && said.len() < 6 && says(&GROUPS) && !says(&OTHERWISE) && !says(&others)
}

/// How the parts under a head hang together, and whether it says nothing else; `None` where that cannot be told.
pub(super) fn function(head: &[Glyph], excludes: bool) -> Option<(Many, bool)> {
    let mut depth = 0_usize;
    let outside: Vec<Glyph> = head
        .iter()
        .filter(|glyph| {
            match glyph.sign {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .copied()
        .collect();
    let said = words(&outside, 30);
    let says = |known: &[&str]| said.iter().any(|word| known.contains(&word.text.as_str()));
    let compares = outside.iter().any(|glyph| matches!(glyph.sign, '<' | '>' | '≤' | '≥' | '='));
    let (own, other) = if excludes { (&ILL[..], &WELL[..6]) } else { (&WELL[..], &ILL[..11]) };
    let known = |word: &Word| {
        let text = word.text.as_str();
        LEADS.contains(&text) || TESTED.contains(&text) || own.contains(&text)
    };
    // "Liver function:" among what includes
    let named = !excludes && said.iter().all(known);
    if said.len() == 30
        || compares
        || !says(&TESTED)
        || !(named || says(own))
        || says(other)
        || says(&OTHERWISE)
        || says(&GROUPS)
    {
        return None;
    }
    let pure = outside.len() == head.len() && said.iter().all(known);
    Some((if excludes { Many::Any } else { Many::All }, pure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fold::fold;

    #[test]
    fn what_a_head_says() {
        let said = |text, excludes| function(&fold(text), excludes);
        assert_eq!(said("Adequate organ function as defined by:", false), Some((Many::All, true)));
        assert_eq!(said("Laboratory values at screening:", false), Some((Many::All, true)));
        assert_eq!(said("Adequate marrow function (no transfusion within 7 days):", false), Some((Many::All, false)));
        assert_eq!(said("Blood counts:", false), Some((Many::All, true)));
        assert_eq!(said("Blood counts:", true), None);
        assert_eq!(said("Severe renal or hepatic dysfunction:", true), Some((Many::Any, false)));
        assert_eq!(said("Abnormal laboratory values:", true), Some((Many::Any, true)));
        assert_eq!(said("Impaired renal function:", false), None);
        assert_eq!(said("Adequate liver function:", true), None);
        assert_eq!(said("Adequate function shown by any of:", false), None);
        assert_eq!(said("Diagnosis of diabetes:", false), None);
        assert!(of_some(&fold("Healthy control group:")) && !of_some(&fold("Any of the control group:")));
        assert_eq!(said("Adequate liver function for patients with metastases:", false), None);
    }
}
