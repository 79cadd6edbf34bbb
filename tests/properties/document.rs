//! What reading a trial document promises.

use proptest::prelude::*;
use proptest::sample::Index;
use trial_prescreen::import::{self, ImportError};
use trial_prescreen::{Code, Diagnostic, Severity, Trial, Warned};

use super::generate::{ALL, case, trial};
use super::holds;

const BUNDLED: &str = include_str!("../../www/trials/NCT07084012.json");

/// A random trial, as text.
fn written() -> impl Strategy<Value = String> {
    trial(ALL).prop_map(|trial| serde_json::to_string_pretty(&trial).unwrap())
}

fn errors(error: &ImportError) -> impl Iterator<Item = &Diagnostic> {
    error.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
}

type Read = Result<Warned<Trial>, ImportError>;

/// Reads, and checks that every place lies in the text and that a refusal says why.
fn read(data: &[u8]) -> Result<Read, TestCaseError> {
    let read = import::document(data);
    let diagnostics: &[Diagnostic] = match &read {
        Ok(warned) => &warned.diagnostics,
        Err(error) => {
            prop_assert!(errors(error).count() > 0, "refused without an error");
            &error.diagnostics
        }
    };
    let text = std::str::from_utf8(data).ok();
    for diagnostic in diagnostics {
        prop_assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty(), "{:?}", diagnostic);
        for span in [diagnostic.span, diagnostic.other].into_iter().flatten() {
            let text = text.unwrap_or_default();
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?} in {} bytes", diagnostic, text.len());
        }
    }
    Ok(read)
}

#[test]
fn what_is_written_is_read_again() {
    let bundled = import::trial(BUNDLED.as_bytes()).unwrap();
    let again = import::trial(serde_json::to_string_pretty(&bundled.output).unwrap().as_bytes()).unwrap();
    assert_eq!(again.output, bundled.output);
    assert_eq!(again.diagnostics.len(), bundled.diagnostics.len());
    holds(300, written(), |text| {
        // a random range may be empty, and a random sentence may stand there twice
        let expected = [Code::EmptyRange, Code::DuplicateId];
        match read(text.as_bytes())? {
            Ok(read) => prop_assert_eq!(serde_json::to_string_pretty(&read.output).unwrap(), text),
            Err(error) => prop_assert!(errors(&error).all(|d| expected.contains(&d.code)), "{}", error),
        }
        Ok(())
    });
}

/// The reader of this crate and a general one agree on what JSON is, and on what it says.
fn agrees_with_a_general_reader(text: &str) -> Result<(), TestCaseError> {
    let general = serde_json::from_str::<serde_json::Value>(text);
    match read(text.as_bytes())? {
        Ok(own) => {
            let other: Trial = serde_json::from_str(text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(own.output, other);
        }
        Err(error) => {
            let syntax =
                error.diagnostics.iter().find(|d| matches!(d.code, Code::NotJson | Code::Truncated | Code::Empty));
            prop_assert_eq!(general.is_err(), syntax.is_some(), "{} {:?} {}", error, general.err(), text);
        }
    }
    Ok(())
}

#[test]
fn any_bytes_give_a_trial_or_a_diagnostic() {
    holds(1_000, proptest::collection::vec(any::<u8>(), 0..60), |data| read(&data).map(drop));
    holds(1_000, "\\PC{0,40}", |text| read(text.as_bytes()).map(drop));
    holds(1_000, "[\\[\\]{}\":,0-9a-z.\\\\ut +-]{0,30}", |text| agrees_with_a_general_reader(&text));
    holds(500, "(\\[|\\{\"a\":){0,100}", |text| read(text.as_bytes()).map(drop));
}

#[derive(Clone, Debug)]
enum Change {
    Cut(Index),
    Drop(Index, usize),
    Put(Index, String),
    Swap(Index, Index),
    Repeat(Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<Index>().prop_map(Change::Cut),
        (any::<Index>(), 1..200_usize).prop_map(|(at, length)| Change::Drop(at, length)),
        (any::<Index>(), "\\PC{1,4}|[\\[\\]{}\":,0-9]{1,3}|null|true|\"[a-z]{1,4}\"")
            .prop_map(|(at, text)| Change::Put(at, text)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Swap(a, b)),
        (any::<Index>(), 1..400_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    if text.is_empty() {
        return String::new();
    }
    let place = |index: &Index| (index.index(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
    let end = |at: usize, length: usize| {
        (at + length..).find(|at| *at >= text.len() || text.is_char_boundary(*at)).unwrap().min(text.len())
    };
    match change {
        Change::Cut(at) => text[..place(at)].to_owned(),
        Change::Drop(at, length) => [&text[..place(at)], &text[end(place(at), *length)..]].concat(),
        Change::Put(at, new) => [&text[..place(at)], new, &text[place(at)..]].concat(),
        Change::Swap(a, b) => {
            let lines: Vec<&str> = text.lines().collect();
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            let mut lines = lines;
            lines.swap(a, b);
            lines.join("\n")
        }
        Change::Repeat(at, length) => {
            let (start, stop) = (place(at), end(place(at), *length));
            [&text[..stop], &text[start..]].concat()
        }
    }
}

#[test]
fn a_damaged_document_gives_a_trial_or_a_diagnostic() {
    holds(250, proptest::collection::vec(change(), 1..3), |changes| {
        let text = changes.iter().fold(BUNDLED.to_owned(), |text, change| changed(&text, change));
        agrees_with_a_general_reader(&text)
    });
    holds(1_500, (written(), proptest::collection::vec(change(), 1..3)), |(text, changes)| {
        let text = changes.iter().fold(text, |text, change| changed(&text, change));
        agrees_with_a_general_reader(&text)
    });
}

#[test]
fn a_key_or_a_word_in_the_wrong_place_is_named() {
    // one token of the text replaced by another of its own
    holds(400, (written(), any::<Index>(), any::<Index>()), |(text, from, to)| {
        let tokens: Vec<&str> = text.split_inclusive([',', ':', '{', '}', '[', ']']).collect();
        let (from, to) = (from.index(tokens.len()), to.index(tokens.len()));
        let text: String =
            tokens.iter().enumerate().map(|(i, token)| if i == to { tokens[from] } else { token }).collect();
        agrees_with_a_general_reader(&text)
    });
}

#[test]
fn a_mark_before_the_text_changes_no_place() {
    let text = BUNDLED.replacen("\"eligibility\"", "\"eligibilities\"", 1);
    let plain = import::document(text.as_bytes()).unwrap_err().diagnostics;
    let marked = import::document(format!("\u{FEFF}{text}").as_bytes()).unwrap_err().diagnostics;
    let named = |text: &str, found: &[Diagnostic]| -> Vec<Option<String>> {
        found.iter().map(|d| d.span.map(|span| text[span.start..span.end].to_owned())).collect()
    };
    assert_eq!(named(&text, &plain), named(&format!("\u{FEFF}{text}"), &marked));
}

#[test]
fn facts_are_read_as_they_are_written() {
    holds(500, case(ALL), |case| {
        let text = serde_json::to_string(&case.record).unwrap();
        let read = import::facts(&text);
        prop_assert_eq!(read.output, case.record);
        prop_assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        Ok(())
    });
    holds(1_000, (case(ALL), proptest::collection::vec(change(), 1..3)), |(case, changes)| {
        let text = serde_json::to_string_pretty(&case.record).unwrap();
        let text = changes.iter().fold(text, |text, change| changed(&text, change));
        let read = import::facts(&text);
        let all = serde_json::from_str::<Vec<serde_json::Value>>(&text).map_or(usize::MAX, |all| all.len());
        prop_assert!(read.output.facts.len() == all || !read.diagnostics.is_empty(), "a fact was lost: {}", text);
        for span in read.diagnostics.iter().filter_map(|d| d.span) {
            prop_assert!(text.get(span.start..span.end).is_some());
        }
        Ok(())
    });
}
