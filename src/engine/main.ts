/**
 * The engine process: forked by the supervisor, talks over the IPC channel, ends with its parent. Its first argument, if
 * any, is the path of the strings in the user's language.
 */
import * as l10n from '@vscode/l10n';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { EngineServer } from './server';

const [translations] = process.argv.slice(2);
if (translations) l10n.config({ fsPath: translations });
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
new EngineServer(connection);
connection.listen();
process.on('disconnect', () => process.exit(0));
