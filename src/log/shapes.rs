//! The keys of the log, as this crate reads them.

use crate::diagnostic::Code;
use crate::evaluate::{Again, Allowance, Determination, GapKind, Needs, Verdict};
use crate::import::json::Node;
use crate::import::readable::{Problems, Readable, codes, fields, held, one_key};
use crate::log::age::Age;
use crate::log::chain::Stored;
use crate::log::event::{
    Act, Activated, Assessed, Assessment, Author, Channel, Clarified, CohortOutcome, Corrected, Decided, Edition,
    Event, Exported, Failed, Header, Identified, Linked, Listed, Need, Noted, OtherReason, Overridden, Overruled,
    OverruledCriterion, OverruledDetermination, Pending, State, Unclear,
};

fields!(Header {
    protocol "protocol" !, site "site" !, investigator "investigator" !, zone "zone" !, edition "edition" !,
});
fields!(Edition {
    trial "trial" !, document "document" !, protocol "protocol" ?, amendment "amendment" ?, digest "digest" !,
    criteria "criteria" !,
});
fields!(Listed { id "id" !, category "category" !, item "item" !, text "text" ! });
fields!(Author { who "who" !, role "role" ! });
fields!(Event { at "at" !, by "by" !, act "act" ! });
fields!(Stored { number "number" !, previous "previous" !, hash "hash" !, at "at" !, by "by" !, act "act" ! });

fields!(Identified { person "person" (0), on "on" !, channel "channel" !, detail "detail" (String::new()) });
fields!(Linked { person "person" !, earlier "earlier" ! });
fields!(Assessed { person "person" !, assessment "assessment" ! });
fields!(Assessment {
    as_of "asOf" !, answered_by "answeredBy" !, age "age" ?, sex "sex" ?, determination "determination" !,
    cohorts "cohorts" ?, failed "failed" !, pending "pending" !, again "again" ?, call_back "callBack" ?,
    possible_until "possibleUntil" ?, expires "expires" ?, trial "trial" !, engine "engine" !, receipt "receipt" !,
});
fields!(CohortOutcome { id "id" !, determination "determination" ! });
fields!(Failed { id "id" !, again "again" ?, from "from" ?, then "then" ? });
fields!(Again { allowed "allowed" !, from "from" ? });
fields!(Pending { id "id" !, needs "needs" ! });
fields!(Need { about "about" !, kind "kind" !, missing "missing" ?, who "who" ! });
fields!(Decided {
    person "person" !, state "state" !, criteria "criteria" ?, other "other" ?, words "words" (String::new()),
});
fields!(Overridden { person "person" !, what "what" !, reason "reason" ! });
fields!(OverruledCriterion { id "id" !, from "from" !, to "to" ! });
fields!(OverruledDetermination { from "from" !, to "to" ! });
fields!(Corrected { person "person" !, old "old" ?, new "new" ?, reason "reason" ! });
fields!(Activated { edition "edition" !, on "on" ! });
fields!(Noted { person "person" ?, text "text" ! });
fields!(Unclear { person "person" ?, criterion "criterion" !, text "text" ! });
fields!(Clarified { criterion "criterion" !, text "text" ! });
fields!(Exported { layout "layout" !, digest "digest" !, to "to" (String::new()) });

codes!(Verdict { Pass "pass", Fail "fail", Pending "pending" });
codes!(Determination { Eligible "eligible", Ineligible "ineligible", Undetermined "undetermined" });
codes!(Allowance { After "after", Investigator "investigator", Never "never" });
codes!(GapKind {
    Absent "absent", Stale "stale", Imprecise "imprecise", Incomparable "incomparable", Conflicting "conflicting",
    Judgement "judgement", Unread "unread",
});
codes!(Needs {
    UpperLimit "upper-limit", LowerLimit "lower-limit", Unit "unit", Date "date", Dose "dose", HalfLife "half-life",
    Route "route", List "list", Value "value",
});
codes!(Channel {
    Chart "chart", Clinic "clinic", Referral "referral", Advertisement "advertisement", Registry "registry",
    Inquiry "inquiry", Other "other",
});
codes!(State {
    Candidate "candidate", PreScreened "pre-screened", Possible "possible", NotNow "not-now",
    NotEligible "not-eligible", Declined "declined", Withdrew "withdrew",
});
codes!(OtherReason {
    NotApproached "not-approached", NotReached "not-reached", OtherStudy "other-study", Distance "distance",
    Time "time", Language "language", Clinician "clinician", NoPlace "no-place", Other "other",
});

impl Readable for Age {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Age> {
        let text = String::read(node, problems)?;
        let age = text.parse().ok();
        if age.is_none() {
            let help = "write completed years, `66` or `65 to 66`; from 90 on `90 or over`";
            problems.refused(Code::UnknownValue, "an age as a log keeps it", &text, node, help);
        }
        age
    }
}

impl Readable for Act {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Act> {
        const KEYS: [&str; 11] = [
            "identified",
            "linked",
            "assessed",
            "state",
            "overridden",
            "corrected",
            "activated",
            "noted",
            "unclear",
            "clarified",
            "exported",
        ];
        let (key, content) = one_key(node, &KEYS, problems)?;
        match key {
            "identified" => held(key, content, node, problems).map(Act::Identified),
            "linked" => held(key, content, node, problems).map(Act::Linked),
            "assessed" => held(key, content, node, problems).map(Act::Assessed),
            "state" => held(key, content, node, problems).map(Act::State),
            "overridden" => held(key, content, node, problems).map(Act::Overridden),
            "corrected" => held(key, content, node, problems).map(Act::Corrected),
            "activated" => held(key, content, node, problems).map(Act::Activated),
            "noted" => held(key, content, node, problems).map(Act::Noted),
            "unclear" => held(key, content, node, problems).map(Act::Unclear),
            "clarified" => held(key, content, node, problems).map(Act::Clarified),
            _ => held(key, content, node, problems).map(Act::Exported),
        }
    }
}

impl Readable for Overruled {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Overruled> {
        let (key, content) = one_key(node, &["criterion", "determination"], problems)?;
        match key {
            "criterion" => held(key, content, node, problems).map(Overruled::Criterion),
            _ => held(key, content, node, problems).map(Overruled::Determination),
        }
    }
}
