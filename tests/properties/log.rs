//! A log is only added to, whatever is done to its lines is named, and no copy of it runs.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::{Value, json};
use trial_prescreen::log::{Edition, Event, Header, Listed, Log, Sheet};
use trial_prescreen::{Category, Code, Diagnostic};

use super::{choices, holds};

/// What people type, and what nobody should.
const WORDS: [&str; 16] = [
    "",
    "a",
    "=1+1",
    "+49 30",
    "-",
    "@x",
    "\t=2",
    "\r\n=3",
    "'=4",
    "''",
    "＝5",
    ";=6",
    "a,\"b\"",
    "  =7",
    "中文；",
    "\u{0}\u{FEFF}=8",
];

fn header() -> Header {
    let edition = Edition {
        trial: "X".to_owned(),
        document: 1,
        protocol: None,
        amendment: None,
        digest: "0f".to_owned(),
        criteria: vec![Listed {
            id: "E1".to_owned(),
            category: Category::Exclusion,
            item: "1".to_owned(),
            text: "a".to_owned(),
        }],
    };
    let [protocol, site, investigator, zone] = ["P", "1", "=Dr Ma", "+08:00"].map(str::to_owned);
    Header { protocol, site, investigator, zone, edition }
}

fn assessment(pick: &mut impl FnMut(usize) -> usize) -> Value {
    let outcome = ["eligible", "ineligible", "undetermined"][pick(3)];
    let failed: Vec<Value> = if outcome == "ineligible" { vec![json!({"id": "E1"})] } else { Vec::new() };
    json!({
        "asOf": "2026-03-15", "answeredBy": ["record"], "determination": outcome, "failed": failed, "pending": [],
        "trial": "0f", "engine": "0", "receipt": "0",
    })
}

/// An event that may follow, or may not.
fn event(minute: usize, pick: &mut impl FnMut(usize) -> usize) -> Event {
    let person = pick(4) + 1;
    let word = WORDS[pick(WORDS.len())];
    let state = ["candidate", "pre-screened", "possible", "not-now", "not-eligible", "declined", "withdrew"][pick(7)];
    let act = match pick(10) {
        0 | 1 => json!({"identified": {"on": "2026-03-14", "channel": "clinic", "detail": word}}),
        2 => json!({"linked": {"person": person, "earlier": pick(4) + 1}}),
        3 | 4 => json!({"assessed": {"person": person, "assessment": assessment(pick)}}),
        5 => json!({"state": {"person": person, "state": state, "other": "distance", "words": word}}),
        6 => json!({"state": {"person": person, "state": state, "criteria": ["E1"], "words": word}}),
        7 => json!({"unclear": {"person": person, "criterion": "E1", "text": word}}),
        8 => json!({"clarified": {"criterion": "E1", "text": word}}),
        _ => json!({"noted": {"person": person, "text": word}}),
    };
    let at = format!("2026-03-15T{:02}:{:02}Z", minute / 60, minute % 60);
    let json = json!({"at": at, "by": {"who": "LM", "role": "nurse"}, "act": act});
    Event::read(&json.to_string()).unwrap()
}

/// A log of what may follow, of so many events.
fn log(seed: u64, events: usize) -> Log {
    let mut pick = choices(seed);
    let mut log = Log::new(header()).unwrap();
    for minute in 0..events {
        let before = log.text();
        let written = log.append(event(minute, &mut pick)).is_ok();
        let kept = before.trim_end_matches("\n]}\n");
        assert!(log.text().starts_with(kept), "a line that was there is another");
        assert!(written || log.text() == before, "a refused event changed the log");
    }
    log
}

fn opened(text: &str) -> Log {
    Log::open(text).output.unwrap()
}

#[test]
fn a_log_is_only_added_to_and_opens_as_it_was_written() {
    holds(400, any::<u64>(), |seed| {
        let log = log(seed, 30);
        let read = Log::open(&log.text());
        prop_assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let read = read.output.unwrap();
        prop_assert_eq!(&read, &log);
        prop_assert_eq!(read.rows(), log.rows());
        prop_assert!(read.verify(Some(log.head())).is_empty());
        Ok(())
    });
}

/// The lines of a log's text, without the first and the last.
fn lines(text: &str) -> (String, Vec<String>, String) {
    let all: Vec<String> = text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
    (all[0].clone(), all[1..all.len() - 1].to_vec(), all[all.len() - 1].clone())
}

fn with(text: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
    let (first, mut events, last) = lines(text);
    change(&mut events);
    [&first, "\n", &events.join(",\n"), "\n", &last].concat()
}

fn found(text: &str, head: &str) -> Vec<(Code, String)> {
    opened(text).verify(Some(head)).into_iter().map(|Diagnostic { code, path, .. }| (code, path)).collect()
}

#[test]
fn a_line_that_is_removed_moved_or_repeated_is_named() {
    holds(300, (any::<u64>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), |(seed, one, other)| {
        let log = log(seed, 24);
        let count = log.lines().len();
        prop_assume!(count > 2);
        let (text, head) = (log.text(), log.head());
        let (one, other) = (one.index(count), other.index(count));

        let without = with(&text, |lines| drop(lines.remove(one)));
        let expected = if one + 1 == count {
            (Code::MissingEnd, String::new())
        } else {
            (Code::RemovedLine, format!("events[{one}]"))
        };
        prop_assert_eq!(found(&without, head), vec![expected]);

        let twice = with(&text, |lines| lines.insert(other.max(one) + 1, lines[one].clone()));
        prop_assert_eq!(found(&twice, head), vec![(Code::InsertedLine, format!("events[{}]", other.max(one) + 1))]);

        if one != other {
            let elsewhere = with(&text, |lines| {
                let line = lines.remove(one);
                lines.insert(other, line);
            });
            let found = found(&elsewhere, head);
            // of two neighbours either may be called the one that moved
            let near = one.abs_diff(other) == 1;
            prop_assert!(found.len() == 1 && found[0].0 == Code::MovedLine, "{:?}", found);
            prop_assert!(near || found[0].1 == format!("events[{other}]"), "{:?}", found);
        }
        Ok(())
    });
}

#[test]
fn no_byte_of_a_log_changes_unseen() {
    holds(2_000, (any::<u64>(), any::<prop::sample::Index>(), any::<u8>()), |(seed, at, byte)| {
        let log = log(seed % 16, 14);
        prop_assume!(log.lines().len() > 1);
        let text = log.text();
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let Ok(changed) = String::from_utf8(bytes) else { return Ok(()) };
        let read = Log::open(&changed);
        let Some(other) = read.output else {
            prop_assert!(!read.diagnostics.is_empty());
            return Ok(());
        };
        // the byte may stand inside a character
        let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        let told = other.verify(Some(log.head()));
        let same = other == log;
        prop_assert!(same || !told.is_empty(), "byte {} of {:?}", at, text);
        // the line of the byte is named, or its neighbour where its hash or its place in the chain was touched
        if !same && line > 0 {
            let place = format!("events[{}]", line - 1);
            prop_assert!(told.iter().any(|one| one.path == place), "{:?} is not {}", told, place);
        }
        Ok(())
    });
}

#[test]
fn no_text_makes_opening_or_verifying_fail() {
    let text = log(7, 20).text();
    holds(1_000, (any::<u64>(), 1_usize..12), |(seed, changes)| {
        let mut pick = choices(seed);
        let mut parts: Vec<&str> = text.split_inclusive(['{', '}', '"', ',', ':', '\n']).collect();
        for _ in 0..changes {
            let (one, other) = (pick(parts.len()), pick(parts.len()));
            match pick(3) {
                0 => drop(parts.remove(one)),
                1 => parts.swap(one, other),
                _ => parts.insert(one, parts[other]),
            }
        }
        let read = Log::open(&parts.concat());
        if let Some(log) = read.output {
            log.verify(Some("0"));
            let again = Log::open(&log.text()).output;
            prop_assert_eq!(again.map(|again| again.text()), Some(log.text()));
        }
        Ok(())
    });
}

fn cell() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        "[-=+@＝－';|,\"\t\r\n 0-9a-z.]{0,6}",
        any::<String>(),
    ];
    prop::collection::vec(part, 0..3).prop_map(|parts| parts.concat())
}

/// It would run: not a number, and begins as formulas do once what a spreadsheet skips is gone.
fn runs(piece: &str) -> bool {
    let shown = piece.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    let number = piece.strip_prefix('-').unwrap_or(piece).parse::<u64>().is_ok()
        || piece.split_once('.').is_some_and(|(whole, part)| {
            let whole = whole.strip_prefix('-').unwrap_or(whole);
            [whole, part].iter().all(|side| !side.is_empty() && side.bytes().all(|byte| byte.is_ascii_digit()))
        });
    !number && shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[test]
fn every_table_reads_back_and_no_cell_of_it_runs() {
    let row = || prop::collection::vec(cell(), 3);
    holds(3_000, (row(), prop::collection::vec(row(), 0..4)), |(columns, rows)| {
        let sheet = Sheet { columns, rows };
        let csv = sheet.csv();
        let read = Sheet::read(&csv);
        prop_assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        prop_assert_eq!(&read.output, &sheet);
        // as a spreadsheet reads it: cells in quotes, parted by commas
        let body = csv.strip_prefix('\u{FEFF}').unwrap();
        for line in body.split("\"\r\n\"").flat_map(|line| line.split("\",\"")) {
            let shown = line.trim_start_matches('"').replace("\"\"", "\"");
            prop_assert!(line.starts_with('"') || !runs(&shown), "{:?} of {:?}", shown, csv);
        }
        // and as one reads it that parts at something else, whatever the quotes say
        for piece in body.split([';', '\t', '\r', '\n', '|']) {
            prop_assert!(!runs(piece) || piece.starts_with('"'), "{:?} of {:?}", piece, csv);
        }
        Ok(())
    });
}

#[test]
fn no_csv_makes_reading_fail() {
    holds(2_000, any::<u64>(), |seed| {
        let mut pick = choices(seed);
        let mut text = String::new();
        for _ in 0..pick(40) {
            write!(text, "{}", ["\"", ",", "\r\n", "\n", "a", "'", "=", "\u{FEFF}", "\"\""][pick(9)]).unwrap();
        }
        let read = Sheet::read(&text).output;
        prop_assert!(read.rows.iter().all(|row| row.len() == read.columns.len()));
        Ok(())
    });
}
