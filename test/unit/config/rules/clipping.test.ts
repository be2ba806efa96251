import { clipping } from './cases/clipping';
import { table } from './table';

table(clipping);
