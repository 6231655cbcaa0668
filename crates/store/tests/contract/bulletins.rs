//! Bulletins: revisions that stay, rounds that only parties see, numbers without a gap, deliveries, and a history nobody can change.

use domain::access::{Access, Scope, Subtree};
use domain::bulletin::life::{BulletinEvent, BulletinState};
use domain::ids::{BulletinId, ObjectionId, SnapshotId, UserId};
use domain::role::Role;
use store::{
    Approval, Approved, ErrorKind, InboxKind, NewBulletin, NewObjection, NewSeal, NewSnapshot, PageAsk,
    Recipient, Revision, SigningKey, Store,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH, NORTH_COUNTY, SOUTH, SOUTH_SCHOOL, at, north, province, south, south_guard,
};

contract!(
    a_draft_is_a_chain_of_revisions,
    a_stale_writer_is_refused,
    a_party_sees_its_round_and_nothing_else_of_the_draft,
    parties_answer_while_the_round_runs,
    numbers_of_a_year_have_no_gap,
    a_published_bulletin_reaches_its_addressees,
    unpublished_bulletins_are_not_found_by_the_public,
    the_history_of_bulletins_never_changes,
    one_key_is_in_use_and_the_old_ones_stay,
    the_last_template_counts,
);

const SNAPSHOT: SnapshotId = SnapshotId(Uuid::from_u128(0x5000));
const APPROVER: UserId = UserId(Uuid::from_u128(0x9002));

fn id(n: u128) -> BulletinId {
    BulletinId(Uuid::from_u128(0x6000 + n))
}

fn text(words: &str) -> Revision {
    Revision {
        title: "关于建设情况的通报".to_owned(),
        settings: "{}".to_owned(),
        written: format!("{{\"text\":\"{words}\"}}"),
        findings: "[]".to_owned(),
        errors: 1,
        warnings: 2,
    }
}

fn county() -> Access {
    Access::person(UserId(Uuid::from_u128(0x1003)), Role::County, Scope::Region(NORTH_COUNTY))
}

async fn furnished(house: &House) -> Store {
    let store = house.furnish().await.store.clone();
    store.take_snapshot(&province(), &NewSnapshot::of(SNAPSHOT, at(1), at(2))).await.unwrap();
    store
}

async fn drafted(store: &Store, n: u128) -> BulletinId {
    let new =
        NewBulletin { id: id(n), snapshot_id: SNAPSHOT, compare_snapshot_id: None, revision: text("一") };
    store.add_bulletin(&province(), &new, at(10)).await.unwrap();
    id(n)
}

fn recipient(party: Subtree, name: &str) -> Recipient {
    Recipient { party, name: name.to_owned() }
}

async fn version(store: &Store, id: BulletinId) -> i64 {
    store.bulletin(&province(), id).await.unwrap().version
}

fn seal(n: u128, serial: i64) -> NewSeal {
    NewSeal {
        year: 2026,
        serial,
        number: format!("赣教监管字〔2026〕{serial}号"),
        algorithm: "ed25519".to_owned(),
        key_id: "0123456789abcdef".to_owned(),
        digest: format!("{n:064x}"),
        value: "c2lnbmF0dXJl".to_owned(),
        content: format!("{{\"number\":{serial}}}").into_bytes(),
    }
}

async fn approve(store: &Store, n: u128, serial: i64, s: i64) -> Result<Approved, ErrorKind> {
    let approval = Approval {
        id: id(n),
        version: version(store, id(n)).await,
        by: APPROVER,
        override_reason: Some("已核对"),
        at: at(s),
    };
    store
        .approve_bulletin(&province(), &approval, &text("终"), &seal(n, serial))
        .await
        .map_err(|error| error.kind())
}

async fn publish(store: &Store, n: u128, addressees: &[Recipient]) {
    let version = version(store, id(n)).await;
    store.publish_bulletin(&province(), id(n), version, addressees, at(60)).await.unwrap();
}

async fn a_draft_is_a_chain_of_revisions(house: House) {
    let store = furnished(&house).await;
    let one = drafted(&store, 1).await;
    let row = store.bulletin(&province(), one).await.unwrap();
    assert_eq!((row.state, row.version, row.revision, row.errors), (BulletinState::Draft, 1, 1, 1));
    assert_eq!(row.as_of, at(1));
    store.revise_bulletin(&province(), one, 1, &text("二"), at(11)).await.unwrap();
    let revision = store.bulletin_revision(&province(), one).await.unwrap();
    assert_eq!((revision.revision, revision.content), (2, text("二")));
    assert_eq!(store.bulletin_revisions(&province(), one).await.unwrap().len(), 2);
    let steps = store.bulletin_steps(&province(), one).await.unwrap();
    assert_eq!(steps.iter().map(|step| step.event.as_str()).collect::<Vec<_>>(), ["write", "rewrite"]);
    drafted(&store, 2).await;
    let page = store.bulletins(&province(), None, at(12), &PageAsk::first(1)).await.unwrap();
    assert_eq!(page.items[0].id, id(2), "newest first");
    let ask = PageAsk::after(1, page.next.unwrap());
    let rest = store.bulletins(&province(), None, at(12), &ask).await.unwrap();
    assert_eq!((rest.items[0].id, rest.next), (id(1), None));
    let lost = NewBulletin {
        id: id(3),
        snapshot_id: SnapshotId(Uuid::from_u128(9)),
        compare_snapshot_id: None,
        revision: text("一"),
    };
    assert_eq!(store.add_bulletin(&province(), &lost, at(13)).await.unwrap_err().kind(), ErrorKind::Invalid);
}

async fn a_stale_writer_is_refused(house: House) {
    let store = furnished(&house).await;
    let one = drafted(&store, 1).await;
    let (ours, theirs, asker) = (text("甲"), text("乙"), province());
    let (a, b) = tokio::join!(
        store.revise_bulletin(&asker, one, 1, &ours, at(11)),
        store.revise_bulletin(&Access::PLATFORM, one, 1, &theirs, at(11)),
    );
    assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "one of two writers of one version");
    let refused = a.err().or(b.err()).unwrap();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    for access in [north(), south_guard(), county()] {
        let refused = store.revise_bulletin(&access, one, 2, &text("丙"), at(12)).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
    }
}

async fn consulted(store: &Store, n: u128) -> BulletinId {
    let one = drafted(store, n).await;
    let parties =
        [recipient(Subtree::Region(NORTH), "九江市"), recipient(Subtree::Unit(SOUTH_SCHOOL), "信丰幼儿园")];
    store.open_consultation(&province(), one, 1, &parties, at(40), at(20)).await.unwrap();
    one
}

async fn a_party_sees_its_round_and_nothing_else_of_the_draft(house: House) {
    let store = furnished(&house).await;
    let hidden = drafted(&store, 1).await;
    let asked = consulted(&store, 2).await;
    for access in [north(), south_guard()] {
        let page = store.bulletins(&access, None, at(21), &PageAsk::first(9)).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), [asked]);
        assert_eq!((page.items[0].errors, page.items[0].sees_all), (0, false));
        assert_eq!(store.bulletin(&access, hidden).await.unwrap_err().kind(), ErrorKind::NotFound);
        let round = store.consultation(&access, asked).await.unwrap().unwrap();
        assert_eq!(round.parties.len(), 1, "only itself");
    }
    for access in [south(), county()] {
        assert_eq!(store.bulletin(&access, asked).await.unwrap_err().kind(), ErrorKind::NotFound);
        assert!(store.consultation(&access, asked).await.unwrap().is_none());
    }
    assert_eq!(store.consultation(&province(), asked).await.unwrap().unwrap().parties.len(), 2);
    store.see_consultation(&north(), asked, at(22)).await.unwrap();
    store.see_consultation(&north(), asked, at(23)).await.unwrap();
    store.see_consultation(&south(), asked, at(23)).await.unwrap();
    let round = store.consultation(&province(), asked).await.unwrap().unwrap();
    assert_eq!(round.parties.iter().map(|party| party.seen_at).collect::<Vec<_>>(), [Some(at(22)), None]);
    // The draft moves on; the party still sees what it was asked about.
    store.revise_bulletin(&province(), asked, 2, &text("二"), at(41)).await.unwrap();
    let shown = store.bulletin_revision(&north(), asked).await.unwrap();
    assert_eq!(shown.content.written, text("一").written);
    assert_eq!(
        store.bulletin_revision(&province(), asked).await.unwrap().content.written,
        text("二").written
    );
    approve(&store, 2, 1, 42).await.unwrap();
    let row = store.bulletin(&north(), asked).await.unwrap();
    assert_eq!((row.state, row.number, row.digest), (BulletinState::Draft, None, None));
    assert!(store.bulletin_seal(&north(), asked).await.unwrap().is_none());
    for (state, found) in [(BulletinState::Draft, 1), (BulletinState::Approved, 0)] {
        let page = store.bulletins(&north(), Some(state), at(43), &PageAsk::first(9)).await.unwrap();
        assert_eq!(page.items.len(), found);
    }
}

async fn parties_answer_while_the_round_runs(house: House) {
    let store = furnished(&house).await;
    let asked = consulted(&store, 1).await;
    let objection = |n: u128| NewObjection {
        id: ObjectionId(Uuid::from_u128(n)),
        figure_id: Some("F012".to_owned()),
        paragraph: Some(3),
        words: "我市应接入单位数有误".to_owned(),
        evidence_note: None,
    };
    store.object(&north(), asked, &objection(1), at(30)).await.unwrap();
    assert_eq!(store.agree(&north(), asked, at(31)).await.unwrap_err().kind(), ErrorKind::Conflict);
    store.agree(&south_guard(), asked, at(31)).await.unwrap();
    for access in [south(), province(), county()] {
        let refused = store.object(&access, asked, &objection(2), at(31)).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
    }
    let late = store.object(&north(), asked, &objection(2), at(40)).await;
    assert_eq!(late.unwrap_err().kind(), ErrorKind::Conflict);
    let answer = (asked, objection(1).id);
    let stranger = store.reply_objection(&north(), answer, true, "采纳", at(41)).await;
    assert_eq!(stranger.unwrap_err().kind(), ErrorKind::NotFound);
    store.reply_objection(&province(), answer, true, "采纳", at(41)).await.unwrap();
    let twice = store.reply_objection(&province(), answer, false, "不采纳", at(42)).await;
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Conflict);
    let seen = store.consultation(&north(), asked).await.unwrap().unwrap();
    assert_eq!((seen.parties[0].objections, seen.objections.len()), (1, 1));
    assert!(seen.objections[0].reply.as_ref().unwrap().accepted);
    let other = store.consultation(&south_guard(), asked).await.unwrap().unwrap();
    assert_eq!((other.parties[0].agreed_at, other.objections.len()), (Some(at(31)), 0));
    for (state, s, found) in [
        (BulletinState::Consulting, 39, 1),
        (BulletinState::Consulting, 40, 0),
        (BulletinState::Draft, 39, 0),
        (BulletinState::Draft, 40, 1),
    ] {
        let page = store.bulletins(&province(), Some(state), at(s), &PageAsk::first(9)).await.unwrap();
        assert_eq!(page.items.len(), found, "{state:?} at {s}");
    }
}

async fn numbers_of_a_year_have_no_gap(house: House) {
    let store = furnished(&house).await;
    for n in 1..=4 {
        drafted(&store, n).await;
    }
    assert_eq!(store.next_bulletin_serial(&province(), 2026).await.unwrap(), 1);
    assert_eq!(approve(&store, 1, 2, 50).await, Ok(Approved::NumberTaken), "no gap");
    let (a, b) = tokio::join!(approve(&store, 1, 1, 50), approve(&store, 2, 1, 50));
    let mut both = [a.unwrap(), b.unwrap()];
    both.sort_by_key(|approved| *approved == Approved::NumberTaken);
    assert_eq!(both, [Approved::Done, Approved::NumberTaken], "one number, one bulletin");
    assert_eq!(store.next_bulletin_serial(&province(), 2026).await.unwrap(), 2);
    assert_eq!(store.next_bulletin_serial(&province(), 2027).await.unwrap(), 1);
    let stale = Approval { id: id(3), version: 9, by: APPROVER, override_reason: None, at: at(51) };
    let refused = store.approve_bulletin(&province(), &stale, &text("终"), &seal(3, 2)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    assert_eq!(store.next_bulletin_serial(&province(), 2026).await.unwrap(), 2, "a refusal takes no number");
    assert_eq!(approve(&store, 3, 2, 52).await, Ok(Approved::Done));
    let kept = store.bulletin_seal(&province(), id(3)).await.unwrap().unwrap();
    assert_eq!(
        (kept.number.as_str(), kept.override_reason.as_deref()),
        ("赣教监管字〔2026〕2号", Some("已核对"))
    );
    assert_eq!(store.sealed_content(&kept).await.unwrap(), seal(3, 2).content);
    let row = store.bulletin(&province(), id(3)).await.unwrap();
    assert_eq!((row.state, row.digest, row.revision), (BulletinState::Approved, Some(kept.digest), 2));
}

async fn a_published_bulletin_reaches_its_addressees(house: House) {
    let store = furnished(&house).await;
    let one = drafted(&store, 1).await;
    approve(&store, 1, 1, 50).await.unwrap();
    assert_eq!(store.bulletin(&north(), one).await.unwrap_err().kind(), ErrorKind::NotFound);
    publish(
        &store,
        1,
        &[recipient(Subtree::Region(NORTH), "九江市"), recipient(Subtree::Unit(SOUTH_SCHOOL), "信丰幼儿园")],
    )
    .await;
    for access in [north(), county(), south_guard()] {
        let row = store.bulletin(&access, one).await.unwrap();
        assert_eq!((row.state, row.number.is_some()), (BulletinState::Published, true));
    }
    assert_eq!(store.bulletin(&south(), one).await.unwrap_err().kind(), ErrorKind::NotFound);
    let inbox = store.inbox(&north(), &PageAsk::first(9)).await.unwrap().items;
    assert_eq!((inbox.len(), inbox[0].kind, inbox[0].read_at), (1, InboxKind::Bulletin, None));
    assert!(store.inbox(&county(), &PageAsk::first(9)).await.unwrap().items.is_empty(), "sent to the city");
    assert_eq!(store.is_received(&north(), one).await.unwrap(), Some(false));
    assert!(store.receive_bulletin(&north(), one, at(61)).await.unwrap());
    assert!(store.receive_bulletin(&north(), one, at(62)).await.unwrap());
    assert!(!store.receive_bulletin(&county(), one, at(62)).await.unwrap());
    assert!(!store.receive_bulletin(&south(), one, at(62)).await.unwrap());
    let all = store.deliveries(&province(), one).await.unwrap();
    assert_eq!(all.iter().map(|d| d.read_at).collect::<Vec<_>>(), [Some(at(61)), None]);
    assert_eq!(store.deliveries(&south_guard(), one).await.unwrap().len(), 1);
    let now = version(&store, one).await;
    let withdraw = (BulletinEvent::Withdraw, BulletinState::Withdrawn);
    store.step_bulletin(&province(), one, now, withdraw, Some("数据有误"), at(70)).await.unwrap();
    assert_eq!(store.bulletin(&north(), one).await.unwrap().state, BulletinState::Withdrawn);
    assert!(store.published_bulletin("赣教监管字〔2026〕1号").await.unwrap().is_some(), "the archive stays");
}

async fn unpublished_bulletins_are_not_found_by_the_public(house: House) {
    let store = furnished(&house).await;
    drafted(&store, 1).await;
    approve(&store, 1, 1, 50).await.unwrap();
    let sealed = seal(1, 1);
    for key in [sealed.number.as_str(), sealed.digest.as_str(), "' or 1 = 1 --", ""] {
        assert_eq!(store.published_bulletin(key).await.unwrap(), None, "{key}");
    }
    assert!(store.published_titles().await.unwrap().is_empty());
    assert!(store.published_bulletins_titled("关于建设情况的通报").await.unwrap().is_empty());
    publish(&store, 1, &[]).await;
    for key in [sealed.number.as_str(), sealed.digest.as_str()] {
        let found = store.published_bulletin(key).await.unwrap().unwrap();
        assert_eq!((found.bulletin_id, found.state), (id(1), BulletinState::Published));
    }
    assert_eq!(store.published_titles().await.unwrap(), ["关于建设情况的通报"]);
    assert_eq!(store.published_bulletins_titled("关于建设情况的通报").await.unwrap().len(), 1);
}

async fn the_history_of_bulletins_never_changes(house: House) {
    let store = furnished(&house).await;
    let one = consulted(&store, 1).await;
    let objection = NewObjection {
        id: ObjectionId(Uuid::from_u128(1)),
        figure_id: None,
        paragraph: None,
        words: "有异议".to_owned(),
        evidence_note: None,
    };
    store.see_consultation(&north(), one, at(21)).await.unwrap();
    store.object(&north(), one, &objection, at(30)).await.unwrap();
    store.agree(&south_guard(), one, at(30)).await.unwrap();
    store.reply_objection(&province(), (one, objection.id), false, "不采纳", at(31)).await.unwrap();
    approve(&store, 1, 1, 50).await.unwrap();
    publish(&store, 1, &[recipient(Subtree::Region(SOUTH), "赣州市")]).await;
    store.receive_bulletin(&south(), one, at(61)).await.unwrap();
    store.put_bulletin_template(&province(), "红头.docx", b"PK", at(62)).await.unwrap();
    for table in [
        "bulletin_revision",
        "bulletin_step",
        "bulletin_consultation",
        "bulletin_party",
        "bulletin_party_seen",
        "bulletin_agreement",
        "bulletin_objection",
        "bulletin_reply",
        "bulletin_seal",
        "bulletin_delivery",
        "bulletin_receipt",
        "bulletin_template",
    ] {
        let column = match table {
            "bulletin_party_seen" | "bulletin_agreement" => "party_seq",
            "bulletin_reply" => "objection_id",
            "bulletin_receipt" => "delivery_seq",
            "bulletin_template" => "seq",
            _ => "bulletin_id",
        };
        assert!(house.behind(&format!("update {table} set {column} = {column}")).await.is_err(), "{table}");
        assert!(house.behind(&format!("delete from {table}")).await.is_err(), "{table}");
    }
    for sql in [
        "delete from bulletin",
        "update bulletin set number = 'x', digest = null",
        "update bulletin set published_at = 1",
        "update bulletin set published_at = null",
    ] {
        assert!(house.behind(sql).await.is_err(), "{sql}");
    }
}

async fn one_key_is_in_use_and_the_old_ones_stay(house: House) {
    let store = furnished(&house).await;
    let key = |n: u8, s| SigningKey {
        key_id: format!("{n:016x}"),
        algorithm: "ed25519".to_owned(),
        public_key: vec![n; 32],
        sealed_secret: vec![n; 60],
        valid_from: at(s),
        retired_at: None,
    };
    assert_eq!(store.replace_signing_key(&key(1, 0)).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(store.signing_key_in_use("ed25519").await.unwrap(), None);
    let (one, two) = (key(1, 0), key(2, 0));
    let (a, b) = tokio::join!(store.add_first_signing_key(&one), store.add_first_signing_key(&two));
    assert_eq!(a.unwrap(), b.unwrap(), "both nodes sign with one key");
    store.replace_signing_key(&key(3, 5)).await.unwrap();
    assert_eq!(store.signing_key_in_use("ed25519").await.unwrap(), Some(key(3, 5)));
    let all = store.signing_keys().await.unwrap();
    assert_eq!(all.iter().map(|key| key.retired_at).collect::<Vec<_>>(), [Some(at(5)), None]);
    for sql in [
        "delete from signing_key",
        "update signing_key set retired_at = null",
        "update signing_key set algorithm = 'none'",
    ] {
        assert!(house.behind(sql).await.is_err(), "{sql}");
    }
}

async fn the_last_template_counts(house: House) {
    let store = furnished(&house).await;
    assert_eq!(store.bulletin_template(&province()).await.unwrap(), None);
    store.put_bulletin_template(&province(), "一.docx", b"one", at(1)).await.unwrap();
    store.put_bulletin_template(&province(), "二.docx", b"two", at(2)).await.unwrap();
    let template = store.bulletin_template(&province()).await.unwrap().unwrap();
    assert_eq!((template.name.as_str(), template.size_bytes), ("二.docx", 3));
    assert_eq!(store.bulletin_template_file(&province(), &template).await.unwrap(), b"two");
    let refused = store.put_bulletin_template(&north(), "三.docx", b"three", at(3)).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::NotFound);
    store.drop_bulletin_template(&province(), at(4)).await.unwrap();
    assert_eq!(store.bulletin_template(&province()).await.unwrap(), None);
}
