//! Every message that the standard has, by its root element and command.

use super::alarm::{Alarm, AlarmQuery};
use super::block::Part;
use super::broadcast::Broadcast;
use super::catalog::{Catalog, CatalogQuery};
use super::config::{ConfigAnswer, ConfigQuery, DeviceConfig};
use super::control::DeviceControl;
use super::cruise::{CruiseTrack, CruiseTrackQuery, CruiseTracks};
use super::device_info::DeviceInfo;
use super::device_status::DeviceStatus;
use super::keepalive::Keepalive;
use super::media_status::MediaStatus;
use super::mobile_position::{MobilePosition, MobilePositionQuery};
use super::outcome::Outcome;
use super::preset::{HomePositionAnswer, Presets};
use super::ptz_position::PtzPosition;
use super::record_info::{RecordInfo, RecordInfoQuery};
use super::sd_card::SdCards;
use super::upgrade::UpgradeResult;
use super::upload::{SnapShotsUploaded, VideoUpload};
use super::xml::{Element, Node, Writer};

/// The root element: what sort of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Root {
    /// An order.
    Control,
    /// A question.
    Query,
    /// News.
    Notify,
    /// An answer.
    Response,
}

impl Root {
    /// Its element.
    pub fn name(self) -> &'static str {
        match self {
            Self::Control => "Control",
            Self::Query => "Query",
            Self::Notify => "Notify",
            Self::Response => "Response",
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        let all = [Self::Control, Self::Query, Self::Notify, Self::Response];
        all.into_iter().find(|root| root.name().eq_ignore_ascii_case(name))
    }
}

macro_rules! bodies {
    ($($(#[$meta:meta])* $root:ident $cmd:literal $Variant:ident $(($it:ident : $type:ty))?,)*) => {
        /// What a message says.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Body {
            $($(#[$meta])* $Variant $(($type))?,)*
            /// A command that the standard does not know; the whole root element is kept.
            Raw {
                /// What sort of message.
                root: Root,
                /// Its command.
                cmd_type: String,
                /// What stands in it, command, SN and id excepted.
                content: Vec<Element>,
            },
        }

        impl Body {
            /// What sort of message it is.
            pub fn root(&self) -> Root {
                match self {
                    $(Self::$Variant $((bodies!(@any $type)))? => Root::$root,)*
                    Self::Raw { root, .. } => *root,
                }
            }

            /// Its command.
            pub fn cmd_type(&self) -> &str {
                match self {
                    $(Self::$Variant $((bodies!(@any $type)))? => $cmd,)*
                    Self::Raw { cmd_type, .. } => cmd_type,
                }
            }

            /// Reads the body of a command; `None` when a field is absent that it cannot do without.
            pub(super) fn read(root: Root, cmd_type: &str, node: Node<'_>) -> Option<Self> {
                $(if root == Root::$root && cmd_type.eq_ignore_ascii_case($cmd) {
                    return Some(Self::$Variant $((<$type as Part>::read_fields(node)?))?);
                })*
                Some(Self::raw(root, cmd_type, node))
            }

            pub(super) fn write(&self, out: &mut Writer) {
                match self {
                    $(Self::$Variant $(($it))? => { $($it.write_fields(out);)? })*
                    Self::Raw { content, .. } => content.iter().for_each(|element| element.write(out)),
                }
            }
        }
    };
    (@any $type:ty) => { _ };
}

bodies! {
    /// A sign of life.
    Notify "Keepalive" Keepalive(it: Keepalive),
    /// A question or subscription for the catalog.
    Query "Catalog" CatalogQuery(it: CatalogQuery),
    /// A message of its answer.
    Response "Catalog" Catalog(it: Catalog),
    /// News of the catalog.
    Notify "Catalog" CatalogNotify(it: Catalog),
    /// Who are you?
    Query "DeviceInfo" DeviceInfoQuery,
    /// The answer.
    Response "DeviceInfo" DeviceInfo(it: DeviceInfo),
    /// How are you?
    Query "DeviceStatus" DeviceStatusQuery,
    /// The answer.
    Response "DeviceStatus" DeviceStatus(it: DeviceStatus),
    /// A question for recordings.
    Query "RecordInfo" RecordInfoQuery(it: RecordInfoQuery),
    /// A message of its answer.
    Response "RecordInfo" RecordInfo(it: RecordInfo),
    /// A question or subscription for positions.
    Query "MobilePosition" MobilePositionQuery(it: MobilePositionQuery),
    /// News of positions.
    Notify "MobilePosition" MobilePosition(it: MobilePosition),
    /// The answer to the subscription.
    Response "MobilePosition" MobilePositionAnswer(it: Outcome),
    /// The end of a file.
    Notify "MediaStatus" MediaStatus(it: MediaStatus),
    /// Somebody wants to speak.
    Notify "Broadcast" Broadcast(it: Broadcast),
    /// May they?
    Response "Broadcast" BroadcastAnswer(it: Outcome),
    /// A question or subscription for alarms.
    Query "Alarm" AlarmQuery(it: AlarmQuery),
    /// An alarm.
    Notify "Alarm" Alarm(it: Alarm),
    /// The answer to an alarm, or to a subscription.
    Response "Alarm" AlarmAnswer(it: Outcome),
    /// An order.
    Control "DeviceControl" DeviceControl(it: DeviceControl),
    /// The answer.
    Response "DeviceControl" DeviceControlAnswer(it: Outcome),
    /// Settings to be changed.
    Control "DeviceConfig" DeviceConfig(it: DeviceConfig),
    /// The answer.
    Response "DeviceConfig" DeviceConfigAnswer(it: Outcome),
    /// A question for settings.
    Query "ConfigDownload" ConfigQuery(it: ConfigQuery),
    /// The answer.
    Response "ConfigDownload" ConfigAnswer(it: ConfigAnswer),
    /// A question for presets.
    Query "PresetQuery" PresetQuery,
    /// The answer.
    Response "PresetQuery" Presets(it: Presets),
    /// A question for the home position.
    Query "HomePositionQuery" HomePositionQuery,
    /// The answer.
    Response "HomePositionQuery" HomePosition(it: HomePositionAnswer),
    /// A question for the cruise tracks.
    Query "CruiseTrackListQuery" CruiseTracksQuery,
    /// The answer.
    Response "CruiseTrackListQuery" CruiseTracks(it: CruiseTracks),
    /// A question for one track.
    Query "CruiseTrackQuery" CruiseTrackQuery(it: CruiseTrackQuery),
    /// The answer.
    Response "CruiseTrackQuery" CruiseTrack(it: CruiseTrack),
    /// A question or subscription for where a camera looks.
    Query "PTZPosition" PtzPositionQuery,
    /// The answer.
    Response "PTZPosition" PtzPosition(it: PtzPosition),
    /// News of where a camera looks.
    Notify "PTZPosition" PtzPositionNotify(it: PtzPosition),
    /// A question for the memory cards.
    Query "SDCardStatus" SdCardQuery,
    /// The answer.
    Response "SDCardStatus" SdCards(it: SdCards),
    /// Pictures have been uploaded.
    Notify "UploadSnapShotFinished" SnapShotsUploaded(it: SnapShotsUploaded),
    /// A device begins to send pictures.
    Notify "VideoUploadNotify" VideoUpload(it: VideoUpload),
    /// How an upgrade ended.
    Notify "DeviceUpgradeResult" UpgradeResult(it: UpgradeResult),
}

/// How many elements of an unknown message are kept.
const RAW_MAX: usize = 256;

impl Body {
    fn raw(root: Root, cmd_type: &str, node: Node<'_>) -> Self {
        let is_frame = |child: &Node<'_>| ["CmdType", "SN", "DeviceID"].iter().any(|name| child.is(name));
        let content = node.children().filter(|child| !is_frame(child)).take(RAW_MAX);
        Self::Raw { root, cmd_type: cmd_type.to_owned(), content: content.map(Element::keep).collect() }
    }
}
