//! One segment: a comparison, bounds that go on with the one before, a name, or nothing that is understood.

use crate::model::concept::Concept;
use crate::model::expression::Expression;
use crate::model::unit::{BoundUnit, Dimension};

use super::age::{MEN, PEOPLE, WOMEN, age};
use super::around::LEADS_CHINESE;
use super::bounds::Join;
use super::bracket::bracketed;
use super::clause::{Clause, Reading};
use super::coded::coded;
use super::comparison::{Arm, Comparison};
use super::condition::{Condition, condition, sex};
use super::doubt::Doubt;
use super::fold::shown;
use super::further::{begins_anew, other_behind};
use super::gestation::gestation;
use super::least::LEAST;
use super::owner::{of_others, refined};
use super::pair::by_sex;
use super::pressure::pressures;
use super::rank::{RANKED, Ranked, rank_of, unsigned};
use super::resolved::resolved;
use super::scales::equivalent;
use super::sign::OLDER;
use super::subject::{About, Named, subject};
use super::tail::{self, Tail, says, tail, timed};
use super::token::{Placed, Token};
use super::unmeasured::is_no_measure;
use super::unnamed::unnamed;
use super::unowned::{is_reached, of_the_next, unit_goes_on};
use super::value::{Value, values};
use super::whom::{Whom, before_value, both_sexes, whom};
use super::window::window;

#[derive(Clone, Debug)]
pub(super) enum Piece {
    Compared(Comparison),
    /// A value without a subject of its own.
    More(Comparison),
    /// The name of something that has values.
    Name(&'static Concept),
    /// The same of something that the vocabulary does not know.
    Called(String),
    Read(Reading),
    /// All of it, by a reader of something else than comparisons.
    Other(Expression),
    /// What brackets say of the words before them: the same in numbers.
    Defined(Expression),
    Doubtful(Doubt),
    Nothing,
}

/// Reads one segment.
pub(super) fn piece(clause: Clause<'_>, first: bool) -> Piece {
    if clause.excludes && begins_anew(clause) {
        return Piece::Nothing;
    }
    let read = valued(clause, first);
    if was_once(clause.tokens, &read) {
        return Piece::Nothing;
    }
    if !matches!(read, Piece::Nothing) || !clause.tokens.iter().any(|placed| placed.marks(&['(', '['])) {
        return read;
    }
    let found = values(clause.tokens);
    // "Stroke (NIHSS > 6) more than 3 months ago": the length of time is of the stroke.
    let inside = found.iter().any(|value| !outside(clause.tokens, value.from) && !value.is_time());
    // "Stage 4 or 5 kidney disease (eGFR < 30 …)": numbers that name.
    let names = |value: &Value| !value.signed && !value.is_measured();
    let timed =
        found.iter().filter(|value| outside(clause.tokens, value.from)).all(|value| value.is_time() || names(value));
    if inside && timed { bracketed(clause, &found) } else { read }
}

/// "History of a low LVEF (≤ 40 %)": some value, and not the newest.
fn was_once(tokens: &[Placed], read: &Piece) -> bool {
    let named = match read {
        Piece::Compared(own) => {
            own.about.iter().any(|about| matches!(about, About::Known(known) if known.id != "pack-years"))
                || before_is(tokens, &["measurement", "measurements"])
        }
        Piece::Read(_) | Piece::Defined(_) => true,
        Piece::More(_) | Piece::Name(_) | Piece::Called(_) | Piece::Other(_) | Piece::Doubtful(_) | Piece::Nothing => {
            false
        }
    };
    let says = |pair: &[Placed]| matches!(pair, [one, two] if one.says(&["history"]) && two.says(&["of"]));
    let before = values(tokens).first().and_then(|value| tokens.get(..value.from)).unwrap_or_default();
    let ever = before.iter().any(|placed| placed.says(&["prior", "previous", "previously", "ever"]))
        && before.iter().any(|placed| placed.says(&["measurement", "measurements", "value", "values", "measured"]));
    // "Previous EF ≤ 35 %", "LVEF < 50 % at admission or in the past"
    let led = before.iter().take(3).any(|placed| placed.says(&["prior", "previous", "previously", "ever"]));
    let past = (0..tokens.len())
        .filter_map(|at| tail::says(tokens, at, "in the past"))
        .any(|behind| tokens.get(behind).is_none_or(|next| next.mark().is_some() || next.says(&["or", "and"])));
    named && (before.windows(2).any(says) || ever || led || past)
}

/// One of the words stands before the first value.
fn before_is(tokens: &[Placed], words: &[&str]) -> bool {
    let before = values(tokens).first().and_then(|value| tokens.get(..value.from)).unwrap_or_default();
    before.iter().any(|placed| placed.says(words))
}

fn valued(clause: Clause<'_>, first: bool) -> Piece {
    let tokens = clause.tokens;
    if let Some(read) = age(clause) {
        return Piece::Read(read);
    }
    if let Some(reading) = clause.other() {
        return Piece::Other(reading);
    }
    if let Some(read) = equivalent(clause) {
        return Piece::Read(read);
    }
    if let Some(coded) = coded(clause) {
        return coded;
    }
    let found = values(tokens);
    let Some(value) = found.iter().find(|value| outside(tokens, value.from)) else {
        return bracketed(clause, &found);
    };
    let mut own: Vec<&Value> = found.iter().filter(|other| outside(tokens, other.from)).collect();
    // Among several numbers the one with a unit or a sign is compared, and no length of time.
    let told = |value: &Value| (value.is_measured(), value.signed, !value.is_time());
    let best = own.iter().map(|value| told(value)).max().unwrap_or_default();
    let turned = own.iter().any(|value| value.turned);
    let mut value = own.iter().find(|own| told(own) == best).copied().unwrap_or(value).clone();
    own.retain(|other| match best {
        _ if turned => true,
        (true, signed, _) => other.is_measured() && other.signed == signed,
        (false, true, timeless) => other.signed && (!timeless || !other.is_time()),
        (false, false, _) => true,
    });
    // "> 6 mm in at least 30 % of the teeth": where, and nothing else.
    if let [first, _] = own.as_slice()
        && !turned
        && first.signed
        && tokens.get(first.to).is_some_and(|placed| placed.says(&["in", "on", "at", "despite"]))
    {
        own.pop();
    }
    let mut start = 0;
    if let [low, high] = own.as_slice()
        && low.turned
    {
        let ends = low.ends.iter().chain(&high.ends).cloned().collect();
        start = low.to;
        value = Value { ends, ..(*high).clone() };
        own.pop();
    }
    if own.len() != 1 {
        return Piece::Nothing;
    }
    if let Some(read) = by_sex(clause, &value) {
        return Piece::Read(Reading::Whole(read));
    }
    let value = &value;
    // "≥ 5 30 mm2", "19 - 31 kilogram (kg)/metre": the number or its unit is another.
    let next = tokens.get(value.to);
    let goes_on = tokens.get(value.to..value.to + 4).is_some_and(|row| match row {
        [open, _, close, slash] => open.marks(&['(']) && close.marks(&[')']) && slash.marks(&['/']),
        _ => false,
    });
    let slash = next.is_some_and(|next| next.marks(&['/']));
    if goes_on || slash || unit_goes_on(tokens, value) {
        return Piece::Nothing;
    }
    // "< 5 million spermatozoa"
    if tokens.get(value.to).is_some_and(|next| next.says(&["thousand", "million", "millions", "billion"])) {
        return Piece::Nothing;
    }
    if let Some(read) = resolved(clause, value) {
        return Piece::Compared(read);
    }
    let mut behind = tail(clause, value.to, tokens.len());
    behind.age |= value.aged;
    if behind.other {
        return Piece::Nothing;
    }
    if behind.more && other_behind(tokens, value.to) {
        return Piece::Nothing;
    }
    let older = value.from.checked_sub(1).is_some_and(|before| says(tokens, before, OLDER).is_some());
    // "Haemoglobin in women < 11 g/dL"
    let (ends_at, of_sex) = before_value(tokens, start, value.from);
    let others = of_others(clause, start, value, behind.age || older);
    if older && others.is_none() && !people_last(tokens.get(start..value.from - 1).unwrap_or_default()) {
        return Piece::Nothing;
    }
    behind.age |= older;
    // "In the 12 weeks before screening the dose …"
    if behind.window.is_none()
        && let Some((found, after)) = window(clause, start)
        && after < value.from
    {
        behind.window = Some(found);
        start = after;
    }
    if let Some(pair) = pressures(clause, start, value, &behind) {
        return pair;
    }
    // "WBC ≥ 4.0 × 10 9/L": a power that lost its height
    let power = tokens.get(value.to).is_some_and(|placed| placed.marks(&['×', '*']) || placed.says(&["x"]))
        && tokens.get(value.to + 1).and_then(Placed::number).is_some_and(|number| number.to_string().starts_with("10"));
    let own = || if older { None } else { subject(clause, start, ends_at).or_else(|| led(clause, start, value)) };
    let mut named = others.or_else(own);
    if let Some(Named { about: About::Open(name, _), .. }) = &mut named {
        // "Defined by the presence of at least 2 signs": of what follows
        if ["presence", "existence", "absence"].iter().any(|word| name.eq_ignore_ascii_case(word)) {
            return Piece::Nothing;
        }
        match rank_of(clause, name, value.to) {
            Ranked::No => {
                let people = people_last(tokens.get(start..value.from).unwrap_or_default());
                if !people && of_the_next(tokens, value) || is_reached(tokens, value, name) {
                    return Piece::Nothing;
                }
            }
            Ranked::Of(ranked, further) => {
                *name = ranked;
                behind = *further;
            }
            Ranked::Unclear => return Piece::Nothing,
        }
    }
    let bare = value.ends.iter().all(|end| end.unit.is_none());
    // "> 3 times the upper reference range", "20 or more kilograms": what it is counted in was not understood.
    let times = tokens.get(value.to).is_some_and(|placed| placed.marks(&['×']) || placed.says(&["times", "x", "fold"]));
    let counted = matches!(tokens.get(value.to).map(|placed| &placed.token), Some(Token::Unit(_)));
    if bare && (times && !power || counted) {
        return Piece::Nothing;
    }
    if power && bare && !matches!(named, Some(Named { about: About::Known(_), .. })) {
        return Piece::Nothing;
    }
    // "男性≥50kg": how much somebody weighs needs no name
    let weighs = value.ends.iter().all(|end| end.unit.as_deref() == Some("kg"))
        && sex(tokens.get(start..value.from).unwrap_or_default()).is_some();
    let weight = Concept::named("weight").filter(|_| weighs);
    // "Smoking history of 10 pack-years"
    let packs = value.ends.iter().all(|end| {
        matches!(end.unit.as_deref().and_then(BoundUnit::from_text), Some(BoundUnit::Of(unit)) if unit.dimension == Dimension::PackYears)
    });
    let smoked = |named: Named| {
        let said = shown(clause.part(named.from, value.from).glyphs()).to_lowercase();
        match Concept::named("pack-years") {
            Some(concept) if packs && ["smok", "吸烟", "烟龄"].iter().any(|word| said.contains(word)) => {
                Named { about: About::Known(concept), from: named.from }
            }
            Some(_) | None => named,
        }
    };
    let named = named.map(smoked);
    let named = weight.map(|weight| Named { about: About::Known(weight), from: value.from }).or(named);
    // "有肝转移者≤5×ULN": the bound of something before it, for some of the people
    if let Some(Named { about: About::Open(text, _), .. }) = &named
        && ["者", "患者", "受试者", "病人", "时"].iter().any(|whom| text.ends_with(whom))
    {
        let Some(condition) = condition(clause.part(start, value.from).trimmed(), true) else { return Piece::Nothing };
        let mut own = comparison(Vec::new(), value.clone(), behind, false);
        if own.arms.iter().any(|arm| arm.condition.is_some()) {
            return Piece::Nothing;
        }
        own.arms.iter_mut().for_each(|arm| arm.condition = Some(condition.clone()));
        return Piece::More(own);
    }
    if let (Some(sex), true) = (of_sex, ends_at == start) {
        let mut own = comparison(Vec::new(), value.clone(), behind, false);
        if own.arms.iter().any(|arm| arm.condition.is_some()) {
            return Piece::Nothing;
        }
        own.arms.iter_mut().for_each(|arm| arm.condition = Some(Condition::Sex(sex)));
        return Piece::More(own);
    }
    let (about, from, value) = match named {
        Some(named) => match refined(clause, named, value, &behind) {
            Some((about, from)) => (about, from, value.clone()),
            None => match gestation(tokens, value) {
                Some(weeks) => (About::Known(weeks), value.from, value.clone()),
                None => return Piece::Nothing,
            },
        },
        None => match unnamed(clause, value, &behind, first) {
            Ok(Some((about, from))) => {
                if matches!(&about, About::Known(known) if known.id != "age") || matches!(about, About::Open(_, _)) {
                    behind.more = false;
                    behind.unit = None;
                    behind.fold.clear();
                }
                (about, from, value.clone())
            }
            Ok(None) => {
                let qualified = !behind.fold.is_empty();
                let mut own = comparison(Vec::new(), value.clone(), behind, false);
                own.more |= qualified;
                own.qualified = qualified;
                return Piece::More(own);
            }
            Err(()) => return Piece::Nothing,
        },
    };
    let lead = clause.part(start.min(from), from);
    let said = tokens.get(from..value.from).unwrap_or_default();
    let value_ends =
        (value.to..tokens.len()).find(|at| !tokens.get(*at).is_some_and(|placed| placed.says(&["old", "of", "age"])));
    let before = clause.part(from, if of_sex.is_some() { ends_at } else { value.from });
    let name = if before.tokens.is_empty() { clause.part(value.to, tokens.len()) } else { before };
    let name = unsigned(clause.text, name.tokens);
    let next_number = tokens.get(value.to).is_some_and(|next| next.number().is_some());
    let own_units = value.ends.iter().filter(|end| end.unit.is_some()).count();
    let mut own = comparison(Vec::new(), value, behind, false);
    let aged = matches!(&about, About::Known(known) if known.id == "age");
    // "Children of 7 and older provide assent": what those are asked for, and no bound.
    let asked = |at: usize| {
        tokens.get(at).is_some_and(|placed| placed.says(&["provide", "give", "sign", "must", "should", "will"]))
    };
    if aged && value_ends.is_some_and(asked) && tokens.iter().any(|placed| placed.says(&["assent"])) {
        return Piece::Nothing;
    }
    match whom(lead, aged) {
        Whom::Everybody if aged => {
            // "18 to 35 year old women": no man fits.
            if let [Arm { condition, .. }] = own.arms.as_mut_slice()
                && let Some(Condition::Sex(sex)) = condition
                && !both_sexes(clause)
                && !tokens.iter().any(|placed| placed.says(&["for", "in", "if", "when"]))
            {
                own.only = Some(*sex);
                *condition = None;
            }
        }
        Whom::Everybody => {}
        Whom::Only(sex) => own.only = Some(sex),
        Whom::Some(_) if own.arms.iter().any(|arm| arm.condition.is_some()) => return Piece::Nothing,
        Whom::Some(condition) => own.arms.iter_mut().for_each(|arm| arm.condition = Some(condition.clone())),
        Whom::More => own.more = true,
        Whom::Unknown => return Piece::Nothing,
    }
    if let Some(sex) = of_sex {
        if own.only.is_some() || own.arms.iter().any(|arm| arm.condition.is_some()) {
            return Piece::Nothing;
        }
        own.arms.iter_mut().for_each(|arm| arm.condition = Some(Condition::Sex(sex)));
    }
    // "LVEF 15 % ≤ 30 %": a value without a sign among the words
    let valued = said.iter().any(|placed| matches!(&placed.token, Token::Unit(unit) if unit != "{score}"));
    own.more |= matches!(about, About::Open(_, _)) && (valued || timed(said)) && !daily(said);
    if let (true, [end]) =
        (daily(said), own.arms.iter_mut().flat_map(|arm| &mut arm.value.ends).collect::<Vec<_>>().as_mut_slice())
    {
        end.unit =
            end.unit.take().map(|unit| if matches!(unit.as_str(), "g" | "mg") { format!("{unit}/24h") } else { unit });
    }
    let name = name.trim_end_matches([':', '-', '=', ' ', ',', '：', '为']);
    own.name = name.trim_end_matches(" of").to_owned();
    let doubled = next_number && own_units == 0;
    if matches!(&about, About::Open(text, _) if doubled || is_no_measure(text)) {
        return Piece::Nothing;
    }
    own.about.push(about);
    Piece::Compared(own)
}

/// "Walks without help for at least 50 feet": what is measured is what the words before its preposition say.
fn led(clause: Clause<'_>, start: usize, value: &Value) -> Option<Named> {
    let last = value.from.checked_sub(1).filter(|last| *last > start)?;
    let led = clause.tokens.get(last)?.says(&["for", "by", "with"]);
    let named = if led && value.signed && value.is_measured() { subject(clause, start, last)? } else { return None };
    match named.about {
        About::Open(_, _) => Some(named),
        About::Known(_) => None,
    }
}

pub(super) fn comparison(about: Vec<About>, mut value: Value, behind: Tail, example: bool) -> Comparison {
    if let (Some(unit), [end]) = (behind.unit, value.ends.as_mut_slice())
        && end.unit.is_none()
    {
        end.unit = Some(unit);
    }
    let arm = Arm { join: Join::Comma, value, condition: behind.condition, window: behind.window };
    let mut own = Comparison {
        about,
        shared: None,
        only: None,
        name: String::new(),
        arms: vec![arm],
        more: behind.more,
        qualified: false,
        unless: behind.unless,
        example: example || behind.either,
    };
    for (value, tail) in behind.others {
        own.unless |= tail.unless;
        if tail.condition.is_some() {
            own.arms.push(Arm { join: Join::Or, value, condition: tail.condition, window: tail.window });
        } else {
            own.more = true;
            // "≤ 3 × ULN (≤ 5 × ULN, liver involvement)": for some of the people more is enough.
            own.example |= own.arms.first().is_some_and(|arm| looser(&value, &arm.value));
        }
    }
    own
}

/// What the first admits, the second does not all.
fn looser(one: &Value, other: &Value) -> bool {
    match (one.ends.as_slice(), other.ends.as_slice()) {
        ([one], [other]) if one.unit == other.unit && one.is_low() == other.is_low() => {
            if one.is_low() {
                one.value < other.value
            } else {
                one.value > other.value
            }
        }
        _ => false,
    }
}

/// What is collected over a day.
fn daily(tokens: &[Placed]) -> bool {
    tokens.windows(2).any(|pair| match pair {
        [number, unit] => {
            matches!(&number.token, Token::Number(value) if value.to_string() == "24")
                && unit.token == Token::Unit("h".to_owned())
        }
        _ => false,
    })
}

/// A place outside of all brackets.
pub(super) fn outside(tokens: &[Placed], at: usize) -> bool {
    let row = tokens.get(..at).unwrap_or_default();
    let count = |marks: [char; 2]| {
        row.iter().filter(|placed| matches!(placed.token, Token::Mark(mark) if marks.contains(&mark))).count()
    };
    count(['(', '[']) <= count([')', ']'])
}

/// The last of them is a person, or none is there.
pub(super) fn people_last(tokens: &[Placed]) -> bool {
    tokens.iter().rev().find(|placed| !matches!(&placed.token, Token::Word(word) if matches!(word.as_str(), "is" | "are" | "who" | "must" | "be" | "was" | "were" | "that" | "and" | "or"))).is_none_or(|last| match &last.token {
        Token::Word(word) => PEOPLE.contains(&word.as_str()) || MEN.contains(&word.as_str()) || WOMEN.contains(&word.as_str()),
        Token::Mark(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) => false,
    })
}

/// Words that say nothing of whom or what is compared.
pub(super) fn says_nothing(tokens: &[Placed]) -> bool {
    const WORDS: [&str; 54] = [
        LEAST,
        "report",
        "reports",
        "reporting",
        RANKED,
        "with",
        "who",
        "have",
        "has",
        "having",
        "must",
        "be",
        "are",
        "is",
        "a",
        "an",
        "the",
        "of",
        "all",
        "any",
        "should",
        "whose",
        "had",
        "at",
        "or",
        "and",
        "their",
        "will",
        "that",
        "need",
        "to",
        "show",
        "both",
        "eligible",
        "include",
        "included",
        "documented",
        "presence",
        "this",
        "study",
        "does",
        "can",
        "also",
        "e",
        "i",
        "ie",
        "following",
        "defined",
        "as",
        "by",
        "screening",
        "from",
        "between",
        "range",
    ];
    tokens.iter().all(|placed| match &placed.token {
        Token::Word(word) => {
            WORDS.contains(&word.as_str())
                || PEOPLE.contains(&word.as_str())
                || matches!(word.as_str(), "者" | "的" | "有" | "为")
                || LEADS_CHINESE.contains(&word.as_str())
        }
        Token::Mark(_) => true,
        Token::Number(_) | Token::Unit(_) | Token::Sign(_) | Token::After(_) | Token::To | Token::Name(_) => false,
    })
}
