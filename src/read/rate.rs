//! How many of something over a time: "cigarettes per day", "migraine days a month".

use crate::model::unit::BoundUnit;

use super::measure::{OVER, time_unit};

/// "Cigarettes per day", "alcoholic drinks a week", `drinks/day`: what is counted, and over which time.
pub(super) fn rate(rest: &[char]) -> Option<(String, usize)> {
    let word = |at: usize| -> (String, usize) {
        let row = rest.get(at..).unwrap_or_default();
        let letters: String = row.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
        let end = at + letters.len();
        (letters.to_ascii_lowercase(), end)
    };
    let blank = |at: usize| rest.get(at..).unwrap_or_default().iter().take_while(|c| **c == ' ').count();
    let counts = |said: &str| said.len() > 2 && BoundUnit::from_text(said).is_none() && time_unit(said).is_none();
    let (first, mut at) = word(0);
    let mut said = vec![first];
    loop {
        // "Migraine days per month"
        let spent =
            said.len() > 1 && said.last().is_some_and(|last| matches!(last.as_str(), "days" | "nights" | "hours"));
        let last = said.last()?;
        let small = ["or", "and", "to", "in", "of", "the", "with", "for", "on", "at", "than", "times"];
        if said.len() > 2 || !counts(last) && !spent || small.contains(&last.as_str()) && last != "times" {
            return None;
        }
        let next = at + blank(at);
        let over = if rest.get(next) == Some(&'/') {
            Some(next + 1 + blank(next + 1))
        } else {
            let (link, end) = word(next);
            let (article, behind) = word(end + blank(end));
            match link.as_str() {
                "per" | "a" | "each" | "every" if end > next && blank(end) > 0 => Some(end + blank(end)),
                "in" if article == "a" => Some(behind + blank(behind)),
                _ => None,
            }
        };
        if let Some(over) = over {
            let (time, end) = word(over);
            let (_, short) = OVER.iter().find(|(long, _)| *long == time)?;
            return Some((format!("{}/{short}", said.join(" ")), end));
        }
        let (further, end) = word(next);
        if next == at || further.is_empty() {
            return None;
        }
        said.push(further);
        at = end;
    }
}
