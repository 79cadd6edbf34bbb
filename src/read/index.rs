//! The event that a trial takes people in for: where the same event shuts them out, whether it is meant is asked.
//!
//! | included | excluded | what is read of the latter |
//! |---|---|---|
//! | "acute stroke, onset within 6 h" | "stroke within the last 3 months" | nothing: the one of today is one of these |
//! | "myocardial infarction more than a year ago" | "myocardial infarction within 3 months" | what it says |

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::concept::Concept;
use crate::model::criterion::{Category, Criterion};
use crate::model::expression::{Conditional, Expression, Present, Unread};
use crate::model::record::{Status, Subject};
use crate::model::wording::wording;

/// Leaves what the event of today would answer to a question in words.
pub(super) fn spare(criteria: &mut [Criterion], diagnostics: &mut Vec<Diagnostic>) {
    let Some(taken_in) = taken_in(criteria) else { return };
    let known = RefCell::new(BTreeMap::new());
    let index = |present: &Present| {
        let until_now = present.window.as_ref().is_none_or(|window| window.to.is_none_or(|to| to.count >= 0));
        let mut known = known.borrow_mut();
        let mut named = || match known.get(&present.subject) {
            Some(named) => *named,
            None => {
                let named = names(&taken_in, &present.subject);
                known.insert(present.subject.clone(), named);
                named
            }
        };
        present.status == Status::History && until_now && named()
    };
    for criterion in criteria.iter_mut().filter(|criterion| criterion.category == Category::Exclusion) {
        let Some(text) = criterion.text.values().next().map(|words| words.full.clone()) else { continue };
        let span = criterion.source.span;
        let whole = || Expression::Unread(Unread { id: criterion.id.clone(), text: text.clone(), span });
        let Some(spared) = without(&criterion.expression, &index, &whole) else { continue };
        criterion.expression = spared;
        let problem = Diagnostic::warning(
            Code::IndexEvent,
            format!("{} may mean the very event that the trial takes people in for", quoted(&text)),
            "say which event is meant, such as one before it; it is asked as it stands until then",
        );
        diagnostics.extend(span.map(|span| problem.at(span)));
    }
}

/// So much is looked at of what people are taken in for, so that the time to read a text grows with its length alone.
const LONGEST: usize = 16_384;

/// The inclusion criteria that speak of something that happens now, one below the other.
fn taken_in(criteria: &[Criterion]) -> Option<String> {
    let mut found = String::new();
    let included = criteria.iter().filter(|criterion| criterion.category == Category::Inclusion);
    for words in included.flat_map(|criterion| criterion.text.values()) {
        let text = words.full.to_lowercase();
        if is_of_today(&text) && found.len() + text.len() <= LONGEST {
            found.push_str(&text);
            found.push('\n');
        }
    }
    (!found.is_empty()).then_some(found)
}

/// It speaks of something that happens now.
fn is_of_today(text: &str) -> bool {
    const TODAY: [&str; 16] = [
        "acute",
        "index",
        "onset",
        "presenting",
        "presented",
        "hospitalized",
        "hospitalised",
        "admitted",
        "admission",
        "primary pci",
        "thrombolysis",
        "thrombectomy",
        "急性",
        "发病",
        "本次",
        "首发",
    ];
    TODAY.iter().any(|word| text.contains(word))
}

/// The text names it.
fn names(text: &str, subject: &Subject) -> bool {
    match subject {
        Subject::Text(own) => {
            let own = own.to_lowercase();
            let own =
                ["acute ", "recent ", "any ", "a "].iter().fold(own.as_str(), |own, lead| own.trim_start_matches(lead));
            own.chars().count() > 2 && holds(text, own)
        }
        Subject::Concept(id) => {
            let own = Concept::named(id).into_iter().flat_map(|concept| [concept.english, concept.chinese]);
            let synonyms =
                wording(id).into_iter().flat_map(|words| words.synonyms_english.iter().chain(&words.synonyms_chinese));
            own.chain(synonyms.copied()).any(|name| holds(text, &name.to_lowercase()))
        }
        Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => false,
    }
}

/// As a word of its own, where it is of letters that have such.
fn holds(text: &str, name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    text.match_indices(name).any(|(at, name)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(letter) && !behind.is_some_and(letter) || !name.is_ascii()
    })
}

/// The expression without such parts, with the whole sentence in their place; `None` where it has none.
fn without(read: &Expression, index: &dyn Fn(&Present) -> bool, whole: &dyn Fn() -> Expression) -> Option<Expression> {
    let asks = |part: &Expression| matches!(part, Expression::Unread(_));
    match read {
        Expression::Present(present) => index(present).then(whole),
        Expression::AnyOf(parts) => {
            let spared: Vec<Option<Expression>> = parts.iter().map(|part| without(part, index, whole)).collect();
            if spared.iter().all(Option::is_none) {
                return None;
            }
            let mut left: Vec<Expression> = parts
                .iter()
                .zip(&spared)
                .filter(|(_, spared)| spared.is_none())
                .map(|(part, _)| part.clone())
                .collect();
            left.extend(spared.into_iter().flatten().filter(|spared| !asks(spared)));
            left.retain(|part| !asks(part));
            if left.is_empty() {
                return Some(whole());
            }
            left.push(whole());
            Some(Expression::AnyOf(left))
        }
        // Where the sentence is asked as well, nobody is shut out by the event alone; nor by one of long ago.
        Expression::AllOf(parts) if parts.iter().any(|part| asks(part) || matches!(part, Expression::Elapsed(_))) => {
            None
        }
        Expression::AllOf(parts) => parts.iter().any(|part| without(part, index, whole).is_some()).then(whole),
        Expression::When(when) => without(&when.then, index, whole)
            .map(|then| Expression::When(Box::new(Conditional { condition: when.condition.clone(), then }))),
        Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => None,
    }
}
