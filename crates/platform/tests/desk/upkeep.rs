//! A simulated recorder that is looked after: pictures, parameters, its card, its heads, where it is.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::device::NoticeKind;
use domain::ids::{ChannelId, DeviceId};
use domain::place::PlaceType;
use gb28181::edition::Edition;
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::alarm::AlarmKind;
use jiff::SignedDuration;
use platform::access::devices::{
    CaptureFrom, ChannelOrder, ChannelPlacing, DeviceEdit, DeviceOrder, DeviceParameters, Habits, Home,
    NewDevice, NoticeMeaning, StreamHabit,
};
use platform::rows::{AuditFilter, ChannelFilter, NoticeFilter, PageAsk};
use platform::{Platform, PlatformError};
use simulator::gb28181::{GbChannel, GbDevice, GbSimulator, GbSimulatorConfig, Raised};
use simulator::{Scene, VideoSource};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::fixture::World;

const SERVER: &str = "36000000112000000001";
const RECORDER: &str = "36010200111180000001";
const CAMERA: &str = "36010200111320000001";
const SECRET: &str = "geheim-2026";

async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(40), "it never came to that: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A recorder that is there, with one camera.
struct Site {
    world: World,
    device: DeviceId,
    channel: ChannelId,
    recorder: GbSimulator,
    /// What was put, by the addresses used.
    used: Used,
}

type Used = Arc<Mutex<Vec<String>>>;

impl Site {
    /// At a platform that no device can upload to.
    async fn new(edition: Edition) -> Self {
        Self::at(World::new().await, edition, Used::default()).await
    }

    /// At a platform with a door for uploads.
    async fn with_uploads() -> Self {
        let mut world = World::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        world.platform = world.reopened_for_uploads(listener.local_addr().unwrap()).await;
        let used = Used::default();
        tokio::spawn(door(world.platform.clone(), listener, Arc::clone(&used)));
        Self::at(world, Edition::V2022, used).await
    }

    async fn at(world: World, edition: Edition, used: Used) -> Self {
        world.platform.start().await.unwrap();
        let server = world.platform.access_addresses().await[0];
        let new = NewDevice {
            unit_id: world.school,
            gb_id: RECORDER.to_owned(),
            name: "一号录像机".to_owned(),
            secret: Some(SECRET.to_owned()),
            habits: Habits::default(),
            simulated: true,
        };
        let device = world.platform.add_device(&world.operator(), new).await.unwrap().device.row.device.id;
        let recorder = recorder(server, edition).await;
        let channel = until("the recorder tells its channel", async || {
            let (all, page) = (ChannelFilter::default(), PageAsk { limit: 10, after: None });
            let found = world.platform.channels(&world.operator(), device, &all, &page).await.unwrap();
            found.items.first().map(|channel| channel.id)
        })
        .await;
        Self { world, device, channel, recorder, used }
    }

    fn platform(&self) -> &Platform {
        &self.world.platform
    }

    async fn audited(&self, action: &str) -> Vec<String> {
        let filter = AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
        let page = PageAsk { limit: 50, after: None };
        let rows = self.platform().audit_rows(&self.world.operator(), &filter, &page).await.unwrap();
        rows.items.into_iter().filter_map(|row| row.entry.detail).collect()
    }
}

async fn recorder(server: SocketAddr, edition: Edition) -> GbSimulator {
    let id = |text: &str| GbId::parse(text).unwrap();
    let mut device = GbDevice::new(id(RECORDER), SECRET, "模拟录像机");
    device.edition = edition;
    let source = VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 3 };
    device.channels = vec![GbChannel::camera(id(CAMERA), "走廊", source)];
    let config = GbSimulatorConfig::new(server, id(SERVER), vec![device], [5; 32]);
    GbSimulator::start(config).await.unwrap()
}

/// The platform's HTTP, as far as one upload needs it.
async fn door(platform: Platform, listener: TcpListener, used: Used) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        let length = head.split("Content-Length: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut body).await.unwrap();
        let token = head.split(' ').nth(1).unwrap().rsplit('/').next().unwrap().to_owned();
        let status = match platform.open_upload(&token) {
            Ok(place) => match place.put(body).await {
                Ok(()) => "200 OK",
                Err(_) => "422 Unprocessable Content",
            },
            Err(_) => "404 Not Found",
        };
        stream.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).await.unwrap();
        used.lock().unwrap().push(token);
    }
}

#[tokio::test]
async fn a_recorder_of_2022_makes_the_picture_itself() {
    let site = Site::with_uploads().await;
    let made = site.platform().capture_channel(&site.world.operator(), site.channel).await.unwrap();
    assert_eq!(made.from, CaptureFrom::Device);
    let picture = vision::Picture::from_encoded(&made.jpeg).unwrap();
    assert_eq!((picture.width(), picture.height()), (640, 360));
    assert_eq!(site.audited("capture").await, ["device"]);
    let used = until("the upload is answered", async || site.used.lock().unwrap().pop()).await;
    assert_eq!(used.len(), 43, "256 bits");
    assert!(site.platform().open_upload(&used).is_err(), "an address works once");
}

#[tokio::test]
async fn of_an_older_recorder_a_frame_of_its_video_is_taken() {
    let site = Site::new(Edition::V2016).await;
    let made = site.platform().capture_channel(&site.world.operator(), site.channel).await.unwrap();
    assert_eq!(made.from, CaptureFrom::Stream);
    assert_eq!(vision::Picture::from_encoded(&made.jpeg).unwrap().width(), 640);
    assert_eq!(site.audited("capture").await, ["stream"]);
    let stranger = site.world.ask(site.world.stranger().await);
    let refused = site.platform().capture_channel(&stranger, site.channel).await;
    assert!(matches!(refused, Err(PlatformError::NotFound)));
}

#[tokio::test]
async fn a_device_says_how_it_is_and_takes_parameters_that_the_platform_then_counts_on() {
    let site = Site::new(Edition::V2022).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    let condition = platform.device_condition(&ask, site.device).await.unwrap();
    assert_eq!((condition.online, condition.works, condition.records), (Some(true), Some(true), Some(true)));
    assert!(condition.clock.is_some());
    let before = platform.device_parameters(&ask, site.device).await.unwrap();
    assert_eq!((before.expires_s, before.keepalive_s), (Some(3_600), Some(60)));
    let wanted = DeviceParameters {
        name: Some("门卫室录像机".to_owned()),
        keepalive_s: Some(30),
        keepalive_misses: Some(5),
        ..DeviceParameters::default()
    };
    platform.set_device_parameters(&ask, site.device, &wanted).await.unwrap();
    let after = platform.device_parameters(&ask, site.device).await.unwrap();
    assert_eq!(after, DeviceParameters { expires_s: Some(3_600), ..wanted });
    let habits = platform.device(&ask, site.device).await.unwrap().habits;
    assert_eq!((habits.keepalive_s, habits.keepalive_misses), (Some(30), Some(5)));
    assert_eq!(
        site.audited("device_parameters").await,
        ["name=门卫室录像机 keepalive_s=30 keepalive_misses=5"]
    );
    let guard = site.world.ask(site.world.guard().await);
    let refused = platform.set_device_parameters(&guard, site.device, &after).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))));
}

#[tokio::test]
async fn a_card_is_formatted_by_order_and_the_register_says_so() {
    let site = Site::new(Edition::V2022).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    let cards = platform.device_cards(&ask, site.device).await.unwrap();
    assert_eq!((cards.len(), cards[0].number, cards[0].state.as_deref()), (1, 1, Some("ok")));
    platform.order_device(&ask, site.device, DeviceOrder::FormatCard(1)).await.unwrap();
    let cards = platform.device_cards(&ask, site.device).await.unwrap();
    assert_eq!(cards[0].state.as_deref(), Some("formatting"));
    assert!(cards[0].formatted_percent.is_some() && cards[0].free_mb == cards[0].capacity_mb);
    assert_eq!(site.audited("device_format_card").await, ["1"]);
}

#[tokio::test]
async fn a_head_looks_where_it_is_told_and_says_where_that_is() {
    let site = Site::new(Edition::V2022).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    let there = ChannelOrder::Precise { pan_deg: Some(120.5), tilt_deg: Some(-10.0), zoom: Some(4.0) };
    platform.order_channel(&ask, site.channel, &there).await.unwrap();
    let looks = platform.head_position(&ask, site.channel).await.unwrap();
    assert_eq!((looks.pan_deg, looks.tilt_deg, looks.zoom), (Some(120.5), Some(-10.0), Some(4.0)));
    assert_eq!(platform.home(&ask, site.channel).await.unwrap(), None);
    let home = ChannelOrder::Home { enabled: true, after_s: 120, preset: 2 };
    platform.order_channel(&ask, site.channel, &home).await.unwrap();
    let home = platform.home(&ask, site.channel).await.unwrap();
    assert_eq!(home, Some(Home { enabled: true, after_s: Some(120), preset: Some(2) }));
    let rounds = platform.cruises(&ask, site.channel).await.unwrap();
    assert_eq!(rounds.iter().map(|round| round.number).collect::<Vec<_>>(), [1, 2]);
    let stops = platform.cruise(&ask, site.channel, 2).await.unwrap();
    assert_eq!(stops.iter().map(|stop| stop.preset).collect::<Vec<_>>(), [3, 2, 1]);
}

#[tokio::test]
async fn what_came_with_2022_is_not_asked_of_an_older_device() {
    let site = Site::new(Edition::V2016).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    let is_refused = |outcome: Result<(), PlatformError>| matches!(outcome, Err(PlatformError::Conflict(_)));
    assert!(is_refused(platform.device_cards(&ask, site.device).await.map(drop)));
    assert!(is_refused(platform.head_position(&ask, site.channel).await.map(drop)));
    assert!(is_refused(platform.order_device(&ask, site.device, DeviceOrder::FormatCard(0)).await));
    let there = ChannelOrder::Precise { pan_deg: Some(1.0), tilt_deg: None, zoom: None };
    assert!(is_refused(platform.order_channel(&ask, site.channel, &there).await));
    assert!(site.audited("device_format_card").await.is_empty());
    assert!(platform.device_parameters(&ask, site.device).await.is_ok(), "these it has had since 2016");
}

#[tokio::test]
async fn what_moves_is_asked_where_it_is_once_somebody_wants_to_know() {
    let site = Site::new(Edition::V2022).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    assert_eq!(platform.device_position(&ask, site.device).await.unwrap(), None);
    let habits = Habits { position_s: Some(30), ..Habits::default() };
    let edit = DeviceEdit { habits: Some(habits), ..DeviceEdit::default() };
    platform.edit_device(&ask, site.device, edit).await.unwrap();
    let told = until("the device tells its position", async || {
        platform.device_position(&ask, site.device).await.unwrap()
    })
    .await;
    assert!((told.longitude_deg - 115.892).abs() < 0.01 && (told.latitude_deg - 28.676).abs() < 0.01);
}

#[tokio::test]
async fn another_stream_is_asked_for_when_the_habit_says_so() {
    let site = Site::new(Edition::V2022).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    let placing = ChannelPlacing {
        unit_id: None,
        name: None,
        place_type: PlaceType::TeachingCorridor,
        watch_enabled: true,
    };
    platform.place_channel(&ask, site.channel, &placing).await.unwrap();
    let invited = async |stream: &str| {
        until(stream, async || {
            let trace = platform.diagnose(&ask, site.device).await.unwrap().trace;
            trace
                .iter()
                .any(|line| line.text.starts_with("INVITE") && line.text.contains(stream))
                .then_some(())
        })
        .await;
    };
    invited("a=streamnumber:0").await;
    let habits = Habits { live_stream: Some(StreamHabit::Sub), ..Habits::default() };
    let edit = DeviceEdit { habits: Some(habits), ..DeviceEdit::default() };
    platform.edit_device(&ask, site.device, edit).await.unwrap();
    invited("a=streamnumber:1").await;
}

#[tokio::test]
async fn notices_that_nobody_waits_for_are_deleted_after_half_a_year() {
    let site = Site::new(Edition::V2022).await;
    let (platform, ask) = (site.platform(), site.world.operator());
    let (device, point) = (GbId::parse(RECORDER).unwrap(), CatalogId::parse(CAMERA).unwrap());
    assert_eq!(site.recorder.raise_alarm(device, point, AlarmKind::Motion).await, Raised::Sent);
    let (all, page) = (NoticeFilter::default(), PageAsk { limit: 10, after: None });
    let notice = until("the notice", async || {
        platform.device_notices(&ask, &all, &page).await.unwrap().items.into_iter().next()
    })
    .await;
    let meaning = NoticeMeaning { kind: NoticeKind::Ignored, from_now_on: false };
    platform.map_notice(&ask, notice.id, &meaning).await.unwrap();
    let days_later = |days: i64| site.world.now() + SignedDuration::from_hours(24 * days);
    assert_eq!(platform.thin_notices(days_later(185)).await.unwrap(), 0);
    assert_eq!(platform.thin_notices(days_later(191)).await.unwrap(), 1);
    assert!(platform.device_notices(&ask, &all, &page).await.unwrap().items.is_empty());
}
