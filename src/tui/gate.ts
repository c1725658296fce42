import { isUntold } from "../features/messages/duplicates.ts";
import type { Hold, Message } from "../features/messages/message.ts";
import type { State } from "../features/state.ts";
import { CHANGING_KEYS, MESSAGE_KEYS, onMessage } from "./message_keys.ts";
import type { Binding, Scene } from "./panel.ts";
import { type Pressed, told, type Ui, wished } from "./ui.ts";

/** The action that shuts and opens the gate. */
export const OPENS = { "pane.gate": ["H"] } as const;

/** Stands for the gate among what is selected on the screen. */
const ID = "gate";

/** The hold of all: while it stands each message waits at the gate, above the input line; null where it does not. */
export function gateOf({ messages: { holds } }: State): Hold | null {
  return holds.find(({ scope }) => scope === "all") ?? null;
}

/** Messages that wait for a person, in the order in which they came. */
export function waiting({ messages: { list } }: State): readonly Message[] {
  return list.filter(({ status }) => status === "held");
}

/** The message that the keys of the gate mean: the one that is selected in the panel that has the keys, else the first that waits. */
export function gateMessage({ state, ui }: Scene): Message | null {
  if (gateOf(state) === null || state.run.ending !== null) return null;
  const held = waiting(state);
  return held.find(({ id }) => id === ui.selected[ui.focus]) ?? held[0] ?? null;
}

/** Shuts the gate, or opens it again. */
export function turnGate({ state, ui }: Scene): Pressed {
  const gate = gateOf(state);
  return gate === null
    ? wished(
      ui,
      { kind: "hold", scope: "all", of: "" },
      "Each message waits for you now. {gate.pass} passes one, {pane.gate} lets all go.",
    )
    : wished(ui, { kind: "lift", hold: gate.id }, "Messages go on by themselves.");
}

/** A binding that means nothing unless a message waits at the gate. */
function whereWaits(binding: Binding): Binding {
  return { ...binding, press: (scene, key) => gateMessage(scene) === null ? null : binding.press(scene, key) };
}

const pass: Binding = {
  keys: ["enter", " "],
  actions: { "gate.pass": ["enter", " "] },
  help: ["Enter Space", "pass the message that waits"],
  hints: () => [{ keys: "Enter", does: "pass" }],
  press(scene) {
    const { id = "" } = gateMessage(scene) ?? {};
    return wished(scene.ui, { kind: "release", message: id }, "Passed.");
  },
};

/** Passes all that wait. */
export const PASS_ALL: Binding = {
  keys: ["A"],
  actions: { "gate.pass_all": ["A"] },
  help: ["A", "pass all that wait"],
  hints: ({ state }) => waiting(state).length < 2 ? [] : [{ keys: "A", does: "pass all" }],
  press: ({ ui }) => wished(ui, { kind: "release_all" }, "All are passed."),
};

/** Notes which message of the gate was acted on last. */
const acting = (scene: Scene, message: Message) => ({
  message,
  ui: { ...scene.ui, selected: { ...scene.ui.selected, [ID]: message.id } },
});

const changing = CHANGING_KEYS.map((key) => ({
  ...whereWaits(onMessage(key, (scene) => {
    const message = gateMessage(scene);
    return message === null ? null : acting(scene, message);
  })),
  help: null,
}));

/** The message that was dropped last at the gate, as long as that can be taken back; null where none is. */
export function droppedLast({ state, ui }: Scene): Message | null {
  const message = state.messages.list.find(({ id }) => id === ui.selected[ID]);
  return message?.status === "dropped" && gateOf(state) !== null && isUntold(state, message) ? message : null;
}

/** Takes back what was done last to the message that was dropped there, or waits. */
export const TAKE_BACK: Binding = onMessage(MESSAGE_KEYS.takeBack, (scene) => {
  const message = droppedLast(scene) ?? gateMessage(scene);
  return message === null ? null : acting(scene, message);
});

/** Releases one that is held, where it is selected. */
const RELEASE: Binding = onMessage(MESSAGE_KEYS.release, () => null);

/** Keys of the gate, while a message waits at it and nobody is writing; the help of those of messages stands with that panel. */
export const GATE_KEYS: readonly Binding[] = [
  whereWaits(pass),
  ...changing,
  {
    ...TAKE_BACK,
    help: null,
    hints: (scene) =>
      droppedLast(scene) !== null || (gateMessage(scene)?.changes.length ?? 0) > 0
        ? TAKE_BACK.hints?.(scene) ?? []
        : [],
    press: (scene, key) =>
      droppedLast(scene) === null && gateMessage(scene) === null ? null : TAKE_BACK.press(scene, key),
  },
  whereWaits(PASS_ALL),
];

/** What is said where a key for a message meets none, so that no key is without an answer. */
export const WITHOUT_MESSAGE: Binding = {
  keys: [
    ...CHANGING_KEYS.map(({ key }) => key),
    MESSAGE_KEYS.takeBack.key,
    MESSAGE_KEYS.release.key,
    ...PASS_ALL.keys,
  ],
  actions: Object.assign({}, ...[...changing, TAKE_BACK, RELEASE, PASS_ALL].map(({ actions }) => actions)),
  help: null,
  press(scene, key) {
    const { state, ui } = scene;
    if (gateOf(state) === null) {
      return told(
        ui,
        "No message is selected: {panel.messages} goes to them, {pane.gate} has each wait.",
      );
    }
    const last = state.messages.list.find(({ id }) => id === ui.selected[ID]);
    const isLate = key === MESSAGE_KEYS.takeBack.key && last?.status === "dropped";
    return told(
      ui,
      isLate
        ? "That it was dropped was told to who waited for it: this cannot be taken back any more."
        : "No message waits at the gate.",
    );
  },
};

/** Says once what the gate is, where the first message waits at it and nothing else is said. */
export function explained(scene: Scene): Ui {
  const { ui } = scene;
  if (ui.gateSaid || ui.notice !== "" || ui.aim !== null || gateMessage(scene) === null) return ui;
  const notice =
    "It waits for you: {gate.pass} passes it, {message.edit} edits it, {pane.question} shows all, {pane.gate} lets all go.";
  return { ...ui, gateSaid: true, notice };
}
