/**
 * The door for plugins: the only module of the application that a plugin imports. A plugin is a plain value that says what it adds: specialists, tools,
 * kinds of hosts, rules, panes, commands, MCP servers, settings. Each example is a whole module; shorter ones lie in `plugins/examples/`.
 *
 * @example A tool: what it needs is in its schema, which models read, and in what it is given
 * ```ts
 * import { z } from "zod";
 * import { definePlugin, defineTool, ToolError } from "autonomy";
 *
 * export default definePlugin({
 *   name: "word_count",
 *   tools: [defineTool({
 *     name: "count_words",
 *     describes: "Counts the words of a text file.",
 *     input: z.object({ path: z.string().describe("File, relative to the project.") }),
 *     access: "reads",
 *     async run({ path }, { workspace, report }) {
 *       report(`reading ${path}`);
 *       const { text } = await workspace.read(path);
 *       const words = text.split(/\s+/).filter(Boolean).length;
 *       if (words === 0) throw new ToolError(`${path} is empty. Count another file.`);
 *       return `${words} words`;
 *     },
 *   })],
 *   selfTest(tools) {
 *     if (!tools.has("count_words")) throw new Error("count_words is missing");
 *   },
 * });
 * ```
 *
 * @example A tool that needs more than the project: it says what, and is granted that and nothing else
 * ```ts
 * import { z } from "zod";
 * import { definePlugin, defineTool } from "autonomy";
 *
 * export default definePlugin({
 *   name: "weather",
 *   tools: [defineTool({
 *     name: "weather",
 *     describes: "Says how the weather is in a town.",
 *     input: z.object({ town: z.string().describe("Name of the town.") }),
 *     access: "reads",
 *     permissions: { net: ["wttr.in"] },
 *     run: async ({ town }, { signal }) =>
 *       await (await fetch(`https://wttr.in/${encodeURIComponent(town)}?format=3`, { signal })).text(),
 *   })],
 * });
 * ```
 *
 * @example A model as a tool: any model on any host, or that of a role; with `answers` its answer has fields
 * ```ts
 * import { z } from "zod";
 * import { definePlugin, modelTool } from "autonomy";
 *
 * export default definePlugin({
 *   name: "rephrase",
 *   tools: [modelTool({
 *     name: "rephrase",
 *     describes: "Says a text in other words.",
 *     model: "qwen2.5:14b@fast", // or { role: "analysis" }
 *     input: z.object({ text: z.string(), tone: z.string().describe("Such as plain.") }),
 *     prompt: "Say this in a {{tone}} tone:\n\n{{text}}",
 *     answers: z.object({ text: z.string(), doubtful: z.array(z.string()) }),
 *   })],
 * });
 * ```
 *
 * @example A specialist: it has exactly the tools that it names, acts in the phases that it names, and answers consults in fields
 * ```ts
 * import { z } from "zod";
 * import { definePlugin } from "autonomy";
 *
 * export default definePlugin({
 *   name: "auditor",
 *   specialists: [{
 *     role: "auditor",
 *     describes: "Finds security faults: injection, secrets, unsafe paths.",
 *     models: ["qwen2.5:14b", "qwen2.5-coder:7b"],
 *     window: 8192,
 *     temperature: 0.2,
 *     prompt: "analysis.md", // beside this module, or in a folder of prompts
 *     tools: ["read_file", "search_code", "answer"],
 *     phases: [],
 *     mayAsk: ["coding"],
 *     answers: z.object({
 *       faults: z.array(z.object({ path: z.string(), line: z.int(), what: z.string() })),
 *       sure: z.boolean(),
 *     }),
 *   }],
 * });
 * ```
 *
 * @example A rule: pure, asked before each effect opens; the strictest verdict holds
 * ```ts
 * import { definePlugin } from "autonomy";
 *
 * export default definePlugin({
 *   name: "careful",
 *   rules: [(state, effect) => {
 *     if (effect.kind !== "tool" || effect.access !== "writes") return null;
 *     const path = String(effect.call?.arguments.path);
 *     if (path.startsWith("migrations/")) return { verdict: "refuse", reason: "Migrations are written by hand." };
 *     return state.phase === "qa" ? { verdict: "confirm", question: `May ${path} change during the review?` } : null;
 *   }],
 * });
 * ```
 *
 * @example A pane: rows of text out of what is so in the run
 * ```ts
 * import { definePlugin } from "autonomy";
 *
 * export default definePlugin({
 *   name: "progress",
 *   panes: [{
 *     id: "progress",
 *     title: "progress",
 *     lines({ tasks, threads }, { width }) {
 *       const done = tasks.filter(({ status }) => status === "done").length;
 *       const speeds = threads.map(({ role, tokensPerSecond }) => `${role}: ${tokensPerSecond?.toFixed(1) ?? "?"} tokens/s`);
 *       return [`${done} of ${tasks.length} tasks`, ...speeds].map((line) => line.slice(0, width));
 *     },
 *   }],
 * });
 * ```
 *
 * @example A command of the input line: `/focus src/a.ts` says something to a specialist and lets the rest wait
 * ```ts
 * import { definePlugin } from "autonomy";
 *
 * export default definePlugin({
 *   name: "focus",
 *   commands: [{
 *     name: "focus",
 *     help: "work on one file first: /focus src/a.ts",
 *     run(path, { tasks }) {
 *       const others = tasks.filter(({ target, status }) => status === "ready" && target !== path);
 *       return [
 *         { kind: "say", to: "coding", text: `${path} comes first.` },
 *         ...others.map(({ id }) => ({ kind: "park" as const, task: id })),
 *       ];
 *     },
 *   }],
 * });
 * ```
 *
 * @example An MCP server: a specialist has its tools by its name
 * ```ts
 * import { definePlugin } from "autonomy";
 *
 * export default definePlugin({
 *   name: "tickets",
 *   mcp: { tickets: { command: "npx -y tickets-mcp", env_variables: ["TICKETS_TOKEN"], free: ["find_ticket"] } },
 *   specialists: [{
 *     role: "tickets",
 *     describes: "Knows what people reported, and says what they meant.",
 *     models: ["qwen2.5:14b"],
 *     window: 8192,
 *     temperature: 0.2,
 *     prompt: "analysis.md",
 *     tools: ["mcp:tickets", "read_file", "answer"],
 *     phases: [],
 *   }],
 * });
 * ```
 *
 * @example Settings: the plugin's own part of the configuration
 * ```ts
 * import { z } from "zod";
 * import { definePlugin } from "autonomy";
 *
 * export default definePlugin({
 *   name: "house_style",
 *   settings: z.object({ longest_line: z.int().min(40).default(100).describe("Characters of a line.") }),
 * });
 * ```
 *
 * @example A kind of host: `"hosts": { "lab": { "url": "http://lab:9000", "kind": "plain" } }` in the configuration is asked by it
 * ```ts
 * import { definePlugin, HostFailure } from "autonomy";
 *
 * export default definePlugin({
 *   name: "plain_host",
 *   hosts: [{
 *     kind: "plain",
 *     async survey({ url, headers }, signal) {
 *       const response = await fetch(`${url}/models`, { headers, signal });
 *       const names: string[] = await response.json();
 *       return { models: names.map((name) => ({ name })) };
 *     },
 *     async chat({ url, headers }, { model, messages, schema, answerLimit }, { signal, tell }) {
 *       const body = JSON.stringify({ model, messages, schema, answerLimit });
 *       const response = await fetch(`${url}/chat`, { method: "POST", headers, body, signal });
 *       if (!response.ok || response.body === null) throw new HostFailure("busy", `It answered ${response.status}.`);
 *       let text = "";
 *       for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
 *         tell({ text: piece });
 *         text += piece;
 *       }
 *       return { text };
 *     },
 *   }],
 * });
 * ```
 * @module
 */
export { FileChanged, ToolError } from "../ports/tool.ts";
export { HostFailure } from "../ports/model_host.ts";
export { FAILURE_CLASSES, type FailureClass } from "../kernel/failure.ts";
export { type BodyPlace, bodyPlace, definitionsIn, replaceableDefinitions } from "../languages/definitions.ts";
export { type Container, containersIn } from "../languages/containers.ts";
export { importStatements, placeForImports, withoutIdleImports } from "../languages/imports.ts";
export { withImportsFor, withImportsInOrder } from "../languages/standard_imports.ts";
export { calledUnknown, withProjectImports } from "../languages/project_imports.ts";
export type { ProjectFile, TakingPlace } from "../languages/taking_place.ts";
export { importsByName, type StandardNames } from "../languages/standard_names.ts";
export { withNamesApart } from "../languages/names_apart.ts";
export { listParts } from "../languages/list_parts.ts";
export { areQuoted } from "../languages/quoted_lines.ts";
export type { Writing } from "../languages/code_lines.ts";
export { headAtMargin, type MarginStatement, marginStatements } from "../languages/margin_statements.ts";
export { type Needed, neededBeside } from "../languages/needed_beside.ts";
export { type CodePiece, codePieces } from "../languages/code_pieces.ts";
export type { Rename } from "../languages/renamed.ts";
export { type AllRenamed, type NamingFile, renameAll } from "../languages/rename_all.ts";
export type { Quote } from "../languages/quotes.ts";
export { type LikeFile, withImportsLike } from "../languages/imports_like.ts";
export { isTestPath } from "../languages/test_path.ts";
export { isSecretPath } from "../languages/secret_path.ts";
export { languagesOf } from "../languages/languages_of.ts";
export type { Caches, Definition, Imports, Language, Languages, Part, Standards } from "../languages/language.ts";
export type { NewProject, SetupCommand, SetupWay } from "../languages/new_project.ts";
export { failureOf, readCases, type TestCase, type TestPlace } from "../languages/test_cases.ts";
export type { ProjectCommands, ProjectPrograms } from "../languages/project_commands.ts";
export type { Wording } from "../sentences/say.ts";
export type {
  Beside,
  CaseResult,
  Check,
  ConfiguredCheck,
  Found,
  PassedOver,
  ProjectView,
  Reading,
  Report,
  Reporting,
  Runner,
} from "../languages/runner.ts";
export { elides } from "../mediate/elides.ts";
export { type KnownText, type MeantText, textAsMeant } from "../mediate/text_as_meant.ts";
export { type Fenced, outOfFence } from "../mediate/whole_fence.ts";
export { withoutLineNumbers } from "../mediate/without_line_numbers.ts";
export { wordsOf } from "../features/words_of.ts";
export { linearEngine } from "./linear_engine.ts";
export { defineTool } from "./tool.ts";
export { type ModelTool, modelTool } from "./model_tool.ts";
export { definePlugin } from "./plugin.ts";
export type { ToolContext, ToolResult } from "../ports/tool.ts";
export type { Outcome as ToolOutcome, ProposedTask as ToolTask } from "../features/turns/outcome.ts";
export type { NamedServer } from "./named_server.ts";
export type { ModelAsk, ObjectSchema, Permissions, Tool } from "./tool.ts";
export type { Command, Pane, PaneSize, Plugin, Specialist } from "./plugin.ts";
export type { ChatContext, HostContents, HostReply, PluginHost } from "./plugin_host.ts";
export type { HostServer } from "../ports/offered_host.ts";
export type {
  CallView,
  CommandIntent,
  EffectView,
  MessageView,
  PluginRule,
  PluginView,
  RunView,
  TaskView,
  ThreadView,
} from "./view.ts";
export type { Verdict } from "../kernel/rule.ts";
export type {
  CheckReport,
  CheckResult,
  CommandResult,
  Entry,
  Expects,
  FilesBelow,
  FileText,
  Workspace,
} from "../ports/workspace.ts";
export type {
  ChatBounds,
  ChatMessage,
  ChatPiece,
  ChatReply,
  ChatRequest,
  HostLoad,
  HostModel,
  HostSurvey,
  ModelAbilities,
  ResidentModel,
} from "../ports/model_host.ts";
export type { DeliveredCall, JsonSchema, ToolAccess, ToolDeclaration } from "../kernel/call.ts";
export type { ToolTraits } from "../kernel/tool_traits.ts";
