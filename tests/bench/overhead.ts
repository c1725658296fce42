import { LANGUAGES } from "../../src/languages/languages.ts";
import { allDecisions } from "../../src/features/decisions/kinds.ts";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { PLACEHOLDERS } from "../../src/prompt/prompt.ts";
import type { RunRegistry } from "../../src/effects/effect_kind.ts";
import { openFleet } from "../../src/fleet/fleet.ts";
import { loadPlugins } from "../../src/plugin/load.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import type { RunnableTool } from "../../src/ports/tool.ts";
import type { ChatReply, ChatRequest, ModelHost } from "../../src/ports/model_host.ts";
import { openJournal } from "../../src/run/journal.ts";
import { openRun } from "../../src/run/open_run.ts";
import { readPrompts } from "../../src/run/read_prompts.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import type { WriteRecorder } from "../../src/work/write_record.ts";
import { type Figure, median } from "./figure.ts";

const MODEL = "instant";
const DECISIONS = 300;
const MOST_MS = 2;
/** On a slow machine a decision may take so often as long as one of its facts written bare, in a transaction of its own. */
const MOST_WRITES = 120;
const GOES = 3;

/** What the arbiter decides, again and again. */
interface Drill {
  readonly what: string;
  readonly bound: number | null;
  /** Beginning of the name of its decisions. */
  readonly decision: string;
  /** Asks of models that a decision takes. */
  readonly asks: number;
}

const DRILLS: readonly Drill[] = [
  {
    what: "our part of a decision (due, compose, mediate, evolve, commit to disk), models answer at once",
    bound: MOST_MS,
    decision: "change_phase",
    asks: 1,
  },
  {
    what: "the same for a consult: the decision and a whole turn of the specialist, with files read and a call run",
    bound: null,
    decision: "consult_analysis_specialist",
    asks: 2,
  },
];

/**
 * Measures what a decision costs us when models answer at once, through the real loop, fleet, mediation, project folder and
 * journal on disk: an arbiter that changes the phase to and fro, and one that consults a specialist again and again.
 *
 * @returns milliseconds a decision, the median of three runs each
 */
export async function measureOverhead(): Promise<readonly Figure[]> {
  const { registry, tools } = await capabilities();
  const figures: Figure[] = [];
  for (const drill of DRILLS) {
    const goes: Played[] = [];
    for (let go = 0; go < GOES; go++) goes.push(await play(drill, registry, tools));
    const ms = median(goes.map(({ ms }) => ms));
    const bare = median(goes.map(({ bare }) => bare));
    figures.push({
      what: drill.what,
      value: `${ms.toFixed(2)} ms, ${(ms / bare).toFixed(0)}×,`,
      baseline: `${bare.toFixed(4)} ms for a fact written bare`,
      ratio: ms,
      bound: drill.bound === null ? "none" : `≤ ${drill.bound} ms, or ${MOST_WRITES}×`,
      met: drill.bound === null ? null : ms <= Math.max(drill.bound, MOST_WRITES * bare),
    });
  }
  return figures;
}

/** Asks beside those of the decisions: what was decided once too often is asked again. */
const SPARE = 6;

/** The loop records writes by itself. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/** What a run took, ms. */
interface Played {
  /** A decision with all that belongs to it. */
  readonly ms: number;
  /** One of its facts, written and nothing else. */
  readonly bare: number;
}

/** Writes facts as they stand in a journal, each in a transaction of its own, and nothing else; gives the time it took, ms. */
function writeBare(path: string, facts: readonly unknown[]): number {
  const database = new DatabaseSync(path);
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE facts (seq INTEGER PRIMARY KEY, fact TEXT)",
    );
    const insert = database.prepare("INSERT INTO facts (fact) VALUES (?)");
    const began = performance.now();
    for (const fact of facts) insert.run(JSON.stringify(fact));
    return performance.now() - began;
  } finally {
    database.close();
  }
}

/** Plays one run until its budget of asks is spent. */
async function play(drill: Drill, registry: RunRegistry, tools: ReadonlyMap<string, RunnableTool>): Promise<Played> {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_bench_" });
  const project = join(folder, "project");
  await Deno.mkdir(project);
  await Deno.writeTextFile(join(project, "notes.md"), "# Notes\n\nNothing is wrong here.\n");
  const journal = openJournal({ path: join(folder, "run.db"), validate: parseFact });
  const fleet = openFleet({
    hosts: [{ name: "fast", url: "http://127.0.0.1:1" }],
    now: () => Date.now(),
    open: () => Promise.resolve(instantHost(drill)),
  });
  try {
    await fleet.start(AbortSignal.timeout(5_000));
    const workspace = await openWorkspace({ root: project, languages: LANGUAGES, blobs: journal, recorder: SILENT });
    const began = performance.now();
    const run = await openRun({
      journal,
      workspace,
      fleet,
      registry,
      tools,
      ways: {},
      named: new Set(),
      now: () => Date.now(),
    }, [started(project, drill.asks * DECISIONS + SPARE), TASKS]);
    const ending = await run.done;
    const took = performance.now() - began;
    const facts = [...journal.read()];
    const made = facts.filter((fact) =>
      fact.type === "decision_made" && fact.by === "arbiter" && fact.name === drill.decision
    ).length;
    if (ending?.kind !== "budget" || made < DECISIONS) {
      throw new Error(
        `the run ended ${ending?.kind} (${ending?.cause}) after ${made} of ${DECISIONS} decisions ${drill.decision}`,
      );
    }
    return { ms: took / made, bare: writeBare(join(folder, "bare.db"), facts) / facts.length };
  } finally {
    await fleet.close();
    journal.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** One task for coding and one for debugging, so that both phases have work. */
const TASKS: Fact = {
  type: "tasks_planned",
  tasks: (["work", "issue"] as const).map((kind, index) => ({
    id: `T${index + 1}`,
    kind,
    description: `Look at part ${index + 1} of the notes.`,
    target: "notes.md",
    checks: [],
    after: [],
    status: "ready",
    reason: "",
  })),
  refused: [],
  by: "bench",
};

function started(project: string, turns: number): Fact {
  return {
    type: "run_started",
    run: "bench",
    project,
    goal: "Say what is in the notes.",
    mode: "driver",
    headless: true,
    label: "",
    trusted: true,
    limits: { tokens: null, turns, wallMs: null },
    roleLimits: {},
    version: "bench",
    dirty: [],
  };
}

/** The built-in crew and tools, without a bound on consults: only the budget ends this run. */
async function capabilities(): Promise<ReturnType<typeof buildRegistry>> {
  const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const { offers } = await loadPlugins([{ path: folder("plugins"), origin: "built-in", trusted: true }]);
  const bare = buildRegistry({ offers, prompts: {} });
  const prompts = await readPrompts({
    folders: [folder("prompts")],
    placeholders: PLACEHOLDERS,
    tools: [...bare.tools.keys(), ...allDecisions(bare.registry).map(({ name }) => name)],
  });
  const known = buildRegistry({ offers, prompts });
  const roles = Object.fromEntries(Object.keys(known.registry.roles).map((role) => [role, { models: [MODEL] }]));
  return buildRegistry({ offers, prompts, roles, bounds: { repeats: 1_000_000, stale: 1_000_000 } });
}

/** Branch of a constrained reply's schema. */
interface Branch {
  readonly properties: {
    readonly name: { readonly const: string };
    readonly arguments: { readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
  };
}

/** A host in this process that answers at once: the arbiter decides what the drill wants, a specialist answers. */
function instantHost(drill: Drill): ModelHost {
  let asked = 0;
  const reply = (request: ChatRequest): ChatReply => {
    asked += 1;
    const branches = (request.schema?.anyOf ?? []) as readonly Branch[];
    const decision = branches.find(({ properties }) => properties.name.const === drill.decision);
    const phase = decision?.properties.arguments.properties.phase?.enum?.[0];
    const text = JSON.stringify({
      reason: "It is next.",
      name: decision === undefined ? "answer" : drill.decision,
      arguments: decision === undefined
        ? { text: `The notes say that nothing is wrong (${asked}).` }
        : phase === undefined
        ? { query: `What is in notes.md? (${asked})` }
        : { phase, reason: "It is next." },
    });
    return {
      text,
      thinking: "",
      calls: [],
      endedBy: "stop",
      forced: true,
      promptTokens: null,
      answerTokens: null,
      loadMs: null,
      promptMs: null,
      answerMs: null,
    };
  };
  return {
    kind: "ollama",
    url: "http://127.0.0.1:1",
    survey: () =>
      Promise.resolve({
        version: "0.0.0",
        // Of no small size: a small crew goes straight to work, without a decision.
        models: [{ name: MODEL, digest: "0", bytes: null, size: "32B" }],
        resident: [],
        slots: 1,
        busySlots: null,
      }),
    abilities: () =>
      Promise.resolve({ tools: true, thinking: false, trainedWindow: null, fixedWindow: null, parser: null }),
    chat: (request) => Promise.resolve(reply(request)),
    render: () => Promise.resolve(null),
    count: () => Promise.resolve(null),
    pull: null,
    close() {},
  };
}
