-- What is done to the pictures of an export, for PostgreSQL. Its twin is ../sqlite/0011_altered_exports.sql.

-- JSON; null: nothing, they are as the camera sent them
alter table recording_export add column alteration text collate "C";
