/** The optional parts of a request that a model's server accepts, as far as its refusals have shown. */
export interface ModelSupport {
  /** The names of the output limit that may be accepted. The first is sent; without any, no limit is. */
  readonly outputLimits: readonly string[];
  readonly streamUsage: boolean;
  readonly streaming: boolean;
  readonly systemRole: boolean;
}

/** Only what every server needs, streamed if it was before. */
export const withoutOptions = ({ streaming }: ModelSupport): ModelSupport => ({
  outputLimits: [],
  streamUsage: false,
  streaming,
  systemRole: false,
});

export const hasOptions = ({ outputLimits, streamUsage, systemRole }: ModelSupport): boolean =>
  outputLimits.length > 0 || streamUsage || systemRole;

/** Without the name of the output limit that was sent. */
const withoutOutputLimit = (support: ModelSupport): ModelSupport => ({
  ...support,
  outputLimits: support.outputLimits.slice(1),
});

export const namesOutputLimit = (refusal: string): boolean =>
  /max_?(completion_?|output_?|new_?)?tokens/i.test(refusal);

/**
 * What to try after a refusal, whose text names the culprit in the provider's own words; undefined if it names nothing that
 * was sent. Where the failure may be none of the request's, only unmistakable words count.
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
