//! How many bytes the page loads. Node compresses, as its zlib knows both gzip and brotli.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{artifact, program, toolchain, workspace};

pub(crate) fn sizes() -> Result<()> {
    let node = toolchain::node()?;
    artifact::build()?;
    let site = workspace::site()?;
    let mut files = Vec::new();
    collect(&site, &mut files)?;
    files.sort();
    let script = workspace::page_build().join("compress.mjs");
    let told = program::output(program::here(&node).arg(script).args(&files))?;
    let rows = told.lines().map(numbers).collect::<Result<Vec<_>>>()?;
    ensure!(rows.len() == files.len(), "node did not measure every file of the site");
    let (person, others): (Vec<_>, Vec<_>) =
        files.iter().zip(rows).partition(|(file, _)| CHECK.iter().any(|name| **file == site.join(name)));
    ensure!(person.len() == CHECK.len(), "the check loads {CHECK:?}, and not all of it is there");
    println!("{}", line("what the check loads", ["raw", "gzip -9", "brotli 11"]));
    table(&site, &person);
    println!("{}", line("what else there is", ["raw", "gzip -9", "brotli 11"]));
    table(&site, &others);
    Ok(())
}

fn table(site: &Path, rows: &[(&PathBuf, [u64; 3])]) {
    for (file, row) in rows {
        let name = file.strip_prefix(site).unwrap_or(file).to_string_lossy();
        println!("{}", line(&name, row.map(|bytes| bytes.to_string())));
    }
    let sums = rows.iter().fold([0; 3], |[a, b, c], (_, [x, y, z])| [a + x, b + y, c + z]);
    println!("{}", line("sum", sums.map(|bytes| bytes.to_string())));
}

fn line<T: std::fmt::Display>(name: &str, [raw, gzip, brotli]: [T; 3]) -> String {
    format!("{name:<44} {raw:>10} {gzip:>10} {brotli:>10}")
}

fn numbers(line: &str) -> Result<[u64; 3]> {
    let parsed: Vec<u64> = line
        .split(' ')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| format!("not three sizes: {line}"))?;
    <[u64; 3]>::try_from(parsed).ok().with_context(|| format!("not three sizes: {line}"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.file_name().is_some_and(|name| is_loaded(&name.to_string_lossy())) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_loaded(name: &str) -> bool {
    !(name.starts_with('.') || name.ends_with(".d.ts") || name.contains("schema"))
}

/// What the check of one trial loads; its first question needs all but `check_later.wasm`.
const CHECK: [&str; 7] = [
    "check.html",
    "icon.svg",
    "page.css",
    "page.js",
    "pkg/check_bg.wasm",
    "pkg/check_later.wasm",
    "trials/NCT07084012.json",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_and_the_schema_are_not_loaded() {
        assert!(is_loaded("check_bg.wasm"));
        assert!(is_loaded("app.js"));
        for name in ["trial_prescreen_bg.wasm.d.ts", "trial.schema.json", ".gitignore"] {
            assert!(!is_loaded(name), "{name}");
        }
    }

    #[test]
    fn three_sizes_a_line() -> Result<()> {
        assert_eq!(numbers("3 2 1")?, [3, 2, 1]);
        assert!(numbers("3 2").is_err());
        assert!(numbers("a b c").is_err());
        Ok(())
    }
}
