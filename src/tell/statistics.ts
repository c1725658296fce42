import type { Ledger } from "../features/ledger/slice.ts";
import { readingSpeed, writingSpeed } from "../features/ledger/speeds.ts";
import type { PairStatistics, Statistics } from "../features/statistics/slice.ts";
import { sayTime } from "../kernel/say.ts";
import type { Members } from "../kernel/told.ts";
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
  { asks, decisions, tools, messages, pairs }: Statistics,
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
      ["MODEL", "LOADS", "AGAIN", "AHEAD", "UNPLANNED", "LOADING", "READS/S", "WRITES/S"],
      Object.entries(ledger).flatMap(([host, models]) =>
        Object.entries(models).map(([name, model]) => [
          `${name}@${host}`,
          model.loads,
          model.reloads,
          model.ahead,
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
    table(
      ["FROM TO", "SENT", "MODIFIED", "REDIRECTED", "CLARIFIED", "DROPPED", "ANSWERED", "TOKENS"],
      Object.entries(pairs).map(([name, one]) => [
        name,
        one.sent,
        one.modified,
        one.redirected,
        one.clarified,
        one.dropped,
        one.answered,
        one.tokens,
      ]),
    ),
    `  Messages: ${Object.entries(messages).map(([name, count]) => `${count} ${name}`).join(", ")}\n`,
  ];
  return tables.filter((text) => text !== "").join("\n");
}

function saySpeed(speed: number | null): string {
  return speed === null ? "?" : speed.toFixed(speed < 10 ? 1 : 0);
}

/**
 * Writes the statistics of a run for programs: lists whose items name what they count.
 *
 * @param ledger what was measured of the hosts
 * @returns `asks` by role and model, `loads` by host and model, `decisions` and `tools` by name, `pairs` by sender and receiver, `messages` of all
 */
export function statisticsMembers({ asks, decisions, tools, messages, pairs }: Statistics, ledger: Ledger): Members {
  const listed = (counted: Readonly<Record<string, object>>, ...names: readonly string[]) =>
    Object.entries(counted).map(([key, counts]) => ({ ...named(key, names), ...counts }));
  return {
    asks: listed(asks, "role", "model"),
    loads: Object.entries(ledger).flatMap(([host, models]) =>
      Object.entries(models).map(([model, { loads, reloads, ahead, unplanned, loadMs }]) => {
        return { host, model, loads, reloads, ahead, unplanned, loadMs };
      })
    ),
    decisions: listed(decisions, "name"),
    tools: listed(tools, "name"),
    pairs: listed(pairs, "from", "to"),
    messages,
  };
}

/** The words of a key by name; the last takes the rest, since a model's name may hold blanks. */
function named(key: string, names: readonly string[]): Readonly<Record<string, string>> {
  const [first = "", second] = names;
  const at = second === undefined ? -1 : key.indexOf(" ");
  return second === undefined || at === -1
    ? { [first]: key }
    : { [first]: key.slice(0, at), [second]: key.slice(at + 1) };
}

/**
 * Says what became of the messages of a pair of roles in a few words.
 *
 * @returns such as `3 sent, 1 modified, 2 answered, 140 tokens`; what never happened is left out
 */
export function sayPair(pair: PairStatistics): string {
  return Object.entries(pair).filter(([, count]) => count !== 0).map(([name, count]) => `${count} ${name}`).join(", ");
}

function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return rows.length === 0 ? "" : columns([titles, ...rows.map((row) => row.map(String))], 2);
}
