/**
 * Loaded into a function's process before the runtime (`--import`), never into a bundle: makes `Date` follow the
 * sandbox's clock, whose file `SANDBOX_CLOCK` names. Timers stay real. JavaScript, because stripping types would cost
 * every cold start more than this file does.
 */
import { openSync, readSync } from 'node:fs';

const file = process.env['SANDBOX_CLOCK'];
if (file !== undefined) follow(openSync(file, 'r'));

function follow(descriptor) {
  const RealDate = Date;
  const realNow = Date.now;
  const bytes = Buffer.alloc(16);
  // Read at every call: about a microsecond, and a change is seen at once.
  const now = () => {
    readSync(descriptor, bytes, 0, bytes.length, 0);
    const heldAt = bytes.readDoubleLE(8);
    return Number.isNaN(heldAt) ? realNow() + bytes.readDoubleLE(0) : heldAt;
  };
  const SandboxDate = new Proxy(RealDate, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    // Without `new`, Date ignores its arguments and answers a text.
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.now = now;
  // What compares constructors must not see two of them.
  RealDate.prototype.constructor = SandboxDate;
  globalThis.Date = SandboxDate;
}
