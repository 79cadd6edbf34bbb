//! Running other programs from the root of the checkout, and saying plainly when one fails.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::tally::{Report, Tally};
use crate::workspace;

pub(crate) fn here(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace::root()).stdin(Stdio::null());
    command
}

pub(crate) fn cargo() -> Command {
    here(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    succeeded(command, status)
}

/// What the program printed; what it complained about is shown only when it fails.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| cannot_start(command))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        eprint!("{printed}{}", String::from_utf8_lossy(&output.stderr));
    }
    succeeded(command, output.status)?;
    Ok(printed)
}

pub(crate) fn works(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs a test program, passes on what it prints, and adds up the tests it reports.
pub(crate) fn count(command: &mut Command, report: Report, tally: &mut Tally) -> Result<()> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command))?;
    let Some(stdout) = child.stdout.take() else {
        bail!("the output of {} cannot be read", shown(command));
    };
    let mut reader = BufReader::new(stdout);
    let mut line = Vec::new();
    let mut own = Tally::default();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let mut out = std::io::stdout().lock();
        out.write_all(&line)?;
        out.flush()?;
        own.read(report, &String::from_utf8_lossy(&line));
        line.clear();
    }
    let status = child.wait()?;
    tally.add(own);
    succeeded(command, status)?;
    ensure!(own.failed == 0, "{} tests failed", own.failed);
    ensure!(own.passed > 0, "{} reported no tests", shown(command));
    Ok(())
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    ensure!(status.success(), "{} failed ({status})", shown(command));
    Ok(())
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", shown(command))
}

fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    let text: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    format!("`{}`", text.join(" "))
}
