//! Trials made ready for any table: each leaf once, whichever trials ask for it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::batch::leaf::Leaf;
use crate::evaluate::probe::Probe;
use crate::json;
use crate::model::criterion::Criterion;
use crate::model::expression::Expression;
use crate::model::moment::AsOf;
use crate::model::trial::Trial;

/// The leaves of trials, and their criteria over them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ready {
    pub(crate) leaves: Vec<Leaf>,
    /// The numbers of the leaves, by their texts.
    numbers: BTreeMap<String, usize>,
    /// Of each trial, in the order of its criteria.
    pub(crate) trials: Vec<Vec<Whole>>,
}

/// A criterion made ready.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) node: Node,
    /// By itself, once somebody has been looked at alone.
    probe: OnceCell<Rc<Probe>>,
}

/// An expression over leaves, by their numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node {
    Leaf(usize),
    AtLeast { count: usize, of: Vec<Node> },
    Not(Box<Node>),
    When { condition: Box<Node>, then: Box<Node> },
}

impl Node {
    /// The numbers of its leaves, in the order of the text.
    pub(crate) fn leaves(&self) -> Vec<usize> {
        let (mut leaves, mut open) = (Vec::new(), vec![self]);
        while let Some(node) = open.pop() {
            match node {
                Node::Leaf(leaf) => leaves.push(*leaf),
                Node::AtLeast { of, .. } => open.extend(of.iter().rev()),
                Node::Not(part) => open.push(part),
                Node::When { condition, then } => open.extend([then, condition].map(|part| &**part)),
            }
        }
        leaves
    }
}

impl Whole {
    pub(crate) fn probe(&self, criterion: &Criterion) -> Rc<Probe> {
        let made = || Rc::new(Probe::new(criterion.category, criterion.expression.clone()));
        Rc::clone(self.probe.get_or_init(made))
    }
}

impl Ready {
    pub(crate) fn add(&mut self, trial: &Trial, as_of: &AsOf) {
        let whole =
            |criterion: &Criterion| Whole { node: self.node(&criterion.expression, as_of), probe: OnceCell::new() };
        let criteria = trial.eligibility.criteria.iter().map(whole).collect();
        self.trials.push(criteria);
    }

    /// INVARIANT: the depth is bounded by the reader of trial documents.
    fn node(&mut self, expression: &Expression, as_of: &AsOf) -> Node {
        match expression {
            Expression::AllOf(parts) => self.at_least(parts.len(), parts, as_of),
            Expression::AnyOf(parts) => self.at_least(1, parts, as_of),
            Expression::AtLeast(at_least) => {
                self.at_least(usize::try_from(at_least.count).unwrap_or(usize::MAX), &at_least.of, as_of)
            }
            Expression::Not(part) => Node::Not(Box::new(self.node(part, as_of))),
            Expression::When(conditional) => {
                let condition = Box::new(self.node(&conditional.condition, as_of));
                Node::When { condition, then: Box::new(self.node(&conditional.then, as_of)) }
            }
            Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => Node::Leaf(self.leaf(expression, as_of)),
        }
    }

    fn at_least(&mut self, count: usize, parts: &[Expression], as_of: &AsOf) -> Node {
        Node::AtLeast { count, of: parts.iter().map(|part| self.node(part, as_of)).collect() }
    }

    /// The number of a leaf.
    fn leaf(&mut self, expression: &Expression, as_of: &AsOf) -> usize {
        let text = json::text(expression).unwrap_or_default();
        let next = self.leaves.len();
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.leaves.push(Leaf::new(expression, as_of));
        }
        number
    }
}
