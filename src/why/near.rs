//! Near misses, what alone stands in the way, and what time will cure.

use crate::evaluate::{Determination, Evaluation, Verdict, passing, standing};
use crate::model::decimal::{Decimal, Exact};
use crate::model::trial::Trial;
use crate::sort;
use crate::why::leaves::Turn;
use crate::why::sets::Leaves;
use crate::why::verdicts::Search;
use crate::why::{Cure, NearMiss};

/// The compared values of failed criteria, the nearest first.
pub(super) fn misses(search: &Search<'_>) -> Vec<NearMiss> {
    let mut misses = Vec::new();
    for (position, part) in search.parts.iter().enumerate().filter(|(_, part)| part.verdict == Verdict::Fail) {
        let wanted = passing(part.criterion.category);
        let mut against = Vec::new();
        part.tree.against(wanted, &|leaf| search.truth(leaf), &mut against);
        sort::ascending(&mut against);
        against.dedup();
        for at in against {
            let Some(leaf) = search.leaves.get(at).filter(|leaf| leaf.truth.is_known()) else { continue };
            let Some(margin) = leaf.margin.clone() else { continue };
            let turned = |other: usize| if other == at { leaf.truth.not() } else { search.truth(other) };
            let told = leaf.answer(search.trial, leaf.truth, Some(position));
            misses.push(NearMiss {
                criterion: told.criterion,
                path: told.path,
                subject: told.subject,
                relative: relative(margin.distance, margin.limit),
                margin,
                alone: part.tree.under(&turned) != wanted.not(),
                from: match leaf.turn {
                    Turn::Time(from) => Some(from),
                    Turn::Facts | Turn::Never => None,
                },
            });
        }
    }
    sort::by(&mut misses, |a, b| (a.relative.is_none(), a.relative).cmp(&(b.relative.is_none(), b.relative)));
    misses
}

/// The distance as a part of the bound, without signs.
fn relative(distance: Decimal, limit: Decimal) -> Option<Decimal> {
    let size = |number: Decimal| Exact::ZERO.minus(number.exact()).map(|negative| negative.max(number.exact()));
    let limit = size(limit).filter(|limit| *limit > Exact::ZERO)?;
    size(distance)?.over(limit)?.rounded(4)
}

/// The failed criteria without each of which, alone, the trial would be possible.
pub(super) fn alone(trial: &Trial, evaluation: &Evaluation) -> Vec<String> {
    let now: Vec<Verdict> = evaluation.criteria.iter().map(|criterion| criterion.verdict).collect();
    let mut alone = Vec::new();
    if evaluation.determination != Determination::Ineligible {
        return alone;
    }
    for (position, found) in evaluation.criteria.iter().enumerate().filter(|(_, found)| found.verdict == Verdict::Fail)
    {
        let mut without = now.clone();
        without.get_mut(position).into_iter().for_each(|verdict| *verdict = Verdict::Pending);
        if standing(trial, &without, None) != Determination::Ineligible {
            alone.push(found.id.to_string());
        }
    }
    alone
}

/// The failed criteria that time alone will cure.
pub(super) fn cured(search: &Search<'_>) -> Vec<Cure> {
    let failed = search.evaluation.criteria.iter().filter(|criterion| criterion.verdict == Verdict::Fail);
    failed
        .filter_map(|found| Some(Cure { criterion: found.id.to_string(), from: found.from?, then: found.then? }))
        .collect()
}
