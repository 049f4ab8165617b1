/** Preloaded into a server under test: its clock is `CLOCK_AHEAD_MS` ahead, or behind if that is negative. */
const RealDate = Date;
const aheadMs = Number(process.env.CLOCK_AHEAD_MS);
const now = () => RealDate.now() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
