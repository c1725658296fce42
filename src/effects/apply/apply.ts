import { modeInProject } from "../../features/files/layer_of.ts";
import type { Draft } from "../../features/files/slice.ts";
import type { RunWorkspace } from "../../ports/workspace.ts";
import { FileChanged } from "../../ports/tool.ts";
import { inSteps } from "../../work/breathing.ts";
import { type EffectKind, Refusal } from "../effect_kind.ts";
import { readText } from "../stored_text.ts";
import { Applied, ApplyEffect } from "./apply_effect.ts";

/**
 * Brings what an attempt wrote in its copy into the project, file by file, each only where it holds what the attempt knew. Where anything
 * else of the project moved on since it was judged, nothing is written: it has to be judged once more, with that.
 */
export const apply: EffectKind<ApplyEffect, Applied> = {
  exclusive: "project",
  schema: ApplyEffect,
  result: Applied,
  says: ({ attempt }) => `applying ${attempt.split(".")[0]} to the project`,
  tell: {
    started: ["key", "attempt"],
    finished: ["applied", "moved"],
    lines: ({ moved }: Applied) =>
      moved.length === 0
        ? []
        : [`the project changed meanwhile (${moved.join(", ")}): the work is judged once more with that`],
  },
  async perform({ attempt: name }, { state, project, blobs }, signal) {
    const attempt = state.attempts.open[name];
    if (attempt === undefined || attempt.workspace === null || attempt.base === null) {
      throw new Refusal(`Attempt ${name} is not open, or was not judged.`);
    }
    const draft = state.files.drafts[attempt.workspace] ?? {};
    const base = JSON.parse(readText({ text: "", chars: 0, blob: attempt.base }, blobs)) as Record<string, string>;
    const hashes = await project.hashes(signal);
    return { kind: "apply", ...await inSteps(applyDraft(project, base, hashes, draft), signal) };
  },
};

/**
 * Writes a draft to the project, unless anything of this moved on. It yields after each file: there may be thousands of them.
 *
 * @param base hash of each file of the project when the draft was judged
 * @param now hash of each file of the project
 */
export function* applyDraft(
  project: Pick<RunWorkspace, "stateOf" | "putBack">,
  base: Readonly<Record<string, string>>,
  now: ReadonlyMap<string, string>,
  draft: Draft,
): Generator<undefined, Pick<Applied, "applied" | "moved">> {
  const moved = movedSince(base, now, draft);
  return moved.length > 0 ? { applied: [], moved } : yield* writeAll(project, draft);
}

/** Files of the project that are not what they were, but for those that the attempt wrote there already. */
function movedSince(
  base: Readonly<Record<string, string>>,
  now: ReadonlyMap<string, string>,
  draft: Draft,
): string[] {
  const paths = new Set([...Object.keys(base), ...now.keys()]);
  return [...paths].filter((path) => {
    const hash = now.get(path) ?? null;
    return hash !== (base[path] ?? null) && !(path in draft && draft[path]!.current === hash);
  }).sort();
}

/** What is deleted goes first: a file may have to stand where its folder was. */
function* writeAll(
  project: Pick<RunWorkspace, "stateOf" | "putBack">,
  draft: Draft,
): Generator<undefined, Pick<Applied, "applied" | "moved">> {
  const files = Object.entries(draft).sort(([a, one], [b, other]) =>
    Number(one.current !== null) - Number(other.current !== null) || (a < b ? -1 : 1)
  );
  const applied: string[] = [];
  for (const [path, file] of files) {
    const now = project.stateOf(path);
    const { original, current } = file;
    const isThere = (now?.hash ?? null) === current;
    const mode = modeInProject(file, now?.mode ?? null);
    if (isThere && (now === null || now.mode === mode)) continue;
    try {
      project.putBack(path, current === null ? null : { hash: current, mode }, isThere ? current : original);
    } catch (error) {
      if (error instanceof FileChanged) return { applied, moved: [path] };
      throw error;
    }
    applied.push(path);
    yield;
  }
  return { applied, moved: [] };
}
