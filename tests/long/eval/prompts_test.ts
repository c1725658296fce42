import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copySample } from "../../../src/rehearsal/sample_project.ts";
import { tokenCounter } from "../../../src/effects/ask/count_tokens.ts";
import { measureRun } from "../../eval/measure_prompts.ts";
import { sampleProjects, writeProject } from "../../eval/sample_projects.ts";

const hasNode = spawnSync("npm", ["--version"]).status === 0;
const MOST = 0.32; // o200k counts code and JSON a little lower than Qwen's own tokenizer, which has the bound of 0.3

const places = [
  { name: "the rehearsal's sample", open: copySample },
  ...sampleProjects().map((project) => ({ name: `a ${project.name}`, open: () => writeProject(project) })),
];

for (const { name, open } of places) {
  Deno.test({
    name: `prompts hold every fact that models and checks need in less than a third of a static prompt: ${name}`,
    ignore: !hasNode,
    fn: async () => {
      const root = await open();
      try {
        const { ending, asks } = await measureRun(root);
        assert.match(ending, /^accepted/);
        assert.ok(asks.length > 25 && asks.filter((ask) => ask.role === "coding").length >= 8);
        for (const { key, sent, needed } of asks) {
          for (const fact of needed) assert.ok(sent.includes(fact), `the prompt of ${key} lacks: ${fact}`);
        }
        const coding = asks.filter((ask) => ask.purpose === "work").flatMap((ask) => ask.needed);
        assert.ok(coding.some((fact) => fact === "1h 30m"), "what was expected counts as needed");
        assert.ok(
          coding.some((fact) => fact.includes("assert.equal(formatDuration(5_400_000)")),
          "the failing test counts, too",
        );
        assert.ok(coding.some((fact) => fact.includes("Math.floor(milliseconds / size)")), "and the faulty line");
        const count = await tokenCounter();
        const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + count(text), 0);
        const share = sum(asks.map((ask) => ask.sent)) / sum(asks.map((ask) => ask.whole));
        assert.ok(share <= MOST, `${(share * 100).toFixed(1)} % of the static prompts`);
      } finally {
        await Deno.remove(root, { recursive: true });
      }
    },
  });
}
