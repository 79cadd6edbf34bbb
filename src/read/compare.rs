//! Comparisons: a clause cut into parts, each read, and joined again.

use super::bounds::Join;
use super::clause::{Clause, Reading};
use super::logic::together;
use super::piece::{Piece, piece, says_nothing};
use super::segment::{Segment, one_join, segments};
use super::subject::{About, DENIES};
use super::token::{Placed, Token};
use super::value::values;

/// A part of a clause, and what was read of it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What joins it to the one before.
    pub(super) join: Join,
    /// Its tokens.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) piece: Piece,
}

/// A clause that compares values with bounds.
pub(super) fn compared(clause: Clause<'_>) -> Option<Reading> {
    // "If …, then …" is no comparison.
    let word =
        |said: &str| clause.tokens.iter().any(|placed| matches!(&placed.token, Token::Word(word) if word == said));
    if word("则") || word("then") {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut denied = false;
    let segments = segments(clause, &values(clause.tokens));
    let count = segments.len();
    for Segment { join, from, to } in segments {
        let part = clause.part(from, to);
        if count > 1 && says_nothing(part.tokens) {
            continue;
        }
        // What stands behind a "no" may be denied as well.
        let piece = if denied { Piece::Nothing } else { piece(part, from == 0) };
        denied |= matches!(piece, Piece::Nothing) && part.tokens.iter().any(denies);
        add(&mut parts, Part { join, from, to, piece });
    }
    // What another part takes back is not known.
    let back = |part: &Part| {
        let tokens = clause.part(part.from, part.to).tokens;
        !matches!(part.piece, Piece::Compared(_)) && tokens.iter().any(|placed| placed.says(&TAKE_BACK))
    };
    let read = |part: &Part| matches!(part.piece, Piece::Compared(_) | Piece::Defined(_) | Piece::Read(_));
    if parts.iter().any(read) && !parts.iter().any(back) {
        return together(clause, parts);
    }
    parts.into_iter().find_map(|part| match part.piece {
        Piece::Doubtful(doubt) => Some(Reading::Doubtful(doubt)),
        Piece::Compared(_)
        | Piece::More(_)
        | Piece::Name(_)
        | Piece::Read(_)
        | Piece::Other(_)
        | Piece::Defined(_)
        | Piece::Nothing => None,
    })
}

/// Words that take something back.
const TAKE_BACK: [&str; 12] = [
    "unless",
    "except",
    "excepting",
    "but",
    "however",
    "exception",
    "exceptions",
    "excluding",
    "除",
    "除外",
    "但",
    "例外",
];

fn denies(placed: &Placed) -> bool {
    matches!(&placed.token, Token::Word(word) if DENIES.contains(&word.as_str()) || matches!(word.as_str(), "无" | "没有" | "未" | "非" | "if" | "除"))
}

/// Adds a part; a value without a subject has the one before.
fn add(parts: &mut Vec<Part>, part: Part) {
    let Part { join, from, to, piece } = part;
    match piece {
        Piece::More(mut more) => match parts.last_mut() {
            Some(Part { piece: Piece::Compared(last), to: end, .. }) => {
                more.arms.iter_mut().for_each(|arm| arm.join = join);
                last.arms.append(&mut more.arms);
                last.more |= more.more;
                last.unless |= more.unless;
                *end = to;
            }
            _ => parts.push(Part { join, from, to, piece: Piece::Nothing }),
        },
        Piece::Compared(mut own) => {
            // "AST and ALT ≤ 2.5": names right before share the bounds.
            let mut shared = join;
            let mut joins = Vec::new();
            let mut start = from;
            while let Some(Part { join: before, piece: Piece::Name(concept), from: first, .. }) = parts.last() {
                if !own.about.iter().all(|about| matches!(about, About::Known(_))) {
                    break;
                }
                own.about.insert(0, About::Known(concept));
                joins.push(shared);
                shared = *before;
                start = *first;
                parts.pop();
            }
            if !joins.is_empty() {
                own.shared = Some(one_join(&joins));
            }
            let join = if joins.is_empty() { join } else { shared };
            // "Men ≥ 50 kg, women ≥ 45 kg" is one comparison.
            if let Some(Part { piece: Piece::Compared(last), to: end, .. }) = parts.last_mut()
                && last.pairs_with(&own)
            {
                own.arms.iter_mut().for_each(|arm| arm.join = join);
                last.arms.append(&mut own.arms);
                last.more |= own.more;
                *end = to;
                return;
            }
            parts.push(Part { join, from: start, to, piece: Piece::Compared(own) });
        }
        Piece::Name(_) | Piece::Read(_) | Piece::Other(_) | Piece::Defined(_) | Piece::Doubtful(_) | Piece::Nothing => {
            parts.push(Part { join, from, to, piece });
        }
    }
}
