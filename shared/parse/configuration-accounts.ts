import * as v from 'valibot';
import { exact, listUpTo, matching, textUpTo } from './document-shape.ts';

const ACCOUNT = exact({
  id: matching(/^\d{12}$/, 'an account id of twelve digits, in quotes'),
  name: v.exactOptional(textUpTo(60)),
  // Not a pattern: somebody has to be asked in each of them.
  regions: v.exactOptional(
    listUpTo(40, matching(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'the name of a Region such as eu-west-1')),
  ),
});

/** `{ id: "222233334444", name: payments-prod, regions: [eu-west-1] }`. */
export const ACCOUNTS = listUpTo(500, ACCOUNT);
