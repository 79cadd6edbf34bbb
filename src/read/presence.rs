//! Conditions, medicines, procedures and events that are there or not.

use super::clause::{Clause, Reading};

/// A clause about what is there, was there or is planned.
pub(super) fn present(_clause: Clause<'_>) -> Option<Reading> {
    None
}
