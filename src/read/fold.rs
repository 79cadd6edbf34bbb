//! The signs of a text, made alike, each with its place in the source.

use crate::diagnostic::Span;

/// One sign as the reader sees it, and where it stands in the source.
///
/// INVARIANT: the spans of all glyphs follow one another without a gap, on character boundaries, from the first byte of
/// the source to the last. Where one character became several signs, the first has its span and the others are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The sign, made alike.
    pub(super) sign: char,
    /// The character that it stands for, to be shown; none where the glyph before it shows it.
    pub(super) shown: Option<char>,
    /// It was written with a backslash: it is text, and no mark of a list.
    pub(super) escaped: bool,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// Where a stretch of glyphs stands in the source.
pub(super) fn span(glyphs: &[Glyph]) -> Option<Span> {
    Some(Span { start: glyphs.first()?.start, end: glyphs.last()?.end })
}

/// A stretch as it is shown: without escapes, its letters as they were.
pub(super) fn shown(glyphs: &[Glyph]) -> String {
    glyphs.iter().filter_map(|glyph| glyph.shown).collect::<String>().trim().to_owned()
}

/// A stretch without the blanks around it.
pub(super) fn trim(glyphs: &[Glyph]) -> &[Glyph] {
    let blank = |glyph: &Glyph| glyph.sign.is_whitespace();
    let from = glyphs.iter().position(|glyph| !blank(glyph)).unwrap_or(glyphs.len());
    let to = glyphs.iter().rposition(|glyph| !blank(glyph)).map_or(from, |last| last + 1);
    glyphs.get(from..to).unwrap_or_default()
}

/// All signs of a text.
pub(super) fn fold(source: &str) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some((read, length, escaped)) = source.get(at..).and_then(one) {
        let end = at + length;
        push(&mut glyphs, read, escaped, at, end);
        at = end;
    }
    homoglyphs(&mut glyphs);
    glyphs
}

fn push(glyphs: &mut Vec<Glyph>, read: char, escaped: bool, start: usize, end: usize) {
    if is_invisible(read) {
        match glyphs.last_mut() {
            Some(last) => last.end = end,
            None => glyphs.push(Glyph { sign: ' ', shown: None, escaped, start, end }),
        }
        return;
    }
    let mut place = (Some(read), start);
    let mut add = |sign| {
        glyphs.push(Glyph { sign, shown: place.0, escaped, start: place.1, end });
        place = (None, end);
    };
    match several(read) {
        Some(signs) => signs.chars().for_each(add),
        None => add(alike(read)),
    }
}

/// The first character of a text, its escapes and entities undone, and how many bytes that took.
fn one(text: &str) -> Option<(char, usize, bool)> {
    let first = text.chars().next()?;
    if first == '\\'
        && let Some(next) = text.get(1..).and_then(|rest| rest.chars().next()).filter(char::is_ascii_punctuation)
    {
        let (read, length) = if next == '&' { entity(text.get(1..)?) } else { None }.unwrap_or((next, 1));
        return Some((read, 1 + length, true));
    }
    let coded = match first {
        '&' => entity(text),
        '<' => code_point(text),
        _ => None,
    };
    let (read, length) = coded.unwrap_or((first, first.len_utf8()));
    Some((read, length, false))
}

/// How often an entity may be encoded anew.
const LAYERS: usize = 3;
/// The longest name of an entity, its ampersand and semicolon included.
const LONGEST: usize = 10;

/// `&lt;`, `&amp;lt;`, `&#60;` at the beginning of a text: the character, and how many bytes it took.
fn entity(text: &str) -> Option<(char, usize)> {
    let mut found = None;
    let mut at = 0;
    for _ in 0..LAYERS {
        let rest = text.get(at..)?;
        // The inner layers have lost their ampersand to the outer one.
        let name = if at == 0 { rest.strip_prefix('&')? } else { rest };
        let Some(end) = name.bytes().take(LONGEST).position(|byte| byte == b';') else { break };
        let Some(read) = name.get(..end).and_then(named) else { break };
        at += end + 1 + usize::from(at == 0);
        found = Some((read, at));
        if read != '&' {
            break;
        }
    }
    found
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    const NAMES: [(&str, char); 22] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("le", '≤'),
        ("ge", '≥'),
        ("leq", '≤'),
        ("geq", '≥'),
        ("nbsp", ' '),
        ("quot", '"'),
        ("apos", '\''),
        ("plusmn", '±'),
        ("times", '×'),
        ("micro", 'µ'),
        ("mu", 'µ'),
        ("deg", '°'),
        ("sup2", '²'),
        ("sup3", '³'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("middot", '·'),
        ("bull", '•'),
        ("alpha", 'α'),
    ];
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, read)| *read)
}

/// `<U+3001>`: a character that an export wrote as its number.
fn code_point(text: &str) -> Option<(char, usize)> {
    let number = text.strip_prefix("<U+")?;
    let end = number.bytes().take(7).position(|byte| byte == b'>')?;
    let code = u32::from_str_radix(number.get(..end)?, 16).ok()?;
    Some((char::from_u32(code)?, end + 4))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FE0F}')
        || c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// One character for one.
fn alike(c: char) -> char {
    match c {
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '˃' | '﹥' | '⩼' => '>',
        '˂' | '﹤' => '<',
        '≧' | '⩾' | '⋝' | '≽' | '⪰' => '≥',
        '≦' | '⩽' | '⋜' | '≼' | '⪯' => '≤',
        'μ' => 'µ',
        '×' | '✕' | '╳' | '✖' | '⨯' => '×',
        '～' | '〜' | '∼' | '˜' => '~',
        '–' | '—' | '―' | '‒' | '‐' | '‑' | '−' | '－' => '-',
        '‘' | '’' | '′' | '＇' => '\'',
        '“' | '”' | '″' => '"',
        '∕' | '⁄' => '/',
        // The Chinese comma never stands inside a number.
        '，' => '，',
        '、' => '、',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Several characters for one.
fn several(c: char) -> Option<&'static str> {
    Some(match c {
        'Ⅰ' => "I",
        'Ⅱ' => "II",
        'Ⅲ' => "III",
        'Ⅳ' => "IV",
        'Ⅴ' => "V",
        'Ⅵ' => "VI",
        'Ⅶ' => "VII",
        'Ⅷ' => "VIII",
        'Ⅸ' => "IX",
        'Ⅹ' => "X",
        'ⅰ' => "i",
        'ⅱ' => "ii",
        'ⅲ' => "iii",
        'ⅳ' => "iv",
        'ⅴ' => "v",
        'ⅵ' => "vi",
        '㎡' => "m2",
        '㎎' => "mg",
        '㎏' => "kg",
        '㎍' => "µg",
        '㎜' => "mm",
        '㎝' => "cm",
        '㏄' => "cc",
        '㎖' => "mL",
        '㎗' => "dL",
        '㎕' => "µL",
        '㎟' => "mm2",
        '㎠' => "cm2",
        '㎣' => "mm3",
        '㎤' => "cm3",
        '㎥' => "m3",
        '℃' => "°C",
        '℉' => "°F",
        '½' => "1/2",
        '…' => "...",
        _ => return None,
    })
}

/// Cyrillic and Greek letters inside a word that has Latin ones are the Latin letters that they look like.
fn homoglyphs(glyphs: &mut [Glyph]) {
    for word in glyphs.chunk_by_mut(|a, b| a.sign.is_alphabetic() && b.sign.is_alphabetic()) {
        if word.iter().any(|glyph| glyph.sign.is_ascii_alphabetic()) {
            word.iter_mut().for_each(|glyph| glyph.sign = latin(glyph.sign));
        }
    }
}

fn latin(c: char) -> char {
    const ALIKE: [(char, char); 32] = [
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('у', 'y'),
        ('х', 'x'),
        ('і', 'i'),
        ('ј', 'j'),
        ('ѕ', 's'),
        ('ԁ', 'd'),
        ('һ', 'h'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('І', 'I'),
        ('Ѕ', 'S'),
        ('ο', 'o'),
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ο', 'O'),
        ('Τ', 'T'),
        ('Ι', 'I'),
    ];
    ALIKE.iter().find(|(other, _)| *other == c).map_or(c, |(_, latin)| *latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(source: &str) -> String {
        fold(source).iter().map(|glyph| glyph.sign).collect()
    }

    #[test]
    fn signs_are_made_alike() {
        assert_eq!(signs(r"a \>= 3, b \&lt; 4, c \&amp;gt; 5, d &#8805; 6"), "a >= 3, b < 4, c > 5, d ≥ 6");
        assert_eq!(signs("ＮＹＨＡ Ⅲ ≦ ３．５％ 5 μg, 18～75"), "NYHA III ≤ 3.5% 5 µg, 18~75");
        assert_eq!(signs("mеԁiсаtion"), "medication");
        assert_eq!(signs("возраст"), "возраст");
        assert_eq!(signs("INR<U+3001>APTT"), "INR、APTT");
        assert_eq!(signs("AT&T; \\& &bogus;"), "AT&T; & &bogus;");
    }

    #[test]
    fn what_is_shown_keeps_its_letters() {
        assert_eq!(shown(&fold(r" NYHA Ⅲ, ≧3, \[ALT\] ")), "NYHA Ⅲ, ≧3, [ALT]");
    }
}
