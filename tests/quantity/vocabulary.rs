//! The rows of the vocabulary and of its words: sound, complete, and without two meanings for one word.

use std::collections::{BTreeMap, BTreeSet};

use trial_prescreen::{Concept, Kind, Phrase, Wording, sources_of, wording};

/// The check digit of a LOINC code: from the right, every second digit doubled, and the digits of all that summed.
fn is_loinc(code: &str) -> bool {
    let Some((number, check)) = code.split_once('-') else { return false };
    if number.is_empty() || number.len() > 6 || check.len() != 1 || !number.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = number
        .chars()
        .rev()
        .enumerate()
        .map(|(place, c)| {
            let doubled = c.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    check.parse() == Ok((10 - sum % 10) % 10)
}

#[test]
fn the_check_digit_is_that_of_published_codes() {
    assert!(["2160-0", "98979-8", "8480-6", "100348-2"].into_iter().all(is_loinc));
    assert!(!is_loinc("2160-1") && !is_loinc("21600") && !is_loinc("-0"));
}

#[test]
fn every_loinc_code_is_well_formed_and_belongs_to_one_concept() {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for concept in Concept::all() {
        let others = wording(concept.id).unwrap().loinc_other.iter().copied();
        for code in others.chain((!concept.loinc.is_empty()).then_some(concept.loinc)) {
            assert!(is_loinc(code), "{}: {code}", concept.id);
            if let Some(other) = owners.insert(code, concept.id) {
                panic!("{code} is of {other} and of {}", concept.id);
            }
        }
    }
}

#[test]
fn the_vocabulary_has_the_words_that_criteria_use() {
    assert!(Concept::all().count() >= 170);
    let of = |kind: Kind| Concept::all().filter(|concept| concept.kind == kind).count();
    assert!(of(Kind::Quantity) >= 100 && of(Kind::Presence) >= 90 && of(Kind::Dose) >= 12 && of(Kind::Code) >= 5);
    for id in ["child-pugh-class", "mgfa-class"] {
        assert!(Concept::named(id).is_some_and(|concept| concept.codes.len() >= 3), "{id}");
    }
}

#[test]
fn every_row_is_sound() {
    for concept in Concept::all() {
        let id = concept.id;
        assert!(!id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
        assert!(!concept.english.is_empty() && !concept.chinese.is_empty(), "{id}");
        assert!(concept.burden > 0, "{id}");
        let measured = matches!(concept.kind, Kind::Quantity | Kind::Dose);
        assert_eq!(concept.unit.is_some(), measured, "{id}");
        assert_eq!(concept.plausible.is_some(), measured, "{id}");
        assert!(concept.plausible.is_none_or(|(low, high)| low < high), "{id}");
        assert_eq!(concept.codes.is_empty(), concept.kind != Kind::Code, "{id}");
        assert!(concept.codes.iter().collect::<BTreeSet<_>>().len() == concept.codes.len(), "{id}");
        for source in sources_of(id) {
            assert!(Concept::named(source).is_some(), "{id}: {source}");
        }
    }
}

#[test]
fn words_come_in_both_languages() {
    for row in Wording::all() {
        let paired = |phrase: Phrase| phrase.english.is_empty() == phrase.chinese.is_empty();
        assert!(paired(row.patient) && paired(row.place) && paired(row.staff), "{}", row.id);
        assert!(!row.staff.english.is_empty(), "{}", row.id);
        assert!(!row.patient.english.is_empty() || !row.place.english.is_empty(), "{}", row.id);
        let asks = |phrase: Phrase| phrase.english.contains('?') || phrase.english.ends_with('.');
        assert!(row.patient.english.is_empty() || asks(row.patient), "{}", row.id);
        assert!(!row.synonyms_english.is_empty() && !row.synonyms_chinese.is_empty(), "{}", row.id);
        for text in [row.patient, row.place, row.staff].into_iter().flat_map(|p| [p.english, p.chinese]) {
            assert_eq!(text, text.trim(), "{}", row.id);
        }
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(row.patient.english.is_empty() || chinese(row.patient.chinese), "{}", row.id);
        assert!(
            !chinese(row.patient.english) && !chinese(row.place.english) && !chinese(row.staff.english),
            "{}",
            row.id
        );
    }
}

/// A patient is asked in short sentences of short words: at most 26 words, and few of them long.
#[test]
fn patients_are_asked_in_plain_words() {
    for row in Wording::all() {
        let words = row.patient.english.split_whitespace().count();
        let chinese = row.patient.chinese.chars().count();
        assert!(words <= 26, "{}: {words} words", row.id);
        assert!(chinese <= 60, "{}: {chinese} characters", row.id);
    }
}

#[test]
fn no_word_means_two_things() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for row in Wording::all() {
        let concept = Concept::named(row.id).unwrap();
        let synonyms = row.synonyms_english.iter().chain(&row.synonyms_chinese).copied();
        let own: BTreeSet<String> = synonyms.chain([concept.english, concept.chinese]).map(str::to_lowercase).collect();
        for word in own {
            if let Some(other) = owners.insert(word.clone(), row.id) {
                panic!("`{word}` means {other} and {}", row.id);
            }
        }
    }
}

#[test]
fn codes_of_other_systems_have_their_form() {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    for row in Wording::all() {
        for code in &row.icd10 {
            let (head, tail) = code.split_once('.').unwrap_or((code, "0"));
            assert!(head.starts_with(|c: char| c.is_ascii_uppercase()) && head.len() <= 3, "{}: {code}", row.id);
            assert!(!tail.is_empty() && tail.chars().all(|c| c.is_ascii_alphanumeric()), "{}: {code}", row.id);
        }
        for code in &row.atc {
            let form: String = code.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
            assert!("A99AA99".starts_with(&form) && form.len() >= 3, "{}: {code}", row.id);
        }
        assert!(row.rxnorm.iter().copied().all(digits), "{}", row.id);
    }
}
