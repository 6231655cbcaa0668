//! The binary: command line, configuration, wiring, signals. Everything else lives in the rooms below.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to its terminal")]

mod bulletins;
mod check;
mod cli;
mod config;
mod demo;
mod detect;
mod duty;
mod evaluate;
mod figures;
mod import;
mod record;
mod recordings;
mod report;
mod room_code;
mod samples;
mod scan;
mod serve;
mod shadow;
mod simulate;
mod simulate_duty_room;
mod simulate_gb28181;
mod simulate_transmitter;
mod sizing;
mod users;
mod weights;
mod wire;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Cli, Command, ConfigCommand, ImportCommand};

fn main() -> ExitCode {
    let cli = Cli::parse();
    wire::start_log(cli.log_json);
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            // One line, causes joined: what is wrong, where, and what to do.
            eprintln!("watchfire: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = |result: anyhow::Result<()>| result.map(|()| ExitCode::SUCCESS);
    match cli.command {
        Command::Serve(args) => done(runtime.block_on(serve::serve(args))),
        Command::Demo(args) => done(runtime.block_on(demo::demo(args))),
        Command::Import(ImportCommand::Units(args)) => runtime.block_on(import::units(args)),
        Command::Import(ImportCommand::Devices(args)) => runtime.block_on(import::devices(args)),
        Command::Snapshot(args) => done(runtime.block_on(figures::snapshot(args))),
        Command::Bulletin(args) => runtime.block_on(bulletins::bulletin(args)),
        Command::Duty(command) => duty::duty(command),
        Command::Report(args) => done(runtime.block_on(report::report(args))),
        Command::Detect(args) => done(runtime.block_on(detect::detect(args))),
        Command::RoomCode(args) => done(runtime.block_on(room_code::room_code(args))),
        Command::Evaluate(args) => done(evaluate::evaluate(&args)),
        Command::Samples(command) => done(runtime.block_on(samples::samples(command))),
        Command::Shadow(args) => done(runtime.block_on(shadow::shadow(args))),
        Command::Sizing(args) => done(sizing::run(&args)),
        Command::Record(args) => done(record::run(args)),
        Command::Scan(args) => runtime.block_on(scan::scan(args)),
        Command::Simulate(args) => done(runtime.block_on(simulate::simulate(args))),
        Command::Recording(args) => runtime.block_on(recordings::recording(args)),
        Command::Check(args) => runtime.block_on(check::check(args)),
        Command::User(args) => done(runtime.block_on(users::user(args))),
        Command::Config(ConfigCommand::Example) => {
            print!("{}", config::printed::example());
            Ok(ExitCode::SUCCESS)
        }
        Command::Config(ConfigCommand::Reference) => {
            print!("{}", config::printed::reference());
            Ok(ExitCode::SUCCESS)
        }
    }
}
