/** The engine process: forked by the supervisor, talks over the IPC channel, ends with its parent. */
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { EngineServer } from './server';

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
new EngineServer(connection);
connection.listen();
process.on('disconnect', () => process.exit(0));
