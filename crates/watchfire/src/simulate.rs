//! `simulate`: cameras for load and for trying things, without the platform.

use simulator::{Faults, Simulator, SimulatorConfig, VideoSource, cameras_of, many_cameras};

use crate::cli::SimulateCommand;
use crate::simulate_duty_room::simulate_duty_room;
use crate::simulate_gb28181::simulate_gb28181;
use crate::simulate_transmitter::simulate_transmitter;
use crate::wire;

pub async fn simulate(command: SimulateCommand) -> anyhow::Result<()> {
    let (listen, cameras) = match command {
        SimulateCommand::Rtsp { count, listen, video: None, .. } => {
            eprintln!("drawing and encoding scenes …");
            (listen, many_cameras(count, 1))
        }
        SimulateCommand::Rtsp { count, listen, video: Some(path), drop_after, silent, jump } => {
            let faults = Faults {
                drop_after_s: drop_after,
                silent_s: silent.and_then(|span| Some((*span.first()?, *span.get(1)?))),
                jump_s: jump.and_then(|jump| Some((*jump.first()? as f32, *jump.get(1)?))),
                ..Faults::default()
            };
            (listen, cameras_of(count, &VideoSource::File(path), faults))
        }
        SimulateCommand::DutyRoom(args) => return simulate_duty_room(args).await,
        SimulateCommand::Gb28181(args) => return simulate_gb28181(args).await,
        SimulateCommand::Transmitter(args) => return simulate_transmitter(args).await,
    };
    let simulator = Simulator::start(SimulatorConfig { listen, cameras, cache: None }).await?;
    for url in simulator.urls() {
        println!("{url}");
    }
    wire::interrupted().await;
    simulator.stop().await;
    Ok(())
}
