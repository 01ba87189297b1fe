//! The inputs of the benchmarks: 1,024 responses in an order that a branch predictor cannot learn.

/// The number of responses of each kind.
pub(crate) const COUNT: usize = 1024;

/// An error response.
#[derive(Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Returns random responses of a catalog. `lines` is what the build script wrote; `body` makes a body from a message.
pub(crate) fn responses(lines: &str, has_values: bool, body: fn(&str) -> String) -> Vec<Response> {
    let all: Vec<Response> =
        lines.lines().filter_map(|line| response(line, has_values, body)).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    (0..COUNT).map(|_| all[random.below(all.len())].clone()).collect()
}

/// Returns the response for a line of `LINES`, or `None` if it is of the other kind.
fn response(line: &str, has_values: bool, body: fn(&str) -> String) -> Option<Response> {
    let mut cells = line.split('\t');
    let status = cells.next()?.parse().ok()?;
    let wanted = cells.next()?.parse() == Ok(has_values);
    let message = cells.next()?;
    wanted.then(|| Response { status, body: body(message).into_bytes() })
}

/// A small random number generator with the same sequence in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
