//! Logic over planes of bits: each gate once, whoever asks for it.
//!
//! A [`Bit`] is one bit of every person. A truth is two of them: known to hold, known not to hold.

use crate::truth::Truth;

/// A gate's output, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bit(u32);

impl Bit {
    pub(crate) const FALSE: Bit = Bit(0);
    pub(crate) const TRUE: Bit = Bit(1);

    fn of(gate: usize) -> Bit {
        Bit(u32::try_from(gate).unwrap_or(u32::MAX >> 1) << 1)
    }

    pub(crate) fn not(self) -> Bit {
        Bit(self.0 ^ 1)
    }

    pub(crate) fn gate(self) -> usize {
        usize::try_from(self.0 >> 1).unwrap_or(0)
    }

    pub(crate) fn is_inverted(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A truth of every person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kleene {
    /// Known to hold.
    pub(crate) holds: Bit,
    /// Known not to hold. INVARIANT: never both.
    pub(crate) fails: Bit,
}

impl Kleene {
    pub(crate) fn of(truth: Truth) -> Kleene {
        match truth {
            Truth::False => Kleene { holds: Bit::FALSE, fails: Bit::TRUE },
            Truth::Unknown => Kleene { holds: Bit::FALSE, fails: Bit::FALSE },
            Truth::True => Kleene { holds: Bit::TRUE, fails: Bit::FALSE },
        }
    }

    pub(crate) fn not(self) -> Kleene {
        Kleene { holds: self.fails, fails: self.holds }
    }
}

/// What makes one bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gate {
    /// Of nobody.
    Nothing,
    /// A plane of the table.
    Plane(u32),
    /// Both.
    And(Bit, Bit),
    /// One of the two bits that a look-up or a job gives: the first where `holds`.
    Given { job: u32, holds: bool },
}

impl Gate {
    fn hash(self) -> usize {
        let (kind, one, other) = match self {
            Gate::Nothing => (0, 0, 0),
            Gate::Plane(plane) => (1, plane, 0),
            Gate::And(a, b) => (2, a.0, b.0),
            Gate::Given { job, holds } => (3, job, u32::from(holds)),
        };
        let number = (u64::from(one) << 34 ^ u64::from(other) << 2 ^ kind).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        usize::try_from(number >> 40).unwrap_or(0)
    }
}

/// Gates in an order in which each needs only earlier ones.
#[derive(Debug)]
pub(crate) struct Circuit {
    pub(crate) gates: Vec<Gate>,
    /// The numbers of the gates, each at the first free slot from where its hash leads; at most half of the slots are taken.
    slots: Vec<u32>,
}

impl Circuit {
    pub(crate) fn new() -> Circuit {
        Circuit { gates: vec![Gate::Nothing], slots: vec![0; 1 << 10] }
    }

    /// The gate, which is there from now on.
    fn gate(&mut self, gate: Gate) -> Bit {
        let slot = self.slot(gate);
        let known = self.slots.get(slot).and_then(|known| usize::try_from(*known).ok()).unwrap_or(0);
        if known > 0 {
            return Bit::of(known);
        }
        let number = self.gates.len();
        self.gates.push(gate);
        self.take(slot, number);
        if self.gates.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 4];
            for number in 1..self.gates.len() {
                let gate = self.gates.get(number).copied().unwrap_or(Gate::Nothing);
                let slot = self.slot(gate);
                self.take(slot, number);
            }
        }
        Bit::of(number)
    }

    fn take(&mut self, slot: usize, number: usize) {
        self.slots.get_mut(slot).into_iter().for_each(|slot| *slot = u32::try_from(number).unwrap_or(0));
    }

    /// Where a gate stands among the slots, or would.
    fn slot(&self, gate: Gate) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = gate.hash() & mask;
        loop {
            let number = self.slots.get(at).and_then(|number| usize::try_from(*number).ok()).unwrap_or(0);
            if number == 0 || self.gates.get(number) == Some(&gate) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    pub(crate) fn plane(&mut self, plane: u32) -> Bit {
        self.gate(Gate::Plane(plane))
    }

    pub(crate) fn given(&mut self, job: u32) -> Kleene {
        Kleene {
            holds: self.gate(Gate::Given { job, holds: true }),
            fails: self.gate(Gate::Given { job, holds: false }),
        }
    }

    pub(crate) fn and(&mut self, a: Bit, b: Bit) -> Bit {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        if a == Bit::FALSE || a == b.not() {
            return Bit::FALSE; // false and x = false; x and not x = false
        }
        if a == Bit::TRUE || a == b {
            return b; // true and x = x; x and x = x
        }
        self.gate(Gate::And(a, b))
    }

    pub(crate) fn or(&mut self, a: Bit, b: Bit) -> Bit {
        self.and(a.not(), b.not()).not()
    }

    /// `then` where the switch is on, else `or_else`.
    pub(crate) fn choose(&mut self, switch: Bit, then: Bit, or_else: Bit) -> Bit {
        if then == or_else {
            return then;
        }
        let (on, off) = (self.and(switch, then), self.and(switch.not(), or_else));
        self.or(on, off)
    }

    pub(crate) fn any(&mut self, bits: impl IntoIterator<Item = Bit>) -> Bit {
        let mut any = Bit::FALSE;
        for bit in bits {
            any = self.or(any, bit);
        }
        any
    }

    /// At least two of the bits.
    pub(crate) fn two(&mut self, bits: &[Bit]) -> Bit {
        let (mut one, mut two) = (Bit::FALSE, Bit::FALSE);
        for bit in bits {
            let again = self.and(one, *bit);
            two = self.or(two, again);
            one = self.or(one, *bit);
        }
        two
    }

    /// At least `count` of the bits.
    pub(crate) fn at_least(&mut self, count: usize, bits: &[Bit]) -> Bit {
        // how many of those so far, from the most to the least: at least 0 is always so
        let mut reached = vec![Bit::FALSE; count.min(bits.len()) + 1];
        if count > bits.len() {
            return Bit::FALSE;
        }
        if let Some(none) = reached.first_mut() {
            *none = Bit::TRUE;
        }
        for bit in bits {
            for at in (1..reached.len()).rev() {
                let (Some(before), Some(here)) = (reached.get(at - 1).copied(), reached.get(at).copied()) else {
                    continue;
                };
                let now = self.and(before, *bit);
                let now = self.or(here, now);
                if let Some(slot) = reached.get_mut(at) {
                    *slot = now;
                }
            }
        }
        reached.last().copied().unwrap_or(Bit::TRUE)
    }

    pub(crate) fn both(&mut self, a: Kleene, b: Kleene) -> Kleene {
        Kleene { holds: self.and(a.holds, b.holds), fails: self.or(a.fails, b.fails) }
    }

    pub(crate) fn either(&mut self, a: Kleene, b: Kleene) -> Kleene {
        Kleene { holds: self.or(a.holds, b.holds), fails: self.and(a.fails, b.fails) }
    }

    pub(crate) fn unknown(&mut self, truth: Kleene) -> Bit {
        self.or(truth.holds, truth.fails).not()
    }

    pub(crate) fn choose_truth(&mut self, switch: Bit, then: Kleene, or_else: Kleene) -> Kleene {
        Kleene {
            holds: self.choose(switch, then.holds, or_else.holds),
            fails: self.choose(switch, then.fails, or_else.fails),
        }
    }
}
