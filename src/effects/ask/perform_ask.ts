import { compose } from "../../prompt/compose.ts";
import type { State } from "../../features/state.ts";
import { auditRendering, type AuditResult } from "../../fleet/audit.ts";
import { chooseEdit, type WayChoice } from "../../fleet/choose_way.ts";
import { familyOf } from "../../fleet/model_family.ts";
import { recordKey } from "../../fleet/model_record.ts";
import type { Way } from "../../kernel/call.ts";
import { bound } from "../../kernel/text.ts";
import { HostFailure } from "../../ports/model_host.ts";
import { recalled } from "../../run/memory.ts";
import { readText, textOf } from "../stored_text.ts";
import type { AskEffect, AskResult } from "./ask_effect.ts";
import { askHeard } from "./ask_heard.ts";
import type { AskPorts } from "./ask_ports.ts";
import { frameOf, requestOf } from "./chat_request.ts";
import { kindOfAsk } from "./kind_of_ask.ts";
import type { Placed } from "./models.ts";
import { wayOfAsk } from "./way_of_ask.ts";

/**
 * Performs an ask that was placed: in its way of calling and, where that is refused, in another.
 *
 * @param state what was so when it was opened
 * @throws {HostFailure} with host and model, and whatever else the host failed with
 */
export async function performAsk(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<AskResult> {
  const began = ports.now();
  const { hostName: host, model } = placed;
  let choice = await wayOfAsk(ask, state, placed, ports, () => audit(ask, state, placed, ports, signal), signal);
  for (;;) {
    try {
      return await once(ask, state, placed, choice, ports, signal, began);
    } catch (error) {
      const other = otherWay(error, choice.way);
      if (other === null || signal.aborted || spentOn(error) > ports.left(ask.role)) throw error;
      const { way } = choice;
      const text = messageOfFailure(error);
      ports.refusing.set(`${host} ${model}`, other);
      ports.note({ type: "way_refused", key: ask.key, host, model, way, other, tokens: spentOn(error), text });
      choice = { way: other, from: "refused", why: `${way} failed: ${text}` };
    }
  }
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}

/** Longest answer to a call of a tool that its caller is shown, in characters. */
const SAID_CHARS = 16_000;

/** Another way after a refusal: a host without grammars reads prompts; calls that a server swallowed come as text without `tools`. */
function otherWay(error: unknown, way: Way): Way | null {
  if (!(error instanceof HostFailure)) return null;
  if (way === "constrained" && error.failure === "schema_refused") return "prompted";
  if (
    way === "native" &&
    ["silent", "tools_unsupported", "template_refused", "model_output"].includes(error.failure)
  ) return "constrained";
  return null;
}

/** Tokens of a reply that a server took and did not deliver. */
function spentOn(error: unknown): number {
  return error instanceof HostFailure ? (error.details.promptTokens ?? 0) + (error.details.answerTokens ?? 0) : 0;
}

/** Looks at the prompt that the model is really shown, and notes what was found. */
async function audit(
  ask: AskEffect,
  state: State,
  placed: Placed,
  ports: AskPorts,
  signal: AbortSignal,
): Promise<AuditResult> {
  ports.show("auditing what the model is shown");
  const frame = frameOf(state, placed, "native", ports.blobs);
  const prompt = compose(state, ports.registry, ask, frame);
  const request = requestOf(ask, state, prompt, placed, "native", ports.blobs);
  const rendered = await placed.host.render(request, signal);
  const { finding, reason } = auditRendering(rendered, prompt.declared, placed.abilities.parser);
  ports.note({
    type: "model_audited",
    host: placed.hostName,
    model: placed.model,
    digest: placed.digest,
    version: placed.hostVersion,
    finding,
    reason: reason.slice(0, 500),
  });
  return { finding, reason };
}

function messageOfFailure(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}

async function once(
  ask: AskEffect,
  state: State,
  placed: Placed,
  choice: WayChoice,
  ports: AskPorts,
  signal: AbortSignal,
  began: number,
): Promise<AskResult> {
  const { way } = choice;
  const family = familyOf(placed.model);
  const edit = chooseEdit(recalled(ports.memory, recordKey(placed.digest, placed.model)), family);
  const heard = await askHeard(ask, state, placed, choice, edit, ports, signal);
  const { prompt, measure, stored, reply, proof, promptTokens } = heard;
  // Where its counts are not believed, this one is not either.
  const heldTokens = promptTokens === null ? null : reply.heldTokens ?? null;
  const { registry, blobs, reader } = ports;
  const { said, ...read } = kindOfAsk(registry, ask).read({
    ask,
    reply,
    state,
    turn: ask.turn === null ? null : state.turns.open[ask.turn] ?? null,
    prompt,
    way,
    family: family?.format,
    tools: registry.tools,
    prompts: registry.prompts,
    textOf: (text) => readText(text, blobs),
    fileOf: (hash) => {
      const bytes = blobs.getBlob(hash);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    reader,
  });
  return {
    kind: "ask",
    text: textOf(reply.text, blobs),
    ...(reply.thinking === "" ? {} : { thinking: textOf(reply.thinking, blobs) }),
    ...read,
    content: read.content === null ? null : blobs.putBlob(read.content),
    ...(said === undefined ? {} : { said: textOf(bound(said, SAID_CHARS), blobs) }),
    way,
    host: placed.hostName,
    model: placed.model,
    prompt: stored,
    estimated: prompt.estimate,
    measure,
    promptTokens,
    ...(heldTokens === null ? {} : { heldTokens }),
    answerTokens: reply.answerTokens,
    proof,
    endedBy: reply.endedBy,
    ms: ports.now() - began,
    loadMs: rounded(reply.loadMs),
    promptMs: rounded(reply.promptMs),
    answerMs: rounded(reply.answerMs),
  };
}
