import { fc, it } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseChatRequest } from '../../../functions/slack-worker/chat-request.ts';
import { metadataOf, readMetadata } from '../../../functions/slack-worker/modal-state.ts';
import type { Fingerprint } from '../../../shared/domain/incident.ts';

const name = fc.string({ minLength: 1, maxLength: 20 });

const sender = {
  id: fc.stringMatching(/^[0-9a-f]{64}$/),
  at: fc.nat(),
  team: name,
  user: fc.record({ id: name, team: name }, { requiredKeys: ['id'] }),
  enterprise: name,
  channel: name,
  isExternallyShared: fc.boolean(),
  responseUrl: name,
};
const always = ['id', 'at', 'team', 'user', 'kind'] as const;

const request = fc.oneof(
  fc.record(
    { ...sender, kind: fc.constant('command'), command: name, text: fc.string(), viewId: name },
    { requiredKeys: [...always, 'command', 'text'] },
  ),
  fc.record(
    { ...sender, kind: fc.constant('click'), actionId: name, value: fc.string(), messageTs: name, viewId: name },
    { requiredKeys: [...always, 'actionId', 'value'] },
  ),
  fc.record(
    {
      ...sender,
      kind: fc.constant('submission'),
      callbackId: name,
      metadata: fc.string(),
      values: fc.dictionary(
        fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
        fc.array(fc.string()),
      ),
      viewId: name,
    },
    { requiredKeys: [...always, 'callbackId', 'metadata', 'values', 'viewId'] },
  ),
  fc.record({ ...sender, kind: fc.constant('home-opened') }, { requiredKeys: [...always] }),
);

it.prop([request])('reads whatever the endpoint hands over, as it was', (given) => {
  // As Lambda carries it.
  const event: unknown = JSON.parse(JSON.stringify(given));
  expect(parseChatRequest(event)).toEqual({ status: 'read', request: event });
});

it.prop([fc.jsonValue()])('never throws, and names the field that is wrong', (event) => {
  const read = parseChatRequest(event);
  expect(read.status === 'read' || read.expected !== '').toBe(true);
});

const state = fc.record(
  {
    // The cast is true enough for a test: a fingerprint has a bar in it.
    button: fc.constant({ action: 'run-now', about: 'a|b' as Fingerprint, bind: 'ntc-1.0' } as const),
    service: name,
    channel: name,
    hash: name,
    chosen: fc.array(name),
    length: fc.nat(),
    reason: name,
    at: fc.nat(),
  },
  { requiredKeys: [] },
);

it.prop([state])('a modal brings back what it was given', (given) => {
  expect(readMetadata(metadataOf(given))).toEqual(given);
});

it.prop([fc.string()])('reads no state from junk, and does not throw', (text) => {
  const read = readMetadata(text);
  expect(read === undefined || read.button === undefined).toBe(true);
});
