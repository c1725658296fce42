import { join } from "node:path";
import { z } from "zod";
import type { ToolDeclaration } from "../../src/kernel/call.ts";

const Tool = z.object({
  function: z.object({
    name: z.string(),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
  }),
});

const RealRow = z.object({
  id: z.string(),
  model: z.string().nullish(),
  format_family: z.string(),
  raw: z.string(),
  tools: z.array(Tool).nullable(),
  expected: z.array(z.object({
    name: z.string().nullable(),
    arguments: z.record(z.string(), z.unknown()).nullable(),
    arguments_text: z.string().optional(),
  })).nullable(),
  category: z.string(),
  traits: z.array(z.string()),
});

const BfclRow = z.object({
  id: z.string(),
  model: z.string(),
  raw: z.string(),
  tools: z.array(z.object({
    function: z.object({
      name: z.string(),
      description: z.string().optional(),
      parameters: z.record(z.string(), z.unknown()).optional(),
    }),
  })),
  possible_answer: z.array(z.object({
    name: z.string(),
    arguments: z.record(z.string(), z.array(z.unknown())),
  })).nullable(),
  bfcl_valid: z.boolean().nullable(),
  dot_as_underscore: z.boolean().optional(),
  sample: z.string(),
  mode: z.string(),
  category: z.string(),
});

/** A text with the calls that it holds. */
export type RealRow = z.infer<typeof RealRow>;
/** A model's answer to a question of the Berkeley Function Calling Leaderboard. */
export type BfclRow = z.infer<typeof BfclRow>;

/** What a folder holds to be scored; a file that is not there is null. */
export interface Corpus {
  readonly realCalls: readonly RealRow[] | null;
  readonly bfcl: readonly BfclRow[] | null;
}

/**
 * Reads `real_calls.jsonl` and `bfcl_raw.jsonl` of a folder, whichever are there.
 * @param folder path of the folder
 * @returns the rows of each
 * @throws Error where the folder or both files are missing, or a line is no such row
 */
export function readCorpus(folder: string): Corpus {
  let names: Set<string>;
  try {
    names = new Set([...Deno.readDirSync(folder)].map(({ name }) => name));
  } catch (cause) {
    throw new Error(`The folder of the corpus, ${folder}, cannot be read. Give one that exists with --corpus.`, {
      cause,
    });
  }
  const corpus = {
    realCalls: names.has("real_calls.jsonl") ? readRows(join(folder, "real_calls.jsonl"), RealRow) : null,
    bfcl: names.has("bfcl_raw.jsonl") ? readRows(join(folder, "bfcl_raw.jsonl"), BfclRow) : null,
  };
  if (corpus.realCalls === null && corpus.bfcl === null) {
    throw new Error(
      `${folder} holds neither real_calls.jsonl nor bfcl_raw.jsonl (${names.size} other files). Give the corpus's folder with --corpus.`,
    );
  }
  return corpus;
}

function readRows<Row>(path: string, schema: z.ZodType<Row>): readonly Row[] {
  return Deno.readTextFileSync(path).split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (cause) {
      const what = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
      throw new Error(`Line ${index + 1} of ${path} is no row of the corpus: ${what}`, { cause });
    }
  });
}

/**
 * Turns tools as they travel into declarations.
 * @param tools tools of a row, null where the row has none
 * @returns declarations in the same order
 */
export function declarationsOf(tools: RealRow["tools"] | BfclRow["tools"]): readonly ToolDeclaration[] {
  return (tools ?? []).map(({ function: { name, description, parameters } }) => ({
    name,
    describes: description ?? "",
    parameters: parameters ?? { type: "object", properties: {} },
  }));
}
