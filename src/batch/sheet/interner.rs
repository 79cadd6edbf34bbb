//! Each different text once.

/// Texts, or pairs of numbers, with numbers of their own in the order in which they came.
#[derive(Debug)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Hashes with the numbers; at most half of the slots are taken.
    slots: Vec<(u64, u32)>,
}

const FREE: u32 = u32::MAX;

impl Default for Interner {
    fn default() -> Interner {
        Interner { bytes: Vec::new(), ends: Vec::new(), slots: vec![(0, FREE); 64] }
    }
}

fn hash(text: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let (words, rest) = text.as_chunks::<8>();
    let hash = words.iter().fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let length = u64::try_from(text.len()).unwrap_or(0);
    let hash = mix(mix(hash, rest), length);
    hash ^ hash >> 32
}

/// INVARIANT: where a number has 32 bits only, the upper half of a hash still is one.
fn place(hash: u64) -> usize {
    usize::try_from(hash >> 32).unwrap_or(0)
}

impl Interner {
    /// The number of a text, and whether it is new.
    pub(super) fn number(&mut self, text: &[u8]) -> (u32, bool) {
        let hash = hash(text);
        let mask = self.slots.len() - 1;
        let mut at = place(hash) & mask;
        loop {
            match self.slots.get(at) {
                Some((known, number)) if *number != FREE => {
                    if *known == hash && self.text(*number) == text {
                        return (*number, false);
                    }
                    at = (at + 1) & mask;
                }
                Some(_) | None => break,
            }
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(FREE);
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        self.slots.get_mut(at).into_iter().for_each(|slot| *slot = (hash, number));
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        (number, true)
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        let mask = old.len() * 4 - 1;
        self.slots = vec![(0, FREE); old.len() * 4];
        for (hash, number) in old.into_iter().filter(|(_, number)| *number != FREE) {
            let mut at = place(hash) & mask;
            while self.slots.get(at).is_some_and(|(_, number)| *number != FREE) {
                at = (at + 1) & mask;
            }
            self.slots.get_mut(at).into_iter().for_each(|slot| *slot = (hash, number));
        }
    }

    pub(super) fn text(&self, number: u32) -> &[u8] {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.bytes.get(start..*end)).unwrap_or(&[])
    }
}
