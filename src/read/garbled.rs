//! Numbers whose sign was lost, and signs that stand where others did.

use super::age::PEOPLE;
use super::fold::Glyph;
use super::names::named;
use super::token::{Placed, Token};

/// What comes of signs whose bytes are taken for letters of their own.
pub(super) const MISTAKEN: [(&str, &str); 12] = [
    ("â‰¥", "≥"),
    ("â‰¤", "≤"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€™", "’"),
    ("Âµ", "µ"),
    ("Î¼", "μ"),
    ("Ã—", "×"),
    ("Â±", "±"),
    ("Â°", "°"),
    ("Â²", "²"),
    ("Â³", "³"),
];

/// Letters were lost, or taken for others.
pub(super) fn is_corrupt(text: &[Glyph]) -> bool {
    let first = |glyph: &Glyph| glyph.shown.is_some_and(|shown| matches!(shown, '\u{FFFD}' | 'â' | 'Â' | 'Î' | 'Ã'));
    text.iter().enumerate().any(|(at, glyph)| {
        first(glyph)
            && (glyph.shown == Some('\u{FFFD}')
                || MISTAKEN.iter().any(|(wrong, _)| {
                    let here = text.iter().skip(at).filter_map(|glyph| glyph.shown);
                    here.take(wrong.chars().count()).eq(wrong.chars())
                }))
    })
}

/// A number after a sign that no comparison has: `ALT =18`, `³ 55`, `³55`, `?450`, `》18`, `to = 9.0 %`.
pub(super) fn is_garbled(tokens: &[Placed]) -> bool {
    let bullet = |three: &[Placed]| matches!(three, [word, _, number] if matches!(number.token, Token::Number(_)) && word.token == Token::Word("bullet".to_owned()));
    if tokens.windows(3).any(bullet) {
        return true;
    }
    let glued = |placed: &Placed| match &placed.token {
        Token::Word(word) => word
            .strip_prefix('³')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())),
        Token::Number(_)
        | Token::Unit(_)
        | Token::Sign(_)
        | Token::After(_)
        | Token::To
        | Token::Name(_)
        | Token::Mark(_) => false,
    };
    if tokens.iter().any(glued) {
        return true;
    }
    tokens.windows(2).enumerate().any(|(at, pair)| {
        let [sign, number] = pair else { return false };
        let glued = sign.to == number.from;
        let lost = match &sign.token {
            Token::Mark('=') => equals(tokens, at),
            Token::Mark('£') => true,
            Token::Mark('?' | '》' | '《' | '〉' | '〈' | '\u{FFFD}' | '●') => glued,
            Token::Word(word) => word == "³",
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

/// Words on the left of what says how much one of them is.
const DEFINED: [&str; 22] = [
    "drink",
    "drinks",
    "unit",
    "units",
    "glass",
    "glasses",
    "serving",
    "servings",
    "pack",
    "packs",
    "cigarette",
    "beer",
    "wine",
    "alcohol",
    "ethanol",
    "cup",
    "tablet",
    "tablets",
    "dose",
    "point",
    "points",
    "year",
];

/// An equals sign before a number: a sign that was lost, and no range, formula or definition.
fn equals(tokens: &[Placed], at: usize) -> bool {
    let token = |at: usize| tokens.get(at).map(|placed| &placed.token);
    let to = |at: usize| matches!(token(at), Some(Token::To | Token::Mark('-' | '~')));
    let unit = matches!(token(at + 2), Some(Token::Unit(_)));
    if to(at + 2) || unit && to(at + 3) {
        return false;
    }
    // 175 x (Scr)
    if matches!(token(at + 2), Some(Token::Mark('*' | '×'))) || token(at + 2) == Some(&Token::Word("x".to_owned())) {
        return false;
    }
    let defines = || {
        let own = tokens.get(..at).unwrap_or_default().iter().rev();
        own.take_while(|placed| !matches!(placed.token, Token::Mark(',' | ';' | '.' | '，' | '；' | '。'))).any(
            |placed| {
                matches!(&placed.token, Token::Number(_))
                    || matches!(&placed.token, Token::Word(word) if DEFINED.contains(&word.as_str()))
            },
        )
    };
    match at.checked_sub(1).and_then(token) {
        None | Some(Token::Name(_) | Token::To) => true,
        Some(Token::Word(word)) if word == "to" || PEOPLE.contains(&word.as_str()) || named(word).is_some() => true,
        Some(Token::Word(_)) => unit && !defines(),
        Some(Token::Mark(')')) => {
            let (before, sign, number) = (tokens.get(at - 1), tokens.get(at), tokens.get(at + 1));
            let apart = |one: Option<&Placed>, next: Option<&Placed>| {
                one.zip(next).is_some_and(|(one, next)| one.to < next.from)
            };
            (unit || apart(before, sign) && !apart(sign, number)) && !defines()
        }
        Some(Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::Mark(_)) => false,
    }
}
