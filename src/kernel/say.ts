import { clip } from "./text.ts";

/** Complete control sequences: strings (OSC, DCS, APC, PM, SOS) with their payload, CSI, other escapes. */
const SEQUENCES =
  // deno-lint-ignore no-control-regex
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-Z\\`-~]/g;
/** What is left of them, and what turns the direction of reading: C0 without tab and line break, DEL, C1, marks, overrides, isolates. */
// deno-lint-ignore no-control-regex
const OBEYED = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** What nobody sees: two names that differ only by it look like one. */
const UNSEEN = /[\u00ad\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** A text without any of them, and without halves of pairs, is shown as it is. */
const HARMLESS = /^[\t\n\x20-\x7e\xa0-\xac\xae-\u0600\u2010-\u2027\u2030-\u205f\u2070-\ud7ff]*$/;
/** What stands as `\uXXXX` in a line of JSON, beside what JSON itself escapes. */
const ESCAPED =
  /[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/**
 * Takes from a text what a terminal would obey, and what would have a person read something else than stands there: control sequences
 * are gone, other controls, marks of direction and halves of pairs become `\ufffd`, what nobody sees is gone, all line breaks are `\n`.
 *
 * @param text any text, also of a model
 * @returns what can be shown, with no control but line breaks and tabs
 */
export function safe(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text.toWellFormed().replace(SEQUENCES, "").replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(OBEYED, "\ufffd")
    .replace(UNSEEN, "");
}

/**
 * Writes a value as JSON that says all of it and that {@link safe} leaves as it is.
 *
 * @param value what JSON can hold
 * @param indent spaces before each level; all on one line where absent
 * @returns the text, without a closing line break
 */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (found: string) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
      "",
    );
  return JSON.stringify(value, null, indent).replace(ESCAPED, escaped);
}

/**
 * Makes one line of a text: breaks become spaces, control characters vanish, what is too long is cut.
 *
 * @param text any text, also of a model
 * @param most most characters
 * @returns the line
 */
export function oneLine(text: string, most = 160): string {
  const line = safe(text).replaceAll(/\s+/g, " ").trim();
  return clip(line, most);
}

/** Says a name as people read it: `in_review` is `in review`. */
export function plainName(name: string): string {
  return name.replaceAll("_", " ");
}

/** Says a thing and, behind a colon, more of it in one line, where there is more. */
export function labelled(thing: string, more: string, most = 160): string {
  return more === "" ? thing : `${thing}: ${oneLine(more, most)}`;
}

/** Ends a text with a full stop, where nothing else ends it. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/**
 * Says a time as people do.
 *
 * @param ms milliseconds
 * @returns such as `4.2 s`, `3 min 05 s`, `1 h 02 min`
 */
export function sayTime(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/**
 * Says a number of bytes as people do.
 *
 * @param bytes number of bytes, null where it is not known
 * @returns such as `20.0 GB`; `?` for null
 */
export function sayBytes(bytes: number | null): string {
  if (bytes === null) return "?";
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}
