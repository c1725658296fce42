import { oneLine } from "../../kernel/say.ts";
import { pick } from "../../kernel/told.ts";
import type { Fact } from "../fact.ts";
import type { TellOf } from "../known.ts";
import type { modelFacts } from "./facts.ts";

/** How what was found out about models is told. */
export const modelsTold: TellOf<keyof typeof modelFacts> = {
  prompt_doubted: {
    json: ["key", "host", "model", "window", "estimated", "counted", "finding", "holds", "text"],
    lines: ({ key, text }) => [`${key}: ${oneLine(text, 300)}`],
    parts: ({ key, finding, host, text }, known) => [{
      of: known.effect(key)?.of ?? [],
      text: `── ${key}: the prompt was ${finding} by ${host}\n${text}`,
    }],
  },
  way_refused: {
    json: ["key", "host", "model", "way", "other", "tokens", "text"],
    lines: ({ key, way, other, text }) => [`${key}: ${way} failed, ${other} is tried: ${oneLine(text, 300)}`],
    parts: ({ key, way, other, text }, known) => [{
      of: known.effect(key)?.of ?? [],
      text: `── ${key}: ${way} failed, ${other} is tried\n${text}`,
    }],
  },
  model_probed: {
    json: ["host", "model", "digest", "tried", "tokens", "ms"],
    lines: ({ model, host, tried }) => [`probed ${model} on ${host}: ${tried.join(", ")}`],
  },
  model_audited: {
    json: (fact) => ({ ...pick(fact, "host", "model", "digest", "finding", "reason"), host_version: fact.version }),
    lines: ({ model, host, finding }) => [`${model} on ${host}: ${auditText(finding)}`],
  },
};

/**
 * Says a finding so that a person can tell what follows from it.
 *
 * @param finding what the look at a rendered prompt found
 * @returns a clause without a full stop
 */
export function auditText(finding: Extract<Fact, { type: "model_audited" }>["finding"]): string {
  switch (finding) {
    case "shown":
    case "built_in":
      return "native tools are shown right";
    case "broken":
      return "native tools would not be shown right and are not used; nothing is to be done";
    case "not_rendered":
      return "the server does not tell how native tools are shown, so they are not used; nothing is to be done";
  }
}
