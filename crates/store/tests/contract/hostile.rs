//! Texts that break careless programs: kept letter by letter, or refused by name; never anything else.

use domain::access::Access;
use domain::unit::Unit;
use store::{CameraFilter, CameraRecord, ErrorKind, PageAsk, UnitFilter};

use crate::contract;
use crate::house::{House, NORTH_CAMERA, NORTH_SCHOOL, at, camera, change, north_school, province};

contract!(texts_come_back_as_they_were, a_nul_is_refused_everywhere, a_pattern_is_only_text);

pub const TEXTS: [&str; 9] = [
    "'",
    "\"",
    "'; drop table unit; --",
    "-- /* */ $1 ? :name @x",
    "🔥👩‍🚒 emoji",
    "中文，全角；“引号”",
    "%_!\\",
    "line\r\nbreak\ttab",
    "\u{202e}right to left \u{0301}",
];

async fn texts_come_back_as_they_were(house: House) {
    let store = &house.furnish().await.store;
    for (n, text) in TEXTS.into_iter().enumerate() {
        let s = 10 + n as i64;
        let renamed = Unit { name: text.to_owned(), school_code: Some(text.to_owned()), ..north_school() };
        store.apply_units(&province(), &[change(renamed.clone())], None, at(s)).await.unwrap();
        assert_eq!(store.unit(&province(), NORTH_SCHOOL).await.unwrap().unit, renamed);
        let filter = UnitFilter { text: Some(text.to_owned()), ..UnitFilter::default() };
        let found = store.units(&province(), &filter, &PageAsk::first(9)).await.unwrap().items;
        assert_eq!(found.iter().map(|row| row.unit.id).collect::<Vec<_>>(), [NORTH_SCHOOL], "{text:?}");
        assert_eq!(store.find_units_by_code(&province(), &[text.to_owned()]).await.unwrap(), [renamed]);
        let renamed = CameraRecord { name: text.to_owned(), ..camera(NORTH_CAMERA, NORTH_SCHOOL) };
        store.update_camera(&province(), &renamed, None, at(s)).await.unwrap();
        assert_eq!(store.camera(&province(), NORTH_CAMERA).await.unwrap().camera.name, text);
        store.put_setting(text, text).await.unwrap();
        assert_eq!(store.setting(text).await.unwrap().as_deref(), Some(text));
        assert_eq!(store.account_by_login(text).await.unwrap(), None);
    }
    assert_eq!(
        store.units(&province(), &UnitFilter::default(), &PageAsk::first(9)).await.unwrap().items.len(),
        3
    );
}

async fn a_nul_is_refused_everywhere(house: House) {
    let store = &house.furnish().await.store;
    let text = "a\0b".to_owned();
    let renamed = Unit { name: text.clone(), ..north_school() };
    let kinds = [
        store.apply_units(&province(), &[change(renamed)], None, at(9)).await.unwrap_err().kind(),
        store.put_setting("key", &text).await.unwrap_err().kind(),
        store.account_by_login(&text).await.unwrap_err().kind(),
        store.find_units_by_code(&province(), std::slice::from_ref(&text)).await.unwrap_err().kind(),
        store
            .cameras(&province(), &CameraFilter { unit_id: None, text: Some(text) }, &PageAsk::first(9))
            .await
            .unwrap_err()
            .kind(),
    ];
    assert_eq!(kinds, [ErrorKind::Invalid; 5]);
    assert_eq!(store.unit(&Access::PLATFORM, NORTH_SCHOOL).await.unwrap().unit, north_school());
}

async fn a_pattern_is_only_text(house: House) {
    let store = &house.furnish().await.store;
    for text in ["%", "_", "!", "%%%", "武_第", "' or '1'='1"] {
        let filter = UnitFilter { text: Some(text.to_owned()), ..UnitFilter::default() };
        let page = store.units(&province(), &filter, &PageAsk::first(9)).await.unwrap();
        assert!(page.items.is_empty(), "{text:?} found {:?}", page.items);
    }
    let token = PageAsk::after(9, "' or 1=1 --");
    let refused = store.units(&province(), &UnitFilter::default(), &token).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Invalid);
}
