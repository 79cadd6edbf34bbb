//! A sign before the name of a rank: "> grade 2", "greater than NYHA II".

use super::clause::Clause;
use super::fold::{Glyph, shown};
use super::tail::{Tail, tail};
use super::token::{Placed, Token};

/// Words for what is counted in ranks, and for who counts.
pub(super) const RANKS: [&str; 15] = [
    "grade", "grades", "class", "stage", "step", "nyha", "asa", "gina", "gold", "ctcae", "ctc", "nci", "ecog", "who",
    "level",
];

/// Stands where the sign stood that is before its number now.
pub(super) const RANKED: &str = "~ranked";

/// Puts a sign behind the name of the rank, before its number.
pub(super) fn ranked(tokens: &mut Vec<Placed>) {
    let mut at = 0;
    while let Some(sign) = tokens.get(at) {
        let number = rank(tokens, at + 1).filter(|number| *number > at + 1);
        if let (Some(sign), Some(number)) = (sign.sign(), number)
            && let Some(place) = tokens.get(number).map(|placed| placed.from)
        {
            tokens.insert(number, Placed { token: Token::Sign(sign), from: place, to: place });
            if let Some(said) = tokens.get_mut(at) {
                said.token = Token::Word(RANKED.to_owned());
            }
        }
        at += 1;
    }
}

/// The number behind the name of a rank that begins at a place.
pub(super) fn rank(tokens: &[Placed], from: usize) -> Option<usize> {
    let names = tokens.get(from..)?.iter().take_while(|placed| placed.says(&RANKS)).count();
    let number = tokens.get(from + names).filter(|_| (1..=4).contains(&names))?;
    let counted = number.number().is_some() || number.says(&["i", "ii", "iii", "iv", "v"]);
    counted.then_some(from + names)
}

/// A name without the sign that stood in it.
pub(super) fn unsigned(text: &[Glyph], tokens: &[Placed]) -> String {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return String::new() };
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut from = first.from;
    for sign in tokens.iter().filter(|placed| placed.says(&[RANKED])) {
        glyphs.extend(text.get(from..sign.from).unwrap_or_default().iter().cloned());
        from = sign.to + text.iter().skip(sign.to).take_while(|glyph| glyph.sign == ' ').count();
    }
    glyphs.extend(text.get(from..last.to).unwrap_or_default().iter().cloned());
    shown(&glyphs)
}

/// "Grade ≥ 2 neuropathy": what the rank is of, and what stands behind it.
pub(super) fn rank_of(clause: Clause<'_>, name: &str, to: usize) -> Ranked {
    const BY: [&str; 6] = ["according", "by", "per", "as", "using", "based"];
    const ENDS: [&str; 24] = [
        "of",
        "in",
        "on",
        "at",
        "by",
        "per",
        "as",
        "for",
        "with",
        "without",
        "within",
        "during",
        "from",
        "to",
        "after",
        "before",
        "according",
        "using",
        "based",
        "who",
        "that",
        "which",
        "at",
        "prior",
    ];
    const NONE: [&str; 8] = ["if", "when", "or", "and", "but", "unless", "except", "not"];
    const UNSAID: [&str; 6] = ["grade", "grades", "class", "stage", "step", "level"];
    let tokens = clause.tokens;
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let is_rank = |word: &String| RANKS.contains(&word.as_str());
    let own = words(name);
    let alone = own.iter().all(is_rank);
    if !own.last().is_some_and(is_rank) {
        return Ranked::No;
    }
    let noun = tokens.iter().skip(to).take_while(|placed| {
        placed.word().is_some_and(|word| !ENDS.contains(&word) && !NONE.contains(&word)) || placed.marks(&['-'])
    });
    let end = to + noun.count();
    if end == to {
        return if alone && own.iter().all(|word| UNSAID.contains(&word.as_str())) {
            Ranked::Unclear
        } else {
            Ranked::No
        };
    }
    let behind = tail(clause, end, tokens.len());
    let how = |(from, _): &(usize, usize)| tokens.get(*from).is_some_and(|placed| placed.says(&BY));
    let plain = !behind.more && !behind.unless && behind.window.is_none() && behind.fold.iter().all(how);
    if !alone || !plain || end - to > 6 || tokens.get(end).is_some_and(|next| next.says(&NONE)) {
        return Ranked::Unclear;
    }
    let of = shown(clause.part(to, end).glyphs());
    Ranked::Of(format!("{of} ({name})"), Box::new(behind))
}

/// What a number behind the name of a rank ranks.
pub(super) enum Ranked {
    /// What the words before it say.
    No,
    /// The words behind it, and what stands behind those.
    Of(String, Box<Tail>),
    /// Words before and behind it.
    Unclear,
}
