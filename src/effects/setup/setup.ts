import { quoteWords } from "../../features/words_of.ts";
import { oneLine } from "../../kernel/say.ts";
import { ToolError } from "../../ports/tool.ts";
import type { RunWorkspace } from "../../ports/workspace.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { SetupEffect, SetupResult } from "./setup_effect.ts";

/** Bound of one command, ms: it writes a few files. */
const COMMAND_MS = 60_000;

/** Sets up a new project in a folder that holds none: by its language's own tool, and what that leaves out as texts. All of it is recorded. */
export const setup: EffectKind<SetupEffect, SetupResult> = {
  schema: SetupEffect,
  result: SetupResult,
  says: () => "setting up the project",
  tell: {
    started: ["key", "runs"],
    finished: ["ran", "failed", "wrote", "ms"],
    lines: ({ ran, failed }: SetupResult) => [
      ...ran.map((command) => `set up by ${command}`),
      ...failed.map(({ command, why }) => `failed: ${command}: ${oneLine(why, 300)}`),
    ],
  },
  async perform({ runs }, { state, project, now }, signal) {
    const { plan, missing } = state.setup;
    if (plan === null || missing === null) throw new ToolError("Nothing was planned to be set up.");
    const began = now();
    await mustBeEmpty(state, project);
    const ran: string[] = [];
    const failed: { command: string; why: string }[] = [];
    for (const { words, makes } of runs ? plan.commands : []) {
      if (makes !== undefined && await project.exists(makes)) continue;
      const why = await whyFailed(project, words, makes, signal);
      if (why === "") ran.push(quoteWords(words));
      else failed.push({ command: quoteWords(words), why });
    }
    // Also those of a set-up that was cut short: what stood there before the run is the person's.
    for (const path of plan.drops.filter((one) => !missing.entries.includes(one.split("/")[0]!))) {
      if (await project.exists(path)) await project.write(path, null, () => undefined);
    }
    const wrote: string[] = [];
    for (const [path, text] of Object.entries(plan.files)) {
      signal.throwIfAborted();
      if (await project.exists(path)) continue;
      await project.write(path, text, () => null);
      wrote.push(path);
    }
    return { kind: "setup", ran, failed, wrote, ms: now() - began };
  },
};

/** Somebody may have put something there since: nothing of theirs is built around. */
async function mustBeEmpty({ setup, files }: World["state"], project: RunWorkspace): Promise<void> {
  const known = new Set([
    ...setup.missing?.entries ?? [],
    ...Object.keys(files.byPath).map((path) => path.split("/")[0]),
  ]);
  const other = (await project.list(".")).map(({ path }) => path.split("/")[0]!).find((name) => !known.has(name));
  if (other !== undefined) throw new ToolError(`${other} stands in the folder since the run began.`);
}

async function whyFailed(
  project: RunWorkspace,
  words: readonly string[],
  makes: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  try {
    const { code, timedOut, output } = await project.run(words, { timeoutMs: COMMAND_MS, signal });
    signal.throwIfAborted();
    if (timedOut) return `stopped after ${COMMAND_MS / 1_000} s`;
    if (code !== 0) return `exit code ${code ?? "unknown"}: ${oneLine(output.trim(), 200)}`;
    return makes === undefined || await project.exists(makes) ? "" : `it made no ${makes}`;
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
}
