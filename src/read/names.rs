//! The names of the vocabulary, as a text has them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::model::concept::Concept;
use crate::model::wording::Wording;

use super::fold::{Glyph, fold};
use super::token::is_chinese;
use super::words::said;

/// The names of what has a value: `neutrophil count` → `neutrophils`.
fn names() -> &'static BTreeMap<String, &'static str> {
    static NAMES: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
        for (concept, wording) in Concept::all().zip(Wording::all()) {
            let others = wording.synonyms_english.iter().chain(&wording.synonyms_chinese);
            for name in [concept.english, concept.chinese].iter().chain(others) {
                let key = key(&fold(name));
                // A name of two things names neither.
                names.entry(key).and_modify(|id| *id = id.filter(|id| *id == concept.id)).or_insert(Some(concept.id));
            }
        }
        names.into_iter().filter_map(|(name, id)| Some((name, id?))).collect()
    })
}

fn key(text: &[Glyph]) -> String {
    let said = said(text, 12);
    if said.chars().any(is_chinese) { said.replace(' ', "") } else { said }
}

/// The concept that a phrase names.
pub(super) fn named(said: &str) -> Option<&'static str> {
    names().get(said).copied()
}

/// The first words of the names of concepts that are so.
pub(super) fn first_words(of: impl Fn(&str) -> bool) -> BTreeSet<&'static str> {
    let first = |(name, id): (&'static String, &&'static str)| of(id).then(|| name.split(' ').next()).flatten();
    names().iter().filter_map(first).collect()
}
