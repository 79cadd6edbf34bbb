//! Are a document's words those that were looked over?

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::digest::digest;
use crate::import::check::Finding;
use crate::import::json::{Node, Value};
use crate::import::readable::Step;
use crate::json::quote;
use crate::model::trial::Trial;
use crate::sort;

/// The key under which the document says what its words were.
const OWN: &str = "wording";
/// Words that no person reads who looks for a study.
const STAFF: &str = "staff";

/// Says where words are not the ones that were approved, scored or translated.
pub(super) fn check(trial: &Trial, root: &Node<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (language, reviewed) in trial.wording.iter() {
        let mut found = |keys: &[&str], diagnostic| {
            let path = [OWN, language].iter().chain(keys).map(|key| Step::Key((*key).to_owned())).collect();
            findings.push(Finding { path, diagnostic });
        };
        let digest = digest_of(root, language);
        if reviewed.digest != digest {
            let help = format!("have them looked over again, then write \"digest\": \"{digest}\"");
            found(
                &["digest"],
                match reviewed.approved {
                    Some(_) => Diagnostic::error(
                        Code::AlteredWording,
                        format!("the words in {} are not those that were approved", quoted(language)),
                        help,
                    ),
                    None => Diagnostic::warning(
                        Code::AlteredWording,
                        format!("the words in {} are not those that were looked over", quoted(language)),
                        help,
                    ),
                },
            );
        }
        let Some(translated) = &reviewed.translated else { continue };
        let original = digest_of(root, &translated.from);
        if translated.digest != original {
            let (own, other) = (quoted(language), quoted(&translated.from));
            let message = format!("the words in {other} are not those that the ones in {own} were translated from");
            let help = format!("bring the translation up to date, then write \"digest\": \"{original}\"");
            found(&["translated", "digest"], Diagnostic::warning(Code::StaleTranslation, message, help));
        }
    }
    findings
}

/// The digest of a document's words in one language, as `Reviewed::digest` says.
fn digest_of(root: &Node<'_>, language: &str) -> String {
    let mut lines = Vec::new();
    if let Value::Object(entries) = &root.value {
        for entry in entries.iter().filter(|entry| entry.key != OWN) {
            gather(&entry.node, language, &entry.key, false, &mut lines);
        }
    }
    sort::ascending(&mut lines);
    digest(&lines.concat())
}

/// INVARIANT: the depth is bounded by the parser.
fn gather(node: &Node<'_>, language: &str, path: &str, inside: bool, lines: &mut Vec<String>) {
    match &node.value {
        Value::Text(text) if inside => {
            let mut line = [path, " = "].concat();
            quote(text, &mut line);
            line.push('\n');
            lines.push(line);
        }
        Value::Object(entries) => {
            for entry in entries.iter().filter(|entry| !inside || entry.key != STAFF) {
                let own = !inside && entry.key == language;
                gather(&entry.node, language, &[path, ".", &entry.key].concat(), inside || own, lines);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(item, language, &format!("{path}[{index}]"), inside, lines);
            }
        }
        Value::Null | Value::Truth(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
