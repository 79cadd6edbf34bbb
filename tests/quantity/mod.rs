//! Units and quantities against UCUM and against cases worked out by hand, and the rows of the vocabulary.

mod conversion;
mod spelling;
mod ucum;
mod vocabulary;

use trial_prescreen::{Concept, Conversion, Exact, Refusal, Substance, Unit};

/// The cells of a table's rows, without its head and its comments.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn substance(concept: &str) -> Substance {
    match concept {
        "" => Substance::Unknown,
        id => Concept::named(id).unwrap_or_else(|| panic!("no concept `{id}`")).substance,
    }
}

fn conversion(from: &str, to: &str, concept: &str) -> Result<Conversion, Refusal> {
    Conversion::between(Unit::read(from)?, Unit::read(to)?, substance(concept))
}

fn number(text: &str) -> Exact {
    text.parse::<trial_prescreen::Decimal>().unwrap_or_else(|_| panic!("`{text}` is not a number")).exact()
}
