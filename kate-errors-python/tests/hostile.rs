//! No input makes the reader panic or overflow the stack.

use kate_errors_python::{Site, read};

fn sites(text: &str) -> Vec<Site> {
    read(&[("a.py".to_owned(), text.to_owned())], &["message"])
}

const TOO_DEEP: &str = "the code is nested too deeply";

const HEAD: &str = "from fastapi import HTTPException as H\n";

#[test]
fn what_is_nested_deep_is_left_out() {
    let nested = |open: &str, close: &str, count: usize| {
        format!(
            "{HEAD}raise H(400, {}'x'{})\nraise H(404, 'after')\n",
            open.repeat(count),
            close.repeat(count)
        )
    };
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{'a': ", "}"),
        ("f(", ")"),
        ("not ", ""),
        ("lambda: ", ""),
        ("'a' + ", ""),
        ("'a' % ", ""),
        ("x or ", ""),
        ("x if y else ", ""),
        ("x.format(", ")"),
        ("'{}'.format(", ")"),
        ("", ".format('x')"),
        ("", ".x.y()"),
        ("", "[0]"),
        ("", " + 'a'"),
        ("f'{", "}'"),
        ("-", ""),
        ("await ", ""),
        ("H(400, ", ")"),
    ] {
        for count in [50, 150, 5_000] {
            let _ = sites(&nested(open, close, count));
        }
    }
    let found = sites(&nested("(", ")", 5_000));
    assert!(found.iter().any(|site| site.found == Err(TOO_DEEP.to_owned())), "{found:?}");
    let blocks = (0..3_000).map(|depth| format!("{}if x{depth}:\n", " ".repeat(depth)));
    let blocks = blocks.collect::<Vec<_>>().concat();
    let _ = sites(&format!("{HEAD}{blocks}{}raise H(400, 'x')\n", " ".repeat(3_000)));
}

/// Code that would overflow the parser's buffer is not parsed, however it is written.
#[test]
fn indents_without_end_are_left_out() {
    let nested = |indent: &dyn Fn(usize) -> String| {
        let lines = (0..600).map(|depth| format!("{}if x:\n", indent(depth)));
        format!("{}{}f'{{x}}'\n", lines.collect::<Vec<_>>().concat(), indent(600))
    };
    let blanks = |count: usize| " ".repeat(count);
    let split = |depth: usize| format!("{}\\\n{}", blanks(depth / 2), blanks(depth - depth / 2));
    let behind_comment = |depth: usize| format!("#\0{}", blanks(depth));
    let wide = |depth: usize| blanks(if depth == 0 { 0 } else { 65_537 });
    for text in [nested(&blanks), nested(&split), nested(&behind_comment), nested(&wide)] {
        let found = sites(&format!("{HEAD}{text}"));
        assert_eq!(found[0].found, Err(TOO_DEEP.to_owned()));
    }
    let aligned = (0..200).map(|at| format!("x = 1{}# {at}\n", blanks(at)));
    let aligned = aligned.collect::<Vec<_>>().concat();
    assert_eq!(sites(&format!("{HEAD}{aligned}raise H(400, 'x y')\n")).len(), 1);
}

#[test]
fn what_refers_to_itself_ends() {
    for text in [
        "A = A\nraise H(400, A)",
        "A = B\nB = A\nraise H(400, A)",
        "A = f'{A}{A}'\nraise H(400, A)",
        "A = lambda: A()\nraise H(400, A())",
        "def f(x): return f(x) + f(x) + g(x)\ndef g(x): return f(g(x)) + f(x)\nraise H(400, f('x'))",
        "class A(A): pass\nraise A()",
        "class A(B): pass\nclass B(A, H): pass\nraise A('x')",
        "class A(H):\n  def __init__(self): A.__init__(self)\nraise A()",
        "class A(H):\n  def __init__(self): raise A()\nraise A()",
        "class A(H):\n  X = f'{A.X}'\n  def __init__(self): super().__init__(400, self.X)\nraise A()",
        "from .a import X\nfrom a import *\nraise H(400, X)",
        "class A:\n  import a.A.x as x\nraise H(400, A.x)",
    ] {
        let _ = sites(&format!("{HEAD}{text}\n"));
    }
    // A handler whose exception it raises itself.
    let raised = "    if r: raise A('x')\n".repeat(25);
    let handler =
        format!("class A(Exception): pass\n@app.exception_handler(A)\ndef f(r, x):\n{raised}");
    let _ = sites(&format!("{HEAD}{handler}    raise H(400, str(x))\n"));
}

/// A package that is called like one that its modules import, so `torch.nn` may be in each of them.
#[test]
fn modules_that_import_everything_from_each_other_end() {
    let names: Vec<String> = (0..8).map(|at| format!("part_{at}")).collect();
    let all =
        names.iter().map(|name| format!("from .{name} import *\n")).collect::<Vec<_>>().concat();
    let mut files = vec![("app/torch/__init__.py".to_owned(), all.clone())];
    for name in &names {
        let text = format!("{HEAD}import torch.nn as nn\n{all}raise H(400, nn.text)\n");
        files.push((format!("app/torch/{name}.py"), text));
    }
    let found = read(&files, &["message"]);
    assert_eq!(found.len(), names.len());
}

#[test]
fn what_grows_is_cut() {
    let doubled = "    x = x + x\n".repeat(200);
    let _ = sites(&format!("{HEAD}def f():\n    x = 'ab'\n{doubled}    raise H(400, x)\n"));
    let constants =
        (0..200).map(|at| format!("A{} = A{at} + A{at}\n", at + 1)).collect::<Vec<_>>().concat();
    let _ = sites(&format!("{HEAD}A0 = 'ab'\n{constants}raise H(400, A200)\n"));
    // An object that contains another one twice, again and again.
    let doubled = "    d = {'a': d, 'b': d}\n".repeat(60);
    let objects = format!("{HEAD}def f():\n    d = {{'message': 'ab', 'n': 1}}\n{doubled}");
    assert_eq!(sites(&format!("{objects}    raise H(400, d)\n")).len(), 1);
    assert_eq!(sites(&format!("{objects}    raise H(400, {{'message': 'x', 'b': d}})\n")).len(), 1);
    let chosen = "('a' if x else 'b') + ".repeat(60);
    let _ = sites(&format!("{HEAD}raise H(400, {chosen} 'c')\n"));
    let branches =
        (0..300).map(|at| format!("    if x{at}: y += 'a'\n")).collect::<Vec<_>>().concat();
    let _ = sites(&format!("{HEAD}def f(y='x'):\n{branches}    raise H(400, y)\n"));
    let arms = (0..3_000)
        .map(|at| format!("    elif x == {at}: y{at} = 'a'\n"))
        .collect::<Vec<_>>()
        .concat();
    let _ = sites(&format!("{HEAD}def f():\n    if x: pass\n{arms}    raise H(400, y7)\n"));
    let raises = "    raise H(404, f'a {x} b')\n".repeat(20_000);
    assert_eq!(sites(&format!("{HEAD}def f(x):\n{raises}")).len(), 20_000);
    let _ = sites(&format!("{HEAD}X = ['a' {}]\n", ", 'a'".repeat(100_000)));
    let _ = sites(&format!("{HEAD}X = 'a' {}\nraise H(400, X)\n", "'a'".repeat(100_000)));
}

/// Random typing mistakes in one of the cases.
#[test]
fn broken_text_is_read_as_far_as_it_goes() {
    let text = include_str!("cases/shop/api.py").replace(" error\n", " é\n");
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let letters: Vec<_> = text.chars().collect();
    for _ in 0..150 {
        let mut letters = letters.clone();
        for _ in 0..=random(4) {
            let at = random(letters.len());
            match random(3) {
                0 => letters.truncate(at.max(1)),
                1 => drop(letters.remove(at)),
                _ => {
                    letters[at] = ['(', '"', '\'', '{', '}', '\\', '\n', ':', '\0', '€', 'f', '%']
                        [random(12)];
                }
            }
        }
        let _ = sites(&letters.into_iter().collect::<String>());
    }
    for text in [
        "",
        "\0",
        "\u{feff}",
        "\r\n\r\n",
        "(",
        "'",
        "f'{",
        "\\",
        "raise",
        "class",
        "def f(",
        "\"\\N{DASH}\"",
        "'\\x",
        "'\\U99999999'",
    ] {
        let _ = sites(text);
        let _ = sites(&format!("{HEAD}raise H(400, {text}"));
    }
}
