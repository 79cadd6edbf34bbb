//! An export of Apple Health, read as it comes: whatever its length, what is kept of it is as much as one element and
//! the newest results of each kind.

mod newest;
mod quantities;

use std::borrow::Cow;
use std::collections::BTreeMap;

use smallvec::smallvec;

use crate::diagnostic::{Diagnostic, Span, Warned};
use crate::import::limits;
use crate::model::date::{Date, Period, When};
use crate::model::decimal::Decimal;
use crate::model::name::Name;
use crate::model::record::Status;

use super::charts::{Charts, Left, Origin, Why};
use super::entry::{Amount, Called, Coding, Entry, Kind, Said};
use super::fhir::Person;
use super::gather::Gathering;
use super::resources;
use super::xml::{self, Splitter, Unit};
use newest::Newest;
use quantities::Measured;

/// The root of an export.
pub(super) const ROOT: &str = "HealthData";
/// How the names of quantities begin.
const QUANTITY: &str = "HKQuantityTypeIdentifier";
/// Kinds of entries that are counted each for itself; what more there are is counted together.
const KINDS: usize = 500;
/// Bytes of the name of a kind.
const LONGEST: usize = 200;

/// An export as it comes.
pub(super) struct Export {
    splitter: Splitter,
    reading: Reading,
}

struct Reading {
    gathering: Gathering,
    person: Person,
    newest: BTreeMap<&'static str, (&'static Measured, Newest<Taken>)>,
    /// What gave no fact, by its kind and the reason: the first of each, with their number.
    counted: BTreeMap<String, BTreeMap<Why, Left>>,
    /// What was proposed at once.
    proposed: usize,
    problems: Vec<Diagnostic>,
}

/// A result as long as it is one of the newest.
struct Taken {
    value: Decimal,
    unit: Option<String>,
    path: String,
    line: usize,
    span: Span,
}

impl Taken {
    fn origin(&self, measured: &Measured) -> Origin {
        let resource = Name::from(["Record ", QUANTITY, measured.identifier].concat());
        Origin { resource, path: Name::from(self.path.as_str()), line: self.line, span: self.span }
    }

    fn entry(self, on: Date, measured: &Measured) -> Entry<'static> {
        let codings = smallvec![Coding::new("http://loinc.org", measured.loinc, measured.name)];
        let origin = Cow::Owned(self.origin(measured));
        Entry {
            kind: Kind::Result,
            called: Called { codings, text: Cow::Borrowed("") },
            on: Some(When::On(on)),
            said: Said::Amount(Amount { unit: self.unit.map(Cow::Owned), ..Amount::plain(self.value) }),
            ..Entry::at(origin)
        }
    }
}

impl Export {
    pub(super) fn new() -> Export {
        let reading = Reading {
            gathering: Gathering::new("Apple Health"),
            person: Person::default(),
            newest: BTreeMap::new(),
            counted: BTreeMap::new(),
            proposed: 0,
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
        for (measured, newest) in newest.into_values() {
            let (results, older) = newest.done();
            for (on, result) in results {
                gathering.take(Some(""), &[result.entry(on, measured)]);
            }
            if let Some((first, count)) = older {
                let left = Left::new(first.origin(measured), measured.name.to_owned(), Why::Older);
                gathering.leave_of("", Left { count, ..left });
            }
        }
        let counted = counted.into_values().flat_map(BTreeMap::into_values);
        counted.for_each(|left| gathering.leave_of("", left));
        let (output, more) = gathering.done();
        Warned { output, diagnostics: fault.into_iter().chain(problems).chain(more).collect() }
    }
}

impl Reading {
    fn unit(&mut self, unit: &Unit<'_>) {
        let name = unit.path.split('[').next().unwrap_or_default();
        let tag = match xml::start_tag(unit) {
            Ok(tag) => tag,
            Err(problem) => {
                if self.problems.len() < limits::PROBLEMS {
                    self.problems.push(Diagnostic { path: unit.path.to_owned(), ..*problem });
                }
                return self.count(unit, name, "", Why::Unreadable);
            }
        };
        let of = |name: &str| tag.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref());
        let kind = of("type").or_else(|| of("workoutActivityType")).filter(|kind| kind.len() <= LONGEST);
        let kind = kind.unwrap_or_default();
        match name {
            "ExportDate" => {}
            "Me" if self.proposed < limits::NEWEST => self.person(&of, &origin(unit, name)),
            "Record" => self.record(unit, kind, &of),
            // its parts stand in the file again, each for itself
            "Correlation" => self.count(unit, name, kind, Why::Group),
            // what it says stands in a file of its own
            "ClinicalRecord" => self.count(unit, name, kind, Why::Group),
            _ => self.count(unit, name, kind, Why::OtherKind),
        }
    }

    fn count(&mut self, unit: &Unit<'_>, name: &str, kind: &str, why: Why) {
        let full = self.counted.len() >= KINDS;
        let key = match kind {
            "" => name,
            kind if !full || self.counted.contains_key(kind) => kind,
            _ => "",
        };
        if let Some(left) = self.counted.get_mut(key).and_then(|reasons| reasons.get_mut(&why)) {
            left.count += 1;
            return;
        }
        let said = format!("{name} {kind}").trim_end().to_owned();
        let first = Left::new(origin(unit, &said), said, why);
        self.counted.entry(key.to_owned()).or_default().insert(why, first);
    }

    fn person<'t>(&mut self, of: &dyn Fn(&str) -> Option<&'t str>, origin: &Origin) {
        let born: Option<Date> = of("HKCharacteristicTypeIdentifierDateOfBirth").and_then(|born| born.parse().ok());
        let sex = match of("HKCharacteristicTypeIdentifierBiologicalSex") {
            Some("HKBiologicalSexFemale") => Some("female"),
            Some("HKBiologicalSexMale") => Some("male"),
            Some(_) | None => None,
        };
        self.proposed += 1;
        self.person = Person { born, sex };
        let mut entries: Vec<Entry<'_>> = born.map(|born| Entry::born(born, origin)).into_iter().collect();
        entries.extend(sex.map(|sex| Entry::sex(sex, true, origin)));
        if entries.is_empty() {
            entries.push(Entry { said: Said::Left(Why::NoValue), ..Entry::at(Cow::Borrowed(origin)) });
        }
        self.gathering.take(Some(""), &entries);
    }

    fn record<'t>(&mut self, unit: &Unit<'_>, kind: &str, of: &dyn Fn(&str) -> Option<&'t str>) {
        if kind == "HKCategoryTypeIdentifierPregnancy" && self.proposed < limits::NEWEST {
            self.proposed += 1;
            let origin = origin(unit, &format!("Record {kind}"));
            return self.gathering.take(Some(""), &[pregnancy(of, origin)]);
        }
        let Some(measured) = kind.strip_prefix(QUANTITY).and_then(Measured::named) else {
            return self.count(unit, "Record", kind, Why::OtherKind);
        };
        let amount = of("value").and_then(|value| measured.amount(value, of("unit")));
        let Some((on, (value, written))) = of("startDate").and_then(moment).zip(amount) else {
            return self.count(unit, "Record", kind, Why::NoValue);
        };
        let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
        let taken = || Taken { value, unit: written, path: unit.path.to_owned(), line: unit.line, span };
        let (_, newest) = self.newest.entry(measured.identifier).or_insert_with(|| (measured, Newest::default()));
        newest.take(on, taken);
    }
}

fn origin(unit: &Unit<'_>, resource: &str) -> Origin {
    let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
    Origin { resource: Name::from(resource), path: Name::from(unit.path), line: unit.line, span }
}

fn pregnancy<'t>(of: &dyn Fn(&str) -> Option<&'t str>, origin: Origin) -> Entry<'static> {
    let ends = Period { from: of("startDate").and_then(moment), to: of("endDate").and_then(moment) };
    let during = if ends.from == ends.to { Period { to: None, ..ends } } else { ends };
    Entry {
        kind: Kind::Condition,
        called: Called::by("pregnancy"),
        said: Said::There(Status::Any),
        on: during.from.map(When::On),
        during: during.from.map(|_| during),
        ..Entry::at(Cow::Owned(origin))
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
