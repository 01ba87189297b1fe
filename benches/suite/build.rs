//! Compiles generated catalogs of several sizes, and writes the same rows as peers have them.

#[path = "../../xtask/src/catalog.rs"]
#[allow(dead_code)]
mod catalog;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    for count in [15, 1_000, 10_000] {
        let rows = catalog::rows(count);
        compile(&folder, &format!("rows_{count}"), &catalog::yaml(&rows))?;
        let sentences: Vec<String> = rows
            .iter()
            .map(|row| format!("{}\t{}\t{}", row.status, row.detail, row.sentence()))
            .collect();
        fs::write(folder.join(format!("rows_{count}.tsv")), sentences.join("\n"))?;
        fs::write(folder.join(format!("peer_{count}.rs")), catalog::peer(&rows))?;
        fs::write(folder.join(format!("rows_{count}.phf")), phf_map(&rows))?;
    }
    compile(&folder, "text", TEXT)
}

/// The sentences without values, as the crate phf finds them.
fn phf_map(rows: &[catalog::Row]) -> String {
    let mut map = phf_codegen::Map::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.has_values) {
        map.entry(row.detail.as_str(), index.to_string());
    }
    map.build().to_string()
}

fn compile(folder: &Path, name: &str, yaml: &str) -> io::Result<()> {
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, yaml)?;
    kate_errors_codegen::build_script::compile(&path);
    Ok(())
}

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
