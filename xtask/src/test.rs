//! The whole test run, step by step, or the parts of it that are asked for.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::ledger::Ledger;
use crate::program::{cargo, count, here, run as execute};
use crate::serve::Server;
use crate::tally::{Report, Tally};
use crate::workspace::{self, PACKAGE, TARGET};
use crate::{artifact, package, packages, toolchain};

const RUNNER: &str = "wasm-runner";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Lint,
    Native,
    Doc,
    Wasm,
    Browser,
    Page,
}

impl Part {
    pub(crate) fn named(name: &str) -> Result<Self> {
        let part = match name {
            "lint" => Part::Lint,
            "native" => Part::Native,
            "doc" => Part::Doc,
            "wasm" => Part::Wasm,
            "browser" => Part::Browser,
            "page" => Part::Page,
            _ => {
                anyhow::bail!("{name} is not a part; the parts are lint, native, doc, wasm, browser and page")
            }
        };
        Ok(part)
    }
}

/// Runs the parts, all of them when none is named, and tells whether everything passed.
pub(crate) fn run(parts: &[Part]) -> Result<bool> {
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let mut ledger = Ledger::default();
    if wanted(Part::Lint) {
        lint(&mut ledger);
    }
    if wanted(Part::Native) {
        native(&mut ledger);
    }
    if wanted(Part::Doc) {
        ledger.step("documentation", |_| documentation());
    }
    if wanted(Part::Wasm) || wanted(Part::Browser) {
        wasm(&mut ledger, wanted(Part::Wasm), wanted(Part::Browser));
    }
    if wanted(Part::Page) {
        page(&mut ledger);
    }
    println!("\n{}", ledger.table());
    println!("{}", ledger.summary());
    Ok(ledger.all_passed())
}

fn lint(ledger: &mut Ledger) {
    ledger.step("format", |_| {
        toolchain::rust_component("fmt", "rustfmt")?;
        execute(cargo().args(["fmt", "--all", "--check"]))
    });
    ledger.step("clippy", |_| {
        toolchain::rust_component("clippy", "clippy")?;
        clippy(&["--workspace"])
    });
    ledger.step("clippy for WebAssembly", |_| {
        toolchain::rust_component("clippy", "clippy")?;
        toolchain::wasm_target()?;
        clippy(&["-p", PACKAGE, "--target", TARGET])
    });
    ledger.step("clippy for a person's page", |_| {
        toolchain::wasm_target()?;
        ["check", "seal"].into_iter().try_for_each(|door| {
            execute(
                cargo()
                    .args(["clippy", "--locked", "--lib", "--no-default-features", "--features", door])
                    .args(["-p", PACKAGE, "--target", TARGET, "--", "-D", "warnings"]),
            )
        })
    });
}

fn clippy(what: &[&str]) -> Result<()> {
    execute(
        cargo()
            .args(["clippy", "--locked", "--all-targets", "--all-features"])
            .args(what)
            .args(["--", "-D", "warnings"]),
    )
}

fn native(ledger: &mut Ledger) {
    ledger.step("native tests", |tally| {
        count(
            cargo().args(["test", "--locked", "--no-fail-fast", "-p", PACKAGE, "--all-features"]),
            Report::Rust,
            tally,
        )
    });
    ledger
        .step("tests of xtask", |tally| count(cargo().args(["test", "--locked", "-p", "xtask"]), Report::Rust, tally));
}

fn documentation() -> Result<()> {
    execute(
        cargo()
            .args(["doc", "--locked", "--no-deps", "-p", PACKAGE, "--all-features"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn wasm(ledger: &mut Ledger, in_node: bool, in_browser: bool) {
    let built = ledger.step("WebAssembly test runner", |_| {
        toolchain::wasm_target()?;
        execute(cargo().args(["build", "--locked", "-p", RUNNER]))
    });
    if in_node {
        let name = "WebAssembly tests in Node";
        if built {
            ledger.step(name, wasm_in_node);
        } else {
            ledger.skip(name, "the test runner could not be built");
        }
    }
    if in_browser {
        let name = "WebAssembly tests in Chromium";
        if built {
            ledger.step(name, wasm_in_browser);
        } else {
            ledger.skip(name, "the test runner could not be built");
        }
    }
}

fn wasm_in_node(tally: &mut Tally) -> Result<()> {
    toolchain::node()?;
    count(&mut wasm_tests()?, Report::Rust, tally)
}

fn wasm_in_browser(tally: &mut Tally) -> Result<()> {
    let browser = toolchain::browser()?;
    let options = serde_json::json!({
        "goog:chromeOptions": {
            "binary": browser.chromium,
            "args": [
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        },
    });
    let file = workspace::target_dir()?.join("webdriver.json");
    std::fs::write(&file, options.to_string()).with_context(|| format!("cannot write {}", file.display()))?;
    let mut tests = wasm_tests()?;
    tests
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", file)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
        .env("CHROMEDRIVER", browser.driver);
    count(&mut tests, Report::Rust, tally)
}

/// The same tests run wherever the environment tells the runner to: in Node, unless a browser is asked for.
fn wasm_tests() -> Result<Command> {
    let runner = workspace::target_dir()?.join(format!("debug/{RUNNER}{}", std::env::consts::EXE_SUFFIX));
    let mut tests = cargo();
    for driver in ["CHROMEDRIVER", "GECKODRIVER", "MSEDGEDRIVER", "SAFARIDRIVER"] {
        tests.env_remove(driver);
        tests.env_remove(format!("{driver}_REMOTE"));
    }
    tests.env_remove("NO_HEADLESS");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WASM_BINDGEN_") {
            tests.env_remove(&name);
        }
    }
    tests
        .args(["test", "--locked", "-p", PACKAGE, "--target", TARGET, "--test", "web"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    Ok(tests)
}

fn page(ledger: &mut Ledger) {
    let built = ledger.step("package for the page", |_| artifact::build());
    let installed = ledger.step("npm packages", |_| packages::install(&workspace::page_tests()));
    let missing = match (built, installed) {
        (true, true) => None,
        (false, _) => Some("the package was not built"),
        (true, false) => Some("the npm packages were not installed"),
    };
    if let Some(reason) = missing {
        ledger.skip("types of the page", reason);
        ledger.skip("page tests in browsers", reason);
        return;
    }
    ledger.step("types of the page", |_| types());
    ledger.step("npm package", |_| package::write());
    ledger.step("page tests in browsers", in_the_page);
}

fn types() -> Result<()> {
    let checker = packages::type_checker()?;
    for name in ["tsconfig.json", "tsconfig.worker.json"] {
        let project = workspace::page_tests().join(name);
        ensure!(project.is_file(), "{} is missing", project.display());
        execute(here(toolchain::node()?).arg(&checker).arg("-p").arg(project))?;
    }
    Ok(())
}

fn in_the_page(tally: &mut Tally) -> Result<()> {
    let node = toolchain::node()?;
    let browser = toolchain::browser()?;
    let engines = toolchain::engines()?;
    let specs = workspace::files_ending(&workspace::page_tests(), ".spec.mjs")?;
    let server = Server::near(workspace::site()?, 0)?;
    let address = server.address();
    std::thread::spawn(move || server.run());
    println!("Serving the page at {address}");
    count(
        here(node)
            .args(["--test", "--test-reporter=spec", "--test-concurrency=3"])
            .args(specs)
            .env("CHROMIUM", browser.chromium)
            .env("FIREFOX", engines.firefox)
            .env("WEBKITDRIVER", engines.webkit_driver)
            .env("PRESCREEN_BASE", &address)
            .env("PRESCREEN_PACKAGE", package::folder()?),
        Report::Node,
        tally,
    )
}
