import { isPending, type Message } from "../features/messages/message.ts";
import { plainName } from "../kernel/say.ts";
import type { Intent } from "../features/intent.ts";
import { editing } from "./drafts.ts";
import type { Binding, Scene } from "./panel.ts";
import { type Pressed, told, type Ui, wished } from "./ui.ts";

/** What a key does with a message that can still be changed. */
type Act = (message: Message, ui: Ui, scene: Scene) => Pressed;

/** A key for a message, whichever is meant. */
export interface MessageKey {
  readonly key: string;
  /** What it does, in a word or two. */
  readonly does: string;
  readonly help: readonly [keys: string, does: string];
  readonly act: Act;
}

const release: Act = ({ id }, ui) => wished(ui, { kind: "release", message: id }, "Released.");

function chosen(title: string, wish: (id: string, to: string) => Intent, done: string): Act {
  return ({ id, to }, ui, { panels }) => {
    const options = panels.flatMap(({ role }) =>
      role === undefined ? [] : [{
        name: role,
        role,
        says: role === to ? ", has it already" : "",
        deed: { kind: "wish" as const, intent: wish(id, role), done: `${done} ${role}.` },
      }]
    );
    return { ui: { ...ui, choice: { title: `${title} which thread?`, of: "thread", options, at: 0 } } };
  };
}

/** What can be done with a message that is on its way, by key: the same in the panel of messages and at the gate. */
export const MESSAGE_KEYS = {
  hold: {
    key: "h",
    does: "hold",
    help: ["h", "hold the message"],
    act: (message, ui, scene) =>
      message.status === "held"
        ? release(message, ui, scene)
        : wished(ui, { kind: "hold", scope: "message", of: message.id }, "Held. {message.release} releases it."),
  },
  release: { key: "u", does: "release", help: ["u", "release it"], act: release },
  edit: {
    key: "e",
    does: "edit",
    help: ["e", "edit it"],
    act: (message, ui) => ({ ui: editing(ui, message) }),
  },
  redirect: {
    key: "r",
    does: "redirect",
    help: ["r", "redirect it to a thread of a list"],
    act: chosen("Redirect to", (message, to) => ({ kind: "redirect", message, to }), "Redirected to"),
  },
  duplicate: {
    key: "D",
    does: "duplicate",
    help: ["D", "send it to another thread, too"],
    act: chosen("Send also to", (message, to) => ({ kind: "duplicate", message, to }), "Also sent to"),
  },
  drop: {
    key: "x",
    does: "drop",
    help: ["x", "drop it"],
    act: ({ id }, ui) => wished(ui, { kind: "drop", message: id }, "Dropped."),
  },
  takeBack: {
    key: "b",
    does: "take back",
    help: ["b", "take back what was done to it last"],
    act: ({ id }, ui) => wished(ui, { kind: "take_back", message: id }, "Taken back."),
  },
} satisfies Record<string, MessageKey>;

/** Those of them that change what waits, in the order in which hints name them. */
export const CHANGING_KEYS: readonly MessageKey[] = [
  MESSAGE_KEYS.edit,
  MESSAGE_KEYS.redirect,
  MESSAGE_KEYS.drop,
  MESSAGE_KEYS.duplicate,
];

/**
 * Makes the binding of such a key.
 *
 * @param selected the message that is meant now, with the screen once it is; null where there is none
 */
export function onMessage(
  { key, does, help, act }: MessageKey,
  selected: (scene: Scene) => { readonly message: Message; readonly ui: Ui } | null,
): Binding {
  return {
    keys: [key],
    actions: { [`message.${does.replaceAll(" ", "_")}`]: [key] },
    help,
    hints: ({ state }) => state.run.ending === null ? [{ keys: key, does }] : [],
    press(scene) {
      const found = selected(scene);
      if (found === null) return told(scene.ui, "There is no message to act on.");
      const { message, ui } = found;
      // Whether a drop can be taken back, the run knows.
      const isDropped = message.status === "dropped" && key === MESSAGE_KEYS.takeBack.key;
      if (isPending(message) || isDropped) return act(message, ui, scene);
      return told(ui, `This message is ${plainName(message.status)}; only queued and held ones can be changed.`);
    },
  };
}
