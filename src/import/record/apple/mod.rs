//! An export of Apple Health, read as it comes: whatever its length, what is kept of it is as much as one element and
//! the newest results of each kind.

mod newest;
mod quantities;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Span, Warned};
use crate::import::limits;
use crate::model::date::{Date, Period, When};
use crate::model::quantity::Quantity;
use crate::model::record::Status;

use super::charts::{Charts, Left, Origin, Why};
use super::entry::{Called, Coding, Entry, Kind, Said};
use super::fhir::Person;
use super::gather::Gathering;
use super::resources;
use super::xml::{self, Splitter, Unit};
use newest::Newest;
use quantities::Measured;

/// The root of an export.
pub(super) const ROOT: &str = "HealthData";
/// Kinds of entries that are counted each for itself; what more there are is counted together.
const KINDS: usize = 500;

/// An export as it comes.
pub(super) struct Export {
    splitter: Splitter,
    reading: Reading,
}

struct Reading {
    gathering: Gathering,
    person: Person,
    newest: BTreeMap<&'static str, Newest>,
    /// What gave no fact, by its kind and the reason: the first of each, with their number.
    counted: BTreeMap<(String, Why), Left>,
    problems: Vec<Diagnostic>,
}

impl Export {
    pub(super) fn new() -> Export {
        let reading = Reading {
            gathering: Gathering::new("Apple Health"),
            person: Person::default(),
            newest: BTreeMap::new(),
            counted: BTreeMap::new(),
            problems: Vec::new(),
        };
        Export { splitter: Splitter::new(|path| path.len() == 2, ""), reading }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        let Export { splitter, reading } = self;
        splitter.push(bytes, &mut |unit: Unit<'_>| reading.unit(&unit));
    }

    /// A clinical record of the same person, which stands in a file of its own beside the export.
    pub(super) fn clinical(&mut self, name: &str, data: &[u8]) {
        let Reading { gathering, person, problems, .. } = &mut self.reading;
        let more = resources::of_owner(name, data, person, gathering);
        problems.extend(more.into_iter().take(limits::PROBLEMS.saturating_sub(problems.len())));
    }

    pub(super) fn finish(self) -> Warned<Charts> {
        let Export { splitter, mut reading } = self;
        let fault = splitter.finish(&mut |unit: Unit<'_>| reading.unit(&unit));
        let Reading { mut gathering, newest, counted, problems, .. } = reading;
        for newest in newest.into_values() {
            let (entries, older) = newest.done();
            for entry in entries {
                gathering.take(Some(""), &[entry]);
            }
            older.into_iter().for_each(|left| gathering.leave_of("", left));
        }
        counted.into_values().for_each(|left| gathering.leave_of("", left));
        let (output, more) = gathering.done();
        Warned { output, diagnostics: fault.into_iter().chain(problems).chain(more).collect() }
    }
}

impl Reading {
    fn unit(&mut self, unit: &Unit<'_>) {
        let name = unit.path.split('[').next().unwrap_or_default();
        let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
        let origin = |kind: &str| Origin {
            resource: format!("{name} {kind}").trim().to_owned(),
            path: unit.path.to_owned(),
            line: unit.line,
            span,
        };
        let tag = match xml::start_tag(unit) {
            Ok(tag) => tag,
            Err(problem) => {
                if self.problems.len() < limits::PROBLEMS {
                    self.problems.push(Diagnostic { path: unit.path.to_owned(), ..*problem });
                }
                return self.count(origin(""), Why::Unreadable);
            }
        };
        let of = |name: &str| tag.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref());
        let kind = of("type").or_else(|| of("workoutActivityType")).unwrap_or_default();
        match name {
            "ExportDate" => {}
            "Me" => self.person(&of, &origin("")),
            "Record" => self.record(kind, &of, &origin),
            // its parts stand in the file again, each for itself
            "Correlation" => self.count(origin(kind), Why::Group),
            // what it says stands in a file of its own
            "ClinicalRecord" => self.count(origin(kind), Why::Group),
            _ => self.count(origin(kind), Why::OtherKind),
        }
    }

    fn count(&mut self, origin: Origin, why: Why) {
        let full = self.counted.len() >= KINDS;
        let kind = if full { String::new() } else { origin.resource.clone() };
        let said = origin.resource.clone();
        let first = || Left { count: 0, ..Left::new(origin, said, why) };
        self.counted.entry((kind, why)).or_insert_with(first).count += 1;
    }

    fn person<'t>(&mut self, of: &dyn Fn(&str) -> Option<&'t str>, origin: &Origin) {
        let born: Option<Date> = of("HKCharacteristicTypeIdentifierDateOfBirth").and_then(|born| born.parse().ok());
        let sex = match of("HKCharacteristicTypeIdentifierBiologicalSex") {
            Some("HKBiologicalSexFemale") => Some("female"),
            Some("HKBiologicalSexMale") => Some("male"),
            Some(_) | None => None,
        };
        self.person = Person { born, sex };
        let mut entries: Vec<Entry> = born.map(|born| Entry::born(born, origin)).into_iter().collect();
        entries.extend(sex.map(|sex| Entry::sex(sex, true, origin)));
        if entries.is_empty() {
            entries.push(Entry { said: Said::Left(Why::NoValue), origin: origin.clone(), ..Entry::default() });
        }
        self.gathering.take(Some(""), &entries);
    }

    fn record<'t>(&mut self, kind: &str, of: &dyn Fn(&str) -> Option<&'t str>, origin: &dyn Fn(&str) -> Origin) {
        if kind == "HKCategoryTypeIdentifierPregnancy" {
            return self.gathering.take(Some(""), &[pregnancy(of, origin(kind))]);
        }
        let measured = kind.strip_prefix("HKQuantityTypeIdentifier").and_then(Measured::named);
        let Some(measured) = measured else { return self.count(origin(kind), Why::OtherKind) };
        let Some(on) = of("startDate").and_then(moment) else { return self.count(origin(kind), Why::NoValue) };
        let Some((value, unit)) = of("value").and_then(|value| measured.amount(value, of("unit"))) else {
            return self.count(origin(kind), Why::NoValue);
        };
        let entry = || {
            let coding =
                Coding::new("http://loinc.org".to_owned(), measured.loinc.to_owned(), measured.name.to_owned());
            Entry {
                kind: Kind::Result,
                called: Called { codings: vec![coding], text: String::new() },
                said: Said::Amount(Quantity { value: Some(value), unit: unit.clone(), ..Quantity::default() }),
                on: Some(When::On(on)),
                origin: origin(kind),
                ..Entry::default()
            }
        };
        self.newest.entry(measured.identifier).or_default().take(on, entry);
    }
}

fn pregnancy<'t>(of: &dyn Fn(&str) -> Option<&'t str>, origin: Origin) -> Entry {
    let ends = Period { from: of("startDate").and_then(moment), to: of("endDate").and_then(moment) };
    let during = if ends.from == ends.to { Period { to: None, ..ends } } else { ends };
    Entry {
        kind: Kind::Condition,
        called: Called { codings: Vec::new(), text: "pregnancy".to_owned() },
        said: Said::There(Status::Any),
        on: during.from.map(When::On),
        during: during.from.map(|_| during),
        origin,
        ..Entry::default()
    }
}

/// `2016-04-18 08:25:32 -0700`.
fn moment(text: &str) -> Option<Date> {
    let mut parts = text.split(' ');
    let (day, clock, zone) = (parts.next()?, parts.next(), parts.next());
    let whole = || {
        let (hours, minutes) = zone?.split_at_checked(3)?;
        format!("{day}T{}{hours}:{minutes}", clock?).parse().ok()
    };
    whole().or_else(|| day.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_its_offset_or_is_a_day() {
        let read = |text: &str| moment(text).map(|date| date.to_string());
        assert_eq!(read("2016-04-18 08:25:32 -0700").as_deref(), Some("2016-04-18T08:25-07:00"));
        assert_eq!(read("2016-04-18 08:25:32").as_deref(), Some("2016-04-18"));
        assert_eq!(read("then"), None);
    }

    #[test]
    fn what_is_kept_does_not_grow_with_the_file() {
        let record = |day: usize| {
            format!(
                "<Record type=\"HKQuantityTypeIdentifierHeartRate\" unit=\"count/min\" value=\"{}\" \
                 startDate=\"20{:02}-{:02}-{:02} 10:00:00 +0000\"/>\n",
                60 + day % 30,
                day / 336,
                day / 28 % 12 + 1,
                day % 28 + 1
            )
        };
        let mut export = Export::new();
        export.push(b"<HealthData>");
        let days = 5_000;
        for day in 0..days {
            export.push(record(day).as_bytes());
        }
        export.push(b"</HealthData>");
        let read = export.finish();
        let chart = read.output.charts.first();
        let proposals = chart.map_or(0, |chart| chart.proposals.len());
        let older = chart.and_then(|chart| chart.left.first()).map(|left| (left.why, left.count));
        assert_eq!((read.output.read, proposals), (days, limits::NEWEST));
        assert_eq!(older, Some((Why::Older, days - limits::NEWEST)));
    }
}
