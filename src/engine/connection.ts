import type { MessageConnection } from 'vscode-jsonrpc';
import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { EngineRequests, FromEngine } from '../protocol';

type Method = keyof EngineRequests;

const request = <M extends Method>(
  method: M,
): RequestType<EngineRequests[M]['params'], EngineRequests[M]['result'], void> => new RequestType(method);

/** The typed requests of the protocol, by method. */
export const requests: { [M in Method]: ReturnType<typeof request<M>> } = {
  configure: request('configure'),
  runs: request('runs'),
  follow: request('follow'),
  unfollow: request('unfollow'),
  snapshot: request('snapshot'),
  detail: request('detail'),
  csv: request('csv'),
};

/** The one notification of the engine; its parameter is the discriminated union. */
export const engineEvent = new NotificationType<FromEngine>('event');

/**
 * Sends an event. The promise is kept once it is handed to the system, and never broken: a closed connection is the
 * supervisor's business, not the sender's.
 */
export async function tell(connection: MessageConnection, event: FromEngine): Promise<void> {
  await connection.sendNotification(engineEvent, event).catch(() => undefined);
}
