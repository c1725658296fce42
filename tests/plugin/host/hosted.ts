import { BUILT_IN_HOSTS } from "../../../src/fleet/host_kinds.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import type { ToolContext, ToolResult } from "../../../src/ports/tool.ts";
import type { Timer } from "../../../src/ports/timer.ts";
import type { Grants } from "../../../src/plugin/host/grants.ts";
import { hostedPlugins } from "../../../src/plugin/host/hosted_plugins.ts";
import type { Offer, Origin } from "../../../src/plugin/offer.ts";
import { HANGING_MS } from "../../fakes/hanging.ts";
import { withWorkspace } from "../../fakes/plain_workspace.ts";
import { inTemporaryFolder, writeFiles } from "../../run/fixtures/temporary_folder.ts";

/** Plugins in processes of their own, in a folder of a test. */
export interface Hosted {
  readonly folder: string;
  /** Real path of the project that their tools work in. */
  readonly project: string;
  readonly grants: Grants;
  /** Opens a plugin by the name of its file, as at another start of the program where `anew`. */
  open(
    file: string,
    how?: { readonly anew?: boolean; readonly origin?: Origin; readonly version?: string },
  ): Promise<Offer>;
  /** Calls a tool with arguments that fit. */
  call(offer: Offer, tool: string, input: Record<string, unknown>, context?: Partial<ToolContext>): Promise<ToolResult>;
  /** Process ids and command lines of the processes of these plugins that are alive. */
  processes(): Promise<readonly string[]>;
  /** Waits until so many are alive; gives those. */
  alive(count: number): Promise<readonly string[]>;
  /** Waits until none is alive; gives those that stay. */
  left(): Promise<readonly string[]>;
}

/** What plugins are opened with. */
export interface HostedStart {
  readonly timer?: Timer;
  /** Files of the project, relative to it. */
  readonly project?: Readonly<Record<string, string>>;
}

/** Gives a test plugins as files, relative to a folder in which `plugins/` is the plugin folder, and closes what it opened. */
export function withHosted(
  files: Readonly<Record<string, string>>,
  test: (hosted: Hosted) => Promise<void>,
  start: HostedStart = {},
): Promise<void> {
  return inTemporaryFolder((folder) =>
    withWorkspace(start.project ?? {}, async (workspace) => {
      writeFiles(folder, files);
      const offers: Offer[] = [];
      const options = {
        ...{
          state: `${folder}/state`,
          home: folder,
          project: workspace.root,
          protects: [`${folder}/guarded`],
          program: "test",
          kinds: BUILT_IN_HOSTS,
        },
        timer: start.timer,
      };
      let plugins = hostedPlugins(options);
      const processes = () => processesOf(`${folder}/state`);
      try {
        await test({
          folder,
          project: workspace.root,
          grants: plugins.grants,
          open: async (file, { anew = false, origin = "user", version = "" } = {}) => {
            if (anew) plugins = hostedPlugins(options);
            const path = `${origin === "project" ? workspace.root : folder}/plugins/${file}`;
            const offer = await plugins.open({ path, origin, version }, {});
            offers.push(offer);
            return offer;
          },
          call(offer, name, input, context = {}) {
            const tool = offer.tools.find(({ declaration }) => declaration.name === name);
            const checked = tool?.validate(input);
            if (checked === undefined || "faults" in checked) throw new Error(`${name}: ${checked?.faults.join(" ")}`);
            return tool!.run(checked.value, {
              workspace,
              languages: LANGUAGES,
              settings: {},
              signal: new AbortController().signal,
              report: () => {},
              ...context,
            });
          },
          processes,
          alive: (count) => whenAlive(`${folder}/state`, count),
          left: () => whenAlive(`${folder}/state`, 0),
        });
      } finally {
        await Promise.all(offers.map((offer) => offer.close?.()));
      }
    })
  );
}

/** Process ids and command lines of the processes that were started for plugins whose copies lie in a state folder. */
export async function processesOf(state: string): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["axww", "-o", "stat=,pid=,args="], stdin: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(`--allow-read=${state}`) && !line.startsWith("Z"))
    // Whether it is at work or waits this moment makes no other process of it.
    .map((line) => line.slice(line.indexOf(" ")).trim());
}

/** Waits until so many of these are alive, for as long as a test may hang; gives those that are then. */
export async function whenAlive(state: string, count: number): Promise<readonly string[]> {
  const until = Date.now() + HANGING_MS;
  let alive = await processesOf(state);
  while (alive.length !== count && Date.now() < until) alive = await processesOf(state);
  return alive;
}

/** A plugin of one file with tools, each by its name, its access and the body of its `run`. */
export function pluginOf(
  name: string,
  tools: Readonly<Record<string, string>>,
  more: { readonly top?: string; readonly access?: string; readonly permissions?: string; readonly slots?: string } =
    {},
): string {
  const { top = "", access = "reads", permissions = "{}", slots = "" } = more;
  const written = Object.entries(tools).map(([tool, body]) =>
    `{
    name: "${tool}", describes: "Does it.", input: z.object({ text: z.string() }).loose(), access: "${access}",
    permissions: ${permissions},
    async run(input: { text: string }, { workspace, signal, report, languages }) { ${body} },
  }`
  );
  return `import { z } from "zod";
import { definePlugin, FileChanged, ToolError } from "autonomy";
${top}
export default definePlugin({ name: "${name}", tools: [${written.join(",")}], ${slots} } as never);
`;
}
