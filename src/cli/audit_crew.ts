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
  readonly finding: AuditResult["finding"] | "not_looked_at" | "failed";
  readonly reason: string;
  /** The way of calling that a run would begin with. */
  readonly way: Way;
  /** Where it comes from, and why. */
  readonly wayReason: string;
}

/** Most time of a look at one model, in milliseconds. */
export const LOOK_MS = 60_000;
const BOUNDS = { firstTokenMs: LOOK_MS, idleMs: LOOK_MS, totalMs: LOOK_MS };
/** How long Ollama keeps a model that another client asked without a wish of its own, in milliseconds. */
const KEPT_FOR_OTHERS_MS = 5 * 60_000;

/**
 * Renders, for each model on each host that the crew would use, a prompt with the tools of its role and the window of the run, and
 * looks whether the model would be shown all of them. It disturbs nobody: no model is loaded for it, or loaded anew.
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
      const disturbs = wouldDisturb(crew, host, model, window);
      if (disturbs !== null) {
        const { way, from, why } = wayFor(
          purposeOfRole(role),
          configured,
          model,
          knownModel(crew, host, model).record,
          abilities,
        );
        yield { host, model, finding: "not_looked_at", reason: disturbs, way, wayReason: `${from}: ${why}` };
        continue;
      }
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

/**
 * Says why a look at a model's prompt would load it. Ollama loads a model anew for another window and for other settings than it was
 * loaded with, which it does not tell: only what our own asks loaded is looked at, known by its window and by how long it stays.
 */
function wouldDisturb({ fleet }: Crew, host: string, model: string, window: number): string | null {
  const known = fleet.snapshot().hosts.find(({ name }) => name === host);
  if (known?.residentUnknown === true) return "the host does not say whether it is loaded, and a look might load it";
  const held = known?.resident.find(({ name }) => name === model);
  if (held === undefined) return "it is not loaded, and a look would load it; a run looks by itself";
  if (known?.kind !== "ollama") return null;
  if (held.window !== null && held.window !== window) {
    return `it is loaded with a window of ${held.window}, and a look would load it anew; a run looks by itself`;
  }
  const isOurs = Date.parse(held.expiresAt ?? "") > Date.now() + KEPT_FOR_OTHERS_MS;
  return isOurs ? null : "another program may have loaded it, and a look could load it anew; a run looks by itself";
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
