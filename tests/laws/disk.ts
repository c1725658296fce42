import type { Applied } from "../../src/effects/apply/apply_effect.ts";
import { applyDraft } from "../../src/effects/apply/apply.ts";
import { fitDraft, type FittedDraft } from "../../src/effects/check/fit_draft.ts";
import type { WriteFact } from "../../src/effects/write_fact.ts";
import type { Fact } from "../../src/features/fact.ts";
import { layerOf } from "../../src/features/files/layer_of.ts";
import type { State } from "../../src/features/state.ts";
import type { PlaceOfWork } from "../../src/features/workspaces/place_of.ts";
import { FileChanged, ToolError } from "../../src/ports/tool.ts";
import { goneWay } from "../../src/work/gone_way.ts";
import { waysBack } from "../../src/work/ways.ts";
import type { Chance } from "./chance.ts";
import { hashOf, readHash, TEXTS } from "./written_text.ts";

/** Hash of each file, by path. */
export type Files = ReadonlyMap<string, string>;

/** A file that a person saved. */
export interface Save {
  /** The last fact before it. */
  readonly seq: number;
  readonly path: string;
  /** null where they deleted it. */
  readonly after: string | null;
}

/** What happened to a project that no fact tells, for the laws to know. */
export interface Ledger {
  /** The project before the run. */
  readonly start: Files;
  readonly saves: readonly Save[];
  /** What each round of checks looked at, by key of its effect. */
  readonly judged: ReadonlyMap<string, Files>;
}

/** Who hears of what is done, and may end the program in the midst of it. */
export interface Witness {
  readonly note: (fact: Fact) => void;
  /** @throws {Killed} now and then */
  readonly kill: () => void;
}

/** The program was killed. */
export class Killed extends Error {}

const MODE = 0o100644;

/** The files of a made project, and copies of them. */
export class Disk implements Ledger {
  readonly project = new Map<string, string>();
  readonly saves: Save[] = [];
  readonly judged = new Map<string, Files>();
  readonly start: Files;
  readonly #copies = new Map<string, { readonly attempt: string; readonly files: Map<string, string> }>();
  #count = 0;

  constructor(sources: number, readonly chance: Chance) {
    for (let index = 0; index < sources; index++) this.project.set(`src/part${index}.ts`, `broken:${index}`);
    this.project.set("README.md", "readme");
    this.project.set("tests/a_test.ts", "test");
    this.start = new Map(this.project);
  }

  /** Brings the files up to what the facts of a run say that it wrote, and to what persons saved meanwhile. */
  remember(
    past: readonly (Fact & { readonly seq: number })[],
    { saves, judged }: Pick<Ledger, "saves" | "judged">,
  ): void {
    for (const [key, files] of judged) this.judged.set(key, files);
    const last = past.at(-1)?.seq ?? 0;
    const later = saves.filter(({ seq }) => seq <= last);
    this.#count = past.length * 10;
    this.saves.push(...later);
    for (const fact of past) {
      if (!("workspace" in fact) || fact.workspace === undefined) {
        if (fact.type === "write_closed" && fact.done) this.put(fact.write.path, fact.write.after);
        if (fact.type === "command_closed") { for (const { path, after } of fact.writes) this.put(path, after); }
      }
      for (const { seq, path, after } of later) if (seq === fact.seq) this.put(path, after);
    }
  }

  put(path: string, hash: string | null, files: Map<string, string> = this.project): void {
    if (hash === null) files.delete(path);
    else files.set(path, hash);
  }

  /** The program ended: copies are made anew. */
  forget(): void {
    this.#copies.clear();
  }

  /** The files that an effect sees. */
  seen(place: PlaceOfWork | null, state: State): Map<string, string> {
    if (place === null) return this.project;
    const { workspace, attempt } = place;
    const held = this.#copies.get(workspace);
    if (held?.attempt === attempt) return held.files;
    const files = new Map(this.project);
    for (const [path, file] of layerOf(state.files.drafts[workspace] ?? {})) this.put(path, file?.hash ?? null, files);
    this.#copies.set(workspace, { attempt, files });
    return files;
  }

  /** A person saves a file of the project: most often one that an attempt is at work on, in other lines or in the same. */
  save(state: State, only?: string): void {
    const { chance } = this;
    const drafted = Object.values(state.files.drafts).flatMap((draft) => Object.keys(draft));
    const paths = drafted.length > 0 && chance.happens(0.7) ? drafted : [...this.project.keys(), "notes.md"];
    const path = only ?? chance.one(paths);
    const number = ++this.#count;
    const { head, lines } = readHash(this.project.get(path) ?? `bad:person${number}`);
    const kind = chance.below(10);
    const after = kind === 0
      ? null
      : kind < 6
      ? hashOf({ head, lines: [...lines, `p${number}`] })
      : hashOf({ head: `${chance.one(["fix", "bad", "bad", "worse"])}:person${number}`, lines });
    this.put(path, after);
    this.saves.push({ seq: state.seq, path, after });
  }

  /** Fits the draft of an attempt to the project, and notes what a round of checks looks at. */
  fit(key: string, cause: string, state: State): FittedDraft & { readonly base: string; readonly files: Files } {
    const base = JSON.stringify(Object.fromEntries(this.project));
    const fitted = fitDraft(state, cause, { stateOf: (path) => this.#stateOf(path) }, TEXTS);
    const files = new Map(this.project);
    for (const [path, file] of fitted.layer) this.put(path, file?.hash ?? null, files);
    this.judged.set(key, files);
    return { ...fitted, base, files };
  }

  /** Brings the draft of an attempt into the project, as the effect does it; a person may save the very file, or the program be killed. */
  apply(
    key: string,
    name: string,
    state: State,
    { note, kill }: Witness,
    { saves, trouble }: { saves: number; trouble: number },
  ): Applied {
    const attempt = state.attempts.open[name]!;
    const draft = state.files.drafts[attempt.workspace!] ?? {};
    const base = JSON.parse(attempt.base!) as Record<string, string>;
    const putBack = (path: string, file: { readonly hash: string } | null, expects?: string | null) => {
      if (this.chance.happens(trouble)) throw new ToolError("It leads elsewhere.");
      if (this.chance.happens(saves)) this.save(state, path);
      const hash = this.project.get(path) ?? null;
      if (expects !== undefined && hash !== expects) throw new FileChanged("Somebody saved it.", path, null);
      const write = writeFact(path, hash, file?.hash ?? null);
      note({ type: "write_opened", key, write });
      kill();
      if (this.chance.happens(saves)) this.save(state, path);
      const isSame = (this.project.get(path) ?? null) === hash;
      if (isSame) {
        this.put(path, write.after);
        kill();
      }
      note({ type: "write_closed", key, write, done: isSame });
      if (!isSame) throw new FileChanged("Somebody saved it.", path, null);
      kill();
    };
    const now = new Map(this.project);
    const paths = Object.keys(draft);
    // What is saved once the project was looked at, each write sees by itself.
    if (paths.length > 0 && this.chance.happens(saves)) this.save(state, this.chance.one(paths));
    const steps = applyDraft({ stateOf: (path) => this.#stateOf(path), putBack }, base, now, draft);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return { kind: "apply", ...step.value };
  }

  /** Takes back what an attempt wrote to the project. */
  takeBack(
    key: string,
    name: string,
    state: State,
    { note, kill }: Witness,
  ): Extract<Fact, { type: "effect_finished" }> {
    const attempt = state.attempts.open[name];
    const written = (attempt?.workspace === null ? attempt.writes : attempt?.applied) ?? [];
    const restored: string[] = [];
    const left: { path: string; reason: string }[] = [];
    for (const way of waysBack(written.map((write) => ({ write, fate: "wanted" as const })))) {
      const now = this.#stateOf(way.path);
      const { end, stop } = goneWay(way, now, null, { blobs: TEXTS });
      this.put(way.path, end?.hash ?? null);
      if (stop === null) restored.push(way.path);
      else left.push({ path: way.path, reason: stop });
    }
    kill();
    const writes = restored.map((path) => {
      const own = written.filter((write) => write.path === path);
      return writeFact(path, own.at(-1)!.after, own[0]!.before);
    }).filter((write) => state.files.byPath[write.path]?.current !== write.after);
    note({ type: "command_closed", key, writes, excepted: [] });
    kill();
    return { type: "effect_finished", key, result: { kind: "take_back", restored, left } };
  }

  #stateOf(path: string) {
    const hash = this.project.get(path);
    return hash === undefined ? null : { hash, mode: MODE };
  }
}

/** A write as facts store it. */
export function writeFact(path: string, before: string | null, after: string | null): WriteFact {
  return { path, before, after, modeBefore: null, modeAfter: null, createdFolders: [] };
}
