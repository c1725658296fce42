import { isRecord } from "../kernel/json.ts";

/** Whether a value of a wire says anything: servers send an empty error beside what is right. */
export function saysSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(saysSomething);
  if (isRecord(value)) return Object.values(value).some(saysSomething);
  return value !== undefined && value !== null && value !== "" && value !== false && value !== 0;
}
