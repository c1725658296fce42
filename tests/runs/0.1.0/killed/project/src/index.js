export { formatDuration, parseDuration } from "./duration.js";
export { slugify } from "./slug.js";
export { renderTable } from "./table.js";
