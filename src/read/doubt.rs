//! What kept a clause from being read, where it is worth a word.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::criterion::Criterion;
use crate::model::decimal::Decimal;
use crate::model::expression::{Expression, Unread};

/// Why a clause that looks like a comparison was kept as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// A number whose sign was lost.
    Comparator,
    /// A number without the unit that the concept needs.
    NoUnit(&'static str, Decimal),
    /// A unit that the concept cannot have.
    OtherUnit(&'static str, Decimal, String),
    /// A bound that hardly anybody's value lies near.
    Implausible(&'static str, Decimal, String),
    /// Signs that stand where letters were lost.
    Corrupt,
    /// "And" and "or" that could mean either.
    Scope,
}

impl Doubt {
    /// The warning that it makes of a text.
    pub(super) fn said(&self, text: &str) -> Diagnostic {
        let text = quoted(text);
        match self {
            Doubt::Comparator => Diagnostic::warning(
                Code::LostComparator,
                format!("the sign before a number in {text} was lost"),
                "look it up in the protocol: `at least` and `at most` are the ones most often lost",
            ),
            Doubt::NoUnit(concept, _) => Diagnostic::warning(
                Code::MissingUnit,
                format!("the number in {text} has no unit for `{concept}`"),
                "give the unit that the protocol means; it is asked as it stands until then",
            ),
            Doubt::OtherUnit(concept, _, unit) => Diagnostic::warning(
                Code::IncomparableUnit,
                format!("`{unit}` in {text} is no unit of `{concept}`"),
                "see which quantity is meant; it is asked as it stands until then",
            ),
            Doubt::Implausible(concept, value, unit) => Diagnostic::warning(
                Code::ImplausibleBound,
                format!("hardly anybody has `{concept}` near `{value} {unit}`, as {text} says"),
                "see whether the unit or a power of ten is wrong; it is asked as it stands until then",
            ),
            Doubt::Corrupt => Diagnostic::warning(
                Code::CorruptText,
                format!("signs of {text} were lost when it was copied"),
                "look them up in the source; it is asked as it stands until then",
            ),
            Doubt::Scope => Diagnostic::warning(
                Code::UnclearScope,
                format!("how the parts of {text} hang together cannot be told"),
                "say whether all of them must hold or any one; it is asked as it stands until then",
            ),
        }
    }
}

/// Leaves a criterion to a question in its own words, as nothing says for whom it is.
pub(super) fn ask_for_whom(
    criterion: &mut Criterion,
    problem: impl Fn(&str) -> String,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(text) = criterion.text.values().next().map(|words| words.full.clone()) else { return };
    let span = criterion.source.span;
    let help = "say for whom of the people it is; it is asked as it stands until then";
    let problem = Diagnostic::warning(Code::UnclearScope, problem(&quoted(&text)), help);
    diagnostics.extend(span.map(|span| problem.at(span)));
    criterion.expression = Expression::Unread(Unread { id: criterion.id.clone(), text, span });
}
