//! wasm-bindgen's test runner, at the version that `Cargo.lock` pins; cargo starts it with the wasm file to test.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
