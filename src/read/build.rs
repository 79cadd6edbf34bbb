//! From items to criteria.

use crate::diagnostic::{Code, Diagnostic, Span, Warned, quoted};
use crate::model::criterion::{Category, Criterion, CriterionSource, CriterionText, Retest, Stage};
use crate::model::expression::{Conditional, Expression, Judgement, Unread};

use super::carried;
use super::clash;
use super::cohort::Cohorts;
use super::fold::{Glyph, shown, span};
use super::index::spare;
use super::item::{Reader, body, context};
use super::line::Line;
use super::outline::{Block, Item, Place};
use super::quoted::in_corners;
use super::section::{Heading, Section};
use super::words::said;
use super::{Language, Reading, reach};

/// The criteria of an outline; with `parted`, its cohorts as cohorts and not as conditions.
pub(super) fn criteria(blocks: &[Block<'_>], language: Language, parted: bool) -> Warned<Reading> {
    let cohorts = if parted { Cohorts::of(blocks, language) } else { Cohorts::default() };
    let mut builder = Builder { language, cohorts, ..Builder::default() };
    builder.one_list(blocks);
    for block in blocks {
        match block {
            Block::Heading(line, heading) => builder.heading(line.whole, heading.as_ref()),
            Block::Item(place, item) => builder.item(place, item),
            Block::Nothing(_) => {}
        }
    }
    let Builder { mut criteria, cohorts, partial, mut diagnostics, .. } = builder;
    spare(&mut criteria, &mut diagnostics);
    carried::ask(&mut criteria, &mut diagnostics);
    clash::ask(&mut criteria, &mut diagnostics);
    let output = Reading { criteria, cohorts: cohorts.into_cohorts(), partial, outline: Vec::new() };
    Warned { output, diagnostics }
}

#[derive(Default)]
struct Builder {
    language: Language,
    cohorts: Cohorts,
    criteria: Vec<Criterion>,
    diagnostics: Vec<Diagnostic>,
    counts: [usize; 3],
    /// The heading for some of the people that came last, and how many there were.
    population: (Option<Span>, usize),
    /// Only one of the two lists has a heading.
    alone: bool,
    /// The last number on the margin, and whether the count began anew since the heading.
    counted: Option<u32>,
    restarted: bool,
    warned_doubt: bool,
    partial: bool,
}

impl Builder {
    /// A list whose heading was missed lies hidden in the other one.
    fn one_list(&mut self, blocks: &[Block<'_>]) {
        let has = |section: Section| {
            blocks.iter().any(|block| matches!(block, Block::Heading(_, Some(heading)) if heading.section == section))
        };
        let items = blocks.iter().any(|block| matches!(block, Block::Item(_, _)));
        self.alone = has(Section::Inclusion) != has(Section::Exclusion);
        if self.alone && items {
            let (there, other) =
                if has(Section::Inclusion) { ("inclusion", "exclusion") } else { ("exclusion", "inclusion") };
            self.diagnostics.push(Diagnostic::warning(
                Code::MissingList,
                format!("there is a list of {there} criteria and none of {other} criteria"),
                format!("see whether {other} criteria stand among the others, and give them a heading"),
            ));
        }
    }

    fn heading(&mut self, whole: &[Glyph], heading: Option<&Heading<'_>>) {
        self.counted = None;
        let Some(heading) = heading else { return };
        self.restarted = false;
        self.warned_doubt = false;
        if heading.partial {
            self.partial(whole);
        }
    }

    fn partial(&mut self, whole: &[Glyph]) {
        if !std::mem::replace(&mut self.partial, true) {
            let problem = Diagnostic::warning(
                Code::PartialList,
                format!("{} says that there are more criteria than those listed", quoted(&shown(whole))),
                "take the trial's criteria as partial",
            );
            self.diagnostics.extend(span(whole).map(|span| problem.at(span)));
        }
    }

    fn item(&mut self, place: &Place<'_>, item: &Item<'_>) {
        let Some(reach) = reach(item) else { return };
        let number = item.lines.first().and_then(|line| line.number);
        self.restarted |= number == Some(1) && self.counted.is_some_and(|last| last > 1);
        self.counted = number.or(self.counted);
        let section = match place.section {
            Some(section) if !(self.alone && self.restarted) => section,
            _ => Section::Doubtful,
        };
        let (count, letter, category, name) = match section {
            Section::Inclusion => (0, "I", Category::Inclusion, "Inclusion"),
            Section::Exclusion => (1, "E", Category::Exclusion, "Exclusion"),
            Section::Doubtful => (2, "U", Category::Inclusion, "In doubt"),
        };
        let number = self.counts.get_mut(count).map_or(0, |count| {
            *count += 1;
            *count
        });
        let id = format!("{letter}{number}");
        let full = body(item);
        let said = context(place, &full);
        let mut cohorts = Vec::new();
        let people = item.people.or(place.population);
        let expression = match section {
            Section::Doubtful => {
                self.doubt(reach);
                let said = match place.population {
                    Some(people) => format!("{}: {said}", shown(people)),
                    None => said,
                };
                Expression::Judgement(Judgement { id: id.clone(), text: said })
            }
            Section::Inclusion | Section::Exclusion if says_partial(item) => {
                self.partial(item.lines.first().map(|line| line.whole).unwrap_or_default());
                Expression::Judgement(Judgement { id: id.clone(), text: said })
            }
            Section::Inclusion | Section::Exclusion => {
                let excludes = section == Section::Exclusion;
                let diagnostics = &mut self.diagnostics;
                let read = Reader { id: &id, excludes, parts: 0, diagnostics }.criterion(place, item, reach);
                match people.map(|people| (people, self.cohorts.meant(people))) {
                    None => read,
                    Some((_, Some(meant))) => {
                        cohorts = meant;
                        read
                    }
                    Some((people, None)) => self.for_some(people, read),
                }
            }
        };
        let words = CriterionText { full, short: String::new(), patient: String::new() };
        self.criteria.push(Criterion {
            id,
            category,
            text: [(self.language.tag().to_owned(), words)].into_iter().collect(),
            source: CriterionSource { document: String::new(), item: format!("{name} {number}"), span: Some(reach) },
            cohorts,
            answerable_by: Vec::new(),
            stage: Stage::default(),
            retest: Retest::default(),
            expression,
        });
    }

    fn doubt(&mut self, at: Span) {
        if !std::mem::replace(&mut self.warned_doubt, true) {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::DoubtfulList,
                    "whether these criteria include or exclude cannot be told",
                    "say on which list they stand; until then only the investigator answers them",
                )
                .at(at),
            );
        }
    }

    /// A criterion under a heading for some of the people counts for those alone.
    fn for_some(&mut self, people: &[Glyph], expression: Expression) -> Expression {
        let at = span(people);
        if self.population.0 != at {
            self.population = (at, self.population.1 + 1);
        }
        let condition =
            Expression::Unread(Unread { id: format!("G{}", self.population.1), text: shown(people), span: at });
        Expression::When(Box::new(Conditional { condition, then: expression }))
    }
}

/// "Other protocol-defined criteria may apply": no criterion, and nothing that a person could answer.
fn says_partial(item: &Item<'_>) -> bool {
    let single = |line: &&Line<'_>| item.lines.len() == 1 && item.children.is_empty() && !in_corners(line.body);
    let Some(line) = item.lines.first().filter(single) else {
        return false;
    };
    let said = said(line.body, 24);
    let english = said.contains("criteria")
        && (said.contains("may apply") || said.contains("also apply") || said.ends_with("criteria apply"))
        || said.contains("protocol defined") && said.contains("criteria");
    let short = said.split(' ').count() < 20;
    short && (english || said.contains("其他") && said.contains("方案") && said.contains("标准"))
}
