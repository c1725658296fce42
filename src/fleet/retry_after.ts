/** Milliseconds of a unit in which servers name a time. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A time in words, such as `try again in 1m7.5s` or `"retryDelay": "17s"`. */
const IN_WORDS =
  /(?:try again in|retry after|retrydelay"?:)\s*"?((?:\d{1,6}(?:\.\d{1,6})?\s?(?:ms|s|m|h)[a-z]{0,8}\s?){1,3})/i;

/**
 * Reads how long a server wants to be left alone: out of its headers, else out of what it says.
 *
 * @param headers headers of its answer; null where there are none
 * @param body body of its answer
 * @returns milliseconds, null where it does not say
 */
export function retryAfter(headers: Headers | null, body: string): number | null {
  const exact = Number(headers?.get("retry-after-ms") ?? NaN);
  if (exact >= 0) return exact;
  const written = headers?.get("retry-after")?.trim() ?? "";
  const seconds = written === "" ? NaN : Number(written);
  if (seconds >= 0) return seconds * 1_000;
  const until = Date.parse(written);
  if (!Number.isNaN(until)) {
    // By the server's own clock, where it tells it.
    const now = Date.parse(headers?.get("date") ?? "");
    return Math.max(0, until - (Number.isNaN(now) ? Date.now() : now));
  }
  const said = IN_WORDS.exec(body.slice(0, 2_000))?.[1];
  if (said === undefined) return null;
  return [...said.matchAll(/(\d{1,6}(?:\.\d{1,6})?)\s?(ms|s|m|h)/gi)]
    .reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit!.toLowerCase()]!, 0);
}
