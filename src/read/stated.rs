//! Words that say more than what a thing is: a bidding, a plan, a second sentence. Nobody can be asked for them by a name.

use crate::model::record::Status;

/// What the words of a thing never hold.
pub(super) fn is_stated(text: &str) -> bool {
    const SAYS: [&str; 21] = [
        " must be ",
        " must have ",
        " must not ",
        " must remain ",
        " should be ",
        " should have ",
        " should not ",
        " or plan ",
        " or plans ",
        " or planning ",
        " or planned ",
        " or intends to ",
        " or scheduled ",
        " or are scheduled ",
        " or is scheduled ",
        " or are planned ",
        ", planned ",
        ", any planned ",
        " are excluded ",
        " is excluded ",
        ";",
    ];
    let lower = text.to_lowercase();
    SAYS.iter().any(|says| lower.contains(says)) || past_a_value(&lower) || past_a_time(&lower) || is_cut(&lower)
}

/// "Diuretics within 30 dayz": a length of time that was not understood.
fn past_a_time(lower: &str) -> bool {
    lower.split("within ").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// "Prior (less than 30 days) or current enrolment": what is left of it begins with the bracket.
fn is_cut(lower: &str) -> bool {
    lower.starts_with('(') && lower.split_once(')').is_some_and(|(_, behind)| behind.starts_with(" or "))
}

/// "Stenosis (> 70 %), or stenting": what a value in brackets qualifies is not what follows an "or" behind it.
fn past_a_value(lower: &str) -> bool {
    lower.match_indices('(').any(|(open, _)| {
        let parts = lower.get(open..).and_then(|rest| rest.split_once(')'));
        parts.is_some_and(|(inside, behind)| inside.contains(['>', '<', '≥', '≤', '˃', '˂']) && behind.contains(" or "))
    })
}

/// It speaks of another time than the words before it: "planned dialysis or prior transplant", "history of abuse and
/// currently using".
pub(super) fn is_of_another_time(status: Status, text: &str) -> bool {
    const PAST: [&str; 5] = ["prior ", "previous ", "past ", "history of ", "previously "];
    const NOW: [&str; 3] = [" and currently ", " and current ", " and ongoing "];
    let lower = text.to_lowercase();
    let or_past = || PAST.iter().any(|past| lower.contains(&format!(" or {past}")));
    match status {
        Status::Planned => PAST.iter().any(|past| lower.starts_with(past)) || or_past(),
        Status::Current => or_past(),
        Status::History => lower.starts_with("planned ") || NOW.iter().any(|now| lower.contains(now)),
        Status::Any => false,
    }
}
