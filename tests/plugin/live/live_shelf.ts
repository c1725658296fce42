import { buildRegistry } from "../../../src/plugin/registry.ts";
import type { CrewInUse } from "../../../src/effects/crew_in_use.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { PromptFile } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import { hostedPlugins } from "../../../src/plugin/host/hosted_plugins.ts";
import { keeping } from "../../../src/plugin/live/kept_offer.ts";
import { LivePlugins } from "../../../src/plugin/live/live_plugins.ts";
import { Shelf } from "../../../src/plugin/live/shelf.ts";
import type { OpenPlugin } from "../../../src/plugin/open_in_process.ts";
import type { Offer } from "../../../src/plugin/offer.ts";
import { after, started } from "../../given/given.ts";
import { loaded } from "../../plugins/call_tool.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";
import { writeFiles } from "./write_files.ts";

/** A plugin folder that is followed, and a crew that takes up what happens there. */
export interface LiveShelf {
  readonly folder: string;
  /** Saves files of the plugin folder, looks, and waits until all is opened. */
  save(files: Readonly<Record<string, string>>): Promise<void>;
  /** Saves files and looks, and does not wait until all is opened. */
  begin(files: Readonly<Record<string, string>>): Promise<void>;
  /** Resolves when there is something more to take up. */
  woken(): Promise<void>;
  /** Removes a file of the plugin folder, and looks. */
  remove(file: string): Promise<void>;
  look(): Promise<void>;
  /** Takes up all that can be, between two steps; gives what happened. */
  takeUp(): readonly Fact[];
  /** Lets facts happen in the run. */
  happens(...facts: readonly Fact[]): void;
  /** Adds a prompt. */
  prompt(name: string): void;
  crew(): CrewInUse;
  state(): State;
  offers(): readonly Offer[];
  /** Versions of plugins that are open. */
  held(): readonly string[];
}

const prompts: Readonly<Record<string, PromptFile>> = Object.fromEntries(
  loaded.offers.flatMap(({ specialists }) =>
    specialists.map(({ prompt }) => [prompt, { name: prompt, text: "You are one.", placeholders: [] }])
  ),
);

/** Gives a test a plugin folder that is followed. */
export function withLiveShelf(
  test: (shelf: LiveShelf) => Promise<void>,
  opened: (open: OpenPlugin) => OpenPlugin = (open) => open,
): Promise<void> {
  return inTemporaryFolder(async (top) => {
    const folder = `${top}/plugins`;
    const home = `${top}/state`;
    const hosted = hostedPlugins({ state: home, home: top, project: top, protects: [], program: "test", kinds: [] });
    const held = new Set<string>();
    const tracked: OpenPlugin = async (place, bounds) => {
      const offer = await hosted.open(place, bounds);
      const version = `${offer.path} ${offer.version}`;
      held.add(version);
      return {
        ...offer,
        close: async () => {
          held.delete(version);
          await offer.close?.();
        },
      };
    };
    const join = (offers: readonly Offer[], texts: typeof prompts) => {
      const { registry, tools, faults } = buildRegistry({ offers, prompts: texts });
      return { crew: { registry, tools, named: new Set<string>() }, faults };
    };
    let crew: CrewInUse = join(loaded.offers, prompts).crew;
    let state = started();
    let wake = () => {};
    const live = new LivePlugins({
      offers: loaded.offers,
      join,
      inOrder: (offers) => offers.toSorted((one, other) => one.path < other.path ? -1 : 1),
      assembled: ({ registry, tools }, reason) => ({
        type: "crew_assembled",
        roles: Object.values(registry.roles).map(({ role, describes, models, window, temperature }) => ({
          role,
          describes,
          models: [...models],
          window,
          temperature,
        })),
        tools: [...tools.keys()],
        reason,
      }),
      used() {},
      givenUp: (...version) => shelf.givenUp(...version),
      wake: () => wake(),
    });
    const shelf = new Shelf({
      folders: [{ path: folder, origin: "user", trusted: true }],
      project: top,
      open: keeping(opened(tracked)),
      allows: () => true,
      tell: (change) => live.hear(change),
      bounds: {},
    }, new Map());
    const look = async () => {
      await shelf.look();
      await shelf.settled();
    };
    const happens = (...facts: readonly Fact[]) => {
      for (const fact of facts) {
        state = after(state, fact);
        live.heard([{ ...fact, seq: state.seq, at: state.at }]);
      }
    };
    try {
      await test({
        folder,
        look,
        happens,
        woken: () => new Promise((resolve) => wake = resolve),
        begin: async (files) => {
          await writeFiles(folder, files);
          await shelf.look();
        },
        save: async (files) => {
          await writeFiles(folder, files);
          await look();
        },
        remove: async (file) => {
          await Deno.remove(`${folder}/${file}`);
          await look();
        },
        takeUp() {
          const all: Fact[] = [];
          for (let change = live.next(state, crew); change !== null; change = live.next(state, crew)) {
            if (change.crew !== null) crew = change.crew;
            all.push(...change.facts);
            happens(...change.facts);
          }
          return all;
        },
        prompt: (name) => {
          const text = { name, text: "You are one.", placeholders: [] };
          crew = { ...crew, registry: { ...crew.registry, prompts: { ...crew.registry.prompts, [name]: text } } };
        },
        crew: () => crew,
        state: () => state,
        offers: () => live.offers,
        held: () => [...held],
      });
    } finally {
      await live.close();
    }
  });
}
