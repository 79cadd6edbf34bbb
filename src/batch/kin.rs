//! Which places bear on a leaf by themselves, and which only together with others.

use crate::batch::leaf::Leaf;
use crate::evaluate::probe;
use crate::model::expression::Expression;
use crate::model::moment::AsOf;
use crate::model::record::Subject;

/// Which of the places that bear on a leaf bear on it by themselves.
#[derive(Debug, Default)]
pub(super) struct Kin {
    /// The place of the moment that its window hangs on, where facts about it are told apart from others.
    pub(super) moment: Option<usize>,
    /// Of a value that a formula may give: everything that it needs, by the places that it is known by.
    pub(super) needed: Vec<Vec<usize>>,
    /// The places of all that goes into the formula.
    inputs: Vec<usize>,
}

impl Kin {
    pub(super) fn of(leaf: &Leaf, as_of: &AsOf) -> Kin {
        let mut kin = Kin::default();
        let Some(atom) = leaf.probe.atom() else { return kin };
        let slot = |subject: &Subject| leaf.probe.subjects().binary_search(subject).ok();
        match &atom.expression {
            Expression::Compare(compare) => {
                let concept = atom.concept.filter(|concept| !concept.is_counted() && atom.medicines.is_none());
                if let Some(formula) = concept.and_then(|concept| concept.formula) {
                    kin.needed = probe::needed(&leaf.probe, formula);
                }
                if !kin.needed.is_empty() {
                    // an event that the window hangs on bears on what is stated as well
                    let event =
                        atom.expression.window().map(|window| &window.anchor).filter(|anchor| anchor.is_event());
                    let event = event.and_then(|event| slot(&event.subject()?));
                    let input = |place: &usize| *place != atom.slot && Some(*place) != event;
                    kin.inputs = atom.bearing.relevant.iter().copied().filter(input).collect();
                }
                let plain = atom.medicines.is_none() && !matches!(compare.subject, Subject::Ratio(_));
                if !plain {
                    return kin;
                }
            }
            Expression::Present(present) if present.lasting.is_none() => {}
            Expression::Present(_)
            | Expression::IsOneOf(_)
            | Expression::Elapsed(_)
            | Expression::Change(_)
            | Expression::Judgement(_)
            | Expression::Unread(_)
            | Expression::AllOf(_)
            | Expression::AnyOf(_)
            | Expression::Not(_)
            | Expression::AtLeast(_)
            | Expression::When(_) => return kin,
        }
        let anchor = atom.expression.window().map(|window| &window.anchor).filter(|anchor| !anchor.is_event());
        let moment = anchor.filter(|anchor| as_of.anchors.get(anchor).is_none()).and_then(|anchor| anchor.subject());
        let is_own = |slot: &usize| {
            *slot == atom.slot
                || atom.members.contains(slot)
                || atom.classes.contains(slot)
                || kin.inputs.contains(slot)
        };
        // who hangs a window of the formula on a moment is looked at with it
        let other = |slot: &usize| !is_own(slot);
        let moment = moment.and_then(|subject| slot(&subject));
        if kin.inputs.is_empty() {
            kin.moment = moment.filter(other);
        } else if let Some(moment) = moment {
            if atom.slot == moment {
                return Kin::default();
            }
            kin.moment = Some(moment);
            kin.inputs.retain(|input| *input != moment);
        }
        kin
    }

    /// It bears on the leaf only together with others.
    pub(super) fn is_apart(&self, slot: usize) -> bool {
        self.moment == Some(slot) || self.inputs.contains(&slot)
    }
}
