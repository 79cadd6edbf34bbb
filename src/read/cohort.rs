//! Headings that part the people into cohorts of which a person enters one.

use std::collections::BTreeSet;

use crate::model::trial::Cohort;

use super::Language;
use super::fold::{Glyph, shown};
use super::outline::{Block, Item};
use super::people::{chinese_family, family};
use super::words::{phrase, words};

/// The cohorts that the headings of a text declare; none where it is not plain that a person enters one alone.
#[derive(Debug, Default)]
pub(super) struct Cohorts {
    found: Vec<Named>,
}

#[derive(Debug)]
struct Named {
    /// The family and the label, or what sets two groups apart.
    key: (String, String),
    cohort: Cohort,
}

impl Cohorts {
    /// Those of an outline.
    pub(super) fn of(blocks: &[Block<'_>], language: Language) -> Cohorts {
        let mut people: Vec<&[Glyph]> = Vec::new();
        let mut spoken_of = Vec::new();
        for block in blocks {
            match block {
                Block::Item(place, item) => {
                    people.extend(place.population);
                    inside(item, &mut people, &mut spoken_of);
                }
                Block::Heading(_, _) | Block::Nothing(_) => {}
            }
        }
        if people.is_empty() {
            return Cohorts::default();
        }
        let mut cohorts = Cohorts::default();
        if !cohorts.families(&people, &spoken_of, language) {
            cohorts.found.clear();
            cohorts.controls(&people, language);
        }
        if cohorts.found.len() < 2 {
            cohorts.found.clear();
        }
        cohorts
    }

    /// "Cohort A", "Cohort B": of one family, without a gap, so that none is missing.
    fn families(&mut self, people: &[&[Glyph]], spoken_of: &[(String, String)], language: Language) -> bool {
        let named: Vec<(String, Vec<String>)> = people.iter().filter_map(|people| named(people)).collect();
        let families: BTreeSet<&str> = named.iter().map(|(family, _)| family.as_str()).collect();
        let [family] = families.iter().copied().collect::<Vec<_>>()[..] else { return false };
        let labels: BTreeSet<&str> = named.iter().flat_map(|(_, labels)| labels.iter().map(String::as_str)).collect();
        let places: BTreeSet<usize> = labels.iter().filter_map(|label| place(label)).collect();
        let whole = places.len() == labels.len() && places.iter().copied().eq(1..=places.len());
        let missing = spoken_of.iter().any(|(of, label)| of == family && !labels.contains(label.as_str()));
        if labels.len() < 2 || !whole || missing {
            return false;
        }
        for label in labels {
            let shown = match language {
                Language::English => format!("{} {}", capital(family), label.to_uppercase()),
                Language::Chinese => match family {
                    "队列" => format!("{family}{}", label.to_uppercase()),
                    "部分" | "阶段" => format!("第{label}{family}"),
                    _ => format!("{}{family}", label.to_uppercase()),
                },
            };
            self.add((family.to_owned(), label.to_owned()), shown, language);
        }
        true
    }

    /// Patients and healthy controls.
    fn controls(&mut self, people: &[&[Glyph]], language: Language) {
        let keys: BTreeSet<&str> = people.iter().filter_map(|people| side(people)).collect();
        let others = people.iter().any(|people| side(people).is_none());
        if keys.len() != 2 || others {
            return;
        }
        for key in keys {
            let names: BTreeSet<String> =
                people.iter().filter(|people| side(people) == Some(key)).map(|people| bare(people)).collect();
            let [name] = names.iter().collect::<Vec<_>>()[..] else {
                self.found.clear();
                return;
            };
            self.add((String::new(), key.to_owned()), capital(name), language);
        }
    }

    fn add(&mut self, key: (String, String), label: String, language: Language) {
        let number = self.found.len() + 1;
        let id: String = label
            .to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        let id = if id.is_empty() || !label.is_ascii() { format!("cohort-{number}") } else { id };
        let label = [(language.tag().to_owned(), label)].into_iter().collect();
        self.found.push(Named { key, cohort: Cohort { id, label, open: None } });
    }

    /// The ids of the cohorts that a heading means; `None` where it means people of another sort.
    pub(super) fn meant(&self, people: &[Glyph]) -> Option<Vec<String>> {
        let keys: Vec<(String, String)> = match named(people) {
            Some((family, labels)) => labels.into_iter().map(|label| (family.clone(), label)).collect(),
            None => vec![(String::new(), side(people)?.to_owned())],
        };
        let one = |key: &(String, String)| {
            self.found.iter().find(|named| named.key == *key).map(|named| named.cohort.id.clone())
        };
        keys.iter().map(one).collect()
    }

    pub(super) fn into_cohorts(self) -> Vec<Cohort> {
        self.found.into_iter().map(|named| named.cohort).collect()
    }
}

/// The people that an item and those within it are about, and the cohorts that their words name.
fn inside<'g>(item: &Item<'g>, people: &mut Vec<&'g [Glyph]>, spoken_of: &mut Vec<(String, String)>) {
    let mut open = vec![item];
    while let Some(item) = open.pop() {
        people.extend(item.people);
        for line in &item.lines {
            let words = words(line.whole, usize::MAX);
            spoken_of.extend(
                words
                    .windows(2)
                    .filter_map(family)
                    .flat_map(|(family, labels)| labels.into_iter().map(move |label| (family.clone(), label))),
            );
        }
        open.extend(item.children.iter().rev());
    }
}

fn named(people: &[Glyph]) -> Option<(String, Vec<String>)> {
    let until = people.iter().position(|glyph| glyph.sign == '(').filter(|at| *at > 0).unwrap_or(people.len());
    let words = words(people.get(..until)?, 12);
    family(&words).or_else(|| chinese_family(&phrase(&words)))
}

/// Whether the people are patients or controls, where it says so and nothing else.
fn side(people: &[Glyph]) -> Option<&'static str> {
    let words = words(people, 8);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.text.as_str()));
    let apart = [
        "women", "men", "male", "males", "female", "females", "children", "both", "all", "and", "or", "not", "without",
        "if",
    ];
    if has(&apart) || words.len() > 5 {
        return None;
    }
    if has(&["control", "controls", "healthy"]) {
        return Some("controls");
    }
    has(&["patients", "patient", "affected", "cases", "case"]).then_some("patients")
}

/// The name without the words that lead to it.
fn bare(people: &[Glyph]) -> String {
    let text = shown(people);
    let text = ["for the ", "for ", "For the ", "For ", "FOR THE ", "FOR ", "in ", "the "]
        .iter()
        .find_map(|lead| text.strip_prefix(lead))
        .unwrap_or(&text);
    text.trim().to_lowercase()
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

/// Which in its row a label is.
fn place(label: &str) -> Option<usize> {
    if let Ok(number) = label.parse::<usize>() {
        return Some(number);
    }
    if let Some(at) = ["i", "ii", "iii", "iv", "v", "vi"].iter().position(|roman| *roman == label) {
        return Some(at + 1);
    }
    if let Some(at) = label.chars().next().and_then(|first| "一二三四五六".chars().position(|known| known == first))
    {
        return Some(at + 1);
    }
    match label.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a') + 1),
        _ => None,
    }
}
