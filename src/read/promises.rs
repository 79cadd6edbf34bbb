//! What somebody is willing, able or likely to do: nothing that has been.

use super::join::{Join, behind};
use super::scan::Scan;
use super::table::{Phrases, Table};
use super::window::Timed;

/// The lengths that stand before promises: where an "or" cuts these off, the rest is asked.
pub(super) fn before_promises<'p>(scan: &Scan<'_>, several: &'p [Timed], excludes: bool) -> Option<&'p [Timed]> {
    let Some(promise) = (scan.start()..scan.end()).find(|at| scan.longest(*at, &PROMISES).is_some()) else {
        return Some(several);
    };
    let own = several.get(..several.iter().take_while(|timed| timed.to <= promise).count())?;
    let (join, at) = behind(scan, own.last()?.to);
    (excludes && join == Join::Or && at <= promise).then_some(own)
}

/// What somebody is willing or able to do, how long they may live, and how far away: nothing that has been.
pub(super) const PROMISES: Phrases = Table::phrases(&[
    "willing",
    "unwilling",
    "willingness",
    "agree",
    "agrees",
    "able to",
    "unable to",
    "ability",
    "inability",
    "commit",
    "consents",
    "life expectancy",
    "survival",
    "survive",
    "prognosis",
    "living within",
    "live within",
    "lives within",
    "reside within",
    "residing within",
    "travel",
    "drive",
    "driving",
    "return for",
    "return to",
    "available for",
    "lifespan",
    "unlikely",
    "unlikelihood",
    "unlikelyhood",
    "expected to survive",
    "anticipates",
    "anticipation of",
    "expected to need",
    "expected to require",
    "likely to",
    "anticipate",
    "abstain",
    "refrain",
    "预计生存",
    "预期生存",
    "生存期",
    "愿意",
    "自愿",
    "同意在",
    "同意使用",
    "同意采",
    "避孕措施",
    "避孕方法",
    "避孕方式",
    "有效避孕",
    "采取避孕",
    "采用避孕",
    "使用避孕",
    "坚持避孕",
]);
