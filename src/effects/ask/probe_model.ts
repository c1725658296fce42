import { withoutRunsIn } from "./without_runs_in.ts";
import type { Call, ToolDeclaration, Way } from "../../kernel/call.ts";
import { auditRendering } from "../../fleet/audit.ts";
import { recordKey, type Trial, trialKey } from "../../fleet/model_record.ts";
import {
  EDIT_FILE,
  EDIT_PROBES,
  type EditProbe,
  isWantedEdit,
  PROBE_CASES,
  PROBE_TOKENS,
  type ProbeCase,
} from "../../fleet/probe_cases.ts";
import { constrainedSchema } from "../../mediate/constrained.ts";
import { declarationsText, replyFormText } from "../../mediate/declarations.ts";
import { readReply } from "../../mediate/read_reply.ts";
import { readFencedText } from "../../mediate/read_text.ts";
import { beginsThinking } from "../../mediate/split_thinking.ts";
import type { Reading } from "../../mediate/types.ts";
import { say } from "../../sentences/say.ts";
import {
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type ModelAbilities,
  type ModelHost,
} from "../../ports/model_host.ts";

/** The model that is probed, where it is. */
export interface Probed {
  readonly host: ModelHost;
  readonly model: string;
  readonly digest: string;
  /** The window that it is asked with anyway: another one would load it anew. */
  readonly window: number;
  readonly abilities: ModelAbilities;
}

/** What a probe found. */
export interface ProbeResult {
  readonly trials: readonly Trial[];
  /** Tokens read and written. */
  readonly tokens: number;
  /** Why it ended before all ways were tried; null where it did not. */
  readonly ended: string | null;
}

/** Bounds of one question, ms: the first may have to wait for the model to load, as the ask it comes before would have. */
const BOUNDS = { firstTokenMs: 600_000, idleMs: 30_000, totalMs: 630_000 };
/** Time from the first answer on after which no further question is asked, ms. */
const PATIENCE_MS = 20_000;
/** Failures that say that the way is none for this model or host. */
const OF_THE_WAY: ReadonlySet<string> = new Set([
  "schema_refused",
  "tools_unsupported",
  "template_refused",
  "model_output",
  "silent",
]);

/**
 * Asks a model a few short questions, to find the way of calling that serves it: for each way one decision and one step of work, and no
 * further way once one gave both as they were wanted. At most six questions of {@link PROBE_TOKENS} tokens; a person who asks gets
 * every way tried, and one small edit in each form.
 *
 * @param probed the model and its host
 * @param ways the ways in the order in which they are tried
 * @param options `whole`: tries every way and form of edits, for a person who asked; `now`: clock, ms
 * @param tell says what is being tried
 * @returns what was tried; whatever the host does, never a failure: the ask that follows will meet it
 */
export async function probeModel(
  probed: Probed,
  ways: readonly Way[],
  options: { readonly whole?: boolean; readonly now: () => number },
  signal: AbortSignal,
  tell: (what: string) => void = () => {},
): Promise<ProbeResult> {
  const trials: Trial[] = [];
  let tokens = 0;
  let answeredAt: number | null = null;
  for (const way of ways) {
    let right = 0;
    for (const probe of PROBE_CASES) {
      if (answeredAt !== null && options.now() - answeredAt > PATIENCE_MS && options.whole !== true) {
        return { trials, tokens, ended: "it answers slowly" };
      }
      tell(`probing how it calls: ${probe.purpose} ${way}`);
      const asked = await ask(probed, probe, way, signal);
      answeredAt ??= options.now();
      tokens += asked.tokens;
      if ("ended" in asked) return { trials, tokens, ended: asked.ended };
      if (asked.outcome === "right") right += 1;
      trials.push({
        digest: recordKey(probed.digest, probed.model),
        model: probed.model,
        what: { kind: "way", purpose: probe.purpose, way },
        outcome: asked.outcome,
      });
    }
    if (right === PROBE_CASES.length && options.whole !== true) break;
  }
  if (options.whole !== true) return { trials, tokens, ended: null };
  for (const probe of EDIT_PROBES) {
    tell(`probing how it edits: ${probe.form}`);
    const asked = await edit(probed, probe, signal);
    tokens += asked.tokens;
    if ("ended" in asked) return { trials, tokens, ended: asked.ended };
    const what = { kind: "edit" as const, form: probe.form };
    trials.push({ digest: recordKey(probed.digest, probed.model), model: probed.model, what, outcome: asked.outcome });
  }
  return { trials, tokens, ended: null };
}

/** Says what was tried, for the fact and for people. */
export function sayTrials(trials: readonly Trial[]): string[] {
  return trials.map(({ what, outcome }) => `${trialKey(what)}: ${outcome}`);
}

type Asked = { readonly tokens: number } & ({ readonly outcome: Trial["outcome"] } | { readonly ended: string });

/** Asks for one small edit: as text alone, or held by a schema in the call's JSON. */
async function edit(probed: Probed, probe: EditProbe, signal: AbortSignal): Promise<Asked> {
  const { path, text, task } = EDIT_FILE;
  const tools = probe.tool === null ? [] : [probe.tool];
  const declared = tools.length === 0 ? "" : `\n\n${declarationsText(tools)}\n\n${replyFormText("constrained")}`;
  const request: ChatRequest = {
    ...frameOf(probed),
    messages: [
      { role: "system", content: `You are the coding specialist of a crew.${declared}` },
      {
        role: "user",
        content: `${say({}, "turn.file_head", { path })}\n\`\`\`\n${text}\`\`\`\n\n${task}\n\n${probe.ask}`,
      },
    ],
    ...(tools.length === 0 ? {} : { schema: constrainedSchema(tools) }),
  };
  return await answered(async () => {
    const reply = withoutRunsIn(await probed.host.chat(request, signal));
    return { reply, outcome: editOutcome(probe, tools, reply) };
  });
}

function editOutcome(probe: EditProbe, tools: readonly ToolDeclaration[], reply: ChatReply): Trial["outcome"] {
  if (probe.tool === null) {
    const read = readFencedText(reply.text, { path: EDIT_FILE.path });
    return "text" in read && isWantedEdit(probe.form, read.text) ? "right" : "failed";
  }
  const [call] = readingOf(reply, tools, "constrained").calls;
  return call !== undefined && isWantedEdit(probe.form, call.arguments) ? "right" : "failed";
}

async function ask(probed: Probed, probe: ProbeCase, way: Way, signal: AbortSignal): Promise<Asked> {
  const request = requestOf(probed, probe, way);
  return await answered(async () => {
    if (way === "native") {
      const rendered = await probed.host.render(request, signal);
      const { finding } = auditRendering(rendered, probe.tools, probed.abilities.parser);
      if (finding !== "shown" && finding !== "built_in") return { reply: null, outcome: "failed" };
    }
    const reply = withoutRunsIn(await probed.host.chat(request, signal));
    const reading = readingOf(reply, probe.tools, way);
    const fits = reading.calls.some((call) => isWanted(call, probe.wanted));
    return { reply, outcome: !fits ? "failed" : reading.step === "repair" ? "repaired" : "right" };
  });
}

/** What came of a question; a failure that is no fault of the way ends the probe. */
async function answered(
  ask: () => Promise<{ readonly reply: ChatReply | null; readonly outcome: Trial["outcome"] }>,
): Promise<Asked> {
  try {
    const { reply, outcome } = await ask();
    if (reply === null) return { outcome, tokens: 0 };
    const isCut = outcome === "failed" && isCutInThought(reply);
    const tokens = (reply.promptTokens ?? 0) + (reply.answerTokens ?? (isCut ? PROBE_TOKENS : 0));
    return isCut ? { ended: `it thinks for more than ${PROBE_TOKENS} tokens`, tokens } : { outcome, tokens };
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    return OF_THE_WAY.has(error.failure)
      ? { outcome: "failed", tokens: error.details.answerTokens ?? 0 }
      : { ended: error.message, tokens: 0 };
  }
}

/** Whether a reply had no room for what was asked after what the model thought: that tells nothing of how it calls. */
function isCutInThought({ endedBy, thinking, text }: ChatReply): boolean {
  return endedBy === "length" && (thinking !== "" || beginsThinking(text));
}

function readingOf(reply: ChatReply, tools: readonly ToolDeclaration[], way: Way): Reading {
  return readReply({
    text: reply.text,
    delivered: reply.calls,
    thinking: reply.thinking,
    tools,
    way,
    forced: reply.forced,
    endedBy: reply.endedBy,
  });
}

function isWanted(call: Call, wanted: ProbeCase["wanted"]): boolean {
  return call.name === wanted.name &&
    Object.entries(wanted.arguments).every(([name, value]) => call.arguments[name] === value);
}

function requestOf(probed: Probed, probe: ProbeCase, way: Way): ChatRequest {
  const declared = way === "native" ? "" : `\n\n${declarationsText(probe.tools)}\n\n${replyFormText(way)}`;
  return {
    ...frameOf(probed),
    messages: [{ role: "system", content: `${probe.system}${declared}` }, { role: "user", content: probe.message }],
    ...(way === "native" ? { tools: probe.tools } : {}),
    ...(way === "constrained" ? { schema: constrainedSchema(probe.tools) } : {}),
  };
}

/** What all questions have in common. */
function frameOf({ model, window, abilities }: Probed): Omit<ChatRequest, "messages"> {
  return {
    model,
    window,
    answerLimit: PROBE_TOKENS,
    temperature: 0,
    seed: 1,
    ...(abilities.thinking ? { think: false } : {}),
    bounds: BOUNDS,
  };
}
