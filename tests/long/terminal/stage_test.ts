import assert from "node:assert/strict";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";
import { emulated } from "../../terminal/emulated.ts";

/** A rehearsal at pace 0 takes ten seconds. */
const HANGING_MS = 240_000;

for (const [columns, rows, hasRails] of [[160, 45, true], [80, 24, false]] as const) {
  Deno.test({
    name:
      `in a real terminal of ${columns}×${rows} a person steps to the first message, lets the crew work, and looks at what coding tried`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      inTemporaryFolder((folder) =>
        emulated(["rehearse", "--pace", "0", "--step", "--keep", `${folder}/kept`], {
          columns,
          rows,
          environment: { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` },
          signal: AbortSignal.timeout(HANGING_MS),
        }, async (terminal, type) => {
          const stepped = hasRails ? /─ crew ─/ : /\n 1 arbiter .* 2 coding /;
          await terminal.until(
            (text) => /1 message waits for you/.test(text) && stepped.test(text) && /‖ .*→ .*Enter pass/.test(text),
            "the first message",
          );
          await type("+");
          await terminal.until(
            (text) => /1 arbiter[^]*2 coding[^]*3 reasoning[^]*4 analysis[^]*Esc stage/.test(text),
            "all threads",
          );
          await type("\x1b");
          await terminal.until(
            (text) => /H open gate.*\^C quit/.test(text) && !text.includes("Esc stage"),
            "the stage",
          );
          await type("H");
          await terminal.until((text) => text.includes("the run is over"), "the end");
          await type("\x1b");
          await terminal.until((text) => /q quits.*s summary/.test(text), "the threads of a run that is over");
          await type("2z");
          await terminal.until((text) => /─ > 2 coding[^]*Esc unzoom/.test(text), "coding alone");
          await type(".");
          const tried = await terminal.until(
            (text) => /▾ try \d[^]*(?:✓ kept|✗ did not)/.test(text),
            "its tries whole",
          );
          assert.match(tried, /\d − [^]*\d \+ /);
        })
      ),
  });
}
