import { reasonOf } from "../../kernel/reason_of.ts";
import { parametersIn } from "../../features/threads/model_size.ts";
import type { Way } from "../../kernel/call.ts";
import { wantedModel } from "../../fleet/model_name.ts";
import { openWorkspace } from "../../work/workspace.ts";
import { capabilitySources, loadCapabilities, untrustedText } from "../capabilities.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { type AskPreview, previewAsk } from "../preview_ask.ts";
import type { CrewFlags } from "../run_flags.ts";
import { situationOf } from "../situation.ts";
import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";

/** Flags of `prompt`. */
export type PromptFlags = Pick<CrewFlags, "project" | "config" | "way"> & {
  readonly task: string;
  readonly phase?: string;
  readonly modelSize?: number;
  readonly checks: boolean;
  readonly trust: boolean;
  readonly json: boolean;
};

/** Most time that reading the project, and executing its checks where that is wanted, may take. */
const BOUND_MS = 900_000;

/**
 * Prints exactly what a role would be sent first: messages, tools or schema, and the tokens of each part. No model is asked.
 *
 * @param flags project, task, model size and manner
 * @param role the arbiter or a specialist
 */
export default async function prompt(this: CliContext, flags: PromptFlags, role: string): Promise<void> {
  const situation = situationOf(this, flags);
  const { project, config, trusted } = situation;
  const signal = AbortSignal.timeout(BOUND_MS);
  const sources = { ...capabilitySources(this, situation), signal };
  const { registry, plugins: { untrusted } } = await loadCapabilities(sources);
  const known = registry.roles[role];
  if (known === undefined) {
    throw new CommandError(
      EXIT.usage,
      `There is no role "${role}"; the roles are ${Object.keys(registry.roles).join(", ")}.${
        untrusted.length === 0 ? "" : ` ${untrustedText(untrusted)}`
      }`,
    );
  }
  if (flags.checks && !trusted) {
    throw new CommandError(EXIT.blocked, `${project} is not trusted, so its checks may not run. Add --trust once.`);
  }
  const workspace = await openWorkspace({
    root: project,
    recorder: NOTHING_WRITTEN,
    blobs: NO_BLOBS,
    checks: config.checks?.value,
    languages: registry.languages,
  });
  const model = wantedModel(known.models[0] ?? "").name;
  const way: Way = config.roles[role]?.way?.value ?? "constrained";
  const results = flags.checks ? (await workspace.check(signal)).results : [];
  let preview: AskPreview;
  try {
    preview = await previewAsk(registry, workspace, {
      role,
      task: flags.task,
      phase: flags.phase ?? null,
      way,
      model,
      billions: flags.modelSize ?? parametersIn(model),
      checks: results.map((result) => ({ ...result, files: [...result.files] })),
    }, signal);
  } catch (cause) {
    throw new CommandError(EXIT.usage, reasonOf(cause), { cause });
  }
  this.stdout.write(flags.json ? jsonOf(role, way, preview) : textOf(role, way, preview));
}

function jsonOf(role: string, way: Way, { ask, purpose, prompt, request }: AskPreview): string {
  return jsonLine({
    type: "prompt",
    role,
    purpose,
    way,
    variant: prompt.variant,
    complexity: prompt.complexity,
    window: request.window,
    answer_limit: ask.answerLimit,
    messages: request.messages,
    ...(request.tools === undefined ? {} : { tools: request.tools }),
    ...(request.schema === undefined ? {} : { schema: request.schema }),
    sections: prompt.sections,
    estimated: prompt.estimate,
    left_out: prompt.leftOut,
    overflow: prompt.overflow,
  });
}

function textOf(role: string, way: Way, { ask, purpose, prompt, request }: AskPreview): string {
  const sent = request.tools === undefined ? request.schema : request.tools;
  const rows = prompt.sections.map(({ name, tokens, priority, cut }) => [
    name,
    String(tokens),
    priority === 0 ? "pinned" : String(priority),
    cut ? "shortened" : "",
  ]);
  return [
    `${role}: ${purpose}, ${way}, for a ${prompt.variant} model, complexity ${prompt.complexity} of 10\n`,
    ...request.messages.map((message) => `\n[${message.role}]\n${message.content}\n`),
    ...(sent === undefined
      ? []
      : [`\n[${request.tools === undefined ? "schema" : "tools"}]\n${JSON.stringify(sent)}\n`]),
    `\n${columns([["PART", "TOKENS", "GIVES WAY", ""], ...rows, ["all", String(prompt.estimate), "", ""]])}`,
    `\nAbout ${prompt.estimate} tokens, counted with o200k; at most ${ask.answerLimit} of answer; window ${request.window}.\n`,
    ...(prompt.leftOut.length === 0 ? [] : [`Left out to make room: ${prompt.leftOut.join(", ")}.\n`]),
    ...(prompt.overflow ? ["It does not fit, so it would not be sent.\n"] : []),
  ].join("");
}

/** Checks record what they change; a preview has no journal, so nothing may be kept. */
const NOTHING_WRITTEN = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };
const NO_BLOBS = { putBlob: () => "", getBlob: () => undefined };
