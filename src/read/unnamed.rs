//! Values that no words before them name.

use crate::model::concept::Concept;
use crate::model::unit::{BoundUnit, Dimension};

use super::around::DENIES;
use super::clause::Clause;
use super::fold::shown;
use super::gestation::gestation;
use super::owner::{followed, grown, is_now, is_time};
use super::piece::{people_last, says_nothing};
use super::sign::OLDER;
use super::subject::{About, concept, measured};
use super::tail::{Tail, timed};
use super::token::Token;
use super::value::Value;

/// A value with nothing before it that names its subject: `Err` where it must not be read at all.
pub(super) fn unnamed(
    clause: Clause<'_>,
    value: &Value,
    behind: &Tail,
    first: bool,
) -> Result<Option<(About, usize)>, ()> {
    let tokens = clause.tokens;
    let years = value.ends.iter().any(|end| end.unit.as_deref() == Some("y"));
    // "39 years of age at diagnosis", "cardiomyopathy … at least 6 months old"
    let then = behind.fold.iter().any(|(from, to)| !is_now(tokens.get(*from..*to).unwrap_or_default()));
    let young = !first && !years && value.ends.iter().any(|end| end.unit.is_some());
    if behind.age && (then || young) {
        return Err(());
    }
    let lead = tokens.get(..value.from).unwrap_or_default();
    let lead = match lead {
        [rest @ .., last] if last.token == Token::Word(OLDER.to_owned()) => rest,
        lead => lead,
    };
    let people = !lead.is_empty() && people_last(lead) && followed(tokens, value.to);
    let grown = value.signed && behind.unit.is_none() && value.ends.iter().all(grown);
    // A list of criteria that begins with "18 to 75 years" means their age.
    let alone = first && years && !behind.more && behind.fold.is_empty() && says_nothing(lead);
    if behind.age || (years || grown) && people || alone {
        return Ok(Concept::named("age").map(|age| (About::Known(age), lead.len())));
    }
    // "Born at 26 to 34 weeks of gestation"
    if let Some(weeks) = gestation(tokens, value) {
        return Ok(Some((About::Known(weeks), value.from)));
    }
    if let Some(score) = on_a_scale(clause, value, behind) {
        return Ok(Some((About::Open(score, None), value.from)));
    }
    if !says_nothing(lead) {
        return Err(());
    }
    // "No more than 2 cups a day" among what excludes: what it means is the contrary, or not.
    let no = clause.excludes
        && tokens
            .get(value.from)
            .and_then(|sign| clause.text.get(sign.from))
            .is_some_and(|it| matches!(it.sign, 'n' | 'N'));
    if let Some(counted) = frequency(value).filter(|_| behind.fold.is_empty() && !no) {
        return Ok(Some((About::Open(counted, None), value.from)));
    }
    // "≥ 10 % total body surface area", "more than 37 weeks gestation"
    if let Some(found) = reversed(clause, value, behind) {
        return Ok(Some(found));
    }
    // "> 800 cGy (fractionated)" behind "> 500 cGy (single)"
    let bracket = |(from, _): &(usize, usize)| tokens.get(*from).is_some_and(|placed| placed.marks(&['(', '[']));
    if !behind.fold.is_empty() && behind.fold.iter().all(bracket) && !behind.more && value.is_measured() {
        return Ok(None);
    }
    // "< 30 kg in weight", "a score of ≥ 3 on the scale"
    if let [(from, to)] = behind.fold.as_slice() {
        let after = (*from + 1..*to).find(|at| !matches!(tokens.get(*at).map(|placed| &placed.token), Some(Token::Word(word)) if matches!(word.as_str(), "the" | "in" | "of" | "on" | "body")));
        if let Some(concept) = after.and_then(|after| concept(tokens, after, *to)).filter(|concept| measured(concept)) {
            return Ok(Some((About::Known(concept), value.from)));
        }
        return Err(());
    }
    if behind.more || timed(tokens.get(value.from..value.to).unwrap_or_default()) { Err(()) } else { Ok(None) }
}

/// "A 5 or greater on the Depression Scale": the score that it is on.
fn on_a_scale(clause: Clause<'_>, value: &Value, behind: &Tail) -> Option<String> {
    const SCALES: [&str; 7] = ["scale", "score", "index", "questionnaire", "inventory", "test", "screen"];
    let (from, to) = match behind.fold.as_slice() {
        [only] => *only,
        _ => return None,
    };
    let row = clause.tokens.get(from..to)?;
    let on = row.first()?.says(&["on", "in", "from"]) && row.iter().any(|placed| placed.says(&SCALES));
    let bare = value.signed && value.ends.iter().all(|end| end.unit.is_none());
    // What stands right before the number names something else.
    let led = value
        .from
        .checked_sub(1)
        .and_then(|at| clause.tokens.get(at))
        .is_none_or(|it| it.says(&["a", "an", "of", "by"]));
    (on && bare && led).then(|| format!("score {}", shown(clause.part(from, to).glyphs())))
}

/// "At least 4 migraine attacks a month": what is counted, over a time.
pub(super) fn frequency(value: &Value) -> Option<String> {
    let end = value.ends.first()?;
    let (counted, over) = end.unit.as_deref()?.rsplit_once('/')?;
    let plain = counted.contains(|c: char| c.is_ascii_lowercase()) && counted.len() > 3 && !counted.contains('/');
    (value.signed
        && plain
        && matches!(over, "d" | "wk" | "mo" | "y" | "h" | "night")
        && BoundUnit::from_text(end.unit.as_deref()?).is_none())
    .then(|| counted.to_owned())
}

/// A subject right behind its value and unit.
fn reversed(clause: Clause<'_>, value: &Value, behind: &Tail) -> Option<(About, usize)> {
    let tokens = clause.tokens;
    // "Less than 30 minutes of morning stiffness"
    let minutes = tokens.get(value.to).is_some_and(|placed| placed.says(&["of"]));
    // "Less than 3 months of life expectancy"
    let lives = minutes && concept(tokens, value.to + 1, tokens.len()).is_some_and(|it| it.id == "life-expectancy");
    // "At least 6 years of education"
    let taught = minutes
        && tokens.get(value.to + 1..).is_some_and(|row| {
            row.iter().take(3).any(|placed| placed.says(&["education", "schooling", "school", "experience"]))
        });
    let measured_in = value.ends.iter().all(|end| {
        end.unit
            .as_deref()
            .is_some_and(|unit| !is_time(unit) || minutes && unit == "min" || lives || taught && unit == "y")
    });
    // "≥ 10 pack-year smoking history"
    let smoked = tokens.get(value.to..).unwrap_or_default();
    let packs = value.ends.iter().all(|end| {
        end.unit
            .as_deref()
            .and_then(BoundUnit::from_text)
            .is_some_and(|unit| matches!(unit, BoundUnit::Of(unit) if unit.dimension == Dimension::PackYears))
    });
    if packs
        && !smoked.is_empty()
        && smoked
            .iter()
            .all(|placed| placed.says(&["smoking", "history", "of", "tobacco", "cigarette", "cigarettes", "use"]))
    {
        return Concept::named("pack-years").map(|concept| (About::Known(concept), value.from));
    }
    if !value.signed || !measured_in || behind.unless || behind.condition.is_some() {
        return None;
    }
    let end = tokens.len();
    // "At least 100 mL of urine", "at least 1 point on the test"
    let scored = value.ends.iter().all(|end| end.unit.as_deref() == Some("{score}"));
    let of = tokens.get(value.to).is_some_and(|placed| placed.says(&["of"]) || scored && placed.says(&["on", "in"]));
    let from = value.to + usize::from(of);
    let from = from + usize::from(tokens.get(from).is_some_and(|placed| placed.says(&["the", "a", "an"])));
    let row = tokens.get(from..end)?;
    let first = match row.first().map(|placed| &placed.token) {
        Some(Token::Word(word)) => word,
        _ => return None,
    };
    let begins = [
        "of", "in", "at", "on", "by", "or", "and", "for", "with", "above", "below", "from", "than", "within", "during",
        "per", "if", "who", "to", "daily", "each", "every", "after", "before", "prior",
    ];
    let plain = row.iter().all(|placed| match &placed.token {
        Token::Word(word) => !DENIES.contains(&word.as_str()) && !matches!(word.as_str(), "if" | "when" | "but"),
        Token::Mark(mark) => !matches!(mark, '=' | ':' | '?'),
        Token::Number(_) | Token::Name(_) => true,
        Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To => false,
    });
    // "> 9 mg/kg orally" says how.
    let how = row.len() == 1 && first.ends_with("ly");
    // "≤ 5 × ULN liver metastases": whom the bound is for.
    let limits = value.ends.iter().any(|end| matches!(end.unit.as_deref(), Some("xULN" | "xLLN")));
    if let Some(known) = concept(tokens, from, end).filter(|_| !how && plain) {
        return measured(known).then_some((About::Known(known), value.from));
    }
    if limits || how || begins.contains(&first.as_str()) || !plain || row.len() > 14 || scored && !of {
        return None;
    }
    let text = shown(clause.part(from, end).glyphs());
    Some((About::Open(text.trim_end_matches([',', ':', ';', ' ']).to_owned(), None), value.from))
}
