declare const brand: unique symbol;

/** A value that is easy to swap for another of the same shape. Only the parser or builder of `Name` creates one. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
