import type { State } from "../features/state.ts";
import type { Aim, Ui } from "./interaction.ts";
import { type Line, lineCells, span } from "./line.ts";
import { viewId } from "./layout.ts";
import { isInterruptible } from "./select/activity.ts";
import { cells, cut } from "./text.ts";

type Hint = readonly [key: string, does: string];

const MESSAGES: readonly Hint[] = [
  ["j k", "select"],
  ["h", "hold"],
  ["u", "release"],
  ["e", "edit"],
  ["r", "redirect"],
  ["x", "drop"],
  ["?", "help"],
];

/** Keys whose hints stand on every screen: they send, answer, and lead out. */
const NEVER_LEFT_OUT: ReadonlySet<string> = new Set(["Enter", "a", "d", "Esc", "v Esc", "^C", "^D", "q"]);

function whileWriting(ui: Ui): readonly Hint[] {
  const line: readonly Hint[] = [["^J", "new line"], ["^C", ui.editor.text === "" ? "quit" : "clears"]];
  return ui.aim?.kind === "goal"
    ? [["Enter", "starts"], ...line, ["^D", "quits"]]
    : [["Enter", "sends"], ["Esc", "leaves"], ...line];
}

/** What Esc does in the panes, where it does something. */
function escapes(ui: Ui, state: State): readonly Hint[] {
  if (ui.zoom) return [["Esc", "unzoom"]];
  if (ui.focus.kind === "panel") return [["Esc", "back"]];
  return isInterruptible(state, ui.focus.role) ? [["Esc", "interrupt"]] : [];
}

function hintsFor(ui: Ui, state: State, opening: boolean): readonly Hint[] {
  if (ui.aim !== null) return whileWriting(ui);
  const quit: Hint = state.run.ending === null ? ["^C", "quit"] : ["q", "quits"];
  if (ui.overlay === "raw") return [["j k", "scroll"], ["← →", "older, newer reply"], ["v Esc", "closes"], quit];
  if (ui.overlay !== null) return [["j k", "scroll"], ["Esc", "closes"], quit];
  if (opening) return [["?", "help"], quit];
  if (state.run.ending !== null) {
    return [
      quit,
      ["s", "summary"],
      ...escapes(ui, state),
      ["1-9", "focus"],
      ["j k", "scroll"],
      ["z", "zoom"],
      ["?", "help"],
    ];
  }
  const asked: readonly Hint[] = state.people.questions.length === 0
    ? []
    : state.people.questions[0]!.kind === "input"
    ? [["i", "answer"], ["d", "leave unanswered"]]
    : [["a", "approve"], ["d", "deny"]];
  if (viewId(ui.focus) === "panel:messages") return [...asked, ...MESSAGES, ...escapes(ui, state), quit];
  return [
    ...asked,
    ["?", "help"],
    ["i", "write"],
    ["1-9", "focus"],
    ["j k", "scroll"],
    ["z", "zoom"],
    ["p", state.run.paused ? "go on" : "pause"],
    ["m", "messages"],
    ["t", "tasks"],
    ["f", "fleet"],
    ["h", "hold"],
    ["v", "raw reply"],
    ...escapes(ui, state),
    quit,
  ];
}

/** Asks where to, with every answer: the names are cut before one is left out. */
function redirectLine(roles: readonly string[], width: number): Line {
  const asked = roles.slice(0, 9);
  const longest = Math.max(0, ...asked.map((role) => cells(role)));
  const write = (title: string, most: number, gap: string): Line => [
    span(` ${title}${gap}`, "accent"),
    ...asked.flatMap((
      role,
      index,
    ) => [span(String(index + 1), "accent"), span(` ${cut(role, most, "")}${gap}`, "dim")]),
    span("Esc", "accent"),
    span(" no", "dim"),
  ];
  const lines = [
    write("redirect to", longest, "  "),
    ...Array.from({ length: Math.max(0, longest - 1) }, (_, index) => write("to", longest - index, " ")),
  ];
  return lines.find((line) => lineCells(line) <= width) ??
    [span(` to 1-${asked.length}`, "accent"), span("  Esc", "accent"), span(" no", "dim")];
}

/**
 * Lays out the hints: what the next key could be, or the notice that came last.
 *
 * @param ui the screen's state
 * @param state the run
 * @param roles threads
 * @param width cells; hints that do not fit whole are left out, those that answer or lead out last
 * @param opening whether there is neither a run nor a form yet
 */
export function hintLine(ui: Ui, state: State, roles: readonly string[], width: number, opening = false): Line {
  if (ui.notice !== "") return [span(" "), span(ui.notice, ui.confirming === null ? "strong" : "warn")];
  if (ui.redirecting !== null && ui.aim === null && ui.overlay === null) return redirectLine(roles, width);
  const hints = hintsFor(ui, state, opening);
  const size = ([key, does]: Hint): number => cells(key) + cells(does) + 3;
  // The first one has only one space before it.
  let room = width + 1;
  const shown = new Set<Hint>();
  for (const wanted of [true, false]) {
    for (const hint of hints) {
      if (NEVER_LEFT_OUT.has(hint[0]) !== wanted) continue;
      if (size(hint) > room) break;
      room -= size(hint);
      shown.add(hint);
    }
  }
  return hints.filter((hint) => shown.has(hint)).flatMap(([key, does], index) => [
    span(index === 0 ? " " : "  "),
    span(key, "accent"),
    span(` ${does}`, "dim"),
  ]);
}

/** What stands before the input. */
export function inputLabel(aim: Aim | null): string {
  switch (aim?.kind) {
    case undefined:
      return "› ";
    case "goal":
      return "goal › ";
    case "answer":
      return "answer › ";
    case "edit":
      return "edit message › ";
    case "say":
      return `to ${aim.to} › `;
  }
}
