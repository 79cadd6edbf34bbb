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
    /// What a phrase of this sign alone begins with, and one of this and the next.
    pub(super) beginnings: [u8; 2],
}

impl Letter {
    /// The beginnings of a phrase that stands at a sign with another behind it.
    pub(super) fn beginnings(sign: char, next: Option<char>) -> [u8; 2] {
        let alone = beginning(u32::from(sign), ALONE);
        match next {
            Some(next) if sign.is_ascii() => {
                [alone, beginning(u32::from(sign), if next.is_ascii() { u32::from(next) } else { WIDE })]
            }
            Some(_) | None => [alone, alone],
        }
    }
}

/// Behind the sign nothing is looked at.
const ALONE: u32 = 0;
/// Any sign that is not of ASCII.
const WIDE: u32 = 0x80;

const fn beginning(sign: u32, next: u32) -> u8 {
    let mixed = sign.wrapping_mul(0x9E37_79B1).wrapping_add(next.wrapping_mul(0x85EB_CA77));
    (mixed >> 24) as u8
}

/// How a phrase begins.
const fn begun(phrase: &str) -> Option<u8> {
    Some(match *phrase.as_bytes() {
        [] => return None,
        [only] => beginning(only as u32, ALONE),
        [first, next, ..] if first < 0x80 => beginning(first as u32, if next < 0x80 { next as u32 } else { WIDE }),
        [a, b, ..] if a < 0xE0 => beginning((a as u32 & 0x1F) << 6 | b as u32 & 0x3F, ALONE),
        [a, b, c, ..] if a < 0xF0 => {
            beginning((a as u32 & 0xF) << 12 | (b as u32 & 0x3F) << 6 | c as u32 & 0x3F, ALONE)
        }
        _ => return None,
    })
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
    let Some(begun) = begun(phrase) else { return [u64::MAX; 4] };
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
        letter
            .beginnings
            .iter()
            .any(|begun| self.begun.get(usize::from(begun >> 6)).is_some_and(|bits| bits >> (begun & 63) & 1 == 1))
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
            let sign = signs.next().unwrap_or(' ');
            let beginnings = Letter::beginnings(sign, signs.next());
            let letter = Letter { sign, latin: false, blank: false, begins: true, beginnings };
            let rows: &'static [&'static str] = Box::leak(Box::new([phrase]));
            assert!(Table::phrases(rows).may_stand(&letter), "{phrase}");
        }
    }
}
