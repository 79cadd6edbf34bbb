//! Parts in a row that compare nothing: "donation of blood or plasma within 3 months" beside a bound.
//!
//! A head before the first of them and a time behind the last may be those of all, so that they are read as one. Where
//! that fails, those remain that mean the same whatever stands behind them: the first, and names of the vocabulary right
//! behind it, where none of the row has a time.

use crate::model::expression::Expression;
use crate::model::record::Subject;

use super::bounds::Join;
use super::clause::Clause;
use super::compare::Part;
use super::piece::Piece;
use super::segment::one_join;
use super::token::{Placed, Token};
use super::window::window;

/// The parts, with those of a row as one.
pub(super) fn rows(clause: Clause<'_>, parts: Vec<Part>) -> Vec<Part> {
    let mut rows: Vec<Vec<Part>> = Vec::new();
    for part in methods(clause, parts) {
        match rows.last_mut() {
            Some(row) if row.iter().chain([&part]).all(|part| loose(clause, part)) && !parted(clause, row, &part) => {
                row.push(part);
            }
            _ => rows.push(vec![part]),
        }
    }
    let mut found: Vec<Part> = Vec::new();
    // What joins the parts of a row joins it to what stands behind a comma.
    let mut carried: Option<Join> = None;
    for mut row in rows {
        if let (Some(join), Some(first)) = (carried.take(), row.first_mut())
            && first.join == Join::Comma
            && !leads_on(clause, first)
        {
            first.join = join;
        }
        if row.len() < 2 {
            found.append(&mut row);
            continue;
        }
        match as_one(clause, &row) {
            Some(one) => {
                carried = (found.is_empty() && one.join != Join::Comma).then_some(one.join);
                found.push(one);
            }
            None => found.extend(alone(clause, row)),
        }
    }
    found
}

/// "LVEF ≤ 40 % by echocardiography, scintigraphy or MRI": how a value is measured may be a list, and is none of what is
/// asked.
fn methods(clause: Clause<'_>, parts: Vec<Part>) -> Vec<Part> {
    const ENDS: [&str; 13] = [
        "graphy",
        "graphic",
        "gram",
        "grams",
        "graph",
        "scan",
        "scans",
        "imaging",
        "mri",
        "spect",
        "ultrasound",
        "formula",
        "equation",
    ];
    const BY: [&str; 11] = [
        "as",
        "by",
        "via",
        "using",
        "confirmed",
        "documented",
        "determined",
        "measured",
        "assessed",
        "obtained",
        "evaluated",
    ];
    let method = |placed: &Placed| placed.word().is_some_and(|word| ENDS.iter().any(|end| word.ends_with(end)));
    let mut found: Vec<Part> = Vec::new();
    for part in parts {
        let own = clause.part(part.from, part.to).tokens;
        let first = own.iter().take(4).position(method);
        let first = first.is_some_and(|at| {
            !own.iter().take(at).any(|placed| placed.says(&["with", "of", "in", "on", "history", "prior", "abnormal"]))
        });
        let led = own.first().is_some_and(|first| first.says(&BY)) && own.iter().take(6).any(method);
        match found.last_mut() {
            Some(Part { piece: Piece::Compared(last), from, to, .. })
                if loose(clause, &part) && (led || first && clause.part(*from, *to).tokens.iter().any(method)) =>
            {
                last.more = true;
                *to = part.to;
            }
            _ => found.push(part),
        }
    }
    found
}

/// It compares nothing.
fn loose(clause: Clause<'_>, part: &Part) -> bool {
    let signed = |placed: &Placed| matches!(placed.token, Token::Sign(_));
    match &part.piece {
        Piece::Name(_) | Piece::Called(_) | Piece::Nothing => true,
        Piece::Other(_) => !clause.part(part.from, part.to).tokens.iter().any(signed),
        Piece::Compared(_) | Piece::More(_) | Piece::Read(_) | Piece::Defined(_) | Piece::Doubtful(_) => false,
    }
}

/// ", the total dose of which": it is of what stands before.
fn leads_on(clause: Clause<'_>, part: &Part) -> bool {
    let first = clause.tokens.get(part.from);
    first.is_some_and(|first| first.says(&["the", "which", "that", "who", "whose", "with", "where"]))
}

/// A semicolon stands between them.
fn parted(clause: Clause<'_>, row: &[Part], part: &Part) -> bool {
    let from = row.last().map_or(part.from, |last| last.to);
    clause.part(from, part.from).tokens.iter().any(|placed| placed.marks(&[';', '；']))
}

fn as_one(clause: Clause<'_>, row: &[Part]) -> Option<Part> {
    let (first, last) = (row.first()?, row.last()?);
    let read = clause.part(first.from, last.to).trimmed().other()?;
    let joins: Vec<Join> = row.iter().skip(1).map(|part| part.join).collect();
    let join = match one_join(&joins) {
        join @ (Join::Or | Join::Mixed) if first.join == Join::Comma => join,
        Join::And | Join::Or | Join::Comma | Join::Both | Join::Mixed => first.join,
    };
    Some(Part { join, from: first.from, to: last.to, piece: Piece::Other(read) })
}

/// Each by itself; what may be meant otherwise is nothing.
fn alone(clause: Clause<'_>, row: Vec<Part>) -> Vec<Part> {
    let timed = row.iter().any(|part| window(clause.part(part.from, part.to), 0).is_some() || has_time(&part.piece));
    // "Prior heart or lung transplant": what the first ends with may stand behind the second.
    let cut = row.get(1).is_some_and(|next| next.join != Join::Comma);
    let mut open = !timed;
    let each = row.into_iter().enumerate().map(|(at, part)| {
        open &= at == 0 && !cut || known(&part.piece);
        let read = matches!(part.piece, Piece::Other(_));
        if open || !read { part } else { Part { piece: Piece::Nothing, ..part } }
    });
    each.collect()
}

fn leaves(piece: &Piece) -> Vec<&Expression> {
    match piece {
        Piece::Other(read) => read.leaves(),
        Piece::Compared(_)
        | Piece::More(_)
        | Piece::Name(_)
        | Piece::Called(_)
        | Piece::Read(_)
        | Piece::Defined(_)
        | Piece::Doubtful(_)
        | Piece::Nothing => Vec::new(),
    }
}

fn has_time(piece: &Piece) -> bool {
    leaves(piece).into_iter().any(|leaf| match leaf {
        Expression::Present(present) => present.window.is_some() || present.lasting.is_some(),
        Expression::Elapsed(_) => true,
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    })
}

/// All of it are names of the vocabulary.
fn known(piece: &Piece) -> bool {
    let leaves = leaves(piece);
    let concept = |leaf: &&Expression| matches!(leaf, Expression::Present(present) if matches!(present.subject, Subject::Concept(_)));
    !leaves.is_empty() && leaves.iter().all(concept)
}
