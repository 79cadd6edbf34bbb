//! What the project needs beyond plain cargo: the page's WebAssembly package, a local server, the whole test run.

#![allow(clippy::disallowed_methods, reason = "only the engine has neither clock nor surroundings")]

mod artifact;
mod figures;
mod http;
mod later;
mod ledger;
mod package;
mod packages;
mod program;
mod reach;
mod serve;
mod site;
mod tally;
mod test;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};

const HELP: &str = "\
cargo xtask build                  compile to WebAssembly and write the package the page loads to www/pkg
cargo xtask serve [PORT]           build, then serve www on 127.0.0.1 (port 8080; 0 takes any free port)
cargo xtask serve --no-build       serve what is there
cargo xtask test                   everything: format, lints, native tests, docs, WebAssembly tests, the page in a browser
cargo xtask test --only PART       one part, may be repeated: lint, native, doc, wasm, browser, page
cargo xtask lint FILE…             look trial documents over: what their authors should look at again
cargo xtask size                   build, then list what the page loads: bytes raw, gzip and brotli
cargo xtask bench                  build, then run the benchmarks in tests/bench with Node
cargo xtask package                write the npm package of the elements and the engine to target/package
cargo xtask schema                 write the JSON Schemas of the trial document and of the log again from the Rust types
cargo xtask index                  write the list of bundled trials again from their documents";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match command(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str]) -> Result<ExitCode> {
    match words {
        [] | ["help" | "--help" | "-h"] => println!("{HELP}"),
        ["build"] => artifact::build()?,
        ["serve", options @ ..] => serve(options)?,
        ["test", options @ ..] => return test(options),
        ["lint", files @ ..] => return lint(files),
        ["size"] => figures::sizes()?,
        ["bench"] => bench()?,
        ["package"] => package::build()?,
        ["schema"] => schema()?,
        ["index"] => index()?,
        [unknown, ..] => {
            bail!("no such command, or not with these options: {unknown}\n\n{HELP}")
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn serve(options: &[&str]) -> Result<()> {
    let mut port = 8080;
    let mut build = true;
    for option in options {
        match *option {
            "--no-build" => build = false,
            number => {
                port = number
                    .parse()
                    .ok()
                    .with_context(|| format!("serve takes a port from 0 to 65535 and --no-build, not {number}"))?;
            }
        }
    }
    if build {
        artifact::build()?;
    }
    let server = serve::Server::near(workspace::site()?, port)?;
    println!("{}", server.address());
    server.run()
}

fn test(options: &[&str]) -> Result<ExitCode> {
    let mut parts = Vec::new();
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        ensure!(*option == "--only", "test takes only --only PART, not {option}");
        let name = rest.next().context("--only needs the name of a part after it")?;
        parts.push(test::Part::named(name)?);
    }
    Ok(if test::run(&parts)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lint(files: &[&str]) -> Result<ExitCode> {
    let looked = program::cargo()
        .args(["run", "--locked", "--quiet", "--package", "trial-lint", "--"])
        .args(files)
        .status()
        .context("cargo cannot be started")?;
    Ok(if looked.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn bench() -> Result<()> {
    artifact::build()?;
    let node = toolchain::node()?;
    let scripts = workspace::files_ending(&workspace::root().join("tests/bench"), ".mjs")?;
    for script in scripts {
        program::run(program::here(&node).arg(script))?;
    }
    Ok(())
}

fn index() -> Result<()> {
    program::run(
        program::cargo().args(["test", "--locked", "--test", "native", "the_list_of_trials"]).env("UPDATE_INDEX", "1"),
    )
}

fn schema() -> Result<()> {
    program::run(
        program::cargo()
            .args(["test", "--locked", "--all-features", "--test", "native", "schema"])
            .env("UPDATE_SCHEMA", "1"),
    )
}
