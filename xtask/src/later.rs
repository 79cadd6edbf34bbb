//! One WebAssembly module as two: what is asked first, and what can be put off.
//!
//! A function is put off where only exports that are put off reach it. The second module has functions alone, and
//! imports the memory, the tables and all other functions from the first. In the first, an export that is put off calls
//! through a place in the table that the second fills as it is instantiated; a call before that is an exception.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use walrus::ir::Value;
use walrus::passes::gc;
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportKind, ImportedFunction, Module, ModuleConfig, TableId,
};

/// What the second module calls the first.
const FIRST: &str = "first";

/// The first module, and the second, which has what only these exports need.
pub(crate) fn split(whole: &[u8], put_off: &[&str]) -> Result<(Module, Module)> {
    let kept = kept(parse(whole)?, put_off)?;
    let later = later(parse(whole)?, put_off, &kept)?;
    let first = first(parse(whole)?, put_off, &later)?;
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
let completed;

export function complete(from = new URL('FILE', import.meta.url)) {
    const fetched = async () => (await fetch(from, { integrity: 'sha384-DIGEST' })).arrayBuffer();
    const bytes = async () => (typeof from === 'string' || from instanceof URL ? fetched() : from);
    completed ??= bytes().then((there) => WebAssembly.instantiate(there, { first: wasm })).then(() => undefined);
    return completed;
}
";

const TYPES: &str = "\
/**
 * Loads what the first file leaves out: all but `readTrial` and, of one trial, `nextQuestion`; to ask for it before is an
 * exception. Loads once: who calls again waits for the same.
 * @param from the second file: its address, where only bytes of the right digest are taken, or its bytes. Beside this
 * module, if it is left out.
 */
export function complete (from?: string | URL | BufferSource): Promise<void>;
";

// INVARIANT: of the same bytes the same modules, so that an index means the same function in each
fn parse(bytes: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    config.parse(bytes)
}

/// The functions that something else than these exports reaches.
fn kept(mut module: Module, put_off: &[&str]) -> Result<BTreeSet<usize>> {
    for name in put_off {
        module.exports.remove(name)?;
    }
    gc::run(&mut module);
    Ok(module.funcs.iter().map(|function| function.id().index()).collect())
}

fn later(mut module: Module, put_off: &[&str], kept: &BTreeSet<usize>) -> Result<Module> {
    let entries: Vec<FunctionId> = put_off.iter().map(|name| module.exports.get_func(name)).collect::<Result<_>>()?;
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
    let (table, begin) = widen(&mut module, put_off.len())?;
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(begin)) };
    module.elements.add(kind, ElementItems::Functions(entries));
    gc::run(&mut module);
    Ok(module)
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
fn widen(module: &mut Module, places: usize) -> Result<(TableId, i32)> {
    let id = module.tables.main_function_table()?.context("the module has no table of functions")?;
    let table = module.tables.get_mut(id);
    let begin = i32::try_from(table.initial)?;
    table.initial += u64::try_from(places)?;
    table.maximum = table.maximum.map(|most| most.max(table.initial));
    Ok((id, begin))
}

fn first(mut module: Module, put_off: &[&str], later: &Module) -> Result<Module> {
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
fn through(module: &mut Module, table: TableId, place: i32, function: FunctionId) -> FunctionId {
    let ty = module.funcs.get(function).ty();
    let (params, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let given: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for argument in &given {
        body.local_get(*argument);
    }
    body.i32_const(place).call_indirect(ty, table);
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
        let (first, later) = split(&whole(), &["explain"])?;
        // read, ask, what all reach, and the way through the table
        assert_eq!(first.funcs.iter_local().count(), 4);
        // explain, and what it alone reaches
        assert_eq!(later.funcs.iter_local().count(), 2);
        let names: Vec<&str> = later.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        for name in names.iter().chain(&["read", "ask", "explain"]) {
            assert!(first.exports.iter().any(|export| export.name == *name), "{name}");
        }
        Ok(())
    }

    #[test]
    fn what_is_not_exported_cannot_be_put_off() {
        assert!(split(&whole(), &["nothing"]).is_err());
    }
}
