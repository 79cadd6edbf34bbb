//! SDTM's domain IE: the inclusion and exclusion criteria that were not met.

use std::collections::{BTreeMap, BTreeSet};

use crate::log::Log;
use crate::log::event::Edition;
use crate::log::layout::sheet::Sheet;
use crate::model::criterion::Category;
use crate::model::date::Date;

/// The longest code of a test, and the longest name of one.
const CODE: usize = 8;
const NAME: usize = 200;

/// One record for each criterion that was not met. An inclusion that was not is `N`, an exclusion that was met `Y`.
pub(super) fn sheet(log: &Log) -> Sheet {
    let mut sheet = Sheet::with(&[
        "STUDYID", "DOMAIN", "USUBJID", "IESEQ", "IESPID", "IETESTCD", "IETEST", "IECAT", "IEORRES", "IESTRESC",
        "IEDTC",
    ]);
    let header = log.header();
    let codes = codes(log.editions());
    let mut sequence: BTreeMap<u32, usize> = BTreeMap::new();
    for row in log.rows() {
        let Some(judged) = &row.assessed else { continue };
        let edition = log.edition(&judged.trial);
        for id in &judged.failed {
            let Some(listed) = edition.criteria.iter().find(|listed| listed.id == *id) else { continue };
            let next = sequence.entry(row.person).or_default();
            *next += 1;
            let (category, result) = match listed.category {
                Category::Inclusion => ("INCLUSION", "N"),
                Category::Exclusion => ("EXCLUSION", "Y"),
            };
            let name: String = listed.text.chars().take(NAME).collect();
            sheet.rows.push(vec![
                header.protocol.clone(),
                "IE".to_owned(),
                [&header.protocol, "-", &header.site, "-", &row.person.to_string()].concat(),
                next.to_string(),
                edition.called(id).to_owned(),
                codes.get(id.as_str()).cloned().unwrap_or_default(),
                name,
                category.to_owned(),
                result.to_owned(),
                result.to_owned(),
                Date::Year(judged.as_of.first_day().parts().0).to_string(),
            ]);
        }
    }
    sheet
}

/// A code for each criterion: `INCL06`, `EXCL13`, with a letter where several would have the same.
fn codes(editions: &[Edition]) -> BTreeMap<&str, String> {
    let mut codes: BTreeMap<&str, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for listed in editions.iter().flat_map(|edition| &edition.criteria) {
        if codes.contains_key(listed.id.as_str()) {
            continue;
        }
        let list = match listed.category {
            Category::Inclusion => "INCL",
            Category::Exclusion => "EXCL",
        };
        let number: String = listed.id.chars().filter(char::is_ascii_digit).collect();
        let number = if number.len() < 2 { format!("{number:0>2}") } else { number };
        let plain: String = [list, &number].concat().chars().take(CODE).collect();
        let mut code = plain.clone();
        let mut further = 1_u32;
        while !taken.insert(code.clone()) {
            let end = in_letters(further);
            let start: String = plain.chars().take(CODE - end.len()).collect();
            code = start + &end;
            further += 1;
        }
        codes.insert(&listed.id, code);
    }
    codes
}

/// 1 is `A`, 26 `Z`, 27 `AA`.
fn in_letters(mut number: u32) -> String {
    let mut letters = String::new();
    while number > 0 {
        let letter = u8::try_from((number - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        number = (number - 1) / 26;
    }
    letters
}
