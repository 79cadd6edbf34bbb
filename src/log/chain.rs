//! The lines of a log, each with its number, the hash of the line before it and its own; and what was done to them since.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic};
use crate::digest::digest;
use crate::import::json::{Node, Value};
use crate::import::readable::{Problems, Readable};
use crate::json::text;
use crate::log::event::{Act, Author, Event, Header};
use crate::model::date::Date;
use crate::receipt::{canonical, write};

/// A line as it is read.
pub(super) struct Stored {
    #[expect(dead_code, reason = "taken from the tree, where it stands even if the rest cannot be read")]
    pub(super) number: u32,
    #[expect(dead_code, reason = "as the number")]
    pub(super) previous: String,
    #[expect(dead_code, reason = "as the number")]
    pub(super) hash: String,
    pub(super) at: Date,
    pub(super) by: Author,
    pub(super) act: Act,
}

/// A line of a log. One that cannot be read is kept as it stands, without an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from one.
    pub number: Option<u32>,
    /// The hash of the line before it; of the first one, the digest of the header.
    pub previous: String,
    /// Its own hash, as it stands in the log.
    pub hash: String,
    /// What it says.
    pub event: Option<Event>,
    /// The whole line in the canonical form of RFC 8785.
    pub(super) text: String,
    /// What its hash ought to be.
    computed: String,
}

impl Line {
    /// The next line after one with this hash.
    pub(super) fn after(previous: &str, number: u32, event: Event) -> Option<Line> {
        #[derive(Serialize)]
        struct Written<'a> {
            act: &'a Act,
            at: Date,
            by: &'a Author,
            #[serde(skip_serializing_if = "Option::is_none")]
            hash: Option<&'a str>,
            number: u32,
            previous: &'a str,
        }
        let Event { act, at, by } = &event;
        let mut written = Written { act, at: *at, by, hash: None, number, previous };
        let hash = digest(&canonical(&text(&written)?, &[]));
        written.hash = Some(&hash);
        let whole = canonical(&text(&written)?, &[]);
        Some(Line {
            number: Some(number),
            previous: previous.to_owned(),
            computed: hash.clone(),
            hash,
            text: whole,
            event: Some(event),
        })
    }

    /// What it says is what its hash was made of.
    fn is_sound(&self) -> bool {
        self.hash == self.computed
    }
}

impl Readable for Line {
    /// Whatever stands there: what cannot be read has no event, and is told of.
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Line> {
        let under = |key: &str| match &node.value {
            Value::Object(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node.value),
            Value::Null | Value::Truth(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => None,
        };
        let words = |key: &str| match under(key) {
            Some(Value::Text(text)) => text.clone().into_owned(),
            _ => String::new(),
        };
        let number = match under("number") {
            Some(Value::Number(number)) => number.parse().ok(),
            _ => None,
        };
        let (mut whole, mut hashed) = (String::new(), String::new());
        write(node, &[], &mut whole);
        write(node, &["hash"], &mut hashed);
        let before = problems.found.len();
        let event = Stored::read(node, problems).filter(|_| problems.found.len() == before);
        Some(Line {
            number,
            previous: words("previous"),
            hash: words("hash"),
            event: event.map(|Stored { at, by, act, .. }| Event { at, by, act }),
            text: whole,
            computed: digest(&hashed),
        })
    }
}

/// What the first line follows.
pub(super) fn genesis(header: &Header) -> String {
    digest(&canonical(&text(header).unwrap_or_default(), &[]))
}

/// What was done to the lines after they were written, in their order.
pub(super) fn verify(genesis: &str, lines: &[Line], head: Option<&str>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_sound()) {
        let message = format!("{} was altered: it is not what its hash was made of", called(at, line));
        let help = "compare it with an earlier copy; what it says now cannot be relied on";
        found.push((at, Diagnostic::error(Code::AlteredLine, message, help)));
    }
    let numbers = numbers(genesis, lines);
    let extra = extra(genesis, lines, &numbers);
    for at in &extra {
        let line = lines.get(*at);
        let message = format!("{} was put in: no other line names it", line.map_or(String::new(), |l| called(*at, l)));
        let help = "leave it out of account; what was done belongs at the end of the log, with its own time";
        found.push((*at, Diagnostic::error(Code::InsertedLine, message, help)));
    }
    let mut kept: Vec<(u32, usize)> =
        numbers.iter().enumerate().filter(|(at, _)| !extra.contains(at)).map(|(at, number)| (*number, at)).collect();
    for at in moved(&kept) {
        let line = lines.get(at).map_or(String::new(), |line| called(at, line));
        let message = format!("{line} stands in another place than it was written in");
        let help = "put the lines in the order of their numbers; what they say is unchanged";
        found.push((at, Diagnostic::error(Code::MovedLine, message, help)));
    }
    kept.sort_unstable();
    let mut before: (u32, Option<&Line>) = (0, None);
    let mut latest = None;
    for (number, at) in kept {
        let Some(line) = lines.get(at) else { continue };
        if number > before.0 + 1 {
            found.push((at, removed(before.0 + 1, number - 1)));
        } else if line.is_sound() && before.1.is_none_or(Line::is_sound) {
            let expected = before.1.map_or(genesis, |line| line.hash.as_str());
            if line.previous != expected {
                found.push((at, replaced(before.0, at, line)));
            }
        }
        before = (number, Some(line));
        let Some(event) = line.event.as_ref().filter(|_| line.is_sound()) else { continue };
        let minute = event.at.first_minute(0);
        if latest.is_some_and(|latest| minute < latest) {
            let message = format!("{} says that it was written before the line before it", called(at, line));
            let help = "look at the clock of the device it was written on";
            found.push((at, Diagnostic::warning(Code::BadDate, message, help)));
        }
        latest = latest.max(Some(minute));
    }
    found.sort_by_key(|(at, _)| *at);
    let mut found: Vec<Diagnostic> =
        found.into_iter().map(|(at, problem)| Diagnostic { path: path_of(at, problem.path), ..problem }).collect();
    let known = |head: &str| head == genesis || lines.iter().any(|line| line.hash == head);
    if head.is_some_and(|head| !known(head)) {
        let message = "the end of the log is missing: no line has the hash that was kept for its last one";
        let help = "find the copy that the hash was kept of; the lines after this log's last one are gone, or were written anew";
        found.push(Diagnostic::error(Code::MissingEnd, message, help));
    }
    found
}

fn path_of(at: usize, path: String) -> String {
    if path.is_empty() { format!("events[{at}]") } else { path }
}

/// `line 7`, by its number where it has one.
fn called(at: usize, line: &Line) -> String {
    line.number.map_or(format!("the line in place {}", at + 1), |number| format!("line {number}"))
}

fn removed(first: u32, last: u32) -> Diagnostic {
    let message = if first == last {
        format!("line {first} was removed")
    } else {
        format!("lines {first} to {last} were removed")
    };
    let help = "find them in an earlier copy; without them the log does not say all that was done";
    Diagnostic::error(Code::RemovedLine, message, help)
}

fn replaced(before: u32, at: usize, line: &Line) -> Diagnostic {
    let this = called(at, line);
    if before == 0 {
        let message = format!("the header was changed after {this} was written");
        let help =
            "compare it with an earlier copy: protocol, site, investigator and trial are fixed by the first line";
        return Diagnostic::error(Code::ReplacedLine, message, help).on("header");
    }
    let message = format!("{this} does not follow line {before}: one of the two was written anew, with its hash");
    let help = "compare both with an earlier copy; neither can be relied on";
    Diagnostic::error(Code::ReplacedLine, message, help)
}

/// The number of each line. That of an altered line may be altered too: what names it, and what it names, goes before.
fn numbers(genesis: &str, lines: &[Line]) -> Vec<u32> {
    let sound = |line: &&Line| line.is_sound();
    let before: BTreeMap<&str, u32> = lines
        .iter()
        .filter(sound)
        .filter_map(|line| Some((line.previous.as_str(), line.number?.checked_sub(1)?)))
        .collect();
    let after: BTreeMap<&str, u32> = lines
        .iter()
        .filter(sound)
        .filter_map(|line| Some((line.hash.as_str(), line.number?.checked_add(1)?)))
        .chain([(genesis, 1)])
        .collect();
    let of = |(at, line): (usize, &Line)| {
        let linked = before.get(line.hash.as_str()).or_else(|| after.get(line.previous.as_str())).copied();
        let place = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        let own = line.number.filter(|_| line.is_sound());
        own.or(linked).or(line.number).unwrap_or(place)
    };
    lines.iter().enumerate().map(of).collect()
}

/// The places of lines that share their number with another, which has the better claim to it, or whose number is none.
fn extra(genesis: &str, lines: &[Line], numbers: &[u32]) -> BTreeSet<usize> {
    let named: BTreeSet<&str> = lines.iter().map(|line| line.previous.as_str()).collect();
    let hashes: BTreeSet<&str> = lines.iter().map(|line| line.hash.as_str()).chain([genesis]).collect();
    // the best claim: it is named by another, it names another, it is what its hash says, it comes first
    let claim = |at: usize, line: &Line| {
        let (is_named, names) = (named.contains(line.hash.as_str()), hashes.contains(line.previous.as_str()));
        (is_named, names, line.is_sound(), std::cmp::Reverse(at))
    };
    let mut best: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, (number, line)) in numbers.iter().zip(lines).enumerate() {
        let other = best.get(number).and_then(|other| Some(claim(*other, lines.get(*other)?)));
        if other.is_none_or(|other| claim(at, line) > other) {
            best.insert(*number, at);
        }
    }
    let genuine = |at: usize, number: u32| number > 0 && best.get(&number) == Some(&at);
    numbers.iter().enumerate().filter(|(at, number)| !genuine(*at, **number)).map(|(at, _)| at).collect()
}

/// The fewest places to take out so that the numbers of the others go up.
fn moved(lines: &[(u32, usize)]) -> Vec<usize> {
    // the ends of the shortest runs: `ends[n]` is the place in `lines` at which a run of n + 1 numbers ends lowest
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::new();
    let number = |place: &usize| lines.get(*place).map_or(0, |(number, _)| *number);
    for (place, (own, _)) in lines.iter().enumerate() {
        let length = ends.partition_point(|end| number(end) < *own);
        previous.push(length.checked_sub(1).and_then(|before| ends.get(before)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut stays = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(place) = next {
        stays.insert(place);
        next = previous.get(place).copied().flatten();
    }
    lines.iter().enumerate().filter(|(place, _)| !stays.contains(place)).map(|(_, (_, at))| *at).collect()
}
