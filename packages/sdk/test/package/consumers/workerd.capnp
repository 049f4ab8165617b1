using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "loopback", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

# Nothing of Node.js, which a worker would have to ask for by a flag.
const main :Workerd.Worker = (
  modules = [(name = "main", esModule = embed "bundled/workerd.mjs")],
  compatibilityDate = "2025-01-01",
  globalOutbound = "loopback",
);
