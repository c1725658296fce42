import type { Timer } from "../ports/timer.ts";
import { type FeedListener, PaneFeed } from "./pane_feed.ts";
import type { Panel } from "./panel.ts";
import type { PluginPane } from "./store.ts";

/** Keeps a feed for each pane of a plugin while it is offered. */
export class PaneFeeds {
  readonly #after: Timer;
  readonly #listener: FeedListener;
  readonly #feeds = new Map<string, PaneFeed>();
  #panels: readonly Panel[] = [];

  /**
   * @param after counts rests and bounds
   * @param listener hears that rows or borders are others
   */
  constructor(after: Timer, listener: FeedListener) {
    this.#after = after;
    this.#listener = listener;
  }

  /**
   * Gives the panels of some panes; another version of a pane keeps its panel.
   *
   * @param panes all that are offered now
   * @returns panels in the order of the panes; the same list while they are the same
   */
  panelsOf(panes: readonly PluginPane[]): readonly Panel[] {
    for (const [id, feed] of this.#feeds) {
      if (panes.some((pane) => pane.id === id)) continue;
      feed.close();
      this.#feeds.delete(id);
    }
    const panels = panes.map((pane) => {
      const known = this.#feeds.get(pane.id);
      if (known !== undefined && known.pane !== pane) known.take(pane);
      const feed = known ?? new PaneFeed(pane, this.#after, this.#listener);
      this.#feeds.set(pane.id, feed);
      return feed.panel;
    });
    const isSame = panels.length === this.#panels.length && panels.every((panel, at) => panel === this.#panels[at]);
    if (!isSame) this.#panels = panels;
    return this.#panels;
  }

  /** Waits for nothing any more. */
  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
  }
}
