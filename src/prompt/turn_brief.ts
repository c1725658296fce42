import { attemptOf, taskOf } from "../features/attempts/strategy_of.ts";
import { isTestPath } from "../languages/test_path.ts";
import type { Turn } from "../features/turns/slice.ts";
import { failing } from "../features/checks/slice.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Task } from "../features/tasks/task.ts";
import { bound } from "../kernel/text.ts";
import { terse } from "./evidence.ts";
import type { Section } from "./section.ts";

/** Name of the part that shows changes as a difference. */
export const CHANGES = "changes as a difference";
/** Characters that the evidence of all failing checks may take together. */
const EVIDENCE = 4000;
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
 * @returns parts of the message
 */
export function turnBrief(state: State, registry: Registry, turn: Turn, complexity: number): Section[] {
  const task = taskOf(state, turn);
  return [
    goalSection(state),
    ...messageSections(state, turn),
    ...checkSections(state, turn, task),
    ...standardSections(turn, complexity),
    ...fileSections(registry, turn, task?.target ?? null),
    ...listSections(turn, task?.target ?? null, complexity),
    ...pastSections(state, turn, task, complexity),
    ...memorySections(state, turn, task),
  ];
}

/** What the owner of the project wants. */
export function goalSection(state: State): Section {
  return { name: "goal", priority: 0, pieces: [`Goal of the project's owner: ${state.run.info?.goal ?? ""}`] };
}

/**
 * The message that a turn answers.
 *
 * @param state what is so
 * @param turn the turn
 * @returns one part; none where the message is gone
 */
export function messageSections(state: State, turn: Turn): Section[] {
  const message = state.messages.list.find((one) => one.id === turn.message);
  if (message === undefined) return [];
  const title = message.kind === "consult" || message.kind === "question" ? "Question" : "Task";
  const changed = message.changedBy === "person" ? "\n(The person at the keyboard changed this message.)" : "";
  return [{ name: "task", priority: 0, pieces: [`# ${title} from ${message.from}\n${message.text}${changed}`] }];
}

/**
 * The failing checks: what stood before the attempt, so that the head of a turn never changes and the server's prefix cache holds.
 *
 * @param state what is so
 * @param turn the turn
 * @param task its task; null where it has none
 * @returns one part; none where nothing fails
 */
export function checkSections(state: State, turn: Turn, task: Task | null): Section[] {
  if (turn.purpose === "reply") return [];
  const attempt = attemptOf(state, turn);
  const wanted = task === null || attempt === null
    ? failing(state.checks.latest)
    : failing(attempt.before).filter((result) => task.checks.includes(result.name));
  if (wanted.length === 0) return [];
  const lines = [task === null ? "# Checks that fail now" : "# Checks that must pass"];
  const each = Math.max(200, Math.floor(EVIDENCE / wanted.length));
  for (const result of wanted.slice(0, 12)) {
    lines.push(`- ${result.name}`);
    if (result.evidence !== "") lines.push(indent(terse(result.evidence, each)));
  }
  if (wanted.length > 12) lines.push(`- and ${wanted.length - 12} more`);
  return [{
    name: "failing checks",
    priority: 1,
    pieces: [lines.join("\n")],
    least: 120,
    instead: "run_checks shows it.",
  }];
}

/**
 * The standards of the project that a turn needs.
 *
 * @param turn the turn, prepared
 * @param complexity how involved the turn is
 * @returns one part; none where there are none
 */
export function standardSections(turn: Turn, complexity: number): Section[] {
  const standards = turn.prepared?.standards ?? [];
  const writes = turn.purpose === "work" || turn.purpose === "document" || turn.purpose === "review";
  const told = writes ? standards : standards.slice(0, complexity > 3 ? 3 : 0);
  if (told.length === 0) return [];
  return [{
    name: "standards of the project",
    priority: 6,
    pieces: [`# Standards of this project\n${told.map((line) => `- ${line}`).join("\n")}`],
    least: 60,
  }];
}

/**
 * The files that a turn is shown, in their order: the task's own file gives way last, then other sources, then tests.
 *
 * @param turn the turn, prepared
 * @param target file of its task
 * @returns one part for each shown part of a file
 */
export function fileSections({ languages }: Registry, turn: Turn, target: string | null): Section[] {
  return (turn.prepared?.texts ?? []).map((file): Section => {
    const part = file.from === 1 && file.to >= file.lines
      ? `${file.lines} lines`
      : `lines ${file.from} to ${file.to} of ${file.lines}`;
    return {
      name: `${file.path}, lines ${file.from} to ${file.to}`,
      priority: file.path === target ? 2 : isTestPath(file.path, languages) ? 5 : 4,
      pieces: [`# File ${file.path} (${part})\n\`\`\`\n`, file.text, "\n```"],
      least: 150,
      instead: "read_file shows it.",
    };
  });
}

function listSections(turn: Turn, target: string | null, complexity: number): Section[] {
  if (turn.prepared === null) return [];
  const shown = new Set(turn.prepared.texts.map((file) => file.path));
  const others = turn.prepared.files.filter((path) => !shown.has(path));
  const near = target === null || complexity >= LISTS_ALL_FROM ? others : others.filter((path) => isNear(path, target));
  const unread = turn.prepared.unread ?? [];
  const sections: Section[] = unread.length === 0 ? [] : [{
    name: "files without room",
    priority: 0,
    pieces: [`Not shown, for lack of room: ${unread.join(", ")}. read_file shows them.`],
  }];
  if (near.length === 0) return sections;
  const listed = near.slice(0, LISTED);
  const more = others.length - listed.length;
  return [...sections, {
    name: "names of other files",
    priority: 8,
    pieces: [
      `# Other files of the project\n${listed.join("\n")}${more > 0 ? `\nand ${more} more` : ""}`,
    ],
    least: 60,
    instead: "list_directory shows them.",
  }];
}

/** A file of the same folder, or one that is named after the target. */
function isNear(path: string, target: string): boolean {
  const folder = (of: string) => of.slice(0, of.lastIndexOf("/") + 1);
  const stem = target.slice(folder(target).length).replace(/\..*$/, "");
  return folder(path) === folder(target) || stem.length > 2 && path.slice(folder(path).length).includes(stem);
}

/**
 * What earlier attempts at the turn's task were, and what they changed.
 *
 * @param state what is so
 * @param turn the turn, prepared
 * @param task its task
 * @param complexity how involved the turn is
 * @returns parts of the message
 */
export function pastSections(state: State, turn: Turn, task: Task | null, complexity: number): Section[] {
  const sections: Section[] = [];
  const past = task === null ? [] : state.attempts.past[task.id] ?? [];
  if (past.length > 0) {
    const told = past.slice(-3).map((one) => `- Attempt ${one.number} by ${one.role}: ${bound(one.summary, 500)}`);
    sections.push({
      name: "what was tried before",
      priority: 3,
      pieces: [`# What was tried before and did not work\n${told.join("\n")}`],
      least: 80,
    });
  }
  if (turn.prepared?.changes) {
    const title = turn.purpose === "work" ? "What earlier attempts wrote (it was taken back)" : "Changes of this run";
    sections.push({
      name: CHANGES,
      priority: turn.purpose === "work" ? complexity > 3 ? 5 : 7 : 2,
      pieces: [`# ${title}\n\`\`\`diff\n`, turn.prepared.changes, "\n```"],
      least: 100,
      instead: "read_file shows the files as they are.",
    });
  }
  const questions = turn.purpose === "review" ? turn.prepared?.questions ?? [] : [];
  if (questions.length > 0) {
    sections.push({
      name: "what to look at",
      priority: 5,
      pieces: [`# Look at these\n${questions.map((line) => `- ${line}`).join("\n")}`],
    });
  }
  if (past.length > 0) sections.push({ name: "wish", priority: 0, pieces: ["Do it differently this time."] });
  return sections;
}

function memorySections(state: State, turn: Turn, task: Task | null): Section[] {
  const memory = task === null ? state.threads[turn.role]?.past ?? [] : [];
  if (memory.length === 0) return [];
  return [{
    name: "earlier turns",
    priority: 7,
    pieces: [`# Your earlier turns\n${memory.slice(-3).map((line) => `- ${bound(line, 200)}`).join("\n")}`],
  }];
}

function indent(text: string): string {
  return text.split("\n").map((line) => `  ${line}`).join("\n");
}
