/** A value with the place it came from: a flag, a variable, `file:line:column` or `default`. */
export interface Setting<Value> {
  readonly value: Value;
  readonly origin: string;
}
