//! What the columns of a file are, and the texts that were met in each.

use smallvec::SmallVec;

use crate::batch::interner::Interner;
use crate::batch::sheet::cells::{Bad, Part, Texts};
use crate::batch::sheet::lines::Lines;
use crate::batch::sheet::mapping::{Mapping, PartOfFact};
use crate::batch::table::Table;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::record::{Fact, FactValue, Status, Subject};

/// So many columns may be about one subject: no more than a short text has bytes, and one.
const MOST: usize = 8;

/// The columns of a file that say something.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) lines: Lines,
    pub(super) columns: Vec<Used>,
    pub(super) groups: Vec<Group>,
    /// What the mapping asks and the file has not, or does not say.
    pub(super) told: Vec<Diagnostic>,
}

/// A column that says something.
#[derive(Debug)]
pub(super) struct Used {
    /// Its place in a line.
    place: usize,
    texts: Interner,
    /// Texts in one word that were met, each where it is looked for first; the one that is none stands everywhere else.
    met: Box<[(u64, u32); MET]>,
    /// The numbers of the texts of the lines that are read together; that of no text is 0.
    here: Vec<u32>,
}

/// The columns about one subject.
#[derive(Debug)]
pub(super) struct Group {
    /// Its place in the table.
    pub(super) column: usize,
    /// The fact that a line says.
    fact: Fact,
    /// Each with its place in the mapping.
    parts: Vec<(usize, usize)>,
    /// Of several columns, which texts came together.
    together: Interner,
    /// The numbers of the texts of the lines that are read together, or of those that came together.
    numbers: Vec<u32>,
    /// The code of each of them, once somebody has looked.
    codes: Vec<u32>,
    /// The codes of the lines that are read together.
    pub(super) here: Vec<u32>,
    /// Somebody has looked at all of them.
    all_seen: bool,
}

/// Nobody has looked yet.
const UNSEEN: u32 = u32::MAX;

const MET: usize = 64;

/// Where a text in one word is looked for first.
#[inline]
fn first(field: u64) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    usize::try_from(field.wrapping_mul(ODD) >> 58).unwrap_or(0) % MET
}

impl Used {
    fn new(place: usize) -> Used {
        let mut texts = Interner::default();
        texts.of(b"");
        Used { place, texts, met: Box::new([(0, 0); MET]), here: Vec::new() }
    }

    /// How many different texts there were.
    pub(super) fn texts(&self) -> usize {
        self.texts.len()
    }

    /// Reads the texts of some lines.
    pub(super) fn read(&mut self, lines: &Lines, bytes: &[u8]) {
        let fields = lines.column(self.place);
        let met = &self.met;
        self.here.clear();
        self.here.extend(fields.iter().map(|field| match met.get(first(*field)) {
            Some((word, number)) if word == field => *number,
            Some(_) | None => UNSEEN,
        }));
        if !has_unseen(&self.here) {
            return;
        }
        // what was met before first: nothing that is found waits for what is not
        for (here, field) in self.here.iter_mut().zip(fields) {
            if let (UNSEEN, Some((start, end))) = (*here, lines.place(*field))
                && end <= bytes.len()
            {
                *here = self.texts.known(bytes, start, end).unwrap_or(UNSEEN);
            }
        }
        for (row, field) in fields.iter().enumerate() {
            if self.here.get(row) == Some(&UNSEEN) {
                let number = self.look_up(lines, bytes, *field);
                self.here.get_mut(row).into_iter().for_each(|here| *here = number);
            }
        }
    }

    fn look_up(&mut self, lines: &Lines, bytes: &[u8], field: u64) -> u32 {
        let Some((start, end)) = lines.place(field) else {
            let number = self.texts.by_word(field);
            self.met.get_mut(first(field)).into_iter().for_each(|met| *met = (field, number));
            return number;
        };
        match start.checked_sub(bytes.len()) {
            Some(past) if end > start => self.texts.number(lines.spare(), past, end - bytes.len()),
            Some(_) | None => self.texts.number(bytes, start, end),
        }
    }
}

/// There is one that nobody has looked at.
fn has_unseen(all: &[u32]) -> bool {
    all.iter().fold(0, |most, one| most.max(*one)) == UNSEEN
}

impl Group {
    /// How many different texts came together.
    pub(super) fn texts(&self) -> usize {
        self.together.len()
    }

    /// Numbers what some lines say.
    pub(super) fn number(&mut self, columns: &[Used]) {
        self.here.clear();
        self.numbers.clear();
        let here = |column: usize| columns.get(column).map_or(&[][..], |column| &column.here);
        let Some(((first, _), others)) = self.parts.split_first() else { return };
        self.numbers.extend_from_slice(here(*first));
        for (level, (column, _)) in (1..).zip(others) {
            for (number, next) in self.numbers.iter_mut().zip(here(*column)) {
                // INVARIANT: no number has more than 28 bits, and no two levels share a word
                *number = self.together.by_word(u64::from(*number) | u64::from(*next) << 28 | level << 56);
            }
        }
        let codes = &self.codes;
        let code = |number: &u32| usize::try_from(*number).ok().and_then(|number| codes.get(number)).copied();
        self.here.extend(self.numbers.iter().map(|number| code(number).unwrap_or(UNSEEN)));
        self.all_seen = !has_unseen(&self.here);
    }

    fn code(&self, row: usize) -> u32 {
        let number = self.numbers.get(row).and_then(|number| usize::try_from(*number).ok());
        number.and_then(|number| self.codes.get(number)).copied().unwrap_or(UNSEEN)
    }

    /// The first line from a row on whose code nobody knows.
    pub(super) fn unseen(&mut self, from: usize) -> Option<usize> {
        for row in from..if self.all_seen { from } else { self.here.len() } {
            if self.here.get(row) == Some(&UNSEEN) {
                // somebody may have looked since
                let code = self.code(row);
                if code == UNSEEN {
                    return Some(row);
                }
                self.here.get_mut(row).into_iter().for_each(|here| *here = code);
            }
        }
        None
    }

    /// What a line says has this code.
    pub(super) fn learn(&mut self, row: usize, code: u32) {
        let number = self.numbers.get(row).and_then(|number| usize::try_from(*number).ok());
        if let Some(number) = number.filter(|number| *number >= self.codes.len()) {
            self.codes.resize(number + 1, UNSEEN);
        }
        let slot = number.and_then(|number| self.codes.get_mut(number));
        slot.into_iter().chain(self.here.get_mut(row)).for_each(|slot| *slot = code);
    }

    /// The fact that a line says, where it says one.
    pub(super) fn fact(&mut self, columns: &[Used], row: usize, mapping: &Mapping) -> Result<Option<&Fact>, Bad> {
        let mut texts: SmallVec<[(usize, Vec<u8>); 2]> = SmallVec::new();
        for (column, mapped) in &self.parts {
            let Some(used) = columns.get(*column) else { continue };
            texts.push((*mapped, used.texts.text(used.here.get(row).copied().unwrap_or(0))));
        }
        let mut parts = SmallVec::new();
        for (at, text) in &texts {
            let Some(column) = mapping.columns.get(*at) else { continue };
            let Ok(text) = std::str::from_utf8(text) else {
                let help = "save the file as UTF-8";
                return Err((*at, Box::new(Diagnostic::warning(Code::WrongEncoding, "this text is not UTF-8", help))));
            };
            parts.push(Part { at: *at, column, text });
        }
        let is_known = Texts { parts, mapping }.fill(&mut self.fact)?;
        Ok(is_known.then_some(&self.fact))
    }
}

impl Header {
    pub(super) fn new(separator: u8, names: &[String], mapping: &Mapping, table: &mut Table) -> Header {
        let mut header = Header {
            lines: Lines::new(separator, names.len()),
            columns: Vec::new(),
            groups: Vec::new(),
            told: Vec::new(),
        };
        for (at, mapped) in mapping.columns.iter().enumerate() {
            let Some(place) = names.iter().position(|name| *name == mapped.column) else {
                let message = format!("the file has no column {}", quoted(&mapped.column));
                header.tell(Code::MissingKey, message, "mend the mapping, or choose another file");
                continue;
            };
            if mapped.part == PartOfFact::Presence && mapped.status.is_none() {
                let message =
                    format!("of column {} nobody says whether yes means now, ever or planned", quoted(&mapped.column));
                header.tell(Code::MissingKey, message, "give `status` in the mapping");
                continue;
            }
            let column = header.column(place);
            match header.groups.iter_mut().find(|group| group.fact.subject == mapped.subject) {
                Some(group) if group.parts.len() < MOST => group.parts.push((column, at)),
                Some(_) => {
                    let message = format!("too many columns are about what {} is about", quoted(&mapped.column));
                    header.tell(Code::TooMany, message, "leave out what says the same");
                }
                None => header.groups.push(Group::new(&mapped.subject, (column, at), table)),
            }
        }
        header
    }

    fn tell(&mut self, code: Code, message: String, help: &str) {
        self.told.push(Diagnostic::warning(code, message, help));
    }

    /// The column at a place of a line, which is used from now on.
    fn column(&mut self, place: usize) -> usize {
        if let Some(at) = self.columns.iter().position(|used| used.place == place) {
            return at;
        }
        self.columns.push(Used::new(place));
        self.columns.len() - 1
    }
}

impl Group {
    fn new(subject: &Subject, part: (usize, usize), table: &mut Table) -> Group {
        Group {
            column: table.column(subject),
            fact: Fact::new("", subject.clone(), FactValue::Refuted(Status::Any)),
            parts: vec![part],
            together: Interner::default(),
            numbers: Vec::new(),
            codes: Vec::new(),
            here: Vec::new(),
            all_seen: false,
        }
    }
}
