using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "old", worker = .old),
    (name = "loopback", network = (allow = ["private"])),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:0", http = (), service = "main"),
    (name = "old", address = "127.0.0.1:0", http = (), service = "old"),
  ],
);

# Without the Node.js compatibility flags.
const main :Workerd.Worker = (
  modules = [(name = "main", esModule = embed "bundled/workerd.mjs")],
  compatibilityDate = "2025-01-01",
  globalOutbound = "loopback",
);

# Before November 2024, workerd rejects requests that have the `cache` option.
const old :Workerd.Worker = (
  modules = [(name = "main", esModule = embed "bundled/workerd.mjs")],
  compatibilityDate = "2024-01-01",
  globalOutbound = "loopback",
);
