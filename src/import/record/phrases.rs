//! Words around a name that change what it says, and answers in words.

use crate::model::concept::{Concept, Kind};

/// What the words around a name make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Qualified {
    Plain,
    /// It was.
    Past,
    /// It may be.
    Unsure,
    /// It is a relative's.
    Family,
    /// It is said not to be.
    Denied,
}

/// Yes or no, positive or negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Polarity {
    Yes,
    No,
}

/// What stands in brackets behind a name and says of what kind it is.
const TAGS: [&str; 13] = [
    "(disorder)",
    "(finding)",
    "(situation)",
    "(procedure)",
    "(substance)",
    "(product)",
    "(medicinal product)",
    "(clinical drug)",
    "(morphologic abnormality)",
    "(event)",
    "(observable entity)",
    "(regime/therapy)",
    "(qualifier value)",
];

/// A name in lower case, with single blanks and without its tag.
pub(super) fn plain(name: &str) -> String {
    const LONGEST: usize = 300;
    let end = name.char_indices().nth(LONGEST).map_or(name.len(), |(at, _)| at);
    let lower = name.get(..end).unwrap_or(name).to_lowercase();
    let mut words = String::with_capacity(lower.len());
    for word in lower.split_whitespace() {
        words.push_str(if words.is_empty() { "" } else { " " });
        words.push_str(word);
    }
    let tag = if words.ends_with(')') { TAGS.iter().find_map(|tag| words.strip_suffix(tag)) } else { None };
    let kept = tag.unwrap_or(&words).trim_end().trim_end_matches(['.', ',', ';']).len();
    words.truncate(kept);
    words
}

const FAMILY: [&str; 6] = ["family history", "fh:", "fhx", "mother", "father", "家族史"];
const DENIED: [&str; 16] = [
    "no ",
    "not ",
    "without ",
    "never ",
    "absence of",
    "denies",
    "denied",
    "negative for",
    "ruled out",
    "excluded",
    "free of",
    "无",
    "未",
    "否认",
    "除外",
    "排除",
];
const UNSURE: [&str; 30] = [
    "suspect",
    "possible",
    "probable",
    "presum",
    "rule out",
    "r/o",
    "risk",
    "screen",
    "exposure",
    "contact with",
    "vaccin",
    "immuniz",
    "immunis",
    "prophyla",
    "prevention",
    "carrier",
    "in situ",
    "fear of",
    "concern about",
    "education",
    "counseling",
    "counselling",
    "benign",
    "susceptib",
    "?",
    "疑似",
    "可疑",
    "筛查",
    "待排",
    "风险",
];
const PAST: [&str; 12] = [
    "history of",
    "h/o",
    "hx of",
    "status post",
    "s/p",
    "personal history",
    "previous",
    "prior",
    "old ",
    "past ",
    "病史",
    "既往",
];

/// What the words of a name, in lower case, make of it.
pub(super) fn qualified(name: &str) -> Qualified {
    let has = |words: &[&str]| stand(name, words);
    if has(&FAMILY) {
        Qualified::Family
    } else if has(&DENIED) {
        Qualified::Denied
    } else if has(&UNSURE) {
        Qualified::Unsure
    } else if has(&PAST) {
        Qualified::Past
    } else {
        Qualified::Plain
    }
}

/// One of the words begins where a word of the name does, or anywhere where words have no blanks between.
fn stand(name: &str, words: &[&str]) -> bool {
    let mut inside = false;
    name.char_indices().any(|(at, c)| {
        let rest = name.get(at..).unwrap_or_default();
        let begun = |word: &&&str| word.bytes().next() == rest.bytes().next();
        // INVARIANT: a word that may begin inside another has no sign of ASCII
        let may = !inside || !c.is_ascii();
        inside = c.is_alphanumeric();
        may && words.iter().filter(begun).any(|word| rest.starts_with(word))
    })
}

const YES: [&str; 18] = [
    "positive",
    "pos",
    "detected",
    "reactive",
    "present",
    "yes",
    "true",
    "abnormal: positive",
    "weakly positive",
    "阳性",
    "有",
    "是",
    "检出",
    "y",
    "+",
    "confirmed",
    "la6576-8",
    "la33-6",
];
const NO: [&str; 21] = [
    "negative",
    "neg",
    "not detected",
    "none detected",
    "undetected",
    "nonreactive",
    "non-reactive",
    "non reactive",
    "not present",
    "absent",
    "no",
    "false",
    "阴性",
    "无",
    "否",
    "未检出",
    "n",
    "-",
    "la6577-6",
    "la32-8",
    "not reactive",
];

/// The answer that words are, in lower case; nothing where they are anything else.
pub(super) fn polarity(concept: &str, words: &str) -> Option<Polarity> {
    if concept == "pregnancy" {
        return match words {
            "pregnant" | "patient currently pregnant" | "currently pregnant" | "怀孕" | "妊娠" => {
                Some(Polarity::Yes)
            }
            "not pregnant" | "patient not currently pregnant" | "not currently pregnant" | "未怀孕" => {
                Some(Polarity::No)
            }
            words => plainly(words),
        };
    }
    plainly(words)
}

fn plainly(words: &str) -> Option<Polarity> {
    if YES.contains(&words) {
        Some(Polarity::Yes)
    } else if NO.contains(&words) {
        Some(Polarity::No)
    } else {
        None
    }
}

/// The code of a coded concept that words in lower case stand for.
pub(super) fn code(concept: &'static Concept, words: &str) -> Option<&'static str> {
    if concept.kind != Kind::Code {
        return None;
    }
    let same = concept.codes.iter().copied().find(|code| code.to_lowercase() == words);
    same.or_else(|| match concept.id {
        "sex" => match words {
            "m" | "man" | "男" | "男性" => Some("male"),
            "f" | "woman" | "女" | "女性" => Some("female"),
            _ => None,
        },
        "smoking-status" => smoking(words),
        "urine-protein" => match words {
            "neg" | "阴性" | "-" => Some("negative"),
            "±" | "+-" | "+/-" => Some("trace"),
            "+" => Some("1+"),
            "++" => Some("2+"),
            "+++" => Some("3+"),
            "++++" => Some("4+"),
            _ => None,
        },
        _ => None,
    })
}

/// What somebody smokes, in the words of the answer lists that records use.
fn smoking(words: &str) -> Option<&'static str> {
    let has = |part: &str| words.contains(part);
    if has("unknown") || has("passive") {
        return None;
    }
    if has("never") || words == "non-smoker" || words == "从不吸烟" {
        Some("never")
    } else if has("former") || has("ex-smoker") || has("quit") || has("已戒") {
        Some("former")
    } else if has("current") || has("every day") || has("some day") || has("heavy") || has("light") || words == "smoker"
    {
        Some("current")
    } else {
        None
    }
}

/// A name of medicines as a group.
pub(super) fn is_medicine(name: &str) -> bool {
    const GROUPS: [&str; 14] = [
        "penicillin",
        "cillin",
        "antibiotic",
        "sulfa",
        "sulfonamide",
        "cephalosporin",
        "opioid",
        "statin",
        "nsaid",
        "contrast media",
        "drug allergy",
        "allergy to drug",
        "medication",
        "青霉素",
    ];
    GROUPS.iter().any(|group| name.contains(group))
}

/// The codes of an International Patient Summary for none that is known, and for nothing known about it.
pub(super) fn none_code(code: &str) -> Option<&'static str> {
    const CODES: [&str; 11] = [
        "no-known-allergies",
        "no-known-medication-allergies",
        "no-known-environmental-allergies",
        "no-known-food-allergies",
        "no-known-medications",
        "no-known-problems",
        "no-known-procedures",
        "no-allergy-info",
        "no-medication-info",
        "no-problem-info",
        "no-procedure-info",
    ];
    CODES.into_iter().find(|known| *known == code)
}

/// A name that begins as those do that say of none.
pub(super) fn may_be_none(name: &str) -> bool {
    name.trim_start().starts_with(['n', 'N', 'p', 'P', '无'])
}

/// The same in words, in lower case.
pub(super) fn none_said(name: &str) -> Option<&'static str> {
    Some(match name {
        "no known allergy" | "no known allergies" | "nka" | "无已知过敏" => "no-known-allergies",
        "no known drug allergy"
        | "no known drug allergies"
        | "no known medication allergies"
        | "nkda"
        | "无药物过敏史" => "no-known-medication-allergies",
        "no known food allergy" | "no known food allergies" => "no-known-food-allergies",
        "no known environmental allergy" | "no known environmental allergies" => "no-known-environmental-allergies",
        "no known medications" | "no current medications" | "not on any medications" | "patient not on drugs" => {
            "no-known-medications"
        }
        "no known problems" | "no current problems" | "no current problems or disability" => "no-known-problems",
        "no known procedures" | "no history of procedure" => "no-known-procedures",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_name_change_what_it_says() {
        for (name, said) in [
            ("Suspected lung cancer (situation)", Qualified::Unsure),
            ("Family history of epilepsy", Qualified::Family),
            ("No history of stroke", Qualified::Denied),
            ("History of myocardial infarction", Qualified::Past),
            ("Carcinoma in situ of prostate (disorder)", Qualified::Unsure),
            ("Diabetes mellitus", Qualified::Plain),
            ("Nocturnal epilepsy", Qualified::Plain),
            ("否认糖尿病", Qualified::Denied),
        ] {
            assert_eq!(qualified(&plain(name)), said, "{name}");
        }
    }

    #[test]
    fn an_answer_is_read_only_where_it_is_the_whole_text() {
        assert_eq!(polarity("hbsag", "non-reactive"), Some(Polarity::No));
        assert_eq!(polarity("hbsag", "positive"), Some(Polarity::Yes));
        assert_eq!(polarity("hbsag", "no specimen"), None);
        assert_eq!(polarity("pregnancy", "not pregnant"), Some(Polarity::No));
    }
}
