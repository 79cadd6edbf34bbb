//! Words that say when, of what or for whom something counts, and that are not in what was read.
//!
//! | the sentence | what would be wrong about what was read |
//! |---|---|
//! | "currently in a trial < 30 days ago", "evident at least 6 months" | what goes on is not over since |
//! | "prior transplant or transplant candidate", "foreseeable" | what is to come was not |
//! | "committed to the programme for an 8-week duration" | what is to come has not lasted |
//! | "expected to stop dialysis" | what happens is not planned |
//! | "without dose changes" | of what |
//! | "… except insulin, ACE inhibitors, …" | how far the exception reaches |

use crate::model::expression::Expression;
use crate::model::record::{Status, Subject};

use super::clause::{Clause, Reading};
use super::leaf::{compared, has, present, says, says_in_a_row, text};
use super::measured_so::measured_otherwise;
use super::token::Placed;

/// What was read leaves out a word that it hangs on.
pub(super) fn qualified(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    let leaves = expression.leaves();
    let any = |hangs: fn(&[Placed], &Expression) -> bool| leaves.iter().any(|leaf| hangs(clause.tokens, leaf));
    measured_otherwise(clause, read, expression)
        || any(goes_on)
        || any(to_come)
        || any(of_what)
        || since_all_along(clause.tokens, expression)
        || excepts_a_list(clause, read)
        || by_example(clause, read)
        || excepts_behind(clause, read)
        || any(seen_on)
        || any(between_two)
        || uses_beside(clause, &leaves)
        || defines_people(clause, &leaves)
        || names_an_example(clause, read, &leaves)
        || only_some(clause, read, &leaves)
        || is_modified(expression, &leaves)
        || !matches!(read, Reading::Necessary(_)) && with_and_without(&leaves)
}

/// Something that goes on, of which the time since is asked.
fn goes_on(tokens: &[Placed], leaf: &Expression) -> bool {
    const GOES_ON: [&str; 5] = ["current", "currently", "ongoing", "presently", "evident"];
    let Expression::Elapsed(elapsed) = leaf else { return false };
    let lead = tokens.first().is_some_and(|first| first.says(&GOES_ON));
    text(&elapsed.since).is_some()
        && (lead && !has(&elapsed.since, &["stopped", "ceased", "quit"])
            || has(&elapsed.since, &["enrolled", "evident", "ongoing", "hospitalized", "hospitalised", "inpatient"]))
}

/// Something to come, asked as if it was over or had lasted; something that happens, asked as if it was planned.
fn to_come(tokens: &[Placed], leaf: &Expression) -> bool {
    const COMES: [&str; 11] = [
        "candidate",
        "candidates",
        "awaiting",
        "foreseeable",
        "foreseen",
        "anticipated",
        "upcoming",
        "future",
        "impending",
        "imminent",
        "waitlisted",
    ];
    const PROMISED: [&str; 7] = ["committed", "commit", "willing", "available", "agree", "agrees", "engage"];
    const HAPPENS: [&str; 8] = ["stop", "recover", "die", "discontinue", "improve", "survive", "resolve", "worsen"];
    let Expression::Present(present) = leaf else { return false };
    match present.status {
        Status::History => has(&present.subject, &COMES),
        Status::Planned => {
            let expected = says(tokens, &["expected", "likely", "anticipated", "predicted"]);
            expected && has(&present.subject, &HAPPENS)
        }
        Status::Any => false,
        Status::Current => {
            let between = says_in_a_row(tokens, &["time"], &["between"]) && has(&present.subject, &["between"]);
            let since = text(&present.subject).is_some_and(|text| text.contains(" following completion of"));
            (between || since) && present.window.is_none()
                || present.lasting.is_some() && has(&present.subject, &PROMISED)
        }
    }
}

/// Nothing but that something changed.
fn of_what(_: &[Placed], leaf: &Expression) -> bool {
    const SAYS: [&str; 27] = [
        "planned",
        "initiation",
        "start",
        "use",
        "continuation",
        "a",
        "an",
        "any",
        "the",
        "dose",
        "doses",
        "dosage",
        "in",
        "of",
        "change",
        "changes",
        "adjustment",
        "adjustments",
        "modification",
        "modifications",
        "interruption",
        "interruptions",
        "escalation",
        "increase",
        "reduction",
        "regimen",
        "medication",
    ];
    let Expression::Present(present) = leaf else { return false };
    text(&present.subject).is_some_and(|text| text.to_lowercase().split(' ').all(|word| SAYS.contains(&word)))
}

/// "A history of pain for more than 3 months": how long it went on, and not how long ago it was.
fn since_all_along(tokens: &[Placed], read: &Expression) -> bool {
    let Expression::AllOf(parts) = read else { return false };
    let since = |subject: &Subject| {
        let goes_on = text(subject).is_some_and(|text| !text.to_lowercase().contains("diagnos"));
        goes_on && parts.iter().any(|part| matches!(part, Expression::Elapsed(elapsed) if elapsed.since == *subject))
    };
    let both = parts.iter().any(|part| {
        matches!(part, Expression::Present(present) if present.status == Status::History && since(&present.subject))
    });
    let over = |at: usize| tokens.iter().skip(at + 1).take(4).any(|placed| placed.number().is_some());
    let long = tokens.iter().enumerate().any(|(at, placed)| placed.says(&["for", "lasting"]) && over(at));
    both && long || parts.iter().any(|part| since_all_along(tokens, part))
}

/// "… except insulin, ACE inhibitors, diuretics", "… except for asthma, previous surgery, …": part of those behind it may
/// be named beside the first.
fn excepts_a_list(clause: Clause<'_>, read: &Reading) -> bool {
    let except = clause.tokens.iter().position(|placed| placed.says(&["except", "excepting"]));
    let behind = except.and_then(|at| clause.tokens.get(at + 1..)).unwrap_or_default();
    let closed = behind.first().is_some_and(|first| first.says(&["for"])) && !says(behind, &["previous", "prior"]);
    clause.excludes
        && !closed
        && matches!(read, Reading::Necessary(_) | Reading::Unclear(_, _))
        && behind.iter().filter(|placed| placed.marks(&[','])).count() > 1
}

/// "…, examples: …": what is named is one only where what stands before it is so.
fn by_example(clause: Clause<'_>, read: &Reading) -> bool {
    clause.excludes && matches!(read, Reading::Sufficient(_)) && says(clause.tokens, &["examples", "example"])
}

/// "…, not associated with an infarct": what is enough has an exception.
fn excepts_behind(clause: Clause<'_>, read: &Reading) -> bool {
    clause.excludes
        && matches!(read, Reading::Sufficient(_))
        && clause.tokens.windows(2).any(|pair| match pair {
            [comma, not] => comma.marks(&[',']) && not.says(&["not", "unless", "except", "excepting", "excluding"]),
            _ => false,
        })
}

/// "An ECG followed by an echocardiogram within 90 days": between the two, and not before today.
fn between_two(_: &[Placed], leaf: &Expression) -> bool {
    let timed = present(leaf).filter(|present| present.window.is_some());
    timed.and_then(|present| text(&present.subject)).is_some_and(|said| said.contains(" followed by "))
}

/// "History of heart failure or use of diuretics" among what excludes: the one ever, the other now.
fn uses_beside(clause: Clause<'_>, leaves: &[&Expression]) -> bool {
    let before = clause.tokens.first().is_some_and(|first| first.says(&["history", "prior", "previous"]));
    let over = |leaf: &&Expression| {
        present(leaf).is_some_and(|present| present.status == Status::History && present.window.is_none())
    };
    let uses = says_in_a_row(clause.tokens, &["or"], &["use", "using"]);
    clause.excludes && before && uses && leaves.iter().filter(|leaf| over(leaf)).count() > 1
}

/// "No ischaemia on an angiogram within 3 months": that there was one is asked as well.
fn seen_on(tokens: &[Placed], leaf: &Expression) -> bool {
    const TESTS: [&str; 9] = [
        " on coronary",
        " on angiogra",
        " on echo",
        " on ecg",
        " on mri",
        " on ct",
        " on imaging",
        " on x-ray",
        " on biopsy",
    ];
    let Expression::Present(present) = leaf else { return false };
    let seen = text(&present.subject).map(str::to_lowercase);
    let denied = tokens.iter().take(3).any(|placed| placed.says(&["no", "without", "not"]));
    denied && present.window.is_some() && seen.is_some_and(|seen| TESTS.iter().any(|test| seen.contains(test)))
}

/// "A negative test in women of childbearing potential (defined as women ≤ 50 years …)": of whom it is asked.
fn defines_people(clause: Clause<'_>, leaves: &[&Expression]) -> bool {
    const WHOM: [&str; 8] = ["women", "woman", "female", "females", "men", "male", "males", "those"];
    let defined = clause.tokens.windows(3).any(|row| match row {
        [defined, by, whom] => defined.says(&["defined"]) && by.says(&["as", "by"]) && whom.says(&WHOM),
        _ => false,
    });
    let only = clause.tokens.windows(2).enumerate().any(|(at, pair)| match pair {
        [only, close] if only.says(&["only"]) && close.marks(&[')', ']']) => {
            let bracket = clause.tokens.get(at.saturating_sub(9)..at).unwrap_or_default();
            says(
                bracket,
                &["participants", "patients", "subjects", "age", "aged", "women", "men", "children", "adults"],
            )
        }
        _ => false,
    });
    let compares = leaves.iter().any(|leaf| compared(leaf).is_some());
    !clause.excludes && compares && (defined || only)
}

/// "Kidney disease including a stenosis of > 50 %", "…; any use within 3 months": what is named is not needed.
fn names_an_example(clause: Clause<'_>, read: &Reading, leaves: &[&Expression]) -> bool {
    let number = clause.tokens.iter().position(|placed| placed.number().is_some()).unwrap_or(0);
    let before = clause.tokens.get(..number).unwrap_or_default();
    let compares = leaves.iter().any(|leaf| compared(leaf).is_some());
    let another =
        clause.tokens.windows(2).any(|pair| matches!(pair, [stop, any] if stop.marks(&[';']) && any.says(&["any"])));
    let needed = matches!(read, Reading::Necessary(_));
    clause.excludes && needed && (another || compares && leaves.len() == 1 && says(before, &["including"]))
}

/// "Men of 55 to 75 without a history of …": their age and sex are not enough.
fn only_some(clause: Clause<'_>, read: &Reading, leaves: &[&Expression]) -> bool {
    let plain = |leaf: &&Expression| match leaf {
        Expression::Compare(compare) => compare.subject == Subject::concept("age"),
        Expression::IsOneOf(one) => one.subject == Subject::concept("sex"),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    };
    !clause.excludes
        && matches!(read, Reading::Sufficient(_))
        && leaves.iter().all(plain)
        && says(clause.tokens, &["with", "without", "who", "whose"])
}

/// "SBP ≥ 180 or DBP ≥ 110, on current treatment": how it is, and no alternative to it.
fn is_modified(read: &Expression, leaves: &[&Expression]) -> bool {
    const HOW: [&str; 6] = ["on current ", "on stable ", "on optimal ", "on maximal ", "on awakening", "on exertion"];
    let modifies = |leaf: &&Expression| {
        let said = present(leaf).and_then(|present| text(&present.subject));
        said.is_some_and(|said| HOW.iter().any(|how| said.starts_with(how)))
    };
    matches!(read, Expression::AnyOf(_))
        && leaves.iter().any(|leaf| compared(leaf).is_some())
        && leaves.iter().any(modifies)
}

/// "Stroke or haemorrhage within 90 days", where a stroke was read with that time and without.
fn with_and_without(leaves: &[&Expression]) -> bool {
    let present = |leaf: &&Expression| {
        present(leaf).map(|present| (present.subject.clone(), present.status, present.window.is_some()))
    };
    let found: Vec<_> = leaves.iter().filter_map(present).collect();
    let other = |(subject, status, timed): &(Subject, Status, bool)| {
        found.iter().any(|(one, at, windowed)| one == subject && at == status && windowed != timed)
    };
    found.iter().any(other)
}
