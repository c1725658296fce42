import { basename, join, relative } from "node:path";
import { isMap, parseDocument } from "yaml";
import { reasonOf } from "../../kernel/reason_of.ts";
import { clip } from "../../kernel/text.ts";
import { frontMatterOf } from "../../sentences/front_matter.ts";
import { placeIn } from "../../sentences/prompt_text.ts";
import type { RegistryNote } from "../registry_note.ts";

/** A skill: how something is done here, written down for whoever does it. */
export interface Skill {
  readonly name: string;
  /** What it is for, on one line. */
  readonly description: string;
  /** Texts of its folder by their paths in it, `SKILL.md` first. */
  readonly files: ReadonlyMap<string, string>;
}

/** Skills of some folders. */
export interface FoundSkills {
  /** By name; of two of one name the later folder's. */
  readonly skills: readonly Skill[];
  /** What was left out or taken in place of another, and why. */
  readonly notes: readonly RegistryNote[];
}

/** The file that makes a folder a skill. */
export const SKILL_FILE = "SKILL.md";

/** Most skills that specialists are told of, and most characters that one is told by. */
const MOST = { skills: 50, description: 200 };
/** Most bytes of one file, of all files together, and most files of one skill: what is beyond cannot be read. */
const KEPT = { file: 256 * 1024, all: 4 * 1024 * 1024, files: 100 };

/**
 * Reads the skills of some folders: each folder in them with a `SKILL.md` that begins with front matter, whose `description` says what it is
 * for and whose `name` may say what it is called. Their texts are kept as they stand now, so that a run goes by what was trusted.
 *
 * @param folders absolute paths, the later the more it counts; one that does not exist holds none
 */
export async function findSkills(folders: readonly string[]): Promise<FoundSkills> {
  const notes: RegistryNote[] = [];
  const found = new Map<string, Skill & { readonly path: string }>();
  const room = { bytes: KEPT.all };
  for (const folder of folders) {
    for (const path of await foldersIn(folder, notes)) {
      const file = join(path, SKILL_FILE);
      let skill: Skill | null;
      try {
        skill = await readSkill(path, notes, room);
      } catch (cause) {
        if (cause instanceof Deno.errors.NotFound) continue;
        notes.push({ place: file, text: `The skill cannot be read: ${reasonOf(cause)}` });
        continue;
      }
      if (skill === null) continue;
      const before = found.get(skill.name);
      if (before !== undefined) {
        notes.push({ place: file, text: `Its skill "${skill.name}" takes the place of the one of ${before.path}.` });
      }
      found.set(skill.name, { ...skill, path: file });
    }
  }
  const skills = [...found.values()].sort((one, other) => one.name < other.name ? -1 : 1);
  for (const { name, path } of skills.slice(MOST.skills)) {
    notes.push({ place: path, text: `The skill "${name}" is left out: specialists are told of ${MOST.skills}.` });
  }
  return { skills: skills.slice(0, MOST.skills), notes };
}

async function foldersIn(folder: string, notes: RegistryNote[]): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) if (!name.startsWith(".")) found.push(join(folder, name));
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) {
      notes.push({ place: folder, text: `The skills cannot be read: ${reasonOf(cause)}` });
    }
  }
  return found.sort();
}

async function readSkill(folder: string, notes: RegistryNote[], room: { bytes: number }): Promise<Skill | null> {
  const file = join(folder, SKILL_FILE);
  const { size, isFile } = await Deno.stat(file).catch((cause) => {
    // A file among the folders is none.
    if (cause instanceof Deno.errors.NotADirectory) throw new Deno.errors.NotFound(file);
    throw cause;
  });
  if (!isFile) return null;
  if (size > KEPT.file) {
    notes.push({ place: file, text: `The skill has ${size} bytes; one has at most ${KEPT.file}. Make it shorter.` });
    return null;
  }
  const content = await Deno.readTextFile(file);
  const read = headOf(content, basename(folder));
  if ("fault" in read) {
    notes.push({ place: placeIn(file, content, read.offset), text: read.fault });
    return null;
  }
  room.bytes -= size;
  return { ...read, files: new Map([[SKILL_FILE, content], ...await textsBeside(folder, room)]) };
}

function headOf(content: string, folder: string):
  | { readonly name: string; readonly description: string }
  | { readonly offset: number; readonly fault: string } {
  const matter = frontMatterOf(content);
  const wanted = 'A skill begins with front matter: a line "---", "name: …", "description: …" and again "---".';
  if (matter === null) return { offset: 0, fault: wanted };
  const document = parseDocument(matter.text, { prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    return { offset: matter.start + error.pos[0], fault: `The front matter is no YAML: ${error.message}` };
  }
  const { name = folder, description } = isMap(document.contents) ? Object(document.toJS()) : Object();
  if (typeof description !== "string" || description.trim() === "") {
    return { offset: matter.start, fault: `"description" must say what the skill is for. ${wanted}` };
  }
  const line = description.trim().replaceAll(/\s+/g, " ");
  return { name: String(name).trim().replaceAll(/\s+/g, "-"), description: clip(line, MOST.description) };
}

/** Texts that lie beside a skill's file, by their paths; links are not followed, what is too large or no text is passed over. */
async function textsBeside(folder: string, room: { bytes: number }): Promise<readonly [string, string][]> {
  const texts: [string, string][] = [];
  const pending = [folder];
  for (let place = pending.shift(); place !== undefined; place = pending.shift()) {
    const entries: Deno.DirEntry[] = [];
    for await (const entry of Deno.readDir(place)) entries.push(entry);
    for (const { name, isFile, isDirectory } of entries.sort((one, other) => one.name < other.name ? -1 : 1)) {
      const path = join(place, name);
      const key = relative(folder, path);
      if (isDirectory && !name.startsWith(".")) pending.push(path);
      if (!isFile || key === SKILL_FILE || name.startsWith(".")) continue;
      const { size } = await Deno.stat(path);
      if (size > KEPT.file || size > room.bytes) continue;
      const text = new TextDecoder().decode(await Deno.readFile(path));
      if (text.includes("\0")) continue;
      room.bytes -= size;
      texts.push([key, text]);
      if (texts.length === KEPT.files) return texts;
    }
  }
  return texts;
}
