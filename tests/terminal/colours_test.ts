import assert from "node:assert/strict";
import { withStoredRun } from "../end_to_end/fixtures/stored_run.ts";
import { emulated } from "./emulated.ts";

/** How Deno erases a terminal from the cursor on, while it loads a module that nobody named before. */
const ERASURE = "\x1b[2K\x1b[J";

Deno.test({
  name:
    "code has its colours in a terminal, of a theme of one's own, others when that is saved, and loading them erases nothing",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withStoredRun("0.1.0/accepted", async ({ place, id }) => {
      const theme = `${place.config}/themes/mine.jsonc`;
      await Deno.mkdir(`${place.config}/themes`);
      await Deno.writeTextFile(theme, '{ "keyword": "bright-green" }');
      await Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "theme": "mine" }');
      const environment = { AUTONOMY_CONFIG_HOME: place.config, AUTONOMY_STATE_HOME: place.state };
      const where = { columns: 100, rows: 30, environment, signal: AbortSignal.timeout(240_000) };
      await emulated(["start", "replay", id], where, async (terminal, type) => {
        await terminal.until((text) => text.includes("REPLAY"), "the replay");
        await type("\x1b[F");
        await terminal.until((text) => text.includes("the run is over"), "its end");
        const before = terminal.bytes.length;
        await type("c");
        const inks = async () => new Set((await terminal.styledRows()).flat().map(({ style }) => style.ink));
        await terminal.until(() => terminal.bytes.includes("\x1b[92mconst"), "a word of the language in its colour");
        assert.ok(!terminal.bytes.slice(before).includes(ERASURE), "what stood on the screen stands there still");
        assert.match(await terminal.text(), /difference: all of the run ─[^]*src\/duration\.js[^]*21 − [^]*21 \+ /);
        await Deno.writeTextFile(theme, '{ "keyword": "bright-blue" }');
        await terminal.until((text) => text.includes("The screen has the colours of mine now."), "others");
        const now = await inks();
        assert.deepEqual([now.has(10), now.has(12)], [false, true]);
        await Deno.writeTextFile(theme, '{ "keyword": "blau" }');
        await terminal.until((text) => text.includes("The colours stay as they are: "), "what is wrong");
        assert.ok((await inks()).has(12));
      });
    }),
});
