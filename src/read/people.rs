//! Whom a heading, or the beginning of a line, is about.

use super::fold::{Glyph, trim};
use super::section::LEADING;
use super::words::{Word, phrase, words};

const PEOPLE: [&str; 42] = [
    "cohort",
    "cohorts",
    "group",
    "groups",
    "arm",
    "arms",
    "part",
    "parts",
    "phase",
    "patient",
    "patients",
    "subjects",
    "participants",
    "volunteers",
    "controls",
    "control",
    "cases",
    "women",
    "men",
    "females",
    "males",
    "donors",
    "donor",
    "recipients",
    "caregivers",
    "carers",
    "children",
    "adults",
    "adolescents",
    "infants",
    "parents",
    "mothers",
    "fathers",
    "sample",
    "samples",
    "substudy",
    "villages",
    "stratum",
    "individuals",
    "siblings",
    "partners",
    "clinicians",
];
const EVERYBODY: [&str; 39] = [
    "order",
    "eligible",
    "select",
    "selected",
    "global",
    "general",
    "overall",
    "seeking",
    "all",
    "the",
    "patients",
    "subjects",
    "participants",
    "study",
    "trial",
    "this",
    "for",
    "of",
    "in",
    "are",
    "enrolled",
    "include",
    "included",
    "each",
    "every",
    "both",
    "screening",
    "visit",
    "baseline",
    "enrollment",
    "enrolment",
    "entry",
    "at",
    "prior",
    "participation",
    "patient",
    "subject",
    "participant",
    "into",
];
const QUANTIFIERS: [&str; 33] = [
    "consist",
    "following",
    "any",
    "criteria",
    "must",
    "meet",
    "met",
    "be",
    "as",
    "follows",
    "is",
    "to",
    "one",
    "or",
    "more",
    "have",
    "has",
    "apply",
    "fulfilled",
    "fulfil",
    "fulfill",
    "satisfied",
    "satisfy",
    "present",
    "answer",
    "answers",
    "yes",
    "no",
    "not",
    "who",
    "will",
    "should",
    "excluded",
];
/// Whom or what the items under a heading are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About<'g> {
    Everybody,
    Some(&'g [Glyph]),
    Thing(&'g [Glyph]),
}

/// What a heading is about that is nobody, and without which its items mean something else.
const THINGS: [&str; 25] = [
    "eye",
    "eyes",
    "lesion",
    "lesions",
    "vessel",
    "vessels",
    "tumor",
    "tumour",
    "knee",
    "hip",
    "tooth",
    "teeth",
    "site",
    "specimen",
    "ecg",
    "electrocardiogram",
    "visit",
    "check",
    "randomization",
    "procedure",
    "procedural",
    "biopsy",
    "imaging",
    "clinic",
    "extension",
];

/// Whom the qualifier of a heading means.
pub(super) fn about(qualifier: &[Glyph]) -> About<'_> {
    let words = words(qualifier, 30);
    let known = |text: &str| EVERYBODY.contains(&text) || QUANTIFIERS.contains(&text) || LEADING.contains(&text);
    // "A patient" is anybody, "study A" is not.
    let anybody = |at: usize| {
        words.get(at + 1).is_some_and(|next| matches!(next.text.as_str(), "patient" | "subject" | "participant"))
    };
    let everybody = |(at, word): (usize, &Word)| known(&word.text) || word.text == "a" && anybody(at);
    if words.iter().enumerate().all(everybody) || all(&words) {
        About::Everybody
    } else if words.iter().any(|word| THINGS.contains(&word.text.as_str())) && !mentions(&words) {
        About::Thing(qualifier)
    } else {
        About::Some(qualifier)
    }
}

/// Does a heading speak of people?
pub(super) fn mentions(words: &[Word]) -> bool {
    words.iter().any(|word| PEOPLE.contains(&word.text.as_str()))
}

/// "Both arms", "All enrolled subjects".
pub(super) fn all(words: &[Word]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let first = if first.text == "for" { rest.first().unwrap_or(first) } else { first };
    let known = |word: &Word| {
        let text = word.text.as_str();
        EVERYBODY.contains(&text) || PEOPLE.contains(&text) || matches!(text, "and" | "two" | "three")
    };
    matches!(first.text.as_str(), "all" | "both" | "each" | "every") && words.iter().all(known)
}

/// A heading for a part of a study: "Main data study:", "Biomarker sub-study:".
pub(super) fn study(words: &[Word]) -> bool {
    const STUDY: [&str; 12] = [
        "study", "substudy", "trial", "cohort", "cohorts", "group", "part", "phase", "arm", "stage", "sample",
        "controls",
    ];
    words.len() <= 8
        && words.iter().any(|word| STUDY.contains(&word.text.as_str()))
        && !words.iter().any(|word| matches!(word.text.as_str(), "following" | "any" | "these" | "must" | "if"))
}

const FAMILIES: [&str; 12] =
    ["cohort", "cohorts", "group", "groups", "arm", "arms", "part", "parts", "phase", "sample", "stratum", "substudy"];

/// The names in "Cohort A", "Parts 1 and 2", "for patients in Group 2", "Part1": the family without its plural, and its
/// labels.
pub(super) fn family(words: &[Word]) -> Option<(String, Vec<String>)> {
    if let [word] = words
        && let Some((name, number)) =
            word.text.split_at_checked(word.text.trim_end_matches(|c: char| c.is_ascii_digit()).len())
        && FAMILIES.contains(&name)
        && matches!(number.len(), 1 | 2)
    {
        return Some((name.to_owned(), vec![number.to_owned()]));
    }
    let lead = words.iter().position(|word| FAMILIES.contains(&word.text.as_str()))?;
    let small = |text: &str| {
        matches!(
            text,
            "for"
                | "in"
                | "patients"
                | "participants"
                | "subjects"
                | "the"
                | "enrolled"
                | "only"
                | "to"
                | "specific"
                | "additional"
                | "of"
        )
    };
    if !words.get(..lead)?.iter().all(|word| small(&word.text)) {
        return None;
    }
    let family = words.get(lead)?.text.trim_end_matches('s').to_owned();
    let mut labels = Vec::new();
    for word in words.get(lead + 1..)? {
        let text = word.text.as_str();
        let roman = !text.is_empty() && text.len() <= 3 && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        let number = text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 2;
        let letter = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic());
        if roman || number || letter {
            labels.push(text.to_owned());
        } else if !matches!(text, "and" | "or" | "cohort" | "group" | "arm" | "part" | "only" | "specific") {
            return None;
        }
    }
    (!labels.is_empty()).then_some((family, labels))
}

/// The Chinese names: `队列A`, `A组`, `第一部分`.
pub(super) fn chinese_family(said: &str) -> Option<(String, Vec<String>)> {
    let label = |text: &str| {
        let mut signs = text.chars();
        let first = signs.next()?;
        let known = first.is_ascii_alphanumeric() || "一二三四五六甲乙丙".contains(first);
        (known && signs.next().is_none()).then(|| first.to_lowercase().to_string())
    };
    let said = said.strip_prefix("仅").unwrap_or(said).trim();
    let one = |family: &str, text: &str| label(text.trim()).map(|label| (family.to_owned(), vec![label]));
    if let Some(rest) = said.strip_prefix("队列") {
        return one("队列", rest);
    }
    if let Some(rest) = said.strip_suffix('组') {
        return one("组", rest);
    }
    let rest = said.strip_prefix('第')?;
    rest.strip_suffix("部分").and_then(|rest| one("部分", rest)).or_else(|| one("阶段", rest.strip_suffix("阶段")?))
}

/// The people whom a line is about by its first words, and the rest of it: "Cohort B only: …".
pub(super) fn leading(body: &[Glyph]) -> Option<(&[Glyph], &[Glyph])> {
    let at = body.iter().take(60).position(|glyph| matches!(glyph.sign, ':' | ','))?;
    let (name, rest) = (trim(body.get(..at)?), trim(body.get(at + 1..)?));
    let colon = body.get(at).is_some_and(|glyph| glyph.sign == ':');
    let before = words(name, 8);
    let prepositional = before.first().is_some_and(|word| matches!(word.text.as_str(), "for" | "in"));
    let named = family(&before).is_some() && (colon || prepositional);
    let chinese = colon && chinese_family(&phrase(&before)).is_some();
    let group = colon && (is_group(&before) || prepositional && mentions(&before));
    ((named || chinese || group) && !rest.is_empty()).then_some((name, rest))
}

/// "Control group", "high risk cohort"; no "age group".
fn is_group(words: &[Word]) -> bool {
    let says = |word: Option<&Word>, known: &[&str]| word.is_some_and(|word| known.contains(&word.text.as_str()));
    let (last, before) = (words.last(), words.len().checked_sub(2).and_then(|at| words.get(at)));
    words.len() > 1
        && says(last, &["group", "cohort", "arm", "controls"])
        && !says(before, &["age", "blood", "sex", "ethnic", "muscle", "language", "study", "the", "a"])
}

/// The people whom a line is about by its last words, and what stands before: "… (Cohort B only)".
pub(super) fn trailing(body: &[Glyph]) -> Option<(&[Glyph], &[Glyph])> {
    let mut end = body;
    while let [rest @ .., last] = end
        && (matches!(last.sign, '.' | ';') || last.sign.is_whitespace())
    {
        end = rest;
    }
    let [inner @ .., Glyph { sign: ')' | ']', .. }] = end else { return None };
    let from = inner.len().saturating_sub(60);
    let open = from + inner.get(from..)?.iter().rposition(|glyph| matches!(glyph.sign, '(' | '['))?;
    let name = trim(inner.get(open + 1..)?);
    let rest = trim(inner.get(..open)?);
    let said = words(name, 8);
    let named = family(&said).is_some() || chinese_family(&phrase(&said)).is_some();
    (named && !rest.is_empty()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fold::{fold, shown};

    #[test]
    fn whom_a_line_is_about() {
        let parted = |text: &str| leading(&fold(text)).map(|(name, rest)| (shown(name), shown(rest)));
        assert_eq!(parted("Cohort B only: walks"), Some(("Cohort B only".to_owned(), "walks".to_owned())));
        assert_eq!(parted("For Part 2, walks"), Some(("For Part 2".to_owned(), "walks".to_owned())));
        assert_eq!(parted("A组：能行走").map(|(name, _)| name), Some("A组".to_owned()));
        assert_eq!(parted("Part1：能行走").map(|(name, _)| name), Some("Part1".to_owned()));
        assert_eq!(parted("Group 1 pulmonary hypertension: walks"), None);
        assert_eq!(parted("Hepatitis A, B or C"), None);
        let behind = |text: &str| trailing(&fold(text)).map(|(name, rest)| (shown(name), shown(rest)));
        assert_eq!(behind("Walks (Cohort 2 only)."), Some(("Cohort 2 only".to_owned(), "Walks".to_owned())));
        assert_eq!(behind("Pulmonary hypertension (group 1, WHO)"), None);
    }
}
