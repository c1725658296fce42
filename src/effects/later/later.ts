import { quoteWords } from "../../features/words_of.ts";
import { oneLine, sayTime } from "../../kernel/say.ts";
import { ToolError } from "../../ports/tool.ts";
import type { CommandResult } from "../../ports/workspace.ts";
import { say } from "../../sentences/say.ts";
import type { EffectKind } from "../effect_kind.ts";
import { textOf } from "../stored_text.ts";
import { LATER_MS, LaterEffect, LaterResult } from "./later_effect.ts";

/** Runs a command in the project itself, whatever an attempt that is open works in; what files it changes is recorded like any write. */
export const later: EffectKind<LaterEffect, LaterResult> = {
  schema: LaterEffect,
  result: LaterResult,
  says: ({ command }) => `running ${oneLine(quoteWords(command), 80)} in the project`,
  tell: {
    started: ["key", "attempt", "role", "command"],
    finished: ({ command, why, output, ms }: LaterResult) => ({ command, why, text: output.text, ms }),
    lines: ({ command, why }: LaterResult) => [
      why === ""
        ? `ran in the project: ${quoteWords(command)}`
        : `failed in the project: ${quoteWords(command)}: ${why}`,
    ],
    entries: ({ command, why, output }: LaterResult, { role }) => [{
      role,
      kind: why === "" ? "result" : "failure",
      of: null,
      title: "in the project",
      text: [quoteWords(command), why, output.text].filter((part) => part !== "").join("\n"),
    }],
    row: ({ command, why, ms }: LaterResult) => ({
      section: "Run in the project",
      cells: [oneLine(quoteWords(command), 120), why === "" ? "done" : oneLine(why), sayTime(ms)],
    }),
    text: ({ command, why, output, ms }: LaterResult, _opened, texts) =>
      `── ${quoteWords(command)} in the project${why === "" ? "" : `: ${why}`}, in ${sayTime(ms)}\n${
        texts.whole(output)
      }`,
  },
  async perform({ command }, { project, blobs, now }, signal) {
    const began = now();
    const ended = await project.run(command, { timeoutMs: LATER_MS, signal }).catch((error) => {
      // One that cannot be started is told like one that failed: the person wanted it.
      if (error instanceof ToolError) return error;
      throw error;
    });
    signal.throwIfAborted();
    const why = whyOf(ended);
    const output = textOf(ended instanceof ToolError ? "" : ended.output, blobs);
    return { kind: "later", command: [...command], why, output, ms: now() - began };
  },
  // Whether it had ended or not begun when the program did: nobody knows what it left, so it is not run again.
  settle: ({ key, command }, _remains, registry) => ({
    type: "effect_unknown",
    key,
    text: say(registry, "calls.unknown_end", { command: quoteWords(command) }),
  }),
};

function whyOf(ended: CommandResult | ToolError): string {
  if (ended instanceof ToolError) return ended.message;
  if (ended.timedOut) return `stopped after ${LATER_MS / 1_000} s`;
  if (ended.signal !== null) return `ended by ${ended.signal}`;
  return ended.code === 0 ? "" : `exit code ${ended.code ?? "unknown"}`;
}
