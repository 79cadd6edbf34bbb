//! Values in a roundabout order: "a minimum weight of 50 kg", "23 weeks 6 days".

use crate::model::decimal::Decimal;

use super::token::{Placed, Sign, Token};

/// What has a smallest extent by nature: "minimum diameter" names a measure.
const EXTENTS: [&str; 12] = [
    "diameter",
    "diameters",
    "size",
    "length",
    "width",
    "thickness",
    "depth",
    "volume",
    "dimension",
    "distance",
    "dose",
    "concentration",
];

/// Stands where the word for a sign stood that is before its number now.
pub(super) const LEAST: &str = "~least";

/// Puts the sign before its number.
pub(super) fn least(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        if tokens.get(at).is_some_and(|placed| placed.says(&["minimum", "minimal"]))
            && let Some(number) = number(tokens, at)
            && let Some(place) = tokens.get(number).map(|placed| placed.from)
        {
            tokens.insert(number, Placed { token: Token::Sign(Sign::AtLeast), from: place, to: place });
            if let Some(said) = tokens.get_mut(at) {
                said.token = Token::Word(LEAST.to_owned());
            }
        }
        at += 1;
    }
}

/// "Minimum life expectancy of 12": the number, if nothing but a name stands before it.
fn number(tokens: &[Placed], at: usize) -> Option<usize> {
    let of = (at + 2..at + 7).find(|of| tokens.get(*of).is_some_and(|placed| placed.says(&["of", "is"])))?;
    let name = tokens.get(at + 1..of)?;
    let plain = name.iter().all(|placed| match &placed.token {
        Token::Word(word) => !EXTENTS.contains(&word.as_str()) && !matches!(word.as_str(), "and" | "or"),
        Token::Name(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_) => false,
    });
    let unit = usize::from(tokens.get(of + 2).is_some_and(|placed| matches!(placed.token, Token::Unit(_))));
    let ends = tokens.get(of + 2 + unit).is_none_or(|next| {
        !matches!(next.token, Token::To | Token::After(_) | Token::Sign(_)) && !next.marks(&['-', '/'])
    });
    (plain && ends && tokens.get(of + 1)?.number().is_some()).then_some(of + 1)
}

/// "23 weeks 6 days" is a number of days.
pub(super) fn weeks_and_days(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let mut at = 0;
    while at + 3 < tokens.len() {
        let joined = tokens.get(at + 2).is_some_and(|placed| placed.says(&["and"]) || placed.marks(&[',']));
        let second = at + 2 + usize::from(joined);
        let unit = |at: usize, unit: &str| matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Unit(own)) if own == unit);
        let whole = |at: usize| tokens.get(at).and_then(Placed::number).and_then(|number| number.whole());
        let days = match (whole(at), whole(second)) {
            (Some(weeks), Some(days)) if (0..7).contains(&days) && unit(at + 1, "wk") && unit(second + 1, "d") => {
                weeks.checked_mul(7).and_then(|week| week.checked_add(days))
            }
            _ => None,
        };
        let place = tokens.get(at).zip(tokens.get(second + 1)).map(|(first, last)| (first.from, first.to, last.to));
        if let (Some(days), Some((from, to, end))) = (days, place) {
            let number = Placed { token: Token::Number(Decimal::new(days, 0)), from, to };
            tokens.splice(at..second + 2, [number, Placed { token: Token::Unit("d".to_owned()), from: to, to: end }]);
        }
        at += 1;
    }
    tokens
}

/// "Between 12 hours of life and 28 days of life": ages.
pub(super) fn of_life(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let mut at = 1;
    while at + 1 < tokens.len() {
        let said = match tokens.get(at - 1..at + 2) {
            Some([unit, of, life]) => matches!(unit.token, Token::Unit(_)) && of.says(&["of"]) && life.says(&["life"]),
            _ => false,
        };
        let joins = tokens.get(at + 2).is_some_and(|next| next.says(&["and", "to"]) || next.marks(&['-', '~']))
            && tokens.get(at + 3).is_some_and(|next| next.number().is_some());
        let expectancy = tokens.get(at + 2).is_some_and(|next| next.says(&["expectancy"]));
        if said && expectancy {
            at += 1;
            continue;
        }
        if said && joins {
            tokens.drain(at..at + 2);
        } else if said && let (Some(of), Some(life)) = (tokens.get(at), tokens.get(at + 1)) {
            let old = Placed { token: Token::Word("old".to_owned()), from: of.from, to: life.to };
            tokens.splice(at..at + 2, [old]);
        }
        at += 1;
    }
    tokens
}

/// "50 kg (inclusive) and 90 kg": the brackets say no more than the words.
pub(super) fn inclusive(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let mut at = 0;
    while at + 2 < tokens.len() {
        let said = match tokens.get(at..at + 3) {
            Some([open, word, close]) => open.marks(&['(']) && word.says(&["inclusive"]) && close.marks(&[')']),
            _ => false,
        };
        if said {
            tokens.drain(at..at + 3);
        } else {
            at += 1;
        }
    }
    tokens
}
