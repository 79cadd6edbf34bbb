//! Whose value it is, where the words before it do not say so alone.

use crate::model::concept::Concept;

use super::age::{MEN, PEOPLE, WOMEN};
use super::around::OTHER_AGES;
use super::bounds::End;
use super::clause::Clause;
use super::compare::OTHERS;
use super::fold::shown;
use super::rank::unsigned;
use super::sign::OLDER;
use super::subject::{About, Named, measured};
use super::tail::Tail;
use super::token::{Placed, Token};
use super::value::Value;

/// The subject with what stands behind the value, where that says which value is meant; `None` where it is no subject.
pub(super) fn refined(clause: Clause<'_>, named: Named, value: &Value, behind: &Tail) -> Option<(About, usize)> {
    let Named { about, from } = named;
    let spans_time = value.ends.iter().any(|end| end.unit.as_deref().is_some_and(is_time));
    // "An index adjusted for age"
    let adjusted = |text: &str| text.contains("adjusted for ");
    let people = |text: &str| {
        !adjusted(text)
            && text.split_whitespace().last().is_some_and(|word| {
                let word = word.to_lowercase();
                PEOPLE.contains(&word.as_str()) || MEN.contains(&word.as_str()) || WOMEN.contains(&word.as_str())
            })
    };
    match about {
        // "Smoker of > 5 cigarettes a day": how much of it.
        // "Patients with asthma that are 12 or older"
        About::Known(concept) if !measured(concept) && behind.age && value.ends.iter().all(grown) => {
            Some((About::Known(Concept::named("age")?), value.from))
        }
        About::Known(concept) if !measured(concept) => {
            let counted = value.signed
                && behind.fold.is_empty()
                && value
                    .ends
                    .iter()
                    .all(|end| end.unit.as_deref().is_some_and(|unit| !is_time(unit) && unit != "{score}"));
            let own = unsigned(clause.text, clause.tokens.get(from..value.from)?);
            let own = own.trim_end_matches(OF).trim_end_matches([':', '-', '=', ' ', ',', '(']).to_owned();
            (counted && !own.is_empty()).then_some((About::Open(own, None), from))
        }
        About::Open(text, _)
            if text.split_whitespace().any(|word| {
                OTHER_AGES.contains(&word.to_lowercase().as_str())
                    && (behind.age || spans_time)
                    && !text.to_lowercase().starts_with("age ")
            }) =>
        {
            // Somebody else's age is a subject of its own.
            let aged = text.to_lowercase().split_whitespace().any(|word| word == "age");
            (aged && behind.fold.is_empty()).then_some((About::Open(text, None), from))
        }
        About::Known(concept) if behind.fold.is_empty() => Some((About::Known(concept), from)),
        About::Known(concept) if concept.id == "age" => {
            let now = behind.fold.iter().all(|(from, to)| is_now(clause.tokens.get(*from..*to).unwrap_or_default()));
            now.then_some((About::Known(concept), from))
        }
        About::Open(text, _)
            if behind.age && !text.contains("年龄") && !text.to_lowercase().split(' ').any(|word| word == "age")
                || people(&text) && followed(clause.tokens, value.to) =>
        {
            let years = behind.age
                || value.ends.iter().any(|end| end.unit.as_deref() == Some("y"))
                || value.signed && behind.unit.is_none() && value.ends.iter().all(grown);
            let age = Concept::named("age").filter(|_| years)?;
            Some((About::Known(age), value.from))
        }
        About::Known(_) | About::Open(_, _) => {
            let special = if let About::Known(concept) = about { Some(concept) } else { None };
            let own = match about {
                About::Known(_) => unsigned(clause.text, clause.tokens.get(from..value.from)?)
                    .trim_end_matches([':', '-', '=', ' ', ','])
                    .trim_end_matches(" between")
                    .trim_end_matches(OF)
                    .to_owned(),
                About::Open(text, _) => text,
            };
            let lasting = [
                "expectancy",
                "survival",
                "gestation",
                "cycle",
                "生存期",
                "生存时间",
                "寿命",
                "年龄",
                "age at",
                "age of",
                "孕周",
                "胎龄",
            ];
            // "Door-to-needle time": how long it takes.
            let takes = own.to_lowercase().ends_with("-time")
                || own.to_lowercase().ends_with(" time") && !own.to_lowercase().ends_with("of time");
            if spans_time && !takes && !lasting.iter().any(|word| own.to_lowercase().contains(word)) {
                return None;
            }
            // A range without a sign says what is in it, or numbers something.
            let fraction = value.ends.iter().any(|end| end.value.whole().is_none())
                && clause.tokens.get(value.to..).is_some_and(|rest| rest.iter().all(|placed| placed.mark().is_some()))
                && !value.from.checked_sub(1).and_then(|at| clause.tokens.get(at)).is_some_and(|it| it.says(&["from"]));
            if !value.signed && value.ends.iter().all(|end| end.unit.is_none()) && !fraction && !scaled(&own) {
                return None;
            }
            let generic = own.split_whitespace().all(|word| {
                matches!(
                    word.to_lowercase().as_str(),
                    "score"
                        | "scores"
                        | "level"
                        | "value"
                        | "total"
                        | "of"
                        | "minimum"
                        | "maximum"
                        | "mean"
                        | "average"
                )
            });
            // So much a day or a week is another quantity.
            if ["每日", "每天", "每周", "日均", "每次"].iter().any(|word| own.contains(word)) {
                return None;
            }
            if generic && behind.fold.is_empty() {
                return None;
            }
            let mut text = own;
            for (from, to) in &behind.fold {
                text.push(' ');
                text.push_str(&shown(clause.part(*from, *to).glyphs()));
            }
            Some((About::Open(text, special), from))
        }
    }
}

/// The age of somebody else: "mothers aged less than 18 years".
pub(super) fn of_others(clause: Clause<'_>, start: usize, value: &Value, aged: bool) -> Option<Named> {
    const BETWEEN: [&str; 14] =
        ["is", "are", "was", "were", "who", "must", "be", "should", "aged", "age", "ages", "of", "under", OLDER];
    let lead = clause.tokens.get(start..value.from)?;
    // "(1)": a number of a list of one
    let lead = match lead {
        [rest @ .., open, number, close] if open.marks(&['(']) && number.number().is_some() && close.marks(&[')']) => {
            rest
        }
        lead => lead,
    };
    let last = lead.iter().rposition(|placed| !placed.says(&BETWEEN) && !placed.marks(&[',', ':', '-']))?;
    let whom = lead.get(last).filter(|placed| placed.says(&OTHERS) && !placed.says(&["families"]))?;
    let years = value.ends.iter().any(|end| end.unit.as_deref() == Some("y"));
    let grown = aged && value.ends.iter().all(grown);
    // "Donor age" is a name.
    let named = lead.get(last + 1).is_some_and(|next| next.says(&["age", "ages"]));
    // "Parents/caregivers"
    let mut first = last;
    while let Some([other, slash]) = first.checked_sub(2).and_then(|at| lead.get(at..first))
        && slash.marks(&['/'])
        && other.says(&OTHERS)
    {
        first -= 2;
    }
    let text = shown(clause.text.get(lead.get(first)?.from..whom.to)?);
    (!named && (years || grown))
        .then(|| Named { about: About::Open(format!("age of {text}"), None), from: start + first })
}

/// "At the time of consent", "by the first visit": an age then is that of now. One "at diagnosis" or "at surgery" is not.
pub(super) fn is_now(fold: &[Placed]) -> bool {
    const WHEN: [&str; 9] = ["at", "when", "during", "on", "before", "after", "from", "by", "prior"];
    let past =
        fold.iter().any(|placed| placed.word().is_some_and(|word| word.starts_with("diagnos") || word == "onset"));
    let when = fold.first().is_some_and(|first| first.says(&WHEN));
    !past && (!when || is_moment(fold))
}

/// A moment of the trial is among the words.
pub(super) fn is_moment(row: &[Placed]) -> bool {
    const NOW: [&str; 24] = [
        "screen",
        "enrol",
        "inclu",
        "consent",
        "baseline",
        "study",
        "trial",
        "randomi",
        "visit",
        "entry",
        "recruit",
        "regist",
        "assess",
        "sign",
        "admission",
        "presentation",
        "dos",
        "day",
        "icf",
        "participation",
        "treatment",
        "examination",
        "measured",
        "evaluation",
    ];
    let begins = |word: &str| NOW.iter().any(|now| word.starts_with(now));
    row.iter().any(|placed| placed.word().is_some_and(begins))
}

const OF: &str = " of";

/// A number of years that goes without saying so.
pub(super) fn grown(end: &End) -> bool {
    end.unit.is_none() && end.value.whole().is_some_and(|years| (12..=100).contains(&years))
}

/// What stands behind an age that does not say so: nothing, or more of the person.
pub(super) fn followed(tokens: &[Placed], at: usize) -> bool {
    match tokens.get(at).map(|placed| &placed.token) {
        Some(Token::Word(word)) => [
            "with",
            "who",
            "whose",
            "undergoing",
            "having",
            "at",
            "and",
            "or",
            "scheduled",
            "admitted",
            "presenting",
            "diagnosed",
            "receiving",
            "old",
            "of",
            "in",
            "inclusive",
            "treated",
            "on",
            "that",
            "requiring",
            "hospitalized",
            "seen",
        ]
        .contains(&word.as_str()),
        Some(Token::Mark(_)) | None => true,
        Some(Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_)) => {
            false
        }
    }
}

/// A name of something that has a scale.
fn scaled(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "score", "scale", "index", "level", "status", "ps", "class", "rate", "ratio", "bmi", "iq", "ph", "gleason",
        "grade", "评分", "分级", "指数",
    ]
    .iter()
    .any(|word| {
        lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word)
            || !word.is_ascii() && lower.contains(word)
    })
}

pub(super) fn is_time(unit: &str) -> bool {
    matches!(unit, "y" | "mo" | "wk" | "d" | "h" | "min")
}
