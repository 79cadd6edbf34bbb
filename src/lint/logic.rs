//! Can the criteria all pass, can each fail, can anybody get into each cohort? Answered exactly, by trying every way
//! in which what they ask could turn out, as far as the search goes; beyond that nothing is said.
//!
//! What is mentioned once can turn out either way whatever the rest does, and Kleene's tables are exact for it; so only
//! the ways of what is mentioned more than once are tried, and only together with the criteria that mention it.

use super::{Finding, Findings, key};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::evaluate::chart::Chart;
use crate::evaluate::compiled::Compiled;
use crate::evaluate::complete::{Variable, variables};
use crate::evaluate::residual::{self, Open, Residual};
use crate::evaluate::{Scope, passing};
use crate::import::readable::Step;
use crate::model::criterion::Criterion;
use crate::model::moment::{AsOf, Now};
use crate::model::trial::Trial;
use crate::truth::Truth;

/// Steps of one search, at most.
const MOST: u32 = 20_000;

pub(super) fn check(trial: &Trial, findings: &mut Findings) {
    let compiled = Compiled::new(trial);
    let as_of = AsOf::epoch();
    let chart = Chart::new(&compiled, std::iter::empty(), &as_of);
    let scope = Scope::new(trial, &compiled, &chart, &as_of);
    let now = as_of.now();
    let criteria = &trial.eligibility.criteria;
    let asked: Vec<Asked<'_>> = criteria
        .iter()
        .zip(&compiled.criteria)
        .map(|(criterion, line)| Asked {
            criterion,
            passing: passing(criterion.category),
            residual: residual::of(&scope, &line.node, now),
        })
        .collect();
    let search = Search { scope: &scope, now, asked: &asked };
    for (index, asked) in asked.iter().enumerate() {
        let id = quoted(&asked.criterion.id);
        if search.possible(&[(index, asked.passing)]) == Some(false) {
            let message = format!("nobody can pass {id}, whatever the answers are");
            let help = "look for parts of its expression that rule each other out";
            findings.warning(place(index), Code::NeverPasses, message, help);
        } else if search.possible(&[(index, asked.passing.not())]) == Some(false) {
            let message = format!("nobody can fail {id}, whatever the answers are");
            let help = "look for parts of its expression of which one always holds, or take the criterion out";
            findings.warning(place(index), Code::NeverFails, message, help);
        }
    }
    contradictions(trial, &search, findings);
}

fn place(index: usize) -> Vec<Step> {
    vec![key("eligibility"), key("criteria"), Step::Index(index)]
}

/// Criteria that cannot all pass, for everybody or within a cohort.
fn contradictions(trial: &Trial, search: &Search<'_>, findings: &mut Findings) {
    let cohorts = &trial.eligibility.cohorts;
    let mut known: Vec<Vec<usize>> = Vec::new();
    let concerned = |cohort: Option<&str>| -> Vec<usize> {
        let holds = |criterion: &Criterion| {
            criterion.cohorts.is_empty() || cohort.is_some_and(|id| criterion.cohorts.iter().any(|own| own == id))
        };
        let all = search.asked.iter().enumerate();
        all.filter(|(_, asked)| cohorts.is_empty() || holds(asked.criterion)).map(|(index, _)| index).collect()
    };
    let mut groups: Vec<(Option<usize>, Vec<usize>)> = vec![(None, concerned(None))];
    groups.extend(cohorts.iter().enumerate().map(|(at, cohort)| (Some(at), concerned(Some(&cohort.id)))));
    for (cohort, group) in groups {
        let cores = search.cores(&group);
        if let Some(at) = cohort
            && let Some(core) = cores.first()
        {
            let message =
                format!("nobody can get into the cohort {}: {} stand in the way", name(trial, at), search.names(core));
            unreachable(findings, at, message, "look at these criteria, and at the cohorts they name");
        }
        for core in cores.into_iter().filter(|core| core.len() > 1) {
            if known.contains(&core) {
                continue;
            }
            let message = format!("{} can never all pass", search.names(&core));
            let help = "look for a bound, a code or a \"not\" that is the wrong way round, or for criteria of different cohorts";
            findings.list.push(Finding {
                path: core.last().map_or_else(Vec::new, |last| place(*last)),
                other: core.first().map(|first| place(*first)),
                diagnostic: Diagnostic::warning(Code::Contradiction, message, help),
            });
            known.push(core);
        }
    }
    let named =
        |id: &str| trial.eligibility.criteria.iter().any(|criterion| criterion.cohorts.iter().any(|own| own == id));
    for (at, cohort) in cohorts.iter().enumerate() {
        if cohort.open == Some(false) {
            let message = format!("the cohort {} is closed: nobody is found eligible for it", name(trial, at));
            unreachable(findings, at, message, "take it out once nobody asks for it any more, or open it");
        } else if !named(&cohort.id) {
            let message = format!("no criterion names the cohort {}", name(trial, at));
            unreachable(findings, at, message, "name it in the criteria that hold for it alone, or take it out");
        }
    }
}

fn name(trial: &Trial, at: usize) -> String {
    quoted(trial.eligibility.cohorts.get(at).map_or("", |cohort| &cohort.id))
}

fn unreachable(findings: &mut Findings, at: usize, message: String, help: &str) {
    let path = vec![key("eligibility"), key("cohorts"), Step::Index(at)];
    findings.warning(path, Code::UnreachableCohort, message, help);
}

/// A criterion, with nothing known.
struct Asked<'a> {
    criterion: &'a Criterion,
    passing: Truth,
    residual: Residual<'a>,
}

struct Search<'s> {
    scope: &'s Scope<'s>,
    now: Now,
    asked: &'s [Asked<'s>],
}

impl<'s> Search<'s> {
    fn names(&self, core: &[usize]) -> String {
        let ids: Vec<String> =
            core.iter().filter_map(|index| self.asked.get(*index)).map(|asked| quoted(&asked.criterion.id)).collect();
        match ids.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => ids.concat(),
        }
    }

    /// Smallest groups of these criteria that cannot all pass. Each begins with one that the others do not need.
    fn cores(&self, group: &[usize]) -> Vec<Vec<usize>> {
        let mut cores = Vec::new();
        for mut part in self.linked(group) {
            while self.pass(&part) == Some(false) {
                let mut core = part.clone();
                for criterion in &part {
                    let rest: Vec<usize> = core.iter().copied().filter(|other| other != criterion).collect();
                    if self.pass(&rest) == Some(false) {
                        core = rest;
                    }
                }
                let Some(last) = core.last().copied() else { break };
                part.retain(|other| *other != last);
                cores.push(core);
            }
        }
        cores
    }

    fn pass(&self, group: &[usize]) -> Option<bool> {
        let wanted: Vec<(usize, Truth)> =
            group.iter().filter_map(|index| Some((*index, self.asked.get(*index)?.passing))).collect();
        self.possible(&wanted)
    }

    /// The criteria, apart where they have nothing in common.
    fn linked(&self, group: &[usize]) -> Vec<Vec<usize>> {
        let slots = |index: usize| -> Vec<usize> {
            let open = self.asked.get(index).map(|asked| asked.residual.open()).unwrap_or_default();
            open.iter().map(|open| open.atom.slot).collect()
        };
        let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for index in group {
            let mut own = (vec![*index], slots(*index));
            let (touching, apart): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|(_, slots)| slots.iter().any(|slot| own.1.contains(slot)));
            for (members, slots) in touching {
                own.0.extend(members);
                own.1.extend(slots);
            }
            own.0.sort_unstable();
            parts = apart;
            parts.push(own);
        }
        parts.into_iter().map(|(members, _)| members).collect()
    }

    /// Can these criteria have these truths at once? `None` where there are too many ways to tell.
    fn possible(&self, wanted: &[(usize, Truth)]) -> Option<bool> {
        let goals: Vec<(&Residual<'_>, Truth)> =
            wanted.iter().filter_map(|(index, truth)| Some((&self.asked.get(*index)?.residual, *truth))).collect();
        let open: Vec<&Open<'_>> = goals.iter().flat_map(|(residual, _)| residual.open()).collect();
        let mut places: Vec<(usize, usize)> = open.iter().enumerate().map(|(at, open)| (address(open), at)).collect();
        places.sort_unstable();
        let repeated = variables(self.scope, &open, self.now).into_iter().filter(|variable| variable.leaves.len() > 1);
        let tree = Tree { goals, places, variables: repeated.collect() };
        tree.reaches(0, &mut vec![Truth::Unknown; open.len()], &mut { MOST })
    }
}

fn address(open: &Open<'_>) -> usize {
    std::ptr::from_ref(open).addr()
}

struct Tree<'t, 'a> {
    goals: Vec<(&'t Residual<'a>, Truth)>,
    /// Where each leaf stands among the truths, by its address.
    places: Vec<(usize, usize)>,
    variables: Vec<Variable>,
}

impl Tree<'_, '_> {
    /// Can all goals still be reached, with the ways of the variables from `at` on open?
    ///
    /// INVARIANT: the depth is the number of variables, which the limits on criteria and leaves bound.
    fn reaches(&self, at: usize, truths: &mut Vec<Truth>, left: &mut u32) -> Option<bool> {
        *left = left.checked_sub(1)?;
        let truth_of = |open: &Open<'_>| {
            let place = self.places.binary_search_by_key(&address(open), |(address, _)| *address).ok();
            let place = place.and_then(|place| self.places.get(place)).map(|(_, at)| *at);
            place.and_then(|at| truths.get(at)).copied().unwrap_or(Truth::Unknown)
        };
        for (residual, wanted) in &self.goals {
            let truth = residual.under(&truth_of);
            if truth.is_known() && truth != *wanted {
                return Some(false);
            }
        }
        let Some(variable) = self.variables.get(at) else { return Some(true) };
        for way in &variable.ways {
            self.set(variable, way, truths);
            if self.reaches(at + 1, truths, left)? {
                return Some(true);
            }
        }
        self.set(variable, &vec![Truth::Unknown; variable.leaves.len()], truths);
        Some(false)
    }

    fn set(&self, variable: &Variable, way: &[Truth], truths: &mut [Truth]) {
        for (leaf, truth) in variable.leaves.iter().zip(way) {
            if let Some(slot) = truths.get_mut(*leaf) {
                *slot = *truth;
            }
        }
    }
}
