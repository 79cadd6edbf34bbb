//! A program's gates as instructions: what nobody needs left out, gates that one other reads drawn into it, registers used
//! again once their last reader is past.

use smallvec::SmallVec;

use crate::batch::circuit::{Bit, Circuit, Gate, Kleene};
use crate::batch::program::Job;

/// Where a bit of every person of a chunk is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Nothing,
    Plane(usize),
    Register(usize),
}

/// The same, or its opposite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From {
    pub(crate) place: Place,
    pub(crate) inverted: bool,
}

/// A truth read from two places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Truths {
    pub(crate) holds: From,
    pub(crate) fails: From,
}

/// Where the two bits that a job gives go to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct To {
    pub(crate) holds: Option<usize>,
    pub(crate) fails: Option<usize>,
}

/// One step over a chunk.
#[derive(Debug)]
pub(crate) enum Step {
    /// Whoever has all of them.
    All {
        parts: SmallVec<[From; 4]>,
        to: usize,
    },
    LookUp {
        job: usize,
        to: To,
    },
    Odd {
        job: usize,
        mask: From,
        others: Truths,
        leaves: Vec<Truths>,
        to: To,
    },
    Store {
        from: From,
        output: usize,
    },
}

/// The steps in order.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    pub(crate) registers: usize,
}

struct Planner<'a> {
    circuit: &'a Circuit,
    jobs: &'a [Job],
    /// How many read each gate.
    readers: Vec<u32>,
    /// The gate that each is drawn into; its own number where it stands by itself.
    into: Vec<usize>,
    /// The last gate that reads each gate.
    last: Vec<usize>,
    places: Vec<Place>,
    free: Vec<usize>,
    plan: Plan,
}

impl Plan {
    pub(crate) fn of(circuit: &Circuit, jobs: &[Job], outputs: &[Bit]) -> Plan {
        let count = circuit.gates.len();
        let mut planner = Planner {
            circuit,
            jobs,
            readers: vec![0; count],
            into: (0..count).collect(),
            last: vec![0; count],
            places: vec![Place::Nothing; count],
            free: Vec::new(),
            plan: Plan::default(),
        };
        let mut stores: Vec<Vec<(usize, bool)>> = vec![Vec::new(); count];
        for (output, bit) in outputs.iter().enumerate() {
            planner.counted(*bit);
            planner.reads(*bit, bit.gate().max(1));
            stores.get_mut(bit.gate()).into_iter().for_each(|stores| stores.push((output, bit.is_inverted())));
        }
        // who is read by nobody has no last reader
        for gate in (1..count).rev() {
            if planner.is_read(gate) {
                planner.read_by(gate).into_iter().for_each(|bit| planner.counted(bit));
            }
        }
        for gate in (1..count).rev() {
            if planner.is_read(gate) {
                planner.mark(gate);
            }
        }
        for (gate, stores) in stores.iter().enumerate() {
            if gate > 0 && planner.last.get(gate).is_some_and(|last| *last > 0) {
                planner.emit(gate);
            }
            let place = planner.places.get(gate).copied().unwrap_or(Place::Nothing);
            for (output, inverted) in stores {
                planner.plan.steps.push(Step::Store { from: From { place, inverted: *inverted }, output: *output });
            }
            planner.release(gate, gate);
        }
        planner.plan
    }
}

impl Planner<'_> {
    fn reads(&mut self, bit: Bit, reader: usize) {
        if let Some(last) = self.last.get_mut(bit.gate()) {
            *last = (*last).max(reader);
        }
    }

    fn read_by(&self, gate: usize) -> SmallVec<[Bit; 2]> {
        let both = |truth: &Kleene| [truth.holds, truth.fails];
        match self.circuit.gates.get(gate) {
            Some(Gate::And(a, b)) => SmallVec::from([*a, *b]),
            Some(Gate::Given { job, .. }) => match self.job(*job) {
                Some(Job::Odd { mask, others, asked }) => {
                    let leaves = asked.leaves.iter().flat_map(|(truth, _)| both(truth));
                    [*mask].into_iter().chain(both(others)).chain(leaves).collect()
                }
                Some(Job::LookUp { .. }) | None => SmallVec::new(),
            },
            Some(Gate::Nothing | Gate::Plane(_)) | None => SmallVec::new(),
        }
    }

    fn job(&self, job: u32) -> Option<&Job> {
        self.jobs.get(usize::try_from(job).ok()?)
    }

    /// The gate that a job's other bit is, if it stands beside this one.
    fn twin(&self, gate: usize) -> Option<usize> {
        let Some(Gate::Given { job, holds }) = self.circuit.gates.get(gate) else { return None };
        let other = if *holds { gate + 1 } else { gate.checked_sub(1)? };
        matches!(self.circuit.gates.get(other), Some(Gate::Given { job: same, .. }) if same == job).then_some(other)
    }

    fn counted(&mut self, bit: Bit) {
        self.readers.get_mut(bit.gate()).into_iter().for_each(|readers| *readers += 1);
    }

    fn is_read(&self, gate: usize) -> bool {
        self.readers.get(gate).is_some_and(|readers| *readers > 0)
    }

    fn is_and(&self, gate: usize) -> bool {
        matches!(self.circuit.gates.get(gate), Some(Gate::And(..)))
    }

    /// `(a and b) and c` is one step where nobody else reads `a and b`.
    fn is_drawn_into(&self, bit: Bit, reader: usize) -> bool {
        !bit.is_inverted()
            && self.is_and(bit.gate())
            && self.is_and(reader)
            && self.readers.get(bit.gate()).is_some_and(|readers| *readers == 1)
    }

    fn mark(&mut self, gate: usize) {
        // a job is done where its first bit stands; what it reads is read there
        let reader = self.into.get(gate).copied().unwrap_or(gate);
        for bit in self.read_by(gate) {
            if self.is_drawn_into(bit, gate) {
                self.into.get_mut(bit.gate()).into_iter().for_each(|into| *into = reader);
            } else {
                self.reads(bit, reader);
            }
        }
    }

    /// What a gate and those drawn into it read.
    fn parts(&self, gate: usize) -> SmallVec<[Bit; 4]> {
        let (mut parts, mut open) = (SmallVec::new(), SmallVec::<[usize; 4]>::from_elem(gate, 1));
        while let Some(gate) = open.pop() {
            for bit in self.read_by(gate) {
                if self.is_drawn_into(bit, gate) {
                    open.push(bit.gate());
                } else {
                    parts.push(bit);
                }
            }
        }
        parts
    }

    fn register(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.plan.registers += 1;
            self.plan.registers - 1
        })
    }

    fn place(&self, bit: Bit) -> Place {
        self.places.get(bit.gate()).copied().unwrap_or(Place::Nothing)
    }

    fn from(&self, bit: Bit) -> From {
        From { place: self.place(bit), inverted: bit.is_inverted() }
    }

    fn truths(&self, truth: &Kleene) -> Truths {
        Truths { holds: self.from(truth.holds), fails: self.from(truth.fails) }
    }

    fn put(&mut self, gate: usize) -> usize {
        let register = self.register();
        self.places.get_mut(gate).into_iter().for_each(|place| *place = Place::Register(register));
        register
    }

    fn emit(&mut self, gate: usize) {
        match self.circuit.gates.get(gate) {
            Some(Gate::Plane(plane)) => {
                let plane = Place::Plane(usize::try_from(*plane).unwrap_or(usize::MAX));
                self.places.get_mut(gate).into_iter().for_each(|place| *place = plane);
            }
            Some(Gate::And(..)) => {
                let bits = self.parts(gate);
                let parts = bits.iter().map(|bit| self.from(*bit)).collect();
                bits.iter().for_each(|bit| self.release(bit.gate(), gate));
                let to = self.put(gate);
                self.plan.steps.push(Step::All { parts, to });
            }
            Some(Gate::Given { job, .. }) => {
                let (number, job) = (usize::try_from(*job).unwrap_or(usize::MAX), self.job(*job));
                if self.places.get(gate) != Some(&Place::Nothing) {
                    // done with its twin
                    for bit in self.read_by(gate) {
                        self.release(bit.gate(), gate);
                    }
                    return;
                }
                let read = match job {
                    Some(Job::Odd { mask, others, asked }) => Some((
                        self.from(*mask),
                        self.truths(others),
                        asked.leaves.iter().map(|(truth, _)| self.truths(truth)).collect::<Vec<_>>(),
                    )),
                    Some(Job::LookUp { .. }) | None => None,
                };
                let twin = self.twin(gate).filter(|twin| self.last.get(*twin).is_some_and(|last| *last > 0));
                let (own, other) = (self.put(gate), twin.map(|twin| self.put(twin)));
                let is_holds = matches!(self.circuit.gates.get(gate), Some(Gate::Given { holds: true, .. }));
                let to = if is_holds {
                    To { holds: Some(own), fails: other }
                } else {
                    To { holds: other, fails: Some(own) }
                };
                self.plan.steps.push(match read {
                    Some((mask, others, leaves)) => Step::Odd { job: number, mask, others, leaves, to },
                    None => Step::LookUp { job: number, to },
                });
                for bit in self.read_by(gate) {
                    self.release(bit.gate(), gate);
                }
            }
            Some(Gate::Nothing) | None => {}
        }
    }

    /// Frees the register of a gate whose last reader this is.
    fn release(&mut self, gate: usize, reader: usize) {
        let Some(last) = self.last.get(gate).copied().filter(|last| *last > 0 && *last <= reader) else { return };
        if let (Some(Place::Register(register)), true) = (self.places.get(gate).copied(), last <= reader) {
            self.free.push(register);
            self.places.get_mut(gate).into_iter().for_each(|place| *place = Place::Nothing);
            self.last.get_mut(gate).into_iter().for_each(|last| *last = 0);
        }
    }
}
