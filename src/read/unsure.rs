//! Words and signs that leave open what a sentence says: it is asked as it stands.

use super::age::{MEN, WOMEN};
use super::bounds::Join;
use super::clause::Clause;
use super::compare::Part;
use super::piece::Piece;
use super::token::{Placed, Token};
use super::value::values;

/// Nothing is read of such a sentence.
pub(super) fn leaves_open(clause: Clause<'_>) -> bool {
    let tokens = clause.tokens;
    never_closed(tokens) || of_one_sex(tokens) || in_less_than(tokens)
}

/// "Lung disease (on a scan; FVC < 60 %": nobody knows where the bracket ends.
fn never_closed(tokens: &[Placed]) -> bool {
    let mut open = Vec::new();
    for (at, placed) in tokens.iter().enumerate() {
        if placed.marks(&['(']) {
            open.push(at);
        } else if placed.marks(&[')']) {
            open.pop();
        }
    }
    open.first().is_some_and(|open| tokens.iter().skip(*open).any(|placed| placed.marks(&[';'])))
}

/// "Men: > 4 drinks on any day or more than 14 drinks per week": both are asked of men.
fn of_one_sex(tokens: &[Placed]) -> bool {
    let [first, colon, rest @ ..] = tokens else { return false };
    let other = |own: &[&str], other: &[&str]| first.says(own) && !rest.iter().any(|placed| placed.says(other));
    colon.marks(&[':']) && values(rest).len() > 1 && (other(&MEN, &WOMEN) || other(&WOMEN, &MEN))
}

/// "Surgery needed (in < 2 years)": ahead as well as ago.
fn in_less_than(tokens: &[Placed]) -> bool {
    tokens.windows(3).any(|three| match three {
        [open, word, sign] => open.marks(&['(']) && word.says(&["in"]) && matches!(sign.token, Token::Sign(_)),
        _ => false,
    })
}

/// One of the parts says something of those before it: they are none by themselves.
pub(super) fn hangs_together(clause: Clause<'_>, parts: &[Part]) -> bool {
    let led = |part: &Part, words: &[&str]| clause.tokens.get(part.from).is_some_and(|placed| placed.says(words));
    // "INR > 1.3, which cannot be corrected"
    let relative = |part: &Part| part.join == Join::Comma && led(part, &["which", "that", "who", "whose"]);
    // "Received docetaxel, the total dose ≥ 300 mg"
    let amount = |part: &Part| clause.excludes && part.join == Join::Comma && led(part, &["the"]);
    // "< 40 % in patients with one form and ≥ 50 % in the other, with …": of the last alone
    let of_some = |part: &Part| match &part.piece {
        Piece::Compared(own) => own.arms.iter().any(|arm| arm.condition.is_some()),
        Piece::More(_)
        | Piece::Name(_)
        | Piece::Called(_)
        | Piece::Read(_)
        | Piece::Other(_)
        | Piece::Defined(_)
        | Piece::Doubtful(_)
        | Piece::Nothing => false,
    };
    let named = |part: &Part| {
        let own = clause.tokens.get(part.from..part.to).unwrap_or_default();
        own.windows(2).any(|pair| match pair {
            [by, whom] => by.says(&["in", "for"]) && whom.says(&["patients", "subjects", "participants", "those"]),
            _ => false,
        })
    };
    let of_some = |part: &Part| of_some(part) || named(part);
    let behind = parts.iter().position(of_some).map(|at| parts.iter().skip(at + 1));
    let narrows = !clause.excludes && behind.is_some_and(|mut rest| rest.any(|part| led(part, &["with"])));
    // "A relapse triggered by fever, surgery, or a pulse > 130"
    const CAUSED: [&str; 6] = ["triggered", "precipitated", "provoked", "attributed", "attributable", "explained"];
    let first = parts.first().and_then(|part| clause.tokens.get(part.from..part.to)).unwrap_or_default();
    let caused = clause.excludes && parts.len() > 1 && first.iter().any(|placed| placed.says(&CAUSED));
    // "A with a score ≥ 3 or B with a score ≥ 6, in each case confirmed"
    let each = clause.tokens.windows(3).any(|row| match row {
        [within, each, case] => within.says(&["in"]) && each.says(&["each", "either"]) && case.says(&["case"]),
        _ => false,
    });
    each || parts.iter().skip(1).any(|part| relative(part) || amount(part)) || narrows || caused
}

/// "Depression, cirrhosis, or cancer leading to …": what the last part ends with may be meant of each.
pub(super) fn follows_of_each(clause: Clause<'_>, parts: &[Part]) -> bool {
    let last = parts.last().filter(|_| clause.excludes && parts.len() > 1);
    let row = last.and_then(|last| clause.tokens.get(last.from..last.to)).unwrap_or_default();
    // "Heparin within 24 hours, resulting in …" is of its own.
    row.windows(2).skip(1).any(|pair| match pair {
        [verb, to] => verb.says(&["leading", "resulting"]) && to.says(&["to", "in"]),
        _ => false,
    })
}
