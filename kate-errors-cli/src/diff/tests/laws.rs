//! The guarantee of a comparison: old clients do not misread what it calls compatible.
//!
//! They read each error as the same error with the same values, by its code alone, or not at all. If an order of
//! releases is called safe, they read everything. Random catalogs are edited at random, and servers send hostile values.

use std::collections::BTreeMap;

use super::random::{Random, catalog, edited, text, value};
use super::{catalogs, compiled};
use crate::diff::finding::Finding;
use crate::diff::order::Order;
use crate::diff::witness::{Both, Fate, Side, Which};
use crate::diff::{Level, compare, pair, rule, verdict};
use crate::lock::{Lock, of_catalog, reuse};
use kate_errors_codegen::compile;

#[test]
fn nothing_has_changed_from_a_catalog_to_itself() {
    for (path, text) in catalogs() {
        let (old, new) = (compiled("old.yaml", &text), compiled("new.yaml", &text));
        let found: Vec<_> = compare(&old, &new).into_iter().map(|it| it.message).collect();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

/// One old message matches thousands of new texts, more changes than anyone would read.
#[test]
fn there_is_a_limit_to_what_is_compared() {
    let head = "catalog: Jobs\nstatuses:\n  404: { name: Not Found, description: Nothing }\nsections:\n  - name: Jobs\n    \
                cause: It ended\n    fix: Wait\n    errors:\n";
    let old = format!(
        "{head}      - {{ code: any, status: 404, detail: \"Job {{id}}\", params: {{ id: text }} }}\n"
    );
    let error = |at| format!("      - {{ code: job_{at}, status: 404, detail: Job {at} }}\n");
    for (count, is_limited) in [(900, false), (1_100, true)] {
        let new = head.to_owned() + &(0..count).map(error).collect::<String>();
        let (old, new) =
            (compiled("old.yaml", old.as_bytes()), compiled("new.yaml", new.as_bytes()));
        let found = compare(&old, &new);
        let has = |rule: &rule::Rule| found.iter().any(|it| it.rule == rule);
        assert!(has(&rule::ERROR_SPLIT));
        assert_eq!(has(&rule::NOT_COMPARED), is_limited);
    }
}

/// Where codes identify errors, thousands can have the same message.
#[test]
fn equal_messages_under_codes_are_no_reason_to_stop() {
    let catalog = |message: &str| {
        let head = "catalog: Jobs\nwire: { identity: code, body: { code: \"{code}\", detail: \"{detail}\" } }\nstatuses:\n  \
                    404: { name: Not Found, description: Nothing }\nsections:\n  - name: Jobs\n    cause: It ended\n    \
                    fix: Wait\n    status: 404\n    errors:\n";
        let error = |at| format!("      - {{ code: job_{at}, detail: {message} }}\n");
        let text = head.to_owned() + &(0..1_100).map(error).collect::<String>();
        compiled("errors.yaml", text.as_bytes())
    };
    let (old, new) = (catalog("No job"), catalog("No such job"));
    assert!(compare(&old, &old).is_empty());
    let found = compare(&old, &new);
    assert!(found.iter().all(|it| it.rule == &rule::TEXT_UNDER_CODE), "{found:#?}");
    assert_eq!(found.len(), 1_100);
}

/// Sends every error with values from the list, in all forms and with all statuses. Returns the first response that
/// clients of the other catalog read in a way that `counts`.
fn misread(
    both: &Both<'_>,
    from: Which,
    random: &mut Random,
    counts: impl Fn(Fate) -> bool,
) -> Option<String> {
    let catalog = both.side(from).catalog;
    for (at, row) in catalog.rows.iter().enumerate().filter(|(_, row)| row.retired.is_none()) {
        for template in std::iter::once(&row.detail.parsed).chain(&row.with_context) {
            for _ in 0..12 {
                let values: Vec<String> =
                    catalog.params(row).map(|param| value(param, random)).collect();
                let mut sent = both.sent(from, at, template, &values);
                let others = row.other_statuses.iter().map(|at| catalog.statuses[*at].code);
                let statuses: Vec<u16> =
                    std::iter::once(sent.response.status).chain(others).collect();
                for status in statuses {
                    sent.response.status = status;
                    if counts(both.fate(&sent)) {
                        return Some(format!("{:?}", both.witness(&sent)));
                    }
                }
            }
        }
    }
    None
}

/// Returns the orders in which all changes can be released: clients first, and servers first.
fn safe(found: &[Finding]) -> [bool; 2] {
    let orders = found.iter().filter_map(|it| it.order);
    let is_safe = |order, one| order == Order::Either || order == one;
    orders.clone().fold([true; 2], |[clients, servers], order| {
        [
            clients && is_safe(order, Order::ClientsFirst),
            servers && is_safe(order, Order::ServersFirst),
        ]
    })
}

#[test]
fn what_is_compatible_is_read_as_it_is_meant() {
    let mut random = Random(12);
    let (mut pairs, mut compatible, mut harmful, mut subtle) = (0, 0, 0, 0);
    let mut safe_first = [0; 2];
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    while pairs < 10_000 {
        let made = catalog(&mut random);
        let old = compile("old.yaml", text(&made).as_bytes());
        if old.catalog().is_none() {
            continue;
        }
        for _ in 0..4 {
            let new_text = text(&edited(&made, &mut random));
            let new = compile("new.yaml", new_text.as_bytes());
            let (Some(a), Some(b)) = (Side::of(&old), Side::of(&new)) else { continue };
            pairs += 1;
            let both = Both { pairs: pair::Pairs::of(a.catalog, b.catalog), old: a, new: b };
            let found = compare(&old, &new);
            for finding in &found {
                *rules.entry(finding.rule.id).or_default() += 1;
            }
            // What all changes allow to be released first is read, with hostile values as well.
            let senders = [Which::Old, Which::New].into_iter().zip(safe(&found));
            for (at, (from, _)) in senders.enumerate().filter(|(_, (_, is_safe))| *is_safe) {
                safe_first[at] += 1;
                let misread = misread(&both, from, &mut random, |fate| fate != Fate::Same);
                let ids: Vec<_> = found.iter().map(|it| (it.rule.id, it.order)).collect();
                assert!(misread.is_none(), "{ids:?}\n{}\n{new_text}\n{misread:?}", text(&made));
            }
            let is_else = |fate| matches!(fate, Fate::Other(_) | Fate::OtherValues);
            let misread = misread(&both, Which::New, &mut random, is_else);
            let is_major = verdict(&found) == Some(Level::Major);
            compatible += usize::from(!is_major && !found.is_empty());
            harmful += usize::from(misread.is_some());
            // Only the comparison of messages found these.
            let major = found.iter().filter(|it| it.level() == Level::Major);
            let is_subtle = |rule: &rule::Rule| {
                *rule == rule::READ_AS_ANOTHER || *rule == rule::READ_WITH_OTHER_VALUES
            };
            subtle += usize::from(is_major && major.clone().all(|it| is_subtle(it.rule)));
            assert!(
                is_major || misread.is_none(),
                "{:?}\n{}\n{new_text}\n{}",
                found.iter().map(|it| it.rule.id).collect::<Vec<_>>(),
                text(&made),
                misread.unwrap_or_default()
            );
        }
    }
    // Guards against a vacuous test: many pairs are compatible, and many are harmful.
    assert!(
        compatible > 3_500 && harmful > 150 && subtle > 1,
        "{compatible} {harmful} {subtle} {rules:?}"
    );
    assert!(safe_first[0] > 6_000 && safe_first[1] > 3_000, "{safe_first:?}");
    assert!(rules.contains_key(rule::READ_AS_ANOTHER.id), "{rules:?}");
}

/// An error is released, deleted in the next release, and then others are added. Clients that know the deleted error
/// never read as it what the lock allows.
#[test]
fn what_a_lock_lets_pass_is_not_the_deleted_error() {
    let mut random = Random(34);
    let (mut histories, mut found, mut harmful) = (0, 0, 0);
    while histories < 3_000 {
        let made = catalog(&mut random);
        let old = compile("old.yaml", text(&made).as_bytes());
        let gone = random.below(made.errors.len());
        let (Some(first), true) = (old.catalog(), made.errors.len() > 1) else { continue };
        let code = made.errors[gone].code.clone();
        for _ in 0..4 {
            let (mut between, mut now) = (made.clone(), edited(&made, &mut random));
            between.errors.remove(gone);
            now.errors.retain(|error| error.code != code);
            now.wire = made.wire;
            let between = compile("between.yaml", text(&between).as_bytes());
            let now_text = text(&now);
            let now = compile("now.yaml", now_text.as_bytes());
            let (Some(second), Some(b)) = (between.catalog(), Side::of(&now)) else { continue };
            histories += 1;
            let mut lock = Lock::default();
            lock.record("1.0", &of_catalog(first));
            lock.record("2.0", &of_catalog(second));
            let is_found = !reuse(&lock, &now).is_empty();
            let a = Side::of(&old).unwrap();
            let both = Both { pairs: pair::Pairs::of(a.catalog, b.catalog), old: a, new: b };
            let misread = misread(&both, Which::New, &mut random, |fate| fate == Fate::Other(gone));
            found += usize::from(is_found);
            harmful += usize::from(misread.is_some());
            assert!(
                is_found || misread.is_none(),
                "{}\n{now_text}\n{}",
                text(&made),
                misread.unwrap_or_default()
            );
        }
    }
    assert!(found < histories / 2 && harmful > 10, "{found} {harmful}");
}
