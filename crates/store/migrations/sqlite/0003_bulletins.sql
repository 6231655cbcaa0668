-- The desk of bulletins, for SQLite. Its twin is ../postgres/0003_bulletins.sql.

-- The bulletins of the first schema were prints without states or numbers; every one can be written again from its snapshot.
drop table bulletin;

-- Bulletins as they stand; how they came there is bulletin_step, what they said is bulletin_revision.
create table bulletin (
    id            text    not null primary key check (length(id) = 36),
    snapshot_id   text    not null references snapshot (id),
    -- the snapshot that changes are counted from
    compare_snapshot_id text references snapshot (id),
    state         text    not null check (state in ('draft', 'consulting', 'approved', 'published', 'withdrawn')),
    -- counts changes; a stale writer is refused
    version       bigint  not null check (version > 0),
    -- the revision in force, and what the linter said of it
    revision      bigint  not null check (revision > 0),
    title         text    not null check (title <> ''),
    errors        bigint  not null check (errors >= 0),
    warnings      bigint  not null check (warnings >= 0),
    -- end of the consultation opened last
    closes_at     bigint,
    created_at    bigint  not null,
    created_by    text,
    changed_at    bigint  not null,
    published_at  bigint,
    -- copies of bulletin_seal, for finding
    number        text    unique,
    digest        text    unique check (length(digest) = 64),
    check ((number is null) = (digest is null)),
    check (number is not null or state in ('draft', 'consulting', 'withdrawn')),
    check (published_at is null or number is not null)
);
create index bulletin_listed on bulletin (created_at desc, id desc);
create index bulletin_by_state on bulletin (state, created_at desc, id desc);
create index bulletin_by_snapshot on bulletin (snapshot_id);

-- Every text a bulletin ever had. A draft is written anew, never over.
create table bulletin_revision (
    bulletin_id   text    not null references bulletin (id),
    revision      bigint  not null check (revision > 0),
    at            bigint  not null,
    by_id         text,
    title         text    not null check (title <> ''),
    -- JSON: what the office decided, the written bulletin with its figures, what the linter found
    settings      text    not null,
    written       text    not null,
    findings      text    not null,
    primary key (bulletin_id, revision)
);

-- What happened to a bulletin, in order.
create table bulletin_step (
    seq           integer primary key autoincrement,
    bulletin_id   text    not null references bulletin (id),
    at            bigint  not null,
    event         text    not null,
    -- null for the first
    from_state    text,
    to_state      text    not null,
    revision      bigint  not null,
    -- null: the platform itself
    actor_id      text,
    actor_role    text,
    note          text
);
create index bulletin_step_of on bulletin_step (bulletin_id, seq);

-- Consultation rounds: which revision was shown, until when.
create table bulletin_consultation (
    bulletin_id   text    not null references bulletin (id),
    round         bigint  not null check (round > 0),
    revision      bigint  not null,
    opened_at     bigint  not null,
    opened_by     text,
    closes_at     bigint  not null check (closes_at > opened_at),
    primary key (bulletin_id, round)
);

-- Who is asked in a round: a region, or a unit that belongs to no city. Names are copied.
create table bulletin_party (
    seq           integer primary key autoincrement,
    bulletin_id   text    not null references bulletin (id),
    round         bigint  not null,
    region_id     text    references region (id),
    unit_id       text    references unit (id),
    name          text    not null,
    unique (bulletin_id, round, region_id),
    unique (bulletin_id, round, unit_id),
    check ((region_id is null) <> (unit_id is null))
);
create index bulletin_party_by_region on bulletin_party (region_id, bulletin_id);
create index bulletin_party_by_unit on bulletin_party (unit_id, bulletin_id);

-- The first look of a party.
create table bulletin_party_seen (
    party_seq     bigint  not null primary key references bulletin_party (seq),
    at            bigint  not null,
    by_id         text
);

-- A party has nothing to object.
create table bulletin_agreement (
    party_seq     bigint  not null primary key references bulletin_party (seq),
    at            bigint  not null,
    by_id         text
);

-- What a party objects to.
create table bulletin_objection (
    id            text    not null primary key check (length(id) = 36),
    party_seq     bigint  not null references bulletin_party (seq),
    bulletin_id   text    not null references bulletin (id),
    at            bigint  not null,
    by_id         text,
    -- figure of the text, e.g. F012
    figure_id     text,
    -- paragraph of the text, from 0
    paragraph     bigint,
    words         text    not null check (words <> ''),
    evidence_note text
);
create index bulletin_objection_of on bulletin_objection (bulletin_id, at, id);

-- What the office answers; once.
create table bulletin_reply (
    objection_id  text    not null primary key references bulletin_objection (id),
    at            bigint  not null,
    by_id         text,
    accepted      boolean not null,
    words         text    not null check (words <> '')
);

-- Approved bulletins: number, signature and the sealed content, which is kept as a file. Numbers of a year have no gap.
create table bulletin_seal (
    bulletin_id   text    not null primary key references bulletin (id),
    revision      bigint  not null,
    year          bigint  not null,
    serial        bigint  not null check (serial > 0),
    number        text    not null unique,
    approved_at   bigint  not null,
    approved_by   text    not null,
    -- why errors or open objections were passed over
    override_reason text,
    algorithm     text    not null,
    key_id        text    not null,
    digest        text    not null unique check (length(digest) = 64),
    -- base64
    value         text    not null,
    blob_id       text    not null unique,
    sha256        text    not null check (length(sha256) = 64),
    size_bytes    bigint  not null check (size_bytes > 0),
    unique (year, serial)
);

-- Who a published bulletin was sent to. Null time: nobody of theirs had an account then.
create table bulletin_delivery (
    seq           integer primary key autoincrement,
    bulletin_id   text    not null references bulletin (id),
    region_id     text    references region (id),
    unit_id       text    references unit (id),
    name          text    not null,
    sent_at       bigint  not null,
    delivered_at  bigint,
    unique (bulletin_id, region_id),
    unique (bulletin_id, unit_id),
    check ((region_id is null) <> (unit_id is null))
);
create index bulletin_delivery_by_region on bulletin_delivery (region_id, bulletin_id);
create index bulletin_delivery_by_unit on bulletin_delivery (unit_id, bulletin_id);

-- Read receipts.
create table bulletin_receipt (
    delivery_seq  bigint  not null primary key references bulletin_delivery (seq),
    at            bigint  not null,
    by_id         text    not null
);

-- The customer's red-head template; of several the last counts, and one without a file means none.
create table bulletin_template (
    seq           integer primary key autoincrement,
    at            bigint  not null,
    by_id         text,
    name          text,
    blob_id       text,
    sha256        text    check (length(sha256) = 64),
    size_bytes    bigint  check (size_bytes > 0),
    check ((blob_id is null) = (sha256 is null) and (blob_id is null) = (size_bytes is null))
);

-- Keys that sign bulletins. Old ones stay, so that old signatures can be checked for ever.
create table signing_key (
    key_id        text    not null primary key check (length(key_id) = 16),
    algorithm     text    not null,
    public_key    blob    not null,
    -- encrypted by the caller
    sealed_secret blob    not null,
    valid_from    bigint  not null,
    retired_at    bigint  check (retired_at >= valid_from)
);
create unique index signing_key_in_use on signing_key (algorithm) where retired_at is null;

-- Nothing of the history changes.
create trigger bulletin_revision_no_update before update on bulletin_revision begin
    select raise(abort, 'bulletin_revision is append-only');
end;
create trigger bulletin_revision_no_delete before delete on bulletin_revision begin
    select raise(abort, 'bulletin_revision is append-only');
end;
create trigger bulletin_step_no_update before update on bulletin_step begin
    select raise(abort, 'bulletin_step is append-only');
end;
create trigger bulletin_step_no_delete before delete on bulletin_step begin
    select raise(abort, 'bulletin_step is append-only');
end;
create trigger bulletin_consultation_no_update before update on bulletin_consultation begin
    select raise(abort, 'bulletin_consultation is append-only');
end;
create trigger bulletin_consultation_no_delete before delete on bulletin_consultation begin
    select raise(abort, 'bulletin_consultation is append-only');
end;
create trigger bulletin_party_no_update before update on bulletin_party begin
    select raise(abort, 'bulletin_party is append-only');
end;
create trigger bulletin_party_no_delete before delete on bulletin_party begin
    select raise(abort, 'bulletin_party is append-only');
end;
create trigger bulletin_party_seen_no_update before update on bulletin_party_seen begin
    select raise(abort, 'bulletin_party_seen is append-only');
end;
create trigger bulletin_party_seen_no_delete before delete on bulletin_party_seen begin
    select raise(abort, 'bulletin_party_seen is append-only');
end;
create trigger bulletin_agreement_no_update before update on bulletin_agreement begin
    select raise(abort, 'bulletin_agreement is append-only');
end;
create trigger bulletin_agreement_no_delete before delete on bulletin_agreement begin
    select raise(abort, 'bulletin_agreement is append-only');
end;
create trigger bulletin_objection_no_update before update on bulletin_objection begin
    select raise(abort, 'bulletin_objection is append-only');
end;
create trigger bulletin_objection_no_delete before delete on bulletin_objection begin
    select raise(abort, 'bulletin_objection is append-only');
end;
create trigger bulletin_reply_no_update before update on bulletin_reply begin
    select raise(abort, 'bulletin_reply is append-only');
end;
create trigger bulletin_reply_no_delete before delete on bulletin_reply begin
    select raise(abort, 'bulletin_reply is append-only');
end;
create trigger bulletin_seal_no_update before update on bulletin_seal begin
    select raise(abort, 'bulletin_seal is append-only');
end;
create trigger bulletin_seal_no_delete before delete on bulletin_seal begin
    select raise(abort, 'bulletin_seal is append-only');
end;
create trigger bulletin_delivery_no_update before update on bulletin_delivery begin
    select raise(abort, 'bulletin_delivery is append-only');
end;
create trigger bulletin_delivery_no_delete before delete on bulletin_delivery begin
    select raise(abort, 'bulletin_delivery is append-only');
end;
create trigger bulletin_receipt_no_update before update on bulletin_receipt begin
    select raise(abort, 'bulletin_receipt is append-only');
end;
create trigger bulletin_receipt_no_delete before delete on bulletin_receipt begin
    select raise(abort, 'bulletin_receipt is append-only');
end;
create trigger bulletin_template_no_update before update on bulletin_template begin
    select raise(abort, 'bulletin_template is append-only');
end;
create trigger bulletin_template_no_delete before delete on bulletin_template begin
    select raise(abort, 'bulletin_template is append-only');
end;
create trigger bulletin_no_delete before delete on bulletin begin
    select raise(abort, 'a bulletin is withdrawn, never removed');
end;
create trigger bulletin_number_stays before update of number, digest, published_at, snapshot_id on bulletin
when (old.number is not null and (new.number is not old.number or new.digest is not old.digest))
    or (old.published_at is not null and new.published_at is not old.published_at) or new.snapshot_id <> old.snapshot_id begin
    select raise(abort, 'number, digest, time of publication and snapshot of a bulletin never change');
end;
create trigger signing_key_no_delete before delete on signing_key begin
    select raise(abort, 'a key is retired, never removed');
end;
create trigger signing_key_only_retires before update on signing_key
when old.retired_at is not null or new.key_id <> old.key_id or new.algorithm <> old.algorithm or new.public_key <> old.public_key
    or new.sealed_secret <> old.sealed_secret or new.valid_from <> old.valid_from begin
    select raise(abort, 'a key can only be retired, once');
end;
