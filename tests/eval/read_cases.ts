import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The programs that each language of the cases needs, by the name under which a check starts them. */
export const RUNNERS = { python: "python3", javascript: "node", go: "go" } as const;

/** A language that cases are written in. */
export type CaseLanguage = keyof typeof RUNNERS;

const language = z.enum(["python", "javascript", "go"]);
const command = z.array(z.string().min(1)).min(2);

const bugSchema = z.strictObject({
  language,
  goal: z.string().min(1),
  check: command,
  files: z.array(z.string()).min(1),
  kind: z.string().min(1),
  size: z.enum(["function", "imported", "two places"]),
  failing: z.array(z.string()).min(1).max(3),
});

const wishSchema = z.strictObject({
  language,
  wish: z.string().min(1),
  check: command,
  hidden: command,
  kind: z.string().min(1),
});

/** A case: its name and its folder, an absolute path. */
interface Case {
  readonly name: string;
  readonly folder: string;
}

/** A project with one fault: what its `bug.json` says. `CASES.md` tells of each field. */
export type Bug = Case & z.infer<typeof bugSchema>;

/** A project of which somebody wants something: what its `wish.json` says. `CASES.md` tells of each field. */
export type Wish = Case & z.infer<typeof wishSchema>;

/**
 * Reads the bugs of `tests/eval/bugs`, by name.
 *
 * @throws {Error} when the `bug.json` of one says other things than it should
 */
export function readBugs(): readonly Bug[] {
  return readSet("bugs", "bug.json", bugSchema);
}

/**
 * Reads the wishes of `tests/eval/wishes`, by name.
 *
 * @throws {Error} when the `wish.json` of one says other things than it should
 */
export function readWishes(): readonly Wish[] {
  return readSet("wishes", "wish.json", wishSchema);
}

/** Says whether nobody can be asked to fulfil a wish: it has no right solution, only things that must stay as they are. */
export function isUnsolvable(wish: Pick<Wish, "kind">): boolean {
  return wish.kind === "impossible" || wish.kind === "vague";
}

function readSet<Said extends object>(set: string, file: string, schema: z.ZodType<Said>): (Case & Said)[] {
  const root = fileURLToPath(new URL(set, import.meta.url));
  const names = [...Deno.readDirSync(root)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  return names.map((name) => {
    const path = `${root}/${name}/${file}`;
    try {
      return { name, folder: `${root}/${name}`, ...schema.parse(JSON.parse(Deno.readTextFileSync(path))) };
    } catch (cause) {
      throw new Error(`${path} does not describe a case; tests/eval/CASES.md says what it holds`, { cause });
    }
  });
}
