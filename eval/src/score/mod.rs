//! Scorers: pure functions of the gold's answer and the system's. No I/O here.

mod clusters;
pub mod conll;
mod coreference;
mod counts;
mod distance;
pub mod spans;
pub mod timelines;
mod timex;
pub mod when;

pub use clusters::{Clustering, b_cubed, pairwise};
pub use coreference::{CoreferenceCounts, coreference, pronouns};
pub use counts::{Counts, Share};
pub use distance::{NEAR_KM, kilometres};
pub use timex::{Timex, TimexCounts, score_times};
