import { type Line, lineCells, type Span, span, type Style } from "../line.ts";
import type { Opening } from "../panel.ts";
import type { PastRun, StartForm } from "../session.ts";
import { BEST, selectedOnStart, type StartRow, startRows } from "../start_keys.ts";
import { cells, cut, oneLine, wrap } from "../text.ts";
import { amount } from "./words.ts";

/** Screens as wide as this have two columns, with so many cells between them. */
const COLUMNS_FROM = 112;
const GAP = 3;
/** Cells of a label before its words. */
const LABEL = 11;

const MODE_WORDS = {
  driver: "decides each step (driver)",
  observer: "watches, and steps in on trouble (observer)",
  off: "none: the rules go on (off)",
} as const;

const RUN_SIGNS: Readonly<Record<PastRun["kind"], readonly [sign: string, style: Style]>> = {
  accepted: ["✓", "passed"],
  open: ["‖", "waits"],
  other: ["○", "plain"],
};

/** What a row is laid out from. */
interface Place {
  readonly form: StartForm;
  readonly selected: StartRow | null;
  readonly width: number;
}

/**
 * Lays out what can be chosen before a run: runs of the project, goals, which role runs where, and the manner of the next run.
 *
 * @param opening the form, and the screen's own state
 * @param width cells of a row
 */
export function startLines({ form, ui }: Opening & { readonly form: StartForm }, width: number): Line[] {
  const selected = selectedOnStart(form, ui);
  if (ui.placing !== null) return placeLines({ form, selected, width }, startRows(form, ui));
  const wide = width >= COLUMNS_FROM;
  const room = wide ? Math.floor((width - GAP) / 2) : width;
  const at = { form, selected, width: room };
  const [left, right] = [[...runLines(at), [], ...exampleLines(at)], [...crewLines(at), [], ...mannerLines(at)]];
  const refused = form.refused?.says ?? "";
  const lacks = [...(refused === "" ? [] : [refused]), ...form.lacks]
    .flatMap((text) => wrap(oneLine(text), width).map((row): Line => [span(row, "failed")]));
  const head: Line[] = lacks.length === 0 ? [] : [...lacks, []];
  return wide ? [...head, ...beside(left, right, room)] : [...head, ...left, [], ...right];
}

function beside(left: readonly Line[], right: readonly Line[], room: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at): Line => {
    const [one, other] = [left[at] ?? [], right[at] ?? []];
    return [...one, span(" ".repeat(Math.max(0, room - lineCells(one)) + GAP)), ...other];
  });
}

function title(text: string, remark = ""): Line {
  return [span(text, "strong"), ...(remark === "" ? [] : [span(`  ${remark}`, "dim")])];
}

/** A row that can be chosen: the chosen one is marked by a sign too, for those who see no colour. */
function chosenRow({ selected, width }: Place, kind: StartRow["kind"], id: string, line: Line): Line {
  if (selected === null || selected.kind !== kind || selected.id !== id) return [span("  "), ...line];
  const text = cut(`> ${line.map((part) => part.text).join("")}`, width);
  return [span(text + " ".repeat(Math.max(0, width - cells(text))), "selected")];
}

function runLines(at: Place): Line[] {
  const { runs, olderRuns } = at.form;
  if (runs.length === 0) return [title("RUNS"), [span("  none yet: type what is to be done below", "dim")]];
  const [when, ended, spent] = [
    Math.max(...runs.map(({ began }) => cells(began))),
    Math.max(...runs.map(({ ending }) => cells(ending))),
    Math.max(...runs.map((run) => tokensOf(run).length)),
  ];
  const more = olderRuns === 0 ? [] : [[span(`  ${olderRuns} older: autonomy runs`, "dim")]];
  return [
    title("RUNS"),
    ...runs.map((run) => {
      const [sign, style] = RUN_SIGNS[run.kind];
      const parts: Span[] = [
        span(`${sign} ${run.ending.padEnd(ended)}  `, style),
        span(`${run.began.padEnd(when)}  ${tokensOf(run).padStart(spent)}  `, "dim"),
      ];
      return chosenRow(at, "run", run.id, [...parts, span(cut(oneLine(run.goal), restOf(at, parts)))]);
    }),
    ...more,
  ];
}

function tokensOf({ tokens }: PastRun): string {
  return tokens === null ? "" : amount(tokens);
}

/** Cells that are left of a row behind what stands in it. */
function restOf({ width }: Place, parts: Line): number {
  return Math.max(0, width - 2 - lineCells(parts));
}

function exampleLines(at: Place): Line[] {
  return [
    title("GOALS", "taken over into the line below"),
    ...at.form.examples.map((text) => chosenRow(at, "example", text, [span(cut(text, restOf(at, [])))])),
  ];
}

function crewLines(at: Place): Line[] {
  const { rows, places, lacks } = at.form;
  // What the first rows of the screen say of all roles is not said of each.
  const own = (note: string) => lacks.some((lack) => lack.includes(note)) ? "" : oneLine(note);
  const longest = Math.max(0, ...rows.map(({ role }) => cells(oneLine(role))));
  return [
    title("CREW", places.length === 0 ? "no host answers" : "who runs where"),
    ...rows.flatMap(({ role, model, host, note, chosen }) => {
      const name = span(`${oneLine(role).padEnd(longest)}  `, "strong");
      const place = oneLine(host === "" ? model : `${model}@${host}`);
      const said = [chosen === true ? "chosen" : "", own(note)].filter((one) => one !== "").join("; ");
      const rest = restOf(at, [name]);
      const isBeside = cells(place) + 2 + cells(said) <= rest;
      const line = [name, span(cut(place, rest)), ...(isBeside && said !== "" ? [span(`  ${said}`, "dim")] : [])];
      const below = isBeside || said === ""
        ? []
        : wrap(said, Math.max(8, rest)).map((row): Line => [span(" ".repeat(longest + 4)), span(row, "dim")]);
      return [chosenRow(at, "role", role, line), ...below];
    }),
  ];
}

function mannerLines(at: Place): Line[] {
  const { mode, gate, trust, checks, notes } = at.form;
  const labelled = (kind: StartRow["kind"], label: string, text: string): Line[] => {
    const [first = "", ...rest] = wrap(oneLine(text), Math.max(8, at.width - 2 - LABEL));
    return [
      chosenRow(at, kind, "", [span(label.padEnd(LABEL), "strong"), span(first)]),
      ...rest.map((row): Line => [span(" ".repeat(LABEL + 2)), span(row, "dim")]),
    ];
  };
  const plain = (label: string, text: string) =>
    wrap(text, Math.max(8, at.width - 2 - LABEL)).map((row, index): Line => [
      span(`  ${(index === 0 ? label : "").padEnd(LABEL)}`, "dim"),
      span(row, label === "" ? "dim" : "plain"),
    ]);
  return [
    title("MANNER", "of the next run"),
    ...labelled("mode", "arbiter", MODE_WORDS[mode]),
    ...labelled("gate", "gate", gate ? "on: each message waits for you" : "off: messages go by themselves"),
    ...(trust === null ? [] : trust.given ? plain("trust", trust.says) : labelled("trust", "trust", trust.says)),
    ...labelled("hosts", "hosts", "ask them again"),
    ...plain("checks", checks.length === 0 ? NO_CHECKS : checks.map((one) => oneLine(one)).join(", ")),
    ...notes.flatMap((note) => plain("", oneLine(note))),
  ];
}

const NO_CHECKS = "none found: the run can end partly done, never accepted";

function placeLines(at: Place, rows: readonly StartRow[]): Line[] {
  return [
    [span("For this session; the next run has it. --model and your configuration keep it.", "dim")],
    [],
    ...rows.map(({ id }) =>
      chosenRow(at, "place", id, [
        span(
          id === BEST
            ? "where it fits best, as the plugin and your configuration say"
            : cut(oneLine(id), restOf(at, [])),
        ),
      ])
    ),
  ];
}
