//! The routes, one file per desk. A handler parses, calls its desk, and answers; its documentation is the API's.

mod access;
mod alarms;
mod applications;
mod audit;
mod bulletin_template;
mod bulletins;
mod camera_heads;
mod cameras;
mod captures;
mod censuses;
mod channels;
mod compare;
mod consultations;
mod contacts;
mod contract_documents;
mod contracts;
mod device_import;
mod device_notices;
mod device_questions;
mod devices;
mod drills;
mod duty_ledger;
mod duty_reports;
mod duty_rooms;
mod escalations;
mod evidence;
mod exports;
mod figures;
mod footage;
mod heads;
mod import;
mod incidents;
mod lint;
mod lookups;
mod notices;
mod notification_channels;
mod operator_load;
mod orders;
mod organisation_scores;
mod organisation_staff;
mod organisations;
mod overdue;
mod overview;
mod recording;
mod recording_disks;
mod recording_exports;
mod recordings;
mod register;
mod retention;
mod roll_calls;
mod rosters;
mod rule_quality;
mod seat_roll_calls;
mod seats;
mod session;
mod silences;
mod streams;
mod system;
mod transmitters;
mod units;
mod uploads;
mod uppers;
mod users;
mod verify;
mod violations;
mod voice;
mod watchdog;
mod whep;
mod work_orders;
mod zones;

use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Every route with its documentation.
pub fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(system::routes())
        .merge(session::routes())
        .merge(contacts::routes())
        .merge(users::routes())
        .merge(units::routes())
        .merge(import::routes())
        .merge(cameras::routes())
        .merge(camera_heads::routes())
        .merge(zones::routes())
        .merge(devices::routes())
        .merge(device_questions::routes())
        .merge(device_import::routes())
        .merge(access::routes())
        .merge(channels::routes())
        .merge(uppers::routes())
        .merge(transmitters::routes())
        .merge(orders::routes())
        .merge(heads::routes())
        .merge(captures::routes())
        .merge(recordings::routes())
        .merge(lookups::routes())
        .merge(footage::routes())
        .merge(recording_exports::routes())
        .merge(recording::routes())
        .merge(retention::routes())
        .merge(recording_disks::routes())
        .merge(voice::routes())
        .merge(whep::routes())
        .merge(device_notices::routes())
        .merge(alarms::routes())
        .merge(work_orders::routes())
        .merge(incidents::routes())
        .merge(escalations::routes())
        .merge(notices::routes())
        .merge(overdue::routes())
        .merge(evidence::routes())
        .merge(rule_quality::routes())
        .merge(silences::routes())
        .merge(operator_load::routes())
        .merge(watchdog::routes())
        .merge(streams::routes())
        .merge(of_organisations())
        .merge(duty_rooms::routes())
        .merge(rosters::routes())
        .merge(seats::routes())
        .merge(duty_ledger::routes())
        .merge(duty_reports::routes())
        .merge(roll_calls::routes())
        .merge(seat_roll_calls::routes())
        .merge(drills::routes())
        .merge(overview::routes())
        .merge(notification_channels::routes())
        .merge(figures::routes())
        .merge(compare::routes())
        .merge(exports::routes())
        .merge(register::routes())
        .merge(bulletins::routes())
        .merge(bulletin_template::routes())
        .merge(consultations::routes())
        .merge(verify::routes())
        .merge(lint::routes())
        .merge(audit::routes())
}

/// What is about organisations that do the duty.
fn of_organisations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(organisations::routes())
        .merge(organisation_staff::routes())
        .merge(contracts::routes())
        .merge(contract_documents::routes())
        .merge(organisation_scores::routes())
        .merge(violations::routes())
        .merge(applications::routes())
        .merge(censuses::routes())
}
