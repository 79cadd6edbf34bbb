//! The vocabulary: one row of data per concept, the same for reading, importing, evaluating, planning and asking.
//!
//! The rows lie in `vocabulary.tsv` beside this file. LOINC codes: this material contains content from LOINC®
//! (<https://loinc.org>), copyright © Regenstrief Institute, Inc. and the LOINC Committee, available at no cost under
//! the licence at <https://loinc.org/license>.

use std::sync::OnceLock;

use crate::model::decimal::Decimal;
use crate::model::derivation::Kin;
use crate::model::formula::Formula;
use crate::model::unit::{Substance, Unit};

/// What kind of facts a concept has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A measured, counted or scored value.
    Quantity,
    /// A coded answer.
    Code,
    /// There or not there.
    Presence,
    /// The date of an event.
    Date,
    /// A medicine with its dose a day.
    Dose,
}

/// One row of the vocabulary.
#[derive(Debug)]
pub struct Concept {
    /// Its name in trial documents and facts: `alt`.
    pub id: &'static str,
    /// What kind of facts it has.
    pub kind: Kind,
    /// Its canonical unit as shown; empty where it has none.
    pub unit_text: &'static str,
    /// Its canonical unit; `None` where it has none.
    pub unit: Option<Unit>,
    /// What lets units of different dimensions convert.
    pub substance: Substance,
    /// The codes of a coded concept.
    pub codes: Vec<&'static str>,
    /// The smallest and largest plausible value, in the canonical unit.
    pub plausible: Option<(Decimal, Decimal)>,
    /// About how many seconds it takes to answer.
    pub burden: u32,
    /// Its name in English.
    pub english: &'static str,
    /// Its name in Simplified Chinese.
    pub chinese: &'static str,
    /// Its LOINC code; empty where none is given.
    pub loinc: &'static str,
    /// The formula that gives it.
    pub formula: Option<&'static Formula>,
    /// What it hangs together with, once somebody has asked.
    pub(crate) kin: OnceLock<Kin>,
}

impl Concept {
    /// It is counted in completed units of time, as an age is, and not measured.
    ///
    /// ```
    /// use trial_prescreen::Concept;
    /// assert!(Concept::named("gestational-age").is_some_and(Concept::is_counted)); // 24+3 has completed 24 weeks
    /// assert!(!Concept::named("weight").is_some_and(Concept::is_counted));
    /// ```
    pub fn is_counted(&self) -> bool {
        const COUNTED: [&str; 5] =
            ["age", "corrected-age", "gestational-age", "gestational-age-at-birth", "postmenstrual-age"];
        COUNTED.contains(&self.id)
    }

    /// The row with this id.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::Concept;
    /// assert_eq!(Concept::named("alt").unwrap().unit_text, "U/L");
    /// assert!(Concept::named("astrology").is_none());
    /// ```
    pub fn named(id: &str) -> Option<&'static Concept> {
        let rows = vocabulary();
        rows.get(rows.binary_search_by(|row| row.id.cmp(id)).ok()?)
    }

    /// Every row, in the order of the ids.
    pub fn all() -> impl Iterator<Item = &'static Concept> {
        vocabulary().iter()
    }
}

fn vocabulary() -> &'static [Concept] {
    static ROWS: OnceLock<Vec<Concept>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows: Vec<Concept> = include_str!("vocabulary.tsv").lines().skip(1).filter_map(row).collect();
        for formula in Formula::all() {
            let own = rows.binary_search_by(|row| row.id.cmp(formula.concept)).ok();
            own.and_then(|at| rows.get_mut(at)).into_iter().for_each(|row| row.formula = Some(formula));
        }
        rows
    })
}

/// INVARIANT: every line of the file is a row, in the order of the ids; a test looks. Where the English
/// name is empty, it is the id with spaces; where the Chinese one is, it is the English.
fn row(line: &'static str) -> Option<Concept> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    let id = next()?;
    let kind = match next()? {
        "quantity" => Kind::Quantity,
        "code" => Kind::Code,
        "presence" => Kind::Presence,
        "date" => Kind::Date,
        "dose" => Kind::Dose,
        _ => return None,
    };
    let unit_text = next()?;
    let unit = if matches!(kind, Kind::Quantity | Kind::Dose) { Some(Unit::from_text(unit_text)?) } else { None };
    let decimal = |text: &str| text.parse::<Decimal>().ok();
    let substance = substance(next()?)?;
    let codes = next()?.split_whitespace().collect();
    let plausible = decimal(next()?).zip(decimal(next()?));
    let burden = next()?.parse().ok()?;
    let english = match next()? {
        "" => id.chars().map(|c| if c == '-' { ' ' } else { c }).collect::<String>().leak(),
        english => english,
    };
    let chinese = match next()? {
        "" => english,
        chinese => chinese,
    };
    let loinc = next()?;
    Some(Concept {
        id,
        kind,
        unit_text,
        unit,
        substance,
        codes,
        plausible,
        burden,
        english,
        chinese,
        loinc,
        formula: None,
        kin: OnceLock::new(),
    })
}

/// A molar mass and, for an ion, its charge; or the kind of units that it has.
fn substance(cell: &str) -> Option<Substance> {
    Some(match cell {
        "" => Substance::Unknown,
        "kat" => Substance::Enzyme,
        "IU" => Substance::Arbitrary,
        "NGSP" => Substance::GlycatedHaemoglobin,
        cell => {
            let number = |text: &str| text.parse::<Decimal>().ok().map(Decimal::exact);
            let (mass, valence) = cell.split_once(' ').unwrap_or((cell, ""));
            Substance::Molar { mass: number(mass)?, valence: number(valence) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_vocabulary_is_a_row_in_the_order_of_the_ids() {
        let lines = include_str!("vocabulary.tsv").lines().count() - 1;
        assert_eq!(Concept::all().count(), lines);
        assert!(Concept::all().zip(Concept::all().skip(1)).all(|(a, b)| a.id < b.id));
    }
}
