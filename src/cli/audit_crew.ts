import { reasonOf } from "../kernel/reason_of.ts";
import type { Crew } from "./crew.ts";
import { allDecisions } from "../features/decisions/kinds.ts";
import { ARBITER } from "../features/registry.ts";
import type { ToolDeclaration, Way } from "../kernel/call.ts";
import { auditRendering, type AuditResult } from "../fleet/audit.ts";
import type { ChatRequest } from "../ports/model_host.ts";
import { audited } from "../fleet/choose_way.ts";
import { knownModel, purposeOfRole, wayFor } from "./models_of.ts";
import { crewPlaces } from "./crew_places.ts";

/** What the look at a model's rendered prompt found. */
export interface CrewAudit {
  readonly host: string;
  readonly model: string;
  readonly finding: AuditResult["finding"] | "failed";
  readonly reason: string;
  /** The way of calling that a run would begin with. */
  readonly way: Way;
  /** Where it comes from, and why. */
  readonly wayReason: string;
}

/** Bounds of a rendering: the model may have to be loaded for it. */
const BOUNDS = { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 60_000 };

/**
 * Renders, for each model on each host that the crew would use, a prompt with the tools of its role and the window of the run, and
 * looks whether the model would be shown all of them.
 *
 * @param crew the crew and its hosts
 * @param signal ends it
 * @returns one finding for each pair, as they come
 */
export async function* auditCrew(crew: Crew, signal: AbortSignal): AsyncGenerator<CrewAudit, void, undefined> {
  const seen = new Set<string>();
  for (const { role, model, host, window } of crewPlaces(crew)) {
    if (model === null || host === null || seen.has(`${host}\n${model}`)) continue;
    seen.add(`${host}\n${model}`);
    const configured = crew.situation.config.roles[role]?.way?.value;
    try {
      const tools = toolsOf(crew, role);
      const abilities = await crew.fleet.abilities(host, model, signal);
      const rendered = await crew.fleet.host(host).render(requestOf(model, window, tools), signal);
      const { finding, reason } = auditRendering(rendered, tools, abilities.parser);
      const { record } = knownModel(crew, host, model);
      const choice = audited(wayFor(purposeOfRole(role), configured, model, record, abilities), { finding, reason });
      yield { host, model, finding, reason, way: choice.way, wayReason: `${choice.from}: ${choice.why}` };
    } catch (error) {
      signal.throwIfAborted();
      const way = configured ?? "constrained";
      yield { host, model, finding: "failed", reason: reasonOf(error), way, wayReason: "the host did not answer" };
    }
  }
}

function toolsOf({ capabilities: { registry } }: Crew, role: string): readonly ToolDeclaration[] {
  if (role === ARBITER) return allDecisions(registry);
  return (registry.roles[role]?.tools ?? []).flatMap((name) => registry.tools[name]?.declaration ?? []);
}

function requestOf(model: string, window: number, tools: readonly ToolDeclaration[]): ChatRequest {
  return {
    model,
    messages: [{ role: "system", content: "You are one of a crew." }, { role: "user", content: "Begin." }],
    tools,
    window,
    answerLimit: 1,
    temperature: 0,
    seed: 1,
    bounds: BOUNDS,
  };
}
