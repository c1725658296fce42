import { isPending, type Message } from "../../features/messages/message.ts";
import type { State } from "../../features/state.ts";
import { counted } from "../../kernel/text.ts";
import { gateMessage } from "../gate.ts";
import { inspecting } from "../inspected.ts";
import { type Line, span } from "../line.ts";
import { MESSAGE_KEYS, onMessage } from "../message_keys.ts";
import type { Binding, Panel, Scene } from "../panel.ts";
import { rowsOf, SCROLLING } from "../screen_keys.ts";
import { MESSAGE_WORDS } from "../select/words.ts";
import { cells, cut, neutralise, oneLine, wrap } from "../text.ts";
import type { Ui } from "../ui.ts";

const ID = "messages";

/** Panels lower than this show no message whole. */
const WHOLE_FROM = 8;

/** Narrower rows leave the status of a message to its sign, which its selection says in words. */
const WORDS_FROM = 44;

const SELECT: Binding = {
  ...SCROLLING,
  help: null,
  hints: () => [{ keys: "j k", does: "select" }],
  press(scene, key) {
    const listed = listedMessages(scene.state);
    const at = listed.findIndex((message) => message.id === selectedMessage(scene)?.id) + rowsOf(key, scene.page);
    const next = listed[Math.max(0, Math.min(listed.length - 1, at))];
    return { ui: next === undefined ? scene.ui : selecting(scene.ui, next) };
  },
};

/** Shows the selected message whole. At a shut gate Enter passes what waits there. */
const OPEN: Binding = {
  keys: ["enter"],
  actions: { "message.open": ["enter"] },
  help: ["Enter", "all of it with receipts, causes; w: at a shut gate, too"],
  hints: (scene) => gateMessage(scene) === null ? [{ keys: "Enter", does: "all of it" }] : [],
  press(scene) {
    if (gateMessage(scene) !== null) return null;
    const message = selectedMessage(scene);
    return message === null ? null : { ui: inspecting(scene.ui, message.id) };
  },
};

/** The messages between models and with the person, and what a person can do with them. */
export const messages: Panel = {
  id: ID,
  key: "m",
  room: { share: 0.45, least: 4 },
  title({ messages: { list } }) {
    const held = list.filter((message) => message.status === "held").length;
    return held === 0 ? "messages" : `messages, ${held} held`;
  },
  lines: (scene, { width }) => messageLines(scene.state, width, marked(scene)?.id ?? null),
  foot(scene, { width, height }) {
    const message = marked(scene);
    return message === null || height < WHOLE_FROM ? [] : messageDetail(message, width, Math.floor(height / 2) - 1);
  },
  brief({ state }) {
    const moving = state.messages.list.filter(isPending);
    const held = moving.filter((message) => message.status === "held").length;
    return held === 0
      ? [span("messages ", "dim"), span(`${moving.length} ${moving.length === 1 ? "waits" : "wait"}`)]
      : [span(`${counted(held, "message")} held`, "waits")];
  },
  copies(scene) {
    const message = selectedMessage(scene);
    return message === null ? [] : [{ name: `message ${message.id}`, text: message.text }];
  },
  finds: {
    rows: ({ state }) =>
      listedMessages(state).map(({ id, from, to, kind, text }) => ({
        id,
        text: `${id} ${kind} ${from}→${to} ${text}`,
      })),
    at: (scene) => selectedMessage(scene)?.id ?? null,
  },
  bindings: [
    SELECT,
    OPEN,
    ...Object.values(MESSAGE_KEYS).map((key) =>
      onMessage(key, (scene) => {
        const message = selectedMessage(scene);
        return message === null ? null : { message, ui: selecting(scene.ui, message) };
      })
    ),
  ],
};

/** Messages in the order the panel shows them: held ones as they came, then those on their way or being read, then the others, newest first. */
function listedMessages({ messages: { list } }: State): readonly Message[] {
  const isHeld = ({ status }: Message) => status === "held";
  const isLive = (message: Message) => !isHeld(message) && (isPending(message) || message.status === "in_prompt");
  return [
    ...list.filter(isHeld),
    ...list.filter(isLive).reverse(),
    ...list.filter((message) => !isHeld(message) && !isLive(message)).reverse(),
  ];
}

/** The message that the keys mean. */
export function selectedMessage({ state, ui }: Scene): Message | null {
  const listed = listedMessages(state);
  return listed.find((message) => message.id === ui.selected[ID]) ?? listed[0] ?? null;
}

/** The same, where the panel has the focus. */
function marked(scene: Scene): Message | null {
  return scene.ui.focus === ID ? selectedMessage(scene) : null;
}

function selecting(ui: Ui, { id }: Message): Ui {
  return { ...ui, selected: { ...ui.selected, [ID]: id } };
}

/** What was done to a message on its way, and by whom; the empty text for nothing. */
function changesOf(message: Message): string {
  if (message.changedBy === null) return "";
  const done = [
    ...(message.original === null ? [] : ["edited"]),
    ...(message.originalTo === null ? [] : ["redirected"]),
    ...(message.duplicateOf === undefined ? [] : [`sent as a duplicate of ${message.duplicateOf}`]),
  ];
  return `${done.length === 0 ? "changed" : done.join(" and ")} by ${
    message.changedBy === "person" ? "you" : message.changedBy
  }`;
}

/**
 * Lays out the messages: status, way, text.
 *
 * @param state the run
 * @param width cells of a row
 * @param selected id of the selected message; null for none
 */
export function messageLines(state: State, width: number, selected: string | null): Line[] {
  const holds = state.messages.holds.filter((hold) => hold.scope !== "message").map((hold): Line => [
    span("‖ ", "waits"),
    span(hold.scope === "all" ? "all messages are held" : `all messages ${hold.scope} ${hold.of} are held`, "waits"),
  ]);
  const lines = listedMessages(state).map((message) => messageLine(message, width, message.id === selected));
  return lines.length + holds.length === 0 ? [[span("No messages yet.", "dim")]] : [...holds, ...lines];
}

function messageLine(message: Message, width: number, isSelected: boolean): Line {
  const shown = MESSAGE_WORDS[message.status];
  const changes = changesOf(message);
  // In a narrow row the words would leave no room for the text; the whole message under the list says them.
  const changed = changes === "" ? "" : width < 60 ? "*" : ` (${changes})`;
  const isQuiet = shown.style === "dim";
  const text = oneLine(message.text);
  const word = width < WORDS_FROM && !isSelected ? "" : shown.word.padEnd(10);
  const head = `${shown.sign}${isSelected ? ">" : " "}${word}`;
  const way = `${message.from}→${message.to}${changed} `;
  if (isSelected) {
    const row = cut(head + way + text, width);
    return [span(row + " ".repeat(width - cells(row)), "selected")];
  }
  return [span(head, shown.style), span(way, isQuiet ? "dim" : "strong"), span(text, isQuiet ? "dim" : "plain")];
}

/**
 * Lays out the whole text of a message, under the list.
 *
 * @param message the selected message
 * @param width cells of a row
 * @param most most rows
 */
export function messageDetail(message: Message, width: number, most: number): Line[] {
  const rows = wrap(neutralise(message.text).trim(), width);
  const shown = rows.slice(0, rows.length > most ? most - 1 : most).map((row): Line => [span(row)]);
  if (rows.length > most) shown.push([span(`… ${rows.length - most + 1} more lines: Enter or w shows all`, "dim")]);
  const changes = changesOf(message);
  const from = message.originalTo === null ? "" : `, it was to ${message.originalTo}`;
  const about = `${message.kind} ${message.from}→${message.to}${changes === "" ? "" : `, ${changes}`}${from}`;
  return [[span(about, "dim")], ...shown];
}
