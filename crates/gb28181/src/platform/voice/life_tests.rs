//! Every event in every state of a voice.

use super::*;

const EVENTS: [Event; 9] = [
    Event::Taken,
    Event::Declined,
    Event::Invited,
    Event::InvitedInVain,
    Event::Stands,
    Event::DialogOver,
    Event::Due,
    Event::HangUp,
    Event::Gone,
];

const STATES: [State; 6] =
    [State::Asked, State::Awaited, State::Answered, State::Speaking, State::Ending, State::Over];

/// One row per state, one cell per event in the order of `EVENTS`. A cell is the next state (`.` for the same) and the acts by their letters:
/// a accept, r refuse, e end the dialog, S started, O over.
const TABLE: [(&str, &str); 6] = [
    //          taken    declined invited     in vain stands     over   due      hang up  gone
    ("Asked", "Awaited: Over:O Answered:a Over:rO . . Over:O Over:O Over:O"),
    ("Awaited", ". Over:O Answered:a Over:rO . . Over:O Over:O Over:O"),
    ("Answered", ". . .:r .:r Speaking:S Over:O Ending:e Ending:e Ending:e"),
    ("Speaking", ". . .:r .:r . Over:O . Ending:e Ending:e"),
    ("Ending", ". . .:r .:r . Over:O . . ."),
    ("Over", ". . .:r .:r . . . . ."),
];

fn letter(act: Act) -> char {
    match act {
        Act::Accept => 'a',
        Act::Refuse => 'r',
        Act::EndDialog => 'e',
        Act::ReportStarted => 'S',
        Act::ReportOver => 'O',
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
fn a_voice_is_reported_over_exactly_once_and_every_invite_is_answered() {
    for state in STATES {
        for event in EVENTS {
            let Step { next, acts } = step(state, event);
            let ends = state != State::Over && next == State::Over;
            assert_eq!(acts.contains(&Act::ReportOver), ends, "{state:?} {event:?}");
            let is_invite = matches!(event, Event::Invited | Event::InvitedInVain);
            let is_answered = acts.iter().any(|act| matches!(act, Act::Accept | Act::Refuse));
            assert_eq!(is_answered, is_invite, "{state:?} {event:?}");
        }
    }
}
