//! What a column's codes say, as logic over the planes of the codes.

use crate::batch::circuit::{Bit, Circuit, Kleene};
use crate::batch::leaf::Sayings;
use crate::batch::packed::Column;
use crate::evaluate::probe::Said;
use crate::truth::Truth;

/// So many gates cost as much as looking up each person by himself.
const MOST: usize = 120;

/// One bit of each code.
pub(crate) struct Codes<'a> {
    sayings: &'a Sayings,
    column: &'a Column,
}

impl<'a> Codes<'a> {
    pub(crate) fn new(column: &'a Column, sayings: &'a Sayings) -> Codes<'a> {
        Codes { sayings, column }
    }

    /// The truths as logic; `None` where that would be too much of it.
    pub(crate) fn truth(&self, circuit: &mut Circuit) -> Option<Kleene> {
        let holds = self.bit(circuit, &|said| said.truth == Truth::True)?;
        let fails = self.bit(circuit, &|said| said.truth == Truth::False)?;
        Some(Kleene { holds, fails })
    }

    /// Whose code is one of those that hang on another column; everybody with a code where that would be too much.
    pub(crate) fn hangs(&self, circuit: &mut Circuit) -> Bit {
        let hangs = self.bit(circuit, &|said| !said.free);
        hangs.unwrap_or_else(|| something(circuit, self.column))
    }

    fn bit(&self, circuit: &mut Circuit, of: &dyn Fn(&Said) -> bool) -> Option<Bit> {
        // where the bit turns, from one code to the next
        let mut before = None;
        let mut turns: Vec<usize> = Vec::new();
        for (code, said) in self.sayings.turns() {
            let bit = of(said);
            if before.is_some_and(|before| before != bit) {
                turns.push(*code);
            }
            before = Some(bit);
        }
        let width = usize::try_from(self.column.bits).unwrap_or(0);
        if turns.len().saturating_mul(width) > MOST {
            return None;
        }
        let first = self.sayings.turns().first().is_some_and(|(_, said)| of(said));
        let turning = Turning { turns: &turns, first, codes: self.column.cells.len() };
        Some(self.stretch(circuit, &turning, 0, width))
    }

    /// The bit of the codes from `start` on that differ in the lowest `width` bits. Nobody has a code beyond the last: of
    /// such it may be anything.
    fn stretch(&self, circuit: &mut Circuit, turning: &Turning, start: usize, width: usize) -> Bit {
        let end = (start + (1 << width)).min(turning.codes);
        if width == 0 || turning.within(start, end).is_empty() {
            return if turning.at(start) { Bit::TRUE } else { Bit::FALSE };
        }
        let half = width - 1;
        let middle = start + (1 << half);
        let low = self.stretch(circuit, turning, start, half);
        if middle >= end || turning.is_alike(start, middle, end) {
            return low;
        }
        let high = self.stretch(circuit, turning, middle, half);
        let switch = circuit.plane(u32::try_from(self.column.first + half).unwrap_or(u32::MAX));
        circuit.choose(switch, high, low)
    }
}

/// A bit of each code, by where it turns.
struct Turning<'a> {
    turns: &'a [usize],
    /// That of the code 0.
    first: bool,
    codes: usize,
}

impl Turning<'_> {
    fn before(&self, code: usize) -> usize {
        self.turns.partition_point(|turn| *turn <= code)
    }

    fn at(&self, code: usize) -> bool {
        self.first ^ (self.before(code) % 2 == 1)
    }

    /// Where it turns after `start` and before `end`.
    fn within(&self, start: usize, end: usize) -> &[usize] {
        let to = self.turns.partition_point(|turn| *turn < end);
        self.turns.get(self.before(start)..to).unwrap_or(&[])
    }

    /// The codes from `start` on have the same bits as those from `other` to its `end`.
    fn is_alike(&self, start: usize, other: usize, end: usize) -> bool {
        let one = self.within(start, start + (end - other)).iter().map(|turn| turn - start);
        self.at(start) == self.at(other) && one.eq(self.within(other, end).iter().map(|turn| turn - other))
    }
}

/// Of whom anything is known in a column.
pub(crate) fn something(circuit: &mut Circuit, column: &Column) -> Bit {
    let planes: Vec<Bit> =
        column.planes().filter_map(|plane| u32::try_from(plane).ok()).map(|plane| circuit.plane(plane)).collect();
    circuit.any(planes)
}
