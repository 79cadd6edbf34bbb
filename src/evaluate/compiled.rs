//! A trial made ready to be evaluated many times: what its criteria ask, with names and units turned into numbers once.

use std::sync::{Arc, OnceLock};

use crate::evaluate::course::Medicines;
use crate::evaluate::expression::Plain;
use crate::evaluate::result::{Side, answerers};
use crate::evaluate::twins::Twins;
use crate::evaluate::{age, complete, passing};
use crate::model::concept::Concept;
use crate::model::criterion::Category;
use crate::model::derivation::{Kin, sources_of};
use crate::model::expression::Expression;
use crate::model::name::Name;
use crate::model::quantity::{Conversion, End, Interval};
use crate::model::record::{Respondent, Subject};
use crate::model::trial::Trial;
use crate::model::unit::BoundUnit;
use crate::model::window::{Anchor, TimeUnit};
use crate::sort;
use crate::truth::Truth;

/// A trial made ready.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// One for each criterion, in the protocol's order.
    pub(crate) criteria: Vec<Line>,
    /// What bears on the criteria, in order.
    pub(crate) subjects: Vec<Subject>,
    /// What their windows hang on.
    pub(crate) anchors: Vec<Anchor>,
    /// How many criteria and leaves there are.
    pub(crate) parts: usize,
    /// How many leaves are stated more than once.
    pub(crate) twins: usize,
}

/// Where one is in an expression.
struct Place<'t> {
    path: String,
    twins: Twins<'t>,
    /// So many criteria and leaves came before.
    parts: usize,
}

/// A criterion made ready.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) id: Name,
    pub(crate) category: Category,
    pub(crate) node: Node,
    /// A subject is mentioned more than once, or a leaf says one thing only, so that the tables alone may not settle it.
    pub(crate) unsettled: bool,
    pub(crate) bearing: Bearing,
    /// How many leaves it has.
    pub(crate) leaves: usize,
    /// The places that are looked at, once for each leaf that looks there.
    pub(crate) looks: Vec<usize>,
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

/// What facts bear on a criterion or a leaf; where time does not change what they say, that is remembered.
#[derive(Debug)]
pub(crate) struct Bearing {
    /// The places of everything that bears on it, in order: facts about nothing else matter to it.
    pub(crate) relevant: Vec<usize>,
    /// What undated facts say of it they say at any time.
    pub(crate) is_timeless: bool,
    /// Its place among all criteria and leaves.
    pub(crate) place: usize,
    /// What it says where nothing relevant is known, once somebody has looked.
    pub(crate) of_nothing: OnceLock<Plain>,
}

impl Bearing {
    fn new(relevant: impl Iterator<Item = usize>, is_timeless: bool, place: &mut Place<'_>) -> Bearing {
        let mut relevant: Vec<usize> = relevant.collect();
        sort::ascending(&mut relevant);
        relevant.dedup();
        place.parts += 1;
        Bearing { relevant, is_timeless, place: place.parts - 1, of_nothing: OnceLock::new() }
    }
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
    pub(crate) path: Name,
    pub(crate) expression: Expression,
    pub(crate) subject: Arc<Subject>,
    /// Its place among the subjects.
    pub(crate) slot: usize,
    /// Its number among the leaves that are stated more than once.
    pub(crate) twin: Option<usize>,
    /// Nothing but facts about the subject bears on it, at whatever time: without one it is open.
    pub(crate) alone: bool,
    /// What it says whatever is found out.
    pub(crate) foregone: Option<Truth>,
    pub(crate) concept: Option<&'static Concept>,
    /// The keys of the questions that may settle it: its own, then those of what it can be worked out from.
    pub(crate) asks: Arc<[Name]>,
    /// Who can answer them.
    pub(crate) closers: Vec<Respondent>,
    /// The bounds of a comparison in the concept's own unit, where they can be said in it.
    pub(crate) range: Option<Interval>,
    /// The units of the low and the high bound of a comparison, read; none where it is not known.
    pub(crate) units: [Option<BoundUnit>; 2],
    /// The units in which the bounds count an age.
    ages: [TimeUnit; 2],
    /// The medicines whose doses it adds up.
    pub(crate) medicines: Option<Medicines>,
    /// What belongs to it, and to what it belongs.
    pub(crate) members: Vec<usize>,
    pub(crate) classes: Vec<usize>,
    pub(crate) bearing: Bearing,
}

impl Compiled {
    pub(crate) fn new(trial: &Trial) -> Compiled {
        let mut subjects: Vec<Subject> = Vec::new();
        let mut anchors: Vec<Anchor> = Vec::new();
        for leaf in trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves()) {
            anchors.extend(leaf.window().map(|window| window.anchor.clone()));
            subjects.extend(leaf.window().and_then(|window| window.anchor.subject()));
            let Some(subject) = leaf.subject() else { continue };
            subjects.extend(bearing_on(leaf, &subject).map(Subject::concept));
            subjects.extend(subject.parts().iter().cloned());
            subjects.push(subject);
        }
        sort::ascending(&mut subjects);
        subjects.dedup();
        sort::ascending(&mut anchors);
        anchors.dedup();
        let mut place = Place { path: String::new(), twins: Twins::of(trial), parts: 0 };
        let mut compiled = Compiled { criteria: Vec::new(), subjects, anchors, parts: 0, twins: place.twins.count };
        for criterion in &trial.eligibility.criteria {
            let node = compiled.node(trial, &criterion.expression, passing(criterion.category), &mut place);
            let atoms = node.atoms();
            let mut slots: Vec<usize> = atoms.iter().map(|atom| atom.slot).collect();
            sort::ascending(&mut slots);
            let repeats = slots.windows(2).any(|pair| pair.first() == pair.last());
            let unsettled = repeats || atoms.iter().any(|atom| atom.foregone.is_some());
            let looks: Vec<usize> = atoms.iter().flat_map(|atom| atom.bearing.relevant.iter().copied()).collect();
            let leaves = atoms.len();
            let is_timeless = atoms.iter().all(|atom| atom.bearing.is_timeless);
            let bearing = Bearing::new(looks.iter().copied(), is_timeless, &mut place);
            compiled.criteria.push(Line {
                id: criterion.id.as_str().into(),
                category: criterion.category,
                node,
                unsettled,
                bearing,
                leaves,
                looks,
            });
        }
        compiled.parts = place.parts;
        compiled
    }

    /// The place of a subject among those that bear on the criteria.
    pub(crate) fn slot(&self, subject: &Subject) -> Option<usize> {
        self.subjects.binary_search(subject).ok()
    }

    /// The place of a concept among them.
    pub(crate) fn slot_of(&self, id: &str) -> Option<usize> {
        self.subjects.binary_search_by(|subject| subject.cmp_concept(id)).ok()
    }

    /// INVARIANT: the depth is bounded by the reader of trial documents.
    fn node(&self, trial: &Trial, expression: &Expression, passing: Truth, place: &mut Place<'_>) -> Node {
        let mut part = |name: &str, index: Option<usize>, expression: &Expression, passing: Truth| {
            let length = place.path.len();
            if length > 0 {
                place.path.push('.');
            }
            place.path.push_str(name);
            if let Some(index) = index {
                place.path.push('.');
                place.path.push_str(&index.to_string());
            }
            let node = self.node(trial, expression, passing, place);
            place.path.truncate(length);
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
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_) => Node::Atom(Box::new(self.atom(trial, expression, place))),
        }
    }

    fn atom(&self, trial: &Trial, expression: &Expression, place: &mut Place<'_>) -> Atom {
        let subject = expression.subject().unwrap_or_else(|| Subject::Text(String::new()));
        let concept = match &subject {
            Subject::Concept(id) => Concept::named(id),
            Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
        };
        let mut asks: Vec<Name> = vec![subject.key().into()];
        for key in subject.parts().iter().map(Subject::key) {
            let sources = sources_of(&key);
            for key in std::iter::once(key.as_str()).chain(sources.iter().copied()) {
                if !asks.iter().any(|ask| ask == key) {
                    asks.push(key.into());
                }
            }
        }
        let slot = |id: &str| self.slot_of(id).unwrap_or(usize::MAX);
        let kin = concept.and_then(|concept| Kin::of(concept.id));
        let slots = |ids: Option<&Vec<&'static str>>| ids.into_iter().flatten().map(|id| slot(id)).collect();
        let members: Vec<usize> = slots(kin.map(|kin| &kin.members));
        let classes: Vec<usize> = slots(kin.map(|kin| &kin.classes));
        let medicines = concept.and_then(|concept| Medicines::of(concept, slot));
        let is_timeless = is_timeless(expression) && medicines.is_none();
        let parts = subject.parts().iter().chain([&subject]).filter_map(|part| self.slot(part));
        let event = expression.window().filter(|window| window.anchor.concept().is_none());
        let event = event.and_then(|window| self.slot(&window.anchor.subject()?));
        let relevant = bearing_on(expression, &subject).filter_map(|id| self.slot_of(id)).chain(parts).chain(event);
        let bearing = Bearing::new(relevant, is_timeless, place);
        let atom = Atom {
            foregone: None,
            path: place.path.as_str().into(),
            expression: expression.clone(),
            slot: self.slot(&subject).unwrap_or(usize::MAX),
            twin: place.twins.number(&subject, expression),
            alone: asks.len() == 1
                && members.is_empty()
                && classes.is_empty()
                && !matches!(subject, Subject::Ratio(_))
                && expression.window().is_none_or(|window| window.anchor == Anchor::AsOf),
            closers: answerers(trial, &subject, &asks),
            asks: asks.into(),
            range: concept.and_then(|concept| range(expression, concept)),
            units: bounds(expression).map(|bound| bound.map(|(unit, _)| unit)),
            ages: ages(expression),
            medicines,
            members,
            classes,
            bearing,
            subject: subject.into(),
            concept,
        };
        Atom { foregone: complete::foregone(&atom), ..atom }
    }
}

impl Atom {
    /// The unit in which a bound counts an age.
    pub(crate) fn age_unit(&self, side: Side) -> TimeUnit {
        let [low, high] = self.ages;
        match side {
            Side::Low => low,
            Side::High => high,
        }
    }
}

/// The concepts that bear on a leaf besides its subject: what that can be worked out from, what belongs to it and to what
/// it belongs, and the event that its window hangs on.
fn bearing_on<'s>(leaf: &Expression, subject: &'s Subject) -> impl Iterator<Item = &'s str> {
    let event = leaf.window().and_then(|window| window.anchor.concept());
    let parts = subject.parts().iter().filter_map(|part| match part {
        Subject::Concept(id) => Some(id.as_str()),
        Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
    });
    let kin = parts.flat_map(|id| Kin::of(id).into_iter().flat_map(|kin| kin.bearing.iter().copied()).chain([id]));
    event.into_iter().chain(kin)
}

/// Whether the leaf asks for what is so, and not for when.
fn is_timeless(leaf: &Expression) -> bool {
    match leaf {
        Expression::Present(present) => present.window.is_none() && present.lasting.is_none(),
        Expression::Compare(_) | Expression::IsOneOf(_) => leaf.window().is_none(),
        Expression::Judgement(_) | Expression::Unread(_) => true,
        Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => false,
    }
}

/// The bounds of a comparison, each with its unit read; none where the unit is not known.
fn bounds(expression: &Expression) -> [Option<(BoundUnit, End)>; 2] {
    let Expression::Compare(compare) = expression else { return [None, None] };
    [&compare.low, &compare.high].map(|bound| {
        let bound = bound.as_ref()?;
        let unit = BoundUnit::from_text(bound.unit.as_deref().unwrap_or(""))?;
        Some((unit, End { at: bound.value.exact(), inclusive: bound.inclusive }))
    })
}

/// The same in the concept's own unit, where they can be said in it.
fn range(expression: &Expression, concept: &Concept) -> Option<Interval> {
    let Expression::Compare(compare) = expression else { return None };
    let own = concept.unit?;
    let [low, high] = bounds(expression).map(|bound| {
        let (BoundUnit::Of(unit), end) = bound? else { return None };
        let at = Conversion::between(unit, own, concept.substance).ok()?.of(end.at)?;
        Some(End { at, ..end })
    });
    let read = low.is_some() == compare.low.is_some() && high.is_some() == compare.high.is_some();
    read.then_some(Interval { low, high })
}

/// The units in which a comparison counts an age.
fn ages(expression: &Expression) -> [TimeUnit; 2] {
    let Expression::Compare(compare) = expression else { return [TimeUnit::Year; 2] };
    [&compare.low, &compare.high]
        .map(|bound| bound.as_ref().and_then(|bound| age::unit_of(bound.unit.as_deref()?)).unwrap_or(TimeUnit::Year))
}
