//! A record as its importer leaves it → a trial that can be checked, edited, saved and pre-screened at once.

use crate::diagnostic::{Code, Diagnostic, Severity, Warned};
use crate::import::ImportError;
use crate::import::check::check;
use crate::import::limits;
use crate::import::question::{self, short};
use crate::import::readable::Step;
use crate::model::criterion::Criterion;
use crate::model::expression::{Expression, Unread};
use crate::model::table::Table;
use crate::model::trial::{Eligibility, FORMAT, Identifier, Localized, Publication, Source, Trial, Version};
use crate::read::Language;

use super::lists::Lists;
use super::people::People;
use super::rest::Rest;

/// What an importer gathers.
pub(super) struct Draft {
    pub(super) trial: Trial,
    pub(super) language: Language,
    pub(super) lists: Lists,
    pub(super) people: People,
    pub(super) rest: Rest,
    /// Every number of the text may have lost its sign: none is computed.
    pub(super) signs_lost: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Draft {
    /// A record of a registry, under the number it has there.
    pub(super) fn new(registry: &str, id: String, language: Language) -> Draft {
        let identifiers = vec![Identifier { registry: registry.to_owned(), value: id.clone() }];
        let source = Source {
            name: registry.to_owned(),
            link: None,
            read_on: None,
            taken: String::new(),
            text: None,
            unmapped: Table::new(),
        };
        let eligibility = Eligibility {
            status: Publication::Published,
            sex: None,
            minimum_age: None,
            maximum_age: None,
            healthy_volunteers: None,
            cohorts: Vec::new(),
            criteria: Vec::new(),
        };
        let trial = Trial {
            wording: Table::new(),
            format: FORMAT.to_owned(),
            id,
            identifiers,
            title: Localized::new(),
            official_title: Localized::new(),
            acronym: None,
            version: Version::default(),
            source: vec![source],
            status: None,
            phases: Vec::new(),
            study_type: None,
            design: None,
            conditions: Vec::new(),
            interventions: Vec::new(),
            sponsor: None,
            enrollment: None,
            start_date: None,
            completion_date: None,
            overview: Localized::new(),
            emergency_signs: Localized::new(),
            description: Localized::new(),
            approvals: Vec::new(),
            sites: Vec::new(),
            contacts: Vec::new(),
            faqs: Vec::new(),
            eligibility,
            questions: Table::new(),
            checklists: Table::new(),
        };
        Draft {
            trial,
            language,
            lists: Lists::None,
            people: People::default(),
            rest: Rest::new(),
            signs_lost: false,
            diagnostics: Vec::new(),
        }
    }

    /// A text in the language of the record.
    pub(super) fn said(&self, text: Option<String>) -> Localized {
        text.into_iter().map(|text| (self.language.tag().to_owned(), text)).collect()
    }

    /// Texts in the language of the record, one by one.
    pub(super) fn each_said(&self, texts: impl IntoIterator<Item = String>) -> Vec<Localized> {
        texts.into_iter().map(|text| self.said(Some(text))).collect()
    }

    /// One more number that it is known by, unless it has it already.
    pub(super) fn identify(&mut self, registry: &str, value: Option<String>) {
        let Some(value) = value else { return };
        if !self.trial.identifiers.iter().any(|known| known.value == value) {
            self.trial.identifiers.push(Identifier { registry: registry.to_owned(), value });
        }
    }

    /// The trial, its criteria read, with a question for everything that they ask.
    pub(super) fn finish(mut self) -> Result<Warned<Trial>, ImportError> {
        if self.trial.title.is_empty() {
            self.trial.title = self.said(Some(self.trial.id.clone()));
        }
        if let Lists::Whole(text) = &self.lists
            && text.len() > limits::TEXT
        {
            let message = format!("the criteria have {} bytes; at most {} are read", text.len(), limits::TEXT);
            return Err(Diagnostic::error(Code::TooLong, message, "read them in parts").into());
        }
        let mut read = self.lists.read(self.language, self.trial.eligibility.cohorts.is_empty());
        if self.signs_lost {
            self.distrust(&mut read.criteria);
        }
        self.people.doubtful |= self.signs_lost;
        let languages: Vec<String> = self.trial.title.keys().cloned().collect();
        let (fields, said) = self.people.criteria(&read.criteria, &languages);
        let eligibility = &mut self.trial.eligibility;
        eligibility.minimum_age = self.people.minimum.clone();
        eligibility.maximum_age = self.people.maximum.clone();
        eligibility.sex = self.people.sex.clone();
        if read.criteria.is_empty() {
            eligibility.status = Publication::NotPublished;
            self.diagnostics.push(Diagnostic::warning(
                Code::NoCriteria,
                "the record gives no criteria",
                "look for them in the registry itself, or paste them as text",
            ));
        } else if read.partial {
            eligibility.status = Publication::Partial;
        }
        eligibility.cohorts.extend(read.cohorts);
        eligibility.criteria = fields.into_iter().chain(read.criteria).collect();
        let name = self.trial.source.first().map(|source| source.name.clone()).unwrap_or_default();
        for criterion in &mut eligibility.criteria {
            criterion.source.document.clone_from(&name);
            let item = criterion.source.item.clone();
            for language in ["en", "zh-CN"].into_iter().map(str::to_owned).chain(languages.iter().cloned()) {
                if let Some(words) = criterion.text.get_mut(&language).filter(|words| words.patient.is_empty()) {
                    words.patient.clone_from(&words.full);
                    words.short = if words.full.is_empty() { item.clone() } else { short(&words.full) };
                }
            }
        }
        self.diagnostics.extend(read.diagnostics);
        self.diagnostics.extend(said);
        self.diagnostics.extend(self.rest.said());
        if let Some(source) = self.trial.source.first_mut() {
            source.text = read.text;
            source.unmapped = std::mem::take(&mut self.rest.kept);
        }
        self.sound()
    }

    /// Where every sign was lost, a sentence with a number in it is asked as it stands.
    fn distrust(&mut self, criteria: &mut [Criterion]) {
        let mut found = false;
        for criterion in criteria {
            let words = criterion.text.iter().next().map(|(_, words)| words.full.clone()).unwrap_or_default();
            let numbered = words.contains(|c: char| c.is_numeric() || matches!(c, '=' | '＝' | '<' | '>'));
            found |= words.contains('=');
            if numbered && !matches!(criterion.expression, Expression::Judgement(_)) {
                criterion.expression = kept(criterion);
            }
        }
        if found {
            self.diagnostics.push(Diagnostic::warning(
                Code::LostComparator,
                "this export writes `=` where the registry has ≤ or ≥",
                "take the record from its own registry; numbers are asked as they stand until then",
            ));
        }
    }

    /// The trial, where its document can be read again; what is wrong with a criterion makes it one that is asked.
    fn sound(mut self) -> Result<Warned<Trial>, ImportError> {
        for round in 0..2 {
            self.trial.questions = question::missing(&self.trial);
            let findings = check(&self.trial);
            let errors = || findings.iter().filter(|finding| finding.diagnostic.severity == Severity::Error);
            let wrong: Vec<usize> = errors().filter_map(|finding| criterion_at(&finding.path)).collect();
            if round > 0 || wrong.is_empty() {
                self.diagnostics.extend(errors().map(|finding| finding.diagnostic.clone()));
                break;
            }
            for (at, criterion) in self.trial.eligibility.criteria.iter_mut().enumerate() {
                if wrong.contains(&at) {
                    criterion.expression = kept(criterion);
                }
            }
        }
        let criteria = &self.trial.eligibility.criteria;
        for diagnostic in &mut self.diagnostics {
            if let Some(at) = criteria.iter().position(|criterion| criterion.id == diagnostic.path) {
                diagnostic.path = format!("eligibility.criteria[{at}]");
            }
        }
        if self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(ImportError { diagnostics: self.diagnostics });
        }
        Ok(Warned { output: self.trial, diagnostics: self.diagnostics })
    }
}

/// The whole criterion, word for word.
fn kept(criterion: &Criterion) -> Expression {
    let text = criterion.text.iter().next().map(|(_, words)| words.full.clone()).unwrap_or_default();
    let unread = Unread { id: criterion.id.clone(), text, span: criterion.source.span };
    // for whom it is stays known
    if let Expression::When(conditional) = &criterion.expression
        && matches!(conditional.condition, Expression::Unread(_))
    {
        let mut conditional = conditional.clone();
        conditional.then = Expression::Unread(unread);
        return Expression::When(conditional);
    }
    Expression::Unread(unread)
}

fn criterion_at(path: &[Step]) -> Option<usize> {
    match path {
        [Step::Key(first), Step::Key(second), Step::Index(at), ..]
            if first == "eligibility" && second == "criteria" =>
        {
            Some(*at)
        }
        _ => None,
    }
}
