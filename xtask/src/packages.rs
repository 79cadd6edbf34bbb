//! The npm packages of the page's tests, installed exactly as their lock file says.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::{program, toolchain, workspace};

pub(crate) fn install() -> Result<()> {
    let folder = workspace::page_tests();
    let lock = fs::read(folder.join("package-lock.json")).context("tests/e2e/package-lock.json cannot be read")?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
        return Ok(());
    }
    let npm = toolchain::npm()?;
    println!("Installing the npm packages of tests/e2e (a few seconds)");
    program::run(program::here(npm).current_dir(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock).with_context(|| format!("cannot write {}", installed.display()))
}

pub(crate) fn type_checker() -> Result<PathBuf> {
    let script = workspace::page_tests().join("node_modules/typescript/bin/tsc");
    ensure!(script.is_file(), "{} is missing: remove tests/e2e/node_modules and run this again", script.display());
    Ok(script)
}
