//! Bounds of both sexes in a pair: "< 50/40 mg/dL; F/M".

use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;

use super::bounds::{End, fits, latest};
use super::clause::Clause;
use super::owner::refined;
use super::piece::says_nothing;
use super::subject::{About, subject};
use super::tail::Tail;
use super::token::Placed;
use super::value::Value;

/// "HDL < 50/40 mg/dL; F/M": the one is for women, the other for men.
pub(super) fn by_sex(clause: Clause<'_>, value: &Value) -> Option<Expression> {
    let over = value.over?;
    let sexes = sexes(clause.tokens.get(value.to..)?)?;
    let [end] = value.ends.as_slice() else { return None };
    let named = subject(clause, 0, value.from)?;
    let (about, from) = refined(clause, named, value, &Tail::default())?;
    if !says_nothing(clause.part(0, from).tokens) {
        return None;
    }
    let one = |sex: &str, value| {
        let mut end = End { value, ..end.clone() };
        if let About::Known(concept) = &about {
            fits(concept, &mut end).ok()?;
        }
        let (low, high) = if end.is_low() { (Some(&end), None) } else { (None, Some(&end)) };
        let of_sex = IsOneOf { subject: Subject::concept("sex"), values: vec![sex.to_owned()], window: None };
        Some(Expression::AllOf(vec![Expression::IsOneOf(of_sex), latest(about.subject(), low, high, None)]))
    };
    let [first, second] = sexes;
    Some(Expression::AnyOf(vec![one(first, end.value)?, one(second, over)?]))
}

/// "F/M", "(men/women)": the sexes that two numbers are of, in their order.
pub(super) fn sexes(tokens: &[Placed]) -> Option<[&'static str; 2]> {
    const WOMEN: [&str; 5] = ["f", "female", "females", "women", "w"];
    const MEN: [&str; 4] = ["m", "male", "males", "men"];
    let said = |placed: &&Placed| {
        !placed.marks(&[';', ',', '(', ')', '.']) && !placed.says(&["in", "for", "respectively", "and"])
    };
    let said: Vec<&Placed> = tokens.iter().filter(said).collect();
    let (first, second) = match said.as_slice() {
        [first, slash, second] if slash.marks(&['/']) => (first, second),
        _ => return None,
    };
    match (first.says(&WOMEN) && second.says(&MEN), first.says(&MEN) && second.says(&WOMEN)) {
        (true, _) => Some(["female", "male"]),
        (_, true) => Some(["male", "female"]),
        (false, false) => None,
    }
}
