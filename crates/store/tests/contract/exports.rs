//! Exports: asked for with a row of the register, taken by one worker, finished with a manifest, removed in time.

use domain::access::Access;
use domain::ids::ExportId;
use domain::recording::{Alteration, ExportState, LookupKind, LookupReason, Span};
use store::{ErrorKind, ExportFile, LookupFilter, NewExport, PageAsk, Store, sha256_hex};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_CAMERA, NORTH_GUARD, NORTH_SCHOOL, SOUTH_CAMERA, SOUTH_SCHOOL, at, north, south, south_guard,
};
use crate::recorder::minute;

contract!(
    an_export_goes_from_the_asking_to_the_manifest,
    the_longest_waiting_is_taken_and_a_restart_gives_it_back,
    what_was_taken_back_is_not_finished,
    a_failed_export_says_why,
    files_lie_ready_for_a_while_and_the_manifest_for_ever,
    a_neighbour_exports_nothing,
);

const fn id(n: u128) -> ExportId {
    ExportId(Uuid::from_u128(0x6000 + n))
}

fn wanted(n: u128) -> NewExport {
    NewExport {
        id: id(n),
        unit_id: NORTH_SCHOOL,
        camera_id: NORTH_CAMERA,
        span: Span::new(at(0), at(60)),
        alteration: Alteration { watermark: n == 1, ..Alteration::default() },
        reason: LookupReason::Authority,
        note: Some("调取函〔2026〕3号".to_owned()),
        address: Some("192.0.2.7".to_owned()),
    }
}

fn files() -> Vec<ExportFile> {
    let file =
        |name: &str, size_bytes| ExportFile { name: name.to_owned(), size_bytes, sha256: "ab".repeat(32) };
    vec![file("一.mp4", 700), file("二.mp4", 800)]
}

async fn recorded(house: &House) -> &Store {
    house.furnish().await.mount().await;
    house.record(&[minute(NORTH_CAMERA, 0), minute(SOUTH_CAMERA, 0)]).await;
    &house.store
}

async fn state(store: &Store, n: u128) -> ExportState {
    store.export(&north(), id(n)).await.unwrap().state
}

async fn an_export_goes_from_the_asking_to_the_manifest(house: House) {
    let store = recorded(&house).await;
    store.add_export(&north(), &wanted(1), at(100)).await.unwrap();
    let row = store.export(&north(), id(1)).await.unwrap();
    assert_eq!((row.state, row.asked_at, row.files.len()), (ExportState::Waiting, at(100), 0));
    assert_eq!((row.unit_id, row.camera_id, row.span), (NORTH_SCHOOL, NORTH_CAMERA, wanted(1).span));
    assert_eq!(row.alteration, wanted(1).alteration);
    assert_eq!(row.asked_by.map(|(id, _)| id), Some(NORTH_GUARD));
    assert_eq!((row.reason, row.note), (LookupReason::Authority, wanted(1).note));
    assert_eq!(store.take_export(at(101)).await.unwrap().unwrap().id, id(1));
    let sha256 = store.finish_export(id(1), &files(), at(110)).await.unwrap();
    let row = store.export(&north(), id(1)).await.unwrap();
    assert_eq!((row.state, row.started_at, row.ended_at), (ExportState::Done, Some(at(101)), Some(at(110))));
    assert_eq!(
        (row.size_bytes, &row.manifest_sha256, &row.files),
        (Some(1_500), &Some(sha256.clone()), &files())
    );
    assert_eq!(sha256, sha256_hex(serde_json_of(&files()).as_bytes()), "the digest is of what the row shows");
    let register = store.lookups(&north(), &LookupFilter::default(), &PageAsk::first(9)).await.unwrap().items;
    assert_eq!(register.len(), 1);
    assert_eq!((register[0].lookup.kind, register[0].lookup.at), (LookupKind::Export, at(100)));
    assert_eq!(register[0].export, Some((id(1), Some(sha256))));
}

/// The manifest as the store writes it.
fn serde_json_of(files: &[ExportFile]) -> String {
    let file = |file: &ExportFile| {
        let ExportFile { name, size_bytes, sha256 } = file;
        format!(r#"{{"name":"{name}","size_bytes":{size_bytes},"sha256":"{sha256}"}}"#)
    };
    format!("[{}]", files.iter().map(file).collect::<Vec<_>>().join(","))
}

async fn the_longest_waiting_is_taken_and_a_restart_gives_it_back(house: House) {
    let store = recorded(&house).await;
    for (n, s) in [(1, 103), (2, 101), (3, 102)] {
        store.add_export(&north(), &wanted(n), at(s)).await.unwrap();
    }
    let take = async || store.take_export(at(200)).await.unwrap().map(|row| row.id);
    assert_eq!((take().await, take().await), (Some(id(2)), Some(id(3))));
    assert_eq!(store.abandon_exports().await.unwrap(), 2);
    assert_eq!((take().await, take().await, take().await), (Some(id(2)), Some(id(3)), Some(id(1))));
    assert_eq!(take().await, None);
    let page = store.exports(&north(), Some(NORTH_GUARD), &PageAsk::first(2)).await.unwrap();
    let rest = store.exports(&north(), None, &PageAsk::after(2, page.next.unwrap())).await.unwrap().items;
    let listed: Vec<_> = page.items.iter().chain(&rest).map(|row| row.id).collect();
    assert_eq!(listed, [id(1), id(3), id(2)]);
}

async fn what_was_taken_back_is_not_finished(house: House) {
    let store = recorded(&house).await;
    store.add_export(&north(), &wanted(1), at(100)).await.unwrap();
    store.take_export(at(101)).await.unwrap();
    store.cancel_export(&north(), id(1), at(102)).await.unwrap();
    assert_eq!(store.finish_export(id(1), &files(), at(110)).await.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.fail_export(id(1), "x", at(110)).await.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.cancel_export(&north(), id(1), at(111)).await.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(state(store, 1).await, ExportState::Cancelled);
    let register = store.lookups(&north(), &LookupFilter::default(), &PageAsk::first(9)).await.unwrap().items;
    assert_eq!(register.len(), 1, "that it was asked for stays");
}

async fn a_failed_export_says_why(house: House) {
    let store = recorded(&house).await;
    store.add_export(&north(), &wanted(1), at(100)).await.unwrap();
    assert_eq!(
        store.fail_export(id(1), "x", at(101)).await.unwrap_err().kind(),
        ErrorKind::Conflict,
        "nobody began"
    );
    store.take_export(at(101)).await.unwrap();
    store.fail_export(id(1), "the disk is gone", at(102)).await.unwrap();
    let row = store.export(&north(), id(1)).await.unwrap();
    assert_eq!((row.state, row.error.as_deref()), (ExportState::Failed, Some("the disk is gone")));
    let twice = store.add_export(&north(), &wanted(1), at(103)).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict);
    let empty = NewExport { span: Span::new(at(5), at(5)), ..wanted(2) };
    assert_eq!(store.add_export(&north(), &empty, at(103)).await.unwrap_err().kind(), ErrorKind::Invalid);
}

async fn files_lie_ready_for_a_while_and_the_manifest_for_ever(house: House) {
    let store = recorded(&house).await;
    store.add_export(&north(), &wanted(1), at(100)).await.unwrap();
    store.take_export(at(101)).await.unwrap();
    store.finish_export(id(1), &files(), at(110)).await.unwrap();
    assert!(store.exports_done_before(at(110)).await.unwrap().is_empty());
    assert_eq!(store.exports_done_before(at(111)).await.unwrap(), [id(1)]);
    store.expire_export(id(1)).await.unwrap();
    assert_eq!(store.expire_export(id(1)).await.unwrap_err().kind(), ErrorKind::Conflict);
    let row = store.export(&north(), id(1)).await.unwrap();
    assert_eq!((row.state, row.files), (ExportState::Expired, files()));
    assert!(store.exports_done_before(at(999)).await.unwrap().is_empty());
}

async fn a_neighbour_exports_nothing(house: House) {
    let store = recorded(&house).await;
    store.add_export(&north(), &wanted(1), at(100)).await.unwrap();
    let forged = Access { scope: None, ..north() };
    for stranger in [south(), south_guard(), forged] {
        assert_eq!(store.export(&stranger, id(1)).await.unwrap_err().kind(), ErrorKind::NotFound);
        for asked_by in [None, Some(NORTH_GUARD)] {
            assert!(store.exports(&stranger, asked_by, &PageAsk::first(9)).await.unwrap().items.is_empty());
        }
        let taken_back = store.cancel_export(&stranger, id(1), at(101)).await;
        assert_eq!(taken_back.unwrap_err().kind(), ErrorKind::NotFound);
        for unit_id in [NORTH_SCHOOL, SOUTH_SCHOOL] {
            let refused = store.add_export(&stranger, &NewExport { unit_id, ..wanted(2) }, at(102)).await;
            assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
        }
    }
    assert_eq!(state(store, 1).await, ExportState::Waiting);
}
