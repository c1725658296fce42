import type { Way } from "../kernel/call.ts";
import { MARKS, type Marks, readLine, unfenced } from "../prompt/marks.ts";
import { FLEET_MODELS } from "./fleet.ts";
import type { Player } from "./play.ts";
import { arbiterCall } from "./understudy_arbiter.ts";
import { harmlessCall, HONEST, offers, type Slip, type WantedCall, writeCall } from "./understudy_call.ts";
import { calculatorCall, calculatorText } from "./understudy_calculator.ts";
import { documentCall, documentText } from "./understudy_documents.ts";
import { messageToRead, readCall } from "./understudy_interpreter.ts";
import { answerCall, planCall, reviewCall } from "./understudy_plan.ts";
import { readScene, type Scene, textOf, type WantedText } from "./understudy_scene.ts";
import { partToSummarise, summaryOf } from "./understudy_summary.ts";
import { wishCall, wishText } from "./understudy_wish.ts";
import { workCall, workText } from "./understudy_work.ts";

/**
 * Ways of calling of a rehearsal's crew: one specialist by prompt, one natively. The native one is the interpreter, whose
 * model is the only one of the fleet with a built-in parser; the templates of the others print tools in Go's syntax.
 */
export const REHEARSAL_WAYS: Readonly<Record<string, Way>> = {
  arbiter: "constrained",
  coding: "constrained",
  reasoning: "prompted",
  analysis: "constrained",
  interpreter: "native",
};

/**
 * Gives the players of a rehearsal: each plays the role that the system prompt of a request names, whatever its model, so
 * that one model can play them all. They act on nothing but the request.
 * @param options `slips`: whether they write some of their calls wrong; they do where absent; `marks`: by which lines they tell prompts
 * apart
 * @returns a player for each model of the rehearsal's fleet, by its name
 */
export function understudies(
  { slips = true, marks = MARKS }: { readonly slips?: boolean; readonly marks?: Marks } = {},
): Readonly<Record<string, Player>> {
  const player: Player = (request) => play(readScene(request, marks), slips);
  return Object.fromEntries(Object.values(FLEET_MODELS).flat().map((model) => [model, player]));
}

/** The decision that one of these questions is about. */
const NEXT_STEP = "Phase: {{phase}}. The plan is made{{more}} Phases with work: {{next}}. What is the next step?";

/** Plays one request. */
function play(scene: Scene, slips: boolean): string {
  const probed = probedText(scene);
  if (probed !== null) return probed;
  if (scene.wantedText !== null) return writtenText(scene, scene.wantedText);
  const part = partToSummarise(scene);
  if (part !== null) return summaryOf(scene, part);
  const message = messageToRead(scene);
  if (message !== null) {
    const read = readCall(scene, message);
    return read === null ? "I cannot tell what the message asks for." : writeCall(scene, read, null);
  }
  const call = callOf(scene);
  return call === null ? HONEST : writeCall(scene, call, slips ? slipOf(scene) : null);
}

/** The text that was asked for after a call. */
function writtenText(scene: Scene, wanted: WantedText): string {
  return documentText(scene, wanted) ?? calculatorText(scene, wanted) ?? wishText(scene, wanted) ??
    workText(scene, wanted);
}

/** The tools tell what a turn is for: whoever may plan is to plan, whoever may approve is to review. */
function callOf(scene: Scene): WantedCall | null {
  if (scene.offered.length === 0) return null;
  if (scene.role === null || scene.heard.length === 1) {
    const probed = probedCall(scene);
    if (probed !== null) return probed;
  }
  if (scene.role === "arbiter") return arbiterCall(scene);
  if (offers(scene, "create_task_plan")) return planCall(scene);
  if (offers(scene, "approve_code") || offers(scene, "report_issue")) return reviewCall(scene);
  if (["finish_task", "rewrite_file", "rewrite_function", "edit_file"].some((name) => offers(scene, name))) {
    return documentCall(scene) ?? calculatorCall(scene) ?? wishCall(scene) ?? workCall(scene);
  }
  return offers(scene, "answer") ? answerCall(scene) : harmlessCall(scene, HONEST);
}

/** The text that one of the short questions is after by which a person finds out how a model edits. */
function probedText(scene: Scene): string | null {
  const said = scene.heard[0] ?? "";
  if (scene.wantedText === null || !said.includes("\n\nMake greet say Goodbye")) return null;
  const text = scene.wantedText.kind === "whole"
    ? unfenced(textOf(scene.sections, "stub"))
    : /The old text is `([^`]*)`/.exec(said)?.[1] ?? "";
  return `\`\`\`\n${text.replace("Hello", "Goodbye")}\n\`\`\``;
}

/** The call that one of the short questions is after by which a run finds out how a model calls. */
function probedCall(scene: Scene): WantedCall | null {
  const said = scene.heard[0] ?? "";
  const path = /^Begin by reading the file (\S+)\.$/.exec(said)?.[1];
  const reason = "It is asked for.";
  if (path !== undefined && offers(scene, "read_file")) return { name: "read_file", arguments: { path }, reason };
  if (said.includes("\n\nMake greet say Goodbye")) {
    const { values, text: shown } = scene.sections.find(({ name }) => name === "stub")!;
    const file = values.path;
    const text = `${unfenced(shown)}\n`;
    const old = text.split("\n").find((line) => line.includes("Hello")) ?? "";
    const args = offers(scene, "rewrite_file")
      ? { path: file, content: text.replace("Hello", "Goodbye") }
      : { path: file, old_text: old, new_text: old.replace("Hello", "Goodbye") };
    return { name: offers(scene, "rewrite_file") ? "rewrite_file" : "edit_file", arguments: args, reason };
  }
  const phase = readLine(NEXT_STEP, said)?.next;
  return phase !== undefined && offers(scene, "change_phase")
    ? { name: "change_phase", arguments: { phase, reason }, reason }
    : null;
}

/** How a free reply goes wrong: by its number in the turn, so that the corrective ask always gets a right one. */
function slipOf(scene: Scene): Slip | null {
  if (scene.role === "arbiter") return null;
  const number = scene.replies.length;
  switch (scene.form) {
    case "constrained":
      return null;
    case "gemma":
      return number === 0 ? "wrong_argument" : null;
    case "tagged":
      return number === 0 ? "fenced" : null;
    case "text": {
      const slips: readonly Slip[] = offers(scene, "create_task_plan")
        ? ["prose", "fenced", "quotes"]
        : offers(scene, "approve_code")
        ? ["quotes"]
        : ["fenced"];
      return slips[number] ?? null;
    }
  }
}
