import { isRecord, parsedJson } from "../kernel/json.ts";
import type { DeliveredCall } from "../kernel/call.ts";

const TAG = "<tool_call>";

/** What a piece of a model's text gave. */
export interface ParsedPiece {
  readonly calls: readonly DeliveredCall[];
  readonly content: string;
}

/**
 * Reads calls from a stream as Ollama's generic parser does (ollama `tools/tools.go`): after the tag it takes the first
 * known tool name and the first JSON object that holds arguments. A call of an unknown tool or with broken JSON is
 * swallowed, and so is all text after the tag.
 */
export class ToolParser {
  readonly #names: readonly string[];
  #buffer = "";
  #tagged = false;

  /** @param names names of the offered tools; a tool without its wrapper has the name "", which is found anywhere */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /**
   * Takes the next piece of text.
   * @param piece text as the model produced it
   * @returns calls that became complete, and text that is none
   */
  add(piece: string): ParsedPiece {
    this.#buffer += piece;
    let content = "";
    if (!this.#tagged) {
      const at = this.#buffer.indexOf(TAG);
      const kept = at >= 0 ? at : this.#buffer.length - overlap(this.#buffer);
      content = this.#buffer.slice(0, kept);
      this.#buffer = this.#buffer.slice(kept);
      if (at < 0) return { calls: [], content };
      this.#tagged = true;
    }
    const calls: DeliveredCall[] = [];
    for (let call = this.#nextCall(); call !== null; call = this.#nextCall()) calls.push(call);
    return { calls, content };
  }

  #nextCall(): DeliveredCall | null {
    const found = findName(this.#names, this.#buffer);
    if (found === null) return null;
    const read = findArguments(found.name, this.#buffer);
    if (read === null) return null;
    this.#buffer = this.#buffer.slice(Math.max(found.end, read.end));
    return { name: found.name, arguments: read.arguments };
  }
}

/** Length of the longest beginning of the tag at the end of a text. */
function overlap(text: string): number {
  for (let length = Math.min(text.length, TAG.length); length > 0; length--) {
    if (text.endsWith(TAG.slice(0, length))) return length;
  }
  return 0;
}

/** Finds the first and there the longest name; waits while the text ends with the beginning of one. */
function findName(names: readonly string[], text: string): { readonly name: string; readonly end: number } | null {
  if (text === "") return null;
  for (const name of names) {
    for (let length = 1; length < name.length; length++) {
      if (text.endsWith(name.slice(0, length))) return null;
    }
  }
  let found: { name: string; start: number } | null = null;
  for (const name of names) {
    const start = text.indexOf(name);
    if (start < 0) continue;
    if (found !== null && (start > found.start || (start === found.start && name.length <= found.name.length))) {
      continue;
    }
    found = { name, start };
  }
  return found === null ? null : { name: found.name, end: found.start + found.name.length };
}

/** Finds the first balanced object that parses; one with a name but no arguments drops the call. */
function findArguments(
  name: string,
  text: string,
): { readonly arguments: Record<string, unknown>; readonly end: number } | null {
  let start = -1;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === "{") {
      if (depth === 0) start = index;
      depth++;
    } else if (character === "}") {
      depth = Math.max(0, depth - 1);
      if (depth > 0 || start < 0) continue;
      const value = parsed(text.slice(start, index + 1));
      if (value === null) {
        start = -1;
        continue;
      }
      const search = searchObject(name, value);
      if (search === "nothing") return null;
      return { arguments: search ?? value, end: index };
    }
  }
  return null;
}

/** Arguments inside an object, "nothing" where it is a named call without any, null where it is no call. */
function searchObject(name: string, object: Record<string, unknown>): Record<string, unknown> | "nothing" | null {
  if ("name" in object) return asArguments(object.arguments) ?? asArguments(object.parameters) ?? "nothing";
  const own = object[name];
  if (isRecord(own)) return own;
  for (const child of Object.values(object).flatMap((item) => Array.isArray(item) ? item : [item])) {
    const found = isRecord(child) ? searchObject(name, child) : null;
    if (found !== null) return found;
  }
  return null;
}

function asArguments(value: unknown): Record<string, unknown> | null {
  if (isRecord(value)) return value;
  return typeof value === "string" ? parsed(value) : null;
}

function parsed(text: string): Record<string, unknown> | null {
  const value = parsedJson(text);
  return isRecord(value) ? value : null;
}
