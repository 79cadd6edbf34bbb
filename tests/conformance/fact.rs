//! Facts as a clinician writes them down → facts.
//!
//! `101 U/L, upper limit 40 U/L, on 2026-02-28` · `yes, on 2026-01` · `no since 2026-03-01` · `8 to 12` · `not sure`

use std::collections::BTreeMap;

use serde::Deserialize;
use trial_prescreen::{
    Absence, Anchor, Between, Comparator, Concept, Date, Fact, FactValue, Kind, Period, Quantity, Record, Respondent,
    Status, Subject, When, Window,
};

/// One fact about a subject, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Facts {
    One(String),
    Several(Vec<String>),
}

/// The facts of a case over those of its file; `not mentioned` takes one of the file's away. Ids: `alt`, `alt#2`, …
pub(super) fn record(background: &BTreeMap<String, Facts>, own: &BTreeMap<String, Facts>) -> Result<Record, String> {
    let mut all = background.clone();
    all.extend(own.clone());
    let mut facts = Vec::new();
    for (key, texts) in all {
        let texts = match texts {
            Facts::One(text) => vec![text],
            Facts::Several(texts) => texts,
        };
        for (index, text) in texts.iter().filter(|text| *text != "not mentioned").enumerate() {
            let id = if index == 0 { key.clone() } else { format!("{key}#{}", index + 1) };
            facts.push(fact(&id, subject(&key), text).map_err(|problem| format!("{key}: {problem}"))?);
        }
    }
    Ok(Record::new(facts))
}

fn subject(key: &str) -> Subject {
    match key.split_once(':') {
        Some(("text", text)) => Subject::Text(text.to_owned()),
        Some(("ratio", parts)) => {
            let (above, below) = parts.split_once('/').unwrap_or((parts, ""));
            Subject::Ratio(Box::new([subject(above), subject(below)]))
        }
        Some(("judgement", id)) => Subject::Judgement(id.to_owned()),
        Some(("unread", id)) => Subject::Unread(id.to_owned()),
        _ => Subject::concept(key),
    }
}

fn fact(id: &str, subject: Subject, text: &str) -> Result<Fact, String> {
    let mut parts = text.split(", ");
    let said = parts.next().unwrap_or("");
    let (said, since) = match said.split_once(" since ") {
        Some((said, date)) => (said, Some(date)),
        None => (said, None),
    };
    let value = value(&subject, said)?;
    let mut fact = Fact::new(id, subject, value);
    if let Some(date) = since {
        fact.during = Some(Period { from: Some(self::date(date)?), to: None });
    }
    for part in parts {
        let (word, rest) = part.split_once(' ').ok_or_else(|| format!("cannot read `{part}`"))?;
        match word {
            "on" => fact.on = Some(When::On(date(rest)?)),
            "between" => fact.on = Some(between(rest)?),
            "from" => {
                let (from, to) = match rest.split_once(" to ") {
                    Some((from, to)) => (from, Some(date(to)?)),
                    None => (rest, None),
                };
                fact.during = Some(Period { from: Some(date(from)?), to });
            }
            "for" if rest == "this stroke" => {
                fact.within = Some(Window { anchor: Anchor::Onset, from: "0 d".parse().ok(), ..Window::default() });
            }
            "until" => fact.during = Some(Period { from: None, to: Some(date(rest)?) }),
            "upper" => fact.upper_limit = Some(quantity(limit(rest)?)?),
            "lower" => fact.lower_limit = Some(quantity(limit(rest)?)?),
            "half-life" => {
                fact.half_life = Some(rest.parse().map_err(|_| format!("`{rest}` is not a length of time"))?)
            }
            "given" => {
                let route = serde_json::from_value(serde_json::Value::from(rest));
                fact.route = Some(route.map_err(|_| format!("nothing is given `{rest}`"))?);
            }
            "by" => fact.source = respondent(rest)?,
            _ => return Err(format!("cannot read `{part}`")),
        }
    }
    Ok(fact)
}

fn value(subject: &Subject, text: &str) -> Result<FactValue, String> {
    Ok(match text {
        "yes" | "now" => FactValue::Present(Status::Current),
        "in the past" => FactValue::Present(Status::History),
        "planned" => FactValue::Present(Status::Planned),
        "at some time" => FactValue::Present(Status::Any),
        "no" | "none" => FactValue::Refuted(Status::Any),
        "not now" => FactValue::Refuted(Status::Current),
        "never" => FactValue::Refuted(Status::History),
        "not planned" => FactValue::Refuted(Status::Planned),
        "complete" => FactValue::Complete,
        "not known" => FactValue::Absent(Absence::Unknown),
        "not sure" => FactValue::Absent(Absence::AskedUnknown),
        "not yet known" => FactValue::Absent(Absence::TempUnknown),
        "not asked" => FactValue::Absent(Absence::NotAsked),
        "prefers not to say" => FactValue::Absent(Absence::AskedDeclined),
        "masked" => FactValue::Absent(Absence::Masked),
        "not done" => FactValue::Absent(Absence::NotPerformed),
        _ => {
            let kind = match subject {
                Subject::Concept(id) => Concept::named(id).map(|concept| concept.kind),
                Subject::Text(_) | Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_) => None,
            };
            if let Some(code) = text.strip_prefix("code ") {
                FactValue::Code(code.to_owned())
            } else if kind == Some(Kind::Code) {
                FactValue::Code(text.to_owned())
            } else if kind == Some(Kind::Date) {
                FactValue::Date(match text.strip_prefix("between ") {
                    Some(dates) => between(dates)?,
                    None => When::On(date(text)?),
                })
            } else {
                FactValue::Quantity(quantity(text)?)
            }
        }
    })
}

/// `24+3 wk`, `<30 mL/min/1.73m2`, `about 90 umol/L`, `8 to 12 mg/d`, `101 U/L`, `12`
fn quantity(text: &str) -> Result<Quantity, String> {
    let qualified = [
        ("<=", Comparator::AtMost),
        (">=", Comparator::AtLeast),
        ("<", Comparator::Less),
        (">", Comparator::More),
        ("about ", Comparator::About),
    ];
    let (comparator, rest) = qualified
        .into_iter()
        .find_map(|(sign, comparator)| Some((Some(comparator), text.strip_prefix(sign)?)))
        .unwrap_or((None, text));
    if let Some((weeks, days)) = rest.strip_suffix(" wk").and_then(|rest| rest.split_once('+')) {
        let number = |text: &str| text.parse::<u32>().map_err(|_| format!("`{text}` is neither a word nor a number"));
        let days = (number(weeks)? * 7 + number(days)?).to_string();
        return quantity(&format!("{}{days} d", text.strip_suffix(rest).unwrap_or("")));
    }
    let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is neither a word nor a number"));
    let (first, rest) = split(rest);
    let unit = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    if let Some(rest) = rest.strip_prefix("to ") {
        let (second, rest) = split(rest);
        let (low, high) = (Some(number(first)?), Some(number(second)?));
        return Ok(Quantity { low, high, unit: unit(rest), ..Quantity::default() });
    }
    Ok(Quantity { value: Some(number(first)?), comparator, unit: unit(rest), ..Quantity::default() })
}

fn split(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

fn limit(text: &str) -> Result<&str, String> {
    text.strip_prefix("limit ").ok_or_else(|| format!("`{text}` is not a limit"))
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date"))
}

fn between(text: &str) -> Result<When, String> {
    let (earliest, latest) = text.split_once(" and ").ok_or_else(|| format!("`{text}` is not two dates"))?;
    Ok(When::Between(Between { earliest: date(earliest)?, latest: date(latest)? }))
}

fn respondent(text: &str) -> Result<Respondent, String> {
    Ok(match text {
        "the patient" => Respondent::Patient,
        "the caregiver" => Respondent::Caregiver,
        "the staff" => Respondent::Staff,
        "the record" => Respondent::Record,
        "the investigator" => Respondent::Investigator,
        _ => return Err(format!("nobody is called `{text}`")),
    })
}
