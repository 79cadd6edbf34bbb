//! A Chinese item that is a list in one line: its parts stand between semicolons.

use crate::model::expression::Expression;

use super::chinese_whole::is_judged;
use super::clause::Clause;
use super::fold::shown;
use super::gather::{Gathered, gathered};
use super::sentence::{Said, unread};
use super::token::{Placed, Token, is_chinese};

/// Words at the beginning of a part that hang it on the parts before.
const HANGS: [&str; 14] =
    ["但", "除", "除外", "如", "如果", "若", "则", "例外", "否", "对", "对于", "且", "并", "并且"];

/// What the parts of a list say: any of them excludes, what includes asks for each. `None` for what is no such list.
pub(super) fn listed(clause: Clause<'_>, sentences: &[Clause<'_>]) -> Option<Said> {
    let parts: Vec<Clause<'_>> = sentences.iter().flat_map(|sentence| parts(*sentence)).collect();
    let chinese = clause.glyphs().iter().any(|glyph| is_chinese(glyph.sign));
    if parts.len() < 2 || parts.len() == sentences.len() || !chinese {
        return None;
    }
    let starts = |part: &Clause<'_>, words: &[&str]| part.tokens.first().is_some_and(|first| first.says(words));
    let later = parts.get(1..)?;
    let or = later.iter().filter(|part| starts(part, &["或", "或者"])).count();
    if later.iter().any(|part| starts(part, &HANGS))
        || or > 0 && !clause.excludes
        || opposite(parts.first()?, clause.excludes)
        || clause.excludes && is_judged(&shown(clause.glyphs()))
    {
        return None;
    }
    let Gathered { mut read, left, whole, doubts } = gathered(parts.iter().map(|part| bare(*part)), !clause.excludes);
    // A bound without a subject of its own may be that of a part before, for some of the people.
    if !clause.excludes && left.iter().any(|part| bounds_others(*part)) {
        return None;
    }
    if read.is_empty() {
        return None;
    }
    if !whole {
        read.push(unread(clause));
    }
    let expression = match (read.len(), clause.excludes) {
        (1, _) => read.pop()?,
        (_, true) => Expression::AnyOf(read),
        (_, false) => Expression::AllOf(read),
    };
    Some(Said { expression: Some(expression), doubts })
}

/// A bound, right behind those for whom it is, or with nothing before it.
fn bounds_others(part: Clause<'_>) -> bool {
    let tokens = part.tokens;
    (0..tokens.len()).any(|at| {
        let whom = at.checked_sub(1).and_then(|before| tokens.get(before));
        let bound = tokens.get(at).is_some_and(|placed| placed.sign().is_some() || placed.number().is_some());
        bound
            && whom.is_none_or(|whom| {
                whom.says(&["者", "患者", "受试者", "时", "人"]) || whom.marks(&[',', '，', ':', '：'])
            })
    })
}

/// The stretches between the semicolons outside of brackets.
fn parts(sentence: Clause<'_>) -> Vec<Clause<'_>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, placed) in sentence.tokens.iter().enumerate() {
        match placed.mark() {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            Some(';' | '；') if depth == 0 => {
                found.push(sentence.part(start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(sentence.part(start, sentence.tokens.len()));
    found.into_iter().map(Clause::trimmed).filter(|part| !part.tokens.is_empty()).collect()
}

/// The head of the list says that it hangs together the other way: any of what includes, all of what excludes.
fn opposite(first: &Clause<'_>, excludes: bool) -> bool {
    let text: String = first.glyphs().iter().map(|glyph| glyph.sign).collect();
    let Some((head, _)) = text.split_once([':', '：']) else { return false };
    let any = ["任", "之一", "至少", "一项", "一条", "其中"].iter().any(|word| head.contains(word));
    let all = ["同时", "所有", "均", "全部"].iter().any(|word| head.contains(word));
    if excludes { all } else { any }
}

/// Without its "or", its number in the list, and the head of the list before the first.
fn bare(part: Clause<'_>) -> Clause<'_> {
    let tokens = part.tokens;
    let head = tokens.iter().position(|placed| placed.marks(&[':', '：'])).filter(|at| {
        let announces = |placed: &Placed| placed.says(&["下", "列"]);
        tokens.get(..*at).is_some_and(|head| head.iter().any(announces))
    });
    let from = head.map_or(0, |at| at + 1);
    let from = from + usize::from(tokens.get(from).is_some_and(|placed| placed.says(&["或", "或者"])));
    let mark = |at: usize, marks: &[char]| tokens.get(at).is_some_and(|placed| placed.marks(marks));
    let number = |at: usize| {
        tokens.get(at).is_some_and(|placed| match &placed.token {
            Token::Number(number) => number.whole().is_some_and(|number| (1..=20).contains(&number)),
            Token::Word(word) => word.len() == 1,
            Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) | Token::Mark(_) => false,
        })
    };
    let open = usize::from(mark(from, &['(']));
    let closes: &[char] = if open == 1 { &[')'] } else { &[')', '.', '、', '）'] };
    let from = if number(from + open) && mark(from + open + 1, closes) { from + open + 2 } else { from };
    part.part(from, tokens.len()).trimmed()
}
