//! A list in one line: "Blood counts: A. haemoglobin > 90 g/L; B. platelets > 80 × 10^9/L".

use crate::model::expression::Expression;

use super::around::DENIES;
use super::bounds::Join;
use super::clause::{Clause, Reading};
use super::group::{Group, Many, group};
use super::piece::says_nothing;
use super::sentence::{Said, reading, unread};
use super::token::{Placed, Token};
use super::value::joint;

/// What a list with numbers or letters says: any of its parts excludes, what includes asks for each, unless its head says
/// otherwise. Nothing where it cannot be told how they hang together; `None` for what is no such list.
pub(super) fn inline(clause: Clause<'_>) -> Option<Said> {
    let marks = marks(clause.tokens, 1).or_else(|| {
        // The first mark was that of the item.
        let others = marks(clause.tokens, 2)?;
        Some([(0, 0)].into_iter().chain(others).collect())
    })?;
    let head = clause.part(0, marks.first()?.0);
    let ends = marks.iter().skip(1).map(|(from, _)| *from).chain([clause.tokens.len()]);
    let parts: Vec<Clause<'_>> = marks.iter().zip(ends).map(|((_, from), to)| clause.part(*from, to)).collect();
    let joins = parts.iter().take(parts.len() - 1).filter_map(|part| joint(&part.tokens.last()?.token));
    let joins: Vec<Join> = joins.filter(|join| *join != Join::Comma).collect();
    let group = group(head.glyphs());
    let many = match group {
        Some(Group { many, pure: true }) => Some(many),
        Some(Group { pure: false, .. }) => None,
        None => leads(head, clause.excludes).then_some(if clause.excludes { Many::Any } else { Many::All }),
    };
    let contrary = match many {
        Some(Many::All) => joins.contains(&Join::Or),
        Some(Many::Any) => joins.contains(&Join::And),
        Some(Many::AtLeast(_) | Many::None) | None => true,
    };
    if contrary || parts.iter().any(|part| part.tokens.is_empty() || takes_back(part)) {
        return Some(Said::nothing(Vec::new()));
    }
    let all = many == Some(Many::All);
    let mut read = Vec::new();
    let mut whole = group.is_some() || says_nothing(head.tokens);
    let mut doubts = Vec::new();
    for part in parts {
        let end = part.tokens.iter().rposition(|placed| joint(&placed.token).is_none()).map_or(0, |last| last + 1);
        let part = part.part(0, end).trimmed();
        let mut own = reading(part);
        if let Some(Reading::Unclear(inner, doubt)) = own {
            doubts.push(doubt);
            own = Some(*inner);
        }
        match own {
            Some(Reading::Whole(expression)) => read.push(expression),
            Some(Reading::Necessary(expression)) if all => {
                whole = false;
                read.push(expression);
            }
            Some(Reading::Necessary(expression)) => read.push(Expression::AllOf(vec![expression, unread(part)])),
            Some(Reading::Sufficient(expression)) if !all => {
                whole = false;
                read.push(expression);
            }
            Some(Reading::Doubtful(doubt)) => {
                whole = false;
                doubts.push(doubt);
            }
            Some(Reading::Sufficient(_) | Reading::Unclear(_, _)) | None => whole = false,
        }
    }
    if read.is_empty() {
        return Some(Said::nothing(doubts));
    }
    if !whole {
        read.push(unread(clause));
    }
    let expression = match (read.len(), all) {
        (1, _) => read.pop()?,
        (_, true) => Expression::AllOf(read),
        (_, false) => Expression::AnyOf(read),
    };
    Some(Said { expression: Some(expression), doubts })
}

/// Where each mark of the list begins, and one past it: two or more that count up from a place in it.
fn marks(tokens: &[Placed], start: usize) -> Option<Vec<(usize, usize)>> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut style = None;
    let mut at = 0;
    while at < tokens.len() {
        match mark(tokens, at).filter(|mark| {
            mark.place == found.len() + start && style.is_none_or(|style| style == (mark.letter, mark.closing))
        }) {
            Some(mark) => {
                style = Some((mark.letter, mark.closing));
                found.push((at, mark.to));
                at = mark.to;
            }
            None => at += 1,
        }
    }
    (found.len() > 1).then_some(found)
}

/// A number or a letter with a bracket or a stop behind it.
struct Mark {
    place: usize,
    letter: bool,
    closing: char,
    to: usize,
}

fn mark(tokens: &[Placed], at: usize) -> Option<Mark> {
    const LETTERS: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let open = usize::from(tokens.get(at)?.marks(&['(']));
    let (place, letter) = match &tokens.get(at + open)?.token {
        Token::Number(number) => (usize::try_from(number.whole()?).ok()?, false),
        Token::Word(word) => (LETTERS.iter().position(|letter| letter == word)? + 1, true),
        Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) | Token::Mark(_) => {
            return None;
        }
    };
    let closing = tokens.get(at + open + 1)?.mark()?;
    let closes = if open == 1 { closing == ')' } else { matches!(closing, ')' | '.') };
    // A decimal point, "e.g.", or the end of a bracket is no mark.
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let free = before.is_none_or(|before| {
        before.marks(&[':', ';', ',', '.', '，', '；'])
            || before.says(&["and", "or"])
            || matches!(before.token, Token::Unit(_))
    });
    let follows = tokens.get(at + open + 2).is_some_and(|next| next.mark().is_none());
    (closes && free && follows).then_some(Mark { place, letter, closing, to: at + open + 2 })
}

/// The words before the list lead to it, and say nothing of how its parts hang together, nor for whom it is.
fn leads(head: Clause<'_>, excludes: bool) -> bool {
    const SOME: [&str; 14] = [
        "group", "groups", "cohort", "cohorts", "arm", "arms", "control", "controls", "part", "phase", "if", "when",
        "for", "in",
    ];
    const ANY: [&str; 9] = ["any", "one", "either", "least", "or", "two", "three", "some", "following"];
    const ALL: [&str; 4] = ["all", "both", "each", "and"];
    let colon = head.tokens.last().is_none_or(|last| last.marks(&[':', '：']));
    let hangs = if excludes { ALL.as_slice() } else { &ANY };
    let mut depth = 0_usize;
    // What stands in brackets is said beside it.
    let mut outside = head.tokens.iter().filter(|placed| {
        match placed.mark() {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    colon && !outside.any(|placed| placed.says(&SOME) || placed.says(&DENIES) || placed.says(hangs))
}

/// A part that hangs on those before it, or gives leave.
fn takes_back(part: &Clause<'_>) -> bool {
    part.tokens.iter().any(|placed| {
        placed.says(&["unless", "except", "however", "if", "otherwise", "may", "allowed", "permitted", "but"])
    })
}
