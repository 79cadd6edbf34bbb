//! Records of trial registries, protocols in the formats of standards, and texts of criteria → trials.
//!
//! One file a format; each leaves a [`draft`] and nothing of its own form goes further in. What a record says and the
//! document has no place for is kept by the record's own names, people apart who are not the study's public contact.

mod china;
mod classic;
mod codes;
mod ctgov;
mod ctgov_v1;
mod ctis;
mod draft;
mod eudract;
mod fhir;
mod ictrp;
mod isrctn;
mod lists;
mod numbered;
mod people;
mod plain;
mod rest;
pub(crate) mod sniff;
mod usdm;
mod words;
mod xml;

pub use sniff::{trial, trials};
pub(crate) use words::{lines, said};
