//! What stands behind a value and is another criterion.

use super::clause::Clause;
use super::fold::shown;
use super::piece::outside;
use super::token::Placed;
use super::value::values;

/// "PTH > 1500 pg/mL (at screening) Active infection": another criterion without anything before it.
pub(super) fn begins_anew(clause: Clause<'_>) -> bool {
    let tokens = clause.tokens;
    let word = |at: usize| tokens.get(at).filter(|placed| placed.word().is_some());
    let capital = |at: usize| {
        let said = shown(clause.part(at, at + 1).glyphs());
        let mut signs = said.chars();
        word(at).is_some()
            && signs.next().is_some_and(char::is_uppercase)
            && signs.as_str().len() > 2
            && signs.all(char::is_lowercase)
    };
    let lower =
        |at: usize| word(at).is_some() && shown(clause.part(at, at + 1).glyphs()).chars().all(char::is_lowercase);
    let closes = (1..tokens.len()).filter(|at| tokens.get(at - 1).is_some_and(|placed| placed.marks(&[')', ']'])));
    let first = values(tokens).first().map(|value| value.to);
    closes.into_iter().any(|at| first.is_some_and(|first| first < at) && capital(at) && lower(at + 1))
}

/// ", or symptomatic block": behind what was not understood stands something else that excludes.
pub(super) fn other_behind(tokens: &[Placed], from: usize) -> bool {
    let comma = |at: usize| tokens.get(at).is_some_and(|placed| placed.marks(&[',', ';']));
    let or = |at: usize| tokens.get(at).is_some_and(|placed| placed.says(&["or"]));
    const VERBS: [&str; 22] = [
        "requires",
        "requiring",
        "require",
        "receiving",
        "receives",
        "needs",
        "need",
        "has",
        "have",
        "is",
        "are",
        "on",
        "history",
        "undergoing",
        "treated",
        "diagnosed",
        "known",
        "documented",
        "taking",
        "use",
        "dialysis",
        "presence",
    ];
    // "At screening or requires dialysis"
    let verb = |at: usize| or(at) && tokens.get(at + 1).is_some_and(|next| next.says(&VERBS));
    (from..tokens.len()).any(|at| (comma(at) && or(at + 1) || verb(at)) && outside(tokens, at))
}
