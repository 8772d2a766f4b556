/** Where a message goes. Webhooks and topics cannot be edited afterwards. */
export type Destination =
  | { readonly kind: 'slack-channel'; readonly channel: string }
  | { readonly kind: 'slack-webhook' }
  | { readonly kind: 'sns-topic'; readonly topicArn: string };

/** Names one destination within a record. */
export function destinationKey(destination: Destination): string {
  switch (destination.kind) {
    case 'slack-channel':
      return `slack-channel:${destination.channel}`;
    case 'slack-webhook':
      return 'slack-webhook';
    case 'sns-topic':
      return `sns-topic:${destination.topicArn}`;
  }
}

export const isEditable = (destination: Destination): boolean => destination.kind === 'slack-channel';
