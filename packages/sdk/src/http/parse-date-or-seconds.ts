/**
 * Returns the time `seconds` from now or, if that is not a number, the time of `date`, in milliseconds since the epoch.
 * `undefined` if neither is valid.
 */
export function parseDateOrSeconds(seconds: string, date = seconds): number | undefined {
  const timeMs = /^-?\d+$/.test(seconds) ? Date.now() + Number(seconds) * 1000 : Date.parse(date);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
