//! A leaf in full: every field of it in words, for what no sentence of everyday criteria says.
//!
//! | part | English | Chinese |
//! |---|---|---|
//! | what it is about | `『stroke』` of the vocabulary, `「words」` as they stand | the same |
//! | what is asked | `: now`, `: value`, `: time since`, `: one of 「A」`, `: falls` | `：目前`, `：数值`, `：距今`, `：属于「A」`, `：下降` |
//! | a bound | `; ≥ 2.5 xULN` | `；≥ 2.5 xULN` |
//! | where in time | `; around screening from 2 weeks before to 0 days after` | `；相对于筛选，自之前2周至之后0天` |
//! | for how long | `; lasting ≥ 3 months` | `；持续 ≥ 3 个月` |
//! | how it is given | `; given oral, nasal` | `；给药方式：口服、鼻腔给药` |
//!
//! What [`written`] writes, [`super::exact_back::read`] reads.

use crate::model::concept::Concept;
use crate::model::expression::{Bound, Direction, Expression, Select};
use crate::model::record::{Status, Subject};
use crate::model::route::Route;
use crate::model::window::{Anchor, Duration, TimeUnit, Whichever, Window};

use super::Language;
use super::quoted::JUDGED;

/// A value with its words.
pub(super) type Worded<T> = (T, &'static str, &'static str);

pub(super) const STATUSES: [Worded<Status>; 4] = [
    (Status::Current, "now", "目前"),
    (Status::History, "ever", "曾有"),
    (Status::Planned, "planned", "计划"),
    (Status::Any, "now, ever or planned", "目前、曾有或计划"),
];
pub(super) const DIRECTIONS: [Worded<Direction>; 3] =
    [(Direction::Fall, "falls", "下降"), (Direction::Rise, "rises", "上升"), (Direction::Either, "changes", "变化")];
pub(super) const SELECTS: [Worded<Select>; 6] = [
    (Select::Latest, "the latest", "最近一次"),
    (Select::Any, "any of them", "任一次"),
    (Select::All, "each of them", "每一次"),
    (Select::Max, "the highest", "最高值"),
    (Select::Min, "the lowest", "最低值"),
    (Select::Mean, "their mean", "平均值"),
];
pub(super) const MOMENTS: [Worded<Anchor>; 6] = [
    (Anchor::AsOf, "enrolment", "入组"),
    (Anchor::Consent, "informed consent", "签署知情同意书"),
    (Anchor::Screening, "screening", "筛选"),
    (Anchor::Randomization, "randomization", "随机"),
    (Anchor::FirstDose, "the first dose", "首次给药"),
    (Anchor::Onset, "symptom onset", "发病"),
];
pub(super) const UNITS: [Worded<TimeUnit>; 6] = [
    (TimeUnit::Minute, "minutes", "分钟"),
    (TimeUnit::Hour, "hours", "小时"),
    (TimeUnit::Day, "days", "天"),
    (TimeUnit::Week, "weeks", "周"),
    (TimeUnit::Month, "months", "个月"),
    (TimeUnit::Year, "years", "年"),
];
pub(super) const WHICHEVER: [Worded<Whichever>; 2] = [
    (Whichever::Longer, "half-lives, whichever is longer", "个半衰期，以较长者为准"),
    (Whichever::Shorter, "half-lives, whichever is shorter", "个半衰期，以较短者为准"),
];
pub(super) const VALUE: Worded<()> = ((), "value", "数值");
pub(super) const SINCE: Worded<()> = ((), "time since", "距今");
pub(super) const ONE_OF: Worded<()> = ((), "one of ", "属于");
pub(super) const LASTING: Worded<()> = ((), "lasting ", "持续 ");
pub(super) const GIVEN: Worded<()> = ((), "given ", "给药方式：");
pub(super) const WITHIN: Worded<()> = ((), "within ", "在此期间内：");
pub(super) const AROUND: Worded<()> = ((), "around ", "相对于");
pub(super) const FROM: Worded<()> = ((), " from ", "，自");
pub(super) const TO: Worded<()> = ((), " to ", "至");
pub(super) const OR: Worded<()> = ((), ", or ", "，或");
pub(super) const HALF_LIFE: Worded<()> = ((), ", a half-life being ", "，半衰期为");
pub(super) const ROUTES: Worded<()> = ((), ", ", "、");

/// The word of one language.
pub(super) fn word<T>((_, english, chinese): &Worded<T>, language: Language) -> &'static str {
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// What stands for the end of a line inside of marks.
pub(super) const LINE_END: char = '¶';

/// Words that are taken as they stand, whatever they are.
pub(super) fn in_corners(text: &str) -> String {
    format!("「{}」", text.replace('\\', "\\\\").replace('\n', &LINE_END.to_string()))
}

/// A leaf in full; `None` for a group, and where its subject has no name.
pub(super) fn written(leaf: &Expression, language: Language) -> Option<String> {
    let writer = Writer { language };
    let (subject, mut clauses) = match leaf {
        Expression::Present(present) => {
            let mut clauses = vec![writer.of(&STATUSES, &present.status)?.to_owned()];
            clauses.extend(writer.window(present.window.as_ref())?);
            if let Some(lasting) = &present.lasting {
                let bounds = writer.bounds(lasting.low.as_ref(), lasting.high.as_ref());
                clauses.extend(bounds.map(|bound| format!("{}{bound}", word(&LASTING, language))));
            }
            (&present.subject, clauses)
        }
        Expression::Compare(compare) => {
            let mut clauses = vec![word(&VALUE, language).to_owned()];
            clauses.extend(writer.bounds(compare.low.as_ref(), compare.high.as_ref()));
            clauses.extend(writer.window(compare.window.as_ref())?);
            if compare.select != Select::Latest {
                clauses.push(writer.of(&SELECTS, &compare.select)?.to_owned());
            }
            (&compare.subject, clauses)
        }
        Expression::Elapsed(elapsed) => {
            let mut clauses = vec![word(&SINCE, language).to_owned()];
            clauses.extend(writer.bounds(elapsed.low.as_ref(), elapsed.high.as_ref()));
            (&elapsed.since, clauses)
        }
        Expression::IsOneOf(one) => {
            let values: String = one.values.iter().map(|value| in_corners(value)).collect();
            let mut clauses = vec![format!("{}{values}", word(&ONE_OF, language))];
            clauses.extend(writer.window(one.window.as_ref())?);
            (&one.subject, clauses)
        }
        Expression::Change(change) => {
            let mut clauses = vec![writer.of(&DIRECTIONS, &change.direction)?.to_owned()];
            clauses.extend(writer.bounds(change.low.as_ref(), change.high.as_ref()));
            if let Some(within) = change.within {
                clauses.push(format!("{}{}", word(&WITHIN, language), writer.length(within)?));
            }
            clauses.extend(writer.window(change.window.as_ref())?);
            (&change.subject, clauses)
        }
        Expression::AllOf(_)
        | Expression::AnyOf(_)
        | Expression::Not(_)
        | Expression::AtLeast(_)
        | Expression::When(_) => return None,
        Expression::Judgement(judgement) => {
            let [english, chinese] = JUDGED;
            let judged = if language == Language::English { english } else { chinese };
            return Some(format!("{judged}{}", in_corners(&judgement.text)));
        }
        Expression::Unread(unread) => return Some(in_corners(&unread.text)),
    };
    clauses.extend(writer.routes(leaf.routes()));
    let (colon, join) = if language == Language::English { (": ", "; ") } else { ("：", "；") };
    Some(format!("{}{colon}{}", writer.subject(subject)?, clauses.join(join)))
}

struct Writer {
    language: Language,
}

impl Writer {
    fn of<T: PartialEq>(&self, table: &[Worded<T>], value: &T) -> Option<&'static str> {
        table.iter().find(|(own, _, _)| own == value).map(|row| word(row, self.language))
    }

    fn subject(&self, subject: &Subject) -> Option<String> {
        match subject {
            Subject::Text(text) => Some(in_corners(text)),
            Subject::Concept(id) => self.concept(id),
            Subject::Ratio(pair) => {
                let [above, below] = pair.as_ref();
                Some(format!("{}/{}", self.subject(above)?, self.subject(below)?))
            }
            Subject::Judgement(_) | Subject::Unread(_) => None,
        }
    }

    /// The name of a concept, or its id where another one is called the same.
    fn concept(&self, id: &str) -> Option<String> {
        let concept = Concept::named(id)?;
        let name = if self.language == Language::English { concept.english } else { concept.chinese };
        let own = called(name).is_some_and(|called| called.id == id);
        Some(format!("『{}』", if own { name } else { concept.id }))
    }

    fn bounds(&self, low: Option<&Bound>, high: Option<&Bound>) -> impl Iterator<Item = String> {
        let one = |bound: &Bound, signs: [&str; 2]| {
            let sign = if bound.inclusive { signs[0] } else { signs[1] };
            let unit = bound.unit.as_deref().map(|unit| self.unit(unit)).unwrap_or_default();
            format!("{sign} {} {unit}", bound.value).trim_end().to_owned()
        };
        let low = low.map(|low| one(low, ["≥", ">"]));
        low.into_iter().chain(high.map(|high| one(high, ["≤", "<"])))
    }

    /// A unit of time in words, any other as it stands.
    fn unit(&self, unit: &str) -> String {
        let time = TimeUnit::from_text(unit).filter(|time| time.symbol() == unit);
        time.and_then(|time| self.of(&UNITS, &time)).unwrap_or(unit).to_owned()
    }

    fn length(&self, length: Duration) -> Option<String> {
        let unit = self.of(&UNITS, &length.unit)?;
        let blank = if self.language == Language::English { " " } else { "" };
        let one = length.count == 1 && self.language == Language::English;
        let unit = if one { unit.trim_end_matches('s') } else { unit };
        Some(format!("{}{blank}{unit}", length.count))
    }

    fn offset(&self, offset: Duration) -> Option<String> {
        let before = offset.count < 0;
        let length = self.length(Duration { count: offset.count.checked_abs()?, ..offset })?;
        Some(match (self.language, before) {
            (Language::English, true) => format!("{length} before"),
            (Language::English, false) => format!("{length} after"),
            (Language::Chinese, true) => format!("之前{length}"),
            (Language::Chinese, false) => format!("之后{length}"),
        })
    }

    /// One clause, or none where there is no window; nothing where it has no words.
    fn window(&self, window: Option<&Window>) -> Option<Option<String>> {
        let Some(window) = window else { return Some(None) };
        let language = self.language;
        let moment = match &window.anchor {
            Anchor::Text(text) => in_corners(text),
            Anchor::Event(id) => self.concept(id)?,
            Anchor::AsOf
            | Anchor::Consent
            | Anchor::Screening
            | Anchor::Randomization
            | Anchor::FirstDose
            | Anchor::Onset => self.of(&MOMENTS, &window.anchor)?.to_owned(),
        };
        let mut said = format!("{}{moment}", word(&AROUND, language));
        for (place, offset) in [(&FROM, window.from), (&TO, window.to)] {
            if let Some(offset) = offset {
                said.push_str(word(place, language));
                said.push_str(&self.offset(offset)?);
            }
        }
        if let Some(count) = window.half_lives {
            let blank = if language == Language::English { " " } else { "" };
            let which = self.of(&WHICHEVER, &window.whichever)?;
            said.push_str(&format!("{}{count}{blank}{which}", word(&OR, language)));
        }
        if let Some(length) = window.half_life {
            said.push_str(&format!("{}{}", word(&HALF_LIFE, language), self.length(length)?));
        }
        Some(Some(said))
    }

    fn routes(&self, routes: &[Route]) -> Option<String> {
        let spoken = |route: &Route| {
            let (name, _, chinese) = route.words();
            if self.language == Language::English { name } else { chinese }
        };
        let all: Vec<&str> = routes.iter().map(spoken).collect();
        let said = || format!("{}{}", word(&GIVEN, self.language), all.join(word(&ROUTES, self.language)));
        (!all.is_empty()).then(said)
    }
}

/// The concept that is called so, in either language or by its id.
pub(super) fn called(name: &str) -> Option<&'static Concept> {
    Concept::named(name).or_else(|| Concept::all().find(|concept| concept.english == name || concept.chinese == name))
}
