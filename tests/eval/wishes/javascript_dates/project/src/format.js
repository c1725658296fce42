/** Writes a date such as `2024-05-01` as `05/01/2024`. */
export function formatDate(date) {
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year}`;
}

/** Writes minutes since midnight as `9:05`. */
export function formatTime(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
