/**
 * Where a plugin's process begins: `deno run … entry.ts SOCKET`. What the plugin prints goes elsewhere than what its process says; the socket
 * is no file any more before a line of the plugin is run.
 */
import { Channel } from "./channel.ts";
import { servePlugin } from "./serve_plugin.ts";

const [path = ""] = Deno.args;
const connection = await Deno.connect({ transport: "unix", path });
await servePlugin(new Channel(connection));
// The program is gone, or does not want the plugin any more.
Deno.exit();
