//! Files of separated values, as a table has them.

use std::rc::Rc;

use proptest::prelude::*;
use trial_prescreen::batch::{Batch, ColumnMapping, Mapping, PartOfFact, Sheet};
use trial_prescreen::{AsOf, Code, Diagnostic, Fact, Status, Subject, import};

use crate::properties::holds;

fn column(column: &str, subject: &str, part: PartOfFact) -> ColumnMapping {
    let status = Some(Status::History).filter(|_| part == PartOfFact::Presence);
    let (column, subject) = (column.to_owned(), Subject::concept(subject));
    ColumnMapping { column, subject, part, unit: None, status, within: None, source: None }
}

fn mapping() -> Mapping {
    let unit = Some("U/L".to_owned());
    let columns = vec![
        ColumnMapping { unit, ..column("ALT", "alt", PartOfFact::Value) },
        column("limit", "alt", PartOfFact::UpperLimit),
        column("taken", "alt", PartOfFact::On),
        column("born", "birth-date", PartOfFact::Date),
        column("sex", "sex", PartOfFact::Code),
        column("cancer", "malignancy", PartOfFact::Presence),
        column("onset", "onset", PartOfFact::Date),
    ];
    Mapping { columns, unknown: vec!["NA".to_owned()], offset: "+08:00".to_owned() }
}

fn read(text: &str) -> (Vec<Vec<Fact>>, Vec<Diagnostic>) {
    let mut sheet = Sheet::new(mapping());
    sheet.push(text.as_bytes());
    let read = sheet.finish();
    let packed = read.output.pack();
    ((0..packed.people()).map(|row| packed.record(row).facts).collect(), read.diagnostics)
}

fn said(text: &str) -> Vec<String> {
    read(text)
        .1
        .into_iter()
        .map(|one| format!("{} {}", serde_json::to_value(one.code).unwrap().as_str().unwrap(), one.path))
        .collect()
}

const NAMES: &str = "ALT,limit,taken,born,sex,cancer,onset,name\n";

/// What one line says, in JSON.
fn line(text: &str) -> String {
    let (people, diagnostics) = read(&format!("{NAMES}{text}"));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let values: Vec<String> = people[0]
        .iter()
        .map(|fact| format!("{} {}", fact.subject.key(), serde_json::to_string(&fact.value).unwrap()))
        .collect();
    values.join(" ")
}

#[test]
fn a_line_says_what_its_columns_say() {
    let (people, diagnostics) = read(&format!("{NAMES}101,40,2026-02-28,1950-06,f,no,2026-03-14 09:05,Ann\n"));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let json = serde_json::to_string(&people[0][0]).unwrap();
    let alt = r#"{"id":"alt","subject":{"concept":"alt"},"value":{"quantity":{"value":"101","unit":"U/L"}},"on":"2026-02-28","upperLimit":{"value":"40","unit":"U/L"},"source":"record"}"#;
    assert_eq!(json, alt);
    assert_eq!(
        line("101,40,2026-02-28,1950-06,f,no,2026-03-14 09:05,Ann\n"),
        [
            r#"alt {"quantity":{"value":"101","unit":"U/L"}}"#,
            r#"birth-date {"date":"1950-06"}"#,
            r#"malignancy {"refuted":"history"}"#,
            r#"onset {"date":"2026-03-14T09:05+08:00"}"#,
            r#"sex {"code":"female"}"#,
        ]
        .join(" ")
    );
}

#[test]
fn numbers_and_days_are_read_as_people_type_them() {
    assert_eq!(
        line("<5 ukat/L,,,,,,\n"),
        r#"alt {"quantity":{"value":"5","comparator":"less","unit":"ukat/L"}}"#.replace("less", &comparator())
    );
    assert_eq!(
        line("\"1,234.5\",,,2026/3/5,,,\n"),
        r#"alt {"quantity":{"value":"1234.5","unit":"U/L"}} birth-date {"date":"2026-03-05"}"#
    );
}

/// As the model writes "less than".
fn comparator() -> String {
    let less = serde_json::to_value(trial_prescreen::Comparator::Less).unwrap();
    less.as_str().unwrap().to_owned()
}

#[test]
fn what_is_not_known_says_nothing() {
    assert_eq!(line(" , ,NA,NA,,NA,,somebody\n"), "");
    assert_eq!(line(",40,2026-01-01,,,,,a limit of nothing\n"), "");
    assert_eq!(line("7\n"), r#"alt {"quantity":{"value":"7","unit":"U/L"}}"#);
}

#[test]
fn nothing_is_nothing_whatever_came_before() {
    let (people, diagnostics) = read(&format!("{NAMES}5,,,,f,yes,,\n,,,,,,,Ann\n5,,,,,no,,\n,,,,f,yes,,\n"));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let said = |facts: &Vec<Fact>| facts.iter().map(|fact| fact.subject.key()).collect::<Vec<_>>().join(" ");
    let expected = ["alt malignancy sex", "", "alt malignancy", "malignancy sex"];
    assert_eq!(people.iter().map(said).collect::<Vec<_>>(), expected);
    assert_eq!(people[0][1].value, people[3][0].value);
}

#[test]
fn a_bad_text_is_told_once_with_its_row_and_column_and_the_rest_counts() {
    let text = format!(
        "{NAMES}1,40,,,f,yes,,\n\"1,234\",,,,x,maybe,,\n\"1,234\",,3/4/2026,15.6.1950,m,maybe,2026-03-14 24:61,\n"
    );
    let expected = [
        "bad-number row 2, ALT",
        "unknown-value row 2, sex",
        "unknown-value row 2, cancer",
        "bad-number row 3, ALT",
        "bad-date row 3, born",
        "bad-date row 3, onset",
    ];
    assert_eq!(said(&text), expected);
    let people = read(&text).0;
    assert_eq!(people.iter().map(Vec::len).collect::<Vec<_>>(), [3, 0, 1]);
}

#[test]
fn quotes_marks_line_ends_and_separators_are_those_of_spreadsheets() {
    let expected = read(&format!("{NAMES}101,40,2026-02-28,1950-06,f,no,,\n")).0;
    for text in [
        "\u{FEFF}ALT;limit;taken;born;sex;cancer;onset;name\r\n101;40;2026-02-28;1950-06;f;no;;\"a; b \"\"c\"\"\r\nd\"\r\n",
        "ALT\tlimit\ttaken\tborn\tsex\tcancer\tonset\n101\t40\t2026-02-28\t1950-06\tf\tno",
        "\"ALT\",\"limit\",\"taken\",born,sex,cancer,onset\n\n \"101\"\n\"101\",\"40\",\"2026-02-28\",1950-06,f,no\n\n",
    ] {
        let (mut people, _) = read(text);
        assert_eq!(people.pop().as_ref(), expected.first(), "{text}");
    }
}

#[test]
fn a_file_that_is_none_ends_in_a_diagnostic() {
    assert_eq!(read("").1[0].code, Code::Empty);
    assert_eq!(read(&format!("{NAMES}1,\"open\n2,3\n")).1[0].code, Code::Truncated);
    let mut sheet = Sheet::new(mapping());
    sheet.push(&[0xFF, 0xFE, b'A', 0]);
    assert_eq!(sheet.finish().diagnostics[0].code, Code::WrongEncoding);
    let mut sheet = Sheet::new(mapping());
    sheet.push(NAMES.as_bytes());
    sheet.push(b"1,\xC4,,,,,\n");
    sheet.push(b"\xC4,,,,,,\n");
    let read_so_far = sheet.finish();
    assert_eq!(read_so_far.output.people(), 2);
    assert_eq!(read_so_far.diagnostics[0].code, Code::WrongEncoding);
    let mut sheet = Sheet::new(mapping());
    sheet.push(NAMES.as_bytes());
    sheet.push(&vec![b'"'; (1 << 20) + 2]);
    let ended = sheet.finish();
    assert_eq!(ended.diagnostics[0].code, Code::TooLong);
    assert_eq!(said("name\nAnn\n").len(), 7); // none of the columns of the mapping
}

#[test]
fn too_many_people_or_verdicts_end_in_a_diagnostic_and_what_was_good_is_kept() {
    const MOST: usize = trial_prescreen::import::limits::PEOPLE;
    let mut sheet = Sheet::new(mapping());
    sheet.push(NAMES.as_bytes());
    let lines = "7\n".repeat(100_000);
    (0..=MOST / 100_000).for_each(|_| sheet.push(lines.as_bytes()));
    let read = sheet.finish();
    assert_eq!(read.output.people(), MOST);
    assert_eq!(read.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::TooMany]);
    let packed = read.output.pack();
    assert_eq!(packed.record(MOST - 1).facts.len(), 1);
    let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{"status":"published",
        "criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
        "source":{"document":"","item":"1"},"expression":{"compare":{"subject":{"concept":"alt"},"low":{"value":"8","unit":"U/L"}}}}]}}"#;
    let trial = Rc::new(import::trial(text.as_bytes()).unwrap().output);
    let as_of = || AsOf::new("2026-03-15".parse().unwrap()).unwrap();
    let one = Batch::new(vec![Rc::clone(&trial)], as_of()).run(&packed).unwrap();
    assert_eq!(one.counts(0).ineligible, u64::try_from(MOST).unwrap());
    let refused = Batch::new(vec![trial; 108], as_of()).run(&packed).unwrap_err();
    assert_eq!(refused.code, Code::TooMany);
    assert!(refused.message.contains("10000000 people on 108 trials with 108 criteria"), "{}", refused.message);
}

#[test]
fn a_table_of_too_many_different_texts_keeps_the_people_before_them() {
    let columns = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let named = |name: &&str| ColumnMapping {
        subject: Subject::Text((*name).to_owned()),
        ..column(name, "", PartOfFact::Value)
    };
    let mut sheet = Sheet::new(Mapping { columns: columns.iter().map(named).collect(), ..Mapping::default() });
    sheet.push(format!("{}\n", columns.join(",")).as_bytes());
    let line =
        |at: usize| columns.iter().zip(0..).map(|(_, by)| (at * 8 + by).to_string()).collect::<Vec<_>>().join(",");
    for start in 0..3 {
        let lines: Vec<String> = (start * 100_000..(start + 1) * 100_000).map(line).collect();
        sheet.push(format!("{}\n", lines.join("\n")).as_bytes());
    }
    let read = sheet.finish();
    assert_eq!(read.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::TooMany]);
    assert!((250_000..250_200).contains(&read.output.people()), "{}", read.output.people());
}

#[test]
fn wherever_a_file_is_cut_it_is_read_as_the_same() {
    let part = prop_oneof![
        Just("101"),
        Just("40"),
        Just(","),
        Just(";"),
        Just("\n"),
        Just("\r\n"),
        Just("\""),
        Just("\"\""),
        Just("yes"),
        Just(" "),
        Just("是"),
        Just("2026-03-14")
    ];
    let files = (proptest::collection::vec(part, 0..40), any::<bool>(), 1..9_usize);
    holds(2_000, files, |(parts, named, length)| {
        let text = [if named { NAMES } else { "" }, &parts.concat()].concat();
        let whole = read(&text);
        let mut sheet = Sheet::new(mapping());
        text.as_bytes().chunks(length).for_each(|bytes| sheet.push(bytes));
        let cut = sheet.finish();
        let packed = cut.output.pack();
        let people: Vec<Vec<Fact>> = (0..packed.people()).map(|row| packed.record(row).facts).collect();
        prop_assert_eq!((people, cut.diagnostics), whole);
        Ok(())
    });
}
