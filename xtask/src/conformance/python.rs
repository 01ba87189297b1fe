//! The package for Python: mypy and pyright report nothing with their strictest options; it reads all vectors,
//! and raises and reads every error in a real server.

use super::tools::{Tools, folder};
use super::{CATALOGS, vectors};
use crate::server::Server;
use crate::workspace::{Error, run_shown, write};

/// The minimum version of Python for which packages are generated.
const VERSION: &str = "3.10";

/// Packages for servers, with their catalogs: one that rejects requests in bodies that list the invalid fields,
/// which FastAPI does not do by itself, and one that responds with fallbacks.
const SERVERS: [(&str, &str); 2] = [
    ("problem", "tests/catalogs/fields/problem.yaml"),
    ("fallbacks", "conformance/python/fallbacks.yaml"),
];

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("python", &["python"])?;
    let mut checked = vec!["usage.py".to_owned(), "exhaustive.py".to_owned()];
    for (name, catalog) in CATALOGS.iter().chain(&SERVERS) {
        let package = format!("{name}_errors");
        tools.generate_into(&folder.join(&package), &["python", catalog])?;
        checked.push(package);
    }
    let mut mypy = tools.python("mypy");
    mypy.args(["--strict", "--python-version", VERSION, "--cache-dir", ".mypy"]);
    run_shown(mypy.args(&checked).current_dir(&folder))?;
    let venv = &tools.venv.folder;
    let config = serde_json::json!({
        "typeCheckingMode": "strict",
        "pythonVersion": VERSION,
        "venvPath": venv.parent(),
        "venv": venv.file_name().map(|name| name.to_string_lossy()),
        "include": checked,
    });
    write(&folder.join("pyrightconfig.json"), config.to_string())?;
    run_shown(tools.node("pyright/index.js").current_dir(&folder))?;
    let python = |script: &str| {
        let mut command = tools.python("python");
        command.arg(script).current_dir(&folder);
        command
    };
    run_shown(&mut python("usage.py"))?;
    run_shown(python("refused.py").arg("problem_errors"))?;
    run_shown(python("fallbacks.py").arg("fallbacks_errors"))?;
    for (name, _) in CATALOGS {
        let package = format!("{name}_errors");
        run_shown(python("vectors.py").arg(&package).arg(vectors(name)))?;
        let server = Server::that_prints_its_address(python("server.py").arg(&package))?;
        run_shown(python("client.py").arg(&package).arg(&server.url))?;
    }
    Ok(())
}
