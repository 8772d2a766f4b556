export type JsonLeaf = string | number | boolean | null;
export type Json = JsonLeaf | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Tells an object from an array, from `null` and from every leaf. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Array.isArray` narrows a union with a readonly array to `any[]`; this keeps the elements' type. */
export const isJsonArray = (value: unknown): value is readonly Json[] => Array.isArray(value);
