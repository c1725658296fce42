import type { CheckFact } from "../../src/effects/check/check_effect.ts";
import type { Effect, Result } from "../../src/effects/effect.ts";
import type { WriteFact } from "../../src/effects/write_fact.ts";
import type { Fact } from "../../src/features/fact.ts";
import { NO_WRITING, type Writing } from "../../src/features/files/slice.ts";
import { INTERPRETER, type Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import type { OpenEffect } from "../../src/kernel/effects.ts";
import { inline } from "../../src/kernel/text.ts";
import type { Chance } from "./chance.ts";
import { outcomeOf } from "./outcome_of.ts";
import type { Player } from "./players.ts";
import { resultsOf, type Suite } from "./suite.ts";

/** How a world behaves. */
export interface WorldSettings {
  readonly arbiter: Player;
  readonly specialist: Player;
  /** Who summarises what a window cannot hold. */
  readonly summariser: Player;
  /** Source files, each with a fault that one check shows. */
  readonly sources: number;
  readonly suite: Suite;
  /** Share of tool calls and checks that fail. */
  readonly trouble: number;
  /** Whether servers count tokens; where not, estimates stand. */
  readonly counted: boolean;
  /** Share of the replies without a call that an interpreter can read; null where no host has one. */
  readonly interprets: number | null;
}

type Open = OpenEffect<Effect>;

/** The world behind the effects: files as hashes, checks that follow from them, models as players. */
export class World {
  /** Hash of each file, by path. */
  readonly files = new Map<string, string>();
  #marks = 0;
  #blobs = 0;

  constructor(readonly settings: WorldSettings, readonly registry: Registry, readonly chance: Chance) {
    for (let index = 0; index < settings.sources; index++) this.files.set(`src/part${index}.ts`, `broken:${index}`);
    this.files.set("README.md", "readme");
    this.files.set("tests/a_test.ts", "test");
  }

  /** A word that occurs nowhere else. */
  mark = (): string => `MARK${++this.#marks}.`;

  /** Brings the files up to what the facts of a run say that it wrote. */
  remember(past: readonly Fact[]): void {
    this.#marks = past.length * 10;
    this.#blobs = past.length * 10;
    for (const fact of past) {
      if (fact.type === "write_closed" && fact.done) this.#put(fact.write.path, fact.write.after);
      if (fact.type === "command_closed") { for (const write of fact.writes) this.#put(write.path, write.after); }
    }
  }

  /** What the project's checks say of its files now. */
  check(): CheckFact[] {
    return resultsOf(this.files, this.settings.suite);
  }

  /** What happens first to an effect at work, before it closes; null where nothing is recorded. */
  begin(effect: Effect, state: State): Fact | null {
    if (effect.kind === "ask") {
      const window = this.registry.roles[effect.role]?.window ?? 8192;
      return {
        type: "ask_placed",
        key: effect.key,
        host: this.chance.one(["fast", "strong"]),
        model: effect.not === undefined ? this.#modelOf(effect.role) : "second-model",
        way: "constrained",
        window,
        estimated: Math.max(1, effect.reserved - effect.answerLimit),
        reason: "resident",
      };
    }
    if (effect.kind !== "tool") return null;
    if (effect.access === "writes") return { type: "write_opened", key: effect.key, write: this.#writeOf(effect) };
    if (effect.call.name !== "run_command") return null;
    return {
      type: "command_opened",
      key: effect.key,
      command: String(effect.call.arguments.command).split(" "),
      snapshot: `snapshot${state.seq}`,
    };
  }

  #modelOf(role: string): string {
    return this.registry.roles[role]?.models[0] ?? "";
  }

  #writeOf(effect: Extract<Effect, { kind: "tool" }>): WriteFact {
    const path = String(effect.call.arguments.path);
    const after = `${effect.text ?? "bad"}:${++this.#blobs}`;
    return writeFact(path, this.files.get(path) ?? null, after);
  }

  /** Does what an effect does and says with which facts it closes. The world has changed when this returns. */
  end(open: Open, state: State): Fact[] {
    const { effect } = open;
    const key = effect.key;
    const finished = (result: Result): Fact => ({ type: "effect_finished", key, result });
    switch (effect.kind) {
      case "ask":
        return [this.#reply(effect, state)];
      case "prepare": {
        const texts = effect.paths.filter((path) => this.files.has(path)).map((path) => ({
          path,
          text: inline(`content of ${path}`),
          lines: 3,
          from: 1,
          to: 3,
        }));
        return [finished({ kind: "prepare", files: [...this.files.keys()], texts, changes: null })];
      }
      case "preview":
        return this.chance.happens(this.settings.trouble)
          ? [{ type: "effect_failed", key, failure: "tool_error", text: "It would not work.", ms: 3 }]
          : [finished({ kind: "preview", shows: inline(`Preview of ${effect.call.name}.`) })];
      case "check":
        if (this.chance.happens(this.settings.trouble)) {
          return [{ type: "effect_failed", key, failure: "total_timeout", text: "The checks took too long.", ms: 5 }];
        }
        return [finished({ kind: "check", results: this.check(), commands: ["npm test"], output: inline(""), ms: 10 })];
      case "flip":
        return [finished({ kind: "flip", flips: ["adds"], same: [], shown: "a new test", ms: 10 })];
      case "prove":
        return [
          finished({
            kind: "prove",
            ...{ holds: false, why: "", network: false, uncertain: [], remembered: false },
            ms: 1,
          }),
        ];
      case "apply":
        return [finished({ kind: "apply", applied: [], moved: [] })];
      case "later":
        return [finished({ kind: "later", command: effect.command, why: "", output: inline(""), ms: 1 })];
      case "by_hand":
        return [{ type: "effect_refused", key, reason: "Only a person's command does this." }];
      case "take_back": {
        const writes = state.attempts.open[effect.attempt]?.writes ?? [];
        const paths = [...new Set(writes.map((write) => write.path))];
        const back = paths.map((path) => {
          const before = writes.find((write) => write.path === path)!.before;
          const now = this.files.get(path) ?? null;
          this.#put(path, before);
          return writeFact(path, now, before);
        });
        return [
          { type: "command_closed", key, writes: back, excepted: [] },
          finished({ kind: "take_back", restored: paths, left: [] }),
        ];
      }
      case "tool":
        return this.#tool(state.files.writing[key] ?? NO_WRITING, effect, finished);
    }
  }

  #put(path: string, hash: string | null): void {
    if (hash === null) this.files.delete(path);
    else this.files.set(path, hash);
  }

  #tool(
    { write, command }: Writing,
    effect: Extract<Effect, { kind: "tool" }>,
    finished: (result: Result) => Fact,
  ): Fact[] {
    const key = effect.key;
    const done = finished({
      kind: "tool",
      text: inline(`Result of ${effect.call.name}. ${"x".repeat(this.chance.below(900))}`),
      outcome: outcomeOf(effect.call),
      ms: 3,
    });
    const fails = this.chance.happens(this.settings.trouble);
    const failed: Fact = { type: "effect_failed", key, failure: "tool_error", text: "It did not work.", ms: 3 };
    if (write !== null) {
      if (fails) return [{ type: "write_closed", key, write, done: false }, failed];
      if ((this.files.get(write.path) ?? null) !== write.before) {
        throw new Error(`Two writers were at work on ${write.path}.`);
      }
      this.#put(write.path, write.after);
      return [{ type: "write_closed", key, write, done: true }, done];
    }
    if (command !== null) {
      const path = this.chance.one([...this.files.keys()]);
      const wrote = this.chance.happens(0.3);
      const made = writeFact(path, this.files.get(path) ?? null, `bad:command${++this.#blobs}`);
      if (wrote) this.#put(path, made.after);
      return [{ type: "command_closed", key, writes: wrote ? [made] : [], excepted: [] }, fails ? failed : done];
    }
    return [fails ? failed : done];
  }

  #reply(effect: Extract<Effect, { kind: "ask" }>, state: State): Fact {
    if (effect.purpose === "interpret") return this.#interpretation(effect, state);
    const { arbiter, specialist, summariser } = this.settings;
    const player = effect.purpose === "summarise" ? summariser : effect.role === "arbiter" ? arbiter : specialist;
    const reply = player({
      state,
      registry: this.registry,
      effect,
      chance: this.chance,
      files: [...this.files.keys()],
      mark: this.mark,
    });
    if ("failure" in reply) {
      return {
        type: "effect_failed",
        key: effect.key,
        failure: reply.failure,
        text: `The host failed: ${reply.failure}.`,
        ms: 7,
      };
    }
    const calls = "calls" in reply ? reply.calls : [];
    const estimated = Math.max(1, effect.reserved - effect.answerLimit);
    const meant = this.settings.interprets !== null && calls.length === 0 && effect.legal.length > 0 &&
        ["work", "decide"].includes(effect.purpose) && effect.role !== INTERPRETER && !("quality" in reply)
      ? { tools: [...effect.legal].slice(0, 2), excerpt: "It is so.", why: "It names them." }
      : undefined;
    const text = "calls" in reply ? JSON.stringify(calls) : "prose" in reply ? reply.prose : "```\ncode\n```";
    return {
      type: "effect_finished",
      key: effect.key,
      result: {
        kind: "ask",
        text: inline(text),
        calls: calls.map((one) => ({ ...one, arguments: JSON.parse(JSON.stringify(one.arguments)) })),
        fault: "prose" in reply ? `No call was found in: ${reply.prose}` : null,
        step: "constrained",
        content: "quality" in reply ? reply.quality : null,
        ...(effect.purpose === "summarise" && text !== "" ? { summary: inline(text) } : {}),
        ...(meant === undefined ? {} : { meant }),
        way: "constrained",
        host: "fast",
        model: this.#modelOf(effect.role),
        prompt: "blob",
        estimated,
        promptTokens: this.settings.counted ? Math.ceil(estimated * (0.6 + this.chance.next() * 0.4)) : null,
        answerTokens: this.settings.counted ? this.chance.below(effect.answerLimit) : null,
        proof: this.settings.counted ? "proven" : "estimated",
        endedBy: "stop",
        ms: 20,
        loadMs: null,
      },
    };
  }

  /** The interpreter reads a part of the replies, fails with some, and reads nothing from the others. */
  #interpretation(effect: Extract<Effect, { kind: "ask" }>, state: State): Fact {
    if (this.chance.happens(this.settings.trouble)) {
      return { type: "effect_failed", key: effect.key, failure: "crashed", text: "The interpreter is gone.", ms: 2 };
    }
    const reads = this.chance.happens(this.settings.interprets ?? 0);
    const name = effect.legal[0]!;
    const phase = effect.turn === null ? { phase: "coding" } : {};
    const args = { path: this.chance.one([...this.files.keys()]), reason: "so", query: "what?", text: "so", ...phase };
    return {
      type: "effect_finished",
      key: effect.key,
      result: {
        kind: "ask",
        text: inline("read"),
        calls: reads ? [{ name, arguments: args }] : [],
        fault: reads ? null : `The interpreter read nothing (${state.seq}).`,
        step: "interpreter",
        content: null,
        way: "native",
        host: "fast",
        model: "interpreter-model",
        prompt: "blob",
        estimated: 10,
        promptTokens: 10,
        answerTokens: 5,
        proof: "proven",
        endedBy: "stop",
        ms: 2,
        loadMs: null,
      },
    };
  }

  /** Closes what was open when the program was killed, as it finds the world. */
  settle({ effect }: Open, open: Writing): Fact[] {
    const key = effect.key;
    const facts: Fact[] = [];
    const written = [...open.written];
    if (open.write !== null) {
      const done = (this.files.get(open.write.path) ?? null) === open.write.after;
      facts.push({ type: "write_closed", key, write: open.write, done });
      if (done) written.push(open.write.path);
    }
    if (open.command !== null) facts.push({ type: "command_closed", key, writes: [], excepted: [] });
    if (effect.kind === "tool" && effect.access === "runs") {
      return [...facts, { type: "effect_unknown", key, text: "It is not known how it ended." }];
    }
    if (effect.kind === "tool" && written.length > 0) {
      return [...facts, {
        type: "effect_finished",
        key,
        result: { kind: "tool", text: inline("Written."), outcome: null, ms: 0 },
      }];
    }
    return [...facts, { type: "effect_failed", key, failure: "interrupted", text: "The program was stopped.", ms: 0 }];
  }
}

function writeFact(path: string, before: string | null, after: string | null): WriteFact {
  return { path, before, after, modeBefore: null, modeAfter: null, createdFolders: [] };
}
