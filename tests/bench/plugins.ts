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
    writeFiles(folder, { "empty.ts": "" });
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
  const times: Record<"apart" | "here", number[]> = { apart: [], here: [] };
  for (let go = -100; go < CALLS; go++) {
    for (const [where, offer] of [["apart", apart], ["here", here]] as const) {
      const began = performance.now();
      await call(offer, folder);
      if (go >= 0) times[where].push(performance.now() - began);
    }
  }
  await apart.close?.();
  const inside = median(times.here);
  return [
    figure("a call with 10 KB in this process, median", inside, MOST.here, ""),
    figure(
      "a call with 10 KB in a plugin's process, median",
      median(times.apart),
      MOST.apart,
      `${inside.toFixed(4)} ms here`,
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
    figure(
      what,
      median(first),
      MOST.startMs,
      `${median(bare).toFixed(1)} ms for an empty program, ${(median(first) / median(bare)).toFixed(1)}×`,
    ),
  ];
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
  const more = median(times.with) - median(times.without);
  const baseline = `${median(times.without).toFixed(0)} ms without`;
  return figure(
    `what ${KNOWN} known plugins add to a start of the program, medians of ${STARTS}`,
    more,
    MOST.knownMs,
    baseline,
  );
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

function figure(what: string, ms: number, most: number, baseline: string): Figure {
  return { what, value: `${ms.toFixed(3)} ms`, baseline, ratio: ms, bound: `≤ ${most} ms`, met: ms <= most };
}
