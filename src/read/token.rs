//! Numbers, signs, units and words: the letters of the grammar.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::concept::Concept;
use crate::model::decimal::Decimal;
use crate::model::unit::BoundUnit;
use crate::model::wording::Wording;

use super::fold::{Glyph, fold};
use super::words::{phrase, words};

/// On which side of a number the value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Less,
    AtMost,
    More,
    AtLeast,
}

/// One letter of the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Decimal),
    /// Right after its number.
    Unit(String),
    /// Before its number.
    Sign(Sign),
    /// After its number: "or more".
    After(Sign),
    /// Between two numbers.
    To,
    /// A word that names a concept.
    Name(&'static str),
    Word(String),
    Mark(char),
}

/// A token and its glyphs.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// No sentence with more tokens is looked at.
pub(super) const MOST: usize = 120;

/// The tokens of a stretch; `None` where there are too many.
pub(super) fn tokens(text: &[Glyph]) -> Option<Vec<Placed>> {
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    while let Some(glyph) = text.get(at) {
        if glyph.sign.is_whitespace() {
            at += 1;
            continue;
        }
        let rest = text.get(at..)?;
        let (token, length) =
            number(rest).or_else(|| comparator(rest)).or_else(|| chinese(rest)).unwrap_or_else(|| plain(rest));
        let counts = matches!(token, Token::Number(_));
        found.push(Placed { token, from: at, to: at + length });
        at += length;
        if counts && let Some((unit, length)) = text.get(at..).and_then(unit) {
            found.push(Placed { token: Token::Unit(unit), from: at, to: at + length });
            at += length;
        }
        if found.len() > MOST {
            return None;
        }
    }
    Some(joined(found))
}

fn plain(rest: &[Glyph]) -> (Token, usize) {
    let latin = |glyph: &&Glyph| glyph.sign.is_alphanumeric() && !is_chinese(glyph.sign);
    let length = rest.iter().take_while(latin).count();
    let first = rest.first().map_or(' ', |glyph| glyph.sign);
    if length == 0 {
        let token = if is_chinese(first) { Token::Word(first.to_string()) } else { Token::Mark(first) };
        return (token, 1);
    }
    let word = rest.iter().take(length).flat_map(|glyph| glyph.sign.to_lowercase()).collect();
    (Token::Word(word), length)
}

pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

/// `18`, `1.5`, `100,000`, `18,5`. What may be a thousand or a fraction (`50.000`) is none.
fn number(rest: &[Glyph]) -> Option<(Token, usize)> {
    let run =
        rest.iter().take(24).take_while(|glyph| glyph.sign.is_ascii_digit() || matches!(glyph.sign, '.' | ',')).count();
    let text: String = rest.iter().take(run).map(|glyph| glyph.sign).collect();
    let text = text.trim_end_matches(['.', ',']);
    let next = rest.get(text.len()).map(|glyph| glyph.sign);
    if text.is_empty() || text.len() > 16 || next == Some('^') || text.starts_with([',', '.']) {
        return None;
    }
    let thousands = |parts: &[&str]| {
        parts.len() > 1
            && parts.first().is_some_and(|first| (1..=3).contains(&first.len()) && *first != "0")
            && parts.iter().skip(1).all(|part| part.len() == 3)
    };
    let commas: Vec<&str> = text.split(',').collect();
    let plain = match (commas.as_slice(), text.contains('.')) {
        ([whole], false) => (*whole).to_owned(),
        ([whole], true) => {
            let dots: Vec<&str> = whole.split('.').collect();
            if dots.len() > 2 || thousands(&dots) {
                return None;
            }
            (*whole).to_owned()
        }
        (parts, false) if thousands(parts) => parts.concat(),
        ([whole, fraction], false) if (1..=2).contains(&fraction.len()) => format!("{whole}.{fraction}"),
        _ => return None,
    };
    Some((Token::Number(plain.parse().ok()?), text.len()))
}

fn comparator(rest: &[Glyph]) -> Option<(Token, usize)> {
    let sign = |at: usize| rest.get(at).map(|glyph| glyph.sign);
    let (sign, length) = match (sign(0)?, sign(1)) {
        ('>', Some('=')) | ('=', Some('>')) => (Sign::AtLeast, 2),
        ('<', Some('=')) | ('=', Some('<')) => (Sign::AtMost, 2),
        ('≥', _) => (Sign::AtLeast, 1),
        ('≤', _) => (Sign::AtMost, 1),
        ('>', Some(c)) if c != '>' && c != '<' => (Sign::More, 1),
        ('<', Some(c)) if c != '>' && c != '<' => (Sign::Less, 1),
        _ => return None,
    };
    Some((Token::Sign(sign), length))
}

const CHINESE: [(&str, Token); 30] = [
    ("大于或等于", Token::Sign(Sign::AtLeast)),
    ("大于等于", Token::Sign(Sign::AtLeast)),
    ("不小于", Token::Sign(Sign::AtLeast)),
    ("不低于", Token::Sign(Sign::AtLeast)),
    ("不少于", Token::Sign(Sign::AtLeast)),
    ("至少", Token::Sign(Sign::AtLeast)),
    ("年满", Token::Sign(Sign::AtLeast)),
    ("小于或等于", Token::Sign(Sign::AtMost)),
    ("小于等于", Token::Sign(Sign::AtMost)),
    ("不大于", Token::Sign(Sign::AtMost)),
    ("不超过", Token::Sign(Sign::AtMost)),
    ("不高于", Token::Sign(Sign::AtMost)),
    ("不多于", Token::Sign(Sign::AtMost)),
    ("大于", Token::Sign(Sign::More)),
    ("超过", Token::Sign(Sign::More)),
    ("高于", Token::Sign(Sign::More)),
    ("小于", Token::Sign(Sign::Less)),
    ("低于", Token::Sign(Sign::Less)),
    ("少于", Token::Sign(Sign::Less)),
    ("不足", Token::Sign(Sign::Less)),
    ("未满", Token::Sign(Sign::Less)),
    ("及以上", Token::After(Sign::AtLeast)),
    ("或以上", Token::After(Sign::AtLeast)),
    // By convention the bound itself lies inside.
    ("以上", Token::After(Sign::AtLeast)),
    ("及以下", Token::After(Sign::AtMost)),
    ("或以下", Token::After(Sign::AtMost)),
    ("以下", Token::After(Sign::AtMost)),
    ("至", Token::To),
    ("到", Token::To),
    ("之间", Token::Mark('之')),
];

/// Words that are one token; each character of any other is one.
const CHINESE_WORDS: [&str; 25] = [
    "评分",
    "水平",
    "计数",
    "性别不限",
    "男女不限",
    "男女均可",
    "男女兼有",
    "男性",
    "女性",
    "男",
    "女",
    "患者",
    "受试者",
    "成年",
    "志愿者",
    "年龄",
    "或者",
    "并且",
    "且",
    "或",
    "和",
    "及",
    "筛选时",
    "入组时",
    "签署知情同意书时",
];

fn chinese(rest: &[Glyph]) -> Option<(Token, usize)> {
    let first = rest.first()?.sign;
    if !is_chinese(first) {
        return None;
    }
    let start: String = rest.iter().take(16).map(|glyph| glyph.sign).collect();
    if let Some((word, token)) = CHINESE.iter().find(|(word, _)| start.starts_with(word)) {
        return Some((token.clone(), word.chars().count()));
    }
    let name = (2..=start.chars().count()).rev().find_map(|length| {
        let word: String = start.chars().take(length).collect();
        names().get(&word).map(|id| (Token::Name(id), length))
    });
    let word = CHINESE_WORDS.iter().find(|word| start.starts_with(**word));
    let word = word.map(|word| (Token::Word((*word).to_owned()), word.chars().count()));
    match (name, word) {
        (Some((_, name)), Some((token, length))) if length >= name => Some((token, length)),
        (None, word) => word,
        (name, _) => name,
    }
}

/// The names of what has a value: `neutrophil count` → `neutrophils`.
fn names() -> &'static BTreeMap<String, &'static str> {
    static NAMES: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
        for (concept, wording) in Concept::all().zip(Wording::all()) {
            let others = wording.synonyms_english.iter().chain(&wording.synonyms_chinese);
            for name in [concept.english, concept.chinese].iter().chain(others) {
                let key = key(&fold(name));
                // A name of two things names neither.
                names.entry(key).and_modify(|id| *id = id.filter(|id| *id == concept.id)).or_insert(Some(concept.id));
            }
        }
        names.into_iter().filter_map(|(name, id)| Some((name, id?))).collect()
    })
}

fn key(text: &[Glyph]) -> String {
    let said = phrase(&words(text, 12));
    if said.chars().any(is_chinese) { said.replace(' ', "") } else { said }
}

/// The concept that a phrase names.
pub(super) fn named(said: &str) -> Option<&'static str> {
    names().get(said).copied()
}

const LIMITS: [(&str, &str); 24] = [
    ("times the upper limit of normal", "xULN"),
    ("times upper limit of normal", "xULN"),
    ("times the institutional upper limit of normal", "xULN"),
    ("times the upper limit of the normal range", "xULN"),
    ("times the upper limit of the norm", "xULN"),
    ("times the upper limit", "xULN"),
    ("times the upper normal limit", "xULN"),
    ("times the uln", "xULN"),
    ("times uln", "xULN"),
    ("x the upper limit of normal", "xULN"),
    ("x upper limit of normal", "xULN"),
    ("x upper limits of normal", "xULN"),
    ("x upper normal limit", "xULN"),
    ("x institutional upper limit of normal", "xULN"),
    ("x institutional uln", "xULN"),
    ("x the uln", "xULN"),
    ("x uln", "xULN"),
    ("xuln", "xULN"),
    ("uln", "xULN"),
    ("x unl", "xULN"),
    ("xunl", "xULN"),
    ("倍正常值上限", "xULN"),
    ("倍正常上限", "xULN"),
    ("x lln", "xLLN"),
];
/// Units that are words of everyday language first.
const NO_UNITS: [&str; 12] = ["a", "in", "c", "f", "k", "ph", "index", "ratio", "t", "m", "eq", "mil"];

/// The unit right after a number, and how many glyphs it takes.
fn unit(rest: &[Glyph]) -> Option<(String, usize)> {
    let glued = rest.first()?.sign == '-';
    let skipped =
        usize::from(glued) + rest.iter().skip(usize::from(glued)).take_while(|glyph| glyph.sign == ' ').count();
    let rest: Vec<char> = rest.get(skipped..)?.iter().take(52).map(|glyph| glyph.sign).collect();
    let ends = |length: usize| {
        let (last, next) = (rest.get(length - 1), rest.get(length));
        let latin = |c: &&char| c.is_alphanumeric() && !is_chinese(**c);
        last.is_some_and(|last| is_chinese(*last)) || !(last.filter(latin).is_some() && next.filter(latin).is_some())
    };
    let lower: String =
        rest.iter().map(|c| if *c == '×' || *c == '*' { 'x' } else { c.to_ascii_lowercase() }).collect();
    if let Some((said, unit)) = LIMITS.iter().find(|(said, _)| lower.starts_with(said)) {
        let mut length = said.chars().count();
        for tail in [" (uln)", "(uln)"] {
            let further: String = lower.chars().skip(length).collect();
            length += if further.starts_with(tail) { tail.len() } else { 0 };
        }
        return ends(length).then(|| ((*unit).to_owned(), skipped + length));
    }
    let first = *rest.first()?;
    if !(first.is_alphabetic() || matches!(first, '%' | '/' | '°' | '×' | '*' | 'µ')) {
        return None;
    }
    // `109/L` is a power that lost its height.
    let lowered = |text: &str| {
        text.match_indices("10")
            .any(|(at, _)| text.get(at + 2..).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())))
    };
    (1..=rest.len().min(26)).rev().filter(|length| ends(*length)).find_map(|length| {
        let text: String = rest.iter().take(length).collect();
        let fits = !text.ends_with([' ', '.', ',', ';', '(', ')', '-', '/', '[', ']', ':', '，', '。', '、'])
            && !NO_UNITS.contains(&text.to_ascii_lowercase().as_str())
            && !lowered(&text)
            && BoundUnit::from_text(&text).is_some();
        fits.then(|| (written(&text), skipped + length))
    })
}

/// Units of time as documents write them; any other as the text does.
fn written(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "years" | "year" | "yrs" | "yr" | "y" | "岁" | "周岁" | "年" => "y".to_owned(),
        "months" | "month" | "mos" | "mo" | "个月" | "月" => "mo".to_owned(),
        "weeks" | "week" | "wks" | "wk" | "周" => "wk".to_owned(),
        "days" | "day" | "d" | "天" | "日" => "d".to_owned(),
        "hours" | "hour" | "hrs" | "hr" | "h" | "小时" => "h".to_owned(),
        "points" | "point" | "score" | "scores" | "分" | "评分" => "{score}".to_owned(),
        _ => text.to_owned(),
    }
}

/// Signs in words, the longest first.
const SPOKEN: [(&str, Token); 56] = [
    ("greater than or equal to", Token::Sign(Sign::AtLeast)),
    ("more than or equal to", Token::Sign(Sign::AtLeast)),
    ("higher than or equal to", Token::Sign(Sign::AtLeast)),
    ("equal to or greater than", Token::Sign(Sign::AtLeast)),
    ("equal to or more than", Token::Sign(Sign::AtLeast)),
    ("greater or equal to", Token::Sign(Sign::AtLeast)),
    ("greater than or equal", Token::Sign(Sign::AtLeast)),
    ("less than or equal to", Token::Sign(Sign::AtMost)),
    ("lower than or equal to", Token::Sign(Sign::AtMost)),
    ("equal to or less than", Token::Sign(Sign::AtMost)),
    ("less or equal to", Token::Sign(Sign::AtMost)),
    ("less than or equal", Token::Sign(Sign::AtMost)),
    ("not less than", Token::Sign(Sign::AtLeast)),
    ("no less than", Token::Sign(Sign::AtLeast)),
    ("not more than", Token::Sign(Sign::AtMost)),
    ("no more than", Token::Sign(Sign::AtMost)),
    ("not greater than", Token::Sign(Sign::AtMost)),
    ("no greater than", Token::Sign(Sign::AtMost)),
    ("no older than", Token::Sign(Sign::AtMost)),
    ("not older than", Token::Sign(Sign::AtMost)),
    ("no younger than", Token::Sign(Sign::AtLeast)),
    ("not exceeding", Token::Sign(Sign::AtMost)),
    ("minimum of", Token::Sign(Sign::AtLeast)),
    ("maximum of", Token::Sign(Sign::AtMost)),
    ("greater than", Token::Sign(Sign::More)),
    ("more than", Token::Sign(Sign::More)),
    ("higher than", Token::Sign(Sign::More)),
    ("older than", Token::Sign(Sign::More)),
    ("less than", Token::Sign(Sign::Less)),
    ("lower than", Token::Sign(Sign::Less)),
    ("fewer than", Token::Sign(Sign::Less)),
    ("younger than", Token::Sign(Sign::Less)),
    ("at least", Token::Sign(Sign::AtLeast)),
    ("at most", Token::Sign(Sign::AtMost)),
    ("up to", Token::Sign(Sign::AtMost)),
    ("or more", Token::After(Sign::AtLeast)),
    ("or greater", Token::After(Sign::AtLeast)),
    ("or higher", Token::After(Sign::AtLeast)),
    ("or above", Token::After(Sign::AtLeast)),
    ("or over", Token::After(Sign::AtLeast)),
    ("or older", Token::After(Sign::AtLeast)),
    ("and above", Token::After(Sign::AtLeast)),
    ("and over", Token::After(Sign::AtLeast)),
    ("and older", Token::After(Sign::AtLeast)),
    ("or less", Token::After(Sign::AtMost)),
    ("or lower", Token::After(Sign::AtMost)),
    ("or below", Token::After(Sign::AtMost)),
    ("or fewer", Token::After(Sign::AtMost)),
    ("or younger", Token::After(Sign::AtMost)),
    ("and younger", Token::After(Sign::AtMost)),
    ("above", Token::Sign(Sign::More)),
    ("over", Token::Sign(Sign::More)),
    ("exceeding", Token::Sign(Sign::More)),
    ("below", Token::Sign(Sign::Less)),
    ("under", Token::Sign(Sign::Less)),
    ("to", Token::To),
];

/// Signs in words become signs, and `> or =` one sign.
fn joined(tokens: Vec<Placed>) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let (token, length) = spoken(tokens.get(at..).unwrap_or_default()).unwrap_or((first.token.clone(), 1));
        let to = tokens.get(at + length - 1).map_or(first.to, |last| last.to);
        found.push(Placed { token, from: first.from, to });
        at += length;
    }
    between(&mut found);
    found
}

/// "Between 3 and 5": its "and" is a "to".
fn between(tokens: &mut [Placed]) {
    for at in 0..tokens.len() {
        let Some(rest) = tokens.get_mut(at..) else { return };
        let [first, low, further @ ..] = rest else { return };
        let opens = first.token == Token::Word("between".to_owned()) && matches!(low.token, Token::Number(_));
        let skipped = usize::from(matches!(further.first(), Some(placed) if matches!(placed.token, Token::Unit(_))));
        if let Some([and, high, ..]) = further.get_mut(skipped..)
            && opens
            && and.token == Token::Word("and".to_owned())
            && matches!(high.token, Token::Number(_))
        {
            and.token = Token::To;
        }
    }
}

fn spoken(rest: &[Placed]) -> Option<(Token, usize)> {
    let token = |at: usize| rest.get(at).map(|placed| &placed.token);
    if let (Token::Sign(sign), Some(between), Some(Token::Mark('='))) = (token(0)?, token(1), token(2)) {
        let or = matches!(between, Token::Mark('/')) || *between == Token::Word("or".to_owned());
        match sign {
            Sign::More | Sign::AtLeast if or => return Some((Token::Sign(Sign::AtLeast), 3)),
            Sign::Less | Sign::AtMost if or => return Some((Token::Sign(Sign::AtMost), 3)),
            Sign::More | Sign::AtLeast | Sign::Less | Sign::AtMost => {}
        }
    }
    let mut said = String::new();
    for placed in rest.iter().take(5) {
        let Token::Word(word) = &placed.token else { break };
        said.push_str(word);
        said.push(' ');
    }
    if said.is_empty() {
        return None;
    }
    let begins = |text: &str| said.strip_prefix(text).is_some_and(|rest| rest.starts_with(' '));
    let fits = |entry: &&(&str, Token)| {
        let (text, spoken) = entry;
        // "or over 75" is another bound, "75 or over" the same.
        let goes_on = match token(text.split(' ').count()) {
            Some(Token::Number(_)) => true,
            Some(Token::Word(word)) => word == "than",
            _ => false,
        };
        begins(text) && !(goes_on && matches!(spoken, Token::After(_)))
    };
    let (text, token) = SPOKEN.iter().find(fits)?;
    Some((token.clone(), text.split(' ').count()))
}
