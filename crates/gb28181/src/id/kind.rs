//! Digits 11 to 13 of an id: what it is (annex E, table E.3, both editions).

/// What an id names. Numbers that the editions leave open keep their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 111: digital video recorder.
    Dvr,
    /// 112: video server.
    VideoServer,
    /// 113: encoder.
    Encoder,
    /// 114: decoder.
    Decoder,
    /// 115: video matrix.
    VideoMatrix,
    /// 116: audio matrix.
    AudioMatrix,
    /// 117: alarm controller.
    AlarmController,
    /// 118: network video recorder.
    Nvr,
    /// 120 (2022): online image-collection system.
    ImageCollection,
    /// 121 (2022): checkpoint.
    Checkpoint,
    /// 122 (2022): device with several lenses.
    MultiLens,
    /// 123 (2022): parking controller.
    ParkingController,
    /// 124 (2022): access controller.
    AccessController,
    /// 125 (2022): security-check device.
    SecurityCheck,
    /// 130: hybrid video recorder.
    Hvr,
    /// Another number from 111 to 130.
    OtherDevice(u16),
    /// 131: camera.
    Camera,
    /// 132: network camera.
    NetworkCamera,
    /// 133: display.
    Display,
    /// 134: alarm input, such as a smoke detector wired to a recorder.
    AlarmInput,
    /// 135: alarm output, such as a lamp or bell; 140 is the relay of the same sense.
    AlarmOutput,
    /// 136: voice input.
    VoiceInput,
    /// 137: voice output.
    VoiceOutput,
    /// 138: mobile transmission.
    MobileTransmission,
    /// 141 (2022): barrier.
    Barrier,
    /// 142 (2022): smart door.
    SmartDoor,
    /// 143 (2022): credential reader.
    CredentialReader,
    /// Another number from 131 to 199.
    OtherPeripheral(u16),
    /// 200: signalling server, the number of a platform as a whole.
    SignallingServer,
    /// 201 to 211: the other servers of a platform.
    PlatformServer(u16),
    /// 215: business group.
    BusinessGroup,
    /// 216: virtual organisation.
    VirtualOrganisation,
    /// Another number from 200 to 299.
    OtherPlatform(u16),
    /// 300 to 399: a user of the centre.
    CentreUser(u16),
    /// 400 to 499: a user at a terminal.
    TerminalUser(u16),
    /// 500 to 599: a server outside, such as an analysis system (502).
    ExternalServer(u16),
    /// Anything else.
    Extension(u16),
}

impl Kind {
    /// The kind of a type number.
    pub fn of(code: u16) -> Self {
        match code {
            111..=130 => Self::device(code),
            131..=199 => Self::peripheral(code),
            200 => Self::SignallingServer,
            201..=211 => Self::PlatformServer(code),
            215 => Self::BusinessGroup,
            216 => Self::VirtualOrganisation,
            212..=299 => Self::OtherPlatform(code),
            300..=399 => Self::CentreUser(code),
            400..=499 => Self::TerminalUser(code),
            500..=599 => Self::ExternalServer(code),
            _ => Self::Extension(code),
        }
    }

    fn device(code: u16) -> Self {
        match code {
            111 => Self::Dvr,
            112 => Self::VideoServer,
            113 => Self::Encoder,
            114 => Self::Decoder,
            115 => Self::VideoMatrix,
            116 => Self::AudioMatrix,
            117 => Self::AlarmController,
            118 => Self::Nvr,
            120 => Self::ImageCollection,
            121 => Self::Checkpoint,
            122 => Self::MultiLens,
            123 => Self::ParkingController,
            124 => Self::AccessController,
            125 => Self::SecurityCheck,
            130 => Self::Hvr,
            _ => Self::OtherDevice(code),
        }
    }

    fn peripheral(code: u16) -> Self {
        match code {
            131 => Self::Camera,
            132 => Self::NetworkCamera,
            133 => Self::Display,
            134 => Self::AlarmInput,
            135 | 140 => Self::AlarmOutput,
            136 => Self::VoiceInput,
            137 => Self::VoiceOutput,
            138 => Self::MobileTransmission,
            141 => Self::Barrier,
            142 => Self::SmartDoor,
            143 => Self::CredentialReader,
            _ => Self::OtherPeripheral(code),
        }
    }

    /// Whether pictures come from it: it may be invited. A catalog has many items that may not (Monibuca PR#81).
    pub fn is_camera(self) -> bool {
        matches!(self, Self::Camera | Self::NetworkCamera)
    }

    /// Whether it is a detector or contact wired to a device.
    pub fn is_alarm_input(self) -> bool {
        self == Self::AlarmInput
    }

    /// Whether somebody can be spoken to through it.
    pub fn is_voice_output(self) -> bool {
        self == Self::VoiceOutput
    }

    /// Whether it records what cameras see: DVR, NVR, HVR.
    pub fn is_recorder(self) -> bool {
        matches!(self, Self::Dvr | Self::Nvr | Self::Hvr)
    }

    /// Whether it is a platform or one of its servers.
    pub fn is_platform(self) -> bool {
        matches!(self, Self::SignallingServer | Self::PlatformServer(_) | Self::OtherPlatform(_))
    }

    /// Whether it is a node of the organisation's tree and no machine.
    pub fn is_organisation(self) -> bool {
        matches!(self, Self::BusinessGroup | Self::VirtualOrganisation)
    }
}
