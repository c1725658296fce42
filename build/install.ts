import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { launching } from "./launching.ts";

const { values } = parseArgs({ options: { root: { type: "string" } } });
const program = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");
const folder = `${program}/dist`;
await bundle(program, folder);
const place = values.root === undefined ? [] : ["--root", values.root];
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["install", "--global", "--force", "--name", "autonomy", ...place, ...launching(folder)],
}).spawn().status;
process.exit(code);
