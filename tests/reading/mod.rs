//! What holds of every text that is read as criteria.
//!
//! `PRESCREEN_REGISTRY` may name a file of registry records, one JSON object a line with an `eligibilityModule`: every
//! line of every record must then be accounted for as well. Without it that test is skipped.

mod in_full;
mod print;

use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use trial_prescreen::read::{self, Role};
use trial_prescreen::{Category, Concept, Criterion, Diagnostic, Expression, Kind, Language, Span, Subject, Warned};

use crate::properties::holds;

/// Lines of every shape, and signs that break them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Inclusion Criteria:".to_owned()),
        Just("Exclusion criteria".to_owned()),
        Just("must NOT meet any of the following:".to_owned()),
        Just("At least 2 of the following:".to_owned()),
        Just("排除标准：".to_owned()),
        Just("年龄18～75岁".to_owned()),
        Just("Age \\>= 18 years".to_owned()),
        Just("ALT ≤ 2.5 x ULN or".to_owned()),
        Just("\\&amp;lt; 5".to_owned()),
        Just("Ⅲ ㎡ мg".to_owned()),
        Just("\u{200b}\u{feff}".to_owned()),
        Just("Either:".to_owned()),
        Just("None".to_owned()),
        Just("Cohort A:".to_owned()),
        "[ -~]{0,12}",
        "\\PC{0,6}",
    ];
    let mark = prop_oneof![
        Just(""),
        Just("* "),
        Just("1. "),
        Just("2\\. "),
        Just("a) "),
        Just("(iv) "),
        Just("① "),
        Just("- - "),
        Just("3、"),
        Just("* 1\\. ")
    ];
    let end = prop_oneof![Just("\n"), Just("\n\n"), Just(" "), Just("\r\n"), Just("; ")];
    vec((0..7_usize, mark, piece, end), 0..14).prop_map(|lines| {
        lines
            .into_iter()
            .map(|(indent, mark, piece, end)| format!("{}{mark}{piece}{end}", " ".repeat(indent)))
            .collect()
    })
}

fn languages() -> [Language; 2] {
    [Language::English, Language::Chinese]
}

/// Every span that a reading gives.
fn spans(text: &str, language: Language) -> Vec<Span> {
    let read = read::criteria(text, language);
    let leaves = |criterion: &Criterion| -> Vec<Span> {
        let span = |leaf: &&Expression| match leaf {
            Expression::Unread(unread) => unread.span,
            _ => None,
        };
        criterion.expression.leaves().iter().filter_map(span).collect()
    };
    let sources = read.output.iter().filter_map(|criterion| criterion.source.span);
    let inside = read.output.iter().flat_map(leaves);
    let said = read.diagnostics.iter().flat_map(|diagnostic| [diagnostic.span, diagnostic.other]).flatten();
    sources.chain(inside).chain(said).collect()
}

/// The lines that no part of the outline holds.
fn lost(text: &str) -> Vec<String> {
    let mut at = 0;
    let mut lost = String::new();
    for (_, span) in read::outline(text) {
        lost.push_str(&text[at..span.start]);
        lost.push('\n');
        at = span.end;
    }
    lost.push_str(&text[at..]);
    lost.lines().filter(|line| line.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

#[test]
fn every_line_is_a_heading_a_criterion_or_part_of_one() {
    holds(4_000, text(), |text| {
        let lost = lost(&text);
        prop_assert!(lost.is_empty(), "{lost:?} of {text:?}");
        Ok(())
    });
}

#[test]
fn parts_of_the_outline_follow_one_another() {
    holds(4_000, text(), |text| {
        let mut at = 0;
        for (_, span) in read::outline(&text) {
            prop_assert!(at <= span.start && span.start < span.end, "{span:?} after {at} in {text:?}");
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a sign of {text:?}");
            at = span.end;
        }
        Ok(())
    });
}

#[test]
fn every_criterion_stands_where_the_outline_has_one() {
    holds(3_000, text(), |text| {
        let outline = read::outline(&text).into_iter().filter(|(role, _)| *role == Role::Criterion);
        let places: Vec<Option<Span>> = outline.map(|(_, span)| Some(span)).collect();
        for language in languages() {
            let criteria = read::criteria(&text, language).output;
            let found: Vec<Option<Span>> = criteria.iter().map(|criterion| criterion.source.span).collect();
            prop_assert_eq!(&found, &places);
        }
        Ok(())
    });
}

#[test]
fn every_span_is_text() {
    holds(3_000, text(), |text| {
        for span in languages().into_iter().flat_map(|language| spans(&text, language)) {
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        }
        Ok(())
    });
}

#[test]
fn reading_is_total_on_arbitrary_bytes() {
    holds(4_000, vec(any::<u8>(), 0..200), |bytes| {
        let text = String::from_utf8_lossy(&bytes);
        for language in languages() {
            let criteria = read::criteria(&text, language).output;
            prop_assert!(criteria.len() <= text.len());
        }
        Ok(())
    });
}

#[test]
fn names_within_a_text_are_its_own() {
    holds(2_000, text(), |text| {
        let criteria = read::criteria(&text, Language::English).output;
        let mut ids: Vec<&str> = criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        let own = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), own);
        Ok(())
    });
}

/// The signs with which each list is written never change lists.
#[test]
fn no_list_is_reversed() {
    let marks = prop_oneof![Just("* "), Just("- "), Just("• "), Just("1. "), Just("(1) "), Just("")];
    let heads = prop_oneof![
        Just(("Inclusion Criteria:", "Exclusion Criteria:")),
        Just(("INCLUSION CRITERIA", "EXCLUSION CRITERIA")),
        Just(("Key inclusion criteria", "Key exclusion criteria")),
        Just(("Inculsion criteria:", "Exlcusion criteria:")),
        Just(("* Inclusion Criteria:", "* Exclusion Criteria:")),
        Just(("Inclusion criteria", "Non-inclusion criteria")),
        Just(("Subjects must meet all of the following:", "Subjects must not meet any of the following:")),
        Just(("入选标准：", "排除标准：")),
        Just(("纳入标准", "排除标准")),
    ];
    holds(2_000, (heads, marks, 1..5_usize, 1..5_usize, any::<bool>()), |(heads, mark, ins, outs, blank)| {
        let gap = if blank { "\n\n" } else { "\n" };
        let mut text = format!("{}{gap}", heads.0);
        (0..ins).for_each(|at| write!(text, "{mark}Wanted {at}{gap}").unwrap());
        write!(text, "{}{gap}", heads.1).unwrap();
        (0..outs).for_each(|at| write!(text, "{mark}Barred {at}{gap}").unwrap());
        let criteria = read::criteria(&text, Language::English).output;
        for criterion in &criteria {
            let words = &criterion.text.get("en").unwrap().full;
            let wanted = criterion.category == Category::Inclusion;
            prop_assert!(!words.contains(if wanted { "Barred" } else { "Wanted" }), "{criterion:?} of {text}");
        }
        prop_assert!(criteria.iter().all(|criterion| !criterion.id.starts_with('U')), "{text}");
        prop_assert!(criteria.iter().any(|criterion| criterion.category == Category::Exclusion), "{text}");
        Ok(())
    });
}

/// Items that speak of lists, of people and of one another, and are on whatever list they stand on.
const ITEMS: [&str; 28] = [
    "Walks",
    "Age >= 18 years",
    "Patients not fulfilling the inclusion criteria",
    "Does not meet any exclusion criteria",
    "Exclusion of pregnancy by a test",
    "No catheter in place at inclusion",
    "Any of the following:",
    "None of the following:",
    "Must not have any of the following:",
    "One of the following:",
    "Patients will be excluded if they smoke",
    "Patients with stroke are excluded",
    "Not eligible for surgery",
    "Withdrawal from alcohol",
    "Group 1 pulmonary hypertension",
    "Cohort A only: walks",
    "For Part 2, walks",
    "Walks (Cohort B only)",
    "Note: may be tested again",
    "Walks, or",
    "OR",
    "None",
    "4.2. Walks",
    "ALT > 3 x ULN; AST > 3 x ULN",
    "1. walks 2. hears 3. sees",
    "Included in another trial",
    "不符合标准的检查",
    "排除其他疾病",
];

/// The items of a list, each with a mark and a depth, and a word of its own where it can carry one.
fn items() -> impl Strategy<Value = Vec<(usize, &'static str, &'static str)>> {
    let mark = prop_oneof![Just("* "), Just("- "), Just("1. "), Just("a) "), Just("* 2\\. ")];
    let item = (0..3_usize, mark, proptest::sample::select(ITEMS.to_vec()));
    vec(item, 1..7)
}

/// What is said between two headings does not change on which list it stands, whatever stands beside it.
#[test]
fn an_item_stays_on_its_list_whatever_stands_beside_it() {
    let heads = prop_oneof![
        Just(("Inclusion Criteria:", "Exclusion Criteria:")),
        Just(("Key inclusion criteria", "Key exclusion criteria")),
        Just(("Subjects must meet all of the following:", "Subjects must meet none of the following:")),
        Just(("Eligible:", "Not eligible:")),
        Just(("Criteria for inclusion", "Criteria for exclusion")),
        Just(("入选标准：", "排除标准：")),
    ];
    holds(2_000, (heads, items(), items()), |(heads, wanted, barred)| {
        let list = |items: &[(usize, &str, &str)]| -> String {
            items.iter().map(|(depth, mark, item)| format!("{}{mark}{item}\n", "  ".repeat(*depth))).collect()
        };
        let text = format!("{}\n\n{}\n{}\n\n{}", heads.0, list(&wanted), heads.1, list(&barred));
        let second = text.rfind(&format!("\n{}\n", heads.1)).unwrap();
        let criteria = read::criteria(&text, Language::English).output;
        for criterion in &criteria {
            let after = criterion.source.span.unwrap().start > second;
            let list = if after { Category::Exclusion } else { Category::Inclusion };
            prop_assert!(criterion.category == list, "{} of {text}", criterion.id);
            prop_assert!(!criterion.id.starts_with('U'), "{} of {text}", criterion.id);
        }
        Ok(())
    });
}

/// A criterion for some of the people never holds for the others, and is never dropped.
#[test]
fn what_is_for_one_cohort_is_for_no_other() {
    let family = proptest::sample::select(vec!["Cohort", "Part", "Arm", "Group"]);
    let title = proptest::sample::select(vec!["{}:", "For {}:", "{} only:", "{} (new patients):"]);
    holds(500, (family, title, 1..4_usize, 1..4_usize, any::<bool>()), |(family, title, first, second, letters)| {
        let labels = if letters { ["A", "B"] } else { ["1", "2"] };
        let mut text = "Inclusion Criteria:\n\n* Common\n\n".to_owned();
        for (label, count) in labels.iter().zip([first, second]) {
            write!(text, "{}\n\n", title.replace("{}", &format!("{family} {label}"))).unwrap();
            (0..count).for_each(|at| writeln!(text, "* Own {label} {at}").unwrap());
            text.push('\n');
        }
        text.push_str("Exclusion Criteria:\n\n* Blind\n");
        let read = read::eligibility(&text, Language::English).output;
        prop_assert_eq!(read.cohorts.len(), 2, "{}", text);
        prop_assert_eq!(read.criteria.len(), 2 + first + second, "{}", text);
        for criterion in &read.criteria {
            let words = &criterion.text.get("en").unwrap().full;
            let own = labels.iter().position(|label| words.contains(&format!("Own {label}")));
            let expected: Vec<&String> =
                own.and_then(|at| read.cohorts.get(at)).map(|cohort| &cohort.id).into_iter().collect();
            prop_assert_eq!(criterion.cohorts.iter().collect::<Vec<_>>(), expected, "{} of {}", words, text);
        }
        for criterion in read::criteria(&text, Language::English).output {
            let words = &criterion.text.get("en").unwrap().full;
            let own = words.starts_with("Own");
            prop_assert_eq!(matches!(criterion.expression, Expression::When(_)), own, "{} of {}", words, text);
        }
        Ok(())
    });
}

/// The stretches of the outline, with what stands between them, are the text.
#[test]
fn the_source_is_rebuilt_from_its_spans() {
    holds(1_000, text(), |text| {
        let mut rebuilt = String::new();
        let mut at = 0;
        for (_, span) in read::outline(&text) {
            let between = &text[at..span.start];
            prop_assert!(!between.chars().any(char::is_alphanumeric), "{between:?} of {text:?}");
            rebuilt.push_str(between);
            rebuilt.push_str(&text[span.start..span.end]);
            at = span.end;
        }
        rebuilt.push_str(&text[at..]);
        prop_assert_eq!(rebuilt, text);
        Ok(())
    });
}

/// The parts of a criterion that are kept as they stand lie within it.
#[test]
fn parts_lie_within_their_criterion() {
    holds(1_000, text(), |text| {
        for criterion in read::criteria(&text, Language::English).output {
            let whole = criterion.source.span.unwrap();
            for leaf in criterion.expression.leaves() {
                let Expression::Unread(unread) = leaf else { continue };
                let Some(span) = unread.span.filter(|_| !unread.id.starts_with('G')) else { continue };
                prop_assert!(whole.start <= span.start && span.end <= whole.end, "{unread:?} of {text:?}");
            }
        }
        Ok(())
    });
}

/// What comes of a text that is as long as any may be: so many criteria, after a time that grows with its length alone.
#[test]
fn long_texts_come_to_an_end() {
    let repeated = |head: &str, part: &str, length: usize| format!("{head}{}", part.repeat(length / part.len()));
    let nested: String = (0..10_000).map(|at| format!("{}* walks\n", " ".repeat(at.min(300)))).collect();
    let numbered = (1..120_000).fold(String::new(), |text, at| text + &format!("{at}. x "));
    let texts: [(&str, String); 14] = [
        ("lists", repeated("", "Inclusion Criteria:\n* walks\nExclusion Criteria:\n* blind\n", 200_000)),
        ("cohorts", repeated("Inclusion:\n", "Cohort A:\n\n* walks\n\nCohort B:\n\n* sees\n\n", 200_000)),
        ("notes", repeated("Inclusion:\n* walks\n", "Note: again\n", 200_000)),
        ("alternatives", repeated("Inclusion:\n* One of the following:\n", "* walks\n", 200_000)),
        ("nested bullets", format!("Inclusion Criteria:\n{nested}")),
        ("ors", format!("Inclusion Criteria:\n* ALT > 5 U/L{}", " or ALT > 5 U/L".repeat(10_000))),
        ("one line", repeated("Inclusion Criteria:\n* ", "word ", 1_000_000)),
        ("one word", "a".repeat(1_000_000)),
        ("blanks", format!("Exclusion{}Criteria", " ".repeat(1_000_000))),
        ("numbers", numbered),
        ("headings", repeated("", "x. Exclusion Criteria: ", 1_000_000)),
        ("escapes", repeated("", "\\&amp;amp;amp;", 1_000_000)),
        ("comparators", repeated("Inclusion:\n", "ALT > 5 and < ", 1_000_000)),
        ("brackets", repeated("Inclusion:\n* ALT ", "(> 5 U/L if ", 1_000_000)),
    ];
    for (name, text) in texts {
        let criteria = read::criteria(&text, Language::English).output;
        assert!(criteria.len() <= text.len() / 5, "{name}: {} criteria", criteria.len());
    }
}

/// Where a text has the two usual headings and no other words like them, what stands on the wrong side.
fn reversed(text: &str, criteria: &[Criterion]) -> Option<String> {
    let lower = text.to_lowercase();
    let once = |word: &str| (lower.matches(word).count() == 1).then(|| lower.find(word)).flatten();
    let (inclusion, exclusion) = (once("inclusion criteria:\n")?, once("exclusion criteria:\n")?);
    if lower.matches("clusion").count() != 2 || lower.len() != text.len() || inclusion > exclusion {
        return None;
    }
    let wrong = |criterion: &&Criterion| {
        let after = criterion.source.span.is_some_and(|span| span.start > exclusion);
        !criterion.id.starts_with('U') && after != (criterion.category == Category::Exclusion)
    };
    criteria.iter().find(wrong).map(|criterion| format!("{} is on the wrong list", criterion.id))
}

#[test]
fn every_line_of_a_registry_is_accounted_for() {
    let Some(path) = std::env::var_os("PRESCREEN_REGISTRY") else {
        println!("skipped: PRESCREEN_REGISTRY names no file of records");
        return;
    };
    let records = std::fs::read_to_string(path).unwrap();
    let mut table = Table::default();
    let (mut lines, mut criteria, mut doubtful, mut computable, mut read) = (0, 0, 0, 0, 0);
    for record in records.lines() {
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        let Some(text) = record["eligibilityModule"]["eligibilityCriteria"].as_str() else { continue };
        read += 1;
        assert!(lost(text).is_empty(), "{}: {:?}", record["nctId"], lost(text));
        lines += text.lines().filter(|line| !line.trim().is_empty()).count();
        let Warned { output: found, diagnostics } = read::criteria(text, Language::English);
        criteria += found.len();
        doubtful += found.iter().filter(|criterion| criterion.id.starts_with('U')).count();
        assert_eq!(reversed(text, &found), None, "{}", record["nctId"]);
        for criterion in &found {
            let own = |span: Span| {
                criterion.source.span.is_some_and(|whole| whole.start <= span.start && span.end <= whole.end)
            };
            let doubted = |said: &Diagnostic| said.span.is_some_and(own);
            table.add(criterion, diagnostics.iter().any(doubted));
        }
        let asks = |leaf: &&Expression| matches!(leaf, Expression::Unread(_) | Expression::Judgement(_));
        computable += found.iter().filter(|c| !c.expression.leaves().iter().all(asks)).count();
    }
    println!(
        "{read} records, {lines} lines; {criteria} criteria, {doubtful} in doubt, {computable} with a computable part"
    );
    println!("{table}");
}

/// What became of the criteria of one class.
#[derive(Default)]
struct Row {
    whole: usize,
    part: usize,
    asked: usize,
    doubtful: usize,
}

/// By class of what a criterion asks, as far as its words and its reading show.
#[derive(Default)]
struct Table {
    rows: BTreeMap<&'static str, Row>,
    /// Criteria with a number or a length of time, and those of them that were read whole.
    counted: (usize, usize),
}

impl Table {
    fn add(&mut self, criterion: &Criterion, doubtful: bool) {
        let leaves = criterion.expression.leaves();
        let asks = |leaf: &&Expression| matches!(leaf, Expression::Unread(_) | Expression::Judgement(_));
        let (asked, whole) = (leaves.iter().all(asks), !leaves.iter().any(asks));
        let words = criterion.text.values().next().map(|text| text.full.to_lowercase()).unwrap_or_default();
        for class in classes(&criterion.expression, &words) {
            let row = self.rows.entry(class).or_default();
            row.whole += usize::from(whole);
            row.part += usize::from(!whole && !asked);
            row.asked += usize::from(asked);
            row.doubtful += usize::from(doubtful);
        }
        if words.bytes().any(|byte| byte.is_ascii_digit()) {
            self.counted.0 += 1;
            self.counted.1 += usize::from(whole);
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<12} {:>7} {:>7} {:>7} {:>9}", "class", "whole", "part", "asked", "doubtful")?;
        for (class, row) in &self.rows {
            writeln!(f, "{class:<12} {:>7} {:>7} {:>7} {:>9}", row.whole, row.part, row.asked, row.doubtful)?;
        }
        let (all, whole) = self.counted;
        write!(f, "criteria with a number or a window: {whole} of {all} read whole")
    }
}

/// The classes of what was read, or of the words where nothing was.
fn classes(expression: &Expression, words: &str) -> BTreeSet<&'static str> {
    let says = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let kind = |subject: &Subject| match subject {
        Subject::Concept(id) => Concept::named(id),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    };
    let mut found = BTreeSet::new();
    for leaf in expression.leaves() {
        if leaf.window().is_some() || matches!(leaf, Expression::Elapsed(_)) {
            found.insert("windows");
        }
        match leaf {
            Expression::Compare(compare) => {
                let known = kind(&compare.subject);
                let score = compare.low.iter().chain(&compare.high).all(|bound| bound.unit.is_none());
                found.insert(match known {
                    Some(concept) if concept.id == "age" => "age",
                    _ if score => "scores",
                    _ => "labs",
                });
            }
            Expression::IsOneOf(one) => {
                found.insert(if one.subject == Subject::concept("sex") { "sex" } else { "scores" });
            }
            Expression::Present(present) => {
                let drug = kind(&present.subject).is_some_and(|concept| concept.kind == Kind::Dose)
                    || says(&["drug", "treatment", "therapy", "medication", "vaccin", "dose", "药", "治疗"]);
                found.insert(if drug { "drugs" } else { "conditions" });
            }
            Expression::Judgement(_) => {
                found.insert("judgement");
            }
            Expression::Unread(_) => {
                if says(&["years of age", "aged", "age ", "年龄", "岁"]) {
                    found.insert("age");
                }
                if says(&["mg/dl", "mmol", "g/dl", "uln", "mmhg", "/mm3", "ml/min", "10^9", "×10"]) {
                    found.insert("labs");
                }
                if says(&["score", "nyha", "ecog", "grade", "class ", "评分", "分级"]) {
                    found.insert("scores");
                }
                if says(&[" weeks", " months", " days", " hours", "within", "个月", "周内", "天内"]) {
                    found.insert("windows");
                }
                if says(&["drug", "treatment", "therapy", "medication", "vaccin", "药", "治疗"]) {
                    found.insert("drugs");
                }
            }
            _ => {}
        }
    }
    if found.is_empty() {
        found.insert("other");
    }
    found
}
