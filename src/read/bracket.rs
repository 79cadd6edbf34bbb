//! Values in brackets: what stands before them in numbers.

use crate::model::concept::Concept;
use crate::model::expression::Expression;

use super::age::{MEN, PEOPLE, WOMEN};
use super::around::{DENIES, LEADS_CHINESE};
use super::clause::{Clause, Reading};
use super::compare::compared;
use super::comparison::Comparison;
use super::fold::shown;
use super::owner::{grown, refined};
use super::piece::{Piece, piece, says_nothing};
use super::segment::{Segment, segments};
use super::sentence::unread;
use super::subject::{About, Named, measured, subject};
use super::tail::{Tail, closing, says};
use super::token::{Placed, Token};
use super::unnamed::frequency;
use super::value::{Value, values};

/// A segment whose values all stand in brackets, or which has none.
pub(super) fn bracketed(clause: Clause<'_>, found: &[Value]) -> Piece {
    let tokens = clause.tokens;
    if found.is_empty() {
        let plain = clause.trimmed().tokens;
        let lead = plain.iter().position(|placed| !matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "either" | "both" | "a" | "an" | "the" | "serum" | "with" | "patients"))).unwrap_or(0);
        return match (lead..plain.len()).next().and_then(|_| named_whole(clause, lead, plain.len())) {
            Some(concept) if measured(concept) => Piece::Name(concept),
            _ => called(clause.trimmed()).map_or(Piece::Nothing, Piece::Called),
        };
    }
    let Some((open, close)) = around(tokens, found) else { return Piece::Nothing };
    let lead = clause.part(0, open);
    let takes_back = |placed: &Placed| matches!(&placed.token, Token::Word(word) if DENIES.contains(&word.as_str()) || matches!(word.as_str(), "无" | "未" | "不" | "非" | "if" | "除" | "除外"));
    let inside = clause.part(open + 1, close);
    let further = found.iter().filter(|value| value.from > close).any(|value| value.is_measured() || !value.signed);
    if lead.tokens.iter().any(takes_back) || further {
        return Piece::Nothing;
    }
    let (example, skipped) = abbreviated(inside.tokens);
    let inside = inside.part(skipped, inside.tokens.len());
    if let Some(more) = bounds_only(inside) {
        // "Limiting life expectancy (< 2 years)": no age
        return owned(clause, more, open, close)
            .map_or(Piece::Nothing, |own| Piece::Compared(Comparison { example, ..own }));
    }
    if is_no_age(lead.tokens, inside.tokens) {
        return Piece::Nothing;
    }
    let read = defined(compared(inside), example, inside);
    // "Loss within 6 months (e.g. > 10 %)": what counts is that of the time before the bracket.
    let behind = tokens.get(close..).unwrap_or_default();
    let timed = lead
        .tokens
        .iter()
        .chain(behind)
        .any(|placed| matches!(&placed.token, Token::Unit(_)) || placed.says(&["recent"]));
    // "Stenosis (with an area < 1 cm2 or …)": which of them is meant
    let narrows = inside.tokens.first().is_some_and(|first| first.says(&["with"]));
    if clause.excludes && (timed || narrows) && matches!(read, Piece::Read(Reading::Sufficient(_)) | Piece::Defined(_))
    {
        return Piece::Nothing;
    }
    read
}

/// "Life expectancy (< 2 years)", "symptoms (> 5 years)": a length of time by itself is the age of people alone.
fn is_no_age(lead: &[Placed], inside: &[Placed]) -> bool {
    let whom = |placed: &Placed| {
        placed.says(&PEOPLE) || placed.says(&MEN) || placed.says(&WOMEN) || placed.token == Token::Name("age")
    };
    let bare = inside.iter().all(|placed| placed.word().is_none() && !matches!(placed.token, Token::Name(_)));
    bare && !lead.iter().any(whom) && values(inside).iter().all(Value::is_time)
}

/// The outermost brackets around the first value.
fn around(tokens: &[Placed], found: &[Value]) -> Option<(usize, usize)> {
    let inside = |value: &&Value| {
        let before = tokens.get(..value.from).unwrap_or_default();
        let count = |marks: &[char]| before.iter().filter(|placed| placed.marks(marks)).count();
        count(&['(', '[']) > count(&[')', ']'])
    };
    let first = found.iter().find(inside)?.from;
    let mut open = tokens.iter().position(|placed| placed.marks(&['(', '[']))?;
    loop {
        let close = closing(tokens, open, tokens.len());
        if open < first && first < close {
            return Some((open, close));
        }
        let next = tokens.get(close..)?.iter().position(|placed| placed.marks(&['(', '[']))?;
        open = close + next;
    }
}

/// What brackets say of the words before them; examples are enough, and not needed.
fn defined(read: Option<Reading>, example: bool, inside: Clause<'_>) -> Piece {
    let excludes = inside.excludes;
    match read {
        Some(Reading::Whole(read)) if !example => Piece::Defined(read),
        Some(Reading::Necessary(read)) if !example => Piece::Read(Reading::Necessary(read)),
        // An example is enough to exclude; what includes asks for the words before it as well.
        Some(Reading::Whole(read) | Reading::Sufficient(read)) if excludes => Piece::Read(Reading::Sufficient(read)),
        Some(Reading::Whole(read) | Reading::Sufficient(read)) => {
            Piece::Read(Reading::Necessary(Expression::AnyOf(vec![read, unread(inside)])))
        }
        Some(Reading::Doubtful(doubt)) => Piece::Doubtful(doubt),
        // That the words hold wherever it does, the brackets do not say.
        Some(Reading::Unclear(inner, doubt)) => match *inner {
            Reading::Whole(read) | Reading::Necessary(read) if !example => {
                Piece::Read(Reading::Unclear(Box::new(Reading::Necessary(read)), doubt))
            }
            inner @ Reading::Sufficient(_) if excludes => Piece::Read(Reading::Unclear(Box::new(inner), doubt)),
            Reading::Whole(_)
            | Reading::Necessary(_)
            | Reading::Sufficient(_)
            | Reading::Doubtful(_)
            | Reading::Unclear(_, _) => Piece::Doubtful(doubt),
        },
        Some(Reading::Necessary(_)) | None => Piece::Nothing,
    }
}

/// "Both plaque score (PS)": a name that shares the bounds of the one behind it.
fn called(clause: Clause<'_>) -> Option<String> {
    const SCALES: [&str; 14] = [
        "score",
        "scores",
        "scale",
        "index",
        "ratio",
        "level",
        "levels",
        "concentration",
        "count",
        "pressure",
        "rate",
        "volume",
        "titer",
        "titre",
    ];
    // "Uncontrolled arterial pressure or systolic pressure < 80": it says by itself what it means.
    const GRADES: [&str; 14] = [
        "uncontrolled",
        "controlled",
        "elevated",
        "high",
        "low",
        "abnormal",
        "normal",
        "poor",
        "poorly",
        "unstable",
        "severe",
        "increased",
        "decreased",
        "raised",
    ];
    if clause.tokens.iter().any(|placed| placed.says(&GRADES)) {
        return None;
    }
    let both = clause.tokens.first().is_some_and(|placed| placed.says(&["both"]));
    let own = clause.part(usize::from(both), clause.tokens.len());
    let open = own.tokens.iter().position(|placed| placed.marks(&['(', '['])).unwrap_or(own.tokens.len());
    let scale = own.tokens.get(..open)?.last().is_some_and(|placed| placed.says(&SCALES));
    match subject(own, 0, own.tokens.len())?.about {
        About::Open(name, None) if both || scale && own.tokens.len() <= 8 => Some(name),
        About::Open(_, _) | About::Known(_) => None,
    }
}

/// "i.e.", "e.g.", "such as" at the beginning: whether only examples follow, and one past it.
fn abbreviated(tokens: &[Placed]) -> (bool, usize) {
    let letters = |first: &str, second: &str| {
        let row: Vec<&Token> = tokens.iter().take(4).map(|placed| &placed.token).collect();
        matches!(row.as_slice(), [Token::Word(a), Token::Mark('.'), Token::Word(b), ..] if a == first && b == second)
            || matches!(row.as_slice(), [Token::Word(both), ..] if both.chars().eq(first.chars().chain(second.chars())))
    };
    let marks = |from: usize| {
        (from..tokens.len())
            .find(|at| !matches!(tokens.get(*at).map(|placed| &placed.token), Some(Token::Mark(_))))
            .unwrap_or(from)
    };
    let long = |first: usize| {
        if matches!(tokens.get(1).map(|placed| &placed.token), Some(Token::Mark('.'))) { 3 } else { first }
    };
    if letters("i", "e") {
        return (false, marks(long(1)));
    }
    if letters("e", "g") {
        return (true, marks(long(1)));
    }
    let example =
        ["such as", "for example", "including", "like", "例如", "如"].iter().find_map(|said| says(tokens, 0, said));
    (example.is_some(), example.map_or(0, marks))
}

/// "(score ≥ 3)", "(< 26 kg in men; < 18 kg in women)": bounds of what stands before the bracket.
fn bounds_only(inside: Clause<'_>) -> Option<Comparison> {
    let skipped = inside.tokens.iter().position(|placed| !(matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "score" | "scores" | "of" | "range" | "i" | "e" | "grade" | "分" | "评分" | "or" | "a"))
        || matches!(placed.token, Token::Mark(_))))?;
    // "(E/E' > 8)" is a name.
    if inside.tokens.iter().take(skipped).any(|placed| placed.marks(&['/'])) {
        return None;
    }
    let inside = inside.part(skipped, inside.tokens.len());
    let found = values(inside.tokens);
    let mut all: Option<Comparison> = None;
    for Segment { join, from, to } in segments(inside, &found) {
        let mut more = match piece(inside.part(from, to), false) {
            Piece::More(more) => more,
            // "Alcohol (> 3 drinks a day)": what is counted is of what stands before the bracket.
            Piece::Compared(own)
                if own.arms.first().is_some_and(|arm| frequency(&arm.value).is_some()) && own.name.is_empty() =>
            {
                Comparison { about: Vec::new(), ..own }
            }
            Piece::Compared(_)
            | Piece::Name(_)
            | Piece::Called(_)
            | Piece::Read(_)
            | Piece::Other(_)
            | Piece::Defined(_)
            | Piece::Doubtful(_)
            | Piece::Nothing => return None,
        };
        match &mut all {
            None => all = Some(more),
            Some(all) => {
                more.arms.iter_mut().for_each(|arm| arm.join = join);
                all.arms.append(&mut more.arms);
                all.more |= more.more;
                all.unless |= more.unless;
                all.qualified |= more.qualified;
            }
        }
    }
    all
}

/// Gives bounds in brackets the subject before them.
fn owned(clause: Clause<'_>, mut own: Comparison, open: usize, close: usize) -> Option<Comparison> {
    let tokens = clause.tokens;
    let named = subject(clause, 0, open)?;
    let first = own.arms.first()?.value.clone();
    if !first.signed && close + 1 < tokens.len() {
        return None;
    }
    let (about, from) = match named {
        // "Adults (21+)"
        Named { about: About::Open(name, _), from }
            if first.signed && first.ends.iter().all(grown) && ends_in_people(&name) =>
        {
            (About::Known(Concept::named("age")?), from)
        }
        // "Alcohol consumption (> 2 drinks per day)": how much of it.
        Named { about: About::Known(concept), from } if !measured(concept) => {
            if !own.arms.iter().all(|arm| arm.value.signed && arm.value.is_measured()) {
                return None;
            }
            (About::Open(shown(clause.part(from, open).glyphs()), None), from)
        }
        named => refined(clause, named, &first, &Tail { age: first.aged, ..Tail::default() })?,
    };
    own.name = shown(clause.part(from, open).glyphs());
    own.about.push(about);
    own.more |= !says_nothing(clause.part(0, from).tokens) || close + 1 < tokens.len();
    Some(own)
}

/// The last word is one of people.
fn ends_in_people(name: &str) -> bool {
    let last = name.split_whitespace().last().map(str::to_lowercase);
    last.is_some_and(|last| PEOPLE.contains(&last.as_str()))
}

/// The concept that a stretch names, an abbreviation of it in brackets behind it included.
fn named_whole(clause: Clause<'_>, from: usize, to: usize) -> Option<&'static Concept> {
    match subject(clause, from, to)? {
        Named { about: About::Known(concept), from: own }
            if own == from || clause.tokens.get(from..own)?.iter().all(|placed| placed.says(&LEADS_CHINESE)) =>
        {
            Some(concept)
        }
        Named { .. } => None,
    }
}
