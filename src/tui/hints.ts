import type { State } from "../core/state.ts";
import type { Aim, Ui } from "./interaction.ts";
import { type Line, lineCells, type Span, span } from "./line.ts";
import { viewId } from "./layout.ts";

type Hint = readonly [key: string, does: string];

const WRITING: readonly Hint[] = [["Enter", "sends"], ["^J", "new line"], ["Esc", "leaves"], ["^C", "clears"]];
const MESSAGES: readonly Hint[] = [
  ["j k", "select"],
  ["h", "hold"],
  ["u", "release"],
  ["e", "edit"],
  ["r", "redirect"],
  ["x", "drop"],
  ["Esc", "back"],
  ["?", "help"],
];

function hintsFor(ui: Ui, state: State, roles: readonly string[], opening: boolean): readonly Hint[] {
  if (ui.aim?.kind === "goal") return [["Enter", "starts"], ["^J", "new line"], ["^C", "clears"], ["^D", "quits"]];
  if (ui.aim !== null) return WRITING;
  if (ui.overlay === "raw") return [["j k", "scroll"], ["← →", "older, newer reply"], ["v Esc", "closes"]];
  if (ui.overlay !== null) {
    return [["j k", "scroll"], ["Esc", "closes"], ...(state.ending === null ? [] : [["q", "quits"] as const])];
  }
  if (opening) return [["?", "help"], ["^C", "quit"]];
  if (ui.redirecting !== null) {
    return [["redirect to", ""], ...roles.slice(0, 9).map((role, index): Hint => [String(index + 1), role]), [
      "Esc",
      "no",
    ]];
  }
  const asked: readonly Hint[] = state.questions.length === 0
    ? []
    : state.questions[0]!.kind === "input"
    ? [["i", "answer"], ["d", "leave unanswered"]]
    : [["a", "approve"], ["d", "deny"]];
  if (state.ending !== null) {
    return [["q", "quits"], ["s", "summary"], ["1-9", "focus"], ["j k", "scroll"], ["z", "zoom"], ["?", "help"]];
  }
  if (viewId(ui.focus) === "panel:messages") return [...asked, ...MESSAGES];
  return [
    ...asked,
    ["?", "help"],
    ["i", "write"],
    ["1-9", "focus"],
    ["j k", "scroll"],
    ["z", "zoom"],
    ["p", state.paused ? "go on" : "pause"],
    ["m", "messages"],
    ["t", "tasks"],
    ["f", "fleet"],
    ["h", "hold"],
    ["^C", "quit"],
    ["v", "raw reply"],
  ];
}

/**
 * Lays out the hints: what the next key could be, or the notice that came last.
 *
 * @param ui the screen's state
 * @param state the run
 * @param roles threads
 * @param width cells; hints that do not fit whole are left out
 * @param opening whether there is neither a run nor a form yet
 */
export function hintLine(ui: Ui, state: State, roles: readonly string[], width: number, opening = false): Line {
  if (ui.notice !== "") return [span(" "), span(ui.notice, ui.confirming === null ? "strong" : "warn")];
  const line: Span[] = [span(" ")];
  for (const [key, does] of hintsFor(ui, state, roles, opening)) {
    const next: Span[] = [span(key, "accent"), span(does === "" ? "  " : ` ${does}  `, "dim")];
    if (lineCells(line) + lineCells(next) > width + 2) break;
    line.push(...next);
  }
  return line;
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
