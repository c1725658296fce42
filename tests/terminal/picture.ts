/**
 * `deno task picture`: plays a rehearsal in a pseudo terminal and draws its screen at a busy moment: `docs/screen.svg`, and the text in `README.md`.
 */
import { fileURLToPath } from "node:url";
import { VirtualTerminal } from "../tui/virtual_terminal.ts";
import { framePicture } from "./frame_picture.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIZE = { columns: 108, rows: 30 };
/** The moment: somebody waits for coding, which writes a function. */
const MOMENT = /waiting for coding[^]*● writing[^]*export function[^]*tasks \d/;
/** A rehearsal takes three minutes. */
const MOST_MS = 300_000;

const home = await Deno.makeTempDir({ prefix: "autonomy_picture_" });
const folders = `AUTONOMY_STATE_HOME=${home}/state AUTONOMY_CONFIG_HOME=${home}/config`;
const program = `stty rows ${SIZE.rows} cols ${SIZE.columns}; ${folders} ${Deno.execPath()} task -q rehearse`;
const child = new Deno.Command("script", {
  args: ["-qfec", program, "/dev/null"],
  cwd: ROOT,
  stdin: "piped",
  stdout: "piped",
  stderr: "inherit",
  env: { TERM: "xterm-256color", SHELL: "/bin/sh", NO_COLOR: "", TZ: "UTC" },
  signal: AbortSignal.timeout(MOST_MS),
}).spawn();
const keyboard = child.stdin.getWriter();
const terminal = new VirtualTerminal(SIZE.columns, SIZE.rows);
let isDrawn = false;
try {
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    terminal.write(chunk);
    const lines = await terminal.lines();
    if (isDrawn || !MOMENT.test(lines.join("\n"))) continue;
    isDrawn = true;
    await Deno.writeTextFile(`${ROOT}/docs/screen.svg`, framePicture(await terminal.styledRows(), SIZE.columns));
    const readme = await Deno.readTextFile(`${ROOT}/README.md`);
    const frame = `\`\`\`text\n${lines.map((line) => line.trimEnd()).join("\n").trimEnd()}\n\`\`\``;
    await Deno.writeTextFile(`${ROOT}/README.md`, readme.replace(/^```text\n[^]*?^```$/m, () => frame));
    await keyboard.write(new TextEncoder().encode("\x03\x03"));
  }
  if (!isDrawn) {
    const last = await terminal.text();
    throw new Error(
      `No frame was ${MOMENT}; name a moment that the screen shows in MOMENT. This one came last:\n${last}`,
    );
  }
} finally {
  await keyboard.close().catch(() => {});
  await child.status;
  await Deno.remove(home, { recursive: true });
}
