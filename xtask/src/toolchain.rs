//! What has to be installed, installing it where that can be done, and otherwise saying how.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::program;
use crate::workspace::TARGET;

const NODE: (u32, u32) = (20, 10);
const NODE_HINT: &str = "install Node.js 20.10 or newer and npm: `apt-get install nodejs npm` on Debian 13 or newer, otherwise from https://nodejs.org/";
const RUSTUP_HINT: &str = "rustup is not there: install Rust from https://rustup.rs/";
const BROWSER_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];
const ENGINE_PACKAGES: [&str; 4] = ["firefox-esr", "webkit2gtk-driver", "xvfb", "xauth"];

pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

pub(crate) fn wasm_target() -> Result<()> {
    let asked = program::here("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .with_context(|| format!("rustc cannot be started; {RUSTUP_HINT}"))?;
    let library = String::from_utf8_lossy(&asked.stdout);
    if asked.status.success() && Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", TARGET])
}

pub(crate) fn rust_component(subcommand: &str, component: &str) -> Result<()> {
    if program::works(program::cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    rustup(&["component", "add", component])
}

fn rustup(words: &[&str]) -> Result<()> {
    let command = format!("rustup {}", words.join(" "));
    eprintln!("Not installed yet: running `{command}` (a few seconds)");
    ensure!(program::works(program::here("rustup").arg("--version")), "`{command}` is needed, but {RUSTUP_HINT}");
    program::run(program::here("rustup").args(words))
}

pub(crate) fn node() -> Result<PathBuf> {
    let node = on_path("node").with_context(|| format!("node is not there: {NODE_HINT}"))?;
    let version = program::output(program::here(&node).arg("--version"))?;
    ensure!(at_least(version.trim(), NODE), "node is {}: {NODE_HINT}", version.trim());
    Ok(node)
}

pub(crate) fn npm() -> Result<PathBuf> {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    on_path(name).with_context(|| format!("npm is not there: {NODE_HINT}"))
}

fn at_least(version: &str, wanted: (u32, u32)) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= wanted,
        _ => false,
    }
}

pub(crate) fn browser() -> Result<Browser> {
    if let Some(browser) = installed_browser()? {
        return Ok(browser);
    }
    install(&BROWSER_PACKAGES, "Chromium and ChromeDriver", "CHROMIUM and CHROMEDRIVER")?;
    installed_browser()?.context("the packages are installed, but chromium and chromedriver are still not there; name them with the environment variables CHROMIUM and CHROMEDRIVER")
}

fn installed_browser() -> Result<Option<Browser>> {
    let chromium = chosen("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])?;
    let driver = chosen("CHROMEDRIVER", &["chromedriver"])?;
    Ok(chromium.zip(driver).map(|(chromium, driver)| Browser { chromium, driver }))
}

fn chosen(variable: &str, names: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(path);
        ensure!(path.is_file(), "{variable} is set to {}, and there is no such file", path.display());
        return Ok(Some(path));
    }
    Ok(names.iter().find_map(|name| on_path(name)))
}

/// The browsers that the page is tried in besides Chromium.
pub(crate) struct Engines {
    pub(crate) firefox: PathBuf,
    pub(crate) webkit_driver: PathBuf,
}

/// Firefox and the driver of WebKit, which needs a screen that nobody sees.
pub(crate) fn engines() -> Result<Engines> {
    if let Some(engines) = installed_engines()? {
        return Ok(engines);
    }
    install(&ENGINE_PACKAGES, "Firefox, the driver of WebKit and Xvfb", "FIREFOX and WEBKITDRIVER")?;
    installed_engines()?
        .context("the packages are installed, but firefox-esr, WebKitWebDriver and xvfb-run are not all there")
}

fn installed_engines() -> Result<Option<Engines>> {
    let firefox = chosen("FIREFOX", &["firefox-esr", "firefox"])?;
    let webkit_driver = chosen("WEBKITDRIVER", &["WebKitWebDriver"])?;
    let there = firefox.zip(webkit_driver).filter(|_| on_path("xvfb-run").is_some());
    Ok(there.map(|(firefox, webkit_driver)| Engines { firefox, webkit_driver }))
}

fn install(packages: &[&str], what: &str, variables: &str) -> Result<()> {
    let names = packages.join(" ");
    let advice = format!(
        "{what} are needed: as root, `apt-get update && apt-get install -y --no-install-recommends {names}`; elsewhere install them and name them with the environment variables {variables}"
    );
    let Some(apt) = on_path("apt-get") else {
        bail!(advice);
    };
    let Some(prefix) = as_root() else {
        bail!(advice);
    };
    eprintln!("Not installed yet: {what}; installing {names} with apt-get (100 to 300 MB; one to three minutes)");
    let apt_get = |words: &[&str]| -> Result<()> {
        let mut command = match prefix {
            [] => program::here(&apt),
            [sudo, flags @ ..] => {
                let mut command = program::here(sudo);
                command.args(flags).arg("DEBIAN_FRONTEND=noninteractive").arg(&apt);
                command
            }
        };
        quiet_apt(&mut command, words)
    };
    apt_get(&["update"]).context(advice.clone())?;
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    apt_get(&words).context(advice)
}

fn quiet_apt(command: &mut Command, words: &[&str]) -> Result<()> {
    command.args(["-q", "-o", "DPkg::Lock::Timeout=300"]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
    program::output(command).map(drop)
}

/// What to put before a command that must run as root: nothing, sudo without a password, or no way.
fn as_root() -> Option<&'static [&'static str]> {
    let user = program::output(program::here("id").arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(&[]);
    }
    program::works(program::here("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", if name.contains('.') { "" } else { env::consts::EXE_SUFFIX });
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .chain([PathBuf::from("/usr/bin")])
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(at_least("v20.10.0", (20, 10)));
        assert!(at_least("v24.1.0", (20, 10)));
        assert!(!at_least("v20.9.0", (20, 10)));
        assert!(!at_least("v18.20.4", (20, 10)));
        assert!(!at_least("", (20, 10)));
        assert!(!at_least("vtwenty.1", (20, 10)));
    }

    #[test]
    fn a_program_that_is_not_there_is_not_found() {
        assert_eq!(on_path("surely-no-program-has-this-name"), None);
    }
}
