//! Texts from outside: no signs that nobody sees, no tags, no entities.

use crate::read;

/// A text of a field: escapes and entities undone, without blanks around it; none where nothing is left.
pub(crate) fn said(text: &str) -> Option<String> {
    Some(read::plain(&lines(text)?)).filter(|text| !text.is_empty())
}

/// A text as it stands, line by line, without the signs that only steer a screen or the direction of writing.
pub(crate) fn lines(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let shown: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !(c.is_control() || steers(*c))).collect();
    let shown = shown.trim_matches(|c: char| c == '\n' || c == ' ').to_owned();
    Some(shown).filter(|text| !text.trim().is_empty())
}

fn steers(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}')
}

/// A text that is HTML as lines: items of lists begin with a mark and are indented below their list, each paragraph,
/// row and break begins a line, and every other tag is nothing.
pub(super) fn from_html(html: &str) -> Option<String> {
    const SPACES: usize = 2;
    let mut text = String::with_capacity(html.len());
    let mut depth = 0_usize;
    let mut rest = html;
    let begin = |text: &mut String, depth: usize, mark: &str| {
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(start..).unwrap_or_default();
        let is_blank = line.trim().trim_start_matches('*').is_empty();
        // a paragraph that an item begins with stands behind the item's mark
        if is_blank && mark.is_empty() && line.contains('*') {
            return;
        }
        if is_blank {
            text.truncate(start);
        } else {
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        text.extend(std::iter::repeat_n(' ', depth.saturating_sub(1) * SPACES));
        text.push_str(if mark.is_empty() && depth > 0 { "  " } else { mark });
    };
    while let Some((before, after)) = rest.split_once('<') {
        push(&mut text, before);
        // a sign of less-than that begins no tag
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            text.push('<');
            rest = after;
            continue;
        }
        let Some((tag, after)) = after.split_once('>') else {
            text.push('<');
            rest = after;
            continue;
        };
        rest = after;
        let name: String =
            tag.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | ':' | '!')).collect();
        match name.trim_end_matches('/').to_ascii_lowercase().as_str() {
            "li" => begin(&mut text, depth, "* "),
            "ul" | "ol" => depth = (depth + 1).min(16),
            "/ul" | "/ol" => {
                depth = depth.saturating_sub(1);
                begin(&mut text, depth, "");
            }
            "br" | "p" | "div" | "tr" | "h1" | "h2" | "h3" | "h4" | "/p" | "/div" | "/tr" => {
                begin(&mut text, depth, "")
            }
            "td" | "th" | "/td" | "/th" => text.push(' '),
            "script" | "style" => {
                let end = format!("</{name}");
                rest = rest.split_once(end.as_str()).map_or("", |(_, after)| after);
                rest = rest.split_once('>').map_or("", |(_, after)| after);
            }
            _ => {}
        }
    }
    push(&mut text, rest);
    lines(&text)
}

/// The blanks between words of HTML are one.
fn push(text: &mut String, words: &str) {
    let mut blank = text.ends_with([' ', '\n']) || text.is_empty();
    for c in words.chars() {
        if c.is_whitespace() && c != '\u{A0}' {
            if !blank {
                text.push(' ');
            }
            blank = true;
        } else {
            text.push(c);
            blank = false;
        }
    }
}

/// A text in which a break is all that is HTML of it: exports write it so, beside bare signs of less-than.
pub(super) fn with_breaks(text: &str) -> Option<String> {
    let mut plain = text.to_owned();
    for tag in ["<br>", "<br/>", "<br />", "<BR>", "<BR/>", "&lt;br&gt;", "&lt;br/&gt;"] {
        plain = plain.replace(tag, "\n");
    }
    lines(&plain)
}

/// A text that was wrapped at a margin, its sentences whole again: a line that begins no item goes on with the one above.
pub(super) fn unwrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            open = false;
            lines.push(String::new());
        } else if open && !begins_an_item(words) {
            if let Some(last) = lines.last_mut() {
                last.push(' ');
                last.push_str(words);
            }
        } else {
            lines.push(line.trim_end().to_owned());
            open = true;
        }
        open &= !words.ends_with(':');
    }
    lines.join("\n")
}

/// A mark of a list, or a number with its stop.
fn begins_an_item(words: &str) -> bool {
    let bullet =
        |mark: char| words.starts_with(mark) && words.get(mark.len_utf8()..).is_some_and(|r| r.starts_with(' '));
    let numbered = |words: &str, end: &[char]| {
        let digits = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
        let after = words.get(digits..).and_then(|rest| rest.strip_prefix(end));
        (1..=3).contains(&digits) && after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    ['-', '*', '•', '·', 'o', '+'].into_iter().any(bullet)
        || numbered(words, &['.', ')', '、'])
        || words.strip_prefix('(').is_some_and(|rest| numbered(rest, &[')']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_lines() {
        let html =
            "<p>Any of</p><ol>\n<li><p>a &lt; 5</p></li> <li>b<ul><li>c</li></ul></li></ol><script>x()</script>d";
        assert_eq!(from_html(html).as_deref(), Some("Any of\n* a &lt; 5\n* b\n  * c\nd"));
        assert_eq!(from_html("ALT < 5 and > 3").as_deref(), Some("ALT < 5 and > 3"));
        assert_eq!(from_html("<b></b>"), None);
    }

    #[test]
    fn wrapped_sentences_are_whole_again() {
        let text = "  -  INCLUSION CRITERIA:\n\n    1.  older than\n        18 years\n    2.  a dose of\n        2.5 mg\n\n  End";
        assert_eq!(
            unwrapped(text),
            "  -  INCLUSION CRITERIA:\n\n    1.  older than 18 years\n    2.  a dose of 2.5 mg\n\n  End"
        );
    }

    #[test]
    fn what_steers_a_screen_is_gone() {
        assert_eq!(lines("a\u{202E}b\r\nc\u{0}\u{FEFF}").as_deref(), Some("ab\nc"));
        assert_eq!(said("x &amp;lt; \\> 5").as_deref(), Some("x < > 5"));
        assert_eq!(said(" \u{200B} "), None);
    }
}
