//! What a case says of the reasons: what is left, what would change it, near misses, what each open thing decides.

use trial_prescreen::{
    Answer, AsOf, Bound, Bounds, Finding, Locale, NearMiss, Reader, Record, Respondent, Side, Trial, Truth, Why,
    explain, otherwise, why,
};

use super::evaluation::{Expect, Report, word};

/// Looks only where the case states something of the reasons. Without a criterion, at the whole trial.
pub(super) fn check(
    report: &mut Report,
    (trial, record, as_of): (&Trial, &Record, &AsOf),
    id: Option<&str>,
    expect: &Expect,
) {
    for (reader, sentences) in &expect.words {
        let words = otherwise(trial, record, as_of, reader_of(reader));
        let criteria = words.criteria.iter().filter(|criterion| id.is_none_or(|id| criterion.id == id));
        let said: Vec<String> = criteria.flat_map(|c| c.sentences.clone()).chain(words.near.clone()).collect();
        report.order(&format!("words for {reader}"), &said, &Some(sentences.clone()));
    }
    for (reader, sentences) in &expect.explained {
        let said = explained((trial, record, as_of), id, reader_of(reader));
        for sentence in sentences.iter().filter(|sentence| !said.contains(sentence)) {
            report.same(&format!("explained for {reader}"), &said.join(" | "), Some(sentence));
        }
    }
    let lists = [&expect.passes, &expect.fails, &expect.eligible, &expect.ineligible, &expect.possible, &expect.near];
    let more = [&expect.alone, &expect.cured, &expect.finds];
    if lists.into_iter().chain(more).all(Option::is_none) && expect.residual.is_none() {
        return;
    }
    let why = why(trial, record, as_of);
    let of_criterion = why.criteria.iter().find(|criterion| Some(criterion.id.as_str()) == id);
    if let Some(found) = of_criterion {
        let residual = found
            .residual
            .as_ref()
            .map_or_else(|| "none".to_owned(), |left| json(&serde_json::to_string(left).unwrap_or_default()));
        report.same("residual", &residual, expect.residual.as_deref().map(json));
        report.order("passes", &sets(&found.passes), &expect.passes);
        report.order("fails", &sets(&found.fails), &expect.fails);
    }
    let near = |miss: &&NearMiss| id.is_none_or(|id| miss.criterion == id);
    report.order("near", &why.near.iter().filter(near).map(near_text).collect::<Vec<_>>(), &expect.near);
    report.order("finds", &why.find.iter().map(find_text).collect::<Vec<_>>(), &expect.finds);
    of_trial(report, &why, expect);
}

/// Every sentence about a criterion, or without one about the whole trial; answers as `label: value`.
fn explained((trial, record, as_of): (&Trial, &Record, &AsOf), id: Option<&str>, reader: Reader) -> Vec<String> {
    let explanation = explain(trial, record, as_of, reader);
    let of_trial = [explanation.lead, explanation.next, explanation.dates].concat();
    let criteria = explanation.criteria.into_iter().filter(|criterion| Some(criterion.id.as_str()) == id);
    let of_criterion = criteria.flat_map(|criterion| {
        let answers = criterion.answers.iter().map(|answer| format!("{}: {}", answer.label, answer.value));
        [answers.collect(), criterion.reasons, criterion.needed, criterion.dates].concat()
    });
    if id.is_some() { of_criterion.collect() } else { of_trial }
}

/// `patient`, `staff`, `patient-zh`, …
fn reader_of(name: &str) -> Reader {
    let locale = if name.ends_with("-zh") { Locale::Chinese } else { Locale::English };
    let caregiver = name.starts_with("caregiver");
    let respondent = if caregiver { Respondent::Caregiver } else { Respondent::Patient };
    Reader { locale, staff: name.starts_with("staff"), respondent }
}

fn of_trial(report: &mut Report, why: &Why, expect: &Expect) {
    report.order("eligible", &sets(&why.eligible), &expect.eligible);
    report.order("ineligible", &sets(&why.ineligible), &expect.ineligible);
    report.order("possible", &sets(&why.possible), &expect.possible);
    report.order("alone", &why.alone, &expect.alone);
    let cured: Vec<String> =
        why.cured.iter().map(|cure| format!("{} {} from {}", cure.criterion, word(&cure.then), cure.from)).collect();
    report.order("cured", &cured, &expect.cured);
}

/// The same JSON however it is spaced.
fn json(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text).map_or_else(|_| text.to_owned(), |json| json.to_string())
}

fn sets(sets: &[Vec<Answer>]) -> Vec<String> {
    sets.iter().map(|set| set.iter().map(answer_text).collect::<Vec<_>>().join(" + ")).collect()
}

/// `text:a yes` · `alt <=100 U/L instead of 101` · `age >=18 y from 2026-06-15`
fn answer_text(answer: &Answer) -> String {
    let said = match &answer.bounds {
        Some(bounds) => bounds_text(bounds),
        None if answer.truth == Truth::True => "yes".to_owned(),
        None => "no".to_owned(),
    };
    let from = answer.from.map(|from| format!(" from {from}")).unwrap_or_default();
    format!("{} {said}{from}", answer.subject.key())
}

fn bounds_text(bounds: &Bounds) -> String {
    let one = |bound: &Bound, sign: &str| {
        let unit = bound.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        format!("{sign}{}{}{unit}", if bound.inclusive { "=" } else { "" }, bound.value)
    };
    let low = bounds.low.as_ref().map(|bound| one(bound, ">"));
    let high = bounds.high.as_ref().map(|bound| one(bound, "<"));
    let instead = bounds.instead.as_ref().map(|value| format!("instead of {value}"));
    low.into_iter().chain(high).chain(instead).collect::<Vec<_>>().join(" ")
}

/// `E6 alt 2.53 xULN over 2.5 by 0.012, alone`
fn near_text(miss: &NearMiss) -> String {
    let margin = &miss.margin;
    let unit = if margin.unit.is_empty() { String::new() } else { format!(" {}", margin.unit) };
    let over =
        if (margin.bound == Side::High) == margin.distance.to_string().starts_with('-') { "over" } else { "under" };
    let by = miss.relative.map(|relative| format!(" by {relative}")).unwrap_or_default();
    let alone = if miss.alone { ", alone" } else { "" };
    let from = miss.from.map(|from| format!(", cured from {from}")).unwrap_or_default();
    format!("{} {} {}{unit} {over} {}{by}{alone}{from}", miss.criterion, miss.subject.key(), margin.value, margin.limit)
}

/// `alt by staff record: >2.5 xULN, E6 fail, ineligible; <=2.5 xULN, E6 pending, undetermined`
fn find_text(found: &Finding) -> String {
    let who: Vec<String> = found.who.iter().map(word).collect();
    let ways = found.ways.iter().map(|way| {
        let said: Vec<String> = way
            .answers
            .iter()
            .map(|answer| answer_text(answer).chars().skip(answer.subject.key().chars().count() + 1).collect())
            .collect();
        let verdicts = way.verdicts.iter().map(|decides| format!(", {} {}", decides.criterion, word(&decides.verdict)));
        format!("{}{}, {}", said.join(" and "), verdicts.collect::<String>(), word(&way.determination))
    });
    format!("{} by {}: {}", found.subject.key(), who.join(" "), ways.collect::<Vec<_>>().join("; "))
}
