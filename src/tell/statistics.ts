import type { Ledger } from "../features/ledger/slice.ts";
import { readingSpeed, writingSpeed } from "../features/ledger/speeds.ts";
import type { Statistics } from "../features/statistics/slice.ts";
import { sayTime } from "../kernel/say.ts";
import { columns } from "./columns.ts";

/**
 * Says the statistics of a run as tables.
 *
 * @param statistics what was counted
 * @param ledger what was measured of the hosts
 * @param decisionOf says a kind of decision by its name
 * @returns lines with closing line breaks
 */
export function sayStatistics(
  { asks, decisions, tools, messages }: Statistics,
  ledger: Ledger,
  decisionOf: (name: string) => string,
): string {
  const tables = [
    table(
      ["ROLE MODEL", "REQUESTS", "RIGHT", "REPAIRED", "FAILED", "IN A ROW", "PROMPT", "ANSWER", "TIME"],
      Object.entries(asks).map(([name, one]) => [
        name,
        one.asks,
        one.right,
        one.repaired,
        one.failed,
        one.failedInARow,
        one.promptTokens,
        one.answerTokens,
        sayTime(one.ms),
      ]),
    ),
    table(
      ["MODEL", "LOADS", "AGAIN", "UNPLANNED", "LOADING", "READS/S", "WRITES/S"],
      Object.entries(ledger).flatMap(([host, models]) =>
        Object.entries(models).map(([name, model]) => [
          `${name}@${host}`,
          model.loads,
          model.reloads,
          model.unplanned,
          sayTime(model.loadMs),
          saySpeed(readingSpeed(model)),
          saySpeed(writingSpeed(model)),
        ])
      ),
    ),
    table(
      ["DECISION", "MADE", "SUCCEEDED", "FAILED"],
      Object.entries(decisions).map(([name, one]) => [decisionOf(name), one.made, one.succeeded, one.failed]),
    ),
    table(
      ["TOOL", "FINISHED", "FAILED"],
      Object.entries(tools).map(([name, one]) => [name, one.finished, one.failed]),
    ),
    `  Messages: ${Object.entries(messages).map(([name, count]) => `${count} ${name}`).join(", ")}\n`,
  ];
  return tables.filter((text) => text !== "").join("\n");
}

function saySpeed(speed: number | null): string {
  return speed === null ? "?" : speed.toFixed(speed < 10 ? 1 : 0);
}

function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return rows.length === 0 ? "" : columns([titles, ...rows.map((row) => row.map(String))], 2);
}
