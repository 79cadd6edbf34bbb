//! Prints what the engine's lint has to say of trial documents, with the places in them.

use std::fs;
use std::process::ExitCode;

use trial_prescreen::{Diagnostic, Severity, Span, lint_document};

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("name the trial documents to look over");
        return ExitCode::FAILURE;
    }
    let mut remarks = 0;
    for file in &files {
        let data = match fs::read(file) {
            Ok(data) => data,
            Err(error) => {
                eprintln!("cannot read {file}: {error}");
                remarks += 1;
                continue;
            }
        };
        let found = lint_document(&data).unwrap_or_else(|error| error.diagnostics);
        let text = String::from_utf8_lossy(&data);
        remarks += found.len();
        found.iter().for_each(|diagnostic| print!("{}", shown(file, &text, diagnostic)));
    }
    println!("{remarks} {} in {} {}", noun(remarks, "remark"), files.len(), noun(files.len(), "file"));
    if remarks == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn noun(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

fn shown(file: &str, text: &str, diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let code = format!("{:?}", diagnostic.code);
    let mut out = format!("{severity}[{}]: {}\n", kebab(&code), diagnostic.message);
    for span in [diagnostic.span, diagnostic.other].into_iter().flatten() {
        out.push_str(&place(file, text, span));
    }
    out.push_str(&format!("  = help: {}\n\n", diagnostic.help));
    out
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// The line on which the place begins, with carets under it.
fn place(file: &str, text: &str, span: Span) -> String {
    const WIDEST: usize = 100;
    let before = text.get(..span.start).unwrap_or("");
    let number = before.matches('\n').count() + 1;
    let line = text.lines().nth(number - 1).unwrap_or("");
    let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count());
    let under = text.get(span.start..span.end).unwrap_or("").lines().next().map_or(1, |first| first.chars().count());
    let margin = " ".repeat(number.to_string().len());
    let from = column.saturating_sub(WIDEST / 2);
    let window: String = line.chars().skip(from).take(WIDEST).collect();
    let carets = "^".repeat(under.clamp(1, WIDEST.saturating_sub(column - from).max(1)));
    let indent: String =
        window.chars().take(column - from).map(|c| if is_wide(c) { '\u{3000}' } else { ' ' }).collect();
    format!(
        "{margin}--> {file}:{number}:{}\n{margin} |\n{number} | {window}\n{margin} | {indent}{carets}\n",
        column + 1
    )
}

/// Characters that take two columns of a terminal.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}')
}
