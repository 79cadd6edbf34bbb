//! Criteria text -> criteria. It never fails: what it cannot read it keeps.
//!
//! In: the eligibility text of a registry or a protocol, and its language. Out: one [`Criterion`] for every item of its
//! lists, in their order, each with its place in the text. Never: a criterion that was guessed, a line that is lost, a
//! list that is reversed.
//!
//! | what stands in the text | what comes of it |
//! |---|---|
//! | an item whose every word was understood | a computable expression |
//! | an item that holds only where a part that was understood does | `allOf` that part and the whole sentence, `unread` |
//! | an item that holds wherever such a part does | `anyOf` that part and the whole sentence, `unread` |
//! | any other item | `unread`, word for word |
//! | an item under "any / all / at least N of the following" | a part of that group |
//! | an item under a heading for some of the people, or for some by its own words | `when` the one who is asked is one of them |
//! | the same where a person enters one cohort of several | a criterion of that cohort |
//! | an item of which it is in doubt on which list it stands | a `judgement` on the inclusion list, with the id `U…` |
//!
//! The last row is the representation that does the least harm: nobody but the investigator answers it, nothing is
//! computed from it, and the trial stays undetermined until then.

mod age;
mod alternatives;
mod amount;
mod anchor;
mod apart;
mod around;
mod bounds;
mod bracket;
mod build;
mod carried;
mod chinese;
mod chinese_phrase;
mod chinese_whole;
mod clash;
mod clause;
mod coded;
mod cohort;
mod comparators;
mod compare;
mod comparison;
mod condition;
mod conditional;
mod conjunct;
mod counted;
mod dated;
mod defined;
mod denial;
mod doubt;
mod dropped;
mod duration;
mod elapsed;
mod enough;
mod event;
mod exact;
mod exact_back;
mod fold;
mod frame;
mod function;
mod further;
mod garbled;
mod gather;
mod gestation;
mod given;
mod glued;
mod group;
mod heads;
mod in_chinese;
mod in_english;
mod index;
mod inline;
mod item;
mod join;
mod judgement;
mod lacking;
mod leaf;
mod least;
mod length;
mod limit;
mod line;
mod list;
mod listed;
mod living;
mod logic;
mod measure;
mod measured_so;
mod moments;
mod names;
mod never;
mod number;
mod numbers;
mod odds;
mod outline;
mod outside;
mod owner;
mod pair;
mod parted;
mod parts;
mod people;
mod phrase;
mod piece;
mod presence;
mod pressure;
mod print;
mod promises;
mod qualified;
mod quoted;
mod rank;
mod rate;
mod reserved;
mod resolved;
mod restated;
mod row;
mod scales;
mod scan;
mod section;
mod segment;
mod sentence;
mod sex;
mod side;
mod sign;
mod some_of;
mod spoken;
mod stated;
mod subject;
mod suggest;
mod table;
mod tail;
mod tense;
mod thing;
mod together;
mod token;
mod topic;
mod turn;
mod unit_words;
mod unmeasured;
mod unnamed;
mod unowned;
mod unsure;
mod value;
mod whom;
mod window;
mod wordings;
mod words;

pub use self::suggest::{Suggestion, suggestions};

use crate::diagnostic::{Code, Diagnostic, Span, Warned};
use crate::model::criterion::Criterion;
use crate::model::trial::Cohort;

use self::outline::{Block, Item};

pub use self::print::print;

/// The language that a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Its tag in documents.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }
}

/// The longest text that is read, in bytes.
pub const LONGEST_TEXT: usize = 4_000_000;

/// The criteria of an eligibility text, in its order.
///
/// Every non-blank line is a heading, a criterion or part of one, or says nothing ("None"): see [`outline`]. Offsets of
/// spans count bytes of `text`. A text longer than [`LONGEST_TEXT`] gives no criteria and the diagnostic `too-large`.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Category, Language, read};
/// let text = "Inclusion Criteria:\n\n* Able to walk\n\nExclusion Criteria:\n\n* Pacemaker";
/// let criteria = read::criteria(text, Language::English).output;
/// assert_eq!(criteria.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["I1", "E1"]);
/// assert_eq!(criteria[1].category, Category::Exclusion);
/// let span = criteria[1].source.span.unwrap();
/// assert_eq!(&text[span.start..span.end], "* Pacemaker");
/// ```
pub fn criteria(text: &str, language: Language) -> Warned<Vec<Criterion>> {
    let Warned { output, diagnostics } = read(text, language, false);
    Warned { output: output.criteria, diagnostics }
}

/// What an eligibility text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its criteria, in its order.
    pub criteria: Vec<Criterion>,
    /// The cohorts that its headings declare and its criteria name, where a person plainly enters one of them: "Cohort A"
    /// beside "Cohort B", patients beside healthy controls.
    pub cohorts: Vec<Cohort>,
    /// It says that there are more criteria than it lists.
    pub partial: bool,
    /// What each stretch of it is: see [`outline`].
    pub outline: Vec<(Role, Span)>,
}

/// The same as [`criteria`], with the cohorts as such: what [`criteria`] has as `when` the one who is asked is one of
/// them, is a criterion of that cohort.
///
/// # Example
///
/// ```
/// use trial_prescreen::{Language, read};
/// let text = "Inclusion Criteria:\n\n* Adult\n\nCohort A:\n\n* Stroke\n\nCohort B:\n\n* Migraine\n\nExclusion Criteria:\n\n* None";
/// let read = read::eligibility(text, Language::English).output;
/// assert_eq!(read.cohorts.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["cohort-a", "cohort-b"]);
/// assert!(read.criteria[0].cohorts.is_empty());
/// assert_eq!(read.criteria[2].cohorts, ["cohort-b"]);
/// ```
pub fn eligibility(text: &str, language: Language) -> Warned<Reading> {
    read(text, language, true)
}

/// What a text says; with `parted`, its cohorts as cohorts and not as conditions.
pub(crate) fn read(text: &str, language: Language, parted: bool) -> Warned<Reading> {
    if text.len() > LONGEST_TEXT {
        let problem = Diagnostic::error(
            Code::TooLarge,
            format!("the text is longer than {LONGEST_TEXT} bytes"),
            "read it in parts",
        );
        return Warned { output: Reading::default(), diagnostics: vec![problem] };
    }
    let glyphs = fold::fold(text);
    let blocks = outline::outline(&glyphs);
    let Warned { output, diagnostics } = build::criteria(&blocks, language, parted);
    Warned { output: Reading { outline: stretches(&blocks), ..output }, diagnostics }
}

/// A text as it is shown: escapes and entities undone, without signs that nobody sees, its letters as they were.
pub(crate) fn plain(text: &str) -> String {
    fold::shown(&fold::fold(text))
}

/// What a stretch of an eligibility text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It begins a list, or says whom or what the next items are about.
    Heading,
    /// A criterion with all its lines.
    Criterion,
    /// A placeholder such as "None", a rule, an empty mark.
    Nothing,
}

impl Role {
    /// Its name at the door.
    pub fn tag(self) -> &'static str {
        match self {
            Role::Heading => "heading",
            Role::Criterion => "criterion",
            Role::Nothing => "nothing",
        }
    }
}

/// What each stretch of a text is, in its order; together they hold every line that is not blank.
///
/// # Example
///
/// ```
/// use trial_prescreen::read::{Role, outline};
/// let roles = outline("Inclusion:\n* Adults\nExclusion:\n* None").into_iter().map(|(role, _)| role);
/// assert_eq!(roles.collect::<Vec<_>>(), [Role::Heading, Role::Criterion, Role::Heading, Role::Nothing]);
/// ```
pub fn outline(text: &str) -> Vec<(Role, Span)> {
    if text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    stretches(&outline::outline(&fold::fold(text)))
}

fn stretches(blocks: &[Block<'_>]) -> Vec<(Role, Span)> {
    let place = |block: &Block<'_>| {
        let (role, span) = match block {
            // What follows a heading on its line is an item with a place of its own.
            Block::Heading(line, heading) => {
                let whole = fold::span(line.whole)?;
                let rest = heading.and_then(|heading| fold::span(heading.rest));
                (Role::Heading, Span { end: rest.map_or(whole.end, |rest| rest.start), ..whole })
            }
            Block::Item(_, item) => (Role::Criterion, reach(item)?),
            Block::Nothing(line) => (Role::Nothing, fold::span(line.whole)?),
        };
        Some((role, span))
    };
    blocks.iter().filter_map(place).collect()
}

/// From the first sign of an item to the last of what hangs under it.
fn reach(item: &Item<'_>) -> Option<Span> {
    let first = fold::span(item.lines.first()?.whole)?;
    let mut last = item;
    let mut end = first.end;
    loop {
        end = end.max(last.lines.last().and_then(|line| fold::span(line.whole)).map_or(end, |span| span.end));
        match last.children.last() {
            Some(child) => last = child,
            None => return Some(Span { start: first.start, end }),
        }
    }
}
