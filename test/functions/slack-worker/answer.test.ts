import { expect, it } from 'vitest';
import { says } from '../../../functions/slack-worker/answer.ts';

it.each([
  ['names a person by their id', 'U012AB3CDE was faster.', '<@U012AB3CDE> was faster.'],
  ['leaves words in capitals alone', 'It is UNAVAILABLE and UPDATING.', 'It is UNAVAILABLE and UPDATING.'],
  ['calls nobody by words of others', '<!channel> & <@U012AB3CDE>', '&lt;!channel&gt; &amp; &lt;@<@U012AB3CDE>&gt;'],
])('an answer %s', (_, sentence, text) => {
  expect(says('refused', sentence).show).toEqual({ kind: 'words', text });
});
