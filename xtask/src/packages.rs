//! The npm packages that build and test the page, installed exactly as their lock files say.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{program, toolchain, workspace};

/// Installs what the lock file in `folder` names, if that is not what lies there already.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let place = folder.strip_prefix(workspace::root()).unwrap_or(folder).display();
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{place}/package-lock.json cannot be read"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    let npm = toolchain::npm()?;
    println!("Installing the npm packages of {place} (a few seconds)");
    program::run(program::here(npm).current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock).with_context(|| format!("cannot write {}", installed.display()))
}

pub(crate) fn type_checker() -> Result<PathBuf> {
    let script = workspace::page_tests().join("node_modules/typescript/bin/tsc");
    ensure!(script.is_file(), "{} is missing: remove tests/e2e/node_modules and run this again", script.display());
    Ok(script)
}
