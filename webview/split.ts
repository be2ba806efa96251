import type { SeriesInfo } from '../src/protocol';

export type Split = NonNullable<SeriesInfo['split']>;
