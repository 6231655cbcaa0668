//! The messages of annex A, every field of both editions, as templates.
//!
//! One line is one element. A line that begins with `?` may be left out; in braces stands what may fill an element: `{text}`, `{n}` a small
//! number, `{real}`, `{id}`, `{camera}`, `{time}`, or choices with bars between them.

/// A template: the root, the command, and the lines behind the id.
pub struct Clause {
    pub root: &'static str,
    pub cmd_type: &'static str,
    pub lines: &'static str,
}

const fn clause(root: &'static str, cmd_type: &'static str, lines: &'static str) -> Clause {
    Clause { root, cmd_type, lines }
}

/// A rectangle in a window.
macro_rules! concat_window {
    ($name:literal) => {
        concat!(
            "<",
            $name,
            ">\n<Length>{n}</Length>\n<Width>{n}</Width>\n<MidPointX>{n}</MidPointX>\n<MidPointY>{n}</MidPointY>\n",
            "<LengthX>{n}</LengthX>\n<LengthY>{n}</LengthY>\n</",
            $name,
            ">"
        )
    };
}

/// Blocks of settings.
macro_rules! config {
    () => {
        "<BasicParam>
         ?<Name>{text}</Name>
         ?<Expiration>{n}</Expiration>
         ?<HeartBeatInterval>{n}</HeartBeatInterval>
         ?<HeartBeatCount>{n}</HeartBeatCount>
         ?<PositionCapability>{0|1|2}</PositionCapability>
         ?<Longitude>{real}</Longitude>
         ?<Latitude>{real}</Latitude>
         </BasicParam>
         <SnapShotConfig>
         <SnapNum>{n}</SnapNum>
         ?<Interval>{n}</Interval>
         <UploadURL>{text}</UploadURL>
         <SessionID>{text}</SessionID>
         </SnapShotConfig>
         <VideoParamOpt>
         ?<DownloadSpeed>{1/2/4}</DownloadSpeed>
         ?<Resolution>{5/6}</Resolution>
         </VideoParamOpt>
         <FrameMirror>{0|1|2|3}</FrameMirror>"
    };
}

pub const CLAUSES: &[Clause] = &[
    clause(
        "Notify",
        "Keepalive",
        "?<Status>{OK|ERROR}</Status>
         <Info>
         <DeviceID>{id}</DeviceID>
         ?<DeviceID>{id}</DeviceID>
         </Info>",
    ),
    clause("Query", "Catalog", "?<StartTime>{time}</StartTime>\n?<EndTime>{time}</EndTime>"),
    clause("Response", "Catalog", CATALOG),
    clause("Notify", "Catalog", CATALOG),
    clause("Query", "DeviceInfo", ""),
    clause(
        "Response",
        "DeviceInfo",
        "?<DeviceName>{text}</DeviceName>
         ?<Result>{OK|ERROR}</Result>
         ?<Manufacturer>{text}</Manufacturer>
         ?<Model>{text}</Model>
         ?<Firmware>{text}</Firmware>
         ?<Channel>{n}</Channel>",
    ),
    clause("Query", "DeviceStatus", ""),
    clause(
        "Response",
        "DeviceStatus",
        "?<Result>{OK|ERROR}</Result>
         ?<Online>{ONLINE|OFFLINE}</Online>
         ?<Status>{OK|ERROR}</Status>
         ?<Reason>{text}</Reason>
         ?<Encode>{ON|OFF}</Encode>
         ?<Record>{ON|OFF}</Record>
         ?<DeviceTime>{time}</DeviceTime>
         <Alarmstatus Num=\"1\">
         <Item>
         <DeviceID>{id}</DeviceID>
         ?<DutyStatus>{ONDUTY|OFFDUTY|ALARM}</DutyStatus>
         </Item>
         </Alarmstatus>",
    ),
    clause(
        "Query",
        "RecordInfo",
        "<StartTime>{time}</StartTime>
         <EndTime>{time}</EndTime>
         ?<FilePath>{text}</FilePath>
         ?<Address>{text}</Address>
         ?<Secrecy>{0|1}</Secrecy>
         ?<Type>{time|alarm|manual|all}</Type>
         ?<RecorderID>{text}</RecorderID>
         ?<IndistinctQuery>{0|1}</IndistinctQuery>
         ?<StreamNumber>{0|1}</StreamNumber>
         ?<AlarmMethod>{0|1/2|5}</AlarmMethod>
         ?<AlarmType>{n}</AlarmType>",
    ),
    clause(
        "Response",
        "RecordInfo",
        "?<Name>{text}</Name>
         ?<SumNum>{n}</SumNum>
         <RecordList Num=\"1\">
         <Item>
         ?<DeviceID>{id}</DeviceID>
         ?<Name>{text}</Name>
         ?<FilePath>{text}</FilePath>
         ?<Address>{text}</Address>
         <StartTime>{time}</StartTime>
         <EndTime>{time}</EndTime>
         ?<Secrecy>{0|1}</Secrecy>
         ?<Type>{time|alarm|manual}</Type>
         ?<RecorderID>{text}</RecorderID>
         ?<FileSize>{n}</FileSize>
         ?<RecordLocation>{id}</RecordLocation>
         ?<StreamNumber>{0|1}</StreamNumber>
         </Item>
         </RecordList>",
    ),
    clause("Query", "MobilePosition", "?<Interval>{n}</Interval>"),
    clause(
        "Notify",
        "MobilePosition",
        "?<Time>{time}</Time>
         ?<Longitude>{real}</Longitude>
         ?<Latitude>{real}</Latitude>
         ?<Speed>{real}</Speed>
         ?<Direction>{real}</Direction>
         ?<Altitude>{real}</Altitude>",
    ),
    clause(
        "Notify",
        "MobilePosition",
        "?<Time>{time}</Time>
         <SumNum>{n}</SumNum>
         <DeviceList Num=\"1\">
         <Item>
         <DeviceID>{id}</DeviceID>
         ?<CaptureTime>{time}</CaptureTime>
         ?<Longitude>{real}</Longitude>
         ?<Latitude>{real}</Latitude>
         ?<Speed>{real}</Speed>
         ?<Direction>{real}</Direction>
         ?<Altitude>{real}</Altitude>
         ?<Height>{real}</Height>
         </Item>
         </DeviceList>",
    ),
    clause("Response", "MobilePosition", "?<Result>{OK|ERROR}</Result>"),
    clause("Notify", "MediaStatus", "<NotifyType>{121|122}</NotifyType>"),
    clause("Notify", "Broadcast", "<SourceID>{id}</SourceID>\n<TargetID>{id}</TargetID>"),
    clause("Response", "Broadcast", "?<Result>{OK|ERROR}</Result>"),
    clause(
        "Query",
        "Alarm",
        "?<StartAlarmPriority>{0|1|2|3|4}</StartAlarmPriority>
         ?<EndAlarmPriority>{0|1|2|3|4}</EndAlarmPriority>
         ?<AlarmMethod>{0|2|1/2/5}</AlarmMethod>
         ?<AlarmType>{n}</AlarmType>
         ?<StartAlarmTime>{time}</StartAlarmTime>
         ?<EndAlarmTime>{time}</EndAlarmTime>",
    ),
    clause(
        "Notify",
        "Alarm",
        "?<AlarmPriority>{1|2|3|4|9}</AlarmPriority>
         ?<AlarmMethod>{1|2|3|4|5|6|7|smoke}</AlarmMethod>
         ?<AlarmTime>{time}</AlarmTime>
         ?<AlarmDescription>{text}</AlarmDescription>
         ?<Longitude>{real}</Longitude>
         ?<Latitude>{real}</Latitude>
         <Info>
         <AlarmType>{n|SmokeDetect}</AlarmType>
         <AlarmTypeParam>
         <EventType>{1|2}</EventType>
         </AlarmTypeParam>
         ?<VendorLevel>{text}</VendorLevel>
         </Info>
         ?<ExtraInfo>{text}</ExtraInfo>
         ?<ExtraInfo>{text}</ExtraInfo>",
    ),
    clause("Response", "Alarm", "?<Result>{OK|ERROR}</Result>"),
    clause(
        "Control",
        "DeviceControl",
        "<PTZCmd>{A50F01011F0000D5|A50F4D1000001021}</PTZCmd>
         <PTZCmdParams>
         ?<PresetName>{text}</PresetName>
         ?<CruiseTrackName>{text}</CruiseTrackName>
         </PTZCmdParams>
         <Info>
         <ControlPriority>{n}</ControlPriority>
         </Info>",
    ),
    clause("Control", "DeviceControl", "<TeleBoot>Boot</TeleBoot>"),
    clause(
        "Control",
        "DeviceControl",
        "<RecordCmd>{Record|StopRecord}</RecordCmd>\n?<StreamNumber>{0|1}</StreamNumber>",
    ),
    clause("Control", "DeviceControl", "<GuardCmd>{SetGuard|ResetGuard}</GuardCmd>"),
    clause(
        "Control",
        "DeviceControl",
        "<AlarmCmd>ResetAlarm</AlarmCmd>
         <Info>
         <AlarmMethod>{0|2|2/5}</AlarmMethod>
         ?<AlarmType>{n}</AlarmType>
         </Info>",
    ),
    clause("Control", "DeviceControl", "<IFrameCmd>Send</IFrameCmd>"),
    clause("Control", "DeviceControl", concat_window!("DragZoomIn")),
    clause("Control", "DeviceControl", concat_window!("DragZoomOut")),
    clause(
        "Control",
        "DeviceControl",
        "<HomePosition>
         <Enabled>{0|1}</Enabled>
         ?<ResetTime>{n}</ResetTime>
         ?<PresetIndex>{n}</PresetIndex>
         </HomePosition>",
    ),
    clause(
        "Control",
        "DeviceControl",
        "<PTZPreciseCtrl>
         ?<Pan>{real}</Pan>
         ?<Tilt>{real}</Tilt>
         ?<Zoom>{real}</Zoom>
         </PTZPreciseCtrl>",
    ),
    clause("Control", "DeviceControl", "<FormatSDCard>{0|1}</FormatSDCard>"),
    clause(
        "Control",
        "DeviceControl",
        concat!(
            "<TargetTrack>{Auto|Manual|Stop}</TargetTrack>\n?<DeviceID2>{camera}</DeviceID2>\n",
            concat_window!("TargetArea")
        ),
    ),
    clause(
        "Control",
        "DeviceControl",
        "<DeviceUpgrade>
         <Firmware>{text}</Firmware>
         <FileURL>{text}</FileURL>
         ?<Manufacturer>{text}</Manufacturer>
         <SessionID>{text}</SessionID>
         </DeviceUpgrade>",
    ),
    clause("Control", "DeviceControl", "<VendorLaser>{text}</VendorLaser>"),
    clause("Response", "DeviceControl", "?<Result>{OK|ERROR}</Result>"),
    clause("Control", "DeviceConfig", CONFIG),
    clause("Response", "DeviceConfig", "?<Result>{OK|ERROR}</Result>"),
    clause("Query", "ConfigDownload", "<ConfigType>{BasicParam|BasicParam/VideoParamOpt}</ConfigType>"),
    clause("Response", "ConfigDownload", concat!("?<Result>{OK|ERROR}</Result>\n", config!())),
    clause("Query", "PresetQuery", ""),
    clause(
        "Response",
        "PresetQuery",
        "?<SumNum>{n}</SumNum>
         <PresetList Num=\"1\">
         <Item>
         <PresetID>{n}</PresetID>
         ?<PresetName>{text}</PresetName>
         </Item>
         </PresetList>",
    ),
    clause("Query", "HomePositionQuery", ""),
    clause(
        "Response",
        "HomePositionQuery",
        "<HomePosition>
         <Enabled>{0|1}</Enabled>
         ?<ResetTime>{n}</ResetTime>
         ?<PresetIndex>{n}</PresetIndex>
         </HomePosition>",
    ),
    clause("Query", "CruiseTrackListQuery", ""),
    clause(
        "Response",
        "CruiseTrackListQuery",
        "?<SumNum>{n}</SumNum>
         <CruiseTrackList Num=\"1\">
         <CruiseTrack>
         <Number>{n}</Number>
         ?<Name>{text}</Name>
         </CruiseTrack>
         </CruiseTrackList>",
    ),
    clause("Query", "CruiseTrackQuery", "<Number>{n}</Number>"),
    clause(
        "Response",
        "CruiseTrackQuery",
        "?<Number>{n}</Number>
         ?<Name>{text}</Name>
         ?<SumNum>{n}</SumNum>
         <CruisePointList Num=\"1\">
         <CruisePoint>
         <PresetIndex>{n}</PresetIndex>
         ?<StayTime>{n}</StayTime>
         ?<Speed>{n}</Speed>
         </CruisePoint>
         </CruisePointList>",
    ),
    clause("Query", "PTZPosition", ""),
    clause("Response", "PTZPosition", PTZ_POSITION),
    clause("Notify", "PTZPosition", PTZ_POSITION),
    clause("Query", "SDCardStatus", ""),
    clause(
        "Response",
        "SDCardStatus",
        "?<SumNum>{n}</SumNum>
         <SDCardStatusInfo Num=\"1\">
         <Item>
         <ID>{n}</ID>
         ?<HddName>{text}</HddName>
         ?<Status>{ok|formatting|unformatted|idle|error}</Status>
         ?<FormatProgress>{n}</FormatProgress>
         ?<Capacity>{n}</Capacity>
         ?<FreeSpace>{n}</FreeSpace>
         </Item>
         </SDCardStatusInfo>",
    ),
    clause(
        "Notify",
        "UploadSnapShotFinished",
        "<SessionID>{text}</SessionID>
         <SnapShotList>
         <SnapShotFileID>{text}</SnapShotFileID>
         ?<SnapShotFileID>{text}</SnapShotFileID>
         </SnapShotList>",
    ),
    clause(
        "Notify",
        "VideoUploadNotify",
        "?<Time>{time}</Time>\n?<Longitude>{real}</Longitude>\n?<Latitude>{real}</Latitude>",
    ),
    clause(
        "Notify",
        "DeviceUpgradeResult",
        "<SessionID>{text}</SessionID>
         ?<UpgradeResult>{OK|ERROR}</UpgradeResult>
         ?<Firmware>{text}</Firmware>
         ?<UpgradeFailedReason>{01|02|03|99}</UpgradeFailedReason>",
    ),
    clause("Notify", "VendorNews", "<Heat>{real}</Heat>\n?<Where>{text}</Where>"),
];

const CONFIG: &str = config!();

const PTZ_POSITION: &str = "?<Pan>{real}</Pan>
     ?<Tilt>{real}</Tilt>
     ?<Zoom>{real}</Zoom>
     ?<HorizontalFieldAngle>{real}</HorizontalFieldAngle>
     ?<VerticalFieldAngle>{real}</VerticalFieldAngle>
     ?<MaxViewDistance>{real}</MaxViewDistance>";

const CATALOG: &str = "?<SumNum>{n}</SumNum>
     <DeviceList Num=\"2\">
     <Item>
     <DeviceID>{camera}</DeviceID>
     ?<Event>{ON|OFF|VLOST|DEFECT|ADD|DEL|UPDATE}</Event>
     ?<Name>{text}</Name>
     ?<Manufacturer>{text}</Manufacturer>
     ?<Model>{text}</Model>
     ?<Owner>{text}</Owner>
     ?<CivilCode>{n}</CivilCode>
     ?<Block>{text}</Block>
     ?<Address>{text}</Address>
     ?<Parental>{0|1}</Parental>
     ?<ParentID>{id}</ParentID>
     ?<SafetyWay>{0|2|3|4}</SafetyWay>
     ?<RegisterWay>{1|2|3|4}</RegisterWay>
     ?<CertNum>{text}</CertNum>
     ?<Certifiable>{0|1}</Certifiable>
     ?<ErrCode>{n}</ErrCode>
     ?<EndTime>{time}</EndTime>
     ?<SecurityLevelCode>{A|B|C}</SecurityLevelCode>
     ?<Secrecy>{0|1}</Secrecy>
     ?<IPAddress>{text}</IPAddress>
     ?<Port>{n}</Port>
     ?<Password>{text}</Password>
     ?<Status>{ON|OFF|OK|ERROR}</Status>
     ?<Longitude>{real}</Longitude>
     ?<Latitude>{real}</Latitude>
     ?<BusinessGroupID>{camera}</BusinessGroupID>
     <Info>
     ?<PTZType>{1|2|3|4|5|6|7}</PTZType>
     ?<PhotoelectricImagingType>{1|1/2}</PhotoelectricImagingType>
     ?<CapturePositionType>{01701|01700}</CapturePositionType>
     ?<PositionType>{n}</PositionType>
     ?<RoomType>{1|2}</RoomType>
     ?<UseType>{1|2|3}</UseType>
     ?<SupplyLightType>{1|2|3|4|9}</SupplyLightType>
     ?<DirectionType>{n}</DirectionType>
     ?<Resolution>{5/6}</Resolution>
     ?<StreamNumberList>{0/1}</StreamNumberList>
     ?<DownloadSpeed>{1/2/4}</DownloadSpeed>
     ?<SVCSpaceSupportMode>{n}</SVCSpaceSupportMode>
     ?<SVCTimeSupportMode>{n}</SVCTimeSupportMode>
     ?<SSVCRatioSupportList>{4:3/2:1}</SSVCRatioSupportList>
     ?<MobileDeviceType>{n}</MobileDeviceType>
     ?<HorizontalFieldAngle>{real}</HorizontalFieldAngle>
     ?<VerticalFieldAngle>{real}</VerticalFieldAngle>
     ?<MaxViewDistance>{real}</MaxViewDistance>
     ?<GrassrootsCode>{000000}</GrassrootsCode>
     ?<PointType>{1|2|3|9}</PointType>
     ?<PointCommonName>{text}</PointCommonName>
     ?<MAC>{00-11-22-33-44-55}</MAC>
     ?<FunctionType>{01|01/02|99}</FunctionType>
     ?<EncodeType>{text}</EncodeType>
     ?<InstallTime>{time}</InstallTime>
     ?<ManagementUnit>{text}</ManagementUnit>
     ?<ContactInfo>{text}</ContactInfo>
     ?<RecordSaveDays>{n}</RecordSaveDays>
     ?<IndustrialClassification>{text}</IndustrialClassification>
     ?<BusinessGroupID>{camera}</BusinessGroupID>
     </Info>
     </Item>
     <Item>
     <DeviceID>{360102}</DeviceID>
     ?<Name>{text}</Name>
     </Item>
     </DeviceList>";
