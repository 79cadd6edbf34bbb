//! Tables of text as CSV that a spreadsheet opens right and in which nothing runs.
//!
//! UTF-8 with a byte order mark, lines that end in CR LF, every cell in quotes (RFC 4180). A cell that a spreadsheet
//! would take for a formula gets an apostrophe before it, and so does whatever in a cell would become such a cell where a
//! spreadsheet parts cells at semicolons or tabs; reading takes it off again, so that every text reads back the same.

use crate::diagnostic::{Code, Diagnostic, Span, Warned};
use crate::import::limits;

/// A table of text: the names of its columns, and rows with as many cells.
///
/// # Example
///
/// ```
/// use trial_prescreen::log::Sheet;
/// let sheet = Sheet { columns: vec!["note".into()], rows: vec![vec!["=HYPERLINK(\"http://x\")".into()]] };
/// let csv = sheet.csv();
/// assert_eq!(csv, "\u{FEFF}\"note\"\r\n\"'=HYPERLINK(\"\"http://x\"\")\"\r\n");
/// assert_eq!(Sheet::read(&csv).output, sheet);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table without rows.
    pub(super) fn with(columns: &[&str]) -> Sheet {
        Sheet { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// As CSV.
    pub fn csv(&self) -> String {
        let mut out = String::from("\u{FEFF}");
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push('"');
                out.push_str(&defused(cell).replace('"', "\"\""));
                out.push('"');
            }
            out.push_str("\r\n");
        }
        out
    }

    /// Reads such CSV, also with plain cells and with lines that end in LF alone. A row with more or fewer cells than
    /// there are columns is told of, and cut or filled up; of a cell without its closing quote all up to the end is kept.
    pub fn read(text: &str) -> Warned<Sheet> {
        let mut reader =
            Reader { rest: text.strip_prefix('\u{FEFF}').unwrap_or(text), of: text, diagnostics: Vec::new() };
        let mut rows = Vec::new();
        while !reader.rest.is_empty() {
            if rows.len() > limits::LIST {
                let message = format!("there are more than {} rows; the others are not read", limits::LIST);
                reader.diagnostics.push(Diagnostic::error(Code::TooMany, message, "split the file"));
                break;
            }
            rows.push(reader.row());
        }
        let mut diagnostics = reader.diagnostics;
        let mut rows = rows.into_iter();
        let columns = rows.next().unwrap_or_default();
        let mut uneven = Vec::new();
        let even = |(at, mut row): (usize, Vec<String>)| {
            if row.len() != columns.len() {
                uneven.push(at);
            }
            row.resize(columns.len(), String::new());
            row
        };
        let rows = rows.enumerate().map(even).collect();
        if let Some(first) = uneven.first() {
            let message = format!(
                "rows that have not as many cells as the head: {}, the first is row {}",
                uneven.len(),
                first + 1
            );
            let help = "open the file in a text editor and look for a comma or a quote too many";
            diagnostics.push(Diagnostic::warning(Code::WrongType, message, help));
        }
        Warned { output: Sheet { columns, rows }, diagnostics }
    }
}

struct Reader<'t> {
    rest: &'t str,
    of: &'t str,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn row(&mut self) -> Vec<String> {
        let mut row = Vec::new();
        loop {
            row.push(fused(&self.cell()));
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        let end = ["\r\n", "\n", "\r"].into_iter().find_map(|end| self.rest.strip_prefix(end));
        self.rest = end.unwrap_or(self.rest);
        row
    }

    fn cell(&mut self) -> String {
        let mut cell = String::new();
        if let Some(mut inside) = self.rest.strip_prefix('"') {
            loop {
                let Some((before, after)) = inside.split_once('"') else {
                    let at = self.of.len() - self.rest.len();
                    let problem = Diagnostic::error(
                        Code::Truncated,
                        "the text stops inside a cell in quotes",
                        "get the whole file again: it was cut off on its way here",
                    );
                    self.diagnostics.push(problem.at(Span { start: at, end: at + 1 }));
                    cell.push_str(inside);
                    self.rest = "";
                    return cell;
                };
                cell.push_str(before);
                match after.strip_prefix('"') {
                    Some(rest) => {
                        cell.push('"');
                        inside = rest;
                    }
                    None => {
                        self.rest = after;
                        break;
                    }
                }
            }
        }
        // what stands without quotes, or behind them
        let end = self.rest.find([',', '\r', '\n']).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        cell.push_str(plain);
        self.rest = rest;
        cell
    }
}

/// What begins a formula in one spreadsheet or another, with the full-width twins.
fn begins_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}' | '\u{2212}')
}

/// What a spreadsheet may skip before it looks.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{00AD}')
}

/// What a spreadsheet may part cells or lines at, whatever the quotes say.
const PARTS: [char; 5] = [';', '\t', '\r', '\n', '|'];

/// A number with or without a minus: a spreadsheet shows it as it is.
fn is_a_number(cell: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let size = cell.strip_prefix('-').unwrap_or(cell);
    size.split_once('.').map_or(digits(size), |(whole, part)| digits(whole) && digits(part))
}

fn is_dangerous(part: &str) -> bool {
    part.starts_with('\'') || part.trim_start_matches(is_blank).starts_with(begins_a_formula)
}

/// The parts of a cell, each with the separator behind it.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_inclusive(PARTS)
}

/// The cell so that no part of it runs.
fn defused(cell: &str) -> String {
    if is_a_number(cell) {
        return cell.to_owned();
    }
    let mut out = String::with_capacity(cell.len());
    for (at, part) in parts(cell).enumerate() {
        if is_dangerous(part) || (at == 0 && part.starts_with(['\t', '\r', '\n'])) {
            out.push('\'');
        }
        out.push_str(part);
    }
    out
}

/// The cell as it was.
fn fused(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for (at, part) in parts(cell).enumerate() {
        let bare = part.strip_prefix('\'');
        let bare = bare.filter(|bare| is_dangerous(bare) || (at == 0 && bare.starts_with(['\t', '\r', '\n'])));
        out.push_str(bare.unwrap_or(part));
    }
    out
}
