//! A clause as running letters, and phrases found in it.

use super::clause::Clause;
use super::fold::{Glyph, shown, trim};
use super::table::{Entries, Letter, Phrases, Table};
use super::token::is_chinese;

/// The letters of a text in lower case, one for each glyph.
pub(super) fn letters(text: &[Glyph]) -> Vec<Letter> {
    let lower = |glyph: &Glyph| match glyph.sign {
        sign if sign.is_ascii() => sign.to_ascii_lowercase(),
        sign => sign.to_lowercase().next().unwrap_or(sign),
    };
    let mut next = None;
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for sign in text.iter().rev().map(lower) {
        let (latin, blank) = (is_latin(sign), is_blank(sign));
        if let Some(behind) = letters.last_mut() {
            behind.begins = !(latin && behind.latin);
        }
        letters.push(Letter::new(sign, latin, blank, next));
        next = Some(if blank { ' ' } else { sign });
    }
    letters.reverse();
    letters
}

/// The letters of a clause; places are those of its glyphs.
pub(super) struct Scan<'t> {
    text: &'t [Glyph],
    letters: &'t [Letter],
    from: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn of(clause: Clause<'t>) -> Scan<'t> {
        let from = clause.tokens.first().map_or(0, |first| first.from);
        let to = clause.tokens.last().map_or(from, |last| last.to);
        Scan { text: clause.text, letters: clause.letters.get(from..to).unwrap_or_default(), from }
    }

    pub(super) fn start(&self) -> usize {
        self.from
    }

    pub(super) fn end(&self) -> usize {
        self.from + self.letters.len()
    }

    fn letter(&self, at: usize) -> Option<&'t Letter> {
        self.letters.get(at.checked_sub(self.from)?)
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.letter(at).map(|letter| letter.sign)
    }

    /// The stretch as it is shown.
    pub(super) fn shown(&self, from: usize, to: usize) -> String {
        shown(self.glyphs(from, to))
    }

    pub(super) fn glyphs(&self, from: usize, to: usize) -> &'t [Glyph] {
        trim(self.text.get(from..to).unwrap_or_default())
    }

    /// The stretch in lower case, with one blank for each run of blanks and hyphens.
    pub(super) fn lower(&self, from: usize, to: usize) -> String {
        let mut said = String::new();
        for at in from..to {
            match self.sign(at) {
                Some(sign) if is_blank(sign) && said.ends_with(' ') => {}
                Some(sign) if is_blank(sign) => said.push(' '),
                Some(sign) => said.push(sign),
                None => {}
            }
        }
        said.trim().to_owned()
    }

    pub(super) fn skip_blanks(&self, mut at: usize) -> usize {
        while self.letter(at).is_some_and(|letter| letter.blank) {
            at += 1;
        }
        at
    }

    pub(super) fn skip(&self, mut at: usize, signs: &[char]) -> usize {
        while self.letter(at).is_some_and(|letter| letter.blank || signs.contains(&letter.sign)) {
            at += 1;
        }
        at
    }

    /// A word may begin here.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.letter(at).is_some_and(|letter| letter.begins || at == self.from)
    }

    /// Where the phrase ends that stands here. A blank of it is any run of blanks and hyphens.
    pub(super) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        if self.begins(at) { self.suffix(at, phrase) } else { None }
    }

    /// The same for what may be glued to a number before it.
    pub(super) fn suffix(&self, at: usize, phrase: &str) -> Option<usize> {
        let rest = self.letters.get(at.checked_sub(self.from)?..)?;
        Some(at + length(rest, phrase)?)
    }

    /// The longest of the phrases that stands here: its number and its end.
    pub(super) fn longest(&self, at: usize, table: &Phrases) -> Option<(usize, usize)> {
        let (first, rest) = if self.begins(at) { self.likely(at, table)? } else { return None };
        let likely = table.rows.iter().enumerate().filter(|(_, phrase)| first.leads(phrase));
        let ends = likely.filter_map(|(number, phrase)| Some((number, length(rest, phrase)?)));
        let (number, length) = ends.max_by_key(|(number, end)| (*end, usize::MAX - *number))?;
        Some((number, at + length))
    }

    /// What stands here of a table of phrases, the longest first.
    pub(super) fn entry<T: Copy>(&self, at: usize, table: &Entries<T>) -> Option<(T, usize)> {
        if self.begins(at) { self.glued(at, table) } else { None }
    }

    /// The same for what may be glued to a number before it.
    pub(super) fn glued<T: Copy>(&self, at: usize, table: &Entries<T>) -> Option<(T, usize)> {
        let (first, rest) = self.likely(at, table)?;
        let likely = table.rows.iter().filter(|(phrase, _)| first.leads(phrase));
        let ends = likely.filter_map(|(phrase, entry)| Some((*entry, length(rest, phrase)?)));
        let (entry, length) = ends.max_by_key(|(_, end)| *end)?;
        Some((entry, at + length))
    }

    /// The letters from here, where a phrase of the table may stand.
    fn likely<R>(&self, at: usize, table: &Table<R>) -> Option<(&'t Letter, &'t [Letter])> {
        let rest = self.letters.get(at.checked_sub(self.from)?..)?;
        rest.first().filter(|letter| table.may_stand(letter)).map(|first| (first, rest))
    }

    /// Past whatever phrases of these stand here one after the other, with the blanks between and behind them.
    pub(super) fn past(&self, at: usize, phrases: &Phrases) -> usize {
        let mut here = self.skip_blanks(at);
        while let Some((_, end)) = self.longest(here, phrases) {
            here = self.skip_blanks(end);
        }
        here
    }

    /// One of these stands somewhere in the stretch.
    pub(super) fn holds(&self, from: usize, to: usize, phrases: &Phrases) -> bool {
        (from..to).any(|at| self.longest(at, phrases).is_some_and(|(_, end)| end <= to))
    }

    /// The word that begins here, and its end.
    pub(super) fn word(&self, at: usize) -> Option<(String, usize)> {
        let mut here = at;
        while self.letter(here).is_some_and(|letter| letter.latin) {
            here += 1;
        }
        (here > at).then(|| (self.lower(at, here), here))
    }
}

/// How far the phrase reaches with which the letters begin.
fn length(letters: &[Letter], phrase: &str) -> Option<usize> {
    let mut signs = phrase.chars();
    if signs.next() != letters.first().map(|letter| letter.sign) {
        return None;
    }
    let mut here = 1;
    for sign in signs {
        if sign == ' ' {
            let blanks = letters.get(here..)?.iter().take_while(|letter| letter.blank).count();
            here += blanks;
            if blanks == 0 {
                return None;
            }
        } else if letters.get(here).is_some_and(|letter| letter.sign == sign) {
            here += 1;
        } else {
            return None;
        }
    }
    let last = here.checked_sub(1).and_then(|last| letters.get(last))?;
    let cut = last.latin && letters.get(here).is_some_and(|next| next.latin);
    (!cut).then_some(here)
}

pub(super) fn is_blank(sign: char) -> bool {
    sign == ' ' || sign == '-' || sign.is_whitespace()
}

fn is_latin(sign: char) -> bool {
    if sign.is_ascii() { sign.is_ascii_alphanumeric() } else { sign.is_alphanumeric() && !is_chinese(sign) }
}
