//! What people read: the words of the bundled trials, and those in which results are told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trial_prescreen::{
    Asking, Locale, Reader, Record, Respondent, Trial, evaluate, explain, import, otherwise, reading_grade,
};

use crate::asking::{as_of, ask_all};
use crate::bundled::documents;

/// The grade that nothing is above, in hundredths.
const TARGET: i64 = 800;
/// What must be reached: 90 of 100 by the CDC's own rule, 70 as AHRQ has it.
const SCORES: [(&str, u32); 3] =
    [("CDC Clear Communication Index", 90), ("PEMAT understandability", 70), ("PEMAT actionability", 70)];

/// Promises, and words that make light of what is asked; commands and apologies in Chinese.
const BANNED: [&str; 14] = [
    "easy",
    "easily",
    "simple",
    "simply",
    "just",
    "should",
    "please",
    "sorry",
    "eligible",
    "rejected",
    "failed",
    "cure",
    "guarantee",
    "unfortunately",
];
const BANNED_ZH: [&str; 7] = ["请", "抱歉", "无效", "必填", "保证疗效", "不合格", "应该"];

fn trials() -> Vec<(String, Trial, Value)> {
    let read = |text: &String| import::trial(text.as_bytes()).expect("a bundled trial is sound").output;
    documents()
        .iter()
        .map(|(path, text)| (path.display().to_string(), read(text), serde_json::from_str(text).expect("JSON")))
        .collect()
}

/// The words in one language, but those for staff and those of sources, each with its path.
fn words<'v>(value: &'v Value, language: &str, path: &str, inside: bool, found: &mut Vec<(String, &'v str)>) {
    match value {
        Value::String(text) if inside => found.push((path.to_owned(), text)),
        Value::Object(entries) => {
            for (key, value) in entries {
                let left_out = key == "staff" || key == "full" || key == "wording" || key == "officialTitle";
                if !left_out {
                    words(value, language, &format!("{path}.{key}"), inside || key == language, found);
                }
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                words(value, language, &format!("{path}[{at}]"), inside, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn said(document: &Value, language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    words(document, language, "", false, &mut found);
    assert!(found.len() > 20);
    found.into_iter().map(|(path, text)| (path, text.to_owned())).collect()
}

/// Everything that a person is told, for many people: each paragraph once.
fn told(locale: Locale) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (_, trial, _) in trials() {
        for seed in 0_u8..24 {
            let respondent = if seed.is_multiple_of(2) { Respondent::Patient } else { Respondent::Caregiver };
            let choices: Vec<u8> =
                (0..60_u8).map(|at| at.wrapping_mul(37).wrapping_add(seed.wrapping_mul(91))).collect();
            let asking = Asking { respondent, go_on: seed.is_multiple_of(3), ..Asking::default() };
            let (_, facts) = ask_all(&trial, asking, &choices);
            let taken = facts.len() * usize::from(seed % 6) / 5;
            let record = Record::new(facts.into_iter().take(taken).collect());
            let reader = Reader { locale, respondent, ..Reader::default() };
            let result = explain(&trial, &record, &as_of(), reader);
            assert_eq!(result.determination, evaluate(&trial, &record, &as_of()).determination);
            all.insert(result.heading);
            all.insert(result.lead.join(" "));
            all.insert(result.next.join(" "));
            all.insert(result.dates.join(" "));
            all.insert(result.notice);
            all.extend(result.criteria.into_iter().flat_map(|criterion| criterion.dates));
            all.insert(otherwise(&trial, &record, &as_of(), reader).notice);
        }
    }
    all.remove("");
    all
}

/// A date or a time is one look, whatever syllables its digits have: `that day` in its place.
fn undated(text: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let words: Vec<&str> = text.split(' ').collect();
    let mut plain: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).is_some_and(|next| MONTHS.contains(next));
        let before = at > 0 && MONTHS.contains(&words[at - 1]);
        if next {
            plain.push("that".to_owned());
        } else if MONTHS.contains(word) {
            plain.push("day".to_owned());
        } else if before || word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) || word.contains("UTC")
        {
            if let (true, Some(last)) = (word.ends_with('.'), plain.last_mut()) {
                last.push('.');
            }
        } else {
            plain.push((*word).to_owned());
        }
    }
    plain.join(" ")
}

fn has_word(text: &str, word: &str) -> bool {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|one| one == word)
}

#[test]
fn the_words_of_every_bundled_trial_were_looked_over_in_both_languages() {
    for (path, trial, _) in trials() {
        for language in ["en", "zh-CN"] {
            let reviewed = trial.wording.get(language);
            let reviewed = reviewed.unwrap_or_else(|| panic!("{path}: nobody looked over the words in {language}"));
            for (index, pass) in SCORES {
                let score = reviewed.scores.iter().find(|score| score.index == index);
                let score = score.unwrap_or_else(|| panic!("{path}: {language} has no score by the {index}"));
                assert!(score.points >= pass, "{path}: {language} has {} by the {index}", score.points);
                assert!(!score.by.is_empty());
            }
        }
        let translated = trial.wording.get("zh-CN").and_then(|reviewed| reviewed.translated.as_ref());
        assert_eq!(translated.map(|translated| translated.from.as_str()), Some("en"), "{path}");
    }
}

#[test]
fn results_read_at_grade_eight_or_lower() {
    let hard: Vec<String> = told(Locale::English)
        .into_iter()
        .map(|text| undated(&text))
        .filter(|text| reading_grade(text).is_some_and(|grade| grade > TARGET))
        .map(|text| format!("{}: {text}", reading_grade(&text).unwrap_or_default()))
        .collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

#[test]
fn trials_read_at_grade_eight_or_lower() {
    let mut hard = Vec::new();
    for (path, _, document) in trials() {
        let mut paragraphs: BTreeMap<String, String> = BTreeMap::new();
        for (at, text) in said(&document, "en") {
            // what stands below a question is read together
            let (above, key) = at.rsplit_once('.').unwrap_or_default();
            let place = match key {
                "why" | "place" | "hint" => above.to_owned(),
                "patient" | "caregiver" => at,
                _ if at == ".overview.en" || at.ends_with(".answer.en") => at,
                _ => continue,
            };
            let paragraph = paragraphs.entry(place).or_default();
            paragraph.push_str(&text);
            paragraph.push(' ');
        }
        for (place, text) in paragraphs {
            if reading_grade(&text).is_some_and(|grade| grade > TARGET) {
                hard.push(format!("{path} {place}: {} {text}", reading_grade(&text).unwrap_or_default()));
            }
        }
    }
    assert!(hard.is_empty(), "{hard:#?}");
}

#[test]
fn nothing_is_promised_made_light_of_or_commanded() {
    let mut wrong = Vec::new();
    for (path, _, document) in trials() {
        for (at, text) in said(&document, "en") {
            wrong.extend(
                BANNED.iter().filter(|word| has_word(&text, word)).map(|word| format!("{path} {at}: {word}: {text}")),
            );
        }
        for (at, text) in said(&document, "zh-CN") {
            wrong.extend(
                BANNED_ZH
                    .iter()
                    .filter(|word| text.contains(**word))
                    .map(|word| format!("{path} {at}: {word}: {text}")),
            );
        }
    }
    for text in told(Locale::English) {
        wrong.extend(BANNED.iter().filter(|word| has_word(&text, word)).map(|word| format!("{word}: {text}")));
    }
    for text in told(Locale::Chinese) {
        wrong.extend(BANNED_ZH.iter().filter(|word| text.contains(**word)).map(|word| format!("{word}: {text}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_hint_is_one_short_sentence() {
    let mut wrong = Vec::new();
    for (path, _, document) in trials() {
        for language in ["en", "zh-CN"] {
            for (at, text) in said(&document, language).into_iter().filter(|(at, _)| at.ends_with(".hint")) {
                let ends = text.char_indices().filter(|(place, c)| {
                    matches!(c, '。' | '？') || (matches!(c, '.' | '?') && text[place + 1..].starts_with(' '))
                });
                if ends.filter(|(place, c)| place + c.len_utf8() < text.len()).count() > 0 || text.chars().count() > 110
                {
                    wrong.push(format!("{path} {at}: {text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_question_asks_one_thing() {
    let mut wrong = Vec::new();
    for (path, _, document) in trials() {
        for (language, mark) in [("en", '?'), ("zh-CN", '？')] {
            for (at, text) in said(&document, language) {
                let asks = at.starts_with(".questions") || at.starts_with(".checklists");
                let both = ["and/or", "和/或", "以及/或"].iter().any(|both| text.contains(both));
                if asks && (at.ends_with(".patient") || at.ends_with(".caregiver")) {
                    let marks = text.chars().filter(|c| *c == mark).count();
                    if marks != 1 || both {
                        wrong.push(format!("{path} {at}: {text}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Terms of medicine, each with plain words of which one stands beside it wherever a person reads it.
const PLAIN: [(&str, &str, &[&str]); 32] = [
    ("en", "hypertension", &["high blood pressure"]),
    ("en", "hypotension", &["low blood pressure"]),
    ("en", "myocardial infarction", &["heart attack"]),
    ("en", "infarct", &["stroke", "damaged"]),
    ("en", "ischaemic", &["blocked", "clot"]),
    ("en", "thrombolysis", &["clot"]),
    ("en", "thrombectomy", &["clot"]),
    ("en", "haemorrhage", &["bleeding", "bled"]),
    ("en", "malignancy", &["cancer"]),
    ("en", "neoplasm", &["tumour"]),
    ("en", "renal", &["kidney"]),
    ("en", "hepatic", &["liver"]),
    ("en", "cardiac", &["heart"]),
    ("en", "pulmonary", &["lung"]),
    ("en", "cerebral", &["brain"]),
    ("en", "corticosteroid", &["steroid medicine", "steroids"]),
    ("en", "immunosuppressant", &["immune"]),
    ("en", "alt", &["liver"]),
    ("en", "ast", &["liver"]),
    ("en", "egfr", &["kidney"]),
    ("en", "creatinine", &["kidney"]),
    ("en", "oedema", &["swelling"]),
    ("en", "sepsis", &["infection"]),
    ("zh-CN", "梗死", &["中风", "受损"]),
    ("zh-CN", "溶栓", &["血栓"]),
    ("zh-CN", "取栓", &["血栓"]),
    ("zh-CN", "恶性肿瘤", &["癌"]),
    ("zh-CN", "妊娠", &["怀孕"]),
    ("zh-CN", "转氨酶", &["肝"]),
    ("zh-CN", "肌酐", &["肾"]),
    ("zh-CN", "糖皮质激素", &["激素药"]),
    ("zh-CN", "免疫抑制剂", &["抑制免疫"]),
];

#[test]
fn a_term_of_medicine_has_plain_words_beside_it() {
    let mut met = BTreeSet::new();
    let mut bare = Vec::new();
    for (path, _, document) in trials() {
        for language in ["en", "zh-CN"] {
            // what stands about one question, or one criterion, is read together
            let mut together: BTreeMap<String, String> = BTreeMap::new();
            for (at, text) in said(&document, language) {
                let end = format!(".{language}.");
                let Some((place, key)) = at.rsplit_once(&end).filter(|(_, key)| *key != "short") else { continue };
                let asked = [".questions", ".checklists", ".eligibility"].iter().any(|part| place.starts_with(part));
                if asked && !key.starts_with("options") {
                    together.entry(place.to_owned()).or_default().push_str(&format!(" {text}"));
                }
            }
            for (place, text) in together {
                for (_, term, plain) in PLAIN.iter().filter(|(own, ..)| *own == language) {
                    let is_there = if language == "en" { has_word(&text, term) } else { text.contains(term) };
                    if is_there {
                        met.insert(*term);
                        let rest = text.to_lowercase().replace(term, "");
                        if !plain.iter().any(|word| rest.contains(word)) {
                            bare.push(format!("{path} {place}: {term}: {text}"));
                        }
                    }
                }
            }
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
    assert!(met.len() > 8, "{met:?}");
}
