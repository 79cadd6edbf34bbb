//! Clauses that hold of some of the people, or in some case alone.

use super::scan::Scan;
use super::table::{Phrases, Table, phrases};

/// It holds of some, or in some case alone.
pub(super) fn is_conditional(scan: &Scan<'_>, excludes: bool) -> bool {
    scan.holds(scan.start(), scan.end(), &CONDITIONS)
        || !excludes && for_some(scan)
        || excludes && scan.holds(scan.start(), scan.end(), phrases!["must demonstrate"])
}

/// What makes the rest hang on something else.
const CONDITIONS: Phrases = Table::phrases(&[
    "if",
    "in case of",
    "in the case of",
    "when",
    "as long as",
    "depending on",
    "otherwise",
    "then",
    "at the discretion",
    "如果",
    "若",
    "除非",
    "则",
    "否则",
    "但需",
    "可接受",
    "方可",
]);

/// It is about some of the people only: what includes asks it of nobody else.
fn for_some(scan: &Scan<'_>) -> bool {
    const SOME: Phrases = Table::phrases(&[
        "women",
        "woman",
        "female",
        "females",
        "men",
        "male",
        "males",
        "girls",
        "boys",
        "children",
        "adolescents",
        "those",
        "for patients",
        "for subjects",
        "for participants",
        "女性",
        "男性",
        "妇女",
        "儿童",
        "育龄",
    ]);
    const BIDS: Phrases = Table::phrases(&[
        "must",
        "should",
        "required",
        "childbearing",
        "child bearing",
        "reproductive",
        "for patients",
        "for subjects",
        "for participants",
        "生育",
        "必须",
        "应",
        "需",
        "育龄",
    ]);
    // …的受试者，应在筛选前稳定剂量8周: nobody else need
    const THOSE: Phrases = Table::phrases(&[
        "的受试者应",
        "的患者应",
        "的受试者，应",
        "的患者，应",
        "的受试者,应",
        "的患者,应",
        "的受试者需",
        "的患者需",
        "的受试者须",
        "的患者须",
        "的受试者必须",
        "的患者必须",
    ]);
    if scan.holds(scan.start(), scan.end(), &THOSE) {
        return true;
    }
    scan.holds(scan.start(), scan.end(), &SOME) && scan.holds(scan.start(), scan.end(), &BIDS)
}
