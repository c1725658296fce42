/**
 * `deno task picture`: plays a rehearsal in a pseudo terminal and draws its screen at a busy moment: `docs/screen.svg`, and the text in `README.md`.
 * `deno task picture FOLDER` draws the views of `tests/tui/golden` there, on a dark and on a light ground, to be looked at.
 */
import { fileURLToPath } from "node:url";
import { emulated } from "./emulated.ts";
import { framePicture } from "./frame_picture.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIZE = { columns: 120, rows: 34 };
/** The moment: coding is at a task, and what its try changed stands there with its signs. */
const MOMENT = /try \d ─[^]*\d − [^]*\d \+ /;
/** How a word of a language begins: what changed has its colours. */
const KEYWORD = "\x1b[35m";
/** A rehearsal takes three minutes. */
const MOST_MS = 300_000;

/** Draws each view in the colours of the theme that its ground is for. */
async function drawViews(folder: string): Promise<void> {
  const { drawnViews } = await import("./view_pictures.ts");
  await Deno.mkdir(folder, { recursive: true });
  for (const { name, picture } of await drawnViews()) await Deno.writeTextFile(`${folder}/${name}.svg`, picture);
}

async function drawRehearsal(): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "autonomy_picture_" });
  const environment = { AUTONOMY_STATE_HOME: `${home}/state`, AUTONOMY_CONFIG_HOME: `${home}/config` };
  try {
    await emulated(
      ["rehearse"],
      { ...SIZE, environment, signal: AbortSignal.timeout(MOST_MS) },
      async (terminal) => {
        const isColoured = () => terminal.bytes.includes(KEYWORD);
        await terminal.until((text) => MOMENT.test(text) && isColoured(), `the moment ${MOMENT}`);
        const lines = await terminal.lines();
        await Deno.writeTextFile(`${ROOT}/docs/screen.svg`, framePicture(await terminal.styledRows(), SIZE.columns));
        const readme = await Deno.readTextFile(`${ROOT}/README.md`);
        const frame = `\`\`\`text\n${lines.map((line) => line.trimEnd()).join("\n").trimEnd()}\n\`\`\``;
        await Deno.writeTextFile(`${ROOT}/README.md`, readme.replace(/^```text\n[^]*?^```$/m, () => frame));
      },
    );
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

const [folder] = Deno.args;
if (folder === undefined) await drawRehearsal();
else await drawViews(folder);
