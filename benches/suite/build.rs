//! Compiles generated catalogs of several sizes, and writes the smallest one as the peer's source too.

#[path = "../../xtask/src/catalog.rs"]
mod catalog;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    for count in [15, 1_000, 10_000] {
        let rows = catalog::rows(count);
        compile(&folder, &format!("rows_{count}"), &catalog::yaml(&rows))?;
        let line = |row: &catalog::Row| {
            format!("{}\t{}\t{}\t{}\n", row.status, row.has_values, row.message(), row.code)
        };
        fs::write(
            folder.join(format!("rows_{count}.tsv")),
            rows.iter().map(line).collect::<String>(),
        )?;
    }
    fs::write(folder.join("peer.rs"), catalog::peer(&catalog::rows(15)))?;
    compile(&folder, "objects", &(catalog::yaml(&catalog::rows(15)) + OBJECTS))?;
    compile(&folder, "text", TEXT)
}

fn compile(folder: &Path, name: &str, yaml: &str) -> io::Result<()> {
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, yaml)?;
    kate_errors_codegen::build_script::compile(&path);
    Ok(())
}

const OBJECTS: &str = "\
wire:
  body: { error: { code: \"{code}\", message: \"{detail}\" } }
";

const TEXT: &str = "\
catalog: Text
statuses:
  400: { name: Bad Request, description: The request makes no sense }
sections:
  - name: Everything
    errors:
      - code: failed
        status: 400
        detail: \"The job {id} has failed: {reason}\"
        params: { id: { type: word }, reason: { type: text } }
        cause: Something is broken
        fix: Mend it
";
