//! `check --format sarif`: what SARIF 2.1.0 requires, and what code scanning services read.

mod common;

use common::{BROKEN, CATALOG, Sandbox};
use serde_json::Value;

fn sarif(sandbox: &Sandbox, files: &[&str], status: i32) -> Value {
    let mut arguments = vec!["check", "--format", "sarif"];
    arguments.extend(files);
    sandbox.run(&arguments).exits(status).json()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("an array of results")
}

#[test]
fn a_clean_log() {
    let log = sarif(&Sandbox::with(CATALOG), &[], 0);
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    assert!(results(&log).is_empty());
}

#[test]
fn the_rules_describe_themselves() {
    let log = sarif(&Sandbox::with(CATALOG), &[], 0);
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "kate-errors");
    let rules = driver["rules"].as_array().unwrap();
    assert!(rules.len() > 50);
    for rule in rules {
        assert!(rule["id"].is_string(), "{rule}");
        for text in [&rule["shortDescription"]["text"], &rule["help"]["text"]] {
            assert!(!text.as_str().unwrap().is_empty(), "{rule}");
        }
    }
}

#[test]
fn results_refer_to_rules_and_places() {
    let log = sarif(&Sandbox::with(BROKEN), &[], 1);
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    assert_eq!(results(&log).len(), 2);
    for result in results(&log) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "errors.yaml");
    }
    let clash = &results(&log)[1];
    assert_eq!(clash["level"], "error");
    let region = &clash["locations"][0]["physicalLocation"]["region"];
    let expected = serde_json::json!(
        { "startLine": 13, "startColumn": 15, "endLine": 13, "endColumn": 30 });
    assert_eq!(*region, expected);
    let related = &clash["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["region"]["startLine"], 8);
    assert_eq!(related["artifactLocation"]["uri"], "errors.yaml");
}

#[test]
fn fingerprints_outlive_lines_added_above() {
    let prints = |log: &Value| -> Vec<Value> {
        results(log).iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let before = sarif(&Sandbox::with(BROKEN), &[], 1);
    let after = sarif(&Sandbox::with(format!("# one\n\n# more\n{BROKEN}")), &[], 1);
    assert_eq!(prints(&before), prints(&after));
    let mut distinct: Vec<String> = prints(&before).iter().map(Value::to_string).collect();
    distinct.dedup();
    assert_eq!(distinct.len(), 2);
}

#[test]
fn addresses_are_encoded_and_relative() {
    let sandbox = Sandbox::new();
    sandbox.write("my shop/ü#1.yaml", BROKEN);
    let absolute = sandbox.path("my shop/ü#1.yaml");
    for file in ["my shop/ü#1.yaml", "./my shop/ü#1.yaml", absolute.to_str().unwrap()] {
        let log = sarif(&sandbox, &[file], 1);
        let place = &results(&log)[0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20shop/%C3%BC%231.yaml");
    }
}

#[test]
fn unreadable_files_are_told_of() {
    let log = sarif(&Sandbox::with(BROKEN), &["errors.yaml", "missing.yaml"], 2);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let message = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(message.starts_with("cannot read `missing.yaml`: "), "{message}");
    assert_eq!(results(&log).len(), 2);
}
