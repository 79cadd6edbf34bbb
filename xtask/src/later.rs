//! One WebAssembly module as two: what is asked first, and what can be put off.
//!
//! A function, and a datum, is put off where only exports that are put off reach it. The second module imports the memory,
//! the tables and all other functions from the first. In the first, an export that is put off calls through a place in the
//! table that the second fills as it is instantiated; a call before that is an exception.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use walrus::ir::Value;
use walrus::passes::gc;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportKind, ImportedFunction, Module, ModuleConfig, TableId,
};

use crate::reach::Alone;

/// What the second module calls the first.
const FIRST: &str = "first";

/// The first module, and the second, which has what only these exports need: what they reach through table and memory is
/// known from the linker.
pub(crate) fn split(whole: &[u8], put_off: &[&str], alone: &Alone) -> Result<(Module, Module)> {
    let kept = kept(parse(whole)?, put_off, alone)?;
    let later = later(parse(whole)?, put_off, alone, &kept)?;
    let first = first(parse(whole)?, put_off, alone, &later)?;
    Ok((first, later))
}

/// Writes the second module into a package, and how it is loaded into the package's script.
pub(crate) fn write(package: &Path, name: &str, later: &[u8]) -> Result<()> {
    let file = format!("{name}_later.wasm");
    let digest = STANDARD.encode(Sha384::digest(later));
    let script = SCRIPT.replace("FILE", &file).replace("DIGEST", &digest);
    fs::write(package.join(file), later)?;
    append(&package.join(format!("{name}.js")), &script)?;
    append(&package.join(format!("{name}.d.ts")), TYPES)
}

fn append(path: &Path, text: &str) -> Result<()> {
    let there = fs::read_to_string(path)?;
    fs::write(path, format!("{there}\n{text}")).with_context(|| format!("{} cannot be written", path.display()))
}

const SCRIPT: &str = "\
let completed, failed;

export function complete(from = failed ?? new URL('FILE', import.meta.url)) {
    const fetched = async () => (await fetch(from, { integrity: 'sha384-DIGEST' })).arrayBuffer();
    const bytes = async () => (typeof from === 'string' || from instanceof URL ? fetched() : from);
    completed ??= bytes().then((there) => WebAssembly.instantiate(there, { first: wasm })).then(() => undefined, (cause) => {
        [completed, failed] = [undefined, from];
        throw cause;
    });
    return completed;
}
";

const TYPES: &str = "\
/**
 * Loads what the first file leaves out: all but `readTrial` and, of one trial, `nextQuestion`; to ask for it before is an
 * exception. Loads once: who calls again waits for the same, or tries anew where it failed.
 * @param from the second file: its address, where only bytes of the right digest are taken, or its bytes. Left out, the
 * one that failed to come before, or the one beside this module.
 */
export function complete (from?: string | URL | BufferSource): Promise<void>;
";

// INVARIANT: of the same bytes the same modules, so that an index means the same function in each
fn parse(bytes: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse(bytes)?;
    let names: Vec<String> = module.customs.iter().map(|(_, section)| section.name().to_owned()).collect();
    for name in names.iter().filter(|name| *name == "linking" || name.starts_with("reloc.")) {
        module.customs.remove_raw(name);
    }
    Ok(module)
}

/// The functions that something else than these exports reaches.
fn kept(mut module: Module, put_off: &[&str], alone: &Alone) -> Result<BTreeSet<usize>> {
    for name in put_off {
        module.exports.remove(name)?;
    }
    let table = take_table(&mut module)?;
    put_table(&mut module, table.into_iter().filter(|(place, _)| !alone.places.contains(place)))?;
    gc::run(&mut module);
    Ok(module.funcs.iter().map(|function| function.id().index()).collect())
}

fn later(mut module: Module, put_off: &[&str], alone: &Alone, kept: &BTreeSet<usize>) -> Result<Module> {
    let entries: Vec<FunctionId> = put_off.iter().map(|name| module.exports.get_func(name)).collect::<Result<_>>()?;
    let mut table = take_table(&mut module)?;
    table.retain(|place, _| alone.places.contains(place));
    let data: Vec<(u32, Vec<u8>)> = alone.data.iter().filter_map(|range| taken(&mut module, range)).collect();
    forget_start(&mut module);
    import_functions(&mut module, kept);
    for memory in module.memories.iter_mut() {
        memory.import = Some(module.imports.add(FIRST, &format!("m{}", memory.id().index()), memory.id()));
    }
    for table in module.tables.iter_mut() {
        table.import = Some(module.imports.add(FIRST, &format!("t{}", table.id().index()), table.id()));
    }
    for id in module.globals.iter().map(walrus::Global::id).collect::<Vec<_>>() {
        let import = module.imports.add(FIRST, &format!("g{}", id.index()), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let (_, begin) = widen(&mut module, put_off.len())?;
    table.extend((begin..).zip(entries));
    put_table(&mut module, table)?;
    let memory = module.get_memory_id()?;
    for (address, bytes) in data {
        let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
        let id = module.data.add(DataKind::Active { memory, offset }, bytes);
        module.memories.get_mut(memory).data_segments.insert(id);
    }
    gc::run(&mut module);
    Ok(module)
}

/// The functions in the table by their places; the table is empty afterwards.
fn take_table(module: &mut Module) -> Result<BTreeMap<u32, FunctionId>> {
    let functions = function_table(module)?;
    let mut places = BTreeMap::new();
    for id in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        let element = module.elements.get(id);
        if let (
            ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(begin)) },
            ElementItems::Functions(functions_there),
        ) = (&element.kind, &element.items)
            && *table == functions
        {
            places.extend((begin.cast_unsigned()..).zip(functions_there.iter().copied()));
            module.elements.delete(id);
            module.tables.get_mut(functions).elem_segments.remove(&id);
        }
    }
    Ok(places)
}

/// Puts functions into the table, those in places side by side together.
fn put_table(module: &mut Module, places: impl IntoIterator<Item = (u32, FunctionId)>) -> Result<()> {
    let table = function_table(module)?;
    let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (place, function) in places {
        match runs.last_mut() {
            Some((begin, run)) if usize::try_from(place - *begin)? == run.len() => run.push(function),
            Some(_) | None => runs.push((place, vec![function])),
        }
    }
    for (begin, run) in runs {
        let offset = ConstExpr::Value(Value::I32(begin.cast_signed()));
        let id = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(run));
        module.tables.get_mut(table).elem_segments.insert(id);
    }
    Ok(())
}

fn function_table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the module has no table of functions")
}

/// The bytes at these addresses; nothing stands there afterwards.
fn taken(module: &mut Module, range: &Range<u32>) -> Option<(u32, Vec<u8>)> {
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        let segment = module.data.get_mut(id);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = segment.kind
            && let Some(from) = range.start.checked_sub(start.cast_unsigned())
            && let (Ok(from), Ok(length)) = (usize::try_from(from), usize::try_from(range.end - range.start))
            && let Some(bytes) = segment.value.get_mut(from..from + length)
        {
            let there = bytes.to_vec();
            bytes.fill(0);
            return Some((range.start, there));
        }
    }
    None
}

/// The exports, and all that the first module does once for both.
fn forget_start(module: &mut Module) {
    module.start = None;
    for id in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    for id in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        module.elements.delete(id);
    }
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    module.tables.iter_mut().for_each(|table| table.elem_segments.clear());
    module.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
}

/// The functions of the first module, and what it imports itself.
fn import_functions(module: &mut Module, kept: &BTreeSet<usize>) {
    for function in module.funcs.iter_mut() {
        let (id, ty) = (function.id(), function.ty());
        let name = format!("f{}", id.index());
        match &function.kind {
            FunctionKind::Import(imported) => {
                let import = module.imports.get_mut(imported.import);
                (import.module, import.name) = (FIRST.to_owned(), name);
            }
            FunctionKind::Local(_) | FunctionKind::Uninitialized(_) if kept.contains(&id.index()) => {
                let import = module.imports.add(FIRST, &name, id);
                function.kind = FunctionKind::Import(ImportedFunction { import, ty });
            }
            FunctionKind::Local(_) | FunctionKind::Uninitialized(_) => {}
        }
    }
}

/// Makes room in the table of functions; where the room begins.
fn widen(module: &mut Module, places: usize) -> Result<(TableId, u32)> {
    let id = function_table(module)?;
    let table = module.tables.get_mut(id);
    let begin = u32::try_from(table.initial)?;
    table.initial += u64::try_from(places)?;
    table.maximum = table.maximum.map(|most| most.max(table.initial));
    Ok((id, begin))
}

fn first(mut module: Module, put_off: &[&str], alone: &Alone, later: &Module) -> Result<Module> {
    let places = take_table(&mut module)?;
    put_table(&mut module, places.into_iter().filter(|(place, _)| !alone.places.contains(place)))?;
    for range in &alone.data {
        taken(&mut module, range);
    }
    let (table, begin) = widen(&mut module, put_off.len())?;
    for (place, name) in (begin..).zip(put_off) {
        let function = module.exports.get_func(name)?;
        module.exports.remove(name)?;
        let stub = through(&mut module, table, place, function);
        module.exports.add(name, stub);
    }
    let functions: BTreeMap<usize, FunctionId> = module.funcs.iter().map(|f| (f.id().index(), f.id())).collect();
    for import in later.imports.iter() {
        let item: Option<ExportItem> = match import.kind {
            ImportKind::Function(id) => functions.get(&id.index()).copied().map(Into::into),
            ImportKind::Table(id) => module.tables.iter().find(|t| t.id().index() == id.index()).map(|t| t.id().into()),
            ImportKind::Memory(id) => {
                module.memories.iter().find(|m| m.id().index() == id.index()).map(|m| m.id().into())
            }
            ImportKind::Global(id) => {
                module.globals.iter().find(|g| g.id().index() == id.index()).map(|g| g.id().into())
            }
            ImportKind::Tag(_) => None,
        };
        module.exports.add(&import.name, item.with_context(|| format!("the first module has no {}", import.name))?);
    }
    gc::run(&mut module);
    Ok(module)
}

/// A function that calls whatever stands in that place of the table as it would call this one.
fn through(module: &mut Module, table: TableId, place: u32, function: FunctionId) -> FunctionId {
    let ty = module.funcs.get(function).ty();
    let (params, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let given: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for argument in &given {
        body.local_get(*argument);
    }
    body.i32_const(place.cast_signed()).call_indirect(ty, table);
    builder.finish(given, &mut module.funcs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::ValType;

    /// Three exports over one function that all reach and one that only the last does.
    fn whole() -> Vec<u8> {
        let mut module = Module::default();
        let table = module.tables.add_local(false, 1, Some(1), walrus::RefType::FUNCREF);
        module.exports.add("table", table);
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        let segment = module
            .data
            .add(DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(16)) }, b"for both, for one".to_vec());
        module.memories.get_mut(memory).data_segments.insert(segment);
        let shared = constant(&mut module, 1);
        let alone = constant(&mut module, 2);
        for (name, reached) in [("read", vec![shared]), ("ask", vec![shared]), ("explain", vec![shared, alone])] {
            let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            let given = module.locals.add(ValType::I32);
            let mut body = builder.func_body();
            body.local_get(given);
            for function in reached {
                body.call(function).binop(walrus::ir::BinaryOp::I32Add);
            }
            let function = builder.finish(vec![given], &mut module.funcs);
            module.exports.add(name, function);
        }
        module.emit_wasm()
    }

    fn constant(module: &mut Module, value: i32) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        builder.func_body().i32_const(value);
        builder.finish(Vec::new(), &mut module.funcs)
    }

    #[test]
    fn what_both_reach_stays_with_the_first() -> Result<()> {
        let (first, later) = split(&whole(), &["explain"], &Alone::default())?;
        // read, ask, what all reach, and the way through the table
        assert_eq!(first.funcs.iter_local().count(), 4);
        // explain, and what it alone reaches
        assert_eq!(later.funcs.iter_local().count(), 2);
        let names: Vec<&str> = later.imports.iter().map(|import| import.name.as_str()).collect();
        // what all reach, and the table
        assert_eq!(names.len(), 2, "{names:?}");
        for name in names.iter().chain(&["read", "ask", "explain"]) {
            assert!(first.exports.iter().any(|export| export.name == *name), "{name}");
        }
        Ok(())
    }

    #[test]
    fn what_the_first_does_not_name_comes_with_the_second() -> Result<()> {
        let alone = Alone { data: Vec::from([26..29, 29..33]), ..Alone::default() };
        let (first, later) = split(&whole(), &["explain"], &alone)?;
        let bytes = |module: &Module| module.data.iter().map(|segment| segment.value.clone()).collect::<Vec<_>>();
        assert_eq!(bytes(&first), [b"for both, \0\0\0\0\0\0\0"]);
        assert_eq!(bytes(&later).concat(), b"for one");
        Ok(())
    }

    #[test]
    fn what_is_not_exported_cannot_be_put_off() {
        assert!(split(&whole(), &["nothing"], &Alone::default()).is_err());
    }
}
