/** The time in so many seconds from now or, if that is no number, at this date; in milliseconds since the epoch. */
export function parseDateOrSeconds(seconds: string, date = seconds): number | undefined {
  const timeMs = /^-?\d+$/.test(seconds) ? Date.now() + Number(seconds) * 1000 : Date.parse(date);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
