//! Whom a comparison is about, by the words before its subject.

use crate::model::expression::{Expression, Unread};

use super::age::{MEN, PEOPLE, WOMEN};
use super::around::DENIES;
use super::clause::Clause;
use super::condition::{Condition, condition, sex};
use super::fold::{shown, span};
use super::piece::says_nothing;
use super::token::Placed;

/// What the words before a subject say.
pub(super) enum Whom {
    Everybody,
    /// People of one sex, and nobody else fits.
    Only(&'static str),
    /// The bounds are for some of the people; of the others nothing is asked.
    Some(Condition),
    /// Something more is asked.
    More,
    /// What is said of them was not understood.
    Unknown,
}

const BIDS: [&str; 8] = ["must", "should", "need", "needs", "required", "requires", "shall", "for"];
const BACK: [&str; 18] = [
    "if",
    "when",
    "increase",
    "decrease",
    "mother",
    "mothers",
    "father",
    "fathers",
    "parent",
    "parents",
    "caregiver",
    "caregivers",
    "donor",
    "donors",
    "无",
    "未",
    "不",
    "非",
];

/// Whom the words before a subject name; `aged` where it is their age.
pub(super) fn whom(lead: Clause<'_>, aged: bool) -> Whom {
    let lead = lead.trimmed();
    let tokens = lead.tokens;
    let both = || both_sexes(lead);
    // "If the patient has a", "if screening shows that the": no condition of its own.
    let rest = tokens.get(1..).unwrap_or_default();
    let shows =
        |placed: &Placed| placed.says(&["shows", "show", "reveals"]) || says_nothing(std::slice::from_ref(placed));
    if tokens.first().is_some_and(|first| first.says(&["if", "when"])) && rest.iter().all(shows) {
        return Whom::Everybody;
    }
    match condition(lead, true) {
        // "Women aged 30 to 60": no man fits.
        Some(Condition::Sex(sex)) if aged && !both() => return Whom::Only(sex),
        Some(condition) => return Whom::Some(condition),
        None => {}
    }
    if says_nothing(tokens) {
        return Whom::Everybody;
    }
    let people = |placed: &Placed| placed.says(&PEOPLE) || placed.says(&MEN) || placed.says(&WOMEN);
    let bids = |at: usize| {
        let placed = tokens.get(at);
        placed.is_some_and(|placed| placed.says(&BIDS))
            && (at == 0
                || !placed.is_some_and(|placed| placed.says(&["for"]))
                || tokens.get(at + 1).is_some_and(|next| people(next) || next.says(&["those", "any", "all"])))
    };
    let bid = (0..tokens.len()).find(|at| bids(*at));
    let sexed = |placed: &Placed| placed.says(&MEN) || placed.says(&WOMEN);
    let nothing_else = tokens.iter().all(|placed| sexed(placed) || says_nothing(std::slice::from_ref(placed)));
    if tokens.iter().any(|placed| placed.says(&MEN)) && tokens.iter().any(|placed| placed.says(&WOMEN)) {
        return if nothing_else { Whom::Everybody } else { Whom::More };
    }
    if tokens.iter().any(sexed) {
        let named: Vec<Placed> = tokens.iter().filter(|placed| sexed(placed)).cloned().collect();
        return match (sex(&named).filter(|_| nothing_else), bid.is_some() || both()) {
            (Some(sex), true) => Whom::Some(Condition::Sex(sex)),
            (Some(sex), false) => Whom::Only(sex),
            (None, true) => Whom::Unknown,
            (None, false) if takes_back(tokens) => Whom::Unknown,
            (None, false) => Whom::More,
        };
    }
    // "Patients with gout must have …" asks nothing of the others.
    if let Some(bid) = bid.filter(|bid| tokens.get(..*bid).is_some_and(some_of_them)) {
        let glyphs = lead.part(0, bid).glyphs();
        let said = Unread { id: String::new(), text: shown(glyphs), span: span(glyphs) };
        return Whom::Some(Condition::Said(Box::new(Expression::Unread(said))));
    }
    if takes_back(tokens) { Whom::Unknown } else { Whom::More }
}

/// Where a subject ends that has "for women" between it and its value, and of which sex the value is.
pub(super) fn before_value(tokens: &[Placed], start: usize, to: usize) -> (usize, Option<&'static str>) {
    let skipped = |placed: &Placed| placed.says(&["is", "of", "patients", "subjects"]) || placed.marks(&[':', ',']);
    let row = tokens.get(start..to).unwrap_or_default();
    let last = row.iter().rposition(|placed| !skipped(placed));
    let said = last.and_then(|last| Some((last, row.get(last.checked_sub(1)?..=last)?)));
    match said {
        Some((last, [by, whom])) if by.says(&["for", "in"]) => match sex(std::slice::from_ref(whom)) {
            Some(sex) => (start + last - 1, Some(sex)),
            None => (to, None),
        },
        _ => (to, None),
    }
}

fn takes_back(tokens: &[Placed]) -> bool {
    let first = tokens.first().is_some_and(|placed| placed.says(&["for"]));
    // "A disease other than asthma": which one, and no less than that.
    let other = |at: usize| {
        let says = |at: Option<usize>, word| at.and_then(|at| tokens.get(at)).is_some_and(|it| it.says(&[word]));
        says(Some(at), "than") && says(at.checked_sub(1), "other") && !says(Some(at + 1), "with")
    };
    let back = |(at, placed): (usize, &Placed)| (placed.says(&DENIES) || placed.says(&BACK)) && !other(at);
    first || tokens.iter().enumerate().any(back)
}

/// People, and something that not all of them have.
fn some_of_them(tokens: &[Placed]) -> bool {
    const BY: [&str; 8] = ["with", "who", "on", "receiving", "taking", "whose", "without", "undergoing"];
    let first = tokens.first().is_some_and(|placed| says_nothing(std::slice::from_ref(placed)));
    let by = tokens.iter().position(|placed| placed.says(&BY));
    first && by.is_some_and(|by| !says_nothing(tokens.get(by..).unwrap_or_default()))
}

/// The item speaks of men and of women.
pub(super) fn both_sexes(clause: Clause<'_>) -> bool {
    let text = shown(clause.text).to_lowercase();
    let says = |words: &[&str]| {
        text.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
            || words.iter().any(|word| !word.is_ascii() && text.contains(word))
    };
    says(&MEN) && says(&WOMEN)
}
