import type { BlobStore } from "../ports/blob_store.ts";
import type { Languages } from "../languages/language.ts";
import { suspectOf } from "../features/tasks/suspect_of.ts";
import { roleOfPhase } from "../features/tasks/role_of_phase.ts";
import { consultOf } from "../decisions/consulted_role.ts";
import type { CheckFact } from "../effects/check/check_effect.ts";
import { EMPTY, evolve } from "../features/features.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { Way } from "../kernel/call.ts";
import { due } from "../kernel/due.ts";
import type { Fact } from "../features/fact.ts";
import { compose } from "../prompt/compose.ts";
import type { Prompt } from "../prompt/prompt.ts";
import { ARBITER, type Registry } from "../features/registry.ts";
import { type State } from "../features/state.ts";
import type { ChatRequest } from "../ports/model_host.ts";
import type { Workspace } from "../ports/workspace.ts";
import { contentHash } from "../work/content_hash.ts";
import { frameOf, requestOf } from "../effects/ask/chat_request.ts";
import { tokenCounter } from "../effects/ask/count_tokens.ts";
import { prepareTurn } from "../effects/prepare/prepare_turn.ts";

/** What the first ask of a role is wanted for. */
export interface AskWish {
  readonly role: string;
  /** What is to be done; the goal and the task. */
  readonly task: string;
  /** Phase that the role acts in; null for its own one, or a consult where it has none. */
  readonly phase: string | null;
  readonly way: Way;
  readonly model: string;
  /** Parameters of the model in billions; null where unknown. */
  readonly billions: number | null;
  /** Results of the project's checks. */
  readonly checks: readonly CheckFact[];
}

/** The first ask of a role, as it would be sent. */
export interface AskPreview {
  readonly ask: AskEffect;
  /** plan, work, review, document, consult or reply; `decide` for the arbiter. */
  readonly purpose: string;
  readonly prompt: Prompt;
  readonly request: ChatRequest;
}

/** Phases that act on a task. */
const TASK_PHASES: ReadonlySet<string> = new Set(["coding", "debugging", "qa"]);

/** Facts in a row after which a role cannot be led to an ask. */
const MOST_STEPS = 60;

/**
 * Leads a run that only exists in memory to the first ask of a role, by the same rules and with the same reading of files as a real
 * one, and composes it. Nothing is sent, executed or written.
 *
 * @param registry what the crew offers
 * @param workspace the project
 * @param wish role, task and model
 * @param signal ends it
 * @returns the ask with its prompt and request
 * @throws when the role would not be asked in this phase
 */
export async function previewAsk(
  registry: Registry,
  workspace: Workspace,
  wish: AskWish,
  signal: AbortSignal,
): Promise<AskPreview> {
  const blobs = blobsInMemory();
  const files = await workspace.files(signal);
  let state = firstFacts(registry, workspace.root, wish, files).reduce(follow, EMPTY);
  for (let step = 0; step < MOST_STEPS; step++) {
    const owed = due(state, registry, state.at);
    if (owed.facts.length > 0) {
      state = owed.facts.reduce(follow, state);
      continue;
    }
    const prepare = owed.effects.find((effect) => effect.kind === "prepare");
    if (prepare !== undefined) {
      state = follow(state, { type: "effect_opened", effect: prepare });
      const result = await prepareTurn(prepare, state, registry, workspace, blobs, signal, registry.languages);
      state = follow(state, { type: "effect_finished", key: prepare.key, result });
      continue;
    }
    const ask = owed.effects.find((effect): effect is AskEffect => effect.kind === "ask" && effect.role === wish.role);
    if (ask === undefined) break;
    const window = registry.roles[wish.role]?.window ?? 8192;
    const placed = { model: wish.model, hostName: "", window, billions: wish.billions, abilities: ABILITIES };
    const prompt = compose(
      state,
      registry,
      ask,
      frameOf(state, placed, wish.way, blobs, undefined, await tokenCounter()),
    );
    const purpose = ask.turn === null ? ask.purpose : state.turns.open[ask.turn]?.purpose ?? ask.purpose;
    return { ask, purpose, prompt, request: requestOf(ask, state, prompt, placed, wish.way, blobs) };
  }
  throw new Error(`${wish.role} would not be asked in ${wish.phase ?? "its phase"}. Name another phase or role.`);
}

/** What nothing is known of: no host is asked. */
const ABILITIES = { tools: true, thinking: false, trainedWindow: null, fixedWindow: null, parser: null };

function follow(state: State, fact: Fact): State {
  return evolve(state, { ...fact, seq: state.seq + 1, at: state.at + 1 });
}

function blobsInMemory(): BlobStore {
  const kept = new Map<string, Uint8Array>();
  return {
    putBlob(content) {
      const hash = contentHash(content);
      kept.set(hash, typeof content === "string" ? new TextEncoder().encode(content) : content);
      return hash;
    },
    getBlob: (hash) => kept.get(hash),
  };
}

/** A run in which the role's turn is next. */
function firstFacts(registry: Registry, project: string, wish: AskWish, files: readonly string[]): Fact[] {
  const phase = wish.phase ?? registry.phases.find(({ phase }) => roleOfPhase(registry, phase) === wish.role)?.phase ??
    null;
  const begun = [runStarted(project, wish.task), crewAssembled(registry, wish), ...firstCheck(wish.checks)];
  if (wish.role === ARBITER) return begun;
  if (phase === null || roleOfPhase(registry, phase) !== wish.role) {
    return [...begun, decided(consultOf(wish.role), { query: wish.task })];
  }
  const planned = TASK_PHASES.has(phase) ? [taskPlanned(wish, phase, files, registry.languages)] : [];
  const changed: Fact[] = phase === "planning" ? [] : [{ type: "phase_changed", phase, reason: "", by: "preview" }];
  return [...begun, ...planned, ...changed, decided("continue_current_phase", { reason: "" })];
}

function runStarted(project: string, goal: string): Fact {
  return {
    type: "run_started",
    run: "preview",
    project,
    goal,
    mode: "driver",
    // Nobody is there who would agree to what shall be true.
    headless: true,
    label: "",
    trusted: true,
    limits: { tokens: null, turns: null, wallMs: null },
    roleLimits: {},
    version: "",
    dirty: [],
  };
}

function crewAssembled(registry: Registry, wish: AskWish): Fact {
  return {
    type: "crew_assembled",
    roles: Object.values(registry.roles).map(({ role, describes, models, window, temperature }) => ({
      role,
      describes,
      models: [...models],
      window,
      temperature,
      ...(role === wish.role ? { plays: { model: wish.model, billions: wish.billions } } : {}),
    })),
    tools: Object.keys(registry.tools),
    reason: "preview",
  };
}

function firstCheck(results: readonly CheckFact[]): Fact[] {
  const key = "preview.check";
  return [
    { type: "effect_opened", effect: { kind: "check", key, cause: "first" } },
    {
      type: "effect_finished",
      key,
      result: { kind: "check", results: [...results], commands: [], output: { text: "", chars: 0 }, ms: 0 },
    },
  ];
}

/** The one task of the run, about the file that its text names, if any. */
function taskPlanned(wish: AskWish, phase: string, files: readonly string[], languages: Languages): Fact {
  const target = files.find((path) => wish.task.includes(path)) ?? null;
  return {
    type: "tasks_planned",
    tasks: [{
      id: "T1",
      kind: phase === "debugging" ? "issue" : "work",
      description: wish.task,
      target,
      checks: checksOf(wish.checks, target, languages),
      after: [],
      status: phase === "qa" ? "in_review" : "ready",
      reason: "",
    }],
    refused: [],
    by: "preview",
  };
}

/** The failing results that are about the task's file; all of them where none is. */
function checksOf(checks: readonly CheckFact[], target: string | null, languages: Languages): string[] {
  const failed = checks.filter((check) => !check.passed);
  const own = failed.filter((check) => suspectOf(check, languages) === target);
  return (own.length === 0 ? failed : own).map((check) => check.name);
}

function decided(name: string, args: Readonly<Record<string, unknown>>): Fact {
  return {
    type: "decision_made",
    id: "d1",
    name,
    arguments: { ...args },
    reason: "",
    by: "rules",
    fingerprint: "preview",
  };
}
