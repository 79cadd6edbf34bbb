//! Numbers, signs, units and words: the letters of the grammar.

use crate::model::decimal::Decimal;

use super::chinese::chinese;
use super::fold::Glyph;
use super::measure::unit;
use super::names::named;
use super::number::{number, percentile};
use super::sign::{comparator, joined};

/// On which side of a number the value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// One letter of the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Decimal),
    /// Right after its number.
    Unit(String),
    /// Before its number.
    Sign(Sign),
    /// After its number: "or more".
    After(Sign),
    /// Between two numbers.
    To,
    /// A word that names a concept.
    Name(&'static str),
    Word(String),
    Mark(char),
}

/// A token and its glyphs.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// No item with more tokens is looked at.
const MOST: usize = 3_000;

/// The tokens of a stretch; `None` where there are too many.
pub(super) fn tokens(text: &[Glyph]) -> Option<Vec<Placed>> {
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    while let Some(glyph) = text.get(at) {
        if glyph.sign.is_whitespace() {
            at += 1;
            continue;
        }
        let rest = text.get(at..)?;
        if let Some((value, digits, length)) = percentile(rest) {
            found.push(Placed { token: Token::Number(value), from: at, to: at + digits });
            found.push(Placed { token: Token::Unit("percentile".to_owned()), from: at + digits, to: at + length });
            at += length;
            continue;
        }
        let (token, length) =
            number(rest).or_else(|| comparator(rest)).or_else(|| chinese(rest)).unwrap_or_else(|| plain(rest));
        let counts = matches!(token, Token::Number(_));
        found.push(Placed { token, from: at, to: at + length });
        at += length;
        if counts && let Some((unit, length)) = text.get(at..).and_then(unit) {
            let written: String =
                text.iter().skip(at).take(length).map(|glyph| glyph.sign.to_ascii_lowercase()).collect();
            found.push(Placed { token: Token::Unit(unit), from: at, to: at + length });
            at += length;
            // A unit of nothing else than age.
            let ranged = text.get(at).is_some_and(|next| matches!(next.sign, '~' | '-' | '—' | '–' | '至' | '到'))
                && text.get(at + 1).is_some_and(|next| next.sign.is_ascii_digit());
            if written.contains('岁') && !ranged
                || matches!(written.trim().trim_start_matches('-'), "yo" | "y.o." | "y.o" | "y/o")
            {
                found.push(Placed { token: Token::Word("old".to_owned()), from: at, to: at });
            }
        }
        if found.len() > MOST {
            return None;
        }
    }
    Some(joined(found))
}

fn plain(rest: &[Glyph]) -> (Token, usize) {
    let latin = |glyph: &&Glyph| glyph.sign.is_alphanumeric() && !is_chinese(glyph.sign);
    let length = rest.iter().take_while(latin).count();
    let first = rest.first().map_or(' ', |glyph| glyph.sign);
    if length == 0 {
        let token = if is_chinese(first) { Token::Word(first.to_string()) } else { Token::Mark(first) };
        return (token, 1);
    }
    // A blank was lost: "than100".
    let than = "than".chars().eq(rest.iter().take(4).map(|glyph| glyph.sign.to_ascii_lowercase()))
        && rest.get(4).is_some_and(|glyph| glyph.sign.is_ascii_digit());
    let length = if than { 4 } else { length };
    let word: String = rest.iter().take(length).flat_map(|glyph| glyph.sign.to_lowercase()).collect();
    // "ECOG0-1": a name and its number.
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() >= 3
        && letters.len() < word.len()
        && word.is_ascii()
        && named(&word).is_none()
        && named(letters).is_some()
    {
        return (Token::Word(letters.to_owned()), letters.len());
    }
    (Token::Word(word), length)
}

pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

impl Placed {
    /// A word of no concept.
    pub(super) fn word(&self) -> Option<&str> {
        if let Token::Word(word) = &self.token { Some(word) } else { None }
    }

    /// It is one of these words.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.contains(&word))
    }

    /// A mark.
    pub(super) fn mark(&self) -> Option<char> {
        if let Token::Mark(mark) = self.token { Some(mark) } else { None }
    }

    /// It is one of these marks.
    pub(super) fn marks(&self, marks: &[char]) -> bool {
        self.mark().is_some_and(|mark| marks.contains(&mark))
    }

    /// The sign of a comparison.
    pub(super) fn sign(&self) -> Option<Sign> {
        if let Token::Sign(sign) = self.token { Some(sign) } else { None }
    }

    /// A number.
    pub(super) fn number(&self) -> Option<Decimal> {
        if let Token::Number(number) = self.token { Some(number) } else { None }
    }
}
