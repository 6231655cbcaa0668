//! `simulate`: cameras for load and for trying things, without the platform.

use simulator::{Simulator, SimulatorConfig, many_cameras};

use crate::cli::SimulateCommand;
use crate::wire;

pub async fn simulate(command: SimulateCommand) -> anyhow::Result<()> {
    let SimulateCommand::Rtsp { count, listen } = command;
    eprintln!("drawing and encoding scenes …");
    let simulator =
        Simulator::start(SimulatorConfig { listen, cameras: many_cameras(count, 1), cache: None }).await?;
    for url in simulator.urls() {
        println!("{url}");
    }
    wire::interrupted().await;
    simulator.stop().await;
    Ok(())
}
