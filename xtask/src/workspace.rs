//! Where things lie in the checkout.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::program;

pub(crate) const PACKAGE: &str = "trial-prescreen";
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn root() -> PathBuf {
    let own =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().map_or_else(|| own.clone(), Path::to_path_buf)
}

/// The sources of the page.
pub(crate) fn pages() -> PathBuf {
    root().join("www")
}

/// What puts the page together, and its npm packages.
pub(crate) fn page_build() -> PathBuf {
    root().join("xtask/web")
}

/// The site as it is served.
pub(crate) fn site() -> Result<PathBuf> {
    Ok(target_dir()?.join("site"))
}

pub(crate) fn page_tests() -> PathBuf {
    root().join("tests/e2e")
}

/// The folder cargo builds into, whichever way it is configured.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let told = program::output(program::cargo().args(["metadata", "--locked", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&told).context("cargo metadata did not print JSON")?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    Ok(PathBuf::from(folder.context("cargo metadata did not name the target directory")?))
}

/// The files directly in `folder` whose name ends so, by name; none is an error.
pub(crate) fn files_ending(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(end) {
            found.push(entry.path());
        }
    }
    ensure!(!found.is_empty(), "{} has no file that ends in {end}", folder.display());
    found.sort();
    Ok(found)
}
