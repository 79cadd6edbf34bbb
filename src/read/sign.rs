//! Signs of comparison, in signs and in words.

use super::comparators::{AFTER, BEFORE};
use super::fold::Glyph;
use super::least::{inclusive, least, of_life, weeks_and_days};
use super::measure::limit_words;
use super::outside::outside;
use super::rank::{rank, ranked};
use super::restated::{counted, named_for_two, out_of, said_twice};
use super::token::{Placed, Sign, Token};

pub(super) fn comparator(rest: &[Glyph]) -> Option<(Token, usize)> {
    let sign = |at: usize| rest.get(at).map(|glyph| glyph.sign);
    let (sign, length) = match (sign(0)?, sign(1)) {
        ('>', Some('=')) | ('=', Some('>')) => (Sign::AtLeast, 2),
        ('<', Some('=')) | ('=', Some('<')) => (Sign::AtMost, 2),
        ('≥', _) => (Sign::AtLeast, 1),
        ('≤', _) => (Sign::AtMost, 1),
        ('>', Some(c)) if c != '>' && c != '<' => (Sign::More, 1),
        ('<', Some(c)) if c != '>' && c != '<' => (Sign::Less, 1),
        _ => return None,
    };
    Some((Token::Sign(sign), length))
}

/// Signs in words become signs, and `> or =` one sign.
pub(super) fn joined(tokens: Vec<Placed>) -> Vec<Placed> {
    let mut tokens = of_life(weeks_and_days(counted(inclusive(said_twice(named_for_two(out_of(tokens)))))));
    let mut found: Vec<Placed> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some([first, ..]) = tokens.get(at..) {
        let rest = tokens.get(at..).unwrap_or_default();
        // "Life expectancy within 12 months"
        let expected = found.last().is_some_and(|last| last.says(&["expectancy"]));
        let own = if expected && first.says(&["within"]) && is_number(rest, 1) {
            Some((Token::Sign(Sign::AtMost), 1))
        } else {
            doubled(rest)
        };
        let spoken = if own.is_none() { before(rest) } else { None };
        let aged = spoken.as_ref().and_then(|(_, length)| of_age(rest, *length));
        if let Some((token, length)) = own.or(spoken).or_else(|| after(rest, found.last())) {
            let to = rest.get(length - 1).map_or(first.to, |last| last.to);
            let range = found.last().is_some_and(|last| last.token == Token::To);
            if let Some((word, _)) = aged.filter(|(word, _)| !(range && *word == OLDER)) {
                found.push(Placed { token: Token::Word(word.to_owned()), from: first.from, to: first.from });
            }
            let older = matches!(token, Token::After(_)) && matches!(word(rest, 1), Some("older" | "younger"));
            found.push(Placed { token, from: first.from, to });
            if older {
                found.push(Placed { token: Token::Word("old".to_owned()), from: to, to });
            }
            at += aged.map_or(length, |(_, skipped)| skipped);
            continue;
        }
        found.extend(taken(&mut tokens, at));
        at += 1;
    }
    denied(&mut found);
    negative(&mut found);
    between(&mut found);
    outside(&mut found);
    limits(&mut found);
    normal_ranges(&mut found);
    least(&mut found);
    ranked(&mut found);
    found
}

pub(super) fn word(rest: &[Placed], at: usize) -> Option<&str> {
    match rest.get(at).map(|placed| &placed.token) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

pub(super) fn is_number(rest: &[Placed], at: usize) -> bool {
    matches!(rest.get(at).map(|placed| &placed.token), Some(Token::Number(_)))
}

/// The token at a place, which nothing looks at again.
pub(super) fn taken(tokens: &mut [Placed], at: usize) -> Option<Placed> {
    let placed = tokens.get_mut(at)?;
    Some(Placed { token: std::mem::replace(&mut placed.token, Token::To), ..*placed })
}

/// `> or =`, `>/=`, `= or <`, `> or equal to`.
fn doubled(rest: &[Placed]) -> Option<(Token, usize)> {
    let token = |at: usize| rest.get(at).map(|placed| &placed.token);
    let or = |at: usize| word(rest, at) == Some("or") || matches!(token(at), Some(Token::Mark('/')));
    let wide = |sign: &Sign| match sign {
        Sign::More | Sign::AtLeast => Sign::AtLeast,
        Sign::Less | Sign::AtMost => Sign::AtMost,
    };
    let (sign, length) = match (token(0)?, token(1)?) {
        (Token::Sign(sign), Token::Mark('=')) => (sign, 2),
        (Token::Sign(sign), _) if or(1) && token(2) == Some(&Token::Mark('=')) => {
            (sign, if word(rest, 3) == Some("to") || matches!(token(3), Some(Token::To)) { 4 } else { 3 })
        }
        (Token::Sign(sign), _) if or(1) && word(rest, 2) == Some("equal") => {
            (sign, if word(rest, 3) == Some("to") { 4 } else { 3 })
        }
        (Token::Mark('='), _) if or(1) && rest.get(2).is_some_and(|placed| placed.sign().is_some()) => {
            return rest.get(2)?.sign().map(|sign| (Token::Sign(wide(&sign)), 3));
        }
        _ => return None,
    };
    Some((Token::Sign(wide(sign)), length))
}

/// A sign in words, if a number follows it.
fn before(rest: &[Placed]) -> Option<(Token, usize)> {
    let begins = |text: &str| {
        let mut length = 0;
        for part in text.split(' ') {
            if word(rest, length) != Some(part) {
                return None;
            }
            length += 1;
        }
        Some(length)
    };
    let first = word(rest, 0)?;
    let leads = |length: usize| {
        if rank(rest, length).is_some() {
            return true;
        }
        let skipped = (length..length + 4).find(|at| {
            !matches!(word(rest, *at), Some("the" | "a" | "age" | "ages" | "of" | "an" | "is"))
                && !rest.get(*at).is_some_and(|placed| placed.marks(&[':']))
        });
        skipped.is_some_and(|at| {
            is_number(rest, at)
                && (at == length || (length..at).any(|at| matches!(word(rest, at), Some("age" | "ages"))))
                || limit_words(rest, at).is_some()
        })
    };
    BEFORE
        .led(first)
        .find_map(|(text, sign)| Some((*sign, begins(text)?)))
        .filter(|(_, length)| leads(*length))
        .map(|(sign, length)| (Token::Sign(sign), length))
}

/// A word for "older than 18" and "over the age of 18", and how many tokens stand before the number.
fn of_age(rest: &[Placed], length: usize) -> Option<(&'static str, usize)> {
    let number = (length..length + 4).find(|at| is_number(rest, *at))?;
    if (length..number).any(|at| matches!(word(rest, at), Some("age" | "ages"))) {
        return Some(("age", number));
    }
    let older = (0..length).any(|at| matches!(word(rest, at), Some("older" | "younger")));
    let years = match rest.get(number + 1).map(|placed| &placed.token) {
        Some(Token::Unit(unit)) => unit == "y",
        _ => true,
    };
    (older && years).then_some((OLDER, length))
}

/// Stands before a number that is said to be an age: "older than".
pub(super) const OLDER: &str = "~older";

/// "Or more", "and above", the "to" of a range, the `+` of `18+`.
fn after(rest: &[Placed], last: Option<&Placed>) -> Option<(Token, usize)> {
    let (first, last) = (rest.first()?, last?);
    let counted = matches!(last.token, Token::Number(_) | Token::Unit(_));
    if first.token == Token::Mark('+') && matches!(last.token, Token::Number(_)) && last.to == first.from {
        let ends = !is_number(rest, 1) && rest.get(1).is_none_or(|next| next.token != Token::Mark('+'));
        return ends.then_some((Token::After(Sign::AtLeast), 1));
    }
    let own = word(rest, 0)?;
    if matches!(own, "to" | "through" | "thru" | "till" | "until") {
        let number =
            |at: usize| is_number(rest, at) || matches!(rest.get(at).map(|placed| &placed.token), Some(Token::Sign(_)));
        let spoken = before(rest.get(1..).unwrap_or_default()).is_some();
        return (number(1) || spoken).then_some((Token::To, 1));
    }
    let second = word(rest, 1)?;
    let said = |text: &str| text.strip_prefix(own).and_then(|rest| rest.strip_prefix(' ')) == Some(second);
    let (_, sign) = AFTER.led(own).find(|(text, _)| said(text))?;
    // "or over 75" is another bound, "75 or over" the same.
    let goes_on = is_number(rest, 2)
        || matches!(word(rest, 2), Some("than" | "then" | "equal"))
        || word(rest, 2) == Some("or") && word(rest, 3) == Some("equal");
    // "Or under guardianship" says something else.
    let side = matches!(word(rest, 1), Some("under" | "over" | "above" | "below" | "up" | "beyond"));
    let noun = word(rest, 2).is_some_and(|next| {
        ![
            "years",
            "year",
            "at",
            "who",
            "with",
            "and",
            "or",
            "in",
            "on",
            "of",
            "as",
            "for",
            "that",
            "to",
            "by",
            "but",
            "if",
            "prior",
            "within",
            "undergoing",
            "from",
            "points",
        ]
        .contains(&next)
    });
    let known =
        !(side && noun) && (counted || matches!(last.token, Token::Word(_)) || matches!(last.token, Token::Mark(')')));
    (known && !goes_on).then_some((Token::After(*sign), 2))
}

/// "Not > 3" is at most 3.
fn denied(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let not = matches!(word(tokens, at), Some("not"));
        let flipped = match tokens.get(at + 1).map(|placed| &placed.token) {
            Some(Token::Sign(sign)) if not => Some(match sign {
                Sign::More => Sign::AtMost,
                Sign::AtLeast => Sign::Less,
                Sign::Less => Sign::AtLeast,
                Sign::AtMost => Sign::More,
            }),
            _ => None,
        };
        if let (Some(sign), Some(first)) = (flipped, tokens.get(at).map(|placed| placed.from)) {
            tokens.remove(at);
            if let Some(placed) = tokens.get_mut(at) {
                *placed = Placed { token: Token::Sign(sign), from: first, to: placed.to };
            }
        }
        at += 1;
    }
}

/// `< -2.5`
fn negative(tokens: &mut Vec<Placed>) {
    let mut at = 1;
    while at + 1 < tokens.len() {
        let minus = match tokens.get(at - 1..at + 2) {
            Some([before, minus, number]) if minus.token == Token::Mark('-') && minus.to == number.from => {
                match (&before.token, &number.token) {
                    (Token::Sign(_) | Token::To, Token::Number(value)) => {
                        format!("-{value}").parse().ok().map(|value| (value, minus.from))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some((value, from)) = minus {
            tokens.remove(at);
            if let Some(placed) = tokens.get_mut(at) {
                *placed = Placed { token: Token::Number(value), from, to: placed.to };
            }
        }
        at += 1;
    }
}

/// "Between 3 and 5", "between the ages of 18 and 65": its "and" is a "to".
fn between(tokens: &mut [Placed]) {
    let mut open = None;
    let mut low = None;
    for at in 0..tokens.len() {
        match tokens.get(at).map(|placed| &placed.token) {
            Some(Token::Word(word)) if word == "between" || word == "介于" => (open, low) = (Some(at), None),
            Some(Token::Number(_)) if low.is_none() => low = Some(at),
            Some(Token::Word(word)) if matches!(word.as_str(), "and" | "to") => {
                let near = open.is_some_and(|open| at - open <= 9) && low.is_some_and(|low| at - low <= 4);
                let number = is_number(tokens, at + 1);
                if near
                    && number
                    && let Some(placed) = tokens.get_mut(at)
                {
                    placed.token = Token::To;
                    (open, low) = (None, None);
                }
            }
            Some(Token::Sign(_) | Token::To | Token::After(_)) => (open, low) = (None, None),
            _ => {}
        }
    }
}

/// "> reference range 3 times the upper limit": the words before the number say no more than its unit.
fn normal_ranges(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        let says = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|placed| placed.says(words));
        let range = says(at + 1, &["reference", "normal"]) && says(at + 2, &["range", "value", "values"]);
        let limit = matches!(tokens.get(at + 4).map(|placed| &placed.token), Some(Token::Unit(unit)) if matches!(unit.as_str(), "xULN" | "xLLN"));
        if tokens.get(at).is_some_and(|placed| placed.sign().is_some()) && range && is_number(tokens, at + 3) && limit {
            tokens.drain(at + 1..at + 3);
        }
        at += 1;
    }
}

/// "Above the upper limit of normal" is more than once the limit; `ULN × 2.5` is 2.5 times.
fn limits(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while at < tokens.len() {
        let Some((unit, length)) = limit_words(tokens, at) else {
            at += 1;
            continue;
        };
        let (Some(first), Some(last)) =
            (tokens.get(at).map(|placed| placed.from), tokens.get(at + length - 1).map(|placed| placed.to))
        else {
            return;
        };
        let times = (at + length..at + length + 3).find(|at| {
            !matches!(tokens.get(*at).map(|placed| &placed.token), Some(Token::Mark('×' | '*' | ')')))
                && !matches!(word(tokens, *at), Some("x" | "的"))
        });
        let multiple = times.filter(|times| {
            is_number(tokens, *times)
                && (*times > at + length
                    || matches!(word(tokens, *times + 1), Some("倍" | "times"))
                    || !unit.is_empty() && word(tokens, at).is_some_and(|word| !word.is_ascii()))
        });
        let signed = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|placed| matches!(placed.token, Token::Sign(_)));
        if let Some(number) = multiple {
            let value = tokens.get(number).cloned();
            let end = if matches!(word(tokens, number + 1), Some("倍" | "times")) { number + 2 } else { number + 1 };
            let to = tokens.get(end - 1).map_or(last, |placed| placed.to);
            if let Some(Placed { token, .. }) = value {
                let both =
                    [Placed { token, from: first, to: last }, Placed { token: Token::Unit(unit), from: last, to }];
                tokens.splice(at..end, both);
                at += 2;
                continue;
            }
        } else if signed && let Ok(one) = "1".parse() {
            let both = [
                Placed { token: Token::Number(one), from: first, to: first },
                Placed { token: Token::Unit(unit), from: first, to: last },
            ];
            tokens.splice(at..at + length, both);
            at += 2;
            continue;
        }
        at += length;
    }
}
