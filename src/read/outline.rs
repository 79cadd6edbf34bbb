//! From lines to items: which list each is on, for whom, what hangs under it.

use super::fold::{Glyph, shown};
use super::line::{Line, Style, lines, parts};
use super::section::{Heading, Section, heading as heading_of};
use super::words::{phrase, words};

/// One item with what hangs under it.
#[derive(Clone, Debug)]
pub(super) struct Item<'g> {
    /// Its own lines: the first has its mark.
    pub(super) lines: Vec<Line<'g>>,
    /// The items under it.
    pub(super) children: Vec<Item<'g>>,
    /// Lines that belong together and do not say how: it is kept whole.
    pub(super) glued: bool,
}

/// What a line of the text is.
#[derive(Clone, Debug)]
pub(super) enum Block<'g> {
    /// It begins a list, or says whom or what the next items are about.
    Heading(Line<'g>, Option<Heading<'g>>),
    /// A criterion.
    Item(Place<'g>, Item<'g>),
    /// "None", a rule, an empty mark.
    Nothing(Line<'g>),
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place<'g> {
    /// Under which heading; none before the first.
    pub(super) section: Option<Section>,
    /// The people that the items are about, where not all.
    pub(super) population: Option<&'g [Glyph]>,
    /// A heading without which the item cannot be understood.
    pub(super) context: Option<&'g [Glyph]>,
}

/// Items are nested no deeper than this; what lies deeper is part of the item above it.
const DEEPEST: usize = 6;

/// What every line is, in the order of the text.
pub(super) fn outline(glyphs: &[Glyph]) -> Vec<Block<'_>> {
    let all = lines(glyphs);
    let mut writer = Writer::default();
    for (at, line) in all.iter().enumerate() {
        writer.line(line.clone(), all.get(at + 1));
    }
    writer.close(0);
    writer.blocks
}

#[derive(Default)]
struct Writer<'g> {
    blocks: Vec<Block<'g>>,
    place: Place<'g>,
    /// The items that are not finished, outermost first, each with how far in it stands.
    open: Vec<(isize, Style, Item<'g>)>,
    /// A heading was quoted inside an item: what follows is doubtful until the next one at the margin.
    quoted: bool,
    /// The next line goes on with the item before it.
    goes_on: bool,
}

impl<'g> Writer<'g> {
    fn line(&mut self, line: Line<'g>, next: Option<&Line<'g>>) {
        if is_nothing(&line) {
            self.close(0);
            self.blocks.push(Block::Nothing(line));
            return;
        }
        let plain = line.style == Style::Plain;
        let enclosed = !self.open.is_empty() && line.indent > 0;
        if let Some(heading) = heading_of(line.body, plain && !enclosed).filter(|heading| self.begins(heading)) {
            self.heading(line, heading, enclosed);
            return;
        }
        if let Some(topic) = subheading(&line, next) {
            self.close(0);
            (self.place.population, self.place.context) = topic;
            self.blocks.push(Block::Heading(line, None));
            return;
        }
        self.item(line);
    }

    /// A sentence changes no list but to the other one, and only where it stands alone.
    fn begins(&self, heading: &Heading<'g>) -> bool {
        !heading.sentence || self.open.last().is_none_or(|(_, _, item)| !ends_open(item))
    }

    fn heading(&mut self, line: Line<'g>, heading: Heading<'g>, enclosed: bool) {
        let under = self.open.last().is_some_and(|(level, _, item)| *level < level_of(&line) && ends_open(item));
        self.quoted = enclosed && (under || self.quoted);
        self.close(0);
        let contradicts =
            heading.sentence && heading.section == Section::Inclusion && self.place.section == Some(Section::Exclusion);
        let section = if self.quoted || contradicts { Section::Doubtful } else { heading.section };
        let population = (!is_everybody(heading.qualifier)).then_some(heading.qualifier);
        self.place = Place { section: Some(section), population, context: None };
        self.goes_on = false;
        let indent = line.indent;
        self.blocks.push(Block::Heading(line, Some(Heading { section, ..heading })));
        for part in parts(heading.rest, indent) {
            let sentence = heading_of(part.body, true).filter(|further| further.sentence && further.section == section);
            if is_nothing(&part) {
                self.close(0);
                self.blocks.push(Block::Nothing(part));
            } else if sentence.is_some() {
                self.close(0);
                self.blocks.push(Block::Heading(part, sentence));
            } else {
                self.item(part);
            }
        }
    }

    fn item(&mut self, line: Line<'g>) {
        let words = words(line.body, 4);
        let lone = matches!(phrase(&words).as_str(), "or" | "and" | "and or" | "either" | "或" | "且" | "和");
        let inclusion = self.place.section != Some(Section::Exclusion);
        let joins = |word: &str| if inclusion { matches!(word, "or" | "或") } else { matches!(word, "and" | "且") };
        let leads = words.first().is_some_and(|word| joins(&word.text));
        let plain = line.style == Style::Plain;
        let level = level_of(&line);
        let continues = plain
            && (!line.after_blank
                || self.open.last().is_some_and(|(_, style, _)| *style != Style::Plain) && line.indent > 0);
        let trails =
            self.open.last().is_some_and(|(_, _, item)| item.lines.last().is_some_and(|line| trails(line, &joins)));
        if (lone || leads || trails || self.goes_on || continues)
            && let Some((_, _, item)) = self.open.last_mut()
        {
            item.glued |= !continues || lone || leads;
            item.lines.push(line);
            self.goes_on = lone;
            return;
        }
        self.goes_on = lone;
        let depth = self.depth(&line, level);
        self.close(depth);
        if depth >= DEEPEST
            && let Some((_, _, item)) = self.open.last_mut()
        {
            item.glued = true;
            item.lines.push(line);
            return;
        }
        let style = line.style;
        // What follows a paragraph that announces a list stands under it.
        let level = if plain && announces(&line) { level - 1 } else { level };
        self.open.push((level, style, Item { lines: vec![line], children: Vec::new(), glued: false }));
    }

    /// How many of the open items a line stands under.
    fn depth(&self, line: &Line<'g>, level: isize) -> usize {
        if line.broken_out {
            let before = |(_, _, item): &(isize, Style, Item<'g>)| {
                let number = item.lines.first().and_then(|line| line.number);
                number.is_some() && number.map(|number| number.saturating_add(1)) == line.number
            };
            return self.open.iter().position(before).unwrap_or(0);
        }
        let same = self.open.iter().position(|(known, style, _)| *known == level && *style == line.style);
        let depth = same.unwrap_or_else(|| {
            let above = self.open.iter().take_while(|(known, _, _)| *known < level).count();
            let beside = self.open.get(above);
            // Another sort of mark equally far in, after a colon: a list under the item.
            let under = beside.is_some_and(|(known, style, item)| {
                *known == level && *style != line.style && line.style != Style::Plain && ends_open(item)
            });
            above + usize::from(under)
        });
        // It has none further in yet, open or closed.
        let announced = self
            .open
            .get(depth)
            .filter(|_| self.open.get(depth + 1).is_none_or(|(known, _, _)| *known == level))
            .is_some_and(|(known, _, item)| *known == level && item.children.is_empty() && self.flat(item));
        depth + usize::from(announced)
    }

    /// An item announces alternatives, and they stand beside it instead of under it.
    fn flat(&self, item: &Item<'g>) -> bool {
        let said = item.lines.last().map(|line| shown(line.body).to_lowercase()).unwrap_or_default();
        let announces = said.ends_with("following:") || said.ends_with("following criteria:");
        let all = said.contains("all of");
        let inclusion = self.place.section != Some(Section::Exclusion);
        announces && (inclusion != all)
    }

    /// Finishes the open items from this depth on.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some((_, _, item)) = self.open.pop() else { break };
            match self.open.last_mut() {
                Some((_, _, parent)) => parent.children.push(item),
                None => self.blocks.push(Block::Item(self.place, item)),
            }
        }
    }
}

fn level_of(line: &Line<'_>) -> isize {
    isize::try_from(line.indent.min(10_000)).unwrap_or(0) * 2
}

/// Something is to follow: it ends in a colon.
fn ends_open(item: &Item<'_>) -> bool {
    item.lines.last().is_some_and(|line| line.body.last().is_some_and(|glyph| glyph.sign == ':'))
}

fn announces(line: &Line<'_>) -> bool {
    line.body.last().is_some_and(|glyph| glyph.sign == ':')
}

fn trails(line: &Line<'_>, joins: &impl Fn(&str) -> bool) -> bool {
    let from = line.body.len().saturating_sub(8);
    let tail = line.body.get(from..).unwrap_or_default();
    let whole = tail.last().is_some_and(|glyph| glyph.sign.is_alphabetic());
    whole && words(tail, 8).last().is_some_and(|word| joins(&word.text))
}

fn is_nothing(line: &Line<'_>) -> bool {
    let raw = shown(line.whole);
    if raw.starts_with("<!--")
        || line.body.iter().all(|glyph| !glyph.sign.is_alphanumeric() && glyph.sign != '\u{FFFD}')
    {
        return true;
    }
    let said = phrase(&words(line.body, 4));
    matches!(said.as_str(), "none" | "nil" | "n a" | "na" | "not applicable" | "none specified" | "无" | "不适用")
}

const PEOPLE: [&str; 30] = [
    "cohort",
    "cohorts",
    "group",
    "groups",
    "arm",
    "arms",
    "part",
    "phase",
    "patient",
    "patients",
    "subjects",
    "participants",
    "volunteers",
    "controls",
    "control",
    "women",
    "men",
    "females",
    "males",
    "donors",
    "donor",
    "recipients",
    "caregivers",
    "children",
    "adults",
    "parents",
    "sample",
    "samples",
    "substudy",
    "villages",
];
const EVERYBODY: [&str; 15] = [
    "all",
    "the",
    "patients",
    "subjects",
    "participants",
    "study",
    "trial",
    "this",
    "for",
    "of",
    "in",
    "are",
    "enrolled",
    "include",
    "included",
];

fn is_everybody(qualifier: &[Glyph]) -> bool {
    let words = words(qualifier, 30);
    let known = |text: &str| EVERYBODY.contains(&text) || QUANTIFIERS.contains(&text);
    words.iter().all(|word| known(&word.text))
}

const QUANTIFIERS: [&str; 14] =
    ["following", "any", "criteria", "must", "meet", "met", "be", "as", "follows", "is", "to", "one", "or", "more"];

/// Headings that say nothing about the items under them.
const TOPICS: [&str; 30] = [
    "general",
    "age",
    "sex",
    "gender",
    "performance status",
    "life expectancy",
    "hematopoietic",
    "haematopoietic",
    "hepatic",
    "renal",
    "cardiovascular",
    "pulmonary",
    "other",
    "others",
    "main criteria",
    "general criteria",
    "medical history",
    "laboratory",
    "laboratory values",
    "laboratory tests",
    "demographics",
    "clinical",
    "imaging",
    "medical",
    "note",
    "age and sex",
    "additional criteria",
    "other criteria",
    "clinical criteria",
    "general inclusion",
];

type Topic<'g> = (Option<&'g [Glyph]>, Option<&'g [Glyph]>);

/// A paragraph that ends in a colon above a list: the people or the topic of what follows.
fn subheading<'g>(line: &Line<'g>, next: Option<&Line<'g>>) -> Option<Topic<'g>> {
    let before = next?;
    let words = words(line.body, 14);
    let said = phrase(&words);
    let title = announces(line) && words.len() <= 12 && line.style == Style::Plain && line.indent == 0;
    let lists = before.style != Style::Plain && before.after_blank || before.indent > 0;
    if !title || !lists || said.contains("following") || said.contains("以下") || said.contains("下列") {
        return None;
    }
    let body = line.body.get(..line.body.len().saturating_sub(1))?;
    if TOPICS.contains(&said.as_str()) {
        return Some((None, None));
    }
    let people = words.iter().any(|word| PEOPLE.contains(&word.text.as_str()));
    Some(if people { (Some(body), None) } else { (None, Some(body)) })
}
