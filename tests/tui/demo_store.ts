import { DECISIONS } from "../../src/decisions/decisions.ts";
import { differenceOf } from "../../src/effects/difference.ts";
import type { Intent } from "../../src/features/intent.ts";
import type { Text } from "../../src/kernel/text.ts";
import type { State } from "../../src/features/state.ts";
import type { HostStatus, MachineStatus, Signal } from "../../src/ports/host_status.ts";
import type {
  ChangedPart,
  CommandWord,
  FileChange,
  FileDifference,
  HistoryEntry,
  Link,
  MessageStory,
  PluginPane,
  ReplyEvidence,
  Store,
  WhyDecision,
} from "../../src/tui/store.ts";
import type { Decision } from "../../src/features/decisions/slice.ts";
import { PHASES } from "../../src/phases/phases.ts";
import { decisionWords, outcomeWords } from "../../src/tell/decision_words.ts";
import { sayDecision } from "../../src/tell/earlier.ts";
import { FILES, NOON } from "./demo_parts.ts";
import { DEMO, ROLES } from "./demo_state.ts";

/** Two hosts. */
export const HOSTS: readonly HostStatus[] = [
  {
    name: "fast",
    url: "http://fast:11434",
    kind: "ollama",
    state: "up",
    reason: "",
    version: "0.12.0",
    models: [],
    resident: [{ name: "qwen2.5:14b", bytes: 9.8e9, gpuBytes: 9.8e9, window: 8192 }],
    slots: 1,
    inFlight: [],
    waiting: [],
  },
  {
    name: "strong",
    url: "http://strong:11434",
    kind: "ollama",
    state: "up",
    reason: "",
    version: "0.12.0",
    models: [],
    resident: [{ name: "qwen2.5-coder:32b", bytes: 22.4e9, gpuBytes: 15e9, window: 16384 }],
    slots: 1,
    inFlight: ["t2.ask.3"],
    waiting: ["t4.ask.1"],
  },
];

/** A machine at a third of its power. */
export const MACHINE: MachineStatus = { cpu: 0.34, memoryUsed: 5.1e9, memoryTotal: 24e9 };

/** A store for tests: its state and signals are set from outside, wishes are recorded. */
export class DemoStore implements Store {
  current: State;
  readonly streams = new Map<string, Signal>();
  readonly sent: Intent[] = [];
  time = NOON + 72_000;
  entries: readonly HistoryEntry[] = [];
  /** Texts that facts name by a blob. */
  texts: Readonly<Record<string, string>> = FILES;
  crew: readonly string[] = ROLES;
  refusal: string | null = null;
  /** Commands of plugins, with what each does. */
  words: readonly (CommandWord & { run(args: string, signal: AbortSignal): Promise<readonly Intent[]> })[] = [];
  /** Why decisions were made, by id. */
  reasons: Readonly<Record<string, WhyDecision>> = {};
  /** What became of messages, by id. */
  stories: Readonly<Record<string, MessageStory>> = {};
  /** Parts of the work beside all of it. */
  work: readonly ChangedPart[] = [];
  /** What is different in files, by id of the part. */
  differences: Readonly<Record<string, readonly FileDifference[]>> = {};
  /** Parts that were undone, and `back` for each time that was taken back. */
  readonly undone: string[] = [];
  drawn: readonly PluginPane[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(state: State = DEMO) {
    this.current = state;
  }

  state(): State {
    return this.current;
  }

  /** Sets the state and tells, as a commit does. */
  commit(state: State): void {
    this.current = state;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  signals(): ReadonlyMap<string, Signal> {
    return this.streams;
  }

  hosts(): readonly HostStatus[] {
    return HOSTS;
  }

  machine(): MachineStatus {
    return MACHINE;
  }

  now(): number {
    return this.time;
  }

  roles(): readonly string[] {
    return this.crew;
  }

  text(text: Text): string {
    return text.blob === undefined ? text.text : this.texts[text.blob] ?? "";
  }

  difference({ path, before, after }: FileChange): string | null {
    const [old, now] = [before, after].map((hash) => hash === null ? "" : this.texts[hash]);
    return old === undefined || now === undefined ? null : differenceOf(path, old, now, 3);
  }

  replies(role: string): number {
    return role === "coding" ? 2 : 0;
  }

  reply(role: string, at: number): ReplyEvidence | null {
    if (role !== "coding" || at > 1) return null;
    const parts = [
      { title: "raw reply", text: at === 0 ? "I will read_file src/parser.py" : "{'name': 'read_file'}", bad: false },
      { title: "fault, as the model is told it", text: "The reply holds no call.", bad: true },
    ];
    return { key: `t2.ask${at + 1}.7`, at: NOON, purpose: "work", where: "qwen2.5-coder:32b@strong, prompted", parts };
  }

  says(...[name, args, made]: Parameters<Store["says"]>): string {
    const kinds = { decisions: DECISIONS, phases: PHASES };
    return made === undefined
      ? sayDecision(kinds, name, args)
      : decisionWords(kinds, { ...made, name, arguments: args });
  }

  tells(decision: Decision): { readonly words: string; readonly came: string } {
    const words = decisionWords({ decisions: DECISIONS, phases: PHASES }, decision);
    return { words, came: outcomeWords(words, decision) };
  }

  decisions(): readonly Decision[] {
    const { past, open } = this.current.decisions;
    return [...past, ...Object.values(open)];
  }

  why(id: string): WhyDecision | null {
    return this.reasons[id] ?? null;
  }

  message(id: string): MessageStory | null {
    return this.stories[id] ?? null;
  }

  causedBy(id: string): readonly Link[] {
    return Object.entries(this.stories).flatMap(([other, { before }]) =>
      before?.id === id ? [{ id: other, says: `says of ${other}` }] : []
    );
  }

  parts(): readonly ChangedPart[] {
    return [{ id: "run", says: "all of the run", owner: { task: null, role: null } }, ...this.work];
  }

  changes(part: string): readonly FileDifference[] {
    return this.differences[part] ?? [];
  }

  undo(part: string): Promise<string> {
    this.undone.push(part);
    return Promise.resolve(`${part} is undone.`);
  }

  lastUndone(): string | null {
    return this.undone.includes("back") ? null : this.undone.at(-1) ?? null;
  }

  redo(): Promise<string> {
    if (!this.undone.some((part) => part !== "back")) return Promise.reject(new Error("Nothing was undone here."));
    this.undone.push("back");
    return Promise.resolve("It is back.");
  }

  scrollback(role: string, before: number, lines: number): readonly HistoryEntry[] {
    return this.entries.filter((entry) => entry.seq < before && entry.title !== `not ${role}`).slice(-lines);
  }

  commands(): readonly CommandWord[] {
    return this.words;
  }

  runCommand(name: string, args: string, signal: AbortSignal): Promise<readonly Intent[]> {
    const word = this.words.find((one) => one.name === name);
    return word === undefined ? Promise.reject(new Error("it is gone")) : word.run(args, signal);
  }

  panes(): readonly PluginPane[] {
    return this.drawn;
  }

  send(intent: Intent): string | null {
    if (this.refusal !== null) return this.refusal;
    this.sent.push(intent);
    const { run, people } = this.current;
    if (intent.kind === "pause" || intent.kind === "unpause") {
      this.commit({ ...this.current, at: this.time, run: { ...run, paused: intent.kind === "pause" } });
    }
    if (intent.kind === "answer") {
      const questions = people.questions.filter((question) => question.id !== intent.question);
      this.commit({ ...this.current, people: { ...people, questions } });
    }
    return null;
  }
}
