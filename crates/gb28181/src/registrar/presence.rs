//! Whether a device is there: three states, six events.

use super::effect::Change;

/// Whether a device is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Registered and heard lately.
    Online,
    /// Registered, but not heard for too long or without its connection. Any valid request brings it back.
    Silent,
    /// Not registered.
    Gone,
}

/// What happens to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PresenceEvent {
    /// A REGISTER was accepted.
    Registered,
    /// A REGISTER with `Expires: 0` was accepted.
    Unregistered,
    /// Any valid request or response.
    Heard,
    /// All keep-alives were missed.
    Missed,
    /// The connection broke.
    ConnectionLost,
    /// The registration ran out.
    Expired,
}

/// Decides the next state, and what is told.
pub fn change(presence: Presence, event: PresenceEvent) -> (Presence, Option<Change>) {
    use Presence as P;
    use PresenceEvent as E;
    match (presence, event) {
        (P::Online, E::Registered) => (P::Online, Some(Change::Renewed)),
        (P::Silent | P::Gone, E::Registered) => (P::Online, Some(Change::Registered)),
        (P::Online | P::Silent, E::Unregistered) => (P::Gone, Some(Change::Unregistered)),
        (P::Silent, E::Heard) => (P::Online, Some(Change::Returned)),
        (P::Online, E::Missed) => (P::Silent, Some(Change::FellSilent)),
        (P::Online, E::ConnectionLost) => (P::Silent, Some(Change::ConnectionLost)),
        (P::Online | P::Silent, E::Expired) => (P::Gone, Some(Change::Expired)),
        (P::Online, E::Heard)
        | (P::Silent, E::Missed | E::ConnectionLost)
        | (P::Gone, E::Unregistered | E::Heard | E::Missed | E::ConnectionLost | E::Expired) => {
            (presence, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_in_every_state_does_what_the_table_says() {
        use Change as C;
        use Presence::{Gone, Online, Silent};
        use PresenceEvent as E;
        let table = [
            (Online, E::Registered, Online, Some(C::Renewed)),
            (Online, E::Unregistered, Gone, Some(C::Unregistered)),
            (Online, E::Heard, Online, None),
            (Online, E::Missed, Silent, Some(C::FellSilent)),
            (Online, E::ConnectionLost, Silent, Some(C::ConnectionLost)),
            (Online, E::Expired, Gone, Some(C::Expired)),
            (Silent, E::Registered, Online, Some(C::Registered)),
            (Silent, E::Unregistered, Gone, Some(C::Unregistered)),
            (Silent, E::Heard, Online, Some(C::Returned)),
            (Silent, E::Missed, Silent, None),
            (Silent, E::ConnectionLost, Silent, None),
            (Silent, E::Expired, Gone, Some(C::Expired)),
            (Gone, E::Registered, Online, Some(C::Registered)),
            (Gone, E::Unregistered, Gone, None),
            (Gone, E::Heard, Gone, None),
            (Gone, E::Missed, Gone, None),
            (Gone, E::ConnectionLost, Gone, None),
            (Gone, E::Expired, Gone, None),
        ];
        for (presence, event, next, told) in table {
            assert_eq!(change(presence, event), (next, told), "{presence:?} {event:?}");
        }
    }
}
