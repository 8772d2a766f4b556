type AbsentKeys<Fields> = { [Key in keyof Fields]-?: undefined extends Fields[Key] ? Key : never }[keyof Fields];

/** `Fields` with every `| undefined` turned into an optional field. */
export type Present<Fields> = Omit<Fields, AbsentKeys<Fields>> & {
  [Key in AbsentKeys<Fields>]?: Exclude<Fields[Key], undefined>;
};

/** Leaves out the fields that are `undefined`: an absent fact has no field. */
export function present<const Fields extends object>(fields: Fields): Present<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  // The cast is true because exactly the undefined fields are gone.
  return Object.fromEntries(entries) as Present<Fields>;
}
