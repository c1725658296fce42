import { LANGUAGES } from "../../src/languages/languages.ts";
import type { RegisteredTool } from "../../src/features/registered_tool.ts";
import { type Bounds, DEFAULT_BOUNDS } from "../../src/features/bounds.ts";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import type { ToolTraits } from "../../src/kernel/tool_traits.ts";
import { roleOfSeat } from "../../src/features/seats/seat.ts";
import { withSeats } from "../../src/features/seats/with_seats.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { type Registry, type Role, type Rule } from "../../src/features/registry.ts";
import { commandRule, forcedRule } from "../../src/features/command_rule.ts";
import { protectionRule } from "../../src/features/protection/protection_rule.ts";
import { documentRule, leaseRule } from "../../src/features/rules.ts";

type Access = Registry["tools"][string]["access"];

/** A tool as the core knows it; all its arguments are strings. */
function tool(
  name: string,
  access: Access,
  required: readonly string[],
  asText?: string,
  traits?: ToolTraits,
): RegisteredTool {
  const all = asText === undefined ? required : [...required, asText];
  const declaration: ToolDeclaration = {
    name,
    describes: `Does ${name}.`,
    parameters: {
      type: "object",
      properties: Object.fromEntries(all.map((one) => [one, { type: "string" }])),
      required: all,
    },
    ...(asText === undefined ? {} : { asText }),
  };
  return traits === undefined ? { declaration, access } : { declaration, access, traits };
}

const TOOLS: Registry["tools"] = {
  list_directory: tool("list_directory", "reads", ["path"], undefined, { looksFor: "names" }),
  read_file: tool("read_file", "reads", ["path"]),
  search_code: tool("search_code", "reads", ["pattern"], undefined, { looksFor: "texts" }),
  create_file: tool("create_file", "writes", ["path"], "content", { edits: "new" }),
  rewrite_file: tool("rewrite_file", "writes", ["path"], "content", { edits: "file" }),
  edit_file: tool("edit_file", "writes", ["path", "old_text"], "new_text", { edits: "piece" }),
  run_command: tool("run_command", "runs", ["command"]),
  run_checks: tool("run_checks", "runs", ["reason"], undefined, { checks: true }),
  create_task_plan: tool("create_task_plan", "concludes", ["tasks"], undefined, { closes: ["plan"] }),
  report_issue: tool("report_issue", "concludes", ["description"], undefined, { closes: ["review"] }),
  approve_code: tool("approve_code", "concludes", ["notes"], undefined, { closes: ["review"], approves: true }),
  send_message: tool("send_message", "concludes", ["to", "text"], undefined, { talks: 4 }),
  ask_specialist: tool("ask_specialist", "concludes", ["role", "question"], undefined, { talks: 2, awaits: true }),
  answer: tool("answer", "concludes", ["text"], undefined, { closes: ["consult", "reply"] }),
  finish_task: tool("finish_task", "concludes", ["summary"], undefined, { closes: ["work", "document"] }),
};

const READS = ["read_file", "list_directory", "search_code"];
const WRITES = ["rewrite_file", "edit_file", "create_file"];
const TALKS = ["send_message", "ask_specialist", "answer", "finish_task"];

function role(name: string, more: Partial<Role>): Role {
  return {
    role: name,
    describes: `Plays ${name}.`,
    models: [`${name}-model`],
    window: 8192,
    temperature: 0.3,
    prompt: `${name}.md`,
    tools: [],
    phases: [],
    mayAsk: [],
    ...more,
  };
}

/** A crew like the built-in one: an arbiter and four specialists. */
export function crew(
  bounds: Partial<Bounds> = {},
  rules: readonly Rule[] = [
    leaseRule,
    protectionRule(LANGUAGES, {}),
    documentRule,
    forcedRule,
    commandRule({ exact: [["npm", "test"]], beginnings: [] }),
  ],
): Registry {
  const base = {
    ...BUILT_IN,
    roles: {
      arbiter: role("arbiter", {}),
      coding: role("coding", {
        window: 16384,
        tools: [...READS, ...WRITES, "run_command", "run_checks", ...TALKS],
        phases: ["coding", "debugging"],
        mayAsk: ["reasoning", "analysis"],
      }),
      reasoning: role("reasoning", {
        window: 16384,
        tools: [...READS, "run_checks", "create_task_plan", "report_issue", "approve_code", ...TALKS],
        phases: ["planning", "qa"],
        mayAsk: ["coding", "analysis"],
      }),
      analysis: role("analysis", {
        tools: [...READS, ...WRITES, ...TALKS],
        phases: ["documentation", "coding", "debugging"],
        mayAsk: ["coding", "reasoning"],
      }),
      interpreter: role("interpreter", { tools: ["answer"] }),
    },
    tools: TOOLS,
    rules,
    prompts: Object.fromEntries(
      ["arbiter", "coding", "reasoning", "analysis", "interpreter"].map((name) => [
        `${name}.md`,
        { name: `${name}.md`, text: `You are the ${name} specialist. The goal is {{goal}}.`, placeholders: ["goal"] },
      ]),
    ),
    bounds: { ...DEFAULT_BOUNDS, ...bounds },
    roleLimits: {},
  };
  return { ...base, roles: withSeats(base) };
}

/** The same crew with models so large that they decide all by themselves. */
export function largeCrew(bounds: Partial<Bounds> = {}): Registry {
  const { roles, ...rest } = crew(bounds);
  const models = (name: string) => [`${roleOfSeat(name)}-model:32b`];
  return {
    ...rest,
    roles: Object.fromEntries(Object.entries(roles).map(([name, one]) => [name, { ...one, models: models(name) }])),
  };
}

/** A crew whose windows hold no more than some tokens. */
export function narrowed(registry: Registry, window: number | null): Registry {
  if (window === null) return registry;
  const roles = Object.values(registry.roles).map((
    role,
  ) => [role.role, { ...role, window: Math.min(role.window, window) }]);
  return { ...registry, roles: Object.fromEntries(roles) };
}
