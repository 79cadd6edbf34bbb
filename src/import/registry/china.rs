//! The registers of China, chinadrugtrials.org.cn and ChiCTR: pages as text, rows that collectors made of them, and the
//! XML that ChiCTR gives out.

use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::import::ImportError;
use crate::model::trial::{Design, Intervention, Trial};

use super::codes::{date, phases, sex, status};
use super::draft::Draft;
use super::lists::{Item, Lists};
use super::numbered::items;
use super::plain;
use super::words::{lines, said};
use super::xml::Element;
use crate::import::look::Look;

/// What a field means, and how the registers call it.
const LABELS: [(Means, &[&str]); 17] = [
    (Means::Id, &["登记号", "注册号", "Registration number", "Registration No"]),
    (Means::Title, &["试验通俗题目", "注册题目", "Public title"]),
    (Means::Official, &["试验专业题目", "研究课题的正式科学名称", "Scientific title"]),
    (Means::Sponsor, &["申请人名称", "研究实施负责（组长）单位", "Primary sponsor"]),
    (Means::Drug, &["药物名称", "试验药物", "干预措施"]),
    (Means::Condition, &["适应症", "研究疾病", "Target disease"]),
    (Means::Phase, &["试验分期", "研究所处阶段", "Study phase"]),
    (Means::Status, &["试验状态", "征募研究对象情况", "Recruiting status"]),
    (Means::Date, &["首次公示信息日期", "注册时间", "Date of Registration"]),
    (Means::Age, &["年龄", "年龄范围"]),
    (Means::LowestAge, &["最小", "Min age"]),
    (Means::HighestAge, &["最大", "Max age"]),
    (Means::Sex, &["性别", "Gender"]),
    (Means::Inclusion, &["入选标准", "纳入标准", "Inclusion criteria"]),
    (Means::Exclusion, &["排除标准", "Exclusion criteria"]),
    (Means::Number, &["方案编号", "方案号", "研究课题代号(代码)"]),
    (Means::Purpose, &["试验目的", "研究目的", "Objectives of Study"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    Id,
    Title,
    Official,
    Sponsor,
    Drug,
    Condition,
    Phase,
    Status,
    Date,
    Age,
    LowestAge,
    HighestAge,
    Sex,
    Inclusion,
    Exclusion,
    Number,
    Purpose,
}

/// What was found under each meaning, and everything else by its own name.
#[derive(Default)]
struct Page {
    fields: Vec<(Means, String)>,
    others: Vec<(String, String)>,
}

impl Page {
    fn first(&self, means: Means) -> Option<String> {
        self.fields.iter().find(|(known, _)| *known == means).and_then(|(_, value)| said(value))
    }

    fn lines(&self, means: Means) -> Option<String> {
        self.fields.iter().find(|(known, _)| *known == means).and_then(|(_, value)| lines(value))
    }
}

/// Whether a text is a page of one of the registers.
pub(super) fn is_text(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    has(&["登记号", "注册号"]) && has(&["入选标准", "纳入标准"]) && has(&["排除标准"])
}

/// A page as text: each label begins a field that goes on to the next one.
pub(super) fn import_text(text: &str) -> Result<Warned<Trial>, ImportError> {
    let mut page = Page::default();
    let mut open: Option<Means> = None;
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            at += 1;
            if let Some((means, rest)) = label(cell) {
                if !page.fields.iter().any(|(known, _)| *known == means) {
                    page.fields.push((means, rest.to_owned()));
                    open = Some(means);
                    continue;
                }
                // the same in the other language
                open = None;
                continue;
            }
            let Some(means) = open else {
                if let (Some(value), 1) = (cells.get(at), at) {
                    page.others.push(((*cell).to_owned(), (*value).to_owned()));
                    at += 1;
                }
                continue;
            };
            let Some((_, value)) = page.fields.iter_mut().find(|(known, _)| *known == means) else { continue };
            // the number of an age stands in one cell, its unit in the next
            if matches!(means, Means::LowestAge | Means::HighestAge) {
                value.push_str(first_language(cell));
                open = open.filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()));
                continue;
            }
            // a number in a cell of its own stands before its item
            let numbered = value.ends_with(|c: char| c.is_ascii_digit()) && at > 1;
            value.push_str(if value.is_empty() {
                ""
            } else if numbered {
                "、"
            } else {
                "\n"
            });
            value.push_str(cell);
            if !matches!(means, Means::Inclusion | Means::Exclusion | Means::Purpose) {
                open = None;
            }
        }
    }
    import(&page, "chinadrugtrials.org.cn", false)
}

/// A label, and what stands behind it in the same cell.
fn label(cell: &str) -> Option<(Means, &str)> {
    LABELS.iter().find_map(|(means, names)| {
        names.iter().find_map(|name| {
            let rest = cell.strip_prefix(name)?;
            // ChiCTR writes some of them in both languages
            let end = rest.trim_start();
            let end = names.iter().find_map(|other| end.strip_prefix(other)).unwrap_or(end).trim_start();
            let closed = end.is_empty() || end.starts_with(['：', ':', '/']);
            closed.then(|| (*means, end.trim_start_matches(['：', ':', ' '])))
        })
    })
}

/// Whether this is a row of the register as a collector joined it.
pub(super) fn is_row(record: Look<'_, '_>) -> bool {
    record.key("ctr").is_there() && record.key("inclusion_raw").is_there()
}

pub(super) fn import_row(record: Look<'_, '_>) -> Result<Warned<Trial>, ImportError> {
    let known = [
        ("ctr", Means::Id),
        ("short_title", Means::Title),
        ("title", Means::Official),
        ("sponsor", Means::Sponsor),
        ("drug", Means::Drug),
        ("indication", Means::Condition),
        ("study_class", Means::Phase),
        ("recruitment", Means::Status),
        ("first_posted", Means::Date),
        ("age", Means::Age),
        ("sex", Means::Sex),
        ("inclusion_raw", Means::Inclusion),
        ("exclusion_raw", Means::Exclusion),
        ("protocol_no", Means::Number),
        ("objective", Means::Purpose),
    ];
    let mut page = Page::default();
    for (key, look) in record.entries() {
        let Some(value) = look.lines() else { continue };
        match known.iter().find(|(name, _)| *name == key) {
            Some((_, means)) => page.fields.push((*means, value)),
            None => page.others.push((key.to_owned(), value)),
        }
    }
    import(&page, "chinadrugtrials.org.cn", true)
}

/// A trial as ChiCTR gives it out, in the form of the World Health Organization.
pub(super) fn import_xml(record: Element<'_>) -> Result<Warned<Trial>, ImportError> {
    let main = record.at("main");
    let known = [
        ("trial_id", Means::Id),
        ("public_title", Means::Title),
        ("scientific_title", Means::Official),
        ("primary_sponsor", Means::Sponsor),
        ("hc_freetext", Means::Condition),
        ("i_freetext", Means::Drug),
        ("phase", Means::Phase),
        ("recruitment_status", Means::Status),
        ("date_registration", Means::Date),
    ];
    let mut page = Page::default();
    for (name, means) in known {
        page.fields.extend(main.at(name).lines().map(|value| (means, value)));
    }
    let criteria = record.at("criteria");
    let fields = [
        ("inclusion_criteria", Means::Inclusion),
        ("exclusion_criteria", Means::Exclusion),
        ("agemin", Means::LowestAge),
        ("agemax", Means::HighestAge),
        ("gender", Means::Sex),
    ];
    for (name, means) in fields {
        page.fields.extend(criteria.at(name).lines().map(|value| (means, value)));
    }
    import(&page, "ChiCTR", false)
}

fn import(page: &Page, registry: &str, joined: bool) -> Result<Warned<Trial>, ImportError> {
    let id = page.first(Means::Id).ok_or_else(|| {
        let message = "the page does not say which trial it is";
        Diagnostic::error(Code::MissingKey, message, "copy the whole page, with the number of the trial")
    })?;
    let id = id.split_whitespace().next().unwrap_or_default().to_owned();
    let registry = if id.starts_with("ChiCTR") { "ChiCTR" } else { registry };
    let criteria = [page.lines(Means::Inclusion), page.lines(Means::Exclusion)];
    let language = plain::language(&criteria.iter().flatten().cloned().collect::<String>());
    let mut draft = Draft::new(registry, id, language);
    draft.identify("Sponsor", page.first(Means::Number));
    let said = |means| draft.said(page.first(means));
    let official = said(Means::Official);
    let title = Some(said(Means::Title)).filter(|title| !title.is_empty()).unwrap_or_else(|| official.clone());
    let (sponsor, description) = (said(Means::Sponsor), said(Means::Purpose));
    let conditions = draft.each_said(page.first(Means::Condition));
    let intervention = |name: String| Intervention {
        kind: "DRUG".to_owned(),
        name: draft.said(Some(name)),
        dosage_form: None,
        strength: None,
    };
    let interventions: Vec<Intervention> = page.first(Means::Drug).map(intervention).into_iter().collect();
    let trial = &mut draft.trial;
    trial.title = title;
    trial.official_title = official;
    trial.sponsor = Some(sponsor).filter(|sponsor| !sponsor.is_empty());
    trial.description = description;
    trial.conditions = conditions;
    trial.interventions = interventions;
    trial.phases = page.first(Means::Phase).map(|text| phases(&text)).unwrap_or_default();
    trial.status = page.first(Means::Status).map(|text| status(first_language(&text)));
    trial.version.registry_date = page.first(Means::Date).and_then(|text| date(&text));
    trial.design = page
        .others
        .iter()
        .find(|(name, _)| matches!(name.as_str(), "allocation" | "随机化"))
        .map(|(_, value)| Design { allocation: Some(value.clone()), ..Design::default() });
    let (lowest, highest) = page.first(Means::Age).map(|age| ages(&age)).unwrap_or_default();
    draft.people.minimum = page.first(Means::LowestAge).or(lowest);
    draft.people.maximum = page.first(Means::HighestAge).or(highest);
    draft.people.sex = page.first(Means::Sex).map(|text| sex(&text));
    draft.lists = match criteria {
        [None, None] => Lists::None,
        [inclusion, exclusion] if joined => {
            let split = |list: Option<String>| -> Vec<Item> {
                let items = list.map(|list| items(&list)).unwrap_or_default();
                items.into_iter().map(|text| Item { text, ..Item::default() }).collect()
            };
            Lists::Each { inclusion: split(inclusion), exclusion: split(exclusion) }
        }
        [inclusion, exclusion] => Lists::Two { inclusion, exclusion },
    };
    for (name, value) in &page.others {
        draft.rest.keep(name, value);
    }
    draft.finish()
}

/// `正在进行 Recruiting`: the same in both languages.
fn first_language(text: &str) -> &str {
    let part = text.split([' ', '/', '\n']).next().unwrap_or_default();
    if part.is_ascii() { text } else { part }
}

/// `18岁(最小年龄)至无上限(最大年龄)`
fn ages(text: &str) -> (Option<String>, Option<String>) {
    let Some((low, high)) = text.split_once('至') else { return (Some(text.to_owned()), None) };
    let age = |text: &str, mark: &str| Some(text.replace(mark, "").trim().to_owned()).filter(|text| !text.is_empty());
    (age(low, "(最小年龄)"), age(high, "(最大年龄)"))
}
