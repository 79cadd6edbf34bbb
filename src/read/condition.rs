//! For whom a bound counts: "for women", "in patients with gout", "with liver metastases".

use crate::model::expression::{Expression, Unread};

use super::age::{MEN, PEOPLE, WOMEN, age};
use super::around::DENIES;
use super::clause::{Clause, Reading};
use super::fold::{shown, span};
use super::subject::concept;
use super::tail::{says, word};
use super::token::{Placed, Token};
use super::value::values;

/// For whom a bound counts.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    /// `male` or `female`.
    Sex(&'static str),
    /// As the text says it.
    Said(Box<Expression>),
}

pub(super) const PERSONS: [&str; 14] = [
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "those",
    "individuals",
    "people",
    "persons",
    "children",
    "adults",
    "adolescents",
    "infants",
];

/// "For the past year": when, and not for whom.
const RECENT: [&str; 8] = ["past", "last", "previous", "preceding", "prior", "entire", "duration", "next"];

/// The sex that words name: "for women", "in male patients".
pub(super) fn sex(tokens: &[Placed]) -> Option<&'static str> {
    let mut found = None;
    for placed in tokens {
        let said = if placed.says(&MEN) {
            "male"
        } else if placed.says(&WOMEN) {
            "female"
        } else if placed.says(&PEOPLE)
            || placed.says(&["for", "in", "if", "the", "of", "are", "者", "的", "病", "人"])
            || placed.marks(&[',', ':', '，'])
        {
            continue;
        } else {
            return None;
        };
        if found.is_some_and(|found| found != said) {
            return None;
        }
        found = Some(said);
    }
    found
}

/// What stands between and around the two sexes.
const BOTH: [&str; 12] = ["和", "或", "及", "与", "的", "受试者", "患者", "者", "病人", "志愿者", "成年", "均可"];

/// Whom a stretch is about; it is all of it. One that leads to a subject says so by its first word.
pub(super) fn condition(clause: Clause<'_>, leads: bool) -> Option<Condition> {
    let tokens = clause.tokens;
    if let Some(sex) = sex(tokens) {
        return Some(Condition::Sex(sex));
    }
    let people = !tokens.iter().any(|placed| placed.word().is_some_and(|word| word.is_ascii() && word.len() > 12))
        && tokens.last().is_some_and(|last| last.says(&["受试者", "患者", "者", "病人", "时"]));
    let opens = people
        || match word(tokens, 0)? {
            "if" | "when" | "如" | "若" | "如果" | "对于" => true,
            "in" => {
                word(tokens, 1).is_some_and(|word| {
                    PERSONS.contains(&word) || matches!(word, "case" | "women" | "men" | "females" | "males")
                }) || says(tokens, 1, "the presence of").is_some()
                    || says(tokens, 1, "the case of").is_some()
                    || says(tokens, 1, "the setting of").is_some()
                    || says(tokens, 1, "presence of").is_some()
            }
            "for" => {
                word(tokens, 1).is_some_and(|word| {
                    PERSONS.contains(&word) || matches!(word, "women" | "men" | "females" | "males" | "any" | "the")
                }) && !tokens.get(2).is_some_and(|placed| {
                    placed.says(&["frequency", "frequencies", "wavelength", "test"])
                        || word(tokens, 1) == Some("the") && placed.says(&RECENT)
                })
            }
            "among" | "with" => word(tokens, 1).is_some_and(|word| PERSONS.contains(&word)),
            other => {
                !leads
                    && PERSONS.contains(&other)
                    && matches!(word(tokens, 1), Some("with" | "who" | "on" | "receiving"))
            }
        };
    let denied = (0..tokens.len()).any(|at| word(tokens, at).is_some_and(|word| matches!(word, "unless" | "except")));
    // "If the two differ, the higher value is used": what is to be done, and whom it is about.
    let done = word(tokens, 0) == Some("if")
        && tokens.iter().position(|placed| placed.marks(&[','])).is_some_and(|comma| {
            tokens
                .iter()
                .skip(comma)
                .any(|placed| placed.says(&["is", "are", "will", "should", "must", "may", "can", "then"]))
        });
    // 男性和女性受试者
    let both = tokens.iter().any(|placed| placed.says(&MEN)) && tokens.iter().any(|placed| placed.says(&WOMEN));
    let nobody = tokens.iter().all(|placed| {
        placed.says(&PERSONS)
            || placed.says(&["for", "in", "among", "with", "if", "when", "the", "any"])
            || both && (placed.says(&MEN) || placed.says(&WOMEN) || placed.says(&BOTH))
            || placed.mark().is_some()
    });
    if !opens || denied || done || nobody || tokens.len() < 2 {
        return None;
    }
    if !values(tokens).is_empty() {
        // "For women up to the age of 50 years"
        let those = 1 + usize::from(word(tokens, 1) == Some("those"));
        let aged = age(clause.part(those, tokens.len())).and_then(Reading::whole);
        return aged.map(|aged| Condition::Said(Box::new(aged)));
    }
    let glyphs = clause.glyphs();
    let text = shown(glyphs).trim_end_matches([':', ',', '，', '：']).to_owned();
    Some(Condition::Said(Box::new(Expression::Unread(Unread { id: String::new(), text, span: span(glyphs) }))))
}

/// "For women up to the menopause": of the others nothing is asked.
pub(super) fn of_some(rest: &[Placed]) -> bool {
    let whom = |placed: &Placed| placed.says(&PERSONS) || placed.says(&MEN) || placed.says(&WOMEN);
    match rest {
        [by, first, ..] => by.says(&["for", "in", "among"]) && whom(first),
        _ => false,
    }
}

/// "(Gilbert's syndrome: ≤ 3 × ULN)": whom the bound is for.
pub(super) fn named(clause: Clause<'_>) -> Option<Condition> {
    let clause = clause.trimmed();
    if let Some(sex) = sex(clause.tokens) {
        return Some(Condition::Sex(sex));
    }
    let plain = clause.tokens.iter().all(|placed| match &placed.token {
        Token::Word(word) => {
            !DENIES.contains(&word.as_str()) && !matches!(word.as_str(), "or" | "and" | "but" | "或" | "且")
        }
        Token::Mark(mark) => !matches!(mark, ',' | ';'),
        Token::Name(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To => false,
    });
    let words = clause.tokens.iter().filter(|placed| matches!(placed.token, Token::Word(_) | Token::Name(_))).count();
    // "(including a clinical score of at least 4)", "(SI: ≥ 4.5 mmol/L)": another value, and nobody.
    const OTHERS: [&str; 11] = [
        "ie",
        "eg",
        "including",
        "includes",
        "included",
        "si",
        "equivalent",
        "corresponding",
        "equals",
        "score",
        "approximately",
    ];
    let other = clause.tokens.iter().any(|placed| placed.marks(&['+']))
        || clause.tokens.iter().any(|placed| placed.says(&OTHERS))
        || (0..clause.tokens.len())
            .any(|from| concept(clause.tokens, from, clause.tokens.len()).is_some_and(crate::read::subject::measured));
    if !plain || words == 0 || other {
        return None;
    }
    let glyphs = clause.glyphs();
    Some(Condition::Said(Box::new(Expression::Unread(Unread {
        id: String::new(),
        text: shown(glyphs),
        span: span(glyphs),
    }))))
}

/// "(≤ 5 × ULN with liver involvement)": whom the other bound is for.
pub(super) fn those(inside: Clause<'_>, from: usize) -> Option<Condition> {
    const LEAVE: [&str; 8] = ["is", "are", "allowed", "acceptable", "permitted", "may", "be", "eligible"];
    let skipped = inside.tokens.iter().skip(from).take_while(|placed| placed.says(&LEAVE)).count();
    let clause = inside.part(from + skipped, inside.tokens.len());
    let leads = clause.tokens.first()?.says(&["with", "on", "receiving", "under", "having"]);
    let plain = clause.tokens.iter().all(|placed| match &placed.token {
        Token::Word(word) => !DENIES.contains(&word.as_str()) && !matches!(word.as_str(), "and" | "but" | "if"),
        Token::Name(_) => true,
        Token::Mark(mark) => matches!(mark, '-' | '\''),
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To => false,
    });
    let glyphs = clause.glyphs();
    let said = Unread { id: String::new(), text: shown(glyphs), span: span(glyphs) };
    (leads && plain && clause.tokens.len() > 1).then(|| Condition::Said(Box::new(Expression::Unread(said))))
}
