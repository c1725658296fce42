/** A server in virtual time, as Ollama and llama.cpp schedule: memory, loads, requests at once, the beginnings of prompts that it keeps. */
import type { Ask, Model, Server } from "./topologies.ts";

/** How a request ended. */
export interface Done {
  readonly id: number;
  /** null where it broke off. */
  readonly reply: {
    /** Time that it waited for a load, and that the load took. */
    readonly loadMs: number;
    /** Tokens of its prompt that the server had from before. */
    readonly heldTokens: number;
    readonly promptMs: number;
    readonly answerMs: number;
  } | null;
}

interface Request {
  readonly id: number;
  readonly ask: Ask;
  readonly since: number;
  /** Work left, as time alone on the server: reading, then writing. */
  reading: number;
  writing: number;
  loadedAt: number;
  readAt: number;
  heldTokens: number;
  /** Work left at which it breaks off; -1: it does not. */
  breaksAt: number;
}

interface Held {
  readonly model: string;
  readonly size: number;
  usedAt: number;
  /** Prompts that were read last, the newest first: as many as the server has slots. */
  prompts: { readonly thread: string; readonly tokens: number }[];
}

/** A server with its requests. Time passes by {@link Machine.to} alone. */
export class Machine {
  readonly server: Server;
  readonly #models: ReadonlyMap<string, Model>;
  #now = 0;
  #held: Held[] = [];
  #running: Request[] = [];
  /** Requests whose model is not there, in order. */
  #waiting: Request[] = [];
  #load: { readonly model: string; readonly size: number; left: number } | null = null;

  constructor(server: Server, models: ReadonlyMap<string, Model>) {
    this.server = server;
    this.#models = models;
  }

  /** Whether it answers at all. */
  get isThere(): boolean {
    return !this.server.away.some(({ from, until }) => this.#now >= from && this.#now < until);
  }

  /** Models in memory. */
  get held(): readonly { readonly model: string; readonly size: number }[] {
    return this.#held;
  }

  /** Requests that it works on or lets wait. */
  get busy(): number {
    return this.#running.length + this.#waiting.length;
  }

  /** Whether a model is in memory, or on its way there. */
  holds(model: string): boolean {
    return this.#load?.model === model || this.#held.some((one) => one.model === model);
  }

  /** Whether a model is on its way into memory. */
  isLoading(model: string): boolean {
    return this.#load?.model === model;
  }

  /** Milliseconds that a load of a model takes. */
  loadMs(model: string): number {
    return (this.#models.get(model)?.size ?? 0) / this.server.loads * 1_000;
  }

  /** Time that an ask would take alone, its model loaded, with what the server has of its prompt. */
  workMs(ask: Ask): number {
    return this.#readingMs(ask, this.#heldOf(ask)) + this.#writingMs(ask);
  }

  /** When each of its requests will be done, where nothing comes between, ms. */
  ends(): readonly number[] {
    const load = this.#load?.left ?? 0;
    const rate = this.#rate();
    return [
      ...this.#running.map(({ reading, writing }) => this.#now + (reading + writing) / rate),
      ...this.#waiting.map(({ ask, writing }) => this.#now + load + this.#readingMs(ask, 0) + writing),
    ];
  }

  /** Whether a model has room beside all that is worked on. */
  hasRoom(model: string): boolean {
    const used = new Set([...this.#running, ...this.#waiting].map(({ ask }) => ask.model));
    if (used.has(model)) return true;
    const sum = [model, ...used].reduce((all, name) => all + (this.#models.get(name)?.size ?? 0), 0);
    return used.size === 0 || sum <= this.server.memory;
  }

  /** Whether a model has room beside all that is held. */
  hasRoomBeside(model: string): boolean {
    const sum = this.#held.reduce((all, { size }) => all + size, this.#load?.size ?? 0);
    return this.holds(model) || sum + (this.#models.get(model)?.size ?? 0) <= this.server.memory;
  }

  /**
   * Takes a request.
   *
   * @param breaks whether it breaks off in its middle
   * @returns false where the server is not there
   */
  take(id: number, ask: Ask, breaks: boolean): boolean {
    if (!this.isThere) return false;
    const writing = this.#writingMs(ask);
    const request: Request = {
      id,
      ask,
      since: this.#now,
      reading: 0,
      writing,
      loadedAt: this.#now,
      readAt: 0,
      heldTokens: 0,
      breaksAt: breaks ? writing / 2 : -1,
    };
    this.#waiting.push(request);
    this.#admit();
    return true;
  }

  /**
   * Loads a model that nobody asks yet, where nothing else is being loaded.
   *
   * @returns false where it does not begin
   */
  loadAhead(model: string): boolean {
    const size = this.#models.get(model)?.size ?? 0;
    if (!this.isThere || this.holds(model) || this.#load !== null || !this.#makeRoom(size)) return false;
    this.#load = { model, size, left: this.loadMs(model) };
    return true;
  }

  /** When something happens next by itself, ms; Infinity where nothing does. */
  next(): number {
    let at = Infinity;
    for (const { from, until } of this.server.away) {
      if (from > this.#now) at = Math.min(at, from);
      else if (until > this.#now) at = Math.min(at, until);
    }
    if (this.#load !== null) at = Math.min(at, this.#now + this.#load.left);
    const rate = this.#rate();
    for (const { reading, writing, breaksAt } of this.#running) {
      const left = reading > 0 ? reading : breaksAt >= 0 ? Math.max(0, writing - breaksAt) : writing;
      at = Math.min(at, this.#now + left / rate);
    }
    return at;
  }

  /**
   * Lets time pass, to a moment no later than {@link Machine.next} says.
   *
   * @returns requests that ended at that moment
   */
  to(now: number): readonly Done[] {
    const passed = now - this.#now;
    const rate = this.#rate();
    this.#now = now;
    if (this.#load !== null) this.#load.left -= passed;
    for (const request of this.#running) {
      if (request.reading > 0) {
        request.reading = settled(request.reading - passed * rate);
        if (request.reading === 0) request.readAt = now;
      } else request.writing = settled(request.writing - passed * rate);
    }
    if (this.server.away.some(({ from }) => from === now)) return this.#lose();
    const done = this.#running.filter(({ reading, writing, breaksAt }) =>
      reading === 0 && (writing === 0 || breaksAt >= 0 && writing <= breaksAt + 1e-6)
    );
    if (done.length > 0) this.#running = this.#running.filter((one) => !done.includes(one));
    if (this.#load !== null && this.#load.left <= 1e-6) {
      const { model, size } = this.#load;
      this.#held.push({ model, size, usedAt: now, prompts: [] });
      this.#load = null;
    }
    if (done.length > 0 || this.#waiting.length > 0) this.#admit();
    return done.map((request) => ({ id: request.id, reply: this.#replyOf(request) }));
  }

  #replyOf(request: Request): Done["reply"] {
    const { since, loadedAt, readAt, heldTokens, breaksAt, ask } = request;
    const held = this.#held.find(({ model }) => model === ask.model);
    if (held !== undefined) held.usedAt = this.#now;
    if (breaksAt >= 0) return null;
    return { loadMs: loadedAt - since, heldTokens, promptMs: readAt - loadedAt, answerMs: this.#now - readAt };
  }

  #lose(): readonly Done[] {
    const lost = [...this.#running, ...this.#waiting];
    this.#running = [];
    this.#waiting = [];
    this.#held = [];
    this.#load = null;
    return lost.map(({ id }) => ({ id, reply: null }));
  }

  /** Begins what can begin: requests of models that are there, and one load. */
  #admit(): void {
    const stillWaiting: Request[] = [];
    for (const request of this.#waiting) {
      const held = this.#held.find(({ model }) => model === request.ask.model);
      if (held !== undefined) this.#begin(request, held);
      else stillWaiting.push(request);
    }
    this.#waiting = stillWaiting;
    const [first] = this.#waiting;
    if (first === undefined || this.#load !== null) return;
    const size = this.#models.get(first.ask.model)?.size ?? 0;
    if (!this.#makeRoom(size)) return;
    this.#load = { model: first.ask.model, size, left: this.loadMs(first.ask.model) };
  }

  #begin(request: Request, held: Held): void {
    request.loadedAt = this.#now;
    request.readAt = this.#now;
    request.heldTokens = this.#heldOf(request.ask);
    request.reading = this.#readingMs(request.ask, request.heldTokens);
    held.usedAt = this.#now;
    const { thread, promptTokens: tokens } = request.ask;
    held.prompts = [{ thread, tokens }, ...held.prompts.filter((one) => one.thread !== thread)]
      .slice(0, this.server.slots);
    this.#running.push(request);
  }

  #makeRoom(size: number): boolean {
    const used = () => this.#held.reduce((sum, one) => sum + one.size, 0);
    while (this.#held.length > 0 && used() + size > this.server.memory) {
      const idle = this.#held.filter(({ model }) => !this.#running.some(({ ask }) => ask.model === model))
        .toSorted((a, b) => a.usedAt - b.usedAt)[0];
      if (idle === undefined) return false;
      this.#held = this.#held.filter((one) => one !== idle);
    }
    return true;
  }

  #heldOf({ model, thread, shared }: Ask): number {
    const kept = this.#held.find((one) => one.model === model)?.prompts.find((one) => one.thread === thread);
    return kept === undefined ? 0 : Math.min(kept.tokens, shared);
  }

  #readingMs({ model, promptTokens }: Ask, heldTokens: number): number {
    return (promptTokens - heldTokens) / (this.server.speeds[model]?.reads ?? 1) * 1_000;
  }

  #writingMs({ model, answerTokens }: Ask): number {
    return answerTokens / (this.server.speeds[model]?.writes ?? 1) * 1_000;
  }

  /** How fast each of the running requests goes, one alone being 1. */
  #rate(): number {
    const count = this.#running.length;
    if (count <= 1) return 1;
    return (this.server.gains[count - 1] ?? this.server.gains.at(-1) ?? 1) / count;
  }
}

/** Rounding leaves crumbs of work, with which time would stand still. */
function settled(left: number): number {
  return left < 1e-6 ? 0 : left;
}
