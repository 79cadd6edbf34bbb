//! Numbers whose sign was lost.

use super::age::PEOPLE;
use super::names::named;
use super::token::{Placed, Token};

/// A number after a sign that no comparison has: `ALT =18`, `³ 55`, `?450`, `》18`.
pub(super) fn is_garbled(tokens: &[Placed]) -> bool {
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
        let range = matches!(tokens.get(at + 2).map(|placed| &placed.token), Some(Token::To | Token::Mark('-' | '~')))
            || matches!(tokens.get(at + 2).map(|placed| &placed.token), Some(Token::Unit(_)))
                && matches!(tokens.get(at + 3).map(|placed| &placed.token), Some(Token::To | Token::Mark('-' | '~')));
        let lost = match &sign.token {
            Token::Mark('=') => !range && known(at.checked_sub(1)),
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
