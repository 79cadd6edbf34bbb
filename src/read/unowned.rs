//! Numbers of something else than what stands before them, and units that go on behind what was understood of them.
//!
//! | the text says | the number |
//! |---|---|
//! | "sinus rhythm with < 10 % ectopy", "response to > 1 adequate trial" | is of the word behind it |
//! | "at least 2 of the following" | counts what follows |
//! | "an increase in creatinine to ≥ 4 mg/dL" | is where it ends, and not how much it is |
//! | "40 kg • m-2", "35 kcal(kg-1)", "32 º" | has a unit of which a part is missing |

use super::bounds::End;
use super::token::{Placed, Token, is_chinese};
use super::value::Value;

/// Its unit goes on.
pub(super) fn unit_goes_on(tokens: &[Placed], value: &Value) -> bool {
    let Some(next) = tokens.get(value.to) else { return false };
    let last = value.to.checked_sub(1).and_then(|at| tokens.get(at));
    let glued = last.is_some_and(|last| last.to == next.from);
    let behind = tokens.get(value.to + 1);
    let counts = |placed: &Placed| placed.word().is_some() || matches!(placed.token, Token::Unit(_));
    let factor =
        next.marks(&['•', '·', '∙', '⋅', '^']) && behind.is_some_and(counts)
            || next.marks(&['-']) && glued && behind.is_some_and(|behind| {
                let aged = behind.says(&["old", "year", "years", "yr", "yrs"])
                    || matches!(&behind.token, Token::Unit(unit) if matches!(unit.as_str(), "y" | "mo" | "wk" | "d"));
                counts(behind) && behind.from == next.to && !aged
            });
    // "kcal(kg-1)"
    let power = glued
        && next.marks(&['('])
        && behind.is_some_and(counts)
        && tokens.get(value.to + 2).is_some_and(|placed| placed.marks(&['-']) || placed.number().is_some());
    let open = |end: &End| end.unit.as_deref().is_some_and(|unit| unit.contains(['(', ')', '[']));
    let strange = value.ends.iter().all(|end| end.unit.is_none())
        && next.mark().is_some_and(|mark| !mark.is_ascii() && !"，。；：、（）“”’‘–—×÷＋≥≤<>♂♀".contains(mark));
    // "45 % (± 5 %)"
    let tolerance = tokens.iter().skip(value.to).take(2).any(|placed| placed.marks(&['±']))
        || tokens.get(value.to..value.to + 4).is_some_and(|row| match row {
            [open, plus, slash, _] => open.marks(&['(']) && plus.marks(&['+']) && slash.marks(&['/']),
            _ => false,
        });
    tolerance || factor || power || strange || value.ends.iter().any(open)
}

/// It is of the word behind it, or counts what follows.
pub(super) fn of_the_next(tokens: &[Placed], value: &Value) -> bool {
    let Some(next) = tokens.get(value.to) else { return false };
    let plain = value.ends.iter().all(|end| matches!(end.unit.as_deref(), None | Some("%")));
    let bare = value.ends.iter().all(|end| end.unit.is_none());
    // "2 of the following", "1 of these"
    let some = bare
        && next.says(&["of"])
        && tokens
            .iter()
            .skip(value.to + 1)
            .take(3)
            .any(|placed| placed.says(&["following", "these", "below", "those", "listed"]));
    let word = next
        .word()
        .is_some_and(|word| word.is_ascii() && word.len() > 2 && !word.ends_with("ing") && !LEADS.contains(&word));
    let behind = tokens.get(value.to + 1);
    // "> 3 drinks" alone has a unit of its own; "< 500 copies per mL" is one that was not understood.
    let more = behind.is_some_and(|behind| behind.word().is_some());
    let led = value.from.checked_sub(1).and_then(|at| tokens.get(at));
    let with = led.is_some_and(|led| led.says(&["with", "to", "of"]) || led.token == Token::To);
    // "32oC", "20 UI /l": a unit that was not understood
    let glued = value.to.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|last| last.to == next.from);
    // "35 kcal(kg-1)"
    let power = behind.is_some_and(|open| open.marks(&['(']) && open.from == next.to)
        && tokens.get(value.to + 3).is_some_and(|placed| placed.marks(&['-']) || placed.number().is_some());
    let latin = next.word().filter(|word| !word.chars().any(is_chinese));
    let unit = bare
        && latin.is_some_and(|word| {
            glued || power || !word.is_ascii() || behind.is_some_and(|behind| behind.marks(&['/']))
        });
    // "To more than 30 % of the marrow"
    let share = plain && with && !led.is_some_and(|led| led.says(&["of", "with"])) && next.says(&["of"]);
    unit || value.signed && (some || share || plain && word && (more && bare || with))
}

/// Where a change ends: "increase in creatinine to ≥ 4 mg/dL".
pub(super) fn is_reached(tokens: &[Placed], value: &Value, name: &str) -> bool {
    const CHANGES: [&str; 12] = [
        "increase",
        "increased",
        "rise",
        "decrease",
        "decreased",
        "drop",
        "fall",
        "reduction",
        "elevation",
        "decline",
        "change",
        "worsening",
    ];
    let to = value
        .from
        .checked_sub(1)
        .and_then(|at| tokens.get(at))
        .is_some_and(|placed| placed.token == Token::To || placed.says(&["to"]));
    to && name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| CHANGES.contains(&word))
}

/// Words behind a number that say when, how or for whom it counts, or what else is asked.
const LEADS: [&str; 76] = [
    "with",
    "without",
    "who",
    "whose",
    "that",
    "which",
    "for",
    "and",
    "but",
    "not",
    "nor",
    "if",
    "when",
    "while",
    "despite",
    "unless",
    "except",
    "other",
    "due",
    "because",
    "within",
    "since",
    "until",
    "through",
    "between",
    "measured",
    "assessed",
    "determined",
    "calculated",
    "documented",
    "confirmed",
    "obtained",
    "estimated",
    "performed",
    "according",
    "based",
    "using",
    "via",
    "per",
    "from",
    "during",
    "after",
    "before",
    "prior",
    "over",
    "under",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "must",
    "should",
    "may",
    "can",
    "either",
    "inclusive",
    "points",
    "point",
    "times",
    "fold",
    "score",
    "scores",
    "daily",
    "level",
    "levels",
    "at",
    "on",
    "in",
    "by",
    "as",
    "percent",
    "plus",
    "regardless",
];
