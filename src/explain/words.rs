//! The words of explanations: one table per language. `{name}` marks what is filled in.

use crate::model::route::Route;

/// The words of one language.
pub(crate) struct Words {
    // verdicts and outcomes
    pub(crate) pass: &'static str,
    pub(crate) fail: &'static str,
    pub(crate) pending: &'static str,
    pub(crate) not_applicable: &'static str,
    pub(crate) may_fit: [&'static str; 3],
    pub(crate) cannot_tell_open: [&'static str; 3],
    pub(crate) cannot_tell_one: &'static str,
    pub(crate) cannot_tell: &'static str,
    pub(crate) cannot_tell_staff: &'static str,
    pub(crate) not_now: [&'static str; 3],
    pub(crate) lead_may_fit: &'static str,
    pub(crate) lead_team: &'static str,
    pub(crate) lead_cannot_tell: &'static str,
    pub(crate) lead_not_now_only: &'static str,
    pub(crate) lead_not_now_one: &'static str,
    pub(crate) lead_not_now: &'static str,
    pub(crate) lead_closed: &'static str,
    pub(crate) lead_unpublished: &'static str,
    pub(crate) lead_partial: &'static str,
    pub(crate) next_team: [&'static str; 3],
    pub(crate) next_contact: &'static str,
    pub(crate) next_find: [&'static str; 3],
    pub(crate) next_doctor: [&'static str; 3],
    pub(crate) next_other: [&'static str; 3],
    pub(crate) next_again: &'static str,
    pub(crate) notice: [&'static str; 3],
    pub(crate) basis: &'static str,
    pub(crate) assumed: &'static str,
    // reasons
    pub(crate) said: &'static str,
    pub(crate) exactly_at: &'static str,
    pub(crate) above: &'static str,
    pub(crate) below: &'static str,
    pub(crate) elapsed_inside: &'static str,
    pub(crate) elapsed_beyond: &'static str,
    pub(crate) lasting_inside: &'static str,
    pub(crate) lasting_beyond: &'static str,
    pub(crate) derived: &'static str,
    pub(crate) change_of: &'static str,
    pub(crate) does_not_apply: &'static str,
    pub(crate) investigator_yes: &'static str,
    pub(crate) investigator_no: &'static str,
    // gaps
    pub(crate) unknown: &'static str,
    pub(crate) not_sure: &'static str,
    pub(crate) not_said: &'static str,
    pub(crate) stale: &'static str,
    pub(crate) imprecise: &'static str,
    pub(crate) imprecise_date: &'static str,
    pub(crate) imprecise_list: &'static str,
    pub(crate) no_half_life: &'static str,
    pub(crate) no_route: &'static str,
    pub(crate) no_upper_limit: &'static str,
    pub(crate) no_lower_limit: &'static str,
    pub(crate) no_unit: &'static str,
    pub(crate) no_dose: &'static str,
    pub(crate) incomparable: &'static str,
    pub(crate) conflicting: &'static str,
    pub(crate) judgement: &'static str,
    pub(crate) unread: &'static str,
    // what would close them
    pub(crate) find_value: &'static str,
    pub(crate) find_upper_limit: &'static str,
    pub(crate) find_lower_limit: &'static str,
    pub(crate) find_unit: &'static str,
    pub(crate) find_date: &'static str,
    pub(crate) find_half_life: &'static str,
    pub(crate) find_route: &'static str,
    pub(crate) find_list: &'static str,
    pub(crate) find_exact: &'static str,
    pub(crate) find_which: &'static str,
    pub(crate) find_newer: &'static str,
    pub(crate) find_judgement: &'static str,
    // what would be otherwise
    pub(crate) would_fit: [&'static str; 3],
    pub(crate) would_pass: &'static str,
    pub(crate) would_in_time: &'static str,
    pub(crate) rests_on: &'static str,
    pub(crate) answered: &'static str,
    pub(crate) near: &'static str,
    pub(crate) near_zero: &'static str,
    // dates
    pub(crate) holds_until: &'static str,
    pub(crate) then_fails: &'static str,
    pub(crate) then_passes: &'static str,
    pub(crate) then_open: &'static str,
    pub(crate) trial_until: &'static str,
    pub(crate) again_from: [&'static str; 3],
    pub(crate) again_investigator: &'static str,
    pub(crate) again_never: &'static str,
    pub(crate) trial_from: &'static str,
    // values
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) past: &'static str,
    pub(crate) planned: &'static str,
    pub(crate) complete: &'static str,
    pub(crate) answer_not_sure: &'static str,
    pub(crate) answer_not_said: &'static str,
    pub(crate) answer_unknown: &'static str,
    pub(crate) answer_later: &'static str,
    pub(crate) answer_not_done: &'static str,
    pub(crate) range: &'static str,
    pub(crate) less: &'static str,
    pub(crate) at_most: &'static str,
    pub(crate) at_least: &'static str,
    pub(crate) more: &'static str,
    pub(crate) about: &'static str,
    pub(crate) with_unit: &'static str,
    pub(crate) hours_minutes: &'static str,
    pub(crate) days_hours: &'static str,
    pub(crate) given: &'static str,
    /// In the order of [`Route::ALL`].
    pub(crate) routes: [&'static str; Route::ALL.len()],
    pub(crate) with_limit: &'static str,
    pub(crate) on_date: &'static str,
    pub(crate) from_to: &'static str,
    pub(crate) since: &'static str,
    pub(crate) up_to: &'static str,
    pub(crate) between_dates: &'static str,
    pub(crate) last_known_well: &'static str,
    pub(crate) list_join: &'static str,
    pub(crate) labelled: &'static str,
    pub(crate) day: &'static str,
    pub(crate) month: &'static str,
    pub(crate) year: &'static str,
    pub(crate) instant: &'static str,
    pub(crate) months: [&'static str; 12],
    /// Units by how they are written in documents.
    pub(crate) units: &'static [(&'static str, &'static str)],
}

/// A template with its marks filled in.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}') {
            Some((name, after)) => {
                text.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
                rest = after;
            }
            None => rest = after,
        }
    }
    text.push_str(rest);
    text
}
