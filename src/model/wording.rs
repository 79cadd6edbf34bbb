//! How people and other systems name and ask for what the vocabulary knows: one row of words and codes per concept.
//!
//! The rows lie in `wording.tsv` beside this file. Nothing that evaluates needs them: who reads criteria, imports
//! records or words a question for a new trial does. ICD-10 codes are prefixes, ATC codes classes, RxNorm codes
//! ingredients; they come without titles. Each code stands so in a public list or program that names it: LOINC (see
//! the notice in the README), the WHO Collaborating Centre's ATC index, the US National Library of Medicine's RxNorm.
//! What no such source confirmed has no code here.

use std::sync::OnceLock;

/// Words in both languages; both are empty where there is nothing to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// In English.
    pub english: &'static str,
    /// In Simplified Chinese.
    pub chinese: &'static str,
}

/// One row: the words and codes of a concept.
#[derive(Debug)]
pub struct Wording {
    /// The concept's id.
    pub id: &'static str,
    /// Other names in English, as criteria and reports write them.
    pub synonyms_english: Vec<&'static str>,
    /// Other names in Simplified Chinese.
    pub synonyms_chinese: Vec<&'static str>,
    /// ICD-10 prefixes of a condition: `I63` stands for every code that begins so.
    pub icd10: Vec<&'static str>,
    /// ATC prefixes of a class of medicines, or of one.
    pub atc: Vec<&'static str>,
    /// RxNorm ingredients.
    pub rxnorm: Vec<&'static str>,
    /// LOINC codes of the same fact besides the concept's own: by another method, in another unit.
    pub loinc_other: Vec<&'static str>,
    /// A plain question for a patient; empty where a patient cannot know.
    pub patient: Phrase,
    /// Where the answer stands; empty where everybody knows it.
    pub place: Phrase,
    /// A terse label for staff, with the unit.
    pub staff: Phrase,
}

/// The words and codes of a concept; `None` for an id that the vocabulary has not.
///
/// # Example
///
/// ```
/// let alt = trial_prescreen::wording("alt").unwrap();
/// assert!(alt.synonyms_english.contains(&"SGPT"));
/// assert_eq!(alt.staff.english, "ALT, U/L");
/// assert_eq!(alt.place.english, "On a blood test report, beside “ALT”, “GPT” or “SGPT”");
/// assert!(trial_prescreen::wording("nihss").unwrap().patient.english.is_empty()); // staff examine it
/// ```
pub fn wording(id: &str) -> Option<&'static Wording> {
    let rows = rows();
    rows.get(rows.binary_search_by(|row| row.id.cmp(id)).ok()?)
}

impl Wording {
    /// Every row, in the order of the ids.
    pub fn all() -> impl Iterator<Item = &'static Wording> {
        rows().iter()
    }
}

fn rows() -> &'static [Wording] {
    static ROWS: OnceLock<Vec<Wording>> = OnceLock::new();
    ROWS.get_or_init(|| include_str!("wording.tsv").lines().skip(1).filter_map(row).collect())
}

/// INVARIANT: every line of the file is a row, in the order of the ids; a test looks.
fn row(line: &'static str) -> Option<Wording> {
    let mut cells = line.split('\t');
    let id = cells.next()?;
    let mut list = || Some(cells.next()?.split(';').filter(|part| !part.is_empty()).collect());
    let (synonyms_english, synonyms_chinese) = (list()?, list()?);
    let (icd10, atc, rxnorm, loinc_other) = (list()?, list()?, list()?, list()?);
    let mut phrase = || Some(Phrase { english: cells.next()?, chinese: cells.next()? });
    let (patient, place, staff) = (phrase()?, phrase()?, phrase()?);
    Some(Wording { id, synonyms_english, synonyms_chinese, icd10, atc, rxnorm, loinc_other, patient, place, staff })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concept::Concept;

    #[test]
    fn every_concept_has_its_row_of_words_and_every_row_its_concept() {
        let lines = include_str!("wording.tsv").lines().count() - 1;
        assert_eq!(Wording::all().count(), lines);
        assert!(Wording::all().map(|row| row.id).eq(Concept::all().map(|concept| concept.id)));
    }
}
