import type { State } from "../features/state.ts";
import { givenIntents, givenRows } from "../plugin/given.ts";
import type { Offer } from "../plugin/offer.ts";
import { runView } from "../plugin/view.ts";
import type { PluginPane, Store } from "../tui/store.ts";

/**
 * Gives the screen the commands and panes of plugins.
 *
 * @param offers what is offered now; the same list while nothing changed
 * @param state the run
 */
export function screenOffers(
  offers: () => readonly Offer[],
  state: () => State,
): Pick<Store, "commands" | "runCommand" | "panes"> {
  let known: { readonly of: readonly Offer[]; readonly panes: readonly PluginPane[] } | null = null;
  const commands = () => offers().flatMap(({ commands }) => commands);
  const panesOf = (all: readonly Offer[]): PluginPane[] =>
    all.flatMap(({ panes }) => panes).map((pane) => ({
      id: pane.id,
      title: pane.title,
      lines: async (size, signal) => givenRows(await pane.lines(runView(state()), size, signal)),
    }));
  return {
    commands,
    async runCommand(name, args, signal) {
      const command = commands().find((one) => one.name === name);
      if (command === undefined) throw new Error("the plugin that offered it is gone.");
      return givenIntents(await command.run(args, runView(state()), signal));
    },
    panes() {
      const all = offers();
      if (known?.of !== all) known = { of: all, panes: panesOf(all) };
      return known.panes;
    },
  };
}
