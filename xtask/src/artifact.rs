//! What is served: the library compiled to WebAssembly with its JavaScript and TypeScript bindings, and the site around.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::later;
use crate::packages;
use crate::program;
use crate::reach;
use crate::toolchain;
use crate::workspace::{self, PACKAGE, TARGET};

/// One build of the library for pages.
struct Artifact {
    /// The name of its files.
    name: &'static str,
    /// The profile of the build, which also names cargo's folder.
    profile: &'static str,
    features: &'static [&'static str],
    /// Flags of the compiler that all of its code is built with.
    flags: &'static str,
    /// The exports that a second file brings; none where there is one file.
    /// They need `--emit-relocs` among the flags.
    put_off: &'static [&'static str],
}

/// What a person's page loads is small, and sealing apart from it, as few share.
const SMALL: [Artifact; 2] = [
    Artifact {
        name: "seal",
        profile: "seal",
        features: &["--no-default-features", "--features=seal"],
        flags: "",
        put_off: &[],
    },
    Artifact {
        name: "check",
        profile: "small",
        features: &["--no-default-features", "--features=check"],
        flags: SMALLER,
        put_off: &PUT_OFF,
    },
];

/// A value of several words is moved by one instruction, and not word by word, which takes a 28th more bytes; loops step
/// through what they are written to step through, and not through what is added up beside it: a 90th.
/// The linker writes down where everything is named, for the parting in two.
const SMALLER: &str = "-Cllvm-args=--max-store-memcpy=1 -Cllvm-args=--max-store-memmove=1 \
    -Cllvm-args=--max-store-memset=1 -Cllvm-args=--disable-lsr -Clink-arg=--emit-relocs";

/// What nobody asks before the first question stands there: all but reading a trial and what to ask next.
const PUT_OFF: [&str; 8] = [
    "trial_answer",
    "trial_evaluate",
    "trial_explain",
    "trial_otherwise",
    "trial_question",
    "trial_receipt",
    "trial_review",
    "trials_nextQuestion",
];

/// What authors, staff and Node use has every other door and is fast: it counts on vectors of 128 bits, which browsers have
/// had since Chrome 91, Firefox 89 and Safari 16.4.
const WHOLE: [Artifact; 1] = [Artifact {
    name: "trial_prescreen",
    profile: "wasm",
    features: &[],
    flags: "-Ctarget-feature=+simd128",
    put_off: &[],
}];

pub(crate) fn build() -> Result<()> {
    toolchain::wasm_target()?;
    // each is compiled on one core, and cargo lets two profiles be built at a time
    std::thread::scope(|scope| {
        let small = scope.spawn(|| SMALL.iter().try_for_each(Artifact::build));
        let whole = WHOLE.iter().try_for_each(Artifact::build);
        small.join().map_err(|_| anyhow!("the build of the small packages broke off"))?.and(whole)
    })?;
    assemble()
}

/// Puts the site together: the pages, each with its modules in one file, the trials, and the packages.
fn assemble() -> Result<()> {
    let node = toolchain::node()?;
    let tools = workspace::page_build();
    packages::install(&tools)?;
    program::run(program::here(node).arg(tools.join("assemble.mjs")).arg(workspace::pages()).arg(workspace::site()?))
        .context("the site cannot be put together")
}

impl Artifact {
    fn build(&self) -> Result<()> {
        program::run(
            program::cargo()
                .args(["rustc", "--locked", "--lib", "--crate-type", "cdylib"])
                .args(["-p", PACKAGE, "--target", TARGET, "--profile", self.profile])
                .args(self.features)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", self.flags),
        )?;
        let library = PACKAGE.replace('-', "_");
        let module = workspace::target_dir()?.join(format!("{TARGET}/{}/{library}.wasm", self.profile));
        let package = workspace::pages().join("pkg");
        let mut output = Bindgen::new()
            .input_path(&module)
            .out_name(self.name)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate_output()
            .with_context(|| format!("{} cannot be bound", module.display()))?;
        if self.put_off.is_empty() {
            return self.write(&mut output, &package);
        }
        let alone = reach::alone(&fs::read(&module)?, self.put_off)?;
        let (first, mut later) = later::split(&output.wasm_mut().emit_wasm(), self.put_off, &alone)?;
        *output.wasm_mut() = first;
        self.write(&mut output, &package)?;
        later::write(&package, self.name, &later.emit_wasm())
    }

    fn write(&self, output: &mut Output, package: &Path) -> Result<()> {
        output
            .emit(package)
            .with_context(|| format!("the bindings of {} cannot be written to {}", self.name, package.display()))
    }
}
