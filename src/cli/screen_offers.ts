import type { State } from "../features/state.ts";
import { givenIntents, givenRows } from "../plugin/given.ts";
import type { Offer, OfferedPane } from "../plugin/offer.ts";
import { runView } from "../plugin/view.ts";
import type { PluginPane, Store } from "../tui/store.ts";

/**
 * Gives the screen the commands and panes of plugins.
 *
 * @param offers what is offered now; a pane is the same object for as long as it is the same
 * @param state the run
 */
export function screenOffers(
  offers: () => readonly Offer[],
  state: () => State,
): Pick<Store, "commands" | "runCommand" | "panes"> {
  const known = new WeakMap<OfferedPane, PluginPane>();
  const commands = () => offers().flatMap(({ commands }) => commands);
  const paneOf = (pane: OfferedPane): PluginPane => {
    const one = known.get(pane) ?? {
      id: pane.id,
      title: pane.title,
      lines: async (size, signal) => givenRows(await pane.lines(runView(state()), size, signal)),
    };
    known.set(pane, one);
    return one;
  };
  return {
    commands,
    async runCommand(name, args, signal) {
      const command = commands().find((one) => one.name === name);
      if (command === undefined) throw new Error("the plugin that offered it is gone.");
      return givenIntents(await command.run(args, runView(state()), signal));
    },
    panes: () => offers().flatMap(({ panes }) => panes.map(paneOf)),
  };
}
