//! What holds of every medical record that is read.
//!
//! `PRESCREEN_PEOPLE` may name a folder of records in any format: every file of it must then be read, and a table says
//! what of it. Without it that test is skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use trial_prescreen::Code;
use trial_prescreen::import::record::{Charts, Why, record};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of records") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What came of the files of one folder.
#[derive(Default)]
struct Tally {
    files: usize,
    read: usize,
    charts: usize,
    proposals: usize,
    doubtful: usize,
    left: BTreeMap<Why, usize>,
    problems: BTreeMap<String, usize>,
}

impl Tally {
    fn count(&mut self, charts: &Charts) {
        self.read += charts.read;
        self.charts += charts.charts.len();
        for chart in &charts.charts {
            self.proposals += chart.proposals.len();
            self.doubtful += chart.proposals.iter().filter(|proposal| !proposal.doubts.is_empty()).count();
        }
        for left in charts.left.iter().chain(charts.charts.iter().flat_map(|chart| &chart.left)) {
            *self.left.entry(left.why).or_default() += left.count;
        }
    }
}

/// Every resource is among the proposals or among what was left.
fn accounted(charts: &Charts) -> usize {
    let mut places: Vec<&str> = Vec::new();
    for chart in &charts.charts {
        places.extend(chart.proposals.iter().map(|proposal| whole(charts, &proposal.origin.path)));
        places.extend(chart.left.iter().map(|left| whole(charts, &left.origin.path)));
    }
    places.extend(charts.left.iter().map(|left| whole(charts, &left.origin.path)));
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// The way to the resource, without its own parts; a clinical document's places are ways to whole entries.
fn whole<'p>(charts: &Charts, path: &'p str) -> &'p str {
    let parts = if charts.format.starts_with("FHIR") { ["component[", "item["].as_slice() } else { &[] };
    let begins = |at: &usize| *at == 0 || path[..*at].ends_with('.');
    let own = parts.iter().filter_map(|part| path.match_indices(part).map(|(at, _)| at).find(begins)).min();
    own.map_or(path, |at| path[..at].trim_end_matches('.'))
}

#[test]
fn every_record_of_a_folder_is_read() {
    #[expect(clippy::disallowed_methods, reason = "a test may be told where records lie")]
    let folder = std::env::var("PRESCREEN_PEOPLE");
    let Ok(folder) = folder else {
        println!("skipped: PRESCREEN_PEOPLE names no folder of records");
        return;
    };
    let mut all = Vec::new();
    files(Path::new(&folder), &mut all);
    all.sort();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for path in &all {
        let data = std::fs::read(path).expect("a file");
        let name = path.strip_prefix(&folder).expect("inside").to_string_lossy().into_owned();
        let read = record(&data);
        let charts = &read.output;
        let places = accounted(charts);
        // an export has too many of a kind to name each
        let counted = charts.format == "Apple Health" && places <= charts.read;
        assert!(places == charts.read || counted, "{name}: {places} of {}", charts.read);
        let tally = tallies.entry(name.split('/').next().unwrap_or_default().to_owned()).or_default();
        tally.files += 1;
        tally.count(charts);
        for problem in &read.diagnostics {
            *tally.problems.entry(format!("{:?} {}", problem.code, problem.message)).or_default() += 1;
        }
    }
    println!("folder: files, resources, charts, proposals (doubtful), left by reason");
    for (name, tally) in &tallies {
        println!(
            "{name}: {} {} {} {} ({}) {:?} {:?}",
            tally.files, tally.read, tally.charts, tally.proposals, tally.doubtful, tally.left, tally.problems
        );
    }
}

/// The records of the cases.
fn texts() -> Vec<String> {
    let files = [
        include_str!("../cases/record/apple.toml"),
        include_str!("../cases/record/ccda.toml"),
        include_str!("../cases/record/fhir.toml"),
        include_str!("../cases/record/fhir-xml.toml"),
    ];
    let tables = files.map(|file| file.parse::<toml::Table>().expect("cases"));
    let cases = tables.iter().flat_map(|file| file["case"].as_array().expect("a list of cases"));
    cases.map(|case| case["text"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn a_record_cut_anywhere_keeps_what_was_whole_and_says_so() {
    for text in texts() {
        let whole = record(text.as_bytes()).output;
        for cut in 1..text.len() {
            let Some(part) = text.get(..cut) else { continue };
            let read = record(part.as_bytes());
            assert!(accounted(&read.output) <= read.output.read && read.output.read <= whole.read, "{part}");
            let whole_lines = part.trim_end().ends_with('}') && text.starts_with("{\"resourceType\":\"Patient\"");
            assert!(
                !read.diagnostics.is_empty() || whole_lines || part.trim() == text.trim(),
                "nothing was said of {part}"
            );
        }
    }
}

#[test]
fn a_record_with_a_byte_too_few_or_another_is_read_without_harm() {
    for text in texts() {
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = bytes[at].wrapping_add(1);
            let _ = record(&bytes);
            bytes.remove(at);
            let read = record(&bytes);
            assert!(accounted(&read.output) <= read.output.read);
        }
    }
}

/// A clinical document of sections with these titles.
fn titled(titles: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><structuredBody>\n".to_vec();
    for title in titles {
        bytes.extend([b"<component><section><title>".as_slice(), title, b"</title></section></component>\n"].concat());
    }
    bytes.extend(b"</structuredBody></component></ClinicalDocument>");
    bytes
}

#[test]
fn a_document_in_another_encoding_loses_what_cannot_be_read_alone_and_says_the_line() {
    let read = record(&titled(&[b"one", b"caf\xE9", b"three"]));
    assert_eq!(read.output.read, 3);
    let said: Vec<&str> = read.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said, ["the text is not UTF-8 on line 3"]);
    let wide: Vec<u8> = "<HealthData/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [wide.clone(), [vec![0xFF, 0xFE], wide].concat()] {
        assert!(record(&bytes).diagnostics.iter().any(|problem| problem.code == Code::WrongEncoding));
    }
}

#[test]
fn a_bundle_in_another_encoding_or_too_deep_keeps_what_stands_before() {
    let one = |id: &str, rest: &str| {
        let code = r#""code":{"coding":[{"system":"http://loinc.org","code":"1742-6"}]}"#;
        format!(
            r#"{{"resource":{{"resourceType":"Observation","id":"{id}","status":"final",{code},"effectiveDateTime":"2026-02-28","valueQuantity":{{"value":101,"unit":"U/L"}}{rest}}}}}"#
        )
    };
    let deep = format!(",\"x\":{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (rest, code) in [(",\"note\":\"caf\u{1}\"".to_owned(), Code::WrongEncoding), (deep, Code::TooDeep)] {
        let entries = [one("a", ""), one("b", &rest), one("c", "")].join(",\n");
        let text = format!("{{\"resourceType\":\"Bundle\",\"entry\":[\n{entries}]}}");
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect();
        let read = record(&bytes);
        assert_eq!(read.output.charts.iter().map(|chart| chart.proposals.len()).sum::<usize>(), 1, "{code:?}");
        let said: Vec<_> =
            read.diagnostics.iter().map(|problem| (problem.code, problem.message.contains("line 3"))).collect();
        assert_eq!(said, [(code, true)]);
    }
}

#[test]
fn a_document_that_is_made_to_cost_ends_in_a_diagnostic_and_keeps_what_was_good() {
    let entities = "&a;".repeat(1000);
    for (middle, code) in [
        (format!("<title>{entities}</title>"), Code::NotXml),
        (format!("<title {}/>", (0..5_000).map(|at| format!("a{at}='' ")).collect::<String>()), Code::NotXml),
        ("<a>".repeat(5_000), Code::TooDeep),
        (format!("<title>{}</title>", "x".repeat(17 * 1024 * 1024)), Code::TooLarge),
    ] {
        let whole = String::from_utf8(titled(&[b"one", b"MIDDLE"])).expect("text");
        let text = format!("<!DOCTYPE x [<!ENTITY a 'aaaa'>]>\n{}", whole.replace("<title>MIDDLE</title>", &middle));
        let read = record(text.as_bytes());
        assert!(read.output.read >= 1, "{code:?}");
        assert_eq!(read.diagnostics.first().map(|problem| problem.code), Some(code));
    }
}
