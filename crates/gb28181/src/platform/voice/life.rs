//! The life of a voice: what happens in which state.

/// Where a voice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// The notification is on its way.
    Asked,
    /// The device has taken it; its INVITE is waited for.
    Awaited,
    /// Its INVITE has our 200; the ACK is waited for.
    Answered,
    /// Sound may flow.
    Speaking,
    /// Our BYE is on its way.
    Ending,
    /// Over.
    Over,
}

/// What can happen to a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Event {
    /// The notification has its 200, or the device said that it will listen.
    Taken,
    /// The device refused the notification, did not answer it, or said that it will not listen.
    Declined,
    /// An INVITE of the device asks for sound that we can send.
    Invited,
    /// An INVITE of the device asks for something else.
    InvitedInVain,
    /// The dialog stands: the ACK came.
    Stands,
    /// The dialog is over.
    DialogOver,
    /// It has been waited for long enough.
    Due,
    /// Nobody here wants to speak any more.
    HangUp,
    /// The device went offline.
    Gone,
}

/// What is to be done, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Act {
    /// Take the INVITE in hand.
    Accept,
    /// Refuse the INVITE in hand.
    Refuse,
    /// End the dialog.
    EndDialog,
    /// Tell that sound may flow.
    ReportStarted,
    /// Tell that it is over.
    ReportOver,
}

/// The outcome of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// The state afterwards.
    pub next: State,
    /// What to do.
    pub acts: &'static [Act],
}

/// Decides. Pairs that are not listed change nothing and do nothing.
#[expect(clippy::match_same_arms, reason = "grouped by phase, as a reader looks for them")]
pub(super) fn step(state: State, event: Event) -> Step {
    use Act as A;
    use Event as E;
    use State as S;
    let (next, acts): (State, &'static [Act]) = match (state, event) {
        // Before the dialog. The INVITE may overtake the 200.
        (S::Asked, E::Taken) => (S::Awaited, &[]),
        (S::Asked | S::Awaited, E::Invited) => (S::Answered, &[A::Accept]),
        (S::Asked | S::Awaited, E::InvitedInVain) => (S::Over, &[A::Refuse, A::ReportOver]),
        (S::Asked | S::Awaited, E::Declined | E::Due | E::HangUp | E::Gone) => (S::Over, &[A::ReportOver]),

        // In the dialog. A second INVITE is not what was asked for.
        (S::Answered, E::Stands) => (S::Speaking, &[A::ReportStarted]),
        (S::Answered, E::Due) | (S::Answered | S::Speaking, E::HangUp | E::Gone) => {
            (S::Ending, &[A::EndDialog])
        }
        (S::Answered | S::Speaking | S::Ending, E::DialogOver) => (S::Over, &[A::ReportOver]),
        (S::Answered | S::Speaking | S::Ending | S::Over, E::Invited | E::InvitedInVain) => {
            (state, &[A::Refuse])
        }
        _ => (state, &[]),
    };
    Step { next, acts }
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
