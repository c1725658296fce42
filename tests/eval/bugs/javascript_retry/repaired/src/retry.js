import { delayBefore } from "./delay.js";

/**
 * Calls a task until it succeeds.
 *
 * @template T
 * @param {(attempt: number) => Promise<T> | T} task is given the number of the attempt, from 1
 * @param {{ attempts?: number, wait?: (milliseconds: number) => Promise<void> }} [options]
 * @returns {Promise<T>} what the task gives; rejects with the last error when all attempts failed
 */
export async function retry(task, options = {}) {
  const { attempts = 3, wait = pause } = options;
  let last;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await wait(delayBefore(attempt));
    try {
      return await task(attempt);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
