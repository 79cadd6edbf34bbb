//! Bounds of both sexes in a pair: "< 50/40 mg/dL; F/M", "< 50 and < 40 mg/dL for women and men, respectively".

use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;

use super::bounds::{End, Join, fill, fits, latest};
use super::clause::{Clause, Reading};
use super::owner::refined;
use super::piece::says_nothing;
use super::subject::{About, subject};
use super::tail::Tail;
use super::token::{Placed, Token};
use super::value::{Value, joint, values};

/// "HDL < 50/40 mg/dL; F/M": the one is for women, the other for men.
pub(super) fn by_sex(clause: Clause<'_>, value: &Value) -> Option<Expression> {
    let over = value.over?;
    let sexes = sexes(clause.tokens.get(value.to..)?)?;
    let [end] = value.ends.as_slice() else { return None };
    match of_each(clause, value, [end.clone(), End { value: over, ..end.clone() }], sexes)? {
        Reading::Whole(read) => Some(read),
        Reading::Necessary(_) | Reading::Sufficient(_) | Reading::Unclear(_, _) | Reading::Doubtful(_) => None,
    }
}

/// A clause that says "respectively": which of two bounds is whose, or nothing where that is not of the sexes. `None`
/// where it does not say so.
pub(super) fn respective(clause: Clause<'_>) -> Option<Option<Reading>> {
    let word = clause.tokens.iter().position(|placed| placed.says(&["respectively"]))?;
    Some(respectively(clause, word))
}

fn respectively(clause: Clause<'_>, word: usize) -> Option<Reading> {
    let tokens = clause.tokens;
    let ends = tokens.get(word + 1..)?.iter().all(|placed| placed.mark().is_some() || joint(&placed.token).is_some());
    let found = values(tokens.get(..word)?);
    let value = found.first().filter(|value| value.signed && !value.turned && value.over.is_none() && ends)?;
    let [first] = value.ends.as_slice() else { return None };
    let joins = |placed: &&Placed| {
        joint(&placed.token).is_some_and(|join| matches!(join, Join::And | Join::Or | Join::Comma))
            || placed.marks(&['/'])
    };
    let mut at = value.to + tokens.get(value.to..word)?.iter().take_while(joins).count();
    if at == value.to {
        return None;
    }
    let sign = tokens.get(at).and_then(Placed::sign);
    at += usize::from(sign.is_some());
    let number = tokens.get(at)?.number()?;
    let unit = match tokens.get(at + 1).map(|placed| &placed.token) {
        Some(Token::Unit(unit)) => Some(unit.clone()),
        _ => None,
    };
    at += 1 + usize::from(unit.is_some());
    let sexes = sexes(tokens.get(at..word)?)?;
    let mut both = [first.clone(), End { sign: sign.unwrap_or(first.sign), value: number, unit }];
    fill(&mut both);
    let [first, second] = both;
    // A sign said once is that of both.
    (first.is_low() == second.is_low()).then(|| of_each(clause, value, [first, second], sexes))?
}

/// To each sex its bound of what is named before the value.
fn of_each(clause: Clause<'_>, value: &Value, ends: [End; 2], sexes: [&'static str; 2]) -> Option<Reading> {
    let named = subject(clause, 0, value.from)?;
    let (about, from) = refined(clause, named, value, &Tail::default())?;
    let one = |sex: &str, mut end: End| {
        if let About::Known(concept) = &about {
            fits(concept, &mut end).ok()?;
        }
        let (low, high) = if end.is_low() { (Some(&end), None) } else { (None, Some(&end)) };
        let of_sex = IsOneOf { subject: Subject::concept("sex"), values: vec![sex.to_owned()], window: None };
        Some(Expression::AllOf(vec![Expression::IsOneOf(of_sex), latest(about.subject(), low, high, None)]))
    };
    let ([first, second], [one_end, other_end]) = (sexes, ends);
    let read = Expression::AnyOf(vec![one(first, one_end)?, one(second, other_end)?]);
    let whole = says_nothing(clause.part(0, from).tokens);
    Some(if whole { Reading::Whole(read) } else { Reading::Necessary(read) })
}

/// "F/M", "(men/women)", "for women and men": the sexes that two numbers are of, in their order.
pub(super) fn sexes(tokens: &[Placed]) -> Option<[&'static str; 2]> {
    const WOMEN: [&str; 5] = ["f", "female", "females", "women", "w"];
    const MEN: [&str; 4] = ["m", "male", "males", "men"];
    let said = |placed: &&Placed| {
        !placed.marks(&[';', ',', '(', ')', '.', '/'])
            && !placed.says(&["in", "for", "respectively", "and", "or", "the", "patients", "subjects", "participants"])
    };
    let both: Vec<&Placed> = tokens.iter().filter(said).collect();
    let [first, second] = both.as_slice() else { return None };
    let joined = tokens.iter().any(|placed| placed.marks(&['/']) || placed.says(&["and", "or"]));
    match (first.says(&WOMEN) && second.says(&MEN), first.says(&MEN) && second.says(&WOMEN)) {
        (true, _) if joined => Some(["female", "male"]),
        (_, true) if joined => Some(["male", "female"]),
        (_, _) => None,
    }
}
