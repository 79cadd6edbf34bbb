//! The text of criteria alone, in English or Chinese.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::Trial;
use crate::read::{self, Language, Role};

use super::draft::Draft;
use super::lists::Lists;
use super::words::lines;

/// Whether a text has a heading of criteria, or at least several lines that could be some.
pub(super) fn is_some(text: &str) -> bool {
    let outline = read::outline(text);
    let criteria = outline.iter().filter(|(role, _)| *role == Role::Criterion).count();
    criteria > 0 && (criteria > 1 || outline.iter().any(|(role, _)| *role == Role::Heading))
}

pub(super) fn import(text: &str) -> Result<Warned<Trial>, ImportError> {
    let language = language(text);
    let mut draft = Draft::new("Criteria text", "criteria".to_owned(), language);
    let title = match language {
        Language::English => "Trial without a name",
        Language::Chinese => "未命名的试验",
    };
    draft.trial.title = draft.said(Some(title.to_owned()));
    draft.trial.identifiers.clear();
    let Some(text) = lines(text) else {
        return Err(Diagnostic::error(Code::Empty, "the text is empty", "paste the criteria").into());
    };
    draft.lists = Lists::Whole(text);
    draft.finish()
}

/// Chinese where a tenth of the letters are Han.
pub(super) fn language(text: &str) -> Language {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut han, mut all) = (0_usize, 0_usize);
    for letter in letters {
        all += 1;
        han += usize::from(matches!(letter, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}'));
    }
    if han * 10 >= all && han > 0 { Language::Chinese } else { Language::English }
}
