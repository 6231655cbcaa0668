//! What the stories need: the built program as a child process, and just enough HTTP to talk to it.
//!
//! The stories know the product only from outside: its command line, its messages, its API. Nothing here depends on
//! a crate of the product, so a story fails when a person would see a failure.

mod http;
mod program;
mod receiver;

pub use http::{Answer, Browser, EventStream};
pub use program::{Ended, Running, binary, run, run_with};
pub use receiver::{Delivery, Mood, Receiver};
