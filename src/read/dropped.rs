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
//! | "have a child of 3 to 18" | the age is not that of who is asked |
//! | "≤ 10 mg/day of prednisone" | of what stands behind it |
//! | "LVEF ≤ 25 % at the time of implantation" | the value is that of then |
//! | "were treated at the time of their stroke" | so is the state |
//! | "≥ 400 can support the diagnosis" | it is not asked for |
//! | "inability to do a valid test (RER ≥ 1.05)" | the bound is that of what is not so |
//! | "a medicine in patients with gout or patients with eGFR < 60" | of who takes it |
//! | "children, adults under 21, and pregnant women" among what excludes | any of them |

use crate::model::expression::Expression;
use crate::model::record::{Status, Subject};
use crate::model::window::Anchor;

use super::age::PEOPLE;
use super::clause::{Clause, Reading};
use super::leaf::{compared, ends, has, present, says, says_in_a_row, text};
use super::reserved::WHOM;
use super::token::{Placed, Token};

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
        || any(of_a_child)
        || any(of_the_next_word)
        || any(at_another_time)
        || any(was_so)
        || any(only_supports)
        || of_those_who(clause.tokens)
        || clause.excludes && (any(unable) || groups(clause.tokens, expression))
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
    let measured = compared(leaf).and_then(|compare| text(&compare.subject));
    said.is_some_and(|said| said.contains("(for ") && said.contains(" only)"))
        || measured.is_some_and(|said| said.contains(" only)") && !said.contains("screening only"))
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

/// "Have at least one child ≤ 6 years of age".
fn of_a_child(tokens: &[Placed], leaf: &Expression) -> bool {
    const CHILD: [&str; 8] = ["child", "children", "son", "daughter", "kid", "grandchild", "baby", "infant"];
    let aged = compared(leaf).is_some_and(|compare| compare.subject == Subject::concept("age"));
    let has_one = |at: usize| {
        let behind = tokens.get(at + 1..).unwrap_or_default().iter().take(5);
        tokens.get(at).is_some_and(|placed| placed.says(&["have", "has", "having"]))
            && behind.take_while(|placed| !placed.marks(&[',', ';'])).any(|placed| placed.says(&CHILD))
    };
    aged && (0..tokens.len()).any(has_one)
}

/// "A stable regimen with ≤ 10 mg/day of prednisone".
fn of_the_next_word(tokens: &[Placed], leaf: &Expression) -> bool {
    let Some(compare) = compared(leaf).filter(|compare| text(&compare.subject).is_some()) else { return false };
    let dose =
        ends(leaf).any(|end| end.unit.as_deref().is_some_and(|unit| unit.starts_with("mg") || unit.starts_with("ug")));
    let of = tokens.windows(3).any(|row| match row {
        [unit, of, what] => {
            matches!(unit.token, Token::Unit(_))
                && of.says(&["of"])
                && match &what.token {
                    Token::Name(_) => true,
                    Token::Word(word) => !has(&compare.subject, &[word]),
                    Token::Number(_)
                    | Token::Unit(_)
                    | Token::Sign(_)
                    | Token::After(_)
                    | Token::To
                    | Token::Mark(_) => false,
                }
        }
        _ => false,
    });
    dose && of
}

/// "At the time of implantation": of then, unless it is a moment of the study.
fn at_another_time(tokens: &[Placed], leaf: &Expression) -> bool {
    const WHOSE: [&str; 11] =
        ["the", "a", "an", "this", "their", "his", "her", "first", "initial", "being", "informed"];
    const STUDY: [&str; 27] = [
        "screening",
        "enrollment",
        "enrolment",
        "enrolled",
        "randomization",
        "randomisation",
        "consent",
        "consenting",
        "signing",
        "signature",
        "visit",
        "inclusion",
        "entry",
        "study",
        "baseline",
        "registration",
        "recruitment",
        "recruited",
        "approached",
        "assessment",
        "evaluation",
        "obtaining",
        "providing",
        "eligibility",
        "trial",
        "participation",
        "treatment",
    ];
    let Some(compare) = compared(leaf) else { return false };
    let another = |at: usize| {
        let led = says(tokens.get(at.saturating_sub(2)..at).unwrap_or_default(), &["at"]);
        let behind = tokens.get(at + 2..).unwrap_or_default();
        let what = behind.iter().find(|placed| !placed.says(&WHOSE));
        led && tokens.get(at).is_some_and(|time| time.says(&["time"]))
            && tokens.get(at + 1).is_some_and(|of| of.says(&["of"]))
            && what.is_some_and(|what| !what.says(&STUDY))
    };
    !has(&compare.subject, &["time"]) && (0..tokens.len()).any(another)
}

/// "Were receiving treatment at the time of their stroke".
fn was_so(tokens: &[Placed], leaf: &Expression) -> bool {
    let current = present(leaf).is_some_and(|present| present.status == Status::Current);
    current && tokens.first().is_some_and(|first| first.says(&["were", "was"]))
}

/// A value that speaks for something, and is not asked for.
fn only_supports(tokens: &[Placed], leaf: &Expression) -> bool {
    let speaks = says_in_a_row(tokens, &["can", "may", "could"], &["support", "suggest", "indicate", "help"]);
    compared(leaf).is_some() && speaks
}

/// "A medicine in patients with gout or patients with eGFR < 60".
fn of_those_who(tokens: &[Placed]) -> bool {
    let among = tokens.windows(2).skip(1).position(|pair| match pair {
        [among, whom] => among.says(&["in", "for", "among", "by"]) && whom.says(&WHOM),
        _ => false,
    });
    among.is_some_and(|among| says_in_a_row(tokens.get(among + 2..).unwrap_or_default(), &["or"], &WHOM))
}

/// "Inability to do a valid test (ratio ≥ 1.05)".
fn unable(tokens: &[Placed], leaf: &Expression) -> bool {
    let lead = tokens.get(..3).unwrap_or(tokens);
    compared(leaf).is_some() && says(lead, &["inability", "unable", "incapable", "cannot"])
}

/// "Children, adults under 21 years, and pregnant women": any of them is shut out.
fn groups(tokens: &[Placed], expression: &Expression) -> bool {
    let aged = |leaf: &Expression| compared(leaf).is_some_and(|compare| compare.subject == Subject::concept("age"));
    let all = matches!(expression, Expression::AllOf(parts) if parts.len() > 1 && parts.iter().any(aged));
    let listed =
        tokens.windows(2).any(|pair| matches!(pair, [comma, and] if comma.marks(&[',']) && and.says(&["and"])));
    all && listed && tokens.iter().filter(|placed| placed.says(&PEOPLE)).count() > 1
}
