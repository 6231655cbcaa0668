//! Pages by key: a list is cut after a row, never at a number of rows, so that rows arriving meanwhile neither repeat nor hide others.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Result, StoreError};

/// Most rows of one page; more is asked for page by page.
pub const MAX_PAGE: u32 = 200;

/// Longest token accepted, before it is decoded.
const MAX_TOKEN_BYTES: usize = 4096;

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// Rows in the order of the list.
    pub items: Vec<T>,
    /// Token for the page after this one; none at the end.
    pub next: Option<String>,
}

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageAsk {
    /// Rows wanted, brought into 1 to [`MAX_PAGE`].
    pub limit: u32,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl PageAsk {
    /// The first page of `limit` rows.
    pub fn first(limit: u32) -> Self {
        Self { limit, after: None }
    }

    /// The page after `token`.
    pub fn after(limit: u32, token: impl Into<String>) -> Self {
        Self { limit, after: Some(token.into()) }
    }

    fn rows(&self) -> usize {
        self.limit.clamp(1, MAX_PAGE) as usize
    }

    /// Rows to fetch: one more than wanted tells whether there is a next page.
    pub(crate) fn fetch(&self) -> i64 {
        self.rows() as i64 + 1
    }

    /// The key to go on after.
    pub(crate) fn key<K: DeserializeOwned>(&self) -> Result<Option<K>> {
        let Some(token) = &self.after else { return Ok(None) };
        let bad = || StoreError::Invalid("after: not a page token of this list".to_owned());
        if token.len() > MAX_TOKEN_BYTES {
            return Err(bad());
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| bad())?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| bad())
    }

    /// Cuts the fetched rows to the page; `key` reads the sort key of the last one.
    pub(crate) fn cut<T, K: Serialize>(&self, mut items: Vec<T>, key: impl Fn(&T) -> K) -> Page<T> {
        let more = items.len() > self.rows();
        items.truncate(self.rows());
        let next = if more {
            items
                .last()
                .and_then(|last| serde_json::to_vec(&key(last)).ok())
                .map(|k| URL_SAFE_NO_PAD.encode(k))
        } else {
            None
        };
        Page { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_a_foreign_one_is_refused() {
        let ask = PageAsk::first(2);
        let page = ask.cut(vec![1_i64, 2, 3], |n| (*n, "名"));
        assert_eq!(page.items, [1, 2]);
        let ask = PageAsk::after(2, page.next.unwrap());
        assert_eq!(ask.key::<(i64, String)>().unwrap(), Some((2, "名".to_owned())));
        assert!(ask.key::<(String, String)>().is_err());
        assert!(PageAsk::after(2, "'; drop table unit --").key::<i64>().is_err());
        assert!(PageAsk::after(2, "x".repeat(5000)).key::<i64>().is_err());
    }

    #[test]
    fn limits_are_kept() {
        assert_eq!(PageAsk::first(0).fetch(), 2);
        assert_eq!(PageAsk::first(9999).fetch(), 201);
    }
}
