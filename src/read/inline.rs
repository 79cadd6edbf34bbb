//! A list in one line: "Blood counts: A. haemoglobin > 90 g/L; B. platelets > 80 × 10^9/L".

use crate::model::expression::{Conditional, Expression};

use super::bounds::Join;
use super::clause::Clause;
use super::frame::framed;
use super::function::{function, of_some};
use super::gather::{Gathered, gathered};
use super::group::{Group, Many, group};
use super::sentence::{Said, unread};
use super::token::{Placed, Token, is_chinese};
use super::value::joint;

/// What a list with numbers or letters says: any of its parts excludes, what includes asks for each, unless its head says
/// otherwise. Nothing where it cannot be told how they hang together; `None` for what is no such list.
pub(super) fn inline(clause: Clause<'_>) -> Option<Said> {
    let clause = framed(clause)?;
    if clause.glyphs().iter().any(|glyph| is_chinese(glyph.sign)) {
        return None;
    }
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
    let whom = of_some(head.glyphs());
    let tested = function(head.glyphs(), clause.excludes);
    // "Liver trouble as shown by any of the following": no more than they is needed, and some more than they.
    let more = matches!(group, Some(Group { pure: false, .. }));
    let many = match group {
        Some(Group { many, .. }) => Some(many),
        None if whom || head.tokens.is_empty() => Some(if clause.excludes { Many::Any } else { Many::All }),
        None => tested.map(|(many, _)| many),
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
    let said = group.is_some() || whom || head.tokens.is_empty() || tested.is_some_and(|(_, pure)| pure);
    let Gathered { mut read, whole, doubts, .. } = gathered(parts.into_iter().map(unjoined), all);
    let whole = said && whole;
    if read.is_empty() || more && !all && !whole {
        return Some(Said::nothing(doubts));
    }
    if more {
        let each = if all { Expression::AllOf(read) } else { Expression::AnyOf(read) };
        return Some(Said { expression: Some(Expression::AllOf(vec![each, unread(clause)])), doubts });
    }
    if !whole {
        read.push(unread(clause));
    }
    let expression = match (read.len(), all) {
        (1, _) => read.pop()?,
        (_, true) => Expression::AllOf(read),
        (_, false) => Expression::AnyOf(read),
    };
    let expression = match (whom, clause.excludes) {
        (false, _) => expression,
        (true, true) => Expression::AllOf(vec![unread(head.trimmed()), expression]),
        (true, false) => {
            Expression::When(Box::new(Conditional { condition: unread(head.trimmed()), then: expression }))
        }
    };
    Some(Said { expression: Some(expression), doubts })
}

/// A part without the word that joins the next to it.
fn unjoined(part: Clause<'_>) -> Clause<'_> {
    let end = part.tokens.iter().rposition(|placed| joint(&placed.token).is_none()).map_or(0, |last| last + 1);
    part.part(0, end).trimmed()
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
            || closing == '.' && before.marks(&[')'])
            || before.says(&["and", "or"])
            || matches!(before.token, Token::Unit(_))
    });
    let follows = tokens.get(at + open + 2).is_some_and(|next| next.mark().is_none());
    (closes && free && follows).then_some(Mark { place, letter, closing, to: at + open + 2 })
}

/// A part that hangs on those before it, or gives leave.
fn takes_back(part: &Clause<'_>) -> bool {
    part.tokens.iter().any(|placed| {
        placed.says(&["unless", "except", "however", "if", "otherwise", "may", "allowed", "permitted", "but"])
    })
}
