import { type Found, listed, noTool } from "./front_matter.ts";
import { TOOL_MENTION } from "./sections.ts";
import { variantFaults } from "./variant_text.ts";

/** `{{name}}`, or braces that were meant to be one. */
export const PLACEHOLDER = /\{\{(?:\s*([a-z][a-z0-9_]*)\s*\}\})?/g;

/** What the text of a prompt file is checked with. */
export interface KnownNames {
  /** Placeholders that are filled in, without braces. */
  readonly placeholders: readonly string[];
  /** Names of tools and decisions. */
  readonly tools: readonly string[];
}

/** The text of a prompt file as asks take it, and what is wrong with it. */
export interface ReadText {
  /** Without the marks of mentioned tools, and without blank lines at its ends. */
  readonly text: string;
  /** Names of the placeholders that it uses. */
  readonly placeholders: readonly string[];
  readonly faults: readonly Found[];
}

/**
 * Reads the text of a prompt file.
 *
 * @param content the whole file
 * @param start where its text begins, after its front matter
 * @returns the text; faults have their place in the whole file
 */
export function readPromptText(content: string, start: number, known: KnownNames): ReadText {
  const faults: Found[] = [];
  const at = (offset: number, text: string) => faults.push({ offset, text });
  const body = content.slice(start);
  if (body.trim() === "") at(content.length, "The prompt has no text after its front matter.");
  const placeholders = new Set<string>();
  for (const { index, 1: placeholder } of body.matchAll(PLACEHOLDER)) {
    if (placeholder === undefined) {
      at(start + index, `"{{" begins a placeholder such as {{goal}}, but no name and "}}" follow.`);
    } else if (known.placeholders.includes(placeholder)) placeholders.add(placeholder);
    else at(start + index, `There is no placeholder {{${placeholder}}}; there are ${listed(known.placeholders)}.`);
  }
  for (const { index, 1: tool = "" } of body.matchAll(TOOL_MENTION)) {
    if (!known.tools.includes(tool)) at(start + index, noTool(tool, known.tools));
  }
  const lines = body.replaceAll("\r\n", "\n");
  for (const fault of variantFaults(lines)) at(start + fault.offset, fault.text);
  return { text: lines.replaceAll(TOOL_MENTION, "$1").trim(), placeholders: [...placeholders], faults };
}

/** The place of an offset, as `file:line`. */
export function placeIn(path: string, content: string, offset: number): string {
  return `${path}:${content.slice(0, offset).split("\n").length}`;
}
