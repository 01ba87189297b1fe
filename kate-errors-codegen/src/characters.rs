//! Characters that a reader of a catalog cannot see, or mistakes for a space.

/// Why a character is not allowed in a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invisible {
    /// A control character, a line separator, a byte-order mark, or one that YAML does not allow.
    Control,
    /// A character without width, with which different texts look the same.
    Empty,
    /// A character that changes the direction of the text around it.
    Bidirectional,
}

impl Invisible {
    /// Returns why `character` is not allowed, if it is not.
    pub(crate) fn of(character: char) -> Option<Self> {
        match character {
            ' '..='~' => None,
            '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => Some(Self::Bidirectional),
            // Joiners and variation selectors are allowed: some languages and emoji need them.
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
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => Some(Self::Control),
            _ if character.is_control() => Some(Self::Control),
            _ => None,
        }
    }

    /// Returns the first character of `text` that is not allowed in a value.
    pub(crate) fn find(text: &str) -> Option<(usize, char)> {
        text.char_indices().find(|(_, character)| Self::of(*character).is_some())
    }

    /// Returns the first character of `text` that is not allowed in a file. Line breaks and tabs are left to
    /// the YAML parser.
    pub(crate) fn find_in_file(text: &str) -> Option<(usize, char)> {
        text.char_indices().find(|(_, character)| is_unreadable(*character))
    }
}

/// Whether a character is not allowed anywhere in a file.
pub(crate) fn is_unreadable(character: char) -> bool {
    !matches!(character, '\n' | '\r' | '\t') && Invisible::of(character).is_some()
}

/// Returns the first character of a name that is invisible or looks like a space. Prose needs some of these,
/// but in a name each is a mistake that cannot be seen.
pub(crate) fn find_unseen_in_name(name: &str) -> Option<(usize, char)> {
    name.char_indices().find(|(_, character)| {
        is_joiner(*character) || is_false_space(*character) || Invisible::of(*character).is_some()
    })
}

/// Whether a character only changes how its neighbours look.
pub(crate) fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether a character looks like a space but is another character.
pub(crate) fn is_false_space(character: char) -> bool {
    character == '\u{2800}' || character.is_whitespace() && !character.is_ascii()
}

/// Returns the name of a character that cannot be shown: `the no-break space U+00A0`.
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
        '\u{FFFE}' | '\u{FFFF}' => "noncharacter",
        _ if is_false_space(character) => "typographic space",
        _ => match Invisible::of(character) {
            Some(Invisible::Control) => "control character",
            Some(Invisible::Bidirectional) => "bidirectional control character",
            Some(Invisible::Empty) | None => "invisible character",
        },
    };
    format!("the {name} U+{:04X}", u32::from(character))
}

/// Returns a visible character of the same length for one that is not allowed in a file, so that offsets stay
/// valid.
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
