//! Finds details that look the same but differ for clients: the same letters in another composition or script,
//! one space or two, spaces around them, and characters that look like a space or are invisible.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ptr;

use kate_errors_model::template::literals;
use unicode_normalization::UnicodeNormalization;

use super::Checker;
use crate::characters::{is_false_space, is_joiner};
use crate::rule;
use crate::syntax::document::{Row, Text};

impl<'d> Checker<'d> {
    pub(super) fn look_alikes(&mut self) {
        let mut seen: HashMap<String, (&'d Row, &'d Text)> = HashMap::new();
        for row in self.document.rows() {
            for text in row.detail.iter().chain(&row.former) {
                match seen.entry(looks(&literals(&text.value))) {
                    Entry::Vacant(entry) => drop(entry.insert((row, text))),
                    Entry::Occupied(entry) => self.look_alike(row, text, *entry.get()),
                }
            }
        }
    }

    fn look_alike(&mut self, row: &Row, text: &Text, (other_row, other): (&Row, &Text)) {
        // The detail of an error may have had another form before.
        let [one, another] = [text, other].map(|text| literals(&text.value).replace('\0', "{"));
        if ptr::eq(row, other_row) || one == another {
            return;
        }
        let (here, there) = first_difference(&one, &another);
        let message = format!("the details of two errors look the same, but differ: “{text}”");
        let second = (text.span, format!("has {here}"));
        let first = (other.span, format!("has {there}"));
        self.report(&rule::LOOK_ALIKE_DETAIL, message, second).also(first);
    }
}

/// Greek and Cyrillic letters and hyphens, each after the ASCII character it looks like.
const TWINS: &str =
    "AΑАBΒВCСEΕЕHΗНIΙІJЈKΚКMΜМNΝOΟОPΡРSЅTΤТXΧХYΥYZΖaаcсdԁeеhһiіjјoοоpрqԛsѕvνwԝxхyу-‐-‑";

/// Returns a text as it looks to a reader.
fn looks(text: &str) -> String {
    let mut looks = String::new();
    for character in text.trim().nfc().filter(|character| !is_joiner(*character)) {
        let seen = match character {
            // The micro sign and the Greek letter.
            'µ' => 'μ',
            _ if is_false_space(character) => ' ',
            _ => twin(character),
        };
        if seen != ' ' || !looks.ends_with(' ') {
            looks.push(seen);
        }
    }
    looks
}

/// Returns the ASCII character that a character looks like, or the character itself.
fn twin(character: char) -> char {
    if character.is_ascii() {
        return character;
    }
    let before = TWINS.split_once(character).map_or("", |(before, _)| before);
    before.chars().rfind(char::is_ascii).unwrap_or(character)
}

/// Returns the characters at the first difference of two texts.
fn first_difference(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    (code_points(one, same), code_points(other, same))
}

/// Returns the code points of two characters: a letter, and a mark that may follow it.
fn code_points(text: &str, from: usize) -> String {
    let characters = text.chars().skip(from).take(2);
    let numbers: Vec<String> = characters.map(|c| format!("U+{:04X}", u32::from(c))).collect();
    if numbers.is_empty() { "nothing more".to_owned() } else { numbers.join(" ") }
}
