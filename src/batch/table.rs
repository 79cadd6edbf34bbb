//! A table being filled: people in rows, subjects in columns, each different cell once.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::SmallVec;

use crate::batch::cell::{Cell, Order, Piece, holes, is_of, shape};
use crate::batch::interner::Interner;
use crate::batch::packed::{Column, Packed};
use crate::batch::planes::{CHUNK, Plane, WORDS, write};
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
    /// No column is about anything else.
    only: Option<BTreeSet<Subject>>,
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
    /// The codes of the people from a row on, who come after all others.
    pub(crate) fn extend(&mut self, row: usize, codes: &[u32]) {
        let most = codes.iter().fold(0, |most, code| most.max(*code));
        if most == 0 {
            return;
        }
        self.widen(most);
        // INVARIANT: each fits, as the widest does
        match self {
            Codes::Narrow(all) => {
                all.resize(row, 0);
                all.extend(codes.iter().map(|code| *code as u8));
            }
            Codes::Middle(all) => {
                all.resize(row, 0);
                all.extend(codes.iter().map(|code| *code as u16));
            }
            Codes::Wide(all) => {
                all.resize(row, 0);
                all.extend_from_slice(codes);
            }
        }
    }

    /// Wide enough for a code.
    fn widen(&mut self, code: u32) {
        match self {
            Codes::Narrow(codes) if code > u32::from(u16::MAX) => {
                *self = Codes::Wide(codes.iter().map(|code| u32::from(*code)).collect());
            }
            Codes::Narrow(codes) if code > u32::from(u8::MAX) => {
                *self = Codes::Middle(codes.iter().map(|code| u16::from(*code)).collect());
            }
            Codes::Middle(codes) if code > u32::from(u16::MAX) => {
                *self = Codes::Wide(codes.iter().map(|code| u32::from(*code)).collect());
            }
            Codes::Narrow(_) | Codes::Middle(_) | Codes::Wide(_) => {}
        }
    }

    /// The codes of a chunk from a row on, as the numbers that they become.
    fn read(&self, row: usize, numbers: &[u32], chunk: &mut [u32; CHUNK]) {
        fn each<T: Copy + Into<u32>>(codes: &[T], row: usize, numbers: &[u32], chunk: &mut [u32; CHUNK]) {
            chunk.fill(0);
            for (slot, code) in chunk.iter_mut().zip(codes.get(row..).unwrap_or(&[])) {
                let at = usize::try_from((*code).into()).unwrap_or(0);
                *slot = numbers.get(at).copied().unwrap_or(0);
            }
        }
        match self {
            Codes::Narrow(codes) => each(codes, row, numbers, chunk),
            Codes::Middle(codes) => each(codes, row, numbers, chunk),
            Codes::Wide(codes) => each(codes, row, numbers, chunk),
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
    /// Each cell but for the empty one, as bytes: its number is one less than its code.
    known: Interner,
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
            known: Interner::default(),
            codes: Codes::default(),
        }
    }

    /// The code of the cell that these facts are; 0 of none.
    fn code(&mut self, facts: &[&Fact]) -> u32 {
        let cell: Cell = facts.iter().map(|fact| self.piece(fact)).collect();
        let mut bytes: SmallVec<[u8; 32]> = SmallVec::new();
        for piece in &cell {
            bytes.extend_from_slice(&piece.shape.to_le_bytes());
            for part in &piece.parts {
                bytes.extend_from_slice(&part.digits.to_le_bytes());
                bytes.push(part.scale);
            }
        }
        if bytes.is_empty() {
            return 0;
        }
        let code = self.known.of(&bytes).saturating_add(1);
        if usize::try_from(code) == Ok(self.cells.len()) {
            self.cells.push(cell);
        }
        code
    }

    fn piece(&mut self, fact: &Fact) -> Piece {
        let few = self.shapes.iter().take(FEW).position(|known| is_of(fact, known));
        let number = few.and_then(|at| u32::try_from(at).ok()).unwrap_or_else(|| {
            let shape = shape(fact);
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
    /// A table that has columns about these subjects alone: other facts of people who are added are left out.
    ///
    /// # Example
    ///
    /// ```
    /// use trial_prescreen::{Fact, FactValue, Record, Status, Subject, batch::Table};
    /// let said = |id| Fact::new("a", Subject::concept(id), FactValue::Present(Status::Current));
    /// let mut table = Table::about([Subject::concept("epilepsy")]);
    /// table.push(&Record::new(vec![said("epilepsy"), said("pregnancy")]));
    /// assert_eq!(table.pack().record(0).facts.len(), 1);
    /// ```
    pub fn about(subjects: impl IntoIterator<Item = Subject>) -> Table {
        Table { only: Some(subjects.into_iter().collect()), ..Table::default() }
    }

    /// Adds a person; returns the number of the row.
    pub fn push(&mut self, record: &Record) -> usize {
        self.push_facts(record.facts.iter())
    }

    /// Adds a person of whom these facts are known.
    pub(crate) fn push_facts<'f>(&mut self, facts: impl Iterator<Item = &'f Fact>) -> usize {
        let only = self.only.as_ref();
        let mut facts: Vec<&Fact> = facts.filter(|fact| only.is_none_or(|only| only.contains(&fact.subject))).collect();
        facts.sort_by(|a, b| (&a.subject, &a.id).cmp(&(&b.subject, &b.id)));
        let row = self.people;
        for about in facts.chunk_by(|a, b| a.subject == b.subject) {
            let Some(first) = about.first() else { continue };
            let at = self.column(&first.subject);
            if let Some(column) = self.columns.get_mut(at) {
                let code = column.code(about);
                column.codes.extend(row, &[code]);
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

    /// Gives the people from a row on codes; the rows of a column come in order.
    pub(crate) fn set(&mut self, column: usize, row: usize, codes: &[u32]) {
        self.columns.get_mut(column).into_iter().for_each(|column| column.codes.extend(row, codes));
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
            let mut numbered: Vec<(Cell, usize)> = cells.into_iter().zip(0..).collect();
            // the empty one stays the first
            let others = numbered.get_mut(1..).unwrap_or(&mut []);
            let order = Order::of(&shapes);
            others.sort_unstable_by(|(a, _), (b, _)| order.compare(a, b));
            let mut remap = vec![0; numbered.len()];
            for (new, (_, old)) in (0_u32..).zip(&numbered) {
                remap.get_mut(*old).into_iter().for_each(|slot| *slot = new);
            }
            let sorted = numbered.into_iter().map(|(cell, _)| cell).collect();
            let column = Column::new(subject, shapes, sorted, planes);
            planes = column.planes().end;
            packed.push(column);
            remaps.push((remap, codes));
        }
        let mut words: Vec<Plane> = vec![[0; WORDS]; people.div_ceil(CHUNK) * planes];
        let mut chunk = [0; CHUNK];
        for (at, of_chunk) in words.chunks_mut(planes.max(1)).enumerate() {
            let mut rest = of_chunk;
            for (column, (remap, codes)) in packed.iter().zip(&remaps) {
                codes.read(at * CHUNK, remap, &mut chunk);
                let (own, others) = rest.split_at_mut(usize::try_from(column.bits).unwrap_or(0).min(rest.len()));
                write(&chunk, own);
                rest = others;
            }
        }
        Packed { people, columns: packed, planes, words }
    }
}
