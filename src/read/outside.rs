//! Ranges that are denied: "not between 18 and 50", "outside the range of 50 to 100".

use super::token::{Placed, Sign, Token};

/// What lies outside of a range is below or above it.
pub(super) fn outside(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        if let Some((row, to)) = turned(tokens, at) {
            let length = row.len();
            tokens.splice(at..to, row);
            at += length;
        } else {
            at += 1;
        }
    }
}

/// The words that say what lies outside, and one past the range.
fn turned(tokens: &[Placed], from: usize) -> Option<(Vec<Placed>, usize)> {
    let says = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|placed| placed.says(words));
    let mut at = from;
    if says(at, &["not"]) && says(at + 1, &["between"]) {
        at += 2;
    } else if says(at, &["outside"])
        || says(at, &["not"]) && says(at + 1, &["within", "in"]) && says(at + 3, &["range"])
    {
        at += if says(at, &["outside"]) { 1 } else { 2 };
    } else {
        return None;
    }
    let words = tokens.get(at..)?.iter().take_while(|placed| {
        placed.says(&["of", "the", "range", "ranges", "limits", "age", "ages", "between", "from"])
    });
    let words: Vec<&Placed> = words.take(6).collect();
    let aged = words.iter().find(|placed| placed.says(&["age", "ages"]));
    at += words.len();
    let (low, next) = (tokens.get(at)?, at + 1);
    let unit = |at: usize| tokens.get(at).filter(|placed| matches!(placed.token, Token::Unit(_)));
    let one = unit(next);
    let next = next + usize::from(one.is_some());
    let to = tokens.get(next).is_some_and(|placed| placed.token == Token::To || placed.marks(&['-', '~']));
    let high = tokens.get(next + 1)?;
    let other = unit(next + 2);
    let end = next + 2 + usize::from(other.is_some());
    if !to || low.number()? >= high.number()? {
        return None;
    }
    let sign = |sign, place: &Placed| Placed { token: Token::Sign(sign), from: place.from, to: place.from };
    let mut row: Vec<Placed> = Vec::new();
    row.extend(aged.map(|aged| Placed { token: Token::Word("age".to_owned()), ..(*aged).clone() }));
    row.extend([sign(Sign::Less, low), low.clone()]);
    row.extend(one.or(other).cloned().map(|unit| Placed { from: low.to, to: low.to, ..unit }));
    row.push(Placed { token: Token::Word("or".to_owned()), from: low.to, to: low.to });
    row.extend([sign(Sign::More, high), high.clone()]);
    row.extend(other.or(one).cloned().map(|unit| Placed { from: high.to, to: unit.to.max(high.to), ..unit }));
    Some((row, end))
}
