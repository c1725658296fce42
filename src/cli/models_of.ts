import type { Crew } from "./crew.ts";
import type { Ability } from "../features/ability.ts";
import type { Way } from "../kernel/call.ts";
import { ARBITER, INTERPRETER } from "../features/registry.ts";
import { chooseEdit, chooseWay, type EditChoice, type WayChoice } from "../fleet/choose_way.ts";
import { familyOf } from "../fleet/model_family.ts";
import { type ModelRecord, recordKey } from "../fleet/model_record.ts";
import type { ModelAbilities } from "../ports/model_host.ts";
import { recalled } from "../run/memory.ts";

/** A model on a host, with what is known of how it calls. */
export interface KnownModel {
  readonly host: string;
  readonly model: string;
  readonly digest: string;
  readonly record: ModelRecord | null;
  readonly decision: WayChoice;
  readonly work: WayChoice;
  readonly edit: EditChoice;
}

/** A host that was not asked what a model can do: nothing is taken for granted. */
const UNASKED: Pick<ModelAbilities, "parser" | "tools"> = { parser: null, tools: false };

/**
 * Says what is known of a model of a host.
 *
 * @param crew the crew and its hosts
 * @param host name of the host
 * @param model name of the model there
 * @param abilities what the host says of it, where it was asked
 * @returns record and choices, as a run would make them where no way is configured
 */
export function knownModel(
  crew: Crew,
  host: string,
  model: string,
  abilities: Pick<ModelAbilities, "parser" | "tools"> = UNASKED,
): KnownModel {
  const found = crew.fleet.snapshot().hosts.find((one) => one.name === host);
  const digest = found?.models.find((one) => one.name === model)?.digest ?? "";
  const record = recalled(crew.memory, recordKey(digest, model));
  const way = (purpose: Ability) => wayFor(purpose, undefined, model, record, abilities);
  return {
    host,
    model,
    digest,
    record,
    decision: way("decision"),
    work: way("work"),
    edit: chooseEdit(record, familyOf(model)),
  };
}

/**
 * Chooses the way of a role's asks on a model, before anything was audited.
 *
 * @param purpose what is asked for
 * @param configured way that is configured for the role
 * @param model name of the model
 * @param record what is remembered of it
 * @param abilities what its host says of it
 * @returns the way and why
 */
export function wayFor(
  purpose: Ability,
  configured: Way | undefined,
  model: string,
  record: ModelRecord | null,
  abilities: Pick<ModelAbilities, "parser" | "tools">,
): WayChoice {
  return chooseWay({
    purpose,
    configured,
    record,
    family: familyOf(model),
    parser: abilities.parser,
    tools: abilities.tools,
  });
}

/** What a role is mostly asked for. */
export function purposeOfRole(role: string): Ability {
  return role === ARBITER ? "decision" : role === INTERPRETER ? "interpretation" : "work";
}
