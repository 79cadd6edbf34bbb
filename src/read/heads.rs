//! How a clause begins: about whom, whether it denies, and of which time it speaks.

use crate::model::record::Status;

use super::chinese_phrase::{REACH, tells_which};
use super::scan::Scan;
use super::table::{Entries, Phrases, Table, phrases};

/// What the first words of a clause say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) denied: bool,
    /// By a verb, and not by "no": "has not received".
    pub(super) spoken: bool,
    pub(super) status: Option<Status>,
    /// Where what it is about begins.
    pub(super) at: usize,
}

/// About whom: nothing that every candidate is not.
const WHO: Phrases = Table::phrases(&[
    "male or female patients",
    "male or female subjects",
    "male or female participants",
    "male and female patients",
    "male and female subjects",
    "male and female participants",
    "men or women",
    "men and women",
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "individuals",
    "individual",
    "persons",
    "people",
    "candidates",
    "those",
    "who",
    "that",
    "which",
    "with",
    "have",
    "has",
    "had",
    "having",
    "were",
    "was",
    "are",
    "is",
    "be",
    "been",
    "being",
    "must",
    "should",
    "the",
    "a",
    "an",
    "either",
    "any",
    "also",
    "there",
    "患者",
    "受试者",
    "凡",
    "者",
    "有",
    "存在",
    "的",
    "在",
    "于",
    "曾有",
    "有过",
    "如",
    "会",
    "伴有",
]);
const DENIES: Phrases = Table::phrases(&[
    "no",
    "not",
    "without",
    "without any",
    "absence of",
    "free of",
    "free from",
    "never",
    "no evidence of",
    "no known",
    "no prior",
    "do not",
    "does not",
    "did not",
    "lack of",
    "negative for",
    "no current",
    "no history of",
    "no previous",
    "no active",
    "denies",
    "无",
    "未",
    "没有",
    "否认",
    "不存在",
    "从未",
    "未曾",
    "无任何",
]);
const SPOKEN: [&str; 8] = ["not", "never", "do not", "does not", "did not", "未", "从未", "未曾"];
const STATUSES: Entries<Status> = Table::entries(&[
    ("history of", Status::History),
    ("prior history of", Status::History),
    ("past history of", Status::History),
    ("previous history of", Status::History),
    ("medical history of", Status::History),
    ("past medical history of", Status::History),
    ("personal history of", Status::History),
    ("known history of", Status::History),
    ("history or presence of", Status::History),
    ("presence or history of", Status::History),
    ("current or past history of", Status::History),
    ("current or previous history of", Status::History),
    ("past or current history of", Status::History),
    ("history of or current", Status::History),
    ("history of known", Status::History),
    ("prior", Status::History),
    ("previous", Status::History),
    ("previously", Status::History),
    ("past", Status::History),
    ("current or prior", Status::History),
    ("current or previous", Status::History),
    ("prior or current", Status::History),
    ("previous or current", Status::History),
    ("current or past", Status::History),
    ("past or current", Status::History),
    ("current or recent", Status::History),
    ("current or", Status::History),
    ("ongoing or", Status::History),
    ("active or history of", Status::History),
    ("active or prior", Status::History),
    ("active or previous", Status::History),
    ("active or past", Status::History),
    ("history of or active", Status::History),
    ("history of active or", Status::History),
    ("current or history of", Status::History),
    ("ongoing or history of", Status::History),
    ("currently or", Status::History),
    ("ever", Status::History),
    ("current", Status::Current),
    ("currently", Status::Current),
    ("ongoing", Status::Current),
    ("presence of", Status::Current),
    ("present or prior history of", Status::History),
    ("present or past history of", Status::History),
    ("present or past", Status::History),
    ("present or prior", Status::History),
    ("planned", Status::Planned),
    ("prepare to", Status::Planned),
    ("preparing to", Status::Planned),
    ("preparing for", Status::Planned),
    ("about to", Status::Planned),
    ("going to", Status::Planned),
    ("planning to", Status::Planned),
    ("planning for", Status::Planned),
    ("planning", Status::Planned),
    ("plan to", Status::Planned),
    ("plans to", Status::Planned),
    ("plan for", Status::Planned),
    ("plans for", Status::Planned),
    ("intend to", Status::Planned),
    ("intends to", Status::Planned),
    ("intending to", Status::Planned),
    ("intention to", Status::Planned),
    ("scheduled for", Status::Planned),
    ("scheduled", Status::Planned),
    ("scheduled to", Status::Planned),
    ("anticipated", Status::Planned),
    ("expected to", Status::Planned),
    ("desire to", Status::Planned),
    ("awaiting", Status::Planned),
    ("waiting for", Status::Planned),
    ("既往有", Status::History),
    ("既往", Status::History),
    ("曾", Status::History),
    ("曾经", Status::History),
    ("目前", Status::Current),
    ("目前正在", Status::Current),
    ("正在", Status::Current),
    ("现", Status::Current),
    ("现有", Status::Current),
    ("目前有", Status::Current),
    ("计划", Status::Planned),
    ("计划在", Status::Planned),
    ("拟", Status::Planned),
    ("当前", Status::Current),
    ("当前或既往", Status::History),
    ("既往或当前", Status::History),
    ("目前或", Status::History),
    ("目前或既往", Status::History),
    ("目前或曾", Status::History),
    ("既往或目前", Status::History),
    ("既往或现在", Status::History),
    ("现在或既往", Status::History),
    ("正在或曾", Status::History),
    ("正在或曾经", Status::History),
    ("正在或既往", Status::History),
    ("曾经或正在", Status::History),
    ("曾或正在", Status::History),
    ("既往或正在", Status::History),
    ("既往史:", Status::History),
    ("既往史：", Status::History),
]);

/// The head of the stretch; `None` where it denies twice.
pub(super) fn head(scan: &Scan<'_>, from: usize, to: usize) -> Option<Head> {
    let mut head =
        Head { denied: false, spoken: false, status: None, at: scan.skip(from, &[',', '，', ':', '：', '*']) };
    let mut told = head.at;
    loop {
        let at = head.at;
        let status = scan.entry(at, &STATUSES).filter(|_| head.status.is_none());
        let denies = scan
            .longest(at, &DENIES)
            .filter(|(_, end)| !tells_which(&scan.shown(at, *end), &scan.shown(*end, to.min(end + REACH))));
        let who = scan.longest(at, &WHO);
        let bidden = || {
            let before = scan.lower(from, at);
            ["must", "should", "may", "can"].iter().any(|word| before.ends_with(word))
        };
        let spoken = denies
            .is_some_and(|(number, _)| DENIES.rows.get(number).is_some_and(|said| SPOKEN.contains(said)))
            && !bidden();
        let (end, change) = match (denies, status, who) {
            (Some((_, end)), _, _) if head.denied => return Some(head).filter(|_| end > to),
            // "History of or current"
            (None, None, None) if head.status.is_some() && scan.phrase(scan.skip(at, &[',']), "or").is_some() => {
                let or = scan.skip(at, &[',']);
                let next = scan.skip_blanks(or + 2);
                // "Past or intended use": what follows is of another time.
                let Some((other, end)) = scan.entry(next, &STATUSES) else {
                    return Some(Head { at: told, ..head });
                };
                // "History of or plan for" is at any time.
                let plans = other == Status::Planned && head.status != Some(Status::Planned);
                if plans && head.status != Some(Status::History) {
                    return None;
                }
                // "Planned or previous"
                let was = head.status == Some(Status::Planned) && other != Status::Planned;
                // "No current or previous": ever
                let ever = head.status == Some(Status::Current) && other == Status::History;
                head.status = head.status.map(|status| match (plans || was, ever) {
                    (true, _) => Status::Any,
                    (false, true) => Status::History,
                    (false, false) => status,
                });
                (end, (head.denied, head.status))
            }
            (Some((number, end)), _, _) => {
                (end, (true, says_when(DENIES.rows.get(number).copied().unwrap_or_default())))
            }
            (None, Some((status, end)), _) => {
                // "Current or anticipated": what was before is not meant.
                let or = scan.lower(at, end).ends_with(" or");
                let next = scan.entry(scan.skip_blanks(end), &STATUSES);
                if or && next.is_some_and(|(next, _)| next == Status::Planned) {
                    return None;
                }
                told = at;
                (end, (head.denied, Some(status)))
            }
            (None, None, Some((_, end))) => (end, (head.denied, head.status)),
            (None, None, None) => return Some(head),
        };
        if end > to {
            return Some(head);
        }
        let (denied, status) = (change.0, change.1.or(head.status));
        head = Head { denied, spoken: head.spoken || spoken, status, at: scan.skip_blanks(end) };
    }
}

/// "No history of": what the denying words say of the time.
fn says_when(denies: &str) -> Option<Status> {
    match denies {
        "no history of" | "no prior" | "no previous" | "never" | "从未" | "未曾" => Some(Status::History),
        "no current" => Some(Status::Current),
        _ => None,
    }
}

const DONE: Phrases = Table::phrases(&[
    "received",
    "had",
    "underwent",
    "undergone",
    "participated",
    "diagnosed",
    "experienced",
    "suffered",
    "donated",
    "undergoing previous",
    "vaccinated",
    "接受过",
    "使用过",
    "服用过",
    "发生过",
    "参加过",
    "行过",
    "做过",
    "有过",
    "接种过",
    "应用过",
    "用过",
    "患过",
    "献过",
    "注射过",
    "吸食过",
    "进行过",
    "出现过",
    "参与过",
]);
/// The same where "have" or "were" stands before it; by itself it may go on.
const DONE_OR_GOING_ON: Phrases = Table::phrases(&[
    "treated",
    "treated with",
    "used",
    "taken",
    "participation in",
    "enrolled",
    "hospitalized",
    "hospitalised",
    "exposure to",
    "exposed to",
    "donation",
    "receipt of",
]);
const DOING: Phrases = Table::phrases(&[
    "receiving",
    "taking",
    "using",
    "use of",
    "on",
    "undergoing",
    "treatment with",
    "under treatment with",
    "participating in",
    "enrolled in",
    "pregnant",
    "breastfeeding",
    "breast feeding",
    "lactating",
    "nursing",
    "allergy to",
    "allergic to",
    "hypersensitivity to",
    "known allergy to",
    "known hypersensitivity to",
    "hypersensitive to",
    "intolerance to",
    "服用",
    "对",
    "妊娠",
    "哺乳",
]);

/// The status that the words of the stretch tell, where no head does.
pub(super) fn told(scan: &Scan<'_>, from: usize, to: usize) -> Option<Status> {
    let at = scan.past(from, phrases!["known", "any", "已知"]);
    let before = scan.lower(from.saturating_sub(8).max(scan.start()), from);
    let over = || {
        ["has", "have", "had", "been", "was", "were", "having", "ever"]
            .iter()
            .any(|over| before.trim_end().ends_with(over))
    };
    // "Participation in an ongoing study"
    let ongoing = scan.holds(at, to, phrases!["an ongoing", "an on-going", "any ongoing", "an on going"]);
    if scan.longest(at, &DONE).is_some() || scan.longest(at, &DONE_OR_GOING_ON).is_some() && (over() || ongoing) {
        return Some(if ongoing { Status::Current } else { Status::History });
    }
    if to > from && matches!(scan.sign(to - 1), Some('史')) {
        return Some(Status::History);
    }
    scan.longest(at, &DOING).map(|_| Status::Current)
}
