//! Tokens that say a thing twice, or say nothing of a value: "three (3) months", "4 out of 10", "Hoehn and Yahr".

use super::measure::time_unit;
use super::number::spelled;
use super::sign::{is_number, taken, word};
use super::token::{Placed, Token};

/// "Greater than or equal to (>=) 6": the brackets say the words again.
pub(super) fn said_twice(mut tokens: Vec<Placed>) -> Vec<Placed> {
    const LAST: [&str; 8] = ["to", "than", "equal", "least", "most", "above", "below", "over"];
    let mut at = 1;
    while at + 3 < tokens.len() {
        let close = (at + 2..at + 4).find(|close| tokens.get(*close).is_some_and(|placed| placed.marks(&[')'])));
        let signs = |close: usize| {
            let inside = tokens.get(at + 1..close).unwrap_or_default();
            inside.iter().all(|placed| placed.sign().is_some() || placed.marks(&['=']))
        };
        let said = tokens.get(at - 1).is_some_and(|before| before.says(&LAST))
            && tokens.get(at).is_some_and(|placed| placed.marks(&['(']));
        match close.filter(|close| said && signs(*close) && is_number(&tokens, close + 1)) {
            Some(close) => drop(tokens.drain(at..=close)),
            None => at += 1,
        }
    }
    tokens
}

/// "4 out of 10": the top of the scale says nothing of the value.
pub(super) fn out_of(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let mut at = 1;
    while at + 2 < tokens.len() {
        let top = tokens.get(at + 2).and_then(Placed::number).and_then(|top| top.whole());
        let said =
            word(&tokens, at) == Some("out") && word(&tokens, at + 1) == Some("of") && is_number(&tokens, at - 1);
        let counted = tokens.get(at + 3).is_some_and(|next| {
            next.word()
                .is_some_and(|word| !matches!(word, "on" | "in" | "at" | "for" | "and" | "or" | "points" | "point"))
        });
        if said && matches!(top, Some(10 | 100)) && !counted {
            drop(tokens.drain(at..at + 3));
        } else {
            at += 1;
        }
    }
    tokens
}

/// "Hoehn and Yahr": the "and" joins nothing.
pub(super) fn named_for_two(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let places: Vec<usize> = tokens
        .windows(3)
        .enumerate()
        .filter(|(_, row)| match row {
            [one, and, other] => {
                one.says(&["hoehn"]) && other.says(&["yahr"]) && (and.says(&["and"]) || and.marks(&['&']))
            }
            _ => false,
        })
        .map(|(at, _)| at + 1)
        .collect();
    for at in places {
        if let Some(and) = tokens.get_mut(at) {
            and.token = Token::Mark('-');
        }
    }
    tokens
}

/// "Three months", "three (3) months" and "3 (three) months" are a number and its unit.
pub(super) fn counted(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let rest = tokens.get(at..).unwrap_or_default();
        let own = match &first.token {
            Token::Number(value) => Some(*value),
            Token::Word(word) => spelled(word),
            Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) | Token::Mark(_) => None,
        };
        let bracketed = matches!(rest.get(1).map(|placed| &placed.token), Some(Token::Mark('(')))
            && matches!(rest.get(3).map(|placed| &placed.token), Some(Token::Mark(')')))
            && match rest.get(2).map(|placed| &placed.token) {
                Some(Token::Number(other)) => own == Some(*other),
                Some(Token::Word(word)) => own.is_some() && spelled(word) == own,
                _ => false,
            };
        let hyphen = usize::from(!bracketed && rest.get(1).is_some_and(|placed| placed.token == Token::Mark('-')));
        let behind = if bracketed { 4 } else { 1 + hyphen };
        let unit = word(rest, behind).and_then(time_unit);
        match (own, unit, rest.get(behind)) {
            (Some(value), Some(unit), Some(last)) if bracketed || matches!(first.token, Token::Word(_)) => {
                let to = rest.get(behind - 1).map_or(first.to, |placed| placed.to);
                found.push(Placed { token: Token::Number(value), from: first.from, to });
                found.push(Placed { token: Token::Unit(unit.to_owned()), from: last.from, to: last.to });
                at += behind + 1;
            }
            _ => {
                found.extend(taken(&mut tokens, at));
                at += 1;
            }
        }
    }
    found
}
