import type { Text } from "../../kernel/text.ts";

/** The beginning of a turn's exchange in few lines. */
export interface TurnSummary {
  /** Entries of the exchange that it stands for. */
  readonly upTo: number;
  readonly text: Text;
}

/** What of a turn was summarised. */
export interface SummaryOfTurn {
  /** Entries for which a summary was asked for last, whatever became of it. */
  readonly asked: number;
  /** What stands for the beginning; null where nothing but the rules does. */
  readonly summary: TurnSummary | null;
}

/** Summaries of turns at work. */
export interface SummariesSlice {
  readonly byTurn: Readonly<Record<string, SummaryOfTurn>>;
  /** Summaries in a row that came to nothing. */
  readonly misses: number;
}

/** What of a turn was summarised so far. */
export function summaryOf({ summaries }: { readonly summaries: SummariesSlice }, turn: string): SummaryOfTurn {
  return summaries.byTurn[turn] ?? NOT_SUMMARISED;
}

const NOT_SUMMARISED: SummaryOfTurn = { asked: 0, summary: null };
