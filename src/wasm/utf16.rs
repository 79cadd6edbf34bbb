//! Places in a text, as JavaScript counts them.

use crate::diagnostic::{Diagnostic, Span};

/// How far apart the places are whose count is kept.
const STEP: usize = 256;

/// From bytes to UTF-16 units.
pub(super) struct Utf16<'a> {
    text: &'a str,
    /// Each byte is a unit.
    ascii: bool,
    /// The units of the characters that begin before each multiple of [`STEP`] bytes.
    marks: Vec<usize>,
    dropped: usize,
}

/// The units of the characters that begin in some bytes of UTF-8: two of those of four bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

impl<'a> Utf16<'a> {
    /// `is_text` is false where the text came as bytes: a page that decodes them drops the mark before the text.
    pub(super) fn of(text: &'a str, is_text: bool) -> Utf16<'a> {
        if text.is_ascii() {
            return Utf16 { text, ascii: true, marks: Vec::new(), dropped: 0 };
        }
        let mut units = 0;
        let mark = |part: &[u8]| {
            let before = units;
            units += begun(part);
            before
        };
        let marks = text.as_bytes().chunks(STEP).map(mark).collect();
        Utf16 { text, ascii: false, marks, dropped: usize::from(!is_text && text.starts_with('\u{FEFF}')) }
    }

    fn unit(&self, at: usize) -> usize {
        if self.ascii {
            return at.min(self.text.len());
        }
        let mark = (at / STEP).min(self.marks.len().saturating_sub(1));
        let before = self.marks.get(mark).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(mark * STEP..at).map_or(0, begun);
        (before + rest).saturating_sub(self.dropped)
    }

    pub(super) fn span(&self, span: Span) -> Span {
        Span { start: self.unit(span.start), end: self.unit(span.end) }
    }

    pub(super) fn diagnostics(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        for diagnostic in &mut diagnostics {
            diagnostic.span = diagnostic.span.map(|span| self.span(span));
            diagnostic.other = diagnostic.other.map(|span| self.span(span));
        }
        diagnostics
    }
}
