import type { Message } from "../../features/messages/message.ts";
import type { Link } from "../../tell/message_stories.ts";
import { waiting } from "../gate.ts";
import { inspectedId, inspectedMessage, inspecting } from "../inspected.ts";
import { type Line, span } from "../line.ts";
import { MESSAGE_KEYS, onMessage } from "../message_keys.ts";
import type { Binding, Overlay, Scene } from "../panel.ts";
import { DECISIONS } from "../panels/decisions.ts";
import { MESSAGE_WORDS } from "../select/words.ts";
import { selecting } from "../selected.ts";
import { neutralise, oneLine, wrap } from "../text.ts";
import { type Pressed, told, type Ui, wished } from "../ui.ts";

/** Goes to a message or a decision of the chain. */
export function gone(ui: Ui, link: Link): Ui {
  return link.id.startsWith("m") ? inspecting(ui, link.id) : { ...selecting(ui, DECISIONS, link.id), overlay: "why" };
}

/** Keys that go through the chain of causes. */
const CHAIN: Binding = {
  keys: ["[", "]"],
  actions: { "message.cause": ["["], "message.effect": ["]"] },
  help: ["[ ]", "in a message or the why of a decision: what led to it, what it led to"],
  hints: () => [{ keys: "[ ]", does: "cause, effect" }],
  press(scene, key): Pressed {
    const { ui, store } = scene;
    const id = inspectedId(scene);
    const link = key === "[" ? store.message(id)?.before : store.causedBy(id)[0];
    if (link !== undefined && link !== null) return { ui: gone(ui, link) };
    return told(ui, key === "[" ? `What led to ${id} is not known, or a person did.` : `${id} led to nothing yet.`);
  },
};

/** Passes the message that is inspected; the next that waits takes its place. */
const pass: Binding = {
  keys: ["enter", " "],
  actions: { "gate.pass": ["enter", " "] },
  help: null,
  hints: (scene) => inspectedMessage(scene)?.status === "held" ? [{ keys: "Enter", does: "pass", stays: true }] : [],
  press(scene) {
    const message = inspectedMessage(scene);
    if (message?.status !== "held") return null;
    const next = waiting(scene.state).find(({ id }) => id !== message.id);
    const ui = next === undefined ? { ...scene.ui, overlay: null } : inspecting(scene.ui, next.id);
    return wished(ui, { kind: "release", message: message.id }, "Passed.");
  },
};

/** A message whole, with its receipts, what led to it and what it led to. */
export const message: Overlay = {
  id: "message",
  title: (scene) => `message ${inspectedId(scene)}`,
  lines(scene, width) {
    const id = inspectedId(scene);
    const [now, story] = [inspectedMessage(scene), scene.store.message(id)];
    const [sent = "", ...receipts] = story?.told ?? [];
    const [head = "", ...words] = sent.split("\n");
    const rows = (text: string, indent: string, style: "plain" | "dim"): Line[] =>
      wrap(neutralise(text).trim(), Math.max(2, width - indent.length)).map((row) => [span(indent + row, style)]);
    return [
      ...(now === null ? [] : [nowLine(now)]),
      ...rows(now?.text ?? words.join("\n"), "", "plain"),
      [],
      ...rows(head, "", "dim"),
      ...chainLines(scene, id, width),
      ...(receipts.length === 0 ? [] : [[], [span("receipts", "heading")]]),
      ...receipts.flatMap((receipt) => rows(receipt.replace(/^── /, ""), "  ", "plain")),
    ];
  },
  copies(scene) {
    const id = inspectedId(scene);
    const sent = (scene.store.message(id)?.told[0] ?? "").split("\n").slice(1).join("\n");
    return [{ name: `message ${id}`, text: inspectedMessage(scene)?.text ?? sent }];
  },
  bindings: [
    pass,
    CHAIN,
    ...Object.values(MESSAGE_KEYS).map((key) => {
      const binding = onMessage(key, (scene) => {
        const found = inspectedMessage(scene);
        return found === null ? null : { message: found, ui: scene.ui };
      });
      return { ...binding, help: null };
    }),
  ],
  closes: "Esc",
};

function nowLine({ from, to, status, changedBy }: Message): Line {
  const { sign, word, style } = MESSAGE_WORDS[status];
  const changed = changedBy === null ? "" : `  changed by ${changedBy === "person" ? "you" : changedBy}`;
  return [span(`${sign} ${word}  `, style), span(`${from} → ${to}`, "strong"), span(changed, "waits")];
}

/** What led to it and what it led to, with the keys that go there. */
function chainLines({ store }: Scene, id: string, width: number): Line[] {
  const before = store.message(id)?.before ?? null;
  const after = store.causedBy(id);
  const row = (keys: string, { id, says }: Link): Line[] =>
    wrap(`${id}  ${oneLine(says)}`, Math.max(8, width - 4)).map((words, index): Line => [
      span(index === 0 ? `  ${keys} ` : "    ", "key"),
      span(words),
    ]);
  return [
    ...(before === null ? [] : [[], [span("what led to it", "heading")], ...row("[", before)]),
    ...(after.length === 0 ? [] : [[], [span("what it led to", "heading")]]),
    ...after.flatMap((link, index) => row(index === 0 ? "]" : " ", link)),
  ];
}
