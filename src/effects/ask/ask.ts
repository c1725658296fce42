import { judgeSpent } from "../../features/checks/judge_spent.ts";
import type { Registry } from "../../features/registry.ts";
import { roleOfSeat } from "../../features/seats/seat.ts";
import type { State } from "../../features/state.ts";
import { HostFailure } from "../../ports/model_host.ts";
import type { EffectKind, World } from "../effect_kind.ts";
import { AskEffect, AskResult } from "./ask_effect.ts";
import type { AskPorts } from "./ask_ports.ts";
import { performAsk } from "./perform_ask.ts";
import { askTold } from "./told.ts";

/** Asks a model: what for, the kind of the ask says. */
export const ask: EffectKind<AskEffect, AskResult> = {
  schema: AskEffect,
  result: AskResult,
  cost: ({ role, reserved }: AskEffect) => ({ role: roleOfSeat(role), reserved }),
  orphan: (state: State, registry: Registry, effect: AskEffect) =>
    registry.asks[effect.purpose]?.orphan?.(state, effect) === true,
  denied(state, registry, effect: AskEffect, over, alone) {
    const kind = registry.asks[effect.purpose];
    if (kind?.isExtra !== true && over.whose === "run") {
      return alone ? [judgeSpent(state, "budget", over.text)] : [];
    }
    return kind?.denied?.(state, registry, effect, over) ?? [];
  },
  says: () => "waiting for a host",
  tell: askTold,
  async perform(effect, world, signal) {
    const seat = await world.models.seat(effect, signal);
    const { hostName: host, model } = seat;
    world.show(`asking ${model} on ${host}`);
    try {
      const result = await performAsk(effect, world.state, seat, portsOf(world), signal);
      seat.leave({ answered: true });
      return result;
    } catch (error) {
      const nothing = { answered: false };
      if (!(error instanceof HostFailure)) {
        seat.leave(signal.aborted ? nothing : { ...nothing, failure: "tool_error" });
        throw error;
      }
      const { failure, message, details } = error;
      seat.leave(signal.aborted ? nothing : { ...nothing, failure, retryAfterMs: details.retryAfterMs });
      throw new HostFailure(failure, message, { ...details, host, model }, { cause: error });
    }
  },
};

function portsOf({ registry, blobs, models, note, show, now }: World): AskPorts {
  return {
    registry,
    blobs,
    note,
    show,
    now,
    left: (role) => models.left(role),
    ways: models.ways,
    refusing: models.refusing,
    probing: models.probing,
    memory: models.memory,
    reader: models.reader,
    stream: (key, piece) => models.stream(key, piece),
    restart: (key) => models.restart(key),
  };
}
