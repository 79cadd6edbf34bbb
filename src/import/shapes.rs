//! The keys of every type of the trial document and of facts, as this crate reads them.

use crate::diagnostic::{Code, Span};
use crate::import::json::{Node, Value};
use crate::import::readable::{Problems, Readable, codes, fields, held, one_key};
use crate::model::concept::Concept;
use crate::model::criterion::{Category, Criterion, CriterionSource, CriterionText, Retest, Stage};
use crate::model::date::{Date, Period, When};
use crate::model::decimal::Decimal;
use crate::model::expression::{
    AtLeast, Bound, Change, Compare, Conditional, Direction, Elapsed, Expression, IsOneOf, Judgement, Lasting, Present,
    Select, Unread,
};
use crate::model::quantity::{Comparator, Quantity};
use crate::model::question::{AnswerKind, Checklist, CourseAnswer, Plausible, QuantityAnswer, Question, QuestionText};
use crate::model::record::{Absence, Fact, FactValue, Respondent, Status, Subject};
use crate::model::reviewed::{Approved, Reviewed, Score, Translated};
use crate::model::route::Route;
use crate::model::trial::{
    Approval, Arm, Cohort, Contact, Design, Eligibility, Faq, Identifier, Intervention, Publication, Site, Source,
    Trial, Version,
};
use crate::model::window::{Anchor, Duration, Whichever, Window};

/// Reads a scalar from its text.
macro_rules! scalar {
    ($type:ty, $code:expr, $what:literal, $help:literal) => {
        impl Readable for $type {
            fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
                let Value::Text(text) = &node.value else {
                    problems.expected("text in double quotes", node);
                    return None;
                };
                let value = text.parse().ok();
                if value.is_none() {
                    problems.refused($code, $what, text, node, $help);
                }
                value
            }
        }
    };
}

scalar!(
    Decimal,
    Code::BadNumber,
    "an exact decimal number",
    "write the number as text with at most 18 digits, such as \"2.5\""
);
scalar!(
    Date,
    Code::BadDate,
    "a date",
    "write \"2026\", \"2026-03\", \"2026-03-15\" or, with a clock, \"2026-03-15T14:30+08:00\""
);
scalar!(When, Code::BadDate, "a date", "write a date, or two with a stroke between them: \"2025-12-15/2026-03-15\"");
scalar!(
    Duration,
    Code::BadDuration,
    "a length of time",
    "write a whole number and min, h, d, wk, mo or y, such as \"-14 d\""
);

fields!(Span { start "start" !, end "end" ! });
fields!(Trial {
    format "format" !, id "id" !, identifiers "identifiers" ?, title "title" !, official_title "officialTitle" ?,
    acronym "acronym" ?, version "version" (Version::default()), wording "wording" ?, source "source" !, status "status" ?,
    phases "phases" ?, study_type "studyType" ?, design "design" ?, conditions "conditions" ?,
    interventions "interventions" ?, sponsor "sponsor" ?, enrollment "enrollment" ?, start_date "startDate" ?,
    completion_date "completionDate" ?, overview "overview" ?, description "description" ?,
    emergency_signs "emergencySigns" ?, approvals "approvals" ?,
    sites "sites" ?, contacts "contacts" ?, faqs "faqs" ?, eligibility "eligibility" !, questions "questions" ?,
    checklists "checklists" ?,
});
fields!(Reviewed {
    digest "digest" !, translated "translated" ?, scores "scores" ?, approved "approved" ?,
});
fields!(Translated { from "from" !, digest "digest" ! });
fields!(Score { index "index" !, points "points" !, by "by" !, on "on" ! });
fields!(Approved { board "board" !, reference "reference" !, on "on" ! });
fields!(Identifier { registry "registry" !, value "value" ! });
fields!(Version {
    protocol "protocol" ?, amendment "amendment" ?, registry_date "registryDate" ?, document "document" (0),
    supersedes "supersedes" ?,
});
fields!(Source {
    name "name" !, link "link" ?, read_on "readOn" ?, taken "taken" (String::new()), text "text" ?,
    unmapped "unmapped" ?,
});
fields!(Design { allocation "allocation" ?, masking "masking" ?, arms "arms" ? });
fields!(Arm { kind "type" !, label "label" !, description "description" ? });
fields!(Intervention { kind "type" !, name "name" !, dosage_form "dosageForm" ?, strength "strength" ? });
fields!(Approval {
    regulator "regulator" !, application_type "applicationType" ?, acceptance_number "acceptanceNumber" ?,
    notice_number "noticeNumber" ?, accepted_on "acceptedOn" ?, decided_on "decidedOn" ?, indication "indication" ?,
    conclusion "conclusion" ?,
});
fields!(Site {
    name "name" !, city "city" ?, country "country" ?, coordinates "coordinates" ?, status "status" ?,
    protocol "protocol" ?,
});
fields!(Contact { name "name" ?, phone "phone" ?, email "email" ? });
fields!(Faq { question "question" !, answer "answer" ! });
fields!(Eligibility {
    status "status" !, sex "sex" ?, minimum_age "minimumAge" ?, maximum_age "maximumAge" ?,
    healthy_volunteers "healthyVolunteers" ?, cohorts "cohorts" ?, criteria "criteria" !,
});
fields!(Cohort { id "id" !, label "label" !, open "open" ? });
codes!(Publication { Published "published", Partial "partial", NotPublished "not-published" });

fields!(Criterion {
    id "id" !, category "category" !, text "text" !, source "source" !, cohorts "cohorts" ?,
    answerable_by "answerableBy" ?, stage "stage" (Stage::default()), retest "retest" (Retest::default()),
    expression "expression" !,
});
codes!(Category { Inclusion "inclusion", Exclusion "exclusion" });
fields!(CriterionText { full "full" !, short "short" !, patient "patient" ! });
fields!(CriterionSource { document "document" !, item "item" !, span "span" ? });
codes!(Stage { Prescreen "prescreen", Screening "screening", DayZero "day-0" });

fields!(AtLeast { count "count" !, of "of" ! });
fields!(Conditional { condition "condition" !, then "then" ! });
fields!(Bound { value "value" !, unit "unit" ?, inclusive "inclusive" (true) });
fields!(Compare {
    subject "subject" !, low "low" ?, high "high" ?, window "window" ?, select "select" (Select::default()),
    routes "routes" ?,
});
codes!(Select { Latest "latest", Any "any", All "all", Max "max", Min "min", Mean "mean" });
fields!(IsOneOf { subject "subject" !, values "values" !, window "window" ? });
fields!(Present { subject "subject" !, status "status" !, window "window" ?, lasting "lasting" ?, routes "routes" ? });
fields!(Lasting { low "low" ?, high "high" ? });
fields!(Elapsed { since "since" !, low "low" ?, high "high" ? });
fields!(Change {
    subject "subject" !, direction "direction" !, low "low" ?, high "high" ?, within "within" ?, window "window" ?,
    routes "routes" ?,
});
codes!(Direction { Fall "fall", Rise "rise", Either "either" });
fields!(Judgement { id "id" !, text "text" ! });
fields!(Unread { id "id" !, text "text" !, span "span" ? });
fields!(Window {
    anchor "anchor" (Anchor::default()), from "from" ?, to "to" ?, half_lives "halfLives" ?,
    half_life "halfLife" ?, whichever "whichever" (Whichever::default()),
});
codes!(Whichever { Longer "longer", Shorter "shorter" });
codes!(Route {
    Oral "oral", Sublingual "sublingual", Intravenous "intravenous", Intramuscular "intramuscular",
    Subcutaneous "subcutaneous", Transdermal "transdermal", Rectal "rectal", Inhaled "inhaled", Nasal "nasal",
    Topical "topical", Ophthalmic "ophthalmic", Otic "otic", Vaginal "vaginal", IntraArticular "intra-articular",
    Intrathecal "intrathecal",
});
codes!(Status { Current "current", History "history", Planned "planned", Any "any" });

fields!(Question {
    answer "answer" !, answerable_by "answerableBy" !, text "text" !, checklist "checklist" ?,
    routes "routes" ?, plausible "plausible" ?, burden "burden" ?, failing "failing" ?, sensitive "sensitive" (false),
});
fields!(QuestionText {
    patient "patient" !, caregiver "caregiver" (String::new()), staff "staff" !, short "short" !,
    why "why" (String::new()), place "place" (String::new()), hint "hint" (String::new()), options "options" ?,
});
fields!(QuantityAnswer {
    units "units" ?, upper_limit "upperLimit" (false), dated "dated" (false), whole "whole" (false), largest "largest" (false),
});
fields!(CourseAnswer { dated "dated" (false), planned "planned" (false) });
fields!(Plausible { low "low" !, high "high" !, unit "unit" ? });
fields!(Checklist { text "text" ! });
codes!(Respondent {
    Patient "patient", Caregiver "caregiver", Staff "staff", Record "record", Investigator "investigator",
});

fields!(Fact {
    id "id" !, subject "subject" !, value "value" !, on "on" ?, during "during" ?, within "within" ?,
    upper_limit "upperLimit" ?, lower_limit "lowerLimit" ?, route "route" ?, half_life "halfLife" ?, source "source" (Respondent::default()),
    note "note" (String::new()),
});
fields!(Quantity { value "value" ?, comparator "comparator" ?, low "low" ?, high "high" ?, unit "unit" ? });
codes!(Comparator { Less "<", AtMost "<=", AtLeast ">=", More ">", About "about" });
fields!(Period { from "from" ?, to "to" ? });
codes!(Absence {
    Unknown "unknown", AskedUnknown "asked-unknown", TempUnknown "temp-unknown", NotAsked "not-asked",
    AskedDeclined "asked-declined", Masked "masked", NotPerformed "not-performed",
});

impl Readable for Expression {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Expression> {
        const KEYS: [&str; 12] = [
            "allOf",
            "anyOf",
            "not",
            "atLeast",
            "when",
            "compare",
            "isOneOf",
            "present",
            "elapsed",
            "change",
            "judgement",
            "unread",
        ];
        let (key, content) = one_key(node, &KEYS, problems)?;
        match key {
            "allOf" => held(key, content, node, problems).map(Expression::AllOf),
            "anyOf" => held(key, content, node, problems).map(Expression::AnyOf),
            "not" => held(key, content, node, problems).map(Expression::Not),
            "atLeast" => held(key, content, node, problems).map(Expression::AtLeast),
            "when" => held(key, content, node, problems).map(Expression::When),
            "compare" => held(key, content, node, problems).map(Expression::Compare),
            "isOneOf" => held(key, content, node, problems).map(Expression::IsOneOf),
            "present" => held(key, content, node, problems).map(Expression::Present),
            "elapsed" => held(key, content, node, problems).map(Expression::Elapsed),
            "change" => held(key, content, node, problems).map(Expression::Change),
            "judgement" => held(key, content, node, problems).map(Expression::Judgement),
            _ => held(key, content, node, problems).map(Expression::Unread),
        }
    }
}

impl Readable for Subject {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Subject> {
        let (key, content) = one_key(node, &["concept", "text", "ratio", "judgement", "unread"], problems)?;
        if key == "ratio" {
            return held(key, content, node, problems).map(Subject::Ratio);
        }
        let name: String = held(key, content, node, problems)?;
        Some(match key {
            "concept" => Subject::Concept(name),
            "text" => Subject::Text(name),
            "judgement" => Subject::Judgement(name),
            _ => Subject::Unread(name),
        })
    }
}

impl Readable for Anchor {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Anchor> {
        let name = String::read(node, problems)?;
        let anchor = Anchor::named(&name);
        if anchor.is_none() {
            let known = Concept::named(&name).is_some();
            let code = if known { Code::WrongType } else { Code::DanglingConcept };
            let what = "a moment of the trial, nor an event of the vocabulary that has a date";
            let help = "use as-of, consent, screening, randomization, first-dose, onset, a concept that has a date, or `text:` and the words for the event";
            problems.refused(code, what, &name, node, help);
        }
        anchor
    }
}

impl Readable for Retest {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Retest> {
        match one_key(node, &["never", "after", "investigator"], problems)? {
            ("never", None) => Some(Retest::Never),
            ("investigator", None) => Some(Retest::Investigator),
            (key, content) => held(key, content, node, problems).map(Retest::After),
        }
    }
}

impl Readable for AnswerKind {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<AnswerKind> {
        let keys = ["yes-no", "choice", "quantity", "date", "last-time", "course", "onset", "doses", "drinks"];
        match one_key(node, &keys, problems)? {
            ("yes-no", None) => Some(AnswerKind::YesNo),
            ("date", None) => Some(AnswerKind::Date),
            ("last-time", None) => Some(AnswerKind::LastTime),
            ("onset", None) => Some(AnswerKind::Onset),
            ("drinks", None) => Some(AnswerKind::Drinks),
            ("choice", content) => held("choice", content, node, problems).map(AnswerKind::Choice),
            ("quantity", content) => held("quantity", content, node, problems).map(AnswerKind::Quantity),
            ("course", content) => held("course", content, node, problems).map(AnswerKind::Course),
            ("doses", content) => held("doses", content, node, problems).map(AnswerKind::Doses),
            (key, _) => {
                problems.expected(&format!("text in double quotes, \"{key}\","), node);
                None
            }
        }
    }
}

impl Readable for FactValue {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<FactValue> {
        let keys = ["quantity", "code", "date", "present", "refuted", "absent", "complete"];
        match one_key(node, &keys, problems)? {
            ("complete", None) => Some(FactValue::Complete),
            ("quantity", content) => held("quantity", content, node, problems).map(FactValue::Quantity),
            ("code", content) => held("code", content, node, problems).map(FactValue::Code),
            ("date", content) => held("date", content, node, problems).map(FactValue::Date),
            ("present", content) => held("present", content, node, problems).map(FactValue::Present),
            ("refuted", content) => held("refuted", content, node, problems).map(FactValue::Refuted),
            ("absent", content) => held("absent", content, node, problems).map(FactValue::Absent),
            (_, _) => {
                problems.expected("text in double quotes, \"complete\",", node);
                None
            }
        }
    }
}
