//! Time since an event: "at least 3 months since the last transfusion".

use super::clause::{Clause, Reading};

/// A clause about the time since something.
pub(super) fn elapsed(_clause: Clause<'_>) -> Option<Reading> {
    None
}
