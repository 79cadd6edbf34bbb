//! What is compared: a word of the vocabulary, or an open subject in the words of the text.

use crate::model::concept::{Concept, Kind};
use crate::model::record::Subject;

use super::age::{MEN, PEOPLE, WOMEN};
use super::around::{AROUND, AROUND_CHINESE, BEFORE, CHANGES, DENIES, FIRST, LAST, LEADS_CHINESE, NEVER, OTHER_AGES};
use super::clause::Clause;
use super::names::named;
use super::rank::unsigned;
use super::token::{Placed, Token};

/// What stands before a value.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) about: About,
    /// Its first token.
    pub(super) from: usize,
}

/// What it is about.
#[derive(Clone, Debug)]
pub(super) enum About {
    Known(&'static Concept),
    /// The words of the text, and the concept of which they name a special case.
    Open(String, Option<&'static Concept>),
}

impl About {
    /// Without the brackets that said more of it.
    pub(super) fn plain(&mut self) {
        match self {
            About::Known(_) => {}
            About::Open(text, Some(concept)) if text.ends_with([')', ']']) => *self = About::Known(concept),
            About::Open(text, _) if text.ends_with([')', ']']) => {
                let open = text.rfind(['(', '[']).unwrap_or(text.len());
                text.truncate(open);
                text.truncate(text.trim_end().len());
            }
            About::Open(_, _) => {}
        }
    }

    pub(super) fn subject(&self) -> Subject {
        match self {
            About::Known(concept) => Subject::concept(concept.id),
            About::Open(text, _) => Subject::Text(text.clone()),
        }
    }
}

/// The subject that ends where `to` is; `start` is as far back as it may begin.
pub(super) fn subject(clause: Clause<'_>, start: usize, to: usize) -> Option<Named> {
    let tokens = clause.tokens;
    let mut end = to;
    while end > start && tokens.get(end - 1).is_some_and(|last| closes(&last.token)) {
        end -= 1;
    }
    // "A score indicative of severe anxiety": what it is a sign of.
    let sign = (start + 1..end.saturating_sub(1)).find(|at| {
        let says = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|placed| placed.says(words));
        says(*at, &["indicative", "suggestive"]) && says(at + 1, &["of"])
    });
    let end = sign.unwrap_or(end);
    let (end, short) = bracketed(tokens, start, end);
    let mut from = begin(tokens, start, end);
    while tokens.get(from..end).is_some_and(|row| row.first().is_some_and(|first| opens(&first.token))) {
        from += 1;
    }
    if from >= end {
        return None;
    }
    if let Some(concept) = concept(tokens, from, end) {
        return Some(Named { about: About::Known(concept), from });
    }
    // "Patients between the ages": whom it is about says nothing more.
    let behind = (from + 1..end).find(|at| concept(tokens, *at, end).is_some()).filter(|at| {
        let own = concept(tokens, *at, end).map(|concept| concept.id);
        let age = own == Some("age");
        let row = tokens.get(from..*at).unwrap_or_default();
        let other = |placed: &Placed| matches!(&placed.token, Token::Word(word) if OTHER_AGES.contains(&word.as_str()));
        let chinese = |placed: &Placed| match &placed.token {
            Token::Word(word) => !word.is_ascii(),
            Token::Name(_) => true,
            Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_) => false,
        };
        if own == Some("life-expectancy") {
            true
        } else if age && !row.iter().any(chinese) {
            !row.iter().any(other)
        } else {
            row.iter().all(introduces) || sexed(row)
        }
    });
    if let Some(own) = behind {
        return concept(tokens, own, end).map(|concept| Named { about: About::Known(concept), from: own });
    }
    if let Some(concept) = split_name(tokens, from, end) {
        return Some(Named { about: About::Known(concept), from });
    }
    // "alanine aminotransferase (ALT)": the short name says which one.
    let plain = !tokens
        .get(from..end)?
        .iter()
        .any(|placed| matches!(&placed.token, Token::Word(word) if CHANGES.contains(&word.as_str())));
    if let Some(concept) = short.filter(|_| plain && end - from <= 5) {
        return Some(Named { about: About::Known(concept), from });
    }
    let last = &tokens.get(end - 1)?.token;
    let word = |token: &Token, words: &[&str]| matches!(token, Token::Word(word) if words.contains(&word.as_str()));
    let named = tokens.get(from..end)?;
    // "With or without help" denies nothing.
    let either = |at: usize| {
        at.checked_sub(2).and_then(|at| named.get(at..at + 2)).is_some_and(|before| match before {
            [with, or] => with.says(&["with"]) && or.says(&["or"]),
            _ => false,
        })
    };
    // "Inability to walk": what is not done is not measured.
    let unable = named.iter().any(|placed| {
        placed.says(&[
            "returned",
            "resolved",
            "recovered",
            "restored",
            "inability",
            "unable",
            "cannot",
            "refusal",
            "unwilling",
            "lack",
            "incapable",
            "insufficient",
        ])
    });
    let denied = unable || named.iter().enumerate().any(|(at, placed)| word(&placed.token, &DENIES) && !either(at));
    let said = tokens.get(from..end)?.iter().any(|placed| match &placed.token {
        Token::Word(word) => word.chars().any(char::is_alphabetic) && !AROUND.contains(&word.as_str()),
        Token::Name(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_) => false,
    });
    // a sign within is that of another value
    let signed = tokens.get(from..end)?.iter().any(|placed| matches!(placed.token, Token::Sign(_)));
    // "Vasopressors to maintain a MAP > 60": what is aimed at, and not what is.
    let aimed = named.windows(2).any(|pair| match pair {
        [to, aim] => to.says(&["to"]) && aim.says(&["maintain", "keep", "achieve", "reach", "ensure", "sustain"]),
        _ => false,
    });
    let scale =
        tokens.get(from..end)?.iter().any(|placed| placed.says(&["score", "scores", "level", "value", "total"]));
    if word(last, &NEVER)
        || denied
        || aimed
        || signed
        || !(said || scale)
        || long(tokens.get(from..end)?)
        || matches!(last, Token::Mark(')' | '%')) && end - from < 2
    {
        return None;
    }
    let text = unsigned(clause.text, tokens.get(from..if short.is_some() { to } else { end })?);
    // What holds another comparison, or is of men or women only, is no name.
    let sexed = ["男性", "女性", "男受试", "女受试", "男患", "女患"].iter().any(|sex| text.contains(sex));
    let denies = ["未恢复", "未缓解", "未达", "尚未", "没有"].iter().any(|word| text.contains(word));
    if sexed || denies || text.contains(['≥', '≤', '<', '>']) {
        return None;
    }
    let text = text.trim_end_matches([':', '-', '=', ',', ' ', '：', '为', '在']).to_owned();
    Some(Named { about: About::Open(text, None), from })
}

/// Too long for a name: fourteen words, or forty-two signs of Chinese.
fn long(row: &[Placed]) -> bool {
    let thirds = |placed: &Placed| if placed.word().is_some_and(|word| !word.is_ascii()) { 1 } else { 3 };
    row.iter().map(thirds).sum::<usize>() > 42
}

/// 选期女性病人: of whom of the one sex the value is.
fn sexed(row: &[Placed]) -> bool {
    let word = |placed: &Placed| placed.word().is_some_and(|word| !word.is_ascii() && !"无未不非除或和".contains(word));
    row.len() <= 6 && row.iter().all(word) && row.iter().any(|placed| placed.says(&MEN) || placed.says(&WOMEN))
}

/// A word that only leads to the name.
fn introduces(placed: &Placed) -> bool {
    match &placed.token {
        Token::Word(word) => {
            PEOPLE.contains(&word.as_str())
                || MEN.contains(&word.as_str())
                || WOMEN.contains(&word.as_str())
                || FIRST.contains(&word.as_str())
                || LEADS_CHINESE.contains(&word.as_str())
                || matches!(word.as_str(), "between" | "in" | "and" | "or" | "baseline" | "screening" | "at")
        }
        Token::Mark(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) => false,
    }
}

/// "Eastern Cooperative Oncology Group (ECOG) performance status": a short name within the long one.
fn split_name(tokens: &[Placed], from: usize, to: usize) -> Option<&'static Concept> {
    let open = (from..to).find(|at| tokens.get(*at).is_some_and(|placed| placed.marks(&['(', '['])))?;
    let close = (open..to).find(|at| tokens.get(*at).is_some_and(|placed| placed.marks(&[')', ']'])))?;
    let (before, inside, after) = (tokens.get(from..open)?, tokens.get(open + 1..close)?, tokens.get(close + 1..to)?);
    let named = |parts: &[&[Placed]]| {
        let row: Vec<Placed> = parts.concat();
        concept(&row, 0, row.len())
    };
    let changed = before.iter().any(|placed| placed.says(&CHANGES));
    if changed || before.is_empty() {
        return None;
    }
    let method = inside.iter().any(|placed| placed.says(&["cockcroft", "gault"]));
    if method {
        let known = named(&[before, after]).or_else(|| bracketed(tokens, from, open).1);
        return known.filter(|known| known.id == "creatinine-clearance");
    }
    named(&[before, after]).filter(|_| named(&[inside]).is_some()).or_else(|| named(&[inside, after]))
}

fn closes(token: &Token) -> bool {
    match token {
        Token::Word(word) => LAST.contains(&word.as_str()),
        Token::Mark(mark) => matches!(mark, ':' | '-' | '=' | ',' | '，' | '之' | '~'),
        // "Limits life expectancy to less than"
        Token::To => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::Name(_) => false,
    }
}

fn opens(token: &Token) -> bool {
    match token {
        Token::Word(word) => FIRST.contains(&word.as_str()),
        Token::Mark(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) => false,
    }
}

/// A bracket at the end, and the concept that it names.
fn bracketed(tokens: &[Placed], start: usize, end: usize) -> (usize, Option<&'static Concept>) {
    let close = |placed: &Placed| matches!(placed.token, Token::Mark(')' | ']'));
    if !end.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(close) {
        return (end, None);
    }
    let row = tokens.get(start..end).unwrap_or_default();
    let Some(open) = row.iter().rposition(|placed| matches!(placed.token, Token::Mark('(' | '['))) else {
        return (end, None);
    };
    let inside = row.get(open + 1..row.len() - 1).unwrap_or_default();
    match concept(inside, 0, inside.len()) {
        Some(concept) => (start + open, Some(concept)),
        None => (end, None),
    }
}

/// Where a subject that ends there begins.
fn begin(tokens: &[Placed], start: usize, end: usize) -> usize {
    let mut depth = 0;
    let mut at = end;
    while at > start {
        match tokens.get(at - 1).map(|placed| &placed.token) {
            Some(Token::Mark(')' | ']')) => depth += 1,
            Some(Token::Mark('(' | '[')) if depth == 0 => return at,
            Some(Token::Mark('(' | '[')) => depth -= 1,
            Some(Token::Mark(':'))
                if depth == 0 && at > start + 1 && concept(tokens, at - 2, at + 1).is_some_and(measured) => {}
            // "Bowel Preparation Scale, total score"
            Some(Token::Mark(','))
                if depth == 0
                    && at > start + 1
                    && tokens.get(at..end).is_some_and(total)
                    && tokens.get(at - 2).is_some_and(scale) => {}
            Some(Token::Mark(':' | ';' | ',' | '.' | '，' | '。' | '：')) if depth == 0 => return at,
            Some(Token::Word(word))
                if depth == 0
                    && BEFORE.contains(&word.as_str())
                    && at < end
                    && !valued(tokens, at)
                    && !either(tokens, at - 1) =>
            {
                return at;
            }
            Some(Token::Word(word)) if depth == 0 && word == "by" && led(tokens, at - 1) => return at,
            _ => {}
        }
        at -= 1;
    }
    start
}

/// "Total score": of what is named before it.
pub(super) fn total(row: &[Placed]) -> bool {
    let (first, last) = (row.first(), row.last());
    row.len() <= 2
        && last.is_some_and(|last| last.says(&["score", "scores"]))
        && first.is_some_and(|first| first.says(&["total", "overall", "sum", "score"]))
}

/// The last word of what has a score.
pub(super) fn scale(placed: &Placed) -> bool {
    placed.says(&["scale", "index", "questionnaire", "inventory", "test"])
}

/// "With or without help": no subject begins there.
fn either(tokens: &[Placed], at: usize) -> bool {
    tokens.get(at).is_some_and(|placed| placed.says(&["with"]))
        && tokens.get(at + 1).is_some_and(|placed| placed.says(&["or"]))
        && tokens.get(at + 2).is_some_and(|placed| placed.says(&["without"]))
}

/// "With a value": the subject stands before it.
fn valued(tokens: &[Placed], at: usize) -> bool {
    let word = |at: usize| match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let skipped = usize::from(matches!(word(at), Some("a" | "an" | "the")));
    matches!(
        word(at + skipped),
        Some("value" | "values" | "level" | "levels" | "score" | "scores" | "concentration" | "concentrations")
    ) && !matches!(word(at + skipped + 1), Some("on" | "in" | "of"))
}

/// "defined by", "as shown by": what follows is a subject of its own.
fn led(tokens: &[Placed], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|placed| &placed.token);
    matches!(before, Some(Token::Word(word)) if BEFORE.contains(&word.as_str()) || matches!(word.as_str(), "shown" | "determined" | "characterized" | "manifested" | "identified" | "assessed" | "diagnosed" | "measured" | "reflected" | "suggested" | "proven" | "represented"))
}

/// No blank stands on either side.
fn glued(tokens: &[Placed], placed: &Placed) -> bool {
    let touches = |other: &Placed| other.to == placed.from || other.from == placed.to;
    tokens.iter().filter(|other| touches(other)).count() == 2
}

/// The concept that these tokens name, and nothing else.
pub(super) fn concept(tokens: &[Placed], from: usize, to: usize) -> Option<&'static Concept> {
    let mut said = String::new();
    let mut row: Vec<&str> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    for placed in tokens.get(from..to)? {
        if let Token::Number(number) = &placed.token {
            numbers.push(number.to_string());
        }
    }
    let mut numbers = numbers.iter();
    for placed in tokens.get(from..to)? {
        match &placed.token {
            Token::Name(id) if to - from == 1 => return Concept::named(id),
            Token::Name(id) => {
                let others = tokens.get(from..to)?.iter().filter(|other| !std::ptr::eq(*other, placed));
                let around = |other: &Placed| {
                    matches!(&other.token, Token::Word(word) if AROUND_CHINESE.contains(&word.as_str()))
                        || matches!(other.token, Token::Name(same) if same == *id)
                };
                return if others.into_iter().all(around) { Concept::named(id) } else { None };
            }
            Token::Word(word) => row.push(word),
            Token::Number(_) => row.push(numbers.next()?),
            Token::Mark('-' | '\'' | '/' | '.' | '(' | ')') => {}
            // "PHQ-9 score"
            Token::Unit(unit) if unit == "{score}" => row.push("score"),
            // "PaO2:FiO2"
            Token::Mark(':') if glued(tokens, placed) => {}
            Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Mark(_) => return None,
        }
    }
    let mut words = row.as_slice();
    loop {
        said.clear();
        let ascii = words.iter().all(|word| word.is_ascii());
        for (at, word) in words.iter().enumerate() {
            said.push_str(if at > 0 && ascii { " " } else { "" });
            said.push_str(word);
        }
        if let Some(id) = named(&said) {
            return Concept::named(id);
        }
        if words == ["ages"] {
            return Concept::named("age");
        }
        // An ordinary word falls away at either end.
        match words {
            [rest @ .., last] if AROUND.contains(last) || AROUND_CHINESE.contains(last) => words = rest,
            [first, rest @ ..] if AROUND.contains(first) || AROUND_CHINESE.contains(first) => words = rest,
            _ => return None,
        }
    }
}

/// A concept that a value may be compared with.
pub(super) fn measured(concept: &Concept) -> bool {
    matches!(concept.kind, Kind::Quantity)
}
