import type { RehearsalModel } from "./play.ts";
import type { Pullable } from "./pull.ts";
import { tagged } from "./tagged.ts";

/** The models of a server: those that it has, those that it can get, and how often each has answered. */
export class ModelShelf {
  readonly #models: RehearsalModel[];
  readonly #pullable: readonly RehearsalModel[];
  readonly #calls = new Map<RehearsalModel, number>();

  /**
   * @param models models that it has
   * @param pullable models that it gets when they are pulled
   */
  constructor(models: readonly RehearsalModel[], pullable: readonly RehearsalModel[]) {
    this.#models = [...models];
    this.#pullable = pullable;
  }

  /** Models that it has now. */
  get models(): readonly RehearsalModel[] {
    return this.#models;
  }

  /** Finds a model that it has, by its name with or without tag. */
  find(name: string): RehearsalModel | undefined {
    return named(this.#models, name);
  }

  /** Finds a model that can be pulled; one that is there already can be, too. */
  findPullable(name: string): Pullable | null {
    const model = named([...this.#models, ...this.#pullable], name);
    return model === undefined ? null : { model, install: () => void (this.find(name) ?? this.#models.push(model)) };
  }

  /** Counts the replies of a model and returns the number of the one that begins, from 1. */
  nextCall(model: RehearsalModel): number {
    const call = (this.#calls.get(model) ?? 0) + 1;
    this.#calls.set(model, call);
    return call;
  }
}

function named(models: readonly RehearsalModel[], name: string): RehearsalModel | undefined {
  return models.find((model) => tagged(model.name) === tagged(name));
}
