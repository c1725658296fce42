import { clip } from "./text.ts";

/**
 * Takes from a text what a terminal would obey: escape sequences and control characters but line breaks and tabs.
 *
 * @param text any text, also of a model
 * @returns what can be shown
 */
export function safe(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
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
