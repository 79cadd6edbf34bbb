//! Words at the head of a sentence or inside a name that were dropped, or taken for part of a name.
//!
//! | the sentence | what would be wrong about what was read |
//! |---|---|
//! | "eGFR < 25 mL/min or on dialysis" | the other thing is no part of the name |
//! | "resting or post-exercise gradient > 30" | a word that says how is no name |
//! | "infarct within 48 hours of onset" | what it is about is what began |
//! | "an illness that may result in death in the next 6 months" | the one is there now, the other is to come |
//! | "persistently > 155 mmHg" | one value is not all of them |
//! | "presentation within 24 h of the injury" | the time is that of then, and not of today |
//! | "ongoing or failed prior treatment" | what is there now counts as well |
//! | "gout (for the control group only)" | it is of some alone |
//! | "LVEF < 53 %*" | a note says more of it |
//! | "fetal macrosomia with a weight > 4 kg" | the weight is not that of who is asked |
//! | "between 50 kg (inclusive) and 90 kg (exclusive)" | the bound itself is out |

use crate::model::expression::{Bound, Expression};
use crate::model::record::{Status, Subject};
use crate::model::window::Anchor;

use super::clause::{Clause, Reading};
use super::leaf::{compared, has, present, says, says_in_a_row, text};
use super::token::Placed;

/// What was read leaves out a word, or has one too many.
pub(super) fn dropped(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    let leaves = expression.leaves();
    let any = |hangs: fn(&[Placed], &Expression) -> bool| leaves.iter().any(|leaf| hangs(clause.tokens, leaf));
    any(names_another)
        || any(only_how)
        || any(since_itself)
        || any(comes_of_it)
        || any(of_then)
        || any(of_some)
        || any(goes_on_as_well)
        || any(noted_below)
        || any(of_the_unborn)
        || any(without_its_end)
        || !matches!(read, Reading::Necessary(_)) && any(all_along)
}

/// "Filtration rate by the method of … or on dialysis".
fn names_another(_: &[Placed], leaf: &Expression) -> bool {
    const OTHERS: [&str; 8] = [
        " or on ",
        " or requiring ",
        " or receiving ",
        " or undergoing ",
        " or need",
        " or history ",
        " or a history ",
        " or known ",
    ];
    const MOSTLY: [&str; 5] = ["usually", "typically", "commonly", "generally", "mostly"];
    let Some(compare) = compared(leaf) else { return false };
    let said = text(&compare.subject).map(str::to_lowercase);
    said.is_some_and(|said| OTHERS.iter().any(|other| said.contains(other)))
        || has(&compare.subject, &MOSTLY) && has(&compare.subject, &["class", "grade", "stage"])
}

/// A word that says how something is measured, and not what.
fn only_how(_: &[Placed], leaf: &Expression) -> bool {
    const HOW: [&str; 10] =
        ["resting", "fasting", "sitting", "standing", "supine", "seated", "baseline", "peak", "random", "fasted"];
    let said = present(leaf).and_then(|present| text(&present.subject));
    said.is_some_and(|said| HOW.contains(&said.to_lowercase().as_str()))
}

/// "Chest pain within 12 hours of onset": of its own, whose time is not that of what was done for it.
fn since_itself(_: &[Placed], leaf: &Expression) -> bool {
    const DONE: [&str; 27] = [
        "treatment",
        "treated",
        "therapy",
        "admission",
        "admitted",
        "hospitalization",
        "hospitalisation",
        "hospitalized",
        "ct",
        "mri",
        "imaging",
        "scan",
        "angiography",
        "thrombolysis",
        "thrombectomy",
        "surgery",
        "puncture",
        "intervention",
        "diagnosis",
        "diagnosed",
        "randomization",
        "randomisation",
        "enrollment",
        "enrolment",
        "inclusion",
        "procedure",
        "started",
    ];
    let Some(present) = present(leaf) else { return false };
    let from_onset = present.window.as_ref().is_some_and(|window| window.anchor == Anchor::Onset);
    from_onset && text(&present.subject).is_some_and(str::is_ascii) && !has(&present.subject, &DONE)
}

/// What is there now, and what may come of it.
fn comes_of_it(_: &[Placed], leaf: &Expression) -> bool {
    const MAY: [&str; 8] = [
        " that may ",
        " which may ",
        " that might ",
        " that could ",
        " which could ",
        " that will ",
        " likely to ",
        " that can ",
    ];
    const NOW: [&str; 4] = ["indication for", "indications for", "an indication for", "difficult "];
    let planned = present(leaf).filter(|present| present.status == Status::Planned);
    let said = planned.and_then(|present| text(&present.subject)).map(str::to_lowercase);
    said.is_some_and(|said| MAY.iter().any(|may| said.contains(may)) || NOW.iter().any(|now| said.starts_with(now)))
}

/// "Presentation within 24 hours of the injury".
fn of_then(tokens: &[Placed], leaf: &Expression) -> bool {
    const CAME: [&str; 9] = [
        "presentation",
        "presenting",
        "presented",
        "presents",
        "admission",
        "admitted",
        "arrival",
        "arriving",
        "arrived",
    ];
    let Expression::Elapsed(elapsed) = leaf else { return false };
    let lead = tokens.iter().take_while(|placed| placed.number().is_none()).take(8);
    lead.filter(|placed| placed.says(&CAME))
        .any(|placed| placed.word().is_some_and(|word| !has(&elapsed.since, &[word])))
}

/// "Gout (for the control group only)".
fn of_some(tokens: &[Placed], leaf: &Expression) -> bool {
    let said = present(leaf).and_then(|present| text(&present.subject)).map(str::to_lowercase);
    said.is_some_and(|said| said.contains("(for ") && said.contains(" only)"))
        || says_in_a_row(tokens, &["only"], &["for"])
            && present(leaf).is_some_and(|present| has(&present.subject, &["only"]))
}

/// "Blood pressure persistently > 155".
fn all_along(tokens: &[Placed], leaf: &Expression) -> bool {
    const ALONG: [&str; 6] = ["persistently", "consistently", "repeatedly", "sustained", "persistent", "chronically"];
    let named = compared(leaf).is_some_and(|compare| text(&compare.subject).is_none());
    let number = tokens.iter().position(|placed| placed.number().is_some()).unwrap_or(0);
    named && says(tokens.get(number.saturating_sub(5)..number).unwrap_or_default(), &ALONG)
}

/// "Ongoing or failed prior treatment", of which the past alone was read.
fn goes_on_as_well(tokens: &[Placed], leaf: &Expression) -> bool {
    const NOW: [&str; 5] = ["ongoing", "current", "currently", "active", "present"];
    const PAST: [&str; 6] = ["failed", "prior", "previous", "recent", "past", "resolved"];
    let past = present(leaf).filter(|present| present.status == Status::History);
    let said = past.and_then(|present| text(&present.subject)).map(str::to_lowercase);
    let led = said.is_some_and(|said| said.split(' ').next().is_some_and(|first| PAST.contains(&first)));
    led && says_in_a_row(tokens.get(..3).unwrap_or(tokens), &NOW, &["or", "and", "and/or"])
}

/// A unit with the sign of a note.
fn noted_below(_: &[Placed], leaf: &Expression) -> bool {
    let noted = |unit: &Option<String>| unit.as_deref().is_some_and(|unit| unit.ends_with('*'));
    ends(leaf).any(|end| noted(&end.unit))
}

/// The weight of a child that is not born yet.
fn of_the_unborn(tokens: &[Placed], leaf: &Expression) -> bool {
    let weighs = compared(leaf).is_some_and(|compare| compare.subject == Subject::concept("weight"));
    weighs && says(tokens, &["macrosomia", "macrosomic", "fetal", "foetal", "fetus", "foetus"])
}

/// "(Exclusive)", and every bound is read as one that counts.
fn without_its_end(tokens: &[Placed], leaf: &Expression) -> bool {
    says(tokens, &["exclusive"]) && ends(leaf).count() > 1 && ends(leaf).all(|end| end.inclusive)
}

fn ends(leaf: &Expression) -> impl Iterator<Item = &Bound> {
    compared(leaf).into_iter().flat_map(|compare| [&compare.low, &compare.high]).flatten()
}
