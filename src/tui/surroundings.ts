import type { Timer } from "../ports/timer.ts";
import type { Attention } from "./attention.ts";
import type { Clipboard } from "./clipboard.ts";
import type { Colourist } from "./code_colours.ts";
import type { ExternalEditor } from "./external_editor.ts";
import type { SessionWish } from "./session.ts";

/** What the controller may do to what is around it. */
export interface Surroundings {
  quit(): void;
  suspend(): void;
  /** Does what is wanted of the session. */
  session(wish: SessionWish): void;
  /** The screen itself failed. */
  failed(error: unknown): void;
  /** Calls the person who looks elsewhere. */
  readonly attention: Attention;
  /** Loads what gives code its colours; null where it has none. */
  readonly colourist: (() => Promise<Colourist>) | null;
  /** Takes what a person copies. */
  readonly clipboard: Clipboard;
  /** The person's own editor. */
  readonly editor: ExternalEditor;
  /** Does something again and again, each after so many milliseconds; gives what ends that. */
  every(ms: number, act: () => void): () => void;
  /** Does something once, after so many milliseconds; gives what calls it off. */
  readonly after: Timer;
}
