//! The question for one thing, by what it is.

use crate::model::concept::{Concept, Kind};
use crate::model::expression::{Bound, Compare, Expression, Select};
use crate::model::medicine::{DoseClass, members_of};
use crate::model::question::{AnswerKind, QuantityAnswer, Question, QuestionText};
use crate::model::record::Respondent;
use crate::model::table::Table;
use crate::model::unit::{BoundUnit, Unit};
use crate::model::wording::{Wording, wording};

use super::time::{self, sentence};
use super::{Use, in_both};

const EVERYBODY: [Respondent; 4] = [Respondent::Patient, Respondent::Caregiver, Respondent::Staff, Respondent::Record];

/// Codes that have words of their own.
const CODES: [(&str, &str, &str); 14] = [
    ("female", "Female", "女"),
    ("male", "Male", "男"),
    ("never", "Never", "从不"),
    ("former", "In the past", "以前有"),
    ("current", "Now", "现在有"),
    ("none", "None", "无"),
    ("slight", "Slight", "轻度"),
    ("mild", "Mild", "轻度"),
    ("moderate", "Moderate", "中度"),
    ("moderate-severe", "Moderate or severe", "中度或重度"),
    ("severe", "Severe", "重度"),
    ("negative", "Negative", "阴性"),
    ("trace", "Trace", "微量"),
    ("other", "None of these", "以上都不是"),
];

impl Use<'_> {
    fn ask(&self, answer: AnswerKind, by: Vec<Respondent>, mut texts: [QuestionText; 2]) -> Question {
        let routes = self.routes();
        for (text, chinese) in texts.iter_mut().zip([false, true]) {
            for route in &routes {
                let (name, english, zh) = route.words();
                text.options.insert(name.to_owned(), if chinese { zh } else { english }.to_owned());
            }
        }
        let [english, chinese] = texts;
        Question {
            answer,
            answerable_by: by,
            text: in_both(english, chinese),
            checklist: None,
            routes,
            plausible: None,
            burden: None,
            failing: None,
            sensitive: false,
        }
    }

    pub(super) fn about_concept(&self, concept: &'static Concept) -> Question {
        let wording = wording(concept.id);
        let answer = match concept.kind {
            _ if concept.id == "onset" => AnswerKind::Onset,
            _ if concept.id == "alcohol-intake" => AnswerKind::Drinks,
            Kind::Quantity => self.number(concept.unit_text),
            Kind::Code => self.choice(&concept.codes),
            Kind::Presence => self.yes_or_no(),
            Kind::Date => AnswerKind::Date,
            Kind::Dose if self.compares() => AnswerKind::Doses(medicines(concept)),
            Kind::Dose => self.yes_or_no(),
        };
        let mut texts = match &answer {
            AnswerKind::YesNo => self.is_so(concept.english, concept.chinese, wording),
            AnswerKind::LastTime => when(concept.english, concept.chinese),
            AnswerKind::Course(_) => course(concept.english, concept.chinese),
            AnswerKind::Choice(_)
            | AnswerKind::Quantity(_)
            | AnswerKind::Date
            | AnswerKind::Onset
            | AnswerKind::Doses(_)
            | AnswerKind::Drinks => self.known(concept, wording, &answer),
        };
        // who is examined by staff cannot know it
        let by = match wording {
            Some(wording) if wording.patient.english.is_empty() => vec![Respondent::Staff, Respondent::Record],
            _ => EVERYBODY.to_vec(),
        };
        for (text, chinese) in texts.iter_mut().zip([false, true]) {
            let place = wording.map(|wording| if chinese { wording.place.chinese } else { wording.place.english });
            text.place = place.unwrap_or_default().to_owned();
            if let AnswerKind::Choice(codes) = &answer {
                text.options = options(codes, chinese);
            }
        }
        // since when and until when take longer than yes or no
        let burden = if matches!(answer, AnswerKind::Course(_)) { None } else { Some(concept.burden) };
        Question { burden, ..self.ask(answer, by, texts) }
    }

    /// The vocabulary's words for a value, a code or a day.
    fn known(&self, concept: &Concept, wording: Option<&Wording>, answer: &AnswerKind) -> [QuestionText; 2] {
        let doses = matches!(answer, AnswerKind::Doses(_));
        let text = |chinese: bool| {
            let pick = |english: &str, zh: &str| if chinese { zh } else { english }.to_owned();
            let name = pick(concept.english, concept.chinese);
            let own = wording.map(|w| pick(w.patient.english, w.patient.chinese)).filter(|own| !own.is_empty());
            let staff = wording.map(|w| pick(w.staff.english, w.staff.chinese)).filter(|staff| !staff.is_empty());
            let patient = match (own, doses) {
                (Some(own), false) => own,
                (_, true) => self.doses(&name, chinese),
                (None, false) => self.latest(&name, chinese),
            };
            QuestionText {
                patient,
                staff: staff.unwrap_or_else(|| name.clone()),
                short: name,
                ..QuestionText::default()
            }
        };
        [text(false), text(true)]
    }

    fn doses(&self, name: &str, chinese: bool) -> String {
        let when = self.leaves.iter().find_map(|leaf| leaf.window()).map(|window| time::window(window, chinese));
        match (when, chinese) {
            (Some(when), false) => {
                format!("{}, which of these have you taken, and how much a day: {name}?", sentence(&when))
            }
            (None, false) => format!("Which of these do you take, and how much a day: {name}?"),
            (Some(when), true) => format!("{when}，您用过以下哪些药，每天多少：{name}？"),
            (None, true) => format!("您在用以下哪些药，每天多少：{name}？"),
        }
    }

    fn latest(&self, name: &str, chinese: bool) -> String {
        let when = self.leaves.iter().find_map(|leaf| leaf.window()).map(|window| time::window(window, chinese));
        if self.asks_for_the_largest() {
            return match (when, chinese) {
                (Some(when), false) => {
                    format!("At the most, how much was it {when}: {name}? Write 0 if there was none.")
                }
                (None, false) => format!("At the most, how much was it: {name}? Write 0 if there was none."),
                (Some(when), true) => format!("{when}，{name}最多的一次是多少？没有请填0。"),
                (None, true) => format!("{name}最多的一次是多少？没有请填0。"),
            };
        }
        match (when, chinese) {
            (Some(when), false) => format!("What was your latest result for {name} {when}?"),
            (None, false) => format!("What was your latest result for {name}?"),
            (Some(when), true) => format!("{when}，您最近一次的{name}结果是多少？"),
            (None, true) => format!("您最近一次的{name}结果是多少？"),
        }
    }

    /// Something that the vocabulary has no word for.
    pub(super) fn about_text(&self, name: &str) -> Question {
        let coded = self.leaves.iter().any(|leaf| matches!(leaf, Expression::IsOneOf(_)));
        let answer = if coded {
            self.choice(&[])
        } else if self.compares() {
            self.number("")
        } else if self.leaves.is_empty() {
            // what a window hangs on
            AnswerKind::Date
        } else {
            self.yes_or_no()
        };
        let value = |chinese: bool| QuestionText {
            patient: self.latest(name, chinese),
            staff: name.to_owned(),
            short: name.to_owned(),
            ..QuestionText::default()
        };
        let texts = match &answer {
            AnswerKind::YesNo => self.is_so(name, name, None),
            AnswerKind::LastTime => when(name, name),
            AnswerKind::Course(_) => course(name, name),
            AnswerKind::Choice(codes) => [false, true].map(|chinese| {
                let patient = if chinese {
                    format!("您的情况是以下哪一项：{name}？")
                } else {
                    format!("Which of these is yours: {name}?")
                };
                QuestionText { patient, options: options(codes, chinese), ..value(chinese) }
            }),
            AnswerKind::Quantity(_)
            | AnswerKind::Date
            | AnswerKind::Onset
            | AnswerKind::Doses(_)
            | AnswerKind::Drinks => [value(false), value(true)],
        };
        self.ask(answer, EVERYBODY.to_vec(), texts)
    }

    /// A sentence that nobody has made computable, word for word.
    pub(super) fn verbatim(&self) -> Question {
        let sentence = self
            .leaves
            .iter()
            .find_map(|leaf| if let Expression::Unread(unread) = leaf { Some(unread.text.as_str()) } else { None });
        let said = sentence.unwrap_or_else(|| self.name());
        let short = short(said);
        let english = QuestionText {
            patient: format!("Does this apply to you? “{said}”"),
            caregiver: format!("Does this apply to the person you care for? “{said}”"),
            staff: format!("Does this apply? “{said}”"),
            short: short.clone(),
            ..QuestionText::default()
        };
        let chinese = QuestionText {
            patient: format!("以下内容是否符合您的情况？“{said}”"),
            caregiver: format!("以下内容是否符合对方的情况？“{said}”"),
            staff: format!("是否符合？“{said}”"),
            short,
            ..QuestionText::default()
        };
        self.ask(AnswerKind::YesNo, EVERYBODY.to_vec(), [english, chinese])
    }

    /// What only the investigator can say.
    pub(super) fn about_judgement(&self) -> Question {
        let said = self.leaves.iter().find_map(|leaf| {
            if let Expression::Judgement(judgement) = leaf { Some(judgement.text.as_str()) } else { None }
        });
        let said = said.unwrap_or_else(|| self.name());
        let words = |patient: &str, staff: &str| QuestionText {
            patient: format!("{patient}“{said}”"),
            staff: format!("{staff}“{said}”"),
            short: short(said),
            ..QuestionText::default()
        };
        let texts = [
            words("Does the study doctor say so? ", "Investigator: "),
            words("研究医生是否认为如此？", "研究者判断："),
        ];
        self.ask(AnswerKind::YesNo, vec![Respondent::Investigator], texts)
    }

    fn compares(&self) -> bool {
        self.leaves.iter().any(|leaf| matches!(leaf, Expression::Compare(_) | Expression::Change(_)))
    }

    /// One result over a bound decides, whichever it is: below it lie all only where the largest does.
    fn asks_for_the_largest(&self) -> bool {
        let mut compares = self.compared();
        let decides = |compare: &Compare| match compare.select {
            Select::Any => compare.low.is_some() && compare.high.is_none(),
            Select::Max => true,
            Select::Latest | Select::Min | Select::All | Select::Mean => false,
        };
        let first = compares.next().map(decides);
        first == Some(true) && compares.all(decides)
    }

    fn compared(&self) -> impl Iterator<Item = &Compare> {
        self.leaves.iter().filter_map(|leaf| if let Expression::Compare(compare) = leaf { Some(compare) } else { None })
    }

    fn bounds(&self) -> impl Iterator<Item = &Bound> {
        self.compared().flat_map(|Compare { low, high, .. }| low.iter().chain(high.iter()))
    }

    /// A number in the units that the criteria use, then in the vocabulary's own.
    fn number(&self, own: &str) -> AnswerKind {
        let mut units: Vec<String> = Vec::new();
        let mut upper_limit = false;
        for unit in self.bounds().filter_map(|bound| bound.unit.as_deref()) {
            match BoundUnit::from_text(unit) {
                Some(BoundUnit::TimesUpperLimit | BoundUnit::TimesLowerLimit) => upper_limit = true,
                Some(BoundUnit::Of(_)) | None if !units.iter().any(|known| known == unit) => {
                    units.push(unit.to_owned())
                }
                Some(BoundUnit::Of(_)) | None => {}
            }
        }
        // a unit in a spelling of its own is typed beside the number
        units.retain(|unit| Unit::from_text(unit).is_some());
        if !matches!(own, "" | "{score}") && !units.iter().any(|known| known == own) {
            units.push(own.to_owned());
        }
        let dated = self.leaves.iter().any(|leaf| leaf.window().is_some() || matches!(leaf, Expression::Change(_)));
        AnswerKind::Quantity(QuantityAnswer {
            units,
            upper_limit,
            dated,
            whole: false,
            largest: self.asks_for_the_largest(),
        })
    }

    /// The codes there are, or those that the criteria name and one for all others.
    fn choice(&self, codes: &[&str]) -> AnswerKind {
        if !codes.is_empty() {
            return AnswerKind::Choice(codes.iter().map(|code| (*code).to_owned()).collect());
        }
        let mut named: Vec<String> = Vec::new();
        for leaf in &self.leaves {
            let Expression::IsOneOf(of) = leaf else { continue };
            named.extend(of.values.iter().filter(|value| !named.contains(value)).cloned().collect::<Vec<_>>());
        }
        named.push("other".to_owned());
        AnswerKind::Choice(named)
    }
}

fn medicines(concept: &'static Concept) -> Vec<String> {
    let class = DoseClass::of(concept.id).into_iter().flat_map(|class| class.members.iter().map(|m| m.medicine));
    let members: Vec<String> = class.chain(members_of(concept.id)).map(str::to_owned).collect();
    if members.is_empty() { vec![concept.id.to_owned()] } else { members }
}

fn options(codes: &[String], chinese: bool) -> Table<String> {
    let words = |code: &String| {
        let known = CODES.iter().find(|(known, ..)| known == code);
        let words = known.map(|(_, english, zh)| if chinese { *zh } else { *english });
        (code.clone(), words.unwrap_or(code).to_owned())
    };
    codes.iter().map(words).collect()
}

fn text(patient: String, name: &str, staff: String) -> QuestionText {
    QuestionText { patient, staff, short: name.to_owned(), ..QuestionText::default() }
}

fn when(english: &str, chinese: &str) -> [QuestionText; 2] {
    [
        text(
            format!("When was this, the last time: {english}?"),
            english,
            format!("{english}: date of the last time."),
        ),
        text(format!("最近一次是什么时候：{chinese}？"), chinese, format!("{chinese}：最近一次的日期。")),
    ]
}

/// Whether it is so, and when.
fn course(english: &str, chinese: &str) -> [QuestionText; 2] {
    [
        text(
            format!("Does this apply to you, or has it ever: {english}?"),
            english,
            format!("{english}: now, earlier or never."),
        ),
        text(format!("您现在或以前是否有过以下情况：{chinese}？"), chinese, format!("{chinese}：目前、既往或从未。")),
    ]
}

/// The first words of a sentence.
pub(crate) fn short(said: &str) -> String {
    const MOST: usize = 60;
    let line = said.lines().next().unwrap_or_default().trim();
    let Some((end, _)) = line.char_indices().nth(MOST) else { return line.to_owned() };
    let cut = line.get(..end).unwrap_or_default();
    let cut = cut.rsplit_once(' ').map_or(cut, |(before, _)| before);
    format!("{cut}…")
}
