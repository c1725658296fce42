import { LANGUAGES } from "../../src/languages/languages.ts";
import type { BlobStore } from "../../src/ports/blob_store.ts";
import { allDecisions } from "../../src/features/decisions/kinds.ts";
import { EMPTY, evolve } from "../../src/features/features.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { fileURLToPath } from "node:url";
import { type FleetHost, type FleetOptions, startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { REHEARSAL_WAYS, understudies } from "../../src/rehearsal/understudies.ts";
import { due } from "../../src/kernel/due.ts";
import type { Way } from "../../src/kernel/call.ts";
import type { Effect } from "../../src/effects/effect.ts";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { PLACEHOLDERS } from "../../src/prompt/prompt.ts";
import { parametersIn } from "../../src/features/threads/model_size.ts";
import { tokensLeft } from "../../src/kernel/budget.ts";
import { type State } from "../../src/features/state.ts";
import type { RunRegistry } from "../../src/effects/effect_kind.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { loadPlugins } from "../../src/plugin/load.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { perform } from "../../src/effects/perform.ts";
import type { World } from "../../src/effects/effect_kind.ts";
import type { Models } from "../../src/effects/ask/models.ts";
import { readPrompts } from "../../src/run/read_prompts.ts";
import { toFact } from "../../src/run/settle.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Where the fleet of a rehearsal plays each role. */
const CAST: Readonly<Record<string, { readonly host: FleetHost; readonly model: string }>> = {
  arbiter: { host: "fast", model: "qwen2.5:14b" },
  analysis: { host: "fast", model: "qwen2.5:14b" },
  interpreter: { host: "fast", model: "functiongemma:latest" },
  coding: { host: "strong", model: "qwen2.5-coder:32b" },
  reasoning: { host: "strong", model: "qwen2.5:32b" },
};

const STEPS = 300;

/** What a run of a test is played with. */
export interface PlayedRun {
  readonly goal: string;
  /** Words of the person, said once the first decision is closed. */
  readonly words?: string;
  /** One model that plays all roles. */
  readonly model?: { readonly host: FleetHost; readonly name: string };
  readonly ways?: Readonly<Record<string, Way>>;
  /** Windows of roles, where they are not their own. */
  readonly windows?: Readonly<Record<string, number>>;
  /** Most tokens of a role. */
  readonly roleTokens?: Readonly<Record<string, number>>;
  /** Faults of the servers from the start. */
  readonly faults?: FleetOptions["faults"];
  /** Told of each fact, with the state before it. */
  readonly onFact?: (fact: Stamped, before: State, blobs: BlobStore) => void;
  /** Told of each request that is about to be sent, with the state it was made from. */
  readonly onAsk?: (ask: AskEffect, state: State, registry: RunRegistry, blobs: BlobStore) => void;
}

/** What came of it. */
export interface PlayedEnd {
  readonly state: State;
  readonly facts: readonly Stamped[];
  readonly blobs: BlobStore;
}

/** Plays a whole run on a project: core, tools, checks, wire and mediation are real, one effect after the other. */
export async function playRun(root: string, run: PlayedRun): Promise<PlayedEnd> {
  const plugins = await loadPlugins([{ path: folder("plugins"), origin: "built-in", trusted: true }]);
  const bare = buildRegistry({ offers: plugins.offers, prompts: {} });
  const prompts = await readPrompts({
    folders: [folder("prompts")],
    placeholders: PLACEHOLDERS,
    tools: [...bare.tools.keys(), ...allDecisions(bare.registry).map(({ name }) => name)],
  });
  const { registry: built, tools } = buildRegistry({ offers: plugins.offers, prompts });
  const roles = Object.values(built.roles).map((role) => [
    role.role,
    { ...role, window: run.windows?.[role.role] ?? role.window },
  ]);
  const registry: RunRegistry = { ...built, roles: Object.fromEntries(roles) };
  const fleet = await startRehearsalFleet({ players: understudies(), pace: 0, faults: run.faults });
  const hosts = { fast: ollamaHost(fleet.hosts.fast), strong: ollamaHost(fleet.hosts.strong) };
  const blobs = memoryBlobs();
  const facts: Stamped[] = [];
  const signal = new AbortController().signal;
  let state = EMPTY;
  const commit = (fact: Fact): void => {
    const stamped = { ...fact, seq: facts.length + 1, at: facts.length + 1 };
    facts.push(stamped);
    run.onFact?.(stamped, state, blobs);
    state = evolve(state, stamped);
  };
  const workspace = (key: string) =>
    openWorkspace({
      root,
      languages: LANGUAGES,
      blobs,
      recorder: {
        opened: (write) => commit({ type: "write_opened", key, write: toFact(write) }),
        closed: (write, done) => commit({ type: "write_closed", key, write: toFact(write), done }),
        commandOpened: (command, snapshot) => commit({ type: "command_opened", key, command: [...command], snapshot }),
        commandClosed: (_command, writes, excepted) =>
          commit({ type: "command_closed", key, writes: writes.map(toFact), excepted: [...excepted] }),
      },
    });
  const left = (role: string) => tokensLeft(state, role);
  const models: Models = {
    left,
    ways: run.ways ?? REHEARSAL_WAYS,
    refusing: new Map(),
    probing: new Map(),
    stream: () => {},
    restart: () => {},
    async seat({ role }) {
      const cast = CAST[role]!;
      const { host, model } = run.model === undefined ? cast : { host: run.model.host, model: run.model.name };
      return {
        host: hosts[host],
        hostName: host,
        hostVersion: "0.33.0",
        model,
        digest: model,
        window: registry.roles[role]!.window,
        reason: "",
        abilities: await hosts[host].abilities(model, signal),
        billions: parametersIn(model),
        leave: () => {},
      };
    },
  };
  const close = async (effect: Effect): Promise<Fact> => {
    if (effect.kind === "ask") run.onAsk?.(effect, state, registry, blobs);
    const world: World = {
      state,
      registry,
      blobs,
      workspace: await workspace(effect.key),
      project: await workspace(effect.key),
      apart: null,
      tools,
      models,
      note: commit,
      show: () => {},
      now: () => facts.length,
    };
    const [closed] = await perform(effect, registry.effects[effect.kind], world, signal);
    return closed;
  };
  try {
    commit({
      type: "run_started",
      run: "r1",
      project: root,
      goal: run.goal,
      mode: "driver",
      headless: true,
      label: "",
      trusted: true,
      limits: { tokens: null, turns: null, wallMs: null },
      roleLimits: Object.fromEntries(
        Object.entries(run.roleTokens ?? {}).map(([role, tokens]) => [role, { tokens, turns: null, wallMs: null }]),
      ),
      version: "0",
      dirty: [],
    });
    let silent = run.words !== undefined;
    for (let step = 0; step < STEPS && state.run.ending === null; step++) {
      if (silent && state.decisions.past.length > 0) {
        silent = false;
        commit({
          type: "message_sent",
          message: {
            id: `m${state.messages.count + 1}`,
            from: "person",
            to: "arbiter",
            kind: "word",
            text: run.words ?? "",
            cause: "person",
            answers: null,
            review: false,
          },
        });
      }
      const owed = due(state, registry, facts.length);
      for (const fact of owed.facts) commit(fact);
      for (const effect of owed.effects) {
        commit({ type: "effect_opened", effect });
        commit(await close(effect));
      }
      if (owed.facts.length + owed.effects.length === 0) break;
    }
    return { state, facts, blobs };
  } finally {
    hosts.fast.close();
    hosts.strong.close();
    await fleet.close();
  }
}
