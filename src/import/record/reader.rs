//! A record as its bytes come.

use crate::diagnostic::Warned;
use crate::import::limits;

use super::apple::{self, Export};
use super::charts::Charts;
use super::{sniff, xml};

/// Reads a medical record as its bytes come.
///
/// An export of Apple Health can have any length: of its results the newest [`limits::NEWEST`] of each kind are
/// proposed and the others counted, and what is kept in between does not grow with the file. Everything else is read
/// once it is whole, as by [`record`](super::record).
///
/// # Example
///
/// ```
/// use trial_prescreen::import::record::Reader;
/// let mut reader = Reader::new();
/// reader.push(b"<HealthData><Record type=\"HKQuantityTypeIdentifierBodyMass\" unit=\"kg\" ");
/// reader.push(b"startDate=\"2026-01-10 09:00:00 +0100\" value=\"81.5\"/></HealthData>");
/// let read = reader.finish();
/// assert_eq!(read.output.charts[0].proposals[0].fact.subject.key(), "weight");
/// ```
#[derive(Default)]
pub struct Reader {
    state: State,
}

enum State {
    /// Bytes that are kept until the file is whole, or says that it is an export.
    Kept(Vec<u8>),
    Export(Box<Export>),
    /// It is too long for what it is, and nothing of it is kept.
    TooLong,
}

impl Default for State {
    fn default() -> State {
        State::Kept(Vec::new())
    }
}

impl Reader {
    /// A reader to which nothing has come yet.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// More bytes of the file; false where the rest of it would not be read, as it is too long.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        /// A file that has said nothing of itself by then is no export.
        const LATEST: usize = 1024 * 1024;
        match &mut self.state {
            State::Export(export) => export.push(bytes),
            State::Kept(kept) => {
                let unknown = kept.len() < LATEST;
                let (first, rest) = bytes.split_at(bytes.len().min(if unknown { LATEST } else { 0 }));
                kept.extend_from_slice(first);
                if unknown && is_export(kept) {
                    let mut export = Box::new(Export::new());
                    export.push(kept);
                    export.push(rest);
                    self.state = State::Export(export);
                } else if kept.len() + rest.len() > limits::RECORD_BYTES {
                    self.state = State::TooLong;
                } else {
                    kept.extend_from_slice(rest);
                }
            }
            State::TooLong => {}
        }
        !matches!(self.state, State::TooLong)
    }

    /// A clinical record, as exports of Apple Health have them in files of their own: FHIR as JSON, about the same
    /// person. Beside anything else it is not read.
    pub fn clinical(&mut self, name: &str, data: &[u8]) {
        if let State::Export(export) = &mut self.state {
            export.clinical(name, data);
        }
    }

    /// Nothing more comes: what the record proposes.
    pub fn finish(self) -> Warned<Charts> {
        self.finish_with_text().0
    }

    /// The same with the bytes that its places lie in, where they were kept.
    pub(crate) fn finish_with_text(self) -> (Warned<Charts>, Vec<u8>) {
        match self.state {
            State::Export(export) => (export.finish(), Vec::new()),
            State::Kept(kept) => (sniff::record(&kept), kept),
            State::TooLong => {
                let problem = sniff::too_long(&format!("more than {}", limits::RECORD_BYTES));
                (Warned { output: Charts::default(), diagnostics: vec![*problem] }, Vec::new())
            }
        }
    }
}

pub(super) fn is_export(bytes: &[u8]) -> bool {
    xml::root(bytes).is_some_and(|(root, _)| root == apple::ROOT)
}
