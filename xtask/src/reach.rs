//! What some exports alone reach, by what the linker wrote down of every place where a function or a datum is named.
//!
//! In: a module linked with `--emit-relocs`. Out: places of the table of functions, and stretches of memory.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{
    DataKind, ElementItems, ElementKind, ExternalKind, KnownCustom, Linking, Operator, Parser, Payload, RelocationType,
    SymbolInfo,
};

/// What only some exports reach.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Alone {
    /// Places in the table of functions.
    pub(crate) places: BTreeSet<u32>,
    /// Addresses of data.
    pub(crate) data: Vec<Range<u32>>,
}

/// The exports by which the bindings are made; they are gone afterwards.
const DESCRIBING: &str = "__wbindgen_describe";

/// What is named, and what names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(u32),
    /// A datum, by the number of its symbol.
    Datum(usize),
}

#[derive(Default)]
struct Linked {
    imports: u32,
    start: Option<u32>,
    exports: Vec<(String, u32)>,
    table: BTreeMap<u32, u32>,
    /// Where functions stand in their section, in order.
    bodies: Vec<Range<u32>>,
    /// Addresses of the segments, and where they stand in their section.
    segments: Vec<(u32, u32)>,
    code: u32,
    /// Of each symbol what it names, and for a datum its segment, its place there and its size.
    symbols: Vec<Option<Node>>,
    data: BTreeMap<usize, (usize, u32, u32)>,
    /// Where something is named, and the symbol: in functions, and in data.
    named_in_code: Vec<(u32, usize)>,
    named_in_data: Vec<(u32, usize)>,
}

/// What is reached from these exports and from nothing else.
pub(crate) fn alone(linked: &[u8], exports: &[&str]) -> Result<Alone> {
    let linked = read(linked)?;
    ensure!(!linked.symbols.is_empty(), "the module was not linked with --emit-relocs");
    // what is exported bears a digest behind its name
    let is_theirs = |name: &str| {
        exports
            .iter()
            .any(|export| name.strip_prefix(export).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
    };
    let others = linked.exports.iter().filter(|(name, _)| !is_theirs(name) && !name.starts_with(DESCRIBING));
    let reached = linked.reached(others.map(|(_, function)| *function).chain(linked.start));
    let places = linked.table.iter().filter(|(_, function)| !reached.contains(&Node::Function(**function)));
    let kept: Vec<Range<u32>> = reached.iter().filter_map(|node| linked.addresses(*node)).collect();
    let data = (0..linked.symbols.len()).filter(|at| !reached.contains(&Node::Datum(*at)));
    let data = data.filter_map(|at| linked.addresses(Node::Datum(at)));
    let mut data: Vec<_> =
        data.filter(|own| !kept.iter().any(|other| own.start < other.end && other.start < own.end)).collect();
    data.sort_by_key(|range| (range.start, range.end));
    Ok(Alone { places: places.map(|(place, _)| *place).collect(), data: joined(data) })
}

/// Stretches that touch as one.
fn joined(sorted: Vec<Range<u32>>) -> Vec<Range<u32>> {
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            Some(_) | None => joined.push(range),
        }
    }
    joined
}

impl Linked {
    fn addresses(&self, node: Node) -> Option<Range<u32>> {
        let Node::Datum(symbol) = node else { return None };
        let (segment, offset, size) = self.data.get(&symbol)?;
        let start = self.segments.get(*segment)?.0 + offset;
        (*size > 0).then_some(start..start + size)
    }

    fn reached(&self, roots: impl Iterator<Item = u32>) -> BTreeSet<Node> {
        let mut names: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for (offset, symbol) in &self.named_in_code {
            let body = self.bodies.partition_point(|body| body.end <= *offset);
            if let (Ok(body), Some(Some(node))) = (u32::try_from(body), self.symbols.get(*symbol)) {
                names.entry(Node::Function(self.imports + body)).or_default().push(*node);
            }
        }
        for (offset, symbol) in &self.named_in_data {
            for (datum, (segment, place, size)) in &self.data {
                let start = self.segments.get(*segment).map_or(0, |(_, start)| start + place);
                if let (true, Some(Some(node))) = ((start..start + size).contains(offset), self.symbols.get(*symbol)) {
                    names.entry(Node::Datum(*datum)).or_default().push(*node);
                }
            }
        }
        let mut open: Vec<Node> = roots.map(Node::Function).collect();
        let mut reached = BTreeSet::new();
        while let Some(node) = open.pop() {
            if reached.insert(node) {
                open.extend(names.get(&node).into_iter().flatten());
            }
        }
        reached
    }
}

fn read(bytes: &[u8]) -> Result<Linked> {
    let mut linked = Linked::default();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    linked.imports += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        linked.exports.push((export.name.to_owned(), export.index));
                    }
                }
            }
            Payload::StartSection { func, .. } => linked.start = Some(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    let element = element?;
                    let ElementKind::Active { offset_expr, .. } = element.kind else { continue };
                    let ElementItems::Functions(functions) = element.items else { continue };
                    for (place, function) in (address(&offset_expr)?..).zip(functions) {
                        linked.table.insert(place, function?);
                    }
                }
            }
            Payload::CodeSectionStart { range, .. } => linked.code = u32::try_from(range.start)?,
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                let within = |at: usize| u32::try_from(at).map(|at| at - linked.code);
                linked.bodies.push(within(range.start)?..within(range.end)?);
            }
            Payload::DataSection(data) => {
                let section = data.range().start;
                for segment in data {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                    let start = segment.range.end - segment.data.len() - section;
                    linked.segments.push((address(&offset_expr)?, u32::try_from(start)?));
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(linking) => linked.symbols(linking)?,
                KnownCustom::Reloc(named) => {
                    let list = match section.name() {
                        "reloc.CODE" => &mut linked.named_in_code,
                        "reloc.DATA" => &mut linked.named_in_data,
                        _ => continue,
                    };
                    for entry in named.entries() {
                        let entry = entry?;
                        if entry.ty != RelocationType::TypeIndexLeb {
                            list.push((entry.offset, usize::try_from(entry.index)?));
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(linked)
}

impl Linked {
    fn symbols(&mut self, linking: wasmparser::LinkingSectionReader<'_>) -> Result<()> {
        for part in linking.subsections() {
            let Linking::SymbolTable(symbols) = part? else { continue };
            for symbol in symbols {
                let number = self.symbols.len();
                self.symbols.push(match symbol? {
                    SymbolInfo::Func { index, .. } => Some(Node::Function(index)),
                    SymbolInfo::Data { symbol: Some(datum), .. } => {
                        self.data.insert(number, (usize::try_from(datum.index)?, datum.offset, datum.size));
                        Some(Node::Datum(number))
                    }
                    _ => None,
                });
            }
        }
        Ok(())
    }
}

fn address(expression: &wasmparser::ConstExpr<'_>) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => None.context("an address that is not a number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_one_stretch() {
        assert_eq!(joined(vec![0..4, 4..8, 6..7, 9..10]), [0..8, 9..10]);
    }

    #[test]
    fn without_the_linkers_notes_nothing_is_put_off() {
        let bare = b"\0asm\x01\0\0\0";
        assert!(alone(bare, &["explain"]).is_err());
    }
}
