import { elapsed } from "../../features/run/elapsed.ts";
import type { State } from "../../features/state.ts";
import { bar, course, type Line, lineCells, type Look, type Span, span, spread } from "../line.ts";
import type { Panel } from "../panel.ts";
import { checkCourse, tokenCourse } from "../select/course.ts";
import { amount, checksSentence, duration, failureWord } from "../select/words.ts";
import { oneLine } from "../text.ts";

/** The run's budget, its checks and its newest failure. */
export const run: Panel = {
  id: "run",
  key: null,
  rail: "left",
  room: { rows: () => 6 },
  title: () => "run",
  lines(scene, { width }) {
    const { state, store, look } = scene;
    const budgets = budgetsOf(state, store.now());
    if (budgets.length === 0) return [];
    return [
      ...budgets.map((budget, index) => budgetLine(budget, index === 0 ? tokenCourse(scene) : [], width, look)),
      checksLine(state, width, look),
      ...failureLines(state),
    ];
  },
  brief({ state, store }) {
    const [tokens] = budgetsOf(state, store.now());
    return tokens === undefined ? [] : [span("tokens ", "dim"), ...usedOf(tokens)];
  },
};

/** Something of which there is only so much. */
interface Budget {
  readonly name: string;
  readonly used: number;
  /** null where nothing limits it. */
  readonly limit: number | null;
  readonly say: (value: number) => string;
}

function budgetsOf(state: State, now: number): readonly Budget[] {
  const { limits, run } = state.spending;
  if (limits === null) return [];
  return [
    { name: "tokens", used: run.tokens, limit: limits.tokens, say: amount },
    { name: "turns", used: run.turns, limit: limits.turns, say: String },
    { name: "time", used: elapsed(state, now), limit: limits.wallMs, say: duration },
  ];
}

function usedOf({ used, limit, say }: Budget): readonly Span[] {
  return [span(say(used)), span(limit === null ? "" : `/${say(limit)}`, "dim")];
}

function budgetLine(budget: Budget, shares: readonly (number | null)[], width: number, look: Look): Line {
  const { name, used, limit } = budget;
  const right = usedOf(budget);
  const meter = limit === null || limit === 0 ? [] : bar(used / limit, Math.max(4, width - 28), look);
  const left = [span(name.padEnd(8), "dim"), ...meter];
  const whole = shares.length === 0 ? left : [...left, span(" "), ...course(shares, look)];
  return spread(lineCells(whole) + lineCells(right) < width ? whole : left, right, width);
}

/** Rows narrower than this have no room for how the checks went. */
const COURSE_FROM = 30;

/** The newest check results in one line. */
function checksLine(state: State, width: number, look: Look): Line {
  const { latest, stale, commands } = state.checks;
  if (latest === null) {
    const isRunning = Object.values(state.effects.open).some(({ effect }) => effect.kind === "check");
    const said = isRunning ? "are being run" : commands.length === 0 ? "not run yet" : commands.join(", ");
    return [span("checks  ", "dim"), span(said, "dim")];
  }
  const shares = checkCourse(state);
  const good = latest.every((result) => result.passed);
  return [
    span("checks  ", "dim"),
    ...(shares.length === 0 || width < COURSE_FROM ? [] : [...course(shares, look), span(" ")]),
    good ? span("✓ ", "passed") : span("✗ ", "failed"),
    span(oneLine(checksSentence(latest, 3))),
    span(stale ? " (files changed since)" : "", "dim"),
  ];
}

function failureLines(state: State): readonly Line[] {
  const failure = state.failures.at(-1);
  if (failure === undefined) return [];
  return [[
    span("failure ", "dim"),
    span(
      `${oneLine(failure.where.replace(/, attempt (?=\d+$)/, " try "))}: ${failureWord(failure.failure)}: `,
      "failed",
    ),
    span(oneLine(failure.text)),
  ]];
}
