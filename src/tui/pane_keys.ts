import { isPending, type Message } from "../features/messages/message.ts";
import { aimAt, focusOn, moveFocus, type Ui, type World } from "./interaction.ts";
import type { Key } from "./keys.ts";
import type { Panel } from "./layout.ts";
import { isInterruptible } from "./select/activity.ts";
import { listedMessages } from "./select/panels.ts";

const PANEL_KEYS: Readonly<Record<string, Panel>> = { t: "tasks", f: "fleet", m: "messages" };

/** Says what became of a wish: the refusal, else what was done. */
function told(ui: Ui, refusal: string | null, done: string): Ui {
  return { ...ui, notice: refusal ?? done };
}

function judge(ui: Ui, world: World, approved: boolean): Ui {
  const question = world.state.people.questions[0];
  if (question === undefined) return { ...ui, notice: "Nothing is asked of you now." };
  if (question.kind === "input" && approved) return { ...ui, aim: { kind: "answer", question: question.id } };
  const refusal = world.send({ kind: "answer", question: question.id, approved, text: "" });
  return told(ui, refusal, approved ? "Approved." : question.kind === "input" ? "Left unanswered." : "Denied.");
}

function holdRole(ui: Ui, role: string, world: World): Ui {
  const standing = world.state.messages.holds.find((hold) => hold.scope === "to" && hold.of === role);
  return standing === undefined
    ? told(ui, world.send({ kind: "hold", scope: "to", of: role }), `Messages to ${role} are held. h lifts that again.`)
    : told(ui, world.send({ kind: "lift", hold: standing.id }), `Messages to ${role} go on.`);
}

function interrupt(ui: Ui, world: World, confirmed: boolean): Ui {
  if (ui.zoom) return { ...ui, zoom: false };
  if (ui.focus.kind === "panel") return focusOn(ui, { kind: "thread", role: ui.beside ?? world.roles[0] ?? "arbiter" });
  const { role } = ui.focus;
  if (!isInterruptible(world.state, role)) {
    return {
      ...ui,
      notice: world.state.run.ending === null ? `${role} has nothing to interrupt.` : "The run is over.",
    };
  }
  if (confirmed) return told(ui, world.send({ kind: "interrupt", role }), `${role} is interrupted.`);
  const what = role === "arbiter" ? "the arbiter" : `the turn of ${role}`;
  return { ...ui, confirming: { interrupt: role }, notice: `Press Esc again to interrupt ${what}.` };
}

/** The message that the message keys mean. */
export function selectedMessage(ui: Ui, world: Pick<World, "state">): Message | null {
  const listed = listedMessages(world.state);
  return listed.find((message) => message.id === ui.selected) ?? listed[0] ?? null;
}

function select(ui: Ui, world: World, by: number): Ui {
  const listed = listedMessages(world.state);
  const at = listed.findIndex((message) => message.id === selectedMessage(ui, world)?.id);
  const next = listed[Math.max(0, Math.min(listed.length - 1, at + by))];
  return { ...ui, selected: next?.id ?? null };
}

function onMessage(ui: Ui, key: Key, world: World): Ui | null {
  if (!["h", "e", "r", "x", "u"].includes(key)) return null;
  const message = selectedMessage(ui, world);
  if (message === null) return { ...ui, notice: "There is no message to act on." };
  const chosen: Ui = { ...ui, selected: message.id };
  if (!isPending(message)) {
    return {
      ...chosen,
      notice: `This message is ${message.status.replace("_", " ")}; only queued and held ones can be changed.`,
    };
  }
  switch (key) {
    case "h":
      return message.status === "held"
        ? told(chosen, world.send({ kind: "release", message: message.id }), "Released.")
        : told(chosen, world.send({ kind: "hold", scope: "message", of: message.id }), "Held. u releases it.");
    case "u":
      return told(chosen, world.send({ kind: "release", message: message.id }), "Released.");
    case "x":
      return told(chosen, world.send({ kind: "drop", message: message.id }), "Dropped.");
    case "e":
      return {
        ...chosen,
        aim: { kind: "edit", message: message.id },
        editor: { text: message.text, cursor: message.text.length },
        draft: ui.editor,
        recalled: null,
      };
    default:
      return { ...chosen, redirecting: message.id };
  }
}

function redirect(ui: Ui, message: string, key: Key, world: World): Ui {
  const done: Ui = { ...ui, redirecting: null };
  const role = world.roles[Number(key) - 1];
  if (key === "esc") return done;
  if (role === undefined) return { ...ui, notice: `There is no thread ${key}; Esc gives up.` };
  return told(done, world.send({ kind: "redirect", message, to: role }), `Redirected to ${role}.`);
}

function scrollKey(key: Key, page: number): number | null {
  switch (key) {
    case "j":
    case "down":
      return 1;
    case "k":
    case "up":
      return -1;
    case "pagedown":
      return page;
    case "pageup":
      return -page;
    case "ctrl-d":
      return Math.ceil(page / 2);
    case "ctrl-u":
      return -Math.ceil(page / 2);
    case "g":
      return -Infinity;
    case "G":
      return Infinity;
    default:
      return null;
  }
}

/** Opens the raw view on the last reply of the focused thread. */
function openRaw(ui: Ui, world: World): Ui {
  if (ui.focus.kind !== "thread") return { ...ui, notice: "v shows the last raw reply of a thread: focus one first." };
  const { role } = ui.focus;
  return { ...ui, overlay: "raw", raw: { role, at: Math.max(0, world.replies(role) - 1) } };
}

/** Goes to an older or newer reply. */
function turnRaw(ui: Ui, world: World, by: -1 | 1): Ui {
  if (ui.raw === null) return ui;
  const { role, at } = ui.raw;
  const next = Math.max(0, Math.min(world.replies(role) - 1, at + by));
  return next === at ? ui : { ...ui, raw: { role, at: next } };
}

/** Leaves a run that is over: at once from its summary, elsewhere and over an unsent draft at the second press. */
function leave(ui: Ui, world: World, confirmed: boolean): Ui {
  if (confirmed || ui.overlay === "summary" && ui.editor.text === "") {
    world.quit();
    return ui;
  }
  const draft = ui.editor.text === "" ? "" : " What you wrote was not sent.";
  return { ...ui, confirming: "quit", notice: `Press q again to quit.${draft}` };
}

function inOverlay(ui: Ui, key: Key, world: World, confirmed: boolean): Ui {
  if (ui.overlay === "raw" && (key === "left" || key === "right")) return turnRaw(ui, world, key === "left" ? -1 : 1);
  if (key === "q" && world.state.run.ending !== null) return leave(ui, world, confirmed);
  if (ui.overlay === "question" && (key === "a" || key === "d" || key === "i")) {
    return key === "i" ? aimAt({ ...ui, overlay: null }, world) : judge({ ...ui, overlay: null }, world, key === "a");
  }
  const by = scrollKey(key, world.page());
  if (by === null) {
    return key === "?" && ui.overlay === "summary" ? { ...ui, overlay: "help" } : { ...ui, overlay: null };
  }
  world.scroll(by);
  return ui;
}

/**
 * Acts on a key while a pane has the focus.
 *
 * @param ui the screen's state
 * @param key the key
 * @param world what it reaches
 * @param confirming what the key before asked to confirm
 */
export function pressInPanes(ui: Ui, key: Key, world: World, confirming: Ui["confirming"]): Ui {
  if (ui.overlay !== null) return inOverlay(ui, key, world, confirming === "quit");
  if (ui.redirecting !== null) return redirect(ui, ui.redirecting, key, world);
  const inMessages = ui.focus.kind === "panel" && ui.focus.panel === "messages";
  const by = scrollKey(key, world.page());
  if (by !== null) {
    if (inMessages) return select(ui, world, by);
    world.scroll(by);
    return ui;
  }
  if (inMessages) {
    const acted = onMessage(ui, key, world);
    if (acted !== null) return acted;
  }
  const panel = PANEL_KEYS[key];
  if (panel !== undefined) return focusOn(ui, { kind: "panel", panel });
  if (/^[1-9]$/.test(key)) {
    const role = world.roles[Number(key) - 1];
    return role === undefined ? { ...ui, notice: `There is no thread ${key}.` } : focusOn(ui, { kind: "thread", role });
  }
  switch (key) {
    case "tab":
      return moveFocus(ui, world, 1);
    case "shift-tab":
      return moveFocus(ui, world, -1);
    case "z":
      return { ...ui, zoom: !ui.zoom };
    case "p":
      return world.state.run.paused
        ? told(ui, world.send({ kind: "unpause" }), "The run goes on.")
        : told(ui, world.send({ kind: "pause" }), "Paused. p goes on.");
    case "a":
    case "d":
      return judge(ui, world, key === "a");
    case "h":
      return ui.focus.kind === "thread" ? holdRole(ui, ui.focus.role, world) : ui;
    case "i":
    case "enter":
      return aimAt(ui, world);
    case "?":
      return { ...ui, overlay: "help" };
    case "v":
      return openRaw(ui, world);
    case "w":
      return world.state.people.questions.length === 0
        ? { ...ui, notice: "Nothing is asked of you now." }
        : { ...ui, overlay: "question" };
    case "s":
      return world.state.run.ending === null ? ui : { ...ui, overlay: "summary" };
    case "q":
      return world.state.run.ending !== null
        ? leave(ui, world, confirming === "quit")
        : { ...ui, notice: "The run is at work. Ctrl-C twice quits; it can be continued later." };
    case "esc":
      return interrupt(ui, world, typeof confirming === "object" && confirming !== null);
    default:
      return ui;
  }
}
