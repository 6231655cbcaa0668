//! The bulletin desk: from a draft to a receipt, who may do what on the way, and what a copy can still prove afterwards.

use domain::access::{Access, Scope};
use domain::bulletin::Settings;
use domain::bulletin::life::BulletinState;
use domain::ids::{BulletinId, RegionId};
use domain::register::regions::jiangxi_regions;
use domain::role::Role;
use platform::bulletins::sealed::Sealed;
use platform::bulletins::{Action, DocumentFormat, NewObjection, Paper};
use platform::figures::SnapshotKey;
use platform::rows::{AuditFilter, InboxKind, PageAsk};
use platform::verify::Verdict;
use platform::{Ask, PlatformError};

use crate::fixture::World;

/// The world with two people of the province, one city that the bulletin names, and another province's worth of strangers.
struct Office {
    world: World,
    author: Access,
    approver: Access,
    city: Access,
    city_id: RegionId,
}

impl Office {
    async fn new() -> Self {
        let world = World::new().await;
        let regions = jiangxi_regions();
        let province = regions.iter().find(|region| region.parent_id.is_none()).unwrap().id;
        let county = regions.iter().find(|region| region.id == world.county).unwrap();
        let city_id = county.parent_id.unwrap();
        let author = world.person("author", Role::Province, Scope::Region(province)).await;
        let approver = world.person("approver", Role::Province, Scope::Region(province)).await;
        let city = world.person("city", Role::City, Scope::Region(city_id)).await;
        world.platform.take_snapshot(&world.operator(), None, None).await.unwrap();
        Self { world, author, approver, city, city_id }
    }

    fn ask(&self, access: Access) -> Ask {
        self.world.ask(access)
    }

    async fn draft(&self) -> BulletinId {
        self.draft_with(Settings::default()).await
    }

    async fn draft_with(&self, settings: Settings) -> BulletinId {
        let ask = self.ask(self.author);
        self.world.platform.new_bulletin(&ask, SnapshotKey::Latest, None, settings).await.unwrap()
    }

    async fn version(&self, id: BulletinId) -> i64 {
        self.world.platform.bulletin(&self.ask(self.author), id).await.unwrap().row.version
    }

    async fn approve(&self, id: BulletinId) -> Result<String, PlatformError> {
        let version = self.version(id).await;
        self.world.platform.approve_bulletin(&self.ask(self.approver), id, version, Some("已逐项核对")).await
    }

    async fn published(&self) -> BulletinId {
        let id = self.draft().await;
        self.approve(id).await.unwrap();
        self.world.platform.publish_bulletin(&self.ask(self.approver), id).await.unwrap();
        id
    }

    async fn text(&self, id: BulletinId) -> String {
        let document = self.document(id, DocumentFormat::Text).await;
        String::from_utf8(document).unwrap()
    }

    async fn document(&self, id: BulletinId, format: DocumentFormat) -> Vec<u8> {
        let ask = self.ask(self.author);
        self.world.platform.bulletin_document(&ask, id, format, Paper::Plain).await.unwrap().bytes
    }
}

fn is_conflict<T>(result: &Result<T, PlatformError>) -> bool {
    matches!(result, Err(PlatformError::Conflict(_)))
}

fn is_denied<T>(result: &Result<T, PlatformError>) -> bool {
    matches!(result, Err(PlatformError::Denied(_)))
}

fn is_unknown<T>(result: &Result<T, PlatformError>) -> bool {
    matches!(result, Err(PlatformError::NotFound))
}

#[tokio::test]
async fn a_bulletin_goes_from_draft_to_receipt() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.draft().await;
    let drafted = platform.bulletin(&office.ask(office.author), id).await.unwrap();
    assert_eq!(drafted.row.state, BulletinState::Draft);
    assert!(drafted.next.contains(&Action::Consult) && !drafted.next.contains(&Action::Approve));

    platform.open_consultation(&office.ask(office.author), id, None).await.unwrap();
    let inbox = platform.inbox(&office.ask(office.city), &PageAsk::first(9)).await.unwrap().items;
    assert_eq!((inbox[0].kind, inbox[0].bulletin_id), (InboxKind::Consultation, id));
    let asked = platform.bulletin(&office.ask(office.city), id).await.unwrap();
    assert_eq!(asked.next, [Action::Object, Action::Agree]);
    let figure_id = Some(asked.written.figures[0].id.clone());
    let objection =
        NewObjection { figure_id, words: "我市数字有误".to_owned(), ..NewObjection::default() };
    let objection_id = platform.object(&office.ask(office.city), id, objection).await.unwrap();
    assert!(is_conflict(&office.approve(id).await), "the consultation runs");

    office.world.wait_s(24 * 3600);
    let settled = platform.bulletin(&office.ask(office.author), id).await.unwrap();
    assert_eq!(settled.row.state, BulletinState::Draft);
    let ask = office.ask(office.author);
    platform.reply_objection(&ask, id, objection_id, false, "经核对，数据无误").await.unwrap();

    let number = office.approve(id).await.unwrap();
    assert_eq!(number, "赣教监管字〔2025〕1号");
    assert!(is_unknown(&platform.bulletin(&office.ask(office.world.stranger().await), id).await));
    platform.publish_bulletin(&office.ask(office.approver), id).await.unwrap();
    let before = platform.receipts(&office.ask(office.author), id).await.unwrap();
    assert!(before.iter().all(|delivery| delivery.read_at.is_none()));
    let read = platform.bulletin(&office.ask(office.city), id).await.unwrap();
    assert_eq!(
        (read.row.state, read.row.number.as_deref()),
        (BulletinState::Published, Some(number.as_str()))
    );
    let after = platform.receipts(&office.ask(office.author), id).await.unwrap();
    let ours = after.iter().find(|delivery| delivery.region_id == Some(office.city_id)).unwrap();
    assert!(ours.read_at.is_some(), "opening it is receiving it");
    assert_eq!(after.iter().filter(|delivery| delivery.read_at.is_some()).count(), 1);
    assert!(after.len() >= 12, "every city-level region is an addressee");

    let filter = AuditFilter { object_id: Some(id.to_string()), ..AuditFilter::default() };
    let rows = platform.audit_rows(&office.world.operator(), &filter, &PageAsk::first(50)).await.unwrap();
    let mut acts: Vec<_> = rows.items.iter().map(|row| row.entry.action.as_str()).collect();
    acts.reverse();
    let expected = ["new", "consult", "object", "reply", "approve", "publish", "receive"];
    assert_eq!(acts, expected.map(|act| format!("bulletin_{act}")));
}

#[tokio::test]
async fn the_author_never_approves_and_a_city_never_writes() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.draft().await;
    let version = office.version(id).await;
    let own = platform.approve_bulletin(&office.ask(office.author), id, version, Some("急")).await;
    assert!(is_conflict(&own));
    let itself = platform.approve_bulletin(&office.world.operator(), id, version, Some("急")).await;
    assert!(itself.is_err(), "approval is a person's act");
    let city = office.ask(office.city);
    assert!(is_denied(&platform.new_bulletin(&city, SnapshotKey::Latest, None, Settings::default()).await));
    assert!(is_denied(&platform.approve_bulletin(&city, id, version, None).await));
    assert!(is_denied(&platform.publish_bulletin(&city, id).await));
    assert!(is_denied(&platform.open_consultation(&city, id, None).await));
    assert!(is_denied(&platform.withdraw_bulletin(&city, id, None).await));
    for format in [DocumentFormat::Text, DocumentFormat::Json, DocumentFormat::Docx] {
        assert!(is_unknown(&platform.bulletin_document(&city, id, format, Paper::Plain).await));
    }
    assert!(is_unknown(&platform.bulletin_annex(&city, id, 1).await));
    assert!(is_unknown(&platform.receipts(&city, id).await));
    assert!(is_unknown(&platform.agree(&city, id).await));
}

#[tokio::test]
async fn settings_write_a_new_revision_of_the_same_snapshot() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.draft().await;
    let before = office.text(id).await;
    // The register moves on; the draft's snapshot does not.
    office.world.platform.seed_units(&office.world.operator(), &[]).await.unwrap();
    let settings = Settings { title: "关于建设情况的通报".to_owned(), ..Settings::default() };
    let ask = office.ask(office.author);
    platform.change_bulletin_settings(&ask, id, 1, settings.clone()).await.unwrap();
    assert!(is_conflict(&platform.change_bulletin_settings(&ask, id, 1, settings.clone()).await), "stale");
    let detail = platform.bulletin(&ask, id).await.unwrap();
    assert_eq!((detail.row.revision, detail.written.title.as_str()), (2, "关于建设情况的通报"));
    assert_ne!(office.text(id).await, before);
    let bad = Settings { title: String::new(), ..settings };
    assert!(matches!(
        platform.change_bulletin_settings(&ask, id, 2, bad).await,
        Err(PlatformError::Invalid(_))
    ));
    office.approve(id).await.unwrap();
    let late = platform.change_bulletin_settings(&ask, id, 3, Settings::default()).await;
    assert!(is_conflict(&late), "approved is approved");
}

#[tokio::test]
async fn numbers_run_through_the_year_and_begin_again() {
    let office = Office::new().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(office.approve(office.draft().await).await.unwrap());
    }
    let platform = &office.world.platform;
    let withdrawn = office.draft().await;
    platform.withdraw_bulletin(&office.ask(office.author), withdrawn, None).await.unwrap();
    numbers.push(office.approve(office.draft().await).await.unwrap());
    office.world.wait_s(40 * 24 * 3600);
    numbers.push(office.approve(office.draft().await).await.unwrap());
    let expected = [(2025, 1), (2025, 2), (2025, 3), (2026, 1)];
    assert_eq!(numbers, expected.map(|(year, n)| format!("赣教监管字〔{year}〕{n}号")));
}

#[tokio::test]
async fn what_is_sealed_proves_itself_and_one_digit_undoes_it() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.published().await;
    let json = office.document(id, DocumentFormat::Json).await;
    let genuine = platform.verify_copy("bulletin.json", json.clone()).await.unwrap();
    assert_eq!(genuine.verdict, Verdict::Genuine, "{}", genuine.message_en);
    assert!(genuine.signature.unwrap().valid);

    let (sealed, digest) = Sealed::read(&json).unwrap();
    assert_eq!(sealed.signature.as_ref().unwrap().digest, digest);
    let figure = &sealed.bulletin.figures[0];
    assert!(sealed.bulletin.figures.iter().any(|figure| figure.rows_hash.is_some()));
    let mut forged = sealed.clone();
    forged.bulletin.figures[0].figure.numerator += 1;
    let answer = platform.verify_copy("x.json", forged.to_json().unwrap()).await.unwrap();
    assert_eq!(answer.verdict, Verdict::Altered);
    assert_eq!(answer.differences[0].figure_id.as_ref(), Some(&figure.figure.id));
    assert!(!answer.signature.unwrap().valid);

    let mut forged = sealed.clone();
    let span = figure.figure.span;
    forged.bulletin.text.replace_range(span.offset..span.offset + span.len, "9");
    let answer = platform.verify_copy("x.json", forged.to_json().unwrap()).await.unwrap();
    assert_eq!(answer.verdict, Verdict::Altered);
    assert_eq!(answer.differences[0].figure_id.as_ref(), Some(&figure.figure.id), "{:?}", answer.differences);

    let mut forged = sealed;
    forged.signature.as_mut().unwrap().value = "AAAA".to_owned();
    let answer = platform.verify_copy("x.json", forged.to_json().unwrap()).await.unwrap();
    assert_eq!(answer.verdict, Verdict::Altered);
}

#[tokio::test]
async fn a_text_is_compared_figure_by_figure() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.published().await;
    let detail = platform.bulletin(&office.ask(office.author), id).await.unwrap();
    let number = detail.row.number.clone().unwrap();
    let text = office.text(id).await;
    let check = async |text: String| platform.verify_copy("copy.txt", text.into_bytes()).await.unwrap();

    // With its number, only with its title, hard-wrapped, in full-width digits: always the same bulletin.
    let wrapped: String = text
        .chars()
        .enumerate()
        .flat_map(|(n, c)| if n % 31 == 30 { vec![c, '\n'] } else { vec![c] })
        .collect();
    let wide: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
        .collect();
    for copy in [format!("{number}\n{text}"), text.clone(), format!("{number}\n— 1 —\n{wrapped}"), wide] {
        let answer = check(copy).await;
        assert_eq!(answer.verdict, Verdict::Genuine, "{} {:?}", answer.message_en, answer.differences);
    }
    for figure in &detail.written.figures {
        if !figure.text.chars().all(|c| c.is_ascii_digit() || c == '.') {
            continue;
        }
        let mut forged = text.clone();
        let last = figure.span.offset + figure.span.len - 1;
        let digit = forged.as_bytes()[last];
        let other = if digit == b'7' { "3" } else { "7" };
        forged.replace_range(last..=last, other);
        let answer = check(forged).await;
        assert_eq!(answer.verdict, Verdict::Altered, "{}", figure.label);
        let named: Vec<_> = answer.differences.iter().map(|one| one.figure_id.as_deref()).collect();
        assert_eq!(named, [Some(figure.id.as_str())], "{:?}", answer.differences);
        assert_eq!(answer.differences[0].label, figure.label);
        assert!(answer.differences[0].line.is_some());
    }
}

#[tokio::test]
async fn changed_words_missing_and_added_paragraphs_are_found() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.published().await;
    let text = office.text(id).await;
    let check = async |text: String| platform.verify_copy("copy.txt", text.into_bytes()).await.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let heading = lines.iter().position(|line| line.starts_with("一、")).unwrap();

    let without: Vec<&str> = [&lines[..heading], &lines[heading + 1..]].concat();
    let answer = check(without.join("\n")).await;
    assert_eq!((answer.verdict, answer.differences[0].label.as_str()), (Verdict::Altered, "缺少段落"));

    let added = [&lines[..=heading], &["全省各地工作全部完成，成绩显著。"], &lines[heading + 1..]].concat();
    let answer = check(added.join("\n")).await;
    assert_eq!((answer.verdict, answer.differences[0].label.as_str()), (Verdict::Altered, "多出的文字"));

    let answer = check(text.replacen("全省平台", "全市平台", 1)).await;
    assert_eq!((answer.verdict, answer.differences[0].label.as_str()), (Verdict::Altered, "文字不一致"));

    assert_eq!(check("关于放假的通知".to_owned()).await.verdict, Verdict::Unknown);
    let answer = platform.verify_copy("x.json", b"{\"format\":\"other\"}".to_vec()).await.unwrap();
    assert_eq!(answer.verdict, Verdict::Unreadable);
}

#[tokio::test]
async fn the_public_finds_what_is_published_and_nothing_else() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.draft().await;
    let number = office.approve(id).await.unwrap();
    let json = office.document(id, DocumentFormat::Json).await;
    let text = office.text(id).await;
    assert!(platform.published(&number).await.unwrap().is_none());
    for (name, copy) in [("x.json", json.clone()), ("x.txt", text.into_bytes())] {
        let answer = platform.verify_copy(name, copy).await.unwrap();
        assert_eq!((answer.verdict, answer.bulletin), (Verdict::Unknown, None), "{name}");
    }
    platform.publish_bulletin(&office.ask(office.approver), id).await.unwrap();
    let (_, digest) = Sealed::read(&json).unwrap();
    for key in
        [number.as_str(), &digest, &digest.to_uppercase(), "赣教监管字[2025]1号", " 赣教监管字〔2025〕 1 号 "]
    {
        let found = platform.published(key).await.unwrap().unwrap_or_else(|| panic!("{key}"));
        assert!(found.signature.valid);
        assert_eq!(found.bulletin.number.as_ref(), Some(&number));
    }
    for key in ["", "'; drop table bulletin --", &"〔".repeat(500), "赣教监管字〔2025〕2号"] {
        assert!(platform.published(key).await.unwrap().is_none(), "{key}");
    }
    let version_free = platform.withdraw_bulletin(&office.ask(office.approver), id, None).await;
    assert!(matches!(version_free, Err(PlatformError::Invalid(_))), "a reason is needed");
    platform.withdraw_bulletin(&office.ask(office.approver), id, Some("数据有误")).await.unwrap();
    let answer = platform.verify_copy("x.json", json).await.unwrap();
    assert_eq!(answer.bulletin.unwrap().state, BulletinState::Withdrawn);
    assert!(answer.message_zh.contains("撤回"));
}

#[tokio::test]
async fn a_replaced_key_still_proves_what_it_signed() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.published().await;
    let json = office.document(id, DocumentFormat::Json).await;
    let admin = office.world.person("keys", Role::SecurityAdmin, Scope::Region(office.city_id)).await;
    assert!(is_denied(&platform.replace_signing_key(&office.ask(office.author)).await));
    let fresh = platform.replace_signing_key(&office.ask(admin)).await.unwrap();
    let keys = platform.public_keys().await.unwrap();
    assert_eq!(keys.len(), 2);
    assert!(keys[0].retired_at.is_some() && keys[1].key_id == fresh.key_id);
    let answer = platform.verify_copy("x.json", json).await.unwrap();
    assert_eq!(answer.verdict, Verdict::Genuine);
    let later = office.published().await;
    let (sealed, _) = Sealed::read(&office.document(later, DocumentFormat::Json).await).unwrap();
    assert_eq!(sealed.signature.unwrap().key_id, fresh.key_id);
}

#[tokio::test]
async fn a_consultation_is_long_enough_and_asks_somebody() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.draft().await;
    let ask = office.ask(office.author);
    for hours in [0, 23, 721, u32::MAX] {
        let refused = platform.open_consultation(&ask, id, Some(hours)).await;
        assert!(matches!(refused, Err(PlatformError::Invalid(_))), "{hours}");
    }
    platform.open_consultation(&ask, id, Some(48)).await.unwrap();
    assert!(is_conflict(&platform.open_consultation(&ask, id, Some(48)).await));
    assert!(is_conflict(&platform.end_consultation(&ask, id).await), "parties are silent");
    let city = office.ask(office.city);
    for (figure_id, paragraph, words) in [
        (Some("F999"), None, "x"),
        (None, Some(9999), "x"),
        (None, None, " "),
        (None, None, &*"长".repeat(2001)),
    ] {
        let figure_id = figure_id.map(str::to_owned);
        let bad = NewObjection { figure_id, paragraph, words: words.to_owned(), evidence_note: None };
        assert!(matches!(platform.object(&city, id, bad).await, Err(PlatformError::Invalid(_))));
    }
    platform.agree(&city, id).await.unwrap();
    let round = platform.consultation(&city, id).await.unwrap();
    assert_eq!(round.parties.len(), 1);
}

#[tokio::test]
async fn a_draft_is_proved_to_those_who_see_it_and_to_nobody_else() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.draft().await;
    let ask = office.ask(office.author);
    let json = office.document(id, DocumentFormat::Json).await;
    let text = office.text(id).await;
    for (name, bytes) in [("x.json", json.clone()), ("x.txt", text.clone().into_bytes())] {
        let own = platform.verify_own_copy(&ask, name, bytes.clone()).await.unwrap();
        assert_eq!(own.verdict, Verdict::Genuine, "{name}: {} {:?}", own.message_en, own.differences);
        let public = platform.verify_copy(name, bytes.clone()).await.unwrap();
        assert_eq!(public.verdict, Verdict::Unknown, "{name}");
        let city = platform.verify_own_copy(&office.ask(office.city), name, bytes).await.unwrap();
        assert!(city.bulletin.is_none() || name == "x.json", "{name}");
    }
    let (sealed, _) = Sealed::read(&json).unwrap();
    let span = sealed.bulletin.figures[0].figure.span;
    let mut forged = text.clone();
    forged.replace_range(span.offset..span.offset + span.len, "9");
    let figure_id = Some(sealed.bulletin.figures[0].figure.id.clone());
    let answer = platform.verify_own_copy(&ask, "x.txt", forged.clone().into_bytes()).await.unwrap();
    assert_eq!((answer.verdict, &answer.differences[0].figure_id), (Verdict::Altered, &figure_id));
    let mut copy = sealed;
    copy.bulletin.text = forged.clone();
    let copy = copy.to_json().unwrap();
    let answer = platform.verify_own_copy(&ask, "x.json", copy.clone()).await.unwrap();
    assert_eq!((answer.verdict, &answer.differences[0].figure_id), (Verdict::Altered, &figure_id));

    // Without a platform: the file's own key, or another sealed file.
    assert_eq!(platform::verify::verify_alone(&json).verdict, Verdict::Genuine);
    let answer = platform::verify::verify_alone(&copy);
    assert_eq!((answer.verdict, &answer.differences[0].figure_id), (Verdict::Altered, &figure_id));
    let against = |name: &str, bytes: &[u8]| platform::verify::verify_against(&json, name, bytes);
    assert_eq!(against("x.txt", text.as_bytes()).verdict, Verdict::Genuine);
    assert_eq!(against("x.txt", forged.as_bytes()).differences[0].figure_id, figure_id);
    assert_eq!(against("x.json", &copy).differences[0].figure_id, figure_id);
    assert_eq!(platform::verify::verify_against(&copy, "x.txt", text.as_bytes()).verdict, Verdict::Altered);
    assert_eq!(platform::verify::verify_alone(b"{}").verdict, Verdict::Unreadable);
}

#[tokio::test]
async fn only_a_word_file_becomes_the_template() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let ask = office.ask(office.author);
    for bytes in [&b""[..], b"PK\x03\x04 other", b"<html>word/document.xml"] {
        let refused = platform.put_bulletin_template(&ask, "a.docx", bytes.to_vec()).await;
        assert!(matches!(refused, Err(PlatformError::Invalid(_))));
    }
    let large = platform.put_bulletin_template(&ask, "a.docx", vec![b'P'; 6 << 20]).await;
    assert!(matches!(large, Err(PlatformError::Limit { .. })));
    // A bulletin as printed is a Word file, but holds no place to fill.
    let id = office.draft().await;
    let printed = office.document(id, DocumentFormat::Docx).await;
    assert!(is_denied(
        &platform.put_bulletin_template(&office.ask(office.city), "a.docx", printed.clone()).await
    ));
    let refused = platform.put_bulletin_template(&ask, "a.docx", printed).await;
    assert!(matches!(refused, Err(PlatformError::Invalid(_))));
    assert!(platform.bulletin_template(&ask).await.unwrap().is_none());
}

#[tokio::test]
async fn documents_are_printed_and_read_back() {
    let office = Office::new().await;
    let platform = &office.world.platform;
    let id = office.published().await;
    let ask = office.ask(office.author);
    for (format, name) in
        [(DocumentFormat::Docx, "x.docx"), (DocumentFormat::Pdf, "x.pdf"), (DocumentFormat::Xlsx, "x.xlsx")]
    {
        let printed = match platform.bulletin_document(&ask, id, format, Paper::Plain).await {
            Ok(printed) => printed.bytes,
            // A machine without any Chinese face cannot set a PDF, and says so.
            Err(PlatformError::Unavailable(why)) if format == DocumentFormat::Pdf => {
                assert!(why.contains("fonts-noto-cjk"), "{why}");
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        let answer = platform.verify_copy(name, printed).await.unwrap();
        assert_eq!(
            answer.verdict,
            Verdict::Genuine,
            "{name}: {} {:?}",
            answer.message_en,
            answer.differences
        );
    }
    let none = platform.bulletin_document(&ask, id, DocumentFormat::Docx, Paper::TemplateInForce).await;
    assert!(is_conflict(&none), "there is no template");
}
