//! How many years of school it takes to read a patient's question in English.
//!
//! The Flesch-Kincaid grade (J. P. Kincaid and others, Research Branch Report 8-75, 1975):
//! `0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59`. It is made for longer texts and is coarse for a single
//! question: it says which ones to look at again.

use super::{Findings, key};
use crate::diagnostic::{Code, quoted};
use crate::model::record::Respondent;
use crate::model::trial::Trial;

/// The grade that a question should not be above, in hundredths.
const TARGET: i64 = 800;

pub(super) fn check(trial: &Trial, findings: &mut Findings) {
    for (name, question) in trial.questions.iter() {
        if !question.answerable_by.contains(&Respondent::Patient) {
            continue;
        }
        for (language, text) in question.text.iter().filter(|(language, _)| is_english(language)) {
            let path = vec![key("questions"), key(name), key("text"), key(language), key("patient")];
            judge(&text.patient, path, findings);
        }
    }
    for (name, checklist) in trial.checklists.iter() {
        for (language, text) in checklist.text.iter().filter(|(language, _)| is_english(language)) {
            let path = vec![key("checklists"), key(name), key("text"), key(language), key("patient")];
            judge(&text.patient, path, findings);
        }
    }
}

fn is_english(language: &str) -> bool {
    language == "en" || language.starts_with("en-")
}

fn judge(text: &str, path: Vec<crate::import::readable::Step>, findings: &mut Findings) {
    let Some(grade) = reading_grade(text).filter(|grade| *grade > TARGET) else { return };
    let shown = format!("{}.{}", grade / 100, grade % 100 / 10);
    let message = format!("{} reads at grade {shown}", quoted(text));
    let help = "aim at grade 8 or lower: shorter sentences, shorter words, the term in brackets or in the hint";
    findings.note(path, Code::HardToRead, message, help);
}

/// The Flesch-Kincaid grade of an English text, in hundredths; `None` where there are no words.
///
/// # Example
///
/// ```
/// // 0.39 × 6 words + 11.8 × 6 syllables ÷ 6 words − 15.59
/// assert_eq!(trial_prescreen::reading_grade("How old are you this year?"), Some(-145));
/// assert_eq!(trial_prescreen::reading_grade("…"), None);
/// ```
pub fn reading_grade(text: &str) -> Option<i64> {
    let (mut words, mut syllables) = (0_i64, 0_i64);
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        if word.chars().any(char::is_alphanumeric) {
            words += 1;
            syllables += i64::from(count_syllables(word));
        }
    }
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | ':');
    let closed = text.split_whitespace().filter(|part| part.trim_end_matches([')', '"', '”']).ends_with(ends)).count();
    let unclosed = !text.trim().trim_end_matches([')', '"', '”']).ends_with(ends);
    let sentences = i64::try_from(closed).unwrap_or(i64::MAX).saturating_add(i64::from(unclosed)).max(1);
    (words > 0).then(|| 39 * words / sentences + 1180 * syllables / words - 1559)
}

/// About how many syllables an English word has, by its spelling: groups of vowels, less the silent ones, more where
/// two vowels part. A number counts a syllable a digit, an abbreviation one a letter.
///
/// Of the 379 words in `tests/lint/syllables.tsv`, everyday and medical, it counts 95 in 100 rightly, and none is wrong
/// by more than one.
pub fn count_syllables(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.iter().all(char::is_ascii_digit) || (letters.len() > 1 && letters.iter().all(|c| c.is_uppercase())) {
        let named = |c: &char| if *c == 'W' { 3 } else { 1 };
        return letters.iter().map(named).sum::<u32>().max(1);
    }
    let plain: String = letters.iter().flat_map(|c| c.to_lowercase()).map(unaccented).collect();
    let sounded = groups(&plain) + parted(&plain);
    sounded.saturating_sub(silent(&plain, sounded)).max(1)
}

fn unaccented(c: char) -> char {
    match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ï' | 'î' => 'i',
        _ => c,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Vowels that stand together, as often as they do; a `y` in front is none. The end of `-ism` is one.
fn groups(word: &str) -> u32 {
    let mut count = u32::from(word.ends_with("sm"));
    let mut inside = false;
    for (at, c) in word.chars().enumerate() {
        let vowel = is_vowel(c) && (at > 0 || c != 'y');
        count += u32::from(vowel && !inside);
        inside = vowel;
    }
    count
}

/// Two vowels that are spoken apart: `di-et`, `are-a`, `ra-di-o`; but `pa-tient`, `spe-cial`.
fn parted(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or(' ');
    let mut count = 0;
    for place in 0..letters.len().saturating_sub(1) {
        let (pair, before) = ((at(place), at(place + 1)), if place > 0 { at(place - 1) } else { ' ' });
        let last = place + 2 == letters.len();
        let apart = match pair {
            ('i', 'e') => {
                (before == 'd' && place == 1 && letters.len() > 3)
                    || before == 'c' && place == 2
                    || last_is(word, "iet")
            }
            ('i', 'a' | 'o') => last || !matches!(before, 'c' | 't' | 's' | 'g' | 'x'),
            ('i', 'u') => true,
            ('e', 'o') => !last && !matches!(before, 'p' | 'g'),
            ('e', 'a') => last && (word == "area" || word == "idea"),
            ('u', 'a' | 'o') => !matches!(before, 'q' | 'g'),
            ('y', 'i') => true,
            ('e' | 'o', 'i') => place + 4 == letters.len() && last_is(word, "ing"),
            _ => false,
        };
        count += u32::from(apart);
    }
    count
}

fn last_is(word: &str, end: &str) -> bool {
    word.ends_with(end)
}

/// An `e` that nobody speaks: at the end, in `-es` and `-ed`, before endings such as `-ly`.
fn silent(word: &str, sounded: u32) -> u32 {
    let letters: Vec<char> = word.chars().rev().collect();
    let at = |from_end: usize| letters.get(from_end).copied().unwrap_or(' ');
    let consonant = |from_end: usize| !is_vowel(at(from_end));
    let mut count = 0;
    if sounded > 1 {
        let spoken = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
        if word.ends_with('e') && word.len() > 2 {
            let syllabic_l = at(1) == 'l' && consonant(2);
            count += u32::from(consonant(1) && !syllabic_l);
        } else if word.ends_with("es") && word.len() > 3 {
            let syllabic_l = at(2) == 'l' && consonant(3);
            let hissed = spoken(&["ses", "xes", "zes", "ches", "shes", "ces", "ges"]);
            count += u32::from(consonant(2) && !hissed && !syllabic_l);
        } else if word.ends_with("ed") && word.len() > 3 {
            count += u32::from(consonant(2) && !matches!(at(2), 't' | 'd'));
        }
    }
    const ENDINGS: [&str; 16] = [
        "ly", "ment", "ments", "ful", "less", "ness", "where", "thing", "times", "one", "time", "maker", "taker",
        "made", "over", "giver",
    ];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).and_then(|stem| stem.strip_suffix('e'));
    let inner = stem.is_some_and(|stem| {
        let mut back = stem.chars().rev();
        back.next().is_some_and(|c| !is_vowel(c)) && stem.chars().any(is_vowel)
    });
    count + u32::from(inner && sounded > 2)
}
