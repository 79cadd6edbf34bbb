//! Why a unit is refused, and what to do about it.

use std::fmt;

use crate::diagnostic::quoted;

/// Why a unit is not read, or not converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody knows this unit.
    UnknownUnit,
    /// A well-known slip for the unit given here. It is not corrected: the value may be slipped as well.
    Misprint(&'static str),
    /// The two units measure different things.
    OtherQuantity,
    /// The two convert only for a substance whose molar mass, charge or kind is known.
    NeedsSubstance,
    /// International units, and copies, convert to nothing else.
    ArbitraryUnit,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::UnknownUnit => f.write_str("the unit is not known"),
            Refusal::Misprint(meant) => write!(f, "the unit looks like a misprint of `{meant}`"),
            Refusal::OtherQuantity => f.write_str("the units measure different things"),
            Refusal::NeedsSubstance => f.write_str("the units convert only for a substance that is known"),
            Refusal::ArbitraryUnit => f.write_str("arbitrary units convert to nothing else"),
        }
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// What is wrong with a unit as it was written, and what to do; `own` is the unit of the concept, and empty for a
    /// plain number.
    pub(crate) fn said(self, text: &str, own: Option<&str>) -> (String, String) {
        let mut message = quoted(text);
        match own.filter(|own| !own.is_empty()) {
            Some(own) => {
                message.push_str(" cannot be compared with ");
                message.push_str(&quoted(own));
            }
            None => message.push_str(" cannot be used"),
        }
        message.push_str(": ");
        message.push_str(&self.to_string());
        let (before, after) = match self {
            Refusal::UnknownUnit => ("check how the unit is written, or use ", ""),
            Refusal::Misprint(_) => {
                return (message, "look at the result again: its number may be slipped as well as its unit".to_owned());
            }
            Refusal::OtherQuantity => ("use ", " or another unit of the same kind"),
            Refusal::NeedsSubstance => ("use ", ": how units convert is not known for this"),
            Refusal::ArbitraryUnit => ("use ", ": units of one preparation have no factor to any other"),
        };
        let help = match own {
            Some("") => "leave the unit out: this is a plain number".to_owned(),
            Some(own) => [before, own, after].concat(),
            None => "check how the unit is written".to_owned(),
        };
        (message, help)
    }
}
