//! The package for Python: mypy and pyright find nothing under their strictest options, it reads all
//! vectors, and raises and reads every error in a real server.

use super::generated::SUBJECTS;
use super::tools::{Tools, copy, folder};
use crate::server::Server;
use crate::workspace::{Error, run_shown, write};

/// The least version of Python that packages are for.
const VERSION: &str = "3.10";

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("python")?;
    copy("python", &folder)?;
    let mut checked = vec!["usage.py".to_owned(), "exhaustive.py".to_owned()];
    for subject in SUBJECTS {
        let package = format!("{}_errors", subject.name);
        let out = folder.join(&package).display().to_string();
        tools.generate(&["python", subject.catalog, "--out", &out])?;
        checked.push(package);
    }
    let mut mypy = tools.python("mypy");
    mypy.args(["--strict", "--python-version", VERSION, "--cache-dir", ".mypy"]);
    run_shown(mypy.args(&checked).current_dir(&folder))?;
    let venv = tools.venv();
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
    for subject in SUBJECTS {
        let package = format!("{}_errors", subject.name);
        run_shown(python("vectors.py").arg(&package).arg(subject.vectors()))?;
        let server = Server::that_prints_its_address(python("server.py").arg(&package))?;
        run_shown(python("client.py").arg(&package).arg(&server.url))?;
    }
    Ok(())
}
