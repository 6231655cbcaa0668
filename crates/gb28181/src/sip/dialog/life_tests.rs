//! Every event in every state of a call.

use super::*;

const EVENTS: [Event; 16] = [
    Event::Provisional,
    Event::Success,
    Event::Failure,
    Event::InviteTimedOut,
    Event::HangUp,
    Event::Accept,
    Event::Reject,
    Event::AckArrived,
    Event::AckOverdue,
    Event::RepeatDue,
    Event::CancelArrived,
    Event::ByeArrived,
    Event::InfoArrived,
    Event::ReinviteArrived,
    Event::ByeAnswered,
    Event::ByeTimedOut,
];

const STATES: [State; 9] = [
    State::Calling,
    State::Ringing,
    State::CancelWaiting,
    State::Cancelling,
    State::Offered,
    State::Accepted,
    State::Confirmed,
    State::Ending,
    State::Ended,
];

/// One row per state, one cell per event in the order of `EVENTS`. A cell is the next state (`.` for the same) and the acts by their letters:
/// a ACK, c CANCEL, b BYE, k 200, g 481, n 488, K 200 to the INVITE, R refusal of the INVITE, C 487, S started, F failed, E ended,
/// U unconfirmed, I info.
const TABLE: [(&str, &str); 9] = [
    //                1xx       2xx           3xx-6xx   timeout    hang up     accept      reject    ACK         no ACK     repeat     CANCEL   BYE          INFO          re-INV BYE ok   BYE t/o
    ("Calling", "Ringing: Confirmed:aS Ended:F Ended:F CancelWaiting: . . . . . . Ended:kE .:g .:n . ."),
    ("Ringing", ". Confirmed:aS Ended:F Ended:cF Cancelling:c . . . . . . Ended:kE .:g .:n . ."),
    ("CancelWaiting", "Cancelling:c Ending:ab Ended:E Ended:E . . . . . . . Ended:kE .:g .:n . ."),
    ("Cancelling", ". Ending:ab Ended:E Ended:E . . . . . . . Ended:kE .:g .:n . ."),
    ("Offered", ". . . . Ended:RE Accepted:K Ended:RE . . . Ended:kCE Ended:kCE .:g .:n . ."),
    ("Accepted", ". . . . Ending:b . . Confirmed:S Ending:b .:K .:k Ended:kE Confirmed:SkI .:n . ."),
    ("Confirmed", ". .:a . . Ending:b . . . . . .:k Ended:kE .:kI .:n . ."),
    ("Ending", ". .:a . . . . . . . . .:k Ended:kE .:g .:g Ended:E Ended:U"),
    ("Ended", ". .:ab . . . . . . . . .:g .:g .:g .:g . ."),
];

fn letter(act: Act) -> char {
    match act {
        Act::SendAck => 'a',
        Act::SendCancel => 'c',
        Act::SendBye => 'b',
        Act::AnswerOk => 'k',
        Act::AnswerGone => 'g',
        Act::AnswerNotAcceptable => 'n',
        Act::AnswerInviteOk => 'K',
        Act::AnswerInviteRefused => 'R',
        Act::AnswerInviteCancelled => 'C',
        Act::ReportStarted => 'S',
        Act::ReportFailed => 'F',
        Act::ReportEnded => 'E',
        Act::ReportUnconfirmed => 'U',
        Act::ReportInfo => 'I',
    }
}

#[test]
fn every_event_in_every_state_does_what_the_table_says() {
    for (state, (name, row)) in STATES.into_iter().zip(TABLE) {
        assert_eq!(format!("{state:?}"), name);
        let cells: Vec<_> = row.split(' ').collect();
        assert_eq!(cells.len(), EVENTS.len(), "{name}");
        for (event, cell) in EVENTS.into_iter().zip(cells) {
            let Step { next, acts } = step(state, event);
            let letters: String = acts.iter().copied().map(letter).collect();
            let shown = if next == state { ".".to_owned() } else { format!("{next:?}") };
            let (wanted, wanted_letters) = cell.split_once(':').unwrap_or((cell, ""));
            assert_eq!((shown.as_str(), letters.as_str()), (wanted, wanted_letters), "{state:?} {event:?}");
        }
    }
}

#[test]
fn a_call_is_reported_over_exactly_once() {
    let is_end = |act: &Act| matches!(act, Act::ReportFailed | Act::ReportEnded | Act::ReportUnconfirmed);
    for state in STATES {
        for event in EVENTS {
            let Step { next, acts } = step(state, event);
            let ends = state != State::Ended && next == State::Ended;
            assert_eq!(
                acts.iter().filter(|act| is_end(act)).count(),
                usize::from(ends),
                "{state:?} {event:?}"
            );
        }
    }
}

#[test]
fn every_request_of_the_peer_is_answered() {
    for state in STATES {
        for event in [Event::ByeArrived, Event::InfoArrived, Event::ReinviteArrived] {
            let answered = step(state, event)
                .acts
                .iter()
                .any(|act| matches!(act, Act::AnswerOk | Act::AnswerGone | Act::AnswerNotAcceptable));
            assert!(answered, "{state:?} {event:?}");
        }
    }
}
