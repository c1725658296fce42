import { leftPatches } from "../../features/attempts/left_patches.ts";
import { withYes } from "../../features/checks/judge_run.ts";
import { changedFiles, undoneFiles } from "../../features/files/changed_files.ts";
import { elapsed } from "../../features/run/elapsed.ts";
import { leftCommands } from "../../features/later/left_commands.ts";
import type { State } from "../../features/state.ts";
import { counted } from "../../kernel/text.ts";
import { progress } from "../../features/tasks/progress.ts";
import { acceptHints, leftHints, patchHints, tryHints } from "../../tell/patch_hints.ts";
import { sayPair } from "../../tell/statistics.ts";
import { sayUndone } from "../../tell/undone_files.ts";
import { isBetweenRuns } from "../between_runs.ts";
import { inWords } from "../keymap.ts";
import { type Keymap, USUAL } from "../keys.ts";
import type { FileDifference } from "../../tell/changed_part.ts";
import { type Line, span, spread } from "../line.ts";
import { PANE_KEYS } from "../pane_keys.ts";
import type { Overlay, Scene } from "../panel.ts";
import { SCREEN_KEYS } from "../screen_keys.ts";
import { AFTER_RUN } from "../session_keys.ts";
import { REDO } from "../panels/changes.ts";
import { taskLines } from "../panels/tasks.ts";
import { CHANGE_WORDS, countOf } from "../select/file_difference.ts";
import { paragraph } from "../select/paragraph.ts";
import { amount, checksSentence, duration, endingWords } from "../select/words.ts";
import { cells, cut, neutralise, oneLine, wrap } from "../text.ts";

/** How the run ended. */
export const summary: Overlay = {
  id: "summary",
  name: "the summary",
  title: ({ state }) => state.run.ending?.left === true ? "the run was left" : "the run is over",
  lines: (scene, width) => [
    ...summaryLines(scene.state, width, {
      files: scene.store.changes("run"),
      keymap: scene.keymap,
      inSession: isBetweenRuns(scene),
      canBringBack: (scene.store.lastUndone?.() ?? null) !== null,
      next: [[], ...nextLines(scene, width), keyLine(scene.keymap)],
    }),
  ],
  bindings: [
    {
      keys: ["?"],
      actions: SCREEN_KEYS.help.actions,
      help: null,
      press: ({ ui }) => ({ ui: { ...ui, overlay: "help" } }),
    },
    {
      keys: [":", "ctrl-p"],
      actions: PANE_KEYS.command.actions,
      help: null,
      press: (scene) => PANE_KEYS.command.press(scene),
    },
    ...AFTER_RUN,
  ],
  closes: "Esc",
};

/** What is known of a run beside its state. */
interface KnownOfRun {
  /** What is different in the project by it; where that is not known of a file, its name stands alone. */
  readonly files?: readonly FileDifference[];
  /** What is bound anew. */
  readonly keymap?: Keymap;
  /** Whether keys go on with it in place of commands. */
  readonly inSession?: boolean;
  /** Whether a key brings back what was undone. */
  readonly canBringBack?: boolean;
  /** What can follow: rows that come before what is told in more breadth. */
  readonly next?: readonly Line[];
}

/**
 * Lays out how a run ended: kind, cause, tasks, checks, folder and files, spending, how to take it back and how to go on.
 *
 * @param state a run that is over
 * @param width cells of a row
 * @param known what is known beside it
 */
export function summaryLines(
  state: State,
  width: number,
  { files = [], keymap = USUAL, inSession = false, canBringBack = false, next = [] }: KnownOfRun = {},
): Line[] {
  const { info, ending } = state.run;
  if (ending === null || info === null) return [];
  const words = endingWords(ending);
  const { tokens, turns } = state.spending.run;
  const spent = `${amount(tokens)} tokens, ${counted(turns, "turn")}, ${duration(elapsed(state, state.at))}`;
  return [
    [span(words.title, words.style === "plain" ? "strong" : words.style)],
    ...wrap(words.sentence, width).map((row): Line => [span(row, "plain")]),
    [],
    ...(ending.left === true ? [] : paragraph("cause", ending.cause, width)),
    ...paragraph("goal", info.goal, width),
    ...paragraph("project", info.project, width),
    ...(state.checks.latest === null ? [] : paragraph("checks", checksSentence(state.checks.latest), width)),
    ...paragraph("spent", spent, width),
    [],
    ...workLines(state, width),
    [],
    ...fileLines({ state, id: info.id, known: files, keymap, inSession, canBringBack }, width),
    ...patchLines(state, info.id, width),
    ...leftLines(state, info.project, width),
    ...(ending.kind === "accepted" || inSession
      ? []
      : goOnLines(info.id, ending.spent === true && ending.kind !== "no_host" || ending.kind === "budget", width)),
    ...next,
    ...messageLines(state, width),
  ];
}

function workLines(state: State, width: number): Line[] {
  const { done, wanted, unchanged, dropped } = progress(state);
  const rest = `${unchanged === 0 ? "" : `, ${unchanged} with nothing to change`}${
    dropped === 0 ? "" : `, ${dropped} dropped`
  }`;
  const head: Line = [span(`Tasks, ${done} of ${wanted} done${rest}`, "strong")];
  return state.tasks.list.length === 0 ? [head] : [head, ...taskLines(state, width, Infinity)];
}

/** What became of the messages of each pair of roles. */
function messageLines({ statistics: { pairs, messages } }: State, width: number): Line[] {
  const rows = Object.entries(pairs);
  if (rows.length === 0) return [];
  const ways = rows.map(([pair]) => oneLine(pair.replace(" ", " → ")));
  const longest = Math.min(Math.max(...ways.map(cells)), Math.floor(width / 2));
  return [
    [],
    [span(`Messages, ${messages.sent} sent`, "strong")],
    ...rows.flatMap(([, counts], index) => {
      const way = cut(ways[index]!, longest);
      return wrap(sayPair(counts), Math.max(8, width - longest - 2)).map((row, at): Line => [
        span(`${at === 0 ? way : ""}${" ".repeat(longest - (at === 0 ? cells(way) : 0))}  `, "dim"),
        span(row),
      ]);
    }),
  ];
}

/** That the work was undone, and what brings it back where this screen undid it. */
function undoneLines(count: number, keymap: Keymap, canBringBack: boolean): Line[] {
  const back = canBringBack ? inWords(keymap, REDO, "R") : null;
  return [
    [span("Files, none changed: the work was undone", "strong")],
    [span(sayUndone(count))],
    ...(back === null ? [] : [[span(back, "strong"), span(" brings it back.")]]),
  ];
}

function fileLines(
  { state, id, known, keymap, inSession, canBringBack }: {
    readonly state: State;
    readonly id: string;
    readonly known: readonly FileDifference[];
    readonly keymap: Keymap;
    readonly inSession: boolean;
    readonly canBringBack: boolean;
  },
  width: number,
): Line[] {
  const files = changedFiles(state.files.byPath);
  const undone = undoneFiles(state.files);
  if (undone > 0) return undoneLines(undone, keymap, canBringBack);
  if (files.length === 0) return [[span("No file is changed", "strong")]];
  return [
    [span(`Files, ${files.length}`, "strong")],
    ...files.map(({ path, change }): Line => {
      const lines = known.find((file) => file.path === path);
      const name = [span(CHANGE_WORDS[change].padEnd(10), "dim"), span(oneLine(path))];
      return lines === undefined ? name : spread(name, countOf(lines), width);
    }),
    [],
    [span("c", "strong"), span(" shows what changed, line by line; U there undoes it.")],
    // Where the screen stays its keys undo: what the program is called in a shell nobody needs to know there.
    ...(inSession ? [] : [[span("autonomy undo ", "key"), span(id, "key"), span(" puts every file back.")]]),
  ];
}

/** What can follow, a row for each key, where the screen stays for it. */
function nextLines(scene: Scene, width: number): Line[] {
  if (!isBetweenRuns(scene)) return [];
  const rows = AFTER_RUN.flatMap((binding) => {
    const hints = binding.hints?.(scene) ?? [];
    const keys = hints[0] === undefined ? null : inWords(scene.keymap, binding, hints[0].keys);
    const says = binding.actions === PANE_KEYS.write.actions ? NEXT_GOAL : binding.help?.[1];
    return keys === null || says === undefined ? [] : [{ keys, says }];
  });
  const longest = Math.max(...rows.map(({ keys }) => cells(keys)));
  return [
    [span("What follows", "strong")],
    ...rows.flatMap(({ keys, says }) =>
      wrap(says, Math.max(8, width - longest - 4)).map((row, at): Line => [
        span(`  ${(at === 0 ? keys : "").padEnd(longest)}  `, "key"),
        span(row),
      ])
    ),
    [],
  ];
}

const NEXT_GOAL = "a next goal, with this crew and what this run made";

/** What can be done now. */
function keyLine(keymap: Keymap): Line {
  const keys = [
    [inWords(keymap, PANE_KEYS.leave, "q"), "quits"],
    ["Esc", "looks at the threads"],
    [inWords(keymap, PANE_KEYS.summary, "s"), "comes back here"],
  ] as const;
  return keys.filter(([key]) => key !== null).flatMap(([key, does], index) => [
    span(`${index === 0 ? "" : "   "}${key}`, "strong"),
    span(` ${does}`),
  ]);
}

/** How to look at work that was not accepted, and how to take it over. */
function patchLines(state: State, id: string, width: number): Line[] {
  const hints = [
    ...tryHints(state),
    ...acceptHints(id, withYes(state) !== null, "autonomy"),
    ...patchHints(id, leftPatches(state), "autonomy"),
  ];
  return hints.flatMap(({ label, words }, index) => [
    ...(index === 0 ? [[]] : []),
    ...paragraph(label.toLowerCase(), words, width),
  ]);
}

/** Commands that are left to the person, each whole. */
function leftLines(state: State, project: string, width: number): Line[] {
  const left = leftHints(project, leftCommands(state));
  if (left === null) return [];
  const rows = left.words.flatMap((words) => wrap(neutralise(words), width).map((row): Line => [span(row, "key")]));
  return [[], ...wrap(neutralise(left.label), width).map((row): Line => [span(row, "strong")]), ...rows];
}

function goOnLines(id: string, needsMore: boolean, width: number): Line[] {
  const needs = needsMore ? " with a higher limit" : "";
  const text = `autonomy run --resume ${id} goes on${needs}. Quitting prints the whole command.`;
  return [[], ...paragraph("go on", text, width)];
}
