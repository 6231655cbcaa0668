//! Why there is no working connection, and what to do about it, in both languages.

/// Why there is no working connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The host name is unknown.
    HostNotFound,
    /// The host answers, but nothing listens on the port.
    Refused,
    /// No answer within the time limit.
    TimedOut,
    /// The network knows no way to the host.
    NoRoute,
    /// The camera answers, but has no stream at this path.
    NoSuchStream,
    /// The connection broke while it was running.
    Dropped,
    /// The other side does not speak as it should.
    Protocol,
    /// The device that the channel belongs to is not registered at present.
    DeviceOffline,
    /// The device is registered and does not answer a call.
    NoAnswer,
    /// The device answered the call, and nothing has come to the port it was told.
    NoMedia,
    /// Where the platform should connect: the port of the device cannot be reached.
    NoMediaConnection,
    /// What comes bears another number than the one agreed on.
    WrongSsrc,
    /// Packets come, but no picture can be made of them.
    Unreadable,
    /// The device ended the call.
    HungUp,
    /// We have no port or no place for another call.
    Busy,
}

impl Unreachable {
    /// Stable code for programs and the database.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::HostNotFound => "host_not_found",
            Self::Refused => "refused",
            Self::TimedOut => "timed_out",
            Self::NoRoute => "no_route",
            Self::NoSuchStream => "no_such_stream",
            Self::Dropped => "dropped",
            Self::Protocol => "protocol",
            Self::DeviceOffline => "device_offline",
            Self::NoAnswer => "no_answer",
            Self::NoMedia => "no_media",
            Self::NoMediaConnection => "no_media_connection",
            Self::WrongSsrc => "wrong_ssrc",
            Self::Unreadable => "unreadable_media",
            Self::HungUp => "hung_up",
            Self::Busy => "platform_busy",
        }
    }

    pub(crate) fn message_zh(self) -> &'static str {
        match self {
            Self::HostNotFound => "找不到主机：请检查摄像机地址是否写错",
            Self::Refused => "主机拒绝连接：请检查端口，以及摄像机的 RTSP 服务是否开启",
            Self::TimedOut => "连接超时：请检查摄像机是否通电、网线和网络是否正常",
            Self::NoRoute => "网络不可达：请检查网段、网关和防火墙设置",
            Self::NoSuchStream => "摄像机上没有这一路码流：请检查地址中的路径或通道号",
            Self::Dropped => "连接中断，正在自动重连",
            Self::Protocol => "对方没有按协议应答：请确认地址确实是摄像机",
            Self::DeviceOffline => "设备未注册到本平台：请检查设备电源、网络和平台接入参数",
            Self::NoAnswer => "设备在线但不应答点播：请检查防火墙和地址转换，或把信令改为 TCP",
            Self::NoMedia => {
                "设备已应答点播，但没有任何媒体数据到达：请检查防火墙是否放行媒体端口、平台的媒体地址是否填对，或改用 TCP 传输"
            }
            Self::NoMediaConnection => {
                "平台连不上设备应答中的媒体端口：请检查设备侧防火墙，或改为由设备主动连接"
            }
            Self::WrongSsrc => "收到的媒体编号（SSRC）与约定不符：请重启设备，或在设备设置中关闭 SSRC 校验",
            Self::Unreadable => {
                "收到媒体数据但解不出画面：请把设备码流封装改为标准 PS，并关闭私有封装和码流加密"
            }
            Self::HungUp => "设备挂断了点播，正在重新点播；若反复出现请检查设备网络和同时观看的路数",
            Self::Busy => "平台的媒体端口或会话已用完：请稍候，或在配置中扩大媒体端口范围",
        }
    }

    pub(crate) fn message_en(self) -> &'static str {
        match self {
            Self::HostNotFound => "host not found: check the camera's address",
            Self::Refused => "connection refused: check the port and that RTSP is switched on in the camera",
            Self::TimedOut => "no answer: check the camera's power, cable and network",
            Self::NoRoute => "no way to this network: check subnet, gateway and firewall",
            Self::NoSuchStream => "the camera has no such stream: check path or channel in the address",
            Self::Dropped => "the connection broke; reconnecting",
            Self::Protocol => "the other side does not speak as it should: is this a camera?",
            Self::DeviceOffline => {
                "the device is not registered here: check its power, its network and its platform settings"
            }
            Self::NoAnswer => {
                "the device is online but does not answer the call: check firewall and NAT, or use TCP for signalling"
            }
            Self::NoMedia => {
                "the device answered the call, but no media arrive: check that the firewall lets the media ports through and that our media address is right, or use TCP"
            }
            Self::NoMediaConnection => {
                "the device's media port cannot be reached: check its firewall, or let the device connect"
            }
            Self::WrongSsrc => {
                "the media bear another number (SSRC) than agreed: restart the device, or switch the check off for it"
            }
            Self::Unreadable => {
                "media arrive, but no picture can be made of them: set the device to standard program streams without encryption"
            }
            Self::HungUp => {
                "the device ended the call; calling again – check its network and number of viewers if this repeats"
            }
            Self::Busy => {
                "no media port or call is free here: wait, or configure a wider range of media ports"
            }
        }
    }
}
