/** A message that is longer than any that is sent in earnest. */
export class TooLong extends Error {
  override readonly name = "TooLong";
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lines of JSON over a connection between a plugin's process and ours. */
export class Channel {
  readonly #connection: Deno.Conn;
  #sent: Promise<void> = Promise.resolve();

  /** @param connection to the other side */
  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /**
   * Sends a message after those before it; one that cannot arrive any more is dropped, since the other side is gone then.
   *
   * @throws {TypeError} where the value has no form in JSON
   */
  send(message: unknown): void {
    const bytes = encoder.encode(`${JSON.stringify(message)}\n`);
    this.#sent = this.#sent.then(() => this.#write(bytes)).catch(() => {});
  }

  /**
   * Reads messages until the connection ends.
   *
   * @param most bytes of one message
   * @param hear gets each, parsed; what it gives is waited for before more is read
   * @throws {TooLong} as soon as a message is longer, before anything of it is parsed
   * @throws {SyntaxError} where one is no JSON
   */
  async read(most: number, hear: (message: unknown) => void | Promise<void>): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    let parts: Uint8Array[] = [];
    let length = 0;
    for (let count = await this.#take(buffer); count !== null; count = await this.#take(buffer)) {
      let from = 0;
      // What was read before still stands behind it: looking through that took longer than all else.
      const arrived = buffer.subarray(0, count);
      for (let end = arrived.indexOf(10); end >= 0; end = arrived.indexOf(10, from)) {
        parts.push(arrived.subarray(from, end));
        length += end - from;
        if (length > most) throw new TooLong();
        const busy = hear(JSON.parse(joined(parts, length)));
        if (busy !== undefined) await busy;
        [parts, length, from] = [[], 0, end + 1];
      }
      if (from === count) continue;
      parts.push(arrived.slice(from));
      length += count - from;
      if (length > most) throw new TooLong();
    }
  }

  /** Ends the connection. */
  close(): void {
    try {
      this.#connection.close();
    } catch {
      // Closed already.
    }
  }

  /** Reads what is there; null at the end, also where the other side is gone without a word. */
  async #take(buffer: Uint8Array): Promise<number | null> {
    try {
      return await this.#connection.read(buffer);
    } catch {
      return null;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await this.#connection.write(rest));
  }
}

function joined(parts: readonly Uint8Array[], length: number): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return decoder.decode(only);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return decoder.decode(whole);
}
