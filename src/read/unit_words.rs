//! Units in words: "milligrams per deciliter (mg/dL)", and powers of ten that lost their height.

use crate::model::unit::BoundUnit;

use super::table::{Entries, Table};

/// What a word is of a unit; plurals are the same.
const WORDS: Entries<&str> = Table::entries(&[
    ("milligram", "mg"),
    ("microgram", "ug"),
    ("nanogram", "ng"),
    ("picogram", "pg"),
    ("gram", "g"),
    ("kilogram", "kg"),
    ("milliliter", "mL"),
    ("millilitre", "mL"),
    ("deciliter", "dL"),
    ("decilitre", "dL"),
    ("microliter", "uL"),
    ("microlitre", "uL"),
    ("nanoliter", "nL"),
    ("liter", "L"),
    ("litre", "L"),
    ("millimole", "mmol"),
    ("micromole", "umol"),
    ("nanomole", "nmol"),
    ("picomole", "pmol"),
    ("milliequivalent", "meq"),
    ("international unit", "IU"),
    ("milli international unit", "mIU"),
    ("unit", "U"),
    ("cells", ""),
    ("cell", ""),
    ("platelets", ""),
    ("beats", ""),
    ("breaths", ""),
    ("millimeters of mercury", "mmHg"),
    ("millimetres of mercury", "mmHg"),
    ("millimeter of mercury", "mmHg"),
    ("millimeter mercury", "mmHg"),
    ("millimeters mercury", "mmHg"),
    ("centimeters of water", "cmH2O"),
    ("centimetres of water", "cmH2O"),
    ("meters squared", "m2"),
    ("meter squared", "m2"),
    ("metre squared", "m2"),
    ("metres squared", "m2"),
    ("meter square", "m2"),
    ("metre square", "m2"),
    ("square meter", "m2"),
    ("square metre", "m2"),
    ("cubic millimeter", "mm3"),
    ("cubic millimetre", "mm3"),
    ("cubic mm", "mm3"),
    ("millisecond", "ms"),
    ("percent", "%"),
    ("percentage", "%"),
    ("minute", "min"),
    ("hour", "h"),
    ("day", "d"),
]);
/// Short units that stand in a row with words: "ng per milliliter", "x 10^9 per liter", "cells per mm3".
const SHORT: Entries<&str> = Table::entries(&[
    ("mg", "mg"),
    ("ug", "ug"),
    ("µg", "ug"),
    ("mcg", "ug"),
    ("ng", "ng"),
    ("pg", "pg"),
    ("g", "g"),
    ("kg", "kg"),
    ("ml", "mL"),
    ("dl", "dL"),
    ("ul", "uL"),
    ("µl", "uL"),
    ("l", "L"),
    ("mm3", "mm3"),
    ("mm^3", "mm3"),
    ("min", "min"),
    ("mmol", "mmol"),
    ("m2", "m2"),
]);

/// "milligrams per deciliter (mg/dL)", "per mm3": the unit, and how many signs it takes.
///
/// Most single words are none: they are units of their own, or the beginning of something else.
pub(super) fn spelled(rest: &[char]) -> Option<(String, usize)> {
    let mut at = 0;
    let mut said = String::new();
    let mut parts = 0;
    let mut worded = false;
    if let Some(behind) = phrase(rest, 0, "per").map(|behind| blanks(rest, behind)) {
        (said, at) = ("/".to_owned(), behind);
    }
    loop {
        if let Some(behind) = area(rest, at) {
            said.push_str("1.73m2");
            at = behind;
            parts += 1;
            worded = true;
        } else {
            let (unit, behind) = part(rest, at)?;
            worded |= rest.get(at..behind).is_some_and(|row| row.len() > 4);
            said.push_str(unit);
            at = abbreviated(rest, behind, unit);
            // What its brackets say again is a unit, and so are these alone.
            parts += 1 + usize::from(matches!(unit, "mmHg" | "cmH2O" | "kg" | "ms" | "%") || at > behind);
        }
        match per(rest, at).filter(|behind| area(rest, *behind).is_some() || part(rest, *behind).is_some()) {
            Some(behind) => {
                said.push('/');
                at = behind;
            }
            None => break,
        }
    }
    let unit = BoundUnit::from_text(&said).filter(|_| worded && parts > 1 || said.starts_with('/'))?;
    Some((said, in_brackets(rest, at, |inside| BoundUnit::from_text(inside) == Some(unit))))
}

/// `x 109/L`, `×10 9 / L`: nobody multiplies by a hundred and nine.
pub(super) fn raised(rest: &[char]) -> Option<(String, usize)> {
    if !matches!(rest.first()?, 'x' | 'X' | '×' | '*') {
        return None;
    }
    let mut at = blanks(rest, 1);
    if rest.get(at..at + 2)? != ['1', '0'] {
        return None;
    }
    at = blanks(rest, at + 2);
    let digits: String = rest.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).take(3).collect();
    if !matches!(digits.as_str(), "3" | "4" | "5" | "6" | "9" | "12") {
        return None;
    }
    at = blanks(rest, at + digits.len());
    if rest.get(at) != Some(&'/') {
        return None;
    }
    at = blanks(rest, at + 1);
    let volume: String = rest.get(at..)?.iter().take_while(|c| c.is_alphanumeric() || **c == '^').take(5).collect();
    let unit = format!("x 10^{digits}/{volume}");
    BoundUnit::from_text(&unit)?;
    Some((unit, at + volume.chars().count()))
}

fn blanks(rest: &[char], at: usize) -> usize {
    at + rest.get(at..).unwrap_or_default().iter().take_while(|c| **c == ' ').count()
}

/// Where a phrase ends that stands at a place and is followed by no letter.
fn phrase(rest: &[char], at: usize, said: &str) -> Option<usize> {
    let length = said.chars().count();
    let here = rest.get(at..at + length)?.iter().flat_map(|c| c.to_lowercase());
    let ends = !rest.get(at + length).is_some_and(|next| next.is_alphanumeric());
    (here.eq(said.chars()) && ends).then_some(at + length)
}

/// "per", "/" between two parts.
fn per(rest: &[char], at: usize) -> Option<usize> {
    let at = blanks(rest, at);
    let behind = if rest.get(at) == Some(&'/') { at + 1 } else { phrase(rest, at, "per")? };
    Some(blanks(rest, behind))
}

/// "1.73 meters squared of body surface area", `1.73 m2`.
fn area(rest: &[char], at: usize) -> Option<usize> {
    const AREAS: [&str; 12] = [
        "m2",
        "m*2",
        "m 2",
        "m^2",
        "m²",
        "meters squared",
        "meter squared",
        "metres squared",
        "square meters",
        "square meter",
        "meter square",
        "metre square",
    ];
    let at = phrase(rest, at, "1.73")?;
    let at = blanks(rest, at + usize::from(rest.get(at) == Some(&'-')));
    let at = AREAS.iter().find_map(|said| phrase(rest, at, said))?;
    Some(phrase(rest, blanks(rest, at), "of body surface area").unwrap_or(at))
}

/// One word of a unit, the longest first.
fn part(rest: &[char], at: usize) -> Option<(&'static str, usize)> {
    let plural = |said: &str| {
        phrase(rest, at, said).or_else(|| {
            let end = at + said.chars().count();
            let here = rest.get(at..end)?.iter().flat_map(|c| c.to_lowercase());
            (here.eq(said.chars()) && !said.ends_with('s')).then(|| phrase(rest, end, "s")).flatten()
        })
    };
    let row = rest.get(at..)?.iter().take_while(|c| c.is_alphanumeric());
    let first: String = row.flat_map(|c| c.to_lowercase()).collect();
    let words = WORDS.led(&first).filter_map(|(said, unit)| Some((*unit, plural(said)?)));
    let short = SHORT.led(&first).filter_map(|(said, unit)| Some((*unit, phrase(rest, at, said)?)));
    words.chain(short).max_by_key(|(_, end)| *end)
}

/// Past "(mg)" behind "milligrams".
fn abbreviated(rest: &[char], at: usize, unit: &str) -> usize {
    let same = BoundUnit::from_text(unit);
    in_brackets(rest, at, |inside| same.is_some() && BoundUnit::from_text(inside) == same)
}

/// Past a bracket behind a place, where what it holds is `the_same`.
fn in_brackets(rest: &[char], at: usize, the_same: impl Fn(&str) -> bool) -> usize {
    let open = blanks(rest, at);
    let row = rest.get(open..).unwrap_or_default();
    let close = row.iter().take(20).position(|c| matches!(c, ')' | ']'));
    match (row.first(), close) {
        (Some('(' | '['), Some(close)) => {
            let inside: String = row.get(1..close).unwrap_or_default().iter().collect();
            if the_same(inside.trim()) { open + close + 1 } else { at }
        }
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, by: fn(&[char]) -> Option<(String, usize)>) -> Option<(String, String)> {
        let signs: Vec<char> = text.chars().collect();
        by(&signs).map(|(unit, length)| (unit, signs.get(length..).unwrap_or_default().iter().collect()))
    }

    #[test]
    fn units_in_words() {
        let said = |text| read(text, spelled).map(|(unit, left)| format!("{unit}|{left}"));
        assert_eq!(said("milligrams per deciliter (mg/dL) or"), Some("mg/dL| or".to_owned()));
        assert_eq!(
            said("milliliters (mL) per minute per 1.73 meters squared of body surface area"),
            Some("mL/min/1.73m2|".to_owned())
        );
        assert_eq!(said("kilograms per meter squared (kg/m^2)"), Some("kg/m2|".to_owned()));
        assert_eq!(said("millimeters of mercury (mmHg)."), Some("mmHg|.".to_owned()));
        assert_eq!(said("cells per cubic millimeter"), Some("/mm3|".to_owned()));
        assert_eq!(said("per mm3 and"), Some("/mm3| and".to_owned()));
        assert_eq!(said("percent (%) on"), Some("%| on".to_owned()));
        assert_eq!(said("milliliter/minute/ 1.73-meter square"), Some("mL/min/1.73m2|".to_owned()));
        assert_eq!(said("ng per milliliter"), Some("ng/mL|".to_owned()));
        assert_eq!(said("mg/l or"), None);
        assert_eq!(said("grams of protein"), None);
        assert_eq!(said("days per visit"), None);
        assert_eq!(said("g per decilitre (90 g/L)"), Some("g/dL| (90 g/L)".to_owned()));
    }

    #[test]
    fn a_power_that_lost_its_height() {
        let said = |text| read(text, raised).map(|(unit, left)| format!("{unit}|{left}"));
        assert_eq!(said("x109/L, and"), Some("x 10^9/L|, and".to_owned()));
        assert_eq!(said("× 10 12 / L"), Some("x 10^12/L|".to_owned()));
        assert_eq!(said("* 103/µL"), Some("x 10^3/µL|".to_owned()));
        assert_eq!(said("x 100/L"), None);
        assert_eq!(said("x 109 times"), None);
        assert_eq!(said("109/L"), None);
    }
}
