//! The local server: one thread for each connection, on the loopback address only.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::http;

const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    root: PathBuf,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens on `port`, or on the next free one after it; 0 leaves the choice to the system.
    pub(crate) fn near(root: PathBuf, port: u16) -> Result<Self> {
        ensure!(
            root.join("index.html").is_file(),
            "there is no page to serve: {} is missing",
            root.join("index.html").display()
        );
        let mut chosen = port;
        let listener = loop {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, chosen)) {
                Ok(listener) => break listener,
                Err(error) if error.kind() == ErrorKind::AddrInUse => {
                    let next = chosen.checked_add(1).with_context(|| format!("no port from {port} on is free"))?;
                    eprintln!("Port {chosen} is taken, trying {next}");
                    chosen = next;
                }
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{chosen}"));
                }
            }
        };
        let address = listener.local_addr()?;
        Ok(Server { root, listener, address })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn run(self) -> Result<()> {
        let root = Arc::new(self.root);
        for stream in self.listener.incoming() {
            let Ok(mut stream) = stream else {
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            let root = Arc::clone(&root);
            thread::spawn(move || -> std::io::Result<()> {
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                http::exchange(&root, &mut stream)
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_page_is_refused() {
        let empty = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        assert!(Server::near(empty, 0).is_err());
    }
}
