import assert from "node:assert/strict";
import { check } from "../../src/effects/check/check.ts";
import type { CheckRound } from "../../src/effects/check/check_effect.ts";
import { perform } from "../../src/effects/perform.ts";
import { prove } from "../../src/effects/prove/prove.ts";
import type { Proven } from "../../src/effects/prove/prove_effect.ts";
import type { Fact } from "../../src/features/fact.ts";
import { EMPTY } from "../../src/features/features.ts";
import type { State } from "../../src/features/state.ts";
import type { ConfiguredCheck } from "../../src/languages/runner.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { recorderOf } from "../../src/run/recorder_of.ts";
import { findTier, type Tier } from "../../src/work/sandbox/tier.ts";
import { openWorkspace, type ProjectWorkspace } from "../../src/work/workspace.ts";
import { type Copies, openCopies } from "../../src/work/workspaces/copies.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";
import { after, opening, started } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const SILENT = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/** Tiers that are tried, and why one cannot be here; null where it can. */
export const TIERS: readonly { readonly tier: Tier; readonly lacks: string | null }[] = await Promise.all(
  (["bubblewrap", "none"] as const).map(async (tier) => {
    const found = await findTier(tier);
    return { tier, lacks: found.tier === tier ? null : found.why };
  }),
);

/** Says what a program prints; null where it cannot be started. */
function said(program: string, ...args: readonly string[]): string | null {
  try {
    const { success, stdout } = new Deno.Command(program, { args: [...args], stderr: "null" }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch {
    return null;
  }
}

/**
 * Says why something cannot be tried without a program.
 *
 * @param args with which it says that it is there
 */
export function lacking(program: string, ...args: readonly string[]): string | null {
  return said(program, ...args) === null ? `there is no ${program}` : null;
}

/** Python, as far as tests need it. */
export const PYTHON = {
  lacks: lacking("python3", "-c", "import venv"),
  /** Makes an environment of the project's own, in which a folder of its sources is installed so that it can be edited. */
  editable(project: string, sources: string): void {
    const made = said("python3", "-m", "venv", "--without-pip", `${project}/.venv`);
    const [library] = said(
      `${project}/.venv/bin/python`,
      "-c",
      "import sysconfig; print(sysconfig.get_path('purelib'))",
    )?.split("\n") ?? [];
    assert.ok(made !== null && library !== undefined);
    const version = `${library}/ours-1.dist-info`;
    Deno.mkdirSync(version);
    Deno.writeTextFileSync(`${version}/METADATA`, "Metadata-Version: 2.1\nName: ours\nVersion: 1\n");
    Deno.writeTextFileSync(`${library}/__editable__.ours-1.pth`, `${project}/${sources}\n`);
  },
};

/** How a project is looked at. */
export interface AtProofOptions {
  readonly tier: Tier;
  /** Absolute path of the folder for the copies. */
  readonly copies: string;
  readonly checks?: readonly ConfiguredCheck[];
  readonly network?: boolean;
}

/** A run at a real project up to its first attempt: the checks in the project, the proof, verdicts in fresh copies. */
export class AtProof {
  state: State;
  readonly copies: Copies;
  readonly #blobs: ReturnType<typeof memoryBlobs>;
  #count = 0;

  constructor(
    readonly project: string,
    readonly workspace: ProjectWorkspace,
    blobs: ReturnType<typeof memoryBlobs>,
    { tier, copies: folder, checks, network = false }: AtProofOptions,
  ) {
    this.#blobs = blobs;
    const known = new Map<string, { readonly network: boolean }>();
    this.copies = openCopies({
      ...{ project, folder, blobs, languages: LANGUAGES, checks, tier, network, write: [], hidden: [] },
      remembered: { get: (key) => known.get(key) ?? null, set: (key, found) => void known.set(key, found) },
    });
    const begun = { ...started({ project }), checks: EMPTY.checks };
    this.state = after(begun, { type: "workspaces_offered", tier, why: null, network });
  }

  /** Carries out an effect; gives what it found. */
  async #perform<R>(kind: Parameters<typeof perform>[1], effect: Readonly<Record<string, unknown>>): Promise<R> {
    const key = `run.own${this.#count += 1}`;
    const note = (fact: Fact) => void (this.state = after(this.state, fact));
    note(opening({ ...effect, key }));
    const project = this.workspace.recordedBy(recorderOf(key, note));
    const facts = await perform({ ...effect, key } as never, kind, {
      state: this.state,
      registry: { ...crew(), languages: LANGUAGES } as never,
      blobs: this.#blobs,
      ...{ workspace: project, project, apart: this.copies, models: {} as never, tools: new Map() },
      ...{ note, show() {}, now: () => 0 },
    }, new AbortController().signal);
    for (const fact of facts) note(fact);
    const [closed] = facts;
    assert.ok(closed.type === "effect_finished", JSON.stringify(closed));
    return closed.result as R;
  }

  /** Executes the checks: in the project, or in a fresh copy where that was proven. */
  check(cause = "test", last = false): Promise<CheckRound> {
    return this.#perform<CheckRound>(check as never, { kind: "check", cause, last });
  }

  /** Finds out whether copies will do. */
  prove(): Promise<Proven> {
    return this.#perform<Proven>(prove as never, { kind: "prove" });
  }

  /**
   * Gives the verdict on an attempt that wrote files.
   *
   * @param texts what it made of them, by path
   * @param where it wrote them: in a copy of its own, or in the project
   */
  async verdict(texts: Readonly<Record<string, string>>, where: "copy" | "project" = "copy"): Promise<CheckRound> {
    if (where === "project") {
      for (const [path, text] of Object.entries(texts)) Deno.writeTextFileSync(`${this.project}/${path}`, text);
      return await this.check();
    }
    const files = Object.entries(texts).map(([path, text]) => {
      const now = this.workspace.stateOf(path);
      const file = { original: now?.hash ?? null, current: this.#blobs.putBlob(text), mode: now?.mode ?? 0o100644 };
      return [path, file] as const;
    });
    const { state } = this;
    const open = { ...state.attempts.open, "T1.1": { workspace: "w1" } as never };
    const drafts = { ...state.files.drafts, w1: Object.fromEntries(files) };
    this.state = { ...state, attempts: { ...state.attempts, open }, files: { ...state.files, drafts } };
    const round = await this.check("T1.1");
    this.state = { ...this.state, attempts: state.attempts, files: state.files };
    return round;
  }
}

/** Begins a run at a project and removes its copies afterwards. */
export async function atProof(
  project: string,
  options: AtProofOptions,
  test: (proof: AtProof) => Promise<void>,
): Promise<void> {
  // The trial tells how this machine gives up rights.
  await findTier(options.tier);
  const blobs = memoryBlobs();
  const root = await Deno.realPath(project);
  const workspace = await openWorkspace({
    ...{ root, recorder: SILENT, blobs, languages: LANGUAGES, checks: options.checks },
  });
  const proof = new AtProof(root, workspace, blobs, options);
  try {
    await test(proof);
  } finally {
    await proof.copies.close();
  }
}
