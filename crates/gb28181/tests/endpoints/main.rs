//! Platform and device talking to each other over a drawn-up network, on a clock that jumps from one event to the next.

mod alarms;
mod calls;
mod catalogs;
mod field;
mod hostile;
mod later;
mod media;
mod net;
mod quirks;
mod redirection;
mod registration;
mod stage;
mod voice;
