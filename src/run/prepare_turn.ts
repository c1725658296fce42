import { createTwoFilesPatch } from "diff";
import type { PrepareEffect } from "../core/effect.ts";
import type { PreparedFile, Result } from "../core/fact.ts";
import { isTestPath } from "../core/plan.ts";
import type { State } from "../core/state.ts";
import { bound, type Text } from "../core/text.ts";
import type { Workspace } from "../ports/workspace.ts";
import type { BlobStore } from "./journal.ts";
import { readText, textOf } from "./perform.ts";

/** Lines shown around a place that evidence names, in files too long to be shown whole. */
const AROUND = 40;
/** Files of the project that a turn is told of. */
const LISTED = 400;
/** Characters of all differences together. */
const DIFF_CHARS = 6_000;

/**
 * Reads what a turn starts with: the files it is about, whole where they fit, else the lines around the places that the checks name.
 *
 * @param effect which files are wanted, and how much room there is
 * @param state what is so
 * @param workspace the project
 * @param blobs where long texts are kept
 * @param signal ends it
 * @returns the result of the effect
 */
export async function prepareTurn(
  effect: PrepareEffect,
  state: State,
  workspace: Workspace,
  blobs: BlobStore,
  signal: AbortSignal,
): Promise<Extract<Result, { kind: "prepare" }>> {
  const files = await workspace.files(signal);
  const wanted = wantedFiles(effect, files);
  const places = placesOf(state);
  const texts: PreparedFile[] = [];
  let room = effect.room;
  for (const path of wanted) {
    signal.throwIfAborted();
    if (room < 400) break;
    const read = await readable(workspace, path);
    if (read === null) continue;
    const part = partOf(read.text, room, places.get(path) ?? []);
    if (part === null) continue;
    room -= part.text.length;
    texts.push({ path, text: textOf(part.text, blobs), lines: read.lines, from: part.from, to: part.to });
  }
  return { kind: "prepare", files: files.slice(0, LISTED), texts, changes: changesOf(effect, state, blobs) };
}

/** Named files first, then those that the message mentions: sources before tests, each once. */
function wantedFiles(effect: PrepareEffect, files: readonly string[]): string[] {
  const known = new Set(files);
  const named = effect.paths.filter((path) => known.has(path));
  const mentioned = files.filter((path) => mentions(effect.mentions, path)).slice(0, 6);
  const [head, ...rest] = named;
  const ordered = [...rest, ...mentioned].sort((a, b) => Number(isTestPath(a)) - Number(isTestPath(b)));
  return [...new Set([...(head === undefined ? [] : [head]), ...ordered])];
}

function mentions(text: string, path: string): boolean {
  if (text.includes(path)) return true;
  const base = path.slice(path.lastIndexOf("/") + 1);
  return base.length > 4 && base.includes(".") && text.includes(base);
}

async function readable(workspace: Workspace, path: string): Promise<{ text: string; lines: number } | null> {
  try {
    return await workspace.read(path);
  } catch {
    return null; // binary, gone, or too large: the turn starts without it and can look itself
  }
}

/** Lines that failing checks name, by file. */
function placesOf(state: State): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const result of state.checks.latest ?? []) {
    if (result.passed) continue;
    for (const path of result.files) {
      const base = path.slice(path.lastIndexOf("/") + 1).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const pattern = new RegExp(`${base}(?:", line |:|\\()(\\d+)`, "g");
      for (const match of result.evidence.matchAll(pattern)) {
        places.set(path, [...(places.get(path) ?? []), Number(match[1])]);
      }
    }
  }
  return places;
}

function partOf(
  text: string,
  room: number,
  places: readonly number[],
): { text: string; from: number; to: number } | null {
  const lines = text.split("\n");
  const count = text.endsWith("\n") ? lines.length - 1 : lines.length;
  if (text.length <= room) return { text: text.replace(/\n$/, ""), from: 1, to: count };
  const middle = places[0] ?? 1;
  let from = Math.max(1, middle - AROUND);
  let to = Math.min(count, middle + AROUND);
  let part = lines.slice(from - 1, to).join("\n");
  while (part.length > room && to > from) {
    if (to > middle) to = Math.max(middle, to - 5);
    else from = Math.min(middle, from + 5);
    part = lines.slice(from - 1, to).join("\n");
    if (to === middle && from === middle) break;
  }
  return part.length > room ? null : { text: part, from, to };
}

/** Differences: of the run for a review, of attempts that were taken back for the next one. */
function changesOf(effect: PrepareEffect, state: State, blobs: BlobStore): Text | null {
  const parts: string[] = [];
  if (effect.changes) {
    for (const [path, file] of Object.entries(state.files)) {
      if (file.original !== file.current) parts.push(difference(path, file.original, file.current, blobs));
    }
  }
  for (const tried of effect.tried) {
    const byPath = new Map<string, { before: string | null; after: string | null }>();
    for (const write of tried.writes) {
      byPath.set(write.path, { before: byPath.get(write.path)?.before ?? write.before, after: write.after });
    }
    for (const [path, { before, after }] of byPath) {
      parts.push(`attempt ${tried.number}:\n${difference(path, before, after, blobs)}`);
    }
  }
  const all = parts.filter((part) => part !== "").join("\n");
  return all === "" ? null : textOf(bound(all, DIFF_CHARS), blobs);
}

function difference(path: string, before: string | null, after: string | null, blobs: BlobStore): string {
  const old = before === null ? "" : content(before, blobs);
  const now = after === null ? "" : content(after, blobs);
  if (old === null || now === null) return `${path}: changed, not text\n`;
  const patch = createTwoFilesPatch(path, path, old, now, "", "", { context: 2 });
  return (patch ?? "").split("\n").slice(2).join("\n");
}

function content(hash: string, blobs: BlobStore): string | null {
  const text = readText({ text: "", chars: 0, blob: hash }, blobs);
  return text.includes("\u0000") ? null : text;
}
