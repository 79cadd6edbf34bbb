//! A leaf that was written in full, back.

use crate::model::expression::{Bound, Change, Compare, Elapsed, Expression, IsOneOf, Lasting, Present, Select};
use crate::model::record::Subject;
use crate::model::route::Route;
use crate::model::window::{Anchor, Duration, TimeUnit, Window};

use super::Language;
use super::exact::{
    AROUND, DIRECTIONS, FROM, GIVEN, HALF_LIFE, LASTING, LINE_END, MOMENTS, ONE_OF, OR, ROUTES, SELECTS, SINCE,
    STATUSES, TO, UNITS, VALUE, WHICHEVER, WITHIN, Worded, called, word,
};

/// The leaf that a text says in full; `None` for any other text.
pub(super) fn read(text: &str) -> Option<Expression> {
    if !text.starts_with(['「', '『']) {
        return None;
    }
    [Language::English, Language::Chinese].into_iter().find_map(|language| Reader { language }.leaf(text))
}

/// What marks hold, as it stood before they were put around it, and what follows them.
fn corners(text: &str) -> Option<(String, &str)> {
    let (inside, rest) = text.strip_prefix('「')?.split_once('」')?;
    Some((inside.replace(LINE_END, "\n"), rest))
}

fn subject(text: &str) -> Option<(Subject, &str)> {
    let one = |text| -> Option<(Subject, &str)> {
        if let Some((words, rest)) = corners(text) {
            return Some((Subject::Text(words), rest));
        }
        let (name, rest) = text.strip_prefix('『')?.split_once('』')?;
        Some((Subject::concept(called(name)?.id), rest))
    };
    let (above, rest) = one(text)?;
    match rest.strip_prefix('/') {
        Some(rest) => one(rest).map(|(below, rest)| (Subject::Ratio(Box::new([above, below])), rest)),
        None => Some((above, rest)),
    }
}

/// The clauses behind the subject, cut outside of marks.
fn clauses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut inside) = (0, false);
    for (at, sign) in text.char_indices() {
        match sign {
            '「' | '『' => inside = true,
            '」' | '』' => inside = false,
            ';' | '；' if !inside => {
                found.extend(text.get(from..at));
                from = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    found.extend(text.get(from..));
    found.into_iter().map(str::trim).collect()
}

/// What the clauses behind the first say; each at most once.
#[derive(Default)]
struct Fields {
    low: Option<Bound>,
    high: Option<Bound>,
    lasting: Option<Lasting>,
    window: Option<Window>,
    within: Option<Duration>,
    select: Option<Select>,
    routes: Vec<Route>,
}

struct Reader {
    language: Language,
}

impl Reader {
    fn leaf(&self, text: &str) -> Option<Expression> {
        let (subject, rest) = subject(text)?;
        let rest = rest.strip_prefix([':', '：'])?;
        let clauses = clauses(rest);
        let (first, others) = clauses.split_first()?;
        let mut fields = Fields::default();
        others.iter().try_for_each(|clause| self.clause(clause, &mut fields))?;
        let Fields { low, high, lasting, window, within, select, routes } = fields;
        if let Some(status) = self.value(&STATUSES, first) {
            let bare = low.is_none() && high.is_none() && within.is_none() && select.is_none();
            return bare.then_some(Expression::Present(Present { subject, status, window, lasting, routes }));
        }
        if lasting.is_some() {
            return None;
        }
        if let Some(direction) = self.value(&DIRECTIONS, first) {
            let change = Change { subject, direction, low, high, within, window, routes };
            return select.is_none().then_some(Expression::Change(change));
        }
        if within.is_some() {
            return None;
        }
        if *first == word(&VALUE, self.language) {
            let select = select.unwrap_or_default();
            return Some(Expression::Compare(Compare { subject, low, high, window, select, routes }));
        }
        if select.is_some() || !routes.is_empty() {
            return None;
        }
        if *first == word(&SINCE, self.language) {
            return window.is_none().then_some(Expression::Elapsed(Elapsed { since: subject, low, high }));
        }
        let mut rest = first.strip_prefix(word(&ONE_OF, self.language)).filter(|_| low.is_none() && high.is_none())?;
        let mut values = Vec::new();
        while let Some((value, next)) = corners(rest) {
            values.push(value);
            rest = next;
        }
        rest.is_empty().then_some(Expression::IsOneOf(IsOneOf { subject, values, window }))
    }

    fn value<T: Clone>(&self, table: &[Worded<T>], said: &str) -> Option<T> {
        table.iter().find(|row| word(row, self.language) == said).map(|(value, _, _)| value.clone())
    }

    fn clause(&self, clause: &str, fields: &mut Fields) -> Option<()> {
        let language = self.language;
        if let Some(rest) = clause.strip_prefix(word(&LASTING, language)) {
            let lasting = fields.lasting.get_or_insert(Lasting { low: None, high: None });
            return self.bound(rest, &mut lasting.low, &mut lasting.high);
        }
        if let Some(rest) = clause.strip_prefix(word(&AROUND, language)) {
            return put(&mut fields.window, self.window(rest)?);
        }
        if let Some(rest) = clause.strip_prefix(word(&WITHIN, language)) {
            return put(&mut fields.within, self.length(rest)?);
        }
        if let Some(rest) = clause.strip_prefix(word(&GIVEN, language)) {
            let spoken = |route: &Route| {
                let (name, _, chinese) = route.words();
                if language == Language::English { name } else { chinese }
            };
            for said in rest.split(word(&ROUTES, language)) {
                fields.routes.push(Route::ALL.into_iter().find(|route| spoken(route) == said)?);
            }
            return Some(());
        }
        if let Some(select) = self.value(&SELECTS, clause) {
            return put(&mut fields.select, select);
        }
        self.bound(clause, &mut fields.low, &mut fields.high)
    }

    fn bound(&self, said: &str, low: &mut Option<Bound>, high: &mut Option<Bound>) -> Option<()> {
        let (sign, rest) = said.split_once(' ')?;
        let (place, inclusive) = match sign {
            "≥" => (low, true),
            ">" => (low, false),
            "≤" => (high, true),
            "<" => (high, false),
            _ => return None,
        };
        let (value, unit) = match rest.split_once(' ') {
            Some((value, unit)) => (value, Some(unit)),
            None => (rest, None),
        };
        let unit = unit.map(|unit| self.time(unit).map_or(unit, |time| time.symbol()).to_owned());
        put(place, Bound { value: value.parse().ok()?, unit, inclusive })
    }

    /// A unit of time in words: "months", "month".
    fn time(&self, said: &str) -> Option<TimeUnit> {
        let one = |(unit, english, _): &Worded<TimeUnit>| (english.trim_end_matches('s') == said).then_some(*unit);
        self.value(&UNITS, said).or_else(|| UNITS.iter().find_map(one))
    }

    fn length(&self, said: &str) -> Option<Duration> {
        let at = said.find(|sign: char| !sign.is_ascii_digit() && sign != '-')?;
        let (count, unit) = said.split_at_checked(at)?;
        Some(Duration { count: count.parse().ok()?, unit: self.time(unit.trim_start())? })
    }

    fn offset(&self, said: &str) -> Option<Duration> {
        let (length, before) = match self.language {
            Language::English => match said.strip_suffix(" before") {
                Some(length) => (length, true),
                None => (said.strip_suffix(" after")?, false),
            },
            Language::Chinese => match said.strip_prefix("之前") {
                Some(length) => (length, true),
                None => (said.strip_prefix("之后")?, false),
            },
        };
        let length = self.length(length)?;
        Some(if before { Duration { count: length.count.checked_neg()?, ..length } } else { length })
    }

    fn window(&self, said: &str) -> Option<Window> {
        let language = self.language;
        let (anchor, mut rest) = match subject(said) {
            Some((Subject::Text(text), rest)) => (Anchor::named(&format!("text:{text}"))?, rest),
            Some((Subject::Concept(id), rest)) => (Anchor::named(&id)?, rest),
            Some((Subject::Ratio(_) | Subject::Judgement(_) | Subject::Unread(_), _)) => return None,
            None => MOMENTS.iter().find_map(|row| Some((row.0.clone(), said.strip_prefix(word(row, language))?)))?,
        };
        let mut window = Window { anchor, ..Window::default() };
        if let Some((before, half_life)) = rest.split_once(word(&HALF_LIFE, language)) {
            window.half_life = Some(self.length(half_life)?);
            rest = before;
        }
        if let Some((before, half_lives)) = rest.split_once(word(&OR, language)) {
            let at = half_lives.find(|sign: char| !sign.is_ascii_digit())?;
            let (count, which) = half_lives.split_at_checked(at)?;
            window.half_lives = Some(count.parse().ok()?);
            window.whichever = self.value(&WHICHEVER, which.trim_start())?;
            rest = before;
        }
        if let Some((before, to)) = rest.split_once(word(&TO, language)) {
            window.to = Some(self.offset(to)?);
            rest = before;
        }
        if let Some(from) = rest.strip_prefix(word(&FROM, language)) {
            window.from = Some(self.offset(from)?);
            rest = "";
        }
        rest.is_empty().then_some(window)
    }
}

fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    let free = place.is_none();
    *place = Some(value);
    free.then_some(())
}
