-- The desk of bulletins, for PostgreSQL. Its twin is ../sqlite/0003_bulletins.sql.

-- The bulletins of the first schema were prints without states or numbers; every one can be written again from its snapshot.
drop table bulletin;

-- Bulletins as they stand; how they came there is bulletin_step, what they said is bulletin_revision.
create table bulletin (
    id            text collate "C" not null primary key check (length(id) = 36),
    snapshot_id   text collate "C" not null references snapshot (id),
    -- the snapshot that changes are counted from
    compare_snapshot_id text collate "C" references snapshot (id),
    state         text collate "C" not null check (state in ('draft', 'consulting', 'approved', 'published', 'withdrawn')),
    -- counts changes; a stale writer is refused
    version       bigint  not null check (version > 0),
    -- the revision in force, and what the linter said of it
    revision      bigint  not null check (revision > 0),
    title         text collate "C" not null check (title <> ''),
    errors        bigint  not null check (errors >= 0),
    warnings      bigint  not null check (warnings >= 0),
    -- end of the consultation opened last
    closes_at     bigint,
    created_at    bigint  not null,
    created_by    text collate "C",
    changed_at    bigint  not null,
    published_at  bigint,
    -- copies of bulletin_seal, for finding
    number        text collate "C" unique,
    digest        text collate "C" unique check (length(digest) = 64),
    check ((number is null) = (digest is null)),
    check (number is not null or state in ('draft', 'consulting', 'withdrawn')),
    check (published_at is null or number is not null)
);
create index bulletin_listed on bulletin (created_at desc, id desc);
create index bulletin_by_state on bulletin (state, created_at desc, id desc);
create index bulletin_by_snapshot on bulletin (snapshot_id);

-- Every text a bulletin ever had. A draft is written anew, never over.
create table bulletin_revision (
    bulletin_id   text collate "C" not null references bulletin (id),
    revision      bigint  not null check (revision > 0),
    at            bigint  not null,
    by_id         text collate "C",
    title         text collate "C" not null check (title <> ''),
    -- JSON: what the office decided, the written bulletin with its figures, what the linter found
    settings      text collate "C" not null,
    written       text collate "C" not null,
    findings      text collate "C" not null,
    primary key (bulletin_id, revision)
);

-- What happened to a bulletin, in order.
create table bulletin_step (
    seq           bigint  generated always as identity primary key,
    bulletin_id   text collate "C" not null references bulletin (id),
    at            bigint  not null,
    event         text collate "C" not null,
    -- null for the first
    from_state    text collate "C",
    to_state      text collate "C" not null,
    revision      bigint  not null,
    -- null: the platform itself
    actor_id      text collate "C",
    actor_role    text collate "C",
    note          text collate "C"
);
create index bulletin_step_of on bulletin_step (bulletin_id, seq);

-- Consultation rounds: which revision was shown, until when.
create table bulletin_consultation (
    bulletin_id   text collate "C" not null references bulletin (id),
    round         bigint  not null check (round > 0),
    revision      bigint  not null,
    opened_at     bigint  not null,
    opened_by     text collate "C",
    closes_at     bigint  not null check (closes_at > opened_at),
    primary key (bulletin_id, round)
);

-- Who is asked in a round: a region, or a unit that belongs to no city. Names are copied.
create table bulletin_party (
    seq           bigint  generated always as identity primary key,
    bulletin_id   text collate "C" not null references bulletin (id),
    round         bigint  not null,
    region_id     text collate "C" references region (id),
    unit_id       text collate "C" references unit (id),
    name          text collate "C" not null,
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
    by_id         text collate "C"
);

-- A party has nothing to object.
create table bulletin_agreement (
    party_seq     bigint  not null primary key references bulletin_party (seq),
    at            bigint  not null,
    by_id         text collate "C"
);

-- What a party objects to.
create table bulletin_objection (
    id            text collate "C" not null primary key check (length(id) = 36),
    party_seq     bigint  not null references bulletin_party (seq),
    bulletin_id   text collate "C" not null references bulletin (id),
    at            bigint  not null,
    by_id         text collate "C",
    -- figure of the text, e.g. F012
    figure_id     text collate "C",
    -- paragraph of the text, from 0
    paragraph     bigint,
    words         text collate "C" not null check (words <> ''),
    evidence_note text collate "C"
);
create index bulletin_objection_of on bulletin_objection (bulletin_id, at, id);

-- What the office answers; once.
create table bulletin_reply (
    objection_id  text collate "C" not null primary key references bulletin_objection (id),
    at            bigint  not null,
    by_id         text collate "C",
    accepted      boolean not null,
    words         text collate "C" not null check (words <> '')
);

-- Approved bulletins: number, signature and the sealed content, which is kept as a file. Numbers of a year have no gap.
create table bulletin_seal (
    bulletin_id   text collate "C" not null primary key references bulletin (id),
    revision      bigint  not null,
    year          bigint  not null,
    serial        bigint  not null check (serial > 0),
    number        text collate "C" not null unique,
    approved_at   bigint  not null,
    approved_by   text collate "C" not null,
    -- why errors or open objections were passed over
    override_reason text collate "C",
    algorithm     text collate "C" not null,
    key_id        text collate "C" not null,
    digest        text collate "C" not null unique check (length(digest) = 64),
    -- base64
    value         text collate "C" not null,
    blob_id       text collate "C" not null unique,
    sha256        text collate "C" not null check (length(sha256) = 64),
    size_bytes    bigint  not null check (size_bytes > 0),
    unique (year, serial)
);

-- Who a published bulletin was sent to. Null time: nobody of theirs had an account then.
create table bulletin_delivery (
    seq           bigint  generated always as identity primary key,
    bulletin_id   text collate "C" not null references bulletin (id),
    region_id     text collate "C" references region (id),
    unit_id       text collate "C" references unit (id),
    name          text collate "C" not null,
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
    by_id         text collate "C" not null
);

-- The customer's red-head template; of several the last counts, and one without a file means none.
create table bulletin_template (
    seq           bigint  generated always as identity primary key,
    at            bigint  not null,
    by_id         text collate "C",
    name          text collate "C",
    blob_id       text collate "C",
    sha256        text collate "C" check (length(sha256) = 64),
    size_bytes    bigint  check (size_bytes > 0),
    check ((blob_id is null) = (sha256 is null) and (blob_id is null) = (size_bytes is null))
);

-- Keys that sign bulletins. Old ones stay, so that old signatures can be checked for ever.
create table signing_key (
    key_id        text collate "C" not null primary key check (length(key_id) = 16),
    algorithm     text collate "C" not null,
    public_key    bytea    not null,
    -- encrypted by the caller
    sealed_secret bytea    not null,
    valid_from    bigint  not null,
    retired_at    bigint  check (retired_at >= valid_from)
);
create unique index signing_key_in_use on signing_key (algorithm) where retired_at is null;

-- Nothing of the history changes.
create trigger bulletin_revision_no_update before update on bulletin_revision for each row execute function refuse_change();
create trigger bulletin_revision_no_delete before delete on bulletin_revision for each row execute function refuse_change();
create trigger bulletin_revision_no_truncate before truncate on bulletin_revision execute function refuse_change();
create trigger bulletin_step_no_update before update on bulletin_step for each row execute function refuse_change();
create trigger bulletin_step_no_delete before delete on bulletin_step for each row execute function refuse_change();
create trigger bulletin_step_no_truncate before truncate on bulletin_step execute function refuse_change();
create trigger bulletin_consultation_no_update before update on bulletin_consultation for each row execute function refuse_change();
create trigger bulletin_consultation_no_delete before delete on bulletin_consultation for each row execute function refuse_change();
create trigger bulletin_consultation_no_truncate before truncate on bulletin_consultation execute function refuse_change();
create trigger bulletin_party_no_update before update on bulletin_party for each row execute function refuse_change();
create trigger bulletin_party_no_delete before delete on bulletin_party for each row execute function refuse_change();
create trigger bulletin_party_no_truncate before truncate on bulletin_party execute function refuse_change();
create trigger bulletin_party_seen_no_update before update on bulletin_party_seen for each row execute function refuse_change();
create trigger bulletin_party_seen_no_delete before delete on bulletin_party_seen for each row execute function refuse_change();
create trigger bulletin_party_seen_no_truncate before truncate on bulletin_party_seen execute function refuse_change();
create trigger bulletin_agreement_no_update before update on bulletin_agreement for each row execute function refuse_change();
create trigger bulletin_agreement_no_delete before delete on bulletin_agreement for each row execute function refuse_change();
create trigger bulletin_agreement_no_truncate before truncate on bulletin_agreement execute function refuse_change();
create trigger bulletin_objection_no_update before update on bulletin_objection for each row execute function refuse_change();
create trigger bulletin_objection_no_delete before delete on bulletin_objection for each row execute function refuse_change();
create trigger bulletin_objection_no_truncate before truncate on bulletin_objection execute function refuse_change();
create trigger bulletin_reply_no_update before update on bulletin_reply for each row execute function refuse_change();
create trigger bulletin_reply_no_delete before delete on bulletin_reply for each row execute function refuse_change();
create trigger bulletin_reply_no_truncate before truncate on bulletin_reply execute function refuse_change();
create trigger bulletin_seal_no_update before update on bulletin_seal for each row execute function refuse_change();
create trigger bulletin_seal_no_delete before delete on bulletin_seal for each row execute function refuse_change();
create trigger bulletin_seal_no_truncate before truncate on bulletin_seal execute function refuse_change();
create trigger bulletin_delivery_no_update before update on bulletin_delivery for each row execute function refuse_change();
create trigger bulletin_delivery_no_delete before delete on bulletin_delivery for each row execute function refuse_change();
create trigger bulletin_delivery_no_truncate before truncate on bulletin_delivery execute function refuse_change();
create trigger bulletin_receipt_no_update before update on bulletin_receipt for each row execute function refuse_change();
create trigger bulletin_receipt_no_delete before delete on bulletin_receipt for each row execute function refuse_change();
create trigger bulletin_receipt_no_truncate before truncate on bulletin_receipt execute function refuse_change();
create trigger bulletin_template_no_update before update on bulletin_template for each row execute function refuse_change();
create trigger bulletin_template_no_delete before delete on bulletin_template for each row execute function refuse_change();
create trigger bulletin_template_no_truncate before truncate on bulletin_template execute function refuse_change();
create trigger bulletin_no_delete before delete on bulletin for each row execute function refuse_change();
create trigger bulletin_no_truncate before truncate on bulletin execute function refuse_change();
create trigger bulletin_number_stays before update on bulletin for each row
when ((old.number is not null and (new.number is distinct from old.number or new.digest is distinct from old.digest))
    or (old.published_at is not null and new.published_at is distinct from old.published_at) or new.snapshot_id <> old.snapshot_id)
execute function refuse_change();
create trigger signing_key_no_delete before delete on signing_key for each row execute function refuse_change();
create trigger signing_key_no_truncate before truncate on signing_key execute function refuse_change();
create trigger signing_key_only_retires before update on signing_key for each row
when (old.retired_at is not null or new.key_id <> old.key_id or new.algorithm <> old.algorithm or new.public_key <> old.public_key
    or new.sealed_secret <> old.sealed_secret or new.valid_from <> old.valid_from)
execute function refuse_change();
