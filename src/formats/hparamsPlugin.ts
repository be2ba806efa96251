import { float64, readMessage } from './protobuf';

/** The tag under which TensorBoard's plugin keeps the settings of a run. */
export const SESSION_START = '_hparams_/session_start_info';

/**
 * The settings of a run as `add_hparams` and Lightning's logger write them: the metadata of a summary holds
 * `PluginData.content` (2), an `HParamsPluginData` whose `session_start_info` (3) maps names to values (1).
 * @param metadata SummaryMetadata, of which `plugin_data` is field 1
 */
export function hparamsOf(metadata: Uint8Array): Record<string, unknown> {
  const settings: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const inside = (bytes: Uint8Array, path: readonly number[], found: (inner: Uint8Array) => void): void => {
    if (path.length === 0) {
      found(bytes);
      return;
    }
    readMessage(bytes, (field, wire, _value, inner) => {
      if (field === path[0] && wire === 2) inside(inner, path.slice(1), found);
    });
  };
  inside(metadata, [1, 2, 3, 1], (entry) => {
    let name = '';
    let value: unknown;
    readMessage(entry, (field, wire, _value, inner) => {
      if (field === 1 && wire === 2) name = Buffer.from(inner).toString('utf8');
      else if (field === 2 && wire === 2) value = valueOf(inner);
    });
    if (name !== '') settings[name] = value;
  });
  return settings;
}

/** google.protobuf.Value: number = 2, string = 3, bool = 4. */
function valueOf(bytes: Uint8Array): unknown {
  let value: unknown;
  readMessage(bytes, (field, wire, number, inner) => {
    if (field === 2 && wire === 1) value = float64(inner);
    else if (field === 3 && wire === 2) value = Buffer.from(inner).toString('utf8');
    else if (field === 4 && wire === 0) value = number === 1;
  });
  return value;
}
