//! One request, one answer: as much of HTTP/1.1 as a browser needs to load static files.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use crate::site;

const LONGEST_HEAD: usize = 16 * 1024;

pub(crate) fn exchange(root: &Path, stream: &mut (impl Read + Write)) -> std::io::Result<()> {
    let answer = match head(stream)? {
        Head::Whole(text) => answer(root, &text),
        Head::TooLong => Answer::refusal("431 Request Header Fields Too Large"),
        Head::Broken => Answer::refusal("400 Bad Request"),
        Head::Nothing => return Ok(()),
    };
    answer.send(stream)
}

enum Head {
    Whole(String),
    TooLong,
    Broken,
    Nothing,
}

fn head(stream: &mut impl Read) -> std::io::Result<Head> {
    let mut bytes = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let length = stream.read(&mut piece)?;
        if length == 0 {
            return Ok(if bytes.is_empty() { Head::Nothing } else { Head::Broken });
        }
        let seen = bytes.len();
        bytes.extend(piece.iter().take(length));
        let end = bytes.windows(4).skip(seen.saturating_sub(3)).any(|four| four == b"\r\n\r\n");
        if end {
            return Ok(String::from_utf8(bytes).map_or(Head::Broken, Head::Whole));
        }
        if bytes.len() > LONGEST_HEAD {
            return Ok(Head::TooLong);
        }
    }
}

fn answer(root: &Path, head: &str) -> Answer {
    let words: Vec<&str> = head.lines().next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.1" | "HTTP/1.0"] = words.as_slice() else {
        return Answer::refusal("400 Bad Request");
    };
    let body = match *method {
        "GET" => true,
        "HEAD" => false,
        _ => return Answer::refusal("405 Method Not Allowed"),
    };
    let found = site::file_named(target).and_then(|file| contents(root, &file));
    let answer = match found {
        Some((content, media_type)) => Answer { status: "200 OK", media_type, content, body },
        None => Answer::refusal("404 Not Found"),
    };
    Answer { body, ..answer }
}

fn contents(root: &Path, file: &Path) -> Option<(Vec<u8>, &'static str)> {
    let root = root.canonicalize().ok()?;
    let file = root.join(file).canonicalize().ok()?;
    if !file.starts_with(&root) {
        return None;
    }
    Some((fs::read(&file).ok()?, site::media_type(&file)))
}

struct Answer {
    status: &'static str,
    media_type: &'static str,
    content: Vec<u8>,
    body: bool,
}

impl Answer {
    fn refusal(status: &'static str) -> Self {
        Answer {
            status,
            media_type: "text/plain; charset=utf-8",
            content: format!("{status}\n").into_bytes(),
            body: true,
        }
    }

    fn send(&self, stream: &mut impl Write) -> std::io::Result<()> {
        let allow = if self.status.starts_with("405") { "Allow: GET, HEAD\r\n" } else { "" };
        let head = format!(
            "HTTP/1.1 {}\r\n\
             Content-Type: {}\r\n\
             Content-Length: {}\r\n\
             {allow}\
             Cache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\n\
             Cross-Origin-Embedder-Policy: require-corp\r\n\
             Cross-Origin-Resource-Policy: cross-origin\r\n\
             Access-Control-Allow-Origin: *\r\n\
             Connection: close\r\n\
             \r\n",
            self.status,
            self.media_type,
            self.content.len()
        );
        stream.write_all(head.as_bytes())?;
        if self.body {
            stream.write_all(&self.content)?;
        }
        stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Wire {
        asked: std::io::Cursor<Vec<u8>>,
        told: Vec<u8>,
    }

    impl Read for Wire {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.asked.read(buffer)
        }
    }

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.told.write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn asked(request: &str) -> std::io::Result<String> {
        let mut wire = Wire { asked: std::io::Cursor::new(request.as_bytes().to_vec()), told: Vec::new() };
        exchange(&Path::new(env!("CARGO_MANIFEST_DIR")).join("web"), &mut wire)?;
        Ok(String::from_utf8_lossy(&wire.told).into_owned())
    }

    #[test]
    fn a_file_comes_with_the_protective_headers() -> std::io::Result<()> {
        let told = asked("GET /compress.mjs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
        let (head, body) = told.split_once("\r\n\r\n").unwrap_or_default();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        for header in [
            "Content-Type: text/javascript; charset=utf-8",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Embedder-Policy: require-corp",
            "Cross-Origin-Resource-Policy: cross-origin",
            "Access-Control-Allow-Origin: *",
        ] {
            assert!(head.contains(header), "{header} is missing in {head}");
        }
        assert_eq!(body, include_str!("../web/compress.mjs"));
        Ok(())
    }

    #[test]
    fn head_sends_no_body() -> std::io::Result<()> {
        let told = asked("HEAD /compress.mjs HTTP/1.1\r\n\r\n")?;
        assert!(told.starts_with("HTTP/1.1 200 OK\r\n"), "{told}");
        assert!(told.ends_with("\r\n\r\n"), "{told}");
        let told = asked("HEAD /nothing HTTP/1.1\r\n\r\n")?;
        assert!(told.starts_with("HTTP/1.1 404 Not Found\r\n"), "{told}");
        assert!(told.ends_with("\r\n\r\n"), "{told}");
        Ok(())
    }

    #[test]
    fn what_is_not_there_or_lies_outside_is_not_found() -> std::io::Result<()> {
        for target in ["/", "/nothing.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "http://a/main.rs"] {
            let told = asked(&format!("GET {target} HTTP/1.1\r\n\r\n"))?;
            assert!(told.starts_with("HTTP/1.1 404 Not Found\r\n"), "{target}: {told}");
            assert!(told.contains("Content-Type: text/plain"), "{told}");
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_site_is_not_followed() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-link-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let outside = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        std::os::unix::fs::symlink(outside, folder.join("link.txt"))?;
        let found = contents(&folder, Path::new("link.txt"));
        fs::remove_dir_all(&folder)?;
        assert!(found.is_none());
        Ok(())
    }

    #[test]
    fn only_get_and_head() -> std::io::Result<()> {
        let told = asked("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")?;
        assert!(told.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"), "{told}");
        assert!(told.contains("Allow: GET, HEAD\r\n"), "{told}");
        Ok(())
    }

    #[test]
    fn nonsense_is_refused() -> std::io::Result<()> {
        for request in ["GET /\r\n\r\n", "GET / HTTP/1.1 more\r\n\r\n", "\r\n\r\n", "GET / HTTP/1.1\r\nHost"] {
            let told = asked(request)?;
            assert!(told.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{request}: {told}");
        }
        assert_eq!(asked("")?, "");
        Ok(())
    }

    #[test]
    fn an_endless_head_is_cut_off() -> std::io::Result<()> {
        let told = asked(&format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(1 << 20)))?;
        assert!(told.starts_with("HTTP/1.1 431 "), "{told}");
        Ok(())
    }
}
