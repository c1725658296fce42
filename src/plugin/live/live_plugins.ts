import type { CrewChange, CrewInUse } from "../../effects/crew_in_use.ts";
import type { Fact, Stamped } from "../../features/fact.ts";
import { type ChangedParts, isInUse } from "../../features/plugins/in_use.ts";
import type { PromptFile } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { mustFit } from "../load.ts";
import type { Offer } from "../offer.ts";
import { PluginRefused } from "../plugin_refused.ts";
import type { RegistryFault } from "../registry.ts";
import { isServers } from "../server_name.ts";
import { changedParts, inOrderOf } from "./changed_crew.ts";
import { isKept } from "./kept_offer.ts";
import { factsOf, numberOf, refusedFact, type Wanted } from "./live_facts.ts";
import type { ShelfChange } from "./shelf.ts";

/** What plugins are taken into use by. */
export interface LiveOptions {
  /** What is offered at first, what comes with Autonomy too, in order. */
  readonly offers: readonly Offer[];
  /** Joins offers with prompts and configuration. */
  join(
    offers: readonly Offer[],
    prompts: Readonly<Record<string, PromptFile>>,
  ): { readonly crew: CrewInUse; readonly faults: readonly RegistryFault[] };
  /** Puts offers in the order in which their folders and names have them. */
  inOrder(offers: readonly Offer[]): readonly Offer[];
  /** The fact that says who is in the crew. */
  assembled(crew: CrewInUse, reason: string): Extract<Fact, { type: "crew_assembled" }>;
  /** Hears of each crew that is taken into use, of all offers then, and of the one that is new among them, if any. */
  used(crew: CrewInUse, offers: readonly Offer[], offer: Offer | null): void;
  /** Hears that a version was given up for the one before. */
  givenUp(path: string, inUse: string): void;
  /** Says that there is something to take up. */
  wake(): void;
}

/** A plugin that stands ready to become another, and what was told of it. */
interface Pending {
  readonly wanted: Wanted;
  told: string;
  /** What it would come to, as long as the crew stays the one that it was looked at with. */
  looked: { readonly with: CrewInUse; readonly outcome: Outcome } | null;
}

/** What a change comes to: a crew with its offers, a refusal, or that another plugin has to go first. */
type Outcome =
  | {
    readonly crew: CrewInUse;
    readonly offers: readonly Offer[];
    readonly parts: ChangedParts;
    readonly isSeen: boolean;
  }
  | { readonly place: string; readonly text: string }
  | null;

/**
 * Takes versions of plugins into use between two steps of a run, one after the other: what no open work goes on with at once, the rest as soon
 * as that is over. The version before is kept, and is back in use when a person wants that, or when the first calls of the new one fail.
 */
export class LivePlugins {
  readonly #options: LiveOptions;
  readonly #pending = new Map<string, Pending>();
  /** The version before, by path. */
  readonly #before = new Map<string, Offer>();
  readonly #closing = new Set<Promise<void>>();
  #news: ((state: State) => readonly Fact[])[] = [];
  #offers: readonly Offer[];
  #joinedWith: CrewInUse["registry"]["prompts"] | null = null;

  /** @param options what it works with */
  constructor(options: LiveOptions) {
    this.#options = options;
    this.#offers = options.offers;
  }

  /** What is in use now, in order. */
  get offers(): readonly Offer[] {
    return this.#offers;
  }

  /** Hears what became of a plugin in its folder. */
  hear(change: ShelfChange): void {
    const { path } = change;
    switch (change.kind) {
      case "opened":
        this.#want(path, { kind: "load", offer: change.offer });
        break;
      case "gone": {
        const offer = this.#inUse(path);
        this.#forget(path);
        if (offer !== undefined) this.#want(path, { kind: "retire", offer });
        break;
      }
      case "refused":
        this.#forget(path);
        this.say((state) => [refusedFact(state, change, this.#inUse(path))]);
        break;
      case "restored":
        this.say((state) => state.plugins.troubles[path] === undefined ? [] : factsOf.again(state, this.#inUse(path)));
        break;
      case "waits":
        this.#forget(path);
        break;
    }
    this.#options.wake();
  }

  /** Hears of something that is offered from now on, in place of what was offered under its path. */
  offer(offer: Offer): void {
    this.#want(offer.path, { kind: "load", offer });
    this.#options.wake();
  }

  /** Notes facts that are to be told between two steps of the run. */
  say(news: (state: State) => readonly Fact[]): void {
    this.#news.push(news);
    this.#options.wake();
  }

  /** Hears the facts of the run. */
  heard(facts: readonly Stamped[]): void {
    for (const fact of facts) {
      if (fact.type !== "rollback_wished") continue;
      const offer = this.#offers.find(({ plugin }) => plugin === fact.plugin);
      if (offer !== undefined) this.#back(offer, "you wanted the version before back");
    }
  }

  /** What is to be taken up now; null for nothing. */
  next(state: State, crew: CrewInUse): CrewChange | null {
    const facts = this.#news.flatMap((news) => news(state));
    this.#news = [];
    if (facts.length > 0) return { facts, crew: null };
    // Names that one gives back another may take.
    const pending = [...this.#pending].sort(([, one], [, other]) => rank(one.wanted) - rank(other.wanted));
    for (const [path, one] of pending) {
      const change = this.#try(path, one, state, crew);
      if (change !== null) return change;
    }
    return this.#joinAnew(state, crew);
  }

  /** Closes all that does not come with Autonomy; nothing may be taken up any more. */
  async close(): Promise<void> {
    for (const path of [...this.#pending.keys()]) this.#forget(path);
    for (const offer of [...this.#offers, ...this.#before.values()]) this.#closed(offer);
    await Promise.all(this.#closing);
  }

  #inUse(path: string): Offer | undefined {
    return this.#offers.find((offer) => offer.path === path);
  }

  #want(path: string, wanted: Wanted): void {
    this.#forget(path);
    this.#pending.set(path, { wanted, told: "", looked: null });
  }

  /** Drops what was to become of a plugin. */
  #forget(path: string): void {
    const wanted = this.#pending.get(path)?.wanted;
    this.#pending.delete(path);
    if (wanted?.kind === "load") this.#closed(wanted.offer);
  }

  #back(offer: Offer, reason: string): void {
    const before = this.#before.get(offer.path);
    if (before === undefined || this.#pending.get(offer.path)?.wanted.kind === "load") return;
    this.#pending.set(offer.path, { wanted: { kind: "back", offer: before, reason }, told: "", looked: null });
    this.#options.wake();
  }

  #closed(offer: Offer): void {
    // What cannot be removed is no reason to end a run.
    const closing = (offer.close?.() ?? Promise.resolve()).catch(() => {}).finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #try(path: string, one: Pending, state: State, crew: CrewInUse): CrewChange | null {
    if (one.looked?.with !== crew) one.looked = { with: crew, outcome: this.#outcome(path, one.wanted, crew) };
    const { outcome } = one.looked;
    if (outcome === null) return null;
    if ("text" in outcome) {
      return this.#once(one, outcome.text, () => {
        const { offer } = one.wanted;
        return refusedFact(state, { ...outcome, path, version: offer.version }, this.#inUse(path), offer.plugin);
      });
    }
    if (outcome.isSeen && isInUse(state, outcome.parts)) {
      return this.#once(one, "work", () => factsOf.waits(state, one.wanted));
    }
    return this.#swap(path, one.wanted, outcome, state);
  }

  /** Tells something of what is pending, unless it was told last. */
  #once(one: Pending, what: string, fact: () => Fact): CrewChange | null {
    if (one.told === what) return null;
    one.told = what;
    return { facts: [fact()], crew: null };
  }

  /** Looks what a change would come to. */
  #outcome(path: string, wanted: Wanted, crew: CrewInUse): Outcome {
    const others = this.#offers.filter((offer) => offer.path !== path);
    const before = this.#inUse(path);
    const offers = wanted.kind === "retire" ? others : this.#options.inOrder([...others, wanted.offer]);
    if (wanted.kind !== "retire") {
      const going = others.filter((other) => this.#pending.get(other.path)?.wanted.kind === "retire");
      const refusal = refusalOf(wanted.offer, others.filter((other) => !going.includes(other)));
      if (refusal !== null) return { place: refusal.place, text: refusal.reason };
      if (refusalOf(wanted.offer, going) !== null) return null;
    }
    const { crew: joined, faults } = this.#options.join(offers, crew.registry.prompts);
    const own = faults.filter(({ place }) => place.startsWith(`${path}: `));
    if (wanted.kind === "load" && own.length > 0) {
      const text = own.map((fault) => `${fault.place.slice(path.length + 2)}: ${fault.text}`).join(" ");
      return { place: path, text };
    }
    const isSeen = wanted.kind !== "back" || before === undefined ||
      saidToModels(wanted.offer) !== saidToModels(before);
    return { crew: inOrderOf(crew, joined), offers, parts: changedParts(crew, joined), isSeen };
  }

  #swap(
    path: string,
    wanted: Wanted,
    { crew: next, offers }: Extract<Outcome, { crew: CrewInUse }>,
    state: State,
  ): CrewChange {
    const before = this.#inUse(path);
    const older = this.#before.get(path);
    const facts = factsOf.swap(state, wanted, before);
    this.#pending.delete(path);
    this.#before.delete(path);
    this.#offers = offers;
    if (wanted.kind === "load") {
      if (older !== undefined) this.#closed(older);
      // A server offers what it says now: there is nothing to go back to.
      if (before !== undefined && isServers(before)) this.#closed(before);
      else if (before !== undefined) {
        this.#before.set(path, before);
        const { offer } = wanted;
        if (isKept(offer)) offer.whenFailing((reason) => this.#back(offer, reason));
      }
    } else {
      for (const one of [before, wanted.kind === "retire" ? older : undefined]) {
        if (one !== undefined) this.#closed(one);
      }
      if (wanted.kind === "back") this.#options.givenUp(path, wanted.offer.version);
    }
    const { kind, offer: { plugin } } = wanted;
    const reason = kind === "retire" ? `${plugin} retired` : `${plugin} v${numberOf(state, wanted)}`;
    return this.#taken(state, next, { offer: kind === "load" ? wanted.offer : null, facts, reason });
  }

  /** Takes what did not fit before into use, once the prompts that it lacked are there. */
  #joinAnew(state: State, crew: CrewInUse): CrewChange | null {
    const { prompts } = crew.registry;
    if (prompts === this.#joinedWith) return null;
    const { crew: joined } = this.#options.join(this.#offers, prompts);
    const parts = changedParts(crew, joined);
    const isOther = Object.keys(joined.registry.roles).some((role) => crew.registry.roles[role] === undefined);
    if (isOther && isInUse(state, parts)) return null;
    this.#joinedWith = prompts;
    if (!isOther) return null;
    return this.#taken(state, inOrderOf(crew, joined), { offer: null, facts: [], reason: "prompts changed" });
  }

  #taken(
    state: State,
    next: CrewInUse,
    what: { readonly offer: Offer | null; readonly facts: readonly Fact[]; readonly reason: string },
  ): CrewChange {
    const { offer, facts, reason } = what;
    this.#options.used(next, this.#offers, offer);
    const assembled = this.#options.assembled(next, reason);
    const { crew: roles, tools } = state.run;
    const isOther = JSON.stringify([assembled.roles, assembled.tools]) !== JSON.stringify([roles, tools]);
    return { facts: isOther ? [...facts, assembled] : facts, crew: next };
  }
}

function rank({ kind }: Wanted): number {
  return ["retire", "back", "load"].indexOf(kind);
}

function refusalOf(offer: Offer, others: readonly Offer[]): PluginRefused | null {
  try {
    mustFit(offer, others);
    return null;
  } catch (error) {
    if (error instanceof PluginRefused) return error;
    throw error;
  }
}

/** What of an offer models are told. */
function saidToModels({ specialists, tools }: Offer): string {
  return JSON.stringify([specialists, tools.map(({ declaration, access, traits }) => [declaration, access, traits])]);
}
