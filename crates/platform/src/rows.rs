//! The row types that desks answer with, for callers that must not know the store.

pub use store::*;
