//! Steps over the planes of a table, 1,024 people at a time.

use std::collections::BTreeMap;

use serde::Serialize;
use smallvec::SmallVec;

use crate::batch::packed::Packed;
use crate::batch::plan::{From, Place, Plan, Step, To, Truths};
use crate::batch::planes::{CHUNK, Plane, WORDS, people, read, set};
use crate::batch::program::{Job, Odd};
use crate::model::moment::AsOf;
use crate::truth::Truth;

/// What is remembered of one job at most.
const REMEMBERED: usize = 1 << 20;

/// How much was looked at one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// So many times a person's leaf or criterion was looked up by itself.
    pub people: u64,
    /// So many times the evaluator was asked: facts that were met before are not asked about again.
    pub evaluations: u64,
}

/// Runs a plan over a table.
pub(crate) struct Runner<'a> {
    table: &'a Packed,
    plan: &'a Plan,
    jobs: &'a [Job],
    as_of: &'a AsOf,
    registers: Vec<Plane>,
    /// The codes of a column in this chunk, once somebody has asked for them.
    codes: Vec<Option<Box<[u32; CHUNK]>>>,
    remembered: Vec<BTreeMap<SmallVec<[u32; 6]>, Truth>>,
    pub(crate) effort: Effort,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(table: &'a Packed, plan: &'a Plan, jobs: &'a [Job], as_of: &'a AsOf) -> Runner<'a> {
        Runner {
            table,
            plan,
            jobs,
            as_of,
            registers: vec![[0; WORDS]; plan.registers],
            codes: vec![None; table.columns.len()],
            remembered: jobs.iter().map(|_| BTreeMap::new()).collect(),
            effort: Effort::default(),
        }
    }

    /// Writes the outputs of a chunk.
    pub(crate) fn chunk(&mut self, chunk: usize, outputs: &mut [Plane]) {
        self.codes.fill(None);
        let planes = self.table.chunk(chunk);
        let start = chunk * CHUNK;
        let there = (self.table.people - start.min(self.table.people)).min(CHUNK);
        let plan = self.plan;
        for step in &plan.steps {
            match step {
                Step::All { parts, to } => {
                    let mut all = [u64::MAX; WORDS];
                    for part in parts {
                        let plane = self.at(planes, part.place);
                        if part.inverted {
                            each(&mut all, plane, |all, word| all & !word);
                        } else {
                            each(&mut all, plane, |all, word| all & word);
                        }
                    }
                    self.put(Some(*to), all);
                }
                Step::LookUp { job, to } => self.look_up(planes, *job, *to),
                Step::Odd { job, mask, others, leaves, to } => {
                    let mut mask = self.read(planes, *mask);
                    keep(&mut mask, there);
                    self.odd(planes, *job, &mask, *others, leaves, *to);
                }
                Step::Store { from, output } => {
                    let mut plane = self.read(planes, *from);
                    if there < CHUNK {
                        keep(&mut plane, there);
                    }
                    outputs.get_mut(*output).into_iter().for_each(|output| *output = plane);
                }
            }
        }
    }

    #[inline]
    fn at<'p>(&'p self, planes: &'p [Plane], place: Place) -> &'p Plane {
        match place {
            Place::Register(at) => self.registers.get(at).unwrap_or(NOTHING),
            Place::Plane(at) => planes.get(at).unwrap_or(NOTHING),
            Place::Nothing => NOTHING,
        }
    }

    fn read(&self, planes: &[Plane], from: From) -> Plane {
        let plane = self.at(planes, from.place);
        if from.inverted { plane.map(|word| !word) } else { *plane }
    }

    fn put(&mut self, to: Option<usize>, plane: Plane) {
        if let Some(register) = to.and_then(|to| self.registers.get_mut(to)) {
            *register = plane;
        }
    }

    /// The codes of everybody of the chunk in a column.
    fn codes(&mut self, planes: &[Plane], column: usize) -> &[u32] {
        let Some(slot) = self.codes.get_mut(column) else { return &[] };
        let of_column = self.table.columns.get(column);
        let own = || of_column.and_then(|column| planes.get(column.planes())).unwrap_or(&[]);
        slot.get_or_insert_with(|| {
            let mut codes = Box::new([0; CHUNK]);
            read(own(), &mut codes);
            codes
        })
        .as_slice()
    }

    fn look_up(&mut self, planes: &[Plane], job: usize, to: To) {
        let jobs = self.jobs;
        let Some(Job::LookUp { column, truths }) = jobs.get(job) else { return };
        let (mut holds, mut fails) = ([0; WORDS], [0; WORDS]);
        let codes = self.codes(planes, *column);
        for ((codes, holds), fails) in codes.chunks(64).zip(&mut holds).zip(&mut fails) {
            for (at, code) in codes.iter().enumerate() {
                let truth = truths.get(usize::try_from(*code).unwrap_or(0)).copied().unwrap_or(Truth::Unknown);
                *holds |= u64::from(truth == Truth::True) << at;
                *fails |= u64::from(truth == Truth::False) << at;
            }
        }
        self.put(to.holds, holds);
        self.put(to.fails, fails);
    }

    fn odd(&mut self, planes: &[Plane], job: usize, mask: &Plane, others: Truths, leaves: &[Truths], to: To) {
        let (mut holds, mut fails) = (self.read(planes, others.holds), self.read(planes, others.fails));
        let jobs = self.jobs;
        let odd: SmallVec<[usize; 32]> = people(mask).collect();
        if let (Some(Job::Odd { asked, .. }), false) = (jobs.get(job), odd.is_empty()) {
            let leaves: Vec<[Plane; 2]> =
                leaves.iter().map(|leaf| [self.read(planes, leaf.holds), self.read(planes, leaf.fails)]).collect();
            for person in odd {
                let truth = self.one(planes, job, asked, &leaves, person);
                set(&mut holds, person, truth == Truth::True);
                set(&mut fails, person, truth == Truth::False);
            }
        }
        self.put(to.holds, holds);
        self.put(to.fails, fails);
    }

    fn code(&mut self, planes: &[Plane], column: usize, person: usize) -> u32 {
        self.codes(planes, column).get(person).copied().unwrap_or(0)
    }

    /// One person, by the existing evaluator, unless the same was asked before.
    fn one(&mut self, planes: &[Plane], job: usize, asked: &Odd, leaves: &[[Plane; 2]], person: usize) -> Truth {
        self.effort.people += 1;
        let mut key: SmallVec<[u32; 6]> = SmallVec::new();
        if asked.leaves.is_empty() {
            key.extend(asked.columns.iter().map(|column| self.code(planes, *column, person)));
        }
        let bit = |plane: &Plane| plane.get(person / 64).is_some_and(|word| word >> (person % 64) & 1 == 1);
        for ((_, columns), [holds, fails]) in asked.leaves.iter().zip(leaves) {
            match (bit(holds), bit(fails)) {
                (true, _) => key.push(1),
                (_, true) => key.push(2),
                (false, false) => {
                    key.push(0);
                    key.extend(columns.iter().map(|column| self.code(planes, *column, person)));
                }
            }
        }
        if let Some(truth) = self.remembered.get(job).and_then(|remembered| remembered.get(&key)) {
            return *truth;
        }
        self.effort.evaluations += 1;
        let mut facts = Vec::new();
        for column in &asked.columns {
            let code = usize::try_from(self.code(planes, *column, person)).unwrap_or(0);
            facts.extend(self.table.columns.get(*column).into_iter().flat_map(|column| column.facts(code)));
        }
        let truth = if asked.leaves.is_empty() {
            asked.probe.leaf(facts, self.as_of).truth
        } else {
            asked.probe.truth(facts, self.as_of)
        };
        if let Some(remembered) = self.remembered.get_mut(job).filter(|remembered| remembered.len() < REMEMBERED) {
            remembered.insert(key, truth);
        }
        truth
    }
}

const NOTHING: &Plane = &[0; WORDS];

#[inline]
fn each(all: &mut Plane, plane: &Plane, of: impl Fn(u64, u64) -> u64) {
    for (all, word) in all.iter_mut().zip(plane) {
        *all = of(*all, *word);
    }
}

/// Leaves the bits of so many people.
fn keep(plane: &mut Plane, people: usize) {
    for (at, word) in plane.iter_mut().enumerate() {
        let left = people.saturating_sub(at * 64);
        if left < 64 {
            *word &= (1 << left) - 1;
        }
    }
}
