//! Headings: which list begins, for whom, and what is no heading though it says "inclusion criteria".

use super::fold::{Glyph, trim};
use super::words::{Word, near, phrase, words};

/// What the items after a heading are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// What must hold.
    Inclusion,
    /// What excludes.
    Exclusion,
    /// It cannot be told which of the two, or they are neither.
    Doubtful,
}

/// A line that begins a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heading<'g> {
    pub(super) section: Section,
    /// The words that qualify it: `for women`, `(Cohort A)`.
    pub(super) qualifier: &'g [Glyph],
    /// What of the line stands after it: the first criterion.
    pub(super) rest: &'g [Glyph],
    /// It says that the list is not the whole one.
    pub(super) partial: bool,
    /// It is a sentence and not a title.
    pub(super) sentence: bool,
}

const LEADING: [&str; 36] = [
    "the",
    "key",
    "main",
    "major",
    "general",
    "principal",
    "primary",
    "additional",
    "further",
    "other",
    "study",
    "trial",
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "eligibility",
    "specific",
    "common",
    "basic",
    "clinical",
    "angiographic",
    "imaging",
    "image",
    "target",
    "core",
    "overall",
    "initial",
    "secondary",
    "important",
    "selected",
    "volunteer",
    "donor",
    "recipient",
];

/// Words before "criteria" in a sentence that speaks of a list and does not begin one.
const SPEAKING: [&str; 14] =
    ["not", "meet", "met", "fulfil", "satisf", "any", "per", "at", "of", "violat", "no", "with", "who", "having"];

/// The heading that a line is; `plain` where it has no mark.
pub(super) fn heading(body: &[Glyph], plain: bool) -> Option<Heading<'_>> {
    let body = unadorned(body);
    title(body)
        .or_else(|| chinese(body, plain))
        .or_else(|| layout(body))
        .or_else(|| if plain { sentence(body) } else { None })
}

/// Without `**`, `#` and `_` around it.
fn unadorned(body: &[Glyph]) -> &[Glyph] {
    let adorns = |glyph: &Glyph| matches!(glyph.sign, '*' | '#' | '_' | '=') || glyph.sign.is_whitespace();
    let from = body.iter().position(|glyph| !adorns(glyph)).unwrap_or(0);
    let to = body.iter().rposition(|glyph| !adorns(glyph)).map_or(body.len(), |last| last + 1);
    body.get(from..to).unwrap_or(body)
}

fn kind(word: &str) -> Option<Section> {
    let stem = word.strip_suffix('s').unwrap_or(word);
    match stem {
        "inclusion" | "inclusionary" | "include" | "includion" => return Some(Section::Inclusion),
        "exclusion" | "exclusionary" | "exclude" | "noninclusion" => return Some(Section::Exclusion),
        _ => {}
    }
    if stem.len() < 7 {
        return None;
    }
    match (near(stem, "inclusion"), near(stem, "exclusion")) {
        (Some(a), Some(b)) if a < b => Some(Section::Inclusion),
        (Some(a), Some(b)) if b < a => Some(Section::Exclusion),
        (Some(_), Some(_)) => Some(Section::Doubtful),
        (Some(_), None) => Some(Section::Inclusion),
        (None, Some(_)) => Some(Section::Exclusion),
        (None, None) => None,
    }
}

fn is_criteria(word: &str) -> bool {
    word.len() >= 6 && (near(word, "criteria").is_some() || near(word, "criterion").is_some())
}

fn title(body: &[Glyph]) -> Option<Heading<'_>> {
    let words = words(body, 24);
    let lead = words.iter().take(5).position(|word| kind(&word.text).is_some())?;
    let head = words.get(lead)?;
    let mut section = kind(&head.text)?;
    let before = words.get(..lead)?;
    if before.last().is_some_and(|word| word.text == "non") {
        section = Section::Exclusion;
    }
    let known = before.iter().all(|word| LEADING.contains(&word.text.as_str()) || word.text == "non");
    let partial =
        before.iter().any(|word| matches!(word.text.as_str(), "key" | "main" | "major" | "principal" | "selected"));
    let mut next = lead + 1;
    let other = words.get(next..)?.iter().take(2).position(|word| kind(&word.text).is_some());
    if let Some(other) = other
        && words.get(next..next + other)?.iter().all(|word| matches!(word.text.as_str(), "and" | "or"))
    {
        section = Section::Doubtful;
        next += other + 1;
    }
    let criteria = words.get(next).is_some_and(|word| is_criteria(&word.text));
    next += usize::from(criteria);
    let end = words.get(next.checked_sub(1)?)?.to;
    let after = trim(body.get(end..)?);
    let found = |qualifier, rest| Some(Heading { section, qualifier, rest, partial, sentence: false });
    let colon = body.last().is_some_and(|glyph| glyph.sign == ':');
    let first = after.first().map(|glyph| glyph.sign);
    let alone = known && matches!(first, None | Some(':'));
    if !criteria && !alone {
        return None;
    }
    let speaks = |word: &Word| SPEAKING.iter().any(|stem| word.text.starts_with(stem));
    if !known && (before.iter().any(speaks) || !matches!(first, None | Some(':'))) {
        return None;
    }
    let rest = |from: usize| trim(after.get(from..).unwrap_or_default());
    match first {
        None => found(&[], &[]),
        Some(':') => found(&[], rest(1)),
        Some('.') if known => found(&[], rest(1)),
        Some('(' | '[') => {
            let close = after.iter().position(|glyph| matches!(glyph.sign, ')' | ']'))?;
            let tail = rest(close + 1);
            let tail = if tail.first().is_some_and(|glyph| glyph.sign == ':') { trim(tail.get(1..)?) } else { tail };
            found(after.get(1..close)?, tail)
        }
        _ if !known => None,
        _ if colon && words.len() < 20 => found(after.get(..after.len() - 1)?, &[]),
        Some('-') => found(rest(1), &[]),
        _ => {
            let next = words.get(next)?;
            let capital = |word: &Word| body.get(word.from).is_some_and(|glyph| glyph.sign.is_uppercase());
            let begins = |glyph: &Glyph| glyph.sign.is_uppercase() || glyph.sign.is_ascii_digit();
            if lead == 0 && capital(head) && after.first().is_some_and(begins) {
                return found(&[], after);
            }
            let short = words.len() <= 9 && body.last().is_none_or(|glyph| glyph.sign != '.');
            if matches!(next.text.as_str(), "for" | "of") && short { found(after, &[]) } else { None }
        }
    }
}

/// The headings of a registry's older layout, under which everything is required.
fn layout(body: &[Glyph]) -> Option<Heading<'_>> {
    let words = words(body, 6);
    const KNOWN: [&str; 3] = ["disease characteristics", "patient characteristics", "prior concurrent therapy"];
    let said = phrase(&words);
    let shouts = body.first().is_some_and(|glyph| glyph.sign.is_uppercase());
    (shouts && KNOWN.contains(&said.as_str())).then_some(Heading {
        section: Section::Inclusion,
        qualifier: &[],
        rest: &[],
        partial: false,
        sentence: false,
    })
}

const NEGATIVE: [&str; 18] = [
    "must not meet",
    "must not have",
    "not be eligible",
    "not eligible",
    "ineligible",
    "will be excluded",
    "are excluded",
    "is excluded",
    "be excluded",
    "not meet any",
    "not be included",
    "cannot be included",
    "not be enrolled",
    "cannot participate",
    "not participate",
    "excluded from",
    "excluded if",
    "not be able to participate",
];
const POSITIVE: [&str; 14] = [
    "must meet",
    "must satisfy",
    "must fulfill",
    "must fulfil",
    "meet all",
    "meeting all",
    "fulfill all",
    "fulfil all",
    "are eligible",
    "is eligible",
    "be eligible",
    "will be included",
    "be included",
    "satisfy all",
];
const WHO: [&str; 15] = [
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "volunteers",
    "individuals",
    "persons",
    "people",
    "candidates",
    "eligible",
    "to",
    "all",
    "each",
];

/// "Patients must meet all of the following:"
fn sentence(body: &[Glyph]) -> Option<Heading<'_>> {
    let ends = body.last().is_some_and(|glyph| glyph.sign == ':');
    let words = words(body, 40);
    let generic = words.iter().take(2).any(|word| WHO.contains(&word.text.as_str()));
    if !ends || !generic || words.len() >= 40 {
        return None;
    }
    let said = phrase(&words);
    let section = polarity(&said, &NEGATIVE, &POSITIVE)?;
    Some(Heading { section, qualifier: &[], rest: &[], partial: false, sentence: true })
}

/// What a sentence says of those who meet the list; both at once is doubtful.
fn polarity(said: &str, negative: &[&str], positive: &[&str]) -> Option<Section> {
    let excluded = negative.iter().find(|phrase| said.contains(**phrase));
    let without = excluded.map_or_else(|| said.to_owned(), |phrase| said.replace(phrase, " "));
    let included = positive.iter().any(|phrase| without.contains(phrase));
    match (included, excluded.is_some()) {
        (true, false) => Some(Section::Inclusion),
        (false, true) => Some(Section::Exclusion),
        (true, true) => Some(Section::Doubtful),
        (false, false) => None,
    }
}

const CHINESE: [(&str, Section); 15] = [
    ("不纳入标准", Section::Exclusion),
    ("非入选标准", Section::Exclusion),
    ("排除标准", Section::Exclusion),
    ("排除条件", Section::Exclusion),
    ("入选标准", Section::Inclusion),
    ("纳入标准", Section::Inclusion),
    ("入组标准", Section::Inclusion),
    ("入选条件", Section::Inclusion),
    ("纳入条件", Section::Inclusion),
    ("入组条件", Section::Inclusion),
    ("剔除标准", Section::Doubtful),
    ("脱落标准", Section::Doubtful),
    ("退出标准", Section::Doubtful),
    ("终止标准", Section::Doubtful),
    ("中止标准", Section::Doubtful),
];
const BOTH: [&str; 6] = ["入选/排除", "纳入/排除", "纳入与排除", "入选与排除", "入排标准", "纳入和排除"];

fn chinese(body: &[Glyph], plain: bool) -> Option<Heading<'_>> {
    let start: String = body.iter().take(40).map(|glyph| glyph.sign).collect();
    if start.is_ascii() {
        return None;
    }
    let partial =
        start.contains("主要入") || start.contains("主要纳") || start.contains("主要排") || start.contains("关键");
    let found = CHINESE.iter().find_map(|(name, section)| start.find(name).map(|at| (at, name, *section)));
    if let Some((at, name, section)) = found {
        let lead = start.get(..at)?.chars().count();
        let end = lead + name.chars().count();
        let after = trim(body.get(end..)?);
        let first = after.first().map(|glyph| glyph.sign);
        let section = if BOTH.iter().any(|both| start.contains(both)) { Section::Doubtful } else { section };
        if lead <= 8 && !start.get(..at)?.contains(['，', ',', '。', ';']) {
            let found = |qualifier, rest| Some(Heading { section, qualifier, rest, partial, sentence: false });
            match first {
                None => return found(&[], &[]),
                Some(':' | '。' | '.') => return found(&[], trim(after.get(1..)?)),
                Some('(') => {
                    let close = after.iter().position(|glyph| glyph.sign == ')')?;
                    let tail = trim(after.get(close + 1..)?);
                    let colon = tail.first().is_some_and(|glyph| glyph.sign == ':');
                    return found(after.get(1..close)?, tail.get(usize::from(colon)..)?);
                }
                Some(c) if c.is_ascii_digit() || matches!(c, '①'..='⒛') => return found(&[], after),
                Some(_) => {}
            }
        }
    }
    let ends = body.last().is_some_and(|glyph| matches!(glyph.sign, ':' | '。'));
    let following = start.contains("下列") || start.contains("以下");
    if !plain || !ends || !following || body.len() > 40 {
        return None;
    }
    let negative = [
        "不得入选",
        "不能入选",
        "不能入组",
        "不能纳入",
        "不得纳入",
        "不可入选",
        "予以排除",
        "将被排除",
        "不能参加",
        "排除",
    ];
    let positive = ["必须符合", "需符合", "须符合", "应符合", "均符合", "须满足", "必须满足", "方可入选", "可入选"];
    let section = polarity(&start, &negative, &positive)?;
    Some(Heading { section, qualifier: &[], rest: &[], partial, sentence: true })
}

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
        if at == 0 || !(boundary && capital || matches!(here, '入' | '纳' | '排')) {
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
            if colon || after.is_empty() && shouted {
                return Some((at, criteria.to + usize::from(colon)));
            }
        } else {
            let start: String = rest.iter().take(5).map(|glyph| glyph.sign).collect();
            let known = CHINESE.iter().any(|(name, _)| start.strip_prefix(name) == Some(":"));
            if known && sign(at - 1).is_some_and(|c| !c.is_alphabetic()) {
                return Some((at, 5));
            }
        }
    }
    None
}
