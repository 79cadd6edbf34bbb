//! A receipt: digests by which anyone can check later what was evaluated, on what, and what came out.
//!
//! In: a trial document's text, facts, a moment. Out: SHA-256 digests. Never: an answer, a verdict or a date of a fact
//! in readable form; whoever is given the receipt alone learns only the trial's digest, the moment and the version.
//!
//! # How to recompute it
//!
//! Every digest is the SHA-256, in lower-case hexadecimal digits, of UTF-8 text in the canonical form of RFC 8785: no
//! spaces, the keys of each object in the order of their UTF-16 units, only the escapes that JSON demands. (Numbers
//! need no rule: all that occur are whole and below 2³².)
//!
//! | key | the digest of |
//! |---|---|
//! | `trial` | the trial document as it was read, byte order mark and spaces apart |
//! | `facts` | the facts as this crate writes them, each without `id` and `note`, sorted by their canonical texts, in UTF-16 units too |
//! | `evaluation` | what [`evaluate`] returns, without `diagnostics` |
//! | `digest` | the receipt itself, without `digest` |
//!
//! So the order of the facts changes nothing, nor does a note, nor the id of a fact that the evaluation does not cite.
//! Diagnostics speak of how the facts were written down and are left out; a fact that could not be read is no fact.

use crate::digest::digest;
use crate::evaluate::{Evaluation, evaluate};
use crate::import::json::{self, Node, Value};
use crate::import::{self, ImportError};
use crate::json::{quote, text};
use crate::model::date::Date;
use crate::model::moment::AsOf;
use crate::model::record::Record;
use crate::model::table::Table;
use serde::Serialize;

/// The name of the form, and its version.
const FORMAT: &str = "trial-prescreen-receipt/1";

/// What was evaluated and what came out, as SHA-256 digests in lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// `trial-prescreen-receipt/1`: the rules by which the digests are made.
    pub format: String,
    /// The engine's version.
    pub engine: String,
    /// The moment that was judged from.
    pub as_of: Date,
    /// The anchors that were given.
    pub anchors: Table<Date>,
    /// Digest of the trial document.
    pub trial: String,
    /// Digest of the facts.
    pub facts: String,
    /// Digest of the evaluation.
    pub evaluation: String,
    /// Digest of all the above.
    pub digest: String,
}

/// The receipt of an evaluation. The same document, facts, moment and version give the same receipt; two receipts
/// differ wherever one of these does.
///
/// `document` is the text of a trial document, as for [`import::trial`].
///
/// # Errors
///
/// Where the document cannot be read.
///
/// # Example
///
/// ```
/// use trial_prescreen::{AsOf, Fact, FactValue, Record, Subject, receipt};
/// let document = r#"{"format":"trial-prescreen/1","id":"X","title":{"en":"X"},"source":[],
///                    "eligibility":{"status":"published","criteria":[]}}"#;
/// let as_of = AsOf::new("2026-03-15".parse()?).ok_or("a day")?;
/// let mut fact = Fact::new("a", Subject::concept("sex"), FactValue::Code("female".to_owned()));
///
/// let before = receipt(document.as_bytes(), &Record::new(vec![fact.clone()]), &as_of)?;
/// fact.note = "as told on the telephone".to_owned();
/// assert_eq!(receipt(document.as_bytes(), &Record::new(vec![fact.clone()]), &as_of)?, before);
/// fact.value = FactValue::Code("male".to_owned());
/// assert_ne!(receipt(document.as_bytes(), &Record::new(vec![fact]), &as_of)?.digest, before.digest);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn receipt(document: &[u8], record: &Record, as_of: &AsOf) -> Result<Receipt, ImportError> {
    let trial = import::trial(document)?.output;
    let read = std::str::from_utf8(document).unwrap_or_default();
    Ok(over(read, record, as_of, &evaluate(&trial, record, as_of)))
}

/// The receipt of an evaluation that was made of this document, which can be read.
pub(crate) fn over(document: &str, record: &Record, as_of: &AsOf, evaluation: &Evaluation) -> Receipt {
    let written = |fact| canonical(&text(fact).unwrap_or_default(), &["id", "note"]);
    let facts: Vec<String> = record.facts.iter().map(written).collect();
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    let facts: Vec<&str> = order(&facts).into_iter().filter_map(|at| facts.get(at)).copied().collect();
    let anchors = as_of.anchors.iter().map(|(anchor, date)| (anchor.name().into_owned(), date));
    let mut receipt = Receipt {
        format: FORMAT.to_owned(),
        engine: crate::VERSION.to_owned(),
        as_of: as_of.date(),
        anchors: anchors.collect(),
        trial: of_document(document),
        facts: digest(&["[", &facts.join(","), "]"].concat()),
        evaluation: digest(&canonical(&text(evaluation).unwrap_or_default(), &["diagnostics"])),
        digest: String::new(),
    };
    receipt.digest = digest(&canonical(&text(&receipt).unwrap_or_default(), &["digest"]));
    receipt
}

/// The digest of a trial document.
pub(crate) fn of_document(document: &str) -> String {
    digest(&canonical(document, &[]))
}

/// The canonical form of a JSON text, without these keys of the outermost object; empty where it is not JSON.
pub(crate) fn canonical(text: &str, without: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    if let Ok(root) = json::parse(text) {
        write(&root, without, &mut out);
    }
    out
}

/// The canonical form of a value. INVARIANT: the depth is bounded by the parser.
pub(crate) fn write(node: &Node<'_>, without: &[&str], out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Truth(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number),
        Value::Text(text) => quote(text, out),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                write(item, &[], out);
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(entries) => {
            let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_ref()).collect();
            out.push('{');
            let start = out.len();
            for entry in order(&keys).into_iter().filter_map(|at| entries.get(at)) {
                if without.contains(&entry.key.as_ref()) {
                    continue;
                }
                if out.len() > start {
                    out.push(',');
                }
                quote(&entry.key, out);
                out.push(':');
                write(&entry.node, &[], out);
            }
            out.push('}');
        }
    }
}

/// The places of the texts, in the order of their UTF-16 units.
fn order(texts: &[&str]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(texts.len());
    for (place, text) in texts.iter().enumerate() {
        let before =
            |other: &usize| texts.get(*other).is_some_and(|other| other.encode_utf16().le(text.encode_utf16()));
        places.insert(places.partition_point(before), place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 8785, section 3.2.3: keys in the order of UTF-16 units, not of code points.
    #[test]
    fn the_keys_of_the_standards_example_come_in_its_order() {
        let given = r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
            "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#;
        let places: Vec<Option<usize>> = [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ]
        .iter()
        .map(|value| canonical(given, &[]).find(value))
        .collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    }

    #[test]
    fn spaces_and_escapes_that_nothing_needs_go() {
        let given = " {\"b\" : [ ] , \"a\":[1, {}, null,true] ,\"c\":\"\\u0041\\/\\n\\u000f\\u007f\"} ";
        assert_eq!(canonical(given, &["b"]), "{\"a\":[1,{},null,true],\"c\":\"A/\\n\\u000f\u{7f}\"}");
    }

    /// FIPS 180-4, the examples of NIST: the empty text, and "abc".
    #[test]
    fn digests_are_those_of_the_standard() {
        assert_eq!(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
