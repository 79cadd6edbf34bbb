//! What a sentence may have said before something of it was lost. None of it counts until a person accepts it.

use crate::diagnostic::Code;
use crate::model::concept::Concept;
use crate::model::criterion::Category;
use crate::model::decimal::Decimal;
use crate::model::expression::Expression;
use crate::model::meant;

use super::doubt::Doubt;
use super::fold::{fold, span};
use super::garbled::MISTAKEN;
use super::token::{Placed, Token, tokens};
use super::{Language, criteria, sentence};

/// What is left where a sign of comparison was lost.
const LOST: [&str; 11] = ["(Bullet)", "=", "³", "£", "?", "》", "《", "〉", "〈", "\u{FFFD}", "●"];
/// More of them would be guessing.
const MOST: usize = 4;

/// A way to read a sentence that cannot be read as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The sentence with what it may have had.
    pub words: String,
    /// What it asks then.
    pub expression: Expression,
}

/// What a sentence may have said of which it is in doubt what it says.
///
/// | in doubt | suggested |
/// |---|---|
/// | a sign of comparison was lost | at least, and at most: those that are lost most often |
/// | a number has no unit | the units in which people have such values |
/// | the unit is none of the thing measured, or hardly anybody has such a value | those units, or the decimal point one place further |
/// | letters stand where a sign was | that sign |
///
/// Nothing where nothing is in doubt, or where the sentence is not computed even then; at most four.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Category, Language, read};
/// let words = |sentence| -> Vec<String> {
///     let said = read::suggestions(sentence, Category::Inclusion, Language::English);
///     said.into_iter().map(|one| one.words).collect()
/// };
/// assert_eq!(words("Platelets = 100 x 10^9/L"), ["Platelets ≥ 100 x 10^9/L", "Platelets ≤ 100 x 10^9/L"]);
/// assert_eq!(words("Platelets > 100"), ["Platelets > 100 x 10^9/L"]);
/// assert!(words("Platelets > 100 x 10^9/L").is_empty());
/// assert!(words("Able to walk").is_empty());
/// ```
pub fn suggestions(sentence: &str, category: Category, language: Language) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    for words in ways(sentence, category) {
        match read(&words, category, language) {
            Some(expression) => found.push(Suggestion { words, expression }),
            // a number that has neither sign nor unit
            None => found.extend(
                ways(&words, category)
                    .into_iter()
                    .filter_map(|words| Some(Suggestion { expression: read(&words, category, language)?, words })),
            ),
        }
    }
    let mut distinct: Vec<Suggestion> = Vec::new();
    for one in found {
        if !distinct.iter().any(|known| known.expression == one.expression) {
            distinct.push(one);
        }
    }
    distinct.truncate(MOST);
    distinct
}

/// What is computed of a sentence of which nothing is in doubt.
fn read(words: &str, category: Category, language: Language) -> Option<Expression> {
    const DOUBTS: [Code; 6] = [
        Code::LostComparator,
        Code::CorruptText,
        Code::MissingUnit,
        Code::IncomparableUnit,
        Code::ImplausibleBound,
        Code::UnclearScope,
    ];
    let read = criteria(&listed(words, category, language), language);
    if read.diagnostics.iter().any(|found| DOUBTS.contains(&found.code)) {
        return None;
    }
    let [criterion] = <[_; 1]>::try_from(read.output).ok()?;
    let said = |leaf: &&Expression| matches!(leaf, Expression::Unread(_) | Expression::Judgement(_));
    let computed = !criterion.expression.leaves().iter().any(said) && criterion.category == category;
    computed.then_some(criterion.expression)
}

/// The sentence as the only item of its list.
fn listed(sentence: &str, category: Category, language: Language) -> String {
    let heading = match (category, language) {
        (Category::Inclusion, Language::English) => "Inclusion criteria:",
        (Category::Exclusion, Language::English) => "Exclusion criteria:",
        (Category::Inclusion, Language::Chinese) => "入选标准：",
        (Category::Exclusion, Language::Chinese) => "排除标准：",
    };
    format!("{heading}\n\n* {}", sentence.trim().replace('\n', "\n  "))
}

/// The sentence with what is in doubt of its lines put right, each doubt in each way.
fn ways(text: &str, category: Category) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let glyphs = fold(line);
        let said = sentence::read(super::fold::trim(&glyphs), category == Category::Exclusion);
        let letters = tokens(&glyphs).unwrap_or_default();
        let spot = |placed: &Placed| {
            let place = span(glyphs.get(placed.from..placed.to)?)?;
            Some((start + place.start, start + place.end))
        };
        let line = Line { text, tokens: &letters, spot: &spot };
        for doubt in &said.doubts {
            match doubt {
                Doubt::Comparator => found.extend(["≥", "≤"].into_iter().filter_map(|sign| signed(text, sign))),
                Doubt::Corrupt => found.extend(repaired(text)),
                Doubt::NoUnit(concept, value) => found.extend(line.with_units(concept, *value)),
                Doubt::OtherUnit(concept, value, unit) => found.extend(line.with_others(concept, *value, unit)),
                Doubt::Implausible(concept, value, unit) => {
                    found.extend(line.with_others(concept, *value, unit));
                    found.extend(line.moved(concept, *value, unit));
                }
                Doubt::Scope => {}
            }
        }
        start += glyphs.last().map_or(0, |glyph| glyph.end);
    }
    found
}

/// A line of a text, and where its tokens stand in that text.
struct Line<'t> {
    text: &'t str,
    tokens: &'t [Placed],
    spot: &'t dyn Fn(&Placed) -> Option<(usize, usize)>,
}

impl Line<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).map(|placed| &placed.token)
    }

    fn number(&self, value: Decimal) -> Option<usize> {
        self.tokens.iter().position(|placed| placed.token == Token::Number(value))
    }

    /// The text with other words at some places, given in their order.
    fn instead(&self, places: &[(usize, usize)], words: &str) -> Option<String> {
        let mut text = self.text.to_owned();
        for (from, to) in places.iter().rev() {
            text.get(*from..*to)?;
            text.replace_range(from..to, words);
        }
        Some(text)
    }

    fn with_units(&self, concept: &str, value: Decimal) -> Vec<String> {
        let Some(concept) = Concept::named(concept) else { return Vec::new() };
        let place = self.number(value).and_then(|at| {
            let range = matches!(self.token(at + 1), Some(Token::To | Token::Mark('-' | '~')))
                && matches!(self.token(at + 2), Some(Token::Number(_)));
            let (_, end) = (self.spot)(self.tokens.get(if range { at + 2 } else { at })?)?;
            Some((end, end))
        });
        let units = meant::units(concept, value, "", &[]).into_iter();
        units.filter_map(|unit| self.instead(&[place?], &format!(" {}", written(unit)))).collect()
    }

    fn with_others(&self, concept: &str, value: Decimal, unit: &str) -> Vec<String> {
        let Some(concept) = Concept::named(concept) else { return Vec::new() };
        let same = |placed: &&Placed| matches!(&placed.token, Token::Unit(own) if own == unit);
        let places: Option<Vec<(usize, usize)>> =
            self.tokens.iter().filter(same).map(|placed| (self.spot)(placed)).collect();
        let places = places.filter(|places| !places.is_empty());
        let units = meant::units(concept, value, unit, &[]).into_iter();
        units.filter_map(|unit| self.instead(places.as_deref()?, &format!(" {}", written(unit)))).collect()
    }

    fn moved(&self, concept: &str, value: Decimal, unit: &str) -> Vec<String> {
        let Some(concept) = Concept::named(concept) else { return Vec::new() };
        let place = self.number(value).and_then(|at| (self.spot)(self.tokens.get(at)?));
        let moved = meant::moved(concept, value, unit).into_iter();
        moved.filter_map(|moved| self.instead(&[place?], &moved.to_string())).collect()
    }
}

/// A unit as texts write it.
fn written(unit: &str) -> String {
    match unit {
        "10*9/L" => "x 10^9/L".to_owned(),
        "/uL" => "/µL".to_owned(),
        _ => match unit.strip_prefix('u') {
            Some(rest) => format!("µ{rest}"),
            None => unit.to_owned(),
        },
    }
}

/// The sentence with a sign wherever one was lost before a number; `None` where none was.
fn signed(sentence: &str, sign: &str) -> Option<String> {
    let mut words = String::with_capacity(sentence.len());
    let mut rest = sentence;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        let after = LOST.iter().find_map(|lost| rest.strip_prefix(lost));
        let numbered = |after: &&str| after.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let compared = words.ends_with(['<', '>', '≥', '≤']);
        // mm³ 100
        let raised = c == '³' && words.ends_with(char::is_alphanumeric);
        if let Some(after) = after.filter(numbered).filter(|_| !compared && !raised) {
            words.push_str(sign);
            rest = after;
            found = true;
        } else {
            words.push(c);
            rest = rest.get(c.len_utf8()..)?;
        }
    }
    found.then_some(words)
}

/// The sentence with the signs whose bytes were taken for letters, and µ where it is gone from before a unit.
fn repaired(sentence: &str) -> Option<String> {
    let mut words = MISTAKEN.iter().fold(sentence.to_owned(), |words, (wrong, right)| words.replace(wrong, right));
    for unit in ["g", "mol", "L", "l", "m"] {
        words = words.replace(&format!("\u{FFFD}{unit}"), &format!("µ{unit}"));
    }
    (words != sentence).then_some(words)
}
