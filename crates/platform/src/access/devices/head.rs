//! What a head is asked: its presets and rounds, where it goes home to, where it looks now. Asked from the device each time, because other
//! people turn it too.

use domain::ids::ChannelId;
use gb28181::manscdp::Body;
use gb28181::manscdp::cruise::CruiseTrackQuery;

use super::questions::beside_the_point;
use crate::{Ask, Platform, PlatformError};

/// A preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Its number, as the device names it.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
}

/// A round from preset to preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cruise {
    /// Its number.
    pub number: u16,
    /// Its name.
    pub name: Option<String>,
}

/// A stop of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CruiseStop {
    /// The preset.
    pub preset: u16,
    /// Seconds to stay.
    pub stay_s: Option<u32>,
    /// Speed on the way, as the device counts it.
    pub speed: Option<u32>,
}

/// Where a head goes when it has rested for a while.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Home {
    /// Whether it does.
    pub enabled: bool,
    /// After how many seconds.
    pub after_s: Option<u32>,
    /// To which preset.
    pub preset: Option<u8>,
}

/// Where a head looks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeadPosition {
    /// Degrees, 0 to 360.
    pub pan_deg: Option<f64>,
    /// Degrees, −30 to 90.
    pub tilt_deg: Option<f64>,
    /// Times.
    pub zoom: Option<f64>,
    /// Width of what is seen, degrees.
    pub width_deg: Option<f64>,
    /// Height of what is seen, degrees.
    pub height_deg: Option<f64>,
}

impl Platform {
    /// The presets of a channel.
    pub async fn presets(&self, ask: &Ask, id: ChannelId) -> Result<Vec<Preset>, PlatformError> {
        let at = self.channel_to_ask(ask, id).await?;
        let Body::Presets(told) = self.answer_of(at, Body::PresetQuery).await? else {
            return Err(beside_the_point());
        };
        let presets = told.presets.items.into_iter();
        Ok(presets.map(|preset| Preset { id: preset.id, name: preset.name }).collect())
    }

    /// The rounds of a channel of a device of 2022.
    pub async fn cruises(&self, ask: &Ask, id: ChannelId) -> Result<Vec<Cruise>, PlatformError> {
        let at = self.channel_to_ask(ask, id).await?;
        self.need_2022(at.0).await?;
        let Body::CruiseTracks(told) = self.answer_of(at, Body::CruiseTracksQuery).await? else {
            return Err(beside_the_point());
        };
        let rounds = told.tracks.items.into_iter();
        Ok(rounds.map(|round| Cruise { number: round.number, name: round.name }).collect())
    }

    /// The stops of one round, in order.
    pub async fn cruise(
        &self,
        ask: &Ask,
        id: ChannelId,
        number: u16,
    ) -> Result<Vec<CruiseStop>, PlatformError> {
        let at = self.channel_to_ask(ask, id).await?;
        self.need_2022(at.0).await?;
        let question = Body::CruiseTrackQuery(CruiseTrackQuery { number });
        let Body::CruiseTrack(told) = self.answer_of(at, question).await? else {
            return Err(beside_the_point());
        };
        let stops = told.points.items.into_iter();
        Ok(stops
            .map(|stop| CruiseStop { preset: stop.preset, stay_s: stop.stay_s, speed: stop.speed })
            .collect())
    }

    /// Where a channel of a device of 2022 goes home to; none where it has no home.
    pub async fn home(&self, ask: &Ask, id: ChannelId) -> Result<Option<Home>, PlatformError> {
        let at = self.channel_to_ask(ask, id).await?;
        self.need_2022(at.0).await?;
        let Body::HomePosition(told) = self.answer_of(at, Body::HomePositionQuery).await? else {
            return Err(beside_the_point());
        };
        Ok(told.home.map(|home| Home {
            enabled: home.enabled == Some(1),
            after_s: home.reset_time_s,
            preset: home.preset,
        }))
    }

    /// Where a channel of a device of 2022 looks.
    pub async fn head_position(&self, ask: &Ask, id: ChannelId) -> Result<HeadPosition, PlatformError> {
        let at = self.channel_to_ask(ask, id).await?;
        self.need_2022(at.0).await?;
        let Body::PtzPosition(told) = self.answer_of(at, Body::PtzPositionQuery).await? else {
            return Err(beside_the_point());
        };
        let number = |value: Option<f64>| value.filter(|value| value.is_finite());
        Ok(HeadPosition {
            pan_deg: number(told.pan),
            tilt_deg: number(told.tilt),
            zoom: number(told.zoom),
            width_deg: number(told.horizontal_angle),
            height_deg: number(told.vertical_angle),
        })
    }
}
