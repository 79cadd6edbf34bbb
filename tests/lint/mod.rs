//! The lint of trial documents: the bundled trials, and how well reading grades are counted.

use proptest::prelude::{ProptestConfig, any, proptest};
use trial_prescreen::{count_syllables, import, lint, lint_document, reading_grade};

#[test]
fn the_bundled_trials_leave_nothing_to_look_at_again() {
    for (path, text) in crate::bundled::documents() {
        let found = lint_document(text.as_bytes()).unwrap();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

#[test]
fn the_lint_alone_says_what_it_says_of_the_document() {
    let text = r#"{"format":"trial-prescreen/1","id":"T","title":{"en":"T"},"source":[],"eligibility":{"status":"published",
        "criteria":[{"id":"E1","category":"exclusion","text":{"en":{"full":"No stroke","short":"x","patient":"x"}},
        "source":{"document":"","item":""},"expression":{"not":{"not":{"present":{"subject":{"concept":"stroke"},"status":"current"}}}}}]}}"#;
    let read = import::trial(text.as_bytes()).unwrap();
    let alone: Vec<_> = lint(&read.output).into_iter().map(|d| (d.code, d.path, d.message)).collect();
    let whole = lint_document(text.as_bytes()).unwrap();
    assert_eq!(whole.len(), alone.len() + read.diagnostics.len());
    assert!(!alone.is_empty() && whole.iter().all(|d| d.span.is_some()));
    assert!(
        alone
            .iter()
            .all(|(code, path, message)| whole.iter().any(|d| (d.code, &d.path, &d.message) == (*code, path, message)))
    );
}

/// The words and their syllables, counted by hand.
fn counted() -> impl Iterator<Item = (&'static str, u32)> {
    let rows = include_str!("syllables.tsv").lines().skip(1);
    rows.map(|row| row.split_once('\t').unwrap()).map(|(word, count)| (word, count.parse().unwrap()))
}

#[test]
fn of_a_hundred_words_ninety_five_are_counted_rightly_and_none_is_far_off() {
    let wrong: Vec<(&str, u32, u32)> =
        counted().map(|(word, count)| (word, count, count_syllables(word))).filter(|(_, a, b)| a != b).collect();
    assert!(wrong.iter().all(|(_, a, b)| a.abs_diff(*b) == 1), "{wrong:?}");
    assert!(wrong.len() * 100 <= counted().count() * 5, "{} of {}: {wrong:?}", wrong.len(), counted().count());
    assert!(counted().count() > 350);
}

#[test]
fn numbers_count_their_digits_and_abbreviations_their_letters() {
    let counts = ["14", "2.5", "NIHSS", "MRW", "I", "a", "y", "é", "中风"].map(count_syllables);
    assert_eq!(counts, [2, 2, 5, 5, 1, 1, 1, 1, 1]);
}

/// Worked out by hand with the formula, in hundredths.
#[test]
fn grades_of_known_texts() {
    // 5 words, 1 sentence, 5 syllables: 1.95 + 11.80 − 15.59
    assert_eq!(reading_grade("Have you had a stroke?"), Some(-184));
    // 7 words, 2 sentences, 9 syllables
    assert_eq!(reading_grade("Do you take insulin? Please tell us."), Some(39 * 7 / 2 + 1180 * 9 / 7 - 1559));
    // 6 words, 12 syllables, 1 sentence: the point of 2.5 ends none
    assert_eq!(reading_grade("Values above 2.5 are unacceptable"), Some(39 * 6 + 1180 * 12 / 6 - 1559));
    assert_eq!(["", " … ", "?!"].map(reading_grade), [None; 3]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd_to_grade(text in any::<String>()) {
        let grade = reading_grade(&text);
        proptest::prop_assert_eq!(grade.is_none(), !text.chars().any(char::is_alphanumeric));
        proptest::prop_assert!(count_syllables(&text) >= 1);
    }
}
