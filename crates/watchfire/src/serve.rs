//! `serve`: the platform for real use, until it is told to stop.

use anyhow::Context as _;
use server::ServerConfig;
use tokio_util::sync::CancellationToken;

use crate::cli::ServeArgs;
use crate::config::Config;
use crate::wire;

pub async fn serve(args: ServeArgs) -> anyhow::Result<()> {
    let mut config = wire::configuration(&args.data)?;
    if let Some(listen) = args.listen {
        config.server.listen = listen;
    }
    let bound = server::bind(&server_config(&config)).await?;
    let platform = wire::open(&config, false).await?;
    if let Some(code) = platform.begin_setup().await? {
        println!(
            "No account exists yet. Open http://{}/ and enter this one-time code: {code}",
            bound.address()
        );
    }
    println!("Watchfire listens on http://{}/", bound.address());
    let _running = wire::mark_running(&config.data.folder)?;
    platform.start().await.context("start")?;
    run(platform, bound).await
}

/// Serves a platform whose standing work runs until interrupted, then stops in order.
pub async fn run(platform: platform::Platform, bound: server::Bound) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let signal = stop.clone();
    tokio::spawn(async move {
        wire::interrupted().await;
        signal.cancel();
    });
    let served = bound.serve(platform.clone(), stop).await;
    platform.stop().await;
    served.context("server")
}

/// The part of the configuration that the server needs.
pub fn server_config(config: &Config) -> ServerConfig {
    ServerConfig {
        listen: config.server.listen,
        tls_upstream: config.server.tls_upstream,
        trusted_proxies: config.server.trusted_proxies.clone(),
        metrics_token: None,
    }
}
