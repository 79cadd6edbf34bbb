//! What a trial asks and what a record says: data only.
//!
//! In: nothing. Out: the types that every other stage speaks. Never: a decision about a person.

pub mod concept;
pub mod criterion;
pub mod date;
pub mod decimal;
pub mod expression;
pub mod quantity;
pub mod question;
pub mod record;
pub mod trial;
pub mod unit;
pub mod window;
