-- Where a camera answers ONVIF, for PostgreSQL. Its twin is ../sqlite/0010_onvif_addresses.sql.

-- null: it is looked for at the host of the stream when somebody turns the camera; of a channel always null
alter table camera add column onvif_address text;
