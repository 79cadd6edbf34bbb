//! The one native test binary: the theorems, an independent oracle, the shape of the sources.
#![cfg(all(test, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets what cannot be has failed, and says where"
)]

mod architecture;
mod asking;
mod batch;
mod bundled;
mod conformance;
mod limits;
mod lint;
mod oracle;
mod planning;
mod properties;
mod quantity;
mod reading;
mod receipt;
mod records;
mod registry;
mod schema;
#[cfg(feature = "seal")]
mod seal;
mod wording;
