import { fileURLToPath } from "node:url";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { hostedPlugins } from "../../src/plugin/host/hosted_plugins.ts";
import { openInProcess } from "../../src/plugin/open_in_process.ts";
import type { Offer } from "../../src/plugin/offer.ts";
import type { ToolContext } from "../../src/ports/tool.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";
import { type Figure, median, percentile } from "./figure.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const CALLS = 2_000;
const STARTS = 25;
const KNOWN = 20;
const MOST = { here: 0.05, apart: 0.2, startMs: 60, knownMs: 5 };
/** How many times as long as the bare thing beside it something may take on a machine that is too slow for the bound in milliseconds. */
const TIMES = { apart: 2.5, start: 4 };
/** Standard errors that a difference of nothing stays within. */
const BY_CHANCE = 2;
/** Standard error of a median of normal numbers, with their spread told by its median: 1.253 σ/√n, σ = 1.4826 times that. */
const ERROR_OF_SPREAD = 1.253 * 1.4826;

/** Gives back each line that it is given, with nothing else to do. */
const BARE = `const lines = Deno.stdin.readable.getReader();
for (;;) {
  const { value, done } = await lines.read();
  if (done) break;
  await Deno.stdout.write(value);
}
`;

/** A plugin whose tool gives back what it is given. */
const ECHO = `import { z } from "zod";
import { definePlugin, defineTool } from "autonomy";
export default definePlugin({
  name: "NAME",
  tools: [defineTool({
    name: "echo_NAME", describes: "Gives back a text.", input: z.object({ text: z.string() }), access: "reads", run: ({ text }) => text,
  })],
});
`;

/**
 * Measures what a plugin's process costs: a call with 10 KB beside one in this process, its start beside that of an empty program, and a start of
 * the program with 20 plugins that are known and not used.
 */
export async function measurePlugins(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  await inTemporaryFolder(async (folder) => {
    const names = Array.from({ length: KNOWN }, (_, index) => `plugin_${index}`);
    writeFiles(folder, Object.fromEntries(names.map((name) => [`${name}.ts`, ECHO.replaceAll("NAME", name)])));
    writeFiles(folder, { "empty.ts": "", "bare.ts": BARE });
    const places = names.map((name) => ({ path: `${folder}/${name}.ts`, origin: "user" as const, version: "" }));
    const options = {
      state: `${folder}/state`,
      home: folder,
      project: folder,
      protects: [],
      program: "bench",
      kinds: [],
    };
    const { open } = hostedPlugins(options);
    for (const place of places) await open(place, {});
    figures.push(...await calls(await open(places[0]!, {}), await openInProcess(places[0]!, {}), folder));
    figures.push(...await starts(() => open(places[0]!, {}), folder));
    const times: number[] = [];
    for (let go = 0; go < STARTS; go++) {
      const began = performance.now();
      const anew = hostedPlugins(options);
      for (const place of places) await anew.open(place, {});
      times.push(performance.now() - began);
    }
    figures.push(figure(`${KNOWN} plugins that are known are offered`, median(times), MOST.knownMs, ""));
    figures.push(await realStarts(folder, names));
  });
  return figures;
}

async function calls(apart: Offer, here: Offer, folder: string): Promise<readonly Figure[]> {
  const times: Record<"apart" | "here" | "bare", number[]> = { apart: [], here: [], bare: [] };
  const { echo, close } = openBare(`${folder}/bare.ts`);
  const ways = {
    apart: () => call(apart, folder),
    here: () => call(here, folder),
    bare: () => echo(LINE),
  };
  for (let go = -100; go < CALLS; go++) {
    for (const [where, way] of Object.entries(ways)) {
      const began = performance.now();
      await way();
      if (go >= 0) times[where as keyof typeof ways].push(performance.now() - began);
    }
  }
  await close();
  await apart.close?.();
  const [inside, bare] = [median(times.here), median(times.bare)];
  return [
    figure("a call with 10 KB in this process, median", inside, MOST.here, ""),
    orTimes(
      figure(
        "a call with 10 KB in a plugin's process, median",
        median(times.apart),
        MOST.apart,
        `${inside.toFixed(4)} ms here, ${bare.toFixed(3)} ms for as much through the pipes of an empty program`,
      ),
      bare,
      TIMES.apart,
    ),
    { ...figure("the same, 99th percentile", percentile(times.apart, 0.99), Infinity, ""), bound: "none", met: null },
  ];
}

async function starts(open: () => Promise<Offer>, folder: string): Promise<readonly Figure[]> {
  const first: number[] = [];
  const bare: number[] = [];
  for (let go = -1; go < STARTS; go++) {
    const offer = await open();
    let began = performance.now();
    await call(offer, folder);
    if (go >= 0) first.push(performance.now() - began);
    await offer.close?.();
    began = performance.now();
    await new Deno.Command(Deno.execPath(), { args: ["run", "--no-config", `${folder}/empty.ts`] }).output();
    if (go >= 0) bare.push(performance.now() - began);
  }
  const what = "a plugin's process from its start to the answer of its first call, median";
  return [
    orTimes(
      figure(what, median(first), MOST.startMs, `${median(bare).toFixed(1)} ms for an empty program`),
      median(bare),
      TIMES.start,
    ),
  ];
}

/** Starts a program that gives back what it is given. */
function openBare(
  path: string,
): { readonly echo: (line: Uint8Array<ArrayBuffer>) => Promise<void>; readonly close: () => Promise<void> } {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", path],
    stdin: "piped",
    stdout: "piped",
  })
    .spawn();
  const [input, output] = [child.stdin.getWriter(), child.stdout.getReader()];
  return {
    async echo(line) {
      await input.write(line);
      for (let left = line.length; left > 0;) left -= (await output.read()).value?.length ?? left;
    },
    async close() {
      await input.close();
      await output.cancel();
      await child.status;
    },
  };
}

/** Starts the program as a person does, with plugins in their folder and without, by turns. */
async function realStarts(folder: string, names: readonly string[]): Promise<Figure> {
  const own = `${folder}/config/plugins`;
  writeFiles(own, Object.fromEntries(names.map((name) => [`${name}.ts`, ECHO.replaceAll("NAME", name)])));
  writeFiles(folder, { "none/plugins/_none.ts": "", "project/a.js": "" });
  const start = async (config: string): Promise<number> => {
    const began = performance.now();
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "-A", MAIN, "prompt", "coding", "-C", `${folder}/project`],
      env: { AUTONOMY_CONFIG_HOME: `${folder}/${config}`, AUTONOMY_STATE_HOME: `${folder}/state`, OLLAMA_HOST: "" },
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(`autonomy prompt coding failed: ${new TextDecoder().decode(stderr)}`);
    return performance.now() - began;
  };
  const times: Record<"with" | "without", number[]> = { with: [], without: [] };
  for (let go = -1; go < STARTS; go++) {
    const [known, none] = [await start("config"), await start("none")];
    if (go < 0) continue;
    times.with.push(known);
    times.without.push(none);
  }
  const more = times.with.map((ms, go) => ms - times.without[go]!);
  const middle = median(more);
  const chance = BY_CHANCE * ERROR_OF_SPREAD * median(more.map((ms) => Math.abs(ms - middle))) / Math.sqrt(STARTS);
  const most = Math.max(MOST.knownMs, chance);
  return {
    ...figure(
      `what ${KNOWN} known plugins add to a start of the program, median of ${STARTS} pairs`,
      middle,
      most,
      `${median(times.without).toFixed(0)} ms without`,
    ),
    bound: `≤ ${MOST.knownMs} ms, or ${chance.toFixed(1)} that pairs of the same differ by`,
  };
}

async function call(offer: Offer, folder: string): Promise<void> {
  const context = {
    workspace: { root: folder },
    languages: LANGUAGES,
    signal: new AbortController().signal,
    report() {},
  };
  await offer.tools[0]!.run({ text: TEXT }, context as unknown as ToolContext);
}

const TEXT = "x".repeat(10_000);
const LINE = new TextEncoder().encode(TEXT);

function figure(what: string, ms: number, most: number, baseline: string): Figure {
  return { what, value: `${ms.toFixed(3)} ms`, baseline, ratio: ms, bound: `≤ ${most} ms`, met: ms <= most };
}

/** The same figure, which may be so many times a bare one where that is more. */
function orTimes(measured: Figure, bare: number, times: number): Figure {
  return {
    ...measured,
    value: `${measured.value}, ${(measured.ratio / bare).toFixed(1)}×,`,
    bound: `${measured.bound}, or ${times}×`,
    met: measured.met === true || measured.ratio <= times * bare,
  };
}
