//! Which questions could still change something.
//!
//! A question is useful if there are answers to some of the others, and one to it, such that without it the determination
//! is open and with it the determination is known. Others may stay unanswered for good: "not sure" is an answer.

use super::inquiry::{Inquiry, Part};
use super::table::{Layout, Table, beyond};
use crate::sort;

/// With more facts than these in several criteria at once, whatever could change a criterion is taken to be useful.
const MOST_SHARED: usize = 8;

/// What is worth asking.
#[derive(Debug)]
pub(super) struct Useful {
    /// For each item, whether it could still change the determination.
    pub(super) items: Vec<bool>,
    /// The answers could still make the person eligible. Where they cannot, only what rules out is worth asking.
    pub(super) eligible: bool,
}

/// Parts of the determination that have facts in common.
struct Component<'i, 't> {
    inquiry: &'i Inquiry<'t>,
    parts: Vec<usize>,
    criteria: Vec<usize>,
    layout: Option<Layout<'i, 't>>,
    /// The tables of its criteria, in their order; where the whole has no layout, each has its own.
    tables: Vec<Option<Table>>,
}

/// What could change the determination.
pub(super) fn for_determination(inquiry: &Inquiry<'_>) -> Useful {
    let components = components(inquiry);
    let published = !inquiry.parts.iter().any(|part| matches!(part, Part::Unknown));
    let eligible = published && components.iter().all(Component::can_be_true);
    let mut items = vec![false; inquiry.items.len()];
    for component in &components {
        if !eligible && !component.can_be_false() {
            continue;
        }
        for (item, useful) in items.iter_mut().enumerate() {
            *useful = *useful || component.is_useful(item, eligible);
        }
    }
    Useful { items, eligible }
}

/// For each pending criterion the items that could change it, whatever that means for the determination.
pub(super) fn for_criteria(inquiry: &Inquiry<'_>) -> Vec<Vec<bool>> {
    let criterion = |number| Component::of(inquiry, Vec::new(), vec![number]);
    let items =
        |criterion: Component<'_, '_>| (0..inquiry.items.len()).map(|item| criterion.changes(item, true)).collect();
    (0..inquiry.criteria.len()).map(|number| items(criterion(number))).collect()
}

fn criteria_of(part: &Part) -> Vec<usize> {
    match part {
        Part::Criterion(number) => vec![*number],
        Part::Cohorts { each, .. } => each.concat(),
        Part::Unknown => Vec::new(),
    }
}

fn components<'i, 't>(inquiry: &'i Inquiry<'t>) -> Vec<Component<'i, 't>> {
    let mut criteria: Vec<Vec<usize>> = inquiry.parts.iter().map(criteria_of).collect();
    let mut parts_of: Vec<Vec<usize>> = vec![Vec::new(); inquiry.criteria.len()];
    for (part, numbers) in criteria.iter_mut().enumerate() {
        sort::ascending(numbers);
        numbers.dedup();
        for number in numbers {
            parts_of.get_mut(*number).into_iter().for_each(|parts| parts.push(part));
        }
    }
    let mut labels: Vec<usize> = (0..criteria.len()).collect();
    for item in &inquiry.items {
        let facts = item.facts.iter().filter_map(|fact| inquiry.facts.get(*fact));
        let parts = facts.flat_map(|fact| &fact.criteria).filter_map(|number| parts_of.get(*number)).flatten();
        let mut touched: Vec<usize> = parts.filter_map(|part| labels.get(*part)).copied().collect();
        sort::ascending(&mut touched);
        touched.dedup();
        if let Some(least) = touched.first().copied() {
            labels.iter_mut().filter(|label| touched.binary_search(label).is_ok()).for_each(|label| *label = least);
        }
    }
    let mut components = Vec::new();
    for label in 0..labels.len() {
        let parts: Vec<usize> = (0..labels.len()).filter(|part| labels.get(*part) == Some(&label)).collect();
        let numbers: Vec<usize> = parts.iter().filter_map(|part| criteria.get(*part)).flatten().copied().collect();
        if !numbers.is_empty() {
            components.push(Component::of(inquiry, parts, numbers));
        }
    }
    components
}

impl<'i, 't> Component<'i, 't> {
    fn of(inquiry: &'i Inquiry<'t>, parts: Vec<usize>, mut criteria: Vec<usize>) -> Component<'i, 't> {
        sort::ascending(&mut criteria);
        criteria.dedup();
        let layout = Layout::of(inquiry, asked_in(inquiry, &criteria).into_iter());
        let table = |number: &usize| match &layout {
            Some(layout) => Some(layout.of_criterion(*number)),
            None => Layout::of(inquiry, asked_in(inquiry, &[*number]).into_iter()).map(|own| own.of_criterion(*number)),
        };
        let tables = criteria.iter().map(table).collect();
        Component { inquiry, parts, criteria, layout, tables }
    }

    fn table(&self, number: usize) -> Option<&Table> {
        let at = self.criteria.iter().position(|other| *other == number)?;
        self.tables.get(at)?.as_ref()
    }

    /// The determination by these parts where some facts are open.
    fn whole(&self, layout: &Layout<'_, '_>, open: &[usize]) -> Table {
        let parts = self.parts.iter().filter_map(|part| self.inquiry.parts.get(*part));
        layout.of_all(parts, &|number| {
            let own = |fact: &&usize| self.inquiry.facts.get(**fact).is_some_and(|f| f.criteria.contains(&number));
            let own: Vec<usize> = open.iter().filter(own).copied().collect();
            let unknown = || layout.of_part(&Part::Unknown, &|number| layout.of_criterion(number));
            self.table(number).map_or_else(unknown, |table| layout.without(table, &own))
        })
    }

    fn can_be_true(&self) -> bool {
        match &self.layout {
            Some(layout) => self.whole(layout, &[]).can_be_true(),
            None => self.tables.iter().flatten().all(Table::can_be_true),
        }
    }

    fn can_be_false(&self) -> bool {
        let criterion = |number: &usize| self.table(*number).is_none_or(Table::can_be_false);
        self.parts.iter().filter_map(|part| self.inquiry.parts.get(*part)).any(|part| match part {
            Part::Criterion(number) => criterion(number),
            Part::Cohorts { each, undetermined, .. } => {
                !undetermined && each.iter().all(|cohort| cohort.iter().any(criterion))
            }
            Part::Unknown => false,
        })
    }

    fn is_useful(&self, item: usize, eligible: bool) -> bool {
        let Some(facts) = self.inquiry.items.get(item).map(|item| &item.facts) else { return false };
        let in_one_of = |fact: &usize| {
            self.inquiry.facts.get(*fact).is_some_and(|f| f.criteria.iter().any(|c| self.criteria.contains(c)))
        };
        if !facts.iter().any(in_one_of) {
            return false;
        }
        let shared: Vec<usize> = self.shared().into_iter().filter(|fact| !facts.contains(fact)).collect();
        let Some(layout) = self.layout.as_ref().filter(|_| shared.len() <= MOST_SHARED) else {
            return self.changes(item, eligible);
        };
        (0..1_usize << shared.len()).any(|set| {
            let never = shared.iter().enumerate().filter(|(nth, _)| set >> nth & 1 == 1).map(|(_, fact)| *fact);
            let mut open: Vec<usize> = never.collect();
            let with = self.whole(layout, &open);
            open.extend(facts);
            let without = self.whole(layout, &open);
            beyond(&with.no, &without.no) || (eligible && beyond(&with.yes, &without.yes))
        })
    }

    /// Facts that stand in several of its criteria.
    fn shared(&self) -> Vec<usize> {
        let several = |fact: &usize| self.inquiry.facts.get(*fact).is_some_and(|fact| fact.criteria.len() > 1);
        asked_in(self.inquiry, &self.criteria).into_iter().filter(several).collect()
    }

    /// Could the item change the truth of a criterion?
    fn changes(&self, item: usize, eligible: bool) -> bool {
        let Some(facts) = self.inquiry.items.get(item).map(|item| &item.facts) else { return false };
        self.criteria.iter().zip(&self.tables).any(|(number, table)| {
            let own = |fact: &&usize| self.inquiry.facts.get(**fact).is_some_and(|fact| fact.criteria.contains(number));
            let own: Vec<usize> = facts.iter().filter(own).copied().collect();
            if own.is_empty() {
                return false;
            }
            let Some(table) = table else { return true };
            let alone = || Layout::of(self.inquiry, asked_in(self.inquiry, &[*number]).into_iter());
            let changed = |layout: &Layout<'_, '_>| {
                let without = layout.without(table, &own);
                beyond(&table.no, &without.no) || (eligible && beyond(&table.yes, &without.yes))
            };
            match &self.layout {
                Some(layout) => changed(layout),
                None => alone().is_none_or(|layout| changed(&layout)),
            }
        })
    }
}

/// The facts of these criteria that can be asked for.
fn asked_in(inquiry: &Inquiry<'_>, criteria: &[usize]) -> Vec<usize> {
    let facts = inquiry.facts.iter().enumerate();
    facts
        .filter(|(_, fact)| fact.item.is_some() && fact.criteria.iter().any(|number| criteria.contains(number)))
        .map(|(at, _)| at)
        .collect()
}
