import { pastOf } from "../features/attempts/past_of.ts";
import { attemptOf, taskOf } from "../features/attempts/strategy_of.ts";
import type { Registry } from "../features/registry.ts";
import type { CheckFact } from "../effects/check/check_effect.ts";
import { isTestPath } from "../languages/test_path.ts";
import type { PastTurn } from "../features/threads/slice.ts";
import type { Turn } from "../features/turns/slice.ts";
import { isOfTask } from "../features/checks/judge.ts";
import { failing } from "../features/checks/slice.ts";
import type { State } from "../features/state.ts";
import type { Task } from "../features/tasks/task.ts";
import { bound } from "../kernel/text.ts";
import { terse } from "./evidence.ts";
import { listChecks } from "./listed_checks.ts";
import { fenced } from "./fence.ts";
import { runBeforeSections } from "./run_before.ts";
import type { Section } from "./section.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Name of the part that shows changes as a difference. */
export const CHANGES = "changes as a difference";
/** Characters that the evidence of all failing checks may take together. */
const EVIDENCE = 4000;
/** Failing checks that are told. */
const CHECKS = 12;
/** Files of a project that are listed by name. */
const LISTED = 80;
/** Complexity below which only the neighbours of a task's file are listed by name. */
const LISTS_ALL_FROM = 4;

/**
 * Writes what a specialist's turn begins with: its message, the failing checks with their evidence, files, earlier attempts. It holds
 * only what stays the same for the whole turn.
 *
 * @param turn the turn, prepared
 * @param complexity how involved the turn is
 * @param from languages by which tests are told, and the words of titles
 * @returns parts of the message
 */
export function turnBrief(
  state: State,
  turn: Turn,
  complexity: number,
  from: Pick<Registry, "languages" | "prompts">,
): Section[] {
  const task = taskOf(state, turn);
  return [
    goalSection(state, from),
    ...runBeforeSections(state, from),
    ...messageSections(state, turn, from),
    ...checkSections(state, turn, task, from),
    ...standardSections(turn, complexity, from),
    ...fileSections(turn, task?.target ?? null, from),
    ...listSections(turn, task?.target ?? null, complexity, from),
    ...pastSections(state, turn, task, complexity, from),
    ...memorySections(state, turn, task, from),
  ];
}

/** What the owner of the project wants. */
export function goalSection(state: State, from: Wording): Section {
  return { name: "goal", priority: 0, pieces: [say(from, "turn.goal", { goal: state.run.info?.goal ?? "" })] };
}

/**
 * The message that a turn answers.
 *
 * @param turn the turn
 * @returns one part; none where the message is gone
 */
export function messageSections(state: State, turn: Turn, from: Wording): Section[] {
  const message = state.messages.list.find((one) => one.id === turn.message);
  if (message === undefined) return [];
  const isQuestion = message.kind === "consult" || message.kind === "question";
  const text = say(from, isQuestion ? "turn.question" : "turn.task", { role: message.from, text: message.text });
  const changed = message.changedBy === "person" ? `\n${say(from, "turn.changed_by_person")}` : "";
  return [{ name: "task", priority: 0, pieces: [`${text}${changed}`] }];
}

/**
 * The failing checks: what stood before the attempt, so that the head of a turn never changes and the server's prefix cache holds.
 *
 * @param turn the turn
 * @param task its task; null where it has none
 * @returns one part; none where nothing fails
 */
export function checkSections(state: State, turn: Turn, task: Task | null, from: Wording): Section[] {
  const wanted = checksOf(state, turn, task);
  if (wanted.length === 0) return [];
  const each = Math.max(200, Math.floor(EVIDENCE / wanted.length));
  const listed = wanted.slice(0, CHECKS).map(({ name, evidence }) => ({
    name,
    evidence: evidence && terse(evidence, each),
  }));
  const title = say(from, task === null ? "turn.checks_now" : "turn.checks_wanted");
  return [{
    name: "failing checks",
    priority: 1,
    pieces: [`${title}\n${listChecks(listed, wanted.length - CHECKS, from)}`],
    least: 120,
    instead: say(from, "turn.run_checks_shows"),
  }];
}

/** The failing checks that a turn is told of. */
export function checksTold(state: State, turn: Turn, task: Task | null): readonly CheckFact[] {
  return checksOf(state, turn, task).slice(0, CHECKS);
}

function checksOf(state: State, turn: Turn, task: Task | null): readonly CheckFact[] {
  if (turn.purpose === "reply") return [];
  const attempt = attemptOf(state, turn);
  return task === null || attempt === null
    ? failing(state.checks.latest)
    : failing(attempt.before).filter((result) => isOfTask(result, task));
}

/**
 * The standards of the project that a turn needs.
 *
 * @param turn the turn, prepared
 * @param complexity how involved the turn is
 * @returns one part; none where there are none
 */
export function standardSections(turn: Turn, complexity: number, from: Wording): Section[] {
  const standards = turn.prepared?.standards ?? [];
  const writes = turn.purpose === "work" || turn.purpose === "document" || turn.purpose === "review";
  const told = writes ? standards : standards.slice(0, complexity > 3 ? 3 : 0);
  if (told.length === 0) return [];
  return [{
    name: "standards of the project",
    priority: 6,
    pieces: [`${say(from, "turn.standards")}\n${told.map((line) => `- ${line}`).join("\n")}`],
    least: 60,
  }];
}

/**
 * The files that a turn is shown, in their order: the task's own file gives way last, then other sources, then tests.
 *
 * @param turn the turn, prepared
 * @param target file of its task
 * @param from languages by which tests are told, and the words of titles
 * @returns one part for each shown part of a file
 */
export function fileSections(
  turn: Turn,
  target: string | null,
  from: Pick<Registry, "languages" | "prompts">,
): Section[] {
  return (turn.prepared?.texts ?? []).map((file): Section => {
    const { path, lines } = file;
    const title = file.from === 1 && file.to >= lines
      ? say(from, "turn.file", { path, lines })
      : say(from, "turn.part_of_file", { path, from: file.from, to: file.to, lines });
    return {
      name: `${path}, lines ${file.from} to ${file.to}`,
      priority: path === target ? 2 : isTestPath(path, from.languages) ? 5 : 4,
      pieces: fenced(title, file.text),
      least: 150,
      instead: say(from, "turn.read_file_shows"),
    };
  });
}

function listSections(turn: Turn, target: string | null, complexity: number, from: Wording): Section[] {
  if (turn.prepared === null) return [];
  const shown = new Set(turn.prepared.texts.map((file) => file.path));
  const others = turn.prepared.files.filter((path) => !shown.has(path));
  const near = target === null || complexity >= LISTS_ALL_FROM ? others : others.filter((path) => isNear(path, target));
  const unread = turn.prepared.unread ?? [];
  const sections: Section[] = unread.length === 0 ? [] : [{
    name: "files without room",
    priority: 0,
    pieces: [say(from, "turn.no_room", { files: unread.join(", ") })],
  }];
  if (near.length === 0) return sections;
  const listed = near.slice(0, LISTED);
  const more = others.length - listed.length;
  return [...sections, {
    name: "names of other files",
    priority: 8,
    pieces: [
      [say(from, "turn.other_files"), ...listed, ...(more > 0 ? [say(from, "turn.and_more", { count: more })] : [])]
        .join("\n"),
    ],
    least: 60,
    instead: say(from, "turn.list_directory_shows"),
  }];
}

/** A file of the same folder, or one that is named after the target. */
function isNear(path: string, target: string): boolean {
  const folder = (of: string) => of.slice(0, of.lastIndexOf("/") + 1);
  const stem = target.slice(folder(target).length).replace(/\.[^]*$/, "");
  return folder(path) === folder(target) || stem.length > 2 && path.slice(folder(path).length).includes(stem);
}

/**
 * What earlier attempts at the turn's task were, and what they changed.
 *
 * @param turn the turn, prepared
 * @param task its task
 * @param complexity how involved the turn is
 * @returns parts of the message
 */
export function pastSections(
  state: State,
  turn: Turn,
  task: Task | null,
  complexity: number,
  from: Wording,
): Section[] {
  const sections: Section[] = [];
  const past = task === null ? [] : pastOf(state, task.id, attemptOf(state, turn));
  if (past.length > 0) {
    const told = past.slice(-3).map(({ number, role, summary }) =>
      `- ${say(from, "turn.attempt", { number, role, summary: bound(summary, 500) })}`
    );
    sections.push({
      name: "what was tried before",
      priority: 3,
      pieces: [[say(from, "turn.tried"), ...told].join("\n")],
      least: 80,
    });
  }
  if (turn.prepared?.changes) {
    const title = say(from, turn.purpose === "work" ? "turn.written_before" : "turn.changes");
    sections.push({
      name: CHANGES,
      priority: turn.purpose === "work" ? complexity > 3 ? 5 : 7 : 2,
      pieces: fenced(title, turn.prepared.changes, "diff"),
      least: 100,
      instead: say(from, "turn.read_file_shows_now"),
    });
  }
  const questions = turn.purpose === "review" ? turn.prepared?.questions ?? [] : [];
  if (questions.length > 0) {
    sections.push({
      name: "what to look at",
      priority: 5,
      pieces: [[say(from, "turn.look_at"), ...questions.map((line) => `- ${line}`)].join("\n")],
    });
  }
  if (past.length > 0) sections.push({ name: "wish", priority: 0, pieces: [say(from, "turn.differently")] });
  return sections;
}

function memorySections(state: State, turn: Turn, task: Task | null, from: Wording): Section[] {
  const memory = task === null ? state.threads[turn.role]?.past ?? [] : [];
  if (memory.length === 0) return [];
  return [{
    name: "earlier turns",
    priority: 7,
    pieces: [[say(from, "turn.earlier_turns"), ...memory.slice(-3).map(pastLine)].join("\n")],
  }];
}

function pastLine({ purpose, ending, text }: PastTurn): string {
  return `- ${bound(`${purpose}: ${ending}: ${text}`, 200)}`;
}
