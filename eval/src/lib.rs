//! How good is it? Scorers, trivial baselines, floors and results per case.
//!
//! A [`Task`] and a path to gold go in, an [`Outcome`] comes out: percentages by name, the same of a
//! trivial baseline on the same gold, and every case. The scorers ([`score`]) are pure functions of
//! two answers and are tested against cases worked out by hand; reading gold ([`gold`]) and asking
//! the stages ([`line`](mod@line)) are kept apart from them.
//!
//! ```no_run
//! use chancery_annotate::Kit;
//! use chancery_eval::{Task, run};
//! let outcome = run(Task::Times, "../shared/gold/meantime".as_ref(), Kit::embedded())?;
//! println!("{}", outcome.to_json_line());
//! # Ok::<(), chancery_eval::EvalError>(())
//! ```

mod baseline;
pub mod copies;
mod error;
pub mod floors;
pub mod gold;
pub mod line;
mod outcome;
pub mod score;
mod task;
mod tasks;

pub use error::EvalError;
pub use outcome::{Case, Outcome};
pub use task::{Task, run, run_all};
