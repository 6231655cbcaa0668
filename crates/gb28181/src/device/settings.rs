//! Who the device is and where it registers.

use super::habits::Habits;
use crate::charset::Charset;
use crate::edition::Edition;
use crate::id::GbId;
use crate::profile::Dialect;
use crate::sip::{Patience, Peer};

/// Settings of a device.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its id.
    pub id: GbId,
    /// The name it proves itself under; none: its id.
    pub user_name: Option<String>,
    /// Its password.
    pub password: Vec<u8>,
    /// The id of the server.
    pub server_id: GbId,
    /// The server's domain.
    pub domain: String,
    /// How the server is reached.
    pub server: Peer,
    /// Its own `host:port` for `Via` and `Contact`.
    pub local: String,
    /// `User-Agent`.
    pub user_agent: String,
    /// Life of a registration that it asks for, in seconds.
    pub expires_s: u32,
    /// Seconds between signs of life.
    pub keepalive_s: u32,
    /// Signs of life without an answer after which it registers anew.
    pub keepalive_misses: u32,
    /// The edition it follows.
    pub edition: Edition,
    /// Its characters.
    pub charset: Charset,
    /// Bytes of a body with items of a catalog or with recordings, at most where more than one item is in it; none: so many items as
    /// recorders of the field put into one.
    pub batch_bytes: Option<usize>,
    /// How long requests are repeated.
    pub patience: Patience,
    /// Its oddities.
    pub habits: Habits,
}

impl Settings {
    /// The usual settings of a device that registers at a server of this id.
    pub fn new(id: GbId, password: &str, server_id: GbId, server: Peer, local: &str) -> Self {
        Self {
            id,
            user_name: None,
            password: password.as_bytes().to_vec(),
            server_id,
            domain: server_id.domain().to_owned(),
            server,
            local: local.to_owned(),
            user_agent: "Watchfire device".to_owned(),
            expires_s: 3_600,
            keepalive_s: 60,
            keepalive_misses: 3,
            edition: Edition::V2022,
            charset: Charset::Gb18030,
            batch_bytes: None,
            patience: Patience::default(),
            habits: Habits::default(),
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        Dialect::new(self.charset, self.edition)
    }
}
