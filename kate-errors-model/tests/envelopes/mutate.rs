//! Mutated bodies.

use serde_json::value::RawValue;

use crate::oracle::members;

/// A small random number generator with the same sequence in every run (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % bound.max(1)
    }

    pub(crate) fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    pub(crate) fn pick<'p, T: ?Sized>(&mut self, from: &[&'p T]) -> &'p T {
        from[self.below(from.len())]
    }
}

/// Values that replace others.
const OTHERS: &[&str] = &[
    "null",
    "[]",
    "{}",
    "1.5e3",
    "-0",
    "true",
    "\"\"",
    r#""a\"b\u00e9\ud83d\ude00\n""#,
    r#""\ud800""#,
    "[[{\"detail\":1}]]",
    "404",
    "\"404\"",
    r#""a#b:c#d""#,
];

/// Shuffles, duplicates, drops and adds members and elements, changes their spelling, and replaces values.
pub(crate) fn shake(json: &str, random: &mut Random) -> String {
    if json.starts_with('{') {
        if let Ok(members) = members(json) {
            return object(&members, random);
        }
    }
    if json.starts_with('[') {
        if let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(json) {
            return array(&elements, random);
        }
    }
    match random.below(24) {
        0..3 => random.pick(OTHERS).to_owned(),
        3 if json.len() > 3 && json.starts_with('"') && json.is_ascii() => respelled(json),
        _ => json.to_owned(),
    }
}

fn object(members: &[(String, &RawValue)], random: &mut Random) -> String {
    const ADDED: &[&str] = &[
        r#""x":[1,{"detail":"no","code":[]}]"#,
        r#""trace":null"#,
        r#""error":"e""#,
        r#""message":{"a":{}}"#,
        r#""detail":{"code":"c"}"#,
        r#""":0"#,
    ];
    let mut parts: Vec<String> = members
        .iter()
        .map(|(name, value)| {
            let mut name = serde_json::to_string(name).unwrap();
            if random.one_in(12) && name.len() > 2 && name.is_ascii() {
                name = respelled(&name);
            }
            let [before, behind] = [random.pick(&["", " ", "\n\t"]), random.pick(&["", "", "\r "])];
            format!("{before}{name}{behind}:{behind}{}", shake(value.get(), random))
        })
        .collect();
    rearrange(&mut parts, ADDED, random);
    format!("{{{}}}", parts.join(random.pick(&[",", ",", " , "])))
}

fn array(elements: &[&RawValue], random: &mut Random) -> String {
    const ADDED: &[&str] = &["null", "7", "\"s\"", "{}", "[]", r#"{"message":"m","code":"c"}"#];
    let mut parts: Vec<String> =
        elements.iter().map(|element| shake(element.get(), random)).collect();
    rearrange(&mut parts, ADDED, random);
    format!("[{}]", parts.join(random.pick(&[",", " , "])))
}

fn rearrange(parts: &mut Vec<String>, added: &[&str], random: &mut Random) {
    for _ in 0..random.below(3) {
        let at = random.below(parts.len());
        match random.below(6) {
            0 if !parts.is_empty() => {
                let part = parts[at].clone();
                parts.insert(random.below(parts.len() + 1), part);
            }
            1 if !parts.is_empty() => drop(parts.remove(at)),
            2 => parts.insert(random.below(parts.len() + 1), random.pick(added).to_owned()),
            _ => {
                for one in 0..parts.len() {
                    let other = random.below(parts.len());
                    parts.swap(one, other);
                }
            }
        }
    }
}

/// Returns the same string with its first character escaped.
fn respelled(json: &str) -> String {
    match json.as_bytes() {
        [_, first, ..] if *first != b'\\' => format!("\"\\u{first:04x}{}", &json[2..]),
        _ => json.to_owned(),
    }
}

/// Changes bytes, mostly to bytes with a meaning in JSON.
pub(crate) fn scratch(body: &mut Vec<u8>, random: &mut Random) {
    const TELLING: &[u8] = b"{}[]\",:\\ntu0e.-+ \x01\xFF\xC3";
    for _ in 0..=random.below(3) {
        if body.is_empty() {
            return;
        }
        let (at, byte) = (random.below(body.len()), TELLING[random.below(TELLING.len())]);
        match random.below(6) {
            0 => drop(body.remove(at)),
            1 => body.truncate(at),
            2 => body.insert(at, byte),
            3 => body[at] = byte,
            4 => body[at] ^= 1 << random.below(8),
            _ => {
                let copy = body[at..(at + random.below(20)).min(body.len())].to_vec();
                let to = random.below(body.len());
                body.splice(to..to, copy);
            }
        }
    }
}
