//! Platforms above ours as they travel. A password is written and never read.

use domain::access::Subtree;
use domain::device::{SharedKinds, UpperTrouble};
use domain::ids::{RegionId, UnitId};
use platform::access::cascade::{SharedItem, SharedPreview, UpperSession, UpperView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};
use crate::problem::Problem;

/// A platform above ours, and how the line to it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpperPlatform {
    /// Id.
    pub id: Uuid,
    /// Name for people.
    pub name: String,
    /// Its 20 digits.
    pub server_gb_id: String,
    /// The domain of its addresses.
    pub domain: String,
    /// `host:port`.
    pub address: String,
    /// `udp` or `tcp`.
    pub transport: &'static str,
    /// Our 20 digits towards it.
    pub own_gb_id: String,
    /// The name we prove ourselves under; none: our 20 digits.
    pub user_name: Option<String>,
    /// Whether a password is kept.
    pub has_secret: bool,
    /// The region that it is shown; none where it is a unit.
    pub region_id: Option<Uuid>,
    /// The unit that it is shown; none where it is a region.
    pub unit_id: Option<Uuid>,
    /// The name of that region or unit.
    pub shown_name: String,
    /// What it may do.
    pub shares: Shares,
    /// Who wins when two upper platforms turn one camera: the lower number.
    pub ptz_priority: u8,
    /// Seconds between signs of life.
    pub keepalive_s: u32,
    /// Life of a registration in seconds.
    pub expires_s: u32,
    /// Switched off.
    pub disabled: bool,
    /// When it was entered.
    pub created_at: Moment,
    /// `disabled`, `connecting`, `registered`, `refused` or `unreachable`.
    pub state: &'static str,
    /// Since when.
    pub state_since: Moment,
    /// What was wrong last, a word of `upper_troubles`; none since it has taken our registration.
    pub trouble: Option<&'static str>,
    /// The same for a technician: the status of the refusal, or what the system said of the address.
    pub reason: Option<String>,
    /// When it last took our registration.
    pub registered_at: Option<Moment>,
    /// Items of the catalogue that it is shown.
    pub items: Option<usize>,
    /// Whether it is told what changes in the catalogue.
    pub is_subscribed: bool,
    /// Orders refused since the line began.
    pub refused_orders: u64,
    /// Alarms told since the line began.
    pub alarms_told: u64,
    /// Pictures on their way to it.
    pub sessions: Vec<SessionAbove>,
}

/// What an upper platform may do with the cameras that it is shown.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "four permissions, each given by itself")]
pub struct Shares {
    /// See them live.
    pub live: bool,
    /// Search and play their recordings.
    pub playback: bool,
    /// Turn them.
    pub ptz: bool,
    /// Be told of the alarms around them.
    pub alarms: bool,
}

/// Pictures on their way.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionAbove {
    /// The name of the camera.
    pub camera: String,
    /// Its 20 digits there.
    pub gb_id: String,
    /// `live`, `playback` or `download`.
    pub kind: &'static str,
    /// Since when.
    pub since: Moment,
    /// Frames sent.
    pub frames: u64,
    /// Bytes sent.
    pub bytes: u64,
}

/// A platform above ours to enter.
#[derive(Deserialize, ToSchema)]
pub struct NewUpperPlatform {
    /// Name for people, 1 to 100 characters.
    pub name: String,
    /// Its 20 digits.
    pub server_gb_id: String,
    /// The domain of its addresses; the first ten of its digits when absent.
    pub domain: Option<String>,
    /// `host:port`.
    pub address: String,
    /// `udp` or `tcp`.
    pub transport: String,
    /// Our 20 digits towards it; the platform's own id when absent.
    pub own_gb_id: Option<String>,
    /// The name we prove ourselves under; our 20 digits when absent.
    pub user_name: Option<String>,
    /// The password that it gave us.
    pub secret: Option<String>,
    /// The region that it is shown; this or `unit_id`.
    pub region_id: Option<Uuid>,
    /// The unit that it is shown; this or `region_id`.
    pub unit_id: Option<Uuid>,
    /// What it may do.
    pub shares: Shares,
    /// Who wins when two upper platforms turn one camera: the lower number, 1 to 255; 100 when absent.
    pub ptz_priority: Option<u8>,
    /// Seconds between signs of life, 5 to 300; 60 when absent.
    pub keepalive_s: Option<u32>,
    /// Life of a registration in seconds, 600 to 864000; 86400 when absent.
    pub expires_s: Option<u32>,
}

/// Changes to a platform above ours; what is absent stays.
#[derive(Deserialize, ToSchema)]
pub struct UpperPlatformPatch {
    /// Name for people.
    pub name: Option<String>,
    /// Its 20 digits.
    pub server_gb_id: Option<String>,
    /// The domain of its addresses.
    pub domain: Option<String>,
    /// `host:port`.
    pub address: Option<String>,
    /// `udp` or `tcp`.
    pub transport: Option<String>,
    /// Our 20 digits towards it.
    pub own_gb_id: Option<String>,
    /// The name we prove ourselves under; empty: our 20 digits.
    pub user_name: Option<String>,
    /// The password; empty removes it.
    pub secret: Option<String>,
    /// The region that it is shown from now on.
    pub region_id: Option<Uuid>,
    /// The unit that it is shown from now on.
    pub unit_id: Option<Uuid>,
    /// What it may do.
    pub shares: Option<Shares>,
    /// Who wins when two upper platforms turn one camera.
    pub ptz_priority: Option<u8>,
    /// Seconds between signs of life.
    pub keepalive_s: Option<u32>,
    /// Life of a registration in seconds.
    pub expires_s: Option<u32>,
    /// Switched off.
    pub disabled: Option<bool>,
}

/// What an upper platform is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedCatalogue {
    /// Regions.
    pub regions: usize,
    /// Units, as virtual organisations.
    pub units: usize,
    /// Cameras.
    pub cameras: usize,
    /// Of these, with pictures now.
    pub cameras_on: usize,
    /// Cameras left out because no camera may stand where they do.
    pub forbidden: usize,
    /// Cameras left out because one platform takes no more.
    pub beyond: usize,
    /// Items of this page, parents before children.
    pub items: Vec<SharedCatalogueItem>,
    /// Token for the page after this one; none at the end.
    pub next: Option<String>,
}

/// One item of a catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct SharedCatalogueItem {
    /// 20 digits, or a region's code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `ParentID` as it is sent.
    pub parent_id: Option<String>,
    /// `CivilCode`.
    pub civil_code: Option<String>,
    /// `ON` or `OFF`.
    pub status: Option<String>,
}

impl From<UpperView> for UpperPlatform {
    fn from(view: UpperView) -> Self {
        let (upper, standing) = (view.upper, view.standing);
        let (region_id, unit_id) = match upper.shown {
            Subtree::Region(id) => (Some(id.0), None),
            Subtree::Unit(id) => (None, Some(id.0)),
        };
        Self {
            id: upper.id.0,
            name: upper.name,
            server_gb_id: upper.server_gb_id.to_string(),
            domain: upper.domain,
            address: upper.address,
            transport: upper.transport.as_str(),
            own_gb_id: upper.own_gb_id.to_string(),
            user_name: upper.user_name,
            has_secret: view.has_secret,
            region_id,
            unit_id,
            shown_name: view.shown_name,
            shares: upper.shares.into(),
            ptz_priority: upper.ptz_priority,
            keepalive_s: upper.keepalive_s,
            expires_s: upper.expires_s,
            disabled: upper.disabled,
            created_at: upper.created_at.into(),
            state: standing.state.as_str(),
            state_since: standing.since.into(),
            trouble: standing.trouble.map(UpperTrouble::as_str),
            reason: standing.reason,
            registered_at: moment(standing.registered_at),
            items: standing.items,
            is_subscribed: standing.is_subscribed,
            refused_orders: standing.refused_orders,
            alarms_told: standing.alarms_told,
            sessions: standing.sessions.into_iter().map(SessionAbove::from).collect(),
        }
    }
}

impl From<UpperSession> for SessionAbove {
    fn from(one: UpperSession) -> Self {
        Self {
            camera: one.camera,
            gb_id: one.gb_id,
            kind: one.kind,
            since: one.since.into(),
            frames: one.frames,
            bytes: one.bytes,
        }
    }
}

impl From<SharedKinds> for Shares {
    fn from(kinds: SharedKinds) -> Self {
        Self { live: kinds.live, playback: kinds.playback, ptz: kinds.ptz, alarms: kinds.alarms }
    }
}

impl From<Shares> for SharedKinds {
    fn from(shares: Shares) -> Self {
        Self { live: shares.live, playback: shares.playback, ptz: shares.ptz, alarms: shares.alarms }
    }
}

impl From<SharedPreview> for SharedCatalogue {
    fn from(preview: SharedPreview) -> Self {
        let counts = preview.counts;
        Self {
            regions: counts.regions,
            units: counts.units,
            cameras: counts.cameras,
            cameras_on: counts.cameras_on,
            forbidden: counts.forbidden,
            beyond: counts.beyond,
            items: preview.page.items.into_iter().map(SharedCatalogueItem::from).collect(),
            next: preview.page.next,
        }
    }
}

impl From<SharedItem> for SharedCatalogueItem {
    fn from(item: SharedItem) -> Self {
        let SharedItem { id, name, parent_id, civil_code, status } = item;
        Self { id, name, parent_id, civil_code, status }
    }
}

/// The subtree that two fields name; none where neither does.
pub fn subtree(region_id: Option<Uuid>, unit_id: Option<Uuid>) -> Result<Option<Subtree>, Problem> {
    match (region_id, unit_id) {
        (None, None) => Ok(None),
        (Some(id), None) => Ok(Some(Subtree::Region(RegionId(id)))),
        (None, Some(id)) => Ok(Some(Subtree::Unit(UnitId(id)))),
        (Some(_), Some(_)) => Err(Problem::field("unit_id", "invalid", "a region or a unit, not both")),
    }
}
