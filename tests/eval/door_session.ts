import process from "node:process";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { openAutonomy } from "../bench/subjects.ts";
import type { Program } from "../bench/program.ts";
import { percentile } from "../bench/figure.ts";
import { hostFlags } from "../cli/fixtures/command_line.ts";
import { COUNTING, counting, COUNTING_PROMPT, COUNTS, WORDS } from "../end_to_end/fixtures/counting.ts";
import { assertWhole, readJournal } from "../end_to_end/fixtures/journal_file.ts";
import { writeFiles } from "../plugin/live/write_files.ts";
import { type FollowedJournal, followJournal } from "../end_to_end/fixtures/followed_journal.ts";
import type { DoorFigure } from "./door.ts";

/** Saves that are timed, half of them before the program is killed. */
const SAVES = 50;
const MOST_MS = 1_000;
const GOAL = "Make the failing tests of this project pass.";

const PULSE = (word: string) =>
  `export default { name: "pulse", panes: [{ id: "pulse", title: "pulse", lines: () => ["${word}"] }] };\n`;
const GREET = (word: string) =>
  `export default { name: "greet", commands: [{ name: "greet", help: "WORDS: greets the arbiter",
  run: (words) => [{ kind: "say", to: "arbiter", text: "${word} " + words }] }] };\n`;

/** A session of the real program on its screen, with a person who saves plugins. */
class Session {
  readonly saves: number[] = [];
  readonly paints: number[] = [];
  readonly folder: string;
  program!: Program;
  journal!: FollowedJournal;
  #count = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get state(): string {
    return `${this.folder}/state`;
  }

  /** Saves a plugin, and waits until that version is in use; gives its fact. */
  async save(plugin: string, text: string) {
    const from = this.journal.facts().length;
    await writeFiles(`${this.folder}/config/plugins`, { [`${plugin}.ts`]: text });
    const saved = Date.now();
    const ready = await this.journal.fact("plugin_ready", (fact) => fact.plugin === plugin, from);
    this.saves.push(ready.at - saved);
    return ready;
  }

  /** Saves a pane that shows another word, and waits until that is on the screen. */
  async pulse() {
    const word = `pulse-${++this.#count}-`;
    const began = performance.now();
    const ready = await this.save("pulse", PULSE(word));
    this.paints.push(await this.program.shows(word) - began);
    return ready;
  }

  /** Saves plugins until so many saves were timed. */
  async more(until: number): Promise<void> {
    while (this.saves.length < until) {
      const turn = this.saves.length % 3;
      if (turn === 0) await this.pulse();
      else if (turn === 1) await this.save("greet", GREET(`greeting ${++this.#count}`));
      else await this.save("counting", COUNTING(`\`\${words(text)} words, \${${++this.#count}}\``));
    }
  }

  /** Has the specialist count, by a word of the person or, in a decision, of the arbiter; gives the turn and what it said. */
  async counted(ask: () => void | Promise<void>) {
    const from = this.journal.facts().length;
    await ask();
    const turn = await this.journal.fact("turn_opened", ({ role }) => role === "counting", from);
    return { turn, said: (await this.journal.fact("turn_closed", ({ id }) => id === turn.id, from)).text };
  }

  say(): Promise<void> {
    return this.program.type(":say counting How many words?\r");
  }
}

/** Lives a rehearsal at its own pace, in which plugins are saved, broken, repaired and deleted, killed in the middle and resumed. */
export async function doorSession(): Promise<readonly DoorFigure[]> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "autonomy_door_" }));
  const project = await copySample();
  const { player, consult } = counting();
  const players = Object.fromEntries(
    Object.entries(understudies()).map(([model, say]) => [
      model,
      (request: Parameters<typeof say>[0]) => player(request) ?? say(request),
    ]),
  );
  const fleet = await startRehearsalFleet({ players, pace: 1 });
  const session = new Session(folder);
  const open = (words: readonly string[]) =>
    openAutonomy([...words, "-C", project, ...hostFlags(fleet.hosts)], {
      AUTONOMY_STATE_HOME: session.state,
      AUTONOMY_CONFIG_HOME: `${folder}/config`,
    });
  try {
    session.program = await open(["run", GOAL, "--trust"]);
    session.journal = await followJournal(session.state);
    await session.journal.fact("decision_made");
    const first = await firstLife(session, consult);
    await session.more(SAVES / 2);
    Deno.kill(session.program.pid, "SIGKILL");
    await session.program.end();
    const from = session.journal.facts().length;
    await writeFiles(`${folder}/config/plugins`, { "pulse.ts": PULSE("while-away-") });
    session.program = await open(["run", "--continue"]);
    const left = await session.journal.fact("plugin_ready", ({ plugin }) => plugin === "pulse", from);
    await session.program.shows("while-away-");
    const second = await secondLife(session, consult);
    await session.more(SAVES);
    const ended = await session.journal.fact("run_ended");
    assertWhole(readJournal(session.journal.path));
    return [
      ...timed(session),
      held("consulted by the arbiter in the same run, with the version that the fact names", first.consulted),
      held("a command of a saved plugin is typed, and what it wishes is a fact", first.greeted),
      held("a broken save: the version before goes on, the place stands on the screen", first.broken),
      held("repaired, used, deleted, retired", first.repaired),
      held("after kill -9: what changed while the run was left is told and shown", left.why === "left"),
      held("after resume: saved, consulted, broken, repaired, deleted as before", second),
      held(`the run ends accepted, no effect is lost or done twice (${ended.kind})`, ended.kind === "accepted"),
    ];
  } finally {
    await session.program?.end();
    tellVersions(session.journal);
    session.journal?.close();
    await fleet.close();
    for (const path of [folder, project]) await Deno.remove(path, { recursive: true });
  }
}

async function firstLife(session: Session, consult: () => void) {
  await writeFiles(`${session.folder}/config/plugins`, { "_words.ts": WORDS, "counting.md": COUNTING_PROMPT });
  const ready = await session.save("counting", COUNTS);
  const { turn, said } = await session.counted(consult);
  const message = await session.journal.fact("message_sent", ({ message: { id } }) => id === turn.message);
  await session.pulse();
  await session.save("greet", GREET("greeting"));
  await session.program.type(":greet hello there\r");
  const greeted = await session.journal.fact(
    "message_sent",
    ({ message: { text } }) => text === "greeting hello there",
  );
  return {
    consulted: turn.version === ready.version && said === "3 words" && message.message.from === "arbiter",
    greeted: greeted.message.to === "arbiter",
    ...await brokenAndRepaired(session, ready.version),
  };
}

/** Breaks the specialist, has it count, repairs it, has it count, and deletes it. */
async function brokenAndRepaired(session: Session, version: string) {
  const { journal, program, folder } = session;
  const from = journal.facts().length;
  // Each life breaks it in another line, which the screen did not show before.
  const lines = "\n".repeat(1 + Math.floor(from / 7) % 90);
  await writeFiles(`${folder}/config/plugins`, { "counting.ts": lines + COUNTS.replace("run:", "run") });
  const refused = await journal.fact("plugin_refused", undefined, from);
  await program.shows(refused.place.slice(refused.place.lastIndexOf("/") + 1));
  const old = await session.counted(() => session.say());
  const next = await session.save("counting", COUNTING("`${words(text)} of them`"));
  const repaired = await session.counted(() => session.say());
  await Deno.remove(`${folder}/config/plugins/counting.ts`);
  const retired = await journal.fact("plugin_retired", ({ plugin }) => plugin === "counting", from);
  return {
    broken: /counting\.ts:\d+:20$/.test(refused.place) && old.turn.version === version && old.said === "3 words",
    repaired: repaired.turn.version === next.version && repaired.said === "3 of them" && retired.number === next.number,
  };
}

async function secondLife(session: Session, consult: () => void): Promise<boolean> {
  await session.pulse();
  const ready = await session.save("counting", COUNTING("`${words(text)} again`"));
  const { turn, said } = await session.counted(consult);
  await Deno.remove(`${session.folder}/config/plugins/counting.ts`);
  const from = turn.seq;
  await session.journal.fact("plugin_retired", ({ plugin }) => plugin === "counting", from);
  const back = await session.save("counting", COUNTS);
  const ends = await brokenAndRepaired(session, back.version);
  return turn.version === ready.version && said === "3 again" && ends.broken && ends.repaired;
}

function timed({ saves, paints }: Session): readonly DoorFigure[] {
  const figure = (what: string, all: readonly number[]): DoorFigure => {
    const p95 = percentile(all, 0.95);
    const value = `p50 ${percentile(all, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, worst ${
      Math.max(...all).toFixed(0)
    } ms`;
    return { what: `${what} (${all.length})`, value, bound: `p95 ≤ ${MOST_MS} ms`, met: p95 <= MOST_MS };
  };
  return [
    figure("from a save to the version in use", saves),
    figure("from a save of a pane to its rows on the screen", paints),
  ];
}

function held(what: string, met: boolean): DoorFigure {
  return { what, value: met ? "yes" : "no", bound: "yes", met };
}

/** Prints who used which version. */
function tellVersions(journal: FollowedJournal | undefined): void {
  const used = (journal?.facts() ?? []).flatMap((fact) => {
    if (fact.type === "turn_opened" && fact.version !== undefined) {
      return [`turn ${fact.id} of ${fact.role}: ${fact.version}`];
    }
    if (fact.type === "effect_opened" && fact.effect.kind === "tool" && fact.effect.version !== undefined) {
      return [`call of ${fact.effect.call.name} in ${fact.effect.turn}: ${fact.effect.version}`];
    }
    return [];
  });
  process.stdout.write(`who used which version, by the run's facts:\n${used.map((line) => `  ${line}\n`).join("")}`);
}
