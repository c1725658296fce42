import type { Call, ToolDeclaration } from "../../kernel/call.ts";
import { failing, openTasks } from "../evolve.ts";
import { decisionKey, fingerprint } from "./fingerprint.ts";
import { sizeOf } from "../threads/model_size.ts";
import { type Phase, PHASE_ROLES, PHASES } from "../../phases/phase.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/** Name of the arbiter among the roles. */
export const ARBITER = "arbiter";

/** Billions of parameters of an arbiter that may ask before there is trouble: below it asks for the sake of asking (1.5b: each time). */
const CONSULTS_FROM = 4;

const reason = { type: "string", description: "Why, in one sentence.", maxLength: 200 };

/** The specialists, in the registry's order. */
export function specialists(registry: Registry): string[] {
  return Object.keys(registry.roles).filter((role) => role !== ARBITER);
}

/**
 * Declares every decision that there is, always in the same order, so that the server's prefix cache holds.
 *
 * @param registry what the crew offers: one consult for each specialist
 * @returns declarations
 */
export function allDecisions(registry: Registry): ToolDeclaration[] {
  return [
    ...specialists(registry).map((role) => ({
      name: consultOf(role),
      describes: `Asks the ${role} specialist: ${registry.roles[role]!.describes}`,
      parameters: {
        type: "object",
        properties: {
          query: { type: "string", description: "What the specialist shall find out or do.", maxLength: 600 },
          context: { type: "string", description: "What it must know for that.", maxLength: 600 },
        },
        required: ["query"],
      },
    })),
    {
      name: "change_phase",
      describes: "Changes the phase of the run.",
      parameters: {
        type: "object",
        properties: { phase: { type: "string", enum: [...PHASES], description: "The phase to go to." }, reason },
        required: ["phase", "reason"],
      },
    },
    {
      name: "request_user_input",
      describes: "Asks the person a question when the goal cannot be reached without an answer.",
      parameters: {
        type: "object",
        properties: {
          question: { type: "string", description: "The question.", maxLength: 400 },
          context: { type: "string", description: "What the person must know to answer.", maxLength: 600 },
        },
        required: ["question"],
      },
    },
    {
      name: "continue_current_phase",
      describes:
        "Does the work of the present phase: planning makes tasks, coding and debugging work on the next task, qa executes the checks and reviews.",
      parameters: { type: "object", properties: { reason }, required: ["reason"] },
    },
    {
      name: "answer_user",
      describes: "Answers what the person said.",
      parameters: {
        type: "object",
        properties: { text: { type: "string", description: "The answer.", maxLength: 1000 } },
        required: ["text"],
      },
    },
    {
      name: "finish",
      describes: "Proposes that the run is finished; the executed checks decide.",
      parameters: {
        type: "object",
        properties: { summary: { type: "string", description: "What was done.", maxLength: 600 } },
        required: ["summary"],
      },
    },
  ];
}

/** Name of the decision that consults a role. */
export function consultOf(role: string): string {
  return `consult_${role}_specialist`;
}

/** Role that a consult names, or null. */
export function consultedRole(name: string): string | null {
  return /^consult_(.+)_specialist$/.exec(name)?.[1] ?? null;
}

/**
 * Declares the decisions that are legal now: what would have no effect, or was made as often as it may be in this situation, is not.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @returns declarations, with the phases narrowed to those that have work
 */
export function legalDecisions(state: State, registry: Registry): ToolDeclaration[] {
  const legal: ToolDeclaration[] = [];
  for (const declared of allDecisions(registry)) {
    if (declared.name === "change_phase") {
      const phases = PHASES.filter((phase) =>
        phase !== state.phase && hasWork(state, registry, phase) && !isUsedUp(state, registry, declared.name, { phase })
      );
      if (phases.length === 0) continue;
      const phase = { type: "string", enum: phases, description: "The phase to go to." };
      legal.push({ ...declared, parameters: { ...declared.parameters, properties: { phase, reason } } });
    } else if (refusal(state, registry, { name: declared.name, arguments: {} }) === null) legal.push(declared);
  }
  return legal;
}

/**
 * Says why a decision is not legal now.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param call the decision
 * @returns a sentence, or null when it is legal
 */
export function refusal(state: State, registry: Registry, call: Call): string | null {
  const { name } = call;
  if (state.decision !== null) {
    return name === "answer_user" && state.arbiter.heard.length + state.words.length > 0
      ? null
      : `${name} is not possible while ${state.decision.name} is at work.`;
  }
  if (isUsedUp(state, registry, name, call.arguments)) {
    return `${name} was decided ${registry.bounds.repeats} times in this very situation and changed nothing.`;
  }
  const role = consultedRole(name);
  if (role !== null) {
    if (!specialists(registry).includes(role)) return `There is no ${role} specialist.`;
    if (!hasAnyWork(state, registry) || worksOnTask(state, registry, role)) return null;
    const [made, most] = consults(state, registry);
    return made < most
      ? null
      : `${
        made === 0 ? "No consult was" : made === 1 ? "1 consult was" : `${made} consults were`
      } made, and there is work to go on with.`;
  }
  switch (name) {
    case "change_phase": {
      const phase = PHASES.find((one) => one === call.arguments.phase);
      if (phase === undefined) {
        return `There is no phase "${String(call.arguments.phase)}"; phases are ${PHASES.join(", ")}.`;
      }
      if (phase === state.phase) return `The phase is ${phase} already.`;
      return hasWork(state, registry, phase) ? null : `There is nothing to do in ${phase} now.`;
    }
    case "request_user_input":
      // Without a person the question ends the run, so it is the last thing to try.
      return state.run?.headless === true && (hasAnyWork(state, registry) || state.plans > 0)
        ? "Nobody is at the keyboard."
        : null;
    case "continue_current_phase":
      return hasWork(state, registry, state.phase) ? null : `There is nothing to do in ${state.phase} now.`;
    case "answer_user":
      return state.arbiter.heard.length + state.words.length > 0
        ? null
        : "The person said nothing that is not answered.";
    case "finish":
      if (state.words.length > 0) return "The person said something that you have not read yet.";
      if (openTasks(state).length > 0) return `${openTasks(state).length} tasks are open.`;
      return state.tasks.length > 0 && !hasAnyWork(state, registry)
        ? null
        : "There is still something to plan or to do.";
    default:
      return `There is no decision ${name}.`;
  }
}

function isUsedUp(state: State, registry: Registry, name: string, args: Readonly<Record<string, unknown>>): boolean {
  if (name === "answer_user") return false;
  return (state.seen[fingerprint(state)]?.[decisionKey(state, name, args)] ?? 0) >= registry.bounds.repeats;
}

/**
 * Tells whether a consult of a role is an attempt at a task: a role that writes, where coding or debugging has one.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param role consulted role
 * @returns true where the consult would work on the next task
 */
export function worksOnTask(state: State, registry: Registry, role: string): boolean {
  const writes = registry.roles[role]?.tools.some((name) => registry.tools[name]?.access === "writes") === true;
  return writes && (state.phase === "coding" || state.phase === "debugging") &&
    nextTask(state, registry, state.phase) !== null;
}

/** Consults made, and how many there may be: one beforehand, unless the arbiter is tiny; advice is for trouble, so each attempt that failed and each word of the person allows more. */
function consults(state: State, registry: Registry): readonly [number, number] {
  const made = Object.entries(state.statistics.decisions)
    .reduce((sum, [name, { made }]) => consultedRole(name) === null ? sum : sum + made, 0);
  const failed = Object.values(state.attempts).flat().filter((attempt) => attempt.verdict !== "kept").length;
  const unasked = (sizeOf(state, registry, ARBITER) ?? Infinity) < CONSULTS_FROM ? 0 : 1;
  return [made, unasked + registry.bounds.repeats * (failed + state.said.length)];
}

/** The next task that a phase would work on, or null. */
export function nextTask(state: State, registry: Registry, phase: Phase): Task | null {
  const ready = state.tasks.filter((task) => task.status === "ready");
  switch (phase) {
    case "coding":
      return ready.find((task) => task.kind === "work" && isFree(state, task)) ?? null;
    case "debugging":
      return ready.find((task) => task.kind === "issue") ??
        state.tasks.find((task) => mayReturn(state, registry, task)) ?? null;
    case "documentation":
      return ready.find((task) => task.kind === "documentation") ?? null;
    case "planning":
    case "qa":
      return null;
  }
}

/** A task waits for those it comes after, unless they are over, however that was. */
function isFree(state: State, task: Task): boolean {
  return task.after.every((id) => {
    const other = state.tasks.find((one) => one.id === id);
    return other === undefined || other.status !== "ready" && other.status !== "in_progress";
  });
}

/** A parked task returns when its precondition changed: more writes stand than when it was parked. */
function mayReturn(state: State, registry: Registry, task: Task): boolean {
  return task.status === "parked" && state.kept > (state.parkedAt[task.id] ?? 0) &&
    (state.attempts[task.id]?.length ?? 0) < 2 * registry.bounds.attempts;
}

/** Whether a phase has something to do now. */
export function hasWork(state: State, registry: Registry, phase: Phase): boolean {
  switch (phase) {
    case "planning": {
      if (
        openTasks(state).length > 0 || state.plans >= registry.bounds.plans ||
        state.tasks.length >= registry.bounds.tasks
      ) return false;
      const covered = new Set(state.tasks.flatMap((task) => task.checks));
      return state.tasks.length === 0 || failing(state.checks.latest).some((result) => !covered.has(result.name)) ||
        state.words.length + state.arbiter.heard.length > 0;
    }
    case "coding":
    case "debugging":
      return nextTask(state, registry, phase) !== null;
    case "qa":
      return state.tasks.some((task) => task.status === "in_review") &&
        !state.tasks.some((task) => task.kind === "issue" && task.status === "ready");
    case "documentation":
      return nextTask(state, registry, phase) !== null ||
        openTasks(state).length === 0 && state.tasks.some((task) => task.status === "done") &&
          state.kept > state.documented && state.documents?.length !== 0 &&
          state.tasks.length < registry.bounds.tasks;
  }
}

/** Whether any phase but documentation, which is never a must, has something to do. */
export function hasAnyWork(state: State, registry: Registry): boolean {
  return PHASES.some((phase) => phase !== "documentation" && hasWork(state, registry, phase));
}

/** Role that acts in a phase: the one that plugins name for it, else the usual one, else any. */
export function roleOfPhase(registry: Registry, phase: Phase): string | null {
  const usual = PHASE_ROLES[phase];
  if (registry.roles[usual] !== undefined) return usual;
  const all = specialists(registry);
  return all.find((role) => registry.roles[role]!.phases.includes(phase)) ?? all[0] ?? null;
}

/**
 * Decides without a model: the step that always leads on. Every step changes the situation or ends the run.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @returns the decision with its reason
 */
export function ruleDecision(state: State, registry: Registry): Call {
  const order: readonly Phase[] = ["debugging", "coding", "qa", "planning"];
  const issueFirst = state.tasks.some((task) => task.kind === "issue" && task.status === "ready");
  const phases = issueFirst ? order : ["coding", "qa", "planning", "debugging"] as const;
  for (const phase of phases) {
    if (!hasWork(state, registry, phase)) continue;
    if (phase !== state.phase) {
      return { name: "change_phase", arguments: { phase, reason: `${phase} has work.` }, reason: `${phase} has work.` };
    }
    return {
      name: "continue_current_phase",
      arguments: { reason: `${phase} has work.` },
      reason: `${phase} has work.`,
    };
  }
  return { name: "finish", arguments: { summary: "Nothing is left to do." }, reason: "No phase has work." };
}
