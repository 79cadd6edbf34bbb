//! Answers as the page sends them, in JSON → answers.

use serde_json::Value;
use trial_prescreen::import::answer::{
    AgoFields, Answer, CheckedFields, CourseFields, DateFields, DoseFields, DrinkFields, NumberFields, OnsetFields,
    Rest,
};
use trial_prescreen::{Absence, Route};

pub(super) fn read(json: &str) -> Result<Answer, String> {
    let value: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    if value.get("checked").is_some() {
        let rest = match text(&value, "rest").as_str() {
            "no" => Rest::No,
            "asked-unknown" => Rest::AskedUnknown,
            "asked-declined" => Rest::AskedDeclined,
            other => return Err(format!("`{other}` is nothing for the rest of a checklist")),
        };
        let checked = list(&value, "checked").iter().map(plain).collect();
        return Ok(Answer::Checked(CheckedFields { checked, rest }));
    }
    let Some((kind, fields)) = value.as_object().and_then(|object| object.iter().next()) else {
        return Err(format!("{json} is not an answer"));
    };
    Ok(match kind.as_str() {
        "choice" => Answer::Choice(plain(fields)),
        "absent" if plain(fields) == "asked-declined" => Answer::Absent(Absence::AskedDeclined),
        "absent" => Answer::Absent(Absence::AskedUnknown),
        "number" => Answer::Number(NumberFields {
            value: text(fields, "value"),
            low: text(fields, "low"),
            high: text(fields, "high"),
            about: fields.get("about") == Some(&Value::Bool(true)),
            unit: text(fields, "unit"),
            upper_limit: text(fields, "upperLimit"),
            on: fields.get("on").map(date),
        }),
        "date" => Answer::Date(date(fields)),
        "course" => Answer::Course(CourseFields {
            choice: text(fields, "choice"),
            planned: text(fields, "planned"),
            from: fields.get("from").map(date),
            until: fields.get("until").map(date),
            route: route(fields),
        }),
        "onset" => {
            let DateFields { year, month, day, .. } = date(fields);
            let [basis, hour, minute, offset] = ["basis", "hour", "minute", "offset"].map(|name| text(fields, name));
            Answer::Onset(OnsetFields { basis, year, month, day, hour, minute, offset })
        }
        "doses" => Answer::Doses(
            list(&value, kind)
                .iter()
                .map(|row| DoseFields {
                    medicine: text(row, "medicine"),
                    amount: text(row, "amount"),
                    route: route(row),
                })
                .collect(),
        ),
        "drinks" => {
            let row = |row| {
                let [volume, strength, count, per] = ["volume", "strength", "count", "per"].map(|name| text(row, name));
                DrinkFields { volume, strength, count, per }
            };
            Answer::Drinks(list(&value, kind).iter().map(row).collect())
        }
        other => return Err(format!("`{other}` is no kind of answer")),
    })
}

fn route(object: &Value) -> Option<Route> {
    serde_json::from_value(object.get("route")?.clone()).ok()
}

fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn text(object: &Value, name: &str) -> String {
    object.get(name).map(plain).unwrap_or_default()
}

fn list<'v>(object: &'v Value, name: &str) -> &'v [Value] {
    object.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn date(object: &Value) -> DateFields {
    let [year, month, day] = ["year", "month", "day"].map(|name| text(object, name));
    let ago = object.get("ago").map(|ago| AgoFields { count: text(ago, "count"), unit: text(ago, "unit") });
    DateFields { year, month, day, ago }
}
