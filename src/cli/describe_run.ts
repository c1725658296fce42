import { counted } from "../kernel/text.ts";
import type { Statistics } from "../features/statistics/slice.ts";
import { elapsed } from "../features/run/elapsed.ts";
import type { Stamped } from "../features/fact.ts";
import type { MessageStatus } from "../features/messages/message.ts";
import { changedFiles } from "./changed_files.ts";
import { sayOutcome } from "./progress.ts";
import type { ReadRun } from "./stored_run.ts";
import { columns, oneLine, safe, sayTime } from "./table.ts";

/**
 * Describes a run in plain text.
 *
 * @param run facts and state of the run
 * @param command words that start the program, such as `autonomy`
 * @returns lines for people, with closing line breaks
 */
export function describeRun(run: ReadRun, command: string): string {
  const { state, facts } = run;
  const last = facts.at(-1);
  if (state.run.info === null || last === undefined) return `Run ${run.id} has no facts yet.\n`;
  const label = state.run.info.label === "" ? "" : ` (${state.run.info.label})`;
  const sections = [
    `Run      ${run.id}${label}\nProject  ${safe(state.run.info.project)}\nGoal     ${safe(state.run.info.goal)}\n` +
    `Began    ${new Date(state.clock.startedAt ?? state.at).toISOString()}, at work for ${
      sayTime(elapsed(state, last.at))
    }, ${counted(facts.length, "fact")}\n` +
    `Ended    ${endingOf(run, command)}\n` +
    `Spent    ${state.spending.run.tokens} tokens, ${counted(state.spending.run.turns, "ask")} of models`,
    section("Crew", crewOf(run)),
    section("Checks", checksOf(run)),
    section("Tasks", tasksOf(run)),
    section("Attempts", attemptsOf(facts)),
    section("Decisions", decisionsOf(facts)),
    section("Messages", messagesOf(facts)),
    section("Files", columns(changedFiles(state).map(({ path, change }) => [change, oneLine(path)]), 2)),
    section("Failures", failuresOf(facts)),
    section("Statistics", statisticsOf(state.statistics)),
    turnsOf(facts) === ""
      ? ""
      : `${section("Turns", turnsOf(facts))}\n  ${command} show ${run.id} TURN shows what was asked and answered.`,
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function section(title: string, body: string): string {
  return body === "" ? "" : `${title}\n${body.trimEnd()}`;
}

function endingOf({ state, id }: ReadRun, command: string): string {
  if (state.run.ending === null) return `not yet; ${command} run --resume ${id} goes on with it`;
  return `${state.run.ending.kind}: ${oneLine(state.run.ending.cause, 600)}`;
}

function crewOf({ state }: ReadRun): string {
  return columns(
    state.run.crew.map(({ role, models }) => {
      const thread = state.threads[role];
      const played = thread?.model === undefined || thread.model === null
        ? `not asked (wished: ${models[0] ?? "any"})`
        : `${thread.model} on ${thread.host ?? "?"}, ${thread.way ?? "?"}, window ${thread.window ?? "?"}`;
      return [role, played];
    }),
    2,
  );
}

function checksOf({ state }: ReadRun): string {
  const { first, latest, commands } = state.checks;
  if (first === null) return "";
  if (first.length === 0 && (latest ?? []).length === 0) return "  none were found in this project\n";
  const say = (results: typeof first) => `${results.filter((one) => one.passed).length} of ${results.length} pass`;
  const rows = [["at the start", say(first)], ["at the end", latest === null ? "not executed" : say(latest)]];
  const failing = (latest ?? first).filter((one) => !one.passed).map((one) => ["fails", oneLine(one.name)]);
  return `${columns([["commands", commands.join("; ")], ...rows, ...failing.slice(0, 20)], 2)}`;
}

function tasksOf({ state }: ReadRun): string {
  return columns(
    state.tasks.list.map((task) => [
      task.id,
      task.status,
      oneLine(task.description, 100),
      oneLine(task.reason, 120),
    ]),
    2,
  );
}

function attemptsOf(facts: readonly Stamped[]): string {
  const rows: string[][] = [];
  for (const fact of facts) {
    if (fact.type !== "attempt_closed") continue;
    const broke = fact.broke.length === 0 ? "" : `, broke ${fact.broke.length}`;
    rows.push([
      `${fact.task} #${fact.number}`,
      fact.verdict,
      `${counted(fact.passed.length, "result")} passed${broke}`,
      oneLine(fact.summary, 120),
    ]);
  }
  return columns(rows, 2);
}

function decisionsOf(facts: readonly Stamped[]): string {
  const outcomes = new Map(facts.flatMap((fact) => fact.type === "decision_closed" ? [[fact.id, fact] as const] : []));
  const lines: string[] = [];
  for (const fact of facts) {
    if (fact.type === "decision_refused") {
      lines.push(`  refused  ${fact.name} by ${fact.by}: ${oneLine(fact.reason, 200)}\n`);
    }
    if (fact.type !== "decision_made") continue;
    const values = Object.values(fact.arguments).map((value) => oneLine(String(value), 60)).join(", ");
    lines.push(`  ${fact.id}  ${fact.name}(${values}) by ${fact.by}: ${oneLine(fact.reason, 200)}\n`);
    const closed = outcomes.get(fact.id);
    if (closed === undefined) lines.push("      open\n");
    else lines.push(`      ${sayOutcome(closed, 240)}\n`);
  }
  return lines.join("");
}

function messagesOf(facts: readonly Stamped[]): string {
  const rows = new Map<
    string,
    { from: string; to: string; kind: string; text: string; status: MessageStatus; note: string }
  >();
  const change = (id: string, values: Partial<NonNullable<ReturnType<typeof rows.get>>>) => {
    const row = rows.get(id);
    if (row !== undefined) rows.set(id, { ...row, ...values });
  };
  for (const fact of facts) {
    switch (fact.type) {
      case "message_sent": {
        const { id, from, to, kind, text } = fact.message;
        rows.set(id, { from, to, kind, text, status: "queued", note: "" });
        break;
      }
      case "message_released":
        change(fact.id, { status: "queued" });
        break;
      case "message_edited":
        change(fact.id, { text: fact.text, note: `edited by ${fact.by}` });
        break;
      case "message_redirected":
        change(fact.id, { to: fact.to, note: `redirected by ${fact.by}` });
        break;
      case "message_reviewed":
        change(fact.id, { status: "reviewed", note: `${fact.verdict}` });
        break;
      case "message_in_prompt":
        change(fact.id, { status: "in_prompt" });
        break;
      case "message_answered":
        change(fact.id, { status: "answered" });
        break;
      case "message_dropped":
        change(fact.id, { status: "dropped", note: fact.reason });
        break;
      case "message_expired":
        change(fact.id, { status: "expired" });
        break;
    }
  }
  return columns(
    [...rows].map(([id, row]) => [
      id,
      `${row.from} → ${row.to}`,
      row.kind,
      row.status.replace("_", " "),
      `${oneLine(row.text, 100)}${row.note === "" ? "" : ` [${oneLine(row.note, 60)}]`}`,
    ]),
    2,
  );
}

function failuresOf(facts: readonly Stamped[]): string {
  const lines: string[] = [];
  for (const fact of facts) {
    switch (fact.type) {
      case "effect_failed": {
        const where = fact.model === undefined ? "" : ` (${fact.model} on ${fact.host ?? "?"})`;
        lines.push(`  ${fact.key}${where}: ${fact.failure}: ${oneLine(fact.text, 400)}\n`);
        break;
      }
      case "effect_unknown":
        lines.push(`  ${fact.key}: unknown: ${oneLine(fact.text, 300)}\n`);
        break;
      case "effect_refused":
        lines.push(`  ${fact.key}: refused: ${oneLine(fact.reason, 300)}\n`);
        break;
      case "call_refused":
        lines.push(`  ${fact.turn}: the call ${fact.name} was refused: ${oneLine(fact.reason, 300)}\n`);
        break;
      case "effect_finished":
        if (fact.result.kind === "ask" && fact.result.fault !== null) {
          lines.push(`  ${fact.key}: no call was read (${fact.result.model}): ${oneLine(fact.result.fault, 300)}\n`);
        }
        break;
    }
  }
  return lines.length <= 60
    ? lines.join("")
    : `${lines.slice(0, 20).join("")}  … ${lines.length - 50} more …\n${lines.slice(-30).join("")}`;
}

function statisticsOf(statistics: Statistics): string {
  const asks = Object.entries(statistics.asks).map(([key, one]) => [
    key,
    String(one.asks),
    String(one.right),
    String(one.repaired),
    String(one.failed),
    String(one.failedInARow),
    String(one.promptTokens),
    String(one.answerTokens),
    sayTime(one.ms),
  ]);
  const decisions = Object.entries(statistics.decisions).map((
    [name, one],
  ) => [name, String(one.made), String(one.succeeded), String(one.failed)]);
  const tools = Object.entries(statistics.tools).map(([name, one]) => [name, String(one.finished), String(one.failed)]);
  const messages = Object.entries(statistics.messages).map(([name, count]) => `${count} ${name}`).join(", ");
  return [
    asks.length === 0 ? "" : columns([
      ["ROLE MODEL", "ASKS", "RIGHT", "REPAIRED", "FAILED", "IN A ROW", "PROMPT", "ANSWER", "TIME"],
      ...asks,
    ], 2),
    decisions.length === 0 ? "" : columns([["DECISION", "MADE", "SUCCEEDED", "FAILED"], ...decisions], 2),
    tools.length === 0 ? "" : columns([["TOOL", "FINISHED", "FAILED"], ...tools], 2),
    `  Messages: ${messages}\n`,
  ].filter((text) => text !== "").join("\n");
}

function turnsOf(facts: readonly Stamped[]): string {
  const endings = new Map(facts.flatMap((fact) => fact.type === "turn_closed" ? [[fact.id, fact] as const] : []));
  return columns(
    facts.flatMap((fact) => {
      if (fact.type !== "turn_opened") return [];
      const closed = endings.get(fact.id);
      return [[fact.id, fact.role, fact.purpose, closed?.ending ?? "open", oneLine(closed?.text ?? "", 120)]];
    }),
    2,
  );
}
