import type { CategoryScore, ModelScore, Scores } from "./score_calls.ts";
import { READERS } from "./score_real_calls.ts";

/**
 * Writes scores as tables for a person.
 * @param scores what was scored
 * @returns lines of text
 */
export function reportCalls({ groups, categories, models }: Scores): string {
  const lines: string[] = [];
  const scored = categories.filter(({ readers }) => rowsOf(readers["unknown family"]) > 0);
  if (scored.length > 0) {
    lines.push(
      "Texts of real_calls.jsonl: right / wrong / missed / false calls, by what is known of the model",
      "",
      row("", READERS),
    );
    for (const group of groups) {
      const inner = scored.filter((category) => category.group === group.name);
      if (inner.length === 0) continue;
      lines.push(row(group.name, READERS.map((reader) => cell(group, reader, true))));
      for (const category of inner) {
        lines.push(row(`  ${category.name}`, READERS.map((reader) => cell(category, reader, false))));
      }
    }
    lines.push("", 'Rows "by hand" may rightly be read as calls; look at them with --rows.');
  }
  if (models.length > 0) {
    const total = sum(models);
    lines.push(
      "",
      "Answers of bfcl_raw.jsonl, drawn at random: right answers where a call is wanted and BFCL has a verdict, where a call is wanted, and where none is",
      "",
      modelRow("model", ["judged", "ours", "strict", "BFCL"], ["all", "ours", "strict"], [
        "no call",
        "ours",
        "strict",
        "BFCL",
      ]),
      ...models.map(modelLine),
      modelLine(total),
    );
  }
  return lines.join("\n");
}

type ReaderTally = CategoryScore["readers"]["strict"];

function rowsOf(tally: ReaderTally): number {
  return tally.right + tally.wrong + tally.missed + tally["false call"];
}

function cell({ readers }: CategoryScore, reader: (typeof READERS)[number], withShare: boolean): string {
  const tally = readers[reader];
  const all = rowsOf(tally);
  const counts = `${tally.right} / ${tally.wrong} / ${tally.missed} / ${tally["false call"]}`;
  return withShare && all > 0 ? `${counts} = ${((tally.right / all) * 100).toFixed(2)} %` : counts;
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(24)}${cells.map((text) => text.padEnd(32)).join("")}`.trimEnd();
}

function modelLine(score: ModelScore): string {
  return modelRow(
    score.model,
    [score.judged, score.ours, score.strict, score.bfcl],
    [score.rows, score.oursOfAll, score.strictOfAll],
    [score.irrelevant, score.oursIrrelevant, score.strictIrrelevant, score.bfclIrrelevant],
  );
}

function modelRow(name: string, ...groups: readonly (readonly (string | number)[])[]): string {
  const cells = groups.map((group) => group.map((value) => String(value).padStart(8)).join(""));
  return `${name.padEnd(42)}${cells.join("  |")}`;
}

function sum(models: readonly ModelScore[]): ModelScore {
  const add = (key: Exclude<keyof ModelScore, "model">) => models.reduce((total, score) => total + score[key], 0);
  return {
    model: "all",
    rows: add("rows"),
    judged: add("judged"),
    ours: add("ours"),
    strict: add("strict"),
    bfcl: add("bfcl"),
    irrelevant: add("irrelevant"),
    oursIrrelevant: add("oursIrrelevant"),
    strictIrrelevant: add("strictIrrelevant"),
    bfclIrrelevant: add("bfclIrrelevant"),
    oursOfAll: add("oursOfAll"),
    strictOfAll: add("strictOfAll"),
  };
}
