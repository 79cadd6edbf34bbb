//! Is a trial document sound? What its types cannot say: that names refer to something, that windows and ranges
//! have something in them, that units can be compared, that everything asked can be asked.

mod amount;

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::import::limits;
use crate::import::readable::Step;
use crate::model::concept::{Concept, Kind};
use crate::model::derivation::sources_of;
use crate::model::expression::{Bound, Expression};
use crate::model::quantity::Conversion;
use crate::model::question::{AnswerKind, Question};
use crate::model::record::{Status, Subject};
use crate::model::refusal::Refusal;
use crate::model::table::Table;
use crate::model::trial::Trial;
use crate::model::unit::{BoundUnit, Substance, Unit};
use crate::model::window::{TimeUnit, Window};

/// A problem, and the way to the value it is about.
pub(crate) struct Finding {
    pub(crate) path: Vec<Step>,
    pub(crate) diagnostic: Diagnostic,
}

/// Everything that is wrong with a trial.
pub(crate) fn check(trial: &Trial) -> Vec<Finding> {
    let mut checker = Checker { trial, findings: Vec::new(), ids: Vec::new(), unread: Table::new() };
    checker.run();
    checker.findings
}

struct Checker<'t> {
    trial: &'t Trial,
    findings: Vec<Finding>,
    ids: Vec<String>,
    /// The sentences that are kept, by their ids: one may stand in several criteria and is asked once.
    unread: Table<&'t str>,
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

fn below(path: &[Step], step: Step) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(step);
    path
}

impl<'t> Checker<'t> {
    fn run(&mut self) {
        let trial = self.trial;
        if self.too_many() {
            return;
        }
        let cohorts: Vec<&str> = trial.eligibility.cohorts.iter().map(|cohort| cohort.id.as_str()).collect();
        let languages: Vec<&str> = trial.languages().collect();
        let mut used: Vec<String> = Vec::new();
        let mut known: Table<()> = Table::new();
        let list = [key("eligibility"), key("criteria")];
        for (index, criterion) in trial.eligibility.criteria.iter().enumerate() {
            let here = below(&list, Step::Index(index));
            self.new_id(&criterion.id, below(&here, key("id")));
            for (i, cohort) in criterion.cohorts.iter().enumerate() {
                if !cohorts.contains(&cohort.as_str()) {
                    self.error(
                        below(&below(&here, key("cohorts")), Step::Index(i)),
                        Code::DanglingCohort,
                        format!("no cohort has the id {}", quoted(cohort)),
                        "use the id of one of the trial's cohorts, or add the cohort",
                    );
                }
            }
            for language in &languages {
                if !criterion.text.contains_key(language) {
                    self.translation(below(&here, key("text")), language);
                }
            }
            self.expression(&criterion.expression, &below(&here, key("expression")));
            for subject in criterion.expression.leaves().into_iter().filter_map(Expression::subject) {
                for key in subject.parts().iter().map(Subject::key) {
                    if !known.contains_key(&key) {
                        known.insert(key.clone(), ());
                        used.push(key);
                    }
                }
            }
            for window in criterion.expression.leaves().into_iter().filter_map(Expression::window) {
                let event = window.anchor.name();
                if window.anchor.is_event() && !known.contains_key(event.as_ref()) {
                    known.insert(event.clone().into_owned(), ());
                    used.push(event.into_owned());
                }
            }
        }
        self.questions(&used, &known, &languages);
    }

    /// More of something than the rest is looked at for.
    fn too_many(&mut self) -> bool {
        let eligibility = &self.trial.eligibility;
        let leaves: Vec<usize> = eligibility.criteria.iter().map(|c| c.expression.leaves().len()).collect();
        let counts = [
            (eligibility.criteria.len(), limits::CRITERIA, "criteria", "eligibility.criteria"),
            (leaves.iter().sum(), limits::ALL_LEAVES, "comparisons in all criteria", "eligibility.criteria"),
            (eligibility.cohorts.len(), limits::COHORTS, "cohorts", "eligibility.cohorts"),
            (self.trial.questions.len(), limits::QUESTIONS, "questions", "questions"),
            (self.trial.checklists.len(), limits::QUESTIONS, "checklists", "checklists"),
        ];
        for (count, most, what, path) in counts {
            self.at_most(count, most, what, path.split('.').map(key).collect());
        }
        for (index, count) in leaves.into_iter().enumerate() {
            let path = vec![key("eligibility"), key("criteria"), Step::Index(index), key("expression")];
            self.at_most(count, limits::LEAVES, "comparisons in one criterion", path);
        }
        if self.findings.is_empty() {
            self.alike();
        }
        !self.findings.is_empty()
    }

    /// Every way in which what is said of one thing could turn out is tried: that takes time for each of them.
    fn alike(&mut self) {
        let mut subjects: Table<Vec<&Expression>> = Table::new();
        for leaf in self.trial.eligibility.criteria.iter().flat_map(|criterion| criterion.expression.leaves()) {
            let Some(name) = leaf.subject().map(|subject| subject.key()) else { continue };
            match subjects.get_mut(&name) {
                Some(leaves) if leaves.len() > limits::ALIKE || leaves.contains(&leaf) => {}
                Some(leaves) => leaves.push(leaf),
                None => subjects.insert(name, vec![leaf]),
            }
        }
        for (name, leaves) in subjects.iter().filter(|(_, leaves)| leaves.len() > limits::ALIKE) {
            let what = format!("or more different comparisons about {}", quoted(name));
            self.at_most(leaves.len(), limits::ALIKE, &what, vec![key("eligibility"), key("criteria")]);
        }
    }

    fn at_most(&mut self, count: usize, most: usize, what: &str, path: Vec<Step>) {
        if count > most {
            let message = format!("there are {count} {what}; at most {most} are read");
            self.error(path, Code::TooMany, message, "take out what the trial does not need, or split it");
        }
    }

    fn new_id(&mut self, id: &str, path: Vec<Step>) {
        if self.ids.iter().any(|known| known == id) {
            self.error(
                path,
                Code::DuplicateId,
                format!("the id {} is taken", quoted(id)),
                "give each criterion, judgement and unread sentence an id of its own",
            );
        }
        self.ids.push(id.to_owned());
    }

    fn error(&mut self, path: Vec<Step>, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding { path, diagnostic: Diagnostic::error(code, message, help) });
    }

    fn warning(&mut self, path: Vec<Step>, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding { path, diagnostic: Diagnostic::warning(code, message, help) });
    }

    fn translation(&mut self, path: Vec<Step>, language: &str) {
        let message = format!("the words in {} are missing", quoted(language));
        self.warning(path, Code::MissingTranslation, message, "add them; until then other words are shown");
    }

    /// INVARIANT: the depth is bounded by the reader's.
    fn expression(&mut self, expression: &'t Expression, path: &[Step]) {
        match expression {
            Expression::AllOf(parts) => self.group(parts, below(path, key("allOf"))),
            Expression::AnyOf(parts) => self.group(parts, below(path, key("anyOf"))),
            Expression::Not(part) => self.expression(part, &below(path, key("not"))),
            Expression::AtLeast(at_least) => {
                let here = below(path, key("atLeast"));
                let count = usize::try_from(at_least.count).unwrap_or(usize::MAX);
                if count == 0 || count > at_least.of.len() {
                    self.error(
                        below(&here, key("count")),
                        Code::ImpossibleCount,
                        format!("at least {count} of {} parts: the parts can never change that", at_least.of.len()),
                        "use a count between 1 and the number of parts",
                    );
                }
                self.group(&at_least.of, below(&here, key("of")));
            }
            Expression::When(conditional) => {
                let here = below(path, key("when"));
                self.expression(&conditional.condition, &below(&here, key("condition")));
                self.expression(&conditional.then, &below(&here, key("then")));
            }
            Expression::Compare(compare) => self.compare(compare, &below(path, key("compare"))),
            Expression::Change(change) => self.change(change, &below(path, key("change"))),
            Expression::IsOneOf(is_one_of) => {
                let here = below(path, key("isOneOf"));
                let concept = self.subject(&is_one_of.subject, below(&here, key("subject")), &[Kind::Code]);
                if is_one_of.values.is_empty() {
                    self.no_parts(below(&here, key("values")));
                }
                for (i, value) in is_one_of.values.iter().enumerate() {
                    if concept.is_some_and(|c| !c.codes.is_empty() && !c.codes.contains(&value.as_str())) {
                        self.error(
                            below(&below(&here, key("values")), Step::Index(i)),
                            Code::UnknownValue,
                            format!("{} is not one of the codes of this concept", quoted(value)),
                            format!("use one of: {}", concept.map(|c| c.codes.join(", ")).unwrap_or_default()),
                        );
                    }
                }
                self.window(is_one_of.window.as_ref(), below(&here, key("window")));
                self.no_half_lives(is_one_of.window.as_ref(), below(&here, key("window")));
            }
            Expression::Present(present) => {
                let here = below(path, key("present"));
                self.subject(&present.subject, below(&here, key("subject")), &[Kind::Presence, Kind::Dose]);
                self.window(present.window.as_ref(), below(&here, key("window")));
                if let Some(lasting) = &present.lasting {
                    if matches!(present.status, Status::Planned | Status::Any) {
                        let message = "what is planned has not lasted yet";
                        let help = "use the status \"current\" for what goes on, or \"history\" for any time up to now";
                        self.error(below(&here, key("status")), Code::WrongType, message, help);
                    }
                    self.length([&lasting.low, &lasting.high], below(&here, key("lasting")));
                }
            }
            Expression::Elapsed(elapsed) => {
                let here = below(path, key("elapsed"));
                self.subject(&elapsed.since, below(&here, key("since")), &[Kind::Date, Kind::Presence]);
                self.length([&elapsed.low, &elapsed.high], here);
            }
            Expression::Judgement(judgement) => {
                self.new_id(&format!("judgement:{}", judgement.id), below(&below(path, key("judgement")), key("id")));
            }
            Expression::Unread(unread) => {
                if self.unread.get(&unread.id) != Some(&unread.text.as_str()) {
                    self.new_id(&format!("unread:{}", unread.id), below(&below(path, key("unread")), key("id")));
                    self.unread.insert(unread.id.clone(), &unread.text);
                }
            }
        }
    }

    fn group(&mut self, parts: &'t [Expression], path: Vec<Step>) {
        if parts.is_empty() {
            self.no_parts(path.clone());
        }
        for (index, part) in parts.iter().enumerate() {
            self.expression(part, &below(&path, Step::Index(index)));
        }
    }

    /// A ratio is one of two values whose units convert without knowing of what: else its number hangs on the units.
    fn ratio(&mut self, pair: &[Subject; 2], path: &[Step], kinds: &[Kind]) {
        let nested = pair.iter().any(|part| part.parts().len() > 1);
        if nested || !kinds.contains(&Kind::Quantity) {
            let message = "a ratio is a number of two values";
            self.error(path.to_vec(), Code::WrongType, message, "ask about the ratio of two values with \"compare\"");
            return;
        }
        let mut units = Vec::new();
        for (i, part) in pair.iter().enumerate() {
            let here = below(&below(path, key("ratio")), Step::Index(i));
            units
                .extend(self.subject(part, here, &[Kind::Quantity]).and_then(|concept| Some((concept, concept.unit?))));
        }
        if let [(above, a), (under, b)] = units.as_slice()
            && let Err(refusal) = Conversion::between(*a, *b, Substance::Unknown)
        {
            let (message, _) = refusal.said(above.unit_text, Some(under.unit_text));
            let help = "use two values whose units are of one kind, or a concept for their ratio";
            self.error(path.to_vec(), Code::IncomparableUnit, message, help);
        }
    }

    fn no_parts(&mut self, path: Vec<Step>) {
        let message = "this list has nothing in it";
        self.error(path, Code::EmptyExpression, message, "add what belongs here, or take the whole group out");
    }

    fn no_bound(&mut self, path: Vec<Step>) {
        let message = "this comparison has neither \"low\" nor \"high\"";
        self.error(path, Code::EmptyExpression, message, "add the bound it compares with");
    }

    fn empty_range(&mut self, path: Vec<Step>) {
        let message = "no value lies between these bounds";
        self.error(path, Code::EmptyRange, message, "check which of the two is the lower bound");
    }

    fn missing_unit(&mut self, path: Vec<Step>, units: &str) {
        self.error(path, Code::MissingUnit, "the bound has no unit", format!("add \"unit\": {units}"));
    }

    /// The vocabulary's row, where the subject is one that an expression of this kind can ask about.
    fn subject(&mut self, subject: &Subject, path: Vec<Step>, kinds: &[Kind]) -> Option<&'static Concept> {
        let id = match subject {
            Subject::Concept(id) => id,
            Subject::Ratio(pair) => {
                self.ratio(pair, &path, kinds);
                return None;
            }
            Subject::Text(_) | Subject::Judgement(_) | Subject::Unread(_) => return None,
        };
        let Some(concept) = Concept::named(id) else {
            let help = "use a concept of the vocabulary, or {\"text\": …} for something it has no word for";
            self.error(path, Code::DanglingConcept, format!("the vocabulary has no concept {}", quoted(id)), help);
            return None;
        };
        if !kinds.contains(&concept.kind) {
            let ask = match concept.kind {
                Kind::Quantity => "\"compare\"",
                Kind::Code => "\"isOneOf\"",
                Kind::Presence => "\"present\" or \"elapsed\"",
                Kind::Date => "\"elapsed\"",
                Kind::Dose => "\"compare\" or \"present\"",
            };
            let message = format!("{} is not something to ask about in this way", quoted(id));
            self.error(path, Code::WrongType, message, format!("ask about it with {ask}"));
            return None;
        }
        Some(concept)
    }

    fn unit(&mut self, bound: &Bound, concept: Option<&'static Concept>, path: &[Step]) -> Option<BoundUnit> {
        let Some(text) = bound.unit.as_deref() else {
            let number = concept.and_then(|c| c.unit).is_some_and(|u| u.dimension != crate::Dimension::Number);
            if number {
                self.missing_unit(path.to_vec(), &format!("\"{}\"", concept.map_or("", |c| c.unit_text)));
                return None;
            }
            return BoundUnit::from_text("");
        };
        let path = below(path, key("unit"));
        let own = concept.map(|concept| concept.unit_text);
        let refused = |refusal: Refusal| refusal.said(text, own);
        let found = match (BoundUnit::from_text(text), concept) {
            (None, _) => Err(refused(Unit::read(text).err().unwrap_or(Refusal::UnknownUnit))),
            (Some(BoundUnit::Of(one)), Some(concept)) => {
                let counted = concept.is_counted() && TimeUnit::from_text(text).is_some_and(|unit| !unit.is_clock());
                let own = concept.unit.ok_or(Refusal::OtherQuantity);
                match own.and_then(|own| Conversion::between(one, own, concept.substance)) {
                    Err(refusal) if !counted => Err(refused(refusal)),
                    Ok(_) | Err(_) => Ok(BoundUnit::Of(one)),
                }
            }
            (Some(unit), _) => Ok(unit),
        };
        match found {
            Ok(unit) => Some(unit),
            Err((message, help)) => {
                self.error(path, Code::IncomparableUnit, message, help);
                None
            }
        }
    }

    /// Half-lives are of a medicine that was there, and not of a value.
    fn no_half_lives(&mut self, window: Option<&Window>, path: Vec<Step>) {
        if window.is_some_and(|window| window.half_lives.is_some()) {
            let message = "a value does not leave the body by half-lives";
            self.error(
                below(&path, key("halfLives")),
                Code::WrongType,
                message,
                "ask with \"present\" for the medicine",
            );
        }
    }

    fn window(&mut self, window: Option<&Window>, path: Vec<Step>) {
        if window.is_some_and(|window| window.half_life.is_some() && window.half_lives.is_none()) {
            let message = "the key `halfLives` is missing";
            self.error(path.clone(), Code::MissingKey, message, "say how many half-lives, or take \"halfLife\" out");
        }
        if window.is_some_and(Window::is_impossible) {
            self.error(
                path,
                Code::ImpossibleWindow,
                "this window ends before it begins",
                "\"from\" is the earlier end: days before the anchor are negative",
            );
        }
    }

    fn questions(&mut self, used: &[String], known: &Table<()>, languages: &[&str]) {
        let trial = self.trial;
        for subject in used {
            let sources = sources_of(subject);
            let reachable = trial.questions.contains_key(subject)
                || sources.iter().any(|source| trial.questions.contains_key(source));
            if !reachable && !subject.starts_with("unread:") {
                self.warning(
                    vec![key("questions")],
                    Code::MissingQuestion,
                    format!("nothing asks for {}, which a criterion uses", quoted(subject)),
                    "add a question for it; until then only a record can answer",
                );
            }
        }
        let mut sources: Vec<&str> = Vec::new();
        for source in used.iter().flat_map(|subject| sources_of(subject)) {
            if !sources.contains(source) {
                sources.push(source);
            }
        }
        for (name, question) in trial.questions.iter() {
            let here = [key("questions"), key(name)];
            if !known.contains_key(name) && !sources.contains(&name.as_str()) {
                self.warning(
                    here.to_vec(),
                    Code::UnusedQuestion,
                    format!("no criterion uses {}", quoted(name)),
                    "take the question out, or check the spelling of its key",
                );
            }
            for language in languages {
                if !question.text.contains_key(language) {
                    self.translation(below(&here, key("text")), language);
                }
            }
            self.question(name, question, &here);
        }
    }

    fn question(&mut self, name: &str, question: &Question, here: &[Step]) {
        if let Some(list) = &question.checklist
            && !self.trial.checklists.contains_key(list)
        {
            let message = format!("no checklist has the id {}", quoted(list));
            self.error(
                below(here, key("checklist")),
                Code::MissingQuestion,
                message,
                "add the checklist, or take the key out",
            );
        }
        let concept = Concept::named(name);
        let units = match &question.answer {
            AnswerKind::Quantity(quantity) => quantity.units.as_slice(),
            AnswerKind::Doses(medicines) => {
                for (i, medicine) in medicines.iter().enumerate() {
                    if Concept::named(medicine).is_none_or(|c| c.kind != Kind::Dose) {
                        let path = below(&below(&below(here, key("answer")), key("doses")), Step::Index(i));
                        let message = format!("the vocabulary has no medicine {}", quoted(medicine));
                        self.error(path, Code::DanglingConcept, message, "use the id of a medicine with a dose");
                    }
                }
                &[]
            }
            AnswerKind::YesNo
            | AnswerKind::Choice(_)
            | AnswerKind::Date
            | AnswerKind::LastTime
            | AnswerKind::Course(_)
            | AnswerKind::Onset
            | AnswerKind::Drinks => &[],
        };
        for (i, unit) in units.iter().enumerate() {
            let known = crate::Unit::from_text(unit);
            let own = concept.and_then(|c| c.unit);
            let fits = match (known, own) {
                (Some(known), Some(own)) => {
                    let substance = concept.map_or(Substance::Unknown, |c| c.substance);
                    Conversion::between(known, own, substance).is_ok()
                }
                (known, None) => known.is_some(),
                (None, Some(_)) => false,
            };
            if !fits {
                let path =
                    below(&below(&below(&below(here, key("answer")), key("quantity")), key("units")), Step::Index(i));
                let message = format!("{} cannot be compared with the concept's own unit", quoted(unit));
                self.error(path, Code::IncomparableUnit, message, "offer units of the same kind only");
            }
        }
    }
}
