//! What the works are given: 1,024 responses in an order that no processor can guess.

/// How many responses there are of each kind.
pub(crate) const COUNT: usize = 1024;

/// A response of a row.
#[derive(Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) template: String,
    pub(crate) sentence: String,
    pub(crate) body: Vec<u8>,
}

/// The responses of a table that the build script wrote.
pub(crate) fn responses(table: &str, has_values: bool) -> Vec<Response> {
    let rows: Vec<Response> =
        all(table).into_iter().filter(|row| row.template.contains('{') == has_values).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    (0..COUNT).map(|_| rows[random.below(rows.len())].clone()).collect()
}

/// One response for each row.
pub(crate) fn all(table: &str) -> Vec<Response> {
    table.lines().map(response).collect()
}

/// The response of a line, which the build script has written with three cells.
fn response(line: &str) -> Response {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().expect("three cells").to_owned();
    let (status, template, sentence) = (cell(), cell(), cell());
    let body = serde_json::json!({ "detail": sentence }).to_string().into_bytes();
    Response { status: status.parse().expect("a status"), template, sentence, body }
}

/// A small generator of numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}
