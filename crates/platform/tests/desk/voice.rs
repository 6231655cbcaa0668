//! Speaking through a recorder that really registers over loopback and really hears.

use std::time::Duration;

use domain::access::Scope;
use domain::ids::ChannelId;
use domain::role::Role;
use gb28181::device::{Habit, Habits};
use gb28181::g711::from_a_law;
use gb28181::rtp::Packet;
use platform::PlatformError;
use platform::access::devices::Voice;
use platform::rows::{AuditFilter, ChannelFilter};
use tokio::net::UdpSocket;
use tokio::time::timeout;

use crate::devices::{CHANNELS, ID, SECRET, comes_online, entered, page, started, until};
use crate::fixture::World;
use crate::recorder::Recorder;

const LOUD: i16 = 8_000;

/// A recorder that is registered, its speaker, and its first channel.
struct Stage {
    world: World,
    recorder: Recorder,
    ear: UdpSocket,
    channel: ChannelId,
}

impl Stage {
    async fn new(habits: Habits) -> Self {
        let world = World::new().await;
        let server = started(&world).await;
        let id = entered(&world).await;
        let ear = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let port = ear.local_addr().unwrap().port();
        let recorder = Recorder::with_speaker(ID, SECRET, server, &CHANNELS, (Some(port), habits)).await;
        comes_online(&world, id).await;
        let channel = until(async || {
            let found =
                world.platform.channels(&world.operator(), id, &ChannelFilter::default(), &page()).await;
            found.unwrap().items.into_iter().next()
        })
        .await;
        Self { world, recorder, ear, channel: channel.id }
    }

    async fn speak(&self) -> Result<Voice, PlatformError> {
        self.world.platform.speak(&self.world.operator(), self.channel).await
    }

    /// Samples of the next loud packet that the speaker hears.
    async fn hears_loud(&self) -> bool {
        let mut piece = [0; 2_048];
        let loud = async {
            loop {
                let bytes = self.ear.recv(&mut piece).await.unwrap();
                let packet = Packet::parse(&bytes::Bytes::copy_from_slice(&piece[..bytes])).unwrap();
                assert_eq!((packet.header.payload_type, packet.payload.len()), (8, 160));
                if packet.payload.iter().any(|byte| from_a_law(*byte).abs_diff(LOUD) < 300) {
                    return;
                }
            }
        };
        timeout(Duration::from_secs(5), loud).await.is_ok()
    }

    /// Actions about voices in the register and their details, the oldest first.
    async fn rows(&self) -> Vec<(String, Option<String>)> {
        let filter = AuditFilter { object_id: Some(self.channel.to_string()), ..AuditFilter::default() };
        let found = self.world.platform.audit_rows(&self.world.operator(), &filter, &page()).await.unwrap();
        let mut rows: Vec<_> =
            found.items.into_iter().map(|row| (row.entry.action, row.entry.detail)).collect();
        rows.reverse();
        rows.retain(|(action, _)| action.starts_with("voice"));
        rows
    }
}

#[tokio::test]
async fn who_speaks_is_heard_at_the_recorder_and_two_rows_say_how_long() {
    let stage = Stage::new(Habits::default()).await;
    let voice = stage.speak().await.unwrap();
    voice.say(&vec![LOUD; 1_600]);
    assert!(stage.hears_loud().await, "the speaker stays silent");
    stage.world.wait_s(12);
    voice.finish(None).await.unwrap();
    until(async || (*stage.recorder.voices_over.lock().unwrap() == 1).then_some(())).await;
    let expected = [("voice_speak", None), ("voice_end", Some("12.0 s; ended by the speaker"))];
    let rows = stage.rows().await;
    let rows: Vec<_> = rows.iter().map(|(action, detail)| (action.as_str(), detail.as_deref())).collect();
    assert_eq!(rows, expected);
}

#[tokio::test]
async fn one_person_speaks_at_a_time() {
    let stage = Stage::new(Habits::default()).await;
    let voice = stage.speak().await.unwrap();
    let second = stage.speak().await;
    let Err(PlatformError::Conflict(words)) = second else { panic!("the second was let in") };
    assert!(words.contains("已有人正在"), "{words}");
    // A page that is closed without a word leaves nobody speaking.
    drop(voice);
    until(async || stage.speak().await.ok().map(drop)).await;
}

#[tokio::test]
async fn a_recorder_that_never_calls_back_is_said_to_in_words_that_help() {
    let stage = Stage::new(Habits::only(Habit::NeverInvites)).await;
    let refused = stage.speak().await;
    let Err(PlatformError::Unavailable(words)) = refused else { panic!("nobody listens") };
    assert!(words.contains("没有回呼") && words.contains("never called back"), "{words}");
}

#[tokio::test]
async fn a_recorder_that_ends_it_ends_it_and_the_register_says_so() {
    let stage = Stage::new(Habits::only(Habit::ByesAtOnce)).await;
    let mut voice = stage.speak().await.unwrap();
    let stop = timeout(Duration::from_secs(5), voice.over()).await.unwrap();
    assert_eq!(stop.code(), "ended_by_device");
    voice.finish(Some(stop)).await.unwrap();
    let rows = stage.rows().await;
    assert!(rows.last().unwrap().1.as_ref().unwrap().contains("the device ended it"), "{rows:?}");
}

#[tokio::test]
async fn a_camera_without_a_speaker_says_so() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let _recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    let channel = until(async || {
        let found = world.platform.channels(&world.operator(), id, &ChannelFilter::default(), &page()).await;
        found.unwrap().items.into_iter().next()
    })
    .await;
    let refused = world.platform.speak(&world.operator(), channel.id).await;
    let Err(PlatformError::Conflict(words)) = refused else { panic!("there is no speaker") };
    assert!(words.contains("没有扬声器"), "{words}");
}

#[tokio::test]
async fn who_may_not_look_may_not_speak_and_a_stranger_finds_no_channel() {
    let stage = Stage::new(Habits::default()).await;
    let world = &stage.world;
    let stranger = world.ask(world.stranger().await);
    assert!(matches!(world.platform.speak(&stranger, stage.channel).await, Err(PlatformError::NotFound)));
    let installer = world.person("installer", Role::Installer, Scope::Region(world.county)).await;
    let refused = world.platform.speak(&world.ask(installer), stage.channel).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))));
    assert!(stage.rows().await.is_empty(), "nobody spoke");
    let guard = world.ask(world.guard().await);
    let mut voice = world.platform.speak(&guard, stage.channel).await.unwrap();
    assert!(timeout(Duration::from_millis(200), voice.over()).await.is_err(), "nothing ends it");
}
