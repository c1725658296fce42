import type { State } from "../../features/state.ts";
import { isSecretPath } from "../../languages/secret_path.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import { say, type Wording } from "../../sentences/say.ts";
import { differenceOf } from "../difference.ts";
import { readText } from "../stored_text.ts";
import type { PrepareEffect } from "./prepare_effect.ts";

/**
 * Shows differences: of the run for a review, of attempts that were taken back for the next one.
 *
 * @returns the differences one after the other; empty where there are none
 */
export function changesOf(effect: PrepareEffect, state: State, from: Wording, blobs: BlobStore): string {
  const parts: string[] = [];
  if (effect.changes) {
    for (const [path, file] of Object.entries(state.files.byPath)) {
      if (file.original !== file.current) parts.push(difference(path, file.original, file.current, from, blobs));
    }
  }
  for (const tried of effect.tried) {
    const byPath = new Map<string, { before: string | null; after: string | null }>();
    for (const write of tried.writes) {
      byPath.set(write.path, { before: byPath.get(write.path)?.before ?? write.before, after: write.after });
    }
    for (const [path, { before, after }] of byPath) {
      const title = say(from, "turn.attempt_diff", { number: tried.number });
      parts.push(`${title}\n${difference(path, before, after, from, blobs)}`);
    }
  }
  return parts.filter((part) => part !== "").join("\n");
}

function difference(
  path: string,
  before: string | null,
  after: string | null,
  from: Wording,
  blobs: BlobStore,
): string {
  if (isSecretPath(path)) return `${say(from, "turn.secret_changed", { path })}\n`;
  const old = before === null ? "" : content(before, blobs);
  const now = after === null ? "" : content(after, blobs);
  if (old === null || now === null) return `${say(from, "turn.not_text", { path })}\n`;
  return differenceOf(path, old, now, 2);
}

function content(hash: string, blobs: BlobStore): string | null {
  const text = readText({ text: "", chars: 0, blob: hash }, blobs);
  return text.includes("\u0000") ? null : text;
}
