//! The catalog: which channels, groups and regions lie behind a device or platform (9.5, A.2.4.3, A.2.6.4, annex J).
//!
//! An answer comes in many messages with one SN; [`crate::answers`] puts them together. A notification is the same body with an event
//! at each item, and one example of 2016 even has the root `Response`, so both are one type.

mod codes;
mod info;
mod item;

pub use codes::{CatalogEvent, ItemStatus, PtzType, SecurityLevel};
pub use info::ItemInfo;
pub use item::CatalogItem;

use super::block::block;
use super::list::List;
use super::outcome::ResultCode;
use super::time::LocalTime;

block! {
    /// A question for the catalog. What it means depends on the id it is sent to: region, platform, device, group or organisation.
    #[derive(Default)]
    pub struct CatalogQuery {
        /// Only what was added since.
        start: Option<LocalTime> = "StartTime",
        /// Only what was added until.
        end: Option<LocalTime> = "EndTime",
    }
}

block! {
    /// One message of an answer or of a notification.
    #[derive(Default)]
    pub struct Catalog {
        /// The answer to a subscription has this and nothing else.
        result: Option<ResultCode> = "Result",
        /// How many items the whole answer has, in all its messages. What the device says; it may lie.
        sum_num: Option<u32> = "SumNum",
        /// The items of this message.
        items: List<CatalogItem> = "DeviceList",
    }
}
