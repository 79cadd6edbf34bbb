//! Headings inside a line.

use super::fold::{Glyph, trim};
use super::people::mentions;
use super::section::{CHINESE, LEADING, is_criteria, kind};
use super::words::words;

/// A line in which a heading is glued to what stands before it, cut there.
pub(super) fn split(whole: &[Glyph]) -> Vec<&[Glyph]> {
    let mut parts = Vec::new();
    let mut rest = whole;
    while let Some((at, body)) = glued(rest) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        if before.is_empty() || after.is_empty() {
            break;
        }
        parts.push(trim(before));
        // A heading ends where its colon does; what follows is looked at anew.
        let (heading, follows) = after.split_at_checked(body).unwrap_or((after, &[]));
        if glued(follows).is_none() {
            parts.push(after);
            return parts;
        }
        parts.push(trim(heading));
        rest = trim(follows);
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Where the first heading after the beginning stands, and how long it is.
fn glued(text: &[Glyph]) -> Option<(usize, usize)> {
    let sign = |at: usize| text.get(at).map(|glyph| glyph.sign);
    let mut before = None;
    for at in 0..text.len() {
        let here = sign(at)?;
        let boundary = matches!(before, Some('.' | ';' | ')' | ':' | '。' | ']' | '，'));
        if !here.is_whitespace() {
            before = Some(here);
        }
        let capital = matches!(here, 'I' | 'E' | 'N');
        let fresh = boundary && here.is_uppercase() && sign(at - 1).is_some_and(|c| !c.is_alphanumeric());
        if at > 0 && fresh && text.len() - at < 80 && ends_in_title(text.get(at..)?) {
            return Some((at, text.len() - at));
        }
        // "Signed consent Exclusion Criteria:" has nothing between the two.
        let torn = capital && sign(at.wrapping_sub(1)).is_some_and(char::is_whitespace) && text.len() - at < 24;
        if at == 0 || !((boundary || torn) && capital || matches!(here, '入' | '纳' | '排' | '不' | '非')) {
            continue;
        }
        let rest = text.get(at..)?;
        if capital {
            let two = words(rest, 2);
            let (Some(head), Some(criteria)) = (two.first(), two.get(1)) else { continue };
            if kind(&head.text).is_none() || !is_criteria(&criteria.text) {
                continue;
            }
            let shouted = rest.get(criteria.from).is_some_and(|glyph| glyph.sign.is_uppercase());
            let after = trim(rest.get(criteria.to..)?);
            let colon = after.first().is_some_and(|glyph| glyph.sign == ':');
            let torn = !boundary;
            if torn && !(colon && shouted && after.len() == 1 && ends_an_item(text.get(..at)?)) {
                continue;
            }
            if colon || after.is_empty() && shouted {
                return Some((at, criteria.to + usize::from(colon)));
            }
        } else {
            let start: String = rest.iter().take(8).map(|glyph| glyph.sign).collect();
            let known =
                CHINESE.iter().find(|(name, _)| start.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
            if let Some((name, _)) = known
                && sign(at - 1).is_some_and(|c| !c.is_alphabetic())
            {
                return Some((at, name.chars().count() + 1));
            }
        }
    }
    None
}

/// What stands before a heading with nothing between them is an item with its mark, and no part of the heading: "does
/// not meet the Exclusion Criteria:", "Registry arm Inclusion Criteria:".
fn ends_an_item(before: &[Glyph]) -> bool {
    let marked = before.first().is_some_and(|glyph| !glyph.sign.is_alphabetic());
    let words = words(before, 60);
    let part = [
        "any", "per", "of", "all", "meet", "meets", "met", "and", "or", "with", "fulfil", "fulfill", "to", "in",
        "specific", "only",
    ];
    let last =
        words.last().is_some_and(|word| LEADING.contains(&word.text.as_str()) || part.contains(&word.text.as_str()));
    marked && !last && !mentions(&words)
}

/// "Image inclusion criteria" to the end of a line.
fn ends_in_title(text: &[Glyph]) -> bool {
    let words = words(text, 7);
    let [before @ .., head, criteria] = words.as_slice() else { return false };
    let after = text.get(criteria.to..).map(trim).unwrap_or_default();
    words.len() < 7
        && kind(&head.text).is_some()
        && is_criteria(&criteria.text)
        && !before.is_empty()
        && before.iter().all(|word| LEADING.contains(&word.text.as_str()))
        && matches!(after, [] | [Glyph { sign: ':', .. }])
}
