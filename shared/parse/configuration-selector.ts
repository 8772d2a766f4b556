import * as v from 'valibot';
import { SEVERITY_OF_CAUSE } from '../domain/diagnosis/causes.ts';
import { fits } from '../domain/glob.ts';
import { exact, listOf, matching, namesOf, oneOf } from './document-shape.ts';
import { suggestion } from './nearest.ts';

/** Lists of names are written with `*` for any characters. */
const named = (what: string) => matching(/^[\w*-]{1,255}$/, `the name of a ${what}, or a pattern with *; not an ARN`);

const CAUSES = Object.keys(SEVERITY_OF_CAUSE);

const CAUSE = v.pipe(
  v.string('the id of a cause'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const pattern = dataset.value;
    if (CAUSES.some((cause) => fits(cause, pattern))) return;
    addIssue({
      message: pattern.includes('*')
        ? 'a pattern that some cause of docs/causes.md fits'
        : `the id of a cause of docs/causes.md${suggestion(pattern, CAUSES)}`,
    });
  }),
);

// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
const TAG_VALUE_WORDS = 'a value of at most 256 characters, or a pattern with *';
const TAG_VALUE = v.pipe(v.string(TAG_VALUE_WORDS), v.maxLength(256, TAG_VALUE_WORDS));

export const SEVERITY = oneOf(['low', 'medium', 'high']);

const PLACE = {
  accounts: v.exactOptional(listOf(matching(/^\d{12}$/, 'an account id of twelve digits, in quotes'))),
  regions: v.exactOptional(listOf(matching(/^[a-z\d*-]{1,32}$/, 'a Region, or a pattern with *'))),
  clusters: v.exactOptional(listOf(named('cluster'))),
  services: v.exactOptional(listOf(named('service'))),
  tags: v.exactOptional(namesOf(listOf(TAG_VALUE), 'lists of values, by the names of tags')),
};

/** The keys that say where something is, and no others. */
export const PLACE_SELECTOR = exact(PLACE);

/** `{ clusters: ['prod-*'], severity: 'high' }`: every key has to fit, each by any one of its entries. */
export const SELECTOR = exact({
  kinds: v.exactOptional(listOf(oneOf(['incident', 'notice']))),
  ...PLACE,
  causes: v.exactOptional(listOf(CAUSE)),
  severity: v.exactOptional(SEVERITY),
});
