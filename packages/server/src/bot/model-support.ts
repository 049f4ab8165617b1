/** The optional parts of a request that a model's server has not rejected so far. */
export interface ModelSupport {
  /** Parameter names for the output limit. The first one is used; if empty, no limit is sent. */
  readonly outputLimits: readonly string[];
  readonly streamUsage: boolean;
  readonly streaming: boolean;
  readonly systemRole: boolean;
}

/** Only the required parts, and streaming if it was enabled. */
export const withoutOptions = ({ streaming }: ModelSupport): ModelSupport => ({
  outputLimits: [],
  streamUsage: false,
  streaming,
  systemRole: false,
});

export const hasOptions = ({ outputLimits, streamUsage, systemRole }: ModelSupport): boolean =>
  outputLimits.length > 0 || streamUsage || systemRole;

/** Drops the parameter name that was used for the output limit. */
const withoutOutputLimit = (support: ModelSupport): ModelSupport => ({
  ...support,
  outputLimits: support.outputLimits.slice(1),
});

export const namesOutputLimit = (refusal: string): boolean =>
  /max_?(completion_?|output_?|new_?)?tokens/i.test(refusal);

/**
 * The support to try after a rejection with this text; undefined if the text names nothing that was sent. Unless `isSure`
 * that the request caused the failure, only unmistakable words count.
 */
export function supportAfter(refusal: string, support: ModelSupport, isSure: boolean): ModelSupport | undefined {
  const { role, stream } = isSure ? WORDS : UNMISTAKABLE_WORDS;
  if (support.streamUsage && /stream_?options|include_?usage/i.test(refusal)) return { ...support, streamUsage: false };
  if (support.outputLimits.length > 0 && namesOutputLimit(refusal)) return withoutOutputLimit(support);
  if (support.systemRole && role.test(refusal)) return { ...support, systemRole: false };
  if (support.streaming && stream.test(refusal)) return { ...support, streaming: false };
  return undefined;
}

const WORDS = {
  role: /system|developer|\broles?\b|alternat|\bjinja\b|chat template/i,
  stream: /\bstream(ing|ed)?\b/i,
};
const UNMISTAKABLE_WORDS = {
  role: /system (role|message|prompt|instruction)|alternat|\bjinja\b|chat template/i,
  stream: /(support|allow)(s|ed)?( \w+)? stream|stream(ing|ed)? (is |are )?(not|un|disabled)/i,
};
