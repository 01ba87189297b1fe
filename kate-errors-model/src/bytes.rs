//! Checking many bytes at once.

/// Whether `is` returns true for any byte. Bytes are checked in groups, for which compilers have instructions.
#[inline]
pub(crate) fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let Some(last) = bytes.last_chunk::<16>() else {
        return bytes.iter().any(|byte| is(*byte));
    };
    let any = |group: &[u8; 16]| group.iter().fold(false, |any, byte| any | is(*byte));
    let mut rest = bytes;
    while let Some((group, behind)) = rest.split_first_chunk() {
        if any(group) {
            return true;
        }
        rest = behind;
    }
    // Some bytes are checked twice.
    any(last)
}
