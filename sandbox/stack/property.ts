import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../eventbridge/json.ts';

/** Readers for the properties of a resolved template. Each has a default, because CloudFormation's properties mostly do. */
export const textOf = (value: Json | undefined, otherwise = ''): string =>
  value === undefined || value === null || typeof value === 'object' ? otherwise : String(value);

export const numberOf = (value: Json | undefined, otherwise: number): number =>
  value === undefined || Number.isNaN(Number(value)) ? otherwise : Number(value);

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

export const listOf = (value: Json | undefined): readonly Json[] => (isJsonArray(value) ? value : []);

export const entriesOf = (value: Json | undefined): readonly (readonly [string, string])[] =>
  Object.entries(objectOf(value)).map(([name, text]) => [name, textOf(text)] as const);

/** The last part of an ARN is the name of a queue, a topic or a function. */
export const lastPart = (arn: string): string => arn.split(/[:/]/).at(-1) ?? '';
