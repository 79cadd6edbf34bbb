//! What stands in brackets behind a name: the same in other words, or a value that the name asks for beside more.

use crate::model::concept::Concept;
use crate::model::expression::{Compare, Expression};
use crate::model::record::Subject;

use super::clause::Clause;
use super::fold::shown;
use super::leaf::{compared, text};
use super::token::{Placed, is_chinese};

/// A value that says by itself what the words before it are: one of the blood, a pressure, an index; but no pulse, and
/// nothing that the vocabulary does not know.
pub(super) fn defines(read: &Expression) -> bool {
    let known = |compare: &Compare| match &compare.subject {
        Subject::Concept(id) => id != "heart-rate" && Concept::named(id).is_some_and(|concept| concept.unit.is_some()),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    };
    let known = |leaf: &&Expression| matches!(leaf, Expression::IsOneOf(_)) || compared(leaf).is_some_and(known);
    read.leaves().iter().all(known)
}

/// "Cardiogenic shock (SBP < 90)", "chronic renal failure (clearance < 10)": no value says this alone.
pub(super) fn is_more(part: Clause<'_>) -> bool {
    const MORE: [&str; 10] = [
        "shock",
        "chronic",
        "persistent",
        "sepsis",
        "septic",
        "sustained",
        "refractory",
        "infection",
        "infections",
        "inflammation",
    ];
    let open = part.tokens.iter().position(|placed| placed.marks(&['(', '['])).unwrap_or(part.tokens.len());
    part.part(0, open).tokens.iter().any(|placed| placed.says(&MORE))
}

/// "Oligohydramnios (defined as …)", 长期氧疗（氧疗时间…）: the brackets say that they are the same, or name it again.
pub(super) fn says_so(part: Clause<'_>, read: &Expression) -> bool {
    let says = |placed: &Placed| placed.says(&["defined", "definition", "ie"]);
    let open = part.tokens.iter().position(|placed| placed.marks(&['(', '['])).unwrap_or(part.tokens.len());
    let head = shown(part.part(0, open).glyphs());
    let again = |leaf: &&Expression| {
        compared(leaf).and_then(|compare| text(&compare.subject)).is_some_and(|text| names_again(&head, text))
    };
    part.tokens.iter().any(says) || read.leaves().iter().all(again)
}

/// Two Chinese signs of the head are among the words.
fn names_again(head: &str, text: &str) -> bool {
    let signs: Vec<char> = head.chars().filter(|sign| is_chinese(*sign)).collect();
    signs.windows(2).any(|pair| text.contains(pair.iter().collect::<String>().as_str()))
}
