//! Ways to say a leaf, the plainest first. None of them is trusted: whoever prints reads them back.

use crate::model::concept::Concept;
use crate::model::expression::{Bound, Compare, Elapsed, Expression, IsOneOf, Present};
use crate::model::record::{Status, Subject};
use crate::model::window::{Anchor, Duration, TimeUnit, Whichever, Window};
use crate::model::wording::wording;

use super::Language;
use super::exact::{MOMENTS, UNITS, in_corners, word};
use super::quoted::JUDGED;

/// Ways to say a leaf.
pub(super) fn leaves(expression: &Expression, language: Language) -> Vec<String> {
    match expression {
        Expression::Present(present) => presents(present, language),
        Expression::Elapsed(elapsed) => times_since(elapsed, language),
        Expression::Compare(compare) => compares(compare, language),
        Expression::IsOneOf(one) => codes(one, language),
        Expression::Judgement(judgement) => {
            let [english, chinese] = JUDGED;
            let judged = if language == Language::English { english } else { chinese };
            vec![judgement.text.clone(), format!("{judged}“{}”", judgement.text)]
        }
        Expression::Unread(unread) => vec![unread.text.clone(), format!("“{}”", unread.text)],
        Expression::Change(_)
        | Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => Vec::new(),
    }
}

/// Words that are to be taken as they stand.
pub(super) fn in_marks(text: &str) -> [String; 2] {
    [format!("“{text}”"), in_corners(text)]
}

/// Ways to deny what these say.
pub(super) fn denials(said: &[String], language: Language) -> Vec<String> {
    let before: &[&str] = match language {
        Language::English => &["No ", "Not ", "Has not ", "Has not had "],
        Language::Chinese => &["无", "未", "没有"],
    };
    let deny = |said: &String| {
        let said = said.clone();
        before.iter().map(move |before| format!("{before}{said}"))
    };
    said.iter().flat_map(deny).collect()
}

/// Ways to say something of some of the people.
pub(super) fn conditions(people: &[String], said: &[String], language: Language) -> Vec<String> {
    let each = |people: &String| {
        let people = people.clone();
        said.iter().flat_map(move |said| match language {
            Language::English => {
                [format!("{said} for {people}"), format!("{people}: {said}"), format!("{said} ({people})")]
            }
            Language::Chinese => {
                [format!("{said}（{people}）"), format!("{people}{said}"), format!("{people}：{said}")]
            }
        })
    };
    people.iter().flat_map(each).collect()
}

/// The names of what it is about.
fn names(subject: &Subject, language: Language) -> Vec<String> {
    match subject {
        Subject::Text(text) => std::iter::once(text.clone()).chain(in_marks(text)).collect(),
        Subject::Concept(id) => {
            let Some(concept) = Concept::named(id) else { return Vec::new() };
            let words = wording(id);
            let (own, others) = match language {
                Language::English => (concept.english, words.map(|words| &words.synonyms_english)),
                Language::Chinese => (concept.chinese, words.map(|words| &words.synonyms_chinese)),
            };
            let others = others.into_iter().flatten().map(|name| (*name).to_owned());
            std::iter::once(own.to_owned()).chain(others).collect()
        }
        Subject::Ratio(pair) => {
            let [above, below] = pair.as_ref();
            let below = names(below, language);
            let joined = |above: String| below.first().map(|below| format!("{above}/{below}"));
            names(above, language).into_iter().filter_map(joined).collect()
        }
        Subject::Judgement(_) | Subject::Unread(_) => Vec::new(),
    }
}

fn unit_of_time(unit: TimeUnit, language: Language) -> &'static str {
    UNITS.iter().find(|(own, _, _)| *own == unit).map_or("", |row| word(row, language))
}

fn so_long(count: &str, unit: TimeUnit, language: Language) -> String {
    let unit = unit_of_time(unit, language);
    match language {
        Language::English if count == "1" => format!("{count} {}", unit.trim_end_matches('s')),
        Language::English => format!("{count} {unit}"),
        Language::Chinese => format!("{count}{unit}"),
    }
}

fn length(duration: Duration, language: Language) -> String {
    so_long(&duration.count.unsigned_abs().to_string(), duration.unit, language)
}

/// A bound whose unit is one of time.
fn lasting(bound: &Bound, language: Language) -> Option<String> {
    let unit = TimeUnit::from_text(bound.unit.as_deref()?)?;
    Some(so_long(&bound.value.to_string(), unit, language))
}

fn moment(anchor: &Anchor, language: Language) -> &str {
    match (language, anchor) {
        (Language::English | Language::Chinese, Anchor::Text(text)) => text,
        (Language::Chinese, Anchor::Event("hospital-admission")) => "入院",
        (Language::English, Anchor::Event(id)) => Concept::named(id).map_or("", |concept| concept.english),
        (Language::Chinese, Anchor::Event(id)) => Concept::named(id).map_or("", |concept| concept.chinese),
        (
            Language::English | Language::Chinese,
            Anchor::AsOf
            | Anchor::Consent
            | Anchor::Screening
            | Anchor::Randomization
            | Anchor::FirstDose
            | Anchor::Onset,
        ) => MOMENTS.iter().find(|(own, _, _)| own == anchor).map_or("", |row| word(row, language)),
    }
}

/// Ways to say a window.
fn windows(window: &Window, language: Language) -> Vec<String> {
    let at = moment(&window.anchor, language);
    let plain = window.anchor == Anchor::AsOf;
    let english = language == Language::English;
    let half_lives = match (window.half_lives, window.whichever, english) {
        (None, _, _) => String::new(),
        (Some(count), Whichever::Longer, true) => format!(" or {count} half-lives, whichever is longer,"),
        (Some(count), Whichever::Shorter, true) => format!(" or {count} half-lives, whichever is shorter,"),
        (Some(count), Whichever::Longer, false) => format!("（或{count}个半衰期，以较长者为准）"),
        (Some(count), Whichever::Shorter, false) => format!("（或{count}个半衰期，以较短者为准）"),
    };
    let (Some(from), Some(to)) = (window.from, window.to) else { return Vec::new() };
    let (since, until) = (length(from, language), length(to, language));
    match (from.count, to.count, english) {
        (..0, 0, true) if plain && half_lives.is_empty() => {
            vec![format!("within {since}"), format!("within the past {since}"), format!("within {since} before {at}")]
        }
        (..0, 0, true) => vec![format!("within {since}{half_lives} before {at}")],
        (..0, 0, false) if plain && half_lives.is_empty() => vec![format!("{since}内"), format!("过去{since}内")],
        (..0, 0, false) => vec![format!("{at}前{since}{half_lives}内")],
        (..0, ..0, true) if from.unit == to.unit => {
            vec![format!("{} to {since} before {at}", to.count.unsigned_abs())]
        }
        (..0, ..0, false) if from.unit == to.unit => vec![format!("{at}前{}至{since}内", to.count.unsigned_abs())],
        (0, 1.., true) if plain => vec![format!("within the next {until}"), format!("within {until}")],
        (0, 1.., true) => vec![format!("within {until} after {at}"), format!("within {until} of {at}")],
        (0, 1.., false) if plain => vec![format!("未来{until}内"), format!("{until}内")],
        (0, 1.., false) => vec![format!("{at}后{until}内")],
        (1.., 1.., true) if from.unit == to.unit => vec![format!("within {} to {until} after {at}", from.count)],
        (..0, 1.., true) if from.count == -to.count && from.unit == to.unit => {
            vec![format!("within ± {until} of {at}")]
        }
        _ => Vec::new(),
    }
}

/// What stands before a thing that is now, was or is to be.
fn heads(status: Status, language: Language) -> &'static [&'static str] {
    match (language, status) {
        (Language::English, Status::History) => &["", "History of ", "Previous "],
        (Language::English, Status::Current) => &["", "Current ", "Currently ", "Presence of ", "Current use of "],
        (Language::English, Status::Planned) => &["", "Planned ", "Planning to ", "Planning "],
        (Language::English | Language::Chinese, Status::Any) => &[],
        (Language::Chinese, Status::History) => &["", "既往有", "既往", "曾"],
        (Language::Chinese, Status::Current) => &["", "目前", "正在", "目前有"],
        (Language::Chinese, Status::Planned) => &["", "计划", "拟", "计划在"],
    }
}

fn presents(present: &Present, language: Language) -> Vec<String> {
    if !present.routes.is_empty() {
        return Vec::new();
    }
    let spans = match &present.lasting {
        None => Vec::new(),
        Some(lasting_for) => {
            courses(lasting_for.low.as_ref(), lasting_for.high.as_ref(), present.window.as_ref(), language)
        }
    };
    let times = match (&present.lasting, &present.window) {
        (Some(_), _) => spans,
        (None, Some(window)) => windows(window, language),
        (None, None) => vec![String::new()],
    };
    let mut said = Vec::new();
    for head in heads(present.status, language) {
        for name in names(&present.subject, language) {
            for time in &times {
                match language {
                    Language::English => said.push(format!("{head}{name} {time}").trim().to_owned()),
                    Language::Chinese if present.lasting.is_some() => {
                        said.extend([format!("{head}{name}{time}"), format!("{head}使用{name}{time}")]);
                    }
                    Language::Chinese => {
                        said.extend([format!("{time}{head}{name}"), format!("{head}{name}{time}")]);
                        if present.status == Status::History {
                            said.extend([format!("{time}{head}{name}病史"), format!("{time}{head}使用{name}")]);
                        }
                        if present.status == Status::Current {
                            said.push(format!("{time}{head}使用{name}"));
                        }
                    }
                }
            }
        }
    }
    said
}

/// "For at least 3 months", with where the months lie.
fn courses(low: Option<&Bound>, high: Option<&Bound>, window: Option<&Window>, language: Language) -> Vec<String> {
    let (Some(bound), at_least) = (match (low, high) {
        (Some(low), None) => (Some(low), true),
        (None, Some(high)) => (Some(high), false),
        (Some(_), Some(_)) | (None, None) => (None, false),
    }) else {
        return Vec::new();
    };
    let Some(long) = lasting(bound, language) else { return Vec::new() };
    let sign = sign(at_least, bound.inclusive, language);
    match (language, window) {
        (Language::English, None) => vec![format!("for {sign} {long}")],
        (Language::English, Some(window)) => {
            let at = moment(&window.anchor, language);
            vec![format!("for the past {long}"), format!("for {sign} {long} before {at}")]
        }
        (Language::Chinese, None) => vec![format!("{sign}{long}"), format!("持续{sign}{long}")],
        (Language::Chinese, Some(_)) => Vec::new(),
    }
}

fn sign(at_least: bool, inclusive: bool, language: Language) -> &'static str {
    match (language, at_least, inclusive) {
        (Language::English, true, true) => "at least",
        (Language::English, true, false) => "more than",
        (Language::English, false, true) => "no more than",
        (Language::English, false, false) => "less than",
        (Language::Chinese, true, true) => "至少",
        (Language::Chinese, true, false) => "超过",
        (Language::Chinese, false, true) => "不超过",
        (Language::Chinese, false, false) => "少于",
    }
}

fn times_since(elapsed: &Elapsed, language: Language) -> Vec<String> {
    let part = |bound: &Option<Bound>, at_least: bool| {
        let bound = bound.as_ref()?;
        Some((sign(at_least, bound.inclusive, language), lasting(bound, language)?))
    };
    let ends: Vec<(&str, String)> =
        [part(&elapsed.low, true), part(&elapsed.high, false)].into_iter().flatten().collect();
    let about = names(&elapsed.since, language);
    let onset = elapsed.since == Subject::concept("onset");
    let mut said = Vec::new();
    // At least so long ago: "never" meets it, which must be said.
    let never: &[&str] = match (&elapsed.high, language) {
        (Some(_), _) => &[""],
        (None, Language::English) => &["", ", if ever", ", or never"],
        (None, Language::Chinese) => &["", "（如有）", "，或从未"],
    };
    match (ends.as_slice(), language) {
        ([(sign, long)], Language::English) => {
            if onset {
                said.push(format!("Symptom onset {sign} {long} ago"));
                said.push(format!("Symptom onset {sign} {long}"));
            }
            for name in about {
                for never in never {
                    said.extend([
                        format!("{sign} {long} since {name}{never}"),
                        format!("{name} {sign} {long} ago{never}"),
                        format!("{name} for {sign} {long}{never}"),
                        format!("within {long} of {name}"),
                    ]);
                }
            }
        }
        ([(low, least), (high, most)], Language::English) if onset => {
            said.push(format!("Symptom onset {low} {least} and {high} {most}"));
        }
        ([(sign, long)], Language::Chinese) => {
            if onset {
                said.push(format!("发病{sign}{long}"));
            }
            for name in about {
                for never in never {
                    said.extend([
                        format!("{name}{sign}{long}{never}"),
                        format!("{name}病史{sign}{long}{never}"),
                        format!("从{name}起，时间{sign}{long}{never}"),
                        format!("{name}{sign}{long}前{never}"),
                    ]);
                }
            }
        }
        ([(low, least), (high, most)], Language::English) => {
            said.extend(about.into_iter().map(|name| format!("{low} {least} and {high} {most} since {name}")));
        }
        ([(low, least), (high, most)], Language::Chinese) if onset => {
            said.push(format!("发病{low}{least}且{high}{most}"));
            said.push(format!("发病{low}{least}，{high}{most}"));
        }
        ([(low, least), (high, most)], Language::Chinese) => {
            said.extend(about.into_iter().map(|name| format!("从{name}起，时间{low}{least}且{high}{most}")));
        }
        _ => {}
    }
    said
}

/// A bound in signs, its unit in words where it is one of time.
fn bound(bound: &Bound, low: bool) -> Vec<String> {
    let sign = match (low, bound.inclusive) {
        (true, true) => "≥",
        (true, false) => ">",
        (false, true) => "≤",
        (false, false) => "<",
    };
    let unit = bound.unit.as_deref().unwrap_or_default();
    let words = match unit {
        "[lb_av]" => Some("pounds"),
        "{score}" => Some("points"),
        _ => TimeUnit::from_text(unit).map(|unit| unit_of_time(unit, Language::English)),
    };
    [Some(unit), words]
        .into_iter()
        .flatten()
        .map(|unit| format!("{sign} {} {unit}", bound.value).trim().to_owned())
        .collect()
}

fn compares(compare: &Compare, language: Language) -> Vec<String> {
    let plain = compare.select == crate::model::expression::Select::Latest && compare.routes.is_empty();
    if !plain {
        return Vec::new();
    }
    let bounds: Vec<String> = match (&compare.low, &compare.high) {
        (Some(low), Some(high)) => {
            let pairs = bound(low, true).into_iter().zip(bound(high, false));
            let and = if language == Language::English { " and " } else { "且" };
            pairs.map(|(low, high)| format!("{low}{and}{high}")).collect()
        }
        (Some(low), None) => bound(low, true),
        (None, Some(high)) => bound(high, false),
        (None, None) => return Vec::new(),
    };
    let times = compare.window.as_ref().map_or_else(|| vec![String::new()], |window| windows(window, language));
    let mut said = classes(compare, language);
    for name in names(&compare.subject, language) {
        for bound in &bounds {
            for time in &times {
                said.push(format!("{name} {bound} {time}").trim().to_owned());
                if language == Language::Chinese && !time.is_empty() {
                    said.push(format!("{time}{name} {bound}"));
                }
                // "LVEF ≥ 50 % as determined by echocardiography"
                if let (Subject::Text(_), false) = (&compare.subject, name.starts_with(['“', '「'])) {
                    let blanks = name.match_indices(' ').take(MOST_BLANKS);
                    let around = blanks.filter_map(|(at, _)| name.split_at_checked(at));
                    said.extend(
                        around.map(|(before, behind)| format!("{before} {bound}{behind} {time}").trim().to_owned()),
                    );
                }
            }
        }
    }
    said
}

/// "NYHA class 2 to 3".
fn classes(compare: &Compare, language: Language) -> Vec<String> {
    let plain = |bound: &Bound| (bound.unit.is_none() && bound.inclusive).then(|| bound.value.to_string());
    let ends = (compare.low.as_ref().and_then(plain), compare.high.as_ref().and_then(plain));
    let ((Some(low), Some(high)), None, Subject::Concept(id)) = (ends, &compare.window, &compare.subject) else {
        return Vec::new();
    };
    if !id.ends_with("-class") {
        return Vec::new();
    }
    let roman =
        |number: &str| ["I", "II", "III", "IV", "V"].get(number.parse::<usize>().ok()?.checked_sub(1)?).copied();
    let (Some(low), Some(high)) = (roman(&low), roman(&high)) else { return Vec::new() };
    let said = |name: String| match (language, low == high) {
        (Language::English, true) => vec![format!("{name} {low}"), format!("{name} class {low}")],
        (Language::English, false) => vec![format!("{name} {low} to {high}"), format!("{name} class {low} to {high}")],
        (Language::Chinese, true) => vec![format!("{name}{low}级"), format!("{name} {low}级")],
        (Language::Chinese, false) => vec![format!("{name}{low}-{high}级"), format!("{name} {low}至{high}级")],
    };
    names(&compare.subject, language).into_iter().flat_map(said).collect()
}

/// A subject is not cut in more places.
const MOST_BLANKS: usize = 24;

fn codes(one: &IsOneOf, language: Language) -> Vec<String> {
    if one.window.is_some() {
        return Vec::new();
    }
    if one.subject == Subject::concept("sex") {
        let words: &[&str] = match (one.values.as_slice(), language) {
            ([only], Language::English) if only == "female" => &["Female", "women"],
            ([only], Language::English) if only == "male" => &["Male", "men"],
            ([only], Language::Chinese) if only == "female" => &["女性", "女性患者"],
            ([only], Language::Chinese) if only == "male" => &["男性", "男性患者"],
            _ => &[],
        };
        return words.iter().map(|word| (*word).to_owned()).collect();
    }
    let joined = one.values.join(if language == Language::English { " or " } else { "或" });
    let ways =
        |name: String| [format!("{name} {joined}"), format!("{name} class {joined}"), format!("{name}{joined}级")];
    names(&one.subject, language).into_iter().flat_map(ways).collect()
}
