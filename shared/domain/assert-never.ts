/** Ends a `switch` over a union: the compiler refuses a forgotten member, and a value from outside the union throws. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected member of a closed set: ${JSON.stringify(value)}`);
}
