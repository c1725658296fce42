/** A name of an error: of those many are there already, and code only fails with them. */
const ERROR = /(?:Error|Exception)$/;
/** Errors that languages bring. */
const KNOWN =
  /^(?:(?:Value|Type|Key|Index|Attribute|Name|UnboundLocal|Runtime|OS|IO|EOF|Import|ModuleNotFound|Lookup|Arithmetic|ZeroDivision|Overflow|FloatingPoint|Assertion|NotImplemented|Recursion|Memory|Buffer|System|Syntax|Indentation|Unicode(?:Decode|Encode)?|FileNotFound|FileExists|IsADirectory|NotADirectory|Permission|Timeout|Connection(?:Refused|Reset|Aborted)?|BrokenPipe|Interrupted|Range|Reference|URI|Eval|Aggregate|Standard|Argument|NoMethod|Name|Frozen|Stop)?Error|(?:Base|IllegalArgument|IllegalState|NullPointer|(?:Array|String)?IndexOutOfBounds|NoSuchElement|UnsupportedOperation|ConcurrentModification|NumberFormat|ClassCast|IO|FileNotFound|Runtime|Arithmetic|InvalidArgument|InvalidOperation|Argument(?:Null|OutOfRange)?|NotImplemented|NotSupported|Domain|Logic|Length|OutOfRange|OutOfBounds|UnexpectedValue|Range|Overflow|Underflow|Timeout|Interrupted)?Exception)$/;
/** Words that ask for something new, with what may stand between them and its name. */
const ADDED =
  /(?<!\.)\b(?:add|create|implement|write|introduce|provide|define|build|export)(?:\s+(?:an?|the|two|new|own|custom|error|exception|class|type)){0,4}$/i;
/** Such words with other errors behind them, of which the name is one more. */
const ADDED_BESIDE =
  /(?<!\.)\b(?:add|create|implement|write|introduce|provide|define|build|export)(?:\s+(?:an?|the|new|own|custom)){0,3}\s+[`"']?[\w$]{0,56}(?:Error|Exception)[`"']?(?:,\s*(?:an?\s+)?[`"']?[\w$]{0,56}(?:Error|Exception)[`"']?){0,6}(?:,?\s+and|,)(?:\s+an?)?$/i;
/** Words after which an error with its kind behind it is one more thing that is asked for. */
const ONE_MORE = /(?:[:;,]|\b(?:and|also))\s+an?(?:\s+(?:new|own|custom))?$/i;
const KIND_BEHIND = /^[`"']?\s+(?:error\s+|exception\s+)?(?:class|type|exception|error)\b/i;
/** What stands behind the name of an error that is a thing of its own: no handler of one, and no check for it. */
const ENDS =
  /^[`"']?(?:\s*(?:[,;:.()]|$)|\s+(?:class|type|exception|error|and|or|to|in|for|that|which|when|with|on|if|as|beside|raised|thrown|derived|deriving|extending|inheriting)\b)/i;
/** Words after which an error is what is asked for, whatever its name. */
const NEW =
  /(?<!\.)\b(?:add|create|implement|write|introduce|provide|define|build|export)\s+(?:(?:an?|the|new|own|custom|error|exception)\s+){0,4}(?:class(?:es)?|types?|exceptions?|errors?)(?:\s+(?:called|named))?$/i;
/** Words after which a name is one of several that code fails with. */
const FAILS_WITH =
  /\b(?:raises?|throws?|fails? with)(?:\s+(?:an?|the))?\s+[`"']?[\w$.]{1,60}[`"']?(?:,\s*(?:an?\s+)?[`"']?[\w$.]{1,60}[`"']?){0,6}(?:\s+(?:and|or)|,\s*or|,)(?:\s+an?)?$/i;

/** Whether a name is one of an error. */
export function isErrorName(name: string): boolean {
  return ERROR.test(name);
}

/** Whether an error is asked for by what stands before a name, as in `an exception called`, whatever the name is. */
export function isNewError(before: string): boolean {
  return NEW.test(before);
}

/** Whether a name is one of several that code fails with. */
export function isFailure(before: string): boolean {
  return FAILS_WITH.test(before);
}

/**
 * Tells whether an error shall be there once the work is done, and code does not only fail with it.
 *
 * @param name of an error
 * @param before what stands before it
 * @param behind what stands behind it
 */
export function isAskedError(name: string, before: string, behind: string): boolean {
  if (NEW.test(before)) return true;
  const isAdded = ADDED.test(before) || ADDED_BESIDE.test(before);
  if (KIND_BEHIND.test(behind) && (isAdded || ONE_MORE.test(before) && !FAILS_WITH.test(before))) return true;
  return isAdded && !KNOWN.test(name) && ENDS.test(behind);
}
