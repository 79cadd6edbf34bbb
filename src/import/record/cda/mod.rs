//! Clinical documents (CDA R2, C-CDA): sections → entries.

mod allergy;
mod element;
mod medicine;
mod problem;
mod shapes;
mod statement;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Span, Warned};
use crate::model::name::Name;

use super::charts::{Charts, Left, Origin, Why};
use super::entry::{Called, Entry, Said};
use super::gather::Gathering;
use super::xml::{self, Splitter, Tree, Unit};
use element::Element;
use shapes::{Words, called, time};
use statement::Around;

/// The names of what a clinical document says, and of the parts of documents that are handed around alone.
const ROOTS: [&str; 11] = [
    "ClinicalDocument",
    "act",
    "component",
    "encounter",
    "entry",
    "observation",
    "organizer",
    "procedure",
    "recordTarget",
    "section",
    "substanceAdministration",
];

pub(super) fn is_one(root: &str) -> bool {
    ROOTS.contains(&root)
}

/// The person, every section of the body, what is no section.
fn cuts(path: &[&str]) -> bool {
    match path {
        [root] => *root != "ClinicalDocument",
        [_, inside] => *inside == "recordTarget",
        [_, "component", inside] => *inside == "nonXMLBody",
        [_, "component", "structuredBody", inside] => *inside == "component",
        _ => false,
    }
}

/// What a clinical document proposes.
pub(super) fn of_xml(data: &[u8]) -> Warned<Charts> {
    let mut document =
        Reading { gathering: Gathering::new("C-CDA"), whose: Some(String::new()), people: 0, problems: Vec::new() };
    let mut splitter = Splitter::new(cuts, "entry");
    let mut take = |unit: Unit<'_>| document.unit(&unit);
    splitter.push(data, &mut take);
    let fault = splitter.finish(&mut take);
    let Reading { gathering, problems, .. } = document;
    let (output, more) = gathering.done();
    Warned { output, diagnostics: fault.into_iter().chain(problems).chain(more).collect() }
}

struct Reading {
    gathering: Gathering,
    /// Whose document it is; nobody's once it names two people.
    whose: Option<String>,
    people: usize,
    problems: Vec<Diagnostic>,
}

impl Reading {
    fn unit(&mut self, unit: &Unit<'_>) {
        if let Err(problem) = self.read(unit) {
            let span = Span { start: unit.start, end: unit.start + unit.bytes.len() };
            let origin = Origin { resource: Name::default(), path: Name::from(unit.path), line: unit.line, span };
            self.problems.push(Diagnostic { path: origin.path.to_string(), ..*problem });
            self.gathering.leave(Left::new(origin, String::new(), Why::Unreadable));
        }
    }

    fn read(&mut self, unit: &Unit<'_>) -> Result<(), Box<Diagnostic>> {
        let wrapped = xml::wrapped(unit)?;
        let tree = xml::tree(unit, &wrapped)?;
        let root = Element::of(tree.root());
        match root.name() {
            "recordTarget" => self.person(root, unit.path, &tree),
            "component" => {
                for section in root.each("section") {
                    self.section(section, &format!("{}.section", unit.path), &tree);
                }
            }
            "section" => self.section(root, "section", &tree),
            "nonXMLBody" => self.words(root, unit.path, &tree, Why::FreeText),
            "entry" => self.entry(root, "entry", &tree, &Words::new()),
            _ => self.statement(root, unit.path, &tree, &Words::new()),
        }
        Ok(())
    }

    /// The date of birth and the sex of the person whose document it is.
    fn person(&mut self, target: Element<'_>, path: &str, tree: &Tree<'_>) {
        // the number of the social security is nobody's name for a chart
        const SOCIAL_SECURITY: &str = "2.16.840.1.113883.4.1";
        let role = target.at("patientRole");
        let own = role.each("id").find(|id| id.attribute("root") != Some(SOCIAL_SECURITY));
        let key = own.and_then(|id| id.attribute("extension")).unwrap_or_default();
        self.people += 1;
        match &self.whose {
            Some(known) if self.people > 1 && known != key => self.whose = None,
            Some(_) if self.people == 1 => self.whose = Some(key.to_owned()),
            Some(_) | None => {}
        }
        let origin = origin(target, path, tree);
        let patient = role.at("patient");
        let mut entries = Vec::new();
        entries.extend(time(patient.at("birthTime")).map(|born| Entry::born(born, &origin)));
        let sex = match patient.at("administrativeGenderCode").attribute("code") {
            Some("M") => Some("male"),
            Some("F") => Some("female"),
            Some(_) | None => None,
        };
        entries.extend(sex.map(|sex| Entry::sex(sex, false, &origin)));
        if entries.is_empty() {
            entries.push(Entry { said: Said::Left(Why::NoValue), ..Entry::at(Cow::Borrowed(&origin)) });
        }
        self.gathering.take(Some(key), &entries);
    }

    /// The entries of a section and of the sections inside it.
    fn section<'a>(&mut self, section: Element<'a>, path: &str, tree: &'a Tree<'a>) {
        let mut open = vec![(section, path.to_owned())];
        while let Some((section, path)) = open.pop() {
            let mut parts = 0_usize;
            let mut inner = Vec::new();
            for (index, part) in section.each("component").enumerate() {
                parts += 1;
                inner.extend(part.each("section").map(|part| (part, format!("{path}.component[{index}].section"))));
            }
            open.extend(inner.into_iter().rev());
            let words = referred(section.at("text"));
            let family = is_family(section);
            for (index, entry) in section.each("entry").enumerate() {
                parts += 1;
                let path = format!("{path}.entry[{index}]");
                if family {
                    self.words(entry, &path, tree, Why::Family);
                } else {
                    self.entry(entry, &path, tree, &words);
                }
            }
            if parts == 0 {
                let why = if section.is_null() { Why::Absent } else { Why::FreeText };
                self.words(section, &path, tree, why);
            }
        }
    }

    /// What has nothing but words.
    fn words(&mut self, here: Element<'_>, path: &str, tree: &Tree<'_>, why: Why) {
        let mut called = called(here.at("code"), &Words::new());
        called.text = here.at("title").text().unwrap_or_default().into();
        let origin = Cow::Owned(origin(here, path, tree));
        let entry = Entry { called, said: Said::Left(why), ..Entry::at(origin) };
        self.gathering.take(self.whose.as_deref(), &[entry]);
    }

    fn entry<'a>(&mut self, entry: Element<'a>, path: &str, tree: &'a Tree<'a>, words: &Words<'a>) {
        match entry.inside().find(|one| one.name() != "templateId") {
            Some(statement) => self.statement(statement, path, tree, words),
            None => self.words(entry, path, tree, Why::Nameless),
        }
    }

    fn statement<'a>(&mut self, here: Element<'a>, path: &str, tree: &'a Tree<'a>, words: &Words<'a>) {
        let mut entries = Vec::new();
        statement::entries(here, &Around::new(path, tree, words), &mut entries);
        if entries.is_empty() {
            let origin = Cow::Owned(origin(here, path, tree));
            let called = called(here.at("code"), words);
            entries.push(Entry { called, said: Said::Left(Why::OtherKind), ..Entry::at(origin) });
        }
        self.gathering.take(self.whose.as_deref(), &entries);
    }
}

/// What stands in it is about relatives, whatever each entry says of whom.
fn is_family(section: Element<'_>) -> bool {
    const FAMILY: &str = "10157-6";
    const TEMPLATE: &str = "2.16.840.1.113883.10.20.22.2.15";
    section.at("code").attribute("code") == Some(FAMILY) || section.follows(TEMPLATE)
}

/// Everything in a narrative that something can refer to.
fn referred(text: Element<'_>) -> Words<'_> {
    let all = text.node().into_iter().flat_map(|node| node.descendants());
    all.filter_map(|node| Some((node.attribute("ID")?, Element::of(node)))).collect()
}

/// Where an element stands, with its name and the last part of its own id.
fn origin(here: Element<'_>, path: &str, tree: &Tree<'_>) -> Origin {
    let id = here.at("id");
    let id = id.attribute("extension").or_else(|| id.attribute("root"));
    let resource = id.map_or_else(|| Name::from(here.name()), |id| Name::from([here.name(), "/", id].concat()));
    let (line, span) = here.node().map(|node| (tree.line(node), tree.span(node))).unwrap_or_default();
    Origin { resource, path: Name::from(path), line, span }
}

/// Every name and every code of it stands for all of a kind.
fn is_general(called: &Called<'_>, names: &[&str]) -> bool {
    let general = |name: &str| names.contains(&super::phrases::plain(name).as_str());
    let worded = called.text.is_empty() || general(&called.text);
    !called.is_empty() && worded && called.codings.iter().all(|coding| general(&coding.name))
}
