//! A simulated transmission device at a school: it knocks, is entered, burns, is reset, is called, goes away and sends ten thousand frames.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::access::Access;
use domain::alarm::{AlarmCode, AlarmState, Source};
use domain::facility::{FacilityEventKind as Kind, RollCallState};
use domain::ids::TransmitterId;
use domain::place::PlaceType;
use gb26875::units::ComponentReport;
use gb26875::{Command, ComponentState, Data, Frame, Objects, Operations, TimeLabel, Version};
use platform::access::transmitters::{ComponentPlace, NewTransmitter, TransmitterEdit};
use platform::rows::{
    AlarmFilter, AlarmRow, AlarmStates, ComponentFilter, FacilityEvent, FacilityEventFilter, PageAsk,
    RollCall,
};
use platform::{Platform, PlatformError};
use simulator::transmitter::{
    Act, AnswerHabit, SimulatedComponent, SimulatedTransmitter, Told, TransmitterConfig,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::fixture::{CENTRE, World};

const ADDRESS: &str = "360100000001";

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

/// A school whose platform listens.
struct Site {
    world: World,
    manager: Access,
    server: SocketAddr,
}

impl Site {
    async fn new() -> Self {
        let world = World::recording().await;
        world.platform.start().await.unwrap();
        let manager = world.manager().await;
        let server = world.platform.transmitter_addresses()[0];
        Self { world, manager, server }
    }

    fn platform(&self) -> &Platform {
        &self.world.platform
    }

    async fn enter(&self) -> TransmitterId {
        let new = NewTransmitter {
            unit_id: self.world.school,
            address: ADDRESS.to_owned(),
            name: "教学楼传输装置".to_owned(),
            simulated: true,
        };
        self.platform().add_transmitter(&self.world.ask(self.manager), new).await.unwrap().row.transmitter.id
    }

    fn device(&self, answers: AnswerHabit) -> SimulatedTransmitter {
        SimulatedTransmitter::start(TransmitterConfig {
            server: self.server,
            address: ADDRESS.parse().unwrap(),
            centre: CENTRE.parse().unwrap(),
            components: SimulatedComponent::school(),
            clock_ahead_s: 0,
            heartbeat: Duration::from_secs(10),
            answers,
        })
    }

    /// Entered and connected, its components told.
    async fn connected(&self, answers: AnswerHabit) -> (TransmitterId, SimulatedTransmitter) {
        let id = self.enter().await;
        let device = self.device(answers);
        until("components are told", async || {
            let page = PageAsk::first(10);
            let ask = self.world.ask(self.manager);
            let found =
                self.platform().components(&ask, id, ComponentFilter::default(), &page).await.unwrap();
            (found.items.len() == 4).then_some(())
        })
        .await;
        (id, device)
    }

    async fn alarms(&self) -> Vec<AlarmRow> {
        let filter = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
        let ask = self.world.ask(self.manager);
        self.platform().alarms(&ask, &filter, &PageAsk::first(50)).await.unwrap().items
    }

    async fn alarm(&self, code: AlarmCode) -> AlarmRow {
        until(code.as_str(), async || self.alarms().await.into_iter().find(|row| row.alarm.code == code))
            .await
    }

    async fn events(&self, kind: Option<Kind>) -> Vec<FacilityEvent> {
        let filter = FacilityEventFilter { kind, ..FacilityEventFilter::default() };
        let ask = self.world.ask(self.manager);
        self.platform().facility_events(&ask, &filter, &PageAsk::first(200)).await.unwrap().items
    }

    async fn told(&self, kind: Kind) -> FacilityEvent {
        until(kind.as_str(), async || self.events(Some(kind)).await.into_iter().next()).await
    }

    async fn roll_call(&self, id: TransmitterId, state: RollCallState) -> RollCall {
        until(state.as_str(), async || {
            let ask = self.world.ask(self.manager);
            let calls = self.platform().roll_calls(&ask, id, &PageAsk::first(10)).await.unwrap().items;
            calls.into_iter().find(|call| call.state == state)
        })
        .await
    }

    async fn is_cleared(&self, row: &AlarmRow) -> bool {
        let ask = self.world.ask(self.manager);
        let detail = self.platform().alarm(&ask, row.alarm.id).await.unwrap();
        detail.steps.iter().any(|step| step.event == "clear")
    }
}

fn frame(serial: u16, objects: &Objects) -> Frame {
    Frame {
        serial,
        version: Version::OF_2011,
        label: TimeLabel([serial as u8 % 60, 1, 1, 1, 1, 26]),
        source: ADDRESS.parse().unwrap(),
        destination: CENTRE.parse().unwrap(),
        command: Command::Send,
        data: Data::encode(objects).unwrap(),
    }
}

fn burning() -> Objects {
    let state = ComponentState::FIRE;
    Objects::Component(vec![ComponentReport { kind: 42, address: 9, state, ..ComponentReport::default() }])
}

/// Frames that come back until there are so many.
async fn answers(stream: &mut TcpStream, count: usize) -> Vec<Frame> {
    let mut reader = gb26875::FrameReader::default();
    let (mut buffer, mut frames) = (vec![0; 4096], Vec::new());
    while frames.len() < count {
        let read =
            tokio::time::timeout(Duration::from_secs(20), stream.read(&mut buffer)).await.unwrap().unwrap();
        assert!(read > 0, "hung up");
        reader.push(&buffer[..read]);
        while let Some(found) = reader.next_found() {
            if let gb26875::Found::Frame(frame) = found {
                frames.push(frame);
            }
        }
    }
    frames
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_knocks_is_denied_and_is_let_in_when_somebody_enters_it() {
    let site = Site::new().await;
    let mut device = site.device(AnswerHabit::Never);
    until("it is denied", async || matches!(device.next_told().await, Some(Told::Denied(_))).then_some(()))
        .await;
    let ask = site.world.ask(site.manager);
    let standing = site.platform().transmitter_standing(&ask).unwrap();
    assert_eq!(standing.knocks.iter().map(|knock| knock.address.to_string()).collect::<Vec<_>>(), [ADDRESS]);
    let guard = site.world.guard().await;
    assert!(site.platform().transmitter_standing(&site.world.ask(guard)).unwrap().knocks.is_empty());
    assert!(site.events(None).await.is_empty(), "a stranger leaves no row");
    let id = site.enter().await;
    until("it connects anew and tells its components", async || {
        let view = site.platform().transmitter(&ask, id).await.unwrap();
        (view.row.components == 4).then_some(())
    })
    .await;
    device.act(Act::Fire(1)).await;
    site.alarm(AlarmCode::F03).await;
    assert!(site.platform().transmitter_standing(&ask).unwrap().knocks.is_empty());
    let stranger = site.world.stranger().await;
    let far = site.world.ask(stranger);
    assert!(matches!(site.platform().transmitter(&far, id).await, Err(PlatformError::NotFound)));
    let off = TransmitterEdit { disabled: Some(true), ..TransmitterEdit::default() };
    site.platform().edit_transmitter(&ask, id, off).await.unwrap();
    until("it is hung up on and knocks", async || {
        site.platform().transmitter_standing(&ask).unwrap().knocks.into_iter().next()
    })
    .await;
    site.platform().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_fires_its_camera_is_on_the_card_and_a_reset_is_noted_without_ending_it() {
    let site = Site::new().await;
    let (id, device) = site.connected(AnswerHabit::Never).await;
    let ask = site.world.ask(site.manager);
    let camera = site.world.camera("走廊", PlaceType::TeachingCorridor, "rtsp://127.0.0.1:9/none".to_owned());
    let camera = site.world.add_camera(site.manager, camera).await;
    let components = site
        .platform()
        .components(&ask, id, ComponentFilter::default(), &PageAsk::first(10))
        .await
        .unwrap()
        .items;
    let place = ComponentPlace { place: "二层走廊".to_owned(), cameras: vec![camera] };
    site.platform().place_component(&ask, components[0].id, &place).await.unwrap();
    device.act(Act::Fire(1)).await;
    let row = site.alarm(AlarmCode::F03).await;
    assert_eq!((u8::from(row.alarm.level), row.alarm.source), (1, Source::Device));
    assert_eq!(row.alarm.camera_id, Some(camera));
    assert_eq!(row.sources[0].component.as_ref().map(|(.., place)| place.as_str()), Some("二层走廊"));
    assert!(row.note.as_deref().is_some_and(|note| note.contains("二层走廊")), "{:?}", row.note);
    assert!(row.simulated);
    device.act(Act::Again).await;
    device.act(Act::Fault(2)).await;
    site.alarm(AlarmCode::S03).await;
    device.act(Act::Device(Operations::MANUAL_ALARM, 7)).await;
    site.alarm(AlarmCode::F04).await;
    device.act(Act::Panel(Operations::SILENCE, 7)).await;
    assert_eq!(site.told(Kind::Silence).await.operator, Some(7));
    device.act(Act::Panel(Operations::RESET, 7)).await;
    site.told(Kind::Reset).await;
    until("the reset is noted", async || site.is_cleared(&row).await.then_some(())).await;
    let after = site.alarms().await;
    assert_eq!(after.len(), 3, "one fire, one fault, one call: nothing twice");
    assert!(after.iter().all(|row| row.alarm.state == AlarmState::Waiting), "a panel ends no alarm");
    // Whoever resets without looking hears it again.
    device.act(Act::Fire(1)).await;
    until("the same fire again", async || {
        site.alarms().await.into_iter().find(|row| row.alarm.code == AlarmCode::F03 && row.joined_count == 1)
    })
    .await;
    device.act(Act::Restore(2)).await;
    let fault = site.alarm(AlarmCode::S03).await;
    until("the fault is gone", async || site.is_cleared(&fault).await.then_some(())).await;
    site.platform().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_are_confirmed_when_they_are_kept_and_rubbish_holds_up_nobody() {
    let site = Site::new().await;
    site.enter().await;
    let mut stream = TcpStream::connect(site.server).await.unwrap();
    let fire = frame(1, &burning()).encode().unwrap();
    let unknown = Frame { data: vec![99, 1, 0], ..frame(2, &burning()) }.encode().unwrap();
    let short = Frame { data: vec![2, 9, 1], ..frame(3, &burning()) }.encode().unwrap();
    let alive = Frame { data: vec![], ..frame(4, &burning()) }.encode().unwrap();
    let sent = [&b"\0@@@##noise"[..], &fire, &fire, &unknown, &short, &alive].concat();
    for piece in sent.chunks(7) {
        stream.write_all(piece).await.unwrap();
    }
    let back = answers(&mut stream, 5).await;
    let told: Vec<_> = back.iter().map(|frame| (frame.serial, frame.command)).collect();
    let (yes, no) = (Command::Confirm, Command::Deny);
    assert_eq!(told, [(1, yes), (1, yes), (2, no), (3, no), (4, yes)]);
    let fires = site.events(Some(Kind::Fire)).await;
    assert_eq!(fires.len(), 1, "confirmed, so it is there; sent twice, so it is there once");
    assert_eq!(site.events(Some(Kind::Unknown)).await.len(), 1);
    let ask = site.world.ask(site.manager);
    let counts = site.platform().transmitter_standing(&site.world.operator()).unwrap().counts.unwrap();
    assert_eq!((counts.repeated, counts.denied, counts.unknown), (1, 2, 1));
    assert!(counts.rubbish_bytes > 0);
    assert!(site.platform().transmitter_standing(&ask).unwrap().counts.is_none(), "a school sees its own");
    // Half a frame, then a whole one: it is read once the line is quiet.
    stream
        .write_all(&[&fire[..24], &[0xf0, 0x03, 0x02][..], &frame(5, &burning()).encode().unwrap()].concat())
        .await
        .unwrap();
    assert_eq!(answers(&mut stream, 1).await[0].serial, 5);
    // Nothing but rubbish is hung up on.
    let rubbish = vec![b'@'; 100 * 1024];
    let _ = stream.write_all(&rubbish).await;
    let mut buffer = [0; 64];
    let ended = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut buffer)).await.unwrap();
    assert!(matches!(ended, Ok(0) | Err(_)), "hung up");
    site.platform().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_call_is_answered_or_not_or_never_gets_there() {
    let site = Site::new().await;
    let (id, mut device) = site.connected(AnswerHabit::After(Duration::from_millis(200))).await;
    let guard = site.world.guard().await;
    let denied = site.platform().call_roll(&site.world.ask(guard), id, None).await;
    assert!(matches!(denied, Err(PlatformError::Denied(_))), "nobody calls their own roll");
    let call = site.platform().call_roll(&site.world.ask(site.manager), id, None).await.unwrap();
    assert_eq!((call.minutes, call.state), (3, RollCallState::Waiting));
    let answered = site.roll_call(id, RollCallState::Answered).await;
    assert!(answered.received_at.is_some() && answered.answered_at.is_some());
    assert_eq!(answered.operator, Some(7));
    device.act(Act::Answer(AnswerHabit::Never)).await;
    site.platform().call_roll(&site.world.ask(site.manager), id, Some(1)).await.unwrap();
    until("it has the order", async || (device.next_told().await == Some(Told::RollCall(1))).then_some(()))
        .await;
    site.world.wait_s(61);
    let absent = site.roll_call(id, RollCallState::Absent).await;
    assert_eq!(absent.answered_at, None);
    device.act(Act::Device(Operations::ANSWER, 9)).await;
    assert_eq!(site.roll_call(id, RollCallState::Late).await.operator, Some(9));
    device.stop().await;
    until("the line is gone", async || {
        let view = site.platform().transmitter(&site.world.ask(site.manager), id).await.unwrap();
        (!view.is_connected).then_some(())
    })
    .await;
    let lost = site.platform().call_roll(&site.world.ask(site.manager), id, None).await.unwrap();
    assert_eq!(lost.state, RollCallState::Undelivered);
    site.platform().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_stays_away_is_an_alarm_until_it_is_back() {
    let site = Site::new().await;
    let (_, device) = site.connected(AnswerHabit::Never).await;
    until("it is heard", async || site.events(Some(Kind::Online)).await.into_iter().next()).await;
    device.stop().await;
    site.world.wait_s(40);
    let away = site.alarm(AlarmCode::V01).await;
    assert!(away.sources[0].transmitter.is_some());
    let device = site.device(AnswerHabit::Never);
    until("it is back", async || site.is_cleared(&away).await.then_some(())).await;
    assert_eq!(site.alarm(AlarmCode::V01).await.alarm.state, AlarmState::Waiting, "a person ends it");
    drop(device);
    site.platform().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_before_a_crash_is_raised_after_it() {
    let site = Site::new().await;
    let mut stream = TcpStream::connect(site.server).await.unwrap();
    let id = site.enter().await;
    stream.write_all(&frame(1, &burning()).encode().unwrap()).await.unwrap();
    answers(&mut stream, 1).await;
    site.alarm(AlarmCode::F03).await;
    site.platform().stop().await;
    let store = site.world.store().await;
    let mut lost = site.events(Some(Kind::Fire)).await.remove(0);
    lost.id = domain::ids::FacilityEventId(uuid_of(77));
    let event = platform::rows::NewFacilityEvent {
        id: lost.id,
        transmitter_id: id,
        unit_id: site.world.school,
        component_id: None,
        kind: Kind::ManualAlarm,
        frame: platform::rows::FrameKey { serial: 9, label: "0".repeat(12), digest: "0".repeat(32) },
        type_flag: 24,
        operator: Some(1),
        detail: None,
        occurred_at: site.world.now(),
        received_at: site.world.now(),
        settled: false,
    };
    store.keep_intake(&platform::rows::Intake { events: vec![event], ..Default::default() }).await.unwrap();
    let again = site.world.reopened().await;
    again.settle_facility_events().await.unwrap();
    again.settle_facility_events().await.unwrap();
    let manual = site.alarms().await.into_iter().filter(|row| row.alarm.code == AlarmCode::F04).count();
    assert_eq!(manual, 1);
}

fn uuid_of(number: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(number)
}

/// How many frames a burst has.
const BURST: u32 = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_frames_none_is_lost_and_none_is_taken_twice() {
    let site = Site::new().await;
    let (_, mut device) = site.connected(AnswerHabit::Never).await;
    let began = Instant::now();
    device.act(Act::Burst(BURST)).await;
    let reading = tokio::spawn(async move {
        let mut confirmed = 0;
        while let Some(told) = device.next_told().await {
            assert!(!matches!(told, Told::Denied(_) | Told::Disconnected), "{told:?}");
            confirmed += u32::from(matches!(told, Told::Confirmed(_)));
            if confirmed >= BURST {
                return device;
            }
        }
        panic!("the device ended")
    });
    let device = tokio::time::timeout(Duration::from_mins(5), reading).await.unwrap().unwrap();
    let took = began.elapsed();
    let mut serials = std::collections::HashSet::new();
    let mut page = PageAsk::first(200);
    let filter = FacilityEventFilter { kind: Some(Kind::Silence), ..FacilityEventFilter::default() };
    let mut rows = 0;
    loop {
        let ask = site.world.ask(site.manager);
        let found = site.platform().facility_events(&ask, &filter, &page).await.unwrap();
        rows += found.items.len();
        serials.extend(found.items.into_iter().map(|event| event.id));
        match found.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    println!(
        "{BURST} frames confirmed in {took:.1?}, {:.0} a second, {rows} rows",
        f64::from(BURST) / took.as_secs_f64()
    );
    assert_eq!((rows, serials.len()), (BURST as usize, BURST as usize));
    drop(device);
    site.platform().stop().await;
}
