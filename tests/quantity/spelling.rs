//! One unit is written in many ways, and every way is read as the same unit.

use trial_prescreen::Unit;

use super::rows;

#[test]
fn every_spelling_is_read_as_its_unit() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("spellings.tsv")) {
        let [ucum, spellings] = row[..] else { panic!("{row:?}") };
        let unit = Unit::read(ucum).unwrap_or_else(|why| panic!("`{ucum}`: {why}"));
        wrong.extend(
            spellings.split('|').filter(|text| Unit::read(text) != Ok(unit)).map(|text| (ucum, text, Unit::read(text))),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn units_of_their_own_stay_apart() {
    let apart = ["mL/min", "mL/min/1.73m2", "L/min/m2", "mL", "mL/kg"];
    let read: Vec<_> = apart.iter().filter_map(|text| Unit::from_text(text)).map(|unit| unit.dimension).collect();
    let mut distinct = read.clone();
    distinct.dedup();
    assert_eq!(read, distinct);
    assert_ne!(Unit::from_text("mm"), Unit::from_text("mmol"));
    assert_ne!(Unit::from_text("min"), Unit::from_text("in"));
    assert_ne!(Unit::from_text("mo"), Unit::from_text("mol"));
}
