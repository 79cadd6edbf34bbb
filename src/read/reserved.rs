//! What a sentence says around all that is read of it: for whom it is, what it lets through, how many of its parts count.
//!
//! | the sentence | what is read of it |
//! |---|---|
//! | "patients with gout must …" on the list of what includes | only what counts where they have it |
//! | "subjects with … and subjects with …" | nothing: to each their own |
//! | "…, if < 18 years, …" on the list of what includes | only what counts where they are |
//! | "isolated … > 2 × ULN is acceptable" on the list of what includes | nothing |
//! | "at least one of: …", where all of its parts were read as needed | nothing |

use crate::model::expression::Expression;
use crate::model::record::Subject;

use super::chinese_whole::says_otherwise;
use super::clause::{Clause, Reading};
use super::dropped::dropped;
use super::enough::hangs_on_more;
use super::fold::shown;
use super::lacking::lacks;
use super::measured_so::of_any;
use super::odds::{at_odds, either_age};
use super::qualified::qualified;
use super::some_of::{counted, holds_all, needed_of_several, part_of_them};
use super::token::{Placed, Token};

pub(super) const WHOM: [&str; 10] = [
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "individuals",
    "persons",
    "people",
    "those",
];
const BY: [&str; 9] = ["with", "who", "on", "receiving", "taking", "whose", "without", "undergoing", "requiring"];

/// What was read, where it holds in spite of what the sentence says around it.
pub(super) fn reserved(clause: Clause<'_>, read: Reading) -> Option<Reading> {
    let read = of_any(clause, either_age(read, clause.excludes));
    let Some(expression) = expression(&read) else { return Some(read) };
    let given = matches!(expression, Expression::When(_));
    let counted = counted(clause.tokens) && holds_all(expression);
    if of_several(clause)
        || labelled(clause.tokens)
        || !clause.excludes && for_others(clause.tokens)
        || counted
        || at_odds(expression)
        || needed_of_several(clause, &read)
        || at_two_visits(clause.tokens)
        || told_further(clause, expression)
        || part_of_them(clause, &read)
        || lacks(clause, &read)
        || given_all(clause, expression)
        || qualified(clause, &read, expression)
        || dropped(clause, &read, expression)
        || hangs_on_more(clause, &read, expression)
        || says_otherwise(clause, &read, expression)
    {
        return None;
    }
    // "< 100, if A, or < 95, if B": which of them goes with which.
    if clause.excludes && conditions(clause.tokens, 7) > 1 {
        return None;
    }
    let enough = matches!(read, Reading::Sufficient(_));
    if !clause.excludes && !enough && lets_some_in(clause.tokens) {
        return None;
    }
    let inside = given_inside(expression);
    let some = of_some(clause.tokens) || for_some(clause.tokens) || if_so(clause.tokens);
    if !clause.excludes && !given && (some || !inside && lets_through(clause.tokens)) {
        return None;
    }
    if !clause.excludes
        && let Reading::Whole(read) | Reading::Necessary(read) = &read
        && let Some(aged) = of_aged_people(read)
    {
        return Some(Reading::Necessary(aged.clone()));
    }
    // "Adult patients with gout": how old they are is asked as well.
    match read {
        Reading::Whole(read) if grown(clause.tokens) && !is_aged(&read) => Some(Reading::Necessary(read)),
        read @ (Reading::Whole(_)
        | Reading::Necessary(_)
        | Reading::Sufficient(_)
        | Reading::Unclear(_, _)
        | Reading::Doubtful(_)) => Some(read),
    }
}

/// Something counts where the whole sentence is so: nothing is said of when.
fn given_all(clause: Clause<'_>, read: &Expression) -> bool {
    let all = |condition: &Expression| match condition {
        Expression::Unread(unread) => unread.text == shown(clause.glyphs()),
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_) => false,
    };
    match read {
        Expression::When(when) => all(&when.condition) || given_all(clause, &when.then),
        Expression::AllOf(parts) | Expression::AnyOf(parts) => parts.iter().any(|part| given_all(clause, part)),
        Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}

/// It begins with people of some age.
fn grown(tokens: &[Placed]) -> bool {
    const AGED: [&str; 12] = [
        "adult",
        "adults",
        "child",
        "children",
        "pediatric",
        "paediatric",
        "adolescent",
        "adolescents",
        "elderly",
        "infants",
        "neonates",
        "newborns",
    ];
    // "Child-Pugh", "infants of mothers"
    let other = tokens.get(1).is_some_and(|next| next.says(&["pugh", "of"]) || next.marks(&['-']));
    tokens.first().is_some_and(|first| first.says(&AGED)) && !other
}

/// "18至65岁的特应性皮炎患者": both are asked, and of nobody only the one.
fn of_aged_people(read: &Expression) -> Option<&Expression> {
    let Expression::When(when) = read else { return None };
    let Expression::Unread(people) = &when.condition else { return None };
    (people.text.ends_with(['者', '人']) && is_aged(&when.then)).then_some(&when.then)
}

fn is_aged(read: &Expression) -> bool {
    let age = Subject::concept("age");
    read.leaves().into_iter().any(|leaf| matches!(leaf, Expression::Compare(compare) if compare.subject == age))
}

/// "Group 1: …, Group 2: …", "single arm only: …": what is said of the one is not said of the other.
fn labelled(tokens: &[Placed]) -> bool {
    let label = |at: usize| {
        tokens.get(at).is_some_and(|placed| placed.says(&["group", "cohort", "arm", "part"]))
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.number().is_some() || next.word().is_some_and(|word| word.len() == 1))
    };
    let only = tokens.windows(2).take(12).any(|pair| match pair {
        [only, colon] => only.says(&["only"]) && colon.marks(&[':']),
        _ => false,
    });
    let other = (1..tokens.len()).any(|at| label(at) && tokens.get(at + 2).is_some_and(|placed| placed.marks(&[':'])));
    // "Control group: normal pressures"
    let group = tokens.windows(2).take(6).any(|pair| match pair {
        [group, colon] => group.says(&["group", "cohort", "arm", "controls", "control"]) && colon.marks(&[':']),
        _ => false,
    });
    // "Group “preserved function”: …"
    let first = tokens.first().is_some_and(|first| first.says(&["group", "cohort", "arm", "subgroup", "stratum"]));
    let named = first && tokens.iter().take(14).any(|placed| placed.marks(&[':']));
    // "All other subjects must …"
    let others = tokens.iter().take(2).any(|placed| placed.says(&["other", "remaining"]))
        && tokens.iter().take(3).any(|placed| placed.says(&WHOM));
    only || other || group || named || others || (0..tokens.len()).filter(|at| label(*at)).count() > 1
}

/// "(Only for those of group C)", "(not applicable for …)".
fn for_others(tokens: &[Placed]) -> bool {
    tokens.windows(3).any(|row| match row {
        [open, one, other] => {
            open.marks(&['('])
                && (one.says(&["only"]) && other.says(&["for", "in", "if"])
                    || one.says(&["not"]) && other.says(&["applicable", "required"])
                    || one.says(&["applicable"]))
        }
        _ => false,
    })
}

/// "For subjects with gout: …".
fn for_some(tokens: &[Placed]) -> bool {
    let whom = tokens.iter().skip(1).take(5).any(|placed| placed.says(&WHOM));
    let parts = tokens.iter().take(10).any(|placed| placed.marks(&[':', ',']));
    tokens.first().is_some_and(|first| first.says(&["for"])) && whom && parts
}

pub(super) fn expression(read: &Reading) -> Option<&Expression> {
    match read {
        Reading::Whole(read) | Reading::Necessary(read) | Reading::Sufficient(read) => Some(read),
        Reading::Unclear(inner, _) => expression(inner),
        Reading::Doubtful(_) => None,
    }
}

/// A part of it counts for some of the people.
fn given_inside(read: &Expression) -> bool {
    match read {
        Expression::When(_) => true,
        Expression::AllOf(parts) | Expression::AnyOf(parts) => parts.iter().any(given_inside),
        Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::Compare(_)
        | Expression::IsOneOf(_)
        | Expression::Present(_)
        | Expression::Elapsed(_)
        | Expression::Change(_)
        | Expression::Judgement(_)
        | Expression::Unread(_) => false,
    }
}

/// Places where people are named by something that not all of them have.
fn named(tokens: &[Placed]) -> impl Iterator<Item = usize> + '_ {
    let named = |at: &usize| {
        let says = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|placed| placed.says(words));
        says(*at, &WHOM) && says(*at + 1, &BY)
    };
    (0..tokens.len()).filter(named)
}

/// "Subjects with gout have …, and subjects without it have …".
fn of_several(clause: Clause<'_>) -> bool {
    let joined = |at: usize| {
        let before = clause.tokens.get(at.saturating_sub(3)..at).unwrap_or_default();
        before.iter().any(|placed| placed.says(&["and", "while", "whereas", "but"]))
    };
    let places: Vec<usize> = named(clause.tokens).collect();
    places.len() > 1 && places.iter().skip(1).any(|at| joined(*at))
}

/// "Patients with gout must have …": nothing is asked of the others.
fn of_some(tokens: &[Placed]) -> bool {
    let first = tokens.iter().take_while(|placed| placed.says(&["for", "in", "all", "only", "any", "the"])).count();
    let bids = |placed: &Placed| placed.says(&["must", "should", "required", "requires", "shall", "needs", "need"]);
    let bid = tokens.iter().position(bids);
    named(tokens).next().is_some_and(|at| at == first && bid.is_some_and(|bid| bid > at + 2))
}

/// "If < 18 years of age, …".
fn if_so(tokens: &[Placed]) -> bool {
    conditions(tokens, 3) > 0
}

/// How many times it says "if", and a number so many tokens behind it.
fn conditions(tokens: &[Placed], most: usize) -> usize {
    let one = |(at, placed): &(usize, &Placed)| {
        // "(Or the legal age if > 18)" asks for no less.
        let legal = tokens.get(at.saturating_sub(3)..*at).unwrap_or_default();
        placed.says(&["if"])
            && !legal.iter().any(|placed| placed.says(&["legal", "majority"]))
            && tokens
                .iter()
                .skip(at + 1)
                .take(most)
                .take_while(|next| !next.marks(&[')', ',', ';']))
                .any(|next| matches!(next.token, Token::Sign(_) | Token::Number(_)))
    };
    tokens.iter().enumerate().filter(one).count()
}

/// A value, and right behind it that it is acceptable.
fn lets_through(tokens: &[Placed]) -> bool {
    let leave = |placed: &Placed| placed.says(&["acceptable", "allowed", "permitted", "allowable", "ok", "accepted"]);
    let stops = |placed: &Placed| placed.marks(&[',', ';', '(', ')', '.', '，', '；']);
    tokens.iter().enumerate().any(|(at, placed)| {
        leave(placed)
            && tokens
                .get(..at)
                .unwrap_or_default()
                .iter()
                .rev()
                .take_while(|before| !stops(before))
                .any(|before| matches!(before.token, Token::Number(_)))
    })
}

/// "…; participants up to 160 are eligible if …": others are let in than those named before.
fn lets_some_in(tokens: &[Placed]) -> bool {
    let behind = |at: usize| {
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let leave = rest.iter().position(|placed| placed.says(&["eligible", "allowed", "included", "enrolled"]));
        let led = rest.first().is_some_and(|first| first.says(&WHOM));
        led && leave.is_some_and(|leave| rest.iter().skip(leave).any(|placed| placed.says(&["if", "when", "provided"])))
    };
    (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(|placed| placed.marks(&[';', ',']))).any(behind)
}

/// "吸烟或饮酒（吸烟：＞10支/天；…）": how much of it counts is said further on.
fn told_further(clause: Clause<'_>, read: &Expression) -> bool {
    let said = shown(clause.text);
    let further = |text: &str| {
        [":", "："].iter().any(|colon| {
            said.match_indices(&format!("{text}{colon}")).any(|(at, own)| {
                let behind = said.get(at + own.len()..).unwrap_or_default().trim_start();
                behind.starts_with(['>', '<', '≥', '≤', '＞', '＜']) || behind.starts_with(|c: char| c.is_ascii_digit())
            })
        })
    };
    read.leaves().into_iter().any(|leaf| {
        let Expression::Present(present) = leaf else { return false };
        let Subject::Text(text) = &present.subject else { return false };
        further(text)
    })
}

/// "筛选期和基线期评分≥40": one bound, twice.
fn at_two_visits(tokens: &[Placed]) -> bool {
    const VISITS: [&str; 7] = ["筛选期", "筛选时", "基线期", "基线时", "基线", "入组时", "随机时"];
    tokens.windows(3).any(|row| match row {
        [one, joins, other] => one.says(&VISITS) && joins.says(&["和", "或", "及", "与"]) && other.says(&VISITS),
        _ => false,
    })
}
