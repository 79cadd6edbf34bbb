//! Cases of the pre-screening log: events in, rows, reminders, copies and what was done to its lines out.
#![expect(clippy::indexing_slicing, reason = "a case whose log is not as it says has failed, and says where")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use trial_prescreen::log::{Assessment, Consort, Edition, Event, Header, Layout, Log, Query, Row, Sheet};
use trial_prescreen::{AsOf, Diagnostic, Trial, evaluate};

use super::evaluation::{read, word};
use super::fact::{self, Facts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
    /// Each criterion as `id | the protocol's number | words | expression`, and perhaps `| rule for another try`.
    #[serde(default)]
    criteria: Vec<String>,
    #[serde(default)]
    cohorts: Vec<String>,
}

/// The trial that a log is of.
#[derive(Default)]
struct Of {
    criteria: Vec<String>,
    cohorts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: Option<String>,
    log: Story,
    expect: Expect,
}

/// What was written, and what was done to it afterwards.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    events: Vec<Written>,
    /// `remove 2`, `swap 1 2`, `copy 1 behind 3`, `2: this => that`, `cut 1`, `header: this => that`
    #[serde(default)]
    tamper: Vec<String>,
    /// The hash of the last line was kept before that.
    #[serde(default)]
    kept: bool,
    today: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    at: Option<String>,
    by: Option<String>,
    /// The act as JSON.
    act: Option<String>,
    /// Or the number of somebody who is assessed, on these facts.
    assess: Option<u32>,
    as_of: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, Facts>,
    /// It cannot be written: the codes of why.
    refused: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    rows: Option<Vec<String>>,
    reminders: Option<Vec<String>>,
    consort: Option<Vec<String>>,
    /// Columns of a copy, by layout and name.
    #[serde(default)]
    columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Places of a copy that is JSON, by layout and pointer.
    #[serde(default)]
    places: BTreeMap<String, BTreeMap<String, toml::Value>>,
    /// What a copy has nothing of.
    #[serde(default)]
    without: BTreeMap<String, Vec<String>>,
    /// What is found of the lines: the code and the path.
    found: Option<Vec<String>>,
    /// What the log's text says, and what it does not.
    #[serde(default)]
    keeps: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    /// What reading it again has to say.
    said: Option<Vec<String>>,
}

pub(super) fn run(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let of = Of { criteria: file.criteria, cohorts: file.cohorts };
    Ok(file.case.iter().map(|case| (case.name.clone(), check(&of, case).err())).collect())
}

fn check(of: &Of, case: &Case) -> Result<(), String> {
    let (log, kept) = written(of, &case.log)?;
    let opened = Log::open(&log.text());
    if opened.output.as_ref() != Some(&log)
        || !opened.diagnostics.is_empty()
        || !log.verify(Some(log.head())).is_empty()
    {
        return Err(format!("it does not open as it was written: {:#?}", opened.diagnostics));
    }
    let expect = &case.expect;
    if let Some(expected) = &expect.found {
        let opened = Log::open(&tampered(&log.text(), &case.log.tamper)?);
        let found = opened.output.map(|log| log.verify(kept.as_deref())).unwrap_or(opened.diagnostics);
        same(
            "found",
            expected,
            found.iter().map(|one| format!("{} {}", word(&one.code), one.path).trim_end().to_owned()).collect(),
        )?;
    }
    if let Some(expected) = &expect.said {
        let opened = Log::open(&tampered(&log.text(), &case.log.tamper)?);
        same(
            "said",
            expected,
            opened.diagnostics.iter().map(|one| format!("{} {}", word(&one.code), one.path)).collect(),
        )?;
    }
    if let Some(expected) = &expect.rows {
        same("rows", expected, log.rows().iter().map(shown).collect())?;
    }
    if let Some(expected) = &expect.reminders {
        let today = case.log.today.as_ref().map(|day| day.parse::<trial_prescreen::Date>()).transpose();
        let today = today.map_err(|error| error.to_string())?.map(trial_prescreen::Date::first_day);
        let due = log.reminders(today);
        same(
            "reminders",
            expected,
            due.iter().map(|due| format!("{} {} {}", due.number, word(&due.why), due.since)).collect(),
        )?;
    }
    let text = log.text();
    if let Some(words) = expect.keeps.iter().find(|words| !text.contains(words.as_str())) {
        return Err(format!("the log does not say {words}: {text}"));
    }
    if let Some(words) = expect.lacks.iter().find(|words| text.contains(words.as_str())) {
        return Err(format!("the log says {words}: {text}"));
    }
    let counts = log.consort();
    if let Some(expected) = &expect.consort {
        same("consort", expected, counted(&log))?;
    }
    adds_up(&counts)?;
    copies(&log, expect)
}

/// Every copy that is CSV reads back as the table it was made of.
fn copies(log: &Log, expect: &Expect) -> Result<(), String> {
    for layout in Layout::ALL {
        let (text, sheet) = (log.export(layout), log.sheet(layout));
        let is_table = !sheet.columns.is_empty();
        let back = Sheet::read(&text);
        if is_table && (back.output != sheet || !back.diagnostics.is_empty()) {
            return Err(format!("{} does not read back: {back:#?}", layout.name()));
        }
        if !is_table && serde_json::from_str::<Value>(&text).is_err() {
            return Err(format!("{} is no JSON: {text}", layout.name()));
        }
    }
    let named = |name: &str| Layout::named(name).ok_or(format!("no layout {name}"));
    for (name, columns) in &expect.columns {
        let sheet = log.sheet(named(name)?);
        for (column, expected) in columns {
            let at =
                sheet.columns.iter().position(|own| own == column).ok_or(format!("{name} has no column {column}"))?;
            same(&format!("{name}, {column}"), expected, sheet.rows.iter().map(|row| row[at].clone()).collect())?;
        }
    }
    for (name, places) in &expect.places {
        let copy: Value = serde_json::from_str(&log.export(named(name)?)).map_err(|error| error.to_string())?;
        for (pointer, expected) in places {
            let found = copy.pointer(pointer);
            if found != Some(&json!(expected)) {
                return Err(format!("{name} {pointer}: expected {expected}, found {found:?}"));
            }
        }
    }
    for (name, words) in &expect.without {
        let copy = log.export(named(name)?);
        if let Some(word) = words.iter().find(|word| copy.contains(word.as_str())) {
            return Err(format!("{name} says {word}: {copy}"));
        }
    }
    Ok(())
}

fn same(what: &str, expected: &[String], found: Vec<String>) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected {expected:#?}\n    found {found:#?}")) }
}

/// Each person is in one box.
fn adds_up(counts: &Consort) -> Result<(), String> {
    let ends = counts.excluded + counts.declined + counts.withdrew + counts.other + counts.possible + counts.undecided;
    let first: usize = counts.by_first.iter().map(|one| one.people).sum();
    let other: usize = counts.by_other.iter().map(|one| one.people).sum();
    let whole = counts.identified == counts.assessed + counts.not_assessed && counts.identified == ends;
    if whole && first == counts.excluded && other == counts.other {
        Ok(())
    } else {
        Err(format!("{counts:?} does not add up"))
    }
}

/// The counts that are not zero.
fn counted(log: &Log) -> Vec<String> {
    let lines = log.sheet(Layout::Consort).rows.into_iter().filter(|row| row[4] != "0");
    lines.map(|row| format!("{} {} {}", row[2], row[3], row[4]).replace("  ", " ")).collect()
}

/// `1 of 1 attempt 1 not-eligible, ineligible, failed I1 E2, because E2`
fn shown(row: &Row) -> String {
    let mut said = format!("{} of {} attempt {} {}", row.number, row.person, row.attempt, word(&row.state));
    let mut also = |what: &str, text: String| {
        if !text.is_empty() {
            said.push_str(&format!(", {what}{text}"));
        }
    };
    if let Some(judged) = &row.assessed {
        also("", word(&judged.determination));
        also("age ", judged.age.map_or(String::new(), |age| age.to_string()));
        also("", judged.sex.clone().unwrap_or_default());
        also("failed ", judged.failed.join(" "));
        also("open ", judged.pending.iter().map(|pending| pending.id.as_str()).collect::<Vec<_>>().join(" "));
        also("again ", judged.again.map_or(String::new(), |again| word(&again.allowed)));
    }
    also("call back ", row.call_back().map_or(String::new(), |date| date.to_string()));
    also("because ", row.criteria.join(" "));
    also("other ", row.other.as_ref().map(word).unwrap_or_default());
    also("overrides ", row.overrides.len().to_string().replace('0', ""));
    also("corrections ", row.corrections.to_string().replace('0', ""));
    also("notes ", row.notes.join(" / "));
    let query = |query: &Query| {
        let answer = query.answer.as_ref().map_or(String::new(), |answer| format!(" = {}", answer.text));
        format!("{} {}{answer}", query.criterion, query.text)
    };
    also("unclear ", row.unclear.iter().map(query).collect::<Vec<_>>().join(" / "));
    said
}

/// The text of a trial document with these criteria.
fn document(of: &Of) -> Result<String, String> {
    let mut criteria = Vec::new();
    for line in &of.criteria {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [id, item, words, expression, rest @ ..] = cells.as_slice() else {
            return Err(format!("not `id | number | words | expression`: {line}"));
        };
        let category = if id.starts_with('E') { "exclusion" } else { "inclusion" };
        let expression: Value = serde_json::from_str(expression).map_err(|error| format!("{line}: {error}"))?;
        let retest = rest.first().map_or("\"investigator\"", |rule| rule);
        let retest: Value = serde_json::from_str(retest).map_err(|error| format!("{line}: {error}"))?;
        criteria.push(json!({
            "id": id, "category": category, "source": {"document": "protocol", "item": item}, "retest": retest,
            "text": {"en": {"full": words, "short": words, "patient": words}}, "expression": expression,
        }));
    }
    let cohorts: Vec<Value> = of.cohorts.iter().map(|id| json!({"id": id, "label": {"en": id}})).collect();
    let eligibility = json!({"status": "published", "cohorts": cohorts, "criteria": criteria});
    Ok(json!({
        "format": "trial-prescreen/1", "id": "NCT00000000", "title": {"en": "A trial"}, "source": [],
        "version": {"document": 3, "protocol": "2.1"}, "eligibility": eligibility,
    })
    .to_string())
}

/// The log as it was written, and the hash that was kept.
fn written(of: &Of, story: &Story) -> Result<(Log, Option<String>), String> {
    let document = document(of)?;
    let trial = read(&document)?;
    let header = Header {
        protocol: "P-17".to_owned(),
        site: "012".to_owned(),
        investigator: "Dr Ma, =SUM(A1)".to_owned(),
        zone: "+08:00".to_owned(),
        edition: Edition::of(&trial, &document),
    };
    let mut log = Log::new(header).map_err(|error| error.to_string())?;
    for (minute, event) in story.events.iter().enumerate() {
        let json = event.json(minute, &trial, &document)?;
        let before = log.clone();
        let result = Event::read(&json).and_then(|event| log.append(event).cloned());
        let refused =
            result.as_ref().err().map(|found| found.iter().map(|one| word(&one.code)).collect::<Vec<_>>().join(" "));
        if refused != event.refused {
            return Err(format!("event {}: expected {:?}, found {result:#?}", minute + 1, event.refused));
        }
        if refused.is_some() && log != before {
            return Err(format!("event {} was refused, and changed the log", minute + 1));
        }
    }
    let head = story.kept.then(|| log.head().to_owned());
    Ok((log, head))
}

impl Written {
    fn json(&self, minute: usize, trial: &Trial, document: &str) -> Result<String, String> {
        let at = self.at.clone().unwrap_or_else(|| format!("2026-03-15T06:{minute:02}Z"));
        let by = self.by.as_deref().unwrap_or("LM coordinator");
        let (who, role) = by.split_once(' ').unwrap_or((by, ""));
        let act: Value = match (&self.act, self.assess) {
            (Some(act), None) => serde_json::from_str(act).map_err(|error| format!("{act}: {error}"))?,
            (None, Some(person)) => {
                let as_of = self.as_of.as_deref().unwrap_or("2026-03-15").parse().map_err(|_| "no date")?;
                let as_of = AsOf::new(as_of).ok_or("no moment")?;
                let record = fact::record(&BTreeMap::new(), &self.facts)?;
                let evaluation = evaluate(trial, &record, &as_of);
                let assessment = Assessment::of(trial, document, &record, &as_of, &evaluation);
                json!({"assessed": {"person": person, "assessment": assessment}})
            }
            _ => return Err("an event is an act, or an assessment".to_owned()),
        };
        Ok(json!({"at": at, "by": {"who": who, "role": role}, "act": act}).to_string())
    }
}

/// The text of the log, with this done to its lines.
fn tampered(text: &str, ways: &[String]) -> Result<String, String> {
    let mut lines: Vec<String> = text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
    let place = |word: Option<&str>| word.and_then(|word| word.parse::<usize>().ok()).ok_or("no line".to_owned());
    for way in ways {
        if let Some((line, (this, that))) =
            way.split_once(": ").and_then(|(line, rest)| Some((line, rest.split_once(" => ")?)))
        {
            let at = if line == "header" { 0 } else { place(Some(line))? };
            let own = lines.get_mut(at).ok_or(format!("no line {at}"))?;
            if !own.contains(this) {
                return Err(format!("line {at} does not say {this}: {own}"));
            }
            *own = own.replacen(this, that, 1);
            continue;
        }
        let words: Vec<&str> = way.split(' ').collect();
        let last = lines.len() - 1;
        match words.as_slice() {
            ["remove", line] => drop(lines.remove(place(Some(line))?)),
            ["swap", one, other] => lines.swap(place(Some(one))?, place(Some(other))?),
            ["copy", line, "behind", other] => {
                let copy = lines[place(Some(line))?].clone();
                lines.insert(place(Some(other))? + 1, copy);
            }
            ["cut", count] => drop(lines.drain(last - place(Some(count))?..last)),
            _ => return Err(format!("what is `{way}`?")),
        }
    }
    let last = lines.len() - 1;
    let events = lines[1..last].join(",\n");
    Ok([&lines[0], "\n", &events, "\n", &lines[last]].concat())
}

/// What is found of a log of a trial without criteria, or of a text that is to be one.
pub(super) fn diagnostics(story: &Story) -> Result<Vec<Diagnostic>, String> {
    let document = document(&Of::default())?;
    let trial = read(&document)?;
    let header = Header {
        protocol: "P-17".to_owned(),
        site: "012".to_owned(),
        investigator: "Dr Ma".to_owned(),
        zone: "+08:00".to_owned(),
        edition: Edition::of(&trial, &document),
    };
    let mut log = Log::new(header).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for (minute, event) in story.events.iter().enumerate() {
        let json = event.json(minute, &trial, &document)?;
        found.extend(Event::read(&json).and_then(|event| log.append(event).cloned()).err().into_iter().flatten());
    }
    let head = story.kept.then(|| log.head().to_owned());
    let opened = Log::open(&tampered(&log.text(), &story.tamper)?);
    found.extend(opened.output.iter().flat_map(|log| log.verify(head.as_deref())));
    Ok(found)
}
