//! What would have to be found out, by whom, and what it would decide.

use crate::evaluate::{Verdict, closers, standing};
use crate::model::record::Respondent;
use crate::sort;
use crate::why::leaves::Leaf;
use crate::why::sets::Set;
use crate::why::verdicts::Search;
use crate::why::{Decides, Finding, Way};

/// Each open thing of the open criteria, in the order of the text.
pub(super) fn findings(search: &Search<'_>) -> Vec<Finding> {
    let pending = || search.parts.iter().enumerate().filter(|(_, part)| part.verdict == Verdict::Pending);
    let mut open: Vec<usize> = pending().flat_map(|(_, part)| part.leaves.iter().copied()).collect();
    sort::ascending(&mut open);
    open.dedup();
    let now: Vec<Verdict> = search.parts.iter().map(|part| part.verdict).collect();
    let mut findings = Vec::new();
    for variable in search.variables(&open, true) {
        let numbers: Vec<usize> = variable.leaves.iter().filter_map(|at| open.get(*at)).copied().collect();
        let leaves: Vec<&Leaf<'_>> = numbers.iter().filter_map(|at| search.leaves.get(*at)).collect();
        let Some(first) = leaves.first() else { continue };
        let (mut questions, mut who): (Vec<String>, Vec<Respondent>) = (Vec::new(), Vec::new());
        for gap in leaves.iter().filter_map(|leaf| leaf.gap.as_ref()) {
            for key in gap.asks.iter() {
                if !questions.iter().any(|own| own == key) {
                    questions.push(key.to_string());
                }
            }
            who.extend(closers(search.trial, gap));
        }
        sort::ascending(&mut who);
        who.dedup();
        let touched = || pending().filter(|(_, part)| numbers.iter().any(|at| part.leaves.binary_search(at).is_ok()));
        let way = |truths: &Vec<_>| {
            let mut set: Set = numbers.iter().copied().zip(truths.iter().copied()).collect();
            sort::ascending(&mut set);
            let mut then = now.clone();
            let mut verdicts = Vec::new();
            for (position, part) in touched() {
                let verdict = search.verdict(part, &set);
                then.get_mut(position).into_iter().for_each(|then| *then = verdict);
                verdicts.push(Decides { criterion: part.criterion.id.clone(), verdict });
            }
            let answers = leaves.iter().zip(truths).map(|(leaf, truth)| leaf.answer(search.trial, *truth, None));
            Way { answers: answers.collect(), verdicts, determination: standing(search.trial, &then, None) }
        };
        let subject = first.subject.clone();
        findings.push(Finding { subject, questions, who, ways: variable.ways.iter().map(way).collect() });
    }
    findings
}
