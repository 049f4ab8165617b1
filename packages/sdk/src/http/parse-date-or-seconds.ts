/** When so many seconds are over or, if they are no number, on this date: in milliseconds since the epoch. */
export function momentMs(seconds: string, date = seconds): number | undefined {
  const ms = /^-?\d+$/.test(seconds) ? Date.now() + Number(seconds) * 1000 : Date.parse(date);
  return Number.isNaN(ms) ? undefined : ms;
}
