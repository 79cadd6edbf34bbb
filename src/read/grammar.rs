//! The grammar: what is compared with what. It reads a sentence whole or not at all.

use crate::model::decimal::Decimal;
use crate::model::expression::Expression;

use super::age::{PEOPLE, age};
use super::compare::Comparing;
use super::fold::Glyph;
use super::token::{Placed, Token, named, tokens};

/// What kept a sentence from being read, where it is worth a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A number whose sign was lost.
    Comparator,
    /// A number without the unit that the concept needs.
    NoUnit(&'static str),
    /// A unit that the concept cannot have.
    OtherUnit(&'static str, String),
    /// A bound that hardly anybody's value lies near.
    Implausible(&'static str, Decimal, String),
    /// "And" and "or" that could mean either.
    Scope,
}

/// What a sentence asks; `excludes` where it stands on the exclusion list.
pub(super) fn read(text: &[Glyph], excludes: bool) -> Result<Expression, Option<Doubt>> {
    let tokens = tokens(text).ok_or(None)?;
    if is_garbled(&tokens) {
        return Err(Some(Doubt::Comparator));
    }
    let end = tokens.iter().rposition(|placed| !matches!(placed.token, Token::Mark('.' | ';' | ',' | '。' | '，')));
    let tokens = tokens.get(..end.map_or(0, |end| end + 1)).unwrap_or_default();
    match age(tokens, excludes) {
        Some(expression) => Ok(expression),
        None => Comparing { tokens, at: 0, excludes }.sentence(),
    }
}

/// A number after a sign that no comparison has: `ALT =18`, `³ 55`, `?450`, `》18`.
fn is_garbled(tokens: &[Placed]) -> bool {
    let known = |at: Option<usize>| match at.and_then(|at| tokens.get(at)).map(|placed| &placed.token) {
        None | Some(Token::Name(_)) => true,
        Some(Token::Word(word)) => PEOPLE.contains(&word.as_str()) || named(word).is_some(),
        Some(Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_)) => {
            false
        }
    };
    let bullet = |three: &[Placed]| matches!(three, [word, _, number] if matches!(number.token, Token::Number(_)) && word.token == Token::Word("bullet".to_owned()));
    if tokens.windows(3).any(bullet) {
        return true;
    }
    tokens.windows(2).enumerate().any(|(at, pair)| {
        let [sign, number] = pair else { return false };
        let glued = sign.to == number.from;
        let lost = match &sign.token {
            Token::Mark('=') => known(at.checked_sub(1)),
            Token::Mark('£') => true,
            Token::Mark('?' | '》' | '《' | '〉' | '〈' | '\u{FFFD}' | '●') => glued,
            Token::Word(word) => word.starts_with('³'),
            Token::Number(_)
            | Token::Unit(_)
            | Token::Sign(_)
            | Token::After(_)
            | Token::To
            | Token::Name(_)
            | Token::Mark(_) => false,
        };
        lost && matches!(number.token, Token::Number(_))
    })
}
