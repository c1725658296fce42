import type { SessionWish } from "../tui/session.ts";
import type { Conducted } from "./begin_run.ts";
import type { CliContext } from "./context.ts";
import { type AskedCrew, assembleCrew, type Crew } from "./crew.ts";
import { stateHome } from "./places.ts";
import { type Choices, type Limited, NO_CHOICES } from "./session_choices.ts";
import type { Situation } from "./situation.ts";
import { trustProject } from "./trust.ts";

/** What is chosen on the start screen. */
export type SettingWish = Exclude<SessionWish, { readonly kind: "goal" | "open" | "continue" | "replay" }>;

/** The crew of a session: assembled where it is wanted, and anew where something of it may be another. */
export class SessionCrew {
  /** Whether each message of the next run waits from its start. */
  gate: boolean;
  readonly #context: CliContext;
  readonly #what: Conducted;
  readonly #signal: AbortSignal;
  #choices: Choices = NO_CHOICES;
  #situation: Situation;
  #crew: Crew | null = null;

  /**
   * @param context the world
   * @param what project and manner
   * @param signal ends the questions to hosts
   */
  constructor(context: CliContext, what: Conducted, signal: AbortSignal) {
    [this.#context, this.#what, this.#signal] = [context, what, signal];
    [this.gate, this.#situation] = [what.step, what.situation];
  }

  /** Whether hosts are open. */
  get isThere(): boolean {
    return this.#crew !== null;
  }

  /**
   * Gives the crew; where there is none, its hosts are asked.
   *
   * @param asks hears who it is before they are
   * @throws {CommandError} exit code 7 for what does not fit together
   */
  async now(asks?: (crew: AskedCrew) => void): Promise<Crew> {
    return this.#crew ??= await assembleCrew(this.#context, this.#situation, this.#signal, { asks });
  }

  /** Closes the hosts. */
  async drop(): Promise<void> {
    const crew = this.#crew;
    this.#crew = null;
    await crew?.close();
  }

  /**
   * Reads configuration and trust anew, with what was chosen; hosts are asked again where a crew is wanted next.
   *
   * @param limits of the next run alone
   * @throws {CommandError} exit code 7 for a wrong configuration
   */
  async anew(limits: Limited = {}): Promise<void> {
    await this.drop();
    this.#situation = this.#what.again({ ...this.#choices, ...limits });
  }

  /**
   * Takes up what was chosen.
   *
   * @param wish the choice
   * @throws {CommandError} where the trust cannot be noted, or the configuration is wrong meanwhile
   */
  async take(wish: SettingWish): Promise<void> {
    switch (wish.kind) {
      case "gate":
        this.gate = wish.on;
        return;
      case "mode":
        this.#choices = { ...this.#choices, mode: wish.mode };
        this.#situation = this.#what.again(this.#choices);
        if (this.#crew !== null) this.#crew = { ...this.#crew, situation: this.#situation };
        return;
      case "place": {
        const { [wish.role]: _before, ...models } = this.#choices.models;
        const chosen = wish.place === null ? models : { ...models, [wish.role]: wish.place };
        this.#choices = { ...this.#choices, models: chosen };
        return await this.anew();
      }
      case "trust": {
        // What was looked at when the question stood on the screen.
        const { standing } = this.#situation;
        if (standing !== null) trustProject(stateHome(this.#context.environment), standing);
        return await this.anew();
      }
      case "start":
        return await this.anew();
    }
  }
}
