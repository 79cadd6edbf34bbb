//! A file of separated values → a table: each different text of a column is read once.
//!
//! In: bytes as they come, and which column says what. Out: a [`Table`], and a diagnostic for each text that could not be
//! read, with its row and its column. Never: a guess. What cannot be read is not known.

mod cells;
mod header;
mod lines;
mod mapping;
mod rows;

pub use mapping::{ColumnMapping, Mapping, PartOfFact};

use crate::batch::table::Table;
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::limits;

use header::{Group, Header, Used};
use lines::LINES;
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

/// A text that says nothing that its column may say.
struct Found {
    /// The line, of those that are read together.
    row: usize,
    /// That of the columns about one subject.
    place: usize,
    /// The column in the mapping.
    column: usize,
    what: Box<Diagnostic>,
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
        let mut rest = std::mem::take(&mut self.rest);
        if rest.is_empty() {
            let read = self.lines(bytes, false);
            rest.extend_from_slice(bytes.get(read..).unwrap_or(&[]));
        } else {
            rest.extend_from_slice(bytes);
            let read = self.lines(&rest, false);
            rest.drain(..read.min(rest.len()));
        }
        if self.ended {
            return;
        }
        self.rest = rest;
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
        while !self.ended {
            let rest = bytes.get(at..).unwrap_or(&[]);
            let left = limits::PEOPLE - self.people.min(limits::PEOPLE);
            let read = header.lines.read(rest, last, LINES.min(left.max(1)));
            if read == 0 {
                break;
            }
            at += read;
            if left == 0 && header.lines.rows() > 0 {
                let message = format!("the file has more than {} people", limits::PEOPLE);
                self.end(Diagnostic::error(Code::TooMany, message, "cut it into several"));
                break;
            }
            self.people_of(&mut header, rest);
        }
        self.header = Some(header);
        at
    }

    /// Takes in the people of some lines, column by column.
    fn people_of(&mut self, header: &mut Header, bytes: &[u8]) {
        let Header { lines, columns, groups, .. } = header;
        for column in columns.iter_mut() {
            column.read(lines, bytes);
        }
        let mut found: Vec<Found> = Vec::new();
        for (place, group) in groups.iter_mut().enumerate() {
            group.number(columns);
            let of_table = group.column;
            let mut from = 0;
            while let Some(row) = group.unseen(from) {
                let code = match group.fact(columns, row, &self.mapping) {
                    Ok(None) => 0,
                    Ok(Some(fact)) => self.table.code(of_table, &[fact]),
                    Err((column, what)) => {
                        found.push(Found { row, place, column, what });
                        0
                    }
                };
                group.learn(row, code);
                from = row;
            }
            self.table.set(of_table, self.people, &group.here);
        }
        // as they stand in the file
        found.sort_by_key(|found| (found.row, found.place));
        for Found { row, column, what, .. } in found {
            let name = self.mapping.columns.get(column).map_or("", |column| column.column.as_str());
            let path = format!("row {}, {name}", self.people + row + 1);
            self.tell(what.on(path));
        }
        self.people += lines.rows();
        let fields = self.people.saturating_mul(columns.len());
        let texts = columns.iter().map(Used::texts).chain(groups.iter().map(Group::texts)).sum::<usize>();
        let help = "leave out columns that no trial asks about, or cut the file into several";
        let many = if fields > limits::CELLS {
            format!("{} people with {} columns are too many", self.people, columns.len())
        } else if texts > limits::TEXTS {
            format!("the first {} people have more than {} different texts", self.people, limits::TEXTS)
        } else {
            return;
        };
        self.end(Diagnostic::error(Code::TooMany, many, help));
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
            let rest = line.get(at..)?;
            let (field, length, after) = field(rest, separator)?;
            if after == After::Bytes && (!last || line.is_empty()) {
                return None;
            }
            at += length;
            names.push(String::from_utf8_lossy(field.text(rest)).into_owned());
            if after != After::Field {
                break;
            }
        }
        let header = Header::new(separator, &names, &self.mapping, &mut self.table);
        header.told.iter().for_each(|told| self.tell(told.clone()));
        self.header = Some(header);
        Some(bom + at)
    }
}
