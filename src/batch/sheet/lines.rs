//! Lines of separated values, some at a time: where each of their fields begins and ends.

use crate::batch::interner::{LONG, short};
use crate::batch::sheet::rows::{After, Field, QUOTE, field, trimmed};

/// So many lines are looked at together.
pub(super) const LINES: usize = 128;

/// Room between two columns, so that the fields of a line do not crowd each other out of the processor's nearest memory.
const APART: usize = 8;

/// The fields of some lines, column by column.
#[derive(Debug)]
pub(super) struct Lines {
    separator: u8,
    /// The fields of each place that is kept: each in one word where it is short, else where it stands.
    columns: Vec<[u64; LINES + APART]>,
    rows: usize,
    /// Where the others begin and end. What is past the end of the file's bytes stands in `spare`.
    others: Vec<(usize, usize)>,
    /// Texts that are not as they stand in the file.
    spare: Vec<u8>,
}

/// The highest byte of a word that says where a field stands. INVARIANT: no text in one word has it.
const STANDS: u64 = 0x40 << 56;

impl Lines {
    pub(super) fn new(separator: u8, width: usize) -> Lines {
        let columns = vec![[0; LINES + APART]; width];
        Lines { separator, columns, rows: 0, others: Vec::new(), spare: Vec::new() }
    }

    /// How many lines there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The fields of each line at a place.
    pub(super) fn column(&self, place: usize) -> &[u64] {
        self.columns.get(place).and_then(|column| column.get(..self.rows)).unwrap_or_default()
    }

    /// Where a field stands that is not in one word: in the bytes, or past them in `spare`.
    pub(super) fn place(&self, field: u64) -> Option<(usize, usize)> {
        let at = usize::try_from(field ^ STANDS).ok().filter(|_| field & (0xFF << 56) == STANDS)?;
        self.others.get(at).copied()
    }

    /// Whatever is past the end of the file's bytes, and so far past it.
    pub(super) fn spare(&self) -> &[u8] {
        &self.spare
    }

    /// Reads whole lines that are not blank, and the last one where there is no more; at most `most` of them, and 128.
    /// Says how many bytes that were.
    pub(super) fn read(&mut self, bytes: &[u8], last: bool, most: usize) -> usize {
        self.spare.clear();
        self.others.clear();
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
        let (mut at, mut place, mut blank) = (start, 0, true);
        loop {
            let mark = marks.next(at);
            // what stands in quotes may hold separators and the ends of lines
            let (span, next, after) =
                if mark.is_odd { self.odd(bytes, at, &mark)? } else { ((at, mark.at), mark.at + 1, mark.after) };
            if after == After::Bytes && !last {
                return None;
            }
            blank &= span.0 == span.1;
            let word = match short(bytes, span.0, span.1) {
                LONG => self.other(span),
                word => word,
            };
            self.set(place, word);
            place += 1;
            at = next;
            if after != After::Field {
                break;
            }
        }
        (place..self.columns.len()).for_each(|place| self.set(place, 0));
        self.rows += usize::from(!blank);
        Some(at.min(bytes.len()))
    }

    #[inline]
    fn set(&mut self, place: usize, word: u64) {
        if let Some(field) = self.columns.get_mut(place).and_then(|column| column.get_mut(self.rows)) {
            *field = word;
        }
    }

    /// A field that is not in one word; nothing is one.
    fn other(&mut self, span: (usize, usize)) -> u64 {
        if span.0 == span.1 {
            return 0;
        }
        self.others.push(span);
        STANDS | u64::try_from(self.others.len() - 1).unwrap_or(u64::MAX >> 8)
    }

    /// A field that may begin with a quote or have blanks around it: where it stands, where the next one begins, and what
    /// follows. `None` where quotes stay open.
    fn odd(&mut self, bytes: &[u8], at: usize, mark: &Mark) -> Option<((usize, usize), usize, After)> {
        if bytes.get(at) == Some(&QUOTE) {
            let (field, length, after) = field(bytes.get(at..)?, self.separator)?;
            return Some((self.span(field, at, bytes.len()), at + length, after));
        }
        Some((trimmed(bytes, at, mark.at), mark.at + 1, mark.after))
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
    /// A bit for each byte that ends a field.
    ends: u64,
    /// A bit for each byte that ends a line.
    lines: u64,
    /// There is a quote, or a blank, among the bytes.
    is_odd: bool,
}

/// What ends a field.
struct Mark {
    at: usize,
    after: After,
    /// The field may have a quote or a blank.
    is_odd: bool,
}

const EACH: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7F * EACH;
const HIGH: u64 = 0x80 * EACH;

impl<'b> Marks<'b> {
    fn new(bytes: &'b [u8], separator: u8) -> Marks<'b> {
        let mut marks =
            Marks { bytes, separator: u64::from(separator) * EACH, base: 0, ends: 0, lines: 0, is_odd: false };
        marks.fill();
        marks
    }

    /// The first one from `from` on. INVARIANT: one asks from left to right.
    #[inline]
    fn next(&mut self, from: usize) -> Mark {
        let mut is_odd = self.is_odd;
        loop {
            while self.ends == 0 {
                if self.base + 64 >= self.bytes.len() {
                    return Mark { at: self.bytes.len(), after: After::Bytes, is_odd };
                }
                self.base += 64;
                self.fill();
                is_odd |= self.is_odd;
            }
            let bit = self.ends.trailing_zeros();
            self.ends &= self.ends - 1;
            let at = self.base + usize::try_from(bit).unwrap_or(0);
            if at >= from {
                let after = if self.lines >> bit & 1 == 1 { After::Line } else { After::Field };
                return Mark { at, after, is_odd };
            }
        }
    }

    fn fill(&mut self) {
        let rest = self.bytes.get(self.base..).unwrap_or(&[]);
        match rest.first_chunk::<64>() {
            Some(chunk) => self.mark(chunk),
            None => {
                // signs that are no marks, and neither quotes nor blanks
                let mut chunk = [b'~'; 64];
                chunk.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
                self.mark(&chunk);
            }
        }
    }

    fn mark(&mut self, chunk: &[u8; 64]) {
        // the highest bit of each byte is set where the byte is not zero, whatever stands beside it
        let other = |word: u64| ((word & LOW) + LOW) | word;
        let bits = |found: u64| ((found >> 7).wrapping_mul(0x0102_0408_1020_4080)) >> 56;
        let (mut ends, mut lines, mut odd) = (0, 0, 0);
        for (at, word) in (0_u32..).zip(chunk.as_chunks::<8>().0) {
            let word = u64::from_le_bytes(*word);
            let line = !other(word ^ (u64::from(b'\n') * EACH)) & HIGH;
            let end = line | (!other(word ^ self.separator) & HIGH);
            // up to the quote: blanks and what nobody sees
            odd |= !((word & LOW) + (0x7F - u64::from(QUOTE)) * EACH) & !word & HIGH & !end;
            ends |= bits(end) << (8 * at);
            lines |= bits(line) << (8 * at);
        }
        (self.ends, self.lines, self.is_odd) = (ends, lines, odd != 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of them, until the bytes end.
    fn found(text: &[u8]) -> Vec<(usize, bool)> {
        let mut marks = Marks::new(text, b',');
        let mut next = || Some(marks.next(0)).filter(|mark| mark.after != After::Bytes);
        std::iter::from_fn(|| next().map(|mark| (mark.at, mark.after == After::Line))).collect()
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let text: Vec<u8> = (0..1_000_u32).map(|at| if at % 7 == 0 || at % 11 == 3 { b',' } else { b'-' }).collect();
        // signs beside a mark that differ from it in one bit, and those past ASCII
        let odd: Vec<u8> = (0..=255).flat_map(|byte| [byte, b',', byte ^ 1]).collect();
        for text in [text, odd] {
            let is_mark = |at: &usize| text[*at] == b',' || text[*at] == b'\n';
            let expected: Vec<_> = (0..text.len()).filter(is_mark).map(|at| (at, text[at] == b'\n')).collect();
            assert_eq!(found(&text), expected);
        }
    }

    #[test]
    fn blanks_and_quotes_make_a_field_odd_whatever_stands_before_it() {
        for at in 0..200 {
            let mut text = vec![b'a'; 300];
            text[at] = if at % 2 == 0 { b' ' } else { QUOTE };
            text[250] = b',';
            assert!(Marks::new(&text, b',').next(0).is_odd, "{at}");
        }
        assert!(!Marks::new(&[b"a".repeat(100), b",".to_vec()].concat(), b',').next(0).is_odd);
    }
}
