//! `simulate`: cameras for load and for trying things, without the platform.

use simulator::{Simulator, SimulatorConfig, many_cameras};

use crate::cli::SimulateCommand;
use crate::simulate_gb28181::simulate_gb28181;
use crate::wire;

pub async fn simulate(command: SimulateCommand) -> anyhow::Result<()> {
    let (count, listen) = match command {
        SimulateCommand::Rtsp { count, listen } => (count, listen),
        SimulateCommand::Gb28181(args) => return simulate_gb28181(args).await,
    };
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
