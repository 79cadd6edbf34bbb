//! Values in a row of tokens: bounds, ranges, lists of whole numbers, pairs.

use crate::model::decimal::{Decimal, Exact};

use super::bounds::{End, Join, below};
use super::measure::time_unit;
use super::names::named;
use super::token::{Placed, Sign, Token};

/// One or two ends that stand together.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) ends: Vec<End>,
    /// What joins two ends that each have a sign.
    pub(super) join: Join,
    /// The number behind a slash: diastolic pressure, or the top of a scale.
    pub(super) over: Option<Decimal>,
    /// It stands before its subject: "18 ≤ age".
    pub(super) turned: bool,
    /// It is one of an age: "18 years of age or older".
    pub(super) aged: bool,
    /// A sign or a word says on which side of the numbers it lies.
    pub(super) signed: bool,
    /// Its tokens.
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Value {
    /// It is one of something measured, and no length of time.
    pub(super) fn is_measured(&self) -> bool {
        self.ends.iter().any(|end| end.unit.as_deref().is_some_and(|unit| !is_time(unit)))
    }

    /// It is a length of time.
    pub(super) fn is_time(&self) -> bool {
        self.ends.iter().any(|end| end.unit.as_deref().is_some_and(is_time))
    }
}

fn is_time(unit: &str) -> bool {
    matches!(unit, "y" | "mo" | "wk" | "d" | "h" | "min")
}

/// Every value, in the order of the text.
pub(super) fn values(tokens: &[Placed]) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match value(tokens, at).or_else(|| turned(tokens, at)) {
            Some(value) => {
                at = value.to;
                match found.last_mut().and_then(|last| joined(tokens, last, &value)) {
                    Some(both) => drop(found.last_mut().map(|last| *last = both)),
                    None => found.push(value),
                }
            }
            None => at += 1,
        }
    }
    found
}

/// "≥ 18 and ≤ 75", "< 20 or > 35", "≥18≤80".
fn joined(tokens: &[Placed], first: &Value, second: &Value) -> Option<Value> {
    // "years old" between two ages says nothing more.
    let between: Vec<&Placed> = tokens
        .get(first.to..second.from)?
        .iter()
        .filter(|placed| !placed.says(&["old", "of", "age", "years", "year"]) && !placed.marks(&['-']))
        .collect();
    let join = match between.as_slice() {
        [] => Join::Comma,
        // "At least 18 but less than 65"
        [one] if one.says(&["but"]) => Join::And,
        [one] => joint(&one.token)?,
        [one, other] if joint(&one.token) == Some(Join::Comma) && other.says(&["but"]) => Join::And,
        [one, other] if joint(&one.token) == Some(Join::Comma) => joint(&other.token)?,
        [one, slash, other] if slash.token == Token::Mark('/') => {
            joint(&one.token).and(joint(&other.token)).map(|_| Join::Or)?
        }
        _ => return None,
    };
    let ([low], [high]) = (first.ends.as_slice(), second.ends.as_slice()) else { return None };
    if first.turned || second.turned || low.is_low() == high.is_low() || first.over.is_some() || second.over.is_some() {
        return None;
    }
    let ends = vec![low.clone(), high.clone()];
    let aged = first.aged || second.aged;
    Some(Value { ends, join, over: None, aged, turned: false, signed: true, from: first.from, to: second.to })
}

/// What a word or a mark joins.
pub(super) fn joint(token: &Token) -> Option<Join> {
    match token {
        Token::Mark(',' | '，' | '、' | ';') => Some(Join::Comma),
        Token::Word(word) => match word.as_str() {
            "and" | "且" | "并且" | "并" | "&" => Some(Join::And),
            "or" | "或" | "或者" | "和或" => Some(Join::Or),
            "及" | "和" | "以及" => Some(Join::Both),
            _ => None,
        },
        Token::Number(_)
        | Token::Unit(_)
        | Token::Sign(_)
        | Token::After(_)
        | Token::To
        | Token::Name(_)
        | Token::Mark(_) => None,
    }
}

/// "18 ≤" before "age ≤ 75".
fn turned(tokens: &[Placed], at: usize) -> Option<Value> {
    let low = number(tokens, at)?;
    let (own, next) = unit(tokens, at + 1);
    let (sign, next) = sign(tokens, next);
    let sign = match sign? {
        Sign::Less => Sign::More,
        Sign::AtMost => Sign::AtLeast,
        Sign::More => Sign::Less,
        Sign::AtLeast => Sign::AtMost,
    };
    let second = (next + 1..next + 12)
        .find(|at| matches!(token(tokens, *at), None | Some(Token::Number(_) | Token::Sign(_))))?;
    let closed =
        matches!((token(tokens, second), token(tokens, second + 1)), (Some(Token::Sign(_)), Some(Token::Number(_))));
    if number(tokens, next).is_some() || !closed {
        return None;
    }
    let ends = vec![End { sign, value: low, unit: own }];
    Some(Value { ends, join: Join::Comma, over: None, turned: true, aged: false, signed: true, from: at, to: next })
}

fn token(tokens: &[Placed], at: usize) -> Option<&Token> {
    tokens.get(at).map(|placed| &placed.token)
}

fn number(tokens: &[Placed], at: usize) -> Option<Decimal> {
    tokens.get(at)?.number()
}

/// The unit at a place, and one past it.
fn unit(tokens: &[Placed], at: usize) -> (Option<String>, usize) {
    match token(tokens, at) {
        Some(Token::Unit(unit)) => (Some(unit.clone()), at + 1),
        _ => (None, at),
    }
}

fn sign(tokens: &[Placed], at: usize) -> (Option<Sign>, usize) {
    match token(tokens, at) {
        Some(Token::Sign(sign)) => (Some(*sign), at + 1),
        _ => (None, at),
    }
}

/// "Greater than 3-4" is one bound said loosely, and no range.
fn is_loose(low: Decimal, high: Decimal) -> bool {
    let (low, high) = (low.exact(), high.exact());
    let step = high.minus(low).is_some_and(|step| step <= Exact::whole(1));
    step || high.over(low).is_some_and(|ratio| ratio < Exact::whole(2))
}

/// The value that begins at a place.
fn value(tokens: &[Placed], at: usize) -> Option<Value> {
    let (first, next) = sign(tokens, at);
    let low = number(tokens, next)?;
    // "At least 1:80" is a titre, "1.5:1" a ratio.
    let titre = tokens.get(next + 1).is_some_and(|placed| placed.marks(&[':']))
        && number(tokens, next + 2).is_some_and(|other| other.whole() != Some(1));
    if first.is_none() && follows_word(tokens, at) || titre {
        return None;
    }
    if let Some(list) = listed(tokens, at).filter(|_| first.is_none()) {
        return Some(list);
    }
    let (one, next) = unit(tokens, next + 1);
    let end = |sign, value, unit| End { sign, value, unit };
    // "18-75", "from 18 to < 75"
    let led = at.checked_sub(1).and_then(|at| token(tokens, at)).is_some_and(|before| matches!(before, Token::Word(word) if matches!(word.as_str(), "from" | "between" | "aged" | "age" | "ages")));
    if led
        && first.is_none()
        && let Some(Token::Sign(second @ (Sign::AtMost | Sign::Less))) = token(tokens, next)
        && let Some(high) = number(tokens, next + 1)
        && low < high
    {
        let (other, after) = unit(tokens, next + 2);
        let ends = vec![end(Sign::AtLeast, low, one), end(*second, high, other)];
        return Some(Value {
            ends,
            join: Join::Comma,
            over: None,
            aged: false,
            turned: false,
            signed: true,
            from: at,
            to: after,
        });
    }
    // "18- and 65 years"
    let hanging = token(tokens, next) == Some(&Token::Mark('-')) && token(tokens, next + 1) == Some(&Token::To);
    let next = next + usize::from(hanging);
    let to = matches!(token(tokens, next), Some(Token::To | Token::Mark('-' | '~')));
    if to && matches!(first, None | Some(Sign::AtLeast | Sign::More)) {
        let (second, after) = sign(tokens, next + 1);
        if let Some(high) = number(tokens, after) {
            let (other, after) = unit(tokens, after + 1);
            // "4 to 26 / 30": the top of the scale
            let top = pair(tokens, after, other.as_ref());
            let after = if top.0.is_some_and(|top| top >= high) { top.1 } else { after };
            let years = one.as_deref().or(other.as_deref()) == Some("y");
            if first.is_some() && second.is_none() && !years && is_loose(low, high) {
                return None;
            }
            let second = second.unwrap_or(Sign::AtMost);
            if below((low, one.as_deref()), (high, other.as_deref())) && matches!(second, Sign::AtMost | Sign::Less) {
                let ends = vec![end(first.unwrap_or(Sign::AtLeast), low, one), end(second, high, other)];
                let signed = first.is_some();
                return Some(Value {
                    ends,
                    join: Join::Comma,
                    over: None,
                    aged: false,
                    turned: false,
                    signed,
                    from: at,
                    to: after,
                });
            }
            return None;
        }
    }
    if let Some(sign) = first {
        // "< 1/2" is a fraction.
        let part = number(tokens, next + 1).filter(|_| matches!(token(tokens, next), Some(Token::Mark('/'))));
        if part.is_some_and(|part| part > low && part.whole().is_some_and(|part| part <= 5)) {
            return None;
        }
        let (over, after) = pair(tokens, next, one.as_ref());
        let (second, after) = if over.is_some() { unit(tokens, after) } else { (None, after) };
        let low_side = |sign: &Sign| matches!(sign, Sign::More | Sign::AtLeast);
        let again = matches!(token(tokens, after), Some(Token::After(other)) if low_side(other) == low_side(&sign));
        let after = after + usize::from(again);
        let ends = vec![end(sign, low, one.or(second))];
        return Some(Value {
            ends,
            join: Join::Comma,
            over,
            aged: false,
            turned: false,
            signed: true,
            from: at,
            to: after,
        });
    }
    // "18 years of age or older"
    let words = (next..next + 4).find(|at| {
        !matches!(token(tokens, *at), Some(Token::Word(word)) if matches!(word.as_str(), "of" | "age" | "old" | "ages"))
            && !matches!(token(tokens, *at), Some(Token::Mark('-' | ',')))
    })?;
    let Some(Token::After(sign)) = token(tokens, words) else { return None };
    let aged = tokens.get(next..words)?.iter().any(|placed| matches!(placed.token, Token::Word(_)));
    let (second, after) = match tokens.get(words + 1).and_then(Placed::word).and_then(time_unit) {
        // "65+ years"
        Some(unit) if one.is_none() => (Some(unit.to_owned()), words + 2),
        _ => unit(tokens, words + 1),
    };
    let ends = vec![end(*sign, low, one.or(second))];
    Some(Value { ends, join: Join::Comma, over: None, aged, turned: false, signed: true, from: at, to: after })
}

/// A number that is the end of a name, not a value: `COVID-19`, `type 2`.
fn follows_word(tokens: &[Placed], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
    let glued = tokens.get(at).is_some_and(|number| number.from == before.to);
    let behind = |at: usize| at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|word| word.to == before.from);
    let name = before.says(&["type", "covid", "day", "visit", "cohort", "part", "phase"])
        || before.mark() == Some('-') && glued && behind(at);
    name || glued && before.word().is_some_and(|word| word.is_ascii() && word.len() > 1 && named(word).is_none())
}

/// `/90` behind `140`.
fn pair(tokens: &[Placed], at: usize, unit: Option<&String>) -> (Option<Decimal>, usize) {
    let slash = matches!(token(tokens, at), Some(Token::Mark('/')));
    match number(tokens, at + 1).filter(|_| slash && unit.is_none()) {
        Some(over) => (Some(over), at + 2),
        None => (None, at),
    }
}

/// "0, 1 or 2", "0/1", "0 and 1": whole numbers in a row.
fn listed(tokens: &[Placed], from: usize) -> Option<Value> {
    let mut numbers = vec![number(tokens, from)?];
    let mut at = from + 1;
    loop {
        let next = match (token(tokens, at), token(tokens, at + 1)) {
            (Some(Token::Mark(',' | '、')), Some(other)) if joint(other).is_some() => at + 2,
            (Some(Token::Mark('/' | ',' | '、' | '，')), _) => at + 1,
            (Some(other), _) if joint(other).is_some_and(|join| join != Join::Comma) => at + 1,
            _ => break,
        };
        match number(tokens, next) {
            Some(number) => numbers.push(number),
            None => break,
        }
        at = next + 1;
    }
    let whole: Option<Vec<i64>> = numbers.iter().map(|value| value.whole()).collect();
    let row = whole.is_some_and(|whole| {
        whole.len() > 1 && whole.windows(2).all(|pair| pair.first().map(|first| first + 1) == pair.last().copied())
    });
    let (unit, to) = unit(tokens, at);
    let goes_on = matches!(token(tokens, to), Some(Token::To | Token::After(_) | Token::Mark('-' | '~')));
    if !row || goes_on {
        return None;
    }
    let end = |sign, value: Option<&Decimal>| value.map(|value| End { sign, value: *value, unit: unit.clone() });
    let ends = [end(Sign::AtLeast, numbers.first()), end(Sign::AtMost, numbers.last())];
    let ends = ends.into_iter().flatten().collect();
    Some(Value { ends, join: Join::Comma, over: None, aged: false, turned: false, signed: false, from, to })
}
