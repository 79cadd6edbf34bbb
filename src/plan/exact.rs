//! The best first screen, by trying every order: for few open facts.

use super::order::Order;
use super::table::Layout;

/// The most states of knowledge that are looked at.
const MOST_STATES: usize = 2200;

/// The facts that can be asked for as the digits of a number: each way, and last not known.
struct States<'o, 'i, 't> {
    order: &'o Order<'i, 't>,
    /// The fact, its number of ways, the value of its digit.
    digits: Vec<(usize, usize, usize)>,
    /// The burden to be expected in each state; none where nothing can change any more.
    burden: Vec<Option<f64>>,
}

/// The items to ask first and the burden to be expected in all; `None` where there is too much to try.
pub(super) fn first(order: &Order<'_, '_>) -> Option<(Vec<usize>, f64)> {
    let inquiry = order.inquiry;
    let mut digits: Vec<(usize, usize, usize)> = Vec::new();
    let mut total = 1_usize;
    for fact in order.screens.iter().flatten().filter_map(|item| inquiry.items.get(*item)).flat_map(|item| &item.facts)
    {
        let ways = inquiry.facts.get(*fact)?.chances.len();
        digits.push((*fact, ways, total));
        total = total.checked_mul(ways + 1).filter(|total| *total <= MOST_STATES)?;
    }
    let layout = Layout::of(inquiry, digits.iter().map(|(fact, ..)| *fact))?;
    let whole = layout.of_all(inquiry.parts.iter(), &|number| layout.of_criterion(number));
    let mut states = States { order, digits, burden: Vec::with_capacity(total) };
    // what comes out of each state whatever is answered: none where that differs
    let mut outcomes: Vec<Option<Option<bool>>> = Vec::with_capacity(total);
    for state in 0..total {
        let outcome = match states.digits.iter().find(|digit| states.is_open(state, **digit)) {
            None => {
                let ways = states.digits.iter().map(|digit| (digit.0, state / digit.2 % (digit.1 + 1)));
                Some(whole.at(layout.place(ways)))
            }
            Some((_, ways, value)) => {
                let mut each = (0..*ways).map(|way| outcomes.get(state - (ways - way) * value).copied().flatten());
                let first = each.next().flatten();
                first.filter(|_| each.all(|other| other == first))
            }
        };
        outcomes.push(outcome);
        let burden = if outcome.is_some() { None } else { Some(states.best(state)?.1) };
        states.burden.push(burden);
    }
    // equal or not, something must be asked where the criteria taken one by one are open
    states.best(total - 1)
}

impl States<'_, '_, '_> {
    fn is_open(&self, state: usize, (_, ways, value): (usize, usize, usize)) -> bool {
        state / value % (ways + 1) == ways
    }

    fn best(&self, state: usize) -> Option<(Vec<usize>, f64)> {
        let ways: Vec<u64> = {
            let mut all = self.order.start().ways;
            for (fact, ways, value) in &self.digits {
                let way = state / value % (ways + 1);
                if way < *ways {
                    all.get_mut(*fact).into_iter().for_each(|all| *all = 1 << way);
                }
            }
            all
        };
        let asked = |item: usize| {
            let facts = self.order.inquiry.items.get(item).map_or(&[][..], |item| &item.facts);
            let digit = self.digits.iter().find(|(fact, ..)| facts.contains(fact));
            !digit.is_some_and(|digit| self.is_open(state, *digit))
        };
        let mut best: Option<(Vec<usize>, f64)> = None;
        for items in self.order.next(&ways, &asked) {
            let facts =
                items.iter().filter_map(|item| self.order.inquiry.items.get(*item)).flat_map(|item| &item.facts);
            let digits: Vec<(usize, usize, usize)> =
                facts.filter_map(|fact| self.digits.iter().find(|(other, ..)| other == fact)).copied().collect();
            let burden = self.order.burden(&items) + self.expected(state, &digits);
            if best.as_ref().is_none_or(|(_, least)| burden < least * (1.0 - 1e-9)) {
                best = Some((items, burden));
            }
        }
        best
    }

    /// The burden to be expected once these facts are answered.
    fn expected(&self, state: usize, digits: &[(usize, usize, usize)]) -> f64 {
        let Some((digit, rest)) = digits.split_first() else {
            return self.burden.get(state).copied().flatten().unwrap_or(0.0);
        };
        if !self.is_open(state, *digit) {
            return self.expected(state, rest);
        }
        let (fact, ways, value) = digit;
        let chances = self.order.inquiry.facts.get(*fact).map_or(&[][..], |fact| &fact.chances);
        let each = chances.iter().enumerate();
        each.map(|(way, chance)| chance * self.expected(state - (ways - way) * value, rest)).sum()
    }
}
