//! The package for Python: mypy and pyright find nothing under their strictest options, it reads all
//! vectors, and raises and reads every error in a real server.

use super::tools::{Tools, folder};
use super::{CATALOGS, vectors};
use crate::server::Server;
use crate::workspace::{Error, run_shown, write};

/// The least version of Python that packages are for.
const VERSION: &str = "3.10";

/// The package of the server that refuses requests.
const REFUSED: &str = "problem_errors";

/// The package of the server that responds with fallbacks.
const FALLBACKS: &str = "fallbacks_errors";

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("python", &["python"])?;
    let mut checked = vec!["usage.py".to_owned(), "exhaustive.py".to_owned()];
    for (name, catalog) in CATALOGS {
        let package = format!("{name}_errors");
        let out = folder.join(&package).display().to_string();
        tools.generate(&["python", catalog, "--out", &out])?;
        checked.push(package);
    }
    // Bodies with a place for fields of requests, which FastAPI does not have by itself.
    let out = folder.join(REFUSED).display().to_string();
    tools.generate(&["python", "tests/catalogs/fields/problem.yaml", "--out", &out])?;
    checked.push(REFUSED.to_owned());
    let out = folder.join(FALLBACKS).display().to_string();
    tools.generate(&["python", "conformance/python/fallbacks.yaml", "--out", &out])?;
    checked.push(FALLBACKS.to_owned());
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
    run_shown(python("refused.py").arg(REFUSED))?;
    run_shown(python("fallbacks.py").arg(FALLBACKS))?;
    for (name, _) in CATALOGS {
        let package = format!("{name}_errors");
        run_shown(python("vectors.py").arg(&package).arg(vectors(name)))?;
        let server = Server::that_prints_its_address(python("server.py").arg(&package))?;
        run_shown(python("client.py").arg(&package).arg(&server.url))?;
    }
    Ok(())
}
