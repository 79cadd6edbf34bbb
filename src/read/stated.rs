//! Words that say more than what a thing is: a bidding, a plan, a second sentence, a length of time. Nobody can be asked
//! for them by a name.
//!
//! | the words hold | as in |
//! |---|---|
//! | a cut: they end or begin with what joins, a bracket has no other side | "positive on the day of the visit or" |
//! | a clause of its own behind "or", "and", "but" | "abuse and cannot quit or patients with psychosis" |
//! | a verb of a sentence, and no "that" or "who" before it | "taking part would result in a loss of blood" |
//! | a condition | "surgery if it was urgent" |
//! | a time that was not understood | "a device within the immediate 30-day period" |
//! | a word for something said elsewhere | "use of these" |
//! | what somebody thinks | "a disease that the physician considers severe" |

use super::chinese_phrase::says_more;
use super::phrase::{JOINS, RELATES, VERBS, balanced, is_one_of, words};

/// What the words of a thing never hold.
pub(super) fn is_stated(text: &str) -> bool {
    let lower = text.to_lowercase();
    if says_more(&lower) || past_a_value(&lower) || is_cut(&lower) || lower.contains([';', ':']) {
        return true;
    }
    let words = words(&lower);
    goes_on(&words)
        || dangles(&words)
        || holds_a_clause(&words)
        || is_timed(&words)
        || points(&words)
        || is_judged(&words)
}

/// Another sentence begins behind a full stop; or it only says how somebody was diagnosed.
fn goes_on(words: &[&str]) -> bool {
    let stops = words.windows(3).any(|three| match three {
        [word, ".", next] => word.len() > 4 && next.starts_with(char::is_alphanumeric),
        _ => false,
    });
    // A property, and no thing that has it.
    const PROPERTIES: [&str; 8] = ["ic", "al", "ous", "ive", "able", "ible", "alent", "ilar"];
    const DONE: [&str; 35] = [
        "currently",
        "presently",
        "recently",
        "previously",
        "ongoing",
        "history",
        "implanted",
        "unchanged",
        "recent",
        "prior",
        "previous",
        "participated",
        "participate",
        "participating",
        "participation",
        "received",
        "receiving",
        "taken",
        "used",
        "underwent",
        "undergone",
        "enrolled",
        "treated",
        "diagnosed",
        "documented",
        "expected",
        "performed",
        "planned",
        "obtained",
        "confirmed",
        "measured",
        "initiated",
        "derived",
        "scheduled",
        "completed",
    ];
    const THINGS: [&str; 8] =
        ["biologic", "topical", "anticoagulant", "diuretic", "antibiotic", "analgesic", "narcotic", "sedative"];
    if let [only] = words
        && only.is_ascii()
        && (DONE.contains(only) || PROPERTIES.iter().any(|end| only.ends_with(end)) && !THINGS.contains(only))
    {
        return true;
    }
    let how = ["by", "on", "at", "using", "according", "as", "per", "through", "via", "based"];
    let group = words.windows(2).any(|pair| pair == ["only", ":"]);
    let graded = words.windows(2).any(|pair| pair == ["grade", "0"]);
    stops || group || graded || words.first() == Some(&"diagnosed") && is_one_of(words.get(1), &how)
}

/// It ends or begins where a phrase cannot.
fn dangles(words: &[&str]) -> bool {
    const LAST: [&str; 47] = [
        "possible",
        "or",
        "and",
        "but",
        "nor",
        "of",
        "to",
        "with",
        "for",
        "at",
        "by",
        "from",
        "the",
        "an",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "that",
        "which",
        "who",
        "whose",
        "than",
        "least",
        "most",
        "either",
        "neither",
        "both",
        "as",
        "including",
        "during",
        "within",
        "prior",
        "before",
        "since",
        "until",
        "between",
        "such",
        "any",
        "other",
        "severe",
        "moderate",
        "mild",
        "only",
    ];
    const FIRST: [&str; 33] = [
        "or",
        "and",
        "but",
        "nor",
        "of",
        "than",
        "as",
        "including",
        "such",
        "i",
        "e",
        "to",
        "who",
        "which",
        "whose",
        "beyond",
        "between",
        "during",
        "after",
        "within",
        "until",
        "through",
        "throughout",
        "upon",
        "despite",
        "for",
        "if",
        "when",
        "where",
        "choosing",
        "willing",
        "agree",
        "agrees",
    ];
    let name = words.len() < 2;
    words.first() == Some(&"in") && words.get(1) != Some(&"remission")
        || !balanced(words)
        || !name && (is_one_of(words.last(), &LAST) || is_one_of(words.first(), &FIRST))
}

/// A sentence of its own among the words.
fn holds_a_clause(words: &[&str]) -> bool {
    const BEGINS: [&str; 52] = [
        "patients",
        "patient",
        "subjects",
        "subject",
        "participants",
        "participant",
        "individuals",
        "persons",
        "people",
        "those",
        "who",
        "whose",
        "has",
        "have",
        "is",
        "are",
        "was",
        "were",
        "not",
        "no",
        "never",
        "unable",
        "unwilling",
        "inability",
        "able",
        "willing",
        "will",
        "would",
        "can",
        "cannot",
        "may",
        "must",
        "should",
        "does",
        "do",
        "did",
        "if",
        "when",
        "after",
        "before",
        "during",
        "within",
        "listed",
        "awaiting",
        "needs",
        "requires",
        "refuses",
        "currently",
        "plans",
        "intends",
        "expected",
        "scheduled",
    ];
    const CONDITIONS: [&str; 9] =
        ["unless", "if", "when", "where", "provided", "whichever", "respectively", "otherwise", "whenever"];
    let skipped =
        |word: &&&str| matches!(**word, "or" | "and" | "/" | "," | "also" | "both" | "either" | "any" | "the" | "a");
    const PERMITS: [&str; 10] = [
        "permitted",
        "allowed",
        "allowable",
        "acceptable",
        "eligible",
        "permissible",
        "prohibited",
        "exclusion",
        "excluded",
        "ineligible",
    ];
    let mut relates = false;
    words.iter().enumerate().any(|(at, word)| {
        // "(Radiotherapy is excluded)" explains a word.
        if aside(words, at) {
            return false;
        }
        relates |= RELATES.contains(word);
        let behind = words.get(at + 1..).unwrap_or_default().iter().find(|word| !skipped(word));
        let joined = JOINS.contains(word) && is_one_of(behind, &BEGINS);
        let verb = VERBS.contains(word);
        let whom =
            joined && is_one_of(behind, &["patients", "patient", "subjects", "subject", "participants", "participant"]);
        whom || (joined || verb) && !relates || CONDITIONS.contains(word) || PERMITS.contains(word)
    })
}

/// In a bracket of a few words.
fn aside(words: &[&str], at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default();
    let open = before.iter().rposition(|word| matches!(*word, "(" | "["));
    let close = words.iter().skip(at).position(|word| matches!(*word, ")" | "]")).map(|close| at + close);
    open.zip(close).is_some_and(|(open, close)| {
        let inside = words.get(open + 1..close).unwrap_or_default();
        inside.len() <= 4 && !inside.iter().any(|word| matches!(*word, ")" | "]" | "if" | "unless" | "when" | "or"))
    })
}

/// A length of time, or a moment that one is counted from.
fn is_timed(words: &[&str]) -> bool {
    const UNITS: [&str; 22] = [
        "day",
        "days",
        "week",
        "weeks",
        "wk",
        "wks",
        "month",
        "months",
        "mo",
        "mos",
        "year",
        "years",
        "yr",
        "yrs",
        "hour",
        "hours",
        "hr",
        "hrs",
        "minutes",
        "lives",
        "trimester",
        "dayz",
    ];
    const COUNTS: [&str; 24] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "several",
        "few",
        "last",
        "past",
        "previous",
        "preceding",
        "next",
        "following",
        "half",
        "consecutive",
        "calendar",
        "full",
        "coming",
    ];
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let hyphened = before == Some(&"-");
        let counted = if hyphened { at.checked_sub(2).and_then(|at| words.get(at)) } else { before };
        let counts =
            is_one_of(counted, &COUNTS) || counted.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        // "A 24-hour recording" names a thing.
        let named = hyphened
            && !word.ends_with('s')
            && words.get(at + 1).is_some_and(|next| next.starts_with(char::is_alphabetic));
        UNITS.contains(word) && counts && !named
            || *word == "within"
            || *word == "prior" && words.get(at + 1) == Some(&"to")
            || *word == "before"
    })
}

/// A word for something that was said elsewhere.
fn points(words: &[&str]) -> bool {
    const HERE: [&str; 14] = [
        "study",
        "trial",
        "protocol",
        "investigation",
        "research",
        "project",
        "site",
        "center",
        "centre",
        "hospital",
        "institution",
        "indication",
        "disease",
        "condition",
    ];
    words.iter().enumerate().any(|(at, word)| {
        let names = is_one_of(words.get(at + 1), &HERE)
            || words.get(at + 1).is_some_and(|next| matches!(*next, "clinical" | "research" | "present" | "current"));
        matches!(*word, "these" | "they" | "them" | "it" | "he" | "she" | "above" | "below")
            || matches!(*word, "this" | "those") && !names
    })
}

/// What somebody thinks of it.
fn is_judged(words: &[&str]) -> bool {
    const JUDGES: [&str; 6] = ["investigator", "investigators", "physician", "clinician", "doctor", "pi"];
    const THINKS: [&str; 9] = ["opin", "discretion", "judg", "consider", "deem", "determin", "believ", "think", "feel"];
    words.iter().any(|word| JUDGES.contains(word))
        && words.iter().any(|word| THINKS.iter().any(|thinks| word.starts_with(thinks)))
}

/// "Prior (less than 30 days) or current enrolment": what is left of it begins with the bracket.
fn is_cut(lower: &str) -> bool {
    lower.starts_with('(') && lower.split_once(')').is_some_and(|(_, behind)| behind.starts_with(" or "))
}

/// "Stenosis (> 70 %), or stenting": what a value in brackets qualifies is not what follows an "or" behind it.
fn past_a_value(lower: &str) -> bool {
    lower.match_indices('(').any(|(open, _)| {
        let parts = lower.get(open..).and_then(|rest| rest.split_once(')'));
        parts.is_some_and(|(inside, behind)| inside.contains(['>', '<', '≥', '≤', '˃', '˂']) && behind.contains(" or "))
    })
}
