import { variantOf } from "../prompt/variant_of.ts";
import { pieceOf } from "../features/attempts/piece.ts";
import type { Situation, Step, Strategy, TextForm } from "../features/registry.ts";
import { namesToAdd } from "../features/scope/missing_names.ts";
import { failedWrites, failedWritesAt } from "../features/turns/fruitless.ts";
import { straightOf } from "../features/tasks/goes_straight.ts";
import { mayWrite } from "../features/turns/may_write.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { Call } from "../kernel/call.ts";
import { nextTry } from "./next_try.ts";
import { editing, openTools } from "./open_tools.ts";
import { askedBeside, isFirstLook, isRanked, piecesFor, pieceThatHelped, pieceToGoOn, triesAt } from "./pieces.ts";
import { warmer } from "./temperature.ts";
import { timesTried, triesBefore } from "./tries.ts";
import { isWishedText, wishedCall } from "./wished.ts";
import { seesOthers, writableNow } from "./writes_first.ts";
import { say } from "../sentences/say.ts";

// A small model that sees code it is to change copies it, again and again: Qwen2.5-Coder-1.5B gave 12 of 12 texts unchanged for one bug
// at temperature 0.8. Of 16 small bugs, two tries with the code before its eyes repaired 7, two tries without it 12.

/**
 * What is sold as 7b has up to 8 billion. Qwen2.5-Coder-1.5B on ten small bugs: planning, decisions and its own review took five times the
 * tokens of asking for the file alone, and repaired no more.
 */
const STRAIGHT_BILLIONS = 8;

/**
 * Texts at a task after which a lone small model is done with it: a bare loop asks for five. An attempt that began before may end with one more.
 */
const STRAIGHT_TEXTS = 5;
/** Texts of functions after which a lone small model tries the file. */
const FILE_FROM = 3;
/** Writes that fail in a row and end an attempt of a lone small model: each was a try. */
const STRAIGHT_FAILED = 2;

/** Asks of an attempt in which only adding is legal: two for each of the names that one task has at most. */
const ADDING = 8;
/** Asks of an attempt in which only the first file of a new project may be written. */
const CREATING = 3;
/** Attempts of a round, and those of it that begin anew: the smallest change is tried first, and again when that did not help. */
const ROUND = 5;
const ANEW: readonly number[] = [2, 3];

/**
 * How a small model repairs: one piece at a time, asked for as a text by itself, as it stands and anew by turns; where only one call is
 * possible it is made without asking.
 */
export const smallModel: Strategy = {
  name: "small model",
  straight: { upTo: STRAIGHT_BILLIONS, texts: STRAIGHT_TEXTS, failedWrites: STRAIGHT_FAILED },
  fits: ({ billions }) => variantOf(billions) === "small",
  next: nextTry,
  step(situation, turn): Step {
    const wished = turn.calls.length === 0 ? wishedCall(situation, turn, openTools(situation, turn)) : null;
    const legal = wished === null ? legalNow(situation, turn) : [wished.name];
    return {
      legal,
      given: wished ?? givenCall(situation, turn, legal),
      form: formOf(situation, turn),
      pieces: piecesFor(situation, turn),
      // What it takes for right without chance is the best that it knows.
      temperature: formOf(situation, turn) === "repair" && isFirstLook(situation, turn) ? 0 : warmer(situation, turn),
    };
  },
};

/** The function as it stands, twice anew, the file, and the function again: one form a try. */
function legalNow(situation: Situation, turn: Turn): readonly string[] {
  const { state, registry, attempt } = situation;
  const open = openTools(situation, turn);
  const creating = creatingNow(situation, turn, open);
  if (creating !== null) return creating;
  const adding = addingNow(situation, turn, open);
  if (adding !== null) return adding;
  const now = writableNow(situation, turn, open);
  const whole = editing(registry, turn.tools, "file");
  if (now === null || attempt === null || !mayWrite(state, registry, turn, whole ?? "", now.target)) return open;
  if (attempt.elsewhere && seesOthers(turn, now.target) && !isRanked(situation, turn)) {
    const other = editing(registry, open, "function");
    return other === undefined ? [] : [other];
  }
  const { byFunction, whole: file } = now;
  const round = byFunction === undefined ? [file] : [byFunction, byFunction, byFunction, file, byFunction];
  const forms = round.filter((name) => name !== undefined);
  const form = straightOf(state, registry) === null || forms.length < round.length
    ? forms[triesBefore(situation).length % forms.length]
    : isFileDue(situation, turn, file)
    ? file
    : byFunction ?? file;
  return form === undefined ? open : [form];
}

/** The first file of a new project, as long as it is not written: there is nothing else to do, nor to look at. */
function creatingNow(situation: Situation, turn: Turn, open: readonly string[]): readonly string[] | null {
  const { state, registry, task, attempt } = situation;
  const tool = editing(registry, open, "new");
  const target = task?.target ?? null;
  if (attempt === null || target === null || tool === undefined || target !== state.setup.plan?.source) return null;
  const isDue = attempt.writes.length === 0 && turn.asks < CREATING && turn.prepared?.files.includes(target) === false;
  return isDue && mayWrite(state, registry, turn, tool, target) ? [tool] : null;
}

/**
 * Whether the file is tried once, before the texts of a task are at an end, whoever does it: a fault may stand outside of all functions.
 *
 * @param tool that writes it
 */
function isFileDue(situation: Situation, turn: Turn, tool: string | undefined): boolean {
  const before = triesBefore(situation);
  return before.reduce((sum, { texts }) => sum + texts, 0) >= FILE_FROM &&
    !before.some(({ texts, pieces }) => texts > 0 && pieces.length === 0) &&
    askedBeside(situation, turn, ({ name }) => name === tool) === 0;
}

/**
 * What its task asks for by name and no file holds is added before anything else, one definition after the other: a small model that is
 * offered what is there as well changes that. Qwen2.5-Coder-1.5B, asked to add `median` beside `mean`, wrote the body of `mean` anew.
 *
 * @returns null where nothing is to be added, or the file is not before its eyes
 */
function addingNow(situation: Situation, turn: Turn, open: readonly string[]): readonly string[] | null {
  const { state, registry, task, attempt } = situation;
  const tool = editing(registry, open, "addition");
  if (attempt === null || task === null || task.target === null || task.checks.length > 0 || tool === undefined) {
    return null;
  }
  const isShown = turn.prepared?.texts.some(({ path }) => path === task.target) === true;
  const mayAdd = turn.asks < ADDING && mayWrite(state, registry, turn, tool, task.target);
  return isShown && mayAdd && namesToAdd(state, registry, turn).length > 0 ? [tool] : null;
}

/**
 * How the text of the call at hand is asked for: by turns from attempt to attempt and after each write that failed, so that no try is the
 * one before.
 */
function formOf(situation: Situation, turn: Turn): TextForm | null {
  const { registry, task, attempt } = situation;
  const call = turn.calls[0];
  if (attempt === null || call === undefined || task === null) return null;
  if (isWishedText(situation, turn)) return "wish";
  if (task.checks.length === 0) return null;
  const edits = registry.tools[call.name]?.traits?.edits;
  if (edits !== "function" && edits !== "file") return null;
  // What was read in the turn stands in its exchange: then the text belongs there, too.
  if (turn.exchange.some((entry) => entry.from === "tool" && entry.ok)) return null;
  if (edits === "file") return isWhole(turn, call) ? "repair" : null;
  // Such a function stands whole in what is shown, also where its file does not.
  const { path, function: name } = call.arguments;
  if (turn.prepared?.definitions?.[String(path)]?.includes(String(name)) !== true) return null;
  const failed = failedWritesAt(registry, turn, pieceOf(call)).length;
  const tried = timesTried(situation, pieceOf(call) ?? "") + 1;
  if (ANEW.includes(tried % ROUND)) return failed % 2 === 0 ? "anew" : "repair";
  return failed % 2 === 0 ? "repair" : "anew";
}

/** Whether the file of a call stands whole before the model's eyes. */
function isWhole({ prepared }: Turn, { arguments: { path } }: Call): boolean {
  const shown = (prepared?.texts ?? []).filter((file) => file.path === path);
  return shown.length === 1 && shown[0]!.from === 1 && shown[0]!.to >= shown[0]!.lines;
}

/** The call that is decided already: one whose text was not taken, the function of the attempt before, or the only one that is possible. */
function givenCall(situation: Situation, turn: Turn, legal: readonly string[]): Call | null {
  const { state, registry } = situation;
  if (turn.attempt === null) return null;
  const only = legal.length === 1 ? onlyCall(situation, turn, legal[0]!) : null;
  const failed = failedCall(situation, turn);
  // Of what it writes as it stands a lone small model finds no fault: what it has not seen yet comes first.
  const isNext = failed !== null && only !== null && pieceOf(only) !== null && isRanked(situation, turn) &&
    triesAt(situation, turn, pieceOf(only)!) < triesAt(situation, turn, pieceOf(failed)!);
  const call = isNext ? only : failed ?? only;
  if (call === null || !legal.includes(call.name)) return null;
  return mayWrite(state, registry, turn, call.name, String(call.arguments.path)) ? call : null;
}

/** The call whose text was not taken: that text is asked for in another way, before another function is tried. */
function failedCall({ registry }: Situation, turn: Turn): Call | null {
  if (failedWrites(registry, turn).length === 0) return null;
  const last = turn.exchange.findLast((entry) => entry.from === "model" && entry.calls.length > 0);
  const [call] = last?.from === "model" ? last.calls : [];
  if (call === undefined || pieceOf(call) === null) return null;
  const { path, function: name } = call.arguments;
  const exists = turn.prepared?.definitions?.[String(path)]?.includes(String(name)) === true;
  return exists ? { name: call.name, arguments: call.arguments, reason: say(registry, "calls.not_taken") } : null;
}

/** The call of the one tool that is legal, where it is about one thing: the file, or the function to go on with, the likeliest or the only one. */
function onlyCall(situation: Situation, turn: Turn, name: string): Call | null {
  const { registry, task } = situation;
  const target = task?.target ?? null;
  const edits = registry.tools[name]?.traits?.edits;
  if ((edits === "file" || edits === "new") && target !== null) {
    return { name, arguments: { path: target }, reason: say(registry, "calls.only_one") };
  }
  if (edits !== "function") return null;
  const calls = Object.entries(piecesFor(situation, turn))
    .flatMap(([path, names]) => names.map((one) => ({ name, arguments: { path, function: one } })));
  const before = pieceToGoOn(situation);
  const again = calls.find((call) => pieceOf(call) === before);
  if (again !== undefined) return { ...again, reason: say(registry, "calls.tried_once") };
  const own = calls.filter((call) => call.arguments.path === target);
  if (isRanked(situation, turn)) {
    const helped = pieceThatHelped(situation);
    const tries = (call: Call) => {
      const piece = pieceOf(call) ?? "";
      // The try that helped does not count. What was tried is tried again by its likelihood, whoever else is asked for it.
      const times = triesAt(situation, turn, piece) - Number(piece === helped);
      return times > 0 ? times : askedBeside(situation, turn, (one) => pieceOf(one) === piece);
    };
    const [likeliest] = [...own, ...calls.filter((call) => !own.includes(call))].sort((a, b) => tries(a) - tries(b));
    return likeliest === undefined ? null : { ...likeliest, reason: say(registry, "calls.likeliest") };
  }
  const [only, ...others] = own.length > 0 ? own : calls;
  return only === undefined || others.length > 0 ? null : { ...only, reason: say(registry, "calls.only_one") };
}
