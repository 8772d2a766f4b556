export type Schema = Readonly<Record<string, unknown>>;

/** An object of these keys and no others. */
export const exact = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
export const listOf = (items: Schema): Schema => ({ type: 'array', minItems: 1, items });
export const text = (pattern: string): Schema => ({ type: 'string', pattern });
export const textUpTo = (maxLength: number): Schema => ({ type: 'string', pattern: '\\S', maxLength });
export const wholeBetween = (minimum: number, maximum: number, standard: number): Schema => ({
  type: 'integer',
  minimum,
  maximum,
  default: standard,
});
export const told = (description: string, schema: Schema): Schema => ({ description, ...schema });
export const defined = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
