//! Chinese alternatives behind a comma, of which the first stands in a window of its own: 首次用药前3个月内…，或….

use crate::model::expression::Expression;

use super::bounds::Join;
use super::clause::{Clause, Reading};
use super::token::Token;
use super::value::joint;
use super::window::window;

/// Any of the alternatives excludes. One that has no window of its own may stand in that of the first: it is asked.
pub(super) fn alternatives(clause: Clause<'_>) -> Option<Reading> {
    if !clause.excludes || !windowed(clause) {
        return None;
    }
    let parts = parts(clause);
    let (first, others) = parts.split_first().filter(|(_, others)| !others.is_empty())?;
    let mut whole = true;
    let mut any = Vec::new();
    let others = others.iter().map(|part| if windowed(*part) { part.reading() } else { None });
    for read in std::iter::once(first.reading()).chain(others) {
        match read {
            Some(Reading::Whole(Expression::AnyOf(parts))) => any.extend(parts),
            Some(Reading::Whole(read)) => any.push(read),
            Some(Reading::Sufficient(read)) => {
                whole = false;
                any.push(read);
            }
            Some(Reading::Necessary(_) | Reading::Unclear(_, _) | Reading::Doubtful(_)) | None => whole = false,
        }
    }
    let read = if any.len() > 1 { Expression::AnyOf(any) } else { any.pop()? };
    Some(if whole { Reading::Whole(read) } else { Reading::Sufficient(read) })
}

fn windowed(clause: Clause<'_>) -> bool {
    window(clause, 0).is_some()
}

/// Cut at "，或" outside of brackets.
fn parts(clause: Clause<'_>) -> Vec<Clause<'_>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, placed) in clause.tokens.iter().enumerate() {
        match placed.mark() {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            Some(',' | '，' | ';' | '；') if depth == 0 => {
                let or = clause.tokens.get(at + 1).filter(|next| {
                    matches!(&next.token, Token::Word(word) if !word.is_ascii()) && joint(&next.token) == Some(Join::Or)
                });
                if or.is_some() {
                    found.push(clause.part(start, at).trimmed());
                    start = at + 2;
                }
            }
            _ => {}
        }
    }
    found.push(clause.part(start, clause.tokens.len()).trimmed());
    found
}
