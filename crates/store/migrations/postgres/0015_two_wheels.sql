-- Zones that are kept free of e-bikes, for PostgreSQL. Its twin is ../sqlite/0015_two_wheels.sql.

alter table watch_zone drop constraint watch_zone_kind_check;
alter table watch_zone add constraint watch_zone_kind_check
    check (kind in ('exit', 'fire_lane', 'fire_door', 'extinguisher', 'hydrant', 'no_two_wheels', 'mask'));
