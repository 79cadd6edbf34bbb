//! The grammar: what is compared with what. It reads a sentence whole or not at all.

use crate::model::concept::{Concept, Kind};
use crate::model::decimal::Decimal;
use crate::model::expression::{Bound, Compare, Expression, IsOneOf, Select};
use crate::model::quantity::Conversion;
use crate::model::record::Subject;
use crate::model::unit::{BoundUnit, Dimension, Unit};

use super::fold::Glyph;
use super::token::{Placed, Sign, Token, named, tokens};

/// What kept a sentence from being read, where it is worth a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A number whose sign was lost.
    Comparator,
    /// A number without the unit that the concept needs.
    NoUnit(&'static str),
    /// A unit that the concept cannot have.
    OtherUnit(&'static str, String),
    /// A bound that hardly anybody's value lies near.
    Implausible(&'static str, Decimal, String),
    /// "And" and "or" that could mean either.
    Scope,
}

/// What a sentence asks; `excludes` where it stands on the exclusion list.
pub(super) fn read(text: &[Glyph], excludes: bool) -> Result<Expression, Option<Doubt>> {
    let tokens = tokens(text).ok_or(None)?;
    if is_garbled(&tokens) {
        return Err(Some(Doubt::Comparator));
    }
    let end = tokens.iter().rposition(|placed| !matches!(placed.token, Token::Mark('.' | ';' | ',' | '。' | '，')));
    let tokens = tokens.get(..end.map_or(0, |end| end + 1)).unwrap_or_default();
    match age(tokens, excludes) {
        Some(expression) => Ok(expression),
        None => Comparing { tokens, at: 0, excludes }.sentence(),
    }
}

/// A number after a sign that no comparison has: `ALT =18`, `³ 55`, `?450`, `》18`.
fn is_garbled(tokens: &[Placed]) -> bool {
    let known = |at: Option<usize>| match at.and_then(|at| tokens.get(at)).map(|placed| &placed.token) {
        None | Some(Token::Name(_)) => true,
        Some(Token::Word(word)) => PEOPLE.contains(&word.as_str()) || named(word).is_some(),
        Some(Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_)) => {
            false
        }
    };
    let bullet = |three: &[Placed]| matches!(three, [word, _, number] if matches!(number.token, Token::Number(_)) && word.token == Token::Word("bullet".to_owned()));
    if tokens.windows(3).any(bullet) {
        return true;
    }
    tokens.windows(2).enumerate().any(|(at, pair)| {
        let [sign, number] = pair else { return false };
        let glued = sign.to == number.from;
        let lost = match &sign.token {
            Token::Mark('=') => known(at.checked_sub(1)),
            Token::Mark('£') => true,
            Token::Mark('?' | '》' | '《' | '〉' | '〈' | '\u{FFFD}' | '●') => glued,
            Token::Word(word) => word.starts_with('³'),
            Token::Number(_)
            | Token::Unit(_)
            | Token::Sign(_)
            | Token::After(_)
            | Token::To
            | Token::Name(_)
            | Token::Mark(_) => false,
        };
        lost && matches!(number.token, Token::Number(_))
    })
}

/// One end of a range.
#[derive(Clone, Debug)]
struct End {
    sign: Sign,
    value: Decimal,
    unit: Option<String>,
}

impl End {
    fn bound(&self) -> Bound {
        let inclusive = matches!(self.sign, Sign::AtLeast | Sign::AtMost);
        Bound { value: self.value, unit: self.unit.clone(), inclusive }
    }

    fn is_low(&self) -> bool {
        matches!(self.sign, Sign::More | Sign::AtLeast)
    }
}

const PEOPLE: [&str; 30] = [
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "person",
    "persons",
    "individuals",
    "adult",
    "adults",
    "age",
    "aged",
    "ages",
    "old",
    "age range",
    "gender",
    "genders",
    "sex",
    "sexes",
    "年龄",
    "患者",
    "受试者",
    "志愿者",
    "成年",
    "性别不限",
    "男女不限",
    "男女均可",
    "男女兼有",
    "people",
];
const AROUND_AGE: [&str; 36] = [
    "of",
    "the",
    "at",
    "time",
    "screening",
    "consent",
    "enrollment",
    "enrolment",
    "inclusion",
    "is",
    "are",
    "must",
    "be",
    "who",
    "both",
    "either",
    "any",
    "all",
    "between",
    "from",
    "inclusive",
    "including",
    "and",
    "or",
    "且",
    "或",
    "和",
    "及",
    "的",
    "者",
    "为",
    "在",
    "岁",
    "筛选时",
    "入组时",
    "签署知情同意书时",
];
const MEN: [&str; 6] = ["male", "males", "men", "man", "男性", "男"];
const WOMEN: [&str; 6] = ["female", "females", "women", "woman", "女性", "女"];
const MARKS: [char; 10] = [',', '/', ':', '(', ')', '-', '，', '、', '之', '~'];

/// "Male or female, aged 18 to 75 years"
fn age(tokens: &[Placed], excludes: bool) -> Option<Expression> {
    let (mut men, mut women, mut said) = (false, false, false);
    let (mut before, mut after) = (false, false);
    let mut left: Vec<Token> = Vec::new();
    let (mut joined, mut pending) = (Join::Comma, Join::Comma);
    for placed in tokens {
        let counted = left.iter().any(|token| matches!(token, Token::Number(_)));
        if matches!(placed.token, Token::Number(_) | Token::Sign(_)) && counted && pending != Join::Comma {
            joined = std::mem::replace(&mut pending, Join::Comma);
        }
        match &placed.token {
            Token::Word(word) => match word.as_str() {
                word if MEN.contains(&word) || WOMEN.contains(&word) => {
                    men |= MEN.contains(&word);
                    women |= WOMEN.contains(&word);
                    before |= !counted;
                    after |= counted;
                    pending = Join::Comma;
                }
                "or" | "或" if counted => pending = Join::Or,
                "and" | "且" | "和" | "及" if counted => pending = Join::And,
                word if PEOPLE.contains(&word) => said = true,
                word if AROUND_AGE.contains(&word) => {}
                _ => return None,
            },
            Token::Name("age") => said = true,
            Token::Mark('-' | '~') | Token::To => left.push(Token::To),
            Token::Mark(mark) if MARKS.contains(mark) => {}
            Token::Number(_) | Token::Sign(_) | Token::After(_) => left.push(placed.token.clone()),
            Token::Unit(unit) if matches!(unit.as_str(), "y" | "mo" | "wk" | "d") => left.push(placed.token.clone()),
            Token::Mark(_) | Token::Name(_) | Token::Unit(_) => return None,
        }
    }
    // "Men under 50 or women over 60": to each their own.
    if before && after {
        return None;
    }
    turn(&mut left);
    let mut at = 0;
    let mut ends = ends(&left, &mut at)?;
    if at < left.len() || ends.is_empty() {
        return None;
    }
    fill(&mut ends);
    let years = ends.iter().all(|end| end.unit.as_deref() == Some("y"));
    let bare = ends.iter().all(|end| end.unit.is_none());
    if !(said || (men || women) && years) || !(bare && said) && ends.iter().any(|end| end.unit.is_none()) {
        return None;
    }
    ends.iter_mut().filter(|end| end.unit.is_none()).for_each(|end| end.unit = Some("y".to_owned()));
    let plausible = |end: &End| end.unit.as_deref() != Some("y") || end.value.whole().is_some_and(|years| years <= 120);
    if !ends.iter().all(plausible) {
        return None;
    }
    let compared = ranged(&Subject::concept("age"), &ends, joined, excludes)?;
    if men == women {
        return Some(compared);
    }
    let values = vec![if men { "male" } else { "female" }.to_owned()];
    let sex = Expression::IsOneOf(IsOneOf { subject: Subject::concept("sex"), values, window: None });
    Some(Expression::AllOf(vec![sex, compared]))
}

/// `18 ≤ age ≤ 75`, its name left out, says its first sign backwards.
fn turn(tokens: &mut [Token]) {
    let unit = usize::from(matches!(tokens.get(1), Some(Token::Unit(_))));
    let (Some(Token::Number(_)), Some(Token::Sign(sign)), Some(Token::Sign(_))) =
        (tokens.first(), tokens.get(1 + unit), tokens.get(2 + unit))
    else {
        return;
    };
    let turned = Token::Sign(match sign {
        Sign::Less => Sign::More,
        Sign::AtMost => Sign::AtLeast,
        Sign::More => Sign::Less,
        Sign::AtLeast => Sign::AtMost,
    });
    if let Some(first) = tokens.get_mut(..2 + unit) {
        first.rotate_right(1);
        first.iter_mut().take(1).for_each(|token| *token = turned.clone());
    }
}

/// The bounds that a row of tokens begins with.
fn ends(tokens: &[Token], at: &mut usize) -> Option<Vec<End>> {
    let mut ends = Vec::new();
    loop {
        let start = *at;
        let sign = if let Some(Token::Sign(sign)) = tokens.get(*at) { Some(*sign) } else { None };
        *at += usize::from(sign.is_some());
        let Some(Token::Number(value)) = tokens.get(*at) else {
            *at = start;
            return Some(ends);
        };
        *at += 1;
        let unit = if let Some(Token::Unit(unit)) = tokens.get(*at) { Some(unit.clone()) } else { None };
        *at += usize::from(unit.is_some());
        match (sign, tokens.get(*at)) {
            (None, Some(Token::After(sign))) => {
                *at += 1;
                ends.push(End { sign: *sign, value: *value, unit });
            }
            (None | Some(Sign::AtLeast | Sign::More), Some(Token::To)) => {
                *at += 1;
                let high = if let Some(Token::Sign(sign)) = tokens.get(*at) { Some(*sign) } else { None };
                *at += usize::from(high.is_some());
                let Some(Token::Number(upper)) = tokens.get(*at) else { return None };
                *at += 1;
                let last = if let Some(Token::Unit(unit)) = tokens.get(*at) { Some(unit.clone()) } else { None };
                *at += usize::from(last.is_some());
                let high = high.unwrap_or(Sign::AtMost);
                if matches!(high, Sign::More | Sign::AtLeast) || value >= upper {
                    return None;
                }
                ends.push(End { sign: sign.unwrap_or(Sign::AtLeast), value: *value, unit });
                ends.push(End { sign: high, value: *upper, unit: last });
            }
            (Some(sign), _) => ends.push(End { sign, value: *value, unit }),
            (None, _) => return None,
        }
    }
}

/// A unit said once counts for both ends.
fn fill(ends: &mut [End]) {
    let mut units = ends.iter().filter_map(|end| end.unit.clone());
    if let (Some(unit), None) = (units.next(), units.next()) {
        ends.iter_mut().for_each(|end| end.unit = Some(unit.clone()));
    }
}

/// One bound, a range, or what lies outside of one.
fn ranged(subject: &Subject, ends: &[End], join: Join, excludes: bool) -> Option<Expression> {
    let compare = |low: Option<&End>, high: Option<&End>| {
        Expression::Compare(Compare {
            subject: subject.clone(),
            low: low.map(End::bound),
            high: high.map(End::bound),
            window: None,
            select: Select::Latest,
            routes: Vec::new(),
        })
    };
    let one = |end: &End| if end.is_low() { compare(Some(end), None) } else { compare(None, Some(end)) };
    match ends {
        [end] => Some(one(end)),
        [first, second] => {
            let (low, high) = if first.is_low() { (first, second) } else { (second, first) };
            if low.unit != high.unit || !low.is_low() || high.is_low() {
                return None;
            }
            match (low.value < high.value, join) {
                (true, Join::Comma | Join::And) => Some(compare(Some(low), Some(high))),
                (false, Join::Or) => Some(Expression::AnyOf(vec![one(first), one(second)])),
                // "Under 18 and over 75" excludes both: nobody is both at once.
                (false, Join::And | Join::Comma) if excludes => Some(Expression::AnyOf(vec![one(first), one(second)])),
                (true, Join::Or) | (false, Join::And | Join::Comma) => None,
            }
        }
        _ => None,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    And,
    Or,
    Comma,
}

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
            let found = self::ends(&row, &mut read)?;
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

/// Amounts that hang on what is counted: never read from a number alone.
const DEFINED: [&str; 3] = ["systemic-corticosteroid", "opioid-dose", "alcohol-intake"];

/// The bound is one that the concept can have.
fn fits(concept: &'static Concept, end: &mut End) -> Result<(), Option<Doubt>> {
    let own = match (concept.kind, concept.unit) {
        (Kind::Quantity, Some(own)) if !DEFINED.contains(&concept.id) => own,
        _ => return Err(None),
    };
    if concept.id == "age" && end.unit.is_none() {
        end.unit = Some("y".to_owned());
    }
    let number = own.dimension == Dimension::Number;
    let Some(text) = end.unit.clone().filter(|text| !(number && text == "{score}")) else {
        end.unit = None;
        return if number { plausible(concept, end, own) } else { Err(Some(Doubt::NoUnit(concept.id))) };
    };
    match BoundUnit::from_text(&text) {
        Some(BoundUnit::Of(unit)) => plausible(concept, end, unit),
        Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) if !number || concept.id == "inr" => Ok(()),
        Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) | None => {
            Err(Some(Doubt::OtherUnit(concept.id, text)))
        }
    }
}

fn plausible(concept: &'static Concept, end: &End, unit: Unit) -> Result<(), Option<Doubt>> {
    let own = concept.unit.unwrap_or(unit);
    let shown = end.unit.clone().unwrap_or_default();
    let conversion = Conversion::between(unit, own, concept.substance);
    let Some(value) = conversion.ok().and_then(|conversion| conversion.of(end.value.exact())) else {
        return Err(Some(Doubt::OtherUnit(concept.id, shown)));
    };
    let inside = concept.plausible.is_none_or(|(low, high)| low.exact() <= value && value <= high.exact());
    if inside { Ok(()) } else { Err(Some(Doubt::Implausible(concept.id, end.value, shown))) }
}
