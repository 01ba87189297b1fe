//! The library exports exactly this list, and what all parts must agree on is written only in the model.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Item, TraitItem, UseTree, Visibility};

/// All items at the root of the library with all features, except the module `client` and hidden items.
const EXPORTS: &[&str] = &[
    "ApiError",
    "AsIs",
    "CatalogCode",
    "CatalogError",
    "CatalogOperation",
    "CatalogResponse",
    "Decoded",
    "Decoder",
    "DetailKind",
    "Difference",
    "Fallback",
    "FieldError",
    "Format",
    "KateError",
    "KateErrorCode",
    "Located",
    "Nearest",
    "Note",
    "Notes",
    "Outcome",
    "PathItem",
    "QueryError",
    "RequestValue",
    "Retired",
    "Retry",
    "Scope",
    "Section",
    "Status",
    "SubscribeError",
    "ToApiError",
    "TokenBalance",
    "Unknown",
    "UnknownChoice",
    "UnknownCode",
    "UnknownReason",
    "UploadArtifactError",
    "UploadSpansError",
    "Validation",
    "actix",
    "catalog",
    "client",
    "include_catalog",
    "kate_catalog",
    "tower",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn parse(path: &str) -> syn::File {
    syn::parse_file(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

#[test]
fn root_exports() {
    let mut found = Vec::new();
    for item in parse("kate-errors/lib.rs").items {
        match item {
            Item::Use(item) if is_public(&item.vis) => names(&item.tree, &mut found),
            Item::Mod(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                found.push(item.ident.to_string());
            }
            Item::Macro(item) if has(&item.attrs, "macro_export") => {
                found.extend(item.ident.map(|it| it.to_string()));
            }
            _ => {}
        }
    }
    // The glob import of the generated code.
    found.retain(|name| name != "*");
    let generated = parse("kate-errors/generated/kate.rs").items;
    let types_beside = generated.iter().find_map(|item| match item {
        Item::Mod(item) => item.content.as_ref().map(|(_, items)| items),
        _ => None,
    });
    for item in generated.iter().chain(types_beside.unwrap()) {
        match item {
            Item::Enum(item) => found.push(item.ident.to_string()),
            Item::Struct(item) => found.push(item.ident.to_string()),
            Item::Mod(item) => found.push(item.ident.to_string()),
            _ => {}
        }
    }
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let expected: BTreeSet<&str> = EXPORTS.iter().copied().collect();
    let (missing, unexpected) = (&expected - &found, &found - &expected);
    assert!(found == expected, "missing: {missing:?}; unexpected: {unexpected:?}");
}

/// Users call the methods of both traits without importing them, so each is in the list of inherent ones too.
#[test]
fn methods_of_traits_are_inherent() {
    for (file, list) in [("code", "codes"), ("error", "errors")] {
        let list = root().join(format!("kate-errors/catalog/macros/{list}.rs"));
        let inherent = fs::read_to_string(&list).unwrap();
        for item in parse(&format!("kate-errors/catalog/{file}.rs")).items {
            let Item::Trait(item) = item else { continue };
            let methods = item.items.iter().filter_map(|item| match item {
                TraitItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            // `section` returns an enum in place of this name.
            let mut public = methods.filter(|it| !it.starts_with("__") && it != "section_name");
            let lacking = public.find(|it| !inherent.contains(&format!("fn {it}(")));
            assert_eq!(lacking, None, "{}", list.display());
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        it.path().is_ident("doc")
            && matches!(&it.meta, syn::Meta::List(list) if list.tokens.to_string() == "hidden")
    })
}

fn names(tree: &UseTree, found: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, found),
        UseTree::Name(name) => found.push(name.ident.to_string()),
        UseTree::Rename(name) => found.push(name.rename.to_string()),
        UseTree::Glob(_) => found.push("*".to_owned()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
    }
}

/// Literals that were once written in many places: the envelope, what precedes a context, and the limit for bodies.
const ONCE: &[&str] =
    &[r#"{\"detail\":\""#, r#"{"detail":""#, r#"". ""#, "65_536", "65536", "64 * 1024", "1 << 16"];

/// Whether a file contains bodies as data: vectors for other readers, and an example for a command. They are input for
/// the model, not made by it.
fn is_data(file: &Path) -> bool {
    file.ends_with("publish/vectors/bodies.rs") || file.ends_with("kate-errors-cli/src/cli/ask.rs")
}

#[test]
fn what_all_must_agree_on_is_written_in_the_model_alone() {
    let mut places = Vec::new();
    for folder in
        ["kate-errors", "kate-errors-codegen/src", "kate-errors-derive/src", "kate-errors-cli/src"]
    {
        for file in sources(&root().join(folder)).iter().filter(|file| !is_data(file)) {
            let text = fs::read_to_string(file).unwrap();
            // Tests and comments may contain them.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines();
            for (at, line) in
                code.enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
            {
                if ONCE.iter().any(|literal| line.contains(literal)) {
                    places.push(format!("{}:{}: {}", file.display(), at + 1, line.trim()));
                }
            }
        }
    }
    assert!(places.is_empty(), "written a second time:\n{}", places.join("\n"));
    let model: String = sources(&root().join("kate-errors-model/src"))
        .iter()
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    for literal in [r#"{\"detail\":\""#, r#"". ""#, "64 * 1024"] {
        let code = model.lines().filter(|line| !line.trim_start().starts_with("//"));
        assert_eq!(code.filter(|line| line.contains(literal)).count(), 1, "{literal}");
    }
}

/// Returns the source files in a folder, except generated ones.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("generated") {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
