import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { SCHEMA_FILE, schemaText } from '../../scripts/configuration-schema.ts';
import { BAD_DOCUMENTS, GOOD_DOCUMENTS } from '../parse/configuration-documents.ts';

const file = readFileSync(SCHEMA_FILE, 'utf8');
const isValid = new Ajv().compile(JSON.parse(file) as object);

describe('infra/configuration.schema.json', () => {
  it('is as scripts/configuration-schema.ts writes it', () => {
    // Without regard to how the lines are broken.
    expect(JSON.parse(file)).toEqual(JSON.parse(schemaText()));
  });

  it.each(GOOD_DOCUMENTS)('takes $what', ({ document }) => {
    expect(isValid(document) ? [] : isValid.errors).toEqual([]);
  });

  it.each(BAD_DOCUMENTS)('agrees with the parser about $what, where a schema can', ({ document, beyondSchema }) => {
    expect(isValid(document)).toBe(beyondSchema === true);
  });
});
