//! Words that say how, of what or for whom something counts, and that are not in what was read.
//!
//! | the sentence | what would be wrong about what was read |
//! |---|---|
//! | "A > 150 or B > 95, on repeated measurement", "averaged over …" | one value counts for none of the two |
//! | "mean pre- or post-dialysis pressure > 180" | a half of a word has no value |
//! | "no older than 3 months or if unavailable …" | which value counts is said in words |
//! | "> 1 mg/kg/d, equivalent to prednisone" | it counts another medicine |
//! | "currently in a trial < 30 days ago", "evident at least 6 months" | what goes on is not over since |
//! | "prior transplant or transplant candidate", "foreseeable" | what is to come was not |
//! | "committed to the programme for an 8-week duration" | what is to come has not lasted |
//! | "expected to stop dialysis" | what happens is not planned |
//! | "without dose changes" | of what |
//! | "bilirubin must not exceed 1.2 × ULN" among what excludes | it is asked for |
//! | "… except insulin, ACE inhibitors, …" | how far the exception reaches |

use crate::model::expression::{Compare, Expression, Select};
use crate::model::record::{Status, Subject};

use super::clause::{Clause, Reading};
use super::fold::shown;
use super::token::Placed;

/// What was read leaves out a word that it hangs on.
pub(super) fn qualified(clause: Clause<'_>, read: &Reading, expression: &Expression) -> bool {
    let leaves = expression.leaves();
    let any = |hangs: fn(&[Placed], &Expression) -> bool| leaves.iter().any(|leaf| hangs(clause.tokens, leaf));
    repeated(clause.tokens, &leaves)
        || any(half_a_word)
        || any(told_which)
        || any(equivalent)
        || any(goes_on)
        || any(to_come)
        || any(of_what)
        || since_all_along(clause.tokens, expression)
        || excepts_a_list(clause, read)
        || by_example(clause, read)
        || excepts_behind(clause, read)
        || in_some_state(clause.tokens, &leaves)
        || bids(clause, &leaves)
        || !matches!(read, Reading::Necessary(_)) && twice(expression)
}

fn text(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Text(text) => Some(text),
        Subject::Concept(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    }
}

/// One of the words is in the subject's own words.
fn has(subject: &Subject, words: &[&str]) -> bool {
    let split = |c: char| !c.is_alphanumeric();
    text(subject).is_some_and(|text| text.to_lowercase().split(split).any(|word| words.contains(&word)))
}

fn says(tokens: &[Placed], words: &[&str]) -> bool {
    tokens.iter().any(|placed| placed.says(words))
}

fn says_in_a_row(tokens: &[Placed], first: &[&str], second: &[&str]) -> bool {
    tokens.windows(2).any(|pair| matches!(pair, [one, other] if one.says(first) && other.says(second)))
}

/// Values that are taken several times, where not each of them says so.
fn repeated(tokens: &[Placed], leaves: &[&Expression]) -> bool {
    const TAKEN: [&str; 5] = ["averaged", "average", "averages", "duplicate", "triplicate"];
    const TIMES: [&str; 8] =
        ["measurement", "measurements", "reading", "readings", "testing", "test", "tests", "determinations"];
    let subjects =
        leaves.iter().filter_map(|leaf| if let Expression::Compare(own) = leaf { Some(&own.subject) } else { None });
    let mut said = subjects.map(|subject| has(subject, &TAKEN) || has(subject, &["repeated", "repeat"]));
    let usual = says_in_a_row(tokens, &["above", "below", "than"], &["average"]);
    let taken = says(tokens, &TAKEN) && !usual
        || says_in_a_row(tokens, &["mean"], &["of"])
        || says_in_a_row(tokens, &["repeated", "repeat"], &TIMES);
    taken && (leaves.len() > 1 || said.any(|said| !said))
}

/// "Pre- or post-dialysis": what stands behind the hyphen is missing in the first.
fn half_a_word(tokens: &[Placed], leaf: &Expression) -> bool {
    let Expression::Compare(_) = leaf else { return false };
    let half = tokens.windows(3).any(|row| match row {
        [word, hyphen, or] => {
            word.says(&["pre", "post", "intra", "inter", "mid", "non", "systolic", "left", "right"])
                && hyphen.marks(&['-'])
                && or.says(&["or", "and"])
        }
        _ => false,
    });
    half && says(tokens, &["mean", "average", "median", "highest", "lowest"])
}

/// Which of several values counts is said in words.
fn told_which(tokens: &[Placed], leaf: &Expression) -> bool {
    let Expression::Compare(_) = leaf else { return false };
    says_in_a_row(tokens, &["no"], &["older"])
        || says_in_a_row(tokens, &["if"], &["unavailable"])
        || says(tokens, &["invalid"])
}

/// A dose of another medicine.
fn equivalent(tokens: &[Placed], leaf: &Expression) -> bool {
    const WORDS: [&str; 3] = ["equivalent", "equivalents", "equiv"];
    let Expression::Compare(compare) = leaf else { return false };
    says(tokens, &WORDS) && text(&compare.subject).is_some() && !has(&compare.subject, &WORDS)
}

/// Something that goes on, of which the time since is asked.
fn goes_on(tokens: &[Placed], leaf: &Expression) -> bool {
    const GOES_ON: [&str; 5] = ["current", "currently", "ongoing", "presently", "evident"];
    let Expression::Elapsed(elapsed) = leaf else { return false };
    let lead = tokens.first().is_some_and(|first| first.says(&GOES_ON));
    text(&elapsed.since).is_some()
        && (lead && !has(&elapsed.since, &["stopped", "ceased", "quit"])
            || has(&elapsed.since, &["enrolled", "evident", "ongoing"]))
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
    const SAYS: [&str; 22] = [
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

/// "The following criteria during exercise: …": of each of them.
fn in_some_state(tokens: &[Placed], leaves: &[&Expression]) -> bool {
    let compares = leaves.iter().any(|leaf| matches!(leaf, Expression::Compare(_)));
    let colon = tokens.iter().position(|placed| placed.marks(&[':'])).unwrap_or(0);
    let lead = tokens.get(..colon).unwrap_or_default();
    const WHAT: [&str; 5] = ["criteria", "parameters", "findings", "values", "measurements"];
    compares && says_in_a_row(lead, &WHAT, &["during", "under", "after", "on", "while", "upon"])
}

/// "ALT > 3 or patients with metastases whose ALT > 5": of two bounds of one thing, one is of some people alone.
fn twice(read: &Expression) -> bool {
    let bound = |part: &Expression| match part {
        Expression::Compare(compare) => {
            let (low, end) = match (&compare.low, &compare.high) {
                (Some(low), None) => (true, low),
                (None, Some(high)) => (false, high),
                (Some(_), Some(_)) | (None, None) => return None,
            };
            Some((compare.subject.clone(), low, end.unit.clone(), compare.window.clone(), end.value))
        }
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => None,
    };
    let Expression::AnyOf(parts) = read else { return false };
    let bounds: Vec<_> = parts.iter().filter_map(bound).collect();
    let same = bounds.iter().enumerate().any(|(at, (subject, low, unit, window, value))| {
        bounds.iter().skip(at + 1).any(|(other, down, measure, when, bound)| {
            (subject, low, unit, window) == (other, down, measure, when) && value != bound
        })
    });
    same || parts.iter().any(twice)
}

/// "Bilirubin must not exceed 1.2 × ULN" among what excludes: what is asked for, on the wrong list.
fn bids(clause: Clause<'_>, leaves: &[&Expression]) -> bool {
    let compares = leaves.iter().any(|leaf| matches!(leaf, Expression::Compare(_)));
    let said = shown(clause.glyphs()).to_lowercase();
    let bids = ["must be", "must not", "must have", "should be", "should not", "shall be", "shall not"];
    clause.excludes && compares && bids.iter().any(|bids| said.contains(bids))
}

/// "Any haemoglobin < 8 within 30 days": one such value is enough.
pub(super) fn of_any(clause: Clause<'_>, read: Reading) -> Reading {
    let any = clause.excludes && clause.tokens.first().is_some_and(|first| first.says(&["any"]));
    match read {
        Reading::Whole(read) if any => Reading::Whole(of_any_in(read)),
        Reading::Unclear(inner, doubt) => Reading::Unclear(Box::new(of_any(clause, *inner)), doubt),
        read @ (Reading::Whole(_) | Reading::Necessary(_) | Reading::Sufficient(_) | Reading::Doubtful(_)) => read,
    }
}

fn of_any_in(read: Expression) -> Expression {
    match read {
        Expression::Compare(compare) if compare.window.is_some() => {
            Expression::Compare(Compare { select: Select::Any, ..compare })
        }
        other @ (Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_)) => other,
    }
}
