//! The plain answer: it worked, or it did not.

use super::block::{block, codes};

codes! {
    /// `resultType` of A.2.1.
    pub enum ResultCode {
        /// It worked.
        Ok = "OK",
        /// It did not.
        Error = "ERROR",
    }
}

block! {
    /// An answer that says no more than whether it worked.
    pub struct Outcome {
        /// Whether it worked; some devices leave it out.
        result: Option<ResultCode> = "Result",
    }
}

impl Outcome {
    /// An answer of ours.
    pub fn new(worked: bool) -> Self {
        Self { result: Some(if worked { ResultCode::Ok } else { ResultCode::Error }) }
    }

    /// Whether it worked. An answer that does not say counts as a yes, because devices that refuse say so.
    pub fn worked(&self) -> bool {
        !matches!(self.result, Some(ResultCode::Error))
    }
}
