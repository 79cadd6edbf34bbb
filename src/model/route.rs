//! How a medicine is given.

use serde::{Deserialize, Serialize};

use crate::truth::Truth;

/// A way in which a medicine is given: FHIR's `Dosage.route`, by its everyday name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Route {
    /// By mouth.
    Oral,
    /// Under the tongue.
    Sublingual,
    /// Into a vein.
    Intravenous,
    /// Into a muscle.
    Intramuscular,
    /// Under the skin.
    Subcutaneous,
    /// Through the skin, to act in the whole body: a patch.
    Transdermal,
    /// Into the rectum.
    Rectal,
    /// Into the lungs.
    Inhaled,
    /// Into the nose.
    Nasal,
    /// Onto the skin, to act there.
    Topical,
    /// Into the eye.
    Ophthalmic,
    /// Into the ear.
    Otic,
    /// Into the vagina.
    Vaginal,
    /// Into a joint.
    IntraArticular,
    /// Into the spinal canal.
    Intrathecal,
}

impl Route {
    /// All of them.
    pub const ALL: [Route; 15] = [
        Route::Oral,
        Route::Sublingual,
        Route::Intravenous,
        Route::Intramuscular,
        Route::Subcutaneous,
        Route::Transdermal,
        Route::Rectal,
        Route::Inhaled,
        Route::Nasal,
        Route::Topical,
        Route::Ophthalmic,
        Route::Otic,
        Route::Vaginal,
        Route::IntraArticular,
        Route::Intrathecal,
    ];

    /// Its name in documents, and its words in English and Chinese.
    pub(crate) fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Route::Oral => ("oral", "By mouth", "口服"),
            Route::Sublingual => ("sublingual", "Under the tongue", "舌下含服"),
            Route::Intravenous => ("intravenous", "Into a vein", "静脉注射"),
            Route::Intramuscular => ("intramuscular", "Into a muscle", "肌肉注射"),
            Route::Subcutaneous => ("subcutaneous", "Under the skin", "皮下注射"),
            Route::Transdermal => ("transdermal", "As a patch", "透皮贴剂"),
            Route::Rectal => ("rectal", "Into the rectum", "直肠给药"),
            Route::Inhaled => ("inhaled", "Inhaled", "吸入"),
            Route::Nasal => ("nasal", "Into the nose", "鼻腔给药"),
            Route::Topical => ("topical", "On the skin", "外用于皮肤"),
            Route::Ophthalmic => ("ophthalmic", "Into the eye", "眼部给药"),
            Route::Otic => ("otic", "Into the ear", "耳部给药"),
            Route::Vaginal => ("vaginal", "Into the vagina", "阴道给药"),
            Route::IntraArticular => ("intra-articular", "Into a joint", "关节内注射"),
            Route::Intrathecal => ("intrathecal", "Into the spinal canal", "鞘内注射"),
        }
    }

    /// Those by which a medicine acts where it is put.
    pub(crate) const LOCAL: [Route; 6] =
        [Route::Inhaled, Route::Nasal, Route::Topical, Route::Ophthalmic, Route::Otic, Route::Vaginal];
}

/// Does a medicine that is given so count, where these routes do? Where none is named, each does. One of which nobody
/// says how it is given may count or not.
pub(crate) fn counts(given: Option<Route>, routes: &[Route]) -> Truth {
    match given {
        _ if routes.is_empty() => Truth::True,
        Some(route) => Truth::from(routes.contains(&route)),
        None => Truth::Unknown,
    }
}

/// Does a statement about all that is given so speak of all that these routes are?
pub(crate) fn speaks_of_all(given: Option<Route>, routes: &[Route]) -> bool {
    given.is_none_or(|route| !routes.is_empty() && routes.iter().all(|other| *other == route))
}
