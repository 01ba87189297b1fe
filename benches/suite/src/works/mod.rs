//! The works: each beside its peer, with the goals for their ratio.

use crate::inputs;

mod bodies;
mod compiling;
mod decoding;
mod servers;

/// A work: does it once with the input of this number, and gives something of the result.
pub(crate) type Work = Box<dyn Fn(usize) -> usize>;

/// Makes a work and its inputs, when it is asked for: a run of one work does not pay for another.
pub(crate) type Make = Box<dyn Fn() -> Work>;

/// A work and its peer.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) ours: Make,
    pub(crate) peer: Make,
    pub(crate) goals: Goals,
    /// How many operations make a round over the inputs.
    pub(crate) round: usize,
}

/// The goals for the ratio of a work to its peer; none where the ratio is only of interest.
#[derive(Clone, Copy)]
pub(crate) struct Goals {
    /// For the ratio of instructions.
    pub(crate) instructions: Option<f64>,
    /// For the ratio of times.
    pub(crate) times: Option<f64>,
}

impl Goals {
    const NONE: Self = Self { instructions: None, times: None };

    fn instructions(ratio: f64) -> Self {
        Self { instructions: Some(ratio), times: None }
    }

    fn times(ratio: f64) -> Self {
        Self { instructions: None, times: Some(ratio) }
    }
}

fn pair(
    name: impl Into<String>,
    goals: Goals,
    ours: impl Fn() -> Work + 'static,
    peer: impl Fn() -> Work + 'static,
) -> Pair {
    Pair {
        name: name.into(),
        ours: Box::new(ours),
        peer: Box::new(peer),
        goals,
        round: inputs::COUNT,
    }
}

/// All works.
pub(crate) fn pairs() -> Vec<Pair> {
    let mut pairs = bodies::pairs();
    pairs.extend(servers::pairs());
    pairs.extend(decoding::pairs());
    pairs.extend(compiling::pairs());
    pairs
}
