import { writing } from "./drafts.ts";
import { named } from "./keymap.ts";
import type { Key } from "./keys.ts";
import type { Binding, Hint, Opening, Stage } from "./panel.ts";
import { rowsOf, SCREEN_KEYS, SCROLLING } from "./screen_keys.ts";
import { rowBeside, selecting } from "./selected.ts";
import type { ArbiterMode, StartForm } from "./session.ts";
import { confirmed, type Pressed, told, type Ui, wishedOfSession } from "./ui.ts";

/** What the selected row of the start screen is kept under, and that of the places of a role. */
const [ROW, PLACE] = ["start", "start.place"];

/** The place of a role that is left to the fleet. */
export const BEST = "";

/** Something that can be chosen on the start screen. */
export type StartRow =
  | { readonly kind: "run" | "role"; readonly id: string }
  | { readonly kind: "example"; readonly id: string }
  | { readonly kind: "mode" | "gate" | "trust" | "hosts"; readonly id: "" }
  | { readonly kind: "place"; readonly id: string };

/** What can be chosen now, in the order in which it is shown: the places of a role while one is chosen, else runs, goals, crew and manner. */
export function startRows(form: StartForm, { placing }: Pick<Ui, "placing">): readonly StartRow[] {
  if (placing !== null) return [BEST, ...form.places].map((id) => ({ kind: "place", id }));
  return [
    ...form.runs.map(({ id }) => ({ kind: "run", id } as const)),
    ...form.examples.map((id) => ({ kind: "example", id } as const)),
    ...form.rows.map(({ role }) => ({ kind: "role", id: role } as const)),
    { kind: "mode", id: "" },
    { kind: "gate", id: "" },
    ...(form.trust === null || form.trust.given ? [] : [{ kind: "trust", id: "" } as const]),
    { kind: "hosts", id: "" },
  ];
}

/** The row that the keys mean; null while the goal is written. */
export function selectedOnStart(form: StartForm, ui: Ui): StartRow | null {
  if (ui.aim !== null) return null;
  const rows = startRows(form, ui);
  const now = ui.placing === null ? undefined : `place ${chosenPlace(form, ui.placing)}`;
  return rows.find((row) => nameOf(row) === (ui.selected[placeOf(ui)] ?? now)) ?? rows[0] ?? null;
}

/** Where a role was put. */
function chosenPlace({ rows }: StartForm, role: string): string {
  const row = rows.find((one) => one.role === role);
  return row?.chosen === true ? `${row.model}@${row.host}` : BEST;
}

function placeOf({ placing }: Ui): string {
  return placing === null ? ROW : `${PLACE}.${placing}`;
}

function nameOf({ kind, id }: StartRow): string {
  return `${kind} ${id}`;
}

/** Leaves the goal line for the list above it; null where there is no list. */
export function toList({ ui, state, form }: Stage & { readonly form?: StartForm | null }): Ui | null {
  return state !== null || form === null || form === undefined ? null : { ...ui, aim: null };
}

function choose({ ui, page }: Opening, form: StartForm, key: Key): Pressed {
  const names = startRows(form, ui).map(nameOf);
  const now = selectedOnStart(form, ui);
  const next = rowBeside(names, now === null ? null : nameOf(now), rowsOf(key, page));
  return { ui: next === null ? ui : selecting(ui, placeOf(ui), next) };
}

const MODES: readonly ArbiterMode[] = ["driver", "observer", "off"];

/** What Enter comes to on a row. */
function act({ ui }: Opening, form: StartForm, row: StartRow, key: Key): Pressed {
  switch (row.kind) {
    case "run":
      return wishedOfSession(ui, { kind: "open", run: row.id }, "Reading the run …");
    case "example":
      return { ui: { ...writing(ui, { kind: "goal" }), editor: { text: row.id, cursor: row.id.length } } };
    case "role":
      return form.places.length === 0
        ? told(ui, "No host answers: there is no place to choose.")
        : { ui: { ...ui, placing: row.id } };
    case "place":
      return wishedOfSession(
        { ...ui, placing: null },
        { kind: "place", role: ui.placing ?? "", place: row.id === BEST ? null : row.id },
        "Asking the hosts …",
      );
    case "mode": {
      const mode = MODES[(MODES.indexOf(form.mode) + 1) % MODES.length]!;
      return wishedOfSession(ui, { kind: "mode", mode }, "");
    }
    case "gate":
      return wishedOfSession(ui, { kind: "gate", on: !form.gate }, "");
    case "trust":
      return confirmed(
        ui,
        key,
        { kind: "session", wish: { kind: "trust" }, says: "Looking at the project again …" },
        `Press {start.act} again to trust ${form.project} as it stands.`,
      );
    case "hosts":
      return wishedOfSession(ui, { kind: "start" }, "Asking the hosts …");
  }
}

const DOES: Readonly<Record<StartRow["kind"], string>> = {
  run: "opens the run",
  example: "takes the goal over",
  role: "another place",
  place: "puts it there",
  mode: "changes it",
  gate: "changes it",
  trust: "trusts it",
  hosts: "asks them again",
};

function whereForm(stage: Stage): { readonly stage: Opening; readonly form: StartForm } | null {
  return stage.state === null && stage.form !== null ? { stage, form: stage.form } : null;
}

/** Selects a row of the list. */
const CHOOSE: Binding<Stage> = {
  ...SCROLLING,
  help: null,
  hints: () => [{ keys: "↑ ↓", does: "choose", stays: true }],
  press(at, key) {
    const found = whereForm(at);
    return found === null ? null : choose(found.stage, found.form, key);
  },
};

const BINDINGS = {
  act: {
    keys: ["enter"],
    help: ["Enter", "open the run, take the goal over, change the setting"],
    hints(at): readonly Hint[] {
      const found = whereForm(at);
      const row = found === null ? null : selectedOnStart(found.form, at.ui);
      return row === null ? [] : [{ keys: "Enter", does: DOES[row.kind], stays: true }];
    },
    press(at, key) {
      const found = whereForm(at);
      const row = found === null ? null : selectedOnStart(found.form, at.ui);
      return found === null || row === null ? null : act(found.stage, found.form, row, key);
    },
  },
  back: {
    keys: ["i", "tab", "shift-tab", "esc"],
    help: ["i Tab Esc", "back to the goal line; Tab there: to the list"],
    hints: ({ ui }) => [{ keys: "Esc", does: ui.placing === null ? "to the goal" : "back", stays: true }],
    press(at, key) {
      if (whereForm(at) === null) return null;
      if (at.ui.placing !== null && key === "esc") return { ui: { ...at.ui, placing: null } };
      return { ui: writing({ ...at.ui, placing: null }, { kind: "goal" }) };
    },
  },
  quit: {
    keys: ["q"],
    help: ["q", "quit (asks once)"],
    hints: () => [],
    press: (at, key) =>
      whereForm(at) === null ? null : confirmed(at.ui, key, { kind: "quit" }, "Press {start.quit} again to quit."),
  },
} satisfies Record<string, Binding<Stage>>;

/** Keys of the start screen, while its list has them. */
export const START_KEYS = named("start", BINDINGS);

/** All that is heard on the start screen outside of the goal line, in order. */
export const ON_START: readonly Binding<Stage>[] = [
  START_KEYS.act,
  CHOOSE,
  START_KEYS.back,
  START_KEYS.quit,
  SCREEN_KEYS.help,
];
