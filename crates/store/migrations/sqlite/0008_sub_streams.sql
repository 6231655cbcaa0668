-- Where a camera's smaller picture is, for SQLite. Its twin is ../postgres/0008_sub_streams.sql.

-- null: it has none; of a channel, which is asked for it by the habits of its device, always null
alter table camera add column sub_address text;
