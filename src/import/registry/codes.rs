//! Codes, phases and dates as registries write them → as ClinicalTrials.gov has them; what is none of its own stays.

use crate::import::typed;
use crate::model::date::Date;

const STATUSES: [&str; 14] = [
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
    "AVAILABLE",
    "NO_LONGER_AVAILABLE",
    "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING",
    "WITHHELD",
    "UNKNOWN",
];
/// What other registries write of a study that takes people in, or does not.
const OTHERS: [(&str, &str); 24] = [
    ("Unknown status", "UNKNOWN"),
    ("Ongoing, recruiting", "RECRUITING"),
    ("Authorised, recruiting", "RECRUITING"),
    ("Authorised, recruitment pending", "NOT_YET_RECRUITING"),
    ("Authorised, not started", "NOT_YET_RECRUITING"),
    ("Ongoing, recruitment ended", "ACTIVE_NOT_RECRUITING"),
    ("Temporarily halted", "SUSPENDED"),
    ("Prematurely Ended", "TERMINATED"),
    ("Stopped", "TERMINATED"),
    ("Ended", "COMPLETED"),
    ("Expired", "WITHDRAWN"),
    ("Revoked", "TERMINATED"),
    ("Not authorised", "WITHDRAWN"),
    ("Cancelled", "WITHDRAWN"),
    ("进行中（招募中）", "RECRUITING"),
    ("进行中（尚未招募）", "NOT_YET_RECRUITING"),
    ("进行中（招募完成）", "ACTIVE_NOT_RECRUITING"),
    ("正在进行", "RECRUITING"),
    ("尚未开始", "NOT_YET_RECRUITING"),
    ("暂停或中断", "SUSPENDED"),
    ("Suspending", "SUSPENDED"),
    ("结束", "COMPLETED"),
    ("已完成", "COMPLETED"),
    ("主动终止", "TERMINATED"),
];

/// A status; what is not known is kept as it stands.
pub(super) fn status(text: &str) -> String {
    let known = OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(text.trim()));
    known.map_or_else(|| code(text, &STATUSES), |(_, code)| (*code).to_owned())
}

/// `Active, not recruiting` as `ACTIVE_NOT_RECRUITING`, where that is one of the codes.
pub(super) fn code(text: &str, known: &[&str]) -> String {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let joined = parts.collect::<Vec<_>>().join("_").to_ascii_uppercase();
    if known.contains(&joined.as_str()) { joined } else { text.trim().to_owned() }
}

/// `Phase 2/Phase 3`, `Phase III`, `I期`.
pub(super) fn phases(text: &str) -> Vec<String> {
    let one = |part: &str| {
        let lower = part.trim().to_lowercase().replace(['Ⅰ', 'ⅰ'], "i").replace(['Ⅱ', 'ⅱ'], "ii");
        let lower = lower.replace(['Ⅲ', 'ⅲ'], "iii").replace(['Ⅳ', 'ⅳ'], "iv");
        let name = lower.trim_start_matches("phase").trim_end_matches('期').trim();
        Some(match name {
            "1" | "i" => "PHASE1",
            "2" | "ii" => "PHASE2",
            "3" | "iii" => "PHASE3",
            "4" | "iv" => "PHASE4",
            "early phase 1" => "EARLY_PHASE1",
            "n/a" | "na" | "not applicable" => "NA",
            _ => return None,
        })
    };
    if let Some(whole) = one(text) {
        return vec![whole.to_owned()];
    }
    let parts: Option<Vec<&str>> = text.split('/').map(one).collect();
    match parts {
        Some(parts) => parts.into_iter().map(str::to_owned).collect(),
        None => Some(text.trim().to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

/// `ALL`, `FEMALE`, `MALE`; anything else as it stands.
pub(super) fn sex(text: &str) -> String {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let yes = |who: &str| lower.contains(&format!("{who}: yes"));
    let no = |who: &str| lower.contains(&format!("{who}: no"));
    match () {
        () if yes("female") && lower.matches(": yes").count() > 1 => "ALL",
        () if yes("female") && no("male") => "FEMALE",
        () if no("female") && lower.contains("male: yes") => "MALE",
        () if matches!(lower.trim(), "all" | "both" | "男+女" | "男女均可" | "不限" | "男女不限") => "ALL",
        () if says(&["male and female", "female and male", "male, female", "female, male", "both"]) => "ALL",
        () if matches!(lower.trim(), "female" | "females" | "women" | "女") => "FEMALE",
        () if matches!(lower.trim(), "male" | "males" | "men" | "男") => "MALE",
        () => text.trim(),
    }
    .to_owned()
}

/// A date as registries write it: `2024-05-20`, `20/05/2024` (day first), `20240520`, `May 20, 2024`, `20 May 2024`, `May 2024`.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let iso = |year: &str, month: u32, day: Option<&str>| match day {
        Some(day) => format!("{year}-{month:02}-{day:0>2}").parse().ok(),
        None => format!("{year}-{month:02}").parse().ok(),
    };
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return iso(text.get(..4)?, text.get(4..6)?.parse().ok()?, Some(text.get(6..)?));
    }
    if let [day, month, year] = text.split('/').collect::<Vec<_>>().as_slice() {
        return iso(year, month.parse().ok()?, Some(day));
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    // a number among words is a day
    let month = |word: &str| typed::month_of(word).filter(|_| !word.starts_with(|c: char| c.is_ascii_digit()));
    match words.as_slice() {
        [name, year] => iso(year, month(name)?, None),
        [one, other, year] => match month(one) {
            Some(month) => iso(year, month, Some(other)),
            None => iso(year, month(other)?, Some(one)),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_registry_are_read() {
        for text in ["2024-05-20", "20/05/2024", "20240520", "May 20, 2024", "20 May 2024", "2024-05-20T03:39:42.53"] {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), Some("2024-05-20"), "{text}");
        }
        assert_eq!(date("May 2024").map(|date| date.to_string()).as_deref(), Some("2024-05"));
        assert_eq!(date("soon"), None);
    }

    #[test]
    fn codes_are_those_of_clinicaltrials_gov_or_stay() {
        assert_eq!(status("Active, not recruiting"), "ACTIVE_NOT_RECRUITING");
        assert_eq!(status("Not Recruiting"), "Not Recruiting");
        assert_eq!(phases("Phase 2/Phase 3"), ["PHASE2", "PHASE3"]);
        assert_eq!(phases("Ⅲ期"), ["PHASE3"]);
        assert_eq!(phases("其它"), ["其它"]);
        assert_eq!(sex("Female: yes\nMale: yes"), "ALL");
        assert_eq!(sex("Female: yes\nMale: no"), "FEMALE");
        assert_eq!(sex("Female: no\nMale: yes"), "MALE");
        assert_eq!(sex("Male and Female"), "ALL");
        assert_eq!(sex("女"), "FEMALE");
    }
}
