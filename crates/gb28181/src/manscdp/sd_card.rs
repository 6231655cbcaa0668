//! Memory cards in cameras (2022, A.2.4.14, A.2.6.16).

use super::block::{block, codes};
use super::list::{Entry, List};

codes! {
    /// How a card is.
    pub enum CardStatus {
        /// In use.
        Ok = "ok",
        /// Being formatted.
        Formatting = "formatting",
        /// Not formatted.
        Unformatted = "unformatted",
        /// Not in use.
        Idle = "idle",
        /// Broken.
        Error = "error",
    }
}

block! {
    /// The answer to a query for the cards.
    #[derive(Default)]
    pub struct SdCards {
        /// How many there are.
        sum_num: Option<u32> = "SumNum",
        /// The cards.
        cards: List<SdCard> = "SDCardStatusInfo",
    }
}

block! {
    /// A card.
    pub struct SdCard {
        /// Its number.
        id: u32 = "ID",
        /// Its name.
        name: Option<String> = "HddName",
        /// How it is.
        status: Option<CardStatus> = "Status",
        /// Per cent, while it is being formatted.
        format_progress: Option<u8> = "FormatProgress",
        /// Megabytes.
        capacity_mb: Option<u64> = "Capacity",
        /// Megabytes.
        free_mb: Option<u64> = "FreeSpace",
    }
}

impl Entry for SdCard {}
