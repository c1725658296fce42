import { openAutonomy } from "../bench/subjects.ts";
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
      await program.type("\x1b[15~");
      await program.shows("Paused. P goes on.");
    }),
});

Deno.test({
  name: "a file of keys that is wrong stops nothing: the screen says so, and the usual keys hold",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withKeys('{ "pane.pause": "z" }', async (program) => {
      await program.shows("keys.jsonc is wrong and not used: autonomy keys says what to correct.");
      await program.shows("coding");
      await program.type("p");
      await program.shows("Paused. p goes on.");
    }),
});
