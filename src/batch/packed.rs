//! A packed table: a dictionary of cells for each column, and what each person has as planes of bits.

use std::ops::Range;

use crate::batch::cell::{Cell, facts, is_short};
use crate::batch::planes::{CHUNK, Plane, bits};
use crate::model::record::{Fact, Record, Subject};

/// What is known of many people, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub(crate) people: usize,
    /// In the order of their subjects.
    pub(crate) columns: Vec<Column>,
    /// How many planes all columns have together.
    pub(crate) planes: usize,
    /// Those of the first 1,024 people, then of the next.
    pub(crate) words: Vec<Plane>,
}

/// What is known of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) subject: Subject,
    pub(crate) shapes: Vec<Fact>,
    /// Each different cell once, the empty one first.
    pub(crate) cells: Vec<Cell>,
    pub(crate) runs: Vec<Run>,
    /// The place of its first plane, that of the lowest bits of the codes.
    pub(crate) first: usize,
    pub(crate) bits: u32,
}

/// Cells one after another that are each one fact of the same shape; else one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The code of the first.
    pub(crate) start: usize,
    pub(crate) length: usize,
    /// The numbers of all of them are so short that no conversion of them is too long.
    pub(crate) short: bool,
}

impl Column {
    pub(crate) fn new(subject: Subject, shapes: Vec<Fact>, cells: Vec<Cell>, first: usize) -> Column {
        let mut runs: Vec<Run> = Vec::new();
        let mut shape = None;
        for (start, cell) in cells.iter().enumerate() {
            let own = if let [piece] = cell.as_slice() { Some(piece.shape) } else { None };
            match runs.last_mut().filter(|_| own.is_some() && own == shape) {
                Some(run) => *run = Run { length: run.length + 1, short: run.short && is_short(cell), ..*run },
                None => runs.push(Run { start, length: 1, short: is_short(cell) }),
            }
            shape = own;
        }
        let bits = bits(cells.len().saturating_sub(1));
        Column { subject, shapes, cells, runs, first, bits }
    }

    pub(crate) fn planes(&self) -> Range<usize> {
        self.first..self.first + usize::try_from(self.bits).unwrap_or(0)
    }

    /// The number in the last hole of a cell: the day of a fact that says when it was.
    pub(crate) fn day(&self, code: usize) -> Option<i64> {
        Some(self.cells.get(code)?.last()?.parts.last()?.digits)
    }

    /// The facts that a code stands for.
    pub(crate) fn facts(&self, code: usize) -> Vec<Fact> {
        self.cells.get(code).map_or_else(Vec::new, |cell| facts(&self.subject, &self.shapes, cell))
    }
}

impl Packed {
    /// How many people it has.
    pub fn people(&self) -> usize {
        self.people
    }

    /// What each column is about, in order.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.columns.iter().map(|column| &column.subject)
    }

    /// The column of a subject.
    pub(crate) fn column(&self, subject: &Subject) -> Option<usize> {
        self.columns.binary_search_by(|column| column.subject.cmp(subject)).ok()
    }

    pub(crate) fn chunks(&self) -> usize {
        self.people.div_ceil(CHUNK)
    }

    /// The planes of a chunk of people.
    pub(crate) fn chunk(&self, chunk: usize) -> &[Plane] {
        let start = chunk.saturating_mul(self.planes);
        self.words.get(start..start.saturating_add(self.planes)).unwrap_or(&[])
    }

    /// The code that a person has in a column.
    fn code(&self, column: &Column, row: usize) -> usize {
        let planes = self.chunk(row / CHUNK).get(column.planes()).unwrap_or(&[]);
        let (word, bit) = (row % CHUNK / 64, row % 64);
        let of = |plane: &Plane| usize::from(plane.get(word).is_some_and(|word| word >> bit & 1 == 1));
        planes.iter().rev().fold(0, |code, plane| code << 1 | of(plane))
    }

    /// What is known of one person; nothing where there is no such row.
    pub fn record(&self, row: usize) -> Record {
        let columns = self.columns.iter().filter(|_| row < self.people);
        Record::new(columns.flat_map(|column| column.facts(self.code(column, row))).collect())
    }
}
