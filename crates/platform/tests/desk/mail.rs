//! Mail against a server that takes letters, refuses them, hangs, and does not keep its word.

use std::time::Instant;

use domain::access::Scope;
use domain::alarm::Rung;
use domain::role::Role;
use platform::Platform;
use platform::notify::{Encryption, Login, MailSettings, NotifySettings, Server};
use platform::rows::NotificationState;

use crate::channels::{line, loopback, told, wrong_field};
use crate::encrypted::{authority, other_authority};
use crate::fixture::World;
use crate::mailbox::{Answer, END_OF_LETTER, Mailbox, SILENCE, Speech};

const OFFICE: &str = "office@school.example";

fn settings(mailbox: &Mailbox, encryption: Encryption) -> MailSettings {
    MailSettings {
        server: Server {
            host: "localhost".to_owned(),
            port: mailbox.address.port(),
            encryption,
            authority: Some(authority()),
            login: Some(Login { user: "watchfire".to_owned(), password: "s3cret".to_owned() }),
        },
        from: "alarm@fire.example".to_owned(),
        recipients: vec![OFFICE.to_owned()],
        rungs: vec![Rung::DutyGuard],
    }
}

async fn writing(world: &World, mail: MailSettings) -> Platform {
    world.reopened_telling(NotifySettings { mail: Some(mail), ..loopback() }).await
}

/// What a test of the connection answers.
async fn tried(world: &World, mail: MailSettings) -> (bool, String) {
    let platform = writing(world, mail).await;
    let outcome = platform.test_channel(&world.operator(), "mail").await.unwrap().remove(0);
    (outcome.taken, outcome.said)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_says_what_happened_is_known_again_and_leaves_its_receipt() {
    let world = World::new().await;
    world.guard().await;
    let mailbox = Mailbox::speaking(Speech::StartTls, &[Answer(END_OF_LETTER, "451 4.3.0 later")]).await;
    let platform = writing(&world, settings(&mailbox, Encryption::StartTls)).await;
    let id = told(&world, &platform).await;
    platform.send_waiting("mail").await.unwrap();
    let first = line(&world, &platform, id, "mail").await;
    assert_eq!((first.state, first.recipient.as_str()), (NotificationState::Waiting, OFFICE));
    assert!(first.answer.unwrap().contains("451"));
    world.wait_s(5);
    platform.send_waiting("mail").await.unwrap();
    let sent = line(&world, &platform, id, "mail").await;
    assert_eq!(
        (sent.state, sent.tries, sent.answer.as_deref()),
        (NotificationState::Sent, 2, Some("250 2.0.0 kept as 1"))
    );

    let letters = mailbox.letters();
    assert_eq!(letters.len(), 2);
    let letter = &letters[1];
    assert_eq!((letter.from.as_str(), letter.to.as_str()), ("alarm@fire.example", OFFICE));
    assert_eq!(letter.login, Some(("watchfire".to_owned(), "s3cret".to_owned())));
    assert!(letter.is_encrypted);
    assert_eq!(letters[0].header("Message-ID"), letter.header("Message-ID"), "a repetition is known as one");
    assert!(letter.header("Message-ID").ends_with("@fire.example>"), "{}", letter.text);
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert!(letter.header("Subject").starts_with("=?utf-8?b?"), "{}", letter.text);
    assert!(letter.header("Content-Type").starts_with("text/plain"), "words and no picture");
    let words = letter.words();
    assert!(words.starts_with("【烽燧·一级告警】明火") && words.contains("现告知值班员"), "{words}");
    assert!(words.contains(&format!("https://fire.example/#/alarms/{id}")), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_of_encryption_is_spoken_and_none_is_given_up_silently() {
    let world = World::new().await;
    let plain = Mailbox::speaking(Speech::Plain, &[]).await;
    let (started, whole) =
        (Mailbox::speaking(Speech::StartTls, &[]).await, Mailbox::speaking(Speech::Tls, &[]).await);
    for (mailbox, encryption) in
        [(&plain, Encryption::Off), (&started, Encryption::StartTls), (&whole, Encryption::Tls)]
    {
        assert!(tried(&world, settings(mailbox, encryption)).await.0, "{encryption:?}");
        assert_eq!(mailbox.letters()[0].is_encrypted, encryption != Encryption::Off);
        assert!(mailbox.letters()[0].words().contains("没有发生告警"), "nobody runs because of a test");
    }
    // Somebody on the way took the offer to encrypt out.
    let (taken, said) = tried(&world, settings(&plain, Encryption::StartTls)).await;
    assert!(!taken && said.contains("STARTTLS"), "{said}");
    assert!(
        !plain.commands().iter().skip(4).any(|command| command.starts_with("AUTH")),
        "no password in the clear"
    );
    for (mailbox, encryption) in [(&started, Encryption::StartTls), (&whole, Encryption::Tls)] {
        let mut stranger = settings(mailbox, encryption);
        stranger.server.authority = Some(other_authority());
        let (taken, said) = tried(&world, stranger).await;
        assert!(!taken, "a server that nobody vouches for: {said}");
        let mut unknown = settings(mailbox, encryption);
        unknown.server.authority = None;
        assert!(!tried(&world, unknown).await.0, "no authority of browsers vouches for it");
        assert_eq!(mailbox.letters().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_final_and_silence_and_nonsense_are_not() {
    for (answer, state, said) in [
        (Answer("RCPT", "550 5.1.1 no such user"), NotificationState::GivenUp, "550"),
        (Answer("RCPT", "450 4.2.1 mailbox busy"), NotificationState::Waiting, "450"),
        (Answer("AUTH", "535 5.7.8 wrong password"), NotificationState::GivenUp, "535"),
        (Answer(END_OF_LETTER, "554 5.7.1 looks like spam"), NotificationState::GivenUp, "554"),
        (Answer("GREETING", "421 closing"), NotificationState::Waiting, "421"),
        (Answer("GREETING", "HTTP/1.1 200 OK"), NotificationState::Waiting, ""),
        // It answers, and does not answer for the letter.
        (Answer(END_OF_LETTER, "354 go on"), NotificationState::Waiting, "not answered for"),
    ] {
        let world = World::new().await;
        world.guard().await;
        let mailbox = Mailbox::speaking(Speech::Plain, &[answer]).await;
        let platform = writing(&world, settings(&mailbox, Encryption::Off)).await;
        let id = told(&world, &platform).await;
        platform.send_waiting("mail").await.unwrap();
        let line = line(&world, &platform, id, "mail").await;
        let answered = line.answer.unwrap();
        assert!(line.state == state && answered.contains(said), "{answer:?}: {:?} {answered}", line.state);
        assert!(!answered.contains("s3cret"), "{answered}");
    }
    let world = World::new().await;
    let hung = Mailbox::speaking(Speech::Plain, &[Answer("DATA", SILENCE)]).await;
    let start = Instant::now();
    let (taken, said) = tried(&world, settings(&hung, Encryption::Off)).await;
    assert!(!taken && said.contains("no answer within"), "{said}");
    assert!(start.elapsed().as_secs() < 15, "an exchange has an end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_inside_is_refused_and_plain_speech_stays_in_named_networks() {
    let world = World::new().await;
    let mailbox = Mailbox::speaking(Speech::Plain, &[]).await;
    let closed =
        NotifySettings { mail: Some(settings(&mailbox, Encryption::StartTls)), ..NotifySettings::default() };
    let platform = world.reopened_telling(closed).await;
    let outcome = platform.test_channel(&world.operator(), "mail").await.unwrap().remove(0);
    assert!(!outcome.taken && outcome.said.contains("no address that may be contacted"), "{outcome:?}");
    // An address of the internet: refused before anything is said to it.
    let mut outside = settings(&mailbox, Encryption::Off);
    outside.server.host = "9.9.9.9".to_owned();
    let (taken, said) = tried(&world, outside).await;
    assert!(!taken && said.contains("unencrypted"), "{said}");
    assert!(mailbox.commands().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_the_rung_are_written_to_at_the_address_they_entered() {
    let world = World::new().await;
    let guard = world.guard().await;
    let other = world.stranger().await;
    let mailbox = Mailbox::speaking(Speech::Plain, &[]).await;
    let platform = writing(&world, settings(&mailbox, Encryption::Off)).await;
    platform.set_mail(&world.ask(guard), Some("guard@school.example")).await.unwrap();
    platform.set_mail(&world.ask(other), Some("stranger@school.example")).await.unwrap();
    let bad = platform.set_mail(&world.ask(guard), Some("a@b.cn\r\nBcc: c@d.cn")).await.unwrap_err();
    assert_eq!(wrong_field(&bad), "mail");
    assert_eq!(
        platform.contacts(&world.ask(guard)).await.unwrap().mail.as_deref(),
        Some("guard@school.example")
    );
    // Two people share the office's mailbox, which the configuration names besides.
    for name in ["first", "second"] {
        let person = world.person(name, Role::DutyGuard, Scope::Region(world.county)).await;
        platform.set_mail(&world.ask(person), Some(OFFICE)).await.unwrap();
    }
    told(&world, &platform).await;
    platform.send_waiting("mail").await.unwrap();
    let mut to: Vec<String> = mailbox.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["guard@school.example", OFFICE]);
    let ids: Vec<String> =
        mailbox.letters().iter().map(|letter| letter.header("Message-ID").to_owned()).collect();
    assert_ne!(ids[0], ids[1], "two letters are two");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_taken_away_between_two_tries_is_written_to_no_more() {
    let world = World::new().await;
    let guard = world.guard().await;
    let busy =
        Mailbox::speaking(Speech::Plain, &[Answer("RCPT", "450 busy"), Answer("RCPT", "450 busy")]).await;
    let platform = writing(&world, settings(&busy, Encryption::Off)).await;
    platform.set_mail(&world.ask(guard), Some("guard@school.example")).await.unwrap();
    told(&world, &platform).await;
    platform.send_waiting("mail").await.unwrap();
    platform.set_mail(&world.ask(guard), None).await.unwrap();
    world.wait_s(5);
    platform.send_waiting("mail").await.unwrap();
    assert_eq!(busy.letters().into_iter().map(|letter| letter.to).collect::<Vec<_>>(), [OFFICE]);
}
