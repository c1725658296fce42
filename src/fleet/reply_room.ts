import { HostFailure } from "../ports/model_host.ts";

/** Most characters that one token stands for, generously: a token of blanks may stand for a hundred, a text of them does not. */
const CHARS_PER_TOKEN = 32;
/** Characters beside those of the tokens: what a server writes by itself. */
const BESIDE = 65_536;
/** Most characters that one token takes on the wire, with all that servers write around it. */
const WIRE_PER_TOKEN = 2_048;
/** Most characters of one call beside its name and arguments. */
const PER_CALL = 40;

/** The room that a reply has: what was asked for bounds what is taken, whatever the server sends. */
export class ReplyRoom {
  /** Most characters of the whole answer on the wire. */
  readonly onWire: number;
  readonly #most: number;
  #left: number;

  /**
   * @param what what was asked and where, for messages
   * @param answerLimit tokens that were asked for at most
   */
  constructor(readonly what: string, readonly answerLimit: number) {
    this.#most = answerLimit * CHARS_PER_TOKEN + BESIDE;
    this.#left = this.#most;
    this.onWire = answerLimit * WIRE_PER_TOKEN + 16 * BESIDE;
  }

  /**
   * Takes room for text that arrived.
   *
   * @throws {HostFailure} `protocol` where there is no more: the server does not end a reply at its limit
   */
  text(text: string | null | undefined): void {
    this.#take(text?.length ?? 0);
  }

  /**
   * Takes room for a call, or a fragment of one.
   *
   * @param given its arguments: text, or a value
   * @throws {HostFailure} as for text
   */
  call(name: string | null | undefined, given: unknown): void {
    const written = typeof given === "string" ? given : JSON.stringify(given) ?? "";
    this.#take(PER_CALL + (name?.length ?? 0) + written.length);
  }

  #take(chars: number): void {
    this.#left -= chars;
    if (this.#left >= 0) return;
    throw new HostFailure(
      "protocol",
      `${this.what}: at most ${this.answerLimit} tokens were asked for, and the reply went on beyond ${this.#most} characters. ` +
        "It was ended. The server does not hold replies to their limit: use another version of it, or another host.",
    );
  }
}
