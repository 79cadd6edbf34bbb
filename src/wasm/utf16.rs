//! Places in a text, as JavaScript counts them.

use crate::diagnostic::{Diagnostic, Span};

/// How far apart the places are whose count is kept.
const STEP: usize = 256;

/// From bytes to UTF-16 units.
pub(super) struct Utf16<'a> {
    text: &'a str,
    /// Each byte is a unit.
    ascii: bool,
    /// The units before each multiple of [`STEP`] bytes, or before the character that holds it.
    marks: Vec<usize>,
    dropped: usize,
}

impl<'a> Utf16<'a> {
    /// `is_text` is false where the text came as bytes: a page that decodes them drops the mark before the text.
    pub(super) fn of(text: &'a str, is_text: bool) -> Utf16<'a> {
        if text.is_ascii() {
            return Utf16 { text, ascii: true, marks: Vec::new(), dropped: 0 };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            while marks.len() * STEP < at + c.len_utf8() {
                marks.push(units);
            }
            units += c.len_utf16();
        }
        Utf16 { text, ascii: false, marks, dropped: usize::from(!is_text && text.starts_with('\u{FEFF}')) }
    }

    fn unit(&self, at: usize) -> usize {
        if self.ascii {
            return at.min(self.text.len());
        }
        let mark = (at / STEP).min(self.marks.len().saturating_sub(1));
        let before = self.marks.get(mark).copied().unwrap_or(0);
        let mut from = mark * STEP;
        while from > 0 && !self.text.is_char_boundary(from) {
            from -= 1;
        }
        let rest = self.text.get(from..at).map_or(0, |text| text.encode_utf16().count());
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
