//! Lines, and the marks of lists that they begin with.

use super::fold::{Glyph, trim};
use super::glued;
use super::quoted::in_corners;

/// The sort of mark: items with one sort of mark, equally far in, are of one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// None: a paragraph.
    Plain,
    /// `*`, `-`, `•`.
    Bullet,
    /// `1.`, `1)`, `1、`, `①`; the sign after the number, or the one before it.
    Number(char),
    /// `a.`, `b)`.
    Letter(char),
    /// `i.`, `iv)`.
    Roman(char),
}

/// One line, or a part of one where several items stand in it.
#[derive(Clone, Debug)]
pub(super) struct Line<'g> {
    /// How far in it begins.
    pub(super) indent: usize,
    /// Its mark: the last one, where there are several.
    pub(super) style: Style,
    /// The number of its mark.
    pub(super) number: Option<u32>,
    /// The first number of a mark that has several: 4 of `4.2.`.
    pub(super) part_of: Option<u32>,
    /// The mark was written as text: a paragraph that begins with a number.
    pub(super) broken_out: bool,
    /// An empty line stands before it.
    pub(super) after_blank: bool,
    /// All of it.
    pub(super) whole: &'g [Glyph],
    /// What follows the mark.
    pub(super) body: &'g [Glyph],
}

/// The lines that are not blank.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line<'_>> {
    let mut found: Vec<Line<'_>> = Vec::new();
    let mut after_blank = true;
    for whole in glyphs.split(|glyph| matches!(glyph.sign, '\n' | '\r')) {
        if trim(whole).is_empty() {
            after_blank = true;
            continue;
        }
        let indent = whole.iter().take_while(|glyph| glyph.sign.is_whitespace()).count();
        if in_corners(whole) {
            let last = found.last().and_then(|line| line.number);
            found.push(marked(trim(whole), indent, after_blank, last));
            after_blank = false;
            continue;
        }
        for part in glued::split(trim(whole)) {
            let last = found.last().and_then(|line| line.number);
            run_on(marked(part, indent, after_blank, last), &mut found);
            after_blank = false;
        }
    }
    found
}

fn marked(whole: &[Glyph], indent: usize, after_blank: bool, last: Option<u32>) -> Line<'_> {
    let mut line = Line {
        indent,
        style: Style::Plain,
        number: None,
        part_of: None,
        broken_out: false,
        after_blank,
        whole,
        body: whole,
    };
    // Double marks: `* 1\. - `.
    for depth in 0..3 {
        if let Some((of, length)) = decimal(line.body) {
            (line.part_of, line.number) = (Some(of), None);
            line.style = if depth == 0 { Style::Number('.') } else { line.style };
            line.body = trim(line.body.get(length..).unwrap_or_default());
            break;
        }
        let Some((style, number, length)) = mark(line.body, if depth == 0 { last } else { None }) else { break };
        line.broken_out = depth == 0 && line.body.iter().take(length).any(|glyph| glyph.escaped);
        line.body = trim(line.body.get(length..).unwrap_or_default());
        line.style = if depth == 0 || matches!(line.style, Style::Bullet) { style } else { line.style };
        line.number = number.or(line.number);
    }
    line
}

/// `4.2.`, `4.1.3`: the first number, and how many glyphs it takes.
fn decimal(text: &[Glyph]) -> Option<(u32, usize)> {
    let (mut at, mut parts, mut first) = (0, 0_usize, None);
    loop {
        let digits = text.get(at..)?.iter().take(3).take_while(|glyph| glyph.sign.is_ascii_digit()).count();
        if !(1..=2).contains(&digits) {
            break;
        }
        let number: String = text.get(at..at + digits)?.iter().map(|glyph| glyph.sign).collect();
        first = first.or_else(|| number.parse().ok());
        (at, parts) = (at + digits, parts + 1);
        match text.get(at).map(|glyph| glyph.sign) {
            Some('.') => at += 1,
            _ => break,
        }
    }
    let dotted = at > 0 && text.get(at - 1).is_some_and(|glyph| glyph.sign == '.');
    let ends = text.get(at).is_some_and(|glyph| glyph.sign.is_whitespace());
    (ends && (parts > 2 || parts == 2 && dotted)).then_some((first?, at))
}

/// The mark at the beginning: its sort, its number, and how many glyphs it takes.
fn mark(text: &[Glyph], last: Option<u32>) -> Option<(Style, Option<u32>, usize)> {
    let sign = |at: usize| text.get(at).map(|glyph| glyph.sign);
    let ends = |at: usize| sign(at).is_none_or(char::is_whitespace);
    let first = sign(0)?;
    if matches!(first, '-' | '=') && sign(1) == Some('>') && !sign(2).is_some_and(|next| next.is_ascii_digit()) {
        return Some((Style::Bullet, None, 2));
    }
    if matches!(
        first,
        '→' | '•' | '·' | '◦' | '●' | '▪' | '■' | '○' | '◆' | '►' | '➢' | '‣' | '❖' | '✓' | '\u{F0B7}' | '※'
    ) && !sign(1).is_some_and(|next| next.is_ascii_digit())
    {
        return Some((Style::Bullet, None, 1));
    }
    if matches!(first, '*' | '-' | '+' | 'o') && ends(1) && (first != 'o' || sign(1).is_some()) {
        return Some((Style::Bullet, None, 1));
    }
    if let Some(number) = circled(first) {
        return Some((Style::Number('①'), Some(number), 1));
    }
    let open = usize::from(matches!(first, '(' | '['));
    let word = text.get(open..)?.iter().take(5).take_while(|glyph| glyph.sign.is_ascii_alphanumeric()).count();
    let chinese =
        text.get(open..)?.iter().take(4).take_while(|glyph| "一二三四五六七八九十".contains(glyph.sign)).count();
    if chinese > 0 && matches!(sign(open + chinese), Some('、' | '.' | ')')) {
        return Some((Style::Number('一'), None, open + chinese + 1));
    }
    let name: String = text.get(open..open + word)?.iter().map(|glyph| glyph.sign).collect();
    let close = sign(open + word)?;
    if open > 0 && !matches!(close, ')' | ']') || !matches!(close, '.' | ')' | ']' | '、' | ':' | '，' | ',') {
        return None;
    }
    let length = open + word + 1;
    let style = if open > 0 { '(' } else { close };
    if let Ok(number) = name.parse::<u32>() {
        let glued = sign(length).is_some_and(|next| next.is_ascii_digit());
        let wide = matches!(close, '、' | '，') || !sign(length).is_some_and(|next| next.is_ascii());
        // `2.18~80` is item 2 only after item 1; `1.5 x` is a number.
        let next = last.is_some_and(|last| number == last.saturating_add(1));
        let fits = number < 200
            && match close {
                ':' | ',' => false,
                '.' if glued => next && word < 3,
                _ => open > 0 || ends(length) || wide || !glued,
            };
        return fits.then_some((Style::Number(style), Some(number), length));
    }
    if !ends(length) && sign(length).is_none_or(|next| next.is_ascii()) || matches!(close, '、' | ':' | '，' | ',') {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if name.len() == 1 && !matches!(lower.as_str(), "i" | "v" | "x") {
        let number = lower.bytes().next().map(|byte| u32::from(byte.saturating_sub(b'a')) + 1);
        return Some((Style::Letter(style), number, length));
    }
    roman(&lower).map(|number| (Style::Roman(style), Some(number), length))
}

fn circled(c: char) -> Option<u32> {
    let from = match c {
        '①'..='⑳' => '①',
        '⑴'..='⒇' => '⑴',
        '⒈'..='⒛' => '⒈',
        '❶'..='❿' => '❶',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(from) + 1)
}

fn roman(text: &str) -> Option<u32> {
    const NUMBERS: [&str; 15] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];
    NUMBERS.iter().position(|known| *known == text).and_then(|at| u32::try_from(at + 1).ok())
}

/// The items in a stretch of a line.
pub(super) fn parts(text: &[Glyph], indent: usize) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    if !text.is_empty() {
        run_on(marked(text, indent, false, None), &mut found);
    }
    found
}

/// A line that goes on counting: `1. … 2. … 3. …` are so many lines.
fn run_on<'g>(line: Line<'g>, found: &mut Vec<Line<'g>>) {
    let cuts = cuts(&line);
    let mut from = 0;
    let mut first = true;
    let ends = cuts.iter().copied().chain([line.body.len()]);
    let offset = line.whole.len() - line.body.len();
    for end in ends {
        let Some(part) = line.body.get(from..end).map(trim).filter(|part| !part.is_empty() || first) else { continue };
        if first {
            let whole = trim(line.whole.get(..offset + end).unwrap_or(line.whole));
            found.push(Line { whole, body: trim(part), ..line.clone() });
        } else {
            let own = marked(part, line.indent, false, found.last().and_then(|line| line.number));
            found.push(own);
        }
        first = false;
        from = end;
    }
}

/// Where the next items begin inside a line.
fn cuts(line: &Line<'_>) -> Vec<usize> {
    let numbered = matches!(line.style, Style::Number(_));
    let mut next = if numbered { line.number.map_or(1, |number| number.saturating_add(1)) } else { 1 };
    let mut cuts = Vec::new();
    let mut decimals = Vec::new();
    let mut before = None;
    for (at, glyph) in line.body.iter().enumerate() {
        let boundary = match before {
            None => !numbered,
            Some(c) => matches!(c, ' ' | ';' | '。' | '；'),
        };
        before = Some(glyph.sign);
        if !boundary || !(glyph.sign.is_ascii_digit() || glyph.sign == '(') {
            continue;
        }
        let Some(rest) = line.body.get(at..) else { break };
        if glyph.sign.is_ascii_digit() && decimal(rest).is_some() {
            decimals.push(at);
            continue;
        }
        let Some((Style::Number(_), Some(number), length)) = mark(rest, Some(next.saturating_sub(1))) else { continue };
        let spaced = rest.get(length).is_some_and(|glyph| !glyph.sign.is_ascii_digit());
        if number == next && spaced {
            cuts.push(at);
            next = next.saturating_add(1);
        }
    }
    if cuts.is_empty() && decimals.len() > usize::from(line.part_of.is_none()) {
        return decimals.into_iter().filter(|at| *at > 0).collect();
    }
    // One number alone is as likely a reference as an item.
    let counted = cuts.len() + usize::from(numbered);
    if counted < 2 { Vec::new() } else { cuts.into_iter().filter(|at| *at > 0).collect() }
}
