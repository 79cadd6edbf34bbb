//! A clause cut at what joins its parts.

use super::age::{MEN, PEOPLE, WOMEN};
use super::bounds::Join;
use super::clause::Clause;
use super::compare::QUALITIES;
use super::subject::{concept, measured};
use super::tail::closing;
use super::token::{Placed, Token};
use super::value::{Value, joint};

/// A part of a clause: what joins it to the one before, and its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) join: Join,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Cuts a clause at what joins its parts, outside of brackets and values.
pub(super) fn segments(clause: Clause<'_>, values: &[Value]) -> Vec<Segment> {
    let tokens = clause.tokens;
    let mut found = Vec::new();
    let (mut start, mut join, mut at) = (0, Join::Comma, 0);
    let mut next = values.iter().peekable();
    let mut valued = false;
    let push = |found: &mut Vec<Segment>, join, from: usize, to: usize| {
        if from < to {
            found.push(Segment { join, from, to });
        }
    };
    while at < tokens.len() {
        while next.peek().is_some_and(|value| value.to <= at) {
            next.next();
        }
        if let Some(value) = next.peek().filter(|value| value.from == at) {
            at = value.to;
            valued = !value.turned;
            continue;
        }
        match tokens.get(at).map(|placed| &placed.token) {
            Some(Token::Mark('(' | '[')) => {
                at = closing(tokens, at, tokens.len()) + 1;
                continue;
            }
            Some(token) => {
                let named = matches!(token, Token::Mark('/')) && slashed(tokens, start, at);
                if let Some(first) = joint(token).or(named.then_some(Join::Comma)).filter(|_| !uncut(tokens, at)) {
                    let (own, after) = joints(tokens, at, first);
                    let goes_on = match own {
                        Join::Comma => worked_out(tokens, after, values),
                        Join::And | Join::Or | Join::Both | Join::Mixed => goes_on(tokens, start, at, after, values),
                    };
                    if valued && goes_on {
                        at = after;
                        continue;
                    }
                    push(&mut found, join, start, at);
                    (join, at) = (if own != Join::Or && leads_on(tokens, after) { Join::And } else { own }, after);
                    start = at;
                    valued = false;
                    continue;
                }
                // "BMI > 30 with HbA1c > 7 %"
                let with = matches!(token, Token::Word(word) if matches!(word.as_str(), "with" | "having" | "plus"));
                if valued && with && next.peek().is_some() {
                    push(&mut found, join, start, at);
                    (join, start) = (Join::And, at);
                    valued = false;
                }
                // "ECOG 0 to 1 men and women aged 18 to 80 years"
                let classed =
                    at > start && tokens.get(at - 1).is_some_and(|last| last.says(&["i", "ii", "iii", "iv", "v"]));
                if (valued || classed)
                    && !for_whom(tokens, values, at)
                    && next.peek().is_some_and(|next| aged_people(tokens, at, next))
                {
                    push(&mut found, join, start, at);
                    (join, start) = (Join::Comma, at);
                    valued = false;
                }
                // "CRP > 35 mg/L ferritin > 500 ng/mL"
                if valued && !for_whom(tokens, values, at) && starts_another(tokens, at, next.peek().copied()) {
                    push(&mut found, join, start, at);
                    (join, start) = (Join::Comma, at);
                    valued = false;
                }
            }
            None => break,
        }
        at += 1;
    }
    push(&mut found, join, start, tokens.len());
    found
}

/// "By echo or MRI": what stands behind a joint goes on with what stands behind the value.
fn goes_on(tokens: &[Placed], start: usize, at: usize, after: usize, values: &[Value]) -> bool {
    let Some(last) = values.iter().rfind(|value| value.to <= at && value.from >= start) else { return false };
    let end = (after..tokens.len())
        .find(|at| tokens.get(*at).is_some_and(|placed| joint(&placed.token).is_some()))
        .unwrap_or(tokens.len());
    let first = |at: usize| match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let behind = first(last.to).is_some_and(|word| !matches!(word, "old" | "of" | "years" | "inclusive"));
    let clause = first(after).is_none_or(|word| {
        [
            "with",
            "who",
            "have",
            "has",
            "having",
            "patients",
            "subjects",
            "participants",
            "age",
            "aged",
            "those",
            "history",
            "no",
            "not",
            "able",
            "willing",
            "a",
            "any",
            "if",
            "unless",
            "is",
            "are",
            "must",
            "diagnosed",
            "receiving",
            "treated",
            "taking",
            "use",
            "current",
            "previous",
            "prior",
        ]
        .contains(&word)
    });
    let valued = values.iter().any(|value| value.from >= after && value.from < end);
    behind && !clause && !valued && at > last.to
}

/// "…, using the MDRD formula": how the value before the comma was worked out.
fn worked_out(tokens: &[Placed], after: usize, values: &[Value]) -> bool {
    const HOW: [&str; 9] =
        ["using", "measured", "calculated", "determined", "assessed", "estimated", "based", "according", "obtained"];
    let end = (after..tokens.len())
        .find(|at| tokens.get(*at).is_some_and(|placed| joint(&placed.token).is_some()))
        .unwrap_or(tokens.len());
    let valued = values.iter().any(|value| value.from >= after && value.from < end);
    tokens.get(after).is_some_and(|first| first.says(&HOW)) && !valued
}

/// "Anaemia, defined as …": what follows says more of the same.
fn leads_on(tokens: &[Placed], at: usize) -> bool {
    matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Word(word)) if matches!(word.as_str(), "defined" | "resulting" | "leading" | "causing" | "despite" | "requiring" | "with" | "having" | "who" | "evidenced" | "indicated" | "confirmed" | "documented" | "demonstrated" | "whose" | "as"))
}

/// All that joins at a place, ", and/or", and one past it.
fn joints(tokens: &[Placed], from: usize, first: Join) -> (Join, usize) {
    let (mut join, mut at) = (first, from + 1);
    loop {
        match tokens.get(at).map(|placed| &placed.token) {
            Some(Token::Mark('/')) if join != Join::Comma => join = Join::Or,
            Some(token) => match joint(token) {
                Some(Join::Comma) => {}
                Some(Join::Or) => join = Join::Or,
                Some(further) if join != Join::Or => join = further,
                Some(_) => {}
                None => return (join, at),
            },
            None => return (join, at),
        }
        at += 1;
    }
}

/// What stands on either side of a joint belongs together.
fn uncut(tokens: &[Placed], at: usize) -> bool {
    let says = |at: Option<usize>, word| at.and_then(|at| tokens.get(at)).is_some_and(|placed| placed.says(&[word]));
    // "With or without help"
    let either = says(at.checked_sub(1), "with") && says(Some(at), "or") && says(Some(at + 1), "without");
    either || qualities(tokens, at) || sexes(tokens, at) || classes(tokens, at) || either_way(tokens, at)
}

/// "Medical or surgical abortion": two kinds of one thing.
fn qualities(tokens: &[Placed], at: usize) -> bool {
    let quality = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|placed| placed.says(&QUALITIES));
    let noun = tokens.get(at + 2).is_some_and(|next| next.word().is_some_and(|word| word.is_ascii() && word.len() > 3));
    let or = tokens.get(at).is_some_and(|placed| placed.says(&["or", "and"]));
    or && noun && quality(at.checked_sub(1)) && quality(Some(at + 1))
}

/// "Gain or loss": one change, whichever way.
fn either_way(tokens: &[Placed], at: usize) -> bool {
    const WAYS: [[&str; 2]; 4] =
        [["gain", "loss"], ["increase", "decrease"], ["rise", "fall"], ["elevation", "depression"]];
    let way =
        |at: Option<usize>, word: &str| at.and_then(|at| tokens.get(at)).is_some_and(|placed| placed.says(&[word]));
    WAYS.iter().any(|[up, down]| {
        way(at.checked_sub(1), up) && way(Some(at + 1), down) || way(at.checked_sub(1), down) && way(Some(at + 1), up)
    })
}

/// "Men and women": no cut between them.
fn sexes(tokens: &[Placed], at: usize) -> bool {
    let sex = |at: Option<usize>| match at.and_then(|at| tokens.get(at)).map(|placed| &placed.token) {
        Some(Token::Word(word)) => MEN.contains(&word.as_str()) || WOMEN.contains(&word.as_str()),
        _ => false,
    };
    sex(at.checked_sub(1))
        && (sex(Some(at + 1))
            || sex(Some(at + 2))
                && !matches!(tokens.get(at + 1).map(|placed| &placed.token), Some(Token::Number(_) | Token::Sign(_))))
}

/// "Class A or B", "III/IV": no cut between them.
fn classes(tokens: &[Placed], at: usize) -> bool {
    let class = |at: Option<usize>| match at.and_then(|at| tokens.get(at)).map(|placed| &placed.token) {
        Some(Token::Word(word)) => {
            matches!(word.as_str(), "i" | "ii" | "iii" | "iv" | "v" | "vi" | "a" | "b" | "c" | "级")
        }
        _ => false,
    };
    let after = (at + 1..at + 3).find(|at| tokens.get(*at).is_none_or(|placed| joint(&placed.token).is_none()));
    // "I, II, or III"
    let comma = at.checked_sub(1).filter(|before| tokens.get(*before).is_some_and(|placed| placed.marks(&[','])));
    class(comma.unwrap_or(at).checked_sub(1)) && class(after)
}

/// "AST/ALT": both are names.
fn slashed(tokens: &[Placed], start: usize, at: usize) -> bool {
    let after = (at + 1..(at + 4).min(tokens.len())).any(|to| concept(tokens, at + 1, to + 1).is_some_and(measured));
    let before = (start.max(at.saturating_sub(3))..at).any(|from| concept(tokens, from, at).is_some_and(measured));
    let one = at.checked_sub(1).is_some_and(|before| concept(tokens, before, at + 2).is_some());
    // "AST/ALT < 3 × ULN" is no ratio.
    let ratio = matches!(tokens.get(at + 2).map(|placed| &placed.token), Some(Token::Word(word)) if word == "ratio");
    let measured = (at + 2..(at + 7).min(tokens.len()))
        .any(|at| matches!(tokens.get(at).map(|placed| &placed.token), Some(Token::Unit(unit)) if unit != "{score}"));
    // PaO2/FiO2 is nothing else.
    let only = at
        .checked_sub(1)
        .and_then(|before| concept(tokens, before, at + 2))
        .is_some_and(|one| one.id == "pao2-fio2-ratio");
    after && before && !only && !(one && (ratio || !measured))
}

/// A name right behind a value, with a value right behind it.
fn starts_another(tokens: &[Placed], at: usize, next: Option<&Value>) -> bool {
    let Some(next) = next.filter(|next| next.from > at && next.from - at <= 6) else { return false };
    let name = |placed: &Placed| match &placed.token {
        Token::Word(word) => ![
            "for", "in", "if", "to", "at", "of", "on", "by", "with", "within", "when", "but", "unless", "than", "old",
            "who", "as",
        ]
        .contains(&word.as_str()),
        Token::Name(_) => true,
        Token::Mark(mark) => matches!(mark, '-' | '(' | ')'),
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To => false,
    };
    let row = tokens.get(at..next.from).unwrap_or_default();
    next.signed && row.iter().all(name) && !row.is_empty() && concept(tokens, at, next.from).is_some()
}

/// "≥ 5 for women up to the age of 50": the age says whom the value is for.
fn for_whom(tokens: &[Placed], values: &[Value], at: usize) -> bool {
    let behind = values.iter().rfind(|value| value.to <= at).and_then(|value| tokens.get(value.to..at));
    behind.is_some_and(|behind| behind.first().is_some_and(|first| first.says(&["for", "in", "among"])))
}

/// People with an age right behind them.
fn aged_people(tokens: &[Placed], at: usize, next: &Value) -> bool {
    let row = tokens.get(at..next.from).unwrap_or_default();
    let person = |placed: &Placed| placed.says(&MEN) || placed.says(&WOMEN) || placed.says(&PEOPLE);
    row.first().is_some_and(person)
        && row.iter().any(|placed| placed.says(&["aged", "age", "ages"]))
        && row.iter().all(|placed| person(placed) || placed.says(&["and", "or", "between", "from", "the", "of"]))
}

/// What several joints say together: commas take the word at the end.
pub(super) fn one_join(joins: &[Join]) -> Join {
    let mut said = joins.iter().filter(|join| **join != Join::Comma);
    match said.next() {
        None => Join::Comma,
        Some(first) if said.all(|join| join == first) => *first,
        Some(_) => Join::Mixed,
    }
}
