//! What a device's refusal of a call means: by its SIP status, with what was behind it in the field.

/// Refusals that pass by themselves: a camera not yet reached, an overload, a transaction that died on the way.
const PASSING: [u16; 7] = [408, 480, 487, 500, 502, 503, 504];

/// True where calling again soon may help.
pub(crate) fn is_passing(status: u16) -> bool {
    PASSING.contains(&status)
}

pub(crate) fn advice_zh(status: u16) -> &'static str {
    match status {
        400 | 487 => "设备不认可通道编码或域，请核对通道的 20 位编码",
        401 | 403 | 407 => "设备不允许本平台调看画面，请检查设备的接入权限设置",
        404 | 480 => "通道不存在，或摄像机没有连上录像机，请检查通道",
        408 | 504 => "录像机没有及时连上摄像机，请检查摄像机",
        415 | 488 => "设备不支持所请求的传输方式或码流，请改用另一种传输方式或子码流",
        486 | 600 => "设备忙：同时观看路数已满，或上一次点播没有正常结束",
        500 | 503 => "设备过载，或该时段没有录像",
        _ => "请查看设备日志",
    }
}

pub(crate) fn advice_en(status: u16) -> &'static str {
    match status {
        400 | 487 => "it does not know this channel id or domain: check the 20 digits",
        401 | 403 | 407 => "it does not let this platform see pictures: check its access settings",
        404 | 480 => "the channel does not exist, or its camera is not connected to the recorder",
        408 | 504 => "the recorder did not reach its camera in time: check the camera",
        415 | 488 => "it cannot do the media offered: try another transport or stream",
        486 | 600 => "it has too many viewers, or was not told the end of an earlier call",
        500 | 503 => "it is overloaded, or has no recording of this time",
        _ => "its log may say more",
    }
}
