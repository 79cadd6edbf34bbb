//! What stands around a criterion and says only on which list it stands: "patients are excluded if they …".

use super::age::PEOPLE;
use super::clause::Clause;
use super::tail::says;
use super::token::Placed;

/// Words that name the list, the one of what includes and the one of what excludes.
const LISTS: [(&str, bool); 14] = [
    ("inclusion", false),
    ("eligibility", false),
    ("included", false),
    ("eligible", false),
    ("enrolled", false),
    ("recruited", false),
    ("excluded", true),
    ("ineligible", true),
    ("exclusion", true),
    ("not eligible", true),
    ("not be eligible", true),
    ("not be included", true),
    ("not be enrolled", true),
    ("be excluded", true),
];
const VERBS: [&str; 12] = [
    "are",
    "were",
    "is",
    "was",
    "will be",
    "must be",
    "should be",
    "can be",
    "will",
    "include",
    "includes",
    "included",
];
/// Behind the list's name, before the condition.
const OPENS: [&str; 6] = ["as follows", "the following", "if they", "if", "when they", "when"];
const STUDY: [&str; 16] = [
    "for",
    "from",
    "in",
    "into",
    "to",
    "the",
    "this",
    "study",
    "trial",
    "participation",
    "inclusion",
    "enrollment",
    "enrolment",
    "our",
    "current",
    "present",
];

/// The clause without such words at its beginning and its end; `None` where it gives leave, and asks for nothing.
pub(super) fn framed(clause: Clause<'_>) -> Option<Clause<'_>> {
    let tokens = clause.tokens;
    let from = opening(tokens, clause.excludes).or_else(|| if_they(tokens, clause.excludes)).unwrap_or(0);
    let clause = clause.part(from, tokens.len()).trimmed();
    let Some((to, ending)) = ending(clause.tokens) else { return Some(clause) };
    match (ending, clause.excludes) {
        (Ending::Leave, false) => None,
        (Ending::In, false) | (Ending::Out, true) => Some(clause.part(0, to).trimmed()),
        (Ending::Leave | Ending::In, true) | (Ending::Out, false) => Some(clause),
    }
}

/// What the last words of a sentence say of those whom it names.
#[derive(Clone, Copy)]
enum Ending {
    /// They "will be included".
    In,
    /// They "are eligible", "may be included": so may others.
    Leave,
    /// They "are excluded".
    Out,
}

/// One past the longest of the phrases that begins at a place.
fn one(tokens: &[Placed], at: usize, phrases: &[&str]) -> Option<usize> {
    phrases.iter().filter_map(|said| says(tokens, at, said)).max()
}

fn list(tokens: &[Placed], at: usize, excludes: bool) -> Option<usize> {
    let own = LISTS.iter().filter(|(_, out)| *out == excludes);
    own.filter_map(|(said, _)| says(tokens, at, said)).max()
}

/// "The exclusion criteria were", "all patients will be included if they".
fn opening(tokens: &[Placed], excludes: bool) -> Option<usize> {
    let skipped = |placed: &Placed| {
        placed.says(&["the", "all", "any", "main", "key", "they", "only", "other", "additional", "further"])
            || placed.word().is_some_and(|word| PEOPLE.contains(&word) && !AGED.contains(&word))
    };
    let at = tokens.iter().take_while(|placed| skipped(placed)).count();
    if let Some(named) = list(tokens, at, excludes).and_then(|at| one(tokens, at, &["criteria", "criterion"])) {
        let of = one(tokens, named, &["at the patient level", "for patients", "for participants", "for subjects"]);
        let at = one(tokens, of.unwrap_or(named), &VERBS)?;
        let at = one(tokens, at, &["as follows", "the following"]).unwrap_or(at);
        return Some(at + usize::from(tokens.get(at).is_some_and(|placed| placed.marks(&[':']))));
    }
    let at = one(tokens, at, &VERBS).unwrap_or(at);
    let at = list(tokens, at, excludes)?;
    let at = at + tokens.get(at..)?.iter().take_while(|placed| placed.says(&STUDY)).count();
    one(tokens, at, &OPENS).filter(|_| tokens.get(at).is_some_and(|placed| placed.says(&["if", "when"])))
}

/// "If they had …" on the list of what excludes.
fn if_they(tokens: &[Placed], excludes: bool) -> Option<usize> {
    const THEY: [&str; 8] =
        ["they", "patient", "patients", "subject", "subjects", "participant", "participants", "the"];
    let leads = excludes && tokens.first()?.says(&["if"]);
    let they = tokens.iter().skip(1).take_while(|placed| placed.says(&THEY)).count();
    let again = tokens.iter().skip(1).any(|placed| placed.says(&["if", "then", "unless"]));
    (leads && they > 0 && !again).then_some(1 + they)
}

/// "… will also be excluded from the study".
fn ending(tokens: &[Placed]) -> Option<(usize, Ending)> {
    const LAST: [(&str, Ending); 9] = [
        ("included", Ending::In),
        ("enrolled", Ending::In),
        ("recruited", Ending::In),
        ("eligible", Ending::Leave),
        ("allowed", Ending::Leave),
        ("permitted", Ending::Leave),
        ("acceptable", Ending::Leave),
        ("excluded", Ending::Out),
        ("ineligible", Ending::Out),
    ];
    const VERBS: [&str; 8] = ["are", "were", "is", "will", "be", "must", "should", "also"];
    const MAY: [&str; 3] = ["may", "can", "could"];
    let end = tokens.iter().rposition(|placed| !placed.says(&STUDY)).map_or(0, |last| last + 1);
    let last = end.checked_sub(1).and_then(|at| tokens.get(at))?;
    let (_, ending) = LAST.iter().find(|(word, _)| last.says(&[word]))?;
    let verb = |placed: &Placed| placed.says(&VERBS) || placed.says(&MAY) || placed.says(&["not"]);
    let from = tokens.get(..end - 1)?.iter().rposition(|placed| !verb(placed)).map_or(0, |before| before + 1);
    let said = tokens.get(from..end - 1)?;
    let denied = said.iter().any(|placed| placed.says(&["not"]));
    let may = said.iter().any(|placed| placed.says(&MAY) || placed.says(&["also"]));
    let before = tokens.iter().take(from).any(|placed| placed.says(&["previous", "previously", "prior", "history"]));
    let everybody = tokens.first().is_some_and(|first| first.says(&["all", "only", "any"]));
    let ending = match ending {
        _ if said.is_empty() => return None,
        Ending::In | Ending::Leave if denied => Ending::Out,
        Ending::Out if denied => Ending::Leave,
        Ending::In if may => Ending::Leave,
        // "All patients over 20 are eligible", "were eligible for the study"; but "with a previous infarct" are too
        Ending::Leave if last.says(&["eligible"]) && !may && !before && (end < tokens.len() || everybody) => Ending::In,
        Ending::In | Ending::Leave | Ending::Out => *ending,
    };
    Some((from, ending))
}

/// Words for people that say how old they are.
const AGED: [&str; 14] = [
    "children",
    "child",
    "infants",
    "infant",
    "adolescents",
    "adolescent",
    "youth",
    "adult",
    "adults",
    "age",
    "aged",
    "ages",
    "old",
    "age range",
];

/// Words that turn a list's meaning around: "are excluded" among what includes, "may be enrolled" among what excludes.
pub(super) fn turns(tokens: &[Placed], excludes: bool) -> bool {
    const OUT: [&str; 6] = ["excluded", "ineligible", "exclusion", "exclude", "excludes", "排除"];
    const IN: [&str; 9] =
        ["eligible", "included", "allowed", "permitted", "acceptable", "inclusion", "enrolled", "允许", "可以"];
    let words = if excludes { IN.as_slice() } else { &OUT };
    (0..tokens.len()).any(|at| {
        let turning = tokens.get(at).and_then(Placed::word).filter(|word| words.contains(word));
        turning.is_some_and(|word| !dates(tokens, at, word) && !takes_part(tokens, at, word) && !met(tokens, at, word))
    })
}

/// "Before inclusion", "the inclusion visit": a moment, and nothing about who is taken in.
fn dates(tokens: &[Placed], at: usize, word: &str) -> bool {
    const BEFORE: [&str; 11] =
        ["before", "from", "prior", "to", "of", "after", "since", "study", "trial", "at", "preceding"];
    const BEHIND: [&str; 5] = ["visit", "date", "day", "period", "examination"];
    const RULES: [&str; 2] = ["criteria", "criterion"];
    let said = |at: Option<usize>, words: &[&str]| at.and_then(|at| tokens.get(at)).is_some_and(|it| it.says(words));
    word == "inclusion"
        && (said(at.checked_sub(1), &BEFORE) || said(Some(at + 1), &BEHIND))
        && !said(Some(at + 1), &RULES)
}

/// "Who do not meet any exclusion criteria", "without criteria for exclusion": nobody else is meant than the two lists mean.
fn met(tokens: &[Placed], at: usize, word: &str) -> bool {
    const RULES: [&str; 3] = ["criteria", "criterion", "criterias"];
    let before = tokens.get(at.saturating_sub(7)..at).unwrap_or_default();
    let none = before.iter().rposition(|placed| placed.says(&["not", "no", "none", "without"]));
    let between = none.and_then(|none| before.get(none + 1..)).unwrap_or_default();
    let plain = between.iter().all(|placed| {
        placed
            .says(&["meet", "meeting", "met", "have", "having", "fulfil", "fulfill", "any", "one", "of", "the", "for"])
            || placed.says(&RULES)
    });
    let rules = between.iter().any(|placed| placed.says(&RULES))
        || tokens.get(at + 1).is_some_and(|placed| placed.says(&RULES));
    word == "exclusion" && none.is_some() && plain && rules
}

/// "Enrolled in another trial": somewhere else. Who may be enrolled in a part of this one is taken in.
fn takes_part(tokens: &[Placed], at: usize, word: &str) -> bool {
    const OTHER: [&str; 5] = ["a", "an", "another", "any", "other"];
    const MAY: [&str; 7] = ["may", "can", "could", "will", "should", "to", "might"];
    let says = |at: Option<usize>, words: &[&str]| at.and_then(|at| tokens.get(at)).is_some_and(|it| it.says(words));
    let may = says(at.checked_sub(1), &["be"]) && says(at.checked_sub(2), &MAY);
    matches!(word, "enrolled" | "included") && !may && says(Some(at + 1), &["in", "into"]) && says(Some(at + 2), &OTHER)
}
