//! The answers themselves.

use super::login::{between, device_now_us};
use super::{OnvifStream, State, head, locked};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The answer to a question; `None` for one that is not known.
pub(super) fn answer(state: &State, operation: &str, body: &str) -> Option<String> {
    let is_old = state.config.habits.is_old;
    if head::OPERATIONS.contains(&operation) && !state.config.has_head {
        return None;
    }
    let inner = match operation {
        "GetSystemDateAndTime" => time(state),
        "GetServices" if !is_old => services(state),
        "GetCapabilities" => capabilities(state),
        "GetDeviceInformation" => "<tds:Manufacturer>Watchfire</tds:Manufacturer><tds:Model>Simulated camera</tds:Model>\
             <tds:FirmwareVersion>1.0</tds:FirmwareVersion><tds:SerialNumber>0001</tds:SerialNumber><tds:HardwareId>1</tds:HardwareId>"
            .to_owned(),
        "GetProfiles" => profiles(state),
        "GetStreamUri" => {
            let uri = url(state, &stream(state, body)?.url);
            if is_old { format!("<trt:MediaUri><tt:Uri>{uri}</tt:Uri></trt:MediaUri>") } else { format!("<tr2:Uri>{uri}</tr2:Uri>") }
        }
        "GetSnapshotUri" => {
            let name = &stream(state, body)?.name;
            let uri = format!("http://{}:{}/{name}.jpg", state.named(), state.address.port());
            if is_old { format!("<trt:MediaUri><tt:Uri>{uri}</tt:Uri></trt:MediaUri>") } else { format!("<tr2:Uri>{uri}</tr2:Uri>") }
        }
        _ => locked(&state.head).answer(operation, body)?,
    };
    Some(envelope(&format!("<x:{operation}Response xmlns:x=\"x\">{inner}</x:{operation}Response>")))
}

/// A refusal.
pub(super) fn fault(code: &str, reason: &str) -> String {
    envelope(&format!(
        "<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value><SOAP-ENV:Subcode><SOAP-ENV:Value>{code}\
         </SOAP-ENV:Value></SOAP-ENV:Subcode></SOAP-ENV:Code><SOAP-ENV:Reason><SOAP-ENV:Text xml:lang=\"en\">{reason}</SOAP-ENV:Text>\
         </SOAP-ENV:Reason></SOAP-ENV:Fault>"
    ))
}

fn envelope(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\">\n\
         <SOAP-ENV:Body>{body}</SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n"
    )
}

fn time(state: &State) -> String {
    let now = Timestamp::from_microsecond(device_now_us(state)).unwrap_or(Timestamp::UNIX_EPOCH);
    let now = TimeZone::UTC.to_datetime(now);
    let (date, time) = (now.date(), now.time());
    format!(
        "<tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:UTCDateTime><tt:Time><tt:Hour>{}</tt:Hour><tt:Minute>{}</tt:Minute>\
         <tt:Second>{}</tt:Second></tt:Time><tt:Date><tt:Year>{}</tt:Year><tt:Month>{}</tt:Month><tt:Day>{}</tt:Day></tt:Date></tt:UTCDateTime>\
         </tds:SystemDateAndTime>",
        time.hour(),
        time.minute(),
        time.second(),
        date.year(),
        date.month(),
        date.day()
    )
}

fn services(state: &State) -> String {
    let one = |namespace: &str, path: &str| {
        let at = service(state, path);
        format!(
            "<tds:Service><tds:Namespace>http://www.onvif.org/{namespace}</tds:Namespace><tds:XAddr>{at}</tds:XAddr></tds:Service>"
        )
    };
    let all = [
        ("ver10/device/wsdl", "device_service"),
        ("ver10/media/wsdl", "media"),
        ("ver20/media/wsdl", "media2"),
        ("ver20/ptz/wsdl", "ptz"),
    ];
    let has_head = state.config.has_head;
    let had = all.into_iter().filter(|(_, path)| has_head || *path != "ptz");
    had.map(|(namespace, path)| one(namespace, path)).collect()
}

fn capabilities(state: &State) -> String {
    let (media, ptz) = (service(state, "media"), service(state, "ptz"));
    let head = if state.config.has_head {
        format!("<tt:PTZ><tt:XAddr>{ptz}</tt:XAddr></tt:PTZ>")
    } else {
        String::new()
    };
    format!("<tds:Capabilities><tt:Media><tt:XAddr>{media}</tt:XAddr></tt:Media>{head}</tds:Capabilities>")
}

fn service(state: &State, path: &str) -> String {
    format!("http://{}:{}/onvif/{path}", state.named(), state.address.port())
}

fn profiles(state: &State) -> String {
    let (is_old, has_head) = (state.config.habits.is_old, state.config.has_head);
    let streams = state.config.streams.iter().enumerate();
    let turns = |at: usize| at == 0 && has_head;
    streams
        .map(|(at, stream)| if is_old { old_profile(stream, turns(at)) } else { profile(stream, turns(at)) })
        .collect()
}

fn profile(stream: &OnvifStream, has_ptz: bool) -> String {
    let OnvifStream { name, encoding, size: (width, height), .. } = stream;
    let ptz = if has_ptz { "<tr2:PTZ token=\"head\"/>" } else { "" };
    format!(
        "<tr2:Profiles token=\"{name}\"><tr2:Name>{name}</tr2:Name><tr2:Configurations><tr2:VideoEncoder token=\"e\"><tt:Encoding>{encoding}\
         </tt:Encoding><tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{height}</tt:Height></tt:Resolution><tt:RateControl>\
         <tt:FrameRateLimit>10</tt:FrameRateLimit></tt:RateControl></tr2:VideoEncoder>{ptz}</tr2:Configurations></tr2:Profiles>"
    )
}

fn old_profile(stream: &OnvifStream, has_ptz: bool) -> String {
    let OnvifStream { name, encoding, size: (width, height), .. } = stream;
    let ptz = if has_ptz { "<tt:PTZConfiguration token=\"head\"/>" } else { "" };
    format!(
        "<trt:Profiles token=\"{name}\"><tt:Name>{name}</tt:Name><tt:VideoEncoderConfiguration token=\"e\"><tt:Encoding>{encoding}\
         </tt:Encoding><tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{height}</tt:Height></tt:Resolution><tt:RateControl>\
         <tt:FrameRateLimit>10</tt:FrameRateLimit></tt:RateControl></tt:VideoEncoderConfiguration>{ptz}</trt:Profiles>"
    )
}

fn stream<'a>(state: &'a State, body: &str) -> Option<&'a OnvifStream> {
    let token = between(body, "ProfileToken")?;
    state.config.streams.iter().find(|stream| stream.name == token)
}

fn url(state: &State, url: &str) -> String {
    match state.config.habits.names {
        Some(host) => url.replace("127.0.0.1", &host.to_string()),
        None => url.to_owned(),
    }
}
