import type { Queue } from './queue.ts';

/** The same queue; `onRequest` is called for every request that SQS bills. Looking at its length is the sandbox's own. */
export function countedQueue(queue: Queue, onRequest: () => void): Queue {
  const counted =
    <Input extends readonly unknown[], Output>(call: (...input: Input) => Promise<Output>) =>
    (...input: Input): Promise<Output> => {
      onRequest();
      return call(...input);
    };
  return {
    ...queue,
    send: counted(queue.send),
    receive: counted(queue.receive),
    take: counted(queue.take),
    remove: (messages) => {
      for (let first = 0; first < messages.length; first += 10) onRequest();
      return queue.remove(messages);
    },
  };
}
