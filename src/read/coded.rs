//! Classes and grades: "NYHA class III or IV", "Child-Pugh A", "ASA ≥ III".

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::model::concept::{Concept, Kind};
use crate::model::decimal::Decimal;
use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;

use super::around::DENIES;
use super::bounds::{End, latest};
use super::clause::{Clause, Reading};
use super::names::first_words;
use super::piece::Piece;
use super::rank::RANKED;
use super::subject::concept;
use super::tail::tail;
use super::token::{Placed, Sign, Token};

/// Classes that are numbers, written in Roman numerals as often as not.
const NUMBERED: [(&str, usize); 2] = [("asa-class", 6), ("nyha-class", 4)];
pub(super) const ROMAN: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];

/// The classes that a concept can have; none of one that has no classes.
fn classes(concept: &'static Concept) -> &'static [&'static str] {
    match NUMBERED.iter().find(|(id, _)| *id == concept.id) {
        Some((_, last)) => ROMAN.get(..*last).unwrap_or_default(),
        None if concept.kind == Kind::Code && concept.id != "sex" => &concept.codes,
        None => &[],
    }
}

/// A concept that has classes may be named here: in most clauses none of its words stands.
pub(super) fn may_name(tokens: &[Placed]) -> bool {
    static FIRST: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    let classed = |id: &str| Concept::named(id).is_some_and(|concept| !classes(concept).is_empty());
    let first = FIRST.get_or_init(|| first_words(classed));
    tokens.iter().any(|placed| match &placed.token {
        Token::Name(id) => classed(id),
        Token::Word(word) => !word.is_ascii() || first.contains(word.as_str()),
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_) => false,
    })
}

/// A concept that has classes, named at a place, and one past its name.
fn class(tokens: &[Placed], start: usize) -> Option<(&'static Concept, usize)> {
    (start + 1..=(start + 9).min(tokens.len())).rev().find_map(|to| {
        let known = concept(tokens, start, to)?;
        (!classes(known).is_empty()).then_some((known, to))
    })
}

/// "Heart failure NYHA class III": words of what the class is of, or none.
fn leads(lead: &[Placed]) -> bool {
    let word = |placed: &Placed| match &placed.token {
        Token::Word(word) => {
            !DENIES.contains(&word.as_str())
                && word.is_ascii()
                && !["if", "or", "and", "history", "prior", "previous", "past", "recent", "family"]
                    .contains(&word.as_str())
        }
        Token::Mark(mark) => *mark == '-',
        Token::Name(_) | Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To => false,
    };
    lead.len() <= 8 && lead.iter().all(word)
}

/// "NYHA class III or IV", "Child-Pugh A", "ASA ≥ III"
pub(super) fn coded(clause: Clause<'_>) -> Option<Piece> {
    let tokens = clause.tokens;
    if !may_name(tokens) {
        return None;
    }
    let skipped = |placed: &Placed| {
        placed.says(&["a", "an", "the", "with", "patients", "subjects", "have", "has", "having", "of"])
    };
    let first = tokens.iter().position(|placed| !skipped(placed))?;
    let (start, (concept, end)) = (first..tokens.len()).find_map(|start| Some((start, class(tokens, start)?)))?;
    let lead = tokens.get(first..start)?;
    if !leads(lead) {
        return None;
    }
    let codes = classes(concept);
    let mut at = end;
    while matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Word(word)) if matches!(word.as_str(), "class" | "grade" | "score" | "of" | "classification" | "status" | "functional" | "physical" | "is" | "分级" | "评分" | "为" | "级" | "心" | "功" | "能"))
        || matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Mark(':' | '(' | ')')))
        || matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Name(again)) if *again == concept.id)
    {
        at += 1;
    }
    let code = |at: usize| -> Option<usize> {
        let said = match &tokens.get(at)?.token {
            Token::Word(word) => word.to_uppercase(),
            Token::Number(number) => {
                let whole = usize::try_from(number.whole()?).ok()?;
                return (codes.first() == Some(&"I") && (1..=codes.len()).contains(&whole)).then(|| whole - 1);
            }
            Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) | Token::Mark(_) => {
                return None;
            }
        };
        codes.iter().position(|known| known.to_uppercase() == said)
    };
    let ordered = matches!(concept.id, "asa-class" | "nyha-class" | "child-pugh-class");
    let mut values: Vec<usize> = Vec::new();
    let mut bound = None;
    let sign = match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Sign(sign)) => Some(*sign),
        _ => None,
    };
    let last = codes.len();
    let range = |sign: Sign, at: usize| match sign {
        Sign::Less => 0..at,
        Sign::AtMost => 0..at + 1,
        Sign::More => at + 1..last,
        Sign::AtLeast => at..last,
    };
    if let Some(sign) = sign.filter(|_| ordered) {
        let class = code(at + 1)?;
        bound = Some((sign, class));
        values.extend(range(sign, class));
        at += 2;
    } else {
        let mut to = false;
        while at < tokens.len() {
            if let Some(own) = code(at) {
                let from = if to { values.last().map_or(own, |last| last + 1) } else { own };
                values.extend(from..=own);
                to = false;
                at += 1;
                continue;
            }
            let here = tokens.get(at)?;
            // "I, II, or III"
            let oxford =
                usize::from(here.marks(&[',']) && tokens.get(at + 1).is_some_and(|next| next.says(&["or", "and"])));
            let further = code(at + 1 + oxford).is_some();
            if !values.is_empty()
                && further
                && (here.token == Token::To || here.marks(&['-', '~']) || here.says(&["to", "至"]))
            {
                to = true;
            } else if let Token::After(sign) = here.token
                && values.len() == 1
                && ordered
            {
                let class = values.pop()?;
                bound = Some((sign, class));
                values.extend(range(sign, class));
            } else {
                let joins = further && here.marks(&['/', ',', '、']) && !values.is_empty()
                    || here.says(&["or", "and", "或", "和", "级", "class"]) && (further || code(at + 2).is_some())
                    || here.says(&["级"]) && matches!(tokens.get(at + 1), Some(Placed { token: Token::After(_), .. }));
                if !joins {
                    break;
                }
                at += oxford;
            }
            at += 1;
        }
    }
    if values.is_empty() {
        return None;
    }
    at += tokens.iter().skip(at).take_while(|placed| placed.says(&["级"])).count();
    values.dedup();
    // "2-9", "II to IVa": a class that there is not; "III_IV": more than the first of them.
    let further = tokens.get(at).is_some_and(|next| next.token == Token::To || next.marks(&['-', '/', '~']));
    let lettered = || {
        let on = tokens.get(at).is_some_and(|next| next.says(&["to", "or", "and"])) || further;
        let class = tokens.get(at + 1).and_then(Placed::word).and_then(|word| word.strip_suffix(['a', 'b', 'c']));
        on && class.is_some_and(|class| ROMAN.iter().any(|roman| roman.eq_ignore_ascii_case(class)))
    };
    let glued = tokens.get(at).is_some_and(|next| next.marks(&['_']));
    // "II to (ambulatory) IV"
    let open = tokens.get(at).is_some_and(|next| next.says(&["to"]) || next.token == Token::To)
        && tokens.get(at + 1).is_some_and(|next| next.marks(&['(']));
    // "Class B (moderate) or class C (severe)"
    let again = || {
        (at..tokens.len()).any(|at| {
            tokens.get(at).is_some_and(|placed| placed.says(&["or", "and", "class", "grade", "stage"]))
                && code(at + 1).is_some()
        })
    };
    if glued
        || open
        || again()
        || lettered()
        || further && tokens.get(at + 1).is_some_and(|next| next.number().is_some())
    {
        return Some(Piece::Nothing);
    }
    let behind = tail(clause, at, tokens.len());
    if behind.unless || behind.condition.is_some() || !behind.others.is_empty() {
        return Some(Piece::Nothing);
    }
    let subject = Subject::concept(concept.id);
    let read = if NUMBERED.iter().any(|(id, _)| *id == concept.id) {
        // "Class I or III" leaves one out.
        let (first, last) = (*values.first()?, *values.last()?);
        if last + 1 - first != values.len() {
            return Some(Piece::Nothing);
        }
        let end = |sign, class: usize| {
            let value = Decimal::new(i64::try_from(class + 1).ok()?, 0);
            Some(End { sign, value, unit: None })
        };
        let (low, high) = match bound {
            Some((sign @ (Sign::AtLeast | Sign::More), class)) => (end(sign, class), None),
            Some((sign @ (Sign::AtMost | Sign::Less), class)) => (None, end(sign, class)),
            None => (end(Sign::AtLeast, first), end(Sign::AtMost, last)),
        };
        latest(subject, low.as_ref(), high.as_ref(), behind.window)
    } else {
        let values = values.into_iter().filter_map(|at| codes.get(at)).map(|code| (*code).to_owned()).collect();
        Expression::IsOneOf(IsOneOf { subject, values, window: behind.window })
    };
    let more = behind.more || !behind.fold.is_empty() || !lead.iter().all(|placed| placed.says(&[RANKED]));
    Some(Piece::Read(if more { Reading::Necessary(read) } else { Reading::Whole(read) }))
}
