import { shellLine } from "../../features/words_of.ts";
import type { Plan } from "../../features/setup/slice.ts";
import { oneLine, sayTime } from "../../kernel/say.ts";
import { bound } from "../../kernel/text.ts";
import { ToolError } from "../../ports/tool.ts";
import type { CommandResult, RunWorkspace } from "../../ports/workspace.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { textOf } from "../stored_text.ts";
import { commandIn } from "./command_in.ts";
import { LaunchEffect, LaunchResult } from "./launch_effect.ts";

/** Bound of the program, ms: it may have to be built first. */
const LAUNCH_MS = 60_000;
/** Characters of what it said that the end of the run shows. */
const MOST_SHOWN = 600;
/** Documents that may name the command. */
const DOCUMENT = /^readme(?:\.\w+)?$/i;

/** Starts what was built in a new project, in a fresh copy: by the command that goal or project name, else alone. */
export const launch: EffectKind<LaunchEffect, LaunchResult> = {
  schema: LaunchEffect,
  result: LaunchResult,
  says: () => "starting what was built",
  tell: {
    started: ["key", "cause"],
    finished: ({ command, isNamed, why, code, output, ms }: LaunchResult) => (
      { command, named: isNamed, why, code, text: output.text, ms }
    ),
    lines: ({ command, why, code, shown }: LaunchResult) =>
      command.length === 0 ? [`not started: ${oneLine(why)}`] : [
        `tried ${shellLine(command)}: ${why === "" ? `exit code ${code}` : oneLine(why, 300)}${
          shown.trim() === "" ? "" : `: ${oneLine(shown.trim(), 200)}`
        }`,
      ],
    row: ({ command, why, code, ms }: LaunchResult) => ({
      section: "Started",
      cells: [oneLine(shellLine(command), 120), why === "" ? `exit code ${code}` : oneLine(why), sayTime(ms)],
    }),
    text: ({ command, why, code, output, ms }: LaunchResult, _opened, texts) =>
      `── ${shellLine(command)}: ${why === "" ? `exit code ${code}` : why}, in ${sayTime(ms)}\n${texts.whole(output)}`,
  },
  async perform(_effect, world, signal) {
    const { state, apart, blobs, now } = world;
    const began = now();
    const proof = state.workspaces.proof;
    const ran = apart !== null && proof?.holds === true
      ? await apart.fresh(
        { layer: new Map(), network: proof.network, signal },
        (copy) => started(world, copy, signal),
      )
      // In the project nobody could tell what it wrote from what a person saved meanwhile.
      : unstarted("no copy to start it in");
    signal.throwIfAborted();
    const { output, ...rest } = ran;
    return {
      kind: "launch",
      ...rest,
      shown: bound(output, MOST_SHOWN),
      output: textOf(output, blobs),
      ms: now() - began,
    };
  },
};

/** How the program ran. */
type Started = Pick<LaunchResult, "command" | "isNamed" | "why" | "code"> & { readonly output: string };

async function started({ state }: World, workspace: RunWorkspace, signal: AbortSignal): Promise<Started> {
  const { plan } = state.setup;
  if (plan === null || !await workspace.exists(plan.main)) {
    return unstarted(`there is no ${plan?.main ?? "program"}`);
  }
  const named = await commandNamed(state.run.info?.goal ?? "", workspace, plan);
  const command = named ?? plan.starts[0] ?? [];
  const ended = await workspace.run(command, { timeoutMs: LAUNCH_MS, signal }).catch((error) => {
    if (error instanceof ToolError) return error;
    throw error;
  });
  const own = { command: [...command], isNamed: named !== null };
  if (ended instanceof ToolError) {
    return { ...own, why: `could not be started: ${ended.message}`, code: null, output: "" };
  }
  return { ...own, why: whyOf(ended), code: ended.code, output: ended.output };
}

function unstarted(why: string): Started {
  return { command: [], isNamed: false, why, code: null, output: "" };
}

/** The command by which goal, program, or what describes it say that it is tried; null where none does. */
async function commandNamed(
  goal: string,
  workspace: RunWorkspace,
  { main, starts }: Plan,
): Promise<readonly string[] | null> {
  const read = (path: string) => workspace.read(path).then(({ text }) => text, () => "");
  const documents = (await workspace.list(".")).filter(({ path, kind }) => kind === "file" && DOCUMENT.test(path));
  const described = await Promise.all(documents.map(({ path }) => read(path)));
  return commandIn(goal, starts, "goal") ?? commandIn(await read(main), starts, "source") ??
    described.map((text) => commandIn(text, starts, "document")).find((command) => command !== null) ?? null;
}

function whyOf({ timedOut, signal, code }: CommandResult): string {
  // A server, or a program that waits for more, has no end of its own: that nobody saw it end is said, and holds nothing against it.
  if (timedOut) return "";
  if (signal !== null) return `was ended by ${signal}`;
  return code === 0 ? "" : `ended with exit code ${code ?? "unknown"}`;
}
