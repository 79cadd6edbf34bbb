//! Sentences that begin a list: "Patients must meet all of the following:".

use super::fold::Glyph;
use super::section::{Heading, Section};
use super::words::{phrase, words};

const NEGATIVE: [&str; 37] = [
    "must not meet",
    "must not have",
    "must have none of",
    "must meet none of",
    "should not meet",
    "should not have",
    "will not be eligible",
    "are not eligible",
    "is not eligible",
    "not be eligible",
    "not eligible",
    "are ineligible",
    "is ineligible",
    "be ineligible",
    "will be excluded",
    "should be excluded",
    "must be excluded",
    "are excluded",
    "is excluded",
    "be excluded",
    "will exclude",
    "we exclude",
    "not meet any",
    "not be included",
    "not be enrolled",
    "not be recruited",
    "not be entered",
    "not be admitted",
    "not be accepted",
    "cannot be included",
    "cannot be enrolled",
    "cannot participate",
    "cannot take part",
    "not participate",
    "not take part",
    "excluded from",
    "excluded if",
];
const POSITIVE: [&str; 18] = [
    "must meet",
    "must satisfy",
    "must fulfill",
    "must fulfil",
    "should meet",
    "meet all",
    "meeting all",
    "fulfill all",
    "fulfil all",
    "satisfy all",
    "are eligible",
    "is eligible",
    "be eligible",
    "will be included",
    "be included",
    "be enrolled",
    "can participate",
    "can take part",
];
/// What turns a sentence round once more.
const TURNS: [&str; 15] = [
    "not", "no", "none", "never", "neither", "nor", "without", "unless", "except", "fail", "fails", "failing", "lack",
    "lacking", "absence",
];
/// Words of a sentence that says nothing but which list begins.
const SMALL: [&str; 151] = [
    "a",
    "able",
    "accepted",
    "according",
    "admitted",
    "all",
    "also",
    "an",
    "and",
    "any",
    "anyone",
    "apply",
    "are",
    "as",
    "at",
    "be",
    "been",
    "below",
    "both",
    "but",
    "can",
    "candidates",
    "cannot",
    "cases",
    "characteristics",
    "clinical",
    "condition",
    "conditions",
    "considered",
    "could",
    "criteria",
    "criterion",
    "details",
    "did",
    "do",
    "does",
    "each",
    "either",
    "eligibility",
    "eligible",
    "enroll",
    "enrolled",
    "enrollment",
    "enrolment",
    "enter",
    "entered",
    "entering",
    "entry",
    "every",
    "exclude",
    "excluded",
    "excluding",
    "exclusion",
    "exhibit",
    "following",
    "follows",
    "for",
    "from",
    "fulfil",
    "fulfill",
    "fulfilled",
    "fulfilling",
    "fulfills",
    "fulfils",
    "has",
    "have",
    "having",
    "if",
    "in",
    "include",
    "included",
    "inclusion",
    "individual",
    "individuals",
    "ineligible",
    "into",
    "investigation",
    "is",
    "items",
    "least",
    "listed",
    "may",
    "meet",
    "meeting",
    "meets",
    "met",
    "more",
    "must",
    "no",
    "not",
    "noted",
    "of",
    "one",
    "only",
    "or",
    "order",
    "our",
    "part",
    "participant",
    "participants",
    "participate",
    "participating",
    "participation",
    "patient",
    "patients",
    "people",
    "person",
    "persons",
    "points",
    "possible",
    "potential",
    "present",
    "presenting",
    "protocol",
    "recruited",
    "requirements",
    "research",
    "satisfied",
    "satisfies",
    "satisfy",
    "satisfying",
    "should",
    "shown",
    "so",
    "statements",
    "study",
    "subject",
    "subjects",
    "suitable",
    "take",
    "the",
    "their",
    "then",
    "these",
    "they",
    "this",
    "those",
    "to",
    "trial",
    "true",
    "upon",
    "volunteers",
    "we",
    "were",
    "when",
    "where",
    "who",
    "whom",
    "will",
    "with",
    "you",
];

/// "Patients must meet all of the following:"
pub(super) fn sentence(body: &[Glyph]) -> Option<Heading<'_>> {
    let words = words(body, 40);
    if words.len() < 3 || words.len() >= 40 {
        return None;
    }
    let small = |text: &str| SMALL.contains(&text) || TURNS.contains(&text);
    if !words.iter().all(|word| small(&word.text)) {
        return None;
    }
    let said = phrase(&words);
    let ends = body.last().is_some_and(|glyph| glyph.sign == ':')
        || ["following", "below", "these criteria"].iter().any(|word| said.contains(word))
        || words.last().is_some_and(|word| matches!(word.text.as_str(), "if" | "who" | "with" | "have" | "they"));
    if !ends {
        return None;
    }
    let section = spoken(&said)?;
    Some(Heading { section, qualifier: &[], rest: &[], partial: false, sentence: true })
}

/// Does an opening sentence say that those are taken in who meet what it says and announces?
pub(super) fn opens(body: &[Glyph]) -> bool {
    let words = words(body, 60);
    let said = phrase(&words);
    let turned = words.iter().any(|word| TURNS.contains(&word.text.as_str()) || word.text.starts_with("exclu"));
    let takes = ["enroll", "enrol", "include", "recruit", "be enrolled", "be included", "be recruited"];
    let all = ["meeting all", "who meet all", "fulfilling all", "who fulfil all", "who fulfill all", "satisfying all"];
    body.last().is_some_and(|glyph| glyph.sign == ':')
        && words.len() < 60
        && !turned
        && takes.iter().any(|word| said.contains(&format!("will {word}")))
        && all.iter().any(|words| said.contains(words))
}

/// Which list a sentence begins.
fn spoken(said: &str) -> Option<Section> {
    let none =
        ["none of the following", "none of these", "none of the criteria"].iter().any(|none| said.contains(none));
    let aim = ["in order to be eligible", "to be eligible", "to be included", "to be enrolled"];
    let said = aim.iter().fold(said.to_owned(), |said, aim| said.replacen(aim, "", 1));
    let section = polarity(&said, &NEGATIVE, &POSITIVE)?;
    let mut rest = said;
    for phrase in NEGATIVE {
        rest = rest.replace(phrase, " ");
    }
    let turned = rest.split(' ').any(|word| TURNS.contains(&word));
    Some(match (section, turned) {
        (Section::Inclusion, _) if none => Section::Exclusion,
        (section, false) => section,
        // said twice over: who does not meet the list is excluded, or taken in
        (_, true) => Section::Doubtful,
    })
}

/// What a sentence says of those who meet the list; both at once is doubtful.
pub(super) fn polarity(said: &str, negative: &[&str], positive: &[&str]) -> Option<Section> {
    let excluded = negative.iter().any(|phrase| said.contains(*phrase));
    let mut without = said.to_owned();
    for phrase in negative {
        without = without.replace(phrase, " ");
    }
    let included = positive.iter().any(|phrase| without.contains(phrase));
    match (included, excluded) {
        (true, false) => Some(Section::Inclusion),
        (false, true) => Some(Section::Exclusion),
        (true, true) => Some(Section::Doubtful),
        (false, false) => None,
    }
}

/// What a qualifier of a heading turns it into: "Inclusion criteria (must not meet any of these)".
pub(super) fn qualified(section: Section, qualifier: &[Glyph]) -> Section {
    let words = words(qualifier, 40);
    let said = phrase(&words);
    let turned = match spoken(&said) {
        Some(other) => other != section,
        None => false,
    };
    let absent =
        ["none of", "not have any", "not meet any", "answer no", "answers must be no", "be absent", "must be no"]
            .iter()
            .any(|phrase| said.contains(phrase));
    if turned || section == Section::Inclusion && absent { Section::Doubtful } else { section }
}

/// Does what follows a heading on its line say the contrary?
pub(super) fn turned(section: Section, rest: &[Glyph]) -> bool {
    sentence(rest).is_some_and(|further| further.section != section)
}

const CHINESE_NEGATIVE: [&str; 18] = [
    "不得入选",
    "不能入选",
    "不可入选",
    "不得入组",
    "不能入组",
    "不可入组",
    "不予入组",
    "不能纳入",
    "不得纳入",
    "不予纳入",
    "不纳入",
    "不应纳入",
    "不得参加",
    "不能参加",
    "不可参加",
    "不适合参加",
    "被排除",
    "排除",
];
const CHINESE_POSITIVE: [&str; 16] = [
    "必须符合",
    "需符合",
    "须符合",
    "应符合",
    "均符合",
    "须满足",
    "需满足",
    "应满足",
    "必须满足",
    "同时满足",
    "同时符合",
    "方可入选",
    "可入选",
    "方可入组",
    "可入组",
    "可纳入",
];
const CHINESE_TURNED: [&str; 10] = [
    "不符合以下",
    "不符合下列",
    "不符合任",
    "不满足以下",
    "不满足下列",
    "不得符合",
    "不能符合",
    "不得有",
    "不能有",
    "不具有",
];

/// "有下列情况之一者不能入选："
pub(super) fn chinese(start: &str) -> Option<Section> {
    let turned = CHINESE_TURNED.iter().find(|phrase| start.contains(**phrase));
    let without = turned.map_or_else(|| start.to_owned(), |phrase| start.replace(phrase, ""));
    let section = polarity(&without, &CHINESE_NEGATIVE, &CHINESE_POSITIVE);
    match (turned, section) {
        (None, section) => section,
        // "受试者不得有以下任一情况"
        (Some(_), None) => Some(Section::Exclusion),
        // "不符合以下条件者排除" turns it once more
        (Some(_), Some(_)) => Some(Section::Doubtful),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fold::fold;

    fn begins(text: &str) -> Option<Section> {
        sentence(&fold(text)).map(|heading| heading.section)
    }

    #[test]
    fn sentences_begin_lists() {
        assert_eq!(begins("Patients will be excluded if:"), Some(Section::Exclusion));
        assert_eq!(
            begins("Patients will be excluded if they meet any of the following criteria"),
            Some(Section::Exclusion)
        );
        assert_eq!(begins("Subjects must meet none of the following:"), Some(Section::Exclusion));
        assert_eq!(begins("A subject is eligible if none of the following apply:"), Some(Section::Exclusion));
        assert_eq!(begins("Patients who do not meet all of the following will be excluded:"), Some(Section::Doubtful));
        assert_eq!(begins("Patients are eligible unless they have any of the following:"), Some(Section::Doubtful));
        assert_eq!(begins("Patients with HIV are eligible if:"), None);
        assert_eq!(begins("Each patient must fulfill ALL of the following criteria:"), Some(Section::Inclusion));
    }
}
