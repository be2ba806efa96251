/** Only the extension that contributes a debugger may say what is its adapter: it asks the test that runs. */
const vscode = require('vscode');

exports.activate = (context) => {
  const createDebugAdapterDescriptor = () =>
    new vscode.DebugAdapterInlineImplementation(globalThis.newDebugAdapter());
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', { createDebugAdapterDescriptor }),
  );
};
