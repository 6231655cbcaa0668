-- Platforms above ours that we register at, and the 20 digits of our cameras and units that have none of their own, for PostgreSQL. Its twin is
-- ../sqlite/0005_upper_platforms.sql.

-- Upper platforms as entered. Removed ones stay for the audit register that names them.
create table upper_platform (
    id            text collate "C" not null primary key check (length(id) = 36),
    name          text collate "C" not null check (name <> ''),
    -- its own 20 digits and the domain of its addresses
    server_gb_id  text collate "C" not null check (server_gb_id ~ '^[0-9]{20}$'),
    domain        text collate "C" not null check (domain <> ''),
    -- host:port
    address       text collate "C" not null check (address <> ''),
    transport     text collate "C" not null check (transport in ('udp', 'tcp')),
    -- who we are towards it; null as user name: the same
    own_gb_id     text collate "C" not null check (own_gb_id ~ '^[0-9]{20}$'),
    user_name     text collate "C" check (user_name <> ''),
    -- encrypted by the caller; null: it asks for none
    sealed_secret bytea,
    -- the subtree that it is shown: one of these
    region_id     text collate "C" references region (id),
    unit_id       text collate "C" references unit (id),
    shares_live   boolean not null,
    shares_playback boolean not null,
    shares_ptz    boolean not null,
    shares_alarms boolean not null,
    -- the lower number wins among upper platforms
    ptz_priority  bigint  not null check (ptz_priority between 1 and 255),
    keepalive_s   bigint  not null check (keepalive_s between 5 and 3600),
    expires_s     bigint  not null check (expires_s between 60 and 864000),
    disabled      boolean not null,
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text collate "C",
    removed_at    bigint,
    check ((region_id is null) <> (unit_id is null)),
    check (removed_at is null or sealed_secret is null)
);
create unique index upper_platform_by_ids on upper_platform (server_gb_id, own_gb_id) where removed_at is null;
create index upper_platform_listed on upper_platform (name, id) where removed_at is null;

-- Digits that we gave. Never deleted and never given again: upper platforms remember them.
create table given_gb_id (
    gb_id         text collate "C" not null primary key check (gb_id ~ '^[0-9]{20}$'),
    -- whose: one of these
    camera_id     text collate "C" unique references camera (id),
    unit_id       text collate "C" unique references unit (id),
    given_at      bigint  not null,
    check ((camera_id is null) <> (unit_id is null))
);
