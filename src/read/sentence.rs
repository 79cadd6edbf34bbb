//! The frame: an item is cut into clauses, and what was read of each is joined again.

use crate::model::expression::{Expression, Unread};

use super::clause::{Clause, Reading};
use super::doubt::Doubt;
use super::fold::{Glyph, shown, span};
use super::garbled::is_garbled;
use super::token::tokens;

/// What an item asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// Nothing, where no part of it was read. Parts that were not read are `unread` with an empty id.
    pub(super) expression: Option<Expression>,
    pub(super) doubts: Vec<Doubt>,
}

impl Said {
    fn nothing(doubts: Vec<Doubt>) -> Said {
        Said { expression: None, doubts }
    }
}

/// Reads an item; `excludes` where it stands on the exclusion list.
pub(super) fn read(text: &[Glyph], excludes: bool) -> Said {
    let Some(tokens) = tokens(text) else { return Said::nothing(Vec::new()) };
    if is_garbled(&tokens) {
        return Said::nothing(vec![Doubt::Comparator]);
    }
    let clause = Clause { text, tokens: &tokens, excludes }.trimmed();
    match clause.reading() {
        Some(Reading::Whole(expression)) => Said { expression: Some(expression), doubts: Vec::new() },
        // "A and something else" is A and the whole sentence.
        Some(Reading::Necessary(expression)) => {
            Said { expression: Some(Expression::AllOf(vec![expression, unread(clause)])), doubts: Vec::new() }
        }
        Some(Reading::Doubtful(doubt)) => Said::nothing(vec![doubt]),
        None => Said::nothing(Vec::new()),
    }
}

/// A clause as it stands; whoever builds the criterion gives it its id.
fn unread(clause: Clause<'_>) -> Expression {
    let glyphs = clause.glyphs();
    Expression::Unread(Unread { id: String::new(), text: shown(glyphs), span: span(glyphs) })
}
