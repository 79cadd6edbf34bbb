//! Other people's formats, our own trial document, and what people type → model.
//!
//! In: bytes and texts from outside. Out: a [`Trial`](crate::Trial) or facts, with a diagnostic for everything that
//! is wrong. Never: a guess, a panic, or anything of a foreign format further in.

pub mod answer;
mod check;
mod document;
mod json;
mod typed;

pub use document::{ImportError, LARGEST, trial};
