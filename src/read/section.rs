//! Headings: which list begins, for whom, and what is no heading though it says "inclusion criteria".

use super::fold::{Glyph, trim};
use super::spoken;
use super::words::{Word, near, phrase, said, words};

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

pub(super) const LEADING: [&str; 43] = [
    "study's",
    "specified",
    "detailed",
    "neuroimaging",
    "radiological",
    "radiographic",
    "ct",
    "mri",
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
    "recipient",
];

/// Words before "criteria" in a sentence that speaks of a list and does not begin one.
const SPEAKING: [&str; 14] =
    ["not", "meet", "met", "fulfil", "satisf", "any", "per", "at", "of", "violat", "no", "with", "who", "having"];

/// The heading that a line is; `plain` where it has no mark.
pub(super) fn heading(body: &[Glyph], plain: bool) -> Option<Heading<'_>> {
    let body = unadorned(body);
    let words = words(body, 24);
    title(body, &words)
        .or_else(|| chinese(body, plain))
        .or_else(|| layout(body, &words))
        .or_else(|| criteria_for(body, words.get(..12).unwrap_or(&words)))
        .or_else(|| alone(body))
        .or_else(|| if plain { spoken::sentence(body) } else { None })
}

/// Without `**`, `#` and `_` around it.
fn unadorned(body: &[Glyph]) -> &[Glyph] {
    let adorns = |glyph: &Glyph| matches!(glyph.sign, '*' | '#' | '_' | '=') || glyph.sign.is_whitespace();
    let from = body.iter().position(|glyph| !adorns(glyph)).unwrap_or(0);
    let to = body.iter().rposition(|glyph| !adorns(glyph)).map_or(body.len(), |last| last + 1);
    body.get(from..to).unwrap_or(body)
}

pub(super) fn kind(word: &str) -> Option<Section> {
    let stem = word.strip_suffix('s').unwrap_or(word);
    match stem {
        "inclusion" | "inclusionary" | "include" | "includion" => return Some(Section::Inclusion),
        "exclusion" | "exclusionary" | "exclude" | "noninclusion" | "ineligibility" => return Some(Section::Exclusion),
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

pub(super) fn is_criteria(word: &str) -> bool {
    word.len() >= 6 && (near(word, "criteria").is_some() || near(word, "criterion").is_some())
}

/// When somebody leaves a trial, or is taken out of it: neither list.
const LEAVING: [&str; 14] = [
    "withdrawal",
    "withdraw",
    "discontinuation",
    "dropout",
    "drop",
    "exit",
    "termination",
    "stopping",
    "removal",
    "elimination",
    "discharge",
    "rejection",
    "suspension",
    "deletion",
];

fn title<'g>(body: &'g [Glyph], words: &[Word]) -> Option<Heading<'g>> {
    let colon = body.last().is_some_and(|glyph| glyph.sign == ':');
    let called = |word: &Word| kind(&word.text).is_some() || LEAVING.contains(&word.text.as_str());
    let lead = words.iter().take(12).position(called)?;
    let head = words.get(lead)?;
    let leaving = LEAVING.contains(&head.text.as_str());
    let mut section = if leaving { Section::Doubtful } else { kind(&head.text)? };
    let before = words.get(..lead)?;
    if before.last().is_some_and(|word| matches!(word.text.as_str(), "non" | "no")) {
        section = Section::Exclusion;
    }
    let known = before.iter().all(|word| LEADING.contains(&word.text.as_str()) || word.text == "non");
    let partial =
        before.iter().any(|word| matches!(word.text.as_str(), "key" | "main" | "major" | "principal" | "selected"));
    let mut next = lead + 1;
    // "drop-out criteria"
    next += usize::from(leaving && words.get(next).is_some_and(|word| matches!(word.text.as_str(), "out" | "off")));
    let other = words.get(next..)?.iter().take(2).position(called);
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
    let first = after.first().map(|glyph| glyph.sign);
    let alone = known && !leaving && matches!(first, None | Some(':'));
    if !criteria && !alone || words.iter().take(lead).any(|word| is_criteria(&word.text)) {
        return None;
    }
    let speaks = |word: &Word| SPEAKING.iter().any(|stem| word.text.starts_with(stem));
    if !known
        && (before.iter().any(speaks) || !matches!(first, None | Some(':')) || lead > 5 && !colon && first.is_some())
    {
        return None;
    }
    // A sentence that ends in these words is no title.
    if !known && body.get(..head.from)?.iter().any(|glyph| matches!(glyph.sign, '.' | ';' | ':' | '，' | '。')) {
        return None;
    }
    // "Hepatocellular carcinoma specific inclusion criteria"
    let whose = if known { &[] } else { whose(body, before) };
    let made = |qualifier, rest| {
        let section = spoken::qualified(section, qualifier);
        let section = if spoken::turned(section, rest) { Section::Doubtful } else { section };
        Some(Heading { section, qualifier, rest, partial, sentence: false })
    };
    let rest = |from: usize| trim(after.get(from..).unwrap_or_default());
    match first {
        None => made(whose, &[]),
        Some(':') => made(whose, rest(1)),
        Some('.') if known => made(&[], rest(1)),
        Some('(' | '[') => {
            let close = after.iter().position(|glyph| matches!(glyph.sign, ')' | ']'))?;
            let tail = rest(close + 1);
            let tail = if tail.first().is_some_and(|glyph| glyph.sign == ':') { trim(tail.get(1..)?) } else { tail };
            made(after.get(1..close)?, tail)
        }
        _ if !known => None,
        _ if colon && words.len() < 20 => made(after.get(..after.len() - 1)?, &[]),
        Some('-') => made(rest(1), &[]),
        _ => {
            let next = words.get(next)?;
            let capital = |word: &Word| body.get(word.from).is_some_and(|glyph| glyph.sign.is_uppercase());
            let begins = |glyph: &Glyph| glyph.sign.is_uppercase() || glyph.sign.is_ascii_digit();
            let relates = matches!(next.text.as_str(), "for" | "of" | "in" | "to" | "specific" | "regarding");
            // "inclusion criteria in Group 1 (controls): adults"
            let upto = after.iter().take(120).position(|glyph| glyph.sign == ':');
            if relates && let Some(upto) = upto {
                return made(after.get(..upto)?, rest(upto + 1));
            }
            if lead == 0 && capital(head) && !relates && after.first().is_some_and(begins) {
                return made(&[], after);
            }
            let short = words.len() <= 12 && body.last().is_none_or(|glyph| glyph.sign != '.');
            if relates && short { made(after, &[]) } else { None }
        }
    }
}

/// The words before a title that say whose criteria they are.
fn whose<'g>(body: &'g [Glyph], before: &[Word]) -> &'g [Glyph] {
    let says = |word: &&Word| !LEADING.contains(&word.text.as_str());
    let from = before.iter().find(says).map_or(0, |word| word.from);
    let to = before.iter().rev().find(says).map_or(0, |word| word.to);
    let closed = body.get(to).is_some_and(|glyph| matches!(glyph.sign, ')' | ']'));
    let to = to + usize::from(closed);
    body.get(from..to).unwrap_or_default()
}

/// "Criteria for exclusion", "Reasons for exclusion:", "Criteria for withdrawal".
fn criteria_for<'g>(body: &'g [Glyph], words: &[Word]) -> Option<Heading<'g>> {
    let first = words.iter().position(|word| !LEADING.contains(&word.text.as_str()))?;
    let reasons = |word: &Word| is_criteria(&word.text) || matches!(word.text.as_str(), "reasons" | "grounds");
    words.get(first).filter(|word| reasons(word))?;
    words.get(first + 1).filter(|word| matches!(word.text.as_str(), "for" | "of"))?;
    let at = (first + 2..words.len()).find(|at| {
        words
            .get(*at)
            .is_none_or(|word| !matches!(word.text.as_str(), "the" | "study" | "trial" | "patient" | "subject"))
    })?;
    let head = words.get(at)?;
    let leaving = LEAVING.contains(&head.text.as_str());
    let section = if leaving { Section::Doubtful } else { kind(&head.text)? };
    let after = trim(body.get(head.to..)?);
    match after.first().map(|glyph| glyph.sign) {
        None => Some(Heading { section, qualifier: &[], rest: &[], partial: false, sentence: false }),
        Some(':') => {
            Some(Heading { section, qualifier: &[], rest: trim(after.get(1..)?), partial: false, sentence: false })
        }
        Some(_) if after.last().is_some_and(|glyph| glyph.sign == ':') && words.len() < 12 => {
            let qualifier = after.get(..after.len() - 1)?;
            Some(Heading { section, qualifier, rest: &[], partial: false, sentence: false })
        }
        Some(_) => None,
    }
}

/// Words that begin a list where a colon follows them.
const ALONE: [(&str, Section); 24] = [
    ("not eligible", Section::Exclusion),
    ("non eligible", Section::Exclusion),
    ("not included", Section::Exclusion),
    ("ineligible", Section::Exclusion),
    ("ineligible patients", Section::Exclusion),
    ("ineligible subjects", Section::Exclusion),
    ("excluded", Section::Exclusion),
    ("excluded are", Section::Exclusion),
    ("exclude", Section::Exclusion),
    ("excluded patients", Section::Exclusion),
    ("patients excluded", Section::Exclusion),
    ("who is excluded", Section::Exclusion),
    ("who cannot participate", Section::Exclusion),
    ("who can not participate", Section::Exclusion),
    ("who cannot take part", Section::Exclusion),
    ("who is not eligible", Section::Exclusion),
    ("who should not participate", Section::Exclusion),
    ("eligible", Section::Inclusion),
    ("eligible patients", Section::Inclusion),
    ("included", Section::Inclusion),
    ("included patients", Section::Inclusion),
    ("who is eligible", Section::Inclusion),
    ("who can participate", Section::Inclusion),
    ("who can take part", Section::Inclusion),
];

fn alone(body: &[Glyph]) -> Option<Heading<'_>> {
    let colon = body.iter().take(60).position(|glyph| matches!(glyph.sign, ':' | '?'))?;
    let said = said(body.get(..colon)?, 5);
    let (_, section) = ALONE.iter().find(|(known, _)| *known == said)?;
    let rest = trim(body.get(colon + 1..)?);
    Some(Heading { section: *section, qualifier: &[], rest, partial: false, sentence: false })
}

/// The headings of a registry's older layout, under which everything is required.
fn layout<'g>(body: &'g [Glyph], words: &[Word]) -> Option<Heading<'g>> {
    const KNOWN: [&str; 3] = ["disease characteristics", "patient characteristics", "prior concurrent therapy"];
    let shouts = body.first().is_some_and(|glyph| glyph.sign.is_uppercase());
    let known = shouts && words.len() <= 3 && KNOWN.contains(&phrase(words).as_str());
    known.then_some(Heading { section: Section::Inclusion, qualifier: &[], rest: &[], partial: false, sentence: false })
}

pub(super) const CHINESE: [(&str, Section); 22] = [
    ("不入选标准", Section::Exclusion),
    ("非纳入标准", Section::Exclusion),
    ("淘汰标准", Section::Doubtful),
    ("中止试验标准", Section::Doubtful),
    ("撤出标准", Section::Doubtful),
    ("退出研究标准", Section::Doubtful),
    ("剔除条件", Section::Doubtful),
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
    let section = spoken::chinese(&start)?;
    Some(Heading { section, qualifier: &[], rest: &[], partial, sentence: true })
}
