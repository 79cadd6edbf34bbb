//! Many people × many trials: columns in, planes of verdicts out.
//!
//! In: a [`Table`] of what is known of many people, trials, the moment to judge from. Out: for each person the verdict on
//! every criterion and the determination, as planes of bits: bit for bit what [`evaluate`](crate::evaluate) says of
//! that person's facts. Never: a verdict by another rule than the evaluator's.
//!
//! Each different cell of a column is looked at once by the evaluator; what the cells say becomes logic over the planes
//! of their codes, shared by all criteria of all trials, and is worked out for 1,024 people at a time. Where several
//! columns bear on one leaf in one person, or where a criterion has to be settled by cases that depend on more than
//! what is open, that person is looked at by the evaluator itself.

mod bytes;
mod cell;
mod circuit;
mod interner;
mod kin;
mod leaf;
mod lookup;
mod packed;
mod plan;
mod planes;
mod program;
mod ready;
mod repeats;
mod run;
mod sheet;
mod table;
mod verdicts;

pub use packed::Packed;
pub use run::Effort;
pub use sheet::{ColumnMapping, Mapping, PartOfFact, Sheet};
pub use table::Table;
pub use verdicts::{Batch, Counts, Lack, Verdicts};
