//! Numbers.

use crate::model::decimal::Decimal;

use super::fold::Glyph;
use super::token::Token;

/// `18`, `1.5`, `100,000`, `18,5`. What may be a thousand or a fraction (`50.000`) is none.
pub(super) fn number(rest: &[Glyph]) -> Option<(Token, usize)> {
    rest.first().filter(|glyph| glyph.sign.is_ascii_digit())?;
    let run =
        rest.iter().take(24).take_while(|glyph| glyph.sign.is_ascii_digit() || matches!(glyph.sign, '.' | ',')).count();
    let text: String = rest.iter().take(run).map(|glyph| glyph.sign).collect();
    let text = text.trim_end_matches(['.', ',']);
    let next = rest.get(text.len()).map(|glyph| glyph.sign);
    // "25th": a place in a row.
    let tail: String = rest
        .iter()
        .skip(text.len())
        .take_while(|glyph| glyph.sign.is_alphabetic())
        .take(3)
        .map(|glyph| glyph.sign)
        .collect();
    if matches!(tail.to_lowercase().as_str(), "th" | "st" | "nd" | "rd") {
        return None;
    }
    if text.is_empty() || text.len() > 16 || next == Some('^') {
        return None;
    }
    let thousands = |parts: &[&str]| {
        parts.len() > 1
            && parts.first().is_some_and(|first| (1..=3).contains(&first.len()) && *first != "0")
            && parts.iter().skip(1).all(|part| part.len() == 3)
    };
    let commas: Vec<&str> = text.split(',').collect();
    let plain = match (commas.as_slice(), text.contains('.')) {
        ([whole], false) => (*whole).to_owned(),
        ([whole], true) => {
            let dots: Vec<&str> = whole.split('.').collect();
            match dots.as_slice() {
                // "50.000" is no fraction.
                [first, "000"] if first.len() > 1 => format!("{first}000"),
                [_, _] if !thousands(&dots) => (*whole).to_owned(),
                _ => return None,
            }
        }
        (parts, false) if thousands(parts) => parts.concat(),
        ([whole, fraction], false) if (1..=2).contains(&fraction.len()) => format!("{whole}.{fraction}"),
        _ => return None,
    };
    Some((Token::Number(plain.parse().ok()?), text.len()))
}

/// "10th percentile": the number, the length of its digits, and the length of all.
pub(super) fn percentile(rest: &[Glyph]) -> Option<(Decimal, usize, usize)> {
    let digits = rest.iter().take(3).take_while(|glyph| glyph.sign.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let number: String = rest.get(..digits)?.iter().map(|glyph| glyph.sign).collect();
    let behind: String = rest.iter().skip(digits).take(14).flat_map(|glyph| glyph.sign.to_lowercase()).collect();
    let said = ["th", "st", "nd", "rd"].iter().find_map(|ending| behind.strip_prefix(ending))?;
    let said = said.strip_prefix([' ', '-'])?;
    let unit = ["percentile", "centile"].iter().find(|unit| said.starts_with(**unit))?;
    Some((number.parse().ok()?, digits, digits + 3 + unit.len()))
}

/// "two", "twelve".
pub(super) fn spelled(word: &str) -> Option<Decimal> {
    let value = match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "sixty" => 60,
        "ninety" => 90,
        _ => return None,
    };
    Some(Decimal::new(value, 0))
}
