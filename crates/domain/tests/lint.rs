//! The linter on the province's published notice, on further notices, and on texts nobody would write.

#[path = "lint/corpus.rs"]
mod corpus;
#[path = "lint/hostile.rs"]
mod hostile;
#[path = "lint/published.rs"]
mod published;
