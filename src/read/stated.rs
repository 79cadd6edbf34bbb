//! Words that say more than what a thing is: a bidding, a plan, a second sentence. Nobody can be asked for them by a name.

/// What the words of a thing never hold.
pub(super) fn is_stated(text: &str) -> bool {
    const SAYS: [&str; 17] = [
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
        ";",
    ];
    let lower = text.to_lowercase();
    SAYS.iter().any(|says| lower.contains(says)) || past_a_value(&lower)
}

/// "Stenosis (> 70 %), or stenting": what a value in brackets qualifies is not what follows an "or" behind it.
fn past_a_value(lower: &str) -> bool {
    lower.match_indices('(').any(|(open, _)| {
        let parts = lower.get(open..).and_then(|rest| rest.split_once(')'));
        parts.is_some_and(|(inside, behind)| inside.contains(['>', '<', '≥', '≤', '˃', '˂']) && behind.contains(" or "))
    })
}

/// It speaks of the past.
pub(super) fn is_past(text: &str) -> bool {
    const PAST: [&str; 5] = ["prior ", "previous ", "past ", "history of ", "previously "];
    let lower = text.to_lowercase();
    PAST.iter().any(|past| lower.starts_with(past) || lower.contains(&format!(" or {past}")))
}
