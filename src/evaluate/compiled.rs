//! A trial made ready to be evaluated many times: what its criteria ask, with names and units turned into numbers once.

use crate::evaluate::course::Medicines;
use crate::evaluate::passing;
use crate::model::concept::Concept;
use crate::model::criterion::Category;
use crate::model::derivation::sources_of;
use crate::model::expression::{Bound, Expression};
use crate::model::medicine::{classes_of, members_of};
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::Subject;
use crate::model::trial::Trial;
use crate::model::unit::BoundUnit;
use crate::model::window::Anchor;
use crate::truth::Truth;

/// A trial made ready.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// One for each criterion, in the protocol's order.
    pub(crate) criteria: Vec<Line>,
    /// What the criteria ask about, and what that can be worked out from, in order.
    pub(crate) subjects: Vec<Subject>,
    /// For each subject, the places of the criteria that look at facts about it.
    touched: Vec<Vec<usize>>,
    /// What their windows hang on.
    pub(crate) anchors: Vec<Anchor>,
}

/// A criterion made ready.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) category: Category,
    pub(crate) node: Node,
}

/// A part of a criterion. Where it does not apply it takes the truth that lets the criterion pass: `passing`.
#[derive(Debug)]
pub(crate) enum Node {
    /// At least `count` of the parts: all of them, any of them, or so many.
    AtLeast { count: usize, parts: Vec<Node>, passing: Truth },
    /// The part does not hold.
    Not(Box<Node>),
    /// The second counts only under the first.
    When { both: Box<[Node; 2]>, passing: Truth },
    /// A leaf.
    Atom(Box<Atom>),
}

impl Node {
    /// Every leaf, in the order of the text.
    pub(crate) fn atoms(&self) -> Vec<&Atom> {
        match self {
            Node::AtLeast { parts, .. } => parts.iter().flat_map(Node::atoms).collect(),
            Node::Not(part) => part.atoms(),
            Node::When { both, .. } => both.iter().flat_map(Node::atoms).collect(),
            Node::Atom(atom) => vec![atom],
        }
    }
}

/// A leaf of an expression, with what is needed to look at facts.
#[derive(Debug)]
pub(crate) struct Atom {
    /// Where it stands in the expression: `anyOf.0`.
    pub(crate) path: String,
    pub(crate) expression: Expression,
    pub(crate) subject: Subject,
    /// Its place among the subjects.
    pub(crate) slot: usize,
    pub(crate) concept: Option<&'static Concept>,
    /// The keys of the questions that may settle it: its own, then those of what it can be worked out from.
    pub(crate) asks: Vec<String>,
    /// The bounds of a comparison in the concept's own unit, where they can be said in it.
    pub(crate) range: Option<Interval>,
    /// The medicines whose doses it adds up.
    pub(crate) medicines: Option<Medicines>,
    /// What belongs to it, and to what it belongs.
    pub(crate) members: Vec<&'static str>,
    pub(crate) classes: Vec<&'static str>,
}

impl Compiled {
    pub(crate) fn new(trial: &Trial) -> Compiled {
        let each: Vec<Vec<Subject>> =
            trial.eligibility.criteria.iter().map(|criterion| looked_at(&criterion.expression)).collect();
        let mut subjects: Vec<Subject> = each.concat();
        subjects.sort();
        subjects.dedup();
        let mut touched: Vec<Vec<usize>> = vec![Vec::new(); subjects.len()];
        for (position, looked_at) in each.iter().enumerate() {
            for slot in looked_at.iter().filter_map(|subject| subjects.binary_search(subject).ok()) {
                touched.get_mut(slot).into_iter().for_each(|lines| lines.push(position));
            }
        }
        let leaves = || trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves());
        let mut anchors: Vec<Anchor> = leaves().filter_map(|leaf| leaf.window()).map(|window| window.anchor).collect();
        anchors.sort();
        anchors.dedup();
        let mut compiled = Compiled { criteria: Vec::new(), subjects, touched, anchors };
        for criterion in &trial.eligibility.criteria {
            let node = compiled.node(&criterion.expression, passing(criterion.category), &mut String::new());
            compiled.criteria.push(Line { category: criterion.category, node });
        }
        compiled
    }

    /// Marks the criteria that look at facts about a subject.
    pub(crate) fn touched_by(&self, subject: &Subject, marks: &mut [bool]) {
        let touched = self.subjects.binary_search(subject).ok().and_then(|slot| self.touched.get(slot));
        for position in touched.into_iter().flatten() {
            marks.get_mut(*position).into_iter().for_each(|mark| *mark = true);
        }
    }

    /// INVARIANT: the depth is bounded by the reader of trial documents.
    fn node(&self, expression: &Expression, passing: Truth, path: &mut String) -> Node {
        let mut part = |name: &str, index: Option<usize>, expression: &Expression, passing: Truth| {
            let length = path.len();
            if length > 0 {
                path.push('.');
            }
            path.push_str(name);
            if let Some(index) = index {
                path.push('.');
                path.push_str(&index.to_string());
            }
            let node = self.node(expression, passing, path);
            path.truncate(length);
            node
        };
        let mut group = |name: &str, count: usize, parts: &[Expression]| Node::AtLeast {
            count,
            parts: parts.iter().enumerate().map(|(i, e)| part(name, Some(i), e, passing)).collect(),
            passing,
        };
        match expression {
            Expression::AllOf(parts) => group("allOf", parts.len(), parts),
            Expression::AnyOf(parts) => group("anyOf", 1, parts),
            Expression::AtLeast(at_least) => {
                group("atLeast", usize::try_from(at_least.count).unwrap_or(usize::MAX), &at_least.of)
            }
            Expression::Not(inner) => Node::Not(Box::new(part("not", None, inner, passing.not()))),
            Expression::When(conditional) => {
                // where the condition is false the criterion passes, on either list
                let condition = part("condition", None, &conditional.condition, Truth::False);
                let then = part("then", None, &conditional.then, passing);
                Node::When { both: Box::new([condition, then]), passing }
            }
            Expression::Compare(_)
            | Expression::IsOneOf(_)
            | Expression::Present(_)
            | Expression::Elapsed(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => Node::Atom(Box::new(self.atom(expression, path))),
        }
    }

    fn atom(&self, expression: &Expression, path: &str) -> Atom {
        let subject = expression.subject().unwrap_or_else(|| Subject::Text(String::new()));
        let concept = match &subject {
            Subject::Concept(id) => Concept::named(id),
            Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
        };
        let key = subject.key();
        let sources = sources_of(&key);
        Atom {
            path: path.to_owned(),
            expression: expression.clone(),
            slot: self.subjects.binary_search(&subject).unwrap_or(usize::MAX),
            asks: std::iter::once(key).chain(sources.iter().map(|source| (*source).to_owned())).collect(),
            range: concept.and_then(|concept| range(expression, concept)),
            medicines: concept.and_then(Medicines::of),
            members: concept.map(|concept| members_of(concept.id).collect()).unwrap_or_default(),
            classes: concept.map(|concept| classes_of(concept.id).collect()).unwrap_or_default(),
            subject,
            concept,
        }
    }
}

/// What the leaves of an expression are about, what that can be worked out from, and what their windows hang on.
fn looked_at(expression: &Expression) -> Vec<Subject> {
    let leaves = expression.leaves();
    let mut found: Vec<Subject> = leaves.iter().filter_map(|leaf| leaf.subject()).collect();
    let anchors = leaves.iter().filter_map(|leaf| leaf.window()).filter_map(|window| window.anchor.concept());
    found.extend(anchors.map(Subject::concept));
    let mut at = 0;
    while let Some(subject) = found.get(at) {
        let mut sources = sources_of(&subject.key());
        // an age may be stated in the place of a date of birth
        sources.extend(sources.contains(&"birth-date").then_some("age"));
        for source in sources.into_iter().map(Subject::concept) {
            if !found.contains(&source) {
                found.push(source);
            }
        }
        at += 1;
    }
    found
}

/// The bounds of a comparison in the concept's own unit.
fn range(expression: &Expression, concept: &Concept) -> Option<Interval> {
    let Expression::Compare(compare) = expression else { return None };
    let own = concept.unit?;
    let end = |bound: &Option<Bound>| -> Option<Option<End>> {
        let Some(bound) = bound else { return Some(None) };
        let at = bound.value.exact();
        let BoundUnit::Of(unit) = BoundUnit::from_text(bound.unit.as_deref().unwrap_or(""))? else { return None };
        let at = Conversion::between(unit, own, concept.substance).ok()?.of(at)?;
        Some(Some(End { at, inclusive: bound.inclusive }))
    };
    Some(Interval { low: end(&compare.low)?, high: end(&compare.high)? })
}
