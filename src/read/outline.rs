//! From lines to items: which list each is on, for whom, what hangs under it.

use super::fold::{Glyph, shown};
use super::line::{Line, Style, lines, parts};
use super::people::{About, about, leading, trailing};
use super::quoted::in_corners;
use super::section::{Heading, Section, heading as heading_of};
use super::spoken;
use super::topic::{Around, Lists, names_lists, subheading};
use super::words::{said, words};

/// One item with what hangs under it.
#[derive(Clone, Debug)]
pub(super) struct Item<'g> {
    /// Its own lines: the first has its mark.
    pub(super) lines: Vec<Line<'g>>,
    /// The items under it.
    pub(super) children: Vec<Item<'g>>,
    /// Lines that belong together and do not say how: it is kept whole.
    pub(super) glued: bool,
    /// Its first line with the words that say whom it is about.
    pub(super) said: &'g [Glyph],
    /// The people whom its own words say that it is about.
    pub(super) people: Option<&'g [Glyph]>,
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
    let mut writer = Writer { both_lists: both_lists_each(&all), ..Writer::default() };
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
    /// The part of the study that the lists are about.
    study: Option<&'g [Glyph]>,
    /// A group that is named alone before a title is that of both lists behind it, and not of the first alone.
    both_lists: bool,
    /// The group that the next list alone is about.
    next_list: Option<&'g [Glyph]>,
    /// The items that are not finished, outermost first, each with how far in it stands.
    open: Vec<(isize, Style, Item<'g>)>,
    /// A heading was quoted inside an item: what follows is doubtful until the next one at the margin.
    quoted: bool,
    /// The next line goes on with the item before it.
    goes_on: bool,
}

impl<'g> Writer<'g> {
    fn line(&mut self, line: Line<'g>, next: Option<&Line<'g>>) {
        if in_corners(line.body) {
            self.item(line);
            return;
        }
        if is_nothing(&line) {
            self.close(0);
            self.blocks.push(Block::Nothing(line));
            return;
        }
        let plain = line.style == Style::Plain;
        let enclosed = !self.open.is_empty() && line.indent > 0;
        if let Some(heading) = heading_of(line.body, plain && !enclosed).filter(|heading| self.begins(&line, heading)) {
            self.heading(line, heading, enclosed, next);
            return;
        }
        if self.topic(&line, next) {
            self.blocks.push(Block::Heading(line, None));
            return;
        }
        if self.place.section.is_none() && plain && spoken::opens(line.body) {
            self.place.section = Some(Section::Inclusion);
        }
        self.item(line);
    }

    /// Takes up the people or the topic that a line says the next items are about.
    fn topic(&mut self, line: &Line<'g>, next: Option<&Line<'g>>) -> bool {
        let fresh = self.open.is_empty();
        let among = self.place.population.is_some();
        let Some(topic) = subheading(line, Around { next, fresh, among }) else { return false };
        self.close(0);
        (self.place.population, self.place.context) = (topic.population, topic.context);
        match topic.lists {
            Lists::Own => {}
            Lists::Next if !self.both_lists => self.next_list = topic.population,
            Lists::Next | Lists::All => self.study = topic.population,
        }
        if topic.unsaid && self.place.section == Some(Section::Exclusion) {
            self.place.section = Some(Section::Doubtful);
        }
        true
    }

    /// A sentence begins a list only where it stands alone, and not as what an item announced.
    fn begins(&self, line: &Line<'g>, heading: &Heading<'g>) -> bool {
        !heading.sentence || line.after_blank || self.open.last().is_none_or(|(_, _, item)| !ends_open(item))
    }

    fn heading(&mut self, line: Line<'g>, heading: Heading<'g>, enclosed: bool, next: Option<&Line<'g>>) {
        let under = self.open.last().is_some_and(|(level, _, item)| *level < level_of(&line) && ends_open(item));
        self.quoted = enclosed && (under || self.quoted);
        self.close(0);
        let contradicts =
            heading.sentence && heading.section == Section::Inclusion && self.place.section == Some(Section::Exclusion);
        let section = if self.quoted || contradicts { Section::Doubtful } else { heading.section };
        let before = self.place;
        let (population, context) = match about(heading.qualifier) {
            About::Everybody => (if heading.sentence { before.population } else { None }, None),
            About::Some(people) => (Some(people), None),
            About::Thing(thing) => (None, Some(thing)),
        };
        self.place =
            Place { section: Some(section), population: population.or(self.next_list.take()).or(self.study), context };
        self.goes_on = false;
        // "* Inclusion criteria in Group 1: …" among the items of a list: for that line alone
        let aside = line.style != Style::Plain
            && before.section == Some(section)
            && population.is_some()
            && !heading.rest.is_empty();
        let indent = line.indent;
        self.blocks.push(Block::Heading(line, Some(Heading { section, ..heading })));
        let parts = parts(heading.rest, indent);
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.into_iter().enumerate() {
            let sentence = heading_of(part.body, true).filter(|further| further.sentence);
            if is_nothing(&part) {
                self.close(0);
                self.blocks.push(Block::Nothing(part));
            } else if sentence.is_some() {
                self.close(0);
                self.blocks.push(Block::Heading(part, sentence));
            } else if at == last && self.topic(&part, next) {
                self.blocks.push(Block::Heading(part, None));
            } else {
                self.item(part);
            }
        }
        if aside {
            self.close(0);
            self.place = before;
        }
    }

    fn item(&mut self, line: Line<'g>) {
        let told = in_corners(line.body);
        if !told && self.note(&line) {
            return;
        }
        let lone =
            !told && matches!(said(line.body, 4).as_str(), "or" | "and" | "and or" | "either" | "或" | "且" | "和");
        let inclusion = self.place.section != Some(Section::Exclusion);
        let joins = |word: &str| if inclusion { matches!(word, "or" | "或") } else { matches!(word, "and" | "且") };
        let leads = !told && joins(&said(line.body, 1));
        let plain = line.style == Style::Plain;
        let level = level_of(&line);
        let continues = plain
            && (!line.after_blank
                || self.open.last().is_some_and(|(_, style, _)| *style != Style::Plain) && line.indent > 0);
        let trails = self.open.last().is_some_and(|(_, _, item)| {
            item.lines.last().is_some_and(|line| !in_corners(line.body) && trails(line, &joins))
        });
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
        if let Some((known, style, item)) = depth.checked_sub(1).and_then(|above| self.open.get_mut(above)) {
            item.glued |= *known == level && *style == line.style && item.children.len() >= 2;
        }
        let style = line.style;
        let body = line.body;
        let (line, said, people) = if told { (line, body, None) } else { self.addressed(line) };
        // What follows a paragraph that announces a list stands under it.
        let level = if plain && announces(&line) { level - 1 } else { level };
        self.open.push((level, style, Item { lines: vec![line], children: Vec::new(), glued: false, said, people }));
    }

    /// A note belongs to the item before it.
    fn note(&mut self, line: &Line<'g>) -> bool {
        let said = said(line.body, 2);
        let first = said.split(' ').next().unwrap_or_default();
        let colon = line.body.iter().take(14).any(|glyph| matches!(glyph.sign, ':' | '.' | '-'));
        let notes = matches!(first, "note" | "notes" | "nb" | "注" | "备注" | "注意")
            || matches!(said.as_str(), "n b" | "please note");
        let star =
            line.body.first().is_some_and(|glyph| matches!(glyph.sign, '†' | '‡')) || first.starts_with('注') && colon;
        if !(notes && (colon || said == "please note") || star) || announces(line) {
            return false;
        }
        let level = level_of(line);
        let under = self.open.iter().rposition(|(known, _, _)| *known <= level).unwrap_or(0);
        self.close(under + 1);
        let Some((_, _, item)) = self.open.last_mut() else { return false };
        if item.children.is_empty() {
            item.lines.push(line.clone());
            item.glued = true;
        } else {
            let said = line.body;
            item.children.push(Item {
                lines: vec![line.clone()],
                children: Vec::new(),
                glued: true,
                said,
                people: None,
            });
            item.glued = true;
        }
        true
    }

    /// The line without the words that say whom alone it is about, and those.
    fn addressed(&self, line: Line<'g>) -> (Line<'g>, &'g [Glyph], Option<&'g [Glyph]>) {
        let said = line.body;
        let found = if self.place.population.is_none() { leading(said).or_else(|| trailing(said)) } else { None };
        match found {
            Some((people, body)) => (Line { body, ..line }, said, Some(people)),
            None => (line, said, None),
        }
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
        // "4.2" stands under "4".
        if let Some(of) = line.part_of {
            let above = |(known, _, item): &(isize, Style, Item<'g>)| {
                *known <= level
                    && item.lines.first().is_some_and(|first| first.number == Some(of) && first.part_of.is_none())
            };
            if let Some(at) = self.open.iter().position(above) {
                return at + 1;
            }
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
        // The items beside one that announces alternatives are those alternatives, as far as the list goes on: nothing
        // says where they end.
        let announced = self.open.get(depth).is_some_and(|(known, _, item)| *known == level && self.flat(item))
            && self.open.get(depth + 1).is_none_or(|(known, style, _)| *known == level && *style == line.style);
        depth + usize::from(announced)
    }

    /// An item announces alternatives, and they stand beside it instead of under it.
    fn flat(&self, item: &Item<'g>) -> bool {
        let said = item.lines.last().map(|line| shown(line.body).to_lowercase()).unwrap_or_default();
        let announces = said.ends_with("following:") || said.ends_with("following criteria:");
        let all = said.contains("all of");
        let any =
            ["one of the following", "any of the following", "either of the following", "one or more of the following"];
        let open = said.ends_with(':') || said.ends_with(":)") || said.ends_with("):");
        let alternatives = open && any.iter().any(|any| said.contains(any));
        let inclusion = self.place.section != Some(Section::Exclusion);
        announces && inclusion != all || alternatives && inclusion
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

/// Each group that is named alone before a title has both lists, as far as another group shows where its own end.
fn both_lists_each(all: &[Line<'_>]) -> bool {
    let mut groups: Vec<[bool; 2]> = Vec::new();
    for (at, line) in all.iter().enumerate() {
        if names_lists(line, all.get(at + 1)) {
            groups.push([false; 2]);
        } else if let Some([includes, excludes]) = groups.last_mut() {
            match heading_of(line.body, line.style == Style::Plain).map(|heading| heading.section) {
                Some(Section::Inclusion) => *includes = true,
                Some(Section::Exclusion) => *excludes = true,
                Some(Section::Doubtful) | None => {}
            }
        }
    }
    groups.pop();
    !groups.is_empty() && groups.into_iter().all(|both| both == [true; 2])
}

fn level_of(line: &Line<'_>) -> isize {
    isize::try_from(line.indent.min(10_000)).unwrap_or(0) * 2
}

/// Something is to follow: it ends in a colon.
fn ends_open(item: &Item<'_>) -> bool {
    item.lines.last().is_some_and(announces)
}

/// It ends in a colon, or as "Risk (one or more of the following)"; or it stands alone and counts what follows: "patients
/// will have at least two of the following risk factors".
fn announces(line: &Line<'_>) -> bool {
    const COUNTS: [&str; 12] = [
        "one of the following",
        "one or more of the following",
        "two of the following",
        "three of the following",
        "1 of the following",
        "2 of the following",
        "3 of the following",
        "any of the following",
        "one of the criteria below",
        "any of the criteria below",
        "all of the following",
        "one of these criteria",
    ];
    let plain = line.style == Style::Plain && line.after_blank && line.body.len() < 240;
    let stops = line.body.last().is_some_and(|glyph| glyph.sign == '.');
    let said = || shown(line.body).to_lowercase();
    if plain && !stops && COUNTS.iter().any(|counts| said().contains(counts)) {
        return true;
    }
    let from = line.body.len().saturating_sub(24);
    let last = || shown(line.body.get(from..).unwrap_or_default()).to_lowercase();
    line.body
        .last()
        .is_some_and(|glyph| glyph.sign == ':' || glyph.sign == ')' && last().ends_with("of the following)"))
}

fn trails(line: &Line<'_>, joins: &impl Fn(&str) -> bool) -> bool {
    let from = line.body.len().saturating_sub(8);
    let tail = line.body.get(from..).unwrap_or_default();
    let whole = tail.last().is_some_and(|glyph| glyph.sign.is_alphabetic());
    whole && words(tail, 8).last().is_some_and(|word| joins(&word.text))
}

fn is_nothing(line: &Line<'_>) -> bool {
    let raw = line.whole.iter().filter_map(|glyph| glyph.shown).skip_while(|shown| shown.is_whitespace());
    if raw.take(4).eq("<!--".chars())
        || line.body.iter().all(|glyph| !glyph.sign.is_alphanumeric() && glyph.sign != '\u{FFFD}')
    {
        return true;
    }
    let said = said(line.body, 4);
    matches!(said.as_str(), "none" | "nil" | "n a" | "na" | "not applicable" | "none specified" | "无" | "不适用")
}
