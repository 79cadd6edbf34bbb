//! A clause as running letters, and phrases found in it.

use super::clause::Clause;
use super::fold::{Glyph, shown, trim};
use super::token::is_chinese;

/// The letters of a clause in lower case; places are those of its glyphs.
pub(super) struct Scan<'t> {
    text: &'t [Glyph],
    letters: Vec<char>,
    from: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn of(clause: Clause<'t>) -> Scan<'t> {
        let from = clause.tokens.first().map_or(0, |first| first.from);
        let to = clause.tokens.last().map_or(from, |last| last.to);
        let lower = |glyph: &Glyph| match glyph.sign {
            sign if sign.is_ascii() => sign.to_ascii_lowercase(),
            sign => sign.to_lowercase().next().unwrap_or(sign),
        };
        let letters = clause.text.get(from..to).unwrap_or_default().iter().map(lower).collect();
        Scan { text: clause.text, letters, from }
    }

    pub(super) fn start(&self) -> usize {
        self.from
    }

    pub(super) fn end(&self) -> usize {
        self.from + self.letters.len()
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.letters.get(at.checked_sub(self.from)?).copied()
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
        while self.sign(at).is_some_and(is_blank) {
            at += 1;
        }
        at
    }

    pub(super) fn skip(&self, mut at: usize, signs: &[char]) -> usize {
        while self.sign(at).is_some_and(|sign| is_blank(sign) || signs.contains(&sign)) {
            at += 1;
        }
        at
    }

    /// A word may begin here.
    pub(super) fn begins(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.sign(before));
        match (before, self.sign(at)) {
            (_, None) => false,
            (Some(before), Some(here)) => !(is_latin(before) && is_latin(here)),
            (None, Some(_)) => true,
        }
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
    pub(super) fn longest(&self, at: usize, phrases: &[&str]) -> Option<(usize, usize)> {
        let (rest, first) = self.beginning(at)?;
        let likely = phrases.iter().enumerate().filter(|(_, phrase)| phrase.as_bytes().first() == Some(&first));
        let ends = likely.filter_map(|(number, phrase)| Some((number, length(rest, phrase)?)));
        let (number, length) = ends.max_by_key(|(number, end)| (*end, usize::MAX - *number))?;
        Some((number, at + length))
    }

    /// What stands here of a table of phrases, the longest first.
    pub(super) fn entry<T: Copy>(&self, at: usize, table: &[(&str, T)]) -> Option<(T, usize)> {
        let (rest, first) = self.beginning(at)?;
        let likely = table.iter().filter(|(phrase, _)| phrase.as_bytes().first() == Some(&first));
        let ends = likely.filter_map(|(phrase, entry)| Some((*entry, length(rest, phrase)?)));
        let (entry, length) = ends.max_by_key(|(_, end)| *end)?;
        Some((entry, at + length))
    }

    /// The letters from here, where a word may begin, and the first byte of them.
    fn beginning(&self, at: usize) -> Option<(&[char], u8)> {
        let rest = self.letters.get(at.checked_sub(self.from)?..).filter(|_| self.begins(at))?;
        let first = rest.first()?.encode_utf8(&mut [0; 4]).bytes().next()?;
        Some((rest, first))
    }

    /// Past whatever phrases of these stand here one after the other, with the blanks between and behind them.
    pub(super) fn past(&self, at: usize, phrases: &[&str]) -> usize {
        let mut here = self.skip_blanks(at);
        while let Some((_, end)) = self.longest(here, phrases) {
            here = self.skip_blanks(end);
        }
        here
    }

    /// One of these stands somewhere in the stretch.
    pub(super) fn holds(&self, from: usize, to: usize, phrases: &[&str]) -> bool {
        (from..to).any(|at| self.longest(at, phrases).is_some_and(|(_, end)| end <= to))
    }

    /// The word that begins here, and its end.
    pub(super) fn word(&self, at: usize) -> Option<(String, usize)> {
        let mut here = at;
        while self.sign(here).is_some_and(is_latin) {
            here += 1;
        }
        (here > at).then(|| (self.lower(at, here), here))
    }
}

/// How far the phrase reaches with which the letters begin.
fn length(letters: &[char], phrase: &str) -> Option<usize> {
    let mut signs = phrase.chars();
    if signs.next() != letters.first().copied() {
        return None;
    }
    let mut here = 1;
    for letter in signs {
        if letter == ' ' {
            let blanks = letters.get(here..)?.iter().take_while(|sign| is_blank(**sign)).count();
            here += blanks;
            if blanks == 0 {
                return None;
            }
        } else if letters.get(here) == Some(&letter) {
            here += 1;
        } else {
            return None;
        }
    }
    let last = here.checked_sub(1).and_then(|last| letters.get(last))?;
    let cut = is_latin(*last) && letters.get(here).is_some_and(|next| is_latin(*next));
    (!cut).then_some(here)
}

pub(super) fn is_blank(sign: char) -> bool {
    sign == ' ' || sign == '-' || sign.is_whitespace()
}

fn is_latin(sign: char) -> bool {
    if sign.is_ascii() { sign.is_ascii_alphanumeric() } else { sign.is_alphanumeric() && !is_chinese(sign) }
}
