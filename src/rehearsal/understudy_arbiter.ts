import { isRecord } from "../kernel/json.ts";
import { linesOf, type Marks } from "../prompt/marks.ts";
import { harmlessCall, offers, type WantedCall } from "./understudy_call.ts";
import type { Scene } from "./understudy_scene.ts";
import { verdictCall } from "./understudy_verdict.ts";

/** Characters of a token, as the rehearsal's servers count. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Decides the arbiter's next step from its brief; twice in a run it decides badly. Its first consult is so long that the
 * bound of the answer cuts it, and once an attempt has failed it consults a specialist whom nobody needs.
 * @param scene the request
 * @returns the decision, null where none is offered
 */
export function arbiterCall(scene: Scene): WantedCall | null {
  const verdict = verdictCall(scene);
  if (verdict !== null) return verdict;
  const brief = readBrief(scene);
  const [words] = brief.says;
  if (words !== undefined && offers(scene, "answer_user")) return answer(brief, words.words ?? "");
  const decided = brief.decision.map(({ name = "" }) => name);
  const needless = "consult_interpreter_specialist";
  const consult = firstConsult(scene, brief, decided);
  if (consult !== null) return consult;
  // Of its own decisions the brief shows the last ones only: later phases would have it ask again.
  const isCoding = brief.phase[0]?.phase === "coding";
  if (isCoding && brief.tasks.length > 0 && offers(scene, needless) && !decided.includes(needless)) {
    const query = `What does this goal ask for? ${brief.goal[0]?.goal ?? ""}`.slice(0, 600);
    return {
      name: needless,
      arguments: { query },
      reason: "I want to be sure what the goal means.",
    };
  }
  return step(scene, brief);
}

/** The lines of a brief, each with its values, by what they say. */
type Brief = ReturnType<typeof readBrief>;

function readBrief({ heard, marks }: Scene): Readonly<Record<keyof Marks["brief"], ReturnType<typeof linesOf>>> {
  const read = Object.entries(marks.brief).map(([name, line]) => [name, linesOf(line, heard.at(-1) ?? "")]);
  return Object.fromEntries(read);
}

function answer(brief: Brief, words: string): WantedCall {
  const phase = brief.phase[0]?.phase ?? "unknown";
  const done = brief.task.filter(({ status }) => status === "done").length;
  const text =
    `You say: "${words.slice(0, 200)}". The phase is ${phase}; ${done} of ${brief.task.length} tasks are done. ` +
    "This is a rehearsal: I am an understudy and answer from the brief alone.";
  return { name: "answer_user", arguments: { text }, reason: "The person waits for an answer." };
}

/** Before there are tasks: which files are the failing checks about? */
function firstConsult(scene: Scene, brief: Brief, decided: readonly string[]): WantedCall | null {
  const name = ["consult_analysis_specialist", "consult_reasoning_specialist"].find((one) => offers(scene, one));
  if (
    name === undefined || brief.noTasks.length === 0 || brief.fails.length === 0 ||
    decided.some((one) => one.startsWith("consult_"))
  ) return null;
  const query = "Which files of the project are the failing checks about?";
  const reason = "I need to know where to begin.";
  if (brief.fault.length > 0 || scene.answerLimit === null) return { name, arguments: { query }, reason };
  const failing = brief.fails.map(({ check }) => `- fails: ${check}`).join(" ");
  const half = Math.ceil(scene.answerLimit * CHARACTERS_PER_TOKEN / 2);
  return { name, arguments: { query: rambling(failing, half), context: rambling(failing, half) }, reason };
}

/** Repeats words in quotes, each in a line of its own, until their JSON fills some characters. */
function rambling(text: string, characters: number): string {
  const words = text.split(/\W+/).filter((word) => word !== "" && word.length < 5);
  let said = "";
  for (let index = 0; words.length > 0 && JSON.stringify(said).length < characters; index++) {
    said += `"${words[index % words.length] ?? ""}"\n`;
  }
  return said;
}

/** Goes on where the present phase has work, else to a phase that has, else proposes the end. */
function step(scene: Scene, brief: Brief): WantedCall | null {
  const phase = brief.phase[0]?.phase ?? "";
  const work = brief.work[0]?.phases?.split(", ") ?? [];
  if (work.includes(phase) && offers(scene, "continue_current_phase")) {
    const reason = `There is work in ${phase}.`;
    return { name: "continue_current_phase", arguments: { reason }, reason };
  }
  const order = ["coding", "debugging", "qa", "planning", "documentation"];
  const open = phasesOffered(scene) ?? work;
  // Phases that nobody here knows come last.
  const next = [...order, ...work].find((one) => one !== phase && work.includes(one) && open.includes(one));
  if (next !== undefined && offers(scene, "change_phase")) {
    const reason = `${next} has work and ${phase} has none.`;
    return { name: "change_phase", arguments: { phase: next, reason }, reason };
  }
  if (offers(scene, "finish")) {
    const summary = "All tasks are over and no phase has work.";
    return { name: "finish", arguments: { summary }, reason: summary };
  }
  const [phaseLeft] = open;
  if (offers(scene, "change_phase") && phaseLeft !== undefined) {
    const reason = `Something is to be done in ${phaseLeft}.`;
    return { name: "change_phase", arguments: { phase: phaseLeft, reason }, reason };
  }
  if (offers(scene, "continue_current_phase")) {
    const reason = "I see no better step.";
    return { name: "continue_current_phase", arguments: { reason }, reason };
  }
  const consult = scene.offered.find(({ name }) => name.startsWith("consult_"))?.name;
  if (consult !== undefined) {
    const query = "What can still be done to reach the goal?";
    return { name: consult, arguments: { query }, reason: "I do not know how to go on." };
  }
  return harmlessCall(scene, "I do not know how to go on.");
}

/** Phases that the decision may name, null where the request does not say. */
function phasesOffered(scene: Scene): string[] | null {
  const parameters = scene.offered.find(({ name }) => name === "change_phase")?.parameters;
  const phase = isRecord(parameters?.properties) ? parameters.properties.phase : undefined;
  return isRecord(phase) && Array.isArray(phase.enum) ? phase.enum.map(String) : null;
}
