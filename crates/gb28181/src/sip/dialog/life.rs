//! The life of a call: what happens in which state.

/// Who sent the INVITE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// We did.
    Caller,
    /// The peer did.
    Callee,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// INVITE sent, nothing heard.
    Calling,
    /// A provisional answer came.
    Ringing,
    /// To be withdrawn, but CANCEL may not be sent before a provisional answer (RFC 3261 9.1).
    CancelWaiting,
    /// CANCEL sent.
    Cancelling,
    /// INVITE received, not answered.
    Offered,
    /// 200 sent, ACK not yet received.
    Accepted,
    /// Both sides agree; media flows.
    Confirmed,
    /// BYE sent.
    Ending,
    /// Over.
    Ended,
}

/// What can happen to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// 1xx to the INVITE.
    Provisional,
    /// 2xx to the INVITE, also a repeated one.
    Success,
    /// 3xx to 6xx to the INVITE; the transaction has acknowledged it.
    Failure,
    /// No final answer to the INVITE.
    InviteTimedOut,
    /// Somebody here wants no more of it.
    HangUp,
    /// We take the peer's INVITE.
    Accept,
    /// We refuse the peer's INVITE.
    Reject,
    /// ACK of our 200.
    AckArrived,
    /// No ACK for 64 × T1.
    AckOverdue,
    /// Our 200 is to be sent again.
    RepeatDue,
    /// The peer withdraws its INVITE.
    CancelArrived,
    /// The peer ends the session.
    ByeArrived,
    /// Playback control of the peer.
    InfoArrived,
    /// A new INVITE inside the dialog.
    ReinviteArrived,
    /// Our BYE got a final answer, whichever.
    ByeAnswered,
    /// Our BYE got none.
    ByeTimedOut,
}

/// What is to be done, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Send ACK for a 2xx.
    SendAck,
    /// Send CANCEL.
    SendCancel,
    /// Send BYE.
    SendBye,
    /// Answer the request in hand with 200.
    AnswerOk,
    /// Answer the request in hand with 481.
    AnswerGone,
    /// Answer the request in hand with 488.
    AnswerNotAcceptable,
    /// Answer the peer's INVITE with 200 and our SDP.
    AnswerInviteOk,
    /// Answer the peer's INVITE with the refusal that was asked for.
    AnswerInviteRefused,
    /// Answer the peer's INVITE with 487.
    AnswerInviteCancelled,
    /// Tell that media may flow.
    ReportStarted,
    /// Tell that the peer said no or nothing.
    ReportFailed,
    /// Tell that it is over and both sides know.
    ReportEnded,
    /// Tell that it is over for us and the peer may not know: keep the identity, say BYE again later.
    ReportUnconfirmed,
    /// Tell that the peer sent playback control.
    ReportInfo,
}

/// The outcome of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The state afterwards.
    pub next: State,
    /// What to do.
    pub acts: &'static [Act],
}

/// Decides. Pairs that are not listed change nothing and do nothing.
#[expect(clippy::match_same_arms, reason = "grouped by phase, as a reader looks for them")]
pub fn step(state: State, event: Event) -> Step {
    use Act as A;
    use Event as E;
    use State as S;
    let (next, acts): (State, &'static [Act]) = match (state, event) {
        // Requests that no state but the matching one understands.
        (S::Ended, E::CancelArrived | E::ByeArrived | E::InfoArrived | E::ReinviteArrived)
        | (S::Calling | S::Ringing | S::CancelWaiting | S::Cancelling | S::Offered, E::InfoArrived)
        | (S::Ending, E::InfoArrived | E::ReinviteArrived) => (state, &[A::AnswerGone]),
        (_, E::ReinviteArrived) => (state, &[A::AnswerNotAcceptable]),

        // The caller before an answer.
        (S::Calling, E::Provisional) => (S::Ringing, &[]),
        (S::Calling, E::HangUp) => (S::CancelWaiting, &[]),
        (S::Ringing, E::HangUp) | (S::CancelWaiting, E::Provisional) => (S::Cancelling, &[A::SendCancel]),
        (S::Calling | S::Ringing, E::Success) => (S::Confirmed, &[A::SendAck, A::ReportStarted]),
        (S::Calling | S::Ringing, E::Failure) | (S::Calling, E::InviteTimedOut) => {
            (S::Ended, &[A::ReportFailed])
        }
        (S::Ringing, E::InviteTimedOut) => (S::Ended, &[A::SendCancel, A::ReportFailed]),
        // The 200 and the withdrawal crossed.
        (S::CancelWaiting | S::Cancelling, E::Success) => (S::Ending, &[A::SendAck, A::SendBye]),
        (S::CancelWaiting | S::Cancelling, E::Failure | E::InviteTimedOut) => (S::Ended, &[A::ReportEnded]),
        // BYE overtook the 200 on its way.
        (S::Calling | S::Ringing | S::CancelWaiting | S::Cancelling, E::ByeArrived) => {
            (S::Ended, &[A::AnswerOk, A::ReportEnded])
        }

        // The callee before the ACK.
        (S::Offered, E::Accept) => (S::Accepted, &[A::AnswerInviteOk]),
        (S::Offered, E::Reject | E::HangUp) => (S::Ended, &[A::AnswerInviteRefused, A::ReportEnded]),
        (S::Offered, E::CancelArrived | E::ByeArrived) => {
            (S::Ended, &[A::AnswerOk, A::AnswerInviteCancelled, A::ReportEnded])
        }
        (S::Accepted, E::AckArrived) => (S::Confirmed, &[A::ReportStarted]),
        // The ACK was lost, and the peer goes on as if we had it.
        (S::Accepted, E::InfoArrived) => (S::Confirmed, &[A::ReportStarted, A::AnswerOk, A::ReportInfo]),
        (S::Accepted, E::RepeatDue) => (S::Accepted, &[A::AnswerInviteOk]),
        (S::Accepted, E::AckOverdue | E::HangUp) => (S::Ending, &[A::SendBye]),

        // In the session.
        (S::Confirmed, E::HangUp) => (S::Ending, &[A::SendBye]),
        (S::Confirmed, E::InfoArrived) => (S::Confirmed, &[A::AnswerOk, A::ReportInfo]),
        (S::Accepted | S::Confirmed | S::Ending, E::ByeArrived) => (S::Ended, &[A::AnswerOk, A::ReportEnded]),
        // Too late to withdraw, RFC 3261 9.2: answered, without effect.
        (S::Accepted | S::Confirmed | S::Ending, E::CancelArrived) => (state, &[A::AnswerOk]),
        // Our ACK was lost.
        (S::Confirmed | S::Ending, E::Success) => (state, &[A::SendAck]),

        // Afterwards.
        (S::Ending, E::ByeAnswered) => (S::Ended, &[A::ReportEnded]),
        (S::Ending, E::ByeTimedOut) => (S::Ended, &[A::ReportUnconfirmed]),
        // The device answered a call that we gave up.
        (S::Ended, E::Success) => (S::Ended, &[A::SendAck, A::SendBye]),
        _ => (state, &[]),
    };
    Step { next, acts }
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
