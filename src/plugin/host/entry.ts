/**
 * Where a plugin's process begins: `deno run … entry.ts SOCKET`. What the plugin prints goes elsewhere than what its process says, and the
 * socket is out of its reach before a line of it is run.
 */
import { Channel } from "./channel.ts";
import { servePlugin } from "./serve_plugin.ts";

const [path = ""] = Deno.args;
const connection = await Deno.connect({ transport: "unix", path });
for (const name of ["read", "write"] as const) Deno.permissions.revokeSync({ name, path });
await servePlugin(new Channel(connection));
// The program is gone, or does not want the plugin any more.
Deno.exit();
