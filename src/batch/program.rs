//! The criteria of trials, made into logic over the planes of one table: each leaf once, whichever trials ask for it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::batch::circuit::{Bit, Circuit, Kleene};
use crate::batch::kin::Kin;
use crate::batch::leaf::{Leaf, Sayings};
use crate::batch::lookup::{Codes, something};
use crate::batch::packed::Packed;
use crate::batch::ready::{Node, Ready, Whole};
use crate::batch::repeats::{Repeats, is_plain};
use crate::evaluate::passing;
use crate::evaluate::probe::Probe;
use crate::model::criterion::{Category, Criterion};
use crate::model::moment::AsOf;
use crate::model::record::Subject;
use crate::model::trial::Trial;
use crate::truth::Truth;

/// The criteria of trials over one table.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) circuit: Circuit,
    pub(crate) jobs: Vec<Job>,
    pub(crate) outputs: Vec<Bit>,
}

/// What comes out for a trial: `holds` is passed or eligible, `fails` failed or ineligible.
#[derive(Clone, Debug)]
pub(crate) struct Standings {
    pub(crate) criteria: Vec<Kleene>,
    pub(crate) cohorts: Vec<Kleene>,
    pub(crate) whole: Kleene,
}

/// What logic over planes does not say.
#[derive(Debug)]
pub(crate) enum Job {
    /// The truths of the codes of a column.
    LookUp { column: usize, truths: Vec<Truth> },
    /// The people in the mask are looked at one by one; of others the truth is there.
    Odd { mask: Bit, others: Kleene, asked: Box<Odd> },
}

/// What is asked of people one by one.
#[derive(Debug)]
pub(crate) struct Odd {
    pub(crate) probe: Rc<Probe>,
    /// The columns that bear on it.
    pub(crate) columns: Vec<usize>,
    /// Of a criterion its leaves, each with the columns that bear on it: those that are known tell more than their facts.
    pub(crate) leaves: Vec<(Kleene, Vec<usize>)>,
}

/// A leaf as it stands in the circuit.
#[derive(Debug)]
pub(super) struct Placed {
    /// What it is about.
    pub(super) subject: Option<Subject>,
    pub(super) truth: Kleene,
    columns: Vec<usize>,
    /// What it says whatever is found out.
    pub(super) foregone: Option<Truth>,
}

/// A part of an expression: its truth, and whether it concerns the person.
#[derive(Clone, Copy)]
struct Part {
    truth: Kleene,
    applies: Bit,
}

/// Makes a program.
pub(crate) struct Compiler<'a> {
    table: &'a Packed,
    as_of: &'a AsOf,
    ready: &'a Ready,
    pub(crate) circuit: Circuit,
    jobs: Vec<Job>,
    /// By their numbers; nothing as long as nobody has asked for one.
    leaves: Vec<Option<Placed>>,
    criteria: BTreeMap<(Category, &'a Node), Kleene>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(table: &'a Packed, ready: &'a Ready, as_of: &'a AsOf) -> Compiler<'a> {
        Compiler {
            table,
            as_of,
            ready,
            circuit: Circuit::new(),
            jobs: Vec::new(),
            leaves: ready.leaves.iter().map(|_| None).collect(),
            criteria: BTreeMap::new(),
        }
    }

    pub(crate) fn trial(&mut self, trial: &Trial, wholes: &'a [Whole]) -> Standings {
        let criteria = trial.eligibility.criteria.iter().zip(wholes);
        let criteria: Vec<Kleene> = criteria.map(|(criterion, whole)| self.criterion(criterion, whole)).collect();
        self.standings(trial, criteria)
    }

    /// Of everything that a trial asks about: who has an open leaf about it, and whose determination is open and would be
    /// known both if all open leaves about it held and if none of them did.
    pub(crate) fn lacks(&mut self, trial: &Trial, wholes: &'a [Whole]) -> Vec<(Subject, Bit, Bit)> {
        let known = self.trial(trial, wholes);
        let mut subjects: BTreeMap<Subject, BTreeSet<usize>> = BTreeMap::new();
        for leaf in wholes.iter().flat_map(|whole| whole.node.leaves()) {
            if let Some(subject) = self.ready.leaves.get(leaf).and_then(|leaf| leaf.subject.clone()) {
                subjects.entry(subject).or_default().insert(leaf);
            }
        }
        let undetermined = self.circuit.unknown(known.whole);
        let mut lacks = Vec::with_capacity(subjects.len());
        for (subject, leaves) in subjects {
            let truths: Vec<Kleene> = leaves.iter().map(|leaf| self.truth(*leaf)).collect();
            let open: Vec<Bit> = truths.into_iter().map(|truth| self.circuit.unknown(truth)).collect();
            let open = self.circuit.any(open);
            let mut decides = undetermined;
            for truth in [Truth::True, Truth::False] {
                let given = leaves.iter().map(|leaf| (*leaf, truth)).collect();
                let mut criteria = Vec::with_capacity(wholes.len());
                for ((criterion, whole), known) in trial.eligibility.criteria.iter().zip(wholes).zip(&known.criteria) {
                    criteria.push(self.given(criterion.category, &whole.node, *known, &given));
                }
                let whole = self.standings(trial, criteria).whole;
                let determined = self.circuit.unknown(whole).not();
                decides = self.circuit.and(decides, determined);
            }
            lacks.push((subject, open, decides));
        }
        lacks
    }

    /// The verdict on a criterion, where it is not known already, with these truths of open leaves.
    fn given(&mut self, category: Category, node: &Node, known: Kleene, given: &BTreeMap<usize, Truth>) -> Kleene {
        if !node.leaves().iter().any(|leaf| given.contains_key(leaf)) {
            return known;
        }
        let truth = self.part(node, passing(category), given).truth;
        let verdict = polarised(category, truth);
        let open = self.circuit.unknown(known);
        self.circuit.choose_truth(open, verdict, known)
    }

    fn standings(&mut self, trial: &Trial, criteria: Vec<Kleene>) -> Standings {
        let cohorts = &trial.eligibility.cohorts;
        let of_cohorts: Vec<Kleene> =
            cohorts.iter().map(|cohort| self.standing(trial, &criteria, Some(&cohort.id))).collect();
        let whole = if cohorts.is_empty() {
            self.standing(trial, &criteria, None)
        } else {
            // open to whoever fits one of those that are not closed
            let open = cohorts.iter().zip(&of_cohorts).filter(|(cohort, _)| cohort.open != Some(false));
            let open: Vec<Kleene> = open.map(|(_, standing)| *standing).collect();
            let holds = self.circuit.any(open.iter().map(|standing| standing.holds));
            let not_all = self.circuit.any(open.iter().map(|standing| standing.fails.not()));
            let fails = self.circuit.and(if open.is_empty() { Bit::FALSE } else { not_all.not() }, holds.not());
            Kleene { holds, fails }
        };
        Standings { criteria, cohorts: of_cohorts, whole }
    }

    /// What gives these bits of everybody.
    pub(crate) fn finish(self, outputs: Vec<Bit>) -> Program {
        Program { circuit: self.circuit, jobs: self.jobs, outputs }
    }

    /// Any fails: ineligible. All pass, there is one, and the trial may admit: eligible.
    fn standing(&mut self, trial: &Trial, verdicts: &[Kleene], cohort: Option<&str>) -> Kleene {
        let concerning: Vec<Kleene> = concerning(trial, verdicts, cohort).map(|(_, verdict)| verdict).collect();
        let fails = self.circuit.any(concerning.iter().map(|verdict| verdict.fails));
        let not_all = self.circuit.any(concerning.iter().map(|verdict| verdict.holds.not()));
        let admits = !concerning.is_empty() && trial.may_admit();
        let holds = self.circuit.and(if admits { Bit::TRUE } else { Bit::FALSE }, not_all.not());
        Kleene { holds, fails }
    }

    fn criterion(&mut self, criterion: &Criterion, whole: &'a Whole) -> Kleene {
        let key = (criterion.category, &whole.node);
        if let Some(known) = self.criteria.get(&key) {
            return *known;
        }
        whole.node.leaves().into_iter().for_each(|leaf| self.put(leaf));
        let truth = self.settled(criterion, whole);
        let verdict = polarised(criterion.category, truth);
        self.criteria.insert(key, verdict);
        verdict
    }

    /// The truth of a criterion, with what completeness settles.
    fn settled(&mut self, criterion: &Criterion, whole: &'a Whole) -> Kleene {
        let (category, node) = (criterion.category, &whole.node);
        let passing = passing(category);
        let plain = self.part(node, passing, &BTreeMap::new()).truth;
        let mut repeats = Repeats::default();
        let mut columns: Vec<usize> = Vec::new();
        let mut leaves: Vec<(Kleene, Vec<usize>)> = Vec::new();
        for leaf in node.leaves() {
            let Some(Some(placed)) = self.leaves.get(leaf) else { continue };
            columns.extend(&placed.columns);
            leaves.push((placed.truth, placed.columns.clone()));
            repeats.add(leaf, placed);
        }
        if !repeats.any() {
            return plain;
        }
        let (twins, mixed) = repeats.groups();
        const MOST_TWINS: usize = 4;
        const MOST_LEAVES: usize = 12;
        let simple = twins.len() <= MOST_TWINS && repeats.leaves() <= MOST_LEAVES && is_plain(&criterion.expression);
        let open = self.circuit.unknown(plain);
        let mut settled = plain;
        let mut mask = open;
        if simple {
            settled = Kleene::of(Truth::True);
            let mut fails = Bit::TRUE;
            for ways in 0..1_usize << twins.len() {
                let mut given = repeats.foregone.clone();
                for (at, leaf) in twins.iter().enumerate() {
                    given.entry(*leaf).or_insert(Truth::from(ways >> at & 1 == 1));
                }
                let way = self.part(node, passing, &given).truth;
                settled.holds = self.circuit.and(settled.holds, way.holds);
                fails = self.circuit.and(fails, way.fails);
            }
            settled.fails = fails;
            let mut several = Vec::new();
            for group in &mixed {
                let unknown: Vec<Bit> = group.iter().map(|truth| self.circuit.unknown(*truth)).collect();
                several.push(self.circuit.two(&unknown));
            }
            let several = self.circuit.any(several);
            mask = self.circuit.and(open, several);
        }
        columns.sort_unstable();
        columns.dedup();
        self.odd(mask, settled, || Odd { probe: whole.probe(criterion), columns, leaves })
    }

    /// People in the mask are looked at one by one.
    fn odd(&mut self, mask: Bit, others: Kleene, asked: impl FnOnce() -> Odd) -> Kleene {
        if mask == Bit::FALSE {
            return others;
        }
        let job = u32::try_from(self.jobs.len()).unwrap_or(u32::MAX);
        self.jobs.push(Job::Odd { mask, others, asked: Box::new(asked()) });
        self.circuit.given(job)
    }

    /// A part of a criterion where open leaves have the truths that are given. Where a part does not apply it has the
    /// truth that lets the criterion pass.
    ///
    /// INVARIANT: the depth is bounded by the reader of trial documents.
    fn part(&mut self, node: &Node, passing: Truth, given: &BTreeMap<usize, Truth>) -> Part {
        match node {
            Node::AtLeast { count, of } => self.group(of, *count, passing, given),
            Node::Not(part) => {
                let part = self.part(part, passing.not(), given);
                Part { truth: part.truth.not(), ..part }
            }
            Node::When { condition, then } => {
                let condition = self.part(condition, Truth::False, given).truth;
                let then = self.part(then, passing, given);
                let truth = match passing {
                    Truth::False => self.circuit.both(condition, then.truth), // condition and then
                    Truth::True | Truth::Unknown => self.circuit.either(condition.not(), then.truth), // not condition or then
                };
                let concerns = self.circuit.or(condition.holds.not(), then.applies);
                Part { truth, applies: self.circuit.and(condition.fails.not(), concerns) }
            }
            Node::Leaf(leaf) => {
                let known = self.truth(*leaf);
                let truth = match given.get(leaf) {
                    // the open ones hold, the known ones stay what they are
                    Some(Truth::True) => Kleene { holds: known.fails.not(), fails: known.fails },
                    Some(Truth::False) => Kleene { holds: known.holds, fails: known.holds.not() },
                    Some(Truth::Unknown) | None => known,
                };
                Part { truth, applies: Bit::TRUE }
            }
        }
    }

    fn group(&mut self, parts: &[Node], count: usize, passing: Truth, given: &BTreeMap<usize, Truth>) -> Part {
        let of: Vec<Part> = parts.iter().map(|part| self.part(part, passing, given)).collect();
        if let ([only], 1) = (of.as_slice(), count) {
            return *only;
        }
        let holds: Vec<Bit> = of.iter().map(|part| part.truth.holds).collect();
        let fails: Vec<Bit> = of.iter().map(|part| part.truth.fails).collect();
        // too few are left if so many fail
        let too_many = (of.len() + 1).saturating_sub(count);
        let truth =
            Kleene { holds: self.circuit.at_least(count, &holds), fails: self.circuit.at_least(too_many, &fails) };
        let applies = if of.is_empty() { Bit::TRUE } else { self.circuit.any(of.iter().map(|part| part.applies)) };
        Part { truth: self.circuit.choose_truth(applies, truth, Kleene::of(passing)), applies }
    }

    /// Places a leaf in the circuit, where it is not there yet.
    fn put(&mut self, number: usize) {
        if let (Some(None), Some(leaf)) = (self.leaves.get(number), self.ready.leaves.get(number)) {
            let placed = self.place(leaf);
            if let Some(slot) = self.leaves.get_mut(number) {
                *slot = Some(placed);
            }
        }
    }

    fn truth(&self, leaf: usize) -> Kleene {
        let placed = self.leaves.get(leaf).and_then(Option::as_ref);
        placed.map_or(Kleene::of(Truth::Unknown), |placed| placed.truth)
    }

    fn place(&mut self, leaf: &Leaf) -> Placed {
        let (nothing, subject) = (leaf.of_nothing.truth, leaf.subject.clone());
        let Some(atom) = leaf.probe.atom() else {
            return Placed { subject, truth: Kleene::of(nothing), columns: Vec::new(), foregone: None };
        };
        let foregone = atom.foregone;
        let bearing: Vec<(usize, usize)> = atom
            .bearing
            .relevant
            .iter()
            .filter_map(|slot| Some((*slot, self.table.column(leaf.probe.subjects().get(*slot)?)?)))
            .collect();
        let kin = Kin::of(leaf, self.as_of);
        let (mut truth, mut heard, mut hanging) = (Kleene::of(nothing), Vec::new(), Vec::new());
        for (slot, at) in &bearing {
            if kin.is_apart(*slot) {
                continue;
            }
            let Some(column) = self.table.columns.get(*at) else { continue };
            let sayings = leaf.of_column(column, self.as_of);
            let something = something(&mut self.circuit, column);
            let of_column = self.looked_up(*at, &sayings);
            truth = if nothing == Truth::Unknown {
                Kleene {
                    holds: self.circuit.or(truth.holds, of_column.holds),
                    fails: self.circuit.or(truth.fails, of_column.fails),
                }
            } else {
                self.circuit.choose_truth(something, of_column, truth)
            };
            if kin.moment.is_some() {
                hanging.push(Codes::new(column, &sayings).hangs(&mut self.circuit));
            }
            heard.push(something);
        }
        let several = self.circuit.two(&heard);
        let worked_out = self.worked_out(&kin, &bearing);
        let hangs = self.circuit.any(hanging);
        let moment = kin.moment.and_then(|moment| bearing.iter().find(|(slot, _)| *slot == moment));
        let dated = moment.and_then(|(_, at)| self.table.columns.get(*at));
        let dated = dated.map_or(Bit::FALSE, |column| something(&mut self.circuit, column));
        let hangs = self.circuit.and(hangs, dated);
        let mask = self.circuit.any([several, worked_out, hangs]);
        let columns: Vec<usize> = bearing.iter().map(|(_, at)| *at).collect();
        let asked = || Odd { probe: Rc::clone(&leaf.probe), columns: columns.clone(), leaves: Vec::new() };
        Placed { subject, truth: self.odd(mask, truth, asked), columns, foregone }
    }

    /// Of whom everything is known that a formula needs.
    fn worked_out(&mut self, kin: &Kin, bearing: &[(usize, usize)]) -> Bit {
        let mut all = Vec::new();
        for places in &kin.needed {
            let columns = bearing.iter().filter(|(slot, _)| places.contains(slot));
            let columns: Vec<usize> = columns.map(|(_, at)| *at).collect();
            let known = columns.iter().filter_map(|at| self.table.columns.get(*at));
            let known: Vec<Bit> = known.map(|column| something(&mut self.circuit, column)).collect();
            all.push(self.circuit.any(known).not());
        }
        if all.is_empty() { Bit::FALSE } else { self.circuit.any(all).not() }
    }

    fn looked_up(&mut self, at: usize, sayings: &Sayings) -> Kleene {
        let column = self.table.columns.get(at);
        if let Some(truth) = column.and_then(|column| Codes::new(column, sayings).truth(&mut self.circuit)) {
            return truth;
        }
        let truths = sayings.truths(column.map_or(0, |column| column.cells.len()));
        let job = u32::try_from(self.jobs.len()).unwrap_or(u32::MAX);
        self.jobs.push(Job::LookUp { column: at, truths });
        self.circuit.given(job)
    }
}

/// Polarity: an exclusion passes where its expression is false.
fn polarised(category: Category, truth: Kleene) -> Kleene {
    match category {
        Category::Inclusion => truth,
        Category::Exclusion => truth.not(),
    }
}

/// The places of the criteria of a cohort, or of all of them, with their verdicts.
pub(crate) fn concerning<'t>(
    trial: &'t Trial,
    verdicts: &'t [Kleene],
    cohort: Option<&'t str>,
) -> impl Iterator<Item = (usize, Kleene)> + 't {
    let concerned = move |criterion: &Criterion| {
        cohort.is_none_or(|cohort| criterion.cohorts.is_empty() || criterion.cohorts.iter().any(|id| id == cohort))
    };
    let each = trial.eligibility.criteria.iter().zip(verdicts.iter().copied()).enumerate();
    each.filter(move |(_, (criterion, _))| concerned(criterion)).map(|(place, (_, verdict))| (place, verdict))
}
