//! Answers to questionnaires: items that name their LOINC code.

use std::borrow::Cow;

use smallvec::smallvec;

use crate::import::look::Look;
use crate::import::record::charts::{Origin, Why};
use crate::import::record::entry::{Called, Coding, Entry, Kind, Said};
use crate::model::date::When;
use crate::model::name::Name;

use super::observation::said;
use super::shapes::{date, status, text};

const LOINC: &str = "http://loinc.org";
/// Items within items are read this deep.
const DEEPEST: usize = 12;

pub(super) fn entries<'n>(resource: Look<'n, '_>, origin: &'n Origin) -> Vec<Entry<'n>> {
    let on = date(resource.key("authored")).map(When::On);
    let base = Entry { kind: Kind::Result, on, ..Entry::at(Cow::Borrowed(origin)) };
    let left = match status(resource.key("status")).as_ref() {
        "entered-in-error" => Some(Why::EnteredInError),
        "in-progress" | "stopped" => Some(Why::NotThere),
        _ => None,
    };
    if let Some(why) = left {
        return vec![Entry { said: Said::Left(why), ..base }];
    }
    let mut all = Vec::new();
    let mut open: Vec<(Look<'n, '_>, String, usize)> = items(resource, &origin.path, 0);
    open.reverse();
    while let Some((item, path, depth)) = open.pop() {
        let name = text(item.key("text")).unwrap_or_default();
        for answer in item.key("answer").each() {
            let (said, other_unit) = said(answer);
            if let Some(code) = loinc(item) {
                let called = Called { codings: smallvec![Coding::new(LOINC, code, name)], text: Cow::Borrowed(name) };
                let origin = Cow::Owned(Origin { path: Name::from(path.as_str()), ..origin.clone() });
                all.push(Entry { called, said, other_unit, origin, ..base.clone() });
            }
            if depth < DEEPEST {
                open.extend(items(answer, &path, depth + 1).into_iter().rev());
            }
        }
        if depth < DEEPEST {
            open.extend(items(item, &path, depth + 1).into_iter().rev());
        }
    }
    if all.is_empty() {
        all.push(Entry { said: Said::Left(Why::Nameless), ..base });
    }
    all
}

fn items<'n, 't>(here: Look<'n, 't>, path: &str, depth: usize) -> Vec<(Look<'n, 't>, String, usize)> {
    let named = |(index, item): (usize, Look<'n, 't>)| {
        (item, format!("{path}.item[{index}]").trim_start_matches('.').to_owned(), depth)
    };
    here.key("item").each().enumerate().map(named).collect()
}

/// The code of a question: in its definition, or as its own id as forms of LOINC have it (`/72089-6`).
fn loinc<'n>(item: Look<'n, '_>) -> Option<&'n str> {
    let looks = |code: &'n str| {
        let (number, check) = code.split_once('-')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits(number) && digits(check) && check.len() == 1 && (3..=7).contains(&number.len())).then_some(code)
    };
    let id = text(item.key("linkId"));
    let last = id.and_then(|id| id.rsplit('/').next()).and_then(looks);
    last.or_else(|| text(item.key("definition"))?.rsplit(['/', '#']).next().and_then(looks))
}
