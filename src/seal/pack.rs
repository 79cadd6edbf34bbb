//! What is shared ↔ few bytes, padded.
//!
//! | bytes | what |
//! |---|---|
//! | 2 | the length of the text, high byte first |
//! | 8 | the document's digest |
//! | n | the text, squeezed |
//! | 0…63 | zeros, up to a multiple of 64: the length tells little of what was answered |
//!
//! The text has one line for the check, one for each answer (`a`) and each note (`n`), with tabs between their parts.

use super::content::{Answered, Content, Note, TooMuch};
use super::squeeze;

/// The padded length is a multiple of this, in bytes.
pub(super) const BLOCK: usize = 64;

const DIGEST: usize = 8;
const LONGEST: usize = 32 * 1024;
const GO_ON: &str = "go-on";
/// Stands for a line feed in a note.
const BREAK: char = '\r';

pub(super) fn packed(content: &Content) -> Result<Vec<u8>, TooMuch> {
    let text = text_of(content);
    if !content.is_sound() || text.len() > LONGEST {
        return Err(TooMuch);
    }
    let length = u16::try_from(text.len()).map_err(|_| TooMuch)?;
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend(digest_bytes(&content.document).ok_or(TooMuch)?);
    bytes.extend(squeeze::squeezed(text.as_bytes()));
    bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
    Ok(bytes)
}

/// `None` for anything that [`packed`] does not write.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Content> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (digest, body) = rest.split_first_chunk::<DIGEST>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let text = String::from_utf8(squeeze::unsqueezed(body, length.min(LONGEST))).ok()?;
    let content = content_of(&text, digest.iter().map(|byte| format!("{byte:02x}")).collect())?;
    (packed(&content).ok()? == bytes).then_some(content)
}

fn text_of(content: &Content) -> String {
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut lines = vec![
        [
            content.trial.clone(),
            content.made.clone(),
            part(&content.ends),
            content.locale.clone(),
            content.respondent.clone(),
            part(&content.outcome),
            if content.go_on { GO_ON.to_owned() } else { String::new() },
        ]
        .join("\t"),
    ];
    lines.extend(content.answers.iter().map(|Answered { question, day, fields }| {
        let fields: String = fields.iter().map(|[name, value]| format!("\t{name}\t{value}")).collect();
        format!("a\t{question}\t{}{fields}", part(day))
    }));
    lines.extend(content.notes.iter().map(|Note { block, exact, start, text }| {
        format!("n\t{block}\t{exact}\t{start}\t{}", text.replace('\n', &BREAK.to_string()))
    }));
    lines.join("\n")
}

fn content_of(text: &str, document: String) -> Option<Content> {
    let mut lines = text.split('\n');
    let head: Vec<&str> = lines.next()?.split('\t').collect();
    let [trial, made, ends, locale, respondent, outcome, go_on] = *head.as_slice() else {
        return None;
    };
    let mut content = Content {
        trial: trial.to_owned(),
        document,
        made: made.to_owned(),
        ends: given(ends),
        locale: locale.to_owned(),
        respondent: respondent.to_owned(),
        outcome: given(outcome),
        go_on: go_on == GO_ON,
        ..Content::default()
    };
    for line in lines {
        let parts: Vec<&str> = line.split('\t').collect();
        match *parts.as_slice() {
            ["a", question, day, ref fields @ ..] => {
                let fields =
                    fields.chunks(2).map(|pair| <[&str; 2]>::try_from(pair).ok().map(|pair| pair.map(str::to_owned)));
                let fields = fields.collect::<Option<_>>()?;
                content.answers.push(Answered { question: question.to_owned(), day: given(day), fields });
            }
            ["n", block, exact, start, text] => content.notes.push(Note {
                block: block.to_owned(),
                exact: exact.to_owned(),
                start: start.parse().ok()?,
                text: text.replace(BREAK, "\n"),
            }),
            _ => return None,
        }
    }
    Some(content)
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn digest_bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect()
}
