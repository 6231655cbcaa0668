//! Two platforms, one above the other, and a recorder below: what the upper one sees, shows, turns and hears.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::access::Subtree;
use domain::device::{ChannelStatus, DeviceState, SharedKinds, Transport, UpperState, UpperTrouble};
use domain::ids::{ChannelId, DeviceId, UpperPlatformId};
use domain::place::PlaceType;
use domain::recording::LookupReason;
use gb28181::id::GbId;
use gb28181::manscdp::control::Command;
use jiff::{SignedDuration, Timestamp};
use platform::access::cascade::{NewUpper, UpperEdit, UpperView};
use platform::access::devices::{ChannelOrder, ChannelPlacing, Habits, MoveOrder, NewDevice};
use platform::access::{LivePart, StreamKind};
use platform::rows::{AuditFilter, CameraFilter, ChannelFilter, ChannelRow, NoticeFilter, PageAsk};
use platform::{Platform, PlatformError};
use simulator::gb28181::{GbChannel, GbDevice, GbSimulator, GbSimulatorConfig};
use simulator::{Scene, VideoSource};

use crate::fixture::World;
use crate::recorder::Recorder;

/// Why recordings are looked at here.
const PATROL: (LookupReason, Option<&str>) = (LookupReason::Patrol, None);

/// The upper platform's id, which is every platform's in these stories.
const SERVER: &str = "36000000112000000001";
/// Who the lower platform is there.
const LOWER: &str = "36010000112000000009";
const LOWER_SECRET: &str = "kaskade-2026";
const RECORDER: &str = "36010200111180000001";
const RECORDER_SECRET: &str = "geheim-2026";
const CAMERAS: [&str; 2] = ["36010200111320000001", "36010200111320000002"];
const SMOKE: &str = "36010200111340000001";

const ALL: SharedKinds = SharedKinds { live: true, playback: true, ptz: true, alarms: true };

fn page() -> PageAsk {
    PageAsk { limit: 100, after: None }
}

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

/// The two platforms and what is entered at them.
struct Pair {
    upper: World,
    lower: World,
    upper_at: SocketAddr,
    lower_at: SocketAddr,
    /// The recorder at the lower platform.
    recorder: DeviceId,
    /// The lower platform at the upper one.
    device: DeviceId,
}

fn new_device(world: &World, gb_id: &str, secret: &str) -> NewDevice {
    NewDevice {
        unit_id: world.school,
        gb_id: gb_id.to_owned(),
        name: gb_id.to_owned(),
        secret: Some(secret.to_owned()),
        habits: Habits::default(),
        simulated: true,
    }
}

async fn entered(world: &World, gb_id: &str, secret: &str) -> DeviceId {
    let added = world.platform.add_device(&world.operator(), new_device(world, gb_id, secret)).await.unwrap();
    added.device.row.device.id
}

/// An address whose port is free for datagrams and connections alike.
fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Pair {
    async fn new() -> Self {
        let (mut upper, lower) = (World::new().await, World::new().await);
        upper.platform = upper.reopened_at(free_address()).await;
        upper.platform.start().await.unwrap();
        lower.platform.start().await.unwrap();
        Self {
            upper_at: upper.platform.access_addresses().await[0],
            lower_at: lower.platform.access_addresses().await[0],
            recorder: entered(&lower, RECORDER, RECORDER_SECRET).await,
            device: entered(&upper, LOWER, LOWER_SECRET).await,
            upper,
            lower,
        }
    }

    fn new_upper(&self, shares: SharedKinds, transport: Transport) -> NewUpper {
        NewUpper {
            name: "市平台".to_owned(),
            server_gb_id: SERVER.to_owned(),
            domain: None,
            address: self.upper_at.to_string(),
            transport,
            own_gb_id: Some(LOWER.to_owned()),
            user_name: None,
            secret: Some(LOWER_SECRET.to_owned()),
            shown: Subtree::Unit(self.lower.school),
            shares,
            ptz_priority: 5,
            keepalive_s: 5,
            expires_s: 3_600,
        }
    }

    /// Waits for the recorder's channels and makes cameras of them.
    async fn place_cameras(&self) {
        let world = &self.lower;
        until("the recorder tells its channels", async || {
            let (ask, all) = (world.operator(), ChannelFilter::default());
            let found = world.platform.channels(&ask, self.recorder, &all, &page()).await.unwrap();
            (found.items.len() >= 3).then_some(())
        })
        .await;
        let placed =
            world.platform.place_channels(&world.operator(), self.recorder, &placing()).await.unwrap();
        assert_eq!(placed.placed, 2);
    }

    async fn cascade(&self, shares: SharedKinds, transport: Transport) -> UpperPlatformId {
        let new = self.new_upper(shares, transport);
        let id = self.lower.platform.add_upper_platform(&self.lower.operator(), new).await.unwrap().upper.id;
        until("registered", async || {
            (self.standing(id).await.standing.state == UpperState::Registered).then_some(())
        })
        .await;
        id
    }

    async fn standing(&self, id: UpperPlatformId) -> UpperView {
        self.lower.platform.upper_platform(&self.lower.operator(), id).await.unwrap()
    }

    /// A channel of the lower platform as the upper one sees it.
    async fn seen_above(&self, gb_id: &str, is_so: impl Fn(&ChannelRow) -> bool) -> ChannelRow {
        until(gb_id, async || {
            let ask = self.upper.operator();
            let found =
                self.upper.platform.channels(&ask, self.device, &ChannelFilter::default(), &page()).await;
            let found = found.unwrap().items.into_iter().find(|row| row.entry.gb_id.as_str() == gb_id);
            found.filter(&is_so)
        })
        .await
    }

    async fn audit_below(&self, action: &str) -> Vec<String> {
        let filter = AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
        let rows = self.lower.platform.audit_rows(&self.lower.operator(), &filter, &page()).await.unwrap();
        rows.items.into_iter().filter_map(|row| row.entry.detail).collect()
    }
}

fn placing() -> ChannelPlacing {
    ChannelPlacing {
        unit_id: None,
        name: None,
        place_type: PlaceType::DormitoryCorridor,
        watch_enabled: false,
    }
}

async fn recorder(pair: &Pair) -> Recorder {
    let channels = [CAMERAS[0], CAMERAS[1], SMOKE];
    Recorder::switch_on(RECORDER, RECORDER_SECRET, pair.lower_at, &channels).await
}

/// A recorder with pictures and recordings.
async fn recorder_with_pictures(pair: &Pair) -> GbSimulator {
    let mut device = GbDevice::new(GbId::parse(RECORDER).unwrap(), RECORDER_SECRET, "模拟录像机");
    let scene = || VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 1 };
    let mut channels: Vec<GbChannel> =
        CAMERAS.iter().map(|id| GbChannel::camera(GbId::parse(id).unwrap(), "走廊", scene())).collect();
    channels.push(GbChannel::alarm_point(GbId::parse(SMOKE).unwrap(), "烟感"));
    device.channels = channels;
    let server = GbId::parse(SERVER).unwrap();
    let mut config = GbSimulatorConfig::new(pair.lower_at, server, vec![device], [9; 32]);
    config.cache = Some(std::env::temp_dir().join("watchfire-story-clips"));
    GbSimulator::start(config).await.unwrap()
}

#[tokio::test]
async fn the_upper_platform_sees_regions_units_and_cameras_and_what_changes_in_them() {
    let pair = Pair::new().await;
    let recorder = recorder(&pair).await;
    pair.place_cameras().await;
    let id = pair.cascade(ALL, Transport::Udp).await;
    let camera = pair.seen_above(CAMERAS[0], |row| row.entry.status == ChannelStatus::On).await;
    let unit = until("the organisation", async || {
        let filter = ChannelFilter { type_code: Some("216".to_owned()), ..ChannelFilter::default() };
        let ask = pair.upper.operator();
        let found = pair.upper.platform.channels(&ask, pair.device, &filter, &page()).await.unwrap();
        found.items.into_iter().next()
    })
    .await;
    let parents = camera.entry.parent_gb_id.unwrap();
    assert_eq!(parents, format!("{LOWER}/{}", unit.entry.gb_id));
    let group = pair.seen_above("36010000112150000009", |_| true).await;
    assert_eq!(unit.entry.parent_gb_id, Some(group.entry.gb_id.to_string()));
    assert!(camera.entry.civil_code.is_some_and(|code| code.len() == 6));
    // The recorder goes, and its cameras are shown as away; a camera that is switched off is shown no more.
    until("a subscription", async || pair.standing(id).await.standing.is_subscribed.then_some(())).await;
    recorder.leave();
    pair.seen_above(CAMERAS[1], |row| row.entry.status == ChannelStatus::Off).await;
    let below =
        pair.lower.platform.cameras(&pair.lower.operator(), &CameraFilter::default(), &page()).await.unwrap();
    let gone = below.items.iter().find(|view| view.camera.name.ends_with("1号")).unwrap().camera.id;
    pair.lower.platform.remove_camera(&pair.lower.operator(), gone).await.unwrap();
    pair.seen_above(CAMERAS[1], |row| !row.present).await;
    let preview = pair.lower.platform.shared_catalogue(&pair.lower.operator(), id, &page()).await.unwrap();
    assert_eq!((preview.counts.cameras, preview.counts.units, preview.counts.cameras_on), (1, 1, 0));
    assert_eq!(preview.page.next, None);
    // One item a page, the catalogue is read to its end, and every item once.
    let mut read = Vec::new();
    let mut ask = PageAsk { limit: 1, after: None };
    loop {
        let part = pair.lower.platform.shared_catalogue(&pair.lower.operator(), id, &ask).await.unwrap();
        read.extend(part.page.items);
        let Some(next) = part.page.next else { break };
        ask.after = Some(next);
    }
    assert_eq!(read, preview.page.items);
}

async fn turn(world: &World, channel: ChannelId) -> Result<(), PlatformError> {
    let order = ChannelOrder::Move(MoveOrder { pan: 50, ..MoveOrder::default() });
    world.platform.order_channel(&world.operator(), channel, &order).await
}

#[tokio::test]
async fn a_camera_is_turned_from_above_unless_our_own_people_have_it() {
    let pair = Pair::new().await;
    let recorder = recorder(&pair).await;
    pair.place_cameras().await;
    let id = pair.cascade(ALL, Transport::Udp).await;
    let above = pair.seen_above(CAMERAS[0], |_| true).await.id;
    turn(&pair.upper, above).await.unwrap();
    let turns =
        || recorder.orders.lock().unwrap().iter().filter(|one| matches!(one, Command::Ptz { .. })).count();
    until("the recorder is told", async || (turns() == 1).then_some(())).await;
    assert_eq!(pair.audit_below("camera_turn").await.len(), 1);

    let ask = pair.lower.operator();
    let below =
        pair.lower.platform.channels(&ask, pair.recorder, &ChannelFilter::default(), &page()).await.unwrap();
    turn(&pair.lower, below.items[0].id).await.unwrap();
    let refused = turn(&pair.upper, above).await.unwrap_err();
    assert!(refused.to_string().contains("403"), "{refused}");
    pair.lower.wait_s(10);
    turn(&pair.upper, above).await.unwrap();
    until("two more turns", async || (turns() == 3).then_some(())).await;

    // Other orders are never handed on, and without the right to turn nothing is.
    let guard =
        pair.upper.platform.order_channel(&pair.upper.operator(), above, &ChannelOrder::Guard(true)).await;
    assert!(guard.is_err());
    let edit = UpperEdit { shares: Some(SharedKinds { ptz: false, ..ALL }), ..UpperEdit::default() };
    pair.lower.platform.edit_upper_platform(&pair.lower.operator(), id, edit).await.unwrap();
    until("registered again", async || {
        (pair.standing(id).await.standing.items.is_some_and(|items| items > 3)).then_some(())
    })
    .await;
    until("refused", async || turn(&pair.upper, above).await.err().filter(|e| e.to_string().contains("403")))
        .await;
    assert_eq!(turns(), 3);
}

#[tokio::test]
async fn pictures_pass_through_live_and_recorded() {
    for transport in [Transport::Udp, Transport::Tcp] {
        let pair = Pair::new().await;
        let _recorder = recorder_with_pictures(&pair).await;
        pair.place_cameras().await;
        let id = pair.cascade(ALL, transport).await;
        let channel = pair.seen_above(CAMERAS[0], |_| true).await.id;
        let ask = pair.upper.operator();
        let camera = pair.upper.platform.place_channel(&ask, channel, &placing()).await.unwrap().camera.id;
        let mut live = pair.upper.platform.live(&ask, camera, StreamKind::Main).await.unwrap().1;
        let first = tokio::time::timeout(Duration::from_secs(30), live.next()).await.unwrap();
        assert!(matches!(first, Some(LivePart::Init { .. })), "{transport:?}");
        let standing = until("a session", async || {
            let standing = pair.standing(id).await.standing;
            standing.sessions.iter().any(|one| one.frames > 0).then_some(standing)
        })
        .await;
        assert_eq!((standing.sessions.len(), standing.sessions[0].kind), (1, "live"));
        assert_eq!(pair.audit_below("view_live").await.len(), 1);
        drop(live);

        let now = Timestamp::now();
        let span = (now - SignedDuration::from_hours(3), now);
        let found = pair.upper.platform.recordings(&ask, channel, span, PATROL).await.unwrap();
        assert!(found.items.len() >= 3 && found.is_complete, "{found:?}");
        let from = found.items[0].from;
        let played = (from, from + SignedDuration::from_secs(5));
        let playback = pair.upper.platform.play_back(&ask, channel, played, PATROL).await.unwrap();
        let mut frames = playback.live();
        let first = tokio::time::timeout(Duration::from_secs(30), frames.next()).await.unwrap();
        assert!(first.is_some());
        playback.order(platform::access::devices::PlaybackOrder::Pause).await.unwrap();
        playback.order(platform::access::devices::PlaybackOrder::Resume).await.unwrap();
        // The end of the file comes all the way up.
        let ended = async { while frames.next().await.is_some() {} };
        tokio::time::timeout(Duration::from_secs(30), ended).await.unwrap();
        assert_eq!(playback.status().state.code(), "ended");
        let looks = pair.audit_below("view_recording").await;
        assert!(looks.len() == 1 && looks[0].contains("市平台"), "{looks:?}");
    }
}

#[tokio::test]
async fn an_alarm_below_is_told_above() {
    let pair = Pair::new().await;
    let recorder = recorder(&pair).await;
    pair.place_cameras().await;
    pair.cascade(ALL, Transport::Udp).await;
    recorder.alarm(SMOKE, "一楼烟感");
    let filter = NoticeFilter { device_id: Some(pair.device), ..NoticeFilter::default() };
    let notice = until("a notice", async || {
        let found =
            pair.upper.platform.device_notices(&pair.upper.operator(), &filter, &page()).await.unwrap();
        found.items.into_iter().next()
    })
    .await;
    let words = notice.description.unwrap();
    assert!(words.contains("模拟") && words.contains("F01"), "{words}");
    assert!(notice.kind.is_some(), "the words say what it is: {words}");
}

#[tokio::test]
async fn a_lower_platform_that_restarts_is_back_by_itself() {
    let pair = Pair::new().await;
    let _recorder = recorder(&pair).await;
    pair.place_cameras().await;
    pair.cascade(ALL, Transport::Udp).await;
    let state = async |wanted: DeviceState| {
        until(wanted.as_str(), async || {
            let view = pair.upper.platform.device(&pair.upper.operator(), pair.device).await.unwrap();
            (view.state == wanted).then_some(())
        })
        .await;
    };
    state(DeviceState::Online).await;
    pair.lower.platform.stop().await;
    state(DeviceState::Offline).await;
    let again: Platform = pair.lower.reopened_at(pair.lower_at).await;
    again.start().await.unwrap();
    state(DeviceState::Online).await;
    again.stop().await;
}

#[tokio::test]
async fn a_wrong_password_and_an_empty_address_are_told_apart() {
    let pair = Pair::new().await;
    let mut wrong = pair.new_upper(ALL, Transport::Udp);
    wrong.secret = Some("something-else".to_owned());
    let ask = pair.lower.operator();
    let id = pair.lower.platform.add_upper_platform(&ask, wrong).await.unwrap().upper.id;
    let refused = until("refused", async || {
        let view = pair.standing(id).await;
        (view.standing.state == UpperState::Refused).then_some(view)
    })
    .await;
    assert_eq!(refused.standing.trouble, Some(UpperTrouble::WrongSecret));
    assert!(refused.upper.sealed_secret.is_none() && refused.has_secret, "the password is not given out");
    let nobody = UpperEdit {
        address: Some("127.0.0.1:9".to_owned()),
        transport: Some(Transport::Tcp),
        ..UpperEdit::default()
    };
    pair.lower.platform.edit_upper_platform(&ask, id, nobody).await.unwrap();
    let unreachable = until("unreachable", async || {
        let view = pair.standing(id).await;
        (view.standing.state == UpperState::Unreachable).then_some(view)
    })
    .await;
    assert_eq!(unreachable.standing.trouble, Some(UpperTrouble::NoWay));
    pair.lower.platform.remove_upper_platform(&ask, id).await.unwrap();
    assert!(pair.lower.platform.upper_platform(&ask, id).await.is_err());
}

#[tokio::test]
async fn nobody_shows_a_neighbours_cameras_to_anybody() {
    let pair = Pair::new().await;
    let manager = pair.lower.ask(pair.lower.manager().await);
    let of_county =
        NewUpper { shown: Subtree::Region(pair.lower.county), ..pair.new_upper(ALL, Transport::Udp) };
    let of_neighbour = NewUpper { shown: Subtree::Unit(pair.lower.neighbour), ..of_county.clone() };
    for new in [of_county, of_neighbour] {
        let refused = pair.lower.platform.add_upper_platform(&manager, new).await;
        assert!(matches!(refused, Err(PlatformError::NotFound)));
    }
    let own = pair.lower.platform.add_upper_platform(&manager, pair.new_upper(ALL, Transport::Udp)).await;
    let id = own.unwrap().upper.id;
    let guard = pair.lower.ask(pair.lower.guard().await);
    assert!(matches!(pair.lower.platform.upper_platform(&guard, id).await, Err(PlatformError::Denied(_))));
}
