//! The npm package of the elements and the engine, as it can be published or served.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{artifact, packages, program, toolchain, workspace};

/// Builds everything and writes the package to `target/package`.
pub(crate) fn build() -> Result<()> {
    artifact::build()?;
    write()?;
    println!("{}", folder()?.display());
    Ok(())
}

/// Writes the package of what was built already.
pub(crate) fn write() -> Result<()> {
    packages::install(&workspace::page_tests())?;
    program::run(
        program::here(toolchain::node()?)
            .arg(workspace::page_build().join("package.mjs"))
            .arg(workspace::pages())
            .arg(folder()?)
            .arg(packages::type_checker()?),
    )
    .context("the npm package cannot be written")
}

pub(crate) fn folder() -> Result<PathBuf> {
    Ok(workspace::target_dir()?.join("package"))
}
