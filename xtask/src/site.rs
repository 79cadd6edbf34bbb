//! From the path in a request to a file of the site, and the type it is sent as.

use std::path::{Path, PathBuf};

/// The file, relative to the site's folder, that a request's target names. `None` for whatever could lead out of it.
pub(crate) fn file_named(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let path = decoded(path.strip_prefix('/')?)?;
    let mut file = PathBuf::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "" if last => file.push("index.html"),
            "" => return None,
            hidden if hidden.starts_with('.') => return None,
            odd if odd.contains(['\\', ':', '\0']) => return None,
            name => file.push(name),
        }
    }
    Some(file)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

pub(crate) fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "ts" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(target: &str) -> Option<String> {
        file_named(target).map(|file| file.to_string_lossy().into_owned())
    }

    #[test]
    fn a_folder_is_its_index() {
        assert_eq!(named("/").as_deref(), Some("index.html"));
        assert_eq!(named("/?lang=de#top").as_deref(), Some("index.html"));
        assert_eq!(named("/trials/").as_deref(), Some("trials/index.html"));
    }

    #[test]
    fn files_are_found_by_their_path() {
        assert_eq!(named("/app.js").as_deref(), Some("app.js"));
        assert_eq!(named("/pkg/trial_prescreen_bg.wasm?v=1").as_deref(), Some("pkg/trial_prescreen_bg.wasm"));
    }

    #[test]
    fn percent_signs_are_decoded_once() {
        assert_eq!(named("/a%20b.txt").as_deref(), Some("a b.txt"));
        assert_eq!(named("/%E8%AF%95.json").as_deref(), Some("试.json"));
        assert_eq!(named("/%2561.txt").as_deref(), Some("%61.txt"));
        for broken in ["/%", "/%4", "/%zz", "/%+1", "/%ff"] {
            assert_eq!(named(broken), None, "{broken}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        for escape in [
            "/..",
            "/../Cargo.toml",
            "/pkg/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/%2E%2e%2FCargo.toml",
            "/pkg/..%2f..%2fCargo.toml",
            "/..%5cCargo.toml",
            "/..\\Cargo.toml",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/pkg//etc",
            "/C:/Windows/win.ini",
            "/./app.js",
            "/.git/config",
            "/app.js%00.txt",
            "",
            "*",
            "app.js",
            "http://127.0.0.1/app.js",
        ] {
            assert_eq!(named(escape), None, "{escape}");
        }
    }

    #[test]
    fn types_go_by_the_ending() {
        for (file, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("app.js", "text/javascript; charset=utf-8"),
            ("app.mjs", "text/javascript; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("a_bg.wasm", "application/wasm"),
            ("trial.json", "application/json"),
            ("app.webmanifest", "application/manifest+json"),
            ("icon.svg", "image/svg+xml"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("a_bg.wasm.d.ts", "text/plain; charset=utf-8"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(media_type(Path::new(file)), expected, "{file}");
        }
    }
}
