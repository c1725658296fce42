import type { Decision } from "../../features/decisions/slice.ts";
import type { State } from "../../features/state.ts";
import { type Line, lineCells, span, type Style } from "../line.ts";
import type { Binding, Panel, Scene } from "../panel.ts";
import { timeOfDay } from "../select/words.ts";
import { type Selectable, selectedRow, selectKeys } from "../selected.ts";
import { cells, cut, neutralise, wrap } from "../text.ts";

/** Name of the panel, and of the decision that is selected in it. */
export const DECISIONS = "decisions";

/** Panels lower than this show nothing below their rows. */
const WHOLE_FROM = 8;
/** Rows narrower than this have no time. */
const TIME_FROM = 34;
/** What came of a decision stands beside it where it has so many cells. */
const CAME_FROM = 10;

/** Decisions that the state holds: the last ones that are over, and those at work. */
function held({ decisions: { past, open } }: State): readonly Decision[] {
  return [...past.filter(({ id }) => open[id] === undefined), ...Object.values(open)];
}

const SELECTABLE: Selectable = {
  panel: DECISIONS,
  rows: ({ store }) => store.decisions().map(({ id }) => id),
  first: (rows) => rows.at(-1),
};

/** The decision that the keys mean; null where none was made. */
export function selectedDecision(scene: Scene): string | null {
  return selectedRow(scene, SELECTABLE);
}

const whyKey: Binding = {
  keys: ["enter"],
  actions: { "decisions.why": ["enter"] },
  help: ["Enter", "why it was decided: brief, reply, what else was legal"],
  hints: () => [{ keys: "Enter", does: "why" }],
  press(scene) {
    const { ui } = scene;
    return selectedDecision(scene) === null
      ? { ui: { ...ui, notice: "Nothing was decided yet." } }
      : { ui: { ...ui, overlay: "why" } };
  },
};

/** What was decided, in plain words, with what came of it. With the focus all decisions of the run, else the last ones. */
export const decisions: Panel = {
  id: DECISIONS,
  key: "l",
  room: { share: 0.4, least: 4 },
  title: ({ decisions: { count } }) => count === 0 ? "decisions" : `decisions ${count}`,
  lines(scene, { width, height }) {
    const { state, store, ui } = scene;
    const isFocused = ui.focus === DECISIONS;
    const shown = isFocused ? store.decisions() : held(state).slice(-height);
    if (shown.length === 0) return [[span("Nothing was decided yet.", "dim")]];
    const marked = isFocused ? selectedDecision(scene) : null;
    return shown.map((decision) => decisionLine(scene, decision, width, decision.id === marked));
  },
  foot(scene, { width, height }) {
    if (scene.ui.focus !== DECISIONS || height < WHOLE_FROM) return [];
    const id = selectedDecision(scene);
    const decision = scene.store.decisions().find((one) => one.id === id);
    return decision === undefined ? [] : detailLines(decision, width, Math.floor(height / 2) - 1);
  },
  copies(scene) {
    const { store } = scene;
    const decision = store.decisions().find(({ id }) => id === selectedDecision(scene));
    if (decision === undefined) return [];
    const { words, came } = store.tells(decision);
    const lines = [`${decision.id}: ${words}`, decision.reason, came].filter((line) => line !== "");
    return [{ name: `decision ${decision.id}`, text: lines.join("\n") }];
  },
  finds: {
    rows: ({ store }) =>
      store.decisions().map((decision) => {
        const { words, came } = store.tells(decision);
        return {
          id: decision.id,
          text: [decision.id, words, came, decision.reason, decision.outcome ?? ""].join("\n"),
        };
      }),
    at: selectedDecision,
  },
  bindings: [selectKeys(SELECTABLE), whyKey],
};

/** Sign of how far a decision is, with its style. */
export function signOf({ outcome, ok }: Pick<Decision, "outcome" | "ok">): readonly [string, Style] {
  if (outcome === null) return ["●", "works"];
  return ok === true ? ["✓", "passed"] : ["✗", "failed"];
}

function decisionLine({ store }: Scene, decision: Decision, width: number, isMarked: boolean): Line {
  const { words, came } = store.tells(decision);
  const [sign, style] = signOf(decision);
  const lead = [`${sign}${isMarked ? ">" : " "}`, width < TIME_FROM ? "" : `${timeOfDay(decision.at)} `] as const;
  const id = `${decision.id.padEnd(3)} `;
  const room = width - cells(lead[0]) - cells(lead[1]) - cells(id) - cells(words) - 2;
  const beside = came === "" || room < CAME_FROM ? "" : `  ${cut(neutralise(came), room)}`;
  if (isMarked) {
    const row = cut(lead.join("") + id + neutralise(words) + beside, width);
    return [span(row + " ".repeat(Math.max(0, width - cells(row))), "selected")];
  }
  const line: Line = [
    span(lead[0], style),
    span(lead[1] + id, "dim"),
    span(words, decision.outcome === null ? "strong" : "plain"),
    span(beside, "dim"),
  ];
  return lineCells(line) === 0 ? [] : line;
}

/** Why it was decided, and the whole of what came of it. */
function detailLines({ by, reason, outcome }: Decision, width: number, most: number): Line[] {
  const deciders: Readonly<Record<string, string>> = { rules: "by the rules", person: "by you" };
  const why = [deciders[by] ?? `by the ${by}`, ...(reason === "" ? [] : [`because: ${reason}`])].join(", ");
  const rows = [
    ...wrap(neutralise(why).replaceAll("\n", " "), width).map((row): Line => [span(row, "dim")]),
    ...wrap(neutralise(outcome ?? "at work").trim(), width).map((row): Line => [span(row)]),
  ];
  return rows.length <= most ? rows : [...rows.slice(0, most - 1), [span("… Enter shows all", "dim")]];
}
