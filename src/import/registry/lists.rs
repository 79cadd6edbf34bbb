//! The criteria of a record, however it keeps them → criteria.
//!
//! A registry gives one text, a text for each list, or one for each criterion. Each becomes one text that is read as any
//! other; what a record says of the list that a text belongs to is then held against what was read, so that a heading
//! inside a criterion never turns the rest of its list round.

use crate::diagnostic::{Code, Diagnostic, Span, Warned, quoted};
use crate::model::criterion::{Category, Criterion, CriterionText};
use crate::model::expression::{Expression, Judgement};
use crate::model::trial::Cohort;
use crate::read::{self, Language, Reading};

/// One criterion as the record has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) text: String,
    /// The same in other languages, by their tags.
    pub(super) translations: Vec<(String, String)>,
    /// The record's own number or name of it.
    pub(super) label: Option<String>,
    /// The cohorts that it alone holds for.
    pub(super) cohorts: Vec<String>,
}

/// The criteria of a record.
#[derive(Clone, Debug)]
pub(super) enum Lists {
    /// It gives none.
    None,
    /// One text with headings of its own.
    Whole(String),
    /// A text for each list.
    Two { inclusion: Option<String>, exclusion: Option<String> },
    /// A text for each criterion.
    Each { inclusion: Vec<Item>, exclusion: Vec<Item> },
}

/// What was read of the lists.
#[derive(Default)]
pub(super) struct Read {
    /// The text that the spans count in.
    pub(super) text: Option<String>,
    pub(super) criteria: Vec<Criterion>,
    /// The cohorts that its headings declare.
    pub(super) cohorts: Vec<Cohort>,
    /// It says that there are more criteria than it lists.
    pub(super) partial: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A part of the text, of which the record says on which list it stands.
struct Part<'i> {
    at: Span,
    category: Category,
    item: Option<&'i Item>,
}

impl Lists {
    /// With `parted`, the headings of the text may declare cohorts; a record that does so itself leaves them conditions.
    pub(super) fn read(&self, language: Language, parted: bool) -> Read {
        let mut text = String::new();
        let mut parts: Vec<Part<'_>> = Vec::new();
        match self {
            Lists::None => return Read::default(),
            Lists::Whole(whole) => text.push_str(whole),
            Lists::Two { inclusion, exclusion } => {
                for (category, list) in [(Category::Inclusion, inclusion), (Category::Exclusion, exclusion)] {
                    let Some(list) = list else { continue };
                    head(&mut text, category, language);
                    let start = text.len();
                    text.push_str(list);
                    parts.push(Part { at: Span { start, end: text.len() }, category, item: None });
                }
            }
            Lists::Each { inclusion, exclusion } => {
                for (category, items) in [(Category::Inclusion, inclusion), (Category::Exclusion, exclusion)] {
                    if items.is_empty() {
                        continue;
                    }
                    head(&mut text, category, language);
                    for item in items {
                        let start = text.len();
                        // the lines of an item hang under its first
                        text.push_str("* ");
                        text.push_str(&item.text.replace('\n', "\n  "));
                        parts.push(Part { at: Span { start, end: text.len() }, category, item: Some(item) });
                        text.push('\n');
                    }
                }
            }
        }
        let Warned { output, mut diagnostics } = read::read(&text, language, parted);
        let Reading { mut criteria, cohorts, partial, .. } = output;
        for diagnostic in &mut diagnostics {
            let place = diagnostic.span.take();
            let within = |criterion: &&Criterion| match (place, criterion.source.span) {
                (Some(place), Some(own)) => own.start <= place.start && place.start < own.end,
                _ => false,
            };
            diagnostic.path = criteria.iter().find(within).map(|criterion| criterion.id.clone()).unwrap_or_default();
            diagnostic.other = None;
        }
        hold(&parts, &mut criteria, &mut diagnostics);
        mark(&parts, &mut criteria);
        translate(&parts, &mut criteria);
        utf16(&text, &mut criteria);
        Read { text: Some(text), criteria, cohorts, partial, diagnostics }
    }
}

fn head(text: &mut String, category: Category, language: Language) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(match (category, language) {
        (Category::Inclusion, Language::English) => "Inclusion Criteria:\n\n",
        (Category::Exclusion, Language::English) => "Exclusion Criteria:\n\n",
        (Category::Inclusion, Language::Chinese) => "入选标准：\n\n",
        (Category::Exclusion, Language::Chinese) => "排除标准：\n\n",
    });
}

/// A criterion that was read onto another list than the record has it on is in doubt.
fn hold(parts: &[Part<'_>], criteria: &mut [Criterion], diagnostics: &mut Vec<Diagnostic>) {
    let mut doubtful = criteria.iter().filter(|criterion| criterion.id.starts_with('U')).count();
    for criterion in criteria {
        let Some(part) = part_of(parts, criterion) else { continue };
        if criterion.id.starts_with('U') || part.category == criterion.category {
            continue;
        }
        doubtful += 1;
        criterion.id = format!("U{doubtful}");
        criterion.category = Category::Inclusion;
        criterion.source.item = format!("In doubt {doubtful}");
        let words = criterion.text.iter().next().map(|(_, words)| words.full.clone()).unwrap_or_default();
        let message = format!("the record has {} on the other list than its text says", quoted(&words));
        let help = "say on which list it stands; until then only the investigator answers it";
        diagnostics.push(Diagnostic::warning(Code::DoubtfulList, message, help).on(criterion.id.clone()));
        criterion.expression = Expression::Judgement(Judgement { id: criterion.id.clone(), text: words });
    }
}

fn part_of<'p, 'i>(parts: &'p [Part<'i>], criterion: &Criterion) -> Option<&'p Part<'i>> {
    let start = criterion.source.span?.start;
    parts.iter().find(|part| part.at.start <= start && start < part.at.end)
}

/// What an item holds for some cohorts only, so does everything that came of it.
fn mark(parts: &[Part<'_>], criteria: &mut [Criterion]) {
    for criterion in criteria {
        if let Some(item) = part_of(parts, criterion).and_then(|part| part.item) {
            criterion.cohorts.extend(item.cohorts.iter().cloned());
        }
    }
}

/// The words of other languages and the record's own numbers, where one criterion came of one of its items.
fn translate(parts: &[Part<'_>], criteria: &mut [Criterion]) {
    for part in parts {
        let Some(item) = part.item else { continue };
        let mut of = criteria.iter_mut().filter(|criterion| {
            criterion.source.span.is_some_and(|span| part.at.start <= span.start && span.start < part.at.end)
        });
        let (Some(criterion), None) = (of.next(), of.next()) else { continue };
        for (language, full) in &item.translations {
            if !criterion.text.contains_key(language) {
                let words = CriterionText { full: full.clone(), ..CriterionText::default() };
                criterion.text.insert(language.clone(), words);
            }
        }
        if let Some(label) = &item.label {
            criterion.source.item = label.clone();
        }
    }
}

/// Spans in the units in which documents count.
fn utf16(text: &str, criteria: &mut [Criterion]) {
    if text.is_ascii() {
        return;
    }
    let mut units: Vec<usize> = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        units.extend(std::iter::repeat_n(count, c.len_utf8()));
        count += c.len_utf16();
    }
    units.push(count);
    let unit = |at: usize| units.get(at).copied().unwrap_or(count);
    let convert = |span: &mut Option<Span>| {
        if let Some(span) = span {
            *span = Span { start: unit(span.start), end: unit(span.end) };
        }
    };
    for criterion in criteria {
        convert(&mut criterion.source.span);
        criterion.expression.each_leaf_mut(&mut |leaf| {
            if let Expression::Unread(unread) = leaf {
                convert(&mut unread.span);
            }
        });
    }
}
