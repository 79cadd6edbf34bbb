//! What is left of a criterion once everything known has been used.

use crate::evaluate::atom::Lack;
use crate::evaluate::compiled::{Atom, Node};
use crate::evaluate::{Scope, atom};
use crate::model::moment::Now;
use crate::model::name::Name;
use crate::truth::Truth;

/// What is left of an expression.
///
/// Its truth under any answers to its open leaves is the truth of the whole expression under them.
#[derive(Clone, Debug)]
pub(crate) enum Residual<'a> {
    /// Nothing is left: this is the truth.
    Known(Truth),
    /// A leaf that is open, and why.
    Open(Box<Open<'a>>),
    /// At least `count` of these hold.
    AtLeast {
        /// How many are still needed.
        count: usize,
        /// The open parts, in the order of the text.
        parts: Vec<Residual<'a>>,
    },
    /// The part does not hold.
    Not(Box<Residual<'a>>),
    /// The part counts only under the condition; elsewhere it takes the passing truth.
    When {
        /// Whom it concerns.
        condition: Box<Residual<'a>>,
        /// What is asked of them.
        then: Box<Residual<'a>>,
        /// The truth that lets the criterion pass at this place.
        passing: Truth,
    },
}

/// A leaf that is open.
#[derive(Clone, Debug)]
pub(crate) struct Open<'a> {
    pub(crate) atom: &'a Atom,
    pub(crate) lack: Lack,
}

impl Open<'_> {
    /// The keys of the questions that would close it, the most direct first.
    pub(crate) fn asks(&self) -> &[Name] {
        self.lack.asks.as_deref().unwrap_or(&self.atom.asks)
    }
}

impl<'a> Residual<'a> {
    /// The truth where each open leaf has the truth that `answer` gives it.
    ///
    /// INVARIANT: the depth is bounded by the reader of trial documents.
    pub(crate) fn under(&self, answer: &dyn Fn(&Open<'a>) -> Truth) -> Truth {
        match self {
            Residual::Known(truth) => *truth,
            Residual::Open(open) => answer(open),
            Residual::AtLeast { count, parts } => Truth::at_least(*count, parts.iter().map(|part| part.under(answer))),
            Residual::Not(part) => part.under(answer).not(),
            Residual::When { condition, then, passing } => {
                let (condition, then) = (condition.under(answer), then.under(answer));
                match passing {
                    Truth::False => condition.and(then),                      // condition and then
                    Truth::True | Truth::Unknown => condition.not().or(then), // not condition or then
                }
            }
        }
    }

    /// Every open leaf, in the order of the text.
    pub(crate) fn open(&self) -> Vec<&Open<'a>> {
        match self {
            Residual::Known(_) => Vec::new(),
            Residual::Open(open) => vec![open],
            Residual::AtLeast { parts, .. } => parts.iter().flat_map(Residual::open).collect(),
            Residual::Not(part) => part.open(),
            Residual::When { condition, then, .. } => condition.open().into_iter().chain(then.open()).collect(),
        }
    }

    fn known(&self) -> Option<Truth> {
        match self {
            Residual::Known(truth) => Some(*truth),
            Residual::Open(_) | Residual::AtLeast { .. } | Residual::Not(_) | Residual::When { .. } => None,
        }
    }
}

/// What is left of a part of a criterion.
pub(crate) fn of<'a>(scope: &Scope<'a>, node: &'a Node, now: Now) -> Residual<'a> {
    match node {
        Node::AtLeast { count, parts, .. } => {
            let parts = parts.iter().map(|part| of(scope, part, now)).collect();
            group(parts, *count)
        }
        Node::Not(part) => {
            let part = of(scope, part, now);
            match part.known() {
                Some(truth) => Residual::Known(truth.not()),
                None => Residual::Not(Box::new(part)),
            }
        }
        Node::When { both, passing } => {
            let ([condition, then], passing) = (&**both, *passing);
            let condition = of(scope, condition, now);
            if condition.known() == Some(Truth::False) {
                return Residual::Known(passing);
            }
            let then = of(scope, then, now);
            match (condition.known(), then.known()) {
                (Some(_), _) => then,
                (None, Some(truth)) if truth == passing => Residual::Known(passing),
                (None, _) => Residual::When { condition: Box::new(condition), then: Box::new(then), passing },
            }
        }
        Node::Atom(atom) => {
            let leaf = atom::evaluate(scope, atom, now);
            match leaf.lack {
                Some(lack) => Residual::Open(Box::new(Open { atom, lack })),
                None => Residual::Known(leaf.truth),
            }
        }
    }
}

fn group(parts: Vec<Residual<'_>>, count: usize) -> Residual<'_> {
    let known_true = parts.iter().filter(|part| part.known() == Some(Truth::True)).count();
    let open: Vec<Residual> = parts.into_iter().filter(|part| part.known().is_none()).collect();
    if known_true >= count {
        return Residual::Known(Truth::True);
    }
    let needed = count - known_true;
    if open.len() < needed {
        return Residual::Known(Truth::False);
    }
    Residual::AtLeast { count: needed, parts: open }
}
