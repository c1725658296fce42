import type { CrewInUse } from "../effects/crew_in_use.ts";
import type { Effect } from "../effects/effect.ts";
import type { World } from "../effects/effect_kind.ts";
import type { Fact } from "../features/fact.ts";
import { layerOf } from "../features/files/layer_of.ts";
import type { State } from "../features/state.ts";
import { placeOf } from "../features/workspaces/place_of.ts";

import { recorderOf } from "./recorder_of.ts";
import type { RunParts } from "./run.ts";

/** What the loop lends an effect. */
interface Lent {
  readonly state: State;
  readonly crew: () => CrewInUse;
  readonly models: World["models"];
  readonly note: (fact: Fact) => void;
  readonly show: (status: string) => void;
}

/**
 * Gives an effect what it is carried out through. One of an attempt that works in a copy of the project sees that, once it stands ready.
 *
 * @param effect the effect
 * @param parts what the run is made of
 * @param lent what the loop lends it
 */
export function worldOf(
  effect: Effect,
  { journal, workspace, copies = null, now }: RunParts,
  { state, crew, models, note, show }: Lent,
): World {
  const project = workspace.recordedBy(recorderOf(effect.key, note));
  const place = copies === null ? null : placeOf(state, effect);
  return {
    state,
    get registry() {
      return crew().registry;
    },
    get tools() {
      return crew().tools;
    },
    blobs: journal,
    workspace: copies === null || place === null
      ? project
      : copies.view(place.workspace, recorderOf(effect.key, note, place.workspace)),
    project,
    apart: copies,
    ...(copies === null || place === null ? {} : {
      arrive: (signal) => {
        const layer = layerOf(state.files.drafts[place.workspace] ?? {});
        return copies.arrive(place.workspace, place.attempt, layer, state.workspaces.proof?.network ?? false, signal);
      },
    }),
    models,
    note,
    show,
    now,
  };
}
