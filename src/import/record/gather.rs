//! Entries put together: the charts of the people, in the order in which the file speaks of them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::json;
use crate::model::date::{Date, When};
use crate::model::name::Name;
use crate::model::record::{Fact, FactValue, Status, Subject};

use super::charts::{Chart, Charts, Doubt, Kept, Left, Proposal, Why};
use super::entry::Entry;
use super::propose::Proposing;

/// Charts in the making.
pub(super) struct Gathering {
    charts: Charts,
    at: BTreeMap<String, usize>,
    /// Entries that say of nobody whom they are about, where there are several people.
    of_nobody: usize,
    proposing: Proposing,
}

impl Gathering {
    pub(super) fn new(format: &'static str) -> Gathering {
        let charts = Charts { format, ..Charts::default() };
        Gathering { charts, at: BTreeMap::new(), of_nobody: 0, proposing: Proposing::default() }
    }

    /// What one resource says of somebody.
    pub(super) fn take(&mut self, whose: Option<&str>, entries: &[Entry<'_>]) {
        self.charts.read += 1;
        if let Some(whose) = whose {
            let Gathering { charts, at, proposing, .. } = self;
            if let Some(chart) = chart(charts, at, whose) {
                entries.iter().for_each(|entry| proposing.propose(entry, chart));
            }
            return;
        }
        let mut nobody = Chart::default();
        for entry in entries {
            self.proposing.propose(entry, &mut nobody);
            self.of_nobody += nobody.proposals.len();
            let proposed = nobody.proposals.drain(..).map(of_nobody);
            self.charts.left.extend(proposed.chain(nobody.left.drain(..)));
        }
    }

    /// Something of somebody that gave no fact, and stands for as many as it says.
    pub(super) fn leave_of(&mut self, whose: &str, left: Left) {
        self.charts.read += left.count;
        if let Some(chart) = chart(&mut self.charts, &mut self.at, whose) {
            chart.left.push(left);
        }
    }

    /// Something that could not be read at all.
    pub(super) fn leave(&mut self, left: Left) {
        self.charts.read += 1;
        self.charts.left.push(left);
    }

    pub(super) fn done(mut self) -> (Charts, Vec<Diagnostic>) {
        for chart in &mut self.charts.charts {
            chart.proposals.extend(onset(&chart.proposals));
            let mut id = String::new();
            for (number, proposal) in (1_u64..).zip(&mut chart.proposals) {
                id.clear();
                id.push('r');
                json::whole(number, &mut id);
                proposal.fact.id = Name::from(id.as_str());
            }
            chart.contradictions = contradictions(&chart.proposals);
            // a page holds the charts of many people for long
            chart.proposals.shrink_to_fit();
            chart.left.shrink_to_fit();
        }
        let mut diagnostics = Vec::new();
        if self.of_nobody > 0 {
            let message = format!("{} entries do not say about which of the people they are", self.of_nobody);
            let help = "look at them in the file; they were given to nobody";
            diagnostics.push(Diagnostic::warning(Code::UnreadableFact, message, help));
        }
        (self.charts, diagnostics)
    }
}

/// The chart of somebody, a new one where there is none yet.
fn chart<'c>(charts: &'c mut Charts, at: &mut BTreeMap<String, usize>, whose: &str) -> Option<&'c mut Chart> {
    let next = charts.charts.len();
    let place = at.get(whose).copied().unwrap_or(next);
    if place == next {
        at.insert(whose.to_owned(), next);
        charts.charts.push(Chart { key: whose.to_owned(), ..Chart::default() });
    }
    charts.charts.get_mut(place)
}

fn of_nobody(proposal: Proposal) -> Left {
    let kept = Some(Box::new(Kept { codes: Vec::new(), fact: proposal.fact }));
    Left { kept, ..Left::new(proposal.origin, proposal.said, Why::Nameless) }
}

/// The newest stroke in the record may be the one that the trial is about.
fn onset(proposals: &[Proposal]) -> Option<Proposal> {
    const STROKES: [&str; 2] = ["ischaemic-stroke", "stroke"];
    let dated = proposals.iter().filter(|proposal| {
        let about = |id: &&str| is_about(&proposal.fact, id);
        proposal.fact.on.is_some() && STROKES.iter().any(about)
    });
    let newest = dated.max_by_key(|proposal| proposal.fact.on.map(|when| when.earliest().first_day()))?;
    let when = newest.fact.on?;
    let fact = Fact {
        subject: Subject::concept("onset"),
        value: FactValue::Date(when),
        on: None,
        during: None,
        ..newest.fact.clone()
    };
    Some(Proposal { fact, doubts: vec![Doubt::WhichEvent], ..newest.clone() })
}

/// Groups of proposals that cannot all be true.
fn contradictions(proposals: &[Proposal]) -> Vec<Vec<String>> {
    let key = |proposal: &'_ Proposal| match &proposal.fact.value {
        FactValue::Quantity(_) | FactValue::Code(_) if timeless(&proposal.fact) => Some(None),
        FactValue::Quantity(_) | FactValue::Code(_) => match proposal.fact.on {
            Some(When::On(date)) => Some(Some(date)),
            Some(When::Between(_)) | None => None,
        },
        FactValue::Date(_)
        | FactValue::Present(Status::Current)
        | FactValue::Refuted(Status::Current | Status::Any) => Some(None),
        FactValue::Present(_) | FactValue::Refuted(_) | FactValue::Absent(_) | FactValue::Complete => None,
    };
    let mut groups: Vec<Vec<&Proposal>> = Vec::new();
    let mut at: BTreeMap<(&Subject, Option<Date>), usize> = BTreeMap::new();
    for proposal in proposals {
        let Some(on) = key(proposal) else { continue };
        let next = groups.len();
        let place = *at.entry((&proposal.fact.subject, on)).or_insert(next);
        if place == next {
            groups.push(Vec::new());
        }
        groups.get_mut(place).into_iter().for_each(|group| group.push(proposal));
    }
    let differ = |group: &Vec<&Proposal>| {
        let first = group.first().map(|proposal| &proposal.fact.value);
        group.iter().any(|proposal| Some(&proposal.fact.value) != first)
    };
    let ids = |group: Vec<&Proposal>| group.into_iter().map(|proposal| proposal.fact.id.as_str().to_owned()).collect();
    groups.into_iter().filter(differ).map(ids).collect()
}

fn is_about(fact: &Fact, concept: &str) -> bool {
    fact.subject.cmp_concept(concept).is_eq()
}

fn timeless(fact: &Fact) -> bool {
    is_about(fact, "sex")
}
