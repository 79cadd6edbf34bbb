//! A file of separated values → a table: each different text of a column is read once.
//!
//! In: bytes as they come, and which column says what. Out: a [`Table`], and a diagnostic for each text that could not be
//! read, with its row and its column. Never: a guess. What cannot be read is not known.

mod cells;
mod interner;
mod mapping;
mod rows;

pub use mapping::{ColumnMapping, Mapping, PartOfFact};

use crate::batch::table::Table;
use crate::diagnostic::{Code, Diagnostic, Warned, quoted};
use crate::import::limits;
use crate::model::record::Subject;

use cells::Texts;
use interner::Interner;
use rows::{After, field, separator};

/// The longest line that is read.
const LONGEST: usize = 1 << 20;

/// A file of separated values being read. The first line has the names of the columns.
///
/// Commas, semicolons, tabs and upright strokes separate, whichever the first line has most of. Texts may stand in
/// double quotes. Numbers, days and signs are read as people type them; a day begins with its year.
///
/// # Example
///
/// ```
/// use trial_prescreen::batch::{Mapping, Sheet};
/// let mapping = Mapping::suggested(["alt (U/L)", "alt_uln", "birth-date"], &[]);
/// let mut sheet = Sheet::new(mapping);
/// sheet.push("\u{FEFF}alt (U/L);alt_uln;birth-date\r\n101;40;1950-06-15\r\nmany;;15.6.1950\r\n".as_bytes());
/// let read = sheet.finish();
/// assert_eq!(read.output.people(), 2);
/// let said: Vec<_> = read.diagnostics.iter().map(|one| one.path.as_str()).collect();
/// assert_eq!(said, ["row 2, alt (U/L)", "row 2, birth-date"]);
/// assert_eq!(read.output.pack().record(0).facts.len(), 2);
/// ```
#[derive(Debug)]
pub struct Sheet {
    mapping: Mapping,
    table: Table,
    /// Bytes of a line that has not ended yet.
    rest: Vec<u8>,
    header: Option<Header>,
    people: usize,
    diagnostics: Vec<Diagnostic>,
    /// So many problems were found that are not told.
    untold: usize,
    ended: bool,
}

/// What the columns of the file are.
#[derive(Debug)]
struct Header {
    separator: u8,
    /// For each field of a line the column that it is of.
    places: Vec<Option<usize>>,
    columns: Vec<Used>,
    groups: Vec<Group>,
}

/// A column that says something.
#[derive(Debug, Default)]
struct Used {
    texts: Interner,
    /// The number of this row's text; that of no text is 0.
    here: u32,
}

/// The columns about one subject.
#[derive(Debug)]
struct Group {
    /// Its place in the table.
    column: usize,
    subject: Subject,
    /// Each with its place in the mapping.
    parts: Vec<(usize, usize)>,
    /// Of several columns, which texts came together.
    together: Interner,
    /// The code of each text, or of each that came together, once somebody has looked.
    codes: Vec<Option<u32>>,
}

impl Sheet {
    /// A file of which nothing has come yet.
    pub fn new(mapping: Mapping) -> Sheet {
        Sheet {
            mapping,
            table: Table::default(),
            rest: Vec::new(),
            header: None,
            people: 0,
            diagnostics: Vec::new(),
            untold: 0,
            ended: false,
        }
    }

    /// How many people have been read.
    pub fn people(&self) -> usize {
        self.people
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.ended {
            return;
        }
        if self.rest.is_empty() {
            let read = self.lines(bytes, false);
            self.rest.extend_from_slice(bytes.get(read..).unwrap_or(&[]));
        } else {
            self.rest.extend_from_slice(bytes);
            let rest = std::mem::take(&mut self.rest);
            let read = self.lines(&rest, false);
            self.rest.extend_from_slice(rest.get(read..).unwrap_or(&[]));
        }
        if self.rest.len() > LONGEST {
            let message = format!("row {} is longer than {LONGEST} bytes", self.people + 1);
            self.end(Diagnostic::error(Code::TooLong, message, "look for a quote that is not closed"));
        }
    }

    /// The table; what was read before something ended the reading is in it.
    pub fn finish(mut self) -> Warned<Table> {
        let rest = std::mem::take(&mut self.rest);
        let read = if self.ended { rest.len() } else { self.lines(&rest, true) };
        if read < rest.len() && !self.ended {
            let message = format!("a quote that begins in row {} is not closed", self.people + 1);
            self.end(Diagnostic::error(Code::Truncated, message, "close it, or write it twice inside of quotes"));
        }
        if self.header.is_none() && !self.ended {
            self.end(Diagnostic::error(Code::Empty, "the file is empty", "choose a file whose first line has names"));
        }
        if self.untold > 0 {
            let message = format!("{} more texts could not be read", self.untold);
            self.diagnostics.push(Diagnostic::warning(
                Code::TooMany,
                message,
                "mend those that are told, and read again",
            ));
        }
        self.table.grown_to(self.people);
        Warned { output: self.table, diagnostics: self.diagnostics }
    }

    fn end(&mut self, why: Diagnostic) {
        self.ended = true;
        self.rest.clear();
        self.diagnostics.push(why);
    }

    /// Reads the lines that are whole, and the last one where there is no more; says how many bytes that were.
    fn lines(&mut self, bytes: &[u8], last: bool) -> usize {
        let mut at = 0;
        if self.header.is_none() {
            let Some(length) = self.names(bytes, last) else { return if self.ended { bytes.len() } else { 0 } };
            at = length;
        }
        let Some(mut header) = self.header.take() else { return at };
        while !self.ended
            && let Some(length) = self.line(&mut header, bytes.get(at..).unwrap_or(&[]), last)
        {
            at += length;
        }
        self.header = Some(header);
        at
    }

    /// Reads one line; `None` where it is not whole.
    fn line(&mut self, header: &mut Header, bytes: &[u8], last: bool) -> Option<usize> {
        if bytes.is_empty() {
            return None;
        }
        header.columns.iter_mut().for_each(|column| column.here = 0);
        let (mut at, mut place, mut blank) = (0, 0, true);
        loop {
            let (field, length, after) = field(bytes.get(at..)?, header.separator)?;
            if after == After::Bytes && !last {
                return None;
            }
            at += length;
            let text = field.text();
            blank &= text.is_empty();
            if let Some(column) = header.places.get(place).copied().flatten()
                && let Some(column) = header.columns.get_mut(column)
            {
                column.here = column.texts.number(text).0;
            }
            place += 1;
            if after != After::Field {
                break;
            }
        }
        if !blank {
            self.person(header);
        }
        Some(at)
    }

    fn person(&mut self, header: &mut Header) {
        if self.people >= limits::PEOPLE {
            let message = format!("the file has more than {} people", limits::PEOPLE);
            self.end(Diagnostic::error(Code::TooMany, message, "cut it into several"));
            return;
        }
        let row = self.people;
        self.people += 1;
        let Header { columns, groups, .. } = header;
        for group in groups {
            let number = match group.parts.as_slice() {
                [(only, _)] => columns.get(*only).map_or(0, |column| column.here),
                parts => {
                    let mut key = [0; 4 * 8];
                    for (bytes, (column, _)) in key.as_chunks_mut::<4>().0.iter_mut().zip(parts) {
                        *bytes = columns.get(*column).map_or(0, |column| column.here).to_le_bytes();
                    }
                    group.together.number(&key).0
                }
            };
            let at = usize::try_from(number).unwrap_or(0);
            let code = match group.codes.get(at).copied().flatten() {
                Some(code) => code,
                None => {
                    let code = self.code(group, columns);
                    if at >= group.codes.len() {
                        group.codes.resize(at + 1, None);
                    }
                    group.codes.get_mut(at).into_iter().for_each(|slot| *slot = Some(code));
                    code
                }
            };
            if code > 0 {
                self.table.set(group.column, row, code);
            }
        }
    }

    /// The code of texts that come for the first time, or first came together.
    fn code(&mut self, group: &Group, columns: &[Used]) -> u32 {
        let mut parts = Vec::with_capacity(group.parts.len());
        for (column, mapped) in &group.parts {
            let Some((used, mapped)) = columns.get(*column).zip(self.mapping.columns.get(*mapped)) else { continue };
            let Ok(text) = std::str::from_utf8(used.texts.text(used.here)) else {
                let help = "save the file as UTF-8";
                let found = Diagnostic::warning(Code::WrongEncoding, "this text is not UTF-8", help);
                let path = format!("row {}, {}", self.people, mapped.column);
                self.tell(found.on(path));
                return 0;
            };
            parts.push((mapped, text));
        }
        let texts = Texts { subject: &group.subject, parts, mapping: &self.mapping };
        match texts.fact() {
            Ok(None) => 0,
            Ok(Some(fact)) => self.table.code(group.column, &[&fact]),
            Err((column, found)) => {
                let path = format!("row {}, {}", self.people, column.column);
                self.tell(found.on(path));
                0
            }
        }
    }

    fn tell(&mut self, found: Diagnostic) {
        if self.diagnostics.len() < limits::PROBLEMS {
            self.diagnostics.push(found);
        } else {
            self.untold += 1;
        }
    }

    /// Reads the first line; says how long it is.
    fn names(&mut self, bytes: &[u8], last: bool) -> Option<usize> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            self.end(Diagnostic::error(Code::WrongEncoding, "the file is not UTF-8", "save it as CSV in UTF-8"));
            return None;
        }
        let bom = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
        let line = bytes.get(bom..)?;
        let end = line.iter().position(|byte| *byte == b'\n');
        let separator = separator(line.get(..end.unwrap_or(line.len()))?);
        let (mut at, mut names) = (0, Vec::new());
        loop {
            let (field, length, after) = field(line.get(at..)?, separator)?;
            if after == After::Bytes && (!last || line.is_empty()) {
                return None;
            }
            at += length;
            names.push(String::from_utf8_lossy(field.text()).into_owned());
            if after != After::Field {
                break;
            }
        }
        self.header = Some(self.header(separator, &names));
        Some(bom + at)
    }

    fn header(&mut self, separator: u8, names: &[String]) -> Header {
        let mut header = Header { separator, places: vec![None; names.len()], columns: Vec::new(), groups: Vec::new() };
        let mapped = self.mapping.columns.clone();
        for (mapping, mapped) in mapped.iter().enumerate() {
            let Some(place) = names.iter().position(|name| *name == mapped.column) else {
                let message = format!("the file has no column {}", quoted(&mapped.column));
                self.tell(Diagnostic::warning(Code::MissingKey, message, "mend the mapping, or choose another file"));
                continue;
            };
            if mapped.part == PartOfFact::Presence && mapped.status.is_none() {
                let message =
                    format!("of column {} nobody says whether yes means now, ever or planned", quoted(&mapped.column));
                self.tell(Diagnostic::warning(Code::MissingKey, message, "give `status` in the mapping"));
                continue;
            }
            let column = match header.places.get(place).copied().flatten() {
                Some(column) => column,
                None => {
                    let mut used = Used::default();
                    used.texts.number(b"");
                    header.columns.push(used);
                    header.places.get_mut(place).into_iter().for_each(|slot| *slot = Some(header.columns.len() - 1));
                    header.columns.len() - 1
                }
            };
            match header.groups.iter_mut().find(|group| group.subject == mapped.subject) {
                Some(group) if group.parts.len() < 8 => group.parts.push((column, mapping)),
                Some(_) => {
                    let message = format!("too many columns are about what {} is about", quoted(&mapped.column));
                    self.tell(Diagnostic::warning(Code::TooMany, message, "leave out what says the same"));
                }
                None => header.groups.push(Group {
                    column: self.table.column(&mapped.subject),
                    subject: mapped.subject.clone(),
                    parts: vec![(column, mapping)],
                    together: Interner::default(),
                    codes: Vec::new(),
                }),
            }
        }
        header
    }
}
