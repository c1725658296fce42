import { fileURLToPath } from "node:url";
import { loadPlugins } from "../../src/plugin/load.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { ToolError, type Workspace } from "../../src/plugin/mod.ts";
import type { ToolResult } from "../../src/ports/tool.ts";

const builtIn = fileURLToPath(new URL("../../plugins", import.meta.url));

/** The built-in plugins, through the same door as any other. */
export const loaded = await loadPlugins([{ path: builtIn, origin: "built-in", trusted: true }]);

/** The built-in tools. */
export const { tools } = buildRegistry({ offers: loaded.offers, prompts: {} });

/** Calls a built-in tool as a run does: arguments are checked first. */
export async function callTool(
  name: string,
  args: Readonly<Record<string, unknown>>,
  workspace: Workspace,
  signal: AbortSignal = new AbortController().signal,
): Promise<ToolResult> {
  const tool = tools.get(name);
  if (tool === undefined) throw new Error(`There is no tool ${name}.`);
  const checked = tool.validate(args);
  if ("faults" in checked) throw new Error(checked.faults.join(" "));
  return await tool.run(checked.value, { workspace, languages: LANGUAGES, settings: {}, signal, report: () => {} });
}

/** What a tool says that refuses a call. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (cause) {
    if (cause instanceof ToolError) return cause.message;
    throw cause;
  }
  throw new Error("The call was not refused.");
}
