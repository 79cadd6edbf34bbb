//! What a phrase is about: a concept where it says exactly that, else the phrase as it stands.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::concept::{Concept, Kind};
use crate::model::record::Subject;

use super::scan::Scan;
use super::stated::is_stated;
use super::table::{Phrases, Table};

/// Other names that mean neither more nor less than the concept. The vocabulary's own synonyms also hold examples
/// of a class, which a criterion may not be read as.
const SAME: [(&str, &str); 97] = [
    ("diabetes mellitus", "diabetes"),
    ("type 1 diabetes mellitus", "type-1-diabetes"),
    ("type i diabetes", "type-1-diabetes"),
    ("t1dm", "type-1-diabetes"),
    ("type 2 diabetes mellitus", "type-2-diabetes"),
    ("type ii diabetes", "type-2-diabetes"),
    ("t2dm", "type-2-diabetes"),
    ("high blood pressure", "hypertension"),
    ("arterial hypertension", "hypertension"),
    ("cancer", "malignancy"),
    ("malignant tumour", "malignancy"),
    ("malignant tumor", "malignancy"),
    ("malignant neoplasm", "malignancy"),
    ("malignant disease", "malignancy"),
    ("heart attack", "myocardial-infarction"),
    ("mi", "myocardial-infarction"),
    ("congestive heart failure", "heart-failure"),
    ("cardiac failure", "heart-failure"),
    ("chf", "heart-failure"),
    ("cerebrovascular accident", "stroke"),
    ("cva", "stroke"),
    ("transient ischemic attack", "transient-ischaemic-attack"),
    ("tia", "transient-ischaemic-attack"),
    ("ischemic stroke", "ischaemic-stroke"),
    ("cerebral infarction", "ischaemic-stroke"),
    ("intracranial hemorrhage", "intracranial-haemorrhage"),
    ("intracranial bleeding", "intracranial-haemorrhage"),
    ("subarachnoid hemorrhage", "subarachnoid-haemorrhage"),
    ("gastrointestinal hemorrhage", "gastrointestinal-bleeding"),
    ("gastrointestinal haemorrhage", "gastrointestinal-bleeding"),
    ("gi bleeding", "gastrointestinal-bleeding"),
    ("chronic obstructive pulmonary disease", "copd"),
    ("chronic kidney disease", "chronic-kidney-disease"),
    ("liver cirrhosis", "cirrhosis"),
    ("hiv", "hiv-infection"),
    ("human immunodeficiency virus infection", "hiv-infection"),
    ("human immunodeficiency virus (hiv) infection", "hiv-infection"),
    ("hepatitis b virus infection", "hepatitis-b"),
    ("hepatitis b infection", "hepatitis-b"),
    ("hbv infection", "hepatitis-b"),
    ("hepatitis c virus infection", "hepatitis-c"),
    ("hepatitis c infection", "hepatitis-c"),
    ("hcv infection", "hepatitis-c"),
    ("pregnant", "pregnancy"),
    ("being pregnant", "pregnancy"),
    ("breast feeding", "breastfeeding"),
    ("lactation", "breastfeeding"),
    ("lactating", "breastfeeding"),
    ("nursing", "breastfeeding"),
    ("radiation therapy", "radiotherapy"),
    ("radiation treatment", "radiotherapy"),
    ("live attenuated vaccine", "live-vaccine"),
    ("live vaccination", "live-vaccine"),
    ("hematopoietic stem cell transplantation", "stem-cell-transplant"),
    ("haematopoietic stem cell transplantation", "stem-cell-transplant"),
    ("hematopoietic stem cell transplant", "stem-cell-transplant"),
    ("stem cell transplantation", "stem-cell-transplant"),
    ("organ transplantation", "organ-transplant"),
    ("solid organ transplant", "organ-transplant"),
    ("solid organ transplantation", "organ-transplant"),
    ("anticoagulation", "anticoagulant"),
    ("anticoagulant therapy", "anticoagulant"),
    ("immunosuppressive therapy", "immunosuppressant"),
    ("immunosuppressive drug", "immunosuppressant"),
    ("immunosuppressive medication", "immunosuppressant"),
    ("major operation", "major-surgery"),
    ("major surgical procedure", "major-surgery"),
    ("coronary heart disease", "coronary-artery-disease"),
    ("percutaneous coronary intervention", "coronary-intervention"),
    ("parkinson disease", "parkinsons-disease"),
    ("parkinson's disease", "parkinsons-disease"),
    ("alzheimer disease", "alzheimers-disease"),
    ("alzheimer's disease", "alzheimers-disease"),
    ("peripheral arterial disease", "peripheral-artery-disease"),
    ("systemic lupus erythematosus", "lupus"),
    ("brain metastasis", "brain-metastases"),
    ("brain tumor", "brain-tumour"),
    ("seizures", "seizure"),
    ("怀孕", "pregnancy"),
    ("妊娠期", "pregnancy"),
    ("孕妇", "pregnancy"),
    ("妊娠女性", "pregnancy"),
    ("妊娠妇女", "pregnancy"),
    ("哺乳期", "breastfeeding"),
    ("哺乳期女性", "breastfeeding"),
    ("哺乳期妇女", "breastfeeding"),
    ("妊娠期女性", "pregnancy"),
    ("癌症", "malignancy"),
    ("卒中", "stroke"),
    ("中风", "stroke"),
    ("脑梗死", "ischaemic-stroke"),
    ("心衰", "heart-failure"),
    ("放射治疗", "radiotherapy"),
    ("减毒活疫苗", "live-vaccine"),
    ("造血干细胞移植", "stem-cell-transplant"),
    ("实体器官移植", "organ-transplant"),
    ("冠状动脉粥样硬化性心脏病", "coronary-artery-disease"),
];
/// Concepts whose names alone do not say what they ask.
const PARTICULAR: [&str; 10] = [
    "black-race",
    "contraception",
    "consent-guardian",
    "consent-person",
    "gamete-donation-plan",
    "petechial-haemorrhage-only",
    "pregnancy-plan",
    "severe-cardiovascular-disease",
    "severe-infection",
    "severe-depression",
];

fn names() -> &'static BTreeMap<String, &'static str> {
    static NAMES: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: BTreeMap<String, &'static str> = BTreeMap::new();
        for concept in Concept::all() {
            let event = matches!(concept.kind, Kind::Presence | Kind::Dose);
            if event && !PARTICULAR.contains(&concept.id) {
                names.insert(concept.english.to_lowercase().replace('-', " "), concept.id);
                names.insert(concept.chinese.to_lowercase().replace(' ', ""), concept.id);
            }
        }
        names.extend(SAME.iter().map(|(name, id)| ((*name).to_owned(), *id)));
        names
    })
}

/// The concept that a phrase in lower case names exactly.
pub(super) fn concept(said: &str) -> Option<&'static Concept> {
    let said = said.trim();
    let names = names();
    let one = said.strip_suffix('s').and_then(|one| names.get(one));
    let id = names.get(said).or(one).or_else(|| names.get(&said.replace(' ', ""))).copied()?;
    Concept::named(id)
}

/// What may stand before a name without changing it.
const PLAIN: Phrases = Table::phrases(&[
    "a",
    "an",
    "the",
    "any",
    "known",
    "use of",
    "the use of",
    "using",
    "used",
    "treatment with",
    "treated with",
    "therapy with",
    "taking",
    "taken",
    "takes",
    "receiving",
    "received",
    "receive",
    "receipt of",
    "administration of",
    "undergone",
    "underwent",
    "undergoing",
    "diagnosis of",
    "diagnosed with",
    "having",
    "had",
    "on",
    "接受过",
    "接受",
    "使用过",
    "使用",
    "服用过",
    "服用",
    "应用",
    "患有",
    "发生过",
    "发生",
]);
const PLAIN_AFTER: [&str; 8] = ["treatment", "use", "therapy", "病史", "史", "治疗", "女性", "妇女"];

/// What something is about, with the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) subject: Subject,
    pub(super) text: String,
}

impl Thing {
    pub(super) fn text(text: String) -> Thing {
        Thing { subject: Subject::Text(text.clone()), text }
    }

    /// It names more than one thing.
    pub(super) fn is_several(&self) -> bool {
        let lower = self.text.to_lowercase();
        [" or ", " and ", "或", "且", "和", "、", ";"].iter().any(|join| lower.contains(join))
    }

    /// It names more than one thing, any of which will do.
    pub(super) fn is_any(&self) -> bool {
        let lower = self.text.to_lowercase();
        let all = [" and ", "and/or", "且", "和", "及", "、", ";"].iter().any(|join| lower.contains(join));
        !all && [" or ", "或"].iter().any(|join| lower.contains(join))
    }

    /// By its words, whatever the vocabulary calls it.
    pub(super) fn verbatim(&self) -> Subject {
        Subject::Text(self.text.clone())
    }
}

/// What the stretch is about; `None` where there is nothing in it.
pub(super) fn thing(scan: &Scan<'_>, from: usize, to: usize) -> Option<Thing> {
    let text = text(&scan.shown(from, to))?;
    let named = named_from(scan, from, to);
    let said = scan.lower(named, to);
    let shorter = PLAIN_AFTER.iter().filter_map(|after| said.strip_suffix(after)).map(str::trim_end);
    let concept = std::iter::once(said.as_str()).chain(shorter).find_map(concept);
    let subject = concept.map_or_else(|| Subject::Text(text.clone()), |concept| Subject::concept(concept.id));
    Some(Thing { subject, text })
}

/// Behind the words that may stand before a name.
pub(super) fn named_from(scan: &Scan<'_>, from: usize, to: usize) -> usize {
    scan.past(from, &PLAIN).min(to)
}

/// Words that somebody can be asked about; `None` where there are none, or too many.
pub(super) fn text(shown: &str) -> Option<String> {
    let mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '，' | '；' | '、' | '。');
    let text = shown.trim_matches(mark);
    let counts = text.chars().filter(|c| c.is_alphanumeric()).count();
    let joins = ["or", "and", "and/or"].iter().any(|join| text.eq_ignore_ascii_case(join));
    (counts >= 2 && !joins && text.len() <= LONGEST && !is_stated(text)).then(|| text.to_owned())
}

/// No longer phrase is asked for by itself, in bytes.
const LONGEST: usize = 600;
