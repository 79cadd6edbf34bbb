//! Pieces of a clause that say something of each other.

use super::bounds::Join;
use super::clause::Clause;
use super::compare::Part;
use super::condition::Condition;
use super::piece::Piece;
use super::subject::About;

/// "LVEF ≥ 45 % by echocardiography, scan or MRI": any of the ways will do, and the first of them is not needed.
pub(super) fn by_any_way(pieces: &mut [Part], excludes: bool) {
    let unread = |part: &Part| {
        matches!(part.piece, Piece::Nothing | Piece::Name(_) | Piece::Called(_) | Piece::Other(_))
            && matches!(part.join, Join::Comma | Join::Or)
    };
    let goes_on: Vec<bool> = pieces.iter().skip(1).map(|part| !excludes && unread(part)).chain([false]).collect();
    for (part, goes_on) in pieces.iter_mut().zip(goes_on) {
        match &mut part.piece {
            Piece::Compared(own) if goes_on || own.more => own.by_any_way(),
            Piece::Compared(_)
            | Piece::More(_)
            | Piece::Name(_)
            | Piece::Called(_)
            | Piece::Read(_)
            | Piece::Other(_)
            | Piece::Defined(_)
            | Piece::Doubtful(_)
            | Piece::Nothing => {}
        }
    }
}

/// "A > 150 or B > 95, on 2 separate occasions": what the last of them says is meant of each.
pub(super) fn on_occasions(pieces: &mut [Part]) {
    let said = |part: &Part| match &part.piece {
        Piece::Compared(own) => own.about.iter().any(|about| match about {
            About::Open(text, _) => {
                ["occasion", "consecutive", "separate", "repeated"].iter().any(|word| text.contains(word))
            }
            About::Known(_) => false,
        }),
        Piece::More(_)
        | Piece::Name(_)
        | Piece::Called(_)
        | Piece::Read(_)
        | Piece::Other(_)
        | Piece::Defined(_)
        | Piece::Doubtful(_)
        | Piece::Nothing => false,
    };
    if pieces.len() < 2 || !pieces.last().is_some_and(said) {
        return;
    }
    for part in pieces {
        if let Piece::Compared(own) = &mut part.piece {
            own.more = true;
        }
    }
}

/// "A ≥ 1 or B ≥ 2 for patients with gout": whether those are meant by the first as well.
pub(super) fn of_the_last_alone(pieces: &[Part]) -> bool {
    let given = |part: &Part| match &part.piece {
        Piece::Compared(own) => Some(own.arms.iter().any(|arm| matches!(arm.condition, Some(Condition::Said(_))))),
        Piece::More(_)
        | Piece::Name(_)
        | Piece::Called(_)
        | Piece::Read(_)
        | Piece::Other(_)
        | Piece::Defined(_)
        | Piece::Doubtful(_)
        | Piece::Nothing => None,
    };
    pieces.windows(2).any(|pair| match pair {
        [one, other] => other.join == Join::Or && given(one) == Some(false) && given(other) == Some(true),
        _ => false,
    })
}

/// "NYHA II without a cardiac or other cause": the denial may reach what stands behind the "or".
pub(super) fn denies_on(clause: Clause<'_>, pieces: &[Part]) -> bool {
    pieces.windows(2).any(|pair| match pair {
        [one, other] => {
            let own = clause.part(one.from, one.to).tokens;
            let counted = own.iter().position(|placed| placed.number().is_some() || placed.says(&["ii", "iii", "iv"]));
            let denial = own.iter().rposition(|placed| placed.says(&["no", "without", "not"]));
            let bare = matches!(other.piece, Piece::Nothing | Piece::Name(_) | Piece::Called(_) | Piece::Other(_));
            bare && other.join == Join::Or && counted.zip(denial).is_some_and(|(counted, denial)| counted < denial)
        }
        _ => false,
    })
}

/// "A; B or C; D": the "or" inside of one of them is none between them.
pub(super) fn parted_by_semicolons(clause: Clause<'_>, pieces: &[Part]) -> bool {
    let stops = |part: &Part| {
        let before = clause.tokens.get(part.from.saturating_sub(2)..part.from).unwrap_or_default();
        before.iter().any(|placed| placed.marks(&[';', '；']))
    };
    let later = || pieces.iter().skip(1);
    let told = later().any(|part| stops(part) && part.join != Join::Comma);
    let inner = if clause.excludes { Join::And } else { Join::Or };
    let either = clause.tokens.windows(3).any(|row| match row {
        [and, slash, or] => and.says(&["and"]) && slash.marks(&['/']) && or.says(&["or"]),
        _ => false,
    });
    !clause.excludes && either && later().any(stops)
        || !told
            && later().any(stops)
            && later().any(|part| !stops(part) && (part.join == inner || part.join == Join::Mixed))
}
