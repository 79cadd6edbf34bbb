//! Comparisons: what is named, and the bounds that follow.

use crate::model::concept::{Concept, Kind};
use crate::model::decimal::Decimal;
use crate::model::expression::{Expression, IsOneOf};
use crate::model::record::Subject;
use crate::model::unit::Dimension;

use super::bounds::{self, End, Join, fill, fits, ranged};
use super::clause::{Clause, Reading};
use super::doubt::Doubt;
use super::token::{Placed, Sign, Token, named};

/// A clause that compares values with bounds.
pub(super) fn compared(clause: Clause<'_>) -> Option<Reading> {
    match (Comparing { tokens: clause.tokens, at: 0, excludes: clause.excludes }.sentence()) {
        Ok(expression) => Some(Reading::Whole(expression)),
        Err(doubt) => doubt.map(Reading::Doubtful),
    }
}

/// Reads comparisons one after the other.
struct Comparing<'t> {
    tokens: &'t [Placed],
    at: usize,
    excludes: bool,
}

/// Words before a name that say nothing more.
const BEFORE: [&str; 22] = [
    "a",
    "an",
    "the",
    "serum",
    "plasma",
    "blood",
    "patients",
    "patient",
    "subjects",
    "participants",
    "with",
    "has",
    "have",
    "having",
    "who",
    "must",
    "be",
    "of",
    "total",
    "患者",
    "受试者",
    "血清",
];
/// Words between a name and its bounds.
const BETWEEN: [&str; 25] = [
    "is",
    "are",
    "of",
    "level",
    "levels",
    "count",
    "counts",
    "value",
    "values",
    "score",
    "scores",
    "must",
    "be",
    "between",
    "from",
    "was",
    "concentration",
    "status",
    "class",
    "grade",
    "评分",
    "水平",
    "为",
    "在",
    "计数",
];
/// Words at the end.
const LAST: [&str; 10] =
    ["at", "screening", "baseline", "enrollment", "enrolment", "inclusive", "患者", "者", "的", "time"];
impl Comparing<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).map(|placed| &placed.token)
    }

    fn skip(&mut self, words: &[&str]) {
        while let Some(Token::Word(word)) = self.token(self.at)
            && words.contains(&word.as_str())
        {
            self.at += 1;
        }
    }

    fn join(&mut self) -> Option<Join> {
        let join = match self.token(self.at)? {
            Token::Mark(',' | ';' | '，' | '、') => Join::Comma,
            Token::Word(word) => match word.as_str() {
                "and" | "且" | "并且" | "及" | "和" => Join::And,
                "or" | "或" | "或者" => Join::Or,
                _ => return None,
            },
            Token::Number(_)
            | Token::Unit(_)
            | Token::Sign(_)
            | Token::After(_)
            | Token::To
            | Token::Name(_)
            | Token::Mark(_) => {
                return None;
            }
        };
        self.at += 1;
        // ", and"
        Some(if join == Join::Comma { self.join().unwrap_or(join) } else { join })
    }

    fn sentence(mut self) -> Result<Expression, Option<Doubt>> {
        let mut parts = vec![self.comparison()?];
        let mut joins = Vec::new();
        loop {
            self.skip(&LAST);
            if self.at == self.tokens.len() {
                break;
            }
            joins.push(self.join().ok_or(None)?);
            parts.push(self.comparison()?);
        }
        if parts.len() == 1 {
            return parts.pop().ok_or(None);
        }
        let mut said = joins.iter().filter(|join| **join != Join::Comma);
        let first = said.next().copied().unwrap_or(Join::Comma);
        if said.any(|join| *join != first) {
            return Err(Some(Doubt::Scope));
        }
        match (first, self.excludes) {
            (Join::And, false) | (Join::Comma, false) => Ok(Expression::AllOf(parts)),
            (Join::Or, _) => Ok(Expression::AnyOf(parts)),
            // On an exclusion list "and" and a comma stand for "or" as often as not.
            (Join::And | Join::Comma, true) => Err(Some(Doubt::Scope)),
        }
    }

    /// The concept named here: the longest name wins.
    fn name(&mut self) -> Option<&'static Concept> {
        let start = self.at;
        let mut found = None;
        let mut said = String::new();
        for at in start..start + 8 {
            match self.token(at) {
                Some(Token::Name(id)) if at == start => {
                    found = Some((*id, at + 1));
                    break;
                }
                Some(Token::Word(word)) => said.push_str(word),
                Some(Token::Number(number)) if at > start => said.push_str(&number.to_string()),
                Some(Token::Mark('-' | '\'')) if at > start => continue,
                _ => break,
            }
            if let Some(id) = named(&said) {
                found = Some((id, at + 1));
            }
            said.push(' ');
        }
        let (id, end) = found?;
        self.at = end;
        let concept = Concept::named(id)?;
        // An abbreviation of the same thing: `(ALT)`.
        if let (Some(Token::Mark('(')), Some(Token::Mark(')'))) = (self.token(end), self.token(end + 2)) {
            let same = match self.token(end + 1) {
                Some(Token::Word(word)) => named(word) == Some(id),
                Some(Token::Name(other)) => *other == id,
                _ => false,
            };
            self.at += if same { 3 } else { 0 };
        }
        Some(concept)
    }

    fn comparison(&mut self) -> Result<Expression, Option<Doubt>> {
        let start = self.at;
        let mut concepts = vec![self.lead().ok_or(None)?];
        let mut together = None;
        // "AST and ALT"
        loop {
            let before = self.at;
            let join = match self.token(self.at) {
                Some(Token::Mark('/')) => {
                    self.at += 1;
                    Some(Join::Comma)
                }
                _ => self.join(),
            };
            let Some((join, concept)) = join.and_then(|join| Some((join, self.lead()?))) else {
                self.at = before;
                break;
            };
            if together.is_some_and(|known| known != join) {
                return Err(Some(Doubt::Scope));
            }
            together = Some(join);
            concepts.push(concept);
        }
        self.skip(&BETWEEN);
        if self.token(self.at) == Some(&Token::Mark(':')) {
            self.at += 1;
        }
        let codes = concepts.first().filter(|concept| concept.kind == Kind::Code && concepts.len() == 1);
        if let Some(concept) = codes {
            return self.coded(concept).ok_or(None);
        }
        let scored =
            concepts.iter().all(|concept| concept.unit.is_some_and(|unit| unit.dimension == Dimension::Number));
        let listed = if scored { self.listed() } else { None };
        let (mut ends, join) = listed.or_else(|| self.bounds()).ok_or(None)?;
        fill(&mut ends);
        let mut each = Vec::new();
        for concept in &concepts {
            let mut own = ends.clone();
            own.iter_mut().try_for_each(|end| fits(concept, end))?;
            each.push(ranged(&Subject::concept(concept.id), &own, join, self.excludes).ok_or(Some(Doubt::Scope))?);
        }
        if self.at == start {
            return Err(None);
        }
        match (each.len(), together) {
            (1, _) => each.pop().ok_or(None),
            // "AST or ALT > 3" excludes by either; whatever else is joined may mean both or either.
            (_, Some(Join::Or)) if self.excludes => Ok(Expression::AnyOf(each)),
            (_, Some(Join::And)) if !self.excludes => Ok(Expression::AllOf(each)),
            // "AST/ALT": each must be low enough, or either excludes by being too high.
            (_, Some(Join::Comma)) if !self.excludes && ends.iter().all(|end| !end.is_low()) => {
                Ok(Expression::AllOf(each))
            }
            (_, Some(Join::Comma)) if self.excludes && ends.iter().all(End::is_low) => Ok(Expression::AnyOf(each)),
            _ => Err(Some(Doubt::Scope)),
        }
    }

    /// A name, with or without words before it.
    fn lead(&mut self) -> Option<&'static Concept> {
        let start = self.at;
        while self.at < self.tokens.len() {
            let here = self.at;
            if let Some(concept) = self.name() {
                return Some(concept);
            }
            self.at = here;
            match self.token(here) {
                Some(Token::Word(word)) if BEFORE.contains(&word.as_str()) => self.at += 1,
                _ => break,
            }
        }
        self.at = start;
        None
    }

    /// "0, 1 or 2": whole numbers in a row.
    fn listed(&mut self) -> Option<(Vec<End>, Join)> {
        let start = self.at;
        let mut values: Vec<Decimal> = Vec::new();
        while let Some(Token::Number(value)) = self.token(self.at) {
            values.push(*value);
            self.at += 1;
            let next = self.at;
            let joined = matches!(self.token(next), Some(Token::Mark('/')))
                || matches!(self.join(), Some(Join::Or | Join::Comma));
            self.at = if joined && self.at == next { next + 1 } else { self.at };
            if !joined || !matches!(self.token(self.at), Some(Token::Number(_))) {
                self.at = next;
                break;
            }
        }
        let whole: Option<Vec<i64>> = values.iter().map(|value| value.whole()).collect();
        let row = whole.is_some_and(|whole| {
            whole.len() > 1 && whole.windows(2).all(|pair| pair.first().map(|first| first + 1) == pair.last().copied())
        });
        let bare =
            !matches!(self.token(self.at), Some(Token::To | Token::After(_) | Token::Sign(_) | Token::Mark('-' | '~')));
        if !row || !bare {
            self.at = start;
            return None;
        }
        let unit = None::<String>;
        let end = |sign, value: Option<&Decimal>| value.map(|value| End { sign, value: *value, unit: unit.clone() });
        let ends = [end(Sign::AtLeast, values.first()), end(Sign::AtMost, values.last())];
        self.skip(&["分"]);
        if let Some(Token::Unit(unit)) = self.token(self.at)
            && unit == "{score}"
        {
            self.at += 1;
        }
        Some((ends.into_iter().flatten().collect(), Join::Comma))
    }

    /// Bounds, and what joins them.
    fn bounds(&mut self) -> Option<(Vec<End>, Join)> {
        let mut ends = Vec::new();
        let mut between = None;
        loop {
            let before = self.at;
            let mut row: Vec<Token> = Vec::new();
            for placed in self.tokens.get(self.at..)? {
                row.push(match &placed.token {
                    Token::Mark('-' | '~') => Token::To,
                    // "between 10 and 12" is no two bounds.
                    token @ (Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To) => {
                        token.clone()
                    }
                    Token::Name(_) | Token::Word(_) | Token::Mark(_) => break,
                });
            }
            let mut read = 0;
            let found = bounds::ends(&row, &mut read)?;
            if found.is_empty() {
                self.at = before.saturating_sub(usize::from(!ends.is_empty()));
                break;
            }
            self.at += read;
            ends.extend(found);
            let next = self.at;
            let join = self.join();
            let goes_on = matches!(self.token(self.at), Some(Token::Sign(_) | Token::Number(_)));
            match join {
                Some(join) if goes_on && between.is_none() => between = Some(join),
                _ => {
                    self.at = next;
                    break;
                }
            }
        }
        if self.token(self.at) == Some(&Token::Mark('之')) {
            self.at += 1;
        }
        Some((ends, between.unwrap_or(Join::Comma))).filter(|(ends, _)| !ends.is_empty() && ends.len() <= 2)
    }

    /// "NYHA class III or IV", "Child-Pugh A"
    fn coded(&mut self, concept: &Concept) -> Option<Expression> {
        let mut values: Vec<String> = Vec::new();
        let mut to = false;
        while let Some(token) = self.token(self.at) {
            match token {
                Token::Word(word) => {
                    let code = word.to_uppercase();
                    if let Some(at) = concept.codes.iter().position(|known| *known == code) {
                        let last = values
                            .last()
                            .and_then(|last| concept.codes.iter().position(|known| *known == last.as_str()));
                        let from = if to { last? + 1 } else { at };
                        values.extend(concept.codes.get(from..=at)?.iter().map(|code| (*code).to_owned()));
                        to = false;
                    } else if values.is_empty() || !matches!(word.as_str(), "or" | "and" | "或" | "级" | "和") {
                        break;
                    }
                }
                Token::To | Token::Mark('-' | '~') if !values.is_empty() => to = true,
                Token::Mark('/' | ',' | '、') if !values.is_empty() => {}
                Token::Number(_)
                | Token::Unit(_)
                | Token::Sign(_)
                | Token::After(_)
                | Token::Name(_)
                | Token::Mark(_)
                | Token::To => break,
            }
            self.at += 1;
        }
        let subject = Subject::concept(concept.id);
        (!values.is_empty() && !to).then_some(Expression::IsOneOf(IsOneOf { subject, values, window: None }))
    }
}
