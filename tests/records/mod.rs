//! What holds of every medical record that is read.
//!
//! `PRESCREEN_PEOPLE` may name a folder of records in any format: every file of it must then be read, and a table says
//! what of it. Without it that test is skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
            *self.left.entry(left.why).or_default() += 1;
        }
    }
}

/// Every resource is among the proposals or among what was left.
fn accounted(charts: &Charts) -> usize {
    let mut places: Vec<&str> = Vec::new();
    for chart in &charts.charts {
        places.extend(chart.proposals.iter().map(|proposal| whole(&proposal.origin.path)));
        places.extend(chart.left.iter().map(|left| whole(&left.origin.path)));
    }
    places.extend(charts.left.iter().map(|left| whole(&left.origin.path)));
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// The way to the resource, without its own parts.
fn whole(path: &str) -> &str {
    path.find(".component[").or_else(|| path.find(".item[")).map_or(path, |at| &path[..at])
}

#[test]
fn every_record_of_a_folder_is_read() {
    let Ok(folder) = std::env::var("PRESCREEN_PEOPLE") else {
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
        assert!(places <= charts.read && (places > 0 || charts.read == 0), "{name}: {places} of {}", charts.read);
        let tally = tallies.entry(name.split('/').next().unwrap_or_default().to_owned()).or_default();
        tally.files += 1;
        tally.count(charts);
        for problem in &read.diagnostics {
            *tally.problems.entry(format!("{:?} {}", problem.code, problem.message)).or_default() += 1;
        }
        if std::env::var("PRESCREEN_SHOW").is_ok_and(|show| name.contains(&show)) {
            for chart in &charts.charts {
                println!("# {name} chart {}", chart.key);
                for proposal in &chart.proposals {
                    println!("  {}", serde_json::to_string(proposal).unwrap());
                }
                for left in &chart.left {
                    println!("  - {:?} {} {}", left.why, left.origin.resource, left.said);
                }
                println!("  contradictions {:?}", chart.contradictions);
            }
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
