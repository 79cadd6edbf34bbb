//! Of which time the words for a thing speak.

use crate::model::record::Status;

use super::chinese_phrase::{dates_itself, turns};
use super::phrase::{JOINS, RELATES, is_one_of, words};

/// It speaks of another time than the words before it: "planned dialysis or prior transplant", "history of abuse and
/// currently using", "transplant or intent to transplant".
pub(super) fn is_of_another_time(status: Status, text: &str) -> bool {
    const PAST: [&str; 6] = ["prior", "previous", "past", "history", "previously", "recent"];
    const NOW: [&str; 3] = ["current", "currently", "ongoing"];
    const AHEAD: [&str; 19] = [
        "projected",
        "predicted",
        "planned",
        "planning",
        "plan",
        "plans",
        "scheduled",
        "anticipated",
        "anticipating",
        "expected",
        "expecting",
        "intend",
        "intends",
        "intending",
        "intent",
        "intention",
        "upcoming",
        "awaiting",
        "future",
    ];
    // "Pregnant or interested in becoming pregnant"
    const WISHES: [&str; 8] = ["interested", "wishing", "wish", "wishes", "desire", "desiring", "wanting", "becoming"];
    if turns(status, text) {
        return true;
    }
    let lower = text.to_lowercase();
    let words = words(&lower);
    let joined = |known: &[&str]| {
        words.iter().enumerate().any(|(at, word)| {
            let behind = words
                .get(at + 1..)
                .unwrap_or_default()
                .iter()
                .find(|word| !matches!(**word, "/" | "or" | "and" | "," | "any" | "a"));
            JOINS.contains(word) && is_one_of(behind, known)
        })
    };
    let ahead = || words.iter().any(|word| AHEAD.contains(word));
    match status {
        Status::Planned => {
            is_one_of(words.first(), &PAST)
                || joined(&PAST)
                || joined(&NOW)
                || joins_before(&words, &AHEAD)
                || joins_before(&words, &WISHES)
        }
        Status::Current => {
            joined(&PAST)
                || ahead()
                || lower.contains("side effect")
                || words.windows(3).any(|three| three == ["in", "the", "past"])
                || words.windows(2).skip(1).any(|pair| pair == ["history", "of"])
        }
        Status::History => {
            ahead()
                || is_one_of(words.first(), &["possible", "potential", "likely"])
                || joined(&[
                    "active",
                    "current",
                    "currently",
                    "ongoing",
                    "coexisting",
                    "existing",
                    "listed",
                    "awaiting",
                    "known",
                    "suspected",
                    "existence",
                    "considered",
                    "with",
                    "on",
                ])
                || is_one_of(words.first(), &NOW)
                || words.windows(2).any(|pair| matches!(pair, [",", "active" | "current" | "currently" | "ongoing"]))
                || and_now(&words)
        }
        Status::Any => false,
    }
}

/// With a window it says when once more: "active bleeding at screening, or a haemorrhage", "on a stable dose".
pub(super) fn is_of_its_own_time(text: &str) -> bool {
    const NOW: [&str; 6] = ["coexisting", "existing", "unchanged", "stable", "constant", "currently"];
    if dates_itself(text) {
        return true;
    }
    let lower = text.to_lowercase();
    let words = words(&lower);
    let at = words.windows(2).any(|pair| {
        matches!(
            pair,
            [
                "at",
                "screening"
                    | "baseline"
                    | "enrollment"
                    | "enrolment"
                    | "inclusion"
                    | "randomization"
                    | "randomisation"
                    | "admission"
            ]
        )
    });
    // "Amyloidosis, stroke, surgery within 6 months": what goes on beside what happened
    const GOES_ON: [&str; 21] = [
        "untreated",
        "concomitant",
        "stenosis",
        "active",
        "current",
        "ongoing",
        "contraindication",
        "contraindications",
        "allergy",
        "hypersensitivity",
        "intolerance",
        "disease",
        "diseases",
        "disorder",
        "disorders",
        "cardiomyopathy",
        "amyloidosis",
        "insufficiency",
        "diabetes",
        "chronic",
        "known",
    ];
    // "Known drug or alcohol abuse" is one thing.
    let one = match words.as_slice() {
        ["known", _, "or", first, _] => !matches!(*first, "a" | "an" | "any" | "history"),
        ["known", "or", "suspected", ..] => true,
        _ => false,
    };
    let words = if one { words.get(1..).unwrap_or_default() } else { &words };
    let join = words.iter().rposition(|word| JOINS.contains(word) || *word == ",").unwrap_or(0);
    let over = words.iter().position(|word| RELATES.contains(word)).is_some_and(|relates| {
        words
            .windows(2)
            .skip(relates)
            .any(|pair| matches!(pair, ["has" | "have" | "had", "been"] | ["was" | "were", _]))
    });
    let ever = words.windows(3).any(|row| matches!(row, ["at", "any", "time"]));
    // "Active disease that has required treatment": the time is that of the treatment.
    let lasts = is_one_of(words.first(), &["active", "current", "known", "chronic", "existing", "pre"])
        && words.iter().any(|word| RELATES.contains(word));
    // "Heart failure or stroke", but "hospital stay for heart failure or stroke"
    let fails = words.iter().take(join).enumerate().any(|(at, word)| {
        let before = words.get(..at).unwrap_or_default();
        *word == "failure"
            && !before.iter().any(|word| {
                matches!(*word, "acute" | "for" | "of" | "to" | "from" | "decompensated" | "worsening" | "with" | "due")
            })
    });
    at || over
        || ever
        || lasts
        || fails
        || words.iter().take(join).any(|word| GOES_ON.contains(word))
        || words.iter().any(|word| NOW.contains(word))
}

/// One of the known words stands somewhere behind what joins: "dialysis or dialysis anticipated".
fn joins_before(words: &[&str], known: &[&str]) -> bool {
    let join = words.iter().position(|word| JOINS.contains(word) || *word == ",");
    join.is_some_and(|join| words.iter().skip(join).any(|word| known.contains(word)))
}

/// "Abuse and currently using": both, and not the one or the other.
fn and_now(words: &[&str]) -> bool {
    words.windows(2).any(|pair| matches!(pair, ["and", "currently" | "current" | "ongoing"]))
}
