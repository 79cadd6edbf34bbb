//! What a column's codes say, as logic over the planes of the codes.

use crate::batch::circuit::{Bit, Circuit, Kleene};
use crate::batch::packed::Column;
use crate::evaluate::probe::Said;
use crate::truth::Truth;

/// So many gates cost as much as looking up each person by himself.
const MOST: usize = 120;

/// One bit of each code.
pub(crate) struct Codes<'a> {
    said: &'a [Said],
    column: &'a Column,
}

impl<'a> Codes<'a> {
    pub(crate) fn new(column: &'a Column, said: &'a [Said]) -> Codes<'a> {
        Codes { said, column }
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
        for (code, said) in self.said.iter().enumerate() {
            let bit = of(said);
            if before.is_some_and(|before| before != bit) {
                turns.push(code);
            }
            before = Some(bit);
        }
        let width = usize::try_from(self.column.bits).unwrap_or(0);
        if turns.len().saturating_mul(width) > MOST {
            return None;
        }
        let first = self.said.first().is_some_and(of);
        Some(self.stretch(circuit, &turns, first, 0, width))
    }

    /// The bit of the codes from `start` on that differ in the lowest `width` bits. Codes beyond the last are like it.
    fn stretch(&self, circuit: &mut Circuit, turns: &[usize], first: bool, start: usize, width: usize) -> Bit {
        let end = start + (1 << width);
        let before = turns.partition_point(|turn| *turn <= start);
        let within = turns.partition_point(|turn| *turn < end);
        if before == within || width == 0 {
            return if first ^ (before % 2 == 1) { Bit::TRUE } else { Bit::FALSE };
        }
        let half = width - 1;
        let low = self.stretch(circuit, turns, first, start, half);
        let high = self.stretch(circuit, turns, first, start + (1 << half), half);
        let switch = circuit.plane(u32::try_from(self.column.first + half).unwrap_or(u32::MAX));
        circuit.choose(switch, high, low)
    }
}

/// Of whom anything is known in a column.
pub(crate) fn something(circuit: &mut Circuit, column: &Column) -> Bit {
    let planes: Vec<Bit> =
        column.planes().filter_map(|plane| u32::try_from(plane).ok()).map(|plane| circuit.plane(plane)).collect();
    circuit.any(planes)
}
