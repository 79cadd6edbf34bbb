//! Comparisons: a clause cut into parts, each read, and joined again.

use crate::model::concept::Concept;
use crate::model::expression::Expression;
use crate::model::record::Subject;

use super::age::{MEN, PEOPLE, WOMEN, age};
use super::alternatives::alternatives;
use super::around::DENIES;
use super::bounds::{End, Join};
use super::clause::{Clause, Reading};
use super::coded::{coded, may_name};
use super::comparison::Comparison;
use super::condition::{Condition, condition};
use super::logic::together;
use super::pair::{respective, sexes};
use super::piece::{Piece, piece, says_nothing};
use super::row::rows;
use super::segment::{Segment, one_join, segments};
use super::subject::{About, concept, measured, scale, total};
use super::tail::closing;
use super::token::{Placed, Token};
use super::unmeasured::is_no_measure;
use super::value::values;

/// A part of a clause, and what was read of it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What joins it to the one before.
    pub(super) join: Join,
    /// Its tokens.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) piece: Piece,
}

/// A clause that compares values with bounds.
pub(super) fn compared(clause: Clause<'_>) -> Option<Reading> {
    // "If …, then …" is no comparison.
    if clause.tokens.iter().any(|placed| placed.says(&["则", "then"])) {
        return None;
    }
    if let Some(read) = respective(clause) {
        return read;
    }
    if let Some(read) = alternatives(clause) {
        return Some(read);
    }
    if !may_count(clause.tokens) {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut denied = false;
    let mut some = None;
    let mut asked_of_some = 0;
    let segments = peopled(clause, aged(clause, segments(clause, &values(clause.tokens))));
    let count = segments.len();
    let own = |segment: &Segment| counts(clause.part(segment.from, segment.to), segment.from == 0);
    let counted: Vec<Option<Piece>> = segments.iter().map(own).collect();
    if !counted.iter().flatten().any(compares) {
        return None;
    }
    let behind: Vec<Option<Join>> = segments.iter().skip(1).map(|next| Some(next.join)).chain([None]).collect();
    for ((Segment { join, from, to }, counted), behind) in segments.into_iter().zip(counted).zip(behind) {
        let part = clause.part(from, to);
        // "A screening or historical value": any of the two
        let of_two = behind == Some(Join::Or) && part.tokens.last().is_some_and(|last| last.says(&["screening"]));
        if count > 1 && says_nothing(part.tokens) && !of_two {
            continue;
        }
        // "For women, …": what follows is asked of nobody else.
        if let Some(condition) = for_some(part).filter(|_| to < clause.tokens.len()) {
            some = Some(condition);
            continue;
        }
        // "…, those who are": others than those of whom something was denied
        let others = part.tokens.first().is_some_and(|first| first.says(&["those"]))
            && part.tokens.get(1).is_some_and(|next| next.says(&["who", "with", "whose", "aged"]));
        // "… and only individuals of 18 years or older"
        let only = part.tokens.first().is_some_and(|first| first.says(&["only"]))
            && part.tokens.get(1).is_some_and(|next| next.says(&PEOPLE));
        denied &= !(others && join != Join::And || only);
        // What stands behind a "no" may be denied as well.
        let piece = if denied { Piece::Nothing } else { counted.unwrap_or_else(|| piece(part, from == 0)) };
        // "A single or dual chamber system": half a name
        let half = matches!(piece, Piece::Other(_))
            && behind.is_some_and(|join| join != Join::Comma)
            && part.tokens.last().is_some_and(|last| last.says(&QUALITIES) || is_quality(last));
        // "Severe liver disease and/or ALT or AST > 2.5": the last of them has the bound behind it
        let shares = matches!(piece, Piece::Other(_))
            && behind.is_some_and(|join| join != Join::Comma)
            && (from..to).any(|at| concept(clause.tokens, at, to).is_some_and(measured));
        let piece = if half || shares { Piece::Nothing } else { piece };
        let piece =
            if of_age(part, &piece) && speaks_of_others(clause.part(0, from).tokens) { Piece::Nothing } else { piece };
        let piece = match (some.take(), piece) {
            (Some(condition), Piece::Compared(mut own)) if own.arms.iter().all(|arm| arm.condition.is_none()) => {
                own.arms.iter_mut().for_each(|arm| arm.condition = Some(condition.clone()));
                asked_of_some += 1;
                Piece::Compared(own)
            }
            // How far it reaches is not known.
            (Some(_), _) => {
                denied = true;
                Piece::Nothing
            }
            (None, piece) => piece,
        };
        denied |= matches!(piece, Piece::Nothing) && part.tokens.iter().any(denies);
        add(&mut parts, Part { join, from, to, piece });
    }
    if asked_of_some > 0 && asked_of_some < parts.len() {
        return None;
    }
    let mut parts = rows(clause, parts);
    let read = |part: &Part| matches!(part.piece, Piece::Compared(_) | Piece::Defined(_) | Piece::Read(_));
    let back = parts.iter().position(|part| takes_back(clause, part));
    match back {
        None if parts.iter().any(read) => return together(clause, parts),
        Some(at) => {
            let rest = clause.part(parts.get(at)?.from, clause.tokens.len());
            parts.truncate(at);
            return if parts.iter().any(read) { without(clause, parts, rest) } else { None };
        }
        None => {}
    }
    parts.into_iter().find_map(|part| match part.piece {
        Piece::Doubtful(doubt) => Some(Reading::Doubtful(doubt)),
        Piece::Compared(_)
        | Piece::More(_)
        | Piece::Name(_)
        | Piece::Called(_)
        | Piece::Read(_)
        | Piece::Other(_)
        | Piece::Defined(_)
        | Piece::Nothing => None,
    })
}

/// A number stands here, or what may be the name of something that has classes.
fn may_count(tokens: &[Placed]) -> bool {
    tokens.iter().any(|placed| placed.number().is_some()) || may_name(tokens)
}

/// What is read of a part with a number or a class: nothing is compared in any other.
fn counts(part: Clause<'_>, first: bool) -> Option<Piece> {
    let counts = part.tokens.iter().any(|placed| placed.number().is_some()) || coded(part).is_some();
    counts.then(|| piece(part, first))
}

/// It compares, or says why it may.
fn compares(piece: &Piece) -> bool {
    match piece {
        Piece::Compared(_) | Piece::Read(_) | Piece::Defined(_) | Piece::Doubtful(_) => true,
        Piece::More(_) | Piece::Name(_) | Piece::Called(_) | Piece::Other(_) | Piece::Nothing => false,
    }
}

/// "For women", "in patients with gout": whom what follows is about.
fn for_some(clause: Clause<'_>) -> Option<Condition> {
    let first = clause.trimmed().tokens.first()?;
    let opens = first.says(&["for", "in", "among"]) && values(clause.tokens).is_empty();
    if opens { condition(clause.trimmed(), true) } else { None }
}

/// "Adults (18 to 65 years) with …": their age is a part of its own.
fn aged(clause: Clause<'_>, mut segments: Vec<Segment>) -> Vec<Segment> {
    let Some(Segment { join, from, to }) = segments.first().copied() else { return segments };
    let own = clause.part(from, to).tokens;
    let people = |placed: &Placed| placed.says(&PEOPLE) || placed.says(&MEN) || placed.says(&WOMEN);
    let open = own.iter().take_while(|placed| people(placed) || placed.says(&["and", "or"])).count();
    if open == 0 || !own.get(open).is_some_and(|placed| placed.marks(&['('])) {
        return segments;
    }
    let close = from + closing(own, open, own.len()) + 1;
    if close < to && age(clause.part(from, close)).is_some() {
        segments.splice(0..1, [Segment { join, from, to: close }, Segment { join: Join::And, from: close, to }]);
    }
    segments
}

/// "Men and women, between 18 and 80 years": people and the value behind them are one segment.
fn peopled(clause: Clause<'_>, segments: Vec<Segment>) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    for segment in segments {
        let own = clause.part(segment.from, segment.to).tokens;
        let goes_on = segment.join == Join::Comma && age(clause.part(segment.from, segment.to)).is_none();
        let years = values(own).iter().any(|value| value.ends.iter().any(|end| end.unit.as_deref() == Some("y")));
        match found.last_mut() {
            Some(last) if sexes(own).is_some() => last.to = segment.to,
            // "Bowel Preparation Scale, total score ≤ 2"
            Some(last)
                if segment.join == Join::Comma
                    && clause.part(last.from, last.to).tokens.last().is_some_and(scale)
                    && own
                        .iter()
                        .position(|placed| placed.sign().is_some())
                        .is_some_and(|sign| own.get(..sign).is_some_and(total)) =>
            {
                last.to = segment.to;
            }
            Some(last)
                if goes_on && years && {
                    let people = clause.part(last.from, last.to).tokens;
                    people.iter().any(|placed| placed.says(&MEN) || placed.says(&WOMEN))
                        && says_nothing_but_sex(people)
                        && age(clause.part(last.from, segment.to)).is_some()
                } =>
            {
                last.to = segment.to;
            }
            _ => found.push(segment),
        }
    }
    found
}

fn says_nothing_but_sex(tokens: &[Placed]) -> bool {
    tokens.iter().all(|placed| placed.says(&MEN) || placed.says(&WOMEN) || says_nothing(std::slice::from_ref(placed)))
}

/// What another part takes back is not known.
fn takes_back(clause: Clause<'_>, part: &Part) -> bool {
    let tokens = clause.part(part.from, part.to).tokens;
    !matches!(part.piece, Piece::Compared(_)) && tokens.iter().any(|placed| placed.says(&TAKE_BACK))
        || !clause.excludes && part.from > 0 && lets_in(tokens)
}

/// "Those with a BMI up to 28 will be included if …": they are let in beside those named before.
fn lets_in(tokens: &[Placed]) -> bool {
    let first = tokens.first().is_some_and(|placed| placed.says(&PEOPLE));
    let taken =
        |placed: &Placed| placed.says(&["included", "eligible", "allowed", "permitted", "acceptable", "enrolled"]);
    first && tokens.iter().any(taken) && tokens.iter().any(|placed| placed.says(&["if", "when", "may", "provided"]))
}

/// The parts before "unless …", which all that follows belongs to: what excludes needs them, and what includes needs no
/// more than them.
fn without(clause: Clause<'_>, parts: Vec<Part>, rest: Clause<'_>) -> Option<Reading> {
    let mut depth = 0_usize;
    let plain = rest.tokens.iter().all(|placed| {
        match placed.mark() {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') => depth = depth.saturating_sub(1),
            Some(',' | ';') if depth == 0 => return false,
            _ => {}
        }
        true
    });
    let opens = rest.tokens.first().is_some_and(|first| first.says(&["unless", "except"])) || lets_in(rest.tokens);
    if !plain || !opens {
        return None;
    }
    match (together(clause, parts)?, clause.excludes) {
        (Reading::Whole(read) | Reading::Necessary(read), true) => Some(Reading::Necessary(read)),
        (Reading::Whole(read) | Reading::Sufficient(read), false) => Some(Reading::Sufficient(read)),
        (Reading::Sufficient(_), true) | (Reading::Necessary(_), false) => None,
        (Reading::Unclear(_, _) | Reading::Doubtful(_), _) => None,
    }
}

/// "Regular aerobic", "visceral": its ending says that a thing is to follow.
fn is_quality(placed: &Placed) -> bool {
    const ENDS: [&str; 6] = ["bic", "ular", "ial", "eral", "ous", "ive"];
    placed.word().is_some_and(|word| word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end)))
}

/// What a thing is, without the thing.
pub(super) const QUALITIES: [&str; 33] = [
    "advanced",
    "metastatic",
    "unresectable",
    "progressive",
    "medical",
    "surgical",
    "single",
    "dual",
    "mild",
    "moderate",
    "severe",
    "acute",
    "chronic",
    "left",
    "right",
    "upper",
    "lower",
    "first",
    "second",
    "third",
    "partial",
    "complete",
    "primary",
    "secondary",
    "unstable",
    "stable",
    "active",
    "inactive",
    "new",
    "known",
    "suspected",
    "systemic",
    "local",
];

/// Words that take something back.
const TAKE_BACK: [&str; 12] = [
    "unless",
    "except",
    "excepting",
    "but",
    "however",
    "exception",
    "exceptions",
    "excluding",
    "除",
    "除外",
    "但",
    "例外",
];

/// Whose children or parents the ages behind them may be of.
pub(super) const OTHERS: [&str; 12] = [
    "parent",
    "parents",
    "caregiver",
    "caregivers",
    "guardian",
    "mother",
    "mothers",
    "father",
    "partner",
    "donor",
    "donors",
    "families",
];

fn speaks_of_others(tokens: &[Placed]) -> bool {
    let own = |at: usize| at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|before| before.says(&["their"]));
    tokens.iter().enumerate().any(|(at, placed)| placed.says(&OTHERS) && !own(at))
}

/// It compares an age.
fn of_age(part: Clause<'_>, piece: &Piece) -> bool {
    let known = |about: &About| matches!(about, About::Known(concept) if concept.id == "age");
    age(part).is_some() || matches!(piece, Piece::Compared(own) if own.about.iter().any(known))
}

/// A comparison of ages alone.
fn is_age(read: &Expression) -> bool {
    matches!(read, Expression::Compare(compare) if compare.subject == Subject::concept("age"))
}

/// One range that may be one of ages.
fn ages(more: &Comparison) -> bool {
    let years = |end: &End| end.unit.as_deref().is_none_or(|unit| unit == "y");
    matches!(more.arms.as_slice(), [arm] if arm.value.ends.len() == 2 && arm.value.ends.iter().all(years))
}

fn denies(placed: &Placed) -> bool {
    matches!(&placed.token, Token::Word(word) if DENIES.contains(&word.as_str()) || matches!(word.as_str(), "无" | "没有" | "未" | "非" | "if" | "除"))
}

/// Adds a part; a value without a subject has the one before.
fn add(parts: &mut Vec<Part>, part: Part) {
    let Part { join, from, to, piece } = part;
    match piece {
        Piece::More(mut more) => match parts.last_mut() {
            Some(Part { piece: Piece::Compared(last), to: end, .. }) => {
                more.arms.iter_mut().for_each(|arm| arm.join = join);
                last.arms.append(&mut more.arms);
                last.more |= more.more;
                last.unless |= more.unless;
                if more.qualified {
                    last.qualified = true;
                    last.about.iter_mut().for_each(About::plain);
                }
                *end = to;
            }
            // "13 to 17 years, or 18 to 20 if still at school"
            Some(Part { piece: Piece::Read(Reading::Whole(read)), .. }) if is_age(read) && ages(&more) => {
                more.arms.iter_mut().for_each(|arm| arm.condition = None);
                more.more = true;
                more.about.extend(Concept::named("age").map(About::Known));
                parts.push(Part { join, from, to, piece: Piece::Compared(more) });
            }
            _ => parts.push(Part { join, from, to, piece: Piece::Nothing }),
        },
        Piece::Compared(mut own) => {
            // "AST and ALT ≤ 2.5": names right before share the bounds.
            let mut shared = join;
            let mut joins = Vec::new();
            let mut start = from;
            let known = own.about.iter().all(|about| matches!(about, About::Known(_)));
            while let Some(Part { join: before, piece, from: first, .. }) = parts.last() {
                let named = match piece {
                    Piece::Name(concept) if known => About::Known(concept),
                    Piece::Called(name) if !is_no_measure(name) => About::Open(name.clone(), None),
                    Piece::Name(_)
                    | Piece::Called(_)
                    | Piece::Compared(_)
                    | Piece::More(_)
                    | Piece::Read(_)
                    | Piece::Other(_)
                    | Piece::Defined(_)
                    | Piece::Doubtful(_)
                    | Piece::Nothing => break,
                };
                own.about.insert(0, named);
                joins.push(shared);
                shared = *before;
                start = *first;
                parts.pop();
            }
            if !joins.is_empty() {
                own.shared = Some(one_join(&joins));
            }
            let join = if joins.is_empty() { join } else { shared };
            // "Men ≥ 50 kg, women ≥ 45 kg" is one comparison.
            if let Some(Part { piece: Piece::Compared(last), to: end, .. }) = parts.last_mut()
                && last.pairs_with(&own)
            {
                own.arms.iter_mut().for_each(|arm| arm.join = join);
                last.arms.append(&mut own.arms);
                last.more |= own.more;
                *end = to;
                return;
            }
            parts.push(Part { join, from: start, to, piece: Piece::Compared(own) });
        }
        Piece::Name(_)
        | Piece::Called(_)
        | Piece::Read(_)
        | Piece::Other(_)
        | Piece::Defined(_)
        | Piece::Doubtful(_)
        | Piece::Nothing => {
            parts.push(Part { join, from, to, piece });
        }
    }
}
