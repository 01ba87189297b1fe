//! Door 1: compiles `errors.yaml` into `OUT_DIR`.

fn main() {
    kate_errors_codegen::build_script::compile("errors.yaml");
}
