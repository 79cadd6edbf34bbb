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
    let opens = tokens.first().is_some_and(|first| first.says(&["where", "whether"]));
    // "Would result in a donation of more than 500 mL": of what is still to be
    let would = tokens.windows(2).any(|pair| match pair {
        [would, result] => would.says(&["would"]) && result.says(&["result"]),
        _ => false,
    });
    let signs = tokens.iter().any(|placed| placed.marks(&['♀', '♂']));
    opens
        || would
        || signs
        || never_closed(tokens)
        || of_one_sex(tokens)
        || in_less_than(tokens)
        || of_two_words(tokens)
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
    open.first()
        .is_some_and(|open| tokens.iter().skip(*open).any(|placed| placed.marks(&[';']) || placed.says(&["or", "and"])))
}

/// "Men: > 4 drinks on any day or more than 14 drinks per week": both are asked of men.
fn of_one_sex(tokens: &[Placed]) -> bool {
    (0..tokens.len().min(8)).any(|at| match tokens.get(at..) {
        Some([first, colon, rest @ ..]) => {
            let others = |own: &[&str], other: &[&str]| first.says(own) && !rest.iter().any(|it| it.says(other));
            colon.marks(&[':', '-']) && (others(&MEN, &WOMEN) || others(&WOMEN, &MEN)) && values(rest).len() > 1
        }
        Some(_) | None => false,
    })
}

/// "Hyper or hyponatremia (< 135 or > 145)": the number is of neither.
fn of_two_words(tokens: &[Placed]) -> bool {
    tokens.windows(2).any(|pair| match pair {
        [half, join] => half.says(&["hyper", "hypo"]) && (join.says(&["or", "and"]) || join.marks(&['/'])),
        _ => false,
    })
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
    const CAUSED: [&str; 7] =
        ["induced", "triggered", "precipitated", "provoked", "attributed", "attributable", "explained"];
    let first = parts.first().and_then(|part| clause.tokens.get(part.from..part.to)).unwrap_or_default();
    let caused = clause.excludes && parts.len() > 1 && first.iter().any(|placed| placed.says(&CAUSED));
    // "Drugs to maintain a pressure ≥ 90 or a mean ≥ 60": what they are to reach
    let aims = parts
        .split_last()
        .is_some_and(|(_, before)| before.iter().filter_map(|part| clause.tokens.get(part.from..part.to)).any(aims));
    // "A with a score ≥ 3 or B with a score ≥ 6, in each case confirmed"
    let each = clause.tokens.windows(3).any(|row| match row {
        [within, each, case] => within.says(&["in"]) && each.says(&["each", "either"]) && case.says(&["case"]),
        _ => false,
    });
    each || aims || parts.iter().skip(1).any(|part| relative(part) || amount(part)) || narrows || caused
}

/// "To maintain", "to achieve".
fn aims(row: &[Placed]) -> bool {
    row.windows(2).any(|pair| match pair {
        [to, reach] => {
            (to.says(&["to"]) || to.token == Token::To)
                && reach.says(&["maintain", "achieve", "keep", "reach", "sustain"])
        }
        _ => false,
    })
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
