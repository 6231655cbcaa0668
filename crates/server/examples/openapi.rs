//! Prints the OpenAPI document: `cargo run -p watchfire-server --example openapi > api/openapi.json`.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().write_all(server::openapi_json().as_bytes())
}
