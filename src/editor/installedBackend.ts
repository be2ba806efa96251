import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { packageOf } from '../engine/tfjsInstall';

/** Where "Install TensorFlow Backend…" puts it: of this user and machine, not of a workspace. */
export function tfjsNodeFolder(context: vscode.ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, 'tfjs-node');
}

/** That folder when something is installed there, else null. */
export function installedTfjsNode(context: vscode.ExtensionContext): string | null {
  const folder = tfjsNodeFolder(context);
  const there = (['cpu', 'gpu'] as const).some((variant) =>
    existsSync(join(folder, 'node_modules', packageOf(variant), 'package.json')),
  );
  return there ? folder : null;
}
