//! Orders to channels and devices: the head of a camera, presets and rounds, arming, a key frame, a restart, a card to be formatted.
//!
//! Who may look may turn, because a guard who sees smoke at the edge of a picture must turn the camera; who may enter devices may restart
//! them. Every order leaves a row, repeated turning one for ten minutes.

use domain::ids::{ChannelId, DeviceId};
use domain::role::Capability;
use gb28181::manscdp::control::{Command, PtzPrecise};
use gb28181::manscdp::preset::HomePosition;
use gb28181::ptz::{Focus, Iris, Pan, PresetAction, PtzCommand, ScanAction, Tilt, Zoom};

use super::line::wire_id;
use super::rows::device_object;
use crate::access::cascade;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Address of the camera behind a channel in a PTZ frame; a channel is one camera.
const PTZ_ADDRESS: u16 = 1;
/// Nearest that a head can be told to look; lenses and their digital half reach 500 times.
const ZOOM_MAX: f64 = 1_000.0;

/// How a head moves: signs are directions, sizes are speeds from 0 to 100 of a hundred.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MoveOrder {
    /// Left (−) and right (+), per cent of full speed.
    pub pan: i8,
    /// Down (−) and up (+), per cent of full speed.
    pub tilt: i8,
    /// Wider (−) and nearer (+), per cent of full speed.
    pub zoom: i8,
    /// Focus far (−) and near (+), per cent of full speed.
    pub focus: i8,
    /// Iris closed (−) and open (+), per cent of full speed.
    pub iris: i8,
}

/// An order to a channel.
#[derive(Debug, Clone, PartialEq)]
pub enum ChannelOrder {
    /// Move until told to stop.
    Move(MoveOrder),
    /// Stop everything that moves.
    Stop,
    /// Look at a preset, 1 to 255.
    PresetCall(u8),
    /// Remember where it looks.
    PresetSet(u8),
    /// Forget a preset.
    PresetDelete(u8),
    /// Begin a round of presets.
    CruiseStart(u8),
    /// Begin a scan from edge to edge.
    ScanStart(u8),
    /// Switch the wiper.
    Wiper(bool),
    /// Look precisely there (2022): degrees, degrees, times.
    Precise {
        /// Degrees, 0 to 360.
        pan_deg: Option<f64>,
        /// Degrees, −30 to 90.
        tilt_deg: Option<f64>,
        /// Times.
        zoom: Option<f64>,
    },
    /// Go home to a preset after a while of rest, or no more.
    Home {
        /// On or off.
        enabled: bool,
        /// After how many seconds.
        after_s: u32,
        /// Which preset.
        preset: u8,
    },
    /// Send a key frame now.
    KeyFrame,
    /// Record at the device, or stop to.
    Record(bool),
    /// Arm the point, or disarm it.
    Guard(bool),
}

/// An order to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceOrder {
    /// Start anew.
    Restart,
    /// Arm its alarm points, or disarm them.
    Guard(bool),
    /// Tell the catalogue anew.
    Catalogue,
    /// Format a memory card (2022), by its number; 0 for all. What is on it is lost.
    FormatCard(u32),
}

impl Platform {
    /// Orders a channel something and waits until the device took it.
    pub async fn order_channel(
        &self,
        ask: &Ask,
        id: ChannelId,
        order: &ChannelOrder,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let channel = self.inner.store.channel(&ask.access, id).await?;
        let device = self.inner.store.device(&ask.access, channel.device_id).await?.device;
        let command = order.command()?;
        if order.is_of_2022() {
            self.need_2022(wire_id(&device.gb_id)).await?;
        }
        let object = Object {
            id: Some(id.to_string()),
            name: Some(channel.entry.name.clone()),
            ..device_object(&device)
        };
        self.audit_look(ask, order.action(), object).await?;
        if order.action() == "camera_turn" {
            self.inner.cascade.turns.take(id, cascade::OURS, ask.now);
        }
        self.inner.line.order(wire_id(&device.gb_id), wire_id(&channel.entry.gb_id), command).await
    }

    /// Orders a device something and waits until it took it.
    pub async fn order_device(
        &self,
        ask: &Ask,
        id: DeviceId,
        order: DeviceOrder,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let device = self.inner.store.device(&ask.access, id).await?.device;
        let wire = wire_id(&device.gb_id);
        match order {
            DeviceOrder::Restart => {
                self.audit(ask, "device_restart", device_object(&device), "ok", None).await?;
                self.inner.line.order(wire, wire, Command::TeleBoot).await
            }
            DeviceOrder::Guard(set) => {
                let what = if set { "set" } else { "reset" };
                self.audit(ask, "device_guard", device_object(&device), "ok", Some(what.to_owned())).await?;
                self.inner.line.order(wire, wire, Command::Guard { set }).await
            }
            DeviceOrder::FormatCard(number) => {
                self.need_2022(wire).await?;
                let what = if number == 0 { "all".to_owned() } else { number.to_string() };
                self.audit(ask, "device_format_card", device_object(&device), "ok", Some(what)).await?;
                self.inner.line.order(wire, wire, Command::FormatSdCard(number)).await
            }
            DeviceOrder::Catalogue => {
                let asked = self
                    .inner
                    .line
                    .with(move |endpoint| {
                        let now = endpoint.now();
                        endpoint
                            .protocol
                            .ask_catalog(now, &endpoint.directory, (wire, wire.into()), &mut endpoint.effects)
                            .map(|_| ())
                    })
                    .await?;
                asked.map_err(super::line::refused)
            }
        }
    }
}

impl ChannelOrder {
    /// Whether only devices of 2022 understand it.
    fn is_of_2022(&self) -> bool {
        matches!(self, Self::Precise { .. })
    }

    /// The word for the audit register.
    fn action(&self) -> &'static str {
        match self {
            Self::Move(_)
            | Self::Stop
            | Self::Precise { .. }
            | Self::PresetCall(_)
            | Self::CruiseStart(_)
            | Self::ScanStart(_)
            | Self::Wiper(_)
            | Self::KeyFrame => "camera_turn",
            Self::PresetSet(_) | Self::PresetDelete(_) | Self::Home { .. } => "camera_preset",
            Self::Record(_) => "camera_record",
            Self::Guard(_) => "camera_guard",
        }
    }

    fn command(&self) -> Result<Command, PlatformError> {
        let head = |command: PtzCommand| Command::Ptz { frame: command.frame(PTZ_ADDRESS), params: None };
        Ok(match self {
            Self::Move(order) => head(order.command()?),
            Self::Stop => head(PtzCommand::Stop),
            Self::PresetCall(number) => head(preset(PresetAction::Call, *number)?),
            Self::PresetSet(number) => head(preset(PresetAction::Set, *number)?),
            Self::PresetDelete(number) => head(preset(PresetAction::Delete, *number)?),
            Self::CruiseStart(group) => head(PtzCommand::CruiseStart { group: *group }),
            Self::ScanStart(group) => head(PtzCommand::Scan { group: *group, action: ScanAction::Start }),
            Self::Wiper(on) => head(PtzCommand::Auxiliary { on: *on, number: 1 }),
            Self::Precise { pan_deg, tilt_deg, zoom } => {
                check_precise([*pan_deg, *tilt_deg, *zoom])?;
                Command::PtzPrecise(PtzPrecise { pan: *pan_deg, tilt: *tilt_deg, zoom: *zoom })
            }
            Self::Home { enabled, after_s, preset } => Command::HomePosition(HomePosition {
                enabled: Some(u8::from(*enabled)),
                reset_time_s: Some(*after_s),
                preset: Some(*preset),
            }),
            Self::KeyFrame => Command::KeyFrame,
            Self::Record(start) => Command::Record { start: *start, stream: None },
            Self::Guard(set) => Command::Guard { set: *set },
        })
    }
}

impl MoveOrder {
    fn command(self) -> Result<PtzCommand, PlatformError> {
        let all = [self.pan, self.tilt, self.zoom, self.focus, self.iris];
        if all.iter().any(|part| !(-100..=100).contains(part)) {
            return Err(PlatformError::field("move", "invalid", "speeds are −100 to 100 per cent"));
        }
        if self.focus != 0 || self.iris != 0 {
            let focus = (if self.focus > 0 { Focus::Near } else { Focus::Far }, speed(self.focus, 255));
            let iris = (if self.iris > 0 { Iris::Open } else { Iris::Close }, speed(self.iris, 255));
            return Ok(PtzCommand::Lens {
                iris: Some(iris).filter(|_| self.iris != 0),
                focus: Some(focus).filter(|_| self.focus != 0),
            });
        }
        let pan = (if self.pan > 0 { Pan::Right } else { Pan::Left }, speed(self.pan, 255));
        let tilt = (if self.tilt > 0 { Tilt::Up } else { Tilt::Down }, speed(self.tilt, 255));
        let zoom = (if self.zoom > 0 { Zoom::In } else { Zoom::Out }, speed(self.zoom, 15));
        if self == Self::default() {
            return Ok(PtzCommand::Stop);
        }
        Ok(PtzCommand::Move {
            pan: Some(pan).filter(|_| self.pan != 0),
            tilt: Some(tilt).filter(|_| self.tilt != 0),
            zoom: Some(zoom).filter(|_| self.zoom != 0),
        })
    }
}

/// What a head cannot reach is refused (2022, A.2.3.1.11): pan, tilt, zoom.
fn check_precise(wanted: [Option<f64>; 3]) -> Result<(), PlatformError> {
    let ranges = [(0.0..=360.0, "pan_deg"), (-30.0..=90.0, "tilt_deg"), (1.0..=ZOOM_MAX, "zoom")];
    for (value, (range, field)) in wanted.into_iter().zip(ranges) {
        if value.is_some_and(|value| !range.contains(&value)) {
            let message = format!("{} to {}", range.start(), range.end());
            return Err(PlatformError::field(field, "out_of_range", message));
        }
    }
    if wanted.iter().all(Option::is_none) {
        return Err(PlatformError::field("pan_deg", "missing", "say where to look"));
    }
    Ok(())
}

fn preset(action: PresetAction, number: u8) -> Result<PtzCommand, PlatformError> {
    if number == 0 {
        return Err(PlatformError::field("preset", "invalid", "presets are 1 to 255"));
    }
    Ok(PtzCommand::Preset(action, number))
}

/// Per cent of a full speed, at least the slowest.
fn speed(percent: i8, full: u16) -> u8 {
    let part = u16::from(percent.unsigned_abs()) * full / 100;
    u8::try_from(part.clamp(1, full)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_directions_and_sizes_are_speeds() {
        let order = MoveOrder { pan: -100, tilt: 50, ..MoveOrder::default() };
        let moved = PtzCommand::Move { pan: Some((Pan::Left, 255)), tilt: Some((Tilt::Up, 127)), zoom: None };
        assert_eq!(order.command().unwrap(), moved);
        assert_eq!(MoveOrder::default().command().unwrap(), PtzCommand::Stop);
        let wider = MoveOrder { zoom: -1, ..MoveOrder::default() };
        assert_eq!(
            wider.command().unwrap(),
            PtzCommand::Move { pan: None, tilt: None, zoom: Some((Zoom::Out, 1)) }
        );
    }

    #[test]
    fn what_no_head_can_reach_is_refused() {
        let precise = |pan_deg, tilt_deg, zoom| ChannelOrder::Precise { pan_deg, tilt_deg, zoom };
        assert!(precise(Some(359.9), Some(-30.0), Some(1.0)).command().is_ok());
        for order in [
            precise(Some(361.0), None, None),
            precise(None, Some(91.0), None),
            precise(None, None, Some(0.0)),
            precise(Some(f64::NAN), None, None),
            precise(None, None, None),
        ] {
            assert!(order.command().is_err(), "{order:?}");
        }
    }

    #[test]
    fn preset_zero_is_refused() {
        assert!(ChannelOrder::PresetCall(0).command().is_err());
        assert!(ChannelOrder::PresetCall(1).command().is_ok());
    }
}
