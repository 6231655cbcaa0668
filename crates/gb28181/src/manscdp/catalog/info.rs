//! What a catalog item says about a camera besides its name and place. Numbers are kept as numbers, because editions add to them.

use super::PtzType;
use crate::id::GbId;
use crate::manscdp::block::block;
use crate::manscdp::time::LocalTime;

block! {
    /// `Info` of a catalog item (A.2.1.9 of 2022).
    #[derive(Default)]
    pub struct ItemInfo {
        /// What sort of camera.
        ptz_type: Option<PtzType> = "PTZType",
        /// What it takes pictures with (2022): 1 visible, 2 thermal, 3 radar, 4 X-ray, 5 depth, 9 other; several joined with `/`.
        imaging: Option<String> = "PhotoelectricImagingType",
        /// Where it stands (2022, annex O): `017..` are schools.
        capture_position: Option<String> = "CapturePositionType",
        /// Where it stands (2016): 1 to 10, 8 is around a campus.
        position: Option<u8> = "PositionType",
        /// 1 outdoors, 2 indoors.
        room: Option<u8> = "RoomType",
        /// What it is for (2016): 1 security, 2 traffic, 3 key places.
        use_type: Option<u8> = "UseType",
        /// 1 none, 2 infrared, 3 white, 4 laser (2022), 9 other (2022).
        supply_light: Option<u8> = "SupplyLightType",
        /// Where it looks: 1 E, 2 W, 3 S, 4 N, 5 SE, 6 NE, 7 SW, 8 NW.
        direction: Option<u8> = "DirectionType",
        /// Codes of the field `f=`, joined with `/`.
        resolution: Option<String> = "Resolution",
        /// Which streams it has (2022): `0/1` is main and sub stream.
        stream_numbers: Option<String> = "StreamNumberList",
        /// Speeds at which it downloads, joined with `/`.
        download_speed: Option<String> = "DownloadSpeed",
        /// Layers in space it can encode in.
        svc_space: Option<u8> = "SVCSpaceSupportMode",
        /// Layers in time it can encode in.
        svc_time: Option<u8> = "SVCTimeSupportMode",
        /// Ratios of layered coding (2022).
        svc_ratios: Option<String> = "SSVCRatioSupportList",
        /// What moves it (2022).
        mobile_device: Option<u8> = "MobileDeviceType",
        /// Degrees (2022).
        horizontal_angle: Option<f64> = "HorizontalFieldAngle",
        /// Degrees (2022).
        vertical_angle: Option<f64> = "VerticalFieldAngle",
        /// Metres (2022).
        view_distance: Option<f64> = "MaxViewDistance",
        /// The grassroots organisation, `000000` for none (2022).
        grassroots: Option<String> = "GrassrootsCode",
        /// Whose point it is (2022): 1, 2, 3 or 9.
        point_type: Option<u8> = "PointType",
        /// What people call the place (2022).
        point_name: Option<String> = "PointCommonName",
        /// `xx-xx-xx-xx-xx-xx` (2022).
        mac: Option<String> = "MAC",
        /// What it recognises (2022): 01 faces, 02 persons, 03 motor vehicles, 04 others, 05 objects, 99.
        function: Option<String> = "FunctionType",
        /// How it encodes (2022).
        encode: Option<String> = "EncodeType",
        /// Since when it stands there (2022).
        installed: Option<LocalTime> = "InstallTime",
        /// Who runs it (2022).
        management: Option<String> = "ManagementUnit",
        /// Whom to ask (2022).
        contact: Option<String> = "ContactInfo",
        /// How many days it keeps its recordings (2022).
        record_days: Option<u32> = "RecordSaveDays",
        /// The section of GB/T 4754 (2022).
        industry: Option<String> = "IndustrialClassification",
        /// The business group, where 2016 prints it.
        business_group: Option<GbId> = "BusinessGroupID",
    }
}
