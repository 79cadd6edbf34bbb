//! The frame: an item is cut into sentences, each is read, and what was read is joined again.

use crate::model::expression::{Expression, Unread};

use super::chinese_whole::takes_back as takes_back_in_chinese;
use super::clause::{Clause, Reading};
use super::doubt::Doubt;
use super::fold::{Glyph, shown, span};
use super::frame::{framed, turns};
use super::garbled::{is_corrupt, is_garbled};
use super::inline::inline;
use super::listed::listed;
use super::living::living;
use super::odds::at_odds;
use super::quoted::quoted;
use super::reserved::reserved;
use super::scan::letters;
use super::token::{Placed, Token, tokens};
use super::unsure::leaves_open;

/// What an item asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// Nothing, where no part of it was read. Parts that were not read are `unread` with an empty id.
    pub(super) expression: Option<Expression>,
    pub(super) doubts: Vec<Doubt>,
}

impl Said {
    pub(super) fn nothing(doubts: Vec<Doubt>) -> Said {
        Said { expression: None, doubts }
    }
}

/// No sentence with more tokens is looked at.
const LONGEST: usize = 300;

/// Reads an item; `excludes` where it stands on the exclusion list.
pub(super) fn read(text: &[Glyph], excludes: bool) -> Said {
    if let Some(expression) = quoted(text, excludes) {
        return Said { expression: Some(expression), doubts: Vec::new() };
    }
    let Some(tokens) = tokens(text) else { return Said::nothing(Vec::new()) };
    if is_garbled(&tokens) {
        return Said::nothing(vec![Doubt::Comparator]);
    }
    if is_corrupt(text) {
        return Said::nothing(vec![Doubt::Corrupt]);
    }
    let letters = letters(text);
    let clause = Clause { text, letters: &letters, tokens: &tokens, excludes }.trimmed();
    let sentences = sentences(clause);
    if turns(&tokens, excludes) {
        return but(clause, &sentences).unwrap_or_else(|| Said::nothing(Vec::new()));
    }
    if let Some(list) = inline(clause) {
        return list;
    }
    let whole = match sentences.as_slice() {
        [only] => said(clause, reading(*only)),
        _ => several(clause, &sentences),
    };
    let read = |said: &Said| {
        said.expression.as_ref().map_or((0, 0), |expression| {
            let unread = |leaf: &&Expression| matches!(leaf, Expression::Unread(_));
            let leaves = expression.leaves();
            (leaves.len() - leaves.iter().filter(|leaf| unread(leaf)).count(), usize::MAX - leaves.len())
        })
    };
    let said = match listed(clause, &sentences) {
        Some(listed) if read(&listed).0 > read(&whole).0 => listed,
        Some(_) | None => whole,
    };
    let sentence = shown(clause.glyphs());
    Said { expression: said.expression.and_then(|read| living(read, &sentence)), ..said }
}

pub(super) fn reading(sentence: Clause<'_>) -> Option<Reading> {
    let sentence = framed(sentence.trimmed())?;
    if sentence.tokens.len() > LONGEST || leaves_open(sentence) {
        return None;
    }
    reserved(sentence, sentence.reading()?)
}

/// Cuts at full stops.
fn sentences(clause: Clause<'_>) -> Vec<Clause<'_>> {
    let tokens = clause.tokens;
    let mut found = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, placed) in tokens.iter().enumerate() {
        match placed.mark() {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            Some('.' | '。') if depth == 0 && stops(clause, at) => {
                found.push(clause.part(start, at));
                start = at + 1;
            }
            _ if depth == 0 && begins_anew(clause, start, at) => {
                found.push(clause.part(start, at));
                start = at;
            }
            _ => {}
        }
    }
    found.push(clause.part(start, tokens.len()));
    found.retain(|part| !part.trimmed().tokens.is_empty());
    found
}

/// "… of age Subjects who …": the capital of the word that the sentence began with, where no stop is.
fn begins_anew(clause: Clause<'_>, start: usize, at: usize) -> bool {
    const WHOM: [&str; 6] = ["subjects", "patients", "participants", "individuals", "women", "men"];
    let capital = |placed: &Placed| clause.text.get(placed.from).is_some_and(|glyph| glyph.sign.is_uppercase());
    let (Some(first), Some(here)) = (clause.tokens.get(start), clause.tokens.get(at)) else { return false };
    let follows = at.checked_sub(1).and_then(|before| clause.tokens.get(before)).is_some_and(|before| {
        matches!(&before.token, Token::Word(word) if word.len() > 2) || matches!(before.token, Token::Unit(_))
    });
    at > start + 3 && here.says(&WHOM) && here.word() == first.word() && capital(here) && capital(first) && follows
}

/// A full stop with a new sentence behind it.
fn stops(clause: Clause<'_>, at: usize) -> bool {
    let tokens = clause.tokens;
    let (Some(stop), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
    if stop.token == Token::Mark('。') {
        return true;
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let short = matches!(before.map(|placed| &placed.token), Some(Token::Word(word)) if word.len() == 1 || matches!(word.as_str(), "vs" | "dr" | "approx" | "incl" | "eg" | "ie" | "max" | "min"));
    let capital = clause.text.get(next.from).is_some_and(|glyph| glyph.sign.is_uppercase());
    next.from > stop.to && capital && !short
}

/// Sentences that give leave, or take something back.
pub(super) const LEAVE: [&str; 22] = [
    "may",
    "allowed",
    "permitted",
    "acceptable",
    "eligible",
    "except",
    "exception",
    "exceptions",
    "unless",
    "however",
    "note",
    "waived",
    "if",
    "although",
    "excluded",
    "ineligible",
    "otherwise",
    "only",
    "除",
    "但",
    "如",
    "若",
];

/// "Basal cell carcinoma is allowed": behind what excludes it lets somebody in after all, and shuts nobody out.
fn takes_back(sentence: &Clause<'_>) -> bool {
    const IN: [&str; 5] = ["allowed", "permitted", "acceptable", "eligible", "允许"];
    const OUT: [&str; 12] =
        ["not", "no", "only", "unless", "if", "however", "excluded", "ineligible", "exclude", "must", "除", "不"];
    let says = |words: &[&str]| sentence.tokens.iter().any(|placed| placed.says(words));
    says(&IN) && !says(&OUT)
}

/// What excludes, before sentences that let some in after all: nobody else is excluded.
fn but(clause: Clause<'_>, sentences: &[Clause<'_>]) -> Option<Said> {
    let leave = sentences.iter().position(takes_back).filter(|leave| clause.excludes && *leave > 0)?;
    let (says, leaves) = sentences.split_at(leave);
    let turned = |sentence: &Clause<'_>| turns(sentence.tokens, true);
    if !leaves.iter().all(takes_back) || says.iter().any(turned) {
        return None;
    }
    let each: Option<Vec<Expression>> = says
        .iter()
        .map(|sentence| match reading(*sentence)? {
            Reading::Whole(read) | Reading::Necessary(read) => Some(read),
            Reading::Sufficient(_) | Reading::Unclear(_, _) | Reading::Doubtful(_) => None,
        })
        .collect();
    let mut each = each?;
    let any = if each.len() > 1 { Expression::AnyOf(each) } else { each.pop()? };
    Some(Said { expression: Some(Expression::AllOf(vec![any, unread(clause)])), doubts: Vec::new() })
}

/// How a further sentence about some of the people begins.
const SOME: [&str; 12] =
    ["in", "for", "if", "first", "other", "remaining", "male", "males", "men", "female", "females", "women"];

/// Several sentences: what includes asks for each of them, any of them excludes.
fn several(clause: Clause<'_>, sentences: &[Clause<'_>]) -> Said {
    let leave = |tokens: &[Placed], at: usize| {
        // "Reasons may include …" lists, and gives no leave.
        let lists = tokens.get(at + 1).is_some_and(|next| next.says(&["include", "vary", "range", "consist"]));
        tokens.get(at).is_some_and(|placed| placed.says(&LEAVE) && !(lists && placed.says(&["may"])))
    };
    let gives = |sentence: &Clause<'_>| (0..sentence.tokens.len()).any(|at| leave(sentence.tokens, at));
    // "Part 1: … Part 2: …": each is of some of the people.
    let part = |sentence: &Clause<'_>| {
        let some =
            sentence.tokens.first().is_some_and(|first| first.says(&["part", "cohort", "arm", "group", "phase"]));
        some && sentence.tokens.iter().take(8).any(|placed| placed.marks(&[':']))
    };
    let limits = |sentence: &Clause<'_>| clause.excludes && limits(sentence);
    if sentences.iter().skip(1).any(|sentence| gives(sentence) || limits(sentence)) || sentences.iter().any(part) {
        return Said::nothing(Vec::new());
    }
    let mut doubts = Vec::new();
    let mut read = Vec::new();
    let mut whole = true;
    for (number, sentence) in sentences.iter().enumerate() {
        // "In Korea, 19 or older", "the first two: …": of some alone; "… is defined as": of the one that it explains
        let some = number > 0
            && !clause.excludes
            && (sentence.tokens.first().is_some_and(|first| first.says(&SOME))
                || sentence.tokens.iter().any(|placed| {
                    placed.says(&["defined", "woman", "women", "nonpregnant", "postmenopausal", "menopausal"])
                }));
        let mut reading = if some { None } else { reading(*sentence) };
        if let Some(Reading::Unclear(inner, doubt)) = reading {
            doubts.push(doubt);
            reading = Some(*inner);
        }
        match reading {
            Some(Reading::Whole(expression)) => read.push(expression),
            Some(Reading::Necessary(expression)) if !clause.excludes => {
                whole = false;
                read.push(expression);
            }
            Some(Reading::Sufficient(expression)) if clause.excludes => {
                whole = false;
                read.push(expression);
            }
            Some(Reading::Doubtful(doubt)) => {
                whole = false;
                doubts.push(doubt);
            }
            Some(Reading::Necessary(_) | Reading::Sufficient(_) | Reading::Unclear(_, _)) | None => whole = false,
        }
    }
    let group = |mut parts: Vec<Expression>| match (parts.len(), clause.excludes) {
        (0, _) => None,
        (1, _) => parts.pop(),
        (_, true) => Some(Expression::AnyOf(parts)),
        (_, false) => Some(Expression::AllOf(parts)),
    };
    let apart = !clause.excludes && read.len() > 1 && at_odds(&Expression::AllOf(read.clone()));
    let expression = if read.is_empty() || apart {
        None
    } else {
        if !whole {
            read.push(unread(clause));
        }
        group(read)
    };
    Said { expression, doubts }
}

/// "For oral drugs the washout is 2 weeks", "this exclusion applies to …": it says of which of those before.
fn limits(sentence: &Clause<'_>) -> bool {
    const OPENS: [&str; 17] = [
        "for", "this", "these", "those", "it", "they", "in", "at", "such", "the", "where", "when", "note", "once",
        "after", "before", "subjects",
    ];
    const SAYS: [&str; 4] = ["applies", "apply", "washout", "means"];
    const DONE: [&str; 6] = ["required", "performed", "defined", "considered", "avoided", "assessed"];
    let tokens = sentence.tokens;
    let done = tokens.windows(3).any(|row| match row {
        [be, one, other] => {
            be.says(&["is", "are", "be", "was", "were", "as"])
                && (one.says(&DONE) || one.says(&["not", "also"]) && other.says(&DONE))
        }
        _ => false,
    });
    done || takes_back_in_chinese(&shown(sentence.glyphs()))
        || tokens.first().is_some_and(|first| first.says(&OPENS))
        || tokens.iter().any(|placed| placed.says(&SAYS))
}

fn said(clause: Clause<'_>, reading: Option<Reading>) -> Said {
    let whole = |expression, doubts| Said { expression: Some(expression), doubts };
    match reading {
        Some(Reading::Whole(expression)) => whole(expression, Vec::new()),
        // "A and something else" is A and the whole sentence.
        Some(Reading::Necessary(read)) => whole(Expression::AllOf(vec![read, unread(clause)]), Vec::new()),
        Some(Reading::Sufficient(read)) => whole(Expression::AnyOf(vec![read, unread(clause)]), Vec::new()),
        Some(Reading::Unclear(reading, doubt)) => {
            let mut said = said(clause, Some(*reading));
            said.doubts.push(doubt);
            said
        }
        Some(Reading::Doubtful(doubt)) => Said::nothing(vec![doubt]),
        None => Said::nothing(Vec::new()),
    }
}

/// A clause as it stands; whoever builds the criterion gives it its id.
pub(super) fn unread(clause: Clause<'_>) -> Expression {
    let glyphs = clause.glyphs();
    Expression::Unread(Unread { id: String::new(), text: shown(glyphs), span: span(glyphs) })
}
