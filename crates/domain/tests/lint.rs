//! The linter on the province's published notice, on our own drafts, on further notices, and on texts nobody would write.
#![allow(clippy::unwrap_used, reason = "a test may fail by unwrapping")]

#[path = "lint/corpus.rs"]
mod corpus;
#[path = "lint/drafts.rs"]
mod drafts;
#[path = "lint/hostile.rs"]
mod hostile;
#[path = "lint/published.rs"]
mod published;
#[path = "lint/relations.rs"]
mod relations;
