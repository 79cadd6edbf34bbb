//! What only the investigator can say.

use crate::model::expression::{Expression, Judgement};

use super::scan::Scan;
use super::table::{Phrases, Table, phrases};

/// Only the investigator can say it.
pub(super) fn judgement(scan: &Scan<'_>) -> Option<Expression> {
    const JUDGES: Phrases = Table::phrases(&[
        "in the opinion of",
        "opinion of the investigator",
        "investigator's opinion",
        "investigators opinion",
        "in the judgment of",
        "in the judgement of",
        "investigator's judgment",
        "investigator's judgement",
        "investigator's discretion",
        "discretion of the investigator",
        "as judged by",
        "judged by the",
        "judged by",
        "deemed by",
        "as determined by the investigator",
        "as assessed by the investigator",
        "determined by the investigator",
        "considered by the investigator",
        "investigator considers",
        "investigator judges",
        "investigator believes",
        "investigator deems",
        "研究者认为",
        "研究者判断",
        "研究者判定",
        "研究者评估",
        "研究者评价",
        "研究者考虑",
        "研究医生认为",
        "研究医生判断",
        "研究医师判断",
        "研究医师认为",
        "研究人员评估",
        "经研究者",
        "由研究者",
        "研究者或申办方",
        "研究者和申办方",
    ]);
    // "As judged by the Cockcroft-Gault formula" is no judgement.
    let judged = scan.holds(scan.start(), scan.end(), &JUDGES)
        && !scan.holds(scan.start(), scan.end(), phrases!["formula", "equation"]);
    let text = scan.shown(scan.start(), scan.end());
    judged.then_some(Expression::Judgement(Judgement { id: String::new(), text }))
}
