//! Each different text once.

/// Bytes that are compared as three words.
const SHORT: usize = 24;
const WORD: usize = 8;

/// Texts with numbers of their own, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Interner {
    texts: Vec<Text>,
    /// Those that are longer than three words, one after another.
    long: Vec<u8>,
    /// The numbers, each at the first free slot from where its hash leads, with what its hash is of where that is the whole
    /// text; at most half of the slots are taken.
    slots: Vec<(u64, u32)>,
    /// How many of the highest bits of a hash lead to a slot, as how many are left.
    shift: u32,
}

/// A text of at most seven bytes with how many they are, in one word; of a longer one this.
pub(crate) const LONG: u64 = u64::MAX;

/// The text from `start` to `end` in one word, where that is short and seven bytes more follow its beginning.
#[inline]
pub(crate) fn short(bytes: &[u8], start: usize, end: usize) -> u64 {
    let length = end.wrapping_sub(start);
    match bytes.get(start..).and_then(<[u8]>::first_chunk::<WORD>) {
        Some(near) if length < WORD => {
            let length = u64::try_from(length).unwrap_or(0);
            u64::from_le_bytes(*near) & ((1 << (8 * length)) - 1) | length << 56
        }
        Some(_) | None => LONG,
    }
}

/// A text of eight to thirteen digits and signs from plus to colon, as days are, in one word.
fn packed([one, two, _]: [u64; SHORT / WORD], length: usize) -> Option<u64> {
    const EACH: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = 0x80 * EACH;
    if !(WORD..=13).contains(&length) {
        return None;
    }
    // how far each byte stands behind the plus; what is no such sign has one of its four upper bits
    let behind = |word: u64| ((word | HIGH) - EACH * u64::from(b'+')) ^ HIGH;
    let (one, two) = (behind(one), cut(behind(two), length - WORD));
    if (one | two) & (0xF0 * EACH) != 0 {
        return None;
    }
    let halves = |word: u64| {
        let pairs = (word | word >> 4) & 0x00FF_00FF_00FF_00FF;
        let fours = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF;
        (fours | fours >> 16) & 0xFFFF_FFFF
    };
    // INVARIANT: neither the length of a shorter text nor the sign of a longer one
    Some(halves(one) | halves(two) << 32 | (0x80 | u64::try_from(length).unwrap_or(0)) << 56)
}

/// A text of at most 24 bytes, filled up with zeros; of a longer one its hash and where it stands.
#[derive(Clone, Copy, Debug)]
struct Text {
    words: [u64; SHORT / WORD],
    length: usize,
}

const FREE: u32 = u32::MAX;
const FEWEST: u32 = 6;

impl Default for Interner {
    fn default() -> Interner {
        Interner { texts: Vec::new(), long: Vec::new(), slots: vec![(0, FREE); 1 << FEWEST], shift: 64 - FEWEST }
    }
}

fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(29) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The lowest `length` bytes of a word.
#[inline]
fn cut(word: u64, length: usize) -> u64 {
    let bits = u32::try_from(8 * WORD.saturating_sub(length)).unwrap_or(0);
    word & u64::MAX.checked_shr(bits).unwrap_or(0)
}

/// The bytes from a place on as words, with zeros where there are no more.
#[inline]
fn words<const COUNT: usize>(bytes: &[u8], start: usize) -> [u64; COUNT] {
    let rest = bytes.get(start..).unwrap_or(&[]);
    let mut words = [0; COUNT];
    if rest.len() >= COUNT * WORD {
        for (word, bytes) in words.iter_mut().zip(rest.as_chunks::<WORD>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
    } else {
        for (word, bytes) in words.iter_mut().zip(rest.chunks(WORD)) {
            *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
    }
    words
}

fn hash(text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<WORD>();
    let hash = words.iter().fold(0, |hash, word| mixed(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(hash, |hash, byte| mixed(hash, u64::from(*byte)))
}

impl Text {
    /// The text in one word, where it goes into one.
    #[inline]
    fn word(&self) -> Option<u64> {
        let [one, ..] = self.words;
        let short = (self.length < WORD).then(|| one | u64::try_from(self.length).unwrap_or(0) << 56);
        short.or_else(|| packed(self.words, self.length))
    }

    /// The text from `start` to `end`, where it has at most 24 bytes.
    #[inline]
    fn at(bytes: &[u8], start: usize, end: usize) -> Option<Text> {
        let length = end.wrapping_sub(start);
        if length > SHORT {
            return None;
        }
        let [one, two, three] = words(bytes, start);
        let words =
            [cut(one, length), cut(two, length.saturating_sub(WORD)), cut(three, length.saturating_sub(2 * WORD))];
        Some(Text { words, length })
    }

    /// The word and the hash by which it is looked for.
    #[inline]
    fn sought(&self) -> (u64, u64) {
        match self.word() {
            Some(word) => (word, mixed(0, word)),
            None => (LONG, self.hash()),
        }
    }

    /// INVARIANT: each bit of the words bears on the highest bits.
    fn hash(&self) -> u64 {
        let [one, two, three] = self.words;
        mixed(mixed(mixed(0, one), two), three)
    }

    #[inline]
    fn is(&self, other: &Text) -> bool {
        let ([one, two, three], [first, second, third]) = (self.words, other.words);
        self.length == other.length && (one ^ first) | (two ^ second) | (three ^ third) == 0
    }
}

impl Interner {
    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The number of the text from `start` to `end`.
    #[inline]
    pub(crate) fn number(&mut self, bytes: &[u8], start: usize, end: usize) -> u32 {
        let word = short(bytes, start, end);
        if word == LONG { self.by_text(bytes, start, end) } else { self.by_word(word) }
    }

    /// The number of a text that is short.
    #[inline]
    pub(crate) fn by_word(&mut self, word: u64) -> u32 {
        match self.find(mixed(0, word), |known, _| known == word) {
            Ok(number) => number,
            Err(slot) => {
                let length = usize::try_from(word >> 56).unwrap_or(0);
                self.add(Text { words: [word & (u64::MAX >> 8), 0, 0], length }, (word, slot))
            }
        }
    }

    /// The number of a text of at most 24 bytes that stands where it is looked for first, or behind it.
    #[inline]
    pub(crate) fn known(&self, bytes: &[u8], start: usize, end: usize) -> Option<u32> {
        let text = Text::at(bytes, start, end)?;
        let (word, hash) = text.sought();
        let at = usize::try_from(hash >> self.shift).unwrap_or(0);
        let two = self.slots.get(at..)?.iter().take(2);
        let is_it = |number: u32| {
            let known = usize::try_from(number).ok().and_then(|at| self.texts.get(at));
            word != LONG || known.is_some_and(|known| known.is(&text))
        };
        two.copied()
            .find(|(known, number)| *known == word && *number != FREE && is_it(*number))
            .map(|(_, number)| number)
    }

    fn by_text(&mut self, bytes: &[u8], start: usize, end: usize) -> u32 {
        let Some(text) = Text::at(bytes, start, end) else {
            return self.long(bytes.get(start..end).unwrap_or(&[]));
        };
        let (word, hash) = text.sought();
        match self.find(hash, |known, whole| known == word && (word != LONG || whole.is(&text))) {
            Ok(number) => number,
            Err(slot) => self.add(text, (word, slot)),
        }
    }

    /// The number of a text that stands by itself.
    pub(crate) fn of(&mut self, text: &[u8]) -> u32 {
        self.number(text, 0, text.len())
    }

    fn long(&mut self, bytes: &[u8]) -> u32 {
        let (hash, start) = (hash(bytes), u64::try_from(self.long.len()).unwrap_or(0));
        let is_same = |_, known: &Text| {
            let [known_hash, ..] = known.words;
            known.length == bytes.len() && known_hash == hash && self.of_long(known) == bytes
        };
        match self.find(hash, is_same) {
            Ok(number) => number,
            Err(slot) => {
                self.long.extend_from_slice(bytes);
                self.add(Text { words: [hash, start, 0], length: bytes.len() }, (LONG, slot))
            }
        }
    }

    /// The number, or the slot where it would stand. A short text is known by its word alone.
    #[inline]
    fn find(&self, hash: u64, is_same: impl Fn(u64, &Text) -> bool) -> Result<u32, usize> {
        const NONE: Text = Text { words: [0; SHORT / WORD], length: 0 };
        let mut at = usize::try_from(hash >> self.shift).unwrap_or(0);
        loop {
            let (word, number) = self.slots.get(at).copied().unwrap_or((0, FREE));
            if number == FREE {
                return Err(at);
            }
            let text = if word == LONG { usize::try_from(number).ok().and_then(|at| self.texts.get(at)) } else { None };
            if is_same(word, text.unwrap_or(&NONE)) {
                return Ok(number);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn add(&mut self, text: Text, (word, slot): (u64, usize)) -> u32 {
        let number = u32::try_from(self.texts.len()).unwrap_or(FREE);
        self.texts.push(text);
        self.slots.get_mut(slot).into_iter().for_each(|slot| *slot = (word, number));
        if self.texts.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        self.slots = vec![(0, FREE); self.slots.len() * 4];
        self.shift -= 2;
        for at in 0..self.texts.len() {
            let Some(text) = self.texts.get(at) else { break };
            let [known_hash, ..] = text.words;
            let (word, hash) = if text.length > SHORT { (LONG, known_hash) } else { text.sought() };
            let slot = self.find(hash, |_, _| false).err();
            let slot = slot.and_then(|slot| self.slots.get_mut(slot));
            slot.into_iter().for_each(|slot| *slot = (word, u32::try_from(at).unwrap_or(FREE)));
        }
    }

    fn of_long(&self, text: &Text) -> &[u8] {
        let [_, start, _] = text.words;
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        self.long.get(start..start.saturating_add(text.length)).unwrap_or(&[])
    }

    /// The text with a number.
    pub(crate) fn text(&self, number: u32) -> Vec<u8> {
        match usize::try_from(number).ok().and_then(|number| self.texts.get(number)) {
            None => Vec::new(),
            Some(text) if text.length > SHORT => self.of_long(text).to_vec(),
            Some(text) => text.words.iter().flat_map(|word| word.to_le_bytes()).take(text.length).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_a_number_of_its_own_and_comes_back() {
        let text = |at: usize| match at % 5 {
            0 => format!("{:04}-{:02}-{:02}", 1900 + at % 120, at % 13, at % 29).into_bytes(),
            1 => format!("{:+}.{:?}:", at * 7919, at % 1000).into_bytes(),
            _ => format!("{}{}", at % 97, "ab\0c".repeat(at % 13)).into_bytes(),
        };
        let mut interner = Interner::default();
        let mut known: Vec<Vec<u8>> = Vec::new();
        for at in 0..5_000 {
            let own = text(at);
            let number = known.iter().position(|one| *one == own).unwrap_or_else(|| {
                known.push(own.clone());
                known.len() - 1
            });
            assert_eq!(usize::try_from(interner.of(&own)).unwrap(), number);
            // the same within other bytes
            let around = [b"xyz".to_vec(), own.clone(), vec![b'7'; at % 30]].concat();
            assert_eq!(usize::try_from(interner.number(&around, 3, 3 + own.len())).unwrap(), number);
        }
        assert!(known.len() > 500);
        assert!((0..).zip(&known).all(|(number, text)| interner.text(number) == *text));
    }
}
