//! What is asked of those alone of whom something is so: "if taking statins, on a stable dose for at least 4 weeks".
//!
//! On the list of what includes, whoever it is not so of passes.

use crate::model::expression::{Conditional, Expression};

use super::clause::{Clause, Reading};
use super::conjunct::is_timed;
use super::sentence::unread;
use super::token::Placed;

/// No condition of more tokens is looked at.
const LONGEST: usize = 16;

/// A clause that begins with whom it is asked of, and goes on with what has a length of time.
pub(super) fn given(clause: Clause<'_>) -> Option<Reading> {
    let (condition, then) = if clause.excludes { return None } else { led_by_if(clause).or_else(|| bidden(clause))? };
    let plain = |placed: &Placed| {
        placed.number().is_none()
            && placed.sign().is_none()
            && !placed.marks(&[':', ';', '('])
            && !placed.says(&["if", "unless", "except", "not", "no", "without", "must", "should", "or", "and"])
    };
    if condition.tokens.is_empty() || condition.tokens.len() > LONGEST || !condition.tokens.iter().all(plain) {
        return None;
    }
    let then = then.other()?;
    let leaves = then.leaves();
    if leaves.is_empty() || !leaves.into_iter().all(is_timed) {
        return None;
    }
    Some(Reading::Whole(Expression::When(Box::new(Conditional { condition: unread(condition), then }))))
}

/// "If taking statins, …".
fn led_by_if(clause: Clause<'_>) -> Option<(Clause<'_>, Clause<'_>)> {
    let tokens = clause.tokens;
    let comma = tokens.iter().position(|placed| placed.marks(&[',']))?;
    let led = tokens.first()?.says(&["if"]);
    const THEY: [&str; 7] = ["then", "they", "subjects", "patients", "participants", "the", "subject"];
    let they = tokens.iter().skip(comma + 1).take_while(|placed| placed.says(&THEY)).count();
    led.then(|| (clause.part(1, comma), clause.part(comma + 1 + they, tokens.len()).trimmed()))
}

/// "Patients taking statins must have …".
fn bidden(clause: Clause<'_>) -> Option<(Clause<'_>, Clause<'_>)> {
    const WHOM: [&str; 6] = ["patients", "subjects", "participants", "those", "individuals", "persons"];
    const THEY: [&str; 6] = ["who", "that", "are", "currently", "already", "for"];
    let tokens = clause.tokens;
    let whom = tokens.iter().take_while(|placed| placed.says(&WHOM) || placed.says(&THEY)).count();
    let some = tokens.get(whom)?.says(&["taking", "receiving", "on", "using", "treated"]);
    let bid = tokens.iter().position(|placed| placed.says(&["must", "should"]))?;
    (whom > 0 && some && bid > whom + 1).then(|| (clause.part(whom, bid), clause.part(bid + 1, tokens.len()).trimmed()))
}
