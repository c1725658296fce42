import { sayTime } from "../kernel/say.ts";
import type { Bid, Option } from "./bid.ts";
import { gateOf } from "./breaker.ts";
import { choiceNote } from "./choices.ts";
import type { FleetSnapshot } from "./fleet_snapshot.ts";
import { bareName } from "./model_name.ts";

/** Tokens of a prompt from which on it is worth a word that they are there. */
const TOLD_TOKENS = 100;

/** Waits from which on they are worth a word. */
const TOLD_MS = 1_000;

/**
 * Says why an ask goes where it goes.
 *
 * @param now ms
 * @returns clauses without a full stop
 */
export function reasonOf({ ask, choice, best, options }: Bid, fleet: FleetSnapshot, now: number): string {
  const { pair: { host, model }, warm, overdue, expected, pushes, paidMs } = best;
  const gate = gateOf(host.breakers, model, now);
  const parts = [
    choiceNote(ask, choice, model, fleet) ||
    (choice.preference === null ? `the best that is there` : `wanted for ${ask.role}`),
    host.residentUnknown === true
      ? `on ${host.name}`
      : host.loading?.some((load) => load.model === model) === true
      ? `being loaded on ${host.name} ahead`
      : warm
      ? `loaded on ${host.name}`
      : `to be loaded on ${host.name}`,
  ];
  if (pushes.length > 0) parts.push(`in the place of ${pushes.join(" and ")}`);
  if (paidMs >= TOLD_MS) parts.push(`others waited for ${model} for ${sayTime(paidMs)} of late`);
  if (overdue) parts.push("it has waited long enough for the load");
  if (expected.heldTokens >= TOLD_TOKENS) parts.push(`${expected.heldTokens} tokens of its prompt are there`);
  if (expected.isMeasured) parts.push(timesOf(best, options, now));
  if (ask.not !== undefined && bareName(ask.not) !== bareName(model)) parts.push(`${ask.not} is passed over`);
  if (ask.avoid !== undefined && ask.avoid !== host.name) parts.push(`it has just failed on ${ask.avoid}`);
  if (gate.state === "probe") parts.push(`a trial after ${causeText(gate.cause)}`);
  return parts.join("; ");
}

/** How long it should take here and, where there is a choice, there. */
function timesOf(best: Option, options: readonly Option[], now: number): string {
  const time = ({ start, expected }: Option) =>
    `about ${sayTime(Math.max(0, start - now) + expected.loadMs + expected.workMs)}`;
  const others = options.filter((option) => option !== best);
  return [time(best), ...others.map((option) => `${option.pair.host.name} ${time(option)}`)].join(", ");
}

/** Says what opened a breaker. */
export function causeText(cause: string): string {
  return `failures (${cause.replaceAll("_", " ")})`;
}
