//! FHIR, from DSTU2 to R5 as far as their shapes agree: resources → entries.

mod condition;
mod medicine;
mod observation;
mod people;
mod questionnaire;
mod shapes;
pub(super) mod xml;

pub(super) use medicine::of_medication;
pub(super) use people::{Person, person};
pub(super) use shapes::{id_of, identity, kind_of, route, subject};

use std::borrow::Cow;

use crate::import::look::Look;

use super::charts::{Origin, Why};
use super::entry::{Entry, Said};
use shapes::called;

/// Where a resource finds what it refers to.
pub(super) trait Others {
    /// What the medicine that a reference leads to is called.
    fn medicine(&self, reference: &str) -> Option<super::entry::Called<'_>>;
}

/// What a resource is read beside.
pub(super) struct Context<'c> {
    pub(super) others: &'c dyn Others,
    pub(super) person: &'c Person,
}

/// What one resource says. It is never nothing: what says nothing of a person is left with the reason.
pub(super) fn entries<'n>(resource: Look<'n, '_>, origin: &'n Origin, context: &Context<'n>) -> Vec<Entry<'n>> {
    let entries = match kind_of(resource).unwrap_or_default() {
        "Patient" => people::entries(resource, origin),
        "Condition" => vec![condition::condition(resource, origin, context.person.born)],
        "Procedure" => vec![condition::procedure(resource, origin)],
        "AllergyIntolerance" => vec![condition::allergy(resource, origin)],
        "Observation" => observation::entries(resource, origin, context.person),
        "MedicationStatement" | "MedicationUsage" => vec![medicine::statement(resource, origin, context.others)],
        "MedicationRequest" | "MedicationOrder" | "MedicationPrescription" => {
            vec![medicine::request(resource, origin, context.others)]
        }
        "MedicationAdministration" => vec![medicine::administration(resource, origin, context.others)],
        "MedicationDispense" => vec![medicine::dispense(resource, origin, context.others)],
        "QuestionnaireResponse" => questionnaire::entries(resource, origin),
        "FamilyMemberHistory" => vec![left(resource, origin, Why::Family)],
        "Medication" | "DiagnosticReport" | "DiagnosticOrder" | "Composition" | "List" => {
            vec![left(resource, origin, Why::Group)]
        }
        _ => vec![left(resource, origin, Why::OtherKind)],
    };
    if entries.is_empty() { vec![left(resource, origin, Why::NoValue)] } else { entries }
}

/// A resource that gives no fact.
fn left<'n>(resource: Look<'n, '_>, origin: &'n Origin, why: Why) -> Entry<'n> {
    Entry { called: called(resource.key("code")), said: Said::Left(why), ..Entry::at(Cow::Borrowed(origin)) }
}
