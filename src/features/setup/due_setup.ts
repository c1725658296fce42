import { effects, facts, NOTHING, WAITING } from "../../kernel/owed.ts";
import { visible } from "../../kernel/visible.ts";
import type { Languages } from "../../languages/language.ts";
import type { NewProject } from "../../languages/new_project.ts";
import { contradictionIn } from "../criteria/contradiction_in.ts";
import { readGoal } from "../criteria/read_goal.ts";
import type { Fact } from "../fact.ts";
import type { Due, Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { quoteWords } from "../words_of.ts";
import { languageAnswered, languageNamed, languagesNamed, newProjectsOf } from "./languages_named.ts";
import { planSetup, wayOf } from "./plan_setup.ts";
import type { Plan } from "./slice.ts";

/** Id of the question in which language a project is begun. */
export const LANGUAGE_QUESTION = "setup.language";
/** Id of the question whether the commands that set it up may run. */
export const COMMANDS_QUESTION = "setup.commands";

/** Characters of an answer that a question quotes. */
const MOST_QUOTED = 60;

/** Goals that are about something that is there. */
const ABOUT_OLD =
  /^\W*(?:please\s+)?(?:fix|repair|debug|rename|refactor|rewrite|port|migrate|update|upgrade|change|improve|optimi[sz]e|speed up|clean up|remove|delete|explain|review)\b/i;

/**
 * Says what is owed where the folder holds no project yet and the goal wants one: its language, the person's yes to the commands of that
 * language's own tool, and the set-up itself. All that comes later waits for it: the first checks are those of the project that was set up.
 */
export function dueSetup(state: State, registry: Registry): Due {
  const { missing, plan, made, isAllowed } = state.setup;
  if (missing === null || made !== null || state.checks.first !== null || !wantsProject(state)) return NOTHING;
  if (plan === null) return chosen(state, registry);
  const asks = plan.commands.length > 0 && isAllowed === null && state.run.info?.headless !== true;
  if (asks) return asked(state, COMMANDS_QUESTION) ? WAITING : facts<Fact>(commandsQuestion(state, plan));
  if (Object.values(state.effects.open).some(({ effect }) => effect.kind === "setup")) return WAITING;
  const runs = isAllowed !== false;
  return { ...effects({ kind: "setup", key: `run.setup${state.effects.count}`, runs }), waits: true };
}

/** Whether something is to be built that a test can look at: what is to be repaired, and documents, need no project around them. */
function wantsProject({ run, criteria }: State): boolean {
  const goal = run.info?.goal ?? "";
  const read = readGoal(goal, criteria.given);
  // What contradicts itself is asked about, and nothing set up for it before.
  return !ABOUT_OLD.test(goal) && contradictionIn(read) === null && read.some(({ how }) => how === "test");
}

function chosen(state: State, registry: Registry): Due {
  const { languages } = registry;
  const { run, setup } = state;
  const goal = [run.info?.goal ?? "", ...state.criteria.given].join("\n");
  const named = languageNamed(goal, languages);
  if (named !== null) return planned(state, registry, named, "goal");
  const { projects, other } = languagesNamed(goal, languages);
  const unknown = projects.length === 0 ? other : null;
  const isAlone = run.info?.headless === true;
  const answer = setup.answer?.trim() ?? "";
  if (answer === "" && unknown !== null && isAlone) return noneIn(unknown, languages);
  const able = setup.missing?.able ?? [];
  const first = able.find((one) => projects.some(({ called }) => called === one.called)) ?? able[0];
  const proposal = newProjectsOf(languages).find(({ called }) => called === first?.called);
  if (proposal === undefined) return NOTHING;
  if (answer === "" && (setup.answer !== null || isAlone)) return planned(state, registry, proposal, "proposal");
  const answered = answer === "" ? null : languageAnswered(answer, languages);
  if (answered !== null) return planned(state, registry, answered, "person");
  return asked(state, LANGUAGE_QUESTION)
    ? WAITING
    : facts<Fact>(languageQuestion(state, proposal, answer === "" ? unknown : answer));
}

/** Where nobody can be asked, a language that is named and in which nothing can be set up ends the run: another one is not what was wanted. */
function noneIn(name: string, languages: Languages): Due {
  const known = newProjectsOf(languages).map(({ called }) => called).join(", ");
  const cause =
    `The goal names ${name}, and no new project can be set up in it. Set one up yourself, or name one of: ${known}.`;
  return facts<Fact>({ type: "run_ended", kind: "blocked", cause });
}

function planned(state: State, { languages }: Registry, project: NewProject, by: Plan["by"]): Due {
  const way = wayOf(state, project);
  if (way !== null) return facts<Fact>({ type: "setup_planned", plan: planSetup(state, languages, project, way, by) });
  const needed = [...new Set(project.ways.map(({ needs }) => `\`${quoteWords(needs)}\``))];
  const needs = needed.join(" nor ");
  const cause = `The folder holds no project, and none can be set up in ${project.called} here: ${
    needed.length === 1 ? `${needs} does not work` : `neither ${needs} works`
  }. Install it, or name another language in the goal.`;
  return facts<Fact>({ type: "run_ended", kind: "blocked", cause });
}

function asked({ people }: State, id: string): boolean {
  return people.questions.some((question) => question.id === id);
}

function languageQuestion({ setup }: State, proposal: NewProject, wanted: string | null): Fact {
  const unknown = wanted === null
    ? ""
    : `No new project can be set up here in \`${visible(wanted.slice(0, MOST_QUOTED))}\`. `;
  const others = (setup.missing?.able ?? []).map(({ called }) => called).join(", ");
  return {
    type: "question_asked",
    id: LANGUAGE_QUESTION,
    kind: "input",
    text: `The folder holds no project yet. In which language shall it be begun?`,
    context: `${unknown}Answer with one of: ${others}. Without an answer it is ${proposal.called}.`,
    turn: null,
  };
}

function commandsQuestion({ run }: State, { called, commands, drops, files }: Plan): Fact {
  const written = Object.keys(files).filter((path) => commands.every(({ makes }) => makes !== path));
  const shows = [
    ...commands.map(({ words }) => `runs     ${quoteWords(words)}`),
    `in       ${visible(run.info?.project ?? "")}`,
    ...(drops.length === 0 ? [] : [`removes  ${drops.join(", ")}, the sample that it makes`]),
    ...(written.length === 0 ? [] : [`writes   ${written.join(", ")}`]),
  ].join("\n");
  return {
    type: "question_asked",
    id: COMMANDS_QUESTION,
    kind: "call",
    text: `The folder holds no project yet. May the tool of ${called} set one up?`,
    context:
      "It needs no network, and undo takes back all that it makes. With no, the same files are written without it.",
    turn: null,
    shows: { text: shows, chars: shows.length },
  };
}
