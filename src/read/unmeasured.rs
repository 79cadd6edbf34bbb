//! Words that are no name of something measured: "but", "measuring on a scan", "03 Grade".

use super::chinese_phrase::measures_nothing;
use super::phrase::{JOINS, RELATES, VERBS, balanced, is_one_of, words};
use super::token::is_chinese;

/// What the words for something measured never hold, and what they always do: "but", "measuring on a scan", "03 Grade".
pub(super) fn is_no_measure(text: &str) -> bool {
    const BEGIN: [&str; 54] = [
        "willing",
        "agree",
        "agrees",
        "agreeing",
        "currently",
        "usage",
        "prepare",
        "preparing",
        "completing",
        "its",
        "their",
        "his",
        "her",
        "equivalent",
        "equivalents",
        "but",
        "or",
        "and",
        "nor",
        "history",
        "no",
        "without",
        "including",
        "i",
        "e",
        "use",
        "treatment",
        "measuring",
        "having",
        "requiring",
        "receiving",
        "undergoing",
        "taking",
        "to",
        "if",
        "when",
        "with",
        "of",
        "in",
        "on",
        "by",
        "for",
        "than",
        "as",
        "due",
        "because",
        "patients",
        "subjects",
        "participants",
        "satisfying",
        "meeting",
        "showing",
        "continue",
        "continuing",
    ];
    const WHOM: [&str; 10] = [
        "patients",
        "subjects",
        "participants",
        "patient",
        "subject",
        "participant",
        "men",
        "women",
        "males",
        "females",
    ];
    const SMALL: [&str; 22] = [
        "the", "a", "an", "of", "is", "are", "was", "be", "in", "at", "to", "with", "than", "least", "most", "or",
        "and", "but", "by", "for", "on", "as",
    ];
    let lower = text.to_lowercase();
    if !lower.is_ascii() && lower.chars().any(is_chinese) {
        return measures_nothing(&lower);
    }
    let words = words(&lower);
    let last = words.iter().rposition(|word| !SMALL.contains(word) && *word != ",");
    let words = words.get(..last.map_or(0, |last| last + 1)).unwrap_or_default();
    let says = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && !SMALL.contains(word)
            && !matches!(*word, "eg" | "ie")
    };
    let verbs = words.iter().enumerate().any(|(at, word)| {
        let next =
            words.get(at + 1..).unwrap_or_default().iter().find(|word| !matches!(**word, "/" | "or" | "and" | ","));
        let does = next.is_some_and(|next| {
            VERBS.contains(next)
                || matches!(
                    *next,
                    "continue" | "receive" | "require" | "receiving" | "requiring" | "undergoing" | "admitted"
                )
        });
        VERBS.contains(word) && at > 0 || RELATES.contains(word) || JOINS.contains(word) && does
    });
    let counts = is_one_of(words.first(), &["one", "any", "two", "three", "some"])
        && is_one_of(words.get(1), &["of", "or", "more"]);
    let symbol = lower.ends_with('+')
        || words.windows(3).any(|three| matches!(three, [_, "/", next] if next.starts_with(char::is_alphabetic)));
    let once = words
        .iter()
        .take(3)
        .any(|word| matches!(*word, "history" | "prior" | "previous" | "previously" | "ever" | "lifetime"));
    // "CTCAE grade" of nothing, "at randomisation"
    const RANKS: [&str; 26] = [
        "ctcae",
        "ctc",
        "nci",
        "grade",
        "grades",
        "version",
        "class",
        "stage",
        "level",
        "score",
        "screening",
        "baseline",
        "randomization",
        "randomisation",
        "visit",
        "week",
        "day",
        "month",
        "enrollment",
        "enrolment",
        "admission",
        "at",
        "inclusion",
        "v",
        "criteria",
        "the",
    ];
    let nothing = words.iter().all(|word| RANKS.contains(word) || !word.chars().any(char::is_alphabetic));
    // "Left (> 6 cm) dilation"
    const QUALITIES: [&str; 23] = [
        "significant",
        "diameter",
        "length",
        "width",
        "size",
        "thickness",
        "volume",
        "area",
        "distance",
        "depth",
        "number",
        "left",
        "right",
        "upper",
        "lower",
        "severe",
        "recent",
        "mild",
        "moderate",
        "abnormal",
        "elevated",
        "low",
        "high",
    ];
    let quality = matches!(words, [only] if QUALITIES.contains(only) || only.ends_with("ally"));
    let listed = words.windows(2).any(|pair| matches!(pair, [",", "or" | "and"]));
    // "A mortality similar to grade 2": of others
    let likened = words.iter().any(|word| matches!(*word, "similar" | "compared" | "comparable" | "versus"));
    counts
        || likened
        || listed
        || quality
        || nothing
        || once
        || is_one_of(words.first(), &BEGIN)
        || words.first().is_some_and(|first| first.len() > 1 && first.starts_with('0'))
        || !balanced(words)
        || words.last() == Some(&"/")
        || !words.iter().any(says) && !symbol
        || words.iter().any(|word| WHOM.contains(word))
        || verbs
}
