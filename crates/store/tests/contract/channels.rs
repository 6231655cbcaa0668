//! Channels: what becomes of them when a device tells its catalogue again, and the cameras that get their video from them.

use std::time::{Duration, Instant};

use domain::access::Access;
use domain::device::{ChannelStatus, GbId};
use domain::ids::{CameraId, ChannelId, DeviceId};
use store::{
    CameraRecord, CameraSource, Catalogue, CatalogueAnswer, ChannelEntry, ChannelFilter, ChannelRow,
    ChannelsPut, ErrorKind, MAX_CHANNELS, NewChannel, PageAsk, Store,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_DEVICE, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_DEVICE, SOUTH_SCHOOL, at, camera,
    channel, gb_id, north, north_channel, province, south,
};

contract!(
    a_complete_answer_marks_what_is_gone_and_deletes_nothing,
    a_partial_answer_only_adds_and_changes,
    a_channel_keeps_its_id_and_its_beginning,
    a_channel_told_twice_counts_once,
    texts_of_devices_are_cut_and_cleaned_never_refused,
    a_device_cannot_fill_the_disk,
    ten_thousand_channels_are_told_at_once,
    channels_are_found_by_text_type_and_camera,
    a_camera_has_an_address_or_a_channel,
    a_channel_is_watched_by_one_camera,
    a_camera_keeps_a_channel_of_a_device_its_unit_does_not_see,
    the_way_to_a_picture_is_found,
);

use CatalogueAnswer::{Complete, Partial};

async fn told(store: &Store, device_id: DeviceId) -> Vec<ChannelRow> {
    let ask = PageAsk::first(200);
    store.channels(&province(), device_id, &ChannelFilter::default(), &ask).await.unwrap().items
}

fn put(added: usize, changed: usize, unchanged: usize, gone: usize) -> ChannelsPut {
    ChannelsPut { added, changed, unchanged, gone, repeated: 0 }
}

async fn a_complete_answer_marks_what_is_gone_and_deletes_nothing(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let first = [channel(1), channel(2), channel(3)];
    assert_eq!(store.put_channels(NORTH_DEVICE, &first, Complete, at(1)).await.unwrap(), put(3, 0, 0, 0));
    let second = [channel(1), channel(4)];
    assert_eq!(store.put_channels(NORTH_DEVICE, &second, Complete, at(2)).await.unwrap(), put(1, 0, 1, 2));
    let rows = told(store, NORTH_DEVICE).await;
    let present: Vec<_> = rows.iter().map(|row| (row.present, row.changed_at)).collect();
    assert_eq!(present, [(true, at(1)), (false, at(2)), (false, at(2)), (true, at(2))]);
    let catalogue = store.device(&north(), NORTH_DEVICE).await.unwrap().catalogue;
    assert_eq!(catalogue, Some(Catalogue { at: at(2), complete: true, channels: 2 }));
    // Again gone is not gone anew.
    assert_eq!(store.put_channels(NORTH_DEVICE, &second, Complete, at(3)).await.unwrap(), put(0, 0, 2, 0));
    assert_eq!(store.put_channels(NORTH_DEVICE, &[], Complete, at(4)).await.unwrap(), put(0, 0, 0, 2));
    assert_eq!(told(store, NORTH_DEVICE).await.len(), 4);
}

async fn a_partial_answer_only_adds_and_changes(house: House) {
    let store = &house.furnish().await.equip().await.store;
    store.put_channels(NORTH_DEVICE, &[channel(1), channel(2)], Complete, at(1)).await.unwrap();
    store.put_channels(NORTH_DEVICE, &[channel(1)], Complete, at(2)).await.unwrap();
    let news = [channel(2), channel(3)];
    assert_eq!(store.put_channels(NORTH_DEVICE, &news, Partial, at(3)).await.unwrap(), put(1, 1, 0, 0));
    assert!(told(store, NORTH_DEVICE).await.iter().all(|row| row.present), "the second one is back");
    let catalogue = store.device(&north(), NORTH_DEVICE).await.unwrap().catalogue;
    assert_eq!(catalogue, Some(Catalogue { at: at(3), complete: false, channels: 3 }));
}

async fn a_channel_keeps_its_id_and_its_beginning(house: House) {
    let store = &house.furnish().await.equip().await.store;
    store.put_channels(NORTH_DEVICE, &[channel(1)], Complete, at(1)).await.unwrap();
    let renamed = ChannelEntry { name: "食堂".to_owned(), status: ChannelStatus::Off, ..channel(1).entry };
    let again = NewChannel { id: ChannelId(Uuid::from_u128(0xabc)), entry: renamed.clone() };
    assert_eq!(store.put_channels(NORTH_DEVICE, &[again], Complete, at(2)).await.unwrap(), put(0, 1, 0, 0));
    let row = store.channel(&north(), channel(1).id).await.unwrap();
    assert_eq!(row.entry, renamed);
    assert_eq!((row.first_seen_at, row.changed_at), (at(1), at(2)));
    // The same digits at another device are another channel.
    let other = NewChannel { id: ChannelId(Uuid::from_u128(0xdef)), entry: renamed };
    assert_eq!(store.put_channels(SOUTH_DEVICE, &[other], Complete, at(3)).await.unwrap(), put(1, 0, 0, 0));
}

async fn a_channel_told_twice_counts_once(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let last = NewChannel {
        id: ChannelId(Uuid::from_u128(0xabc)),
        entry: ChannelEntry { name: "last".to_owned(), ..channel(1).entry },
    };
    let answer = [channel(1), channel(2), last];
    let done = store.put_channels(NORTH_DEVICE, &answer, Complete, at(1)).await.unwrap();
    assert_eq!(done, ChannelsPut { added: 2, repeated: 1, ..ChannelsPut::default() });
    let names: Vec<_> = told(store, NORTH_DEVICE).await.into_iter().map(|row| row.entry.name).collect();
    assert_eq!(names, ["last", "摄像头 2"]);
    let taken = NewChannel { id: channel(2).id, ..channel(5) };
    let refused = store.put_channels(NORTH_DEVICE, &[taken], Complete, at(2)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    assert_eq!(told(store, NORTH_DEVICE).await.len(), 2, "a refused answer changes nothing");
}

async fn texts_of_devices_are_cut_and_cleaned_never_refused(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let hostile = crate::hostile::TEXTS.into_iter().zip(10..).map(|(text, n)| {
        let text = Some(text.to_owned());
        let entry = ChannelEntry {
            name: text.clone().unwrap(),
            parent_gb_id: text.clone(),
            civil_code: text.clone(),
            maker: text.clone(),
            model: text,
            ptz_type: Some(255),
            ..channel(n).entry
        };
        NewChannel { entry, ..channel(n) }
    });
    let mut answer: Vec<_> = hostile.collect();
    let long = ChannelEntry { name: "长".repeat(1000), model: Some("a\0b".to_owned()), ..channel(1).entry };
    answer.insert(0, NewChannel { entry: long, ..channel(1) });
    store.put_channels(NORTH_DEVICE, &answer, Complete, at(1)).await.unwrap();
    let rows = told(store, NORTH_DEVICE).await;
    assert_eq!(
        (&*rows[0].entry.name, rows[0].entry.model.as_deref()),
        (&*"长".repeat(85), Some("a\u{fffd}b"))
    );
    for (row, sent) in rows[1..].iter().zip(&answer[1..]) {
        assert_eq!(row.entry, sent.entry);
        let text = Some(sent.entry.name.clone());
        let filter = ChannelFilter { text, ..ChannelFilter::default() };
        let found = store.channels(&north(), NORTH_DEVICE, &filter, &PageAsk::first(20)).await.unwrap().items;
        assert!(found.iter().any(|row| row.id == sent.id), "{:?}", sent.entry.name);
    }
    // What was cut compares equal the next time.
    let again = store.put_channels(NORTH_DEVICE, &answer, Complete, at(2)).await.unwrap();
    assert_eq!(again, put(0, 0, answer.len(), 0));
}

async fn a_device_cannot_fill_the_disk(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let many: Vec<_> = (0..=MAX_CHANNELS as u128).map(channel).collect();
    let refused = store.put_channels(NORTH_DEVICE, &many, Complete, at(1)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Limit);
    assert!(told(store, NORTH_DEVICE).await.is_empty());
    assert_eq!(store.device(&north(), NORTH_DEVICE).await.unwrap().catalogue, None);
}

/// Limits far above what is measured; the times are printed.
async fn ten_thousand_channels_are_told_at_once(house: House) {
    let store = &house.furnish().await.equip().await.store;
    println!("engine: {}", store.engine_name());
    let timed = async |what: &str, answer: &[NewChannel], expected: ChannelsPut| {
        let start = Instant::now();
        assert_eq!(store.put_channels(NORTH_DEVICE, answer, Complete, at(1)).await.unwrap(), expected);
        println!("{what}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
    };
    let mut answer: Vec<_> = (0..10_000).map(channel).collect();
    timed("10 000 new channels", &answer, put(10_000, 0, 0, 0)).await;
    timed("the same again", &answer, put(0, 0, 10_000, 0)).await;
    for one in &mut answer {
        one.entry.status = ChannelStatus::Off;
    }
    timed("every one changed", &answer, put(0, 10_000, 0, 0)).await;
    timed("none left", &[], put(0, 0, 0, 10_000)).await;
    let start = Instant::now();
    assert_eq!(told(store, NORTH_DEVICE).await.len(), 200);
    println!("a page of 200: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
}

async fn channels_are_found_by_text_type_and_camera(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let smoke = GbId::parse("36042300111340000009").unwrap();
    let input = NewChannel {
        entry: ChannelEntry { gb_id: smoke, name: "Smoke 3F".to_owned(), ..channel(9).entry },
        ..channel(9)
    };
    store
        .put_channels(NORTH_DEVICE, &[channel(1), channel(2), input.clone()], Complete, at(1))
        .await
        .unwrap();
    store.put_channels(NORTH_DEVICE, &[channel(1), input.clone()], Complete, at(2)).await.unwrap();
    store.link_camera(&north(), NORTH_CAMERA, channel(1).id, None, at(3)).await.unwrap();
    let found = async |filter: ChannelFilter| {
        let page = store.channels(&north(), NORTH_DEVICE, &filter, &PageAsk::first(9)).await.unwrap();
        page.items.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = ChannelFilter::default;
    assert_eq!(found(ChannelFilter { text: Some("smoke".to_owned()), ..all() }).await, [input.id]);
    assert_eq!(found(ChannelFilter { text: Some(smoke.to_string()), ..all() }).await, [input.id]);
    assert_eq!(found(ChannelFilter { type_code: Some("134".to_owned()), ..all() }).await, [input.id]);
    assert_eq!(found(ChannelFilter { present: Some(false), ..all() }).await, [channel(2).id]);
    assert_eq!(found(ChannelFilter { has_camera: Some(true), ..all() }).await, [channel(1).id]);
    let free = ChannelFilter { has_camera: Some(false), present: Some(true), ..all() };
    assert_eq!(found(free).await, [input.id]);
    let row = store.channel_by_gb_id(NORTH_DEVICE, &channel(1).entry.gb_id).await.unwrap().unwrap();
    assert_eq!(row.camera_id, Some(NORTH_CAMERA));
    assert_eq!(store.channel_by_gb_id(SOUTH_DEVICE, &channel(1).entry.gb_id).await.unwrap(), None);
}

async fn a_camera_has_an_address_or_a_channel(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let channel = north_channel(store).await;
    let source = async || store.camera(&north(), NORTH_CAMERA).await.unwrap().camera.source;
    store.link_camera(&north(), NORTH_CAMERA, channel, None, at(2)).await.unwrap();
    assert_eq!(source().await, CameraSource::Channel(channel));
    let back = camera(NORTH_CAMERA, NORTH_SCHOOL);
    store.update_camera(&north(), &back, None, at(3)).await.unwrap();
    assert_eq!(source().await, back.source);
    let linked = CameraRecord { source: CameraSource::Channel(channel), ..back };
    store.update_camera(&north(), &linked, None, at(4)).await.unwrap();
    assert_eq!(store.all_cameras().await.unwrap()[0].camera, linked);
    for neither_or_both in ["channel_id = null", "address = 'rtsp://x'", "user_name = 'x'"] {
        let sql = format!("update camera set {neither_or_both} where channel_id is not null");
        assert!(house.behind(&sql).await.is_err(), "{sql}");
    }
}

async fn a_channel_is_watched_by_one_camera(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let channel = north_channel(store).await;
    store.link_camera(&province(), NORTH_CAMERA, channel, None, at(2)).await.unwrap();
    let second = store.link_camera(&province(), SOUTH_CAMERA, channel, None, at(3)).await;
    assert_eq!(second.unwrap_err().kind(), ErrorKind::Conflict);
    let source = CameraSource::Channel(channel);
    let third = CameraRecord { source, ..camera(CameraId(Uuid::from_u128(0x3000)), NORTH_SCHOOL) };
    let refused = store.add_camera(&province(), &third, None, at(3)).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Conflict);
    store.remove_camera(&province(), NORTH_CAMERA, at(4)).await.unwrap();
    store.add_camera(&province(), &third, None, at(5)).await.unwrap();
}

async fn a_camera_keeps_a_channel_of_a_device_its_unit_does_not_see(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let channel = north_channel(store).await;
    store.link_camera(&province(), SOUTH_CAMERA, channel, None, at(2)).await.unwrap();
    let source = CameraSource::Channel(channel);
    let renamed = CameraRecord { name: "食堂".to_owned(), source, ..camera(SOUTH_CAMERA, SOUTH_SCHOOL) };
    store.update_camera(&south(), &renamed, None, at(3)).await.unwrap();
    assert_eq!(store.camera(&south(), SOUTH_CAMERA).await.unwrap().camera, renamed);
    assert_eq!(store.channel(&south(), channel).await.unwrap_err().kind(), ErrorKind::NotFound);
    store.update_camera(&south(), &camera(SOUTH_CAMERA, SOUTH_SCHOOL), None, at(4)).await.unwrap();
    let back = store.update_camera(&south(), &renamed, None, at(5)).await;
    assert_eq!(back.unwrap_err().kind(), ErrorKind::NotFound, "once given up it is not theirs to take");
}

async fn the_way_to_a_picture_is_found(house: House) {
    let store = &house.furnish().await.equip().await.store;
    let channel = north_channel(store).await;
    let unknown = ChannelId(Uuid::from_u128(0x99));
    let routes = store.channel_routes(&[channel, unknown]).await.unwrap();
    assert_eq!(routes.len(), 1);
    assert_eq!(routes[&channel].device_id, NORTH_DEVICE);
    assert_ne!(routes[&channel].gb_id, gb_id(1));
    store.remove_device(&Access::PLATFORM, NORTH_DEVICE, at(3)).await.unwrap();
    assert!(store.channel_routes(&[channel]).await.unwrap().is_empty());
}
