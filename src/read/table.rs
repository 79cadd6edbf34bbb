//! Tables of phrases, each with what its phrases begin with: most places of a text are told from all of them at a glance.

/// A sign of a clause in lower case, with what the search for phrases asks of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) sign: char,
    /// Of a word that has blanks around it.
    pub(super) latin: bool,
    pub(super) blank: bool,
    /// A word may begin here.
    pub(super) begins: bool,
    /// The first two bytes from here.
    leads: [u8; 2],
    /// What a phrase of the first byte alone begins with, and one of both.
    beginnings: [u8; 2],
}

impl Letter {
    pub(super) fn new(sign: char, latin: bool, blank: bool, next: Option<char>) -> Letter {
        let mut bytes = [0; 8];
        let length = sign.encode_utf8(&mut bytes).len();
        if let (Some(next), Some(rest)) = (next, bytes.get_mut(length..)) {
            next.encode_utf8(rest);
        }
        let [first, second, ..] = bytes;
        let beginnings = [beginning(first, 0), beginning(first, second)];
        Letter { sign, latin, blank, begins: true, leads: [first, second], beginnings }
    }

    /// A phrase begins as the letters do from here.
    pub(super) fn leads(&self, phrase: &str) -> bool {
        let [first, second] = self.leads;
        match phrase.as_bytes() {
            [] => false,
            [only] => *only == first,
            [one, other, ..] => *one == first && *other == second,
        }
    }
}

const fn beginning(first: u8, second: u8) -> u8 {
    first.wrapping_mul(0x9D) ^ second.wrapping_mul(0x2B)
}

/// Rows that phrases lead to.
pub(super) struct Table<R: 'static> {
    pub(super) rows: &'static [R],
    /// A bit for each beginning that a phrase has.
    begun: [u64; 4],
}

/// Phrases that lead to nothing more.
pub(super) type Phrases = Table<&'static str>;
/// Phrases, each with what it says.
pub(super) type Entries<T> = Table<(&'static str, T)>;

impl Phrases {
    pub(super) const fn phrases(rows: &'static [&'static str]) -> Phrases {
        let (mut begun, mut rest) = ([0; 4], rows);
        while let [phrase, further @ ..] = rest {
            begun = with(begun, phrase);
            rest = further;
        }
        Table { rows, begun }
    }
}

impl<T> Entries<T> {
    pub(super) const fn entries(rows: &'static [(&'static str, T)]) -> Entries<T> {
        let (mut begun, mut rest) = ([0; 4], rows);
        while let [(phrase, _), further @ ..] = rest {
            begun = with(begun, phrase);
            rest = further;
        }
        Table { rows, begun }
    }
}

const fn with([a, b, c, d]: [u64; 4], phrase: &str) -> [u64; 4] {
    let begun = match *phrase.as_bytes() {
        [] => return [a, b, c, d],
        [only] => beginning(only, 0),
        [first, second, ..] => beginning(first, second),
    };
    let bit = 1 << (begun & 63);
    match begun >> 6 {
        0 => [a | bit, b, c, d],
        1 => [a, b | bit, c, d],
        2 => [a, b, c | bit, d],
        _ => [a, b, c, d | bit],
    }
}

impl<R> Table<R> {
    /// One of its phrases may stand at a letter.
    pub(super) fn may_stand(&self, letter: &Letter) -> bool {
        letter.beginnings.iter().any(|begun| self.has(*begun))
    }

    fn has(&self, begun: u8) -> bool {
        self.begun.get(usize::from(begun >> 6)).is_some_and(|bits| bits >> (begun & 63) & 1 == 1)
    }
}

impl<T> Entries<T> {
    /// Its rows whose phrase may have this as its first word.
    pub(super) fn led(&self, word: &str) -> impl Iterator<Item = &'static (&'static str, T)> + use<T> {
        let [first, second] = match *word.as_bytes() {
            [] => [0, 0],
            [only] => [only, b' '],
            [first, second, ..] => [first, second],
        };
        let likely = self.has(beginning(first, second)) || word.len() == 1 && self.has(beginning(first, 0));
        let rows = if likely { self.rows } else { &[] };
        rows.iter().filter(move |(phrase, _)| match *phrase.as_bytes() {
            [] => false,
            [only] => only == first && second == b' ',
            [one, other, ..] => one == first && other == second,
        })
    }
}

/// A table of a few phrases where it is used.
macro_rules! phrases {
    ($($phrase:literal),+ $(,)?) => { const { &$crate::read::table::Table::phrases(&[$($phrase),+]) } };
}
/// The same of phrases that say something.
macro_rules! entries {
    ($($entry:expr),+ $(,)?) => { const { &$crate::read::table::Table::entries(&[$($entry),+]) } };
}
pub(super) use {entries, phrases};

#[cfg(test)]
mod tests {
    use super::{Letter, Table};

    #[test]
    fn a_phrase_may_stand_where_it_stands() {
        let phrases = ["d", "a week", "≥", "前", "h内", "µg", "no"];
        for phrase in phrases {
            let mut signs = phrase.chars();
            let letter = Letter::new(signs.next().unwrap_or(' '), false, false, signs.next());
            assert!(letter.leads(phrase), "{phrase}");
            let rows: &'static [&'static str] = Box::leak(Box::new([phrase]));
            assert!(Table::phrases(rows).may_stand(&letter), "{phrase}");
        }
    }
}
