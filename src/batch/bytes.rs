//! A packed table as one buffer, and back.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `TPT`, and the version of the layout: 1 |
//! | n | people; columns |
//! | | of each column: |
//! | t | its subject, as JSON |
//! | n, t … | its shapes: facts as JSON, whose numbers and days are nothing |
//! | n | its cells but for the empty one, in the order of their codes from 1 on; of each: |
//! | n | its facts; of each: |
//! | n | its shape |
//! | d, s … | its numbers and days in the order of [`Hole`], a day as days since 1970, a minute as minutes since then: the difference from the fact of the same shape before it; of a number then the digits after its point |
//! | … | zeros, up to a multiple of 8 bytes |
//! | 8 … | the planes as words, the lowest byte first: of the first 1,024 people each plane's 16 words, the columns in order, the lowest bit of the codes first; then of the next 1,024 |
//!
//! `n` is a whole number in groups of 7 bits, the lowest first, the eighth bit set but in the last; `d` the same of a
//! number with a sign, turned so that 0, -1, 1, -2 are 0, 1, 2, 3; `t` is `n` bytes of text; `s` is one byte.

use smallvec::SmallVec;

use crate::batch::cell::{Cell, Hole, Part, Piece, holes};
use crate::batch::packed::{Column, Packed};
use crate::batch::planes::{CHUNK, Plane, WORDS};
use crate::diagnostic::{Code, Diagnostic};
use crate::import;
use crate::import::readable::Readable;
use crate::json;
use crate::model::date::Day;
use crate::model::record::{Fact, Subject};

const NAME: &[u8] = b"TPT";
const VERSION: u8 = 1;

/// What the facts of each shape had last in their holes.
type Before = Vec<SmallVec<[i64; 2]>>;

struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn number(&mut self, mut number: u64) {
        while number > 0x7F {
            self.bytes.push(0x80 | u8::try_from(number & 0x7F).unwrap_or(0));
            number >>= 7;
        }
        self.bytes.push(u8::try_from(number).unwrap_or(0));
    }

    fn size(&mut self, size: usize) {
        self.number(u64::try_from(size).unwrap_or(u64::MAX));
    }

    fn text(&mut self, text: &str) {
        self.size(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn column(&mut self, column: &Column) {
        self.text(&json::text(&column.subject).unwrap_or_default());
        self.size(column.shapes.len());
        column.shapes.iter().for_each(|shape| self.text(&json::text(shape).unwrap_or_default()));
        let places: Vec<_> = column.shapes.iter().map(holes).collect();
        let mut before: Before = places.iter().map(|places| SmallVec::from_elem(0, places.len())).collect();
        self.size(column.cells.len().saturating_sub(1));
        for cell in column.cells.iter().skip(1) {
            self.size(cell.len());
            for piece in cell {
                self.number(u64::from(piece.shape));
                let shape = usize::try_from(piece.shape).unwrap_or(usize::MAX);
                let (Some(places), Some(before)) = (places.get(shape), before.get_mut(shape)) else { continue };
                for (((hole, _), part), before) in places.iter().zip(&piece.parts).zip(before) {
                    let by = part.digits.wrapping_sub(*before);
                    self.number((by << 1 ^ by >> 63).cast_unsigned());
                    if is_number(*hole) {
                        self.bytes.push(part.scale);
                    }
                    *before = part.digits;
                }
            }
        }
    }
}

fn is_number(hole: Hole) -> bool {
    match hole {
        Hole::Number | Hole::Upper | Hole::Lower => true,
        Hole::Value(_) | Hole::On(_) | Hole::From(_) => false,
    }
}

/// The days that a hole may hold.
fn is_possible(hole: Hole, part: Part) -> bool {
    let days = Day::FIRST.number()..=Day::LAST.number();
    match hole {
        Hole::Number | Hole::Upper | Hole::Lower => part.is_a_number(),
        Hole::Value(None) | Hole::On(None) | Hole::From(None) => days.contains(&part.digits),
        Hole::Value(Some(_)) | Hole::On(Some(_)) | Hole::From(Some(_)) => {
            days.contains(&part.digits.div_euclid(crate::model::date::DAY))
        }
    }
}

struct Reader<'b> {
    rest: &'b [u8],
    /// How many bytes there were.
    all: usize,
}

impl<'b> Reader<'b> {
    fn here(&self) -> usize {
        self.all - self.rest.len()
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Box<Diagnostic>> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(|| ended(self.all))?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Box<Diagnostic>> {
        self.take(1)?.first().copied().ok_or_else(|| ended(self.all))
    }

    fn number(&mut self) -> Result<u64, Box<Diagnostic>> {
        let mut number = 0;
        for shift in (0..63).step_by(7).chain([63]) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.broken("a number is too long"))
    }

    /// How many of something there are, each of which takes at least one byte.
    fn size(&mut self) -> Result<usize, Box<Diagnostic>> {
        let size = self.number()?;
        usize::try_from(size).ok().filter(|size| *size <= self.rest.len()).ok_or_else(|| ended(self.all))
    }

    fn value<T: Readable>(&mut self) -> Result<T, Box<Diagnostic>> {
        let length = self.size()?;
        let text = self.take(length)?;
        let value = std::str::from_utf8(text).ok().and_then(|text| import::value(text).ok());
        value.ok_or_else(|| self.broken("a fact or a subject could not be read"))
    }

    fn broken(&self, what: &str) -> Box<Diagnostic> {
        let message = format!("{what} at byte {} of the table", self.here());
        Box::new(Diagnostic::error(Code::WrongType, message, "pack the table again"))
    }

    fn column(&mut self, first: usize) -> Result<Column, Box<Diagnostic>> {
        let subject: Subject = self.value()?;
        let count = self.size()?;
        let mut shapes = Vec::new();
        for _ in 0..count {
            let shape: Fact = self.value()?;
            if shape.subject != subject {
                return Err(self.broken("a fact is about something else than its column"));
            }
            shapes.push(shape);
        }
        let places: Vec<_> = shapes.iter().map(holes).collect();
        let mut before: Before = places.iter().map(|places| SmallVec::from_elem(0, places.len())).collect();
        let count = self.size()?;
        let mut cells = vec![Cell::new()];
        for _ in 0..count {
            let facts = self.size()?;
            let mut cell = Cell::new();
            for _ in 0..facts {
                let shape = self.number()?;
                let at = usize::try_from(shape).unwrap_or(usize::MAX);
                let (Some(places), Some(before)) = (places.get(at), before.get_mut(at)) else {
                    return Err(self.broken("a fact has a shape that is not listed"));
                };
                let mut parts = SmallVec::new();
                for ((hole, _), before) in places.iter().zip(before) {
                    let turned = self.number()?;
                    let by = (turned >> 1).cast_signed() ^ -(turned & 1).cast_signed();
                    *before = before.wrapping_add(by);
                    let part = Part { digits: *before, scale: if is_number(*hole) { self.byte()? } else { 0 } };
                    if !is_possible(*hole, part) {
                        return Err(self.broken("a number or a day is beyond what there is"));
                    }
                    parts.push(part);
                }
                cell.push(Piece { shape: u32::try_from(shape).unwrap_or(u32::MAX), parts });
            }
            cells.push(cell);
        }
        Ok(Column::new(subject, shapes, cells, first))
    }
}

fn ended(all: usize) -> Box<Diagnostic> {
    let message = format!("the table ends before its end, after {all} bytes");
    Box::new(Diagnostic::error(Code::Truncated, message, "fetch or save the file again"))
}

impl Packed {
    /// The table as one buffer: equal tables have equal bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer { bytes: NAME.to_vec() };
        writer.bytes.push(VERSION);
        writer.size(self.people);
        writer.size(self.columns.len());
        self.columns.iter().for_each(|column| writer.column(column));
        let Writer { mut bytes } = writer;
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes.reserve(self.words.len() * WORDS * 8);
        self.words.iter().flatten().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
        bytes
    }

    /// Reads a table from the bytes that [`Packed::bytes`] gave.
    ///
    /// # Errors
    ///
    /// `wrong-type` where the bytes are no table or one that is broken, with the place; `later-version`; `truncated`.
    /// What is read is whole: its codes stand for cells, its columns in order.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::{Code, batch::{Packed, Table}};
    /// let packed = Table::default().pack();
    /// assert_eq!(Packed::read(&packed.bytes()), Ok(packed));
    /// assert_eq!(Packed::read(b"TPT\x02").unwrap_err().code, Code::LaterVersion);
    /// assert_eq!(Packed::read(b"id,age\n").unwrap_err().code, Code::WrongType);
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Packed, Box<Diagnostic>> {
        let mut reader = Reader { rest: bytes, all: bytes.len() };
        if reader.take(NAME.len()).ok() != Some(NAME) {
            let help = "read other files as what they are, and pack what comes of them";
            return Err(Box::new(Diagnostic::error(Code::WrongType, "these bytes are no packed table", help)));
        }
        let version = reader.byte()?;
        if version != VERSION {
            let message = format!("the table is of version {version}; version {VERSION} is read");
            let help = "load the page again, or pack the table again";
            return Err(Box::new(Diagnostic::error(Code::LaterVersion, message, help)));
        }
        let people = reader.number()?;
        let people = usize::try_from(people).ok().filter(|people| *people <= import::limits::PEOPLE);
        let people = people.ok_or_else(|| reader.broken("there are more people than are read"))?;
        let count = reader.size()?;
        let mut columns: Vec<Column> = Vec::new();
        let mut planes = 0;
        for _ in 0..count {
            let column = reader.column(planes)?;
            if columns.last().is_some_and(|last| last.subject >= column.subject) {
                return Err(reader.broken("the columns are not in order"));
            }
            planes = column.planes().end;
            columns.push(column);
        }
        reader.take(reader.here().next_multiple_of(8) - reader.here())?;
        let words = people.div_ceil(CHUNK).saturating_mul(planes);
        if reader.rest.len() != words.saturating_mul(WORDS * 8) {
            return Err(ended(bytes.len()));
        }
        let words = reader.rest.chunks_exact(WORDS * 8).map(plane).collect();
        let packed = Packed { people, columns, planes, words };
        if packed.has_codes_beyond() {
            return Err(reader.broken("a person has a code that stands for nothing"));
        }
        Ok(packed)
    }

    /// Somebody has a code that is not one of the column's.
    fn has_codes_beyond(&self) -> bool {
        let beyond = |column: &Column, planes: &[Plane]| {
            let most = column.cells.len().saturating_sub(1);
            let planes = planes.get(column.planes()).unwrap_or(&[]);
            // those whose higher bits are so far those of the last code, and those who are past it
            let (mut level, mut past) = ([u64::MAX; WORDS], [0; WORDS]);
            for (bit, plane) in planes.iter().enumerate().rev() {
                for ((word, level), past) in plane.iter().zip(&mut level).zip(&mut past) {
                    if most >> bit & 1 == 1 {
                        *level &= word;
                    } else {
                        *past |= *level & word;
                        *level &= !word;
                    }
                }
            }
            past.iter().any(|word| *word != 0)
        };
        (0..self.chunks()).any(|chunk| self.columns.iter().any(|column| beyond(column, self.chunk(chunk))))
    }
}

fn plane(bytes: &[u8]) -> Plane {
    let mut plane = [0; WORDS];
    for (word, bytes) in plane.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    plane
}
