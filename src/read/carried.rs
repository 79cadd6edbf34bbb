//! A label before one item that the items behind it may share: "1 Part 1: …", "2 …", "3 Part 2: …".
//!
//! Where another label follows only after items without one, nothing says whether those are for everybody. They are asked.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, quoted};
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::Expression;

use super::doubt::ask_for_whom;
use super::fold::{fold, shown};
use super::people::leading;

/// Leaves what may be for some of the people to a question in words.
pub(super) fn ask(criteria: &mut [Criterion], diagnostics: &mut Vec<Diagnostic>) {
    for category in [Category::Inclusion, Category::Exclusion] {
        let list = || criteria.iter().enumerate().filter(|(_, criterion)| criterion.category == category);
        // "Part 1: …" at the top of the list alone can be for all that follow
        if list().next().and_then(|(_, first)| label(first)).is_none() {
            continue;
        }
        let labels: Vec<(usize, Option<String>)> = list().map(|(place, criterion)| (place, label(criterion))).collect();
        if !carries(&labels) {
            continue;
        }
        let mut under = String::new();
        for (place, label) in labels {
            if let Some(label) = label {
                under = label;
            } else if let Some(criterion) = criteria.get_mut(place).filter(|criterion| is_read_for_everybody(criterion))
            {
                let alone = quoted(&under);
                let problem =
                    |text: &str| format!("it is not said whether {text} is for everybody, or for {alone} alone");
                ask_for_whom(criterion, problem, diagnostics);
            }
        }
    }
}

/// Every label stands once, before an item without one. Where each item has its own, those without are for everybody.
fn carries(labels: &[(usize, Option<String>)]) -> bool {
    let mut seen = BTreeSet::new();
    let once = labels.iter().filter_map(|(_, label)| label.as_ref()).all(|label| seen.insert(label));
    let beside = labels.windows(2).any(|pair| pair.iter().all(|(_, label)| label.is_some()));
    once && !beside && seen.len() > 1
}

fn label(criterion: &Criterion) -> Option<String> {
    let text = criterion.text.values().next()?;
    leading(&fold(&text.full)).map(|(name, _)| shown(name))
}

fn is_read_for_everybody(criterion: &Criterion) -> bool {
    !matches!(criterion.expression, Expression::Unread(_) | Expression::Judgement(_)) && criterion.cohorts.is_empty()
}
