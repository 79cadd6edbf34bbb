//! One criterion made ready by itself, to be asked of the facts of many people.

use crate::evaluate::chart::Chart;
use crate::evaluate::compiled::{Atom, Compiled, Line, Node};
use crate::evaluate::frame::Frame;
use crate::evaluate::mark::Mark;
use crate::evaluate::{Scope, atom, event};
use crate::model::criterion::{Category, Criterion, CriterionSource, Retest, Stage};
use crate::model::date::Day;
use crate::model::expression::Expression;
use crate::model::formula::Formula;
use crate::model::moment::AsOf;
use crate::model::record::{Fact, Subject};
use crate::model::table::Table;
use crate::model::trial::{Eligibility, FORMAT, Publication, Trial, Version};
use crate::truth::Truth;

/// A criterion by itself.
#[derive(Debug)]
pub(crate) struct Probe {
    trial: Trial,
    compiled: Compiled,
}

/// What a leaf says of some facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) truth: Truth,
    /// It says so wherever the moment lies that its window hangs on.
    pub(crate) free: bool,
}

impl Probe {
    pub(crate) fn new(category: Category, expression: Expression) -> Probe {
        let criterion = Criterion {
            id: String::new(),
            category,
            text: Table::new(),
            source: CriterionSource::default(),
            cohorts: Vec::new(),
            answerable_by: Vec::new(),
            stage: Stage::default(),
            retest: Retest::default(),
            expression,
        };
        let trial = alone(criterion);
        Probe { compiled: Compiled::new(&trial), trial }
    }

    /// Everything that bears on it, in order.
    pub(crate) fn subjects(&self) -> &[Subject] {
        &self.compiled.subjects
    }

    pub(crate) fn line(&self) -> Option<&Line> {
        self.compiled.criteria.first()
    }

    /// The leaf, where it is nothing else.
    pub(crate) fn atom(&self) -> Option<&Atom> {
        match &self.line()?.node {
            Node::Atom(atom) => Some(atom),
            Node::AtLeast { .. } | Node::Not(_) | Node::When { .. } => None,
        }
    }

    /// What the leaf says of these facts; unknown where it is more than a leaf.
    pub(crate) fn leaf(&self, facts: Vec<Fact>, as_of: &AsOf) -> Said {
        let Some(atom) = self.atom() else { return Said { truth: Truth::Unknown, free: false } };
        let chart = Chart::new(&self.compiled, facts, as_of);
        let leaf = atom::evaluate(&Scope::new(&self.trial, &self.compiled, &chart, as_of), atom, as_of.now().untimed());
        Said { truth: leaf.truth, free: leaf.free }
    }

    /// Days between two of which, in order, it is the same on which of them something was, where nothing else is known.
    /// `None` where the window counts in half-lives.
    pub(crate) fn edges(&self, as_of: &AsOf) -> Option<Vec<Day>> {
        let now = as_of.now().untimed();
        let window = self.atom()?.expression.window();
        if window.is_some_and(|window| window.half_lives.is_some()) {
            return None;
        }
        let chart = Chart::new(&self.compiled, Vec::new(), as_of);
        let scope = Scope::new(&self.trial, &self.compiled, &chart, as_of);
        let of_window = window.map(|window| Frame::new(&scope, window, now));
        // what lies ahead has not been measured
        let mut edges: Vec<Day> = (-1..3).map(|by| now.day.plus_days(by)).collect();
        edges.extend(of_window.iter().flat_map(Frame::edges));
        edges.sort_unstable();
        edges.dedup();
        Some(edges)
    }

    /// The truth of the whole, with what completeness settles.
    pub(crate) fn truth(&self, facts: Vec<Fact>, as_of: &AsOf) -> Truth {
        let chart = Chart::new(&self.compiled, facts, as_of);
        let scope = Scope::new(&self.trial, &self.compiled, &chart, as_of);
        self.line().map_or(Truth::Unknown, |line| scope.plain(line, as_of.now().untimed()).truth)
    }
}

/// What nothing can be worked out without: for each input the places of what it is known by. Empty where a formula does
/// without any, or there is none.
///
/// INVARIANT: as `derive::may` has it. Where one of these has no facts, the other inputs say nothing.
pub(crate) fn needed(probe: &Probe, formula: &Formula) -> Vec<Vec<usize>> {
    let place = |id: &str| probe.compiled.slot_of(id);
    let reachable = |concept: &&'static str| {
        std::iter::once(*concept).chain(crate::model::derivation::sources_of(concept).iter().copied()).filter_map(place)
    };
    let needed = formula.inputs.iter().filter(|input| input.is_needed());
    needed.map(|input| input.concepts().iter().flat_map(reachable).collect()).collect()
}

/// The day or minute that is the value of a fact lies ahead of the moment that is judged from.
pub(crate) fn is_ahead(fact: &Fact, as_of: &AsOf) -> bool {
    event::date_of(fact).is_some_and(|when| Mark::of(when, as_of.now()).is_ahead(as_of.now()))
}

fn alone(criterion: Criterion) -> Trial {
    let eligibility = Eligibility {
        status: Publication::Published,
        sex: None,
        minimum_age: None,
        maximum_age: None,
        healthy_volunteers: None,
        cohorts: Vec::new(),
        criteria: vec![criterion],
    };
    Trial {
        format: FORMAT.to_owned(),
        id: String::new(),
        identifiers: Vec::new(),
        title: Table::new(),
        official_title: Table::new(),
        acronym: None,
        version: Version::default(),
        source: Vec::new(),
        status: None,
        phases: Vec::new(),
        study_type: None,
        design: None,
        conditions: Vec::new(),
        interventions: Vec::new(),
        sponsor: None,
        enrollment: None,
        start_date: None,
        completion_date: None,
        overview: Table::new(),
        description: Table::new(),
        emergency_signs: Table::new(),
        approvals: Vec::new(),
        sites: Vec::new(),
        contacts: Vec::new(),
        faqs: Vec::new(),
        eligibility,
        questions: Table::new(),
        checklists: Table::new(),
        wording: Table::new(),
    }
}
