import { isFurtherSeat } from "../../src/features/seats/seat.ts";
import { fileURLToPath } from "node:url";
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type Outcome, OutcomeFact } from "../../src/features/turns/outcome.ts";
import { allDecisions } from "../../src/features/decisions/kinds.ts";
import { PLACEHOLDERS } from "../../src/prompt/prompt.ts";
import { readPrompts } from "../../src/run/read_prompts.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, loaded } from "./call_tool.ts";

const prompts = Object.fromEntries(
  ["arbiter.md", "coding.md", "reasoning.md", "analysis.md", "interpreter.md"].map((
    name,
  ) => [name, { name, text: "", placeholders: [] }]),
);

Deno.test("the built-in plugins load and fit together", () => {
  deepEqual(loaded.failures, []);
  const { registry, faults } = buildRegistry({ offers: loaded.offers, prompts });
  deepEqual(faults, []);
  deepEqual(Object.keys(registry.roles).filter((role) => !isFurtherSeat(role)), [
    "arbiter",
    "coding",
    "reasoning",
    "analysis",
    "interpreter",
  ]);
  const { coding, interpreter } = registry.roles;
  deepEqual([coding?.models[0], coding?.window, coding?.temperature], ["qwen2.5-coder:32b@strong", 16384, 0.3]);
  deepEqual([interpreter?.models[0], interpreter?.window, interpreter?.temperature], ["functiongemma@fast", 8192, 0.1]);
});

Deno.test("every built-in tool has a required argument, a short description and no noise in its schema", () => {
  const { registry } = buildRegistry({ offers: loaded.offers, prompts });
  const names = Object.keys(registry.tools);
  equal(names.length, 20);
  for (const { declaration } of Object.values(registry.tools)) {
    ok(Array.isArray(declaration.parameters.required) && declaration.parameters.required.length > 0, declaration.name);
    ok(declaration.describes.length <= 140, declaration.name);
    const text = JSON.stringify(declaration.parameters);
    ok(!text.includes("$schema") && !text.includes("9007199254740991"), text);
  }
  deepEqual(
    Object.values(registry.tools).flatMap(({ declaration: { name, asText } }) =>
      asText === undefined ? [] : [`${name}.${asText}`]
    ),
    [
      "create_file.content",
      "rewrite_file.content",
      "rewrite_function.content",
      "add_function.content",
      "edit_file.new_text",
      "rewrite_lines.content",
    ],
  );
});

Deno.test("the prompts that come with Autonomy name calls as examples, but none that would be a verdict", async () => {
  const { registry } = buildRegistry({ offers: loaded.offers, prompts });
  const read = await readPrompts({
    folders: [fileURLToPath(new URL("../../prompts", import.meta.url))],
    placeholders: PLACEHOLDERS,
    tools: [...Object.keys(registry.tools), ...allDecisions(registry).map(({ name }) => name)],
  });
  const named = Object.entries(read).flatMap(([file, { examples }]) =>
    examples === undefined ? [] : [[file, examples]]
  );
  deepEqual(Object.fromEntries(named), {
    "arbiter.md": ["continue_current_phase"],
    "consult.md": ["answer"],
    "plan.md": ["create_task_plan"],
    "reply.md": ["answer"],
    "work.md": ["add_function", "rewrite_function", "rewrite_file", "edit_file", "create_file"],
  });
});

Deno.test("each concluding tool gives an outcome that facts can hold", () =>
  withWorkspace({}, async (workspace) => {
    const calls: [string, Record<string, unknown>, Outcome][] = [
      [
        "create_task_plan",
        {
          tasks: [{ description: "Add it", target_file: "a.py" }, {
            description: "Use it",
            target_file: "b.py",
            after: [1],
          }],
        },
        {
          kind: "planned",
          tasks: [{ description: "Add it", target: "a.py" }, { description: "Use it", target: "b.py", after: [1] }],
        },
      ],
      ["report_issue", { description: "It adds", severity: "high" }, {
        kind: "issue_reported",
        description: "It adds",
        severity: "high",
      }],
      ["approve_code", { notes: "Read it" }, { kind: "approved", notes: "Read it" }],
      ["send_message", { to: "coding", text: "Hello" }, { kind: "message_sent", to: "coding", text: "Hello" }],
      ["ask_specialist", { role: "analysis", question: "Where?" }, {
        kind: "specialist_asked",
        role: "analysis",
        question: "Where?",
      }],
      ["answer", { text: "There" }, { kind: "answered", text: "There" }],
      ["finish_task", { summary: "Done" }, { kind: "task_finished", summary: "Done" }],
    ];
    for (const [name, args, outcome] of calls) {
      const result = await callTool(name, args, workspace);
      deepEqual(OutcomeFact.parse(result.outcome), outcome);
      match(result.text, /\w/);
    }
  }));

Deno.test("a concluding tool refuses empty words, and a severity that does not exist, in sentences a model can act on", () =>
  withWorkspace({}, async (workspace) => {
    await rejects(callTool("approve_code", { notes: "  " }, workspace), /"notes" is wrong: must not be empty/);
    await rejects(callTool("finish_task", {}, workspace), /"summary" is missing \(string: What was changed/);
    const urgent = callTool("report_issue", { description: "It adds", severity: "urgent" }, workspace);
    await rejects(urgent, /"severity" must be one of "low", "medium", "high", but is "urgent"\./);
    await rejects(callTool("create_task_plan", { tasks: [] }, workspace), /"tasks"/);
    await rejects(
      callTool("create_task_plan", { tasks: [{ description: "x" }] }, workspace),
      /"tasks\[0\]\.target_file" is missing/,
    );
  }));
