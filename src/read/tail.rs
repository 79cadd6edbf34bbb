//! What stands behind a value: when it counts, for whom, how it was measured.

use crate::model::window::Window;

use super::around::DENIES;
use super::clause::Clause;
use super::condition::{Condition, PERSONS, condition, named, of_some, those};
use super::fold::shown;
use super::owner::{is_moment, is_now};
use super::piece::outside;
use super::subject::{concept, measured as measured_concept};
use super::token::{Placed, Token};
use super::unit_words::spelled;
use super::value::{Value, values};
use super::window::window;

/// What stands behind a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    pub(super) condition: Option<Condition>,
    pub(super) window: Option<Window>,
    /// Words that say which value is meant: they belong to the subject.
    pub(super) fold: Vec<(usize, usize)>,
    /// Other values in brackets, with what stands behind each.
    pub(super) others: Vec<(Value, Tail)>,
    /// There is more that was not understood: it narrows what is asked.
    pub(super) more: bool,
    /// It takes something back: "unless", "except".
    pub(super) unless: bool,
    /// Brackets compare something else.
    pub(super) other: bool,
    /// Something else is enough too: "(or on treatment)".
    pub(super) either: bool,
    /// A word right behind the number that counts something nobody knows: "ppm".
    pub(super) unit: Option<String>,
    /// The bound is of an age: "old", "of age".
    pub(super) age: bool,
}

/// Words behind a value that change nothing.
const NOTHING: [&str; 46] = [
    "for any reason",
    "for any cause",
    "from any cause",
    "due to any cause",
    "of any cause",
    "due to any reason",
    "inclusive",
    "at screening",
    "at baseline",
    "at enrollment",
    "at enrolment",
    "at inclusion",
    "at study entry",
    "at the screening visit",
    "at the time of screening",
    "at the time of enrollment",
    "at the time of enrolment",
    "at the time of inclusion",
    "at the time of consent",
    "at the time of informed consent",
    "at time of screening",
    "at time of enrollment",
    "at time of consent",
    "at time of informed consent",
    "at the time of signing the informed consent",
    "at the time of signing informed consent",
    "at time of signing informed consent",
    "at entry",
    "at the time of study entry",
    "at screening visit",
    "at the baseline visit",
    "at baseline visit",
    "at the time of randomization",
    "at randomization",
    "at the time of the screening visit",
    "at the start of the study",
    "on the day of screening",
    "at study enrollment",
    "at study inclusion",
    "at the time of signing the consent",
    "at the moment of inclusion",
    "at time of inclusion",
    "level",
    "levels",
    "or so",
    "each",
];
const NOTHING_CHINESE: [&str; 18] = [
    "范围内",
    "范围",
    "者",
    "的",
    "患者",
    "受试者",
    "评分",
    "分",
    "含边界值",
    "包括边界值",
    "筛选时",
    "入组时",
    "签署知情同意书时",
    "签署ICF时",
    "签署知情同意时",
    "之",
    "间",
    "者者",
];
/// Words that begin what belongs to the subject.
const FOLDS: [&str; 28] = [
    "at",
    "on",
    "in",
    "by",
    "during",
    "after",
    "before",
    "prior",
    "per",
    "using",
    "from",
    "as",
    "measured",
    "calculated",
    "determined",
    "assessed",
    "according",
    "based",
    "via",
    "over",
    "of",
    "while",
    "under",
    "documented",
    "confirmed",
    "obtained",
    "performed",
    "estimated",
];
/// Of those the ones that say how it is measured.
const HOW: [&str; 17] = [
    "by",
    "per",
    "using",
    "as",
    "measured",
    "calculated",
    "determined",
    "assessed",
    "according",
    "based",
    "via",
    "documented",
    "confirmed",
    "obtained",
    "performed",
    "estimated",
    "on",
];

pub(super) fn word(tokens: &[Placed], at: usize) -> Option<&str> {
    match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

/// The words of `said`, one after the other, begin at a place: one past them.
pub(super) fn says(tokens: &[Placed], at: usize, said: &str) -> Option<usize> {
    let mut at = at;
    for part in said.split(' ') {
        if word(tokens, at) != Some(part) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The bracket that closes the one at a place.
pub(super) fn closing(tokens: &[Placed], open: usize, to: usize) -> usize {
    let mut depth = 0_usize;
    for at in open..to {
        match tokens.get(at).map(|placed| &placed.token) {
            Some(Token::Mark('(' | '[')) => depth += 1,
            Some(Token::Mark(')' | ']')) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    to
}

/// Reads what stands between a value and the end of its segment.
pub(super) fn tail(clause: Clause<'_>, from: usize, to: usize) -> Tail {
    let tokens = clause.tokens;
    let mut tail = Tail::default();
    let mut at = from;
    'tokens: while at < to {
        let Some(here) = tokens.get(at) else { break };
        if tail.window.is_none()
            && let Some((found, after)) = window(clause.part(0, to), measured(tokens, at))
            && after > at
        {
            tail.window = Some(found);
            at = after;
            continue;
        }
        if here.marks(&['(', '[']) {
            let close = closing(tokens, at, to);
            bracket(clause, at + 1, close, &mut tail);
            at = close + 1;
            continue;
        }
        if here.marks(&['.', ',', ';', ':', ')', ']', '，', '。', '；', '-', '"', '*', '之']) {
            at += 1;
            continue;
        }
        if let Some(word) = here.word() {
            for said in ["years old", "year old", "old", "of age", "in age", "years of age", "olds", "year olds"] {
                if let Some(after) = says(tokens, at, said) {
                    tail.age = true;
                    at = after;
                    continue 'tokens;
                }
            }
            if let Some(after) =
                NOTHING.iter().filter_map(|said| says(tokens, at, said)).filter(|after| *after <= to).max()
            {
                at = after;
                continue;
            }
            if NOTHING_CHINESE.contains(&word) {
                at += 1;
                continue;
            }
            // "When consent is obtained" is a moment.
            if word == "when" && is_now(tokens.get(at..to).unwrap_or_default()) {
                tail.fold.push((at, to));
                return tail;
            }
            if let Some(found) = condition(clause.part(at, to), false).filter(|_| tail.condition.is_none()) {
                tail.condition = Some(found);
                return tail;
            }
            if matches!(word, "unless" | "except" | "excluding" | "除" | "除外" | "other") {
                tail.unless = true;
                return tail;
            }
        }
        if at == from
            && let Some(unit) = counted(clause, at, to)
        {
            tail.unit = Some(unit);
            at += 1;
            continue;
        }
        let rest = tokens.get(at..to).unwrap_or_default();
        let takes_back = rest.iter().any(|placed| matches!(&placed.token, Token::Word(word) if DENIES.contains(&word.as_str()) || matches!(word.as_str(), "if" | "when" | "but" | "除" | "外")));
        let first = word(tokens, at);
        // "After 5 minutes of rest or an untreated block": something else
        let how = first.is_some_and(|word| HOW.contains(&word));
        let other = |or: usize| {
            tokens.get(or).is_some_and(|placed| placed.says(&["or"]))
                && !is_moment(tokens.get(or + 1..to.min(or + 4)).unwrap_or_default())
        };
        if !how && first.is_some_and(|word| FOLDS.contains(&word)) && (at..to).any(other) {
            tail.other = true;
            return tail;
        }
        if first.is_some_and(|word| FOLDS.contains(&word))
            && !takes_back
            && rest.len() <= 24
            && !values(rest).iter().any(|value| value.signed)
        {
            // "Measured by echocardiography within 6 months"
            let ends = |from: &usize| {
                let (found, after) = window(clause.part(0, to), *from).filter(|_| tail.window.is_none())?;
                (after >= to).then_some((*from, found))
            };
            match (at + 1..to).find_map(|from| ends(&from)) {
                Some((from, found)) if names_how(tokens.get(at..from).unwrap_or_default()) => {
                    tail.fold.push((at, from));
                    tail.window = Some(found);
                }
                Some(_) | None => {
                    tail.fold.push((at, to));
                    tail.more |= timed(rest);
                }
            }
        } else {
            tail.unless |= rest.iter().any(|placed| matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "unless" | "except" | "if" | "除" | "but")));
            tail.unless |= of_some(rest);
            // "On three readings or overt symptoms": something else
            tail.other |= clause.excludes
                && rest.iter().enumerate().any(|(at, placed)| placed.says(&["or"]) && outside(rest, at));
            tail.more = true;
        }
        return tail;
    }
    tail
}

/// A word right behind a number, with nothing or a bracket or a preposition behind it.
fn counted(clause: Clause<'_>, at: usize, to: usize) -> Option<String> {
    let tokens = clause.tokens;
    // "20 or more kilograms"
    if !matches!(tokens.get(at.checked_sub(1)?)?.token, Token::Number(_) | Token::After(_)) {
        return None;
    }
    let own = word(tokens, at)?;
    let ends = at + 1 >= to
        || matches!(tokens.get(at + 1).map(|placed| &placed.token), Some(Token::Mark(mark)) if *mark != '/')
        || word(tokens, at + 1)
            .is_some_and(|next| FOLDS.contains(&next) || matches!(next, "within" | "for" | "with" | "despite"));
    let plain = own.chars().all(|c| c.is_ascii_alphabetic())
        && !FOLDS.contains(&own)
        && !PERSONS.contains(&own)
        && !DENIES.contains(&own);
    let said =
        ["if", "when", "for", "with", "and", "or", "but", "unless", "except", "who", "x", "old", "yo"].contains(&own);
    let spelled = || spelled(&own.chars().collect::<Vec<char>>()).map(|(unit, _)| unit);
    (ends && plain && !said).then(|| spelled().unwrap_or_else(|| shown(clause.part(at, at + 1).glyphs())))
}

/// It speaks of a length of time.
pub(super) fn timed(tokens: &[Placed]) -> bool {
    tokens.iter().any(|placed| matches!(&placed.token, Token::Unit(unit) if matches!(unit.as_str(), "y" | "mo" | "wk" | "d" | "h" | "min")))
}

/// 含边界值, 包括18和75岁: the bounds themselves.
fn takes_in_its_ends(tokens: &[Placed]) -> bool {
    const ENDS: [&str; 13] =
        ["含边界值", "包括边界值", "两端值", "两端", "边界值", "临界值", "端值", "值", "和", "及", "与", "old", "两"];
    let leads = word(tokens, 0).is_some_and(|word| matches!(word, "含" | "包括" | "包含" | "含边界值" | "包括边界值"));
    leads
        && tokens.iter().skip(1).all(|placed| match &placed.token {
            Token::Word(word) => ENDS.contains(&word.as_str()),
            Token::Number(_) | Token::Unit(_) | Token::Mark(_) => true,
            Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) => false,
        })
}

/// Words that say how a value is measured, and nothing of when: "by echocardiography".
fn names_how(tokens: &[Placed]) -> bool {
    const ON: [&str; 16] = [
        "or", "and", "in", "by", "on", "of", "at", "during", "least", "most", "from", "for", "to", "the", "a", "after",
    ];
    let over = tokens.last().is_some_and(|last| !last.says(&ON) && (last.word().is_some() || last.marks(&[')', ','])));
    over && !timed(tokens) && !tokens.iter().any(|placed| placed.says(&["least", "not", "no"]))
}

/// Behind the words that only say that a value was measured: "documented within 6 months".
fn measured(tokens: &[Placed], at: usize) -> usize {
    const DONE: [&str; 17] = [
        "as",
        "was",
        "were",
        "and",
        "all",
        "measured",
        "obtained",
        "documented",
        "performed",
        "assessed",
        "determined",
        "done",
        "collected",
        "drawn",
        "recorded",
        "tested",
        "taken",
    ];
    let done = tokens.iter().skip(at).take_while(|placed| placed.says(&DONE)).count();
    // "As measured", but no "and" alone.
    let last = tokens.get((at + done).saturating_sub(1)).filter(|_| done > 0);
    if last.is_some_and(|last| last.says(&DONE[5..])) { at + done } else { at }
}

fn bracket(clause: Clause<'_>, from: usize, to: usize, tail: &mut Tail) {
    let inside = clause.part(from, to);
    let tokens = inside.tokens;
    // "(Obtained within 14 days before enrolment)"
    if tail.window.is_none()
        && let Some((found, after)) = window(inside, measured(tokens, 0))
        && after >= tokens.len()
    {
        tail.window = Some(found);
        return;
    }
    // "(Via clinical record within the past 6 months)"
    let ends = |from: &usize| window(inside, *from).filter(|(_, after)| *after >= tokens.len()).is_some();
    if tail.window.is_none()
        && tokens.first().is_some_and(|first| first.says(&["via", "by", "per", "on", "using", "from"]))
        && let Some(at) = (1..tokens.len()).find(ends)
        && names_how(tokens.get(..at).unwrap_or_default())
    {
        tail.window = window(inside, at).map(|(found, _)| found);
        tail.fold.push((from, from + at));
        return;
    }
    if tokens.is_empty() || says(tokens, 0, "inclusive").is_some() || takes_in_its_ends(tokens) {
        return;
    }
    // "(Or the legal age if > 18)" asks for no less.
    let legal = tokens.iter().any(|placed| placed.says(&["legal", "majority"]));
    if says(tokens, 0, "exclusive").is_some() || legal {
        tail.more = true;
        return;
    }
    // "(Within 30 days unless otherwise stated)" takes back the time alone.
    if tokens.iter().any(|placed| placed.says(&["unless"])) && tokens.iter().any(|placed| placed.says(&["otherwise"])) {
        tail.more = true;
        return;
    }
    let skipped = usize::from(matches!(word(tokens, 0), Some("or" | "or/and" | "或" | "but" | "和")));
    let found = values(tokens);
    if let [only] = found.as_slice()
        && only.signed
        && only.from > 0
        && only.to == tokens.len()
        && let Some(condition) = named(clause.part(from, from + only.from))
    {
        tail.others.push((only.clone(), Tail { condition: Some(condition), ..Tail::default() }));
        return;
    }
    if let Some(first) = found.first() {
        // "NT-proBNP ≥ 600 (BNP ≥ 150)": the one or the other, or the one in other words.
        tail.other |=
            concept(tokens, skipped, first.from).is_some_and(|named| measured_concept(named) && named.id != "age");
        if first.from == skipped && found.len() == 1 {
            let behind = self::tail(inside, first.to, tokens.len());
            tail.others.push((
                first.clone(),
                Tail { condition: behind.condition.clone().or_else(|| those(inside, first.to)), ..behind },
            ));
        } else {
            tail.more = true;
            tail.unless |= tokens.iter().any(|placed| matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "unless" | "except" | "if")));
        }
        return;
    }
    if matches!(word(tokens, 0), Some("or" | "or/and" | "或")) && concept(tokens, 1, tokens.len()).is_none() {
        tail.either = true;
        return;
    }
    if let Some(condition) = condition(inside, false).filter(|_| tail.condition.is_none()) {
        tail.condition = Some(condition);
        return;
    }
    if concept(tokens, 0, tokens.len()).is_some() || says(tokens, 0, "uln").is_some() {
        return;
    }
    let takes_back = tokens.iter().any(|placed| matches!(&placed.token, Token::Word(word) if DENIES.contains(&word.as_str()) || matches!(word.as_str(), "if" | "when" | "but" | "除" | "外")));
    if takes_back {
        tail.more = true;
        tail.unless = true;
    } else {
        tail.fold.push((from - 1, to + 1));
        tail.more |= timed(tokens);
    }
}
