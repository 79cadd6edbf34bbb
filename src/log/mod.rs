//! A pre-screening log: what was done with whom, when, by whom and why, in lines that only ever become more.
//!
//! In: a header, and events with their time and author (there is no clock here). Out: the log as a document, one row
//! for each attempt of each person, what should be done, counts, and copies in other layouts. Never: a name, a date of
//! birth, an age over 89, a line that is changed or taken out unseen.
//!
//! # The document
//!
//! `{"format":"trial-prescreen-log/1","header":{…},"events":[…]}`. Each event is one line:
//!
//! ```json
//! {"act":{"noted":{"person":1,"text":"calls back on Monday"}},"at":"2026-03-15T06:30+00:00",
//!  "by":{"role":"coordinator","who":"LM"},"hash":"…","number":2,"previous":"…"}
//! ```
//!
//! `hash` is the SHA-256, in lower-case hexadecimal digits, of the line in the canonical form of RFC 8785 without `hash`
//! itself; `previous` is the hash of the line before, and of the first line the SHA-256 of the header in that form. So
//! whoever changes, removes, inserts or moves a line breaks the chain at a place that [`Log::verify`] names. Two things
//! it cannot see alone: lines cut off at the end, and a whole log written anew. Keep [`Log::head`] elsewhere, on paper
//! or with somebody else, and give it to [`Log::verify`]: then it sees both.
//!
//! # What may follow what
//!
//! | from | to |
//! |---|---|
//! | (none) | candidate, by being identified |
//! | candidate | pre-screened, by being assessed; not now, not eligible or declined for a reason that no criterion is |
//! | pre-screened, possible, not now | each of the others but candidate; pre-screened, by being assessed again |
//! | not eligible, declined | pre-screened, with a reason in words: it is taken back |
//! | withdrew | nothing: somebody who comes again gets a new number, linked to this one |
//!
//! *Possible* needs a determination that is not *ineligible*, or an override of it. *Not now* and *not eligible* need
//! criteria that the latest assessment failed (for *not now*: or left open), or a reason that no criterion is. An
//! override holds until the next assessment.

mod age;
mod assess;
mod chain;
mod course;
mod event;
mod layout;
mod row;
mod shapes;

pub use age::{Age, NotAnAge};
pub use chain::Line;
pub use event::{
    Act, Activated, Assessed, Assessment, Author, Channel, Clarified, CohortOutcome, Corrected, Decided, Edition,
    Event, Exported, Failed, Header, Identified, Linked, Listed, Need, Noted, OtherReason, Overridden, Overruled,
    OverruledCriterion, OverruledDetermination, Pending, State, Unclear,
};
pub use layout::{Consort, Counted, CountedReason, Layout, Sheet};
pub use row::{Answer, Due, Judged, Query, Reminder, Row, Ruling};

use crate::diagnostic::{Code, Diagnostic, Severity, Warned, quoted};
use crate::import::json::{self, Node, Value};
use crate::import::readable::{Problems, Readable, fields, more};
use crate::import::{self, limits};
use crate::json::{quote, text};
use crate::model::date::Day;

use course::Course;

/// The format and its version.
pub const LOG_FORMAT: &str = "trial-prescreen-log/1";

struct Document {
    #[expect(dead_code, reason = "looked at before")]
    format: String,
    header: Header,
    events: Vec<Line>,
}

fields!(Document { format "format" !, header "header" !, events "events" ! });

/// Why a tree is no log; nothing where it is one.
fn foreign(root: &Node<'_>) -> Option<Diagnostic> {
    let Value::Object(entries) = &root.value else { return Some(not_a_log("this is JSON, but not a log")) };
    let format = entries.iter().find(|entry| entry.key == "format").map(|entry| &entry.node.value);
    let Some(Value::Text(format)) = format else { return Some(not_a_log("this does not name its format")) };
    let later = format.strip_prefix("trial-prescreen-log/").is_some_and(|version| version.parse::<u32>().is_ok());
    match format.as_ref() {
        LOG_FORMAT => None,
        _ if later => {
            let message = format!("this log was written for another version of the format, {}", quoted(format));
            Some(Diagnostic::error(Code::LaterVersion, message, "reload the page to get the newest version"))
        }
        _ => Some(not_a_log(&format!("the format {} is not a log's", quoted(format)))),
    }
}

fn not_a_log(message: &str) -> Diagnostic {
    let help = format!("choose a log; it has the key \"format\" with the value \"{LOG_FORMAT}\"");
    Diagnostic::error(Code::NotALog, message, help)
}

/// A pre-screening log.
///
/// # Example
///
/// ```
/// use trial_prescreen::log::{Act, Author, Channel, Edition, Event, Header, Identified, Log};
/// let edition = Edition {
///     trial: "NCT07084012".into(), document: 2, protocol: None, amendment: None, digest: "0".repeat(64), criteria: vec![],
/// };
/// let header = Header {
///     protocol: "P-1".into(), site: "012".into(), investigator: "Dr Li".into(), zone: "Asia/Shanghai".into(), edition,
/// };
/// let mut log = Log::new(header)?;
/// let act = Act::Identified(Identified {
///     person: 0, on: "2026-03-15".parse()?, channel: Channel::Chart, detail: String::new(),
/// });
/// let by = Author { who: "LM".into(), role: "coordinator".into() };
/// log.append(Event { at: "2026-03-15T06:30Z".parse()?, by, act }).unwrap();
/// assert_eq!(log.rows()[0].number, 1);
///
/// let text = log.text();
/// assert!(Log::open(&text).output.unwrap().verify(Some(log.head())).is_empty());
/// let tampered = Log::open(&text.replace("2026-03-15\"", "2026-03-14\"")).output.unwrap();
/// assert!(tampered.verify(None)[0].message.contains("line 1 was altered"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    header: Header,
    genesis: String,
    lines: Vec<Line>,
    course: Course,
}

impl Event {
    /// The event in a JSON text: `{"at":…,"by":{"who":…,"role":…},"act":{…}}`.
    ///
    /// # Errors
    ///
    /// Every mistake, with its place in the text.
    pub fn read(json: &str) -> Result<Event, Vec<Diagnostic>> {
        import::value(json)
    }
}

/// A log cannot be begun so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nameless;

impl std::fmt::Display for Nameless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("protocol, site, investigator and time zone must be named")
    }
}

impl std::error::Error for Nameless {}

impl Log {
    /// A log without lines.
    ///
    /// # Errors
    ///
    /// Where the protocol, the site, the investigator or the time zone is not named.
    pub fn new(header: Header) -> Result<Log, Nameless> {
        let named = [&header.protocol, &header.site, &header.investigator, &header.zone];
        if named.iter().any(|name| name.trim().is_empty()) {
            return Err(Nameless);
        }
        let (genesis, course) = (chain::genesis(&header), Course::of(&header));
        Ok(Log { header, genesis, lines: Vec::new(), course })
    }

    /// Reads a log. Never fails on a line: one that cannot be read, or cannot be, is kept as it stands and told of, and
    /// counts for nothing. There is no log only where the text is no log's, or its header cannot be read.
    ///
    /// Whether the lines are those that were written is another question: [`Log::verify`].
    pub fn open(text: &str) -> Warned<Option<Log>> {
        let nothing = |problem: Diagnostic| Warned { output: None, diagnostics: vec![problem] };
        if text.len() > limits::LOG_BYTES {
            let message = format!("the log has {} bytes; at most {} are read", text.len(), limits::LOG_BYTES);
            return nothing(Diagnostic::error(Code::TooLarge, message, "begin a new log"));
        }
        let root = match json::parse(text) {
            Ok(root) => root,
            Err(problem) => return nothing(*problem),
        };
        if let Some(problem) = foreign(&root) {
            return nothing(problem);
        }
        let mut problems = Problems::default();
        let document = Document::read(&root, &mut problems);
        let mut diagnostics = problems.told();
        let Some(Document { header, events, .. }) = document else { return Warned { output: None, diagnostics } };
        let mut log = match Log::new(header) {
            Ok(log) => log,
            Err(nameless) => {
                let problem =
                    Diagnostic::error(Code::MissingReason, nameless.to_string(), "begin a new log").on("header");
                return nothing(problem);
            }
        };
        let mut impossible = Vec::new();
        for (at, line) in events.into_iter().enumerate() {
            let found = line.event.as_ref().map(|event| log.course.check(event)).unwrap_or_default();
            impossible.extend(found.into_iter().map(|problem| problem.on(format!("events[{at}]"))));
            log.put(line);
        }
        let rest = impossible.split_off(impossible.len().min(limits::PROBLEMS));
        diagnostics.extend(impossible);
        diagnostics.extend((!rest.is_empty()).then(|| more(Severity::Error)));
        Warned { output: Some(log), diagnostics }
    }

    /// The line, and what it makes of the rows, where it can be.
    fn put(&mut self, line: Line) {
        if let Some(event) = line.event.as_ref().filter(|event| self.course.check(event).is_empty()) {
            self.course.take(event);
        }
        self.lines.push(line);
    }

    /// Writes an event behind the last one. The number of somebody who is identified is given by the log where it is 0;
    /// a fact that is put right is kept without what would point at a person.
    ///
    /// # Errors
    ///
    /// Where the event cannot follow what is there; then nothing is written.
    pub fn append(&mut self, mut event: Event) -> Result<&Line, Vec<Diagnostic>> {
        if self.lines.len() >= limits::LIST {
            let message = format!("the log has {} lines; a log has at most as many", limits::LIST);
            return Err(vec![Diagnostic::error(Code::TooMany, message, "begin a new log")]);
        }
        match &mut event.act {
            Act::Identified(act) if act.person == 0 => act.person = self.course.next(),
            Act::Corrected(act) => {
                let written = event.at.first_day();
                let Corrected { old, new, .. } = act.as_mut();
                for fact in [old, new] {
                    *fact = fact.take().map(|fact| age::grouped(fact, written));
                }
            }
            Act::Identified(_)
            | Act::Linked(_)
            | Act::Assessed(_)
            | Act::State(_)
            | Act::Overridden(_)
            | Act::Activated(_)
            | Act::Noted(_)
            | Act::Unclear(_)
            | Act::Clarified(_)
            | Act::Exported(_) => {}
        }
        let problems = self.course.check(&event);
        if !problems.is_empty() {
            return Err(problems);
        }
        let number = u32::try_from(self.lines.len()).unwrap_or(u32::MAX).saturating_add(1);
        if let Some(line) = Line::after(self.head(), number, event) {
            self.put(line);
        }
        self.lines.last().ok_or_else(Vec::new)
    }

    /// What was done to the lines after they were written: altered, removed, put in, moved, written anew. With the head
    /// that was kept of an earlier state, also whether the end is missing; a log that has grown since is in order.
    pub fn verify(&self, head: Option<&str>) -> Vec<Diagnostic> {
        chain::verify(&self.genesis, &self.lines, head)
    }

    /// The hash of the last line; of a log without lines, the digest of its header.
    pub fn head(&self) -> &str {
        self.lines.last().map_or(&self.genesis, |line| &line.hash)
    }

    /// What it is of.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The lines, in their order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// One row for each attempt, in the order of the numbers.
    pub fn rows(&self) -> &[Row] {
        &self.course.rows
    }

    /// The attempt with this number.
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.course.row(number)
    }

    /// The versions of the trial that the site has worked under, the first of them the header's.
    pub fn editions(&self) -> &[Edition] {
        &self.course.editions
    }

    /// What is not clear of the criteria, whoever is looked at.
    pub fn unclear(&self) -> &[Query] {
        &self.course.unclear
    }

    /// Attempts that nobody has brought to an end, and those whose day has come; without a day, the first alone.
    pub fn reminders(&self, today: Option<Day>) -> Vec<Reminder> {
        self.rows().iter().filter_map(|row| row.due(today)).collect()
    }

    /// The document, one event a line.
    pub fn text(&self) -> String {
        let mut out = String::from("{\"format\":");
        quote(LOG_FORMAT, &mut out);
        out.push_str(",\"header\":");
        out.push_str(&text(&self.header).unwrap_or_default());
        out.push_str(",\"events\":[");
        for (at, line) in self.lines.iter().enumerate() {
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            out.push_str(&line.text);
        }
        out.push_str("\n]}\n");
        out
    }
}
