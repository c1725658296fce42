import { formatDate, formatTime } from "./format.js";

/**
 * Lines for a list of events, the earliest first.
 *
 * @param {{ title: string, date: string, minutes: number }[]} events
 */
export function list(events) {
  return [...events]
    .sort((one, other) => one.date.localeCompare(other.date) || one.minutes - other.minutes)
    .map((event) => `${formatDate(event.date)}: ${event.title}`);
}

/** The details of one event. */
export function details(event) {
  const [year, month, day] = event.date.split("-");
  return [event.title, `Date: ${month}/${day}/${year}`, `Time: ${formatTime(event.minutes)}`].join("\n");
}
