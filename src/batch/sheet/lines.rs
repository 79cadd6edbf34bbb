//! Lines of separated values, some at a time: where each of their fields begins and ends.

use crate::batch::sheet::rows::{After, Field, QUOTE, field, trimmed};

/// So many lines are looked at together.
pub(super) const LINES: usize = 128;

/// The fields of some lines.
#[derive(Debug)]
pub(super) struct Lines {
    separator: u8,
    /// How many fields of a line are kept.
    width: usize,
    /// Where each field begins and ends: those of the first line, then of the next. What is past the end of the file's
    /// bytes stands in `spare`.
    fields: Vec<(usize, usize)>,
    rows: usize,
    /// Texts that are not as they stand in the file.
    spare: Vec<u8>,
}

impl Lines {
    pub(super) fn new(separator: u8, width: usize) -> Lines {
        Lines { separator, width, fields: vec![(0, 0); LINES * width], rows: 0, spare: Vec::new() }
    }

    /// How many lines there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The fields of each line at a place: where they begin and end.
    pub(super) fn column(&self, place: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let lines = self.fields.chunks_exact(self.width.max(1)).take(self.rows);
        lines.map(move |line| line.get(place).copied().unwrap_or((0, 0)))
    }

    /// Whatever is past the end of the file's bytes, and so far past it.
    pub(super) fn spare(&self) -> &[u8] {
        &self.spare
    }

    /// Reads whole lines that are not blank, and the last one where there is no more; at most `most` of them, and 128.
    /// Says how many bytes that were.
    pub(super) fn read(&mut self, bytes: &[u8], last: bool, most: usize) -> usize {
        self.spare.clear();
        self.rows = 0;
        let mut marks = Marks::new(bytes, self.separator);
        let mut at = 0;
        while self.rows < most.min(LINES) && at < bytes.len() {
            let Some(next) = self.line(bytes, at, last, &mut marks) else { break };
            at = next;
        }
        at
    }

    /// Reads a line; where the next one begins, or `None` where this one is not whole.
    fn line(&mut self, bytes: &[u8], start: usize, last: bool, marks: &mut Marks) -> Option<usize> {
        let (mut at, mut place, mut blank) = (start, self.rows * self.width, true);
        let end = place + self.width;
        loop {
            let first = bytes.get(at).copied().unwrap_or(0);
            let (span, next, after) = if first == QUOTE {
                let (field, length, after) = field(bytes.get(at..)?, self.separator)?;
                (self.span(field, at, bytes.len()), at + length, after)
            } else {
                let mark = marks.next(at);
                let end = mark.unwrap_or(bytes.len());
                let after = match mark.and_then(|mark| bytes.get(mark)) {
                    None => After::Bytes,
                    Some(b'\n') => After::Line,
                    Some(_) => After::Field,
                };
                let before = bytes.get(end.wrapping_sub(1)).copied().unwrap_or(0);
                let plain = first > b' ' && before > b' ';
                let span = if plain || at == end { (at, end) } else { trimmed(bytes, at, end) };
                (span, end + usize::from(mark.is_some()), after)
            };
            if after == After::Bytes && !last {
                return None;
            }
            blank &= span.0 == span.1;
            if place < end {
                self.fields.get_mut(place).into_iter().for_each(|field| *field = span);
                place += 1;
            }
            at = next;
            if after != After::Field {
                break;
            }
        }
        self.fields.get_mut(place..end).unwrap_or(&mut []).fill((0, 0));
        self.rows += usize::from(!blank);
        Some(at)
    }

    fn span(&mut self, field: Field, at: usize, past: usize) -> (usize, usize) {
        match field {
            Field::Plain(span) => (at + span.start, at + span.end),
            Field::Quoted(text) => {
                let start = past + self.spare.len();
                self.spare.extend_from_slice(&text);
                (start, start + text.len())
            }
        }
    }
}

/// Where the separators and the ends of lines are, 64 bytes at a time.
struct Marks<'b> {
    bytes: &'b [u8],
    separator: u64,
    base: usize,
    mask: u64,
}

const EACH: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;

impl<'b> Marks<'b> {
    fn new(bytes: &'b [u8], separator: u8) -> Marks<'b> {
        let mut marks = Marks { bytes, separator: u64::from(separator) * EACH, base: 0, mask: 0 };
        marks.fill();
        marks
    }

    /// The first one from `from` on. INVARIANT: one asks from left to right.
    #[inline]
    fn next(&mut self, from: usize) -> Option<usize> {
        loop {
            while self.mask == 0 {
                self.base += 64;
                if self.base >= self.bytes.len() {
                    return None;
                }
                self.fill();
            }
            let at = self.base + usize::try_from(self.mask.trailing_zeros()).unwrap_or(0);
            self.mask &= self.mask - 1;
            if at >= from {
                return Some(at);
            }
        }
    }

    fn fill(&mut self) {
        let rest = self.bytes.get(self.base..).unwrap_or(&[]);
        self.mask = match rest.first_chunk::<64>() {
            Some(chunk) => self.marked(chunk),
            None => {
                let mut chunk = [0; 64];
                chunk.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
                self.marked(&chunk)
            }
        };
    }

    /// One bit for each byte.
    fn marked(&self, chunk: &[u8; 64]) -> u64 {
        // the highest bit of each byte is set where the byte is not zero, whatever stands beside it
        let other = |word: u64| ((word & LOW) + LOW) | word;
        let mut mask = 0;
        for (at, word) in (0_u32..).zip(chunk.as_chunks::<8>().0) {
            let word = u64::from_le_bytes(*word);
            let found = !(other(word ^ self.separator) & other(word ^ (u64::from(b'\n') * EACH))) & !LOW;
            mask |= ((found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * at);
        }
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let text: Vec<u8> =
            (0..1_000_u32).map(|at| if at % 7 == 0 || at % 11 == 3 { b',' } else { b'+' + 2 }).collect();
        let mut marks = Marks::new(&text, b',');
        let found: Vec<usize> = std::iter::from_fn(|| marks.next(0)).collect();
        let expected: Vec<usize> = (0..text.len()).filter(|at| text[*at] == b',').collect();
        assert_eq!(found, expected);
        // signs beside a mark that differ from it in one bit, and those past ASCII
        let odd: Vec<u8> = (0..=255).flat_map(|byte| [byte, b',', byte ^ 1]).collect();
        let mut marks = Marks::new(&odd, b',');
        let found: Vec<usize> = std::iter::from_fn(|| marks.next(0)).collect();
        assert_eq!(found, (0..odd.len()).filter(|at| odd[*at] == b',' || odd[*at] == b'\n').collect::<Vec<_>>());
    }
}
