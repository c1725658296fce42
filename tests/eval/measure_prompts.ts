import { attemptsAt } from "../../src/features/attempts/attempts_at.ts";
import { readText } from "../../src/effects/stored_text.ts";
import type { BlobStore } from "../../src/ports/blob_store.ts";
import { attemptOf, taskOf } from "../../src/features/attempts/strategy_of.ts";
import { reviewDecisions } from "../../src/asks/review/review_decisions.ts";
import { allDecisions } from "../../src/features/decisions/kinds.ts";
import { failing } from "../../src/features/checks/slice.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { join } from "node:path";
import type { Stamped } from "../../src/features/fact.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { declarationsText, replyFormText } from "../../src/mediate/declarations.ts";
import { playRun } from "../rehearsal/played_run.ts";

/** One ask of a run: what was sent, and what a static prompt would have been. */
export interface MeasuredAsk {
  readonly key: string;
  readonly role: string;
  readonly purpose: string;
  /** Text that was sent, as a chat template would join it. */
  readonly sent: string;
  /** Static prompt of the same ask: all tools, all standards, whole files, whole history. */
  readonly whole: string;
  /** Facts that the model, and the check of its reply, cannot do without; each must stand in `sent`. */
  readonly needed: readonly string[];
}

/** Files that set standards, and those that explain a project. */
const STANDARDS =
  /(^|\/)(AGENTS|CONVENTIONS|README|CONTRIBUTING)\.md$|^(package\.json|\.prettierrc|\.editorconfig|eslint\.config\.js)$/;

/** What is gathered while a run is played: texts by role, in order. */
interface Memory {
  readonly history: Map<string, string[]>;
  readonly files: Map<string, ReadonlySet<string>>;
  readonly roles: Map<string, string>;
}

/**
 * Plays a run on a project with the rehearsal's models and composes, for each ask, the static prompt beside the one that was sent.
 *
 * @param root the project
 * @returns how the run ended, and all asks
 */
export async function measureRun(
  root: string,
): Promise<{ readonly ending: string; readonly asks: readonly MeasuredAsk[] }> {
  const memory: Memory = { history: new Map(), files: new Map(), roles: new Map() };
  const waiting = new Map<string, Omit<MeasuredAsk, "sent">>();
  const { state, facts, blobs } = await playRun(root, {
    goal: "Make the failing tests of this project pass.",
    onFact: (fact, before, kept) => remember(memory, fact, before, kept),
    onAsk: (ask, now, registry, kept) => {
      const turn = ask.turn === null ? null : now.turns.open[ask.turn] ?? null;
      waiting.set(ask.key, {
        key: ask.key,
        role: ask.role,
        purpose: turn?.purpose ?? ask.purpose,
        whole: wholePrompt(root, memory, ask, now, registry, kept),
        needed: neededFacts(root, ask, now),
      });
    },
  });
  const asks = facts.flatMap((fact): MeasuredAsk[] => {
    if (fact.type !== "effect_finished" || fact.result.kind !== "ask") return [];
    const ask = waiting.get(fact.key);
    return ask === undefined ? [] : [{ ...ask, sent: sentText(fact.result.prompt, blobs) }];
  });
  return { ending: `${state.run.ending?.kind}: ${state.run.ending?.cause}`, asks };
}

function sentText(hash: string, blobs: BlobStore): string {
  const stored = JSON.parse(readText({ text: "", chars: 0, blob: hash }, blobs)) as {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly tools?: unknown;
  };
  return chatText(stored.messages) + (stored.tools === undefined ? "" : JSON.stringify(stored.tools));
}

/** The form of Qwen2.5's chat template. */
function chatText(messages: readonly { readonly role: string; readonly content: string }[]): string {
  return messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`).join("") +
    "<|im_start|>assistant\n";
}

/** Keeps what was said to and by a role: tasks, replies, results. */
function remember({ history, files, roles }: Memory, fact: Stamped, state: State, blobs: BlobStore): void {
  const say = (role: string, text: string) => history.set(role, [...history.get(role) ?? [], text]);
  if (fact.type === "turn_opened") {
    const message = state.messages.list.find((one) => one.id === fact.message);
    say(fact.role, message?.text ?? "");
  } else if (fact.type === "effect_opened") {
    const { effect } = fact;
    if (effect.kind === "ask") roles.set(effect.key, effect.role);
    if (effect.kind === "prepare") files.set(effect.turn, new Set(effect.paths));
  } else if (fact.type === "effect_finished") {
    const { result } = fact;
    const effect = state.effects.open[fact.key]?.effect;
    if (result.kind === "ask") say(roles.get(fact.key) ?? "", readText(result.text, blobs));
    if (result.kind === "tool" && effect?.kind === "tool") say(effect.role, readText(result.text, blobs));
    if (result.kind === "prepare" && effect?.kind === "prepare") {
      files.set(effect.turn, new Set([...files.get(effect.turn) ?? [], ...result.texts.map((text) => text.path)]));
    }
  } else if (fact.type === "decision_closed") {
    const decision = state.decisions.open[fact.id];
    say("arbiter", `${decision?.name} ${JSON.stringify(decision?.arguments)}: ${fact.outcome}`);
  } else if (fact.type === "message_sent") {
    say("arbiter", `${fact.message.from} to ${fact.message.to}: ${fact.message.text}`);
  } else if (fact.type === "attempt_closed") say("arbiter", `${fact.task} attempt ${fact.number}: ${fact.summary}`);
}

/** What is sent where nothing is chosen: every tool in full, every standard, whole files, whole evidence, the whole history of the role. */
function wholePrompt(
  root: string,
  memory: Memory,
  ask: AskEffect,
  state: State,
  registry: Registry,
  blobs: BlobStore,
): string {
  const turn = ask.turn === null ? null : state.turns.open[ask.turn] ?? null;
  const tools = Object.values(registry.tools).map((tool) => tool.declaration);
  const decisions = ask.role === "arbiter" ? [...allDecisions(registry), ...reviewDecisions(registry)] : [];
  const system = [
    registry.prompts[registry.roles[ask.role]?.prompt ?? ""]?.text ?? "",
    turn === null ? "" : registry.prompts[`${turn.purpose}.md`]?.text ?? "",
    declarationsText([...tools, ...decisions]),
    replyFormText("constrained"),
  ].join("\n\n");
  const standards = projectFiles(root).filter((path) => STANDARDS.test(path));
  const wanted = turn === null ? [] : [...memory.files.get(turn.id) ?? []];
  const message = turn === null ? undefined : state.messages.list.find((one) => one.id === turn.message);
  const evidence = failing(state.checks.latest).map((result) => `- ${result.name}\n${result.evidence}`);
  const changes = turn?.prepared?.changes ?? null;
  const user = [
    `Goal: ${state.run.info?.goal}\nPhase: ${state.run.phase}`,
    state.tasks.list.map((task) => `${task.id} ${task.status} ${task.description} ${task.target ?? ""} ${task.reason}`)
      .join(
        "\n",
      ),
    message?.text ?? "",
    evidence.join("\n"),
    ...[...new Set([...standards, ...wanted])].map((path) => `# ${path}\n${textOf(root, path)}`),
    changes === null ? "" : readText(changes, blobs),
    (memory.history.get(ask.role) ?? []).join("\n\n"),
  ].join("\n\n");
  return chatText([{ role: "system", content: system }, { role: "user", content: user }]);
}

/** What must stand in the prompt of an ask for its model to do the work, and for the checks to bear it out. */
function neededFacts(root: string, ask: AskEffect, state: State): string[] {
  const goal = state.run.info?.goal ?? "";
  const turn = ask.turn === null ? null : state.turns.open[ask.turn] ?? null;
  if (turn === null) {
    if (ask.purpose === "review") return [goal];
    const open = state.tasks.list.filter((task) => ["ready", "in_progress", "in_review"].includes(task.status));
    return [goal, `Phase: ${state.run.phase}`, ...open.slice(0, 10).map((task) => task.id), ...ask.legal];
  }
  const message = state.messages.list.find((one) => one.id === turn.message);
  const facts = [goal, message?.text ?? ""];
  const attempt = attemptOf(state, turn);
  const task = taskOf(state, turn);
  if (attempt === null || task === null) return facts;
  for (const result of attempt.before) {
    if (result.passed || !task.checks.includes(result.name)) continue;
    facts.push(result.name, ...valuesIn(result.evidence), ...testCase(root, result.name));
  }
  if (task.target !== null) facts.push(task.target, ...faultyLines(root, task.target));
  for (const past of attemptsAt(state, task.id)) facts.push(past.summary.slice(0, 100));
  return facts;
}

/** What was expected and what was found, where the evidence says it in one line. */
function valuesIn(evidence: string): string[] {
  return [...evidence.matchAll(/^\s*(?:expected|actual): '(.*)'$/gm)].map((match) => match[1]!);
}

/** The lines of a failing test case that call what it tests. */
function testCase(root: string, name: string): string[] {
  const title = name.slice(name.indexOf(": ") + 2);
  for (const path of projectFiles(root).filter((one) => one.endsWith(".test.js"))) {
    const text = textOf(root, path);
    const at = text.indexOf(`test("${title}"`);
    if (at >= 0) {
      return text.slice(at, text.indexOf("\n});", at)).split("\n").slice(1).filter((line) => line.trim() !== "");
    }
  }
  return [];
}

/** The faulty statements of the sample, where they stand in a file. */
function faultyLines(root: string, target: string): string[] {
  return textOf(root, target).split("\n").filter((line) =>
    /Math\.floor\(milliseconds \/ size\)|Math\.max\(\.\.\.lengths, 0\)|replace\(\/\[\^a-z0-9\]\/g, separator\)/.test(
      line,
    )
  );
}

function textOf(root: string, path: string): string {
  try {
    return Deno.readTextFileSync(join(root, path));
  } catch {
    return ""; // deleted since it was listed
  }
}

function projectFiles(root: string, folder = ""): string[] {
  return [...Deno.readDirSync(join(root, folder))].flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name === ".git" || entry.name === "node_modules") return [];
    return entry.isDirectory ? projectFiles(root, path) : [path];
  }).sort();
}
