//! XML as devices send it: a tolerant, bounded reader and a plain writer.
//!
//! The reader makes a flat tree of elements. It is made for damage: control characters vanish (WVP#291), an end tag without a beginning is
//! ignored, one that closes an outer element closes the inner ones too, markup that never ends is text lost and nothing
//! else, an `Item` inside an `Item` is its sibling. So one broken item costs one item. Attributes become child elements, which makes the
//! attribute form of odd vendors (`<Response CmdType="Catalog" SN="1">`) read like the standard's.
//!
//! It is bounded: bytes, elements, depth and text have limits, and a document type is refused, so there are no entities
//! to blow up.

mod element;
mod heal;
mod node;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use element::Element;
pub(crate) use heal::without_controls;
pub(crate) use node::{Fields, Node};
pub(crate) use read::Document;
pub(crate) use write::Writer;

/// The largest body that is read. A catalog message may hold 10,000 items of about 800 bytes (A.2.6.4).
pub const BODY_BYTES_MAX: usize = 12 * 1024 * 1024;

/// Elements and attributes in one body: 10,000 items with all 45 fields of both editions, and room.
pub const ELEMENTS_MAX: usize = 600_000;

/// How deep elements may nest; the standard's deepest body, a recording plan, takes 7.
pub const DEPTH_MAX: usize = 24;

/// The longest text of one element. The longest known are addresses for uploads and vendors' extra information.
pub const TEXT_BYTES_MAX: usize = 16 * 1024;

/// How many bytes are looked at a second time after markup that never ends. Honest damage takes a few lines; a body made of broken
/// markup would otherwise cost the square of its length.
pub const RESCAN_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Why a body is refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// More than [`BODY_BYTES_MAX`].
    #[error("the body has {0} bytes, more than {BODY_BYTES_MAX}")]
    TooLarge(usize),
    /// More than [`ELEMENTS_MAX`].
    #[error("the body has more than {ELEMENTS_MAX} elements and attributes")]
    TooManyElements,
    /// More than [`DEPTH_MAX`].
    #[error("elements are nested more than {DEPTH_MAX} deep at byte {0}")]
    TooDeep(usize),
    /// More than [`RESCAN_BYTES_MAX`].
    #[error("the markup is broken in too many places")]
    TooBroken,
    /// A document type could declare entities; no device sends one.
    #[error("a document type stands at byte {0}; it is refused")]
    DocumentType(usize),
    /// No element at all.
    #[error("the body has no element")]
    NoElement,
}
