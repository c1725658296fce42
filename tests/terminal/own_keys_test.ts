import assert from "node:assert/strict";
import { HANGING_MS } from "../fakes/hanging.ts";
import { openAutonomy } from "../bench/subjects.ts";
import { emulated } from "./emulated.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

/** Opens a rehearsal with a file of keys. */
async function withKeys(
  keys: string,
  work: (program: Awaited<ReturnType<typeof openAutonomy>>) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/config`);
    await Deno.writeTextFile(`${folder}/config/keys.jsonc`, keys);
    const environment = { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` };
    const program = await openAutonomy(["rehearse", "--keep", `${folder}/kept`], environment);
    try {
      await work(program);
    } finally {
      await program.end();
    }
  });
}

Deno.test({
  name: "the program's screen has the keys of keys.jsonc from its first run on",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withKeys('{ "pane.pause": ["P", "f5"] } // mine', async (program) => {
      await program.shows("P F5");
      await program.shows(" at work");
      await program.type("\x1b[15~");
      await program.shows("Paused. P goes on.");
    }),
});

Deno.test({
  name: "what is wrong with a file of keys, or of colours, stops nothing and stands on the screen once the run does",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    for (
      const [keys, theme, says] of [
        ['{ "pane.pause": "z" }', "", /keys\.jsonc is wrong and not used: autonomy keys says what to correct\./],
        ["{}", '{ "focus": "loud" }', /The colours stay as they are: /],
      ] as const
    ) {
      await inTemporaryFolder(async (folder) => {
        await Deno.mkdir(`${folder}/config/themes`, { recursive: true });
        await Deno.writeTextFile(`${folder}/config/keys.jsonc`, keys);
        if (theme !== "") {
          await Deno.writeTextFile(`${folder}/config/config.jsonc`, '{ "theme": "mine" }');
          await Deno.writeTextFile(`${folder}/config/themes/mine.jsonc`, theme);
        }
        const where = {
          columns: 120,
          rows: 40,
          environment: { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` },
          signal: AbortSignal.timeout(HANGING_MS),
        };
        await emulated(["start", "rehearse", "--keep", `${folder}/kept`], where, async (terminal, type) => {
          const isThere = (text: string) => /1 arbiter[^]*decisions/.test(text);
          assert.match(await terminal.until(isThere, "the run"), says);
          await terminal.until((text) => text.includes(" at work"), "that the run has begun");
          await type("p");
          await terminal.until((text) => text.includes("Paused. p goes on."), "the usual keys");
        });
      });
    }
  },
});
