//! The keys of answers as the page sends them.

use crate::import::answer::{
    AgoFields, Answer, CheckedFields, CourseFields, DateFields, DoseFields, DrinkFields, NumberFields, OnsetFields,
    Rest,
};
use crate::import::json::Node;
use crate::import::readable::{Object, Problems, Readable, codes, fields};

fields!(NumberFields {
    value "value" (String::new()), low "low" (String::new()), high "high" (String::new()), about "about" (false),
    unit "unit" (String::new()), upper_limit "upperLimit" (String::new()), on "on" ?,
});
fields!(DateFields {
    year "year" (String::new()), month "month" (String::new()), day "day" (String::new()), ago "ago" ?,
});
fields!(AgoFields { count "count" (String::new()), unit "unit" (String::new()) });
fields!(OnsetFields {
    basis "basis" (String::new()), year "year" (String::new()), month "month" (String::new()),
    day "day" (String::new()), hour "hour" (String::new()), minute "minute" (String::new()),
    offset "offset" (String::new()),
});
fields!(CourseFields {
    choice "choice" (String::new()), planned "planned" (String::new()), from "from" ?, until "until" ?,
    route "route" ?,
});
fields!(DoseFields {
    medicine "medicine" (String::new()), amount "amount" (String::new()), route "route" ?,
});
fields!(DrinkFields {
    volume "volume" (String::new()), strength "strength" (String::new()), count "count" (String::new()),
    per "per" (String::new()),
});
codes!(Rest { No "no", AskedUnknown "asked-unknown", AskedDeclined "asked-declined" });

impl Readable for Answer {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Answer> {
        let keys = ["choice", "number", "date", "course", "onset", "doses", "drinks", "checked", "rest", "absent"];
        let object = Object::of(node, &keys, problems)?;
        let checked: Option<Vec<String>> = object.field("checked", problems)?;
        let rest: Option<Rest> = object.field("rest", problems)?;
        let mut given = [
            object.field::<Option<_>>("choice", problems)?.map(Answer::Choice),
            object.field::<Option<_>>("number", problems)?.map(Answer::Number),
            object.field::<Option<_>>("date", problems)?.map(Answer::Date),
            object.field::<Option<_>>("course", problems)?.map(Answer::Course),
            object.field::<Option<_>>("onset", problems)?.map(Answer::Onset),
            object.field::<Option<_>>("doses", problems)?.map(Answer::Doses),
            object.field::<Option<_>>("drinks", problems)?.map(Answer::Drinks),
            checked.zip(rest).map(|(checked, rest)| Answer::Checked(CheckedFields { checked, rest })),
            object.field::<Option<_>>("absent", problems)?.map(Answer::Absent),
        ]
        .into_iter()
        .flatten();
        let answer = given.next().filter(|_| given.next().is_none());
        if answer.is_none() {
            problems.expected("an answer in exactly one form", node);
        }
        answer
    }
}
