/**
 * The door for plugins: the only module of the application that a plugin imports. A plugin is a plain value that says what it
 * adds: specialists, tools, kinds of hosts, rules, panes, commands.
 *
 * @example A tool in a file of its own
 * ```ts
 * import { z } from "zod";
 * import { definePlugin, defineTool } from "autonomy";
 *
 * export default definePlugin({
 *   name: "word_count",
 *   tools: [defineTool({
 *     name: "count_words",
 *     describes: "Counts the words of a text file.",
 *     input: z.object({ path: z.string().describe("File, relative to the project.") }),
 *     access: "reads",
 *     async run({ path }, { workspace }) {
 *       const { text } = await workspace.read(path);
 *       return `${text.split(/\s+/).filter(Boolean).length} words`;
 *     },
 *   })],
 * });
 * ```
 * @module
 */
export { FileChanged, ToolError } from "../ports/tool.ts";
export { type BodyPlace, bodyPlace, definitionsIn, replaceableDefinitions } from "../languages/definitions.ts";
export { importStatements, placeForImports } from "../languages/imports.ts";
export { isSecretPath } from "../languages/secret_path.ts";
export { languagesOf } from "../languages/languages.ts";
export type { Caches, Definition, Imports, Language, Languages, Part, Standards } from "../languages/language.ts";
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
export type { ProjectCommands, ProjectPrograms } from "../languages/project_commands.ts";
export { elides } from "../mediate/elides.ts";
export { wordsOf } from "../features/words_of.ts";
export { linearEngine } from "./linear_engine.ts";
export { defineTool } from "./tool.ts";
export { definePlugin } from "./plugin.ts";
export type { ToolContext, ToolResult } from "../ports/tool.ts";
export type { Outcome as ToolOutcome, ProposedTask as ToolTask } from "../features/turns/outcome.ts";
export type { ObjectSchema, Permissions, Tool } from "./tool.ts";
export type { Command, Pane, PaneSize, Plugin, Specialist } from "./plugin.ts";
export type { HostKey, HostKind } from "../ports/host_kind.ts";
export type { CallView, CommandIntent, EffectView, MessageView, PluginRule, RunView, TaskView } from "./view.ts";
export type { Verdict } from "../kernel/rule.ts";
export type {
  CheckReport,
  CheckResult,
  CommandResult,
  Entry,
  Expects,
  FileText,
  Workspace,
} from "../ports/workspace.ts";
export type {
  ChatBounds,
  ChatMessage,
  ChatPiece,
  ChatReply,
  ChatRequest,
  HostModel,
  HostSurvey,
  ModelAbilities,
  ModelHost,
  PullProgress,
  ResidentModel,
} from "../ports/model_host.ts";
export type { DeliveredCall, JsonSchema, ToolAccess, ToolDeclaration } from "../kernel/call.ts";
export type { ToolTraits } from "../kernel/tool_traits.ts";
