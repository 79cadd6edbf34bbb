//! What a trial asks and what a record says: data only.
//!
//! In: nothing. Out: the types that every other stage speaks. Never: a decision about a person.

pub(crate) mod concept;
pub(crate) mod criterion;
pub(crate) mod date;
pub(crate) mod decimal;
pub(crate) mod derivation;
pub(crate) mod expression;
pub(crate) mod formula;
pub(crate) mod meant;
pub(crate) mod medicine;
pub(crate) mod moment;
pub(crate) mod name;
pub(crate) mod quantity;
pub(crate) mod question;
pub(crate) mod record;
pub(crate) mod refusal;
pub(crate) mod reviewed;
pub(crate) mod route;
mod spelling;
pub(crate) mod table;
pub(crate) mod trial;
pub(crate) mod unit;
pub(crate) mod window;
pub(crate) mod wording;
