//! What codes and names of other people's records stand for: rows of the vocabulary.
//!
//! The rows lie in `codes.tsv` beside this file. A code ends in `*` where everything below it counts too; the longest
//! one that fits wins. `?` stands where a code is known and says too much or too little for any concept: it is asked.
//! LOINC codes: see the notice in the vocabulary's own module. ICD-10 is given as prefixes without titles. No code of
//! SNOMED CT is here: what is coded with it alone is looked up by the name that came with it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::concept::Concept;

/// A code system, or a kind of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum System {
    Loinc,
    Icd10,
    Atc,
    RxNorm,
    /// The codes of an International Patient Summary for "none that anybody knows of".
    NoneKnown,
    /// Names of conditions.
    Condition,
    /// Names of medicines.
    Medicine,
    /// Names of procedures.
    Procedure,
}

impl System {
    fn named(name: &str) -> Option<System> {
        Some(match name {
            "loinc" => System::Loinc,
            "icd10" => System::Icd10,
            "atc" => System::Atc,
            "rxnorm" => System::RxNorm,
            "none-known" => System::NoneKnown,
            "condition" => System::Condition,
            "medicine" => System::Medicine,
            "procedure" => System::Procedure,
            _ => return None,
        })
    }

    /// The system that an address or an object identifier stands for.
    pub(crate) fn of(address: &str) -> Option<System> {
        let address = address.trim().trim_end_matches('/');
        Some(match address {
            "http://loinc.org" | "https://loinc.org" | "urn:oid:2.16.840.1.113883.6.1" => System::Loinc,
            "http://hl7.org/fhir/sid/icd-10"
            | "http://hl7.org/fhir/sid/icd-10-cm"
            | "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
            | "http://fhir.de/CodeSystem/dimdi/icd-10-gm"
            | "urn:oid:2.16.840.1.113883.6.3"
            | "urn:oid:2.16.840.1.113883.6.90" => System::Icd10,
            "http://www.whocc.no/atc" | "http://fhir.de/CodeSystem/bfarm/atc" | "urn:oid:2.16.840.1.113883.6.73" => {
                System::Atc
            }
            "http://www.nlm.nih.gov/research/umls/rxnorm" | "urn:oid:2.16.840.1.113883.6.88" => System::RxNorm,
            "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips" => System::NoneKnown,
            _ => return None,
        })
    }
}

/// What a code or a name stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meant {
    /// These concepts.
    Concepts(&'static [&'static Concept]),
    /// Something near a concept that is not it.
    Unclear,
}

struct Row {
    system: System,
    code: &'static str,
    /// What a name begins with that has any ending.
    stem: &'static str,
    meant: Meant,
}

impl Row {
    fn new(system: System, code: &'static str, meant: Meant) -> Row {
        Row { system, code, stem: code.trim_end_matches('*'), meant }
    }
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows: Vec<Row> = include_str!("codes.tsv").lines().skip(1).filter_map(row).collect();
        let own = Concept::all().filter(|concept| !concept.loinc.is_empty());
        let concepts = |concept| Meant::Concepts(vec![concept].leak());
        rows.extend(own.map(|concept| Row::new(System::Loinc, concept.loinc, concepts(concept))));
        rows.sort_by(|a, b| (a.system, a.code).cmp(&(b.system, b.code)));
        rows
    })
}

fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let (system, code, concepts) = (System::named(cells.next()?)?, cells.next()?, cells.next()?);
    let named = || concepts.split(' ').filter_map(Concept::named).collect::<Vec<_>>().leak();
    Some(Row::new(system, code, if concepts == "?" { Meant::Unclear } else { Meant::Concepts(named()) }))
}

fn of_system(system: System) -> &'static [Row] {
    static OF_EACH: OnceLock<BTreeMap<System, &'static [Row]>> = OnceLock::new();
    let of_each = OF_EACH.get_or_init(|| {
        rows().chunk_by(|a, b| a.system == b.system).filter_map(|run| Some((run.first()?.system, run))).collect()
    });
    of_each.get(&system).copied().unwrap_or_default()
}

/// The rows of a system that begin with a byte.
fn begun(system: System, first: u8) -> &'static [Row] {
    type Begun = BTreeMap<(System, Option<u8>), &'static [Row]>;
    static BEGUN: OnceLock<Begun> = OnceLock::new();
    let of = |row: &Row| (row.system, row.code.bytes().next());
    let begun = BEGUN.get_or_init(|| {
        rows().chunk_by(|a, b| of(a) == of(b)).filter_map(|run| Some((of(run.first()?), run))).collect()
    });
    begun.get(&(system, Some(first))).copied().unwrap_or_default()
}

/// What a code of a system stands for; `None` where no row knows it.
pub(crate) fn coded(system: System, code: &str) -> Option<Meant> {
    let code = code.trim();
    let rows = of_system(system);
    let exactly = |code: &str| rows.binary_search_by(|row| row.code.cmp(code)).ok().and_then(|at| rows.get(at));
    if let Some(row) = exactly(code) {
        return Some(row.meant);
    }
    // whatever begins so
    let open = |begun: &str| {
        let written = || begun.bytes().chain([b'*']);
        rows.binary_search_by(|row| row.code.bytes().cmp(written())).ok().and_then(|at| rows.get(at))
    };
    let ends = || code.char_indices().rev().filter_map(|(at, _)| code.get(..at));
    open(code).or_else(|| ends().find_map(open)).map(|row| row.meant)
}

/// Every concept that the rows of a system name, in the order of the ids.
pub(crate) fn concepts(system: System) -> Vec<&'static Concept> {
    let named = of_system(system).iter().filter_map(|row| match row.meant {
        Meant::Concepts(concepts) => Some(concepts),
        Meant::Unclear => None,
    });
    let mut concepts: Vec<&Concept> = named.flatten().copied().collect();
    concepts.sort_by_key(|concept| concept.id);
    concepts.dedup_by_key(|concept| concept.id);
    concepts
}

/// A name found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    pub(crate) meant: Meant,
    /// The text is the name, whatever its ending, and nothing more.
    pub(crate) whole: bool,
    /// Where it begins in the text.
    pub(crate) at: usize,
}

/// The names of one kind in a text in lower case, the longest first; none lies within another.
pub(crate) fn named(system: System, text: &str) -> Vec<Named> {
    let mut hits: Vec<(&Row, usize)> = Vec::new();
    for (at, _) in text.char_indices() {
        let Some(rest) = text.get(at..) else { continue };
        let alike = rest.bytes().next().map_or(&[][..], |first| begun(system, first));
        hits.extend(alike.iter().filter(|row| rest.starts_with(row.stem)).map(|row| (row, at)));
    }
    hits.sort_by_key(|(row, at)| (std::cmp::Reverse(row.code.len()), row.code, *at));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Named> = Vec::new();
    for (row, at) in hits {
        let end = at + row.stem.len();
        let free = taken.iter().all(|(from, to)| end <= *from || at >= *to);
        if free && stands_alone(text, at, end, row.stem.len() < row.code.len()) {
            taken.push((at, end));
            let rest = text.get(end..).unwrap_or_default();
            let whole = at == 0 && rest.chars().all(char::is_alphabetic);
            found.push(Named { meant: row.meant, whole, at });
        }
    }
    found
}

/// No letter touches the name, unless its script has no blanks between words.
fn stands_alone(text: &str, from: usize, to: usize, open: bool) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let latin = text.get(from..to).is_some_and(|name| name.is_ascii());
    let before = text.get(..from).and_then(|before| before.chars().next_back());
    let after = text.get(to..).and_then(|after| after.chars().next());
    !latin || !(joins(before) || joins(after) && !open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_concepts_and_no_code_stands_twice() {
        for pair in rows().windows(2) {
            if let [a, b] = pair {
                assert!((a.system, a.code) < (b.system, b.code), "{}", b.code);
            }
        }
        for row in rows() {
            if let Meant::Concepts(concepts) = row.meant {
                assert!(!concepts.is_empty(), "{}", row.code);
            }
        }
    }

    #[test]
    fn the_longest_code_wins() {
        let ids = |system, code| match coded(system, code) {
            Some(Meant::Concepts(concepts)) => concepts.iter().map(|concept| concept.id).collect(),
            Some(Meant::Unclear) | None => Vec::new(),
        };
        assert_eq!(ids(System::Icd10, "C50.9"), ["malignancy"]);
        assert!(matches!(coded(System::Icd10, "C44.1"), Some(Meant::Unclear)));
        assert_eq!(ids(System::Icd10, "I63.512"), ["ischaemic-stroke", "stroke"]);
        assert_eq!(ids(System::Loinc, "1742-6"), ["alt"]);
        assert!(coded(System::Icd10, "Q99").is_none());
        let found = named(System::Medicine, "methylprednisolone 4 mg oral tablet");
        assert_eq!(found.len(), 1);
        assert!(named(System::Condition, "prediabetes").iter().all(|found| matches!(found.meant, Meant::Unclear)));
    }
}
