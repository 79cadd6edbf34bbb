//! The package the page loads: the library compiled to WebAssembly, and its JavaScript and TypeScript bindings.

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::program;
use crate::toolchain;
use crate::workspace::{self, PACKAGE, TARGET};

pub(crate) fn build() -> Result<()> {
    toolchain::wasm_target()?;
    program::run(program::cargo().args([
        "build",
        "--locked",
        "--lib",
        "-p",
        PACKAGE,
        "--target",
        TARGET,
        "--profile",
        "wasm",
    ]))?;
    let name = PACKAGE.replace('-', "_");
    let module = workspace::target_dir()?.join(format!("{TARGET}/wasm/{name}.wasm"));
    let package = workspace::site().join("pkg");
    Bindgen::new()
        .input_path(&module)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&package)
        .with_context(|| format!("the bindings of {} cannot be written to {}", module.display(), package.display()))
}
