import { type Line, span } from "../line.ts";
import type { Binding, Overlay, Scene } from "../panel.ts";
import type { ReplyEvidence } from "../store.ts";
import { neutralise, oneLine, wrap } from "../text.ts";
import { timeOfDay } from "../select/words.ts";

const TURN_OVER: Binding = {
  keys: ["left", "right"],
  actions: { "raw.older": ["left"], "raw.newer": ["right"] },
  help: ["← →", "in the raw view: older, newer reply"],
  hints: () => [{ keys: "← →", does: "older, newer reply" }],
  press({ ui, store }, key) {
    if (ui.raw === null) return { ui };
    const { role, at } = ui.raw;
    const next = Math.max(0, Math.min(store.replies(role) - 1, at + (key === "left" ? -1 : 1)));
    return { ui: next === at ? ui : { ...ui, raw: { role, at: next } } };
  },
};

/** A reply of a thread as it came, how it was read, what was tried and what helped. */
export const raw: Overlay = {
  id: "raw",
  title: ({ ui }) => `raw reply${ui.raw === null ? "" : ` of ${ui.raw.role}`}`,
  lines: replyLines,
  copies({ ui, store }) {
    const reply = ui.raw === null ? null : store.reply(ui.raw.role, ui.raw.at);
    return (reply?.parts ?? []).map(({ title, text }) => ({ name: oneLine(title), text }));
  },
  bindings: [TURN_OVER],
  closes: "v Esc",
};

function replyLines({ ui, store }: Scene, width: number): readonly Line[] {
  if (ui.raw === null) return [];
  const { role, at } = ui.raw;
  const reply = store.reply(role, at);
  if (reply === null) return [[span(`${role} has not replied yet.`, "dim")]];
  return evidenceLines(reply, `${at + 1} of ${store.replies(role)}`, width);
}

function evidenceLines(reply: ReplyEvidence, place: string, width: number): readonly Line[] {
  const head = `${place} · ${timeOfDay(reply.at)} · ${reply.purpose} · ${reply.key}`;
  const rows = (text: string, most: number) => wrap(neutralise(text).replace(/(?<!\n)\n+$/, ""), most);
  return [
    ...rows(oneLine(head), width).map((row): Line => [span(row, "strong")]),
    ...rows(oneLine(reply.where), width).map((row): Line => [span(row, "dim")]),
    ...reply.parts.flatMap(({ title, text, bad }): Line[] => [
      [],
      [span(bad ? `! ${oneLine(title)}` : oneLine(title), bad ? "failed" : "heading")],
      ...rows(text, Math.max(2, width - 2)).map((row): Line => [span("  "), span(row)]),
    ]),
  ];
}
