/** Commands of a program that change a project itself: what it uses, or what is kept of its history. */
export interface ProjectCommands {
  /** What its bare words begin with, apart by commas; `*` whatever they are, `.` where there are none. */
  readonly changes: string;
  /** Such that only list where no word stands behind them, each with its options that only list whatever stands there. */
  readonly named?: Readonly<Record<string, string>>;
  /** Its options that may stand before all that and whose value is the next word. */
  readonly valued?: string;
}

/** Programs by name, without a path and without a number at its end. */
export type ProjectPrograms = Readonly<Record<string, ProjectCommands>>;
