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
export const withoutOutputLimit = (support: ModelSupport): ModelSupport => ({
  ...support,
  outputLimits: support.outputLimits.slice(1),
});

export const namesOutputLimit = (refusal: string): boolean =>
  /max_?(completion_?|output_?|new_?)?tokens/i.test(refusal);

/**
 * What to try after a refusal, whose text names the culprit in the provider's own words; undefined if it names nothing that
 * was sent.
 */
export function supportAfter(refusal: string, support: ModelSupport): ModelSupport | undefined {
  if (support.streamUsage && /stream_?options|include_?usage/i.test(refusal)) return { ...support, streamUsage: false };
  if (support.outputLimits.length > 0 && namesOutputLimit(refusal)) return withoutOutputLimit(support);
  if (support.systemRole && /system|developer|\broles?\b|alternat|\bjinja\b|chat template/i.test(refusal))
    return { ...support, systemRole: false };
  if (support.streaming && /\bstream(ing|ed)?\b/i.test(refusal)) return { ...support, streaming: false };
  return undefined;
}
