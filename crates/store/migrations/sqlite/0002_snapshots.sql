-- How many connected units are on duty: the cell's counts alone cannot tell, since duty is not a part of connected.
drop trigger snapshot_cell_no_update;
alter table snapshot_cell add column connected_on_duty bigint not null default 0 check (connected_on_duty >= 0);
update snapshot_cell set connected_on_duty = (
    select count(*) from snapshot_unit u
    where u.snapshot_id = snapshot_cell.snapshot_id and u.category = snapshot_cell.category
        and u.ownership is not distinct from snapshot_cell.ownership
        and u.study_level is not distinct from snapshot_cell.study_level
        and u.city_id is not distinct from snapshot_cell.city_id
        and u.is_connected and u.is_on_duty);
create trigger snapshot_cell_no_update before update on snapshot_cell begin
    select raise(abort, 'a snapshot is frozen');
end;
