-- Where people are told besides the console, for PostgreSQL. Its twin is ../sqlite/0020_contacts.sql.

-- the person's own mail address; null: none
alter table account add column mail text collate "C" check (mail <> '');
create index account_by_mail on account (mail) where mail is not null;

-- A browser that a person asked to be told in (RFC 8030).
create table push_browser (
    id            text collate "C" not null primary key check (length(id) = 36),
    user_id       text collate "C" not null references account (id),
    -- where the browser's push service takes messages for it; who knows it and signs as the platform may knock
    endpoint      text collate "C" not null unique check (endpoint <> ''),
    -- the browser's public key, a point of P-256, and its secret for encryption (RFC 8291)
    public_key    bytea   not null check (length(public_key) = 65),
    auth_secret   bytea   not null check (length(auth_secret) = 16),
    -- what the browser called itself
    agent         text    not null,
    created_at    bigint  not null,
    -- when its push service last took a message
    last_told_at  bigint
);
create index push_browser_of on push_browser (user_id, created_at);
