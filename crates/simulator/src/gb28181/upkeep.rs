//! What of a device can be looked after from the platform: its basic parameters and its memory card.

use super::apparatus::Surroundings;
use super::device::GbDevice;
use gb28181::manscdp::config::BasicParam;
use gb28181::manscdp::sd_card::{CardStatus, SdCard, SdCards};

/// How long the card is being formatted, in seconds: long enough to be seen, short enough to be waited for.
const FORMAT_S: i64 = 10;
/// The card: a common one of 64 GB, nearly full until it is formatted.
const CAPACITY_MB: u64 = 61_056;
const FREE_MB: u64 = 1_283;
/// Signs of life that may be missed, until the platform says otherwise.
const MISSES: u32 = 3;

/// Parameters and card of one device.
#[derive(Debug, Default)]
pub(super) struct Upkeep {
    // Of 200 000 devices, few are ever told anything.
    changed: Option<Box<BasicParam>>,
    formatted_s: Option<i64>,
    /// Whether the endpoint has to be told about changed parameters.
    pub is_retuned: bool,
}

impl Upkeep {
    /// The basic parameters as they are.
    pub fn parameters(&self, device: &GbDevice, surroundings: Surroundings) -> BasicParam {
        let changed = self.changed.as_deref().cloned().unwrap_or_default();
        BasicParam {
            name: changed.name.or_else(|| Some(device.name.to_string())),
            expiration_s: changed.expiration_s.or(Some(surroundings.expires_s)),
            heartbeat_interval_s: changed.heartbeat_interval_s.or(Some(surroundings.keepalive_s)),
            heartbeat_count: changed.heartbeat_count.or(Some(MISSES)),
            ..BasicParam::default()
        }
    }

    /// Takes parameters; an absent one stays. A spacing of no seconds is refused.
    pub fn change(&mut self, wanted: &BasicParam) -> bool {
        if wanted.heartbeat_interval_s == Some(0) || wanted.heartbeat_count == Some(0) {
            return false;
        }
        let changed = self.changed.get_or_insert_default();
        changed.name = wanted.name.clone().or(changed.name.take());
        changed.expiration_s = wanted.expiration_s.or(changed.expiration_s);
        changed.heartbeat_interval_s = wanted.heartbeat_interval_s.or(changed.heartbeat_interval_s);
        changed.heartbeat_count = wanted.heartbeat_count.or(changed.heartbeat_count);
        self.is_retuned = true;
        true
    }

    /// Begins to format the card; false where there is none of that number.
    pub fn format(&mut self, number: u32, now_s: i64) -> bool {
        let is_there = number <= 1;
        if is_there {
            self.formatted_s = Some(now_s);
        }
        is_there
    }

    /// The card at a moment.
    pub fn cards(&self, now_s: i64) -> SdCards {
        let since_s = self.formatted_s.map(|at_s| (now_s - at_s).max(0));
        let progress =
            since_s.filter(|since_s| *since_s < FORMAT_S).map(|since_s| (since_s * 100 / FORMAT_S) as u8);
        let status = if progress.is_some() { CardStatus::Formatting } else { CardStatus::Ok };
        let card = SdCard {
            id: 1,
            name: Some("SIMULATED".to_owned()),
            status: Some(status),
            format_progress: progress,
            capacity_mb: Some(CAPACITY_MB),
            free_mb: Some(if since_s.is_some() { CAPACITY_MB } else { FREE_MB }),
        };
        SdCards { sum_num: Some(1), cards: vec![card].into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_formatted_for_a_while_and_then_empty() {
        let mut upkeep = Upkeep::default();
        let seen = |upkeep: &Upkeep, now_s| {
            let card = upkeep.cards(now_s).cards.items.remove(0);
            (card.status, card.format_progress, card.free_mb)
        };
        assert_eq!(seen(&upkeep, 0), (Some(CardStatus::Ok), None, Some(FREE_MB)));
        assert!(!upkeep.format(2, 0), "there is one card");
        assert!(upkeep.format(0, 100), "0 means all");
        assert_eq!(seen(&upkeep, 105), (Some(CardStatus::Formatting), Some(50), Some(CAPACITY_MB)));
        assert_eq!(seen(&upkeep, 110), (Some(CardStatus::Ok), None, Some(CAPACITY_MB)));
    }
}
