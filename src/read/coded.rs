//! Classes and grades: "NYHA class III or IV", "Child-Pugh A", "ASA ≥ III".

use crate::model::concept::Kind;
use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;

use super::clause::{Clause, Reading};
use super::piece::Piece;
use super::subject::concept;
use super::tail::tail;
use super::token::{Sign, Token};

/// "NYHA class III or IV", "Child-Pugh A", "ASA ≥ III"
pub(super) fn coded(clause: Clause<'_>) -> Option<Piece> {
    let tokens = clause.tokens;
    let start = tokens.iter().position(|placed| !matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "a" | "an" | "the" | "with" | "patients" | "subjects" | "have" | "has" | "having" | "of")))?;
    let (concept, end) = (start + 1..=(start + 9).min(tokens.len())).rev().find_map(|to| {
        let known = concept(tokens, start, to)?;
        (known.kind == Kind::Code && !known.codes.is_empty() && known.id != "sex").then_some((known, to))
    })?;
    let mut at = end;
    while matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Word(word)) if matches!(word.as_str(), "class" | "grade" | "score" | "of" | "classification" | "status" | "functional" | "physical" | "is" | "分级" | "评分" | "为" | "级"))
        || matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Mark(':' | '(' | ')')))
    {
        at += 1;
    }
    let code = |at: usize| -> Option<usize> {
        let said = match &tokens.get(at)?.token {
            Token::Word(word) => word.to_uppercase(),
            Token::Number(number) => {
                let whole = usize::try_from(number.whole()?).ok()?;
                return (concept.codes.first() == Some(&"I") && (1..=concept.codes.len()).contains(&whole))
                    .then(|| whole - 1);
            }
            Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) | Token::Mark(_) => {
                return None;
            }
        };
        concept.codes.iter().position(|known| known.to_uppercase() == said)
    };
    let ordered = matches!(concept.id, "asa-class" | "nyha-class" | "child-pugh-class");
    let mut values: Vec<usize> = Vec::new();
    let sign = match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Sign(sign)) => Some(*sign),
        _ => None,
    };
    let last = concept.codes.len();
    let range = |sign: Sign, at: usize| match sign {
        Sign::Less => 0..at,
        Sign::AtMost => 0..at + 1,
        Sign::More => at + 1..last,
        Sign::AtLeast => at..last,
    };
    if let Some(sign) = sign.filter(|_| ordered) {
        let bound = code(at + 1)?;
        values.extend(range(sign, bound));
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
            let further = code(at + 1).is_some();
            if !values.is_empty()
                && further
                && (here.token == Token::To || here.marks(&['-', '~']) || here.says(&["to", "至"]))
            {
                to = true;
            } else if let Token::After(sign) = here.token
                && values.len() == 1
                && ordered
            {
                let bound = values.pop()?;
                values.extend(range(sign, bound));
            } else {
                let joins = further && here.marks(&['/', ',', '、']) && !values.is_empty()
                    || here.says(&["or", "and", "或", "和", "级", "class"]) && (further || code(at + 2).is_some());
                if !joins {
                    break;
                }
            }
            at += 1;
        }
    }
    if values.is_empty() {
        return None;
    }
    values.dedup();
    let behind = tail(clause, at, tokens.len());
    if behind.unless || behind.condition.is_some() || !behind.others.is_empty() {
        return Some(Piece::Nothing);
    }
    let values = values.into_iter().filter_map(|at| concept.codes.get(at)).map(|code| (*code).to_owned()).collect();
    let read = Expression::IsOneOf(IsOneOf { subject: Subject::concept(concept.id), values, window: behind.window });
    let more = behind.more || !behind.fold.is_empty();
    Some(Piece::Read(if more { Reading::Necessary(read) } else { Reading::Whole(read) }))
}
