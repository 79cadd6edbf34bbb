//! The one native test binary: the theorems, an independent oracle, the shape of the sources.
#![cfg(all(test, not(target_arch = "wasm32")))]

mod architecture;
mod conformance;
mod oracle;
mod properties;
mod schema;
