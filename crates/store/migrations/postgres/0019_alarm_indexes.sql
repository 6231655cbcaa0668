-- Alarms found by their code, and open ones counted unit by unit, when a million are kept, for PostgreSQL. Its twin is ../sqlite/0019_alarm_indexes.sql.

create index alarm_by_code on alarm (code, pushed_at desc, id desc);
create index alarm_of_unit on alarm (unit_id, is_open, level, taken_at, pushed_at);
