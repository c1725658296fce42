import { hostedPlugins } from "../../src/plugin/host/hosted_plugins.ts";
import { keeping } from "../../src/plugin/live/kept_offer.ts";
import { Shelf } from "../../src/plugin/live/shelf.ts";
import type { Offer } from "../../src/plugin/offer.ts";
import type { ToolContext } from "../../src/ports/tool.ts";
import { processesOf } from "../plugin/host/hosted.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import type { DoorFigure } from "./door.ts";

const RELOADS = 500;
/** Reloads before memory is looked at for the first time: as many manifests are kept by then as ever are. Reloads between two looks. */
const WARM = 220;
const EVERY = 20;
/** Most that a reload may leave in the heap of the program, in bytes. */
const MOST_BYTES = 2_048;

const PLUGIN = `import { z } from "zod";
import { definePlugin, defineTool } from "autonomy";
import { first } from "./_first.ts";
import { second } from "./_second.ts";
export default definePlugin({
  name: "two",
  tools: [defineTool({
    name: "two", describes: "Says two words.", input: z.object({ path: z.string() }), access: "reads",
    run: () => \`\${first} \${second}\`,
  })],
});
`;

const word = (name: string, value: number) => ({ [`_${name}.ts`]: `export const ${name} = ${value};\n` });

/** Reloads a plugin with two helper files 500 times, calls each version, and looks at memory, stale files and processes. */
export async function doorReloads(): Promise<readonly DoorFigure[]> {
  const gc = (globalThis as { gc?: () => void }).gc;
  if (gc === undefined) throw new Error("Without --expose-gc nothing can be said of memory.");
  const top = await Deno.realPath(await Deno.makeTempDir({ prefix: "autonomy_reloads_" }));
  const folder = `${top}/plugins`;
  const state = `${top}/state`;
  const { open } = hostedPlugins({ state, home: top, project: top, protects: [], program: "eval", kinds: [] });
  let opened: Offer | null = null;
  const faults: string[] = [];
  const shelf = new Shelf({
    folders: [{ path: folder, origin: "user", trusted: true }],
    project: top,
    open: keeping(open),
    allows: () => true,
    tell: (change) => {
      if (change.kind === "opened") opened = change.offer;
      else faults.push(JSON.stringify(change));
    },
    bounds: {},
  }, new Map());
  const heap: { readonly reload: number; readonly bytes: number }[] = [];
  let stale = 0;
  let before: Offer | null = null;
  try {
    await writeFiles(folder, { ...word("first", -1), ...word("second", -1), "two.ts": PLUGIN });
    for (let reload = 0; reload < RELOADS; reload++) {
      await writeFiles(folder, reload % 2 === 0 ? word("first", reload) : word("second", reload));
      await shelf.look();
      await shelf.settled();
      const offer = opened as Offer | null;
      if (offer === null) throw new Error(`Reload ${reload} opened nothing: ${faults.at(-1)}`);
      const said = await saidBy(offer, top);
      if (!said.split(" ").includes(String(reload))) stale += 1;
      await before?.close?.();
      before = offer;
      if (reload < WARM || reload % EVERY !== 0) continue;
      gc();
      heap.push({ reload, bytes: Deno.memoryUsage().heapUsed });
    }
    await before?.close?.();
    const left = await processesOf(state);
    const slope = slopeOf(heap);
    return [
      {
        what: `heap of the program after forced gc, over reloads ${WARM} to ${RELOADS}`,
        value: `${slope.toFixed(0)} bytes a reload (${megabytes(heap[0]!.bytes)} → ${megabytes(heap.at(-1)!.bytes)})`,
        bound: `≤ ${MOST_BYTES} bytes`,
        met: slope <= MOST_BYTES,
      },
      { what: `stale helper files in ${RELOADS} reloads`, value: String(stale), bound: "0", met: stale === 0 },
      { what: "reloads that were refused", value: String(faults.length), bound: "0", met: faults.length === 0 },
      { what: "processes left over", value: String(left.length), bound: "0", met: left.length === 0 },
      copiesFigure(state),
    ];
  } finally {
    await (opened as Offer | null)?.close?.();
    await Deno.remove(top, { recursive: true });
  }
}

async function saidBy(offer: Offer, root: string): Promise<string> {
  const context = { workspace: { root }, signal: new AbortController().signal, report() {}, settings: {} };
  return (await offer.tools[0]!.run({ path: "a" }, context as unknown as ToolContext)).text;
}

function copiesFigure(state: string): DoorFigure {
  const count = [...Deno.readDirSync(`${state}/hosted/copies`)].length;
  return { what: "copies of versions that are kept", value: String(count), bound: "≤ 100", met: count <= 100 };
}

/** Slope of the line that fits best, in bytes a reload. */
function slopeOf(points: readonly { readonly reload: number; readonly bytes: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(({ reload }) => reload));
  const y = mean(points.map(({ bytes }) => bytes));
  const over = points.reduce((sum, { reload, bytes }) => sum + (reload - x) * (bytes - y), 0);
  return over / points.reduce((sum, { reload }) => sum + (reload - x) ** 2, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
