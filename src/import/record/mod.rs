//! Medical records → what they propose about a person.
//!
//! In: the bytes of a file, whatever format it is in. Out: for each person in it the facts it proposes, each with the
//! place it stands at and everything that is doubtful about it, and what gave no fact with the reason. Never: a fact
//! that counts before somebody accepted it, a "no" out of silence, a guess at a unit or a limit, or a resource that is
//! neither among the proposals nor among what was left.

mod amount;
mod apple;
mod cda;
mod charts;
mod codes;
mod entry;
mod fhir;
mod gather;
mod phrases;
mod propose;
mod reader;
mod resources;
mod slices;
mod sniff;
mod xml;

pub use charts::{Chart, Charts, Doubt, Kept, Left, Origin, Outline, Proposal, Why};
pub use reader::Reader;
pub use sniff::record;
