-- Organisations that do the duty for units, their people and certificates, assessments, and duty contracts, for SQLite. Its twin is ../postgres/0022_organisations.sql.

create table organisation (
    id            text    not null primary key check (length(id) = 36),
    name          text    not null check (name <> ''),
    -- unified social credit code, GB 32100
    credit_code   text    not null check (length(credit_code) = 18),
    -- where it sits: the office there approves it
    region_id     text    not null references region (id),
    address       text    not null,
    premises_m2   bigint  not null check (premises_m2 >= 0),
    phone         text    not null,
    -- units it says it can serve
    units_max     bigint  not null check (units_max >= 1),
    state         text    not null check (state in ('pending', 'valid', 'rectifying', 'suspended', 'replacing', 'cancelled')),
    -- counts changes; a stale writer is refused
    version       bigint  not null,
    -- when an order to rectify is looked at again
    rectify_by    bigint,
    registered_at bigint  not null,
    registered_by text    references account (id),
    -- invented for a demonstration
    synthetic     boolean not null,
    check ((rectify_by is not null) = (state = 'rectifying'))
);
-- a cancelled one may be registered again
create unique index organisation_by_code on organisation (credit_code) where state <> 'cancelled';
create index organisation_listed on organisation (name, id);
create index organisation_by_region on organisation (region_id, name, id);

-- What happened to an organisation, in order.
create table organisation_step (
    seq           integer primary key autoincrement,
    organisation_id text  not null references organisation (id),
    at            bigint  not null,
    event         text    not null,
    -- null for the first
    from_state    text,
    to_state      text    not null,
    -- null: the platform
    actor_id      text    references account (id),
    actor_role    text,
    reason        text
);
create index organisation_step_of on organisation_step (organisation_id, seq);

-- People on an organisation's list. One who leaves stays as a row: who sat there on a day in May is asked in June.
create table staff (
    id            text    not null primary key check (length(id) = 36),
    organisation_id text  not null references organisation (id),
    name          text    not null check (name <> ''),
    post          text    not null check (post in ('guard', 'shift_leader', 'leader')),
    -- null: a person without an account
    account_id    text    unique references account (id),
    joined_at     bigint  not null,
    left_at       bigint,
    -- null: no certificate
    certificate_number text,
    certificate_level text,
    certificate_direction text,
    -- a day, YYYY-MM-DD; null: without an end
    certificate_until text,
    -- what the official query answered, and on which day
    certificate_query text,
    certificate_queried_on text,
    changed_at    bigint  not null,
    changed_by    text    references account (id),
    check ((certificate_number is null) = (certificate_level is null)),
    check ((certificate_number is null) = (certificate_direction is null)),
    check ((certificate_number is null) = (certificate_query is null)),
    check (certificate_number is not null or (certificate_until is null and certificate_queried_on is null))
);
create index staff_of on staff (organisation_id, name, id);
-- one certificate, one person: the same number on two lists is a lent one
create unique index staff_by_certificate on staff (certificate_number) where certificate_number is not null and left_at is null;

-- An assessment by the four criteria.
create table assessment (
    id            text    not null primary key check (length(id) = 36),
    organisation_id text  not null references organisation (id),
    at            bigint  not null,
    by_id         text    not null references account (id),
    passed        boolean not null,
    remark        text
);
create index assessment_of on assessment (organisation_id, at desc, id desc);
create table assessment_criterion (
    assessment_id text    not null references assessment (id),
    criterion     text    not null check (criterion in ('premises', 'staff', 'ability', 'around_the_clock')),
    passed        boolean not null,
    -- what the platform measured at that moment; null: nothing
    measured      bigint,
    needed        bigint  not null,
    remark        text,
    primary key (assessment_id, criterion)
);

-- A duty contract. Never deleted: contracts of security firms are kept two years at least.
create table contract (
    id            text    not null primary key check (length(id) = 36),
    -- the parties' own number; empty: none
    number        text    not null,
    unit_id       text    not null references unit (id),
    organisation_id text  not null references organisation (id),
    proposed_by   text    not null check (proposed_by in ('unit', 'organisation')),
    proposed_at   bigint  not null,
    proposer_id   text    not null references account (id),
    state         text    not null check (state in ('proposed', 'accepted', 'running', 'declined', 'withdrawn', 'lapsed', 'ended', 'terminated', 'replaced')),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at > starts_at),
    replaces_id   text    references contract (id),
    accepted_at   bigint,
    -- when it stopped being proposed, accepted or running
    over_at       bigint,
    version       bigint  not null,
    check (state not in ('accepted', 'running', 'ended', 'replaced') or accepted_at is not null),
    check ((over_at is null) = (state in ('proposed', 'accepted', 'running')))
);
create index contract_of_unit on contract (unit_id, proposed_at desc, id desc);
create index contract_of_organisation on contract (organisation_id, proposed_at desc, id desc);
create index contract_listed on contract (proposed_at desc, id desc);
-- whose units an organisation's people see: asked with every reading
create index contract_running on contract (organisation_id, unit_id) where state = 'running';
create index contract_alive on contract (state, unit_id) where state in ('proposed', 'accepted', 'running');
create unique index contract_replacing on contract (replaces_id) where replaces_id is not null and state in ('accepted', 'running');

-- What happened to a contract, in order.
create table contract_step (
    seq           integer primary key autoincrement,
    contract_id   text    not null references contract (id),
    at            bigint  not null,
    -- null for the proposal
    event         text,
    to_state      text    not null,
    -- null: the platform
    actor_id      text    references account (id),
    actor_role    text,
    reason        text
);
create index contract_step_of on contract_step (contract_id, seq);

-- A person of an organisation stands in its region and sees what it serves.
alter table account add column scope_organisation_id text references organisation (id);
create index account_by_organisation on account (scope_organisation_id, role) where scope_organisation_id is not null;
