import { basename } from "node:path";
import { frontMatterOf } from "../../sentences/front_matter.ts";
import type { Offer, OfferPlace } from "../offer.ts";
import { readSpecialist } from "./specialist_file.ts";

/** Longest file of a specialist or a prompt, in bytes: more than any window holds. */
const MOST_BYTES = 1024 * 1024;

/** Names of Markdown files that are for people, or a skill. */
const NO_SPECIALIST = /^(?:readme|skill|changelog|license)\.md$/i;

/** Whether a path is that of a Markdown file. */
export function isMarkdown(path: string): boolean {
  return path.endsWith(".md");
}

/**
 * Tells whether a Markdown file among plugins is a specialist: it begins with front matter that does not say, as that of a prompt does,
 * what the prompt is `for`. In a folder for specialists alone every file is meant to be one.
 *
 * @param path absolute path
 * @param alone whether its folder is for specialists alone
 */
export async function isSpecialistFile(path: string, alone: boolean): Promise<boolean> {
  if (NO_SPECIALIST.test(basename(path))) return false;
  if (alone) return true;
  let content: string;
  try {
    content = await readMarkdown(path);
  } catch {
    // Opening it says why it cannot be read.
    return true;
  }
  const matter = frontMatterOf(content);
  return matter !== null && !/^for\s*:/m.test(matter.text);
}

/**
 * Opens the file of a specialist that needs no code.
 *
 * @param place where it lies
 * @returns an offer of the one specialist, which is called like it
 * @throws where the file is wrong, with all that is wrong, each with its line
 */
export async function openSpecialist(place: OfferPlace): Promise<Offer> {
  const { path } = place;
  const read = readSpecialist(path, await readMarkdown(path));
  if ("faults" in read) {
    throw new Error(
      [`The specialist of ${path} cannot be used.`, ...read.faults, "Fix the file, or move it out of the folder."]
        .join("\n  "),
    );
  }
  return {
    ...place,
    plugin: read.specialist.role,
    specialists: [read.specialist],
    tools: [],
    hosts: [],
    rules: [],
    panes: [],
    commands: [],
    mcp: {},
    settings: null,
  };
}

/**
 * Reads a Markdown file.
 *
 * @param path absolute path
 * @throws where it is longer than any prompt
 */
export async function readMarkdown(path: string): Promise<string> {
  const { size } = await Deno.stat(path);
  if (size > MOST_BYTES) {
    throw new Error(`${path} has ${size} bytes; a specialist's file has at most ${MOST_BYTES}. Make it shorter.`);
  }
  return await Deno.readTextFile(path);
}
