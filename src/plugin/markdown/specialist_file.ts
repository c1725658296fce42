import { basename } from "node:path";
import { isMap, isScalar, parseDocument } from "yaml";
import * as z from "zod";
import { type Found, frontMatterOf, type Matter } from "../../sentences/front_matter.ts";
import { placeIn } from "../../sentences/prompt_text.ts";
import type { OfferedPrompt, OfferedSpecialist } from "../offer.ts";
import { knownKeys, schemaWords } from "../schema_words.ts";
import { SPECIALIST_FIELDS } from "../shape.ts";

/** A list, or its members in one line with commas between them. */
const list = z.preprocess(
  (value) => typeof value === "string" ? value.split(",").map((one) => one.trim()).filter((one) => one !== "") : value,
  z.array(z.string()),
);

const { role, describes, window, temperature } = SPECIALIST_FIELDS;

/** What may stand in the front matter of a specialist's file. */
const SpecialistMatter = z.strictObject({
  role: role.optional(),
  describes,
  // Where none is named, the best that a host has plays it.
  models: list.default([]),
  window: window.default(8192),
  temperature: temperature.default(0.3),
  // It reads, and answers what it is asked.
  tools: list.default(["read_file", "list_directory", "search_code", "answer"]),
  phases: list.default([]),
  mayAsk: list.default([]),
});

/** A specialist as its file says, or all that is wrong with it, each with file and line. */
export type ReadSpecialist =
  | { readonly specialist: OfferedSpecialist }
  | { readonly faults: readonly string[] };

/**
 * Reads a specialist that needs no code: Markdown with front matter that says who it is, and its prompt as the text.
 *
 * @param path absolute path of its file, whose name is its role where the front matter names none
 * @param content the whole file
 */
export function readSpecialist(path: string, content: string): ReadSpecialist {
  const wrong = (faults: readonly Found[]): ReadSpecialist => ({
    faults: faults.map(({ offset, text }) => `${placeIn(path, content, offset)}: ${text}`),
  });
  const matter = frontMatterOf(content);
  if (matter === null) {
    const text =
      'A specialist begins with front matter: a line "---", "describes: …" and again "---". Its prompt follows.';
    return wrong([{ offset: 0, text }]);
  }
  const read = fieldsOf(matter);
  if ("faults" in read) return wrong(read.faults);
  const fromFile = basename(path, ".md").toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  const { role = fromFile, ...fields } = read.fields;
  if (!SPECIALIST_FIELDS.role.safeParse(role).success) {
    const text =
      `The file's name gives no role: "${role}" does not begin with a letter. Write "role: …" in the front matter.`;
    return wrong([{ offset: 0, text }]);
  }
  return { specialist: { ...fields, role, prompt: basename(path), ownPrompt: { path, content } } };
}

/**
 * Says where a member of a specialist stands in its file.
 *
 * @param prompt the file
 * @param member such as `tools`
 * @returns `file:line`; the file's first line where it is left out
 */
export function placeOfMember({ path, content }: OfferedPrompt, member: string): string {
  const { text, start } = frontMatterOf(content) ?? { text: "", start: 0 };
  const line = text.split("\n").findIndex((one) => one.split(":")[0]?.trim() === member);
  return line < 0 ? `${path}:1` : `${path}:${content.slice(0, start).split("\n").length + line}`;
}

/** The fields of a front matter, or what is wrong with them. */
function fieldsOf(
  { text, start }: Matter,
): { readonly fields: z.infer<typeof SpecialistMatter> } | { readonly faults: readonly Found[] } {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      faults: document.errors.map(({ pos, message }) => ({
        offset: start + pos[0],
        text: `The front matter is no YAML: ${message}`,
      })),
    };
  }
  const read = SpecialistMatter.safeParse(document.toJS() ?? {}, { error: schemaWords, reportInput: true });
  if (read.success) return { fields: read.data };
  const at = (path: readonly PropertyKey[]) => start + offsetOf(document.contents, path[0]);
  return {
    faults: read.error.issues.flatMap((issue): Found[] => {
      const name = issue.path.map(String).join(".");
      if (issue.code === "unrecognized_keys") {
        const known = knownKeys(SpecialistMatter, []).join(", ");
        return issue.keys.map((key) => ({ offset: at([key]), text: `There is no "${key}" here; wanted: ${known}.` }));
      }
      if (name === "") return [{ offset: start, text: 'The front matter must hold "describes: …".' }];
      if (issue.input === undefined) return [{ offset: start, text: `"${name}" is missing; it ${issue.message}.` }];
      const found = JSON.stringify(issue.input)?.slice(0, 80);
      return [{ offset: at(issue.path), text: `"${name}" ${issue.message}; found ${found}.` }];
    }),
  };
}

/** Where a key stands in the front matter; its beginning where it does not. */
function offsetOf(contents: unknown, wanted: PropertyKey | undefined): number {
  if (!isMap(contents)) return 0;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === wanted);
  return isScalar(pair?.key) ? pair.key.range?.[0] ?? 0 : 0;
}
