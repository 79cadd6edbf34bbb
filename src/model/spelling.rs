//! Units as results and protocols write them.

use std::sync::OnceLock;

use crate::model::decimal::{Decimal, Exact};
use crate::model::unit::{Dimension, Unit};

/// A word of a unit, with the letter of what it measures (see [`MEASURED`]) and its size in base units.
struct Atom {
    name: &'static str,
    kind: u8,
    /// It takes a prefix: `+` in the table.
    prefixed: bool,
    size: Exact,
}

/// The rows of `units.tsv`, in the order of the names.
fn atoms() -> &'static [Atom] {
    static ATOMS: OnceLock<Vec<Atom>> = OnceLock::new();
    ATOMS.get_or_init(|| include_str!("units.tsv").lines().skip(1).filter_map(atom).collect())
}

fn atom(line: &'static str) -> Option<Atom> {
    let (name, rest) = line.split_once('\t')?;
    let (kind, size) = rest.split_once('\t')?;
    let decimal = |text: &str| text.parse::<Decimal>().ok().map(Decimal::exact);
    let size = match size.split_once('/') {
        Some((numerator, denominator)) => decimal(numerator)?.over(decimal(denominator)?)?,
        None => decimal(size)?,
    };
    Some(Atom { name, kind: kind.bytes().next()?, prefixed: kind.ends_with('+'), size })
}

fn named(name: &str) -> Option<&'static Atom> {
    let atoms = atoms();
    atoms.get(atoms.binary_search_by(|atom| atom.name.cmp(name)).ok()?)
}

/// Prefixes and their powers of ten.
const PREFIXES: [(&str, i8); 16] = [
    ("kilo", 3),
    ("k", 3),
    ("deci", -1),
    ("d", -1),
    ("centi", -2),
    ("c", -2),
    ("milli", -3),
    ("micro", -6),
    ("mc", -6),
    ("m", -3),
    ("u", -6),
    ("nano", -9),
    ("n", -9),
    ("pico", -12),
    ("p", -12),
    ("f", -15),
];

/// What may stand behind a word, and the letters it makes of a mass and of a volume.
const SUFFIXES: [(&str, u8, u8); 8] = [
    ("feu", b'f', b'F'),
    ("ddu", b'd', b'd'),
    ("creatinine", b'g', b'v'),
    ("creat", b'g', b'v'),
    ("crea", b'g', b'v'),
    ("cre", b'g', b'v'),
    ("cr", b'g', b'v'),
    ("alb", b'g', b'v'),
];

/// Slips met in real records, and what was meant.
pub(super) const MISPRINTS: [(&str, &str); 9] = [
    ("10*-3/ul", "10*3/uL"),
    ("10-3/ul", "10*3/uL"),
    ("10-6/ul", "10*6/uL"),
    ("103/ul", "10*3/uL"),
    ("106/ul", "10*6/uL"),
    ("109/l", "10*9/L"),
    ("1012/l", "10*12/L"),
    ("10*3/u", "10*3/uL"),
    ("md/dl", "mg/dL"),
];

/// The letter of the numerator, those of the denominators in their order, and what is measured.
const MEASURED: [([u8; 3], Dimension); 51] = [
    (*b"1  ", Dimension::Number),
    (*b"%  ", Dimension::Fraction),
    (*b"vv ", Dimension::Fraction),
    (*b"gv ", Dimension::MassConcentration),
    (*b"G  ", Dimension::MassConcentration),
    (*b"fv ", Dimension::FibrinogenEquivalents),
    (*b"gF ", Dimension::FibrinogenEquivalents),
    (*b"dv ", Dimension::DDimerUnits),
    (*b"gd ", Dimension::DDimerUnits),
    (*b"nv ", Dimension::SubstanceConcentration),
    (*b"ev ", Dimension::EquivalentConcentration),
    (*b"1v ", Dimension::NumberConcentration),
    (*b"#v ", Dimension::NumberConcentration),
    (*b"cv ", Dimension::CopyConcentration),
    (*b"uv ", Dimension::EnzymeActivity),
    (*b"kv ", Dimension::CatalyticConcentration),
    (*b"iv ", Dimension::InternationalUnitConcentration),
    (*b"vt ", Dimension::Clearance),
    (*b"vbt", Dimension::NormalisedClearance),
    (*b"vat", Dimension::FlowPerArea),
    (*b"l  ", Dimension::Length),
    (*b"lt ", Dimension::Speed),
    (*b"a  ", Dimension::Area),
    (*b"v  ", Dimension::Volume),
    (*b"g  ", Dimension::Mass),
    (*b"n  ", Dimension::Amount),
    (*b"u  ", Dimension::Units),
    (*b"i  ", Dimension::Units),
    (*b"gt ", Dimension::DoseRate),
    (*b"nt ", Dimension::SubstanceRate),
    (*b"ut ", Dimension::UnitRate),
    (*b"it ", Dimension::UnitRate),
    (*b"ot ", Dimension::EthanolRate),
    (*b"ga ", Dimension::MassPerArea),
    (*b"gat", Dimension::DoseRatePerArea),
    (*b"gg ", Dimension::MassRatio),
    (*b"ggt", Dimension::DoseRatePerMass),
    (*b"gn ", Dimension::MassPerSubstance),
    (*b"nn ", Dimension::SubstanceRatio),
    (*b"p  ", Dimension::Pressure),
    (*b"T  ", Dimension::Temperature),
    (*b"H  ", Dimension::Fahrenheit),
    (*b"t  ", Dimension::Time),
    (*b"1t ", Dimension::Frequency),
    (*b"#t ", Dimension::Frequency),
    (*b"q  ", Dimension::Frequency),
    (*b"y  ", Dimension::PackYears),
    (*b"Y  ", Dimension::Years),
    (*b"M  ", Dimension::Months),
    (*b"W  ", Dimension::Weeks),
    (*b"D  ", Dimension::Days),
];

/// Signs that are written in many ways.
const FOLDED: [(char, &str); 16] = [
    ('µ', "u"),
    ('μ', "u"),
    ('^', "*"),
    ('×', "*"),
    ('✕', "*"),
    ('·', "."),
    ('⋅', "."),
    ('−', "-"),
    ('–', "-"),
    ('∕', "/"),
    ('⁄', "/"),
    ('°', "deg"),
    ('℃', "c"),
    ('℉', "f"),
    ('㎕', "ul"),
    ('㎡', "m2"),
];

pub(super) fn drink_unit(name: &str) -> Option<Unit> {
    let (amount, per) = name.strip_prefix("unit")?.split_once('/')?;
    let amount = amount.strip_suffix("ethanol")?;
    let at = amount.find(|c: char| c.is_ascii_alphabetic())?;
    let (count, measure) = amount.split_at_checked(at)?;
    let count = count.parse::<Decimal>().ok()?.exact();
    let unit = parse(&format!("{measure}ethanol/{per}"))?;
    Some(Unit { factor: unit.factor.times(count)?, ..unit })
}

/// A word with its prefix: so many base units, times ten to a power.
#[derive(Clone, Copy)]
struct Word {
    kind: u8,
    size: Exact,
    power: i8,
}

/// `numerator/denominator/denominator`, folded by [`plain`].
pub(super) fn parse(name: &str) -> Option<Unit> {
    let mut terms = name.split('/');
    let head = terms.next()?;
    // M/uL counts millions; nobody measures metres per volume
    let million = head == "m" && name.ends_with(['l', '3']);
    let Word { kind, size: mut factor, mut power } = numerator(if million { "mil" } else { head })?;
    let mut letters = [kind, b' ', b' '];
    for term in terms {
        let word = denominator(term)?;
        power = power.checked_sub(word.power)?;
        if word.size != Exact::ONE {
            factor = factor.over(word.size)?;
        }
        letters = match letters {
            [top, b' ', _] => [top, word.kind, b' '],
            [top, other, b' '] => [top, other.min(word.kind), other.max(word.kind)],
            _ => return None,
        };
    }
    let (_, dimension) = MEASURED.iter().find(|(measured, _)| *measured == letters)?;
    let ten = Exact::ratio(10_i128.checked_pow(u32::from(power.unsigned_abs()))?, 1)?;
    let factor = if power < 0 { factor.over(ten)? } else { factor.times(ten)? };
    Some(Unit { dimension: *dimension, factor })
}

/// A word, a power of ten, or both: `10*3cells`. Nothing at all is the number one.
fn numerator(term: &str) -> Option<Word> {
    let number = |kind| Word { kind, size: Exact::ONE, power: 0 };
    if term.is_empty() {
        return Some(number(b'1'));
    }
    if let Some(found) = word(term) {
        return Some(found);
    }
    let rest = term.strip_prefix("10")?.strip_prefix(['*', 'e', '+', 'x'])?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (power, rest) = rest.split_at_checked(digits)?;
    let power: i8 = power.parse().ok().filter(|power| *power <= 12)?;
    let word = if rest.is_empty() { number(b'#') } else { word(rest)? };
    Some(Word { power: word.power + power, ..word })
}

/// A word with a number before it or without: `24h`, `100ml`. Calendar units of no fixed length divide nothing.
fn denominator(term: &str) -> Option<Word> {
    let found = word(term).or_else(|| {
        let digits = term.find(|c: char| !c.is_ascii_digit())?;
        let (count, rest) = term.split_at_checked(digits)?;
        let word = word(rest.trim_start_matches('.'))?;
        Some(Word { size: word.size.times(count.parse::<Decimal>().ok()?.exact())?, ..word })
    })?;
    match found.kind {
        b'D' | b'W' => Some(Word { kind: b't', ..found }),
        b'M' | b'Y' => None,
        _ => Some(found),
    }
}

fn word(text: &str) -> Option<Word> {
    bare(text).or_else(|| {
        SUFFIXES.iter().find_map(|(suffix, mass, volume)| {
            let word = bare(text.strip_suffix(suffix)?)?;
            let kind = match word.kind {
                b'g' => *mass,
                b'v' => *volume,
                kind => kind,
            };
            Some(Word { kind, ..word })
        })
    })
}

fn bare(text: &str) -> Option<Word> {
    let whole = named(text).map(|atom| (atom, 0));
    let (atom, power) = whole.or_else(|| {
        PREFIXES.iter().find_map(|(prefix, power)| {
            let atom = named(text.strip_prefix(prefix)?).filter(|atom| atom.prefixed)?;
            Some((atom, *power))
        })
    })?;
    Some(Word { kind: atom.kind, size: atom.size, power })
}

/// In lower case, without spaces and brackets, with one sign for micro, for times and powers, and for "per".
pub(super) fn plain(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut raised = false;
    for (index, token) in text.split_whitespace().enumerate() {
        if index > 0 && token.eq_ignore_ascii_case("per") {
            name.push('/');
            continue;
        }
        for c in token.chars() {
            let c = match c {
                '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
                c => c.to_ascii_lowercase(),
            };
            if c.is_ascii_alphanumeric() {
                name.push(c);
                raised = false;
                continue;
            }
            let after_digit = name.ends_with(|c: char| c.is_ascii_digit());
            let power = superscript(c);
            if let Some(digit) = power {
                if after_digit && !raised {
                    name.push('*');
                }
                name.push(digit);
            } else {
                let mut sign = [0; 4];
                let sign: &str = c.encode_utf8(&mut sign);
                match FOLDED.iter().find(|(folded, _)| *folded == c).map_or(sign, |(_, folded)| folded) {
                    "*" | "(" if after_digit => name.push('*'),
                    "*" | "(" | ")" | "[" | "]" | "{" | "}" | "_" => {}
                    "." if !after_digit => name.push('/'),
                    sign => name.push_str(sign),
                }
            }
            raised = power.is_some();
        }
    }
    // a full stop ends a word; a stroke with nothing behind it is a unit cut short
    let name = if text.trim_end().ends_with('.') { name.trim_end_matches('/') } else { &name };
    name.strip_prefix('x').filter(|rest| rest.starts_with("10")).unwrap_or(name).to_owned()
}

fn superscript(c: char) -> Option<char> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let digit = RAISED.chars().position(|raised| raised == c)?;
    char::from_digit(u32::try_from(digit).ok()?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_units_is_a_row_in_the_order_of_the_names() {
        let lines = include_str!("units.tsv").lines().count() - 1;
        assert_eq!(atoms().len(), lines);
        assert!(atoms().iter().zip(atoms().iter().skip(1)).all(|(a, b)| a.name < b.name));
    }
}
