import { CONFLICT } from "../../src/features/attempts/conflict.ts";
import type { Intent } from "../../src/features/intent.ts";
import { isPending } from "../../src/features/messages/message.ts";
import type { State } from "../../src/features/state.ts";
import { Chance } from "./chance.ts";

/** What a person does who helps where the run waits for them; null where it does not. */
export function helpOf(state: State): Intent | null {
  if (state.run.paused) return { kind: "unpause" };
  const question = state.people.questions[0];
  if (question !== undefined) {
    return { kind: "answer", question: question.id, approved: agrees(question.id), text: "Go on." };
  }
  const hold = state.messages.holds[0];
  if (hold !== undefined) return { kind: "lift", hold: hold.id };
  const held = state.messages.list.find((message) => message.status === "held");
  return held === undefined ? null : { kind: "release", message: held.id };
}

/** To most questions the person says yes; whose change of the same lines shall stand is now theirs, now the attempt's. */
function agrees(id: string): boolean {
  return !id.startsWith(CONFLICT) || Number(id.split(".").at(-1)) % 2 === 0;
}

/** Something that a person might do now, wise or not. */
export function wishOf(state: State, chance: Chance, mark: () => string): Intent {
  const role = () => chance.one(["arbiter", "coding", "reasoning", "analysis", "interpreter"]);
  const pending = state.messages.list.filter(isPending);
  const message = () =>
    pending.length > 0 && chance.happens(0.9)
      ? chance.one(pending).id
      : `m${1 + chance.below(state.messages.count + 1)}`;
  const over = state.messages.list.filter(({ status }) => status === "dropped");
  switch (chance.below(pending.length > 0 ? 22 : 11)) {
    case 0:
    case 1:
      return { kind: "say", to: role(), text: `Mind this. ${mark()}` };
    case 2:
      return { kind: "pause" };
    case 3:
    case 4:
      return { kind: "unpause" };
    case 5: {
      const scope = chance.one(["from", "to", "all"] as const);
      return { kind: "hold", scope, of: scope === "all" ? "" : role() };
    }
    case 6:
    case 7:
      return { kind: "lift", hold: state.messages.holds.length > 0 ? chance.one(state.messages.holds).id : "h0" };
    case 8:
      return { kind: "interrupt", role: role() };
    case 9: {
      const question = state.people.questions[0];
      return question === undefined
        ? { kind: "park", task: `T${1 + chance.below(state.tasks.list.length + 1)}` }
        : { kind: "answer", question: question.id, approved: chance.happens(0.6), text: `Answer ${mark()}` };
    }
    case 10:
      return chance.happens(0.02)
        ? { kind: "cancel", cause: "cancelled at the keyboard" }
        : { kind: "say", to: role(), text: `And this. ${mark()}`, later: true };
    case 11:
      return { kind: "hold", scope: "message", of: message() };
    case 12:
    case 13:
      return { kind: "release", message: message() };
    case 14:
      return { kind: "edit", message: message(), text: `Changed. ${mark()}` };
    case 15:
      return { kind: "redirect", message: message(), to: role() };
    case 16:
    case 17:
      return { kind: "duplicate", message: message(), to: role() };
    case 18:
    case 19:
      return { kind: "take_back", message: over.length > 0 && chance.happens(0.5) ? chance.one(over).id : message() };
    case 20:
      return { kind: "release_all" };
    default:
      return { kind: "drop", message: message() };
  }
}
