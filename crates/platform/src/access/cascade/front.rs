//! What stands behind the endpoint towards an upper platform: it answers what it knows and writes down what somebody else has to be asked.
//!
//! It must not wait, so it looks at a snapshot of the tree, decides what the upper platform may, and leaves [`Wish`]es for the line.

use std::sync::Arc;

use gb28181::device::{Accepted, Declined, Equipment, Handling, Invitation};
use gb28181::id::CatalogId;
use gb28181::manscdp::Body;
use gb28181::manscdp::catalog::CatalogItem;
use gb28181::manscdp::control::Command;
use gb28181::manscdp::device_info::DeviceInfo;
use gb28181::manscdp::device_status::{DeviceStatus, Online};
use gb28181::manscdp::keepalive::Health;
use gb28181::manscdp::outcome::ResultCode;
use gb28181::manscdp::record_info::{RecordInfoQuery, Recording};
use gb28181::sdp::SessionKind;
use store::UpperPlatform;

use super::items::MAKER;
use super::tree::{Shown, Tree};
use crate::Platform;

/// Pictures to one upper platform at once.
const SESSIONS_MAX: usize = 256;
/// Questions and orders of one upper platform that wait for a device at once.
pub(super) const WISHES_MAX: usize = 64;

const NOT_FOUND: Declined = Declined { status: 404, reason: "Not Found" };
const FORBIDDEN: Declined = Declined { status: 403, reason: "Forbidden" };
const BUSY: Declined = Declined { status: 486, reason: "Busy Here" };
const NO_FORMAT: Declined = Declined { status: 488, reason: "Not Acceptable Here" };

/// Something that somebody else has to be asked for.
#[derive(Debug)]
pub(super) enum Wish {
    /// Pictures.
    Pictures(Box<Invitation>, Box<Shown>),
    /// A question or order to a device, under the number of the upper platform's message.
    Ask { sn: u64, about: CatalogId, shown: Box<Shown>, body: Box<Body> },
}

/// The equipment.
pub(super) struct Front {
    pub(super) platform: Platform,
    pub(super) upper: Arc<UpperPlatform>,
    pub(super) tree: Tree,
    pub(super) wishes: Vec<Wish>,
    /// Sessions that stand or are thought about.
    pub(super) sessions: usize,
    /// Wishes that are being fulfilled.
    pub(super) asking: usize,
    /// Orders refused since the start.
    pub(super) refused: u64,
}

impl Front {
    /// Whether an order may be handed on, and to which camera.
    fn may_order(&mut self, about: CatalogId, command: &Command) -> Result<Shown, Declined> {
        let turns =
            matches!(command, Command::Ptz { .. } | Command::PtzPrecise(_) | Command::HomePosition(_))
                || matches!(command, Command::DragZoomIn(_) | Command::DragZoomOut(_));
        // A restart, firmware, recording and arming are the school's own business.
        if !turns && !matches!(command, Command::KeyFrame) {
            return Err(FORBIDDEN);
        }
        let shown = self.shown(about)?;
        let Some((channel, _)) = shown.channel else { return Err(NO_FORMAT) };
        if !turns {
            return if self.upper.shares.live { Ok(shown) } else { Err(FORBIDDEN) };
        }
        let (rank, now) = (self.upper.ptz_priority, self.platform.surroundings().now());
        if !self.upper.shares.ptz || !self.platform.inner.cascade.turns.take(channel, rank, now) {
            return Err(FORBIDDEN);
        }
        Ok(shown)
    }

    /// Whether a question about a camera may be handed on.
    fn may_ask(&self, about: CatalogId, body: &Body) -> Result<Shown, Declined> {
        let shares = self.upper.shares;
        let is_shared = match body {
            Body::RecordInfoQuery(_) => shares.playback,
            _ => shares.ptz,
        };
        if !is_shared {
            return Err(FORBIDDEN);
        }
        let shown = self.shown(about)?;
        if shown.channel.is_some() { Ok(shown) } else { Err(NO_FORMAT) }
    }

    fn shown(&self, about: CatalogId) -> Result<Shown, Declined> {
        about.device().and_then(|id| self.tree.camera(&id)).cloned().ok_or(NOT_FOUND)
    }

    fn wish(&mut self, sn: u64, about: CatalogId, shown: Shown, body: &Body) -> Handling {
        if self.asking + self.wishes.len() >= WISHES_MAX {
            return Handling::Refuse(BUSY);
        }
        let (shown, body) = (Box::new(shown), Box::new(body.clone()));
        self.wishes.push(Wish::Ask { sn, about, shown, body });
        Handling::Later
    }

    fn may_look(&self, invitation: &Invitation) -> Result<Shown, Declined> {
        let shares = self.upper.shares;
        let is_shared = match invitation.kind {
            SessionKind::Play => shares.live,
            SessionKind::Playback | SessionKind::Download => shares.playback,
            SessionKind::Talk | SessionKind::Raw(_) => return Err(NO_FORMAT),
        };
        if !is_shared {
            return Err(FORBIDDEN);
        }
        let shown = self.tree.camera(&invitation.channel).cloned().ok_or(NOT_FOUND)?;
        let is_recording = invitation.kind != SessionKind::Play;
        if invitation.program_stream.is_none() || (is_recording && shown.channel.is_none()) {
            return Err(NO_FORMAT);
        }
        if self.sessions >= SESSIONS_MAX { Err(BUSY) } else { Ok(shown) }
    }
}

impl Equipment for Front {
    fn info(&self) -> DeviceInfo {
        let (_, _, cameras) = self.tree.counts();
        DeviceInfo {
            name: self.tree.items().next().and_then(|item| item.name.clone()),
            result: Some(ResultCode::Ok),
            manufacturer: Some(MAKER.to_owned()),
            model: Some(MAKER.to_owned()),
            firmware: Some(env!("CARGO_PKG_VERSION").to_owned()),
            channels: u32::try_from(cameras).ok(),
        }
    }

    fn status(&self) -> DeviceStatus {
        DeviceStatus {
            result: Some(ResultCode::Ok),
            online: Some(Online::Online),
            status: Some(Health::Ok),
            ..DeviceStatus::default()
        }
    }

    fn catalog(&self, about: CatalogId) -> Vec<CatalogItem> {
        self.tree.below(about)
    }

    fn recordings(&self, _: CatalogId, _: &RecordInfoQuery) -> Vec<Recording> {
        Vec::new()
    }

    fn answer(&mut self, _: CatalogId, _: &Body) -> Option<Body> {
        None
    }

    fn order(&mut self, _: CatalogId, _: &Command) -> bool {
        false
    }

    fn invited(&mut self, _: &Invitation) -> Result<Accepted, Declined> {
        Err(NOT_FOUND)
    }

    fn handling(&mut self, sn: u64, about: CatalogId, body: &Body) -> Handling {
        let allowed = match body {
            Body::CatalogQuery(_) | Body::DeviceInfoQuery | Body::DeviceStatusQuery => return Handling::Now,
            Body::DeviceControl(control) => self.may_order(about, &control.command),
            Body::RecordInfoQuery(_)
            | Body::PresetQuery
            | Body::HomePositionQuery
            | Body::PtzPositionQuery => self.may_ask(about, body),
            // Settings of devices are not shown to those above, and nobody subscribes by MESSAGE.
            _ => Err(FORBIDDEN),
        };
        match allowed {
            Ok(shown) => self.wish(sn, about, shown, body),
            Err(declined) => {
                self.refused += u64::from(matches!(body, Body::DeviceControl(_)));
                Handling::Refuse(declined)
            }
        }
    }

    fn handling_of_invitation(&mut self, invitation: &Invitation) -> Handling {
        match self.may_look(invitation) {
            Ok(shown) => {
                self.sessions += 1;
                self.wishes.push(Wish::Pictures(Box::new(invitation.clone()), Box::new(shown)));
                Handling::Later
            }
            Err(declined) => Handling::Refuse(declined),
        }
    }
}
