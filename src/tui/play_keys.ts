import { PASS_ALL } from "./gate.ts";
import { boundHints, heardAs, named } from "./keymap.ts";
import { type Line, lineCells, type Span, span } from "./line.ts";
import { MESSAGE_KEYS, onMessage } from "./message_keys.ts";
import { PANE_KEYS } from "./pane_keys.ts";
import type { Playing, PlayWish } from "./playing.ts";
import { type Binding, focusedRole, type Hint, type Scene, type Stage } from "./panel.ts";
import { REDO, UNDO } from "./panels/changes.ts";
import { duration, timeOfDay } from "./select/words.ts";
import { elapsed } from "../features/run/elapsed.ts";
import { cut, oneLine } from "./text.ts";
import { type Pressed, told, wishedOfSession } from "./ui.ts";

/** What is said of keys that would act on a run at work. */
const OVER = "This is a replay: it happened already, and nothing can be sent.";

/** How far the run is played that stands on the screen; null where none is played. */
export function playingOf(stage: Stage): Playing | null {
  return stage.state === null ? null : stage.store.playing?.() ?? null;
}

function plays({ ui }: Scene, wish: PlayWish): Pressed {
  return { ui, deed: { kind: "play", wish } };
}

const BINDINGS = {
  turn: {
    keys: [" ", "p"],
    help: ["Space p", "stand still, go on"],
    hints: (scene) => [{ keys: "Space", does: playingOf(scene)?.goesOn === true ? "pause" : "play", stays: true }],
    press: (scene) => plays(scene, "turn"),
  },
  step: {
    keys: ["right", "left"],
    actions: { step: ["right"], step_back: ["left"] },
    help: ["→ ←", "what happened next, before"],
    hints: () => [{ keys: "→", does: "step" }],
    press: (scene, key) => plays(scene, key === "right" ? "step" : "step_back"),
  },
  jump: {
    keys: ["}", "{"],
    actions: { decision: ["}"], decision_back: ["{"] },
    help: ["} {", "the next decision, the one before"],
    hints: () => [{ keys: "{ }", does: "decision" }],
    press: (scene, key) => plays(scene, key === "}" ? "decision" : "decision_back"),
  },
  ends: {
    keys: ["home", "end"],
    actions: { begin: ["home"], end: ["end"] },
    help: ["Home End", "the beginning, the end"],
    hints: () => [{ keys: "Home End", does: "begin, end" }],
    press: (scene, key) => plays(scene, key === "home" ? "begin" : "end"),
  },
  speed: {
    keys: ["<", ">"],
    actions: { slower: ["<"], faster: [">"] },
    help: ["< >", "slower, faster"],
    hints: () => [{ keys: "< >", does: "speed" }],
    press: (scene, key) => plays(scene, key === ">" ? "faster" : "slower"),
  },
  leave: {
    keys: ["q"],
    help: ["q", "quit, or back to the run that is played"],
    hints: ({ store }) => [{ keys: "q", does: store.inSession === true ? "back" : "quits", stays: true }],
    press: ({ ui, store, state }) =>
      store.inSession === true
        ? wishedOfSession(ui, { kind: "open", run: state.run.info?.id ?? "" }, "")
        : { ui, deed: { kind: "quit" } },
  },
} satisfies Record<string, Binding>;

/** Keys while a stored run is played. They come before all others that act on a run. */
export const PLAY_KEYS = named("play", BINDINGS);

/** Its keys as they are bound now, with a press that sends nothing. */
function refusing({ keys, actions }: Pick<Binding, "keys" | "actions">): Binding {
  return { keys, actions, help: null, press: ({ ui }) => told(ui, OVER) };
}

const { write, command, judge, hold, gate, escape, ...OTHERS } = PANE_KEYS;

/** Keys that would act on a run at work. */
const REFUSED: readonly Binding[] = [
  ...[write, command, judge, hold, gate].map((binding): Binding => ({
    ...refusing(binding),
    // A panel may have a meaning of its own for Enter.
    press: (scene, key) => key === "enter" && focusedRole(scene) === null ? null : told(scene.ui, OVER),
  })),
  {
    ...refusing(escape),
    // Out of a zoomed pane and out of a panel it leads as ever; there is no turn that it could interrupt.
    press: (scene) => scene.ui.view !== "stage" || focusedRole(scene) === null ? null : told(scene.ui, OVER),
  },
];

/** Keys that would change messages or files. */
const CHANGING: readonly Binding[] = [
  ...Object.values(MESSAGE_KEYS).map((key) => onMessage(key, () => null)),
  PASS_ALL,
  UNDO,
  REDO,
].map(refusing);

/**
 * Says what a key comes to while a stored run is played.
 *
 * @returns null where none is played, or the key is not meant for that
 */
export function pressPlaying(scene: Scene, key: string): Pressed | null {
  if (playingOf(scene) === null) return null;
  const heard = (bindings: readonly Binding[]): Pressed | null => {
    for (const binding of bindings) {
      const own = heardAs(scene.keymap, binding, key);
      const pressed = own === null ? null : binding.press(scene, own);
      if (pressed !== null) return pressed;
    }
    return null;
  };
  const own = heard([...Object.values<Binding>(PLAY_KEYS), ...REFUSED]);
  // In a thread a key that was bound anew comes before those that mean a message.
  const isOther = focusedRole(scene) !== null &&
    Object.values<Binding>(OTHERS).some((binding) => heardAs(scene.keymap, binding, key) !== null);
  return own ?? (isOther ? null : heard(CHANGING));
}

/**
 * Lays out how far a stored run is played: its place, its time, what happened last, and the keys as far as there is room.
 *
 * @param scene the run and the screen's own state
 * @param width cells
 */
export function playLine(scene: Scene, { at, of, goesOn, speed, says }: Playing, width: number): Line {
  const { state, store } = scene;
  const sign = at === of ? "■" : goesOn ? "▶" : "‖";
  const share = `${Math.floor(of === 0 ? 100 : at * 100 / of)}%`;
  const time = width < 60 ? "" : `  ${timeOfDay(state.at)}  ${duration(elapsed(state, store.now()))}`;
  const left: Span[] = [
    span(` ${sign} `, goesOn ? "works" : "warned"),
    span(width < 60 ? "" : "REPLAY  ", "warned"),
    span(`×${speed}  ${width < 80 ? "" : `${at}/${of} `}${share}`, "strong"),
    span(time, "dim"),
  ];
  const keys = width < 100
    ? []
    : Object.values<Binding>(PLAY_KEYS).flatMap((binding) => boundHints(binding, scene)).slice(0, 3)
      .flatMap(({ keys, does }: Hint) => [span("  "), span(keys, "key"), span(` ${does}`, "dim")]);
  const room = width - lineCells(left) - lineCells(keys) - 2;
  return [...left, span(`  ${cut(oneLine(says), Math.max(0, room))}`.padEnd(Math.max(0, room + 2))), ...keys];
}
