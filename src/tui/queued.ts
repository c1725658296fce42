import { isPending, type Message } from "../features/messages/message.ts";
import type { Scene } from "./panel.ts";
import type { Pressed } from "./ui.ts";

/** What the person said last and nobody has read yet, with the same words to others. */
function unread({ state: { messages: { list } } }: Pick<Scene, "state">): readonly Message[] {
  const waits = list.filter((one) => one.from === "person" && one.kind === "word" && isPending(one));
  const last = waits.at(-1);
  return waits.filter(({ at, text }) => at === last?.at && text === last.text);
}

/**
 * Takes back what the person said last, as far as nobody has read it: it stands in the input line again.
 *
 * @returns null where nothing waits
 */
export function takenBack(scene: Scene): Pressed | null {
  const { ui } = scene;
  const [first, ...others] = unread(scene);
  if (first === undefined) return null;
  const { text, to } = first;
  const aim = { kind: "say", to } as const;
  const drop = ({ id }: Message) => ({ kind: "drop" as const, message: id });
  return {
    ui: { ...ui, aim, writtenFor: aim, editor: { text, cursor: text.length }, recalled: null },
    deed: {
      kind: "wish",
      intent: drop(first),
      also: others.map(drop),
      done: `Taken back: nobody has read it. {input.send} sends it to ${to} again.`,
      refused: ui,
    },
  };
}
