//! Kleene's three values.
//!
//! ```text
//!  and │ F  U  T      or │ F  U  T      not │
//!  ────┼─────────    ────┼─────────    ─────┼───
//!   F  │ F  F  F      F  │ F  U  T       F  │ T
//!   U  │ F  U  U      U  │ U  U  T       U  │ U
//!   T  │ F  U  T      T  │ T  T  T       T  │ F
//! ```
//!
//! `Unknown` means *not known yet*: it never counts as a little bit of no.
//! The order `False < Unknown < True` makes `and` the smaller and `or` the larger of two values.

use serde::{Deserialize, Serialize};

/// The truth of an expression on the facts given.
///
/// # Example
///
/// ```
/// use trial_prescreen::Truth::{False, True, Unknown};
/// assert_eq!(False.and(Unknown), False); // one failed part decides
/// assert_eq!(True.and(Unknown), Unknown);
/// assert_eq!(True.or(Unknown), True);
/// assert_eq!(Unknown.not(), Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// Known not to hold.
    False,
    /// Not known: it could still go either way.
    Unknown,
    /// Known to hold.
    True,
}

impl Truth {
    /// Both hold.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// At least one holds.
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// The opposite; unknown stays unknown.
    #[expect(clippy::should_implement_trait, reason = "reads as the table above: `a.not()`, beside `a.and(b)`")]
    pub fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    /// At least `count` of the values hold.
    ///
    /// True once `count` are true; false once even all the unknown ones could not reach `count`.
    ///
    /// ```
    /// use trial_prescreen::Truth::{self, False, True, Unknown};
    /// assert_eq!(Truth::at_least(2, [True, Unknown, True]), True);
    /// assert_eq!(Truth::at_least(2, [True, Unknown, False]), Unknown);
    /// assert_eq!(Truth::at_least(2, [False, Unknown, False]), False);
    /// ```
    pub fn at_least(count: usize, values: impl IntoIterator<Item = Truth>) -> Truth {
        let (mut sure, mut possible) = (0, 0);
        for value in values {
            sure += usize::from(value == Truth::True);
            possible += usize::from(value != Truth::False);
        }
        if sure >= count {
            Truth::True
        } else if possible < count {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// True or false, never unknown.
    pub fn is_known(self) -> bool {
        self != Truth::Unknown
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}
