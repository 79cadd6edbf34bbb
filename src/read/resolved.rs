//! Harm of a treatment that has gone down to a grade: "toxicities have resolved to grade ≤ 1".

use super::clause::Clause;
use super::comparison::Comparison;
use super::fold::shown;
use super::piece::comparison;
use super::rank::{RANKED, RANKS};
use super::subject::About;
use super::tail::tail;
use super::token::{Placed, Token};
use super::value::Value;

/// What a clause on the inclusion list asks of the grade; `None` where it is of something else, or denies it.
pub(super) fn resolved(clause: Clause<'_>, value: &Value) -> Option<Comparison> {
    const VERBS: [&str; 5] = ["resolved", "recovered", "returned", "improved", "resolving"];
    const AROUND: [&str; 9] = ["have", "has", "had", "must", "been", "be", "should", "are", "to"];
    const HARM: [&str; 7] = ["toxicity", "toxicities", "effects", "effect", "events", "event", "aes"];
    let tokens = clause.tokens;
    let high = value.ends.len() == 1 && value.ends.iter().all(|end| !end.is_low() && end.unit.is_none());
    let verb = tokens.get(..value.from)?.iter().position(|placed| placed.says(&VERBS))?;
    let between = tokens.get(verb + 1..value.from)?;
    let grade = between.iter().any(|placed| placed.says(&["grade", "grades"]))
        && between.iter().all(|placed| {
            placed.says(&RANKS) || placed.says(&[RANKED, "to", "a", "level", "of"]) || placed.token == Token::To
        });
    let last = tokens.get(..verb)?.iter().rposition(|placed| !placed.says(&AROUND))?;
    let harm = tokens.get(..=last)?;
    let plain = harm.iter().all(|placed| match &placed.token {
        Token::Word(word) => !matches!(word.as_str(), "no" | "not" | "without" | "never" | "unless" | "if" | "except"),
        Token::Mark(mark) => matches!(mark, '-' | '/'),
        Token::Name(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To => false,
    });
    let named = harm.iter().any(|placed: &Placed| placed.says(&HARM));
    if clause.excludes || !high || !grade || !plain || !named {
        return None;
    }
    let mut own = comparison(Vec::new(), value.clone(), tail(clause, value.to, tokens.len()), false);
    let name = shown(clause.part(0, last + 1).glyphs());
    own.about.push(About::Open(format!("{name} (grade)"), None));
    own.name = name;
    Some(own)
}
