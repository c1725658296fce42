import type { CheckFact, CheckRound } from "../../src/effects/check/check_effect.ts";
import type { Effect, Result } from "../../src/effects/effect.ts";
import type { WriteFact } from "../../src/effects/write_fact.ts";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { NO_WRITING, type Writing } from "../../src/features/files/slice.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { roleOfSeat } from "../../src/features/seats/seat.ts";
import { tokensLeft } from "../../src/kernel/budget.ts";
import type { OpenEffect } from "../../src/kernel/effects.ts";
import { placeOf, type PlaceOfWork } from "../../src/features/workspaces/place_of.ts";
import { inline } from "../../src/kernel/text.ts";
import { ToolError } from "../../src/ports/tool.ts";
import type { Chance } from "./chance.ts";
import { Disk, type Files, type Ledger, type Witness, writeFact } from "./disk.ts";
import { outcomeOf } from "./outcome_of.ts";
import { modelOf, replyTo } from "./replies.ts";
import { resultsOf } from "./suite.ts";
import type { WorldSettings } from "./world_settings.ts";
import { rewritten } from "./written_text.ts";

type Open = OpenEffect<Effect>;

/** The world behind the effects: files as hashes, checks that follow from them, models as players. */
export class World {
  readonly disk: Disk;
  /** What rounds of checks look at that are at work in a copy; null where no copy could be made. */
  readonly #fitted = new Map<string, Pick<CheckRound, "base" | "merged"> & { readonly files: Files } | null>();
  #marks = 0;
  #blobs = 0;

  constructor(readonly settings: WorldSettings, readonly registry: Registry, readonly chance: Chance) {
    this.disk = new Disk(settings.sources, chance);
  }

  /** Hash of each file of the project, by path. */
  get files(): Files {
    return this.disk.project;
  }

  /** A word that occurs nowhere else. */
  mark = (): string => `MARK${++this.#marks}.`;

  /** Brings the files up to what the facts of a run say that it wrote, and to what persons saved meanwhile. */
  remember(past: readonly Stamped[], ledger: Pick<Ledger, "saves" | "judged">): void {
    this.#marks = past.length * 10;
    this.#blobs = past.length * 10;
    this.disk.remember(past, ledger);
  }

  /** What the project's checks say of its files now. */
  check(files = this.files): CheckFact[] {
    return resultsOf(files, this.settings.suite);
  }

  /**
   * What happens first to an effect at work, before it closes; null where it closes at once.
   *
   * @param state what was so when it was opened
   */
  begin(effect: Effect, state: State, now: State): readonly Fact[] | null {
    if (effect.kind === "ask") return [this.#placed(effect, now)];
    if (effect.kind === "check" && isApart(state)) return this.#fit(effect, state);
    if (effect.kind !== "tool") return null;
    const place = placeOf(state, effect);
    const there = place === null ? {} : { workspace: place.workspace };
    if (effect.access === "writes") {
      const write = this.#writeOf(effect, this.disk.seen(place, state));
      return [{ type: "write_opened", key: effect.key, write, ...there }];
    }
    if (effect.call.name !== "run_command") return null;
    const command = String(effect.call.arguments.command).split(" ");
    return [{ type: "command_opened", key: effect.key, command, snapshot: `snapshot${state.seq}`, ...there }];
  }

  #placed(effect: Extract<Effect, { kind: "ask" }>, state: State): Fact {
    return {
      type: "ask_placed",
      key: effect.key,
      host: this.chance.one(["fast", "strong"]),
      model: effect.not === undefined ? modelOf(this.registry, effect.role) : "second-model",
      way: "constrained",
      window: this.registry.roles[effect.role]?.window ?? 8192,
      estimated: Math.max(1, effect.reserved - effect.answerLimit),
      reason: "resident",
      thinking: Math.max(0, Math.floor(Math.min(4_096, tokensLeft(state, roleOfSeat(effect.role)) / 8))),
    };
  }

  /** A copy of the project is made for a verdict, with what an attempt wrote. */
  #fit({ key, cause }: Extract<Effect, { kind: "check" }>, state: State): readonly Fact[] {
    const { attempt, conflicts, merged, isFinal, base, files } = this.disk.fit(key, cause, state);
    if (attempt !== null && conflicts.length > 0) {
      this.#fitted.set(key, null);
      if (!isFinal) return [];
      const { task, number } = state.attempts.open[attempt]!;
      const paths = conflicts.map(({ path }) => path);
      const theirs = Object.fromEntries(conflicts.map((conflict) => [conflict.path, conflict.theirs]));
      const shows = inline(`Of ${paths.join(", ")}.`);
      return [{ type: "attempt_conflicted", task, number, theirs, shows }];
    }
    const more = merged.length === 0 ? {} : { merged: merged.map((file) => ({ ...file })) };
    this.#fitted.set(key, isFinal ? { files, base, ...more } : { files });
    return [];
  }

  #writeOf(effect: Extract<Effect, { kind: "tool" }>, files: Files): WriteFact {
    const path = String(effect.call.arguments.path);
    const before = files.get(path) ?? null;
    // Two models that repair the same often write the very same.
    const which = this.chance.happens(0.3) ? "alike" : ++this.#blobs;
    return writeFact(path, before, rewritten(before, `${effect.text ?? "bad"}:${which}`));
  }

  /**
   * Does what an effect does and says with which facts it closes. The world has changed when this returns.
   *
   * @param opened what was so when it was opened
   */
  end(open: Open, state: State, opened: State, witness: Witness): Fact[] {
    const { effect } = open;
    const key = effect.key;
    const finished = (result: Result): Fact => ({ type: "effect_finished", key, result });
    switch (effect.kind) {
      case "ask":
        return [replyTo(effect, state, this)];
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
      case "rule":
        return [finished({ kind: "rule", verdict: { verdict: "allow" } })];
      case "check":
        return [this.#checked(effect)];
      case "flip":
        return [finished({ kind: "flip", flips: ["adds"], same: [], shown: "a new test", ms: 10 })];
      case "prove":
        return [this.#proven(key)];
      case "apply":
        return [this.#applied(effect, opened, witness)];
      case "later":
        return [finished({ kind: "later", command: effect.command, why: "", output: inline(""), ms: 1 })];
      case "setup":
      case "launch":
        return [{ type: "effect_failed", key, failure: "tool_error", text: "There is a project.", ms: 1 }];
      case "by_hand":
        return [{ type: "effect_refused", key, reason: "Only a person's command does this." }];
      case "take_back":
        return [this.disk.takeBack(key, effect.attempt, opened, witness)];
      case "tool":
        return this.#tool(state.files.writing[key] ?? NO_WRITING, effect, placeOf(opened, effect), opened);
    }
  }

  #checked({ key }: Extract<Effect, { kind: "check" }>): Fact {
    const fitted = this.#fitted.get(key);
    this.#fitted.delete(key);
    if (fitted === null) {
      return { type: "effect_failed", key, failure: "tool_error", text: "Somebody changed the same lines.", ms: 5 };
    }
    if (this.chance.happens(this.settings.trouble)) {
      return { type: "effect_failed", key, failure: "total_timeout", text: "The checks took too long.", ms: 5 };
    }
    const { files = this.files, ...more } = fitted ?? {};
    const round = { kind: "check" as const, commands: ["npm test"], output: inline(""), ms: 10 };
    return { type: "effect_finished", key, result: { ...round, results: this.check(files), ...more } };
  }

  #proven(key: string): Fact {
    const { copies, trouble } = this.settings;
    if (this.chance.happens(copies === "refused" ? 0.5 : trouble)) {
      return { type: "effect_failed", key, failure: "tool_error", text: "No copy could be made.", ms: 1 };
    }
    const holds = copies === "proven";
    const why = holds ? "" : "the checks look at the project and not at the copy";
    const more = { network: false, uncertain: [], remembered: false };
    return { type: "effect_finished", key, result: { kind: "prove", holds, why, ...more, ms: 1 } };
  }

  #applied({ key, attempt: name }: Extract<Effect, { kind: "apply" }>, opened: State, witness: Witness): Fact {
    const attempt = opened.attempts.open[name];
    if (attempt === undefined || attempt.workspace === null || attempt.base === null) {
      return { type: "effect_refused", key, reason: `Attempt ${name} is not open, or was not judged.` };
    }
    try {
      return { type: "effect_finished", key, result: this.disk.apply(key, name, opened, witness, this.settings) };
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return { type: "effect_failed", key, failure: "tool_error", text: error.message, ms: 3 };
    }
  }

  #tool(
    { write, command }: Writing,
    effect: Extract<Effect, { kind: "tool" }>,
    place: PlaceOfWork | null,
    opened: State,
  ): Fact[] {
    const key = effect.key;
    const there = place === null ? {} : { workspace: place.workspace };
    const files = this.disk.seen(place, opened);
    const text = inline(`Result of ${effect.call.name}. ${"x".repeat(this.chance.below(900))}`);
    const outcome = outcomeOf(effect.call);
    const done: Fact = { type: "effect_finished", key, result: { kind: "tool", text, outcome, ms: 3 } };
    const fails = this.chance.happens(this.settings.trouble);
    const failed: Fact = { type: "effect_failed", key, failure: "tool_error", text: "It did not work.", ms: 3 };
    if (write !== null) {
      const isSame = (files.get(write.path) ?? null) === write.before;
      if (!isSame && this.settings.saves === 0) throw new Error(`Two writers were at work on ${write.path}.`);
      if (fails || !isSame) return [{ type: "write_closed", key, write, done: false, ...there }, failed];
      this.disk.put(write.path, write.after, files);
      return [{ type: "write_closed", key, write, done: true, ...there }, done];
    }
    if (command !== null) {
      const path = this.chance.one([...files.keys(), "src/new.ts"]);
      const wrote = this.chance.happens(0.3);
      const before = files.get(path) ?? null;
      const made = writeFact(path, before, rewritten(before, `bad:command${++this.#blobs}`));
      if (wrote) this.disk.put(path, made.after, files);
      return [
        { type: "command_closed", key, writes: wrote ? [made] : [], excepted: [], ...there },
        fails ? failed : done,
      ];
    }
    return [fails ? failed : done];
  }

  /** Closes what was open when the program was killed, as it finds the world. */
  settle({ effect }: Open, state: State): Fact[] {
    const key = effect.key;
    const open = state.files.writing[key] ?? NO_WRITING;
    const place = placeOf(state, effect);
    const there = place === null ? {} : { workspace: place.workspace };
    const facts: Fact[] = [];
    const written = [...open.written];
    if (open.write !== null) {
      const now = this.files.get(open.write.path) ?? null;
      // What was open in a copy did not happen: that is made anew.
      const done = place === null && now === open.write.after;
      facts.push({ type: "write_closed", key, write: open.write, done, ...there });
      if (done) written.push(open.write.path);
      if (place === null && !done && now !== open.write.before) {
        return [...facts, { type: "effect_failed", key, failure: "tool_error", text: "Somebody saved it.", ms: 0 }];
      }
    }
    if (open.command !== null) facts.push({ type: "command_closed", key, writes: [], excepted: [], ...there });
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

  /** The program ended. */
  forget(): void {
    this.disk.forget();
    this.#fitted.clear();
  }
}

/** Whether verdicts are given in copies of the project. */
function isApart({ workspaces }: State): boolean {
  return workspaces.proof?.holds === true;
}
