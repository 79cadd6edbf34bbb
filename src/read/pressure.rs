//! Blood pressure as a pair: "> 180/110 mmHg".

use crate::model::concept::Concept;
use crate::model::expression::Expression;
use crate::model::record::Subject;

use super::bounds::{End, Join, fits, ranged};
use super::clause::{Clause, Reading};
use super::doubt::Doubt;
use super::piece::Piece;
use super::subject::{About, subject};
use super::tail::Tail;
use super::value::Value;

/// What a pair may be the value of.
const NAMES: [&str; 9] =
    ["blood pressure", "arterial pressure", "hypertension", "bp", "nibp", "血压", "高血压", "动脉压", "hypertensive"];

/// Both pressures of a value with a number behind a slash, `Nothing` where it is another pair; `None` where the number
/// is the top of a scale.
///
/// By convention a pair that is too high is so by either of its numbers, and one that is low enough by both.
pub(super) fn pressures(clause: Clause<'_>, from: usize, value: &Value, behind: &Tail) -> Option<Piece> {
    let lower = value.over?;
    let [upper] = value.ends.as_slice() else { return Some(Piece::Nothing) };
    let glyphs = clause.part(from, value.from).glyphs();
    let name: String = glyphs.iter().flat_map(|glyph| glyph.sign.to_lowercase()).collect();
    let name = name.trim_end_matches([':', '：', ' ', '(', '（']);
    let says = |known: &&str| {
        name.ends_with(*known)
            || known.is_ascii()
                && name
                    .split(|c: char| !c.is_alphanumeric() && c != ' ')
                    .any(|part| format!(" {part} ").contains(&format!(" {known} ")))
    };
    let is_pressure = NAMES.iter().any(says) && !name.contains("mean");
    if !is_pressure {
        let top = |top: i64| lower.whole() == Some(top);
        let known = known(clause, from, value.from).and_then(|concept| concept.plausible);
        let unit = upper.unit.as_deref().is_none_or(|unit| unit == "{score}");
        // "20/40" is how well somebody sees.
        let scale = match known {
            Some((_, high)) => unit && high == lower,
            None => upper.unit.is_none() && (top(10) || top(100)) && upper.value.exact() <= lower.exact(),
        };
        return if scale { None } else { Some(Piece::Nothing) };
    }
    let Some(unit) = upper.unit.clone() else {
        return Some(Piece::Doubtful(Doubt::NoUnit("systolic-blood-pressure", upper.value)));
    };
    let plain = behind.window.is_none() && behind.condition.is_none() && behind.others.is_empty() && !behind.unless;
    let mut each = Vec::new();
    for (id, value) in [("systolic-blood-pressure", upper.value), ("diastolic-blood-pressure", lower)] {
        let mut end = End { sign: upper.sign, value, unit: Some(unit.clone()) };
        if let Some(Err(Some(doubt))) = Concept::named(id).map(|concept| fits(concept, &mut end)) {
            return Some(Piece::Doubtful(doubt));
        }
        each.extend(ranged(&Subject::concept(id), &[end], Join::Comma, clause.excludes));
    }
    if !plain || each.len() != 2 {
        return Some(Piece::Nothing);
    }
    let either = upper.is_low() || clause.excludes;
    let both = if either { Expression::AnyOf(each) } else { Expression::AllOf(each) };
    let more = behind.more || !behind.fold.is_empty();
    Some(Piece::Read(if more { Reading::Necessary(both) } else { Reading::Whole(both) }))
}

/// The concept that a stretch names.
fn known(clause: Clause<'_>, from: usize, to: usize) -> Option<&'static Concept> {
    match subject(clause, from, to)?.about {
        About::Known(concept) => Some(concept),
        About::Open(_, _) => None,
    }
}
