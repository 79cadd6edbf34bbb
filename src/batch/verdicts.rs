//! The verdicts of many people on many trials.

use std::rc::Rc;

use serde::Serialize;

use crate::batch::circuit::Bit;
use crate::batch::packed::Packed;
use crate::batch::plan::Plan;
use crate::batch::planes::{CHUNK, Plane, WORDS};
use crate::batch::program::{Compiler, Program};
use crate::batch::ready::Ready;
use crate::batch::run::{Effort, Runner};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Determination, Verdict};
use crate::import::limits;
use crate::model::moment::AsOf;
use crate::model::record::Subject;
use crate::model::trial::Trial;

/// Several trials, and the moment to judge from.
///
/// # Example
///
/// ```
/// use std::rc::Rc;
/// use trial_prescreen::{AsOf, Determination, Fact, FactValue, Quantity, Record, Subject, Verdict, batch, import};
/// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
///   "source":{"document":"","item":"1"},
///   "expression":{"compare":{"subject":{"concept":"nihss"},"low":{"value":"8"},"high":{"value":"20"}}}}]}}"#;
/// let trial = Rc::new(import::trial(text.as_bytes()).unwrap().output);
/// let mut table = batch::Table::default();
/// for score in ["7", "8", "20", "21"] {
///     let value = FactValue::Quantity(Quantity::exactly(score.parse().unwrap(), None));
///     table.push(&Record::new(vec![Fact::new("a", Subject::concept("nihss"), value)]));
/// }
/// table.push(&Record::default());
///
/// let batch = batch::Batch::new(vec![trial], AsOf::new("2026-03-15".parse().unwrap()).unwrap());
/// let verdicts = batch.run(&table.pack()).unwrap();
/// assert_eq!(verdicts.determination(1, 0), Some(Determination::Eligible));
/// assert_eq!(verdicts.verdict(3, 0, 0), Some(Verdict::Fail));
/// assert_eq!(verdicts.verdict(4, 0, 0), Some(Verdict::Pending));
/// assert_eq!(verdicts.counts(0).eligible, 2);
/// ```
#[derive(Clone, Debug)]
pub struct Batch {
    trials: Vec<Rc<Trial>>,
    as_of: AsOf,
    ready: Ready,
}

/// The verdicts of everybody of a table on every trial of a batch, as planes of bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    people: usize,
    /// The first output of each trial, and how many criteria and cohorts it has.
    trials: Vec<Place>,
    /// Two planes for each: it holds, it fails. Those of the first 1,024 people, then of the next.
    outputs: usize,
    planes: Vec<Plane>,
    effort: Effort,
}

/// Where the outputs of a trial are: its determination, its criteria, its cohorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    first: usize,
    criteria: usize,
    cohorts: usize,
}

/// How many people a trial takes, does not take, and how many it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who fits.
    pub eligible: u64,
    /// Who does not.
    pub ineligible: u64,
    /// Of whom it is not known.
    pub undetermined: u64,
}

/// What is not known of something that a trial asks about, and what would come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// What the trial asks about.
    pub subject: Subject,
    /// In so many people at least one comparison or question about it is open, for whatever reason.
    pub open: u64,
    /// In so many it alone is in the way: the determination is open, and would be known both if all open ones about it
    /// held and if none of them did.
    pub decides: u64,
}

impl Batch {
    /// These trials, judged from this moment.
    pub fn new(trials: Vec<Rc<Trial>>, as_of: AsOf) -> Batch {
        let mut batch = Batch { trials: Vec::new(), as_of, ready: Ready::default() };
        trials.into_iter().for_each(|trial| batch.add(trial));
        batch
    }

    /// One more trial.
    pub fn add(&mut self, trial: Rc<Trial>) {
        self.ready.add(&trial, &self.as_of);
        self.trials.push(trial);
    }

    /// The trials, in their order.
    pub fn trials(&self) -> &[Rc<Trial>] {
        &self.trials
    }

    /// Every verdict on every trial.
    ///
    /// # Errors
    ///
    /// `too-many` where people, trials and criteria together are more than [`limits::VERDICT_BITS`]: nothing is worked out
    /// then.
    pub fn run(&self, table: &Packed) -> Result<Verdicts, Box<Diagnostic>> {
        let mut compiler = Compiler::new(table, &self.ready, &self.as_of);
        let mut places = Vec::with_capacity(self.trials.len());
        let mut outputs: Vec<Bit> = Vec::new();
        for (trial, wholes) in self.trials.iter().zip(&self.ready.trials) {
            let standings = compiler.trial(trial, wholes);
            let first = outputs.len();
            let all = std::iter::once(&standings.whole).chain(&standings.criteria).chain(&standings.cohorts);
            outputs.extend(all.flat_map(|truth| [truth.holds, truth.fails]));
            places.push(Place { first, criteria: standings.criteria.len(), cohorts: standings.cohorts.len() });
        }
        let number = |size: usize| u64::try_from(size).unwrap_or(u64::MAX);
        let (people, each) = (number(table.chunks()).saturating_mul(number(CHUNK)), number(outputs.len()));
        if people.saturating_mul(each) > limits::VERDICT_BITS {
            let criteria: usize = places.iter().map(|place| place.criteria).sum();
            let message = format!(
                "verdicts of {} people on {} trials with {criteria} criteria in all are too many at once",
                table.people(),
                self.trials.len(),
            );
            let help = "take fewer trials at a time, or cut the table into several";
            return Err(Box::new(Diagnostic::error(Code::TooMany, message, help)));
        }
        let program = compiler.finish(outputs);
        let outputs = program.outputs.len();
        let mut planes: Vec<Plane> = Vec::with_capacity(table.chunks() * outputs);
        let effort = Batch::each_chunk(table, &program, &self.as_of, |chunk| planes.extend_from_slice(chunk));
        Ok(Verdicts { people: table.people(), trials: places, outputs, planes, effort })
    }

    /// What is lacking, for each trial by what it asks about.
    ///
    /// # Example
    ///
    /// ```
    /// use std::rc::Rc;
    /// use trial_prescreen::{AsOf, Record, Subject, batch, import};
    /// let text = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],"eligibility":{
    ///   "status":"published","criteria":[{"id":"I1","category":"inclusion","text":{"en":{"full":"","short":"","patient":""}},
    ///   "source":{"document":"","item":"1"},"expression":{"compare":{"subject":{"concept":"nihss"},"low":{"value":"8"}}}}]}}"#;
    /// let trial = Rc::new(import::trial(text.as_bytes()).unwrap().output);
    /// let mut table = batch::Table::default();
    /// table.push(&Record::default());
    /// let batch = batch::Batch::new(vec![trial], AsOf::new("2026-03-15".parse().unwrap()).unwrap());
    /// let lacks = batch.lacks(&table.pack()).remove(0);
    /// assert_eq!((lacks[0].subject.clone(), lacks[0].open, lacks[0].decides), (Subject::concept("nihss"), 1, 1));
    /// ```
    pub fn lacks(&self, table: &Packed) -> Vec<Vec<Lack>> {
        let mut compiler = Compiler::new(table, &self.ready, &self.as_of);
        let trials = self.trials.iter().zip(&self.ready.trials);
        let found: Vec<Vec<(Subject, Bit, Bit)>> =
            trials.map(|(trial, wholes)| compiler.lacks(trial, wholes)).collect();
        let outputs = found.iter().flatten().flat_map(|(_, open, decides)| [*open, *decides]).collect();
        let program = compiler.finish(outputs);
        let mut counts = vec![0; program.outputs.len()];
        Batch::each_chunk(table, &program, &self.as_of, |chunk| {
            counts.iter_mut().zip(chunk).for_each(|(count, plane)| *count += ones(plane));
        });
        let mut counts = counts.into_iter();
        let mut next = || counts.next().unwrap_or(0);
        let mut lack = |(subject, ..): (Subject, Bit, Bit)| Lack { subject, open: next(), decides: next() };
        found.into_iter().map(|of_trial| of_trial.into_iter().map(&mut lack).collect()).collect()
    }

    /// Gives the outputs of a program, 1,024 people after another.
    fn each_chunk(table: &Packed, program: &Program, as_of: &AsOf, mut take: impl FnMut(&[Plane])) -> Effort {
        let plan = Plan::of(&program.circuit, &program.jobs, &program.outputs);
        let mut runner = Runner::new(table, &plan, &program.jobs, as_of);
        let mut planes: Vec<Plane> = vec![[0; WORDS]; program.outputs.len()];
        for chunk in 0..table.chunks() {
            runner.chunk(chunk, &mut planes);
            take(&planes);
        }
        runner.effort
    }
}

fn ones(plane: &Plane) -> u64 {
    plane.iter().map(|word| u64::from(word.count_ones())).sum()
}

impl Verdicts {
    /// How many people there are.
    pub fn people(&self) -> usize {
        self.people
    }

    /// How much was looked at one by one.
    pub fn effort(&self) -> Effort {
        self.effort
    }

    /// The two bits of a person at an output.
    fn at(&self, row: usize, output: usize) -> Option<(bool, bool)> {
        let bit = |output: usize| {
            let plane = self.planes.get(row / CHUNK * self.outputs + output)?;
            Some(plane.get(row % CHUNK / 64)? >> (row % 64) & 1 == 1)
        };
        if row >= self.people {
            return None;
        }
        Some((bit(output)?, bit(output + 1)?))
    }

    /// The verdict of a person on a criterion of a trial, by their places; nothing where there is none.
    pub fn verdict(&self, row: usize, trial: usize, criterion: usize) -> Option<Verdict> {
        let place = self.trials.get(trial).filter(|place| criterion < place.criteria)?;
        Some(match self.at(row, place.first + 2 * (1 + criterion))? {
            (true, _) => Verdict::Pass,
            (_, true) => Verdict::Fail,
            (false, false) => Verdict::Pending,
        })
    }

    /// What the verdicts mean for a person and a trial.
    pub fn determination(&self, row: usize, trial: usize) -> Option<Determination> {
        let place = self.trials.get(trial)?;
        self.determined(row, place.first)
    }

    /// The same for a cohort of it.
    pub fn cohort(&self, row: usize, trial: usize, cohort: usize) -> Option<Determination> {
        let place = self.trials.get(trial).filter(|place| cohort < place.cohorts)?;
        self.determined(row, place.first + 2 * (1 + place.criteria + cohort))
    }

    fn determined(&self, row: usize, output: usize) -> Option<Determination> {
        Some(match self.at(row, output)? {
            (true, _) => Determination::Eligible,
            (_, true) => Determination::Ineligible,
            (false, false) => Determination::Undetermined,
        })
    }

    fn count(&self, output: usize) -> u64 {
        self.planes.iter().skip(output).step_by(self.outputs.max(1)).map(ones).sum()
    }

    /// How many people a trial takes; nobody where there is none.
    pub fn counts(&self, trial: usize) -> Counts {
        let Some(place) = self.trials.get(trial) else { return Counts::default() };
        let (eligible, ineligible) = (self.count(place.first), self.count(place.first + 1));
        let people = u64::try_from(self.people).unwrap_or(u64::MAX);
        Counts { eligible, ineligible, undetermined: people - eligible - ineligible }
    }

    /// One byte a person: 0 eligible, 1 ineligible, 2 undetermined; nothing where there is no such trial.
    pub fn determinations(&self, trial: usize) -> Vec<u8> {
        self.trials.get(trial).map_or_else(Vec::new, |place| self.expanded(place.first))
    }

    /// One byte a person: 0 pass, 1 fail, 2 pending; nothing where there is no such criterion.
    pub fn of_criterion(&self, trial: usize, criterion: usize) -> Vec<u8> {
        let place = self.trials.get(trial).filter(|place| criterion < place.criteria);
        place.map_or_else(Vec::new, |place| self.expanded(place.first + 2 * (1 + criterion)))
    }

    fn expanded(&self, output: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.planes.len().min(self.people));
        for chunk in self.planes.chunks(self.outputs.max(1)) {
            let (Some(holds), Some(fails)) = (chunk.get(output), chunk.get(output + 1)) else { continue };
            for (holds, fails) in holds.iter().zip(fails) {
                let byte = |at: u32| if holds >> at & 1 == 1 { 0 } else { 2 - u8::from(fails >> at & 1 == 1) };
                bytes.extend((0..64).map(byte));
            }
        }
        bytes.truncate(self.people);
        bytes
    }

    /// How many people pass a criterion, and how many fail it.
    pub fn of_each(&self, trial: usize) -> Vec<[u64; 2]> {
        let Some(place) = self.trials.get(trial) else { return Vec::new() };
        let output = |criterion: usize| place.first + 2 * (1 + criterion);
        (0..place.criteria)
            .map(|criterion| [self.count(output(criterion)), self.count(output(criterion) + 1)])
            .collect()
    }

    /// The planes as one buffer.
    ///
    /// `TPV` and the version 1; people and outputs, four bytes each; four zeros; then as words of eight bytes, the
    /// lowest first, of the first 1,024 people the 16 words of each output, and of the next. The outputs of a trial
    /// follow those of the trial before: determination, criteria, cohorts, of each the plane of who passes or is eligible
    /// and the plane of who fails or is ineligible.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + self.planes.len() * WORDS * 8);
        bytes.extend_from_slice(b"TPV\x01");
        for number in [self.people, self.outputs, 0] {
            bytes.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        }
        self.planes.iter().flatten().for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
        bytes
    }
}
