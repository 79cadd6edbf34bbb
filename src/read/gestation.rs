//! Weeks and days of a pregnancy.

use crate::model::concept::Concept;

use super::token::Placed;
use super::value::Value;

/// Weeks of pregnancy, at birth or now.
pub(super) fn gestation(tokens: &[Placed], value: &Value) -> Option<&'static Concept> {
    let weeks = value.ends.iter().any(|end| end.unit.as_deref() == Some("wk"));
    // "70 days' gestation"
    let days = value.ends.iter().any(|end| end.unit.as_deref() == Some("d"))
        && tokens.get(value.to).is_some_and(|placed| placed.marks(&['\'']))
        && tokens.get(value.to + 1).is_some_and(|placed| placed.says(&["gestation", "gestational"]));
    let said = tokens
        .get(value.to..(value.to + 4).min(tokens.len()))?
        .iter()
        .any(|placed| placed.says(&["gestation", "gestational", "pregnancy", "pregnant", "amenorrhea", "amenorrhoea"]));
    let born = tokens.iter().any(|placed| placed.says(&["born", "birth", "delivered", "delivery"]));
    (weeks && said || days)
        .then(|| Concept::named(if born { "gestational-age-at-birth" } else { "gestational-age" }))?
}
