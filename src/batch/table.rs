//! A table being filled: people in rows, subjects in columns, each different cell once.

use std::collections::BTreeMap;

use crate::batch::cell::{Cell, Piece, holes, order, shape};
use crate::batch::packed::{Column, Packed};
use crate::batch::planes::{CHUNK, Plane, WORDS, bits, write};
use crate::json;
use crate::model::record::{Fact, Record, Subject};

/// What is known of many people, being filled person by person.
///
/// Of the facts of a person those about one subject are one cell; equal cells are kept once. The names of the facts and
/// their notes are not kept: facts that come back are named for their subject, in the order of the names they had.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Fact, FactValue, Record, Subject, batch::Table};
/// let sex = |code: &str| Fact::new("a", Subject::concept("sex"), FactValue::Code(code.to_owned()));
/// let mut table = Table::default();
/// table.push(&Record::new(vec![sex("female")]));
/// table.push(&Record::default()); // nothing is known of the second person
/// let packed = table.pack();
/// assert_eq!(packed.people(), 2);
/// assert_eq!(packed.record(0).facts[0].id, "sex");
/// assert!(packed.record(1).facts.is_empty());
/// ```
#[derive(Debug, Default)]
pub struct Table {
    people: usize,
    columns: Vec<Filling>,
    places: BTreeMap<Subject, usize>,
}

/// The code of each person so far, but for those at the end of whom nothing is known; no wider than they need be.
#[derive(Debug)]
pub(crate) enum Codes {
    /// Up to 255.
    Narrow(Vec<u8>),
    /// Up to 65,535.
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Codes {
        Codes::Narrow(Vec::new())
    }
}

impl Codes {
    /// The code of the person in a row, who comes after all others.
    pub(crate) fn push(&mut self, row: usize, code: u32) {
        match (&mut *self, u8::try_from(code), u16::try_from(code)) {
            (Codes::Narrow(codes), Ok(code), _) => {
                codes.resize(row, 0);
                codes.push(code);
            }
            (Codes::Middle(codes), _, Ok(code)) => {
                codes.resize(row, 0);
                codes.push(code);
            }
            (Codes::Wide(codes), ..) => {
                codes.resize(row, 0);
                codes.push(code);
            }
            (Codes::Narrow(codes), Err(_), _) => {
                *self = Codes::Middle(codes.iter().map(|code| u16::from(*code)).collect());
                self.push(row, code);
            }
            (Codes::Middle(codes), _, Err(_)) => {
                *self = Codes::Wide(codes.iter().map(|code| u32::from(*code)).collect());
                self.push(row, code);
            }
        }
    }

    fn at(&self, row: usize) -> usize {
        match self {
            Codes::Narrow(codes) => codes.get(row).copied().map_or(0, usize::from),
            Codes::Middle(codes) => codes.get(row).copied().map_or(0, usize::from),
            Codes::Wide(codes) => codes.get(row).and_then(|code| usize::try_from(*code).ok()).unwrap_or(0),
        }
    }
}

/// A column being filled.
#[derive(Debug)]
pub(crate) struct Filling {
    subject: Subject,
    shapes: Vec<Fact>,
    known_shapes: BTreeMap<String, u32>,
    /// The first is the empty one.
    cells: Vec<Cell>,
    known: BTreeMap<Cell, u32>,
    codes: Codes,
}

/// Of so many shapes each is looked at before their texts are.
const FEW: usize = 8;

impl Filling {
    fn new(subject: Subject) -> Filling {
        Filling {
            subject,
            shapes: Vec::new(),
            known_shapes: BTreeMap::new(),
            cells: vec![Cell::new()],
            known: BTreeMap::from([(Cell::new(), 0)]),
            codes: Codes::default(),
        }
    }

    /// The code of the cell that these facts are.
    pub(crate) fn code(&mut self, facts: &[&Fact]) -> u32 {
        let cell: Cell = facts.iter().map(|fact| self.piece(fact)).collect();
        if let Some(code) = self.known.get(&cell) {
            return *code;
        }
        let code = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.cells.push(cell.clone());
        self.known.insert(cell, code);
        code
    }

    fn piece(&mut self, fact: &Fact) -> Piece {
        let shape = shape(fact);
        let few = self.shapes.iter().take(FEW).position(|known| *known == shape);
        let number = few.and_then(|at| u32::try_from(at).ok()).unwrap_or_else(|| {
            let text = json::text(&shape).unwrap_or_default();
            let next = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
            let number = *self.known_shapes.entry(text).or_insert(next);
            if number == next {
                self.shapes.push(shape);
            }
            number
        });
        Piece { shape: number, parts: holes(fact).into_iter().map(|(_, part)| part).collect() }
    }
}

impl Table {
    /// Adds a person; returns the number of the row.
    pub fn push(&mut self, record: &Record) -> usize {
        let mut facts: Vec<&Fact> = record.facts.iter().collect();
        facts.sort_by(|a, b| (&a.subject, &a.id).cmp(&(&b.subject, &b.id)));
        let row = self.people;
        for about in facts.chunk_by(|a, b| a.subject == b.subject) {
            let Some(first) = about.first() else { continue };
            let at = self.column(&first.subject);
            if let Some(column) = self.columns.get_mut(at) {
                let code = column.code(about);
                column.codes.push(row, code);
            }
        }
        self.people += 1;
        row
    }

    /// How many people it has.
    pub fn people(&self) -> usize {
        self.people
    }

    /// The place of the column of a subject, which is there from now on.
    pub(crate) fn column(&mut self, subject: &Subject) -> usize {
        if let Some(at) = self.places.get(subject) {
            return *at;
        }
        let at = self.columns.len();
        self.places.insert(subject.clone(), at);
        self.columns.push(Filling::new(subject.clone()));
        at
    }

    /// The code of facts in a column.
    pub(crate) fn code(&mut self, column: usize, facts: &[&Fact]) -> u32 {
        self.columns.get_mut(column).map_or(0, |column| column.code(facts))
    }

    /// Gives the person in a row a code; the rows of a column come in order.
    pub(crate) fn set(&mut self, column: usize, row: usize, code: u32) {
        self.columns.get_mut(column).into_iter().for_each(|column| column.codes.push(row, code));
    }

    /// So many people have been added column by column.
    pub(crate) fn grown_to(&mut self, people: usize) {
        self.people = people;
    }

    /// Packs it: equal tables give equal bytes, and the columns stand in the order of their subjects.
    pub fn pack(self) -> Packed {
        let Table { people, mut columns, .. } = self;
        columns.sort_by(|a, b| a.subject.cmp(&b.subject));
        let mut packed: Vec<Column> = Vec::with_capacity(columns.len());
        let mut remaps: Vec<(Vec<u32>, Codes)> = Vec::with_capacity(columns.len());
        let mut planes = 0;
        for column in columns {
            let Filling { subject, shapes, cells, codes, .. } = column;
            let mut places: Vec<usize> = (1..cells.len()).collect();
            let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
            places.sort_by(|a, b| match (cells.get(*a), cells.get(*b)) {
                (Some(a), Some(b)) => order(&shapes, a, b),
                (a, b) => a.is_some().cmp(&b.is_some()),
            });
            let mut remap = vec![0; cells.len()];
            for (new, old) in (1_u32..).zip(&places) {
                remap.get_mut(*old).into_iter().for_each(|slot| *slot = new);
            }
            let width = bits(places.len());
            let sorted = std::iter::once(Cell::new()).chain(places.into_iter().map(cell)).collect();
            packed.push(Column { subject, shapes, cells: sorted, first: planes, bits: width });
            remaps.push((remap, codes));
            planes += usize::try_from(width).unwrap_or(0);
        }
        let mut words: Vec<Plane> = vec![[0; WORDS]; people.div_ceil(CHUNK) * planes];
        let mut chunk = [0; CHUNK];
        for (at, of_chunk) in words.chunks_mut(planes.max(1)).enumerate() {
            let mut rest = of_chunk;
            for (column, (remap, codes)) in packed.iter().zip(&remaps) {
                for (slot, row) in chunk.iter_mut().zip(at * CHUNK..) {
                    *slot = remap.get(codes.at(row)).copied().unwrap_or(0);
                }
                let (own, others) = rest.split_at_mut(usize::try_from(column.bits).unwrap_or(0).min(rest.len()));
                write(&chunk, own);
                rest = others;
            }
        }
        Packed { people, columns: packed, planes, words }
    }
}
