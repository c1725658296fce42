import { killedRuns } from "../../end_to_end/fixtures/killed_runs.ts";

/** `AUTONOMY_KILLS` asks for more, `AUTONOMY_KILLS_SEED` for other moments. */
const KILLS = Number(Deno.env.get("AUTONOMY_KILLS") ?? "12");
const SEED = Number(Deno.env.get("AUTONOMY_KILLS_SEED") ?? "1");

Deno.test({
  name: `a run that is killed ${KILLS} times at any moment always ends accepted, with every write done once`,
  // The look at the environment of processes needs a ps that shows it.
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const { runs, met } = await killedRuns(KILLS, SEED);
    if (!Deno.env.has("AUTONOMY_KILLS")) return;
    const figures = [...met].sort(([, a], [, b]) => b - a).map(([what, count]) => `${what} ${count}`).join(", ");
    const told = `\n${KILLS} kills in ${runs} runs (seed ${SEED}); open at the kill: ${figures}\n`;
    Deno.stderr.writeSync(new TextEncoder().encode(told));
  },
});
