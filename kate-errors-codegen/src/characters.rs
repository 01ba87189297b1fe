//! Characters that a reader of a catalog cannot see, or takes for a space.

/// Why a character may not stand in a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invisible {
    /// A control character, a line separator or a byte-order mark.
    Control,
    /// A character that takes no room, so that two texts look alike that are not.
    Empty,
    /// A character that changes the direction of the text around it.
    Bidirectional,
}

impl Invisible {
    /// The reason against `character`, if there is one.
    pub(crate) fn of(character: char) -> Option<Self> {
        match character {
            ' '..='~' => None,
            '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => Some(Self::Bidirectional),
            // Joiners and variation selectors are left out: words of some languages, and emoji, need them.
            '\u{AD}'
            | '\u{34F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}' => Some(Self::Empty),
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' => Some(Self::Control),
            _ if character.is_control() => Some(Self::Control),
            _ => None,
        }
    }

    /// The first character of `text` that may not stand in a value.
    pub(crate) fn find(text: &str) -> Option<(usize, char)> {
        text.char_indices().find(|(_, character)| Self::of(*character).is_some())
    }

    /// The first character of `text` that may not stand in a file. Line breaks and tabs may: they are for
    /// the YAML parser to judge.
    pub(crate) fn find_in_file(text: &str) -> Option<(usize, char)> {
        text.char_indices().find(|(_, character)| is_unreadable(*character))
    }
}

/// Whether a character may stand nowhere in a file.
pub(crate) fn is_unreadable(character: char) -> bool {
    !matches!(character, '\n' | '\r' | '\t') && Invisible::of(character).is_some()
}

/// The first character of a name that looks like nothing or like a space. In prose some of these are
/// needed, in a name each of them is a mistake that nobody would find by looking.
pub(crate) fn find_unseen_in_name(name: &str) -> Option<(usize, char)> {
    name.char_indices().find(|(_, character)| {
        is_joiner(*character) || is_false_space(*character) || Invisible::of(*character).is_some()
    })
}

/// Whether a character does nothing but change how its neighbours look.
pub(crate) fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether a character looks like a space and is another one.
pub(crate) fn is_false_space(character: char) -> bool {
    character == '\u{2800}' || character.is_whitespace() && !character.is_ascii()
}

/// What a character is called that cannot be shown: `the no-break space U+00A0`.
pub(crate) fn describe(character: char) -> String {
    let name = match character {
        '\u{9}' => "tab",
        '\u{D}' => "lone carriage return",
        '\u{A0}' => "no-break space",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero width space",
        '\u{200C}' => "zero width non-joiner",
        '\u{200D}' => "zero width joiner",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202F}' => "narrow no-break space",
        '\u{2060}' => "word joiner",
        '\u{3000}' => "ideographic space",
        '\u{FE00}'..='\u{FE0F}' => "variation selector",
        '\u{FEFF}' => "byte-order mark",
        _ if is_false_space(character) => "typographic space",
        _ => match Invisible::of(character) {
            Some(Invisible::Control) => "control character",
            Some(Invisible::Bidirectional) => "bidirectional control character",
            Some(Invisible::Empty) | None => "invisible character",
        },
    };
    format!("the {name} U+{:04X}", u32::from(character))
}

/// A visible character of the same length for one that may not stand in a file, so that places in a text
/// stay where they are.
pub(crate) fn stand_in(character: char) -> char {
    if !is_unreadable(character) {
        return character;
    }
    match character.len_utf8() {
        1 => '?',
        2 => '\u{BF}',
        3 => char::REPLACEMENT_CHARACTER,
        _ => '\u{1D54F}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_keep_the_length() {
        for character in ('\0'..=char::MAX).filter(|character| is_unreadable(*character)) {
            let stand_in = stand_in(character);
            assert_eq!(stand_in.len_utf8(), character.len_utf8(), "{character:?}");
            assert!(!is_unreadable(stand_in));
        }
    }
}
