import { granted, refused } from "../../kernel/granted.ts";
import { defineFeature } from "../feature.ts";
import type { State } from "../state.ts";
import { pluginFacts } from "./facts.ts";
import { newsWith } from "./news.ts";
import type { PluginInUse, PluginsSlice, PluginTrouble } from "./slice.ts";
import { pluginsTold } from "./told.ts";

/** Plugins that do not come with Autonomy: which version of each is in use, and what keeps a saved one from it. */
export const plugins = defineFeature<PluginsSlice>({
  name: "plugins",
  facts: pluginFacts,
  tell: pluginsTold,
  empty: { byName: {}, troubles: {}, news: [] },
  on: {
    // The program that held them is gone, and the versions before with it.
    run_resumed: ({ byName, news }) => ({
      news,
      byName: Object.fromEntries(Object.entries(byName).map(([name, one]) => [name, { ...one, before: null }])),
      troubles: {},
    }),
    // What was in use before the run was left cannot be had back.
    plugin_ready: (own, { plugin, path, version, number, before, why }) =>
      inUse(own, {
        plugin,
        path,
        version,
        number,
        last: number,
        before: why === "left" ? null : before,
        isRetired: false,
      }),
    plugin_rolled_back(own, { plugin, path, version, number, from }) {
      return inUse(own, { plugin, path, version, number, last: from, before: null, isRetired: false });
    },
    plugin_retired(own, { plugin }) {
      const one = own.byName[plugin];
      return one === undefined ? own : inUse(own, { ...one, before: null, isRetired: true });
    },
    plugin_refused: (own, { path, place, text }) => troubled(own, path, { kind: "refused", place, text }),
    plugin_waits: (own, { path, text }) => troubled(own, path, { kind: "waits", place: path, text }),
    plugin_doubted: (own, { path, faults: [first] }) =>
      first === undefined ? own : troubled(own, path, { kind: "doubted", ...first }),
  },
  each(own, fact) {
    const news = newsWith(own.news, fact);
    return news === own.news ? own : { ...own, news };
  },
  wishes: {
    /** Brings the version of a plugin back that was in use before. */
    rollback(state: State, { plugin }: { readonly plugin: string }) {
      const { byName } = state.plugins;
      const one = Object.hasOwn(byName, plugin) ? byName[plugin] : undefined;
      if (one === undefined || one.isRetired) {
        const names = Object.values(byName).flatMap((other) => other.isRetired ? [] : other.plugin);
        return refused(`There is no plugin "${plugin}" of your own; there are ${names.join(", ") || "none"}.`);
      }
      return one.before === null
        ? refused(`${plugin} has no version before v${one.number} in this session.`)
        : granted({ type: "rollback_wished", plugin });
    },
  },
});

function inUse(own: PluginsSlice, one: PluginInUse): PluginsSlice {
  const { [one.path]: _over, ...troubles } = own.troubles;
  const last = Math.max(own.byName[one.plugin]?.last ?? 0, one.last);
  return { ...own, byName: { ...own.byName, [one.plugin]: { ...one, last } }, troubles };
}

function troubled(own: PluginsSlice, path: string, trouble: PluginTrouble): PluginsSlice {
  return { ...own, troubles: { ...own.troubles, [path]: trouble } };
}
