//! `generate html`: the page contains what the reference page does, is well formed, and texts of a catalog are
//! text in it. `cargo xtask conformance html` tests it in a browser.

mod common;

#[path = "../../tests/hostile/catalogs.rs"]
mod hostile;
#[path = "../../tests/hostile/pages.rs"]
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::Sandbox;
use hostile::{HOSTILE, Texts};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use pages::texts;

/// The text of the reference page of the Kate API.
const PAGE: &str = include_str!("../../tests/fixtures/reference-page.txt");

/// Elements without content.
const VOID: &[&str] = &["meta", "link", "input", "wbr"];

/// An element, or a text, which has no name.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    /// Returns all elements, this one first.
    fn all(&self) -> Vec<&Self> {
        let children = self.children.iter().filter(|child| !child.name.is_empty());
        std::iter::once(self).chain(children.flat_map(Self::all)).collect()
    }

    fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|node| node.name == name).collect()
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> String {
        let children = self.children.iter().map(Self::text);
        self.text.clone() + &children.collect::<String>()
    }

    fn by_id(&self, id: &str) -> &Self {
        let found = self.all().into_iter().find(|node| node.attribute("id") == id);
        found.unwrap_or_else(|| panic!("nothing is called {id}"))
    }

    /// Returns the text that an error has under a label.
    fn entry(&self, name: &str) -> Option<String> {
        let entries = self.named("div");
        let entry = entries.iter().find(|div| {
            div.children.first().is_some_and(|dt| dt.name == "dt" && dt.text() == name)
        });
        entry.map(|div| div.children[1].text())
    }
}

/// Parses a page, and checks that each element is closed where it should be.
fn read(page: &str) -> Node {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    let mut open = vec![Node::default()];
    for token in Tokenizer::new_with_emitter(page, emitter) {
        match token.expect("reading from memory") {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (text(name), text(value)));
                let name = text(&tag.name);
                let node = Node { attributes: attributes.collect(), name, ..Node::default() };
                if VOID.contains(&node.name.as_str()) {
                    open.last_mut().expect("an open element").children.push(node);
                } else {
                    open.push(node);
                }
            }
            Token::EndTag(tag) => {
                let node = open.pop().expect("an open element");
                assert_eq!(text(&tag.name), node.name);
                open.last_mut().expect("an element around it").children.push(node);
            }
            Token::String(found) => {
                let node = Node { text: text(&found), ..Node::default() };
                open.last_mut().expect("an open element").children.push(node);
            }
            Token::Error(error) => panic!("{error:?}"),
            Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    assert_eq!(open.len(), 1, "elements are left open");
    open.remove(0)
}

fn page(catalog: impl AsRef<[u8]>) -> String {
    Sandbox::with(catalog).run(&["generate", "html"]).exits(0).stdout
}

fn file(name: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    std::fs::read(root.join(name)).expect("the catalog")
}

fn kate() -> Node {
    read(&page(file("errors.yaml")))
}

/// Every line of the reference page is on the page, and each part is in the same order: headings, paragraphs, bodies,
/// and the cells of each row. The parts themselves are in another order: those that readers need first come first.
#[test]
fn the_page_says_what_the_reference_page_says() {
    const PARTS: [&str; 3] = ["HTTP Status Codes", "Error Response Format", "Common Errors"];
    let page = kate();
    let mut said = Vec::new();
    for node in page.named("body")[0].all() {
        let row = |cells: &[&Node]| cells.iter().map(|cell| cell.text()).collect::<String>();
        match node.name.as_str() {
            "h1" | "h2" | "p" => said.push(node.text()),
            "h3" if !node.attribute("id").is_empty() => said.push(node.text()),
            // The last cell contains links.
            "tr" => said.push(row(&node.children.iter().take(3).collect::<Vec<_>>())),
            "pre" => said.extend(node.text().lines().map(str::to_owned)),
            "article" => {
                let title = node.named("h4")[0].text();
                let of = |name| node.entry(name).expect("every error has it");
                said.push(title + &of("Cause") + &of("Fix"));
            }
            _ => {}
        }
    }
    let lines = PAGE.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let mut rest = said.iter();
    let mut count = 0;
    for line in lines.skip(2).take_while(|line| *line != "On this page") {
        // The head of the tables of errors. On this page, each cell has its name beside it.
        if line == "ErrorCauseFix" {
            continue;
        }
        if PARTS.contains(&line) {
            rest = said.iter();
        }
        assert!(rest.any(|text| text == line), "the page lacks {line}, or has it earlier");
        count += 1;
    }
    assert!(count > 40, "{count} lines");
    let place = |id: &str| page.all().iter().position(|node| node.attribute("id") == id);
    let order = ["search-words", "paste-text", "invalid_api_key", "http-status-codes"];
    assert!(order.map(place).is_sorted(), "what readers need first comes first");
}

/// Returns a card's tag for retries.
fn tag(error: &Node) -> String {
    let all = error.all();
    let tag = all.iter().find(|node| node.attribute("class").starts_with("tag retry"));
    tag.expect("a tag").text()
}

#[test]
fn every_error_says_what_the_catalog_says() {
    let page = read(&page(file("tests/catalogs/jobs.yaml")));
    let error = page.by_id("too_many_jobs");
    let says = |name: &str| error.entry(name).unwrap_or_default();
    assert_eq!(error.attribute("data-status"), "429");
    assert_eq!(error.named("h4")[0].text(), "\"Too many jobs of kind {kind}\"");
    assert_eq!(says("Cause"), "The quota for {kind} is used up");
    assert_eq!(tag(error), "Retry after 60 s");
    assert_eq!(tag(page.by_id("job_not_found")), "Retry after the fix");
    assert_eq!(says("Context"), "May be followed by \". Used {used} of {limit} for {owner}\"");
    assert_eq!(says("Headers"), "retry-after: 60");
    assert_eq!(says("Returned by"), "POST /jobs/{id}/start");
    assert_eq!(says("Same message"), "too_many_runs");
    assert_eq!(says("Since"), "2026-03");
    assert_eq!(page.by_id("job_not_found").entry("Formerly").unwrap(), "\"No job {id}\"");
    let values = page.by_id("job_not_found").entry("Values").unwrap();
    assert_eq!(
        values,
        "id: one or more characters, no white space, no control characters; the id of the job; for example job-7"
    );
    let values = page.by_id("login_failed").entry("Values").unwrap();
    assert_eq!(
        values,
        "user: one or more characters, no white space, no control characters sensitive: keep it out of logs"
    );
    let retired = page.by_id("too_many_things");
    assert_eq!(
        retired.entry("Retired").unwrap(),
        "It said too little (since 2026-05); see too_many_jobs"
    );
    let body = error.named("pre")[0].text();
    assert_eq!(body.lines().count(), 1);
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    let message = "Too many jobs of kind batch. Used 7 of 10 for Ada Lovelace";
    assert_eq!(body, serde_json::json!({ "detail": message }));
}

#[test]
fn every_error_has_a_permalink_and_every_link_leads_somewhere() {
    for catalog in ["errors.yaml", "tests/catalogs/jobs.yaml", "tests/catalogs/twins.yaml"] {
        let page = read(&page(file(catalog)));
        let all = page.all();
        let ids: Vec<&str> = all.iter().map(|node| node.attribute("id")).collect();
        let ids: Vec<&str> = ids.into_iter().filter(|id| !id.is_empty()).collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(once.len(), ids.len(), "{catalog}: an id twice");
        for link in page.named("a") {
            let target = link.attribute("href").strip_prefix('#').expect("within the page");
            assert!(once.contains(target), "{catalog}: {target}");
        }
        // Each status links to its errors.
        for error in page.named("article") {
            for status in error.attribute("data-status").split(' ') {
                let links = page.by_id(&format!("status-{status}")).named("a");
                let link = format!("#{}", error.attribute("id"));
                assert!(links.iter().any(|it| it.attribute("href") == link), "{catalog}: {link}");
            }
        }
        for error in page.named("article") {
            let links = error.named("a");
            let permalink = links.iter().find(|link| link.attribute("class") == "permalink");
            let code = error.attribute("id");
            assert_eq!(permalink.expect("a permalink").attribute("href"), format!("#{code}"));
            assert_eq!(error.named("button").len(), 1);
        }
        // Controls have accessible names, and the elements that name them exist.
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            let names =
                all.iter().map(|node| node.attribute(attribute)).filter(|it| !it.is_empty());
            // Only the choices beside the input have labels, and not every catalog has choices.
            assert!(names.clone().count() > 0 || attribute == "for", "{attribute}");
            assert!(names.clone().all(|name| once.contains(name)), "{catalog}: {attribute}");
        }
    }
}

/// Each of very many errors with the same message leads to the first one, which leads to all.
#[test]
fn the_page_does_not_list_very_many_errors_for_each_of_them() {
    let alias = |number| format!("      - {{ code: gone_{number}, same_as: gone }}\n");
    let aliases: Vec<String> = (0..21).map(alias).collect();
    let page = read(&page(format!(
        "catalog: Shop
statuses:
  404: {{ name: Not Found, description: There is no such thing, cause: It was, fix: None }}
sections:
  - name: All
    errors:
      - {{ code: gone, status: 404, detail: Gone }}
{}",
        aliases.concat()
    )));
    let links = |id: &str| page.by_id(id).entry("Same message").unwrap_or_default();
    assert_eq!(links("gone").matches("gone_").count(), 21);
    assert_eq!(links("gone_7"), "gone");
}

/// Links tell errors with the same code apart, and each error leads to all others with its message.
#[test]
fn what_belongs_together_is_linked() {
    let page = page(
        "catalog: Shop
reference: https://shop.example/errors
wire: { identity: code, body: { code: \"{code}\", detail: \"{detail}\" } }
statuses:
  404: { name: Not Found, description: There is no such thing }
  503: { name: Service Unavailable, description: It is busy }
sections:
  - name: All
    cause: It was
    fix: None
    errors:
      - { code: gone, name: gone_here, status: 404, detail: Gone }
      - { code: gone, name: gone_now, status: 503, detail: Gone for now }
      - { code: old, status: 404, detail: Old }
      - { code: older, same_as: old }
      - { code: oldest, same_as: old }
common: [old]
",
    );
    for part in [
        "<link rel=\"canonical\" href=\"https://shop.example/errors\">",
        "<a href=\"#gone_here\"><code>gone (gone_<wbr>here)</code></a>",
        "<li><a href=\"#old\"><code>old</code></a></li><li><a href=\"#oldest\"><code>oldest</code></a></li>",
        "<span class=\"tag retry later\">Retry later</span>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // There are no operations that could have it in common.
    assert!(!page.contains("#the-operations"), "{page}");
}

/// The page loads nothing, and its policy allows only its own script, which is the same for every catalog.
#[test]
fn the_script_is_the_same_for_every_catalog() {
    let parts = |catalog| {
        let page = read(&page(file(catalog)));
        let policy = page
            .named("meta")
            .into_iter()
            .find(|meta| meta.attribute("http-equiv") == "Content-Security-Policy");
        let policy = policy.expect("a policy").attribute("content").to_owned();
        let scripts = page.named("script");
        assert_eq!(scripts.len(), 2);
        assert_eq!(scripts[0].attribute("type"), "application/json");
        for node in page.all() {
            assert!(!node.attributes.keys().any(|name| name == "src" || name.starts_with("on")));
        }
        (policy, scripts[1].text())
    };
    let one = parts("errors.yaml");
    assert_eq!(one, parts("tests/catalogs/jobs.yaml"));
    assert!(one.0.starts_with("default-src 'none'; script-src 'sha256-"), "{}", one.0);
    assert!(!one.0.contains("unsafe"), "{}", one.0);
    assert!(one.1.contains("function readMessage(") && one.1.len() > 20_000);
}

/// Each field contains each text that it accepts: the page shows what it shows for harmless texts, with the texts in
/// their places.
#[test]
fn hostile_text_is_text() {
    let innocent = shape(&read(&page(hostile::catalog("Case", &Texts::new()))));
    let mut tried = 0;
    for case in 0..HOSTILE.len() {
        let texts = texts(case);
        let page = read(&page(hostile::catalog("Case", &texts)));
        assert_eq!(shape(&page), innocent, "the structure changes: {texts:?}");
        let all = page.all();
        let mut seen = page.named("body")[0].text();
        seen.push_str(&all.iter().map(|node| node.attribute("content")).collect::<String>());
        for (field, text) in
            texts.iter().filter(|(field, _)| !["context text", "realm"].contains(field))
        {
            // Examples are in bodies too, where they are escaped. Here they are expected unescaped.
            assert!(seen.contains(*text), "{field}: {text:?} is not shown");
        }
        let data = page.by_id("catalog-data").text();
        assert!(!data.contains('<'));
        let data: serde_json::Value = serde_json::from_str(&data).expect("it is JSON");
        assert_eq!(data["errors"].as_array().expect("a list").len(), 4);
        tried += texts.len();
    }
    assert!(tried > 1000, "only {tried} texts");
}

/// Returns the elements of a page, with the names of their attributes.
fn shape(page: &Node) -> Vec<String> {
    let shown = |node: &&Node| {
        let names: Vec<&String> = node.attributes.keys().collect();
        format!("{} {names:?}", node.name)
    };
    page.all().iter().map(shown).collect()
}

/// The page contains the matrix of `compat`, folded. Names and messages of other versions are text, too.
#[test]
fn the_page_compares_versions() {
    let sandbox = Sandbox::with(file("errors.yaml"));
    let catalog = String::from_utf8(file("errors.yaml")).expect("the catalog");
    let other = catalog.replace("detail: Token expired", "detail: \"<i>old</i>\"");
    sandbox.write("<b>.yaml", other);
    let generated = |options: &[&str]| sandbox.run(&[&["generate", "html"], options].concat());
    let without = generated(&[]).exits(0).stdout;
    let with = generated(&["--compat", "<b>.yaml"]).exits(0).stdout;
    assert!(read(&without).named("details").is_empty());
    let page = read(&with);
    let versions = page.named("details")[0];
    assert!(!versions.attributes.contains_key("open"));
    let rows = versions.named("tr");
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.children.iter().map(Node::text).collect()).collect();
    assert_eq!(
        cells,
        [
            ["servers \\ clients", "<b>.yaml", "errors.yaml"],
            ["<b>.yaml", "all 15", "14 of 15, 1 unknown"],
            ["errors.yaml", "14 of 15, 1 unknown", "all 15"],
        ]
    );
    let text = versions.text();
    assert!(text.contains("token_expired is unknown: 401 {\"detail\":\"<i>old</i>\"}"), "{text}");
    // Importing the page still gives the catalog. Comments contain line numbers, so they are not compared.
    let imported = |page: &str| {
        sandbox.write("page.html", page);
        let catalog = sandbox.run(&["import", "page.html"]).stdout;
        let lines = catalog.lines().filter(|line| !line.trim_start().starts_with('#'));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(imported(&with), imported(&without));
}

#[test]
fn versions_that_cannot_be_compared_are_refused() {
    let sandbox = Sandbox::with(file("errors.yaml"));
    for (options, names) in [
        (&["markdown", "--compat", "errors.yaml"], "--compat"),
        (&["html", "--compat", "none.yaml"], "none.yaml"),
    ] {
        let run = sandbox.run(&[&["generate"][..], options].concat()).exits(2);
        assert!(run.stderr.contains(names), "{}", run.stderr);
    }
    let check = ["generate", "html", "--compat", "errors.yaml", "--out", "page.html", "--check"];
    let run = sandbox.run(&check).exits(1);
    assert!(run.stderr.contains("--compat errors.yaml --out page.html"), "{}", run.stderr);
}

#[test]
fn the_name_of_the_catalog_stays_in_its_comment() {
    for name in ["a --><script>alert(1)<script>.yaml", "a --!><b>.yaml"] {
        let sandbox = Sandbox::new();
        sandbox.write(name, file("errors.yaml"));
        let page = read(&sandbox.run(&["generate", "html", name]).exits(0).stdout);
        assert_eq!(page.named("script").len(), 2);
        assert!(page.named("b").is_empty());
    }
}

#[test]
fn sections_are_called_by_their_names_and_each_by_its_own() {
    let catalog = "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
sections:
";
    let section = |name: &str, code: &str| {
        format!(
            "  - name: \"{name}\"\n    errors:\n      - {{ code: {code}, status: 404, \
             detail: No {code}, cause: Nobody knows, fix: Ask }}\n"
        )
    };
    let names = ["RateLimits", "Ratelimits", "Two words!", "Title"];
    let codes = ["one", "two", "section", "title"];
    let sections = names.iter().zip(codes).map(|(name, code)| section(name, code));
    let page = read(&page(catalog.to_owned() + &sections.collect::<String>()));
    for (id, name) in
        ["section-ratelimits", "section-ratelimits-2", "section-two-words", "section-title"]
            .iter()
            .zip(names)
    {
        assert_eq!(page.by_id(id).text(), name);
    }
    for code in codes {
        assert_eq!(page.by_id(code).name, "article");
    }
}
