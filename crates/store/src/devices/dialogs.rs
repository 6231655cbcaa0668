//! Dialogs that are open at devices. A device goes on sending until somebody says BYE, also when the platform has died; so a dialog is
//! written before it is used and forgotten when it has ended, and what is left after a restart is ended then.

use domain::device::{DialogPurpose, GbId};
use domain::ids::DeviceId;
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Most dialogs of one look; whoever ends them forgets them and looks again.
const MAX_DIALOGS: i64 = 10_000;
/// Longest Call-ID: ours are short, and a message that a device starts is not kept.
const CALL_ID_MAX_BYTES: usize = 255;
/// Longest dialog: two URIs, tags, a route and an SDP.
const DIALOG_MAX_BYTES: usize = 16 * 1024;

/// A dialog as it was when it was last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDialog {
    /// Its Call-ID.
    pub call_id: String,
    /// The device.
    pub device_id: DeviceId,
    /// The channel it is about; none where it is about the device.
    pub channel_gb_id: Option<GbId>,
    /// What it is open for.
    pub purpose: DialogPurpose,
    /// What the protocol needs to end it, JSON.
    pub dialog: String,
    /// Since when.
    pub opened_at: Timestamp,
}

impl Store {
    /// Writes a dialog down, or anew where it changed; `opened_at` stays. Limit for a longer one than is ever needed, Invalid for an
    /// unknown device.
    pub async fn remember_dialog(&self, open: &OpenDialog) -> Result<()> {
        if open.call_id.len() > CALL_ID_MAX_BYTES || open.dialog.len() > DIALOG_MAX_BYTES {
            return Err(StoreError::Limit(format!(
                "a Call-ID of {} bytes, at most {CALL_ID_MAX_BYTES}; a dialog of {}, at most {DIALOG_MAX_BYTES}",
                open.call_id.len(),
                open.dialog.len()
            )));
        }
        let sql = Sql::new(
            "insert into gb_dialog (call_id, device_id, channel_gb_id, purpose, dialog, opened_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (call_id) do update set device_id = excluded.device_id, channel_gb_id = excluded.channel_gb_id,
                 purpose = excluded.purpose, dialog = excluded.dialog",
        )
        .with(&open.call_id)
        .with(open.device_id.0)
        .with(open.channel_gb_id.as_ref().map(GbId::as_str))
        .with(open.purpose.as_str())
        .with(&open.dialog)
        .with(open.opened_at);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Forgets a dialog that has ended; true where it was there.
    pub async fn forget_dialog(&self, call_id: &str) -> Result<bool> {
        let sql = Sql::new("delete from gb_dialog where call_id = $1").with(call_id);
        Ok(self.pools.execute(sql).await? > 0)
    }

    /// Dialogs that nobody has forgotten, oldest first, also those of devices removed since.
    pub async fn open_dialogs(&self) -> Result<Vec<OpenDialog>> {
        let sql = Sql::new("select * from gb_dialog order by opened_at, call_id limit $1").with(MAX_DIALOGS);
        self.pools.fetch_all(sql).await?.iter().map(read_dialog).collect()
    }
}

fn read_dialog(row: &Row) -> Result<OpenDialog> {
    Ok(OpenDialog {
        call_id: row.text("call_id")?,
        device_id: row.id("device_id")?,
        channel_gb_id: row.id_opt("channel_gb_id")?,
        purpose: row.word("purpose", DialogPurpose::parse)?,
        dialog: row.text("dialog")?,
        opened_at: row.time("opened_at")?,
    })
}
